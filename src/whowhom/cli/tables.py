"""A document's records as flat rows, for CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from whowhom.records import MAGNITUDES, Document, Spans

Kind = Literal["events", "statements", "pledges", "relations", "roles", "actors"]

_ABOUT = ("source_id", "document", "published", "url")
COLUMNS: dict[str, tuple[str, ...]] = {
    "events": (
        *_ABOUT, "type", "mode", "status", "start", "end", "actors", "actor_countries", "actor_sectors", "recipients",
        "recipient_countries", "recipient_sectors", "reported_by", "contexts", "place", "place_country", "geonames_id",
        "lat", "lon", *(f"{name}_{bound}" for name in MAGNITUDES for bound in ("low", "high")), "currency", "cameo",
        "quad", "goldstein", "confidence", "evidence_start", "evidence_end", "evidence",
    ),
    "statements": (*_ABOUT, "speaker", "addressee", "kind", "cue", "content", "date", "evidence_start", "evidence_end"),
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


def rows(document: Document, kind: Kind) -> Iterator[dict[str, object]]:
    """One dict a record, its keys those of `COLUMNS[kind]`; lists joined by `; `, what is unknown left out."""
    about = {
        "source_id": document.source_id,
        "document": document.id,
        "published": document.published,
        "url": document.url,
    }
    for row in {"events": _events, "statements": _statements, "roles": _roles, "actors": _actors}.get(kind, _others)(
        document, kind
    ):
        yield {**about, **row}


def _words(document: Document, spans: Spans) -> str:
    return " … ".join(" ".join(document.text[start:end].split()) for start, end in spans)


def _evidence(document: Document, spans: Spans) -> dict[str, object]:
    if not spans:
        return {}
    return {"evidence_start": spans[0][0], "evidence_end": spans[0][1], "evidence": _words(document, spans[:1])}


def _names(document: Document, ids: tuple[str, ...]) -> str:
    return "; ".join(document.actor(one).name for one in ids)


def _events(document: Document, kind: Kind) -> Iterator[dict[str, object]]:
    for event in document.events:
        row: dict[str, object] = {
            "type": event.type,
            "mode": event.mode,
            "status": event.status,
            "start": event.start,
            "end": event.end,
            "reported_by": document.actor(event.reported_by).name if event.reported_by else None,
            "contexts": "; ".join(event.contexts),
            "cameo": event.derived.cameo,
            "quad": event.derived.quad,
            "goldstein": event.derived.goldstein,
            "confidence": event.confidence,
            **_evidence(document, event.evidence),
        }
        for side, ids in (("actor", event.actors), ("recipient", event.recipients)):
            people = [document.actor(one) for one in ids]
            row[f"{side}s"] = "; ".join(a.name for a in people)
            row[f"{side}_countries"] = "; ".join(a.country or "" for a in people)
            row[f"{side}_sectors"] = "; ".join(a.sector or "" for a in people)
        if event.place is not None:
            row |= {
                "place": event.place.name,
                "place_country": event.place.country,
                "geonames_id": event.place.geonames_id,
                "lat": event.place.lat,
                "lon": event.place.lon,
            }
        for name, amount in event.magnitude.items():
            row |= {f"{name}_low": amount.low, f"{name}_high": amount.high}
            if amount.currency:
                row["currency"] = amount.currency
        yield row


def _statements(document: Document, kind: Kind) -> Iterator[dict[str, object]]:
    for one in document.statements:
        yield {
            "speaker": document.actor(one.speaker).name if one.speaker else None,
            "addressee": document.actor(one.addressee).name if one.addressee else None,
            "kind": one.kind,
            "cue": _words(document, one.cue),
            "content": _words(document, one.content),
            "date": one.date,
            "evidence_start": one.evidence[0][0] if one.evidence else None,
            "evidence_end": one.evidence[0][1] if one.evidence else None,
        }


def _roles(document: Document, kind: Kind) -> Iterator[dict[str, object]]:
    for role in document.roles:
        yield {
            "actor": document.actor(role.actor).name,
            **{
                name: getattr(role, name)
                for name in ("title", "organisation", "country", "start", "end", "asserted_on")
            },
            **_evidence(document, role.evidence),
        }


def _actors(document: Document, kind: Kind) -> Iterator[dict[str, object]]:
    for actor in document.actors:
        yield {
            "id": actor.id,
            "name": actor.name,
            "kind": actor.kind,
            "country": actor.country,
            "sector": actor.sector,
            "sectors": "; ".join(actor.sectors),
            "mentions": "; ".join(dict.fromkeys(document.text[start:end] for start, end in actor.mentions)),
        }


def _others(document: Document, kind: Kind) -> Iterator[dict[str, object]]:
    if kind == "pledges":
        for pledge in document.pledges:
            yield {
                "promiser": _names(document, pledge.promiser),
                "beneficiary": _names(document, pledge.beneficiary),
                **{name: getattr(pledge, name) for name in ("kind", "what", "amount", "currency", "due", "status")},
                **_evidence(document, pledge.evidence),
            }
        return
    for relation in document.relations:
        yield {
            "subject": document.actor(relation.subject).name,
            "object": document.actor(relation.object).name if relation.object else None,
            **{name: getattr(relation, name) for name in ("predicate", "value", "start", "end", "asserted_on")},
            **_evidence(document, relation.evidence),
        }
