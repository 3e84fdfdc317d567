"""From a filter on events to SQL that touches few rows, however large the store.

Each condition is known in two forms: a test of one event, and the set of events that pass it, by an index. The smallest
set (sizes are probed up to a cap) drives the query and the other conditions test its rows: a small one is fetched whole
and sorted, a large one is walked through in order of date, for what is common is soon found.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from whowhom.store.questions.filters import COUNTED, Filter
from whowhom.store.questions.people import Whose, among, whose

_SMALL = 20_000
"""A set of at most so many events is fetched whole and sorted."""
_PATIENCE = 0.08
"""Seconds after which counting ends with what was counted: nobody waits for the exact number of a million."""
_STEPS = 20_000


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on an event `e`.

    `test` is true of it. `ids` selects `event` (and, where `dated`, `date`) of all that pass, by an index; it has the
    same values.
    """

    test: str
    values: tuple[object, ...] = ()
    ids: str | None = None
    id_values: tuple[object, ...] = ()
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """The events of a filter as a query: `best` drives it, if anything does, `rest` is tested; `size` has a cap."""

    best: Condition | None
    rest: tuple[Condition, ...]
    size: int

    @property
    def small(self) -> bool:
        """Whether what drives it is few."""
        return self.size < _SMALL

    def where(self) -> tuple[str, list[object]]:
        """A condition on `event e` and its values."""
        tests, values = ["1"], list[object]()
        if self.best is not None:
            tests.append(f"e.id IN (SELECT event FROM ({self.best.ids}))")
            values += self.best.id_values
        for one in self.rest:
            tests.append(f"({one.test})")
            values += one.values
        return " AND ".join(tests), values

    def unlisted(self) -> tuple[str, list[object]]:
        """The same without a list of events: every condition is a test, so that another index may give the order."""
        both = (*([self.best] if self.best else []), *self.rest)
        return " AND ".join(["1", *(f"({one.test})" for one in both)]), [v for one in both for v in one.values]

    def walk(self) -> tuple[str, str, list[object]]:
        """The same as what stands after FROM, with `x` for what drives it, as tests, and as values."""
        if self.best is None:
            return "event e", *self.where()
        tests, values = ["1"], list(self.best.id_values)
        for one in self.rest:
            tests.append(f"({one.test})")
            values += one.values
        return f"({self.best.ids}) x CROSS JOIN event e ON e.id = x.event", " AND ".join(tests), values


def selection(db: sqlite3.Connection, wish: Filter) -> Selection:
    """The events of a checked filter.

    Raises:
        QueryError: an actor is named that the store does not know.
    """
    wanted = _conditions(db, wish)
    sizes = [(_size(db, one), k) for k, one in enumerate(wanted) if one.ids]
    if not sizes:
        return Selection(None, tuple(wanted), _SMALL)
    size, best = min(sizes)
    return Selection(wanted[best], tuple(one for k, one in enumerate(wanted) if k != best), size)


def ordered(
    db: sqlite3.Connection, chosen: Selection, sort: tuple[str, str], after: str, values: Sequence[object]
) -> Iterator[tuple[int, object]]:
    """Number and sort value of the selected events in an order, lazily; `after` is one more condition, of a cursor."""
    column, direction = sort
    order = f"ORDER BY {column} {direction}, e.id {direction}"
    if chosen.small or chosen.best is None or not chosen.best.dated or column != "e.date":
        where, given = chosen.where() if chosen.small else chosen.unlisted()
        yield from db.execute(f"SELECT e.id, {column} FROM event e WHERE {where}{after} {order}", (*given, *values))
        return
    # In the order of the index that drives it: an event with two parties that pass comes twice running.
    source, tests, given = chosen.walk()
    last = None
    for number, value in db.execute(
        f"SELECT e.id, e.date FROM {source} WHERE {tests}{after} ORDER BY x.date {direction}, x.event {direction}",
        (*given, *values),
    ):
        if number != last:
            yield number, value
        last = number


def count(db: sqlite3.Connection, chosen: Selection) -> tuple[int, bool]:
    """How many events are selected, and whether there are more: it counts up to `COUNTED`, and not for long."""
    source, tests, values = chosen.walk()
    distinct = "DISTINCT " if chosen.best is not None else ""
    if chosen.best is not None and not chosen.rest:
        sql = f"SELECT DISTINCT event FROM ({chosen.best.ids}) LIMIT {COUNTED + 1}"
    else:
        sql = f"SELECT {distinct}e.id FROM {source} WHERE {tests} LIMIT {COUNTED + 1}"
    number = 0
    with _patient(db):
        try:
            for _ in db.execute(sql, values):
                number += 1
        except sqlite3.OperationalError as error:
            if "interrupted" not in str(error):
                raise
            return number, True
    return min(number, COUNTED), number > COUNTED


@contextmanager
def _patient(db: sqlite3.Connection) -> Iterator[None]:
    """A time after which the query under way is interrupted."""
    end = time.monotonic() + _PATIENCE
    db.set_progress_handler(lambda: int(time.monotonic() > end), _STEPS)
    try:
        yield
    finally:
        db.set_progress_handler(None, 0)


