"""The spellings of a place: names whose events have the same number of GeoNames."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

Named = tuple[str, float, float]
"""A name as it stands in events, with its degrees north and east."""

_NUMBER = (
    "(SELECT e.geonames_id FROM event e"
    " WHERE e.place = {0}.place COLLATE NOCASE AND e.lat = {0}.lat AND e.lon = {0}.lon LIMIT 1)"
)
_NEAR = 0.5
"""Degrees that the coordinates of one GeoNames number differ by at most, however they were rounded."""


@dataclass(frozen=True, slots=True)
class Spellings:
    """How else the places of a name are spelled, and their numbers of GeoNames."""

    names: tuple[str, ...]
    numbers: tuple[int, ...]


def geonames_numbers(db: sqlite3.Connection, places: Iterable[Named]) -> dict[Named, int]:
    """The number of GeoNames of each place that has one."""
    sql = "SELECT geonames_id FROM event WHERE place = ? COLLATE NOCASE AND lat = ? AND lon = ? LIMIT 1"
    found = ((place, db.execute(sql, place).fetchone()) for place in places)
    return {place: row[0] for place, row in found if row is not None and row[0] is not None}


def other_spellings(db: sqlite3.Connection, name: str) -> Spellings:
    """The other names under which the places of a name stand in events, and which places these are."""
    rows = db.execute(
        "WITH known AS (SELECT DISTINCT lat, lon, place FROM place_month)"
        f" SELECT o.place, {_NUMBER.format('o')} FROM known k JOIN known o ON o.place <> k.place COLLATE NOCASE"
        f" AND o.lat BETWEEN k.lat - {_NEAR} AND k.lat + {_NEAR} AND o.lon BETWEEN k.lon - {_NEAR} AND k.lon + {_NEAR}"
        f" WHERE k.place = ? COLLATE NOCASE AND k.place <> '' AND {_NUMBER.format('o')} = {_NUMBER.format('k')}",
        (name,),
    ).fetchall()
    return Spellings(tuple(sorted({row[0] for row in rows})), tuple(sorted({row[1] for row in rows})))
