"""The event lexicon: words that name PLOVER events, with the conditions for it and who fills which side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from whowhom.errors import ResourceError
from whowhom.records import EVENT_TYPES, EventType
from whowhom.resources.table import read_table, values

TABLES = ("lexicon/events_verbal.tsv", "lexicon/events_conflict.tsv")
_DEFAULT_ACTOR = {"v": "subj", "n": "poss|prep_by|compound|amod|head_subj", "a": "subj"}
_DEFAULT_RECIPIENT = {
    "v": "obj|iobj",
    "n": "prep_against|prep_on|prep_to|prep_with|prep_of",
    "a": "prep_of|prep_toward|prep_towards|prep_to",
}
_CONDITION = re.compile(r"(!?)([a-z_0-9]+)(?:(==?)(.+))?")

Sides = tuple[tuple[str, ...], ...]
"""Slot names by preference: the first group of which any slot is filled wins, and all of its slots count."""


@dataclass(frozen=True, slots=True)
class Condition:
    """That a slot is filled (or is not), by one of some lemmas or by a class such as `@ACTOR`, or by nothing else."""

    slot: str
    negated: bool = False
    lemmas: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    only: bool = False


@dataclass(frozen=True, slots=True)
class EventEntry:
    """One row of the lexicon. `prior` in [0, 1]: how surely the word, so conditioned, names this event in news; 0 where
    it never does, whatever else holds."""

    lemma: str
    pos: str
    require: tuple[Condition, ...]
    type: EventType
    mode: str | None
    actor: Sides
    recipient: Sides
    contexts: tuple[str, ...]
    prior: float
    rule: str


def _sides(cell: str) -> Sides:
    return () if cell == "-" else tuple(tuple(group.split("+")) for group in cell.split("|"))


DEFAULT_SIDES: dict[str, tuple[Sides, Sides]] = {
    pos: (_sides(_DEFAULT_ACTOR[pos]), _sides(_DEFAULT_RECIPIENT[pos])) for pos in ("v", "n", "a")
}
"""Actor and recipient slots of a word of each part of speech where a row names none."""


def _conditions(cell: str, where: str) -> tuple[Condition, ...]:
    out = []
    for part in cell.split():
        match = _CONDITION.fullmatch(part)
        if match is None:
            raise ResourceError(
                f"{where}: condition {part!r} is none of slot, !slot, slot=lemma,lemma, slot=@CLASS, slot==lemma"
            )
        options = [option for option in (match[4] or "").split(",") if option]
        out.append(
            Condition(
                match[2],
                match[1] == "!",
                frozenset(option for option in options if not option.startswith("@")),
                frozenset(option for option in options if option.startswith("@")),
                match[3] == "==",
            )
        )
    return tuple(out)


@cache
def event_entries() -> dict[tuple[str, str], tuple[EventEntry, ...]]:
    """Entries by (lemma, part of speech `v|n|a`).

    Raises:
        ResourceError: a row has an unknown type, part of speech, condition, or a prior outside [0, 1].
    """
    found: dict[tuple[str, str], list[EventEntry]] = {}
    for table in TABLES:
        for row in read_table(table):
            where = f"{table}: {row['lemma']}"
            if row["type"] not in EVENT_TYPES or row["pos"] not in _DEFAULT_ACTOR:
                raise ResourceError(f"{where}: unknown type {row['type']!r} or part of speech {row['pos']!r}")
            prior = float(row["prior"] or 0.5)
            if not 0 <= prior <= 1:
                raise ResourceError(f"{where}: prior {prior} is not in [0, 1]")
            entry = EventEntry(
                lemma=row["lemma"],
                pos=row["pos"],
                require=_conditions(row["require"], where),
                type=cast(EventType, row["type"]),
                mode=row["mode"] or None,
                actor=_sides(row["actor"] or _DEFAULT_ACTOR[row["pos"]]),
                recipient=_sides(row["recipient"] or _DEFAULT_RECIPIENT[row["pos"]]),
                contexts=values(row["contexts"]),
                prior=prior,
                rule=f"{row['pos']}:{row['lemma']}" + (f" [{row['require']}]" if row["require"] else ""),
            )
            found.setdefault((entry.lemma, entry.pos), []).append(entry)
    # What bars an event first, then the most specific: the first entry whose conditions hold is the one to take.
    return {
        key: tuple(sorted(rows, key=lambda e: (e.prior > 0, -len(e.require), -e.prior))) for key, rows in found.items()
    }


@cache
def event_nouns() -> frozenset[str]:
    """Lemmas of nouns that name events."""
    return frozenset(lemma for lemma, pos in event_entries() if pos == "n")
