"""Who is meant by a name or code, and actors as they are shown."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from whowhom.errors import QueryError
from whowhom.resources.knowledge import countries, country_by_code
from whowhom.store.names import fold
from whowhom.store.questions.filters import COUNTED, Filter, Page, checked, offset_of, page
from whowhom.store.rows import Office, Party, StoredActor

_NUMBER = re.compile(r"a(\d{1,18})", re.I | re.A)
_COUNTRY = re.compile(r"[A-Z]{3}")
_COUNTRY_SECTOR = re.compile(r"([A-Z]{3}|\*)[\s/:]+([A-Z]{3})")
_NEAR = 6
_LOOKED_AT = 3_000
_MOST = 500
"""A name may mean at most so many actors; a first name alone means too many to be a question."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Who is meant: certain actors, or all of a country, of a sector, or both."""

    actors: tuple[int, ...] = ()
    country: str | None = None
    sector: str | None = None


def whose(db: sqlite3.Connection, wish: str) -> Whose:
    """Who is meant by a number (a12), a country (BLR), a country and sector (BLR/GOV, */REB), or a name.

    Raises:
        QueryError: nobody in the store is called so; the message has the nearest names.
    """
    wish = wish.strip()
    if match := _NUMBER.fullmatch(wish):
        if db.execute("SELECT 1 FROM actor WHERE id = ?", (int(match[1]),)).fetchone() is None:
            raise QueryError(f"the store has no actor {wish}")
        return Whose(actors=(int(match[1]),))
    if match := _COUNTRY_SECTOR.fullmatch(wish):
        return Whose(country=None if match[1] == "*" else match[1], sector=match[2])
    if _COUNTRY.fullmatch(wish) and _is_country(db, wish):
        return Whose(country=wish)
    found = named(db, wish)
    if not found and (country := absent_country(db, wish)):
        raise QueryError(f"no events of {country.name} in this store: nobody of that country is in its reports")
    if not found:
        near = ", ".join(_near_names(db, wish))
        hint = f"; near it are {near}" if near else "; a country is written as its three letters, such as BLR"
        raise QueryError(f"nobody in this store is called {wish!r}{hint}")
    return Whose(actors=tuple(found))


def _is_country(db: sqlite3.Connection, code: str) -> bool:
    """Whether three capitals are a country of this store rather than the name of somebody (such as the IRA)."""
    if db.execute("SELECT 1 FROM actor WHERE country = ? LIMIT 1", (code,)).fetchone():
        return True
    return db.execute("SELECT 1 FROM actor_name WHERE folded = ? LIMIT 1", (fold(code),)).fetchone() is None


def named(db: sqlite3.Connection, name: str) -> list[int]:
    """The actors of that name, else those whose name has all its words; most reported first."""
    folded = fold(name)
    if not folded:
        return []
    rows = db.execute(
        "SELECT DISTINCT a.id, a.reports FROM actor_name n JOIN actor a ON a.id = n.actor WHERE n.folded = ?"
        " ORDER BY a.reports DESC, a.id LIMIT ?",
        (folded, _MOST),
    ).fetchall()
    if not rows:
        rows = db.execute(
            "SELECT DISTINCT a.id, a.reports FROM actor_search s JOIN actor_name n ON n.id = s.rowid"
            " JOIN actor a ON a.id = n.actor WHERE actor_search MATCH ? ORDER BY a.reports DESC, a.id LIMIT ?",
            (_words(folded), _MOST),
        ).fetchall()
    return [int(row[0]) for row in rows]


def _words(folded: str, end: str = "") -> str:
    """A search for names that have all words, or with "*" words that begin so."""
    return " ".join(f'"{word}"{end}' for word in folded.replace('"', " ").split())


def _near_names(db: sqlite3.Connection, name: str) -> list[str]:
    first = fold(name)[:3]
    rows = db.execute(
        "SELECT a.name FROM actor_name n JOIN actor a ON a.id = n.actor WHERE n.folded >= ? AND n.folded < ?"
        " AND a.named GROUP BY a.id ORDER BY a.reports DESC LIMIT ?",
        (first, first + "\U0010ffff", _NEAR),
    )
    return [str(row[0]) for row in rows]


