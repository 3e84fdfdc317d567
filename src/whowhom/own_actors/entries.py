"""What a user says of an actor: its names, its kind, and what it is at which time."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from whowhom.records import ActorKind

KINDS: tuple[str, ...] = get_args(ActorKind)
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line of a file that was not read, and why. `line` counts from 1."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class OwnRole:
    """What an actor is from `start` to `end`, both included (ISO dates of any precision, None where open).

    `country` is ISO 3166-1 alpha-3 or a PLOVER name such as IGO, `sector` and `sectors` are PLOVER sectors.
    """

    country: str | None = None
    sector: str | None = None
    sectors: tuple[str, ...] = ()
    title: str | None = None
    start: str | None = None
    end: str | None = None

    @property
    def dated(self) -> bool:
        """Whether it has a beginning or an end."""
        return self.start is not None or self.end is not None

    def holds(self, day: str) -> bool:
        """Whether it includes an ISO date, each compared at the coarser precision of the two."""
        return (self.start is None or day[: len(self.start)] >= self.start[: len(day)]) and (
            self.end is None or day[: len(self.end)] <= self.end[: len(day)]
        )


@dataclass(frozen=True, slots=True)
class OwnActor:
    """An actor as its user enters it. `aliases` are sorted and without `name`; `origin` is the file it came from.

    A role without dates is what the actor is whenever no dated one holds.
    """

    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    roles: tuple[OwnRole, ...] = ()
    origin: str = ""

    def role_on(self, day: str | None) -> OwnRole | None:
        """The role that holds on an ISO date: of several the one begun last; None where none holds.

        Where the date is not known, it is the role without dates, else the one that has lasted to the latest time.
        """
        always = next((role for role in self.roles if not role.dated), None)
        if day is None:
            return always or max(self.roles, key=lambda role: (role.end or "9999", role.start or ""), default=None)
        holding = [role for role in self.roles if role.dated and role.holds(day)]
        return max(holding, key=lambda role: role.start or "") if holding else always

    def last_before(self, day: str) -> OwnRole | None:
        """The role that ended last before an ISO date."""
        past = [role for role in self.roles if role.end is not None and role.end[: len(day)] < day[: len(role.end)]]
        return max(past, key=lambda role: role.end or "", default=None)

    def first_after(self, day: str) -> OwnRole | None:
        """The role that begins first after an ISO date."""
        later = [r for r in self.roles if r.start is not None and r.start[: len(day)] > day[: len(r.start)]]
        return min(later, key=lambda role: role.start or "", default=None)


def make_actor(
    name: str, kind: ActorKind, aliases: Iterable[str] = (), roles: Iterable[OwnRole] = (), origin: str = ""
) -> OwnActor:
    """An actor in its one normal form: blanks in names evened out, aliases sorted, nothing twice, no empty role."""
    name = clean_name(name)
    names = {clean_name(alias) for alias in aliases} - {name, ""}
    kept = tuple(dict.fromkeys(role for role in roles if role != OwnRole()))
    return OwnActor(name, kind, tuple(sorted(names)), kept, origin)


def clean_name(name: str) -> str:
    """A name on one line, without the marks that part names from each other in a table."""
    return " ".join(re.sub(r"[;|\x00-\x1f\x7f\x85\u2028\u2029]", " ", name).split())


def merge_actors(actors: Iterable[OwnActor]) -> list[OwnActor]:
    """The actors with those of one name made one: its names and roles together, kind and origin of the first."""
    found: dict[str, OwnActor] = {}
    for actor in actors:
        known = found.get(actor.name)
        if known is None:
            found[actor.name] = actor
            continue
        roles = dict.fromkeys((*known.roles, *actor.roles))
        found[actor.name] = replace(known, aliases=tuple(sorted({*known.aliases, *actor.aliases})), roles=tuple(roles))
    return list(found.values())


def digest(actors: Iterable[OwnActor]) -> str:
    """What tells two sets of actors apart in the provenance of a coding; "" for none. Order and origin do not count."""
    listed = [
        json.dumps(
            [
                actor.name,
                actor.kind,
                actor.aliases,
                [(r.country, r.sector, r.sectors, r.title, r.start, r.end) for r in actor.roles],
            ]
        )
        for actor in actors
    ]
    if not listed:
        return ""
    return hashlib.sha256("\n".join(sorted(listed)).encode()).hexdigest()[:16]


def iso_or_none(text: str) -> str | None:
    """`text` where it is an ISO date (2020, 2020-09, 2020-09-14) that the calendar has, else None."""
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return None
    return text


def ends_before_it_starts(start: str | None, end: str | None) -> bool:
    """Whether two ISO dates stand the wrong way round, compared at the coarser precision."""
    return start is not None and end is not None and end[: len(start)] < start[: len(end)]
