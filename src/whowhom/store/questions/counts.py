"""Events counted by period and quad class: of everything, of a filter, of two countries."""

from __future__ import annotations

import sqlite3

from whowhom.errors import QueryError
from whowhom.store.questions import conditions
from whowhom.store.questions.filters import Filter, checked, from_day
from whowhom.store.questions.people import whose
from whowhom.store.rows import Period

_THURSDAY = "date({0}, '-3 days', 'weekday 4')"  # of the same week, which belongs to the year of this day
PERIODS = {
    "day": (10, "substr({0}, 1, 10)"),
    "week": (
        10,
        f"strftime('%Y-W', {_THURSDAY}) || printf('%02d', (strftime('%j', {_THURSDAY}) + 6) / 7)",
    ),
    "month": (7, "substr({0}, 1, 7)"),
    "quarter": (7, "substr({0}, 1, 5) || 'Q' || ((CAST(substr({0}, 6, 2) AS INTEGER) + 2) / 3)"),
    "year": (4, "substr({0}, 1, 4)"),
}
"""How much of a date must be known to tell its period, and how it is told. Weeks are those of ISO 8601. An event that
is known to the month or year only is counted there ("2020", "2020-09")."""


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
    if wish == Filter(quad=wish.quad, since=wish.since, until=wish.until):
        return _from_days(db, wish, by)
    party = _one_party(db, wish)
    if party is not None:
        return _from_parties(db, wish, party, by)
    period = _period(by, "length(coalesce(e.start, e.date))", "e.date")
    where, values = conditions.events(db, wish).where()
    rows = db.execute(
        f"SELECT {period} AS period, e.quad, count(*), avg(e.goldstein) FROM event e WHERE {where}"
        " AND e.date IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2",
        values,
    )
    return tuple(Period(*row) for row in rows)


def _one_party(db: sqlite3.Connection, wish: Filter) -> tuple[str, tuple[object, ...]] | None:
    """The condition on a party that is all that a filter asks for, beside dates and quad classes; else None."""
    values = {name: getattr(wish, name) for name in ("actor", "recipient", "country", "sector")}
    given = {name: value for name, value in values.items() if value}
    if len(given) != 1 or wish != Filter(quad=wish.quad, since=wish.since, until=wish.until, **given):
        return None
    ((name, wanted),) = given.items()
    if len(wanted) != 1:
        return None
    if name in ("country", "sector"):
        return f"{name} = ?", wanted
    meant = whose(db, wanted[0])
    if not meant.country or meant.sector:
        return None
    return f"country = ? AND side = '{name}'", (meant.country,)


def _from_parties(
    db: sqlite3.Connection, wish: Filter, party: tuple[str, tuple[object, ...]], by: str
) -> tuple[Period, ...]:
    """The same from the index over parties alone: hundreds of thousands of events need not be looked at."""
    test, values = party
    tests, given = [test, "date IS NOT NULL"], list(values)
    for text, value in (("date >= ?", wish.since), ("date <= ?", wish.until)):
        if value:
            tests.append(text)
            given.append(value)
    if wish.quad:
        tests.append(f"quad IN ({','.join('?' * len(wish.quad))})")
        given += wish.quad
    rows = db.execute(
        f"SELECT {_period(by, 'precision', 'date')}, quad, sum(events), sum(events * goldstein) / sum(events) FROM"
        " (SELECT date, quad, precision, goldstein, count(DISTINCT event) AS events FROM party"
        f" WHERE {' AND '.join(tests)} GROUP BY date, quad, precision, goldstein) GROUP BY 1, 2 ORDER BY 1, 2",
        given,
    )
    return tuple(Period(*row) for row in rows)


def _from_days(db: sqlite3.Connection, wish: Filter, by: str) -> tuple[Period, ...]:
    """The same from the counts by day that the store keeps."""
    among = f" AND quad IN ({','.join('?' * len(wish.quad))})" if wish.quad else ""
    rows = db.execute(
        f"SELECT {_period(by, 'precision', 'day')}, quad, sum(events), sum(score) / sum(events) FROM event_day"
        f" WHERE day >= ? AND day <= ?{among} GROUP BY 1, 2 ORDER BY 1, 2",
        (wish.since or "", wish.until or "9999-12-31", *wish.quad),
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
        values.append(from_day(wish.since))
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
    if wish != rest or not (one.country and other.country) or one.sector or other.sector or one == other:
        values = {name: getattr(wish, name) for name in Filter.__slots__}
        return timeline(db, Filter(**(values | {"actor": (actor,), "recipient": (recipient,)})), by=by)
    rows = db.execute(
        f"SELECT {_period(by, 'precision', 'date')}, quad, count(*), avg(goldstein) FROM dyad WHERE actor_country = ?"
        " AND recipient_country = ? AND date >= ? AND date <= ? AND date <> '' GROUP BY 1, 2 ORDER BY 1, 2",
        (one.country, other.country, wish.since or "", wish.until or "9999"),
    )
    return tuple(Period(*row) for row in rows)
