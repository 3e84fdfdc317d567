"""The installed command for tests, and what is in the stores that it makes."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
REPORTS = ROOT / "examples" / "reports"
COMMAND = str(Path(sys.executable).with_name("whowhom"))
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "HOME": str(Path.home()), "COLUMNS": "100"}
_OF_THE_CLOCK = {"coded_at", "at"}


def run(*args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command, run to its end; it finds no settings file, for it runs in the root of the disk."""
    return subprocess.run(
        [COMMAND, *args],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        env=_ENVIRONMENT | environment,
        cwd="/",
        check=False,
    )


def start(*args: str) -> subprocess.Popen[str]:
    """The command under way, as the first of a group of processes."""
    return subprocess.Popen(
        [COMMAND, *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=_ENVIRONMENT,
        cwd="/",
        start_new_session=True,
        # A build that runs in the background has Ctrl-C ignored, and would hand that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def copied(store: Path, folder: Path) -> Path:
    """A copy of a store that nobody writes to, to change it."""
    return Path(shutil.copy(store, folder / "copy.db"))


def rows(store: Path, question: str, *values: Any) -> list[tuple[Any, ...]]:
    """The answer of a store to SQL."""
    with closing(sqlite3.connect(store, timeout=30)) as db:
        return db.execute(question, values).fetchall()


def documents(store: Path) -> int:
    """How many documents a store has so far; none where it is not made yet."""
    if not store.exists():
        return 0
    try:
        return int(rows(store, "SELECT count(*) FROM document")[0][0])
    except sqlite3.OperationalError:
        return 0


def content(store: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, without times of the clock, sorted."""
    out = {}
    with closing(sqlite3.connect(store)) as db:
        indexes = tuple(
            f"{row[0]}_" for row in db.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'")
        )
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if table.startswith(("sqlite_", *indexes)):
                continue
            names = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            kept = ", ".join(f'"{name}"' for name in names if name not in _OF_THE_CLOCK)
            out[table] = sorted(db.execute(f"SELECT {kept} FROM {table}").fetchall(), key=repr)
    return out


def assert_same(one: Path, other: Path) -> None:
    """Assert that two stores have the same content; a failure names the table."""
    first, second = content(one), content(other)
    assert first.keys() == second.keys()
    for table in first:
        assert first[table] == second[table], table


def assert_sound(store: Path) -> None:
    """Assert that a file is whole, its references lead somewhere and its word indexes fit the texts."""
    with closing(sqlite3.connect(store)) as disk, closing(sqlite3.connect(":memory:")) as db:
        disk.backup(db)
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in ("text_search", "statement_search", "pledge_search"):
            db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something; fail where it does not come."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


def coders_of(parent: int) -> set[int]:
    """The processes that code for a process."""
    out = set()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and _parent(folder) == parent and b"spawn_main" in _command(folder):
            out.add(int(folder.name))
    return out


def alive(number: int) -> bool:
    """Whether a process still runs."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def ended(process: subprocess.Popen[str], signal: int) -> tuple[int, str]:
    """Send a signal to a process with all of its group and wait for it: status and standard error."""
    os.killpg(process.pid, signal)
    _, err = process.communicate(timeout=60)
    return process.returncode, err


def _parent(folder: Path) -> int:
    try:
        return int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _command(folder: Path) -> bytes:
    try:
        return (folder / "cmdline").read_bytes()
    except OSError:
        return b""
