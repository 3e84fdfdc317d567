"""The joined row of an actor and its names, kept true to the reports that have it."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable

from whowhom.records import Actor
from whowhom.store import joined
from whowhom.store.database import free
from whowhom.store.identity import Identity, further_names, identity
from whowhom.store.names import fold, key

_LATEST = 50
"""Country and sector are those of most of the latest reports: offices change, and all reports would be too many."""
_SETTLED = 1000
"""An actor of more reports than these keeps its country and sector: its events would be too many to be written anew."""
_NAMES = 40  # spellings that are looked at for the fullest


def begin(db: sqlite3.Connection, actor: Actor, who: Identity, kept: int | None = None) -> int:
    """A new actor row, of the number `kept` where nobody has it, without names and reports as yet."""
    cursor = db.execute(
        "INSERT INTO actor (id, name, kind, country, sector, sectors, named) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            free(db, "actor", kept),
            who.name,
            actor.kind,
            actor.country,
            actor.sector,
            json.dumps(actor.sectors),
            int(who.named),
        ),
    )
    return int(cursor.lastrowid or 0)


def names_of(actor: Actor, text: str) -> dict[str, str]:
    """Every name that a report has for an actor, with its key."""
    who = identity(actor)
    names = {who.name: who.key}
    if actor.kind == "state" and actor.name != who.name:
        names[actor.name] = who.key
    for name in further_names(actor, text):
        names[name] = who.key if who.sort == "kind" else key(name)
    return names


def add_names(db: sqlite3.Connection, actor: int, names: Iterable[tuple[str, str]]) -> None:
    """Count one more report for each name."""
    db.executemany(
        "INSERT INTO actor_name (actor, name, folded, key, reports) VALUES (?, ?, ?, ?, 1)"
        " ON CONFLICT (actor, name) DO UPDATE SET reports = reports + 1",
        [(actor, name, fold(name) or name.casefold(), key_) for name, key_ in names],
    )


def drop_names(db: sqlite3.Connection, actor: int, names: Iterable[str]) -> None:
    """Count one report less for each name; a name that no report has goes."""
    for name in names:
        db.execute("UPDATE actor_name SET reports = reports - 1 WHERE actor = ? AND name = ?", (actor, name))
    db.execute("DELETE FROM actor_name WHERE actor = ? AND reports < 1", (actor,))


def count(db: sqlite3.Connection, actor: int, more: int) -> None:
    """Note that so many documents more (or less) have an actor."""
    db.execute("UPDATE actor SET reports = reports + ? WHERE id = ?", (more, actor))


def refresh(db: sqlite3.Connection, actor: int) -> None:
    """Make the row say what its names and reports say; without any report left it goes, where nothing else has it."""
    row = db.execute(
        "SELECT a.*, o.name AS own_name FROM actor a LEFT JOIN own_actor o ON o.id = a.own WHERE a.id = ?", (actor,)
    ).fetchone()
    if row is None:
        return
    latest = db.execute(
        "SELECT country, sector, sectors FROM report_actor WHERE actor = ? ORDER BY id DESC LIMIT ?", (actor, _LATEST)
    ).fetchall()
    if not latest:
        _remove(db, actor, imported=row["data_set"] is not None)
        return
    country, sector, sectors = row["country"], row["sector"], row["sectors"]
    if row["reports"] <= _SETTLED:
        country = _most(one["country"] for one in latest)
        sector = _most(one["sector"] for one in latest)
        all_ = dict.fromkeys(s for one in latest for s in (*json.loads(one["sectors"]), one["sector"]) if s)
        sectors = json.dumps([s for s in sorted(all_) if s != sector])
    name = row["own_name"] or _fullest(db, actor) or row["name"]
    if (name, country, sector, sectors) != (row["name"], row["country"], row["sector"], row["sectors"]):
        db.execute(
            "UPDATE actor SET name = ?, country = ?, sector = ?, sectors = ? WHERE id = ?",
            (name, country, sector, sectors, actor),
        )
    if (country, sector) != (row["country"], row["sector"]):
        _follow(db, actor, country, sector, moved=country != row["country"])


def events_of(db: sqlite3.Connection, actor: int) -> list[int]:
    """The events in which an actor takes part."""
    return [int(r[0]) for r in db.execute("SELECT DISTINCT event FROM party WHERE actor = ? ORDER BY event", (actor,))]


def pledges_of(db: sqlite3.Connection, actor: int) -> list[int]:
    """The pledges in which an actor takes part."""
    rows = db.execute("SELECT DISTINCT pledge FROM pledge_party WHERE actor = ? ORDER BY pledge", (actor,))
    return [int(row[0]) for row in rows]


def _follow(db: sqlite3.Connection, actor: int, country: str | None, sector: str | None, *, moved: bool) -> None:
    """Write the country and sector of an actor where it takes part."""
    for table in ("party", "pledge_party"):
        db.execute(f"UPDATE {table} SET country = ?, sector = ? WHERE actor = ?", (country, sector, actor))
    if moved:
        for event in events_of(db, actor):
            joined.recompute(db, event)


def _remove(db: sqlite3.Connection, actor: int, *, imported: bool) -> None:
    taken = any(
        db.execute(f"SELECT 1 FROM {table} WHERE actor = ? LIMIT 1", (actor,)).fetchone()
        for table in ("party", "pledge_party")
    )
    if imported or taken:
        db.execute("UPDATE actor SET reports = 0 WHERE id = ?", (actor,))
    else:
        db.execute("DELETE FROM actor WHERE id = ?", (actor,))


def _most(found: Iterable[str | None]) -> str | None:
    """The commonest value that is not null; of equally common ones that of the latest report."""
    known = [one for one in found if one is not None]
    return Counter(known).most_common(1)[0][0] if known else None


def _fullest(db: sqlite3.Connection, actor: int) -> str | None:
    """The name of most words, without title and in small letters where there is one; a state's is not its capital's."""
    rows = db.execute(
        "SELECT n.name, n.folded, n.reports, a.kind, a.country FROM actor_name n JOIN actor a ON a.id = n.actor"
        " WHERE n.actor = ? ORDER BY n.reports DESC, n.name LIMIT ?",
        (actor, _NAMES),
    ).fetchall()
    if not rows:
        return None
    if rows[0]["kind"] == "state":
        return identity(Actor("", rows[0]["name"], "state", rows[0]["country"])).name
    return str(max(rows, key=_fullness)["name"])


def _fullness(row: sqlite3.Row) -> tuple[bool, int, bool, int, int, str]:
    name, words = row["name"], row["folded"].split()
    titled = len(name.replace("-", " ").split()) > len(words)
    full = sum(len(word) > 1 for word in words)
    return not name.isupper(), full, not titled, row["reports"], len(name), name
