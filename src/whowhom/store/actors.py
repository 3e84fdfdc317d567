"""One world of actors: who of a report is who in the store, taken back, set apart and merged by hand."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from whowhom.errors import QueryError
from whowhom.records import Actor, Document
from whowhom.store import happenings, pledges
from whowhom.store.actor_rows import add_names, begin, count, drop_names, events_of, names_of, pledges_of, refresh
from whowhom.store.database import transaction
from whowhom.store.decisions import decide, decided
from whowhom.store.identity import Identity, identity
from whowhom.store.matching import Setting, match
from whowhom.store.names import fold

_DECISIONS = 500
"""A decision by hand is kept for at most so many reports of the other side."""


@dataclass(slots=True)
class _Choice:
    """An actor of a report on its way into the store; `number` is None for one that nobody in the store is."""

    actor: Actor
    who: Identity
    own: int | None
    apart: set[int]
    number: int | None = None
    why: str = ""


def join(db: sqlite3.Connection, document: int, doc: Document, kept: Mapping[str, int] | None = None) -> dict[str, int]:
    """Insert the document's actors and join each to who it is in the store, or begin one.

    Decisions by hand come first, then the user's own actors, then what there is one of (states, kinds of people), then
    names met before in that very form, at last other forms of names. Two named actors of a report are never one.

    Args:
        db: the store, in a transaction.
        document: the document's row.
        doc: its records.
        kept: by the name in the document the number that an actor had before the document was coded anew.

    Returns:
        The `report_actor` row by the document's own actor id.
    """
    here = Setting.of(db, document, doc)
    choices = _choices(db, doc)
    for one in choices:
        _settle(db, one)
    here.taken.update(one.number for one in choices if one.number is not None and one.who.sort in ("person", "body"))
    for only_exact in (True, False):
        for one in choices:
            if one.number is None and one.who.sort in ("person", "body"):
                found = match(db, one.actor, one.who, here, one.apart)
                if found is not None and (found.exact or not only_exact) and not _owned(db, found.actor, one.own):
                    one.number, one.why = found.actor, found.why
                    here.taken.add(found.actor)
    begun: dict[str, int] = {}
    for one in choices:
        if one.number is None and one.who.key in begun:
            one.number, one.why = begun[one.who.key], _kind_reason(one.who)
        elif one.number is None:
            one.number = begin(db, one.actor, one.who, (kept or {}).get(one.actor.name))
            if one.who.sort == "kind":
                begun[one.who.key] = one.number
        if one.own is not None:
            db.execute("UPDATE actor SET own = ?, named = 1 WHERE id = ? AND own IS NULL", (one.own, one.number))
    return _enter(db, document, doc, choices)


def leave(db: sqlite3.Connection, document: int) -> None:
    """Take back what `join` did for a document; an actor whom nobody else has goes."""
    text = db.execute("SELECT text FROM document WHERE id = ?", (document,)).fetchone()[0]
    rows = db.execute("SELECT * FROM report_actor WHERE document = ?", (document,)).fetchall()
    names: dict[int, dict[str, str]] = {}
    for row in rows:
        names.setdefault(row["actor"], {}).update(names_of(_record(row), text))
    db.execute("DELETE FROM report_actor WHERE document = ?", (document,))
    for number, found in names.items():
        drop_names(db, number, found)
        count(db, number, -1)
        refresh(db, number)


def split(db: sqlite3.Connection, report_actor: int, note: str) -> int:
    """The actor of its own that one report's actor gets; the decision holds against every later joining.

    Raises:
        QueryError: there is no such record, or no other report has its actor.
    """
    row = db.execute("SELECT * FROM report_actor WHERE id = ?", (report_actor,)).fetchone()
    if row is None:
        raise QueryError(
            f"there is no report {report_actor} of an actor: see the numbers that the actor's reports have"
        )
    old = int(row["actor"])
    others = db.execute(
        "SELECT id FROM report_actor WHERE actor = ? AND id <> ? ORDER BY id LIMIT ?", (old, report_actor, _DECISIONS)
    ).fetchall()
    if not others:
        raise QueryError(f"no other report has actor {old}: there is nothing to split")
    with _within(db):
        for other in others:
            decide(db, "actor", "apart", _named(db, report_actor), _named(db, other[0]), note)
        actor = _record(row)
        new = begin(db, actor, identity(actor))
        db.execute("UPDATE report_actor SET actor = ?, why = '' WHERE id = ?", (new, report_actor))
        text = db.execute("SELECT text FROM document WHERE id = ?", (row["document"],)).fetchone()[0]
        names = names_of(actor, text)
        add_names(db, new, names.items())
        count(db, new, 1)
        left = [
            _record(one)
            for one in db.execute("SELECT * FROM report_actor WHERE actor = ? AND document = ?", (old, row["document"]))
        ]
        drop_names(db, old, names.keys() - {name for one in left for name in names_of(one, text)})
        count(db, old, 0 if left else -1)
        for number in (old, new):
            refresh(db, number)
        _follow(
            db,
            _column(db, "SELECT DISTINCT e.event FROM report_party p JOIN report_event e ON e.id = p.report_event"
                    " WHERE p.actor = ?", report_actor),
            _column(db, "SELECT DISTINCT g.pledge FROM report_pledge_party p JOIN report_pledge g"
                    " ON g.id = p.report_pledge WHERE p.actor = ?", report_actor),
        )  # fmt: skip
    return new


def merge(db: sqlite3.Connection, actor: int, other: int, note: str) -> int:
    """The one actor that two become, of the lower number; the decision holds against every later joining.

    Raises:
        QueryError: one of them is not there, or both are one.
    """
    if actor == other:
        raise QueryError(f"actor {actor} cannot be merged with itself: name two actors")
    kept, gone = sorted((actor, other))
    rows = {n: db.execute("SELECT * FROM actor WHERE id = ?", (n,)).fetchone() for n in (kept, gone)}
    for number, row in rows.items():
        if row is None:
            raise QueryError(f"there is no actor {number}: look for it by its name")
    with _within(db):
        ours, theirs = (
            _column(db, f"SELECT id FROM report_actor WHERE actor = ? ORDER BY id LIMIT {_DECISIONS}", number)
            for number in (kept, gone)
        )
        for report in theirs if ours else ():
            decide(db, "actor", "together", _named(db, ours[0]), _named(db, report), note)
        events, promises = events_of(db, gone), pledges_of(db, gone)
        why = "merged by hand" + (f": {note}" if note else "")
        db.execute("UPDATE report_actor SET actor = ?, why = ? WHERE actor = ?", (kept, why, gone))
        db.execute(
            "INSERT INTO actor_name (actor, name, folded, key, reports)"
            " SELECT ?, name, folded, key, reports FROM actor_name WHERE actor = ?"
            " ON CONFLICT (actor, name) DO UPDATE SET reports = reports + excluded.reports",
            (kept, gone),
        )
        db.execute(
            "UPDATE actor SET named = max(named, ?), own = coalesce(own, ?), data_set = CASE WHEN ? IS NULL THEN NULL"
            " ELSE data_set END,"
            " reports = (SELECT count(DISTINCT document) FROM report_actor WHERE actor = ?) WHERE id = ?",
            (rows[gone]["named"], rows[gone]["own"], rows[gone]["data_set"], kept, kept),
        )
        refresh(db, kept)
        # Those of imported events stand nowhere else; those of reports are written anew below.
        db.execute(
            "UPDATE party SET actor = ?, country = (SELECT country FROM actor WHERE id = ?),"
            " sector = (SELECT sector FROM actor WHERE id = ?) WHERE actor = ?"
            " AND event IN (SELECT id FROM event WHERE data_set IS NOT NULL)",
            (kept, kept, kept, gone),
        )
        _follow(db, events, promises)
        db.execute("DELETE FROM actor WHERE id = ?", (gone,))
    return kept


def _choices(db: sqlite3.Connection, doc: Document) -> list[_Choice]:
    """Every actor of a document, with what people decided on it."""
    once = {actor.id: actor for actor in doc.actors}
    out = {k: _Choice(a, identity(a), _own(db, a.name), set()) for k, a in once.items()}
    for verdict, mine, other, note in decided(db, "actor", doc.id):
        one = _meant(out, mine)
        number = _stands_for(db, other)
        if one is None or number is None:
            continue
        if verdict == "apart":
            one.apart.add(number)
            if one.number == number:
                one.number, one.why = None, ""
        else:
            one.apart.discard(number)
            one.number, one.why = number, "merged by hand" + (f": {note}" if note else "")
    return list(out.values())


def _meant(choices: dict[str, _Choice], named: dict[str, Any]) -> _Choice | None:
    """The actor of a document that a decision names: by its name, else by its id there."""
    folded = fold(named["name"])
    same = [one for one in choices.values() if fold(one.actor.name) == folded]
    if same:
        return next((one for one in same if one.actor.id == named["actor"]), same[0])
    return choices.get(named["actor"])


def _stands_for(db: sqlite3.Connection, named: dict[str, Any]) -> int | None:
    """Who in the store the actor of a report is that a decision names."""
    rows = db.execute(
        "SELECT r.local, r.name, r.actor FROM document d JOIN report_actor r ON r.document = d.id WHERE d.hash = ?"
        " ORDER BY r.id",
        (named["document"],),
    ).fetchall()
    folded = fold(named["name"])
    ranked = sorted(rows, key=lambda row: (fold(row["name"]) != folded, row["local"] != named["actor"]))
    best = ranked[0] if ranked else None
    return int(best["actor"]) if best and (fold(best["name"]) == folded or best["local"] == named["actor"]) else None


def _settle(db: sqlite3.Connection, one: _Choice) -> None:
    """Join what needs no weighing: the user's own actor, and what there is one of."""
    if one.number is not None:
        return
    if one.own is not None:
        row = db.execute("SELECT id FROM actor WHERE own = ? ORDER BY id LIMIT 1", (one.own,)).fetchone()
        if row is not None and row[0] not in one.apart:
            one.number, one.why = int(row[0]), "an actor of your own"
            return
    if one.who.sort == "kind":
        rows = db.execute(
            "SELECT DISTINCT n.actor FROM actor_name n JOIN actor a ON a.id = n.actor"
            " WHERE n.key = ? AND a.data_set IS NULL ORDER BY n.actor",
            (one.who.key,),
        )
        number = next((int(row[0]) for row in rows if row[0] not in one.apart), None)
        if number is not None:
            one.number, one.why = number, _kind_reason(one.who)


