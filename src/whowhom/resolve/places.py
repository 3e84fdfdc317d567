"""Where: the place names of a report, each found in the gazetteer or left as a name where that would be a guess."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from whowhom.parse import Parsed
from whowhom.records import Place
from whowhom.resolve.datelines import Dateline, find_datelines
from whowhom.resolve.gazetteer import City
from whowhom.resolve.known_places import country_place
from whowhom.resolve.place_names import PlaceName, famous, find_names
from whowhom.resolve.publishers import home_of
from whowhom.resources.knowledge import countries, regions

_BESIDE_CAPITAL = 0.4  # the most that a country counts for its small namesake of another's capital
_TOWN = 50_000  # inhabitants of a town of the readers' country that its outlets call by name alone
_FAR = 400.0  # km over which the support of one place for another falls to a third


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name at tokens `first` to `last`, both included. A `place` without coordinates was not resolved."""

    first: int
    last: int
    place: Place


def find_places(parsed: Parsed) -> list[PlaceMention]:
    """The place names of a text in order. Names of persons and organisations and words for peoples are none."""
    spans = find_names(parsed.doc)
    if not spans:
        return []
    written = find_datelines(parsed)
    support = _Support(parsed, spans, written)
    town = written[0] if written else None
    for span in spans:
        if town is not None and span.text.lower() == town.text.lower() and span.within is None:
            span.chosen = town.place
    for sure in (True, False):
        for span in spans:
            if span.chosen is None:
                _resolve(span, support, sure)
    return [PlaceMention(s.first, s.last, s.chosen or _unresolved(s, support)) for s in spans]


class _Support:
    """Which countries the text speaks of, and where the places lie that are beyond doubt."""

    def __init__(self, parsed: Parsed, spans: Sequence[PlaceName], written: Sequence[Dateline]) -> None:
        self.home = home_of(parsed.article.url)
        self.weights: dict[str, float] = defaultdict(float)
        self._own: dict[str, dict[str, float]] = {}  # what each name adds to the weights
        self.states: set[str] = set()
        self.points: list[tuple[float, float]] = []
        for line in written:
            if line.state:
                self.states.add(line.state)
            if line.place.country:
                self.weights[line.place.country] += 1.0
        if written and written[0].place.lat is not None and written[0].place.lon is not None:
            self.points.append((written[0].place.lat, written[0].place.lon))
        for code in countries_named(parsed.doc):
            self.weights[code] += 0.7
        for span in spans:
            first = span.known[0] if span.known else None
            if first is not None and len({known.place.country for known in span.known}) == 1:
                country, weight = first.place.country, 1.0 if first.kind == "country" else 1.2
                if first.state and len(span.known) == 1:
                    self.states.add(first.state)
            elif not span.known and span.cities and (city := famous(span.cities)):
                country, weight = city.country, 1.0
            else:
                continue
            if country:
                self.weights[country] += weight
                mine = self._own.setdefault(span.text, defaultdict(float))
                mine[country] += weight
        self.total = sum(self.weights.values())

    def of(self, country: str | None, name: str = "") -> float:
        """The share of a country in what the text speaks of, in [0, 1], with a little for the publisher's own.

        What a name itself adds to it does not count for that name.
        """
        if country is None:
            return 0.0
        own = self._own.get(name)
        mine, all_mine = (own.get(country, 0.0), sum(own.values())) if own else (0.0, 0.0)
        share = (self.weights.get(country, 0.0) - mine) / max(self.total - all_mine, 2.0)
        return min(1.0, share + (0.25 if country == self.home else 0.0))

    def only_home(self, span: PlaceName) -> bool:
        """Whether the text speaks, but for this name, of no other country in which a place has it."""
        rivals = {known.place.country for known in span.known} | {city.country for city, _ in span.cities}
        return not any(self.of(country, span.text) > 0 for country in rivals - {self.home, None})

    def main(self) -> str | None:
        """The country that most of the text is about, None where no one is."""
        if not self.weights:
            return None
        best, weight = max(self.weights.items(), key=lambda item: item[1])
        return best if weight >= 0.7 * self.total and weight >= 1.5 else None

    def near(self, lat: float, lon: float) -> float:
        """How well a point fits those known: 1 beside one of them, 0 far from all."""
        best = min((distance(lat, lon, a, b) for a, b in self.points), default=9e9)
        return math.exp(-best / _FAR)


@cache
def _capitals() -> frozenset[str]:
    return frozenset(name for country in countries() for name in country.capital)


