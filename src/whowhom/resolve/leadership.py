"""Terms of office: which of them a named person has at the report's date, and what follows for the person."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from whowhom.resolve.titles import FEMALE_TITLES, HONORIFICS, MALE_TITLES, NEUTRAL_HONORIFICS, name_gender
from whowhom.resolve.view import Entity, Gender
from whowhom.resources.knowledge import (
    AgentNoun,
    Leader,
    common_surnames,
    female_names,
    leaders_by_word,
    male_names,
)

LINKING = frozenset("- al el bin ibn ben de da dos del della di van von der den la le du e y abu ul the".split())
_YEAR = re.compile(r"\b(?:19[4-9]\d|20[0-4]\d)\b")
STATE_TITLES = {"head_of_state", "head_of_government", "monarch", "supreme_leader", "leader"}

# What stands at the start of a listed name and names nobody alone: "Grand Duke Henri", "Crown Prince Hussein".
_TITLED = FEMALE_TITLES.union(MALE_TITLES, HONORIFICS, NEUTRAL_HONORIFICS, {"grand", "crown", "gen", "general"})
_HIGHEST = frozenset({"head_of_state", "head_of_government", "supreme_leader"})
_REMEMBERED = 12  # years after which those who led a state are no longer known by the bare surname everywhere
_LATER = 10  # years by which a report may be later than the latest year that it names

# Offices whose holders a text may name by the bare surname alone.
_PROMINENT = frozenset(
    """foreign_minister defence_minister finance_minister opposition_leader vice_president president_elect candidate
    secretary_general crown_prince speaker""".split()
)


@dataclass(frozen=True, slots=True)
class SpokenOn:
    """When a report speaks: `date`, None where that is unknown.

    It is `guessed` where it is only the latest year that the report names, so that offices may begin after it.
    """

    date: str | None
    guessed: bool = False

    def holds(self, term: Leader) -> bool:
        """Whether an office was held then, or may have been for all that is known."""
        return self.date is None or term.holds(self.date)

    def begun(self, term: Leader) -> bool:
        """Whether an office had begun by the end of that year, or may have."""
        return not self.date or term.start is None or term.start[:4] <= self.date[:4]

    def since(self, term: Leader) -> int:
        """Years since an office ended, -1 where it has not or that is unknown."""
        return _apart(term.end, self.date)

    def just_before(self, term: Leader) -> bool:
        """Whether an office began so soon after that the report may mean it already."""
        return _apart(self.date, term.start) in range(_LATER if self.guessed else 2)


@dataclass(frozen=True, slots=True)
class Called:
    """What stands before a surname: the noun of a title, the countries that it names, what "Mr" or "Mrs" tells."""

    title: AgentNoun | None = None
    countries: Container[str] = frozenset()
    gender: Gender | None = None

    def fits(self, term: Leader) -> bool:
        """Whether one who bears an office can be called so."""
        if self.gender is not None and name_gender(split_name(term.name)) not in (None, self.gender):
            return False
        return self.title is None or goes_with(self.title, term)


def likeliest(terms: tuple[Leader, ...], when: SpokenOn, countries: Container[str]) -> tuple[Leader, ...]:
    """The terms of one person, where a name is that of several: of a country named here, or the latest."""
    people = {(t.name, t.country) for t in terms}
    if len(people) < 2:
        return terms
    in_office = [t for t in terms if when.date is not None and when.holds(t)]
    for some in (in_office, [t for t in terms if t.country in countries]):
        chosen = {(t.name, t.country) for t in some}
        if len(chosen) == 1:
            return tuple(t for t in terms if (t.name, t.country) in chosen)
    last = max(terms, key=lambda t: t.start or "")
    return tuple(t for t in terms if t.name == last.name)


def enter_terms(entity: Entity, terms: tuple[Leader, ...], when: SpokenOn, countries: Container[str]) -> None:
    """Take country, sector and offices from the terms of office that a person has when the report speaks.

    Where that is unknown, those in one of `countries`, which the report names, go before the latest.
    """
    if not terms:
        return
    entity.terms = terms
    entity.country = terms[0].country
    date = when.date
    held = sorted(
        (t for t in terms if when.holds(t)),
        key=lambda t: (t.sector == "GOV" if date is not None else t.country in countries, t.start or ""),
        reverse=True,
    )
    if held:
        entity.country, entity.sector = held[0].country, held[0].sector
        entity.offices.update(t.office for t in held)
        return
    past = [t for t in terms if t.end is not None and date is not None and t.end < date]
    coming = [t for t in terms if t.start is not None and date is not None and t.start > date]
    if past:
        last = max(past, key=lambda t: t.end or "")
        entity.country = last.country
        entity.sector, entity.sectors = "ELI", (last.sector,) if last.sector else ()
        entity.offices.update(f"former_{t.office}" for t in past)
    elif coming:
        soon = min(coming, key=lambda t: (when.guessed and t.sector != "GOV", t.start or ""))
        entity.country = soon.country
        if when.just_before(soon):
            entity.sector = soon.sector


def take_term(entity: Entity, title: AgentNoun) -> None:
    """Of a known person's terms, where a report has no date, take that of the title by which it calls him."""
    if not title.is_title or title.office in ("", "leader", "minister"):
        return
    told = [term for term in entity.terms if term.office == title.office]
    if told and not any((term.country, term.sector) == (entity.country, entity.sector) for term in told):
        last = max(told, key=lambda term: term.start or "")
        entity.country, entity.sector = last.country, last.sector


