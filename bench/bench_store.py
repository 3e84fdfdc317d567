"""How long a store takes to open and to answer what analysts ask.

usage: python bench/bench_store.py STORE.db [--rounds N] [--only WORDS] [--cold] [--plan]

Each question is asked with different random arguments: by turns one drawn as often as it occurs (mostly the large
countries and actors, the slow case) and one drawn evenly. Printed are the least, median and greatest time in ms and the
mean number of rows; a question whose median is over 200 ms is marked. Make a store with bench/make_store.py.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sized
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from whowhom.store.database import connect
from whowhom.store.questions import Filter
from whowhom.store.questions.counts import dyad, timeline
from whowhom.store.questions.details import show, who
from whowhom.store.questions.events import events
from whowhom.store.questions.people import actors
from whowhom.store.questions.pledges import pledges
from whowhom.store.questions.relations import relations
from whowhom.store.questions.statements import statements
from whowhom.store.questions.stories import stories

SLOW_MS = 200
OPEN_MS = 50
_OPEN = """
import sys, time
start = time.perf_counter()
from whowhom.store.database import connect
middle = time.perf_counter()
connect(sys.argv[1]).execute("SELECT id FROM event LIMIT 1").fetchone()
print(middle - start, time.perf_counter() - middle)
"""


class Some:
    """Random arguments out of a store. `often`: draw a value as often as it occurs, else every value alike."""

    def __init__(self, db: sqlite3.Connection, seed: int) -> None:
        self.db = db
        self.random = random.Random(seed)
        self.often = True
        self._pools: dict[tuple[str, bool], list[Any]] = {}
        first, last = db.execute(
            "SELECT min(date), max(date) FROM event WHERE id IN (SELECT id FROM event LIMIT 100)"
            " OR id > (SELECT max(id) - 100 FROM event)"
        ).fetchone()
        self._first, self._last = date.fromisoformat(first[:10]), date.fromisoformat(last[:10])

    def country(self) -> str:
        return str(self._one("party", "country"))

    def pair(self) -> tuple[str, str]:
        """Two countries that have to do with each other."""
        found = self._one("dyad", "actor_country || ' ' || recipient_country").split()
        return found[0], found[1]

    def sector(self) -> str:
        return str(self._one("party", "sector"))

    def type(self) -> str:
        return str(self._one("event", "type"))

    def status(self) -> str:
        return str(self._one("event", "status"))

    def place(self) -> str:
        return str(self._one("event", "place"))

    def place_country(self) -> str:
        return str(self._one("event", "place_country"))

    def actor(self) -> int:
        return int(self._one("party", "actor"))

    def event(self) -> int:
        return self.random.randint(1, self.db.execute("SELECT max(id) FROM event").fetchone()[0])

    def name(self) -> str:
        return str(self._one("actor_name", "folded"))

    def sources(self) -> int:
        return self.random.choice((2, 3, 5, 10, 20))

    def dates(self) -> tuple[str, str]:
        """First and last day of a span between a week and the whole time."""
        whole = (self._last - self._first).days
        days = self.random.choice((7, 30, 365, 5 * 365, whole))
        start = self._first + timedelta(days=self.random.randint(0, max(0, whole - days)))
        return start.isoformat(), (start + timedelta(days=days)).isoformat()

    def _one(self, table: str, column: str) -> Any:
        key = f"{table} {column}", self.often
        if key not in self._pools:
            # WITHOUT ROWID tables have no rowid to draw by: all begin with an event, or are small.
            last = self.db.execute("SELECT max(id) FROM event").fetchone()[0]
            by = {"event": "id", "party": "event", "dyad": "event"}.get(table)
            rows = []
            for _ in range(2_000 if by else 1):
                where = f"{by} = {self.random.randint(1, last)}" if by else "actor % 97 = 0"
                rows += self.db.execute(f"SELECT {column} FROM {table} WHERE {where}").fetchall()
            found = [row[0] for row in rows if row[0] is not None]
            self._pools[key] = found if self.often else sorted(set(found))
        return self.random.choice(self._pools[key])


@dataclass(frozen=True, slots=True)
class Question:
    """A question to time: `given` draws arguments, `ask` is what is timed and returns a number of rows."""

    name: str
    given: Callable[[Some], dict[str, Any]]
    ask: Callable[[sqlite3.Connection, dict[str, Any]], int]


def asked(
    name: str, function: Callable[[sqlite3.Connection, Filter], Sized], wish: Callable[[Some], dict[str, Any]]
) -> Question:
    """A question to a function of the store by the values of a filter."""
    return Question(name, wish, lambda db, values: len(function(db, Filter(**values))))


def within(some: Some, **others: Any) -> dict[str, Any]:
    """The values of a filter on a span of time and what else is given."""
    first, last = some.dates()
    return {"since": first, "until": last, **{name: (value,) for name, value in others.items()}}


def pair(some: Some) -> dict[str, Any]:
    one, other = some.pair()
    return {"one": one, "other": other}


QUESTIONS: tuple[Question, ...] = (
    asked("events()", events, lambda some: {}),
    asked("events(actor)", events, lambda some: {"actor": (some.country(),)}),
    asked("events(actor, dates)", events, lambda some: within(some, actor=some.country())),
    asked("events(actor, type, dates)", events, lambda some: within(some, actor=some.country(), type=some.type())),
    asked("events(actor, type)", events, lambda some: {"actor": (some.country(),), "type": (some.type(),)}),
    asked(
        "events(recipient, type, dates)", events, lambda some: within(some, recipient=some.country(), type=some.type())
    ),
    asked(
        "events(actor, recipient)",
        events,
        lambda some: dict(zip(("actor", "recipient"), ((one,) for one in some.pair()), strict=True)),
    ),
    asked(
        "events(actor, recipient, type)",
        events,
        lambda some: {
            "type": (some.type(),),
            **dict(zip(("actor", "recipient"), ((one,) for one in some.pair()), strict=True)),
        },
    ),
    asked("events(actor with sector)", events, lambda some: {"actor": (f"{some.country()}/{some.sector()}",)}),
    asked("events(one actor)", events, lambda some: {"actor": (f"a{some.actor()}",)}),
    asked("events(country, status)", events, lambda some: {"country": (some.country(),), "status": (some.status(),)}),
    asked("events(sector, type)", events, lambda some: {"sector": (some.sector(),), "type": (some.type(),)}),
    asked("events(type, status, dates)", events, lambda some: within(some, type=some.type(), status=some.status())),
    asked("events(place)", events, lambda some: {"place": some.place()}),
    asked("events(place, type)", events, lambda some: {"place": some.place(), "type": (some.type(),)}),
    asked("events(place country, type)", events, lambda some: {"place": some.place_country(), "type": (some.type(),)}),
    asked("events(min_sources)", events, lambda some: {"min_sources": some.sources()}),
    asked(
        "events(min_sources, actor, type)",
        events,
        lambda some: {"min_sources": some.sources(), "actor": (some.country(),), "type": (some.type(),)},
    ),
    asked("events(min_confidence 0.97, type)", events, lambda some: {"min_confidence": 0.97, "type": (some.type(),)}),
    asked("timeline()", timeline, lambda some: {}),
    asked("timeline(country)", timeline, lambda some: {"country": (some.country(),)}),
    asked("timeline(actor, type)", timeline, lambda some: {"actor": (some.country(),), "type": (some.type(),)}),
    asked("timeline(type, dates)", timeline, lambda some: within(some, type=some.type())),
    Question("dyad()", pair, lambda db, given: len(dyad(db, given["one"], given["other"]))),
    asked("actors()", actors, lambda some: {}),
    asked("actors(country)", actors, lambda some: {"country": (some.country(),)}),
    asked("actors(text)", actors, lambda some: {"text": some.name()}),
    asked("stories()", stories, lambda some: {}),
    asked("stories(dates)", stories, within),
    asked("stories(country)", stories, lambda some: {"country": (some.country(),)}),
    asked("stories(actor)", stories, lambda some: {"actor": (f"a{some.actor()}",)}),
    asked("statements()", statements, lambda some: {}),
    asked("statements(country)", statements, lambda some: {"country": (some.country(),)}),
    asked("statements(actor, dates)", statements, lambda some: within(some, actor=f"a{some.actor()}")),
    asked("statements(sector)", statements, lambda some: {"sector": (some.sector(),)}),
    asked("statements(text)", statements, lambda some: {"text": "talks"}),
    asked("pledges()", pledges, lambda some: {}),
    asked("pledges(actor)", pledges, lambda some: {"actor": (some.country(),)}),
    asked("pledges(status, dates)", pledges, lambda some: within(some, status="pledged")),
    asked("relations(country)", relations, lambda some: {"country": (some.country(),)}),
    asked("relations(predicate)", relations, lambda some: {"predicate": ("ally_of",)}),
    asked("timeline(sector)", timeline, lambda some: {"sector": (some.sector(),)}),
    asked("timeline(dates) by day", partial(timeline, by="day"), within),
    asked("events() by confidence", partial(events, sort="confidence"), lambda some: {"actor": (some.country(),)}),
    asked("events() by sources", partial(events, sort="sources"), lambda some: {"type": (some.type(),)}),
    Question(
        "who()", lambda some: {"actor": some.actor()}, lambda db, given: len(who(db, f"a{given['actor']}").events)
    ),
    Question(
        "show(event)", lambda some: {"event": some.event()}, lambda db, given: bool(show(db, f"e{given['event']}"))
    ),
)


def opening(path: Path, rounds: int) -> tuple[list[float], list[float]]:
    """Times in ms, each in a fresh process: of importing the room, and of opening with a first row read."""
    times = []
    for _ in range(rounds):
        done = subprocess.run([sys.executable, "-c", _OPEN, str(path)], capture_output=True, text=True, check=True)
        times.append([float(word) * 1000 for word in done.stdout.split()])
    return [one[0] for one in times], [one[1] for one in times]


def evict(path: Path) -> None:
    """Have the system forget the pages of the file, where it can be asked to."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def plan(db: sqlite3.Connection, question: Question, some: Some) -> list[str]:
    """The steps of SQLite's plans for all statements that a question runs."""
    statements: list[str] = []
    given = question.given(some)
    db.set_trace_callback(statements.append)
    question.ask(db, given)
    db.set_trace_callback(None)
    chosen = [one for one in statements if re.match(r"\s*(SELECT|WITH)\b", one, re.IGNORECASE)]
    return [str(row["detail"]) for one in chosen for row in db.execute(f"EXPLAIN QUERY PLAN {one}")]