def _kind_reason(who: Identity) -> str:
    return "same state or people" if who.named else "same description, country and sector"


def _own(db: sqlite3.Connection, name: str) -> int | None:
    """The user's own actor of that name."""
    row = db.execute("SELECT id FROM own_actor WHERE name = ?", (name,)).fetchone()
    row = (
        row
        or db.execute(
            "SELECT own_actor FROM own_actor_name WHERE name = ? COLLATE NOCASE ORDER BY own_actor LIMIT 1", (name,)
        ).fetchone()
    )
    return int(row[0]) if row else None


def _owned(db: sqlite3.Connection, number: int, own: int | None) -> bool:
    """Whether an actor is another of the user's own."""
    row = db.execute("SELECT own FROM actor WHERE id = ?", (number,)).fetchone()
    return own is not None and row[0] is not None and row[0] != own


def _enter(db: sqlite3.Connection, document: int, doc: Document, choices: list[_Choice]) -> dict[str, int]:
    """Insert the rows of a report's actors and bring the joined ones up to date."""
    out: dict[str, int] = {}
    names: dict[int, dict[str, str]] = {}
    for one in choices:
        assert one.number is not None
        actor = one.actor
        cursor = db.execute(
            "INSERT INTO report_actor (document, local, name, kind, country, sector, sectors, mentions, actor, why)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document, actor.id, actor.name, actor.kind, actor.country, actor.sector, json.dumps(actor.sectors),
                json.dumps(actor.mentions), one.number, one.why,
            ),
        )  # fmt: skip
        out[actor.id] = int(cursor.lastrowid or 0)
        names.setdefault(one.number, {}).update(names_of(actor, doc.text))
    for number, found in names.items():
        add_names(db, number, found.items())
        count(db, number, 1)
        refresh(db, number)
    return out


