"""How many independent sources stand behind a record."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from urllib.parse import urlsplit


def independent(db: sqlite3.Connection, documents: Iterable[int]) -> int:
    """How many of the documents are independent of each other.

    A text and its near copies are one source, however many outlets carry it (an agency's report in ten papers is one).
    Different texts of one outlet are one source as well, where nobody else carries them.
    """
    wanted = sorted(set(documents))
    marks = ",".join("?" * len(wanted))
    rows = db.execute(
        "SELECT coalesce(d.copy_of, d.id) AS family, s.url, s.publisher FROM document d"
        f" JOIN sighting s ON s.document = d.id WHERE d.id IN ({marks})",
        wanted,
    )
    outlets: dict[int, set[str]] = {}
    for family, url, publisher in rows:
        outlets.setdefault(family, set()).add(_outlet(url, publisher))
    return len({f if len(names) > 1 or "" in names else next(iter(names)) for f, names in outlets.items()})


def _outlet(url: str, publisher: str) -> str:
    """What an outlet is known by: the host of its pages, which name it in several ways, else its name; "" unknown."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    return host.removeprefix("www.") or publisher.casefold()
