"""One record with all that proves it, and one person with all that the store knows of them."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

from whowhom.errors import QueryError
from whowhom.store.questions import events, people, pledges, relations, statements, stories
from whowhom.store.questions.filters import Filter, Page
from whowhom.store.rows import (
    StoredActor,
    StoredDocument,
    StoredEvent,
    StoredPledge,
    StoredRelation,
    StoredStatement,
    StoredStory,
)

LETTERS = {"e": "event", "s": "statement", "p": "pledge", "r": "relation", "a": "actor", "d": "report", "t": "story"}
"""The letter before a record's number says what it is: e12 is event 12."""
_ID = re.compile(r"([espradt])(\d{1,18})", re.I)

Record = StoredEvent | StoredStatement | StoredPledge | StoredRelation | StoredActor | StoredDocument | StoredStory


@dataclass(frozen=True, slots=True)
class StoryDetails:
    """A story with its reports."""

    story: StoredStory
    documents: tuple[StoredDocument, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the store knows of somebody. `others` are further actors of the name that was asked for."""

    actor: StoredActor
    events: Page[StoredEvent]
    statements: Page[StoredStatement]
    pledges: Page[StoredPledge]
    relations: Page[StoredRelation]
    others: tuple[StoredActor, ...] = ()


def parse_id(value: str) -> tuple[str, int]:
    """Letter and number of a record's id. Raises `QueryError` where it is none."""
    match = _ID.fullmatch(value.strip())
    if match is None:
        kinds = ", ".join(f"{letter}12 {name}" for letter, name in LETTERS.items())
        raise QueryError(f"{value!r} is no id of a record; write {kinds}")
    return match[1].lower(), int(match[2])


def show(db: sqlite3.Connection, value: str) -> Record | StoryDetails:
    """The record of an id with every source; of a document without its text.

    Raises:
        QueryError: it is no id, or the store has no such record.
    """
    letter, number = parse_id(value)
    found: list[Record] = []
    if letter == "e":
        found += events.load(db, [number], told=True)
    elif letter == "s":
        found += statements.load(db, [number])
    elif letter == "p":
        found += pledges.load(db, [number])
    elif letter == "r":
        found += relations.load(db, [number])
    elif letter == "a":
        found.append(people.actor(db, number))
    elif letter == "d":
        found.append(stories.document(db, number))
    else:
        return StoryDetails(*stories.story(db, number))
    if not found:
        raise QueryError(f"the store has no {LETTERS[letter]} {letter}{number}")
    return found[0]


def who(db: sqlite3.Connection, name: str, *, limit: int = 10) -> Dossier:
    """Offices, events, words, pledges and relations of the most reported actor of that name or number.

    Raises:
        QueryError: nobody in the store is called so.
    """
    meant = people.whose(db, name)
    numbers = list(meant.actors)
    if not numbers and meant.country:
        numbers = [
            int(row[0])
            for row in db.execute(
                "SELECT id FROM actor WHERE country = ? AND (? IS NULL OR sector = ?)"
                " ORDER BY kind = 'state' DESC, reports DESC, id LIMIT 6",
                (meant.country, meant.sector, meant.sector),
            )
        ]
    if not numbers:
        raise QueryError(f"nobody in this store is {name!r}")
    chosen = people.actor(db, numbers[0])
    whose = (f"a{chosen.id}",)
    own = _pledges_of(db, whose, limit)
    return Dossier(
        chosen,
        _events_of(db, whose, limit),
        statements.statements(db, Filter(actor=whose), limit=limit),
        own,
        _relations_of(db, whose, limit),
        tuple(people.actor(db, one, offices=False) for one in numbers[1:6]),
    )


def _events_of(db: sqlite3.Connection, whose: tuple[str, ...], limit: int) -> Page[StoredEvent]:
    """Events in which somebody acts or is acted on, newest first."""
    done, suffered = (events.events(db, wish, limit=limit) for wish in (Filter(actor=whose), Filter(recipient=whose)))
    rows = {one.id: one for one in (*done, *suffered)}
    newest = sorted(rows.values(), key=lambda one: (one.date or "", one.id), reverse=True)[:limit]
    both = events.events(db, Filter(actor=whose, recipient=whose), limit=1).total
    return Page(tuple(newest), done.total + suffered.total - both, done.more or suffered.more)


def _pledges_of(db: sqlite3.Connection, whose: tuple[str, ...], limit: int) -> Page[StoredPledge]:
    made, got = (pledges.pledges(db, wish, limit=limit) for wish in (Filter(actor=whose), Filter(recipient=whose)))
    rows = {one.id: one for one in (*made, *got)}
    newest = sorted(rows.values(), key=lambda one: (one.last or "", one.id), reverse=True)
    return Page(tuple(newest[:limit]), made.total + got.total, made.more or got.more)


def _relations_of(db: sqlite3.Connection, whose: tuple[str, ...], limit: int) -> Page[StoredRelation]:
    one, other = (relations.relations(db, w, limit=limit) for w in (Filter(actor=whose), Filter(recipient=whose)))
    rows = {row.id: row for row in (*one, *other)}
    latest = sorted(rows.values(), key=lambda row: (row.asserted_on or "", -row.id), reverse=True)
    return Page(tuple(latest[:limit]), one.total + other.total, one.more or other.more)
