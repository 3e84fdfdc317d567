"""Whether two tellings agree in place, and in their figures."""

from __future__ import annotations

import math
from functools import cache

from whowhom.records import Magnitude, Place
from whowhom.resources.knowledge import countries, regions
from whowhom.store.telling import Telling, plain
from whowhom.store.traits import NOTHING, Found

_NEAR = 50.0  # km within which two places are one scene
_WIDE = 600.0  # km from the middle of a region or country to what may still lie in it


@cache
def _wide_names() -> frozenset[str]:
    """The names of countries and of their parts."""
    names = {plain(n) for one in countries() for n in (one.name, *one.aliases)}
    return frozenset(
        names | {plain(n) for one in regions() if one.kind not in ("people", "city") for n in (one.name, *one.aliases)}
    )


def alike_in_place(a: Telling, b: Telling) -> Found:
    """How far two tellings agree in where it happened."""
    x, y = a.place, b.place
    if x is None or y is None:
        return NOTHING
    wide = [plain(one.name) in _wide_names() for one in (x, y)]
    if plain(x.name) == plain(y.name) and (x.country is None or y.country is None or x.country == y.country):
        return (0.3 if all(wide) else 1.0), f"both in {x.name}", False
    if x.geonames_id is not None and x.geonames_id == y.geonames_id:
        return (0.3 if all(wide) else 1.0), f"both in {x.name}", False
    far = _distance(x, y)
    if any(wide):
        if x.country and y.country and x.country != y.country:
            return 0.0, f"{x.name} is not {y.name}", True
        inside = x.country is not None and x.country == y.country and (far is None or far < _WIDE or _is_country(x, y))
        return (0.2, "", False) if inside and not all(wide) else (-0.5, "", False)
    if far is not None:
        if far <= _NEAR:
            return 0.8, f"{x.name} and {y.name} are one area", False
        return 0.0, f"{x.name} is {far:.0f} km from {y.name}", True
    if x.country and y.country and x.country != y.country:
        return 0.0, f"{x.name} is not {y.name}", True
    return -0.2, "", False


@cache
def _country_names() -> frozenset[str]:
    return frozenset(plain(n) for one in countries() for n in (one.name, *one.aliases))


def _is_country(*places: Place) -> bool:
    return any(plain(one.name) in _country_names() for one in places)


def _distance(x: Place, y: Place) -> float | None:
    """Kilometres between two places, None where one has no coordinates."""
    if x.lat is None or x.lon is None or y.lat is None or y.lon is None:
        return None
    p, q = math.radians(x.lat), math.radians(y.lat)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(y.lon - x.lon) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def alike_in_size(a: Telling, b: Telling) -> Found:
    """Figures: tolls rise and crowds are guessed, sums of money stand."""
    points, agreed = 0.0, list[str]()
    for kind in sorted(a.magnitude.keys() & b.magnitude.keys()):
        found = ratio(a.magnitude[kind], b.magnitude[kind])
        if found is None:
            continue
        if found <= 1.02:
            points += 1.0 if kind == "money" else 0.7
            agreed.append(f"same number {kind}")
        elif kind == "money":
            points -= 1.5
        elif found <= 2 or (kind == "participants" and found <= 5):
            points += 0.3
            agreed.append(f"similar number {kind}")
        elif found > 5:
            points -= 0.8
    return max(-1.5, min(1.2, points)), ", ".join(agreed), False


def ratio(x: Magnitude, y: Magnitude) -> float | None:
    """By how much the larger figure exceeds the smaller, bounds that overlap counted as equal."""
    if (x.currency or y.currency) and x.currency != y.currency:
        return None
    ranges = []
    for one in (x, y):
        low = one.low if one.low is not None else one.high
        high = one.high if one.high is not None else one.low
        if low is None or high is None:
            return None
        ranges.append((low, high))
    (a, b), (c, d) = ranges
    if max(a, c) <= min(b, d):
        return 1.0
    small, large = min(b, d), max(a, c)
    return large / small if small > 0 else math.inf
