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
from pathlib import Path
from typing import Any

from whowhom.store.database import connect
from whowhom.store.questions import Filter
from whowhom.store.questions.counts import dyad, timeline
from whowhom.store.questions.events import events
from whowhom.store.questions.people import actors
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


def sql(name: str, text: str, given: Callable[[Some], dict[str, Any]]) -> Question:
    """A question in SQL with named parameters."""
    return Question(name, given, lambda db, arguments: len(db.execute(text, arguments).fetchall()))


def asked(
    name: str, function: Callable[[sqlite3.Connection, Filter], Sized], wish: Callable[[Some], dict[str, Any]]
) -> Question:
    """A question to a function of the store by the values of a filter."""
    return Question(name, wish, lambda db, values: len(function(db, Filter(**values))))


def between(some: Some, **others: Any) -> dict[str, Any]:
    first, last = some.dates()
    return {"first": first, "last": last, **others}


def within(some: Some, **others: Any) -> dict[str, Any]:
    """The same as values of a filter."""
    first, last = some.dates()
    return {"since": first, "until": last, **{name: (value,) for name, value in others.items()}}


def pair(some: Some) -> dict[str, Any]:
    one, other = some.pair()
    return {"one": one, "other": other}


def _page(where: str, parties: str = "") -> str:
    """The 50 latest events that meet conditions; `parties` are conditions on one party."""
    if not parties:
        return f"SELECT e.* FROM event e WHERE {where} ORDER BY e.date DESC, e.id DESC LIMIT 50"
    return (
        "SELECT e.* FROM (SELECT DISTINCT p.date, p.event FROM party p JOIN event e ON e.id = p.event"
        f" WHERE {parties} AND {where} ORDER BY p.date DESC, p.event DESC LIMIT 50) f JOIN event e ON e.id = f.event"
        " ORDER BY f.date DESC, f.event DESC"
    )


def _count(where: str, parties: str = "") -> str:
    """How many events meet conditions, up to 10,000."""
    source = f"party p JOIN event e ON e.id = p.event WHERE {parties} AND" if parties else "event e WHERE"
    what = "DISTINCT p.event" if parties else "e.id"
    return f"SELECT count(*) FROM (SELECT {what} FROM {source} {where} LIMIT 10000)"


_ACTOR = "p.country = :country AND p.side = 'actor'"
_RECIPIENT = "p.country = :country AND p.side = 'recipient'"
_DATES = "p.date BETWEEN :first AND :last"

