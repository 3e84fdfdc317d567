"""Events of other projects' files into a store, to stand beside its own in every question."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from whowhom.errors import ExchangeError
from whowhom.exchange.events import BadRow, DataSet, ImportedEvent, ImportedParty
from whowhom.exchange.formats import detect, read_events
from whowhom.records import Actor
from whowhom.store.database import transaction
from whowhom.store.identity import identity
from whowhom.store.joined import add_parties, recompute
from whowhom.store.names import fold

_BATCH = 1000
"""Rows in a transaction: others who write wait for it a fraction of a second."""
_REMEMBERED = 500_000
"""Actors whose number is remembered while a file is read."""


@dataclass(slots=True)
class Imported:
    """What came of a file so far."""

    events: int = 0
    known: int = 0  # in the store before
    bad: list[BadRow] = field(default_factory=list)
    bad_rows: int = 0  # of which the first thousand are in `bad`

    def note(self, row: BadRow) -> None:
        """Count a row that gives no event."""
        self.bad_rows += 1
        if len(self.bad) < 1000:
            self.bad.append(row)


def import_file(
    db: sqlite3.Connection,
    path: Path,
    data_set: DataSet | None = None,
    *,
    progress: Callable[[Imported], None] | None = None,
) -> Imported:
    """Put the events of a file into a store; those that it has already change nothing.

    Args:
        db: the store, open to write.
        path: the file, also as zip or gzip.
        data_set: what it is of, else told by its first line.
        progress: called after each thousand rows.

    Raises:
        ExchangeError: there is no such file, or it is of none of the data sets.
    """
    wanted = data_set or detect(path)
    if wanted is None:
        raise ExchangeError(
            f"{str(path)!r} does not begin as a file of POLECAT, ICEWS or GDELT events: name it with --format"
        )
    out = Imported()
    people = _People(db)
    rows: Iterator[ImportedEvent | BadRow] = iter(read_events(path, wanted))
    while part := list(islice(rows, _BATCH)):
        with transaction(db):
            for row in part:
                if isinstance(row, BadRow):
                    out.note(row)
                elif _insert(db, row, people):
                    out.events += 1
                else:
                    out.known += 1
        if progress:
            progress(out)
    return out


def _insert(db: sqlite3.Connection, row: ImportedEvent, people: _People) -> bool:
    """Insert an event with its parties; False where the store has it."""
    if db.execute("SELECT 1 FROM imported WHERE data_set = ? AND key = ?", (row.data_set, row.key)).fetchone():
        return False
    place = row.place
    located = (place.name, place.country, place.geonames_id, place.lat, place.lon) if place else (None,) * 5
    cursor = db.execute(
        "INSERT INTO event (type, mode, contexts, start, date, place, place_country, geonames_id, lat, lon, status,"
        " magnitude, confidence, cameo, quad, goldstein, reports, sources, data_set)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'occurred', '{}', 1, ?, ?, ?, ?, ?, ?)",
        (
            row.type, row.mode, json.dumps(row.contexts), row.date, row.date, *located, row.cameo, row.quad,
            row.goldstein, row.reports, row.sources, row.data_set,
        ),
    )  # fmt: skip
    event = int(cursor.lastrowid or 0)
    for side, parties in (("actor", row.actors), ("recipient", row.recipients)):
        add_parties(db, event, side, [(people.number(one, row.data_set), one.country, one.sector) for one in parties])
    recompute(db, event)
    db.execute(
        "INSERT INTO imported (event, data_set, source_file, key, row) VALUES (?, ?, ?, ?, ?)",
        (event, row.data_set, row.source_file, row.key, json.dumps(row.row, ensure_ascii=False)),
    )
    return True


class _People:
    """The store's actors by what a data set says of them."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self._known: dict[ImportedParty, int] = {}

    def number(self, one: ImportedParty, data_set: str) -> int:
        """The actor of that very name and country, for a state or kind of people also by its sector; else a new one."""
        found = self._known.get(one)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = self._known[one] = self._found(one) or self._begin(one, data_set)
        return found

    def _found(self, one: ImportedParty) -> int | None:
        who = identity(_actor(one))
        column, value = ("key", who.key) if who.sort == "kind" else ("folded", _folded(one.name))
        row = self.db.execute(
            f"SELECT a.id FROM actor_name n JOIN actor a ON a.id = n.actor WHERE n.{column} = ? AND a.country IS ?"
            " AND (? OR a.sector IS ? OR a.kind = 'person') ORDER BY a.sector IS NOT ?, a.reports DESC, a.id LIMIT 1",
            (value, one.country, who.sort == "kind", one.sector, one.sector),
        ).fetchone()
        return int(row[0]) if row else None

    def _begin(self, one: ImportedParty, data_set: str) -> int:
        who = identity(_actor(one))
        cursor = self.db.execute(
            "INSERT INTO actor (name, kind, country, sector, sectors, named, data_set) VALUES (?, ?, ?, ?, ?, 1, ?)",
            (one.name, one.kind, one.country, one.sector, json.dumps(one.sectors), data_set),
        )
        number = int(cursor.lastrowid or 0)
        self.db.execute(
            "INSERT INTO actor_name (actor, name, folded, key, reports) VALUES (?, ?, ?, ?, 1)",
            (number, one.name, _folded(one.name), who.key),
        )
        return number


def _actor(one: ImportedParty) -> Actor:
    return Actor("", one.name, one.kind, one.country, one.sector, one.sectors)


def _folded(name: str) -> str:
    return fold(name) or name.casefold()


def import_files(
    db: sqlite3.Connection,
    paths: Iterable[Path],
    data_set: DataSet | None = None,
    *,
    progress: Callable[[Path, Imported], None] | None = None,
) -> Iterator[tuple[Path, Imported | ExchangeError]]:
    """Yield what came of each file; one that cannot be read stops none of the others."""
    for path in paths:
        try:
            told = None if progress is None else _told(progress, path)
            yield path, import_file(db, path, data_set, progress=told)
        except ExchangeError as error:
            yield path, error


def _told(progress: Callable[[Path, Imported], None], path: Path) -> Callable[[Imported], None]:
    return lambda now: progress(path, now)
