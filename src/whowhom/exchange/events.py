"""What goes in and out of other projects' files: an event read from one, and the account of what was written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from whowhom.records import ActorKind, Place
from whowhom.store.rows import Party, StoredEvent

DataSet = Literal["polecat", "icews", "gdelt"]
"""The data sets that can be imported."""

Sanction = Literal["verbal", "material"]
"""The conflict class of SANCTION (CAMEO 16), on which the field's sources differ."""


@dataclass(frozen=True, slots=True)
class ImportedParty:
    """Somebody who takes part in an imported event."""

    name: str
    kind: ActorKind = "organisation"
    country: str | None = None
    sector: str | None = None
    sectors: tuple[str, ...] = ()  # further ones
    title: str | None = None


@dataclass(frozen=True, slots=True)
class ImportedEvent:
    """A row of another project's file as an event. All of them happened: the formats have no other status."""

    data_set: DataSet
    source_file: str  # name of the file, a member of a zip as "a.zip!/b.txt"
    line: int
    key: str  # one of a kind in the data set
    row: dict[str, str]  # all columns as they came
    type: str | None  # PLOVER; None where a CAMEO code has none
    mode: str | None
    contexts: tuple[str, ...]
    actors: tuple[ImportedParty, ...]
    recipients: tuple[ImportedParty, ...]
    date: str  # ISO 8601, in full
    place: Place | None
    cameo: str
    quad: int
    goldstein: float  # PLOVER score; the score of the CAMEO code where there is no type
    reports: int = 1
    sources: int = 1


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that gives no event, and why. `line` is 0 where the whole file cannot be read."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How events are written.

    `sanction` None is the format's own usage. `statuses` None is all of them; the formats other than GeoJSON, CSV and
    their like cannot tell a plan or a denial from a deed, so by default these stay out.
    """

    version: str = ""  # for the formats that name what coded them
    sanction: Sanction | None = None
    statuses: Collection[str] | None = ("occurred",)


DEFAULT_OPTIONS = ExportOptions()


@dataclass(slots=True)
class Written:
    """How many rows were written, and how many events were not, by reason."""

    rows: int = 0
    left_out: dict[str, int] = field(default_factory=dict)

    def leave(self, reason: str) -> None:
        """Count an event that is not written."""
        self.left_out[reason] = self.left_out.get(reason, 0) + 1


def chosen(
    events: Iterable[StoredEvent], statuses: Collection[str] | None, written: Written, *, dated: bool = True
) -> Iterator[StoredEvent]:
    """The events of the wanted statuses, and with a date where that is needed; the others are counted in `written`."""
    for event in events:
        if statuses is not None and event.status not in statuses:
            written.leave(f"status {event.status}")
        elif dated and event.date is None:
            written.leave("no date")
        else:
            yield event


def as_stored(event: ImportedEvent, number: int) -> StoredEvent:
    """The event as a store would hand it out, with that number: for converting from file to file without a store.

    Its parties are numbered within the event, and its confidence is 1, as no format gives one.
    """
    sides = [*event.actors, *event.recipients]
    parties = tuple(
        Party(k, one.name, one.kind, one.country, one.sector, one.sectors, one.title)
        for k, one in enumerate(sides, start=1)
    )
    return StoredEvent(
        id=number, type=event.type, mode=event.mode, contexts=event.contexts, actors=parties[: len(event.actors)],
        recipients=parties[len(event.actors) :], start=event.date, end=None, date=event.date, place=event.place,
        status="occurred", magnitude={}, confidence=1.0, cameo=event.cameo, quad=event.quad, goldstein=event.goldstein,
        reports=event.reports, sources=event.sources, data_set=event.data_set, imported=dict(event.row),
    )  # fmt: skip
