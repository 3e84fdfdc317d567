"""POLECAT (the Dataverse's ngecEvents files): 40 columns, one row an event, tab-separated with a header.

Missing values are `None`, several values in a cell are parted by `; `, those of names, countries and sectors in
parallel. Countries are alpha-3 codes (KOS for Kosovo, PLOVER's IGO and its like), which is what the public loaders take
them for; names are read as well. Where a side has several parties, the sectors of one are parted by `|`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from whowhom.exchange import codes
from whowhom.exchange.cells import degrees, iso_date, line, number
from whowhom.exchange.countries import country_name, country_of, country_of_cow, foreign_country, plover_country
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
from whowhom.exchange.telling import as_it_came, join, telling
from whowhom.records import Place
from whowhom.store.rows import QUADS, Party, StoredEvent

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
MISSING = "None"
_DATES = ("Event Date", "Publication Date")
_OTHER_NAMES = {"Event Intensity": "Intensity"}
_QUADS = {name.upper(): number for number, name in QUADS.items()}


def write_polecat(events: Iterable[StoredEvent], stream: TextIO, options: ExportOptions = DEFAULT_OPTIONS) -> Written:
    """Write events as a POLECAT file. An event without a PLOVER type cannot be said and stays out."""
    written = Written()
    stream.write(line(COLUMNS))
    for event in chosen(events, options.statuses, written):
        if event.type is None:
            written.leave("no PLOVER type")
            continue
        stream.write(line(_row(event, options)))
        written.rows += 1
    return written


def read_polecat(path: Path) -> Iterator[ImportedEvent | BadRow]:
    """The events of a POLECAT file, also of one whose header names too many columns, or that has none."""
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
            header = [_OTHER_NAMES.get(name, name) for name in names if name]
            continue
        row = _columns(one.cells, header)
        yield (
            BadRow(one.file, one.number, f"{len(one.cells)} columns where POLECAT has {len(COLUMNS)}")
            if row is None
            else _event(one, row)
        )


# Writing


def _row(event: StoredEvent, options: ExportOptions) -> list[str]:
    own = as_it_came(event, "polecat", COLUMNS, MISSING)
    if own is not None:
        return [iso_date(cell) or cell if name in _DATES else cell for name, cell in zip(COLUMNS, own, strict=True)]
    told, place = telling(event), event.place
    quad = 3 if event.type == "SANCTION" and options.sanction == "verbal" else event.quad
    people = (*event.actors, *event.recipients)
    cells = [
        _event_id(event, told.published, told.story),
        event.date or "",
        event.type or "",
        event.mode or "",
        number(event.goldstein),
        QUADS[quad].upper(),
        join(event.contexts),
        *_side(event.actors, told.actor_names),
        *_side(event.recipients, told.recipient_names),
        place.name if place else "",
        told.city,
        told.district,
        told.province,
        plover_country(place.country or "") if place else "",
        number(place.lat) if place else "",
        number(place.lon) if place else "",
        str(place.geonames_id or "") if place else "",
        told.raw_place,
        told.feature,
        told.publisher,
        told.published,
        join(one.name for one in people if one.kind == "person"),
        join(one.name for one in people if one.kind == "organisation"),
        place.name if place else "",
        told.language,
        options.version,
    ]
    return [cell or MISSING for cell in cells]


def _event_id(event: StoredEvent, published: str, story: str) -> str:
    """Date, feed and document as in POLECAT's ids, so that what comes before `_` is the story; then our number."""
    date = (iso_date(published) or event.date or "").replace("-", "")
    document = int(story) if story.isdecimal() else 0
    return f"{date}-0000-{document:012x}_{event.type}_{event.id}"


def _side(parties: Sequence[Party], raw: str) -> list[str]:
    """Name to Wikipedia id of one side."""
    sectors = [tuple(one for one in (party.sector, *party.sectors) if one) for party in parties]
    if len(parties) == 1:
        all_sectors = "; ".join(sectors[0])
    else:
        all_sectors = _parallel("|".join(of_one) for of_one in sectors)
    return [
        _parallel(party.name for party in parties),
        _parallel(plover_country(party.country or "") for party in parties),
        _parallel(foreign_country(party.country, "cow") for party in parties),
        _parallel(of_one[0] if of_one else "" for of_one in sectors),
        all_sectors,
        _parallel(party.title or "" for party in parties),
        (raw or _parallel(party.name for party in parties)) if parties else "",
        "",
    ]


def _parallel(cells: Iterable[str]) -> str:
    """Cells of several parties in one, `None` for one without; empty where no party has any."""
    found = list(cells)
    return join(cell or MISSING for cell in found) if any(found) else ""


# Reading


