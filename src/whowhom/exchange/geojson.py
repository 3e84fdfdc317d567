"""Events with coordinates as a GeoJSON FeatureCollection (RFC 7946), one feature a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from whowhom.exchange.events import ExportOptions, Written, chosen
from whowhom.exchange.telling import telling
from whowhom.store.rows import QUADS, Party, StoredEvent

_ALL = ExportOptions(statuses=None)


def write_geojson(events: Iterable[StoredEvent], stream: TextIO, options: ExportOptions = _ALL) -> Written:
    """Write events as points with their facts as properties, the status among them. Those without a point stay out."""
    written = Written()
    stream.write('{"type": "FeatureCollection", "features": [')
    for event in chosen(events, options.statuses, written, dated=False):
        if event.place is None or event.place.lat is None or event.place.lon is None:
            written.leave("no coordinates")
            continue
        point = {"type": "Point", "coordinates": [event.place.lon, event.place.lat]}
        feature = {"type": "Feature", "id": event.id, "geometry": point, "properties": _properties(event)}
        stream.write(",\n" if written.rows else "\n")
        stream.write(json.dumps(feature, ensure_ascii=False))
        written.rows += 1
    stream.write("\n]}\n")
    return written


def _properties(event: StoredEvent) -> dict[str, object]:
    told, place = telling(event), event.place
    return {
        "date": event.date,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "status": event.status,
        "actors": [_party(party) for party in event.actors],
        "recipients": [_party(party) for party in event.recipients],
        "place": place.name if place else None,
        "country": place.country if place else None,
        "geonames_id": place.geonames_id if place else None,
        "magnitude": {
            name: {"low": one.low, "high": one.high, "text": one.text, "currency": one.currency}
            for name, one in event.magnitude.items()
        },
        "cameo": event.cameo,
        "quad": QUADS[event.quad],
        "goldstein": event.goldstein,
        "confidence": event.confidence,
        "reports": event.reports,
        "sources": event.sources,
        "publisher": told.publisher or None,
        "url": told.url or None,
    }


def _party(party: Party) -> dict[str, object]:
    return {"id": party.actor, "name": party.name, "country": party.country, "sector": party.sector}
