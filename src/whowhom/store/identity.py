"""What makes an actor of one report the actor of another: a name of its own, or what a description describes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from whowhom.records import Actor
from whowhom.resources.knowledge import (
    AgentNoun,
    Organisation,
    agent_index,
    countries,
    country_by_code,
    leaders_by_name,
    organisations,
    regions,
)
from whowhom.store.names import fold, key

Sort = Literal["person", "body", "kind", "single"]
"""A person with a name; a body with a name; what there is one of for each country, or all of a kind; one described."""

_QUANTITIES = frozenset(
    """the a an this that these those some several many most few dozens dozen hundreds thousands tens scores millions of
    other others another more than at least about around nearly almost up to as both all any each every over under only
    just further two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion one and
    his her its their our my number group groups crowd crowds handful couple pair trio""".split()
)
# Of these a country has one, or the word means all of them there.
_ONE_OF_A_KIND = frozenset(
    """government parliament army navy military opposition police cabinet judiciary ministry administration regime
    authorities leadership senate legislature congress force forces intelligence gendarmerie media press public
    population monarchy treasury bank coalition diaspora clergy nobility guard coastguard militia resistance
    underground bureaucracy establishment""".split()
)
_NARROW = {"bank": "central", "force": "air police security", "guard": "national coast border", "coalition": "ruling"}
"""Words that are one of a kind only after these."""
_PLURALS = frozenset("people men women children youths police troops media press youth".split())
_NATION = frozenset("public people population nation citizens".split())
_ROYAL = frozenset(
    "king queen prince princess pope emperor empress emir sultan duke duchess tsar shah patriarch dalai crown".split()
)
_HEAD_END = re.compile(r"\s(?:of|in|at|from|who|with|for|on|against|near)\s")
_BODIES = frozenset(
    """agency association assembly authority board bureau chamber commission committee company corporation council court
    department directorate federation foundation fund institute ministry national office organisation organization
    parliament party police secretariat senate service services society state supreme tribunal union university high
    central federal general public security constitutional electoral select affairs justice interior foreign defence
    defense finance health education trade house congress president republic people democratic social liberal socialist
    communist labour labor conservative christian workers front movement alliance league congress army navy air force
    and of for on the news daily times press radio television centre center bank appeal executive government media
    group coalition club front network human rights home cabinet audit industry""".split()
)


@dataclass(frozen=True, slots=True)
class Identity:
    """How an actor of a report is looked for: `key` goes into `actor_name.key`."""

    sort: Sort
    name: str  # as it is kept, for a description without counts
    key: str
    named: bool


def identity(actor: Actor) -> Identity:
    """What an actor of a report is to be joined by.

    A state is one for its country and sector, a region one by its name; a people likewise. A description of several or
    of what a country has one of ("police") is one for country and sector. One who is described stays alone, and so does
    what belongs to no country.
    """
    country, sector = actor.country, actor.sector
    if actor.kind == "state":
        if country is not None and not _is_region(actor.name, country):
            known = country_by_code().get(country)
            return Identity("kind", known.name if known else actor.name, f"={country} {sector or ''} state", True)
        return Identity("kind", actor.name, f"={country or ''} {sector or ''} state {fold(actor.name)}", True)
    if actor.kind == "people" and (nation := _nation(actor.name, country)) is not None:
        return Identity("kind", actor.name, f"={country or ''} {sector or ''} people {nation}".rstrip(), True)
    if is_description(actor):
        return _described(actor)
    sort: Sort = "person" if actor.kind == "person" else "body"
    return Identity(sort, actor.name, key(actor.name), True)


def _described(actor: Actor) -> Identity:
    name, core = _core(actor.name, actor.country)
    joined = actor.country is not None and actor.kind != "person" and core is not None and _collective(core)
    if not joined:
        return Identity("single", actor.name, f"={actor.country or ''} {actor.sector or ''} one", False)
    return Identity("kind", name, f"={actor.country} {actor.sector or ''} some {core}", False)


def is_description(actor: Actor) -> bool:
    """Whether the name is no proper name: its last word is in small letters, or it is a noun for somebody who acts."""
    words = re.findall(r"[^\W\d_][\w'’.-]*", actor.name)
    if not words:
        return True
    last = words[-1]
    if last.islower() and last.lower() != last.upper():
        return True
    if len(words) == 1 and actor.kind == "person" and fold(last) in _nations():
        return True
    if len(words) == 1 and actor.kind in ("person", "group", "people"):
        noun = agent_index().get(last.lower())
        return noun is not None and (noun[0].kind != "organisation" or actor.kind == "person")
    return False


def is_royal(name: str) -> bool:
    """Whether a name is a ruler's with the title, of which it is a part ("Queen Beatrix")."""
    first, _, rest = name.partition(" ")
    return bool(rest) and first.casefold() in _ROYAL


def is_full(name: str, country: str | None) -> bool:
    """Whether a person's name of one word says all: a ruler's with the title, or one by which a leader is known."""
    return (
        is_royal(name)
        or len({t.name for t in leaders_by_name().get(name.casefold(), ()) if country in (None, t.country)}) == 1
    )


