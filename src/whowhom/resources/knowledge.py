"""What the program knows of the world: countries, regions, organisations, leaders, and the nouns for people who act.

Each loader reads its table once. `name_index` finds the names of all of them in running text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from whowhom.resources.table import read_table, values

NameKind = Literal["country", "capital", "seat", "region", "demonym", "people", "organisation", "leader"]

# Organisations, and states in a sense, whose country is one of these belong to no one country.
BEYOND_COUNTRIES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})

_FIRST_PIECE = re.compile(r"[^\s-]+")
# Acronyms that a text in capitals uses as plain words.
_WORD_LIKE = frozenset({"us", "is", "it", "who", "in", "am", "so", "as", "un", "pa", "mp", "mod", "art", "eta", "can"})


@dataclass(frozen=True, slots=True)
class Country:
    """A state: `demonyms` are adjectives and nouns for one of its people, `people` the noun for all of them."""

    iso3: str
    iso2: str
    name: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a country, or a people of one or several countries (`iso3` is None for several)."""

    name: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    iso3: str | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body with a name of its own. `country` may be a PLOVER name such as IGO."""

    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    sector: str | None = None
    kind: str = ""
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgentNoun:
    """A common noun for somebody who acts. Sector "*" is that of whoever the noun belongs to ("spokesman")."""

    noun: str
    plural: str
    sector: str | None
    kind: str
    is_title: bool = False
    office: str = ""


@dataclass(frozen=True, slots=True)
class Leader:
    """One term of office. `start` and `end` are ISO dates of any precision, None where open or unknown."""

    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    sector: str | None = None
    title: str = ""
    office: str = ""
    start: str | None = None
    end: str | None = None

    def holds(self, date: str) -> bool:
        """Whether the term includes an ISO date, each compared at the coarser precision of the two."""
        return (self.start is None or date[: len(self.start)] >= self.start[: len(date)]) and (
            self.end is None or date[: len(self.end)] <= self.end[: len(date)]
        )


Known = Country | Region | Organisation | Leader


@dataclass(frozen=True, slots=True)
class Publisher:
    """An outlet's country, and whether it writes of that country for its own readers."""

    country: str
    local: bool


@dataclass(frozen=True, slots=True)
class NameEntry:
    """A name as it is written, the sense in which it is meant, and what it names."""

    text: str
    kind: NameKind
    known: Known


@cache
def countries() -> tuple[Country, ...]:
    """All countries of `knowledge/countries.tsv`."""
    return tuple(
        Country(
            row["iso3"],
            row["iso2"],
            row["name"],
            values(row["aliases"]),
            values(row["demonyms"]),
            values(row["people"]),
            values(row["capital"]),
            values(row["seats"]),
        )
        for row in read_table("knowledge/countries.tsv")
    )


@cache
def regions() -> tuple[Region, ...]:
    """All parts of countries and peoples of `knowledge/subnational.tsv`."""
    return tuple(
        Region(
            row["name"],
            values(row["aliases"]),
            values(row["demonyms"]),
            values(row["people"]),
            row["iso3"] or None,
            row["kind"],
        )
        for row in read_table("knowledge/subnational.tsv")
    )


@cache
def organisations() -> tuple[Organisation, ...]:
    """All organisations of `knowledge/organisations.tsv`."""
    return tuple(
        Organisation(
            row["name"],
            values(row["aliases"]),
            row["country"] or None,
            row["sector"] or None,
            row["kind"],
            values(row["sectors"]),
        )
        for row in read_table("knowledge/organisations.tsv")
    )


@cache
def agent_nouns() -> tuple[AgentNoun, ...]:
    """All nouns of `knowledge/agents.tsv`."""
    return tuple(
        AgentNoun(row["noun"], row["plural"], row["sector"] or None, row["kind"], row["title"] == "yes", row["office"])
        for row in read_table("knowledge/agents.tsv")
    )


@cache
def leaders() -> tuple[Leader, ...]:
    """All terms of office of `knowledge/leaders.tsv`."""
    return tuple(
        Leader(
            row["name"],
            values(row["aliases"]),
            row["country"] or None,
            row["sector"] or None,
            row["title"],
            row["office"],
            row["start"] or None,
            row["end"] or None,
        )
        for row in read_table("knowledge/leaders.tsv")
    )


@cache
def common_surnames() -> frozenset[str]:
    """Surnames borne by so many that they tell little of who is meant, in small letters without marks."""
    rows = read_table("knowledge/surnames.tsv")
    return frozenset(name for row in rows if row["sort"] == "common" for name in values(row["names"]))


