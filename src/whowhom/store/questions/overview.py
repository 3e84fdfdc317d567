"""Who is most active: actors and pairs of countries in a span, beside what they were in the span before."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from whowhom.store.questions.filters import Filter, checked
from whowhom.store.questions.people import parties
from whowhom.store.questions.spans import MOST, Span, each, newest, number_of, plain, quads, span_of
from whowhom.store.rows import Party

_CANDIDATES = (200, 1_600, 12_800)
_TOLD_APART = "(a.named OR a.country IS NOT NULL)"
Key = int | tuple[str, str]
Tally = dict[int, tuple[int, float]]
"""By quad class the number of events and the sum of their scores."""
Tallies = dict[Key, Tally]


@dataclass(frozen=True, slots=True)
class Active:
    """An actor and how often it takes part; `before` counts the span before, None where that is not known."""

    actor: Party
    events: int
    before: int | None
    by_quad: dict[str, int]
    score: float  # mean PLOVER score


@dataclass(frozen=True, slots=True)
class ActivePair:
    """A country and the one that it does something to."""

    actor_country: str
    recipient_country: str
    events: int
    before: int | None
    by_quad: dict[str, int]
    score: float


@dataclass(frozen=True, slots=True)
class Top:
    """The most active of a span. `bounded`: more events fit than can be counted, the span was cut to the newest."""

    actors: tuple[Active, ...] = ()
    dyads: tuple[ActivePair, ...] = ()
    since: str | None = None
    until: str | None = None
    before_since: str | None = None
    before_until: str | None = None
    bounded: bool = False


def top(db: sqlite3.Connection, wish: Filter, *, limit: int = 12) -> Top:
    """The actors and pairs of countries with most events; without a first day in the last year of the data.

    Raises:
        QueryError: the filter is none.
    """
    wish = checked(wish)
    span = span_of(db, wish)
    if span is None:
        return Top()
    bounded = False
    if plain(wish) and number_of(db, span) > MOST:
        actors, pairs = (_leading(db, one, span, wish, limit) for one in (_ACTORS, _PAIRS))
        past = span.before()
        earlier = [_kept(db, one, past, wish, found) for one, found in ((_ACTORS, actors), (_PAIRS, pairs))]
    else:
        ids, bound = newest(db, replace(wish, since=span.since, until=span.until))
        bounded = bound is not None
        span = Span(bound, span.until) if bound else span
        actors = _first(_known(db, _actors_among(db, ids), limit), limit)
        pairs = _first(_pairs_among(db, ids), limit)
        past = span.before()
        earlier = _earlier(db, wish, past)
    before, before_pairs = earlier
    known = parties(db, (key for key in actors if isinstance(key, int)))
    return Top(
        tuple(
            Active(known[key], *_told(tally, before, key)) for key, tally in actors.items() if isinstance(key, int)
        ),
        tuple(
            ActivePair(key[0], key[1], *_told(tally, before_pairs, key))
            for key, tally in pairs.items()
            if isinstance(key, tuple)
        ),
        span.since, span.until, past.since if past else None, past.until if past else None, bounded,
    )  # fmt: skip


def _earlier(db: sqlite3.Connection, wish: Filter, past: Span | None) -> list[Tallies | None]:
    """What the events of a filter in the span before come to; None where they are too many to count."""
    if past is None:
        return [None, None]
    ids, bound = newest(db, replace(wish, since=past.since, until=past.until))
    return [None, None] if bound else [_actors_among(db, ids), _pairs_among(db, ids)]


def _told(tally: Tally, before: Tallies | None, key: Key) -> tuple[int, int | None, dict[str, int], float]:
    events = _sum(tally)
    past = None if before is None else _sum(before.get(key, {}))
    by_quad = {str(quad): number for quad, (number, _) in sorted(tally.items())}
    return events, past, by_quad, round(sum(score for _, score in tally.values()) / events, 3)


def _sum(tally: Tally) -> int:
    return sum(number for number, _ in tally.values())


def _first(found: Tallies, limit: int) -> Tallies:
    best = sorted(found, key=lambda key: (-_sum(found[key]), key))
    return {key: found[key] for key in best[:limit]}


def _known(db: sqlite3.Connection, found: Tallies, limit: int) -> Tallies:
    """Of the actors with most events those who have a name or a country, which "people" have not."""
    best = sorted(found, key=lambda key: (-_sum(found[key]), key))
    out: Tallies = {}
    for start in range(0, len(best), 10 * limit):
        part = best[start : start + 10 * limit]
        rows = db.execute(f"SELECT id FROM actor a WHERE {_TOLD_APART} AND id IN ({','.join('?' * len(part))})", part)
        known = {row[0] for row in rows}
        out |= {key: found[key] for key in part if key in known}
        if len(out) >= limit:
            break
    return out


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is counted: the query for those with most events of all time, and how those of a span are counted."""

    leaders: str
    counted: Callable[[sqlite3.Connection, list[Key], Span, Filter], Tallies]


