"""The file: opening it, its settings, its versions. SQLite in WAL mode, one writer and many readers at a time."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path

from whowhom.errors import StoreError

APPLICATION_ID = 0x77686F6D
"""What `PRAGMA application_id` says of a file of ours ("whom")."""
BUSY_SECONDS = 30.0
"""How long a connection waits for a lock; the writer holds it for parts of a second."""
_CACHE_KIB = 64_000
_OF_THE_FILE = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOTADB,
}  # fmt: skip
"""Errors that are the file's, or of the disk that it lies on, and none of ours."""


def migrations() -> list[tuple[int, str]]:
    """Every migration as (version, SQL), in order."""
    folder = files("whowhom.store") / "migrations"
    found = [(int(one.name[:4]), one.read_text("utf-8")) for one in folder.iterdir() if one.name.endswith(".sql")]
    return sorted(found)


def version_of(path: str | Path) -> int | None:
    """The version of a store as its file has it, 0 where it is empty or none of ours, None where it is not there."""
    file = Path(path).expanduser()
    if not file.is_file():
        return None
    try:
        db = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
        try:
            ours = int(db.execute("PRAGMA application_id").fetchone()[0]) == APPLICATION_ID
            return int(db.execute("PRAGMA user_version").fetchone()[0]) if ours else 0
        finally:
            db.close()
    except sqlite3.DatabaseError as error:
        raise StoreError(_told(error, file)) from error


def connect(path: str | Path, *, write: bool = False, create: bool = False) -> sqlite3.Connection:
    """A connection to a store of this version, in autocommit mode; rows are `sqlite3.Row`.

    Args:
        path: the file.
        write: open it to write; a store of an older version is brought up to this one first.
        create: make the file where it is not there.

    Raises:
        StoreError: the file is not there, is no store, or was made by a newer whowhom.
    """
    file = Path(path).expanduser()
    if not create and not file.exists():
        raise StoreError(f"there is no store {str(file)!r}: make it with `whowhom ingest SOURCE --store {file}`")
    if file.is_dir():
        raise StoreError(f"{str(file)!r} is a folder; name the file of the store, such as {file / 'news.db'}")
    try:
        return _open(file, write=write)
    except sqlite3.DatabaseError as error:
        # A reader keeps notes beside the file; where it may not, it can still read a file that nobody writes to.
        alone = not write and file.is_file() and not Path(f"{file}-wal").exists()
        if alone and _code(error) in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            with suppress(sqlite3.DatabaseError):
                return _open(file, write=False, alone=True)
        raise StoreError(_told(error, file)) from error


def _open(file: Path, *, write: bool, alone: bool = False) -> sqlite3.Connection:
    address = f"{file.resolve().as_uri()}?mode={'rwc' if write else 'ro'}{'&immutable=1' if alone else ''}"
    db = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA foreign_keys = ON")
        db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        db.execute("PRAGMA temp_store = MEMORY")
        if not write:
            db.execute("PRAGMA query_only = ON")
        outdated = _outdated(db, file, write=write)
        if write:  # only now: it changes the file, which might have been another program's
            _keep_a_log(db)
            db.execute("PRAGMA synchronous = NORMAL")
        if outdated:
            migrate(db)
    except BaseException:
        db.close()
        raise
    return db


def _outdated(db: sqlite3.Connection, file: Path, *, write: bool) -> bool:
    """Whether the file is still to be made a store of this version. Raises `StoreError` where it must not be."""
    # One view of the file for all three answers: another process may be making it a store at this moment.
    db.execute("BEGIN")
    try:
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        mark = int(db.execute("PRAGMA application_id").fetchone()[0])
        tables = int(db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")
    latest = migrations()[-1][0]
    empty = version == 0 and tables == 0
    if mark != APPLICATION_ID and not empty:
        raise StoreError(f"{str(file)!r} is a database, but no store of whowhom: name another file")
    if version > latest:
        raise StoreError(
            f"{str(file)!r} was made by a newer whowhom (version {version} of the store, this one knows {latest}):"
            " install the newest whowhom"
        )
    if version < latest and not write:
        if empty:
            raise StoreError(f"{str(file)!r} is empty: fill it with `whowhom ingest SOURCE --store {file}`")
        raise StoreError(
            f"{str(file)!r} is of version {version}, this whowhom wants {latest}: run `whowhom upgrade --store {file}`"
        )
    return version < latest


def _keep_a_log(db: sqlite3.Connection) -> None:
    """WAL mode. SQLite does not wait for others in this one statement, so it is tried until they are done."""
    last = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > last:
                raise
        time.sleep(0.01)


def migrate(db: sqlite3.Connection) -> list[int]:
    """The versions that were added: each migration and the note that it ran share a transaction."""
    done = []
    for version, sql in migrations():
        with transaction(db):
            # Another process may have brought it up to date while this one waited for the lock.
            if version <= int(db.execute("PRAGMA user_version").fetchone()[0]):
                continue
            for statement in _statements(sql):
                db.execute(statement)
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {version}")
            done.append(version)
    return done


def _statements(sql: str) -> Iterator[str]:
    """The statements of a script one by one: `executescript` would end the transaction."""
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(re.sub(r"--[^\n]*", "", pending)):
            yield pending
            pending = ""


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """A transaction that takes the write lock at once; it is undone where anything is raised.

    Raises:
        StoreError: the file cannot be written: the disk is full, another program holds it.
    """
    try:
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
    except sqlite3.DatabaseError as error:
        if _code(error) in _OF_THE_FILE:
            raise StoreError(_told(error, Path(db.execute("PRAGMA database_list").fetchone()["file"]))) from error
        raise


@contextmanager
def savepoint(db: sqlite3.Connection) -> Iterator[None]:
    """A part of a transaction that is undone alone where anything is raised in it."""
    db.execute("SAVEPOINT part")
    try:
        yield
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK TO part")
            db.execute("RELEASE part")
        raise
    db.execute("RELEASE part")


def free(db: sqlite3.Connection, table: str, number: int | None) -> int | None:
    """The number where no row of the table has it, else None, for which SQLite finds one."""
    if number is None or db.execute(f"SELECT 1 FROM {table} WHERE id = ?", (number,)).fetchone():
        return None
    return number


def settle(db: sqlite3.Connection) -> None:
    """Leave a store as readers like it after much was written: statistics for the planner, the log in the file.

    Without statistics the planner takes a wrong index and a question of a tenth of a second takes half a minute. They
    are taken from a part of each index, which is as good and takes no time. (`PRAGMA optimize` passes tables over.)
    """
    db.execute("PRAGMA analysis_limit = 1000")
    db.execute("ANALYZE")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _code(error: sqlite3.DatabaseError) -> int:
    """What SQLite calls an error, without what further distinguishes it; 0 where it comes from Python."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _told(error: sqlite3.DatabaseError, file: Path) -> str:
    words = str(error)
    if "not a database" in words:
        return f"{str(file)!r} is no database: name another file"
    if "unable to open" in words or "readonly" in words:
        return f"{str(file)!r} cannot be opened ({words}): check the path and its permissions"
    if "full" in words:
        return f"{str(file)!r} cannot grow ({words}): make room on its disk; what was written is whole"
    if "locked" in words:
        return f"{str(file)!r} is held by another program ({words}): try again when that has ended"
    return f"{str(file)!r} cannot be used ({words}): restore it from a copy, or ingest its sources anew"