@cache
def female_names() -> frozenset[str]:
    """Given names that are women's in most of the world, lower case."""
    return _given_names("f")


@cache
def male_names() -> frozenset[str]:
    """Given names that are men's in most of the world, lower case."""
    return _given_names("m")


@cache
def given_names() -> frozenset[str]:
    """All given names of the tables, of women, of men and of both, lower case."""
    return female_names() | male_names() | _given_names("n")


def _given_names(gender: str) -> frozenset[str]:
    return frozenset(
        name.lower()
        for row in read_table("knowledge/given_names.tsv")
        if row["gender"] == gender
        for name in values(row["names"])
    )


@cache
def country_by_code() -> Mapping[str, Country]:
    """Countries by ISO 3166-1 alpha-3 code."""
    return {country.iso3: country for country in countries()}


@cache
def demonym(iso3: str) -> str | None:
    """The adjective for a country ("Belarusian"), None where the table has none."""
    country = country_by_code().get(iso3)
    return country.demonyms[0] if country and country.demonyms else None


@cache
def agent_index() -> Mapping[str, tuple[AgentNoun, bool]]:
    """Agent nouns by lower-case form, of one or several words, with whether the form is a plural."""
    index: dict[str, tuple[AgentNoun, bool]] = {}
    # Rows with a singular of their own first: "soldiers" is the plural of "soldier" before it is a noun in its right.
    for noun in sorted(agent_nouns(), key=lambda noun: noun.noun == noun.plural):
        index.setdefault(noun.noun.lower(), (noun, False))
        for plural in values(noun.plural):
            index.setdefault(plural.lower(), (noun, plural.lower() != noun.noun.lower()))
    return index


@cache
def agent_endings() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """For the last word of agent nouns of several words, their words, the longest first."""
    endings: dict[str, list[tuple[str, ...]]] = {}
    for form in agent_index():
        parts = tuple(re.findall(r"-|[^\s-]+", form))
        if len(parts) > 1:
            endings.setdefault(parts[-1], []).append(parts)
    return {last: tuple(sorted(found, key=len, reverse=True)) for last, found in endings.items()}


@cache
def agent_beginnings() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """For the word before the first "of" in agent nouns such as "chief of staff", their words, the longest first."""
    beginnings: dict[str, list[tuple[str, ...]]] = {}
    for last, forms in agent_endings().items():
        for parts in forms:
            if "of" in parts[1:] and last != "of":
                beginnings.setdefault(parts[parts.index("of") - 1], []).append(parts)
    return {first: tuple(sorted(found, key=len, reverse=True)) for first, found in beginnings.items()}


@dataclass(frozen=True, slots=True)
class SharedName:
    """A name that several organisations go by: the one usually meant, if any is, and the others."""

    usual: Organisation | None
    others: tuple[Organisation, ...]


@cache
def shared_names() -> Mapping[str, SharedName]:
    """The names and acronyms of several organisations, of `knowledge/shared_names.tsv`."""
    by_name = {organisation.name: organisation for organisation in organisations()}
    return {
        row["name"]: SharedName(
            by_name[row["usual"]] if row["usual"] else None, tuple(by_name[name] for name in values(row["others"]))
        )
        for row in read_table("knowledge/shared_names.tsv")
    }


@dataclass(frozen=True, slots=True)
class ShortState:
    """The states that a short name may mean; with `main` only in a report that names no other country more."""

    countries: tuple[Country, ...]
    main: bool


@cache
def short_states() -> Mapping[tuple[str, ...], ShortState]:
    """The short names of states, by their words, of `knowledge/short_states.tsv`."""
    return {
        tuple(row["name"].split()): ShortState(
            tuple(country_by_code()[code] for code in values(row["countries"])), row["main"] == "yes"
        )
        for row in read_table("knowledge/short_states.tsv")
    }


@cache
def publishers() -> Mapping[str, Publisher]:
    """The outlets of the news by the host of their site, without "www."."""
    rows = read_table("knowledge/publishers.tsv")
    return {row["domain"]: Publisher(row["country"], row["reach"] == "local") for row in rows}


@cache
def leaders_by_word() -> Mapping[str, tuple[Leader, ...]]:
    """Terms of office by each lower-case word of the holders' names."""
    index: dict[str, list[Leader]] = {}
    for leader in leaders():
        for word in {w.lower() for name in (leader.name, *leader.aliases) for w in re.split(r"[\s-]+", name)}:
            index.setdefault(word, []).append(leader)
    return {word: tuple(found) for word, found in index.items()}


