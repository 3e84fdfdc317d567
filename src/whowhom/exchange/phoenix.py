"""Phoenix (the Open Event Data Alliance's pipeline): 26 columns, a row for each pair, tab-separated without a header.

Actor codes are an ISO 3166-1 alpha-3 country or IGO, NGO, IMG, MNC, then CAMEO roles of three letters each. Phoenix
itself keeps one row a day of each source, target and code; here every happening has its row, as it is one already.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from whowhom.exchange import codes
from whowhom.exchange.cells import line
from whowhom.exchange.events import DEFAULT_OPTIONS, ExportOptions, Written, chosen
from whowhom.exchange.sectors import cameo_role
from whowhom.exchange.telling import Telling, pairs, row_number, telling
from whowhom.resources.knowledge import BEYOND_COUNTRIES
from whowhom.store.rows import Party, StoredEvent

COLUMNS = (
    "EventID", "Date", "Year", "Month", "Day", "SourceActorFull", "SourceActorEntity", "SourceActorRole",
    "SourceActorAttribute", "TargetActorFull", "TargetActorEntity", "TargetActorRole", "TargetActorAttribute",
    "EventCode", "EventRootCode", "PentaClass", "GoldsteinScore", "Issues", "Lat", "Lon", "LocationName", "StateName",
    "CountryCode", "SentenceID", "URLs", "NewsSources",
)  # fmt: skip

# Roles that have the column of that name; others are attributes.
_ROLES = frozenset("GOV MIL REB OPP PTY COP JUD SPY MED EDU BUS CRM CVL".split())
_ENTITIES = frozenset({"IGO", "NGO", "IMG", "MNC"})
_BEYOND = {"UNO": ("IGO", "UNO"), "EUR": ("IGO", "EUR", "EEC"), "ISM": ("NGM",)}


def write_phoenix(events: Iterable[StoredEvent], stream: TextIO, options: ExportOptions = DEFAULT_OPTIONS) -> Written:
    """Write events as a Phoenix file; CAMEO 16 is verbal conflict (penta 3) unless `options.sanction` is material."""
    written = Written()
    for event in chosen(events, options.statuses, written):
        if not codes.is_cameo(event.cameo):
            written.leave("no CAMEO code")
            continue
        found = pairs(event)
        if not found:
            written.leave("nobody takes part")
        told = telling(event)
        for pair, (source, target) in enumerate(found):
            stream.write(line(_row(event, told, pair, source, target, options)))
        written.rows += len(found)
    return written


def _row(
    event: StoredEvent, told: Telling, pair: int, source: Party | None, target: Party | None, options: ExportOptions
) -> list[str]:
    code = codes.cameo(event.cameo)
    date = (event.date or "").split("-")
    return [
        f"{row_number(event, pair)}_{options.version}",
        "".join(date),
        *date,
        *_party(source),
        *_party(target),
        code.code,
        code.code[:2],
        str(codes.penta(code.code, options.sanction or "verbal")),
        str(code.goldstein),
        ";".join(f"{context},1" for context in event.contexts),
        *_place(event, told),
        *_reports(event, told),
    ]


def _party(party: Party | None) -> list[str]:
    """Full code, entity, role, attributes."""
    if party is None:
        return [""] * 4
    country = party.country or ""
    start = _BEYOND.get(country, (country,) if country else ())
    roles = [role for one in (party.sector, *party.sectors) if one and (role := cameo_role(one))]
    parts = [*start, *dict.fromkeys(roles)]
    full = "".join(parts)
    known = country and (country not in BEYOND_COUNTRIES or start[0] in _ENTITIES)
    entity = parts.pop(0) if known else ""
    role = parts.pop(0) if parts and parts[0] in _ROLES else ""
    return [full, entity, role, ";".join(parts)]


def _place(event: StoredEvent, told: Telling) -> list[str]:
    """Latitude, longitude, name, state and country; nothing where one of the first three is not known."""
    place = event.place
    if place is None or place.lat is None or place.lon is None or not place.name:
        return [""] * 5
    return [str(place.lat), str(place.lon), place.name, told.province, place.country or ""]


def _reports(event: StoredEvent, told: Telling) -> list[str]:
    """Sentences, addresses and outlets of all reports, each joined by a semicolon."""
    if not event.told:
        sentence = f"{told.story}_{told.sentence}" if told.story else ""
        return [sentence, told.url.replace(";", "%3B"), told.publisher.replace(";", ",")]
    return [
        ";".join(f"{report.document}_{report.sentence_number}" for report in event.told),
        ";".join(report.url.replace(";", "%3B") for report in event.told if report.url),
        ";".join(dict.fromkeys(report.publisher.replace(";", ",") for report in event.told if report.publisher)),
    ]
