"""From conditions to SQL that touches few rows, however large the store.

Each condition is known in two forms: a test of one row, and the set of rows that pass it, by an index. The smallest set
(sizes are probed up to a cap) drives the query and the other conditions test its rows: a small one is fetched whole and
sorted; a large one is walked through in order of date, for what is common is soon found.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from whowhom.store.questions.filters import COUNTED

_SMALL = 20_000
"""A set of at most so many rows is fetched whole and sorted."""
_PATIENCE = 0.08
"""Seconds after which counting ends with what was counted: nobody waits for the exact number of a million."""
_STEPS = 20_000


@dataclass(frozen=True, slots=True)
class Base:
    """The table that a question is about: its name, the name it goes by in a query, and its column to sort by."""

    table: str
    alias: str
    date: str

    @property
    def source(self) -> str:
        """What stands after FROM."""
        return f"{self.table} {self.alias}"

    @property
    def number(self) -> str:
        """The column of a row's number."""
        return f"{self.alias}.id"


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on a row of a base.

    `test` is true of it. `ids` selects `id` (and, where `dated`, `date`, in whose order an index gives them) of all
    rows that pass; several times where it must. Of conditions with sets of like size the first is preferred. `size`
    selects about how many they are, with the values of `ids`, where that is cheaper than to count them.
    """

    test: str
    values: tuple[object, ...] = ()
    ids: str | None = None
    id_values: tuple[object, ...] = ()
    dated: bool = False
    size: str | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows of a base that pass: `best` drives the query, if anything does, `rest` is tested; `size` has a cap."""

    base: Base
    best: Condition | None
    rest: tuple[Condition, ...]
    size: int

    @property
    def small(self) -> bool:
        """Whether what drives it is few."""
        return self.best is not None and self.size < _SMALL

    def where(self) -> tuple[str, list[object]]:
        """A condition on the base and its values."""
        tests, values = ["1"], list[object]()
        if self.best is not None:
            tests.append(f"{self.base.number} IN (SELECT id FROM ({self.best.ids}))")
            values += self.best.id_values
        return self._tested(self.rest, tests, values)

    def unlisted(self) -> tuple[str, list[object]]:
        """The same without a list of rows: every condition is a test, so that another index may give the order."""
        return self._tested((*([self.best] if self.best else []), *self.rest), ["1"], [])

    def walk(self) -> tuple[str, str, list[object]]:
        """The same as what stands after FROM, with `x` for what drives it, as tests, and as values."""
        if self.best is None:
            return self.base.source, *self.where()
        source = f"({self.best.ids}) x CROSS JOIN {self.base.source} ON {self.base.number} = x.id"
        return source, *self._tested(self.rest, ["1"], list(self.best.id_values))

    @staticmethod
    def _tested(conditions: Sequence[Condition], tests: list[str], values: list[object]) -> tuple[str, list[object]]:
        for one in conditions:
            tests.append(f"({one.test})")
            values += one.values
        return " AND ".join(tests), values


def choose(db: sqlite3.Connection, base: Base, conditions: Sequence[Condition]) -> Selection:
    """How to select the rows that pass all conditions."""
    sizes = [(_size(db, one), k) for k, one in enumerate(conditions) if one.ids]
    if not sizes:
        return Selection(base, None, tuple(conditions), _SMALL)
    size, best = min(sizes)
    return Selection(base, conditions[best], tuple(one for k, one in enumerate(conditions) if k != best), size)


def _size(db: sqlite3.Connection, condition: Condition) -> int:
    """How many rows pass, counted up to a cap that costs a few milliseconds."""
    sql = condition.size or f"SELECT count(*) FROM ({condition.ids} LIMIT {_SMALL})"
    return min(_SMALL, int(db.execute(sql, condition.id_values).fetchone()[0] or 0))


def ordered(
    db: sqlite3.Connection,
    chosen: Selection,
    column: str,
    direction: str,
    after: str = "",
    values: Sequence[object] = (),
) -> Iterator[tuple[int, object]]:
    """Number and sort value of the selected rows in an order, lazily; `after` is one more condition, of a cursor."""
    base = chosen.base
    if not chosen.small and chosen.best is not None and chosen.best.dated and column == base.date:
        yield from _walked(db, chosen, direction, after, values)
        return
    where, given = chosen.where() if chosen.small else chosen.unlisted()
    yield from db.execute(
        f"SELECT {base.number}, {column} FROM {base.source} WHERE {where}{after}"
        f" ORDER BY {column} {direction}, {base.number} {direction}",
        (*given, *values),
    )


def _walked(
    db: sqlite3.Connection, chosen: Selection, direction: str, after: str, values: Sequence[object]
) -> Iterator[tuple[int, object]]:
    """The rows in the order of the index that drives it; one that is there several times comes so running."""
    source, tests, given = chosen.walk()
    last = None
    for number, value in db.execute(
        f"SELECT x.id, x.date FROM {source} WHERE {tests}{after} ORDER BY x.date {direction}, x.id {direction}",
        (*given, *values),
    ):
        if number != last:
            yield number, value
        last = number


def page_of_ids(
    db: sqlite3.Connection, chosen: Selection, limit: int, offset: int, *, oldest: bool = False
) -> list[int]:
    """The numbers of one page of the selected rows, newest first unless `oldest`."""
    out: list[int] = []
    for k, (number, _) in enumerate(ordered(db, chosen, chosen.base.date, "ASC" if oldest else "DESC")):
        if k >= offset + limit:
            break
        if k >= offset:
            out.append(number)
    return out


def count(db: sqlite3.Connection, chosen: Selection) -> tuple[int, bool]:
    """How many rows are selected, and whether there are more: it counts up to `COUNTED`, and not for long."""
    source, tests, values = chosen.walk()
    if chosen.best is not None and not chosen.rest:
        sql = f"SELECT DISTINCT id FROM ({chosen.best.ids}) LIMIT {COUNTED + 1}"
    else:
        distinct = "DISTINCT " if chosen.best is not None else ""
        sql = f"SELECT {distinct}{chosen.base.number} FROM {source} WHERE {tests} LIMIT {COUNTED + 1}"
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


def among(column: str, values: Sequence[object]) -> str:
    """A condition that a column has one of some values."""
    return f"{column} IN ({','.join('?' * len(values))})"


def matching(text: str) -> str:
    """A search in the syntax of FTS5: all words must stand there; "words in quotation marks" stand together."""
    pieces = text.replace("\0", " ").split('"')  # FTS5 would take a NUL for the end
    out = []
    for k, piece in enumerate(pieces):
        words = piece.split()
        if k % 2 and words and k < len(pieces) - 1:
            out.append('"' + " ".join(words) + '"')
        else:
            out += ['"' + word + '"' for word in words]
    return " ".join(out)
