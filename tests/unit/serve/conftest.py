"""The desk's app over the small world of the store's tests, and callers in this process."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))  # reports by hand, and the world made of them
from calling import HERE, Open
from handmade import written
from small_world import WORLD

from whowhom.serve.app import make_app
from whowhom.serve.security import Rules


@pytest.fixture(scope="session")
def world_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the small world; it is only read."""
    path = tmp_path_factory.mktemp("desk") / "world.db"
    written(path, WORLD).close()
    return path


@pytest.fixture
def own_store(tmp_path: Path) -> Iterator[tuple[Path, sqlite3.Connection]]:
    """A store of the small world that a test may write to."""
    path = tmp_path / "news.db"
    db = written(path, WORLD)
    yield path, db
    db.close()


@pytest.fixture
def opened() -> Iterator[Open]:
    """Makes callers of apps, which are closed at the end."""
    with ExitStack() as stack:

        def make(store: Path, *, rules: Rules | None = None, base: str = HERE, **options: Any) -> TestClient:
            client = TestClient(
                make_app(store, rules=rules, **options), base, raise_server_exceptions=False, follow_redirects=False
            )
            entered: AbstractContextManager[TestClient] = client
            return stack.enter_context(entered)

        yield make


@pytest.fixture
def desk(opened: Open, world_store: Path) -> TestClient:
    """A caller of an app over the small world."""
    return opened(world_store)
