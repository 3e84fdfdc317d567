"""What a question may be narrowed down by, and one page of its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, Generic, TypeVar, get_args

from whowhom import records
from whowhom.errors import QueryError
from whowhom.store.rows import QUADS

Row = TypeVar("Row")
COUNTED = 10_000
"""Totals are counted up to here: an exact count of a million events is slow and nobody reads it."""
LONGEST = 10_000
"""Rows of a page at most."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions of a question: all must hold; of several values of one condition any may.

    `actor` and `recipient` name who does and to whom it is done: a number of the store (a12), a country (BLR), a
    country with a sector (BLR/GOV), or a name. Dates are ISO at any precision, both ends included.
    """

    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    country: tuple[str, ...] = ()  # of either side
    sector: tuple[str, ...] = ()  # of either side
    type: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    quad: tuple[int, ...] = ()
    status: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()  # of statements, pledges, actors
    predicate: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    place: str | None = None  # a name, or a country of places
    min_confidence: float = 0.0
    min_sources: int = 0
    story: int | None = None
    document: int | None = None
    data_set: tuple[str, ...] = ()  # "own" is what was coded here
    text: str | None = None
    copies: bool = False  # near copies of a report as well

    @property
    def narrow(self) -> bool:
        """Whether it narrows anything down at all."""
        return any(getattr(self, one.name) for one in fields(self))


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of an answer. `total` is exact unless `more` says that there are more than that.

    `cursor` asks for the next page, None where this is the last.
    """

    rows: tuple[Row, ...]
    total: int
    more: bool = False
    cursor: str | None = None

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def to_pandas(self) -> Any:
        """The rows as a `pandas.DataFrame`. Raises `MissingExtraError` where pandas is not installed."""
        from whowhom.store.frames import to_pandas

        return to_pandas(self.rows)

    def to_polars(self) -> Any:
        """The rows as a `polars.DataFrame`. Raises `MissingExtraError` where Polars is not installed."""
        from whowhom.store.frames import to_polars

        return to_polars(self.rows)


def at_least_one(limit: int) -> int:
    """The size of a page. Raises `QueryError` where it is to have no row, or more than a query can name."""
    if limit < 1:
        raise QueryError(f"a page of {limit} rows is none: ask for at least one")
    if limit > LONGEST:
        raise QueryError(f"a page has at most {LONGEST:,} rows (got {limit:,}): go on with its cursor")
    return limit


def offset_of(cursor: str | None, limit: int) -> int:
    """Where a page begins by its cursor, 0 without one. Raises `QueryError` where it, or the page's size, is none."""
    at_least_one(limit)
    if cursor is None or cursor == "":
        return 0
    if not re.fullmatch(r"[0-9]{1,18}", cursor):
        raise QueryError(f"{cursor!r} is no cursor; take the one that the page before gave")
    return int(cursor)


def page(rows: Sequence[Row], counted: tuple[int, bool], offset: int, limit: int) -> Page[Row]:
    """A page of rows that begin at `offset`; `counted` is how many there are, and whether there are more.

    Beyond what is counted, the last page may be empty.
    """
    total, more = max(counted[0], offset + len(rows)), counted[1]
    following = str(offset + limit) if len(rows) == limit and (more or offset + limit < total) else None
    return Page(tuple(rows), total, more, following)


_ALLOWED: dict[str, Sequence[str]] = {
    "type": get_args(records.EventType),
    "status": (*get_args(records.Status), *get_args(records.PledgeStatus)),
    "predicate": get_args(records.Predicate),
    "kind": (*get_args(records.StatementKind), *get_args(records.PledgeKind), *get_args(records.ActorKind)),
}


