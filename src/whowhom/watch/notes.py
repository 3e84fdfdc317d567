"""What a watch keeps in the store between polls and between runs: feeds, their entries, rules of hosts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from whowhom.store.database import transaction

_DAY = 86_400.0
_KEPT = 90 * _DAY
"""How long an entry is remembered after its feed listed it last: feeds drop entries and bring them back."""


@dataclass(frozen=True, slots=True)
class FeedNote:
    """What is known of a feed. Times are seconds since 1970; `least` are the seconds that it wants between polls."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    polled: float | None = None
    due: float = 0.0
    least: float = 0.0
    failures: int = 0
    last_error: str | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry as a feed lists it. `page`: address of its page where that has to be fetched, else empty."""

    key: str
    page: str = ""


class Notes:
    """The notes in a store that is open to write; each call is a transaction of its own."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def feed(self, url: str) -> FeedNote:
        """What is known of the feed at `url`."""
        row = self.db.execute("SELECT * FROM feed WHERE url = ?", (url,)).fetchone()
        if row is None:
            return FeedNote(url)
        return FeedNote(
            url, row["etag"], row["last_modified"], _seconds(row["polled_at"]), _seconds(row["next_poll"]) or 0.0,
            row["least_seconds"], row["failures"], row["last_error"], bool(row["gone"]),
        )  # fmt: skip

    def save(self, note: FeedNote) -> None:
        """Keep what is known of a feed."""
        with transaction(self.db):
            self._save(note)

    def _save(self, note: FeedNote) -> None:
        values = (
            note.url, note.etag, note.last_modified, _iso(note.polled), _iso(note.due), note.least, note.failures,
            note.last_error, note.gone,
        )  # fmt: skip
        self.db.execute(
            "INSERT INTO feed (url, etag, last_modified, polled_at, next_poll, least_seconds, failures, last_error,"
            " gone) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET etag = excluded.etag,"
            " last_modified = excluded.last_modified, polled_at = excluded.polled_at, next_poll = excluded.next_poll,"
            " least_seconds = excluded.least_seconds, failures = excluded.failures, last_error = excluded.last_error,"
            " gone = excluded.gone",
            values,
        )

    def waits(self, url: str, now: float) -> bool:
        """Whether the feed has entries that are still to be dealt with, and may be now."""
        row = self.db.execute("SELECT 1 FROM feed_entry WHERE feed = ? AND next_try <= ?", (url, _iso(now))).fetchone()
        return row is not None

    def list_entries(self, note: FeedNote, entries: Sequence[Listed], now: float) -> list[str]:
        """Keep what a feed lists, together with `note`; the keys of those that are to be dealt with now, in order.

        They count as to be dealt with until `settle` is called for them, also when this process ends before that.
        """
        day = _iso(now)[:10]
        fresh: list[str] = []
        with transaction(self.db):
            self._save(note)
            for one in entries:
                row = self.db.execute(
                    "SELECT next_try, listed FROM feed_entry WHERE entry = ? AND feed = ?", (one.key, note.url)
                ).fetchone()
                if row is None:
                    known = bool(one.page) and self.has_page(one.page)
                    self.db.execute(
                        "INSERT INTO feed_entry VALUES (?, ?, ?, 0, ?, ?)",
                        (one.key, note.url, one.page, None if known else _iso(now), day),
                    )
                    if not known:
                        fresh.append(one.key)
                    continue
                if row["next_try"] is not None and row["next_try"] <= _iso(now):
                    fresh.append(one.key)
                if row["listed"] < day:
                    self.db.execute(
                        "UPDATE feed_entry SET listed = ? WHERE entry = ? AND feed = ?", (day, one.key, note.url)
                    )
            self._drop(note.url, [one.key for one in entries], now)
        return fresh

    def _drop(self, url: str, listed: list[str], now: float) -> None:
        """Forget what the feed has not listed for long, and what it dropped before it could be dealt with."""
        self.db.execute("DELETE FROM feed_entry WHERE feed = ? AND listed < ?", (url, _iso(now - _KEPT)[:10]))
        keys = set(listed)
        waiting = self.db.execute("SELECT entry FROM feed_entry WHERE feed = ? AND next_try IS NOT NULL", (url,))
        self.db.executemany(
            "DELETE FROM feed_entry WHERE entry = ? AND feed = ?",
            [(row[0], url) for row in waiting.fetchall() if row[0] not in keys],
        )

    def has_page(self, page: str) -> bool:
        """Whether the page at that address was dealt with, for whichever feed."""
        return (
            self.db.execute(
                "SELECT 1 FROM feed_entry WHERE page = ? AND next_try IS NULL AND page <> ''", (page,)
            ).fetchone()
            is not None
        )

    def settle(self, url: str, entries: Iterable[tuple[str, bool]]) -> None:
        """Note that entries were dealt with: key, and whether a report came of it."""
        with transaction(self.db):
            for key, reported in entries:
                self.db.execute("UPDATE feed_entry SET next_try = NULL WHERE entry = ? AND feed = ?", (key, url))
                if reported:
                    self.db.execute("DELETE FROM skipped WHERE source = ?", (source_of(url, key),))

    def put_off(self, url: str, key: str, due: float, *, tried: bool = True) -> None:
        """Note that an entry could not be dealt with and waits for the first poll after `due`.

        `tried`: its page was asked for, in vain.
        """
        with transaction(self.db):
            self.db.execute(
                "UPDATE feed_entry SET tries = tries + ?, next_try = ? WHERE entry = ? AND feed = ?",
                (tried, _iso(due), key, url),
            )

    def tries(self, url: str, key: str) -> int:
        """How often the page of an entry was asked for in vain."""
        row = self.db.execute("SELECT tries FROM feed_entry WHERE entry = ? AND feed = ?", (key, url)).fetchone()
        return int(row[0]) if row else 0

    def robots(self, origin: str, now: float) -> tuple[str, float] | None:
        """The robots.txt of a host, empty where it has none, and when it was read; None where that is a day ago."""
        row = self.db.execute("SELECT robots, read_at FROM host WHERE origin = ?", (origin,)).fetchone()
        read = _seconds(row["read_at"]) if row else None
        return (row["robots"], read) if read is not None and 0 <= now - read < _DAY else None

    def save_robots(self, origin: str, robots: str, now: float) -> None:
        """Keep the robots.txt of a host, and forget those that are a day old."""
        with transaction(self.db):
            self.db.execute("DELETE FROM host WHERE read_at <= ?", (_iso(now - _DAY),))
            self.db.execute("INSERT OR REPLACE INTO host VALUES (?, ?, ?)", (origin, robots, _iso(now)))


def source_of(url: str, key: str) -> str:
    """How an entry of a feed is named among what was skipped."""
    return f"{url}!{key}"


def _iso(seconds: float | None) -> str:
    """A time as the store has it: UTC, whole seconds."""
    return "" if seconds is None else datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _seconds(value: str | None) -> float | None:
    return datetime.strptime(value, "%Y-%m-%dT%H:%M:%S%z").timestamp() if value else None
