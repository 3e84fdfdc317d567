"""Statements as they are asked for: who said what, to whom, in which report."""

from __future__ import annotations

import json
import sqlite3

from whowhom.store.questions import conditions
from whowhom.store.questions.filters import Filter, Page, checked, offset_of, page
from whowhom.store.questions.people import report_parties
from whowhom.store.questions.select import count, page_of_ids
from whowhom.store.rows import StoredStatement


def statements(
    db: sqlite3.Connection, wish: Filter, *, limit: int = 50, cursor: str | None = None, oldest: bool = False
) -> Page[StoredStatement]:
    """The statements of a filter, newest first; `actor` is who speaks, `recipient` who is spoken to.

    Raises:
        QueryError: the filter is none.
    """
    chosen, offset = conditions.statements(db, checked(wish)), offset_of(cursor, limit)
    rows = load(db, page_of_ids(db, chosen, limit, offset, oldest=oldest))
    return page(rows, count(db, chosen), offset, limit)


def load(db: sqlite3.Connection, numbers: list[int]) -> list[StoredStatement]:
    """Statements by number, in that order."""
    marks = ",".join("?" * len(numbers))
    rows = db.execute(
        "SELECT s.*, d.title, d.publisher, d.url, d.published, d.source_id FROM statement s"
        f" JOIN document d ON d.id = s.document WHERE s.id IN ({marks})",
        numbers,
    ).fetchall()
    return _loaded(db, sorted(rows, key=lambda row: numbers.index(row["id"])))


def _loaded(db: sqlite3.Connection, rows: list[sqlite3.Row]) -> list[StoredStatement]:
    who = report_parties(db, (number for row in rows for number in (row["speaker"], row["addressee"])))
    return [
        StoredStatement(
            row["id"], row["document"], who.get(row["speaker"]), who.get(row["addressee"]), row["kind"], row["words"],
            row["date"], tuple((s, e) for s, e in json.loads(row["evidence"])), row["title"], row["publisher"],
            row["url"], row["published"], row["source_id"],
        )
        for row in rows
    ]  # fmt: skip