def checked(wish: Filter) -> Filter:
    """The filter with its values in the form of the store.

    Raises:
        QueryError: a value that no record can have; the message lists those that there are.
    """
    _check_values(wish)
    changes: dict[str, Any] = {}
    for name, allowed in _ALLOWED.items():
        values = getattr(wish, name)
        changes[name] = tuple(_one_of(name, value, allowed) for value in values)
    changes["country"] = tuple(one.strip().upper() for one in wish.country)
    changes["sector"] = tuple(one.strip().upper() for one in wish.sector)
    changes["mode"] = tuple(one.strip().lower() for one in wish.mode)
    for quad in wish.quad:
        if quad not in QUADS:
            raise QueryError(f"quad {quad} is none; there are {', '.join(f'{k} {name}' for k, name in QUADS.items())}")
    changes["since"] = first_day(wish.since) if wish.since else None
    changes["until"] = last_day(wish.until) if wish.until else None
    if changes["since"] and changes["until"] and changes["since"] > changes["until"]:
        raise QueryError(f"nothing lies between {wish.since} and {wish.until}: the first day is after the last")
    rest = {one.name: getattr(wish, one.name) for one in fields(wish)}
    return Filter(**(rest | changes))


def _check_values(wish: Filter) -> None:
    """Refuse what no query can carry: half characters, numbers beyond those of the store, a text without a word."""
    for one in fields(wish):
        value = getattr(wish, one.name)
        for single in value if isinstance(value, tuple) else (value,):
            if isinstance(single, str) and not single.isascii() and _HALVES.search(single):
                raise QueryError(f"{one.name} {single!r} is no readable text: write it in UTF-8")
            if isinstance(single, int) and abs(single) >= 2**63:
                raise QueryError(f"{one.name} {single} is larger than any number of the store")
    if wish.text and not any(c.isalnum() for c in wish.text):
        raise QueryError(f'there is no word in {wish.text!r}: give words, or "words that stand together"')


_HALVES = re.compile("[\ud800-\udfff]")


def _one_of(name: str, value: str, allowed: Sequence[str]) -> str:
    for one in allowed:
        if one.casefold() == value.strip().casefold():
            return one
    raise QueryError(f"{name} {value!r} is none; there are {', '.join(allowed)}")


def quad_number(value: str) -> int:
    """The number of a quad class given as number or name, also cut short ("verbal conf", "material-coop").

    Raises:
        QueryError: it is none.
    """
    wanted = re.split(r"[\s_-]+", value.strip().casefold())
    for number, name in QUADS.items():
        words = name.split()
        if value.strip() == str(number) or (
            len(wanted) == 2 and all(w and word.startswith(w) for w, word in zip(wanted, words, strict=True))
        ):
            return number
    raise QueryError(f"quad {value!r} is none; there are {', '.join(f'{k} ({name})' for k, name in QUADS.items())}")


def from_day(since: str) -> str:
    """The least that a date, known to the day, the month or the year, must be to lie on or after a first day."""
    return re.sub(r"(?:-01){1,2}$", "", since)


_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def first_day(value: str) -> str:
    """The first day of an ISO date of any precision, `2020-08` -> `2020-08-01`. Raises `QueryError` for none."""
    year, month, day = _parts(value)
    return f"{year:04d}-{month or 1:02d}-{day or 1:02d}"


def last_day(value: str) -> str:
    """The last day of an ISO date of any precision, `2020-02` -> `2020-02-29`. Raises `QueryError` for none."""
    year, month, day = _parts(value)
    if day:
        return f"{year:04d}-{month:02d}-{day:02d}"
    month = month or 12
    following = date(year + month // 12, month % 12 + 1, 1) if year < 9999 or month < 12 else date(9999, 12, 31)
    return (following - timedelta(days=1)).isoformat() if following.day == 1 else following.isoformat()


def _parts(value: str) -> tuple[int, int | None, int | None]:
    match = _ISO.fullmatch(value.strip())
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(one) if one else None for one in match.groups())
        date(year or 0, month or 1, day or 1)
    except ValueError:
        raise QueryError(f"{value!r} is no date; write 2020-09-14, 2020-09 or 2020") from None
    assert year is not None
    return year, month, day
