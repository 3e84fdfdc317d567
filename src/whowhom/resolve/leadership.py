"""Terms of office: which of them a named person has at the report's date, and what follows for the person."""

from __future__ import annotations

import re
from collections.abc import Container

from whowhom.resolve.view import Entity
from whowhom.resources.knowledge import Leader, leaders_by_word

LINKING = frozenset("- al el bin ibn ben de da dos del della di van von der den la le du e y abu ul the".split())
_YEAR = re.compile(r"\b(?:19[4-9]\d|20[0-4]\d)\b")
_STATE_TITLES = {"head_of_state", "head_of_government", "monarch", "supreme_leader", "leader"}


def likeliest(terms: tuple[Leader, ...], date: str | None, countries: Container[str]) -> tuple[Leader, ...]:
    """The terms of one person, where a name is that of several: of a country named here, or the latest."""
    people = {(t.name, t.country) for t in terms}
    if len(people) < 2:
        return terms
    for choose in (
        lambda t: bool(date) and t.holds(date),
        lambda t: t.country in countries,
    ):
        chosen = {(t.name, t.country) for t in terms if choose(t)}
        if len(chosen) == 1:
            return tuple(t for t in terms if (t.name, t.country) in chosen)
    last = max(terms, key=lambda t: t.start or "")
    return tuple(t for t in terms if t.name == last.name)


def enter_terms(entity: Entity, terms: tuple[Leader, ...], date: str | None) -> None:
    """Take country, sector and offices from the terms of office that a person has at the report's date."""
    if not terms:
        return
    entity.terms = terms
    entity.country = terms[0].country
    held = [t for t in terms if date is None or t.holds(date)]
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
        soon = min(coming, key=lambda t: t.start or "")
        entity.country = soon.country
        if date is not None and soon.start is not None and int(soon.start[:4]) - int(date[:4]) <= 1:
            entity.sector = soon.sector


def led_by(surname: str, date: str | None) -> str | None:
    """The one country of which a person of that name is or was the head of state or government."""
    terms = [
        t
        for t in leaders_by_word().get(surname, ())
        if t.office in _STATE_TITLES and (date is None or t.start is None or t.start[:4] <= date[:4])
    ]
    if date is not None and any(t.holds(date) for t in terms):
        terms = [t for t in terms if t.holds(date)]
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
