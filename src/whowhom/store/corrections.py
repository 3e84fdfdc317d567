"""What people say of records: right, wrong, or mended. It stands beside a record and never in its place.

A correction names what its record rests on, the hash of the document and spans of its text, so that it is found again
after the report was coded anew. That of an event, `e12`, rests on the words of every report that tells it; that of what
one report says, `d7:e3`, on those of this report alone.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from whowhom.errors import QueryError
from whowhom.store.database import transaction

Verdict = Literal["right", "wrong", "mended"]
Kind = Literal["event", "statement", "pledge", "relation", "role"]
Ground = tuple[str, str, str]
"""What a record rests on: hash of the document, spans, and the predicate of a relation or title of a role."""

COLUMNS = ("id", "at", "by", "kind", "record", "found", "verdict", "fields", "note", "documents")
_KINDS: dict[str, Kind] = {"e": "event", "s": "statement", "p": "pledge", "r": "relation", "o": "role"}
_LETTERS = {kind: letter for letter, kind in _KINDS.items()}
_ID = re.compile(r"(?:d(\d{1,18}):([esrpo])(\d{1,18})|([esrp])(\d{1,18}))", re.I | re.A)
_TABLES: dict[str, tuple[str, str, str, str]] = {
    "event": ("report_event", "event", '"trigger"', "''"),
    "statement": ("statement", "id", "content", "''"),
    "pledge": ("report_pledge", "pledge", "evidence", "''"),
    "relation": ("relation", "id", "evidence", "predicate"),
}
"""By kind of record: the table of what reports say, its columns with the record's id, the spans, the name."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says of a record. `record` is its present id, the one it had where no coding of today has it.

    `documents` are the reports whose words it rests on, as far as the store has them.
    """

    id: int
    kind: Kind
    record: str
    found: bool  # whether the store has it still
    verdict: Verdict
    fields: dict[str, Any]
    note: str
    by: str
    at: str
    documents: tuple[str, ...] = ()


def correct(
    db: sqlite3.Connection,
    record: str,
    verdict: Verdict,
    *,
    fields: Mapping[str, Any] | None = None,
    note: str = "",
    by: str = "",
) -> Correction:
    """Keep what a person says of a record, `e12` or `d7:e3`; `fields` has the values that are right.

    Raises:
        QueryError: the id is none, there is no such record, or nothing is said of it.
    """
    if verdict not in get_args(Verdict):
        raise QueryError(f"verdict {verdict!r} is none; there are {', '.join(get_args(Verdict))}")
    if verdict == "mended" and not fields:
        raise QueryError('a record is mended by values: give at least one field, such as {"type": "ACCUSE"}')
    if verdict != "mended" and fields:
        raise QueryError(f"a record that is {verdict} has no other values: leave the fields out, or say mended")
    kind, grounds = _meant(db, record)
    if not grounds:
        raise QueryError(f"the store has no record {record}")
    with transaction(db):
        cursor = db.execute(
            'INSERT INTO correction (kind, record, verdict, fields, note, "by", at) VALUES (?, ?, ?, ?, ?, ?, ?)',
            (
                kind, record.lower(), verdict, json.dumps(dict(fields or {}), ensure_ascii=False), note, by,
                datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            ),
        )  # fmt: skip
        number = int(cursor.lastrowid or 0)
        db.executemany(
            "INSERT OR IGNORE INTO correction_ground VALUES (?, ?, ?, ?)", [(number, *ground) for ground in grounds]
        )
    return _loaded(db, db.execute("SELECT * FROM correction WHERE id = ?", (number,)).fetchone())


def withdraw(db: sqlite3.Connection, number: int) -> None:
    """Take a correction back. Raises `QueryError` where there is none of that number."""
    with transaction(db):
        if not db.execute("DELETE FROM correction WHERE id = ?", (number,)).rowcount:
            raise QueryError(f"there is no correction {number}")


def corrections(db: sqlite3.Connection, record: str | None = None) -> Iterator[Correction]:
    """All corrections in order of time; with a record those of it, of an event also those of what one report says.

    Raises:
        QueryError: the id is none.
    """
    if record is None:
        numbers = [int(row[0]) for row in db.execute("SELECT id FROM correction ORDER BY id")]
    else:
        kind, grounds = _meant(db, record)
        numbers = _resting_on(db, kind, grounds)
    for number in numbers:
        row = db.execute("SELECT * FROM correction WHERE id = ?", (number,)).fetchone()
        if row is not None:
            yield _loaded(db, row)


def of_report(db: sqlite3.Connection, document: int) -> tuple[Correction, ...]:
    """The corrections that rest on the words of a report."""
    rows = db.execute(
        "SELECT DISTINCT c.* FROM document d JOIN correction_ground g ON g.document = d.hash"
        " JOIN correction c ON c.id = g.correction WHERE d.id = ? ORDER BY c.id",
        (document,),
    ).fetchall()
    return tuple(_loaded(db, row, document) for row in rows)


def _resting_on(db: sqlite3.Connection, kind: Kind, grounds: Iterable[Ground]) -> list[int]:
    found: set[int] = set()
    for ground in grounds:
        found.update(
            int(row[0])
            for row in db.execute(
                "SELECT g.correction FROM correction_ground g JOIN correction c ON c.id = g.correction"
                " WHERE g.document = ? AND g.spans = ? AND g.name = ? AND c.kind = ?",
                (*ground, kind),
            )
        )
    return sorted(found)


def _meant(db: sqlite3.Connection, record: str) -> tuple[Kind, list[Ground]]:
    """Kind of a record and what it rests on: nothing where there is no such record."""
    match = _ID.fullmatch(record.strip())
    if match is None:
        raise QueryError(
            f"{record!r} is no record to correct: write e12, s3, p4, r5, or d7:e3 for what one report says"
        )
    if match[4]:
        return _KINDS[match[4].lower()], _grounds(db, _KINDS[match[4].lower()], int(match[5]))
    kind = _KINDS[match[2].lower()]
    row = db.execute("SELECT hash FROM document WHERE id = ?", (int(match[1]),)).fetchone()
    found = _in_report(db, kind, int(match[1])) if row else ()
    return kind, [(row[0], spans, name) for number, spans, name, _ in found if number == int(match[3])]


def _grounds(db: sqlite3.Connection, kind: Kind, number: int) -> list[Ground]:
    """What a record rests on in all reports; an imported event on the row that it was."""
    table, identity, spans, name = _TABLES[kind]
    found: list[Ground] = [
        (row[0], row[1], row[2])
        for row in db.execute(
            f"SELECT d.hash, r.{spans}, {name} FROM {table} r JOIN document d ON d.id = r.document"
            f" WHERE r.{identity} = ? ORDER BY r.id",
            (number,),
        )
    ]
    if kind == "event" and not found:
        rows = db.execute("SELECT data_set, key FROM imported WHERE event = ?", (number,))
        found = [(row[0], row[1], "") for row in rows]
    return found


def _in_report(db: sqlite3.Connection, kind: Kind, document: int) -> Iterator[tuple[int, str, str, int | None]]:
    """The records of a kind that a report has: number there, spans, name, id over all reports."""
    if kind == "role":
        roles = db.execute("SELECT evidence, title FROM role WHERE document = ? ORDER BY id", (document,)).fetchall()
        for number, row in enumerate(roles, start=1):
            yield number, row[0], row[1], None
        return
    table, identity, spans, name = _TABLES[kind]
    for row in db.execute(
        f"SELECT number, {spans}, {name}, {identity} FROM {table} WHERE document = ? ORDER BY number", (document,)
    ):
        yield row[0], row[1], row[2], row[3]


def _loaded(db: sqlite3.Connection, row: sqlite3.Row, document: int | None = None) -> Correction:
    """A correction with the present id of its record, as `document` has it where that is given."""
    grounds = db.execute(
        "SELECT g.document AS hash, g.spans, g.name, d.id FROM correction_ground g LEFT JOIN document d"
        " ON d.hash = g.document WHERE g.correction = ? ORDER BY d.id = ? DESC, d.id IS NULL, d.id",
        (row["id"], document),
    ).fetchall()
    present = _present(db, row, grounds)
    return Correction(
        row["id"], row["kind"], present or row["record"], present is not None, row["verdict"],
        json.loads(row["fields"]), row["note"], row["by"], row["at"],
        tuple(dict.fromkeys(f"d{one['id']}" for one in grounds if one["id"] is not None)),
    )  # fmt: skip


def _present(db: sqlite3.Connection, row: sqlite3.Row, grounds: Iterable[sqlite3.Row]) -> str | None:
    letter, alone = _LETTERS[row["kind"]], ":" in row["record"]
    for ground in grounds:
        if ground["id"] is None:
            found = db.execute(
                "SELECT event FROM imported WHERE data_set = ? AND key = ?", (ground["hash"], ground["spans"])
            ).fetchone()
            if row["kind"] == "event" and found is not None:
                return f"e{found[0]}"
            continue
        for number, spans, name, identity in _in_report(db, row["kind"], ground["id"]):
            if (spans, name) == (ground["spans"], ground["name"]):
                return f"d{ground['id']}:{letter}{number}" if alone else f"{letter}{identity}"
    return None


def flat(one: Correction) -> dict[str, Any]:
    """A correction as one line of a table."""
    return {
        "id": one.id, "at": one.at, "by": one.by, "kind": one.kind, "record": one.record, "found": one.found,
        "verdict": one.verdict, "fields": json.dumps(one.fields, ensure_ascii=False) if one.fields else None,
        "note": one.note, "documents": "; ".join(one.documents),
    }  # fmt: skip