@cache
def _demonyms() -> dict[str, str]:
    out: dict[str, str] = {}
    for country in countries():
        for word in (*country.demonyms, *country.people):
            out.setdefault(word, country.iso3)
    for region in regions():
        for word in (*region.demonyms, *region.people):
            if region.iso3:
                out.setdefault(word, region.iso3)
    return out


def countries_named(doc: Doc) -> list[str]:
    """The countries whose adjectives and peoples a text names, one for each time."""
    known = _demonyms()
    return [code for ent in doc.ents if ent.label_ == "NORP" and (code := known.get(ent.text))]


def distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Kilometres along the great circle between two points in degrees."""
    a, b = math.radians(lat1), math.radians(lat2)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(min(1.0, half)))


# -- choosing -------------------------------------------------------------


def _resolve(span: PlaceName, support: _Support, sure: bool) -> None:
    """Choose what a name means where the evidence is enough; with `sure` only where there is no doubt."""
    inner = span.within
    if inner is not None and inner.chosen is None:
        _resolve(inner, support, sure)
    box = inner.chosen if inner is not None else None
    options: list[tuple[float, Place, str]] = []
    for known in span.known:
        place = known.place
        score = (9.5 if known.kind == "country" else 8.0) if known.main else 5.5
        score += 3.0 * support.of(place.country, span.text)
        if box is not None:
            score += 3.0 if known.kind == "region" and box.country == place.country else -4.0 if box.country else 0.0
        options.append((score, place, known.state))
    star = famous(span.cities) if span.cities and span.text in _capitals() else None
    for city, main in span.cities[:40]:
        score = math.log10(city.population + 10) + (0.0 if main else -0.8)
        backing = support.of(city.country, span.text)
        if star is not None and city is not star and 50 * city.population < star.population:
            backing = min(backing, _BESIDE_CAPITAL)  # a report on American politics means London in England
        if city.population < 100_000 and not backing and box is None and support.total >= 2.0:
            continue
        score += 4.0 * backing
        if city.country == "USA" and city.admin1 in support.states:
            score += 1.5
        if not sure:
            score += 2.0 * support.near(city.lat, city.lon)
        if box is not None and inner is not None:
            score += _contained(city, box, inner.state)
        if city.country == support.home and city.population >= _TOWN and main and support.only_home(span):
            score += 6.0
        options.append((score, Place(_city_name(span), city.country, city.geonames_id, city.lat, city.lon), ""))
    if not options:
        return
    options.sort(key=lambda option: -option[0])
    best, place, state = options[0]
    rival = next((o[0] for o in options[1:] if not _same_area(o[1], place)), -9.0)
    if sure:
        if best - rival < 2.0 or best < 5.0:
            return
    elif (best < 4.2 and best - rival < 1.0) or best - rival < 0.12 or best < 3.2:
        return
    span.chosen, span.state = place, state
    if place.lat is not None and place.lon is not None and place.geonames_id is not None and best < 9.0:
        support.points.append((place.lat, place.lon))


def _contained(city: City, box: Place, state: str) -> float:
    """How well a city fits the region or country that the text sets around it."""
    if box.country is None:
        return 0.0
    if city.country != box.country:
        return -6.0
    if state:
        return 5.0 if city.admin1 == state else -3.0
    whole = country_place(box.country)
    if box.lat is None or box.lon is None or (whole is not None and box.geonames_id == whole.geonames_id):
        return 4.0
    return 5.0 - 4.0 * min(1.0, distance(city.lat, city.lon, box.lat, box.lon) / 800.0)


def _same_area(one: Place, other: Place) -> bool:
    if one.country != other.country or None in (one.lat, one.lon, other.lat, other.lon):
        return False
    return distance(one.lat or 0, one.lon or 0, other.lat or 0, other.lon or 0) < 60.0


def _city_name(span: PlaceName) -> str:
    text = " ".join(span.text.split())
    return text.title() if text.isupper() and len(text) > 4 else text


def _unresolved(span: PlaceName, support: _Support) -> Place:
    """The bare name, with the country where the text leaves no doubt of it."""
    if span.within is not None and span.within.chosen is not None:
        return Place(_city_name(span), span.within.chosen.country)
    if span.county:
        return Place(_city_name(span), "USA")
    candidates = {city.country for city, _ in span.cities} | {known.place.country for known in span.known}
    if len(candidates) == 1:
        return Place(_city_name(span), candidates.pop())
    main = support.main()
    return Place(_city_name(span), main if not candidates or main in candidates else None)
