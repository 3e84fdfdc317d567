"""Own actors as a table of comma-separated values: one row a role, several rows of one name one actor."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, TextIO, cast

from whowhom.own_actors.actor_codes import BEYOND_COUNTRIES, COUNTRIES, SECTORS
from whowhom.own_actors.entries import (
    KINDS,
    BadLine,
    OwnActor,
    OwnRole,
    clean_name,
    ends_before_it_starts,
    iso_or_none,
    make_actor,
)
from whowhom.records import ActorKind

COLUMNS = ("name", "kind", "country", "sector", "sectors", "title", "start", "end", "aliases")
_SEPARATORS = ",;\t"


def write_own(actors: Iterable[OwnActor], stream: TextIO) -> None:
    """Write actors as the table that `read_own` reads; further names stand in the first row of each."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for actor in actors:
        aliases = ";".join(actor.aliases)
        for role in actor.roles or (OwnRole(),):
            row = (
                actor.name, actor.kind, role.country, role.sector, ";".join(role.sectors), role.title, role.start,
                role.end, aliases,
            )  # fmt: skip
            writer.writerow(["" if cell is None else cell for cell in row])
            aliases = ""


def separator_of(line: str) -> str | None:
    """What separates the columns of a table whose header is `line`; None where that is no header of ours."""
    for separator in _SEPARATORS:
        cells = _header(next(csv.reader([line], delimiter=separator), []))
        if "name" in cells and (len(cells) == 1 or len(set(cells) & set(COLUMNS)) > 1):
            return separator
    return None


def read_table(text: str, file: str) -> tuple[list[OwnActor], list[BadLine]]:
    """The actors of a table whose first line that is not blank is its header, and the rows that were not read."""
    bad: list[BadLine] = []
    lines = text.splitlines(keepends=True)
    skipped = next(k for k, line in enumerate(lines) if line.strip())
    separator = separator_of(lines[skipped]) or ","
    found: dict[str, _Gathered] = {}
    header: list[str] | None = None
    for number, cells in _rows("".join(lines[skipped:]), separator, skipped, file, bad):
        if header is None:
            header = _header(cells)
            unknown = [cell for cell in header if cell not in COLUMNS]
            if unknown:
                bad.append(BadLine(file, number, f"no column is called {unknown[0]!r}; known are {', '.join(COLUMNS)}"))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            bad.append(BadLine(file, number, f"{len(cells)} cells where the header has {len(header)} columns"))
            continue
        row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        try:
            _enter(row, found)
        except ValueError as error:
            bad.append(BadLine(file, number, str(error)))
    actors = [make_actor(one.name, one.kind, one.aliases, one.roles, file) for one in found.values()]
    return actors, bad


@dataclass(slots=True)
class _Gathered:
    """What the rows of one name say together."""

    name: str
    kind: ActorKind
    aliases: list[str] = field(default_factory=list)
    roles: list[OwnRole] = field(default_factory=list)


def _rows(text: str, separator: str, skipped: int, file: str, bad: list[BadLine]) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of its first line."""
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=separator)
    while True:
        number = skipped + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            bad.append(BadLine(file, number, f"no row of a table: {error}"))
            continue
        yield number, cells


def _header(cells: list[str]) -> list[str]:
    return [cell.strip().strip("\ufeff").lower() for cell in cells]


def _enter(row: dict[str, str], found: dict[str, _Gathered]) -> None:
    """Add what a row says. Raises `ValueError` with the reason where it says nothing sound."""
    name = clean_name(row.get("name", ""))
    if not any(char.isalnum() for char in name):
        raise ValueError(f"the name {row.get('name', '')!r} has no letter" if name else "the row has no name")
    role = _role(row)
    kind = row.get("kind", "").lower()
    if kind and kind not in KINDS:
        raise ValueError(f"kind {kind!r} is none of {', '.join(KINDS)}")
    known = found.get(name)
    if known is None:
        guess: Literal["person", "organisation"] = "person" if role.title else "organisation"
        known = found[name] = _Gathered(name, cast(ActorKind, kind) if kind else guess)
    elif kind and kind != known.kind:
        raise ValueError(f"{name!r} is of kind {known.kind!r} in an earlier row, and of {kind!r} here")
    known.aliases += re.split(r"[;|]", row.get("aliases", ""))
    known.roles.append(role)


def _role(row: dict[str, str]) -> OwnRole:
    country = row.get("country", "").upper() or None
    if country is not None and country not in COUNTRIES | BEYOND_COUNTRIES:
        raise ValueError(
            f"country {row['country']!r} is neither ISO 3166-1 alpha-3 (such as FRA) nor one of"
            f" {', '.join(sorted(BEYOND_COUNTRIES))}"
        )
    sectors = [_sector(part) for part in re.split(r"[;|,\s]+", row.get("sectors", "")) if part]
    sector = _sector(row["sector"]) if row.get("sector") else None
    start, end = _date(row, "start"), _date(row, "end")
    if ends_before_it_starts(start, end):
        raise ValueError(f"the end {end} is before the start {start}")
    return OwnRole(country, sector, tuple(dict.fromkeys(sectors)), clean_title(row.get("title", "")), start, end)


def _sector(code: str) -> str:
    if code.upper() not in SECTORS:
        raise ValueError(f"{code!r} is no sector of PLOVER; known are {', '.join(sorted(SECTORS))}")
    return code.upper()


def _date(row: dict[str, str], column: str) -> str | None:
    value = row.get(column, "")
    if value and iso_or_none(value) is None:
        raise ValueError(f"{column} {value!r} is no date; write 2020-09-14, 2020-09 or 2020")
    return value or None


def clean_title(title: str) -> str | None:
    """A title on one line, None where there is none."""
    return " ".join(title.split()) or None
