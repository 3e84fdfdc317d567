"""What every test of a watch has: sites, a clock, and a way to start a watch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from staged import Clock, Run, Site, item


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site(clock: Clock) -> Iterator[Site]:
    found = Site(clock)
    yield found
    found.httpd.shutdown()
    found.httpd.server_close()


@pytest.fixture
def other(clock: Clock) -> Iterator[Site]:
    """A site of another name."""
    found = Site(clock, "localhost")
    yield found
    found.httpd.shutdown()
    found.httpd.server_close()


@pytest.fixture
def run(tmp_path: Path, clock: Clock) -> Run:
    return Run(tmp_path / "news.db", clock)


@pytest.fixture
def make_item() -> Callable[..., str]:
    return item
