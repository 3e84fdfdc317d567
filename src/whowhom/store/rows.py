"""What the store hands out: rows of plain values, joined over reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from whowhom.records import Magnitude, Place, Span

QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
"""The quad classes by their number in the store."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part in a record; `actor` is the store's number, `name` the canonical one."""

    actor: int
    name: str
    kind: str = "organisation"
    country: str | None = None
    sector: str | None = None
    sectors: tuple[str, ...] = ()  # further ones
    title: str | None = None  # the latest office that a report gives


@dataclass(frozen=True, slots=True)
class ReportedEvent:
    """An event as one report tells it: which document, the words, and where that report differs from others."""

    id: int
    document: int
    number: int
    headline: str | None
    publisher: str | None
    url: str | None
    source_id: str
    published: str | None
    copy_of: int | None
    sentence: str  # the words of the evidence
    sentence_number: int  # 1, 2, ...: paragraphs or sentences up to the trigger
    evidence: tuple[Span, ...]
    trigger: tuple[Span, ...]
    status: str
    magnitude: dict[str, Magnitude]
    start: str | None
    confidence: float
    reported_by: Party | None
    why: str  # why it was joined
    actor_names: tuple[str, ...] = ()  # as this report has them
    recipient_names: tuple[str, ...] = ()
    document_length: int = 0  # characters


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """One happening, joined over all reports that tell it. `date` is its first day in full, or the report's."""

    id: int
    type: str | None
    mode: str | None
    contexts: tuple[str, ...]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    start: str | None
    end: str | None
    date: str | None
    place: Place | None
    status: str
    magnitude: dict[str, Magnitude]
    confidence: float
    cameo: str
    quad: int
    goldstein: float
    reports: int
    sources: int
    data_set: str | None = None
    told: tuple[ReportedEvent, ...] = ()  # only where asked for
    imported: dict[str, Any] | None = field(default=None)  # the columns as they came, only where asked for


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """Something that somebody is said to have said, with the report that says so."""

    id: int
    document: int
    speaker: Party | None
    addressee: Party | None
    kind: str
    words: str
    date: str | None
    evidence: tuple[Span, ...]
    headline: str | None
    publisher: str | None
    url: str | None
    published: str | None
    source_id: str


@dataclass(frozen=True, slots=True)
class PledgeEntry:
    """One entry of a pledge's history: what one report says became of it."""

    id: int
    document: int
    date: str | None
    status: str
    what: str
    amount: float | None
    currency: str | None
    due: str | None
    evidence: tuple[Span, ...]
    headline: str | None
    publisher: str | None
    url: str | None
    why: str


@dataclass(frozen=True, slots=True)
class StoredPledge:
    """A commitment joined over reports; `status` is the latest."""

    id: int
    kind: str
    what: str
    promiser: tuple[Party, ...]
    beneficiary: tuple[Party, ...]
    amount: float | None
    currency: str | None
    due: str | None
    status: str
    first: str | None
    last: str | None
    reports: int
    sources: int
    history: tuple[PledgeEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredRelation:
    """A standing fact, with the report that says so."""

    id: int
    document: int
    subject: Party
    predicate: str
    object: Party | None
    value: str | None
    start: str | None
    end: str | None
    asserted_on: str | None
    evidence: tuple[Span, ...]
    headline: str | None
    publisher: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Office:
    """An office or standing that reports give to an actor: from the first to the last report that says so."""

    title: str
    organisation: str | None
    country: str | None
    start: str | None
    end: str | None
    first: str | None
    last: str | None
    reports: int


@dataclass(frozen=True, slots=True)
class StoredActor:
    """Somebody, joined over reports."""

    id: int
    name: str
    kind: str
    country: str | None
    sector: str | None
    sectors: tuple[str, ...]
    reports: int
    names: tuple[str, ...] = ()  # every name met, most frequent first
    offices: tuple[Office, ...] = ()  # latest first; only where asked for
    data_set: str | None = None


@dataclass(frozen=True, slots=True)
class StoredStory:
    """Documents that report the same happenings."""

    id: int
    title: str | None
    first: str | None
    last: str | None
    documents: int
    sources: int


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A report without its text."""

    id: int
    hash: str
    source_id: str
    title: str | None
    url: str | None
    publisher: str | None
    published: str | None
    copy_of: int | None
    story: int | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a search found something. `excerpt` has the found words between U+E000 and U+E001."""

    kind: str  # report, statement, pledge
    id: int  # of a pledge that of the commitment over all reports
    document: int
    excerpt: str
    headline: str | None
    publisher: str | None
    published: str | None
    url: str | None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """Events of one quad class in one period of time."""

    period: str  # 2020-09-14, 2020-W38, 2020-09, 2020-Q3 or 2020
    quad: int
    events: int
    score: float  # mean PLOVER score
