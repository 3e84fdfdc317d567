from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from handmade import PROVENANCE, event, report, where, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_world import WORLD

from whowhom.records import Skipped
from whowhom.store import pledges
from whowhom.store.database import connect
from whowhom.store.writer import Provenance, Writer, words

KEPT = {"coding", "decision", "skipped", "event_month"}
"""Tables that outlive the documents: what coded, what people decided, what gave no document, counts (zeros)."""


def tables(db: sqlite3.Connection) -> list[str]:
    """The tables that hold rows of their own: no index of words, no notes of SQLite."""
    indexes = tuple(
        f"{row[0]}_" for row in db.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'")
    )
    return [
        row[0]
        for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
        if not row[0].startswith(("sqlite_", *indexes))
    ]


def content(db: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """All rows but for the time of coding."""
    out = {}
    for table in tables(db):
        names = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[1] != "coded_at"]
        listed = ", ".join(f'"{name}"' for name in names)
        out[table] = sorted((tuple(row) for row in db.execute(f"SELECT {listed} FROM {table}")), key=repr)
    return out


def assert_sound(db: sqlite3.Connection) -> None:
    """Assert that every reference leads somewhere and nothing joined is without a report."""
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in ("text_search", "statement_search", "pledge_search"):
        db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
    for joined, reported, column in (
        ("event", "report_event", "event"), ("pledge", "report_pledge", "pledge"), ("actor", "report_actor", "actor"),
        ("story", "document", "story"),
    ):  # fmt: skip
        orphans = f"SELECT id FROM {joined} WHERE id NOT IN (SELECT {column} FROM {reported})"
        assert db.execute(orphans).fetchall() == [], joined
    counted = dict(
        db.execute(
            "SELECT substr(coalesce(start, date), 1, 7) || coalesce(type, '') || status || quad, count(*) FROM event"
            " WHERE date IS NOT NULL GROUP BY 1"
        ).fetchall()
    )
    kept = dict(
        db.execute("SELECT month || type || status || quad, sum(events) FROM event_month"
                   " GROUP BY 1 HAVING sum(events) > 0").fetchall()
    )  # fmt: skip
    assert kept == counted
    for number, date in db.execute("SELECT id, date FROM event"):
        assert {row[0] for row in db.execute("SELECT date FROM party WHERE event = ?", (number,))} <= {date}


def writer(db: sqlite3.Connection) -> Writer:
    return Writer(db, PROVENANCE)


def test_a_document_is_coded_once_carried_elsewhere_and_known_then(db: sqlite3.Connection) -> None:
    pen = writer(db)
    arrest = WORLD[0]
    elsewhere = replace(arrest, source_id="copy", publisher="Other paper", url="https://other.example/1")
    with pen.batch():
        assert pen.put(arrest) == "coded"
        assert pen.put(arrest) == "known"
        assert pen.put(elsewhere) == "carried"
        assert pen.put(elsewhere) == "known"
    assert db.execute("SELECT count(*) FROM document").fetchone()[0] == 1
    assert {row[0] for row in db.execute("SELECT publisher FROM sighting")} == {"Herald", "Other paper"}
    assert pen.has(arrest.id)
    assert not pen.has("no such hash")
    assert pen.saw("copy")
    assert not pen.saw("no such id")
    assert_sound(db)


def test_a_text_in_two_papers_is_still_one_source(db: sqlite3.Connection) -> None:
    pen = writer(db)
    with pen.batch():
        pen.put(WORLD[0])
        pen.put(replace(WORLD[0], source_id="copy", publisher="Other paper"))
    assert [tuple(row) for row in db.execute("SELECT reports, sources FROM event")] == [(1, 1)]


