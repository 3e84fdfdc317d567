from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from whowhom.own_actors import OwnRole, make_actor
from whowhom.store import own
from whowhom.store.database import connect

COSTA = make_actor(
    "Ana Costa", "person", ["Costa", "A. Costa"],
    [OwnRole("PRT", "BUS", ("LAB",), "director", "2019-11"), OwnRole("PRT", "GOV", (), "minister", "2015", "2019")],
    "own.csv",
)  # fmt: skip
FRONT = make_actor("The Front", "group")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    found = connect(tmp_path / "news.db", write=True, create=True)
    yield found
    found.close()


def test_actors_are_loaded_as_they_were_added(db: sqlite3.Connection) -> None:
    assert own.load(db) == ()
    assert own.add(db, [COSTA, FRONT]) == (2, 0)
    assert own.load(db) == (COSTA, FRONT)


def test_adding_again_changes_only_what_is_another_way(db: sqlite3.Connection) -> None:
    own.add(db, [COSTA, FRONT])
    changed = replace(FRONT, aliases=("Front",), roles=(OwnRole("KEN"),))
    assert own.add(db, [replace(COSTA, origin="other.csv"), changed]) == (0, 1)
    assert own.load(db) == (COSTA, changed)
    assert own.add(db, [FRONT]) == (0, 1)
    assert own.load(db) == (COSTA, FRONT)


def test_a_removed_actor_is_gone_with_its_names_and_roles(db: sqlite3.Connection) -> None:
    own.add(db, [COSTA, FRONT])
    assert own.remove(db, "Ana Costa")
    assert not own.remove(db, "Ana Costa")
    assert own.load(db) == (FRONT,)
    assert db.execute("SELECT count(*) FROM own_actor_name").fetchone()[0] == 0
    assert db.execute("SELECT count(*) FROM own_actor_role").fetchone()[0] == 0


def test_a_failure_leaves_nothing_of_the_call(db: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.Error):
        own.add(db, [COSTA, replace(FRONT, kind=None)])  # type: ignore[arg-type]
    assert own.load(db) == ()
