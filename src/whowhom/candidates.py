"""What extraction finds, before anybody is resolved: token indices into one parsed article, no ids.

A token range is `(first, last + 1)`, half-open, in tokens of `Parsed.doc`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from whowhom.records import Actor, EventType, StatementKind, Status

TokenRange = tuple[int, int]


@dataclass(frozen=True, slots=True)
class StatementCandidate:
    """Words that somebody is said to have said.

    `speaker` and `addressee` are the indices of the head tokens of the noun phrases or pronouns that name them (None
    where the text has none), `cue` the token ranges of the reporting words (empty for a bare quotation), `content` the
    token ranges of the words said, without quotation marks, cue or speaker.
    """

    speaker: int | None
    addressee: int | None
    kind: StatementKind
    cue: tuple[TokenRange, ...]
    content: tuple[TokenRange, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class EventCandidate:
    """A predicate that names a PLOVER event, with the heads of the phrases on both sides.

    `trigger` is the predicate's token, `words` the token ranges of the words that name the doing. `status` is what
    tense, modality and negation say; dates are not yet considered. `statement` is the index of the innermost statement
    that tells of it, None where the report does. `clause` holds the token indices of the predicate's own clause,
    `content` the heads of what a governing event (agree, urge, refuse, threaten) is about. `target` is the type of an
    event told before that this one is about ("condemned the arrests"). `weight` in (0, 1] is the lexicon's prior times
    what the construction takes away. `seen_status` has the probabilities that a network gives to each of
    `records.STATUSES`, () where none was asked.
    """

    trigger: int
    words: tuple[TokenRange, ...]
    type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    status: Status
    statement: int | None
    clause: frozenset[int]
    content: tuple[int, ...]
    weight: float
    rule: str
    target: EventType | None = None
    support: float | None = None
    seen_status: tuple[float, ...] = ()


class ActorIndex(Protocol):
    """What extraction may ask about the actors of a text."""

    def at(self, token_index: int) -> tuple[str, ...]:
        """Ids of the actors that the mention headed by this token stands for."""

    def actor(self, actor_id: str) -> Actor:
        """The actor of that id."""

    def span_of(self, token_index: int) -> tuple[int, int] | None:
        """Tokens `[first, last)` of the mention headed by this token, None where it heads none."""

    def enter(self, known: Actor, first: int, last: int) -> str:
        """The id of an actor whom tokens `[first, last)` mean, although they are no mention: "Republican" the party."""
