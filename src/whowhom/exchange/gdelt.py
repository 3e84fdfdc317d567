"""GDELT 2.0: events in 61 columns and mentions in 16, tab-separated without a header, empty where a value is missing.

Actors have CAMEO codes, places FIPS 10-4 countries. Events have a row for each pair of actors, mentions a row for each
report of each pair. Old files of 57 or 58 columns are read as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

from whowhom.exchange import codes
from whowhom.exchange.cells import degrees, iso_date, line, number
from whowhom.exchange.countries import country_name, country_of_cameo, country_of_fips, foreign_country
from whowhom.exchange.events import (
    DEFAULT_OPTIONS,
    BadRow,
    ExportOptions,
    ImportedEvent,
    ImportedParty,
    Written,
    chosen,
)
from whowhom.exchange.files import Line, read_lines
from whowhom.exchange.parties import kind_of
from whowhom.exchange.sectors import cameo_role, known_group, sector_of_cameo
from whowhom.exchange.telling import as_it_came, is_country, is_region, pairs, row_number, telling
from whowhom.records import Place
from whowhom.store.rows import Party, ReportedEvent, StoredEvent

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", *(f"Actor1{name}" for name in _ACTOR),
    *(f"Actor2{name}" for name in _ACTOR), "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass",
    "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{what}Geo_{name}" for what in ("Actor1", "Actor2", "Action") for name in _GEO), "DATEADDED", "SOURCEURL",
)  # fmt: skip
MENTION_COLUMNS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip

_BEFORE_2015 = tuple(name for name in COLUMNS if not name.endswith("ADM2Code"))
LAYOUTS = {len(names): names for names in (COLUMNS, _BEFORE_2015, _BEFORE_2015[:-1])}
_ROOT_SENTENCES = 3  # a headline and the first paragraphs
_NO_PLACE = ["0", *[""] * (len(_GEO) - 1)]
# Actors of no one country: the beginning of the actor code, GDELT's country, group and first type.
_BEYOND = {
    "IGO": ("IGO", "", "", "IGO"), "UNO": ("IGOUNO", "", "UNO", "IGO"), "EUR": ("IGOEUREEC", "EUR", "EEC", "IGO"),
    "NGO": ("NGO", "", "", "NGO"), "ISM": ("NGM", "", "", "NGM"), "IMG": ("IMG", "", "", "IMG"),
    "MNC": ("MNC", "", "", "MNC"),
}  # fmt: skip
_BEYOND_TYPES = {"IGO": "IGO", "UNO": "UNO", "NGO": "NGO", "NGM": "ISM", "IMG": "IMG", "MNC": "MNC"}


def write_gdelt(events: Iterable[StoredEvent], stream: TextIO, options: ExportOptions = DEFAULT_OPTIONS) -> Written:
    """Write events as a GDELT 2.0 export file, a row for each pair. `AvgTone` is 0: we measure no tone."""
    written = Written()
    for event in chosen(events, options.statuses, written):
        rows = _rows(event, options)
        if not rows:
            written.leave("nobody takes part" if codes.is_cameo(event.cameo) else "no CAMEO code")
        for row in rows:
            stream.write(line(row))
        written.rows += len(rows)
    return written


def write_mentions(events: Iterable[StoredEvent], stream: TextIO, options: ExportOptions = DEFAULT_OPTIONS) -> Written:
    """Write the reports of events as a GDELT 2.0 mentions file, for the rows that `write_gdelt` writes.

    An imported event has no reports of ours and no mentions. Offsets of the actors are -1: a report's record has the
    place of the action's words only.
    """
    written = Written()
    for event in chosen(events, options.statuses, written):
        if not event.told:
            written.leave("no report")
            continue
        for pair in range(len(pairs(event))):
            for report in event.told:
                stream.write(line(_mention(event, pair, report)))
                written.rows += 1
    return written


def read_gdelt(path: Path) -> Iterator[ImportedEvent | BadRow]:
    """The events of a GDELT export file of 61 columns, or of 57 or 58 as before 2015."""
    for one in read_lines(path):
        if isinstance(one, BadRow):
            yield one
        elif one.cells[0].strip().upper() != "GLOBALEVENTID":
            names = LAYOUTS.get(len(one.cells))
            yield (
                BadRow(one.file, one.number, f"{len(one.cells)} columns where GDELT has {len(COLUMNS)}")
                if names is None
                else _event(one, dict(zip(names, one.cells, strict=True)))
            )


# Writing


def _rows(event: StoredEvent, options: ExportOptions) -> list[list[str]]:
    own = as_it_came(event, "gdelt", COLUMNS, "")
    if own is not None:
        return [own]
    if not codes.is_cameo(event.cameo):
        return []
    return [_row(event, pair, one, other, options) for pair, (one, other) in enumerate(pairs(event))]


def _row(
    event: StoredEvent, pair: int, actor: Party | None, recipient: Party | None, options: ExportOptions
) -> list[str]:
    told, code = telling(event), codes.cameo(event.cameo)
    year, month, day = (int(part) for part in (event.date or "").split("-"))
    first = told.sentence.isdecimal() and int(told.sentence) <= _ROOT_SENTENCES
    root = first or any(report.sentence_number <= _ROOT_SENTENCES for report in event.told)
    return [
        str(row_number(event, pair)),
        f"{year:04}{month:02}{day:02}",
        f"{year:04}{month:02}",
        f"{year:04}",
        f"{year + (month * 30 + day) / 365:.4f}",
        *_party(actor),
        *_party(recipient),
        str(int(root)),
        code.code,
        codes.base_code(code.code),
        code.code[:2],
        str(codes.cameo_quad(code.code, options.sanction or "material")),
        number(code.goldstein),
        str(event.reports),
        str(event.sources),
        str(event.reports),
        "0",
        *_NO_PLACE,
        *_NO_PLACE,
        *_place_cells(event.place),
        _time(told.published or event.date),
        told.url,
    ]


def _party(party: Party | None) -> list[str]:
    """The ten columns of an actor."""
    if party is None:
        return [""] * len(_ACTOR)
    country = foreign_country(party.country, "cameo")
    start, country, group, beyond = _BEYOND.get(party.country or "", (country, country, "", ""))
    roles = [role for one in (party.sector, *party.sectors) if one and (role := cameo_role(one))]
    known = group or known_group(party.name)
    types = [one for one in (beyond, *dict.fromkeys(roles)) if one][:3]
    code = start + "".join(role for role in types if role != beyond)
    return [code, party.name.upper(), country, known, "", "", "", *types, *[""] * (3 - len(types))]


def _place_cells(place: Place | None) -> list[str]:
    """The eight columns of the action's place: 1 country, 2 US state, 3 US city, 4 city, 5 state elsewhere."""
    if place is None:
        return _NO_PLACE
    fips, home = foreign_country(place.country, "fips"), place.country == "USA"
    coordinates = [number(place.lat), number(place.lon)]
    country = country_name(place.country)
    if is_country(place):
        return ["1", country, fips, fips, "", *coordinates, fips]
    kind = ("2" if home else "5") if is_region(place) else ("3" if home else "4")
    full = f"{place.name}, {country}" if country else place.name
    return [kind, full, fips, fips, "", *coordinates, ""]