def is_distinctive(name: str) -> bool:
    """Whether the name of a body has a word that is not one of those of which every country's bodies are named."""
    folded = fold(name)
    if any(o.country for o in _known_bodies().get(folded, ())):
        return True
    return any(w not in _BODIES and w not in agent_index() and not w.isdecimal() for w in folded.split())


def further_names(actor: Actor, text: str) -> tuple[str, ...]:
    """Other names of a state or body that the report's own words have: "Moscow", an acronym, a known alias."""
    if actor.kind not in ("state", "organisation"):
        return ()
    found: dict[str, None] = {}
    for start, end in actor.mentions:
        name = re.sub(r"['’]s?$", "", " ".join(text[start:end].split()))
        name = name.removeprefix("the ").removeprefix("The ")
        if name == actor.name or not 1 < len(name) <= 60:
            continue
        if actor.kind == "state" and actor.country and fold(name) in _state_names(actor.country):
            found[name] = None
        elif actor.kind == "organisation" and (_is_acronym(name, actor.name) or _is_alias(name, actor.name)):
            found[name] = None
    return tuple(found)


def _is_acronym(short: str, name: str) -> bool:
    letters = short.replace(".", "")
    initials = "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper())
    return 2 <= len(letters) <= 8 and letters.isupper() and letters.isalpha() and letters[0] == initials[:1]


def _is_alias(short: str, name: str) -> bool:
    folded = fold(short)
    return any(folded in {fold(a) for a in o.aliases} for o in _known_bodies().get(fold(name), ()))


@cache
def _known_bodies() -> dict[str, tuple[Organisation, ...]]:
    out: dict[str, list[Organisation]] = {}
    for one in organisations():
        out.setdefault(fold(one.name), []).append(one)
    return {name: tuple(found) for name, found in out.items()}


@cache
def _state_names(iso3: str) -> frozenset[str]:
    """All names that stand for a state's government, folded."""
    country = country_by_code().get(iso3)
    if country is None:
        return frozenset()
    return frozenset(fold(n) for n in (country.name, *country.aliases, *country.capital, *country.seats))


def _is_region(name: str, country: str) -> bool:
    folded = fold(name)
    return folded not in _state_names(country) and folded in _region_names()


@cache
def _region_names() -> frozenset[str]:
    return frozenset(fold(n) for region in regions() for n in (region.name, *region.aliases))


@cache
def _nations() -> dict[str, str]:
    """The country of each word for all people of one, folded."""
    return {fold(n): c.iso3 for c in reversed(countries()) for n in (*c.people, *c.demonyms)}


def _nation(name: str, country: str | None) -> str | None:
    """Which people a name is for: "" for that of the whole country, None where it is a description of some."""
    folded = fold(name)
    if country is not None:
        rest = [w for w in folded.split() if w not in _country_words(country)]
        if not rest or (len(rest) == 1 and rest[0] in _NATION) or folded in _country_words(country):
            return ""
    return folded if re.search(r"\b[A-Z]\w*$", name) else None


@cache
def _country_words(iso3: str) -> frozenset[str]:
    """Words for what belongs to a country: "Belarusian", "Belarus", folded."""
    country = country_by_code().get(iso3)
    if country is None:
        return frozenset()
    names = (country.name, *country.aliases, *country.demonyms, *country.people)
    return frozenset(folded for n in names if (folded := fold(n)) and folded not in ("the", "of"))


def _core(name: str, country: str | None) -> tuple[str, str | None]:
    """A description without counts and articles, and the same without its country, None where somebody owns it."""
    words = [w for w in re.split(r"\s+", name) if w]
    kept = [w for k, w in enumerate(words) if not (_is_quantity(w) and _counts(words, k))]
    own = _country_words(country) if country else frozenset[str]()
    core = [w for w in kept if fold(w) not in own]
    if core and kept and any(re.search(r"['’]s?$", w) and w[0].isupper() for w in core):
        return " ".join(kept), None
    folded = " ".join(w.casefold() for w in core)
    for prefix in sorted((p for p in own if " " in p), key=len, reverse=True):
        folded = folded.removeprefix(prefix + " ")
    return " ".join(kept) or name, folded or None


def _is_quantity(word: str) -> bool:
    return word.casefold() in _QUANTITIES or bool(re.match(r"[\d.,]+", word))


def _counts(words: list[str], k: int) -> bool:
    """Whether everything before a word is a count too, or it stands before a noun as one."""
    return all(_is_quantity(w) for w in words[:k]) and k < len(words) - 1


def _collective(core: str) -> bool:
    """Whether a description is of several, or of what a country has one of."""
    head = _HEAD_END.split(f"{core} ", maxsplit=1)[0].strip()
    words = head.split()
    if not words:
        return False
    last = words[-1]
    if last in _ONE_OF_A_KIND:
        narrow = _NARROW.get(last)
        return narrow is None or any(w in narrow.split() for w in words[:-1])
    noun = _noun(words)
    if noun is not None:
        found, plural = noun
        return plural or found.plural == found.noun
    return last in _PLURALS or (last.endswith("s") and not last.endswith(("ss", "us", "is")))


def _noun(words: list[str]) -> tuple[AgentNoun, bool] | None:
    index = agent_index()
    for start in range(max(0, len(words) - 4), len(words)):
        found = index.get(" ".join(words[start:]))
        if found is not None:
            return found
    return None
