"""Answers as data frames."""

from __future__ import annotations

import sys

import pytest

import whowhom
from whowhom.errors import MissingExtraError
from whowhom.store import Store
from whowhom.store.tables import columns, flat


def test_the_store_is_part_of_the_public_face() -> None:
    assert whowhom.Store is Store


def test_a_page_is_a_frame_of_either_kind(world: Store) -> None:
    page = world.events()
    rows = [flat(one) for one in page]
    pandas = page.to_pandas()
    polars = page.to_polars()
    assert list(pandas.columns) == list(polars.columns) == list(columns(type(page.rows[0])))
    assert list(pandas["id"]) == polars["id"].to_list() == [row["id"] for row in rows]
    assert polars["sources"].to_list() == [row["sources"] for row in rows]


def test_without_the_library_it_is_said_what_to_install(world: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"whowhom\[frames\]"):
        world.statements().to_pandas()