def _conditions(db: sqlite3.Connection, wish: Filter) -> list[Condition]:
    out = []
    sides = {side: [whose(db, one) for one in getattr(wish, side)] for side in ("actor", "recipient")}
    pair = _pair(sides["actor"], sides["recipient"], wish)
    if pair is not None:
        out.append(pair)
    for side, meant in sides.items():
        if meant:
            out.append(_side(meant, side, wish))
    if wish.country:
        out.append(_side([Whose(country=one) for one in wish.country], None, wish))
    if wish.sector:
        out.append(_side([Whose(sector=one) for one in wish.sector], None, wish))
    if wish.type:
        test = _among("type", len(wish.type))
        dated, bounds = _between("date", wish)
        out.append(
            Condition(
                f"e.{test}", wish.type, f"SELECT id AS event, date FROM event WHERE {test}{dated}",
                (*wish.type, *bounds),
            )
        )  # fmt: skip
    for column, wanted in (("quad", wish.quad), ("status", wish.status), ("mode", wish.mode)):
        if wanted:
            out.append(Condition(f"e.{_among(column, len(wanted))}", tuple(wanted)))
    out += _when_and_where(wish)
    if wish.min_confidence > 0:
        out.append(Condition("e.confidence >= ?", (wish.min_confidence,)))
    if wish.min_sources > 1:
        out.append(_plain("sources >= ?", (wish.min_sources,)))
    out += _by_report(wish)
    if wish.data_set:
        out.append(Condition(_among("coalesce(e.data_set, 'own')", len(wish.data_set)), wish.data_set))
    return out


def _among(column: str, number: int) -> str:
    return f"{column} IN ({','.join('?' * number)})"


def _between(column: str, wish: Filter) -> tuple[str, tuple[object, ...]]:
    """The dates of a filter as a condition that begins with AND, empty where there are none."""
    parts = [(f" AND {column} >= ?", wish.since), (f" AND {column} <= ?", wish.until)]
    return "".join(text for text, value in parts if value), tuple(value for _, value in parts if value)


def _plain(test: str, values: tuple[object, ...]) -> Condition:
    """A condition on one indexed column of `event`."""
    return Condition(f"e.{test}", values, f"SELECT id AS event, date FROM event WHERE {test}", values)


def _pair(actors: Sequence[Whose], recipients: Sequence[Whose], wish: Filter) -> Condition | None:
    """Two different countries, of which the store has the events together."""
    if len(actors) != 1 or len(recipients) != 1:
        return None
    one, other = actors[0], recipients[0]
    if not one.country or not other.country or one.sector or other.sector or one.country == other.country:
        return None
    dated, bounds = _between("date", wish)
    return Condition(
        "1", (),
        f"SELECT event, date FROM dyad WHERE actor_country = ? AND recipient_country = ?{dated}",
        (one.country, other.country, *bounds), dated=True,
    )  # fmt: skip


def _side(meant: Sequence[Whose], side: str | None, wish: Filter) -> Condition:
    """A party of that side, or of any, that is one of those meant."""
    tests, values = [], list[object]()
    for one in meant:
        test, more = among("p.actor", "p.country", "p.sector", one)
        tests.append(f"({test})")
        values += more
    any_of = " OR ".join(tests)
    if side:
        any_of = f"({any_of}) AND p.side = '{side}'"
    narrow, given = any_of, list(values)
    dated, bounds = _between("p.date", wish)
    if wish.type:
        narrow, given = f"({any_of}) AND {_among('p.type', len(wish.type))}", [*values, *wish.type]
    # One value of an index, so that what it gives is in order of date.
    in_order = len(meant) == 1 and len(meant[0].actors) <= 1 and len(wish.type) <= 1
    return Condition(
        f"EXISTS (SELECT 1 FROM party p WHERE p.event = e.id AND ({any_of}))", tuple(values),
        f"SELECT p.event AS event, p.date AS date FROM party p WHERE {narrow}{dated}", (*given, *bounds),
        dated=in_order,
    )  # fmt: skip


def _when_and_where(wish: Filter) -> list[Condition]:
    out = []
    if wish.since or wish.until:
        test, bounds = _between("e.date", wish)
        ids, _ = _between("date", wish)
        out.append(
            Condition(test.removeprefix(" AND "), bounds, f"SELECT id AS event, date FROM event WHERE 1{ids}", bounds)
        )
    if wish.place:
        a_country = len(wish.place) == 3 and wish.place.isupper()
        out.append(_plain("place_country = ?" if a_country else "place = ? COLLATE NOCASE", (wish.place,)))
    return out


def _by_report(wish: Filter) -> list[Condition]:
    """Conditions on the reports that tell an event."""
    out = []
    for value, ids in (
        (wish.story, "SELECT r.event AS event FROM report_event r JOIN document d ON d.id = r.document"
                     " WHERE d.story = ?"),
        (wish.document, "SELECT event FROM report_event WHERE document = ?"),
        (matching(wish.text) if wish.text else None,
         "SELECT r.event AS event FROM report_event r WHERE r.document IN"
         " (SELECT rowid FROM text_search WHERE text_search MATCH ?)"),
    ):  # fmt: skip
        if value is not None:
            out.append(Condition(f"e.id IN ({ids})", (value,), ids, (value,)))
    return out


def matching(text: str) -> str:
    """A search in the syntax of FTS5: all words must stand there; "words in quotation marks" stand together."""
    pieces = text.split('"')
    out = []
    for k, piece in enumerate(pieces):
        words = piece.split()
        if k % 2 and words and k < len(pieces) - 1:
            out.append('"' + " ".join(words) + '"')
        else:
            out += ['"' + word + '"' for word in words]
    return " ".join(out)


def _size(db: sqlite3.Connection, condition: Condition) -> int:
    """How many events pass, counted up to a cap that costs a few milliseconds."""
    sql = f"SELECT count(*) FROM ({condition.ids} LIMIT {2 * _SMALL})"
    return int(db.execute(sql, condition.id_values).fetchone()[0])