def _mention(event: StoredEvent, pair: int, report: ReportedEvent) -> list[str]:
    # GDELT gives confidence in steps of ten percent.
    confidence = max(10, min(100, round(report.confidence * 10) * 10))
    host = (urlsplit(report.url).hostname or "") if report.url else ""
    return [
        str(row_number(event, pair)),
        _time(event.date),
        _time(report.published or event.date),
        "1" if report.url else "2",
        host.removeprefix("www.") or report.publisher or "",
        report.url or report.source_id,
        str(report.sentence_number),
        "-1",
        "-1",
        str(report.trigger[0][0]) if report.trigger else "-1",
        "1",
        str(confidence),
        str(report.document_length),
        "0",
        "",
        "",
    ]


def _time(date: str | None) -> str:
    """A date as YYYYMMDDHHMMSS at midnight, of its first day where it is a month or a year."""
    return "".join([*(date or "").split("-"), "01", "01"][:3]) + "000000" if date else ""


# Reading


def _event(one: Line, row: dict[str, str]) -> ImportedEvent | BadRow:
    cell = {name: value.strip() for name, value in row.items()}
    date = iso_date(cell["SQLDATE"])
    code = codes.cameo_code(cell["EventCode"])
    if not cell["GLOBALEVENTID"].isdecimal():
        return BadRow(one.file, one.number, f"the event id {row['GLOBALEVENTID']!r} is no number")
    if date is None:
        return BadRow(one.file, one.number, f"the event date {row['SQLDATE']!r} is none")
    if code is None:
        return BadRow(one.file, one.number, f"unknown CAMEO code {row['EventCode']!r}")
    try:
        place = _place(cell)
        reports, sources = (int(cell[name] or 1) for name in ("NumArticles", "NumSources"))
    except ValueError as error:
        return BadRow(one.file, one.number, f"a cell that should be a number is none: {error}")
    kind, mode, contexts, quad, score = codes.plover_of(code)
    return ImportedEvent(
        data_set="gdelt", source_file=one.file, line=one.number, key=cell["GLOBALEVENTID"], row=row, type=kind,
        mode=mode, contexts=contexts, actors=_parties(cell, "Actor1"), recipients=_parties(cell, "Actor2"), date=date,
        place=place, cameo=code, quad=quad, goldstein=score, reports=reports, sources=sources,
    )  # fmt: skip


def _place(cell: dict[str, str]) -> Place | None:
    lat, lon = degrees(cell["ActionGeo_Lat"], 90), degrees(cell["ActionGeo_Long"], 180)
    full = cell["ActionGeo_FullName"]
    if not full and lat is None:
        return None
    country = country_of_fips(cell["ActionGeo_CountryCode"])
    name = country_name(country) if cell["ActionGeo_Type"] == "1" else ""
    return Place(name or full.split(",")[0].strip(), country, None, lat, lon)


def _parties(cell: dict[str, str], side: str) -> tuple[ImportedParty, ...]:
    code, name, group = cell[f"{side}Code"], cell[f"{side}Name"], cell[f"{side}KnownGroupCode"]
    types = [cell[f"{side}Type{k}Code"] for k in (1, 2, 3)]
    if not code and not name:
        return ()
    beyond = next((_BEYOND_TYPES[one] for one in types if one in _BEYOND_TYPES), None)
    country = {"UNO": "UNO", "EEC": "EUR"}.get(group) or country_of_cameo(cell[f"{side}CountryCode"]) or beyond
    sectors = tuple(dict.fromkeys(found for one in types if (found := sector_of_cameo(one))))
    name = name or country_name(country) or code
    return (ImportedParty(name, kind_of(name, country), country, sectors[0] if sectors else None, sectors[1:]),)
