"""One report as it was read, with every record that rests on its words."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from whowhom.errors import QueryError
from whowhom.store.questions.events import magnitude, place
from whowhom.store.questions.stories import document
from whowhom.store.rows import StoredDocument

Row = dict[str, Any]
"""A record as one report has it, as plain values: who takes part by the local id of `actors`, spans in code points."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report with its records."""

    document: StoredDocument
    authors: tuple[str, ...]
    language: str | None
    coding: Row  # package, codebook, model, parser
    coded_at: str
    text: str
    blocks: tuple[tuple[int, int, str], ...]
    copies: tuple[StoredDocument, ...]
    actors: tuple[Row, ...]
    events: tuple[Row, ...]
    statements: tuple[Row, ...]
    pledges: tuple[Row, ...]
    relations: tuple[Row, ...]
    roles: tuple[Row, ...]


def report(db: sqlite3.Connection, number: int) -> Report:
    """A report with all that it says.

    Raises:
        QueryError: the store has no such report.
    """
    row = db.execute(
        "SELECT d.*, c.package, c.codebook, c.model, c.parser FROM document d JOIN coding c ON c.id = d.coding"
        " WHERE d.id = ?",
        (number,),
    ).fetchone()
    if row is None:
        raise QueryError(f"the store has no report d{number}")
    local = dict(db.execute("SELECT id, local FROM report_actor WHERE document = ?", (number,)).fetchall())
    return Report(
        document(db, number), tuple(json.loads(row["authors"])), row["language"],
        {name: row[name] for name in ("package", "codebook", "model", "parser")}, row["coded_at"], row["text"],
        tuple((start, end, kind) for start, end, kind in json.loads(row["blocks"])),
        _copies(db, number, row["copy_of"]),
        _actors(db, number), _events(db, number, local), _statements(db, number, local), _pledges(db, number, local),
        _relations(db, number, local), _roles(db, number, local),
    )  # fmt: skip


def _copies(db: sqlite3.Connection, number: int, copy_of: int | None) -> tuple[StoredDocument, ...]:
    """The other near copies of a text, the first one included."""
    first = copy_of or number
    found = db.execute(
        "SELECT id FROM document WHERE (copy_of = ? OR id = ?) AND id <> ? ORDER BY id LIMIT 100",
        (first, first, number),
    )
    return tuple(document(db, int(one[0])) for one in found.fetchall())


def _actors(db: sqlite3.Connection, number: int) -> tuple[Row, ...]:
    return tuple(
        {
            "local": row["local"], "actor": f"a{row['actor']}", "name": row["name"], "kind": row["kind"],
            "country": row["country"], "sector": row["sector"], "sectors": json.loads(row["sectors"]),
            "mentions": json.loads(row["mentions"]), "known_as": row["known_as"],
        }
        for row in db.execute(
            "SELECT r.*, a.name AS known_as FROM report_actor r JOIN actor a ON a.id = r.actor WHERE r.document = ?"
            " ORDER BY r.id",
            (number,),
        )
    )  # fmt: skip


def _sides(
    db: sqlite3.Connection, table: str, of: str, records: Iterable[int], local: dict[int, str]
) -> dict[tuple[int, str], list[str]]:
    out: dict[tuple[int, str], list[str]] = {}
    for record, side, actor in db.execute(
        f"SELECT {of}, side, actor FROM {table} WHERE {of} IN (SELECT value FROM json_each(?))"
        f" ORDER BY {of}, side, position",
        (json.dumps(list(records)),),
    ):
        if actor in local:
            out.setdefault((record, side), []).append(local[actor])
    return out


def _events(db: sqlite3.Connection, number: int, local: dict[int, str]) -> tuple[Row, ...]:
    rows = db.execute("SELECT * FROM report_event WHERE document = ? ORDER BY number", (number,)).fetchall()
    sides = _sides(db, "report_party", "report_event", (row["id"] for row in rows), local)
    out = []
    for row in rows:
        where = place(row)
        out.append({
            "id": f"e{row['event']}", "number": row["number"], "type": row["type"], "mode": row["mode"],
            "contexts": json.loads(row["contexts"]), "status": row["status"],
            "actors": sides.get((row["id"], "actor"), []), "recipients": sides.get((row["id"], "recipient"), []),
            "start": row["start"], "end": row["end"], "place": where, "magnitude": magnitude(row["magnitude"]),
            "reported_by": local.get(row["reported_by"]), "confidence": row["confidence"],
            "trigger": json.loads(row["trigger"]), "evidence": json.loads(row["evidence"]), "cameo": row["cameo"],
            "quad": row["quad"], "goldstein": row["goldstein"], "rule": row["rule"], "why": row["why"],
        })  # fmt: skip
    return tuple(out)


def _statements(db: sqlite3.Connection, number: int, local: dict[int, str]) -> tuple[Row, ...]:
    return tuple(
        {
            "id": f"s{row['id']}", "number": row["number"], "speaker": local.get(row["speaker"]),
            "addressee": local.get(row["addressee"]), "kind": row["kind"], "words": row["words"],
            "cue": json.loads(row["cue"]), "content": json.loads(row["content"]), "date": row["date"],
            "evidence": json.loads(row["evidence"]), "rule": row["rule"],
        }
        for row in db.execute("SELECT * FROM statement WHERE document = ? ORDER BY number", (number,))
    )  # fmt: skip


def _pledges(db: sqlite3.Connection, number: int, local: dict[int, str]) -> tuple[Row, ...]:
    rows = db.execute("SELECT * FROM report_pledge WHERE document = ? ORDER BY number", (number,)).fetchall()
    sides = _sides(db, "report_pledge_party", "report_pledge", (row["id"] for row in rows), local)
    return tuple(
        {
            "id": f"p{row['pledge']}", "number": row["number"], "kind": row["kind"], "what": row["what"],
            "promiser": sides.get((row["id"], "promiser"), []),
            "beneficiary": sides.get((row["id"], "beneficiary"), []), "amount": row["amount"],
            "currency": row["currency"], "due": row["due"], "status": row["status"], "date": row["date"],
            "evidence": json.loads(row["evidence"]), "rule": row["rule"], "why": row["why"],
        }
        for row in rows
    )  # fmt: skip


def _relations(db: sqlite3.Connection, number: int, local: dict[int, str]) -> tuple[Row, ...]:
    return tuple(
        {
            "id": f"r{row['id']}", "number": row["number"], "subject": local.get(row["subject"]),
            "predicate": row["predicate"], "object": local.get(row["object"]), "value": row["value"],
            "start": row["start"], "end": row["end"], "asserted_on": row["asserted_on"],
            "evidence": json.loads(row["evidence"]), "rule": row["rule"],
        }
        for row in db.execute("SELECT * FROM relation WHERE document = ? ORDER BY number", (number,))
    )  # fmt: skip


def _roles(db: sqlite3.Connection, number: int, local: dict[int, str]) -> tuple[Row, ...]:
    """Offices have no id of their own in a store: they are numbered within their report, o1, o2, ..."""
    return tuple(
        {
            "id": f"o{k}", "number": k, "actor": local.get(row["actor"]), "title": row["title"],
            "organisation": row["organisation"], "country": row["country"], "start": row["start"], "end": row["end"],
            "asserted_on": row["asserted_on"], "evidence": json.loads(row["evidence"]),
        }
        for k, row in enumerate(
            db.execute("SELECT * FROM role WHERE document = ? ORDER BY id", (number,)), start=1
        )
    )  # fmt: skip
