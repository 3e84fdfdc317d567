"""A small world of hand-made reports in a store, for questions of every kind."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from handmade import written
from small_world import WORLD

from whowhom.store import Store


@pytest.fixture(scope="session")
def world_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the small world; it is only read."""
    path = tmp_path_factory.mktemp("world") / "world.db"
    written(path, WORLD).close()
    return path


@pytest.fixture(scope="session")
def world(world_file: Path) -> Iterator[Store]:
    with Store(world_file) as store:
        yield store


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """An empty store, open to write."""
    found = written(tmp_path / "news.db", ())
    yield found
    found.close()
