"""Where a report was written: the town of the dateline, which is no part of the reading text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whowhom.parse import Parsed
from whowhom.records import Place
from whowhom.resolve.gazetteer import City, gazetteer
from whowhom.resolve.known_places import KnownPlace, look_up

# "GLASGOW, Ky. (WKYT) -", "By JANE DOE, Associated Press WASHINGTON (AP) —", "NEW DELHI:", "Moscow, TASS -"
_LINE = re.compile(
    r"(?:^|(?<=[.|] )|(?<=\n)|(?<=Press ))"
    r"(?P<name>[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,3}|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}(?=,? ))"
    r"(?:, (?P<within>[A-Z][A-Za-z.]+(?: [A-Z][a-z.]+){0,2}))?"
    r"(?=,? *(?:\(|\[|-|–|—|:|/|[A-Z][A-Za-z]+\.? *[-–—]|[A-Z][a-z]+\.? \d))"
)
_SMALL, _LARGE = 1_000, 15_000  # inhabitants of a town named with its state, and alone
_FURTHEST = 3000  # characters into a text where a dateline may stand


@dataclass(frozen=True, slots=True)
class Dateline:
    """A place name of a dateline at offsets `start` to `end` of the article's text. `state` is a US state's code."""

    start: int
    end: int
    text: str
    place: Place
    state: str = ""


def find_datelines(parsed: Parsed) -> list[Dateline]:
    """The town that a report was written in, then the state or country behind it; [] without a dateline."""
    article = parsed.article
    for block in article.blocks:
        if block.kind != "furniture" or block.start > _FURTHEST:
            continue
        for match in _LINE.finditer(article.text, block.start, min(block.end + 2, block.start + 200)):
            found = _resolved(match)
            if found:
                return found
    return []


def _resolved(match: re.Match[str]) -> list[Dateline]:
    name, within = match["name"], match["within"]
    around = next(iter(look_up(within)), None) if within else None
    place = _town(name, around)
    if place is None or (name[1:2].islower() and around is None and not _is_capital_like(place)):
        return []
    out = [Dateline(match.start("name"), match.end("name"), name, place, around.state if around else "")]
    if around is not None and within:
        out.append(Dateline(match.start("within"), match.end("within"), within, around.place, around.state))
    return out


def _is_capital_like(place: Place) -> bool:
    cities = gazetteer().lookup(place.name)
    return bool(cities) and cities[0][0].population >= 500_000


def _town(name: str, around: KnownPlace | None) -> Place | None:
    cities = [city for city, _ in gazetteer().lookup(name)]
    if around is not None:
        inside = [c for c in cities if _lies_in(c, around) and c.population >= _SMALL]
        if inside:
            return _place(name, inside[0])
    known = look_up(name)
    if known:
        return known[0].place
    large = [c for c in cities if c.population >= _LARGE]
    return _place(name, large[0]) if large and around is None else None


def _lies_in(city: City, around: KnownPlace) -> bool:
    return city.country == around.place.country and (not around.state or city.admin1 == around.state)


def _place(name: str, city: City) -> Place:
    return Place(name.title() if name.isupper() else name, city.country, city.geonames_id, city.lat, city.lon)
