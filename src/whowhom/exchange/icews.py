"""ICEWS (the Dataverse's events.*.tab): 20 columns, one row a source and target, tab-separated with a header.

Missing values are empty. Countries are names, sectors a comma list of English phrases, `Event Text` is the label of the
CAMEO code, `Intensity` the score of the code on ICEWS's scale.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from whowhom.exchange import codes
from whowhom.exchange.cells import degrees, iso_date, line, number
from whowhom.exchange.countries import country_name, country_of, foreign_country
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
from whowhom.exchange.sectors import icews_sectors, known_group, sectors_of_icews
from whowhom.exchange.telling import Telling, as_it_came, pairs, row_number, telling
from whowhom.records import Place
from whowhom.store.rows import Party, StoredEvent

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip

# What the R package writes for a missing value.
_NOT_AVAILABLE = "NA"
# Cells at the end that an editor may have cut off because they were empty: longitude and latitude.
_MAY_LACK = 2
_BEYOND_PHRASES = {
    "IGO": "International Government Organization", "UNO": "International Government Organization",
    "EUR": "International Government Organization", "NGO": "Nongovernmental Organization / Activists",
    "MNC": "Multinational Corporation",
}  # fmt: skip


def write_icews(events: Iterable[StoredEvent], stream: TextIO, options: ExportOptions = DEFAULT_OPTIONS) -> Written:
    """Write events as an ICEWS file, a row for each pair of a source and a target."""
    written = Written()
    stream.write(line(COLUMNS))
    for event in chosen(events, options.statuses, written):
        rows = _rows(event)
        if not rows:
            written.leave("nobody takes part" if codes.is_cameo(event.cameo) else "no CAMEO code")
        for row in rows:
            stream.write(line(row))
        written.rows += len(rows)
    return written


def read_icews(path: Path) -> Iterator[ImportedEvent | BadRow]:
    """The events of an ICEWS file, also of one without header, or with further columns that its header names."""
    header: list[str] = []
    file = ""
    for one in read_lines(path):
        if isinstance(one, BadRow):
            yield one
            continue
        if one.file != file:
            file, header = one.file, []
        if "Event ID" in one.cells:
            names = [name.strip() for name in one.cells]
            header = [name for name in names if name]
            continue
        row = _columns(one.cells, header)
        yield (
            BadRow(one.file, one.number, f"{len(one.cells)} columns where ICEWS has {len(COLUMNS)}")
            if row is None
            else _event(one, row)
        )


# Writing


def _rows(event: StoredEvent) -> list[list[str]]:
    own = as_it_came(event, "icews", COLUMNS, "")
    if own is not None:
        return [[own[0], iso_date(own[1]) or own[1], *own[2:]]]
    if not codes.is_cameo(event.cameo):
        return []
    told = telling(event)
    return [_row(event, told, pair, source, target) for pair, (source, target) in enumerate(pairs(event))]


def _row(event: StoredEvent, told: Telling, pair: int, source: Party | None, target: Party | None) -> list[str]:
    code, place = codes.cameo(event.cameo), event.place
    return [
        str(row_number(event, pair)),
        event.date or "",
        *_party(source),
        code.label,
        code.code,
        number(code.icews),
        *_party(target),
        told.story,
        told.sentence,
        told.publisher,
        told.city,
        told.district,
        told.province,
        foreign_country(place.country, "icews") if place else "",
        number(place.lat) if place else "",
        number(place.lon) if place else "",
    ]


def _party(party: Party | None) -> list[str]:
    """Name, sectors, country."""
    if party is None:
        return ["", "", ""]
    phrases = icews_sectors([one for one in (party.sector, *party.sectors) if one])
    beyond = _BEYOND_PHRASES.get(party.country or "", "")
    return [
        party.name,
        ",".join(dict.fromkeys(one for one in (*beyond.split(","), *phrases.split(",")) if one)),
        foreign_country(party.country, "icews"),
    ]


# Reading


def _columns(cells: list[str], header: list[str]) -> dict[str, str] | None:
    while len(cells) > len(COLUMNS) and not cells[-1].strip() and len(cells) != len(header):
        cells = cells[:-1]
    if len(cells) == len(header) and set(COLUMNS) <= set(header):
        return dict(zip(header, cells, strict=True))
    if len(COLUMNS) - _MAY_LACK <= len(cells) < len(COLUMNS):
        cells = cells + [""] * (len(COLUMNS) - len(cells))
    return dict(zip(COLUMNS, cells, strict=True)) if len(cells) == len(COLUMNS) else None


def _event(one: Line, row: dict[str, str]) -> ImportedEvent | BadRow:
    cell = {name: "" if (text := value.strip()) == _NOT_AVAILABLE else text for name, value in row.items()}
    date = iso_date(cell["Event Date"])
    code = codes.cameo_code(cell["CAMEO Code"])
    if not cell["Event ID"]:
        return BadRow(one.file, one.number, "no event id")
    if date is None:
        return BadRow(one.file, one.number, f"the event date {row['Event Date']!r} is none")
    if code is None:
        return BadRow(one.file, one.number, f"unknown CAMEO code {row['CAMEO Code']!r}")
    try:
        place = _place(cell)
    except ValueError as error:
        return BadRow(one.file, one.number, f"a cell that should be a number is none: {error}")
    kind, mode, contexts, quad, score = codes.plover_of(code)
    return ImportedEvent(
        data_set="icews", source_file=one.file, line=one.number, key=f"{cell['Event ID']} {date}", row=row, type=kind,
        mode=mode, contexts=contexts, actors=_parties(cell, "Source"), recipients=_parties(cell, "Target"), date=date,
        place=place, cameo=code, quad=quad, goldstein=score,
    )  # fmt: skip


def _place(cell: dict[str, str]) -> Place | None:
    lat, lon = degrees(cell["Latitude"], 90), degrees(cell["Longitude"], 180)
    name = next((cell[n] for n in ("City", "District", "Province") if cell[n]), "")
    country = country_of(cell["Country"]) if cell["Country"] else None
    if not name:
        name = country_name(country) or cell["Country"]
    return Place(name, country, None, lat, lon) if name or lat is not None else None


def _parties(cell: dict[str, str], side: str) -> tuple[ImportedParty, ...]:
    name, phrases = cell[f"{side} Name"], cell[f"{side} Sectors"]
    if not name:
        return ()
    country = country_of(cell[f"{side} Country"]) if cell[f"{side} Country"] else _beyond(name, phrases)
    sectors = sectors_of_icews(phrases)
    return (ImportedParty(name, kind_of(name, country), country, sectors[0] if sectors else None, sectors[1:]),)


def _beyond(name: str, phrases: str) -> str | None:
    """What stands for the country of an actor of no one country."""
    if "International Government Organization" in phrases:
        return {"UNO": "UNO", "EEC": "EUR"}.get(known_group(name), "IGO")
    if "Nongovernmental Organization" in phrases:
        return "NGO"
    return "MNC" if "Multinational" in phrases else None
