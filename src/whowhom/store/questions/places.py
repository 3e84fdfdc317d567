"""Where things happened."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from whowhom.store.questions.filters import Filter, checked
from whowhom.store.questions.place_names import geonames_numbers
from whowhom.store.questions.spans import MOST, Span, each, newest, number_of, plain, quads

_Tally = dict[tuple[str, str, float, float], dict[int, tuple[int, float]]]
_NOWHERE = ("", "", 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """Events at a place. What has one number of GeoNames is one place; its name is the commonest spelling."""

    place: str
    names: tuple[str, ...]  # every spelling, the commonest first
    geonames_id: int | None
    country: str | None
    lat: float
    lon: float
    events: int
    by_quad: dict[str, int]
    score: float  # mean PLOVER score


@dataclass(frozen=True, slots=True)
class Places:
    """The places with most events; `without` events are at none, `since`: only events from that day on, more fit."""

    rows: tuple[PlaceCount, ...]
    without: int
    places: int  # how many there are
    since: str | None = None


def places(db: sqlite3.Connection, wish: Filter, *, limit: int = 1000) -> Places:
    """Events counted by place, most first.

    Raises:
        QueryError: the filter is none.
    """
    wish = checked(wish)
    since = None
    span = Span(wish.since or "0001-01-01", wish.until or "9999-12-31")
    if plain(wish) and number_of(db, span) > MOST // 3:
        found = _counted(db, span, wish)
    else:
        ids, since = newest(db, wish)
        found = _tallied(
            db.execute(
                f"SELECT {_PLACE}, e.quad, count(*), sum(e.goldstein) FROM json_each(?) j"
                " JOIN event e ON e.id = j.value GROUP BY 1, 2, 3, 4, 5",
                (json.dumps(ids),),
            ),
            {},
        )
    without = sum(number for number, _ in found.pop(_NOWHERE, {}).values())
    rows = [_row(number, spelled) for number, spelled in _merged(db, found)]
    rows.sort(key=lambda one: (-one.events, one.place, one.lat, one.lon))
    return Places(tuple(rows[:limit]), without, len(rows), since)


_PLACE = (
    "iif(e.lat IS NULL, '', coalesce(e.place, '')), iif(e.lat IS NULL, '', coalesce(e.place_country, '')),"
    " coalesce(e.lat, 0.0), coalesce(e.lon, 0.0)"
)


def _merged(db: sqlite3.Connection, found: _Tally) -> list[tuple[int | None, _Tally]]:
    """The tallies of each place, with its number of GeoNames where it has one."""
    numbers = geonames_numbers(db, {(place, lat, lon) for place, _, lat, lon in found})
    alone: list[tuple[int | None, _Tally]] = []
    numbered: dict[int, _Tally] = {}
    for key, tally in found.items():
        number = numbers.get((key[0], key[2], key[3]))
        if number is None:
            alone.append((None, {key: tally}))
        else:
            numbered.setdefault(number, {})[key] = tally
    return alone + list(numbered.items())


def _row(number: int | None, spelled: _Tally) -> PlaceCount:
    """One place from the tallies of its spellings; of two as common it is named by the one with its accents."""
    events = {key: sum(n for n, _ in tally.values()) for key, tally in spelled.items()}
    order = sorted(events, key=lambda key: (-events[key], key[0].isascii(), key))
    _, country, lat, lon = order[0]
    whole = _tallied(
        (("", "", 0.0, 0.0, quad, n, score) for tally in spelled.values() for quad, (n, score) in tally.items()), {}
    )[_NOWHERE]
    score = sum(one for _, one in whole.values()) / sum(events.values())
    names = tuple(dict.fromkeys(key[0] for key in order))
    by_quad = {str(quad): n for quad, (n, _) in sorted(whole.items())}
    return PlaceCount(
        names[0], names, number, country or None, lat, lon, sum(events.values()), by_quad, round(score, 3)
    )


def _counted(db: sqlite3.Connection, span: Span, wish: Filter) -> _Tally:
    """The same from the counts by month that the store keeps; the days beside whole months are counted one by one."""
    out: _Tally = {}
    test, values = quads(wish)
    months, edges = span.parts()
    if months:
        _tallied(
            db.execute(
                "SELECT place, country, lat, lon, quad, sum(events), sum(score) FROM place_month WHERE month >= ?"
                f" AND month <= ?{test} GROUP BY lat, lon, place, country, quad",
                (*months, *values),
            ),
            out,
        )
    test, values = quads(wish, "e.quad")
    for edge in edges:
        _tallied(
            db.execute(
                f"SELECT {_PLACE}, e.quad, count(*), sum(e.goldstein) FROM event e WHERE e.date >= ? AND e.date <= ?"
                f"{test} GROUP BY 1, 2, 3, 4, 5",
                (*each(edge), *values),
            ),
            out,
        )
    return out


def _tallied(rows: Iterable[tuple[str, str, float, float, int, int, float]], into: _Tally) -> _Tally:
    for place, country, lat, lon, quad, events, score in rows:
        tally = into.setdefault((place, country, lat, lon), {})
        had = tally.get(quad, (0, 0.0))
        tally[quad] = (had[0] + events, had[1] + score)
    return into
