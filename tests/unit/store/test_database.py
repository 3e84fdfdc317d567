from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from whowhom.errors import StoreError
from whowhom.store import database
from whowhom.store.database import APPLICATION_ID, connect, migrate, migrations, savepoint, transaction


def schema(db: sqlite3.Connection) -> list[tuple[str, str]]:
    return [tuple(row) for row in db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY 1, 2")]


def test_a_new_file_is_a_store_of_the_latest_version(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "new.db", write=True, create=True)) as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == migrations()[-1][0]
        assert db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_no_statement_of_the_migrations_is_lost(tmp_path: Path) -> None:
    with (
        closing(sqlite3.connect(":memory:")) as whole,
        closing(connect(tmp_path / "n.db", write=True, create=True)) as db,
    ):
        for _, sql in migrations():
            whole.executescript(sql)
        assert schema(db) == schema(whole)


def test_a_store_that_is_up_to_date_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    connect(path, write=True, create=True).close()
    before = path.read_bytes()
    with closing(connect(path, write=True)) as db:
        assert migrate(db) == []
    assert path.read_bytes() == before


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "new.db"
    connect(path, write=True, create=True).close()
    known = migrations()
    latest = known[-1][0]
    broken = [*known, (latest + 1, "CREATE TABLE extra (a TEXT);\nCREATE TABLE extra (b TEXT);\n")]
    monkeypatch.setattr(database, "migrations", lambda: broken)
    with pytest.raises(StoreError, match="already exists"):
        connect(path, write=True)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (latest,)
        assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'extra'").fetchone() == (0,)
    mended = [*known, (latest + 1, "CREATE TABLE extra (a TEXT);\n")]
    monkeypatch.setattr(database, "migrations", lambda: mended)
    with pytest.raises(StoreError, match=f"is of version {latest}"):
        connect(path)
    with closing(connect(path, write=True)) as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == latest + 1
        assert db.execute("SELECT count(*) FROM extra").fetchone()[0] == 0


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    connect(path, write=True, create=True).close()
    with closing(connect(path)) as db, pytest.raises(sqlite3.OperationalError):
        db.execute("INSERT INTO story (documents, sources) VALUES (1, 1)")


def test_several_that_make_one_file_at_once_all_get_it(tmp_path: Path) -> None:
    failed: list[BaseException] = []

    def make(path: Path, together: threading.Barrier) -> None:
        together.wait()
        try:
            connect(path, write=True, create=True).close()
        except BaseException as error:
            failed.append(error)

    for number in range(40):  # one looks at the file while another makes it only now and then
        path, together = tmp_path / f"{number}.db", threading.Barrier(4)
        threads = [threading.Thread(target=make, args=(path, together)) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        connect(path).close()
    assert failed == []


@pytest.mark.parametrize("name", ["ü? #%41&mode=ro.db", "with space.db", "'quoted'.db"])
def test_any_name_of_a_file_will_do(tmp_path: Path, name: str) -> None:
    connect(tmp_path / name, write=True, create=True).close()
    connect(tmp_path / name).close()
    assert (tmp_path / name).is_file()


def test_what_is_no_store_is_told_and_left_alone(tmp_path: Path) -> None:
    text, foreign, empty = (tmp_path / name for name in ("text.txt", "foreign.db", "empty.db"))
    text.write_text("no database at all, but rather a text of some length " * 40)
    with closing(sqlite3.connect(foreign)) as db:
        db.execute("CREATE TABLE recipe (name TEXT)")
        db.commit()
    empty.touch()
    for path, words in ((text, "is no database"), (foreign, "no store of whowhom"), (tmp_path, "is a folder")):
        before = path.read_bytes() if path.is_file() else b""
        for write in (False, True):
            with pytest.raises(StoreError, match=words):
                connect(path, write=write, create=write)
        assert (path.read_bytes() if path.is_file() else b"") == before
    with pytest.raises(StoreError, match="there is no store"):
        connect(tmp_path / "none.db")
    with pytest.raises(StoreError, match="there is no store"):
        connect(tmp_path / "none.db", write=True)
    with pytest.raises(StoreError, match="cannot be opened"):
        connect(tmp_path / "no" / "folder" / "none.db", write=True, create=True)
    with pytest.raises(StoreError, match="is empty"):
        connect(empty)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["empty.db", "foreign.db", "text.txt"]
    connect(empty, write=True).close()  # an empty file becomes one


def test_a_store_of_a_newer_program_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    with closing(connect(path, write=True, create=True)) as db:
        db.execute("PRAGMA user_version = 9999")
    before = path.read_bytes()
    for write in (False, True):
        with pytest.raises(StoreError, match="newer whowhom"):
            connect(path, write=write)
    assert path.read_bytes() == before


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    connect(path, write=True, create=True).close()
    data = path.read_bytes()
    path.write_bytes(data[:100] + b"\xff" * 4000 + data[4100:])
    with pytest.raises(StoreError, match=str(path)):
        connect(path)


def test_a_reader_needs_no_room_beside_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    connect(path, write=True, create=True).close()
    (tmp_path / "new.db-shm").mkdir()  # as where the folder belongs to somebody else
    with closing(connect(path)) as db:
        assert db.execute("SELECT count(*) FROM document").fetchone()[0] == 0


def _write_and_stop(db: sqlite3.Connection, around: Any, error: type[BaseException]) -> None:
    with around(db):
        db.execute("INSERT INTO story (title, documents, sources) VALUES ('lost', 1, 1)")
        raise error


def test_a_transaction_is_whole_or_nothing(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "new.db", write=True, create=True)) as db:
        for stop in (ValueError, KeyboardInterrupt):
            with pytest.raises(stop):
                _write_and_stop(db, transaction, stop)
        assert not db.in_transaction
        assert db.execute("SELECT count(*) FROM story").fetchone()[0] == 0
        with transaction(db):
            db.execute("INSERT INTO story (documents, sources) VALUES (1, 1)")
        assert db.execute("SELECT count(*) FROM story").fetchone()[0] == 1


def test_a_part_of_a_transaction_can_be_undone_alone(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "new.db", write=True, create=True)) as db:
        with transaction(db):
            with savepoint(db):
                db.execute("INSERT INTO story (title, documents, sources) VALUES ('kept', 1, 1)")
            with pytest.raises(ValueError):  # noqa: PT011
                _write_and_stop(db, savepoint, ValueError)
        assert [row[0] for row in db.execute("SELECT title FROM story")] == ["kept"]


def test_a_file_that_another_program_holds_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    path = tmp_path / "new.db"
    with (
        closing(connect(path, write=True, create=True)) as holder,
        closing(connect(path, write=True)) as other,
        transaction(holder),
    ):
        with pytest.raises(StoreError, match="held by another program"), transaction(other):
            pass
        assert not other.in_transaction


def test_a_full_disk_is_told_and_what_was_written_stays(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "new.db", write=True, create=True)) as db:
        with transaction(db):
            db.execute("INSERT INTO story (title, documents, sources) VALUES ('kept', 1, 1)")
        db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")
        with pytest.raises(StoreError, match="make room"), transaction(db):
            db.execute("INSERT INTO story (title, documents, sources) VALUES (?, 1, 1)", ("x" * 1_000_000,))
        assert not db.in_transaction
        assert [row[0] for row in db.execute("SELECT title FROM story")] == ["kept"]