def parties(db: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Party]:
    """Actors by number, with the title that the latest report gives them."""
    wanted = sorted(set(numbers))
    out: dict[int, Party] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ",".join("?" * len(part))
        titles = {
            int(row[0]): str(row[1])
            for row in db.execute(
                # A bare column beside max() is that of the row with the maximum (documented behaviour of SQLite).
                "SELECT a.id, r.title, max(coalesce(r.asserted_on, '') || printf('%012d', r.id)) FROM role r"
                " JOIN report_actor ra ON ra.id = r.actor JOIN actor a ON a.id = ra.actor"
                # Of a state there are too many roles to look through, and none is a title of its.
                f" WHERE a.id IN ({marks}) AND a.kind = 'person' GROUP BY a.id",
                part,
            )
        }
        for row in db.execute(f"SELECT * FROM actor WHERE id IN ({marks})", part):
            out[row["id"]] = Party(
                row["id"], row["name"], row["kind"], row["country"], row["sector"], tuple(json.loads(row["sectors"])),
                titles.get(row["id"]),
            )  # fmt: skip
    return out


def report_parties(db: sqlite3.Connection, numbers: Iterable[int | None]) -> dict[int, Party]:
    """The actors behind the numbers of `report_actor` rows."""
    wanted = sorted({one for one in numbers if one is not None})
    joined: dict[int, int] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ",".join("?" * len(part))
        joined.update(db.execute(f"SELECT id, actor FROM report_actor WHERE id IN ({marks})", part).fetchall())
    known = parties(db, joined.values())
    return {local: known[actor] for local, actor in joined.items()}


