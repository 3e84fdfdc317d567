"""What other formats ask of an event beyond the event itself: who reported it, when, and the parts of its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from whowhom.exchange.cells import iso_date
from whowhom.records import Place
from whowhom.resources.knowledge import Country, country_by_code, regions
from whowhom.store.rows import Party, StoredEvent

# An event without recipient of one of these is between its actors: PLOVER makes all of them actors where there is no
# host and visitor. Actors who share another deed stand on one side of it.
_MUTUAL = frozenset({"CONSULT", "COOPERATE"})

# Rows of one event that a format needs for its pairs have ids this far apart, the first the event's own.
_PAIR_STRIDE = 100_000_000

_MISSING = frozenset({"", "None", "NA"})
_COLUMNS: dict[str, dict[str, str]] = {
    "polecat": {
        "publisher": "Source", "published": "Publication Date", "city": "City", "district": "District",
        "province": "Province", "language": "Language", "feature": "Feature Type", "raw_place": "Raw Placename",
        "actor_names": "Actor Name Raw", "recipient_names": "Recipient Name Raw",
    },
    "icews": {
        "publisher": "Publisher", "city": "City", "district": "District", "province": "Province", "story": "Story ID",
        "sentence": "Sentence Number",
    },
    "gdelt": {"published": "DATEADDED", "url": "SOURCEURL"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Telling:
    """The report that an event is told by in a format that knows one only, and the parts of its place; "" unknown."""

    publisher: str = ""
    published: str = ""  # ISO date
    url: str = ""
    story: str = ""  # number or id of the document
    sentence: str = ""  # number
    language: str = ""
    city: str = ""
    district: str = ""
    province: str = ""
    feature: str = ""  # GeoNames feature code
    raw_place: str = ""
    actor_names: str = ""  # as the report has them, joined by "; "
    recipient_names: str = ""


def telling(event: StoredEvent) -> Telling:
    """The first report of an event coded here; the columns as they came of an imported one."""
    if event.imported is not None and event.data_set in _COLUMNS:
        found = {
            name: "" if (cell := str(event.imported.get(column, ""))).strip() in _MISSING else cell
            for name, column in _COLUMNS[event.data_set].items()
        }
        found["published"] = iso_date(found.get("published", "")) or ""
        return Telling(**found)
    city, province, feature = _parts(event.place)
    place = {
        "city": city,
        "province": province,
        "feature": feature,
        "raw_place": event.place.name if event.place else "",
    }
    if not event.told:
        return Telling(**place)
    report = event.told[0]
    return Telling(
        publisher=report.publisher or "",
        published=report.published or "",
        url=report.url or "",
        story=str(report.document),
        sentence=str(report.sentence_number),
        language="en",
        actor_names=join(report.actor_names),
        recipient_names=join(report.recipient_names),
        **place,
    )


def as_it_came(event: StoredEvent, data_set: str, columns: Sequence[str], missing: str) -> list[str] | None:
    """The row of an event that came from the same data set; None for all others.

    Such a row is written as it was read, but for its dates, which become those of the format's own spelling: a file
    that is imported and exported again is the same.
    """
    if event.data_set != data_set or event.imported is None:
        return None
    return [str(event.imported.get(column, missing)) for column in columns]


def pairs(event: StoredEvent) -> list[tuple[Party | None, Party | None]]:
    """Who does it and to whom, one by one, for the formats that know one of each.

    A meeting of actors none of whom is host goes both ways between any two of them. Nobody acts on himself.
    """
    if not event.recipients:
        if event.type in _MUTUAL and len(event.actors) > 1:
            return [(a, b) for a in event.actors for b in event.actors if a is not b]
        return [(actor, None) for actor in event.actors]
    if not event.actors:
        return [(None, recipient) for recipient in event.recipients]
    found: list[tuple[Party | None, Party | None]] = [
        (a, r) for a in event.actors for r in event.recipients if a.actor != r.actor
    ]
    return found or [(event.actors[0], event.recipients[0])]


def row_number(event: StoredEvent, pair: int) -> int:
    """The number of the row of a pair: the event's own for the first, then 100,000,000 more each time."""
    return event.id + pair * _PAIR_STRIDE


def join(names: Iterable[str]) -> str:
    """Several values as one cell, parted by "; "; a semicolon in one of them becomes a comma."""
    return "; ".join(name.replace(";", ",") for name in names)


def is_country(place: Place) -> bool:
    """Whether a place is a whole country."""
    country = country_by_code().get(place.country or "")
    return country is not None and place.name.casefold() in _names(country)


def is_region(place: Place) -> bool:
    """Whether a place is a province or region that we know."""
    return (place.country, place.name.casefold()) in _regions()


def _parts(place: Place | None) -> tuple[str, str, str]:
    """City, province and feature code; what is neither country nor province is a city where the gazetteer has it."""
    if place is None:
        return "", "", ""
    if is_country(place):
        return "", "", "PCLI"
    if is_region(place):
        return "", place.name, "ADM1"
    if place.geonames_id is None:
        return "", "", ""
    country: Country | None = country_by_code().get(place.country or "")
    return place.name, "", "PPLC" if country and place.name in country.capital else "PPL"


@cache
def _names(country: Country) -> frozenset[str]:
    return frozenset(name.casefold() for name in (country.name, *country.aliases))


@cache
def _regions() -> Mapping[tuple[str | None, str], str]:
    return {
        (region.iso3, name.casefold()): region.name
        for region in regions()
        if region.kind != "people"
        for name in (region.name, *region.aliases)
    }