def test_what_is_written_is_what_was_coded(db: sqlite3.Connection) -> None:
    pen = writer(db)
    with pen.batch():
        for document in WORLD:
            pen.put(document)
    for table, number in (
        ("document", 7), ("report_event", sum(len(one.events) for one in WORLD)), ("statement", 2),
        ("report_pledge", 2), ("relation", 1), ("role", 2), ("report_actor", sum(len(one.actors) for one in WORLD)),
    ):  # fmt: skip
        assert db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == number, table
    assert db.execute("SELECT words FROM statement ORDER BY id").fetchone()[0] == (
        "A neighbour does not lock up its neighbours"
    )
    assert [tuple(row) for row in db.execute("SELECT package, codebook, model, parser, actors FROM coding")] == [
        ("1.0", "PLOVER 2021", "model", "parser", "")
    ]
    assert_sound(db)


def test_a_document_that_cannot_be_joined_leaves_no_trace(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    pen = writer(db)
    with pen.batch():
        pen.put(WORLD[0])
    before = content(db)

    def fails(*_: object) -> None:
        raise RuntimeError("no")

    with pen.batch():
        with monkeypatch.context() as patch:
            patch.setattr(pledges, "join", fails)
            with pytest.raises(RuntimeError):
                pen.put(WORLD[1])
        assert content(db) == before
        pen.put(WORLD[2])
    assert [row[0] for row in db.execute("SELECT source_id FROM document ORDER BY id")] == ["arrest", "answer"]
    assert_sound(db)


def test_another_coding_takes_the_place_of_the_first(db: sqlite3.Connection) -> None:
    pen = writer(db)
    with pen.batch():
        for document in WORLD:
            pen.put(document)
    before = content(db)
    arrest = WORLD[0]
    changed = replace(
        arrest, events=(event("ASSAULT", ["a1"], ["a2"], evidence=where(arrest.text, "Two people were injured")),)
    )
    Writer(db, Provenance("2.0", "PLOVER 2021", "", "parser")).replace(1, changed)
    assert [tuple(row) for row in db.execute("SELECT type FROM report_event WHERE document = 1")] == [("ASSAULT",)]
    assert db.execute(
        "SELECT package FROM document d JOIN coding c ON c.id = d.coding WHERE d.id = 1"
    ).fetchone()[0] == "2.0"  # fmt: skip
    assert_sound(db)
    pen.replace(1, arrest)
    assert_sound(db)
    after = content(db)
    for table in ("document", "sighting", "story", "fingerprint", "statement", "pledge", "relation"):
        assert after[table] == before[table], table
    assert [row[0] for row in db.execute("SELECT type FROM event ORDER BY 1")] == sorted(
        one.type for document in WORLD for one in document.events
    )


def test_what_rests_on_the_same_words_keeps_its_address(db: sqlite3.Connection) -> None:
    pen = writer(db)
    with pen.batch():
        for one in WORLD:
            pen.put(one)
    told = WORLD[0]
    number = db.execute("SELECT id FROM document WHERE hash = ?", (told.id,)).fetchone()[0]

    def addresses() -> set[tuple[object, ...]]:
        return {
            tuple(row)
            for sql in (
                'SELECT "trigger", event FROM report_event WHERE document = ?',
                "SELECT content, id FROM statement WHERE document = ?",
                "SELECT name, actor FROM report_actor WHERE document = ?",
                "SELECT evidence, pledge FROM report_pledge WHERE document = ?",
            )
            for row in db.execute(sql, (number,))
        }

    before = addresses()
    first, *rest = told.events
    other = "THREATEN" if first.type != "THREATEN" else "AID"
    pen.replace(number, replace(told, events=(*rest, replace(first, type=other))))  # another order, another type
    assert addresses() == before
    assert db.execute("SELECT count(*) FROM report_event WHERE document = ? AND type = ?", (number, other)).fetchone()[
        0
    ]
    assert_sound(db)


def test_a_confirmed_document_keeps_its_records(db: sqlite3.Connection) -> None:
    pen = writer(db)
    with pen.batch():
        for document in WORLD:
            pen.put(document)
    before = content(db)
    Writer(db, Provenance("2.0", "PLOVER 2021", "", "parser")).confirm(1)
    after = content(db)
    assert {table for table in after if after[table] != before[table]} == {"document", "coding"}


def test_when_every_document_has_gone_nothing_is_left(db: sqlite3.Connection) -> None:
    pen = writer(db)
    with pen.batch():
        for document in WORLD:
            pen.put(document)
        pen.put(replace(WORLD[0], source_id="copy", publisher="Other paper"))
    for number in (3, 1, 7, 2, 6, 4, 5):
        pen.remove(number)
        assert_sound(db)
    for table in tables(db):
        if table not in KEPT:
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0, table
    assert db.execute("SELECT count(*) FROM event_month WHERE events <> 0").fetchone()[0] == 0
    with pen.batch():
        assert pen.put(WORLD[0]) == "coded"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.sampled_from(["put", "again", "remove", "elsewhere"]), st.integers(0, 6)), max_size=14)
)
def test_whatever_is_put_in_and_taken_out_the_store_stays_sound(
    steps: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    db = written(tmp_path_factory.mktemp("steps") / "news.db", ())
    pen = writer(db)
    for step, k in steps:
        document = WORLD[k]
        row = db.execute("SELECT id FROM document WHERE hash = ?", (document.id,)).fetchone()
        if step in ("put", "elsewhere"):
            with pen.batch():
                pen.put(document if step == "put" else replace(document, source_id="e", publisher="Elsewhere"))
        elif row is not None:
            if step == "again":
                pen.replace(row[0], document)
            else:
                pen.remove(row[0])
    assert_sound(db)
    there = {row[0] for row in db.execute("SELECT hash FROM document")}
    events = sum(len(one.events) for one in WORLD if one.id in there)
    assert db.execute("SELECT count(*) FROM report_event").fetchone()[0] == events
    db.close()


def test_a_near_copy_becomes_the_first_when_the_first_goes(db: sqlite3.Connection) -> None:
    pen = writer(db)
    arrest = WORLD[0]
    copy = report(
        "copy", arrest.text + " Further details were not known.", ["Ugandan police|organisation|UGA|COP"],
        published="2023-05-01",
    )  # fmt: skip
    with pen.batch():
        pen.put(arrest)
        pen.put(copy)
    assert [tuple(row) for row in db.execute("SELECT id, copy_of FROM document")] == [(1, None), (2, 1)]
    pen.remove(1)
    assert [tuple(row) for row in db.execute("SELECT id, copy_of FROM document")] == [(2, None)]
    assert_sound(db)


def test_the_latest_reason_for_an_input_counts(db: sqlite3.Connection) -> None:
    pen = writer(db)
    with pen.batch():
        pen.note_skipped([Skipped("a.txt", "empty", "one"), Skipped("b.txt", "binary", "two")])
        pen.note_skipped([Skipped("a.txt", "too-large", "three")])
    assert [tuple(row) for row in db.execute("SELECT * FROM skipped ORDER BY source")] == [
        ("a.txt", "too-large", "three"),
        ("b.txt", "binary", "two"),
    ]


def test_hostile_names_are_only_names(tmp_path: Path) -> None:
    name = "Robert'); DROP TABLE event; --"
    text = f'{name} met "Bobby" % _ * NEAR( in Kampala, said a spokesman of the school on the hill above the town.'
    odd = report(name, text, [f"{name}|person|UGA|GOV", "%|person||", "'\"|person||"], title="'; --", publisher="\"';",
                 events=(event("CONSULT", ["a1"], ["a2", "a3"]),))  # fmt: skip
    db = written(tmp_path / "news.db", [odd, *WORLD])
    assert db.execute("SELECT count(*) FROM actor WHERE name = ?", (name,)).fetchone()[0] == 1
    assert_sound(db)
    db.close()
    connect(tmp_path / "news.db").close()


def test_words_of_spans_are_one_line() -> None:
    assert words("One  two\nthree four five.", ((0, 8), (20, 24))) == "One two ... five"
    assert words("One", ()) == ""