def _leading(db: sqlite3.Connection, kind: _Kind, span: Span, wish: Filter, limit: int) -> Tallies:
    """The most active of a span from the counts that the store keeps.

    Only those with most events of all time are counted. Nobody else can be among the first where the last of the first
    has as many events in the span as the least of those counted has of all time; else more are counted.
    """
    found: Tallies = {}
    for number in _CANDIDATES:
        rows = [tuple(row) for row in db.execute(kind.leaders, (number,))]
        keys: list[Key] = [int(row[0]) if len(row) == 2 else (row[0], row[1]) for row in rows]
        found = _first(kind.counted(db, keys, span, wish), limit)
        least = min(map(_sum, found.values()), default=0)
        if len(rows) < number or (len(found) == limit and least >= rows[-1][-1]):
            break
    return found


def _kept(db: sqlite3.Connection, kind: _Kind, span: Span | None, wish: Filter, found: Tallies) -> Tallies | None:
    return None if span is None else kind.counted(db, list(found), span, wish)


def _tallied(rows: Iterable[tuple[Key, int, int, float]], into: Tallies | None = None) -> Tallies:
    out = {} if into is None else into
    for key, quad, events, score in rows:
        tally = out.setdefault(key, {})
        had = tally.get(quad, (0, 0.0))
        tally[quad] = (had[0] + events, had[1] + score)
    return out


def _actors_among(db: sqlite3.Connection, ids: list[int]) -> Tallies:
    out: Tallies = {}
    last, seen = 0, set[int]()
    for event, actor, quad, score in db.execute(
        "SELECT p.event, p.actor, p.quad, p.goldstein FROM json_each(?) j CROSS JOIN party p ON p.event = j.value",
        (json.dumps(ids),),
    ):
        if event != last:
            last, seen = event, set()
        if actor not in seen:  # who is on both sides takes part once
            seen.add(actor)
            tally = out.setdefault(actor, {})
            had = tally.get(quad, (0, 0.0))
            tally[quad] = (had[0] + 1, had[1] + score)
    return out


def _pairs_among(db: sqlite3.Connection, ids: list[int]) -> Tallies:
    return _tallied(
        ((row[0], row[1]), row[2], row[3], row[4])
        for row in db.execute(
            "SELECT d.actor_country, d.recipient_country, d.quad, count(*), sum(d.goldstein) FROM json_each(?) j"
            " CROSS JOIN dyad d ON d.event = j.value GROUP BY 1, 2, 3",
            (json.dumps(ids),),
        )
    )


def _actors_counted(db: sqlite3.Connection, keys: list[Key], span: Span, wish: Filter) -> Tallies:
    test, values = quads(wish)
    months, edges = span.parts()
    wanted = json.dumps(keys)
    out: Tallies = {}
    if months:
        _tallied(
            db.execute(
                "SELECT actor, quad, sum(events), sum(score) FROM json_each(?) j CROSS JOIN actor_month m"
                f" ON m.actor = j.value AND month >= ? AND month <= ?{test} GROUP BY 1, 2",
                (wanted, *months, *values),
            ),
            out,
        )
    for edge in edges:
        _tallied(
            db.execute(
                "SELECT actor, quad, count(*), sum(goldstein) FROM (SELECT DISTINCT p.actor, p.event, p.quad,"
                " p.goldstein FROM json_each(?) j CROSS JOIN party p ON p.actor = j.value AND p.date >= ?"
                f" AND p.date <= ?{test}) GROUP BY 1, 2",
                (wanted, *each(edge), *values),
            ),
            out,
        )
    return out


def _pairs_counted(db: sqlite3.Connection, keys: list[Key], span: Span, wish: Filter) -> Tallies:
    test, values = quads(wish)
    months, edges = span.parts()
    out: Tallies = {}
    pairs = json.dumps(keys)
    ours = (
        "SELECT actor_country, recipient_country, quad, {0} FROM json_each(?) j CROSS JOIN {1} ON"
        " actor_country = json_extract(j.value, '$[0]') AND recipient_country = json_extract(j.value, '$[1]')"
        " AND {2} >= ? AND {2} <= ?{3} GROUP BY 1, 2, 3"
    )
    queries = [(months, "sum(events), sum(score)", "dyad_month", "month")] if months else []
    for bounds, figures, table, column in (
        *queries,
        *(((one.since, one.until), "count(*), sum(goldstein)", "dyad", "date") for one in edges),
    ):
        rows = db.execute(ours.format(figures, table, column, test), (pairs, *bounds, *values))
        _tallied((((row[0], row[1]), row[2], row[3], row[4]) for row in rows), out)
    return out


_ACTORS = _Kind(
    f"SELECT t.actor, t.events FROM actor_total t JOIN actor a ON a.id = t.actor WHERE {_TOLD_APART}"
    " ORDER BY t.events DESC, t.actor LIMIT ?",
    _actors_counted,
)  # fmt: skip
_PAIRS = _Kind(
    "SELECT actor_country, recipient_country, events FROM dyad_total ORDER BY events DESC, 1, 2 LIMIT ?",
    _pairs_counted,
)  # fmt: skip

__all__ = ["Active", "ActivePair", "Top", "top"]
