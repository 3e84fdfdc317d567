"""Pledges as they are asked for: who owes what to whom, and what became of it."""

from __future__ import annotations

import json
import sqlite3

from whowhom.store.questions.filters import Filter, Page, checked, counted, offset_of, page
from whowhom.store.questions.people import among, parties, whose
from whowhom.store.questions.select import matching
from whowhom.store.rows import PledgeEntry, StoredPledge


def pledges(db: sqlite3.Connection, wish: Filter, *, limit: int = 50, cursor: str | None = None) -> Page[StoredPledge]:
    """The pledges of a filter with their histories, latest first; `actor` promises, `recipient` is promised to.

    Raises:
        QueryError: the filter is none.
    """
    where, values = _where(db, checked(wish))
    offset = offset_of(cursor)
    ids = db.execute(
        f"SELECT g.id FROM pledge g WHERE {where} ORDER BY g.last DESC, g.id DESC LIMIT ? OFFSET ?",
        (*values, limit, offset),
    ).fetchall()
    total = counted(db, "pledge g", where, values)
    return page(load(db, [int(row[0]) for row in ids]), total, offset, limit)


def _where(db: sqlite3.Connection, wish: Filter) -> tuple[str, list[object]]:
    tests, values = ["1"], list[object]()
    sides = (("promiser", wish.actor), ("beneficiary", wish.recipient))
    for side, names in sides:
        if names:
            parts = []
            for one in names:
                test, more = among("a.id", "a.country", "a.sector", whose(db, one))
                parts.append(f"({test})")
                values += more
            tests.append(_exists(" OR ".join(parts), side))
    for column, wanted in (("country", wish.country), ("sector", wish.sector)):
        if wanted:
            tests.append(_exists(f"a.{column} IN ({','.join('?' * len(wanted))})", None))
            values += wanted
    for column, wanted in (("kind", wish.kind), ("status", wish.status)):
        if wanted:
            tests.append(f"g.{column} IN ({','.join('?' * len(wanted))})")
            values += wanted
    if wish.since:
        tests.append("g.last >= ?")
        values.append(wish.since)
    if wish.until:
        tests.append("g.first <= ?")
        values.append(wish.until)
    if wish.min_sources > 1:
        tests.append("g.sources >= ?")
        values.append(wish.min_sources)
    if wish.document is not None:
        tests.append("g.id IN (SELECT pledge FROM report_pledge WHERE document = ?)")
        values.append(wish.document)
    if wish.text:
        tests.append(
            "g.id IN (SELECT r.pledge FROM pledge_search s JOIN report_pledge r ON r.id = s.rowid"
            " WHERE pledge_search MATCH ?)"
        )
        values.append(matching(wish.text))
    return " AND ".join(tests), values


def _exists(test: str, side: str | None) -> str:
    of_side = f" AND p.side = '{side}'" if side else ""
    return (
        "EXISTS (SELECT 1 FROM pledge_party p JOIN actor a ON a.id = p.actor"
        f" WHERE p.pledge = g.id{of_side} AND ({test}))"
    )


def load(db: sqlite3.Connection, numbers: list[int]) -> list[StoredPledge]:
    """Pledges by number, in that order, with their histories."""
    marks = ",".join("?" * len(numbers))
    rows = {row["id"]: row for row in db.execute(f"SELECT * FROM pledge WHERE id IN ({marks})", numbers)}
    sides: dict[tuple[int, str], list[int]] = {}
    for pledge, side, actor in db.execute(
        f"SELECT pledge, side, actor FROM pledge_party WHERE pledge IN ({marks}) ORDER BY 1, 2, position", numbers
    ):
        sides.setdefault((pledge, side), []).append(actor)
    known = parties(db, {one for side in sides.values() for one in side})
    histories: dict[int, list[PledgeEntry]] = {}
    for row in db.execute(
        "SELECT r.*, d.title, d.publisher, d.url FROM report_pledge r JOIN document d ON d.id = r.document"
        f" WHERE r.pledge IN ({marks}) ORDER BY r.date, r.id",
        numbers,
    ):
        histories.setdefault(row["pledge"], []).append(
            PledgeEntry(
                row["id"], row["document"], row["date"], row["status"], row["what"], row["amount"], row["currency"],
                row["due"], tuple((s, e) for s, e in json.loads(row["evidence"])), row["title"], row["publisher"],
                row["url"], row["why"],
            )
        )  # fmt: skip
    out = []
    for number in numbers:
        if number not in rows:
            continue
        row = rows[number]
        promiser, beneficiary = (
            tuple(known[one] for one in sides.get((number, side), ())) for side in ("promiser", "beneficiary")
        )
        out.append(
            StoredPledge(
                number, row["kind"], row["what"], promiser, beneficiary, row["amount"], row["currency"], row["due"],
                row["status"], row["first"], row["last"], row["reports"], row["sources"],
                tuple(histories.get(number, ())),
            )
        )  # fmt: skip
    return out
