"""Statements as they are asked for: who said what, to whom, in which report."""

from __future__ import annotations

import json
import sqlite3

from whowhom.store.questions.filters import Filter, Page, checked, counted, offset_of, page
from whowhom.store.questions.people import among, report_parties, whose
from whowhom.store.questions.select import matching
from whowhom.store.rows import StoredStatement


def statements(
    db: sqlite3.Connection, wish: Filter, *, limit: int = 50, cursor: str | None = None, oldest: bool = False
) -> Page[StoredStatement]:
    """The statements of a filter, newest first; `actor` is who speaks, `recipient` who is spoken to.

    Raises:
        QueryError: the filter is none.
    """
    where, values = _where(db, checked(wish))
    source = (
        "statement s JOIN document d ON d.id = s.document LEFT JOIN report_actor sp ON sp.id = s.speaker"
        " LEFT JOIN report_actor ad ON ad.id = s.addressee"
    )
    offset = offset_of(cursor)
    direction = "ASC" if oldest else "DESC"
    rows = db.execute(
        f"SELECT s.*, d.title, d.publisher, d.url, d.published, d.source_id FROM {source} WHERE {where}"
        f" ORDER BY coalesce(s.date, d.published) {direction}, s.document, s.number LIMIT ? OFFSET ?",
        (*values, limit, offset),
    ).fetchall()
    total = counted(db, source, where, values)
    return page(_loaded(db, rows), total, offset, limit)


def _where(db: sqlite3.Connection, wish: Filter) -> tuple[str, list[object]]:
    tests, values = ["1"], list[object]()
    for column, names in (("sp", wish.actor), ("ad", wish.recipient)):
        if names:
            parts = []
            for one in names:
                test, more = among(f"{column}.actor", f"{column}.country", f"{column}.sector", whose(db, one))
                parts.append(f"({test})")
                values += more
            tests.append(f"({' OR '.join(parts)})")
    for column, wanted in (("sp.country", wish.country), ("sp.sector", wish.sector), ("s.kind", wish.kind)):
        if wanted:
            tests.append(f"{column} IN ({','.join('?' * len(wanted))})")
            values += wanted
    if wish.since:
        tests.append("coalesce(s.date, d.published) >= ?")
        values.append(wish.since)
    if wish.until:
        tests.append("coalesce(s.date, d.published) <= ?")
        values.append(wish.until)
    for column, number in (("d.story", wish.story), ("d.id", wish.document)):
        if number is not None:
            tests.append(f"{column} = ?")
            values.append(number)
    if wish.text:
        tests.append("s.id IN (SELECT rowid FROM statement_search WHERE statement_search MATCH ?)")
        values.append(matching(wish.text))
    if not wish.copies and wish.document is None:
        tests.append("d.copy_of IS NULL")
    return " AND ".join(tests), values


def load(db: sqlite3.Connection, numbers: list[int]) -> list[StoredStatement]:
    """Statements by number."""
    marks = ",".join("?" * len(numbers))
    rows = db.execute(
        "SELECT s.*, d.title, d.publisher, d.url, d.published, d.source_id FROM statement s"
        f" JOIN document d ON d.id = s.document WHERE s.id IN ({marks}) ORDER BY s.id",
        numbers,
    ).fetchall()
    return _loaded(db, rows)


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