@cache
def leaders_by_name() -> Mapping[str, tuple[Leader, ...]]:
    """Terms of office by lower-case full name or alias."""
    index: dict[str, list[Leader]] = {}
    for leader in leaders():
        for name in {leader.name.lower(), *(alias.lower() for alias in leader.aliases)}:
            index.setdefault(name, []).append(leader)
    return {name: tuple(found) for name, found in index.items()}


@cache
def leaders_of_country() -> Mapping[str, tuple[Leader, ...]]:
    """Terms of office by country code."""
    index: dict[str, list[Leader]] = {}
    for leader in leaders():
        index.setdefault(leader.country or "", []).append(leader)
    return {code: tuple(found) for code, found in index.items()}


class NameIndex:
    """Finds known names in text: the longest that starts at an offset and ends where a word ends."""

    def __init__(self, entries: list[NameEntry]) -> None:
        by_first: dict[str, dict[str, list[NameEntry]]] = {}
        for entry in entries:
            lowered = normal(entry.text)
            piece = _FIRST_PIECE.search(lowered)
            if piece:
                by_first.setdefault(piece.group(), {}).setdefault(lowered, []).append(entry)
        self._by_first = {
            piece: tuple(sorted(((name, tuple(found)) for name, found in names.items()), key=lambda n: -len(n[0])))
            for piece, names in by_first.items()
        }

    def __contains__(self, first: str) -> bool:
        """Whether any name starts with this lower-case word or part of a word before a hyphen."""
        return first in self._by_first

    def match(self, text: str, lowered: str, start: int, first: str, capitals: bool) -> tuple[int, NameEntry] | None:
        """The end and the entry of the longest name at `start`; the first in the tables where several share it.

        Args:
            text: the text, of which `lowered` is `normal(text)`, of the same length.
            start: where the word begins, whose lower-case first piece is `first`.
            capitals: whether the text is all in capitals, so that case tells nothing.
        """
        for name, entries in self._by_first.get(first, ()):
            end = start + len(name)
            if not lowered.startswith(name, start) or (end < len(text) and text[end].isalnum()):
                continue
            for entry in entries:
                if _same_case(entry.text, text[start:end], capitals):
                    return end, entry
        return None


def normal(text: str) -> str:
    """`text` in lower case with straight apostrophes and plain hyphens, and of the same length."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return lowered.replace("’", "'").replace("‑", "-").replace("–", "-")


def unmarked(text: str) -> str:
    """`text` without the marks on its letters: "Bogotá" as "Bogota"; letters of their own (ø, ł) stay."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _same_case(entry: str, found: str, capitals: bool) -> bool:
    if capitals:
        return found.lower() not in _WORD_LIKE
    if entry.isupper() and len(entry) <= 6:
        return found.isupper()
    return found[0].isupper() or entry[0].islower()


@cache
def name_index() -> NameIndex:
    """All names of the tables: countries before regions, organisations and leaders where they are alike."""
    entries: list[NameEntry] = []

    def add(names: tuple[str, ...], kind: NameKind, known: Known) -> None:
        for name in names:
            bare = name[4:] if name[:4].lower() == "the " else name
            if bare:
                entries.append(NameEntry(bare, kind, known))

    for country in countries():
        add((country.name, *country.aliases), "country", country)
        add(country.demonyms, "demonym", country)
        add(country.people, "people", country)
    for country in countries():
        add(country.seats, "seat", country)
        add(country.capital, "capital", country)
    nouns = agent_index()
    for organisation in organisations():
        names = (organisation.name, *organisation.aliases)
        # "parliament" or "Supreme Court" of no country in particular is a description, not a name.
        generic = tuple(n for n in names if organisation.country or n.lower() not in nouns)
        add(tuple(n for n in generic if n.lower() not in nouns or not n[0].islower()), "organisation", organisation)
    for name, shared in shared_names().items():
        if shared.usual is None:
            add((name,), "organisation", shared.others[0])  # the registry tells which, if any
    for region in regions():
        add((region.name, *region.aliases), "region", region)
        add(region.demonyms, "demonym", region)
        add(region.people, "people", region)
    for leader in leaders():
        add(tuple(n for n in (leader.name, *leader.aliases) if " " in n), "leader", leader)
    return NameIndex(entries)
