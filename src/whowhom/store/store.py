"""The door of the store for programs: one object with a method for every question."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from whowhom.errors import QueryError
from whowhom.store.database import connect
from whowhom.store.questions import counts, details, events, people, pledges, relations, search, statements, stories
from whowhom.store.questions.filters import Filter, Page, quad_number
from whowhom.store.rows import (
    Hit,
    Period,
    StoredActor,
    StoredEvent,
    StoredPledge,
    StoredRelation,
    StoredStatement,
    StoredStory,
)


class Store:
    """A store opened to read; another process may write to it at the same time.

    Filters are given by name, `store.events(actor="BLR", type=["COERCE", "ASSAULT"], since="2020-08")`, or as one
    `Filter`. Answers come in pages; `page.to_pandas()` and `page.to_polars()` give data frames; `all_events` gives all.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.db: sqlite3.Connection = connect(path)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def events(
        self,
        wish: Filter | None = None,
        /,
        *,
        sort: str = "date",
        limit: int = 50,
        cursor: str | None = None,
        **filters: Any,
    ) -> Page[StoredEvent]:
        """Events, newest first unless `sort` says otherwise. Raises `QueryError` for a filter that is none."""
        return events.events(self.db, wish or filter_of(filters), sort=sort, limit=limit, cursor=cursor)

    def all_events(self, wish: Filter | None = None, /, *, told: bool = False, **filters: Any) -> Iterator[StoredEvent]:
        """Every event of a filter, one by one in order of their numbers; `told` with the reports that tell it."""
        return events.stream(self.db, wish or filter_of(filters), told=told)

    def statements(
        self, wish: Filter | None = None, /, *, limit: int = 50, cursor: str | None = None, **filters: Any
    ) -> Page[StoredStatement]:
        """Statements, newest first; `actor` is who speaks."""
        return statements.statements(self.db, wish or filter_of(filters), limit=limit, cursor=cursor)

    def pledges(
        self, wish: Filter | None = None, /, *, limit: int = 50, cursor: str | None = None, **filters: Any
    ) -> Page[StoredPledge]:
        """Pledges with their histories, latest first; `actor` promises, `recipient` is promised to."""
        return pledges.pledges(self.db, wish or filter_of(filters), limit=limit, cursor=cursor)

    def relations(
        self, wish: Filter | None = None, /, *, limit: int = 50, cursor: str | None = None, **filters: Any
    ) -> Page[StoredRelation]:
        """Standing relations, latest asserted first; `actor` is the subject."""
        return relations.relations(self.db, wish or filter_of(filters), limit=limit, cursor=cursor)

    def actors(
        self, wish: Filter | None = None, /, *, limit: int = 50, cursor: str | None = None, **filters: Any
    ) -> Page[StoredActor]:
        """Named actors, most reported first."""
        return people.actors(self.db, wish or filter_of(filters), limit=limit, cursor=cursor)

    def stories(
        self, wish: Filter | None = None, /, *, limit: int = 50, cursor: str | None = None, **filters: Any
    ) -> Page[StoredStory]:
        """Stories, latest first."""
        return stories.stories(self.db, wish or filter_of(filters), limit=limit, cursor=cursor)

    def search(self, wish: Filter | str, /, *, limit: int = 20, cursor: str | None = None, **filters: Any) -> Page[Hit]:
        """Where words stand in reports, statements and pledges, best matches first."""
        asked = wish if isinstance(wish, Filter) else filter_of(filters | {"text": wish})
        return search.search(self.db, asked, limit=limit, cursor=cursor)

    def timeline(self, wish: Filter | None = None, /, *, by: str = "month", **filters: Any) -> tuple[Period, ...]:
        """Events counted by period and quad class."""
        return counts.timeline(self.db, wish or filter_of(filters), by=by)

    def dyad(
        self, actor: str, recipient: str, wish: Filter | None = None, /, *, by: str = "month", **filters: Any
    ) -> tuple[Period, ...]:
        """What one does to the other, counted by period and quad class."""
        return counts.dyad(self.db, actor, recipient, by=by, wish=wish or filter_of(filters))

    def who(self, name: str, *, limit: int = 10) -> details.Dossier:
        """All that the store knows of somebody."""
        return details.who(self.db, name, limit=limit)

    def show(self, identifier: str) -> details.Record | details.StoryDetails:
        """One record with every source, by its id such as `e12`."""
        return details.show(self.db, identifier)


def filter_of(values: dict[str, Any]) -> Filter:
    """A filter from values by name, single ones or lists. Raises `QueryError` for a name that is none."""
    known = Filter.__dataclass_fields__
    out: dict[str, Any] = {}
    for name, value in values.items():
        if name not in known:
            raise QueryError(f"there is no filter {name!r}; there are {', '.join(known)}")
        if value is None:
            continue
        many = isinstance(known[name].default, tuple)
        if many and (isinstance(value, str | int) or not isinstance(value, Iterable)):
            value = (value,)
        if name == "quad":
            value = tuple(one if isinstance(one, int) else quad_number(one) for one in value)
        out[name] = tuple(value) if many else value
    return Filter(**out)
