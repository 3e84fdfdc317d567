"""How many independent sources stand behind a record."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable


def independent(db: sqlite3.Connection, documents: Iterable[int]) -> int:
    """How many of the documents are independent of each other.

    A text and its near copies are one source, however many outlets carry it (an agency's report in ten papers is one).
    Different texts of one outlet are one source as well, where nobody else carries them.
    """
    wanted = sorted(set(documents))
    marks = ",".join("?" * len(wanted))
    rows = db.execute(
        f"SELECT coalesce(d.copy_of, d.id) AS family, s.publisher FROM document d JOIN sighting s ON s.document = d.id"
        f" WHERE d.id IN ({marks})",
        wanted,
    )
    outlets: dict[int, set[str]] = {}
    for family, publisher in rows:
        outlets.setdefault(family, set()).add(publisher)
    return len({f if len(names) > 1 or "" in names else next(iter(names)) for f, names in outlets.items()})