def _columns(cells: list[str], header: list[str]) -> dict[str, str] | None:
    """The cells by column, None where they do not fit.

    Known quirks: a header with `Headline`, `Event Text`, `Feed` and `Story ID` over rows that lack them; tabs too many,
    at the end or within the row (a value that is missing is `None`, so that an empty cell is a tab too many).
    """
    while len(cells) > len(COLUMNS) and not cells[-1].strip() and len(cells) != len(header):
        cells = cells[:-1]
    if len(cells) == len(header) and set(COLUMNS) <= set(header):
        return dict(zip(header, cells, strict=True))
    if len(cells) > len(COLUMNS):
        cells = [cell for cell in cells if cell.strip()]
    return dict(zip(COLUMNS, cells, strict=True)) if len(cells) == len(COLUMNS) else None


def _event(one: Line, row: dict[str, str]) -> ImportedEvent | BadRow:
    cell = {name: "" if (text := value.strip()) == MISSING else text for name, value in row.items()}
    date = iso_date(cell["Event Date"])
    if date is None:
        return BadRow(one.file, one.number, f"the event date {row['Event Date']!r} is none")
    contexts = _split(cell["Contexts"])
    kind, mode, contexts = codes.of_today(cell["Event Type"], cell["Event Mode"] or None, contexts)
    if kind is None:
        return BadRow(one.file, one.number, f"unknown event type {cell['Event Type']!r}")
    cameo, quad, score = codes.derived(kind, mode, contexts)
    try:
        place = _place(cell)
        intensity = float(cell["Intensity"]) if cell["Intensity"] else score
    except ValueError as error:
        return BadRow(one.file, one.number, f"a cell that should be a number is none: {error}")
    return ImportedEvent(
        data_set="polecat", source_file=one.file, line=one.number, key=_key(row), row=row, type=kind, mode=mode,
        contexts=contexts, actors=_parties(cell, "Actor"), recipients=_parties(cell, "Recipient"), date=date,
        place=place, cameo=cameo, quad=_QUADS.get(cell["Quad Code"].upper(), quad), goldstein=intensity,
    )  # fmt: skip


def _key(row: dict[str, str]) -> str:
    """The event id and a digest of the rest: ids recur, and a release that repeats a row changes its version only."""
    rest = "\t".join(row[name] for name in COLUMNS[1:-1])
    return f"{row['Event ID'].strip()} {hashlib.blake2b(rest.encode(), digest_size=8).hexdigest()}"


def _place(cell: dict[str, str]) -> Place | None:
    lat, lon = degrees(cell["Latitude"], 90), degrees(cell["Longitude"], 180)
    country = country_of(cell["Country"]) if cell["Country"] else None
    name = next((cell[n] for n in ("Placename", "City", "District", "Province", "Country") if cell[n]), "")
    if not name and lat is None:
        return None
    geonames = cell["GeoNames ID"].removesuffix(".0")
    return Place(name, country, int(geonames) if geonames.isdecimal() else None, lat, lon)


def _parties(cell: dict[str, str], side: str) -> tuple[ImportedParty, ...]:
    """The parties of a side: by name, else by the raw name, else one that has a country or sector only."""
    names, raw = _split(cell[f"{side} Name"]), _split(cell[f"{side} Name Raw"])
    count = len(names) or len(raw) or int(bool(cell[f"{side} Country"] or cell[f"Primary {side} Sector"]))
    names, raw = _spread(names, count), _spread(raw, count)
    countries = [country_of(one) for one in _spread(_split(cell[f"{side} Country"]), count)]
    numbers = [country_of_cow(one) for one in _spread(_split(cell[f"{side} COW"]), count)]
    main = _spread(_split(cell[f"Primary {side} Sector"]), count)
    titles = _spread(_split(cell[f"{side} Title"]), count)
    every = _sector_lists(cell[f"{side} Sectors"], count)
    parties = []
    for k in range(count):
        country = countries[k] or numbers[k]
        sectors = [one for one in (main[k], *every[k]) if one]
        name = names[k] or raw[k] or country_name(country) or (sectors[0] if sectors else "")
        further = tuple(one for one in dict.fromkeys(sectors) if one != sectors[0])
        main_sector = sectors[0] if sectors else None
        parties.append(ImportedParty(name, kind_of(name, country), country, main_sector, further, titles[k] or None))
    return tuple(parties)


def _split(cell: str) -> tuple[str, ...]:
    return tuple("" if (text := part.strip()) == MISSING else text for part in cell.split(";")) if cell else ()


def _spread(found: Sequence[str], count: int) -> tuple[str, ...]:
    """One value a party: where they are not as many, one that holds for all is everybody's; else nobody's."""
    if len(found) == count:
        return tuple(found)
    return (found[0] if len(set(found)) == 1 else "",) * count


def _sector_lists(cell: str, count: int) -> list[tuple[str, ...]]:
    parts = _split(cell)
    if count == 1:
        return [tuple(one.strip() for part in parts for one in part.split("|"))]
    return [tuple(one.strip() for one in part.split("|")) for part in _spread(parts, count)]
