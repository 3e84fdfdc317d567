"""Stories, and the reports that they consist of."""

from __future__ import annotations

import sqlite3

from whowhom.errors import QueryError
from whowhom.store.questions import conditions
from whowhom.store.questions.filters import Filter, Page, checked, offset_of, page
from whowhom.store.questions.select import count, page_of_ids
from whowhom.store.rows import StoredDocument, StoredStory


def stories(db: sqlite3.Connection, wish: Filter, *, limit: int = 50, cursor: str | None = None) -> Page[StoredStory]:
    """The stories of a filter, latest first, those of one report included where `min_sources` does not rule them out.

    Raises:
        QueryError: the filter is none.
    """
    chosen, offset = conditions.stories(db, checked(wish)), offset_of(cursor, limit)
    numbers = page_of_ids(db, chosen, limit, offset)
    marks = ",".join("?" * len(numbers))
    rows = {row["id"]: StoredStory(*row) for row in db.execute(f"SELECT * FROM story WHERE id IN ({marks})", numbers)}
    return page([rows[one] for one in numbers], count(db, chosen), offset, limit)


def story(db: sqlite3.Connection, number: int) -> tuple[StoredStory, tuple[StoredDocument, ...]]:
    """A story and its reports in order of date.

    Raises:
        QueryError: the store has no such story.
    """
    row = db.execute("SELECT * FROM story WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise QueryError(f"the store has no story t{number}")
    rows = db.execute(f"SELECT {_DOCUMENT} FROM document WHERE story = ? ORDER BY published, id", (number,))
    return StoredStory(*row), tuple(StoredDocument(*one) for one in rows)


_DOCUMENT = "id, hash, source_id, title, url, publisher, published, copy_of, story"


def document(db: sqlite3.Connection, number: int) -> StoredDocument:
    """A report without its text. Raises `QueryError` where the store has no such report."""
    row = db.execute(f"SELECT {_DOCUMENT} FROM document WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise QueryError(f"the store has no report d{number}")
    return StoredDocument(*row)


def text_of(db: sqlite3.Connection, number: int) -> str:
    """The whole text of a report."""
    row = db.execute("SELECT text FROM document WHERE id = ?", (number,)).fetchone()
    return str(row[0]) if row else ""
