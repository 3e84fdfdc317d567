"""What people say of records is kept beside them and outlives a new coding."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from handmade import PROVENANCE, written
from small_world import WORLD

from whowhom.errors import QueryError
from whowhom.store.corrections import COLUMNS, Correction, correct, corrections, flat, of_report, withdraw
from whowhom.store.database import transaction
from whowhom.store.writer import Writer

ANGER = 2  # the report with two events, a statement and an office


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    found = written(tmp_path / "news.db", WORLD)
    yield found
    found.close()


def event_of(db: sqlite3.Connection, document: int, number: int) -> str:
    row = db.execute("SELECT event FROM report_event WHERE document = ? AND number = ?", (document, number)).fetchone()
    return f"e{row[0]}"


def test_a_mended_event_keeps_its_own_values_and_the_right_ones(db: sqlite3.Connection) -> None:
    record = event_of(db, ANGER, 1)
    made = correct(db, record, "mended", fields={"type": "REJECT", "mode": None}, note="weaker", by="Ann")
    assert list(corrections(db, record)) == [made] == list(of_report(db, ANGER))
    assert (made.record, made.found, made.kind, made.documents) == (record, True, "event", (f"d{ANGER}",))
    assert made.fields == {"type": "REJECT", "mode": None}
    assert db.execute("SELECT type FROM event WHERE id = ?", (record[1:],)).fetchone()[0] == "ACCUSE"
    assert set(flat(made)) == set(COLUMNS)


@pytest.mark.parametrize(
    ("record", "kind"),
    [("s1", "statement"), ("p1", "pledge"), ("r1", "relation"), ("d2:e2", "event"), ("d2:s1", "statement"),
     ("d2:o1", "role"), ("d4:p1", "pledge"), ("d6:r1", "relation"), ("D2:E2", "event")],
)  # fmt: skip
def test_every_kind_of_record_can_be_corrected(db: sqlite3.Connection, record: str, kind: str) -> None:
    made = correct(db, record, "right")
    assert (made.kind, made.record, made.found) == (kind, record.lower(), True)
    assert list(corrections(db, record)) == [made]


def test_what_one_report_says_is_no_correction_of_what_another_says(db: sqlite3.Connection) -> None:
    one, other = (
        row[0] for row in db.execute("SELECT DISTINCT event FROM report_event WHERE document IN (1, 3) LIMIT 2")
    )
    with transaction(db):
        db.execute("UPDATE report_event SET event = ? WHERE event = ?", (one, other))
    correct(db, "d1:e1", "wrong")
    assert [c.verdict for c in corrections(db, f"e{one}")] == ["wrong"]  # shown beside the event that it is part of
    assert [c.verdict for c in corrections(db, "d1:e1")] == ["wrong"]
    assert not list(corrections(db, "d3:e1"))


def test_a_correction_finds_its_record_after_the_report_was_coded_anew(db: sqlite3.Connection) -> None:
    whole, part = correct(db, event_of(db, ANGER, 1), "wrong"), correct(db, f"d{ANGER}:e1", "wrong")
    writer = Writer(db, PROVENANCE)
    document = WORLD[ANGER - 1]
    writer.replace(ANGER, dataclasses.replace(document, events=document.events[::-1]))  # its first is its second now
    found = {one.id: one for one in corrections(db)}
    assert found[part.id].record == f"d{ANGER}:e2"
    assert found[whole.id].record == event_of(db, ANGER, 2)
    writer.replace(ANGER, dataclasses.replace(document, events=()))
    lost = list(corrections(db))
    assert [(one.record, one.found) for one in lost] == [(whole.record, False), (part.record, False)]


def test_an_imported_event_is_known_by_its_row(db: sqlite3.Connection) -> None:
    with transaction(db):
        number = db.execute(
            "INSERT INTO event (type, contexts, status, magnitude, confidence, cameo, quad, goldstein, reports,"
            " sources, data_set) VALUES ('AID', '[]', 'occurred', '{}', 1, '070', 2, 7, 1, 1, 'icews')"
        ).lastrowid
        db.execute("INSERT INTO imported VALUES (?, 'icews', 'f.csv', '77', '{}')", (number,))
    made = correct(db, f"e{number}", "wrong")
    assert (made.record, made.found, made.documents) == (f"e{number}", True, ())


@pytest.mark.parametrize(
    ("record", "verdict", "fields", "message"),
    [
        ("x1", "right", {}, "no record to correct"), ("a1", "right", {}, "no record to correct"),
        ("e999", "right", {}, "no record e999"), ("d2:e9", "right", {}, "no record d2:e9"),
        ("d99:e1", "right", {}, "no record d99:e1"), ("e1", "good", {}, "right, wrong, mended"),
        ("e1", "mended", {}, "at least one field"), ("e1", "wrong", {"type": "AID"}, "has no other values"),
        ("e" + "9" * 19, "right", {}, "no record to correct"),
    ],
)  # fmt: skip
def test_what_is_none_is_refused(
    db: sqlite3.Connection, record: str, verdict: Any, fields: dict[str, str], message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        correct(db, record, verdict, fields=fields)
    assert not list(corrections(db))


def test_a_correction_can_be_taken_back(db: sqlite3.Connection) -> None:
    made: Correction = correct(db, "s1", "wrong")
    withdraw(db, made.id)
    assert not list(corrections(db))
    assert db.execute("SELECT count(*) FROM correction_ground").fetchone()[0] == 0
    with pytest.raises(QueryError, match="no correction 1"):
        withdraw(db, made.id)
