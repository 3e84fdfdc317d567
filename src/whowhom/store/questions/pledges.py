"""Pledges as they are asked for: who owes what to whom, and what became of it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from whowhom.store.questions import conditions
from whowhom.store.questions.filters import Filter, Page, checked, offset_of, page
from whowhom.store.questions.people import parties
from whowhom.store.questions.select import count, page_of_ids
from whowhom.store.rows import PledgeEntry, StoredPledge


@dataclass(frozen=True, slots=True)
class PledgeTotal:
    """Pledges of one currency, kind and status; `amount` is None where none of them has one."""

    currency: str | None
    kind: str
    status: str
    pledges: int
    amount: float | None


def pledges(db: sqlite3.Connection, wish: Filter, *, limit: int = 50, cursor: str | None = None) -> Page[StoredPledge]:
    """The pledges of a filter with their histories, latest first; `actor` promises, `recipient` is promised to.

    Raises:
        QueryError: the filter is none.
    """
    chosen, offset = conditions.pledges(db, checked(wish)), offset_of(cursor, limit)
    rows = load(db, page_of_ids(db, chosen, limit, offset))
    return page(rows, count(db, chosen), offset, limit)


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


def totals(db: sqlite3.Connection, wish: Filter) -> tuple[PledgeTotal, ...]:
    """The pledges of a filter counted by currency, kind and status, with the sum of the amounts that are known.

    Raises:
        QueryError: the filter is none.
    """
    where, values = conditions.pledges(db, checked(wish)).where()
    rows = db.execute(
        f"SELECT g.currency, g.kind, g.status, count(*), sum(g.amount) FROM pledge g WHERE {where}"
        " GROUP BY 1, 2, 3 ORDER BY g.currency IS NULL, 1, 2, 3",
        values,
    )
    return tuple(PledgeTotal(*row) for row in rows)
