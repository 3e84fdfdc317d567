"""All toponyms of a text: place names, and the adjectives, peoples and parts of other names that come from places.

Wider than `find_places`, which has only names that stand for a place in the sentence: here "Turkish" is Turkey, and
"Edmonton" of "Edmonton Police Service" is Edmonton.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from whowhom.parse import Parsed
from whowhom.records import Place
from whowhom.resolve.datelines import find_datelines
from whowhom.resolve.gazetteer import gazetteer
from whowhom.resolve.known_places import country_place, look_up
from whowhom.resolve.place_names import famous
from whowhom.resolve.places import PlaceMention, find_places
from whowhom.resources.knowledge import countries, regions

# Adjectives and peoples of parts of the world, and the name under which the gazetteer has each.
_WIDE = {
    "european": "Europe", "europeans": "Europe", "african": "Africa", "africans": "Africa", "asian": "Asia",
    "asians": "Asia", "north american": "North America", "north americans": "North America",
    "south american": "South America", "south americans": "South America", "latin american": "Latin America",
    "latin americans": "Latin America", "kurdish": "Kurdistan", "balkan": "Balkans", "mediterranean": "Mediterranean",
    "scandinavian": "Scandinavia", "caribbean": "Caribbean", "antarctic": "Antarctica",
    "eu": "Europe", "european union": "Europe", "central american": "Central America", "southeast asian":
    "Southeast Asia", "middle eastern": "Middle East",
}  # fmt: skip
_INSIDE = frozenset({"ORG", "FAC", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "NORP", "GPE", "LOC", "LANGUAGE"})
_WAYS = frozenset(
    """street road avenue boulevard drive lane highway crescent close way square river lake creek canal bay bridge
    valley mountain mountains hill hills island islands park quarter estate peninsula reservoir dam beach gardens
    terrace parkway falls forest desert canyon harbour harbor ridge cape strait sea ocean gulf coast""".split()
)
_LOWER = frozenset(
    """province state county village town city region district island north south east west northern southern eastern
    western central northeast northwest southeast southwest northeastern northwestern southeastern southwestern
    municipality prefecture governorate""".split()
)  # words that are part of a place's name only with a capital
_MAX = 4  # words in a name looked for inside others


@dataclass(frozen=True, slots=True)
class Toponym:
    """A toponym at offsets `start` to `end` of the article's text."""

    start: int
    end: int
    place: Place


@cache
def _peoples() -> dict[str, Place]:
    """Places by the adjectives and peoples that come from them, in lower case."""
    out: dict[str, Place] = {}
    for country in countries():
        place = country_place(country.iso3)
        if place is not None:
            for word in (*country.demonyms, *country.people):
                out.setdefault(_bare(word), place)
                out.setdefault(_bare(word) + "s", place)
    for region in regions():
        known = look_up(region.name)
        if known and region.kind != "people":
            for word in (*region.demonyms, *region.people):
                out.setdefault(_bare(word), known[0].place)
                out.setdefault(_bare(word) + "s", known[0].place)
    for word, name in _WIDE.items():
        known = look_up(name)
        if known:
            out[word] = known[0].place
    return out


def _bare(word: str) -> str:
    return word.lower().removeprefix("the ")


def find_toponyms(parsed: Parsed) -> list[Toponym]:
    """The toponyms of a text in order; none overlaps another."""
    doc = parsed.doc
    people = _surnames(doc)
    found = [_trimmed(doc, p) for p in find_places(parsed) if not _is_person(doc, p, people)]
    taken = {i for p in found for i in range(p.first, p.last + 1)}
    resolved = {doc[p.first : p.last + 1].text: p.place for p in found}
    readers = (_from_peoples(doc), _states_behind(doc, found), _inside_names(doc, resolved, people), _ways(doc))
    for reader in readers:
        for mention in reader:
            span = set(range(mention.first, mention.last + 1))
            if not span & taken:
                found.append(mention)
                taken |= span
    written = [Toponym(line.start, line.end, line.place) for line in find_datelines(parsed)]
    inside = [Toponym(*parsed.span(p.first, p.last), p.place) for p in found]
    return sorted((*written, *inside), key=lambda t: t.start)