QUESTIONS: tuple[Question, ...] = (
    sql("latest events", _page("1"), lambda some: {}),
    sql("actor country", _page("1", _ACTOR), lambda some: {"country": some.country()}),
    sql(
        "actor country, dates",
        _page("1", f"{_ACTOR} AND {_DATES}"),
        lambda some: between(some, country=some.country()),
    ),
    sql(
        "actor country, type",
        _page("e.type = :type", _ACTOR),
        lambda some: {"country": some.country(), "type": some.type()},
    ),
    sql(
        "actor country, type, dates",
        _page("e.type = :type", f"{_ACTOR} AND {_DATES}"),
        lambda some: between(some, country=some.country(), type=some.type()),
    ),
    sql(
        "actor country, type, dates: count",
        _count("e.type = :type", f"{_ACTOR} AND {_DATES}"),
        lambda some: between(some, country=some.country(), type=some.type()),
    ),
    sql(
        "recipient country, type, dates",
        _page("e.type = :type", f"{_RECIPIENT} AND {_DATES}"),
        lambda some: between(some, country=some.country(), type=some.type()),
    ),
    sql(
        "actor country, sector, dates",
        _page("1", f"{_ACTOR} AND p.sector = :sector AND {_DATES}"),
        lambda some: between(some, country=some.country(), sector=some.sector()),
    ),
    sql("sector", _page("1", "p.sector = :sector AND p.side = 'actor'"), lambda some: {"sector": some.sector()}),
    sql(
        "sector, type, dates",
        _page("e.type = :type", f"p.sector = :sector AND p.side = 'actor' AND {_DATES}"),
        lambda some: between(some, sector=some.sector(), type=some.type()),
    ),
    sql(
        "actor country, least sources",
        _page("e.sources >= :sources", _ACTOR),
        lambda some: {"country": some.country(), "sources": some.sources()},
    ),
    sql(
        "actor country, status",
        _page("e.status = :status", _ACTOR),
        lambda some: {"country": some.country(), "status": some.status()},
    ),
    sql(
        "actor country, recipient country",
        "SELECT e.* FROM dyad d JOIN event e ON e.id = d.event WHERE d.actor_country = :one"
        " AND d.recipient_country = :other ORDER BY d.date DESC, d.event DESC LIMIT 50",
        pair,
    ),
    sql(
        "both countries, type",
        "SELECT e.* FROM dyad d JOIN event e ON e.id = d.event WHERE d.actor_country = :one"
        " AND d.recipient_country = :other AND e.type = :type ORDER BY d.date DESC, d.event DESC LIMIT 50",
        lambda some: {**pair(some), "type": some.type()},
    ),
    sql(
        "both countries: counts by month, quad",
        "SELECT substr(date, 1, 7), quad, count(*), avg(goldstein) FROM dyad WHERE actor_country = :one"
        " AND recipient_country = :other GROUP BY 1, 2",
        pair,
    ),
    sql(
        "country as actor: counts by month, quad",
        "SELECT substr(date, 1, 7), quad, count(*), avg(goldstein) FROM dyad WHERE actor_country = :country"
        " GROUP BY 1, 2",
        lambda some: {"country": some.country()},
    ),
    sql(
        "country in any part: events by month, quad",
        "SELECT substr(e.date, 1, 7), e.quad, count(*), avg(e.goldstein) FROM"
        " (SELECT DISTINCT event FROM party WHERE country = :country) p JOIN event e ON e.id = p.event GROUP BY 1, 2",
        lambda some: {"country": some.country()},
    ),
    sql(
        "country in any part, five years: by month, quad",
        "SELECT substr(e.date, 1, 7), e.quad, count(*), avg(e.goldstein) FROM"
        " (SELECT DISTINCT event FROM party WHERE country = :country AND date BETWEEN '2015' AND '2020') p"
        " JOIN event e ON e.id = p.event GROUP BY 1, 2",
        lambda some: {"country": some.country()},
    ),
    sql(
        "country as recipient: partners",
        "SELECT actor_country, count(*), avg(goldstein) FROM dyad WHERE recipient_country = :country GROUP BY 1"
        " ORDER BY 2 DESC",
        lambda some: {"country": some.country()},
    ),
    sql("type", _page("e.type = :type"), lambda some: {"type": some.type()}),
    sql(
        "type, dates",
        _page("e.type = :type AND e.date BETWEEN :first AND :last"),
        lambda some: between(some, type=some.type()),
    ),
    sql(
        "type, dates: count",
        _count("e.type = :type AND e.date BETWEEN :first AND :last"),
        lambda some: between(some, type=some.type()),
    ),
    sql(
        "type, status, dates",
        _page("e.type = :type AND e.status = :status AND e.date BETWEEN :first AND :last"),
        lambda some: between(some, type=some.type(), status=some.status()),
    ),
    sql("status", _page("e.status = :status"), lambda some: {"status": some.status()}),
    sql("status: count", _count("e.status = :status"), lambda some: {"status": some.status()}),
    sql(
        "quad, dates",
        _page("e.quad = :quad AND e.date BETWEEN :first AND :last"),
        lambda some: between(some, quad=some.random.randint(1, 4)),
    ),
    sql("least sources", _page("e.sources >= :sources"), lambda some: {"sources": some.sources()}),
    sql(
        "least sources, type",
        _page("e.sources >= :sources AND e.type = :type"),
        lambda some: {"sources": some.sources(), "type": some.type()},
    ),
    sql("least sources: count", _count("e.sources >= :sources"), lambda some: {"sources": some.sources()}),
    sql("least confidence", _page("e.confidence >= 0.97"), lambda some: {}),
    sql("place", _page("e.place = :place COLLATE NOCASE"), lambda some: {"place": some.place()}),
    sql("place country", _page("e.place_country = :country"), lambda some: {"country": some.place_country()}),
    sql(
        "place country, type, dates",
        _page("e.place_country = :country AND e.type = :type AND e.date BETWEEN :first AND :last"),
        lambda some: between(some, country=some.place_country(), type=some.type()),
    ),
    sql("events of an actor", _page("1", "p.actor = :actor"), lambda some: {"actor": some.actor()}),
    sql(
        "events of an actor, type",
        _page("e.type = :type", "p.actor = :actor"),
        lambda some: {"actor": some.actor(), "type": some.type()},
    ),
    sql(
        "an event with parties and reports",
        "SELECT r.*, d.title, d.publisher FROM report_event r JOIN document d ON d.id = r.document"
        " JOIN party p ON p.event = r.event JOIN actor a ON a.id = p.actor WHERE r.event = :event",
        lambda some: {"event": some.event()},
    ),
    sql("actors by reports", "SELECT * FROM actor ORDER BY reports DESC, id LIMIT 50", lambda some: {}),
    sql(
        "actors of a country by reports",
        "SELECT * FROM actor WHERE country = :country ORDER BY reports DESC, id LIMIT 50",
        lambda some: {"country": some.country()},
    ),
    sql(
        "actors of a country and sector by reports",
        "SELECT * FROM actor WHERE country = :country AND sector = :sector ORDER BY reports DESC, id LIMIT 50",
        lambda some: {"country": some.country(), "sector": some.sector()},
    ),
    sql(
        "actors by beginning of a name",
        "SELECT DISTINCT a.* FROM actor_name n JOIN actor a ON a.id = n.actor WHERE n.folded >= :from"
        " AND n.folded < :from || char(1114111) ORDER BY a.reports DESC LIMIT 20",
        lambda some: {"from": some.name()[:4]},
    ),
    sql(
        "with whom an actor has to do",
        "SELECT o.actor, count(*) FROM party p JOIN party o ON o.event = p.event AND o.actor <> p.actor"
        " WHERE p.actor = :actor GROUP BY 1 ORDER BY 2 DESC LIMIT 50",
        lambda some: {"actor": some.actor()},
    ),
    sql("latest stories", "SELECT * FROM story ORDER BY last DESC, id DESC LIMIT 50", lambda some: {}),
    sql(
        "stories by sources, dates",
        "SELECT * FROM story WHERE last >= :first AND first <= :last ORDER BY sources DESC, last DESC LIMIT 50",
        between,
    ),
    sql(
        "statements of an actor",
        "SELECT s.* FROM report_actor r JOIN statement s ON s.speaker = r.id WHERE r.actor = :actor"
        " ORDER BY s.date DESC LIMIT 50",
        lambda some: {"actor": some.actor()},
    ),
    sql("latest pledges", "SELECT * FROM pledge ORDER BY last DESC, id DESC LIMIT 50", lambda some: {}),
    sql(
        "pledges of an actor",
        "SELECT g.* FROM pledge_party p JOIN pledge g ON g.id = p.pledge WHERE p.actor = :actor"
        " ORDER BY g.last DESC LIMIT 50",
        lambda some: {"actor": some.actor()},
    ),
)


_FUNCTIONS: tuple[Question, ...] = (
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
    chosen = [question for question in (*QUESTIONS, *_FUNCTIONS) if args.only in question.name]
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
