"""A document's records as flat rows, for CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from whowhom.records import MAGNITUDES, Document, Spans

Kind = Literal["events", "statements", "pledges", "relations", "roles", "actors"]

_ABOUT = ("source_id", "document", "published", "url")
COLUMNS: dict[Kind, tuple[str, ...]] = {
    "events": (
        *_ABOUT, "type", "mode", "status", "start", "end", "actors", "actor_countries", "actor_sectors", "recipients",
        "recipient_countries", "recipient_sectors", "reported_by", "contexts", "place", "place_country", "geonames_id",
        "lat", "lon", *(f"{name}_{bound}" for name in MAGNITUDES for bound in ("low", "high")), "currency", "cameo",
        "quad", "goldstein", "confidence", "evidence_start", "evidence_end", "evidence",
    ),
    "statements": (
        *_ABOUT, "speaker", "addressee", "kind", "cue", "content", "date", "evidence_start", "evidence_end", "evidence",
    ),
    "pledges": (
        *_ABOUT, "promiser", "beneficiary", "kind", "what", "amount", "currency", "due", "status", "evidence_start",
        "evidence_end", "evidence",
    ),
    "relations": (
        *_ABOUT, "subject", "predicate", "object", "value", "start", "end", "asserted_on", "evidence_start",
        "evidence_end", "evidence",
    ),
    "roles": (
        *_ABOUT, "actor", "title", "organisation", "country", "start", "end", "asserted_on", "evidence_start",
        "evidence_end", "evidence",
    ),
    "actors": (*_ABOUT, "id", "name", "kind", "country", "sector", "sectors", "mentions"),
}  # fmt: skip


# What a spreadsheet takes for the start of a formula, its full-width forms and two blanks that some skip included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def rows(document: Document, kind: Kind) -> Iterator[dict[str, object]]:
    """One dict a record, its keys those of `COLUMNS[kind]`; lists joined by `; `, what is unknown left out.

    Words that a spreadsheet would run as a formula begin with an apostrophe; numbers stay numbers.
    """
    about = {
        "source_id": document.source_id,
        "document": document.id,
        "published": document.published,
        "url": document.url,
    }
    for row in _ROWS[kind](document):
        yield {name: harmless(value) for name, value in (about | row).items()}


def harmless(value: object) -> object:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _words(document: Document, spans: Spans) -> str:
    return " … ".join(" ".join(document.text[start:end].split()) for start, end in spans)


def _evidence(document: Document, spans: Spans) -> dict[str, object]:
    if not spans:
        return {}
    return {"evidence_start": spans[0][0], "evidence_end": spans[0][1], "evidence": _words(document, spans[:1])}


def _name(document: Document, actor_id: str | None) -> str | None:
    return document.actor(actor_id).name if actor_id else None


def _names(document: Document, ids: tuple[str, ...]) -> str:
    return "; ".join(document.actor(one).name for one in ids)


def _fields(record: object, *names: str) -> dict[str, object]:
    return {name: getattr(record, name) for name in names}


def _events(document: Document) -> Iterator[dict[str, object]]:
    for event in document.events:
        row: dict[str, object] = {
            **_fields(event, "type", "mode", "status", "start", "end", "confidence"),
            **_fields(event.derived, "cameo", "quad", "goldstein"),
            "reported_by": _name(document, event.reported_by),
            "contexts": "; ".join(event.contexts),
            **_evidence(document, event.evidence),
        }
        for side, ids in (("actor", event.actors), ("recipient", event.recipients)):
            people = [document.actor(one) for one in ids]
            row[f"{side}s"] = "; ".join(a.name for a in people)
            row[f"{side}_countries"] = "; ".join(a.country or "" for a in people)
            row[f"{side}_sectors"] = "; ".join(a.sector or "" for a in people)
        if event.place is not None:
            row |= {"place": event.place.name, "place_country": event.place.country}
            row |= _fields(event.place, "geonames_id", "lat", "lon")
        for name, amount in event.magnitude.items():
            row |= {f"{name}_low": amount.low, f"{name}_high": amount.high}
            if amount.currency:
                row["currency"] = amount.currency
        yield row


def _statements(document: Document) -> Iterator[dict[str, object]]:
    for one in document.statements:
        yield {
            "speaker": _name(document, one.speaker),
            "addressee": _name(document, one.addressee),
            "cue": _words(document, one.cue),
            "content": _words(document, one.content),
            **_fields(one, "kind", "date"),
            **_evidence(document, one.evidence),
        }


def _pledges(document: Document) -> Iterator[dict[str, object]]:
    for pledge in document.pledges:
        yield {
            "promiser": _names(document, pledge.promiser),
            "beneficiary": _names(document, pledge.beneficiary),
            **_fields(pledge, "kind", "what", "amount", "currency", "due", "status"),
            **_evidence(document, pledge.evidence),
        }


def _relations(document: Document) -> Iterator[dict[str, object]]:
    for relation in document.relations:
        yield {
            "subject": _name(document, relation.subject),
            "object": _name(document, relation.object),
            **_fields(relation, "predicate", "value", "start", "end", "asserted_on"),
            **_evidence(document, relation.evidence),
        }


def _roles(document: Document) -> Iterator[dict[str, object]]:
    for role in document.roles:
        yield {
            "actor": _name(document, role.actor),
            **_fields(role, "title", "organisation", "country", "start", "end", "asserted_on"),
            **_evidence(document, role.evidence),
        }


def _actors(document: Document) -> Iterator[dict[str, object]]:
    for actor in document.actors:
        yield {
            **_fields(actor, "id", "name", "kind", "country", "sector"),
            "sectors": "; ".join(actor.sectors),
            "mentions": "; ".join(dict.fromkeys(_words(document, (span,)) for span in actor.mentions)),
        }


_ROWS: dict[Kind, Callable[[Document], Iterator[dict[str, object]]]] = {
    "events": _events,
    "statements": _statements,
    "pledges": _pledges,
    "relations": _relations,
    "roles": _roles,
    "actors": _actors,
}