def actors(db: sqlite3.Connection, wish: Filter, *, limit: int = 50, cursor: str | None = None) -> Page[StoredActor]:
    """Named actors, most reported first; with a text those whose name has its words. Descriptions have no name."""
    wish, offset = checked(wish), offset_of(cursor, limit)
    tests, values = ["a.named"], []
    for column in ("country", "sector", "kind"):
        wanted = getattr(wish, column)
        if wanted:
            tests.append(f"a.{column} IN ({','.join('?' * len(wanted))})")
            values += wanted
    if wish.data_set:
        tests.append(f"coalesce(a.data_set, 'own') IN ({','.join('?' * len(wish.data_set))})")
        values += wish.data_set
    if wish.text and (folded := fold(wish.text)):
        tests.append(
            "a.id IN (SELECT n.actor FROM actor_search s JOIN actor_name n ON n.id = s.rowid"
            " WHERE actor_search MATCH ?)"
        )
        values.append(_words(folded, "*"))
    for one in wish.actor:
        meant = whose(db, one)
        part, more = among("a.id", "a.country", "a.sector", meant)
        tests.append(part)
        values += more
    where = " AND ".join(tests)
    counted = db.execute(f"SELECT count(*) FROM (SELECT 1 FROM actor a WHERE {where} LIMIT {COUNTED + 1})", values)
    number = int(counted.fetchone()[0])
    total = (min(number, COUNTED), number > COUNTED)
    rows = db.execute(
        f"SELECT a.id FROM actor a WHERE {where} ORDER BY a.reports DESC, a.id LIMIT ? OFFSET ?",
        (*values, limit, offset),
    ).fetchall()
    found = tuple(actor(db, int(row[0]), offices=False) for row in rows)
    return page(found, total, offset, limit)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody who may be meant by what was typed: `value` is what a filter takes."""

    value: str
    name: str
    country: str | None
    sector: str | None
    kind: str  # country, or the kind of actor
    reports: int


def suggest(db: sqlite3.Connection, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
    """Countries and named actors whose names have words that begin as typed: countries first, then most reported."""
    folded = fold(text)
    if not folded.strip():
        return ()
    out = _countries(db, folded, limit)
    # The first names that fit are enough where very many do: who is reported much is met early.
    rows = db.execute(
        "SELECT DISTINCT a.id, a.name, a.country, a.sector, a.kind, a.reports FROM"
        f" (SELECT rowid FROM actor_search WHERE actor_search MATCH ? LIMIT {_LOOKED_AT}) s"
        " CROSS JOIN actor_name n ON n.id = s.rowid CROSS JOIN actor a ON a.id = n.actor WHERE a.named"
        " ORDER BY n.folded = ? DESC, a.reports DESC, a.id LIMIT ?",
        (_words(folded, "*"), folded, 2 * limit),
    )
    seen: set[int] = set()
    for row in rows:
        if row["id"] not in seen:
            seen.add(row["id"])
            out.append(
                Suggestion(f"a{row['id']}", row["name"], row["country"], row["sector"], row["kind"], row["reports"])
            )
    return tuple(out[:limit])


def _countries(db: sqlite3.Connection, folded: str, limit: int) -> list[Suggestion]:
    """The countries of the store whose code, or a word of whose names, begins so; half of the places at most."""
    out = []
    for code, names in _country_names().items():
        if code.casefold() == folded or any(f" {name}".find(f" {folded}") >= 0 for name in names):
            row = db.execute(
                "SELECT max(reports) FROM (SELECT reports FROM actor WHERE country = ? LIMIT 1000)", (code,)
            ).fetchone()
            if row[0] is not None:
                name = country_by_code()[code].name
                out.append((code.casefold() != folded, not fold(name).startswith(folded), -int(row[0]), code, name))
    return [
        Suggestion(code, name, code, None, "country", -reports)
        for _, _, reports, code, name in sorted(out)[: -(-limit // 2)]
    ]


@dataclass(frozen=True, slots=True)
class Absent:
    """A country that was named in full and of which the store has nobody; `value` is its code."""

    value: str
    name: str


def absent_country(db: sqlite3.Connection, text: str) -> Absent | None:
    """The country that a text names in full, by name or code, where nobody in the store is of it; else None."""
    folded = fold(text).strip()
    for code, names in _country_names().items():
        if folded and (folded == code.casefold() or folded in names):
            there = db.execute("SELECT 1 FROM actor WHERE country = ? LIMIT 1", (code,)).fetchone()
            return None if there else Absent(code, country_by_code()[code].name)
    return None


@cache
def _country_names() -> dict[str, tuple[str, ...]]:
    return {one.iso3: tuple(fold(name) for name in (one.name, *one.aliases)) for one in countries()}


def among(number: str, country: str, sector: str, meant: Whose) -> tuple[str, list[str | int]]:
    """A condition in SQL over those columns that somebody is among those meant, and its values."""
    if meant.actors:
        return f"{number} IN ({','.join('?' * len(meant.actors))})", list(meant.actors)
    tests, values = [], list[str | int]()
    if meant.country:
        tests.append(f"{country} = ?")
        values.append(meant.country)
    if meant.sector:
        tests.append(f"{sector} = ?")
        values.append(meant.sector)
    return " AND ".join(tests), values


def actor(db: sqlite3.Connection, number: int, *, offices: bool = True) -> StoredActor:
    """One actor with every name met.

    Raises:
        QueryError: the store has no such actor.
    """
    row = db.execute("SELECT * FROM actor WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise QueryError(f"the store has no actor a{number}")
    names = db.execute(
        "SELECT name FROM actor_name WHERE actor = ? ORDER BY reports DESC, length(name) DESC, name", (number,)
    )
    return StoredActor(
        row["id"], row["name"], row["kind"], row["country"], row["sector"], tuple(json.loads(row["sectors"])),
        row["reports"], tuple(str(one[0]) for one in names), _offices(db, number) if offices else (), row["data_set"],
    )  # fmt: skip


def _offices(db: sqlite3.Connection, number: int) -> tuple[Office, ...]:
    rows = db.execute(
        'SELECT min(r.title), r.organisation, r.country, min(r.start), max(r."end"), min(r.asserted_on),'
        " max(r.asserted_on), count(DISTINCT r.document) FROM role r JOIN report_actor ra ON ra.id = r.actor"
        " WHERE ra.actor = ? GROUP BY lower(r.title), r.organisation, r.country"
        " ORDER BY max(r.asserted_on) DESC, count(*) DESC, 1",
        (number,),
    )
    return tuple(Office(*row) for row in rows)
