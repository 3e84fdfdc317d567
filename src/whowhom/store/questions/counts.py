"""Events counted by period and quad class: of everything, of a filter, of two countries."""

from __future__ import annotations

import sqlite3

from whowhom.errors import QueryError
from whowhom.store.questions.filters import Filter, checked
from whowhom.store.questions.people import whose
from whowhom.store.questions.select import selection
from whowhom.store.rows import Period

PERIODS = {
    "day": (10, "substr({0}, 1, 10)"),
    "week": (10, "strftime('%Y-W%W', {0})"),
    "month": (7, "substr({0}, 1, 7)"),
    "quarter": (7, "substr({0}, 1, 5) || 'Q' || ((CAST(substr({0}, 6, 2) AS INTEGER) + 2) / 3)"),
    "year": (4, "substr({0}, 1, 4)"),
}
"""How much of a date must be known to tell its period, and how it is told. Weeks begin on Monday; days before the first
Monday of a year are week 00. An event that is known to the month or year only is counted there ("2020", "2020-09")."""


def _period(by: str, known: str, date: str) -> str:
    """The period of a date in SQL; `known` is an expression for how many characters of it are known."""
    if by not in PERIODS:
        raise QueryError(f"there is no period {by!r}; there are {', '.join(PERIODS)}")
    needed, period = PERIODS[by]
    return f"CASE WHEN {known} < {needed} THEN substr({date}, 1, {known}) ELSE {period.format(date)} END"


def timeline(db: sqlite3.Connection, wish: Filter, *, by: str = "month") -> tuple[Period, ...]:
    """Events of a filter counted by period and quad class, with their mean score, in order of time.

    Raises:
        QueryError: the filter or the period is none.
    """
    wish = checked(wish)
    simple = Filter(type=wish.type, quad=wish.quad, status=wish.status, since=wish.since, until=wish.until)
    whole_months = (wish.since is None or wish.since.endswith("-01")) and wish.until is None
    if wish == simple and by in ("month", "quarter", "year") and whole_months:
        return _from_months(db, wish, by)
    period = _period(by, "length(coalesce(e.start, e.date))", "e.date")
    where, values = selection(db, wish).where()
    rows = db.execute(
        f"SELECT {period} AS period, e.quad, count(*), avg(e.goldstein) FROM event e WHERE {where}"
        " AND e.date IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2",
        values,
    )
    return tuple(Period(*row) for row in rows)


def _from_months(db: sqlite3.Connection, wish: Filter, by: str) -> tuple[Period, ...]:
    """The same from the counts by month that the store keeps: a glance at millions of events."""
    tests, values = ["1"], list[object]()
    for column in ("type", "quad", "status"):
        wanted = getattr(wish, column)
        if wanted:
            tests.append(f"{column} IN ({','.join('?' * len(wanted))})")
            values += wanted
    if wish.since:
        tests.append("month >= ?")
        values.append(wish.since[:7])
    rows = db.execute(
        f"SELECT {_period(by, 'length(month)', 'month')}, quad, sum(events), sum(score) / sum(events)"
        f" FROM event_month WHERE {' AND '.join(tests)} AND events > 0 GROUP BY 1, 2 ORDER BY 1, 2",
        values,
    )
    return tuple(Period(*row) for row in rows)


def dyad(
    db: sqlite3.Connection, actor: str, recipient: str, *, by: str = "month", wish: Filter | None = None
) -> tuple[Period, ...]:
    """What `actor` does to `recipient`, counted by period and quad class, with the mean score.

    Two countries are looked up at once; names and sectors are searched for.

    Raises:
        QueryError: the store does not know one of them, or the period is none.
    """
    wish = checked(wish or Filter())
    one, other = whose(db, actor), whose(db, recipient)
    rest = Filter(since=wish.since, until=wish.until)
    if wish != rest or one.actors or other.actors or one.sector or other.sector:
        values = {name: getattr(wish, name) for name in Filter.__slots__}
        return timeline(db, Filter(**(values | {"actor": (actor,), "recipient": (recipient,)})), by=by)
    rows = db.execute(
        f"SELECT {_period(by, 'precision', 'date')}, quad, count(*), avg(goldstein) FROM dyad WHERE actor_country = ?"
        " AND recipient_country = ? AND date >= ? AND date <= ? AND date <> '' GROUP BY 1, 2 ORDER BY 1, 2",
        (one.country, other.country, wish.since or "", wish.until or "9999"),
    )
    return tuple(Period(*row) for row in rows)
