"""The counts that the store keeps by month and day stay what counting anew gives, whatever is written."""

from __future__ import annotations

import dataclasses
import random
import sqlite3
from pathlib import Path

import pytest
from handmade import PROVENANCE, event, report, written
from small_world import WORLD

from whowhom.records import Document, Place
from whowhom.store import actors, happenings
from whowhom.store.database import migrations, transaction
from whowhom.store.writer import Writer

ANEW = {
    "actor_month": "SELECT actor, substr(date, 1, 7), quad, count(*), sum(goldstein) FROM"
    " (SELECT DISTINCT actor, event, date, quad, goldstein FROM party WHERE date IS NOT NULL) GROUP BY 1, 2, 3",
    "actor_total": "SELECT actor, count(DISTINCT event) FROM party WHERE date IS NOT NULL GROUP BY 1",
    "dyad_month": "SELECT actor_country, recipient_country, substr(date, 1, 7), quad, count(*), sum(goldstein)"
    " FROM dyad WHERE date <> '' GROUP BY 1, 2, 3, 4",
    "dyad_total": "SELECT actor_country, recipient_country, count(*) FROM dyad WHERE date <> '' GROUP BY 1, 2",
    "place_month": "SELECT coalesce(lat, 0), coalesce(lon, 0), iif(lat IS NULL, '', coalesce(place, '')),"
    " iif(lat IS NULL, '', coalesce(place_country, '')), quad, substr(date, 1, 7), count(*), sum(goldstein)"
    " FROM event WHERE date IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6",
    "event_day": "SELECT date, length(coalesce(start, date)), quad, count(*), sum(goldstein) FROM event"
    " WHERE date IS NOT NULL GROUP BY 1, 2, 3",
}


def assert_true(db: sqlite3.Connection) -> None:
    for table, sql in ANEW.items():
        kept, anew = (
            sorted(tuple(round(v, 6) if isinstance(v, float) else v for v in row) for row in db.execute(query))
            for query in (f"SELECT * FROM {table}", sql)
        )
        assert kept == anew, table


def document(k: int, chance: random.Random) -> Document:
    """A report of three events of random people, places and days."""
    text = f"Report {k}: " + " ".join(chance.choice("river stone bread march water light".split()) for _ in range(40))
    people = ["Kenya|state|KEN|GOV", "Uganda|state|UGA|GOV", "Norway|state|NOR|GOV", f"Person {k}|person|KEN|OPP"]
    found = []
    for n in range(3):
        one = event(
            chance.choice(["ACCUSE", "AID", "CONSULT"]), ["a1", chance.choice(["a2", "a4"])],
            chance.choice([[], ["a3"]]), evidence=((n * 3, n * 3 + 2),),
            start=chance.choice([None, "2023", "2023-05", "2023-05-03"]),
        )  # fmt: skip
        where = chance.choice([None, Place("Busia", "KEN", 1, 0.46, 34.1), Place("Oslo", "NOR")])
        found.append(dataclasses.replace(one, place=where))
    return report(f"r{k}", text, people, published=chance.choice([None, "2023-05-02"]), events=tuple(found))


@pytest.mark.parametrize("seed", range(3))
def test_counts_follow_whatever_is_written(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    documents = [document(k, chance) for k in range(8)]
    db = written(tmp_path / "news.db", documents)
    assert_true(db)
    writer = Writer(db, PROVENANCE)
    for k in range(4):
        other = dataclasses.replace(document(k, chance), id=documents[k].id, text=documents[k].text)
        writer.replace(k + 1, other)
        assert_true(db)
    ids = [row[0] for row in db.execute("SELECT id FROM event ORDER BY id")]
    with transaction(db):
        happenings.merge(db, ids[0], ids[-1], "")
    assert_true(db)
    named = [row[0] for row in db.execute("SELECT id FROM actor WHERE kind = 'person' ORDER BY id")]
    with transaction(db):
        actors.merge(db, named[0], named[1], "")
    assert_true(db)
    for k in range(8):
        writer.remove(k + 1)
    assert_true(db)
    assert db.execute("SELECT count(*) FROM actor_month").fetchone()[0] == 0


def test_an_imported_actor_that_is_joined_to_another_is_counted_there(tmp_path: Path) -> None:
    db = written(tmp_path / "news.db", WORLD[:3])
    with transaction(db):
        db.execute("UPDATE event SET data_set = 'icews'")  # as imported events, whose parties are moved as they stand
        one, other = (
            row[0]
            for row in db.execute(
                "SELECT DISTINCT p.actor FROM party p JOIN actor a ON a.id = p.actor WHERE a.kind = 'state' ORDER BY 1"
            )
        )
        db.execute("UPDATE party SET actor = ? WHERE actor = ?", (one, other))
    assert_true(db)
    assert db.execute("SELECT count(*) FROM actor_total WHERE actor = ?", (other,)).fetchone()[0] == 0


def test_an_older_store_is_counted_when_it_is_brought_up(tmp_path: Path) -> None:
    db = written(tmp_path / "news.db", WORLD)
    kept = {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in ANEW}
    sql = dict(migrations())[2]
    for name in [line.split()[2] for line in sql.splitlines() if line.startswith("CREATE TRIGGER")]:
        db.execute(f"DROP TRIGGER {name}")
    for table in (*ANEW, "correction_ground", "correction"):
        db.execute(f"DROP TABLE {table}")
    db.execute("PRAGMA user_version = 1")
    from whowhom.store.database import migrate

    assert 2 in migrate(db)
    assert {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in ANEW} == kept
    assert_true(db)