def _record(row: sqlite3.Row) -> Actor:
    mentions = tuple((start, end) for start, end in json.loads(row["mentions"]))
    sectors = tuple(json.loads(row["sectors"]))
    return Actor(row["local"], row["name"], row["kind"], row["country"], row["sector"], sectors, mentions)


def _named(db: sqlite3.Connection, report_actor: int) -> dict[str, Any]:
    """How a decision names the actor of a report, so that it outlives coding the report anew."""
    row = db.execute(
        "SELECT d.hash, r.local, r.name FROM report_actor r JOIN document d ON d.id = r.document WHERE r.id = ?",
        (report_actor,),
    ).fetchone()
    return {"document": row["hash"], "actor": row["local"], "name": row["name"]}


def _follow(db: sqlite3.Connection, events: list[int], promises: list[int]) -> None:
    for event in events:
        happenings.recompute(db, event)
    for pledge in promises:
        pledges.recompute(db, pledge)


def _column(db: sqlite3.Connection, question: str, value: int) -> list[int]:
    return [int(row[0]) for row in db.execute(question, (value,))]


@contextmanager
def _within(db: sqlite3.Connection) -> Iterator[None]:
    """The caller's transaction, or one of its own."""
    if db.in_transaction:
        yield
    else:
        with transaction(db):
            yield
