"""Standing relations as they are asked for."""

from __future__ import annotations

import json
import sqlite3

from whowhom.store.questions.filters import Filter, Page, checked, counted, offset_of, page
from whowhom.store.questions.people import among, report_parties, whose
from whowhom.store.questions.select import matching
from whowhom.store.rows import StoredRelation


def relations(
    db: sqlite3.Connection, wish: Filter, *, limit: int = 50, cursor: str | None = None
) -> Page[StoredRelation]:
    """The relations of a filter, latest asserted first; `actor` is the subject, `recipient` the object.

    Raises:
        QueryError: the filter is none.
    """
    where, values = _where(db, checked(wish))
    source = (
        "relation r JOIN document d ON d.id = r.document JOIN report_actor su ON su.id = r.subject"
        " LEFT JOIN report_actor ob ON ob.id = r.object"
    )
    offset = offset_of(cursor)
    rows = db.execute(
        f"SELECT r.*, d.title, d.publisher, d.url FROM {source} WHERE {where}"
        " ORDER BY coalesce(r.asserted_on, d.published) DESC, r.id LIMIT ? OFFSET ?",
        (*values, limit, offset),
    ).fetchall()
    total = counted(db, source, where, values)
    return page(_loaded(db, rows), total, offset, limit)


def load(db: sqlite3.Connection, numbers: list[int]) -> list[StoredRelation]:
    """Relations by number."""
    rows = db.execute(
        "SELECT r.*, d.title, d.publisher, d.url FROM relation r JOIN document d ON d.id = r.document"
        f" WHERE r.id IN ({','.join('?' * len(numbers))}) ORDER BY r.id",
        numbers,
    ).fetchall()
    return _loaded(db, rows)


def _where(db: sqlite3.Connection, wish: Filter) -> tuple[str, list[object]]:
    tests, values = ["1"], list[object]()
    for column, names in (("su", wish.actor), ("ob", wish.recipient)):
        if names:
            parts = []
            for one in names:
                test, more = among(f"{column}.actor", f"{column}.country", f"{column}.sector", whose(db, one))
                parts.append(f"({test})")
                values += more
            tests.append(f"({' OR '.join(parts)})")
    for column, wanted in (("country", wish.country), ("sector", wish.sector)):
        if wanted:
            marks = ",".join("?" * len(wanted))
            tests.append(f"(su.{column} IN ({marks}) OR ob.{column} IN ({marks}))")
            values += (*wanted, *wanted)
    if wish.predicate:
        tests.append(f"r.predicate IN ({','.join('?' * len(wish.predicate))})")
        values += wish.predicate
    if wish.since:
        tests.append("coalesce(r.asserted_on, d.published) >= ?")
        values.append(wish.since)
    if wish.until:
        tests.append("coalesce(r.asserted_on, d.published) <= ?")
        values.append(wish.until)
    if wish.document is not None:
        tests.append("d.id = ?")
        values.append(wish.document)
    elif not wish.copies:
        tests.append("d.copy_of IS NULL")
    if wish.text:
        tests.append("d.id IN (SELECT rowid FROM text_search WHERE text_search MATCH ?)")
        values.append(matching(wish.text))
    return " AND ".join(tests), values


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
