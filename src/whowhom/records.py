"""The records that the rooms hand each other, and that a user gets.

Every record is a frozen, slotted dataclass of plain values: it crosses processes, compares in a test, and turns into
the public JSON form with `to_json`. A span is `(start, end)` in code points of `Document.text`, half-open.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

Span = tuple[int, int]
Spans = tuple[Span, ...]

ActorKind = Literal["person", "organisation", "state", "people", "group"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Status = Literal["occurred", "planned", "hypothetical", "negated", "historical"]
StatementKind = Literal["direct", "indirect", "mixed"]
PledgeKind = Literal[
    "loan", "grant", "arms", "troops", "reform", "talks", "ceasefire", "release", "trade", "vote", "other"
]
PledgeStatus = Literal["pledged", "reaffirmed", "delivered", "withdrawn", "refused", "demanded"]
Predicate = Literal[
    "ally_of", "member_of", "borders", "union_with", "supplies", "creditor_of", "holds_office_since", "population",
    "located_in", "at_odds_with", "shelters",
]  # fmt: skip
Quad = Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]
BlockKind = Literal["headline", "body", "subheading", "furniture"]

EVENT_TYPES: tuple[str, ...] = get_args(EventType)
STATUSES: tuple[str, ...] = get_args(Status)
MAGNITUDES = ("killed", "injured", "detained", "participants", "money", "troops", "duration")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of an article's text that is one paragraph, heading, or piece of newspaper furniture.

    `start` and `end` are offsets into `Article.text`, half-open. Furniture (byline, photo credit, "Related article",
    address line) takes part in no record.
    """

    start: int
    end: int
    kind: BlockKind = "body"


@dataclass(frozen=True, slots=True)
class Article:
    """One report as it was read, before any coding. `text` is verbatim; `blocks` cover all of it that is not blank."""

    text: str
    source_id: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None  # ISO 8601 date at the precision known
    language: str | None = None  # ISO 639-1
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that gave no article, and why. `reason` is a short fixed word, `detail` a sentence for a person."""

    source: str
    reason: Literal[
        "empty", "binary", "not-english", "no-article", "unreadable", "too-large", "bad-record", "unreachable",
        "unsupported", "not-found", "known", "failed",
    ]  # fmt: skip
    detail: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who takes part in a record. `country` is ISO 3166-1 alpha-3 or a PLOVER name such as IGO."""

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sector: str | None = None
    sectors: tuple[str, ...] = ()
    mentions: Spans = ()


@dataclass(frozen=True, slots=True)
class Role:
    """An office or standing that the text gives to an actor (an `Actor.id`)."""

    actor: str
    title: str
    organisation: str | None = None
    country: str | None = None
    start: str | None = None
    end: str | None = None
    asserted_on: str | None = None
    evidence: Spans = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where something happened. Coordinates are WGS84 degrees, from the gazetteer when it has the place."""

    name: str
    country: str | None = None
    geonames_id: int | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Magnitude:
    """How much, with bounds: "more than 500" has low 500 and no high. `text` is the words of the report."""

    low: float | None
    high: float | None
    text: str
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Derived:
    """Values that follow from an event's type and mode: CAMEO code, quad class, PLOVER score."""

    cameo: str
    quad: Quad
    goldstein: float


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that somebody did. `actors`, `recipients` and `reported_by` are `Actor.id`s."""

    type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    start: str | None
    end: str | None
    place: Place | None
    status: Status
    magnitude: dict[str, Magnitude]
    reported_by: str | None
    confidence: float
    trigger: Spans
    evidence: Spans
    derived: Derived
    rule: str = field(default="", metadata={"private": True})  # what made it, for --explain


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that somebody is said to have said. `content` has the words, without marks, cue or speaker."""

    speaker: str | None
    addressee: str | None
    kind: StatementKind
    cue: Spans
    content: Spans
    date: str | None
    evidence: Spans
    rule: str = field(default="", metadata={"private": True})


@dataclass(frozen=True, slots=True)
class Pledge:
    """A commitment about the future by somebody who can keep it. `promiser` and `beneficiary` are `Actor.id`s."""

    promiser: tuple[str, ...]
    beneficiary: tuple[str, ...]
    kind: PledgeKind
    what: str
    amount: float | None
    currency: str | None
    due: str | None
    status: PledgeStatus
    evidence: Spans
    rule: str = field(default="", metadata={"private": True})


@dataclass(frozen=True, slots=True)
class Relation:
    """A standing fact that is no event. `subject` and `object` are `Actor.id`s."""

    subject: str
    predicate: Predicate
    object: str | None
    value: str | None
    start: str | None
    end: str | None
    asserted_on: str | None
    evidence: Spans
    rule: str = field(default="", metadata={"private": True})


@dataclass(frozen=True, slots=True)
class Document:
    """A coded report: the article's metadata and verbatim text with every record taken out of it."""

    id: str
    source_id: str
    title: str | None
    url: str | None
    publisher: str | None
    authors: tuple[str, ...]
    published: str | None
    language: str | None
    text: str
    actors: tuple[Actor, ...] = ()
    roles: tuple[Role, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    relations: tuple[Relation, ...] = ()
    blocks: tuple[Block, ...] = field(default=(), metadata={"private": True})  # as in `Article`, to code it anew

    def actor(self, actor_id: str) -> Actor:
        """The actor of that id. Raises `KeyError` where the document has none."""
        for actor in self.actors:
            if actor.id == actor_id:
                return actor
        raise KeyError(actor_id)

    def to_json(self) -> dict[str, Any]:
        """The public JSON form: plain dicts and lists, spans as `[start, end]`, private fields left out."""
        out: dict[str, Any] = _plain(self)
        return out


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value) if not f.metadata.get("private")
        }
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
