"""Spans of time: the last year of the data, the span before a span, whole months and what is left of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from whowhom.store.questions import conditions
from whowhom.store.questions.filters import Filter
from whowhom.store.questions.select import ordered

MOST = 20_000
"""Events that are looked at one by one for one answer; where more fit, the newest of them."""


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another, both included."""

    since: str
    until: str

    def before(self) -> Span | None:
        """The span of equal length that ends the day before; None where the calendar has none."""
        first, last = date.fromisoformat(self.since), date.fromisoformat(self.until)
        try:
            return Span((first - (last - first) - timedelta(days=1)).isoformat(), _day_before(first).isoformat())
        except OverflowError:
            return None

    def parts(self) -> tuple[tuple[str, str] | None, tuple[Span, ...]]:
        """First and last month that lie in it as a whole, None where none does, and the days beside them."""
        first, last = date.fromisoformat(self.since), date.fromisoformat(self.until)
        begin = first if first.day == 1 else _month_after(first)
        after = _month_after(last)  # the first day that is not in the month of the last day
        end = after if after is not None and _day_before(after) == last else last.replace(day=1)
        if begin is None or begin >= end:
            return None, (self,)
        edges = []
        if begin > first:
            edges.append(Span(self.since, _day_before(begin).isoformat()))
        if end <= last:
            edges.append(Span(end.isoformat(), self.until))
        return (begin.isoformat()[:7], _day_before(end).isoformat()[:7]), tuple(edges)


def _day_before(day: date) -> date:
    return day - timedelta(days=1)


def _month_after(day: date) -> date | None:
    if (day.year, day.month) == (9999, 12):
        return None
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def latest(db: sqlite3.Connection) -> str | None:
    """The day on which the data end: of reports the latest date of publication, of imported events their latest.

    Reports also tell of what is planned for years to come, which is not where the data end.
    """
    if db.execute("SELECT 1 FROM imported LIMIT 1").fetchone() is None:
        row = db.execute("SELECT max(published) FROM document").fetchone()
        if row[0] is not None:
            return _in_full(str(row[0]))
    row = db.execute(
        "SELECT date FROM event WHERE +status = 'occurred' AND date IS NOT NULL ORDER BY date DESC LIMIT 1"
    ).fetchone()
    return None if row is None else str(row[0])


def _in_full(day: str) -> str:
    """A date of any precision as its last day, or near it."""
    return day if len(day) == 10 else f"{day}-28" if len(day) == 7 else f"{day}-12-31"


def span_of(db: sqlite3.Connection, wish: Filter) -> Span | None:
    """The span of a checked filter; where it has no first day the year up to its end, which is that of the data.

    None where there are no data.
    """
    end = latest(db)
    if wish.until is not None:
        until = wish.until
    elif end is None:
        return None
    else:
        until = max(end, wish.since or "")
    if wish.since is not None:
        return Span(wish.since, until)
    last = date.fromisoformat(until)
    try:
        since = (last.replace(year=last.year - 1) if (last.month, last.day) != (2, 29) else last.replace(
            year=last.year - 1, day=28)) + timedelta(days=1)  # fmt: skip
    except ValueError:
        since = date.min
    return Span(since.isoformat(), until)


def plain(wish: Filter) -> bool:
    """Whether a checked filter narrows down by nothing but dates and quad classes, for which the store keeps counts."""
    return wish == Filter(quad=wish.quad, since=wish.since, until=wish.until)


def number_of(db: sqlite3.Connection, span: Span) -> int:
    """How many events lie in a span."""
    row = db.execute("SELECT sum(events) FROM event_day WHERE day >= ? AND day <= ?", tuple(each(span))).fetchone()
    return int(row[0] or 0)


def newest(db: sqlite3.Connection, wish: Filter, most: int = MOST) -> tuple[list[int], str | None]:
    """The newest events of a checked filter, and the date that they reach back to where there are more, else None."""
    rows = list(islice(ordered(db, conditions.events(db, wish), "e.date", "DESC"), most + 1))
    bound = None
    if len(rows) > most:
        bound = None if rows[most - 1][1] is None else str(rows[most - 1][1])
    return [number for number, _ in rows[:most]], bound


def quads(wish: Filter, column: str = "quad") -> tuple[str, list[int]]:
    """The quad classes of a filter as a condition that begins with AND, and its values."""
    return (f" AND {column} IN ({','.join('?' * len(wish.quad))})", list(wish.quad)) if wish.quad else ("", [])


def each(span: Span) -> Iterator[str]:
    """Its first and its last day."""
    yield span.since
    yield span.until
