"""PLOVER sectors in the phrases of ICEWS and the role codes of CAMEO, and CAMEO's codes of well-known groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, lru_cache

from whowhom.resources import read_table
from whowhom.resources.table import values

_UMBRELLAS = {"Government": "GOV", "Social": "CVL", "Dissident": "OPP"}


@dataclass(frozen=True, slots=True)
class _Sector:
    sector: str
    icews: tuple[str, ...]
    patterns: tuple[str, ...]
    cameo: str
    cameo_also: tuple[str, ...]


@cache
def _sectors() -> tuple[_Sector, ...]:
    return tuple(
        _Sector(row["sector"], values(row["icews"]), values(row["icews_also"]), row["cameo"], values(row["cameo_also"]))
        for row in read_table("codebook/sectors.tsv")
    )


@cache
def _sector_rows() -> Mapping[str, _Sector]:
    return {row.sector: row for row in _sectors()}


@cache
def _rank() -> Mapping[str, int]:
    return {row.sector: k for k, row in enumerate(_sectors())}


def icews_sectors(sectors: Sequence[str]) -> str:
    """The phrases of ICEWS for PLOVER sectors, the main one first.

    A government that is police or parliament as well has `Executive` too, as `Government` alone would say either.
    """
    rows = _sector_rows()
    found = [phrase for one in sectors if one in rows for phrase in rows[one].icews]
    if sectors and sectors[0] == "GOV" and found.count("Government") > 1:
        found.insert(0, "Executive")
    return ",".join(dict.fromkeys(found))


@cache
def _sector_of_phrase(phrase: str) -> str | None:
    for row in _sectors():
        if row.icews and phrase == row.icews[0]:
            return row.sector
    return next((row.sector for row in _sectors() if any(fnmatchcase(phrase, p) for p in row.patterns)), None)


@lru_cache(maxsize=65536)
def sectors_of_icews(cell: str) -> tuple[str, ...]:
    """The PLOVER sectors of a list of ICEWS phrases, the main one first; phrases that name no sector are passed over.

    `Government`, `Social` and `Dissident` count where no other phrase of the list is of what they cover.
    """
    rows = _sector_rows()
    phrases = [phrase.strip() for phrase in cell.strip().strip('"').split(",")]
    found = {sector for phrase in phrases if phrase not in _UMBRELLAS and (sector := _sector_of_phrase(phrase))}
    covered = {rows[one].icews[-1] for one in found if rows[one].icews}
    if any(phrase.startswith("Protestors") for phrase in phrases):
        covered.add("Dissident")
    found |= {sector for phrase, sector in _UMBRELLAS.items() if phrase in phrases and phrase not in covered}
    return tuple(sorted(found, key=_rank().__getitem__))


def cameo_role(sector: str) -> str:
    """CAMEO's role code for a PLOVER sector, "" where it has none."""
    row = _sector_rows().get(sector)
    return row.cameo if row else ""


@cache
def _sector_by_role() -> Mapping[str, str]:
    return {role: row.sector for row in _sectors() for role in (row.cameo, *row.cameo_also) if role}


def sector_of_cameo(role: str) -> str | None:
    """The PLOVER sector of a CAMEO role code."""
    return _sector_by_role().get(role)


@cache
def _groups() -> Mapping[str, str]:
    return {
        name.casefold(): row["code"]
        for row in read_table("knowledge/known_groups.tsv")
        for name in values(row["names"])
    }


def known_group(name: str) -> str:
    """CAMEO's code of a well-known group, "" for others."""
    return _groups().get(name.casefold(), "")
