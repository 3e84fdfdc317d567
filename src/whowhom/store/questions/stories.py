"""Stories, and the reports that they consist of."""

from __future__ import annotations

import sqlite3

from whowhom.errors import QueryError
from whowhom.store.questions.filters import Filter, Page, checked, counted, offset_of, page
from whowhom.store.questions.people import among, whose
from whowhom.store.questions.select import matching
from whowhom.store.rows import StoredDocument, StoredStory


def stories(db: sqlite3.Connection, wish: Filter, *, limit: int = 50, cursor: str | None = None) -> Page[StoredStory]:
    """The stories of a filter, latest first, those of one report included where `min_sources` does not rule them out.

    Raises:
        QueryError: the filter is none.
    """
    where, values = _where(db, checked(wish))
    offset = offset_of(cursor)
    rows = db.execute(
        f"SELECT t.* FROM story t WHERE {where} ORDER BY t.last DESC, t.documents DESC, t.id DESC LIMIT ? OFFSET ?",
        (*values, limit, offset),
    ).fetchall()
    total = counted(db, "story t", where, values)
    return page([StoredStory(*row) for row in rows], total, offset, limit)


def _where(db: sqlite3.Connection, wish: Filter) -> tuple[str, list[object]]:
    tests, values = ["t.documents > 0"], list[object]()
    for names in (wish.actor, wish.recipient):
        for one in names:
            test, more = among("ra.actor", "ra.country", "ra.sector", whose(db, one))
            tests.append(_has(test))
            values += more
    for column, wanted in (("country", wish.country), ("sector", wish.sector)):
        if wanted:
            tests.append(_has(f"ra.{column} IN ({','.join('?' * len(wanted))})"))
            values += wanted
    if wish.since:
        tests.append("t.last >= ?")
        values.append(wish.since)
    if wish.until:
        tests.append("t.first <= ?")
        values.append(wish.until)
    if wish.min_sources > 1:
        tests.append("t.sources >= ?")
        values.append(wish.min_sources)
    if wish.text:
        tests.append(
            "t.id IN (SELECT d.story FROM text_search s JOIN document d ON d.id = s.rowid WHERE text_search MATCH ?)"
        )
        values.append(matching(wish.text))
    return " AND ".join(tests), values


def _has(test: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM document d JOIN report_actor ra ON ra.document = d.id"
        f" WHERE d.story = t.id AND ({test}))"
    )


def story(db: sqlite3.Connection, number: int) -> tuple[StoredStory, tuple[StoredDocument, ...]]:
    """A story and its reports in order of date.

    Raises:
        QueryError: the store has no such story.
    """
    row = db.execute("SELECT * FROM story WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise QueryError(f"the store has no story t{number}")
    rows = db.execute(f"SELECT {_DOCUMENT} FROM document WHERE story = ? ORDER BY published, id", (number,))
    return StoredStory(*row), tuple(StoredDocument(*one) for one in rows)


_DOCUMENT = "id, hash, source_id, title, url, publisher, published, copy_of, story"


def document(db: sqlite3.Connection, number: int) -> StoredDocument:
    """A report without its text. Raises `QueryError` where the store has no such report."""
    row = db.execute(f"SELECT {_DOCUMENT} FROM document WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise QueryError(f"the store has no report d{number}")
    return StoredDocument(*row)


def text_of(db: sqlite3.Connection, number: int) -> str:
    """The whole text of a report."""
    row = db.execute("SELECT text FROM document WHERE id = ?", (number,)).fetchone()
    return str(row[0]) if row else ""