def places_inside(doc: Doc, places: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The places in the names of bodies and buildings, in order: "Edmonton" of "Edmonton Police Service"."""
    resolved = {doc[p.first : p.last + 1].text: p.place for p in places}
    taken = {i for p in places for i in range(p.first, p.last + 1)}
    found = _inside_names(doc, resolved, _surnames(doc))
    return [p for p in found if not taken & set(range(p.first, p.last + 1))]


def _surnames(doc: Doc) -> frozenset[str]:
    """The words of names of persons of two words and more."""
    return frozenset(
        t.text for ent in doc.ents if ent.label_ == "PERSON" and len(ent) > 1 for t in ent if t.text[:1].isupper()
    )


def _is_person(doc: Doc, mention: PlaceMention, people: frozenset[str]) -> bool:
    """Whether a place name is the name of a person of this text, never said to be somewhere."""
    if mention.first != mention.last or doc[mention.first].text not in people:
        return False
    text = doc[mention.first].text
    return not any(t.text == text and t.i > 0 and doc[t.i - 1].lower_ in ("in", "near", "at") for t in doc)


def _trimmed(doc: Doc, mention: PlaceMention) -> PlaceMention:
    """A mention without words such as "west" and "province" in lower case."""
    first, last = mention.first, mention.last
    while first < last and doc[first].text in _LOWER:
        first += 1
    while first < last and doc[last].text in _LOWER:
        last -= 1
    return PlaceMention(first, last, mention.place)


def _states_behind(doc: Doc, found: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
    """ "Md." of "Severn, Md.", which the name finder seldom knows."""
    for mention in found:
        i = mention.last + 2
        if i < len(doc) and doc[i - 1].text == "," and doc[i].text[:1].isupper() and doc[i].text.endswith("."):
            known = look_up(doc[i].text)
            if known and known[0].state:
                yield PlaceMention(i, i, known[0].place)


def _from_peoples(doc: Doc) -> Iterator[PlaceMention]:
    """ "Turkish", "Canadians", "Latin American"."""
    table = _peoples()
    i = 0
    while i < len(doc):
        if doc[i].text[:1].isupper():
            for last in range(min(i + 2, len(doc) - 1), i - 1, -1):
                place = table.get(doc[i : last + 1].text.lower())
                if place is not None and _is_people(doc[i : last + 1]):
                    yield PlaceMention(i, last, place)
                    i = last
                    break
        i += 1


def _is_people(tokens: Iterable[Token]) -> bool:
    """Whether words such as "Polish" or "Turkey" are used for a people, not as a name or a verb."""
    return all(t.ent_type_ not in ("PERSON", "DATE", "MONEY") and (t.text != t.text.lower()) for t in tokens)


def _inside_names(doc: Doc, resolved: dict[str, Place], people: frozenset[str]) -> Iterator[PlaceMention]:
    """ "Edmonton" of "Edmonton Police Service": places named elsewhere in the text, countries, and famous cities."""
    source = doc.text
    words = [(t.text, t.idx, t.ent_type_) for t in doc]
    i = 0
    while i < len(words):
        word, start, kind = words[i]
        if word[:1].isupper() and word not in ("The", "Of") and kind not in ("DATE", "MONEY"):
            for last in range(min(i + _MAX, len(words)) - 1, i - 1, -1):
                ending, at, other = words[last]
                text = source[start : at + len(ending)]
                if text in people:
                    continue
                inside = kind in _INSIDE and other in _INSIDE
                place = resolved.get(text) if not inside else _known(text, resolved)
                if place is not None:
                    yield PlaceMention(i, last, place)
                    i = last
                    break
        i += 1


def _known(text: str, resolved: dict[str, Place]) -> Place | None:
    """The place that a part of a name means, None where it may mean something else."""
    if text in resolved:
        return resolved[text]
    if len(text) < 2 or text[0].islower():
        return None
    known = [k for k in look_up(text) if k.main]
    if known and (len(text) > 3 or text.isupper()):
        return known[0].place
    cities = gazetteer().lookup(text)
    city = famous(cities) if cities else None
    if city is None or not cities[0][1] or city.population < 200_000:
        return None
    return Place(text, city.country, city.geonames_id, city.lat, city.lon)


def _ways(doc: Doc) -> Iterator[PlaceMention]:
    """Streets, rivers, lakes and the like, which have a name but no point: "Mont-Royal Avenue"."""
    for ent in doc.ents:
        if ent.label_ not in ("FAC", "LOC", "GPE", "ORG"):
            continue
        first = ent.start + (doc[ent.start].lower_ == "the")
        last = ent.end - 1
        while last > first and (doc[last].lower_ in ("'s", "’s") or doc[last].is_punct):
            last -= 1
        if first < last and doc[last].lower_ in _WAYS and doc[last].text[0].isupper() and _is_name(doc, first, last):
            yield PlaceMention(first, last, Place(doc[first : last + 1].text))


def _is_name(doc: Doc, first: int, last: int) -> bool:
    return all(t.text[:1].isupper() or t.lower_ in ("of", "de", "la", "-", "du", "and") for t in doc[first : last + 1])
