"""Connections to the store, lent to one request at a time. The file may appear, grow, or be replaced meanwhile."""

from __future__ import annotations

import os
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from whowhom.serve.errors import Refusal
from whowhom.store import Store

_LENT = 4
"""Questions that are answered at a time: more would only wait for the same disk and processor."""
_WAIT = 15.0
_DEADLINE = 20.0
"""Seconds after which a question is broken off."""
Identity = tuple[int, int]


class Stores:
    """A few stores opened to read, each used by one thread at a time (SQLite's objects may change hands, not share)."""

    def __init__(self, path: str | Path, *, lent: int = _LENT, deadline: float = _DEADLINE) -> None:
        self.path = Path(path).expanduser()
        self.deadline = deadline
        self._room = threading.Semaphore(lent)
        self._lock = threading.Lock()
        self._idle: list[tuple[Identity, Store]] = []
        self._begun = secrets.token_hex(4)
        self._watched: tuple[Identity, sqlite3.Connection] | None = None
        self._watch_lock = threading.Lock()

    @property
    def there(self) -> bool:
        """Whether there is a store."""
        return self._identity() is not None

    @contextmanager
    def lend(self) -> Iterator[Store]:
        """A store for the time of a `with` statement.

        Raises:
            Refusal: there is no store yet, or too many are asking.
            StoreError: the file cannot be opened.
        """
        if not self._room.acquire(timeout=_WAIT):
            raise Refusal("too much is asked at once: try again in a moment", 503, "busy", {"Retry-After": "5"})
        try:
            identity, store = self._take()
            clock = _Clock(store.db, self.deadline)
            kept = False
            try:
                yield store
                kept = True
            finally:
                clock.stop()
                if kept or not clock.rung:
                    self._give(identity, store)
                else:
                    store.close()
        finally:
            self._room.release()

    def version(self) -> str:
        """A mark that changes whenever the content of the store does; of no meaning to another run of the server."""
        with self._watch_lock:
            identity = self.known()
            if self._watched is None or self._watched[0] != identity:
                if self._watched is not None:
                    self._watched[1].close()
                    self._watched = None
                self._watched = (identity, Store(self.path).db)
            changed = self._watched[1].execute("PRAGMA data_version").fetchone()[0]
            return f"{self._begun}.{identity[1]}.{changed}"

    def close(self) -> None:
        """Close what is open and not lent."""
        with self._lock:
            for _, store in self._idle:
                store.close()
            self._idle.clear()
        with self._watch_lock:
            if self._watched is not None:
                self._watched[1].close()
                self._watched = None

    def _identity(self) -> Identity | None:
        try:
            found = os.stat(self.path)
        except OSError:
            return None
        return (found.st_dev, found.st_ino) if found.st_size else None

    def known(self) -> Identity:
        """Which file the store is. Raises `Refusal` where there is none yet."""
        identity = self._identity()
        if identity is None:
            raise Refusal(
                f"there is no store yet: make it with `whowhom ingest SOURCE --store {self.path.name}`", 404, "no-store"
            )
        return identity

    def _take(self) -> tuple[Identity, Store]:
        identity = self.known()
        with self._lock:
            while self._idle:
                known, store = self._idle.pop()
                if known == identity:
                    return identity, store
                store.close()
        return identity, Store(self.path)

    def _give(self, identity: Identity, store: Store) -> None:
        if self._identity() != identity:
            store.close()
            return
        with self._lock:
            self._idle.append((identity, store))


class _Clock:
    """Breaks a connection's question off after a time."""

    def __init__(self, db: sqlite3.Connection, seconds: float) -> None:
        self.rung = False
        self._db, self._lock, self._over = db, threading.Lock(), False
        self._timer = threading.Timer(seconds, self._ring)
        self._timer.daemon = True
        self._timer.start()

    def _ring(self) -> None:
        with self._lock:
            if not self._over:
                self.rung = True
                with suppress(sqlite3.Error):
                    self._db.interrupt()

    def stop(self) -> None:
        """Leave the connection alone from now on."""
        self._timer.cancel()
        with self._lock:
            self._over = True
