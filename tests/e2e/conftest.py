"""One store of the example reports for all tests of this folder: coding them takes a second each."""

from __future__ import annotations

from pathlib import Path

import pytest
from installed import REPORTS, run


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the example reports, ingested by one process; it is only read."""
    path = tmp_path_factory.mktemp("store") / "news.db"
    done = run("ingest", str(REPORTS), "--store", str(path), "--workers", "1")
    assert done.returncode == 0, done.stderr
    return path
