"""The user's own actors in a store: entered, taken out, and handed to the coder. Each change is a transaction."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from whowhom.own_actors import OwnActor, OwnRole, make_actor
from whowhom.store.database import transaction


def add(db: sqlite3.Connection, actors: Iterable[OwnActor]) -> tuple[int, int]:
    """Enter actors; how many were new, and how many were there and are now another way.

    An actor takes the place of the one of its name: names and roles that it does not have are gone. Where the same name
    comes twice, the last counts.
    """
    given = {actor.name: actor for actor in actors}
    added = changed = 0
    with transaction(db):
        for actor in given.values():
            row = db.execute("SELECT id FROM own_actor WHERE name = ?", (actor.name,)).fetchone()
            if row is None:
                cursor = db.execute(
                    "INSERT INTO own_actor (name, kind, origin) VALUES (?, ?, ?)",
                    (actor.name, actor.kind, actor.origin),
                )
                _fill(db, int(cursor.lastrowid or 0), actor)
                added += 1
            elif _said(_load(db, int(row[0]))[0]) != _said(actor):
                number = int(row[0])
                db.execute("UPDATE own_actor SET kind = ?, origin = ? WHERE id = ?", (actor.kind, actor.origin, number))
                db.execute("DELETE FROM own_actor_name WHERE own_actor = ?", (number,))
                db.execute("DELETE FROM own_actor_role WHERE own_actor = ?", (number,))
                _fill(db, number, actor)
                changed += 1
    return added, changed


def remove(db: sqlite3.Connection, name: str) -> bool:
    """Take the actor of that name out; whether there was one. What was coded with it stays as it is."""
    with transaction(db):
        return db.execute("DELETE FROM own_actor WHERE name = ?", (name,)).rowcount > 0


def load(db: sqlite3.Connection) -> tuple[OwnActor, ...]:
    """All own actors, in the order in which they were entered."""
    return _load(db)


def _said(actor: OwnActor) -> OwnActor:
    """An actor without what does not change who it is."""
    return replace(actor, origin="")


def _fill(db: sqlite3.Connection, number: int, actor: OwnActor) -> None:
    db.executemany("INSERT INTO own_actor_name VALUES (?, ?)", [(number, alias) for alias in actor.aliases])
    db.executemany(
        'INSERT INTO own_actor_role (own_actor, position, country, sector, sectors, title, start, "end")'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (number, k, role.country, role.sector, json.dumps(role.sectors), role.title, role.start, role.end)
            for k, role in enumerate(actor.roles)
        ],
    )


def _load(db: sqlite3.Connection, number: int | None = None) -> tuple[OwnActor, ...]:
    """All own actors, or the one of a number."""
    one, values = ("", ()) if number is None else (" WHERE {} = ?", (number,))
    names: dict[int, list[str]] = defaultdict(list)
    for actor, name in db.execute("SELECT own_actor, name FROM own_actor_name" + one.format("own_actor"), values):
        names[actor].append(name)
    roles: dict[int, list[OwnRole]] = defaultdict(list)
    for actor, country, sector, sectors, title, start, end in db.execute(
        'SELECT own_actor, country, sector, sectors, title, start, "end" FROM own_actor_role'
        + one.format("own_actor")
        + " ORDER BY own_actor, position",
        values,
    ):
        roles[actor].append(OwnRole(country, sector, tuple(json.loads(sectors)), title, start, end))
    return tuple(
        make_actor(name, kind, names[actor], roles[actor], origin)
        for actor, name, kind, origin in db.execute(
            "SELECT id, name, kind, origin FROM own_actor" + one.format("id") + " ORDER BY id", values
        )
    )
