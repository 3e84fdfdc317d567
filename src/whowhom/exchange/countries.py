"""Countries in other projects' codes and names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from whowhom.resources import read_table
from whowhom.resources.knowledge import BEYOND_COUNTRIES, countries, country_by_code
from whowhom.resources.table import values

# Numbers of the Correlates of War and of Gleditsch and Ward under which some files have states of today.
_OTHER_COW = {"260": "DEU", "678": "YEM", "817": "VNM"}


@cache
def _country_cells() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    return {
        row["iso3"]: {name: values(row[name]) for name in ("cow", "cameo", "fips", "icews")}
        for row in read_table("knowledge/country_codes.tsv")
    }


@cache
def _country_by(column: str) -> Mapping[str, str]:
    index: dict[str, str] = {}
    for iso3, cells in _country_cells().items():
        for value in cells[column]:
            index.setdefault(value, iso3)
    return index


@cache
def _country_names() -> Mapping[str, str]:
    names = {name.casefold(): iso3 for name, iso3 in _country_by("icews").items()}
    for country in countries():
        for name in (country.name, *country.aliases):
            names.setdefault(name.casefold(), country.iso3)
    return names


def country_of(text: str) -> str | None:
    """Our country code for a code or name: ISO 3166-1 alpha-3, KOS, PLOVER's IGO and its like, a name in English."""
    text = text.strip()
    if text in _country_cells() or text in BEYOND_COUNTRIES:
        return text
    return "XKX" if text == "KOS" else _country_names().get(text.casefold())


def country_name(code: str | None) -> str:
    """The name of a country in English, "" for what is none."""
    country = country_by_code().get(code or "")
    return country.name if country else ""


def plover_country(code: str) -> str:
    """PLOVER's code for a country: ISO 3166-1 alpha-3, but KOS for Kosovo."""
    return "KOS" if code == "XKX" else code


def country_of_cow(cell: str) -> str | None:
    """Our code for a Correlates of War number."""
    cell = cell.strip().removesuffix(".0")
    return _country_by("cow").get(cell) or _OTHER_COW.get(cell)


def country_of_cameo(code: str) -> str | None:
    """Our code for a CAMEO country; None for a region such as AFR."""
    return _country_by("cameo").get(code)


def country_of_fips(code: str) -> str | None:
    """Our code for a FIPS 10-4 country."""
    return _country_by("fips").get(code)


def foreign_country(code: str | None, column: str) -> str:
    """Another project's code or name (column cow, cameo, fips or icews) for our country, "" where it has none."""
    cells = _country_cells().get(code or "")
    return cells[column][0] if cells and cells[column] else ""