def timed(path: Path, question: Question, seed: int, rounds: int, *, cold: bool) -> tuple[list[float], float]:
    """Times in ms and the mean number of rows. Cold: on a new connection to a file that the system has forgotten."""
    db = connect(path)
    some = Some(db, seed)
    times, rows = [], 0
    for k in range(rounds):
        some.often = k % 2 == 0
        given = question.given(some)
        if cold:
            db.close()
            evict(path)
            db = some.db = connect(path)
        start = time.perf_counter()
        rows += question.ask(db, given)
        times.append((time.perf_counter() - start) * 1000)
    db.close()
    return times, rows / rounds


def row(name: str, times: list[float], limit: float, note: str) -> str:
    middle = statistics.median(times)
    mark = " SLOW" if middle > limit else ""
    return f"{name:48} {min(times):9.1f} {middle:9.1f} {max(times):9.1f} {note:>9}{mark}"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("store", type=Path)
    ask.add_argument("--rounds", type=int, default=10)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--only", default="", help="questions whose name has these words")
    ask.add_argument("--cold", action="store_true", help="have the system forget the file before each question")
    ask.add_argument("--plan", action="store_true", help="print how SQLite answers, and the indexes that nothing uses")
    args = ask.parse_args()
    chosen = [question for question in QUESTIONS if args.only in question.name]
    print(f"{'ms':48} {'least':>9} {'median':>9} {'greatest':>9} {'rows':>9}")
    imports, opens = opening(args.store, 11)
    print(row("opening in a fresh process", opens, OPEN_MS, ""))
    print(row("  importing before that", imports, float("inf"), ""))
    slow = 0
    for question in chosen:
        times, rows = timed(args.store, question, args.seed, args.rounds, cold=args.cold)
        slow += statistics.median(times) > SLOW_MS
        print(row(question.name, times, SLOW_MS, f"{rows:.0f}"), flush=True)
    print(f"{slow} of {len(chosen)} questions over {SLOW_MS} ms")
    if args.plan:
        show_plans(args.store, chosen, args.seed)


def show_plans(path: Path, chosen: list[Question], seed: int) -> None:
    db = connect(path)
    some = Some(db, seed)
    used: set[str] = set()
    for question in chosen:
        steps = plan(db, question, some)
        print(f"\n{question.name}", *(f"  {step}" for step in steps), sep="\n")
        used.update(word for step in steps for word in re.findall(r"INDEX (\w+)", step))
    every = {str(one[0]) for one in db.execute("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql <> ''")}
    print("\nused by none of these:", ", ".join(sorted(every - used)) or "no index")


if __name__ == "__main__":
    main()