def known_by_surname(surname: str, called: Called, when: SpokenOn, countries: Container[str]) -> Leader | None:
    """The office holder whom a text that never names them in full means by a surname; None where it is unclear.

    What they are called must go with an office of theirs; their country must be among those spoken of, `countries`,
    unless they lead it when the report speaks, or led it so lately that nobody need say who they are.

    Args:
        surname: the name, lower case.
        called: what stands right before it.
        when: when the report speaks.
        countries: those that the report names.
    """
    terms = [t for t in leaders_by_word().get(surname, ()) if surname in _callable(t) and called.fits(t)]
    if called.countries:
        terms = [t for t in terms if t.country in called.countries]
    for group in _by_prominence(surname, terms, called, when, countries):
        found = {(t.name, t.country): t for t in group}
        if len(found) == 1:
            return next(iter(found.values()))
        if when.date is None and len({country for _, country in found}) == 1:
            return max(found.values(), key=lambda t: t.start or "")
    return None


def _by_prominence(
    surname: str, terms: list[Leader], called: Called, when: SpokenOn, countries: Container[str]
) -> Iterator[list[Leader]]:
    """Those who may be meant by a bare surname, the most prominent first."""
    now = [t for t in terms if when.holds(t)]
    if when.guessed and not any(t.office in STATE_TITLES for t in now):
        now += [t for t in terms if when.just_before(t)]
    leading = [t for t in now if t.office in STATE_TITLES]
    yield [t for t in leading if t.country in countries]
    yield [t for t in now if t.country in countries and (t.office in _PROMINENT or called.title is not None)]
    yield [t for t in leading if t.office != "leader"]  # known wherever they are spoken of
    yield [t for t in terms if t.country in countries and t.office in STATE_TITLES and when.begun(t)]
    highest = [t for t in terms if t.office in _HIGHEST]
    if surname not in common_surnames() and len({t.name for t in highest}) == 1:
        yield [t for t in highest if when.since(t) in range(_REMEMBERED)]


def _apart(earlier: str | None, later: str | None) -> int:
    """Years from one date to another, -1 where either is unknown."""
    return int(later[:4]) - int(earlier[:4]) if earlier and later else -1


def _callable(term: Leader) -> set[str]:
    """The words of a name that can stand for it alone: the last, and the first where surnames come first."""
    words = split_name(term.name)
    given = len(words[0]) == 1 or words[0] in _TITLED or words[0] in female_names() | male_names()
    return {words[-1]} if given else {words[-1], words[0]}


def goes_with(title: AgentNoun, term: Leader) -> bool:
    """Whether an office can be meant by a title: the same office, or one of no rank in particular."""
    office = title.office.removeprefix("former_")
    if office and office == term.office:
        return True
    if title.noun in term.title.split() or term.title.endswith(title.noun):
        return True
    if office in STATE_TITLES:
        return term.office in STATE_TITLES and (office == "leader" or term.office == "leader")
    if title.sector == "MIL":
        soldierly = term.office in ("leader", "rebel_leader", "commander") or "military" in term.title
        return term.sector == "MIL" or soldierly
    return bool(office) and (office in term.office or term.office in office)


def led_by(surname: str, when: SpokenOn) -> str | None:
    """The one country of which a person of that name is or was the head of state or government."""
    terms = [t for t in leaders_by_word().get(surname, ()) if t.office in STATE_TITLES and when.begun(t)]
    if when.date is not None and any(when.holds(t) for t in terms):
        terms = [t for t in terms if when.holds(t)]
    countries = {t.country for t in terms if t.country}
    return countries.pop() if len(countries) == 1 else None


def split_name(name: str) -> tuple[str, ...]:
    """The words of a person's name, lower case, without particles."""
    words = tuple(w for w in re.split(r"[-\s]+", name.lower()) if w)
    return tuple(w for w in words if w not in LINKING) or words


def same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two full names can be one person's: one holds all words of the other, or they differ by an initial."""
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    if a[-1] != b[-1] or not a[0] or not b[0]:
        return False
    x, y = a[0].rstrip("."), b[0].rstrip(".")
    return (
        x == y
        or (min(len(x), len(y)) == 1 and x[0] == y[0])
        or (len(x) > 2 and len(y) > 2 and x[:3] == y[:3] and (x.startswith(y) or y.startswith(x)))
    )


def latest_year(text: str) -> str | None:
    """The latest year that a text names, to stand for its date."""
    years = _YEAR.findall(text)
    return max(years) if years else None
