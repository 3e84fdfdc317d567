"""Standing relations as they are asked for."""

from __future__ import annotations

import json
import sqlite3

from whowhom.store.questions import conditions
from whowhom.store.questions.filters import Filter, Page, checked, offset_of, page
from whowhom.store.questions.people import report_parties
from whowhom.store.questions.select import count, page_of_ids
from whowhom.store.rows import StoredRelation


def relations(
    db: sqlite3.Connection, wish: Filter, *, limit: int = 50, cursor: str | None = None
) -> Page[StoredRelation]:
    """The relations of a filter, latest asserted first; `actor` is the subject, `recipient` the object.

    Raises:
        QueryError: the filter is none.
    """
    chosen, offset = conditions.relations(db, checked(wish)), offset_of(cursor, limit)
    rows = load(db, page_of_ids(db, chosen, limit, offset))
    return page(rows, count(db, chosen), offset, limit)


def load(db: sqlite3.Connection, numbers: list[int]) -> list[StoredRelation]:
    """Relations by number, in that order."""
    rows = db.execute(
        "SELECT r.*, d.title, d.publisher, d.url FROM relation r JOIN document d ON d.id = r.document"
        f" WHERE r.id IN ({','.join('?' * len(numbers))})",
        numbers,
    ).fetchall()
    return _loaded(db, sorted(rows, key=lambda row: numbers.index(row["id"])))


def _loaded(db: sqlite3.Connection, rows: list[sqlite3.Row]) -> list[StoredRelation]:
    who = report_parties(db, (number for row in rows for number in (row["subject"], row["object"])))
    return [
        StoredRelation(
            row["id"], row["document"], who[row["subject"]], row["predicate"], who.get(row["object"]), row["value"],
            row["start"], row["end"], row["asserted_on"], tuple((s, e) for s, e in json.loads(row["evidence"])),
            row["title"], row["publisher"], row["url"],
        )
        for row in rows
    ]  # fmt: skip
