"""Tags of a sequence: the rule of IOB2 is kept, and a weak begin can be made dearer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whowhom.model import best_tags

LABELS = ["O", "B-S", "I-S", "B-T", "I-T"]


def rows(*chances: dict[str, float]) -> np.ndarray:
    out = np.full((len(chances), len(LABELS)), 0.01, dtype=np.float32)
    for k, chance in enumerate(chances):
        for name, p in chance.items():
            out[k, LABELS.index(name)] = p
    return out / out.sum(-1, keepdims=True)


def names(found: np.ndarray) -> list[str]:
    return [LABELS[k] for k in found]


def test_clear_tags_are_taken():
    assert names(best_tags(rows({"B-S": 0.9}, {"I-S": 0.9}, {"O": 0.9}), LABELS)) == ["B-S", "I-S", "O"]


def test_an_inside_without_a_begin_gets_one():
    assert names(best_tags(rows({"O": 0.6, "B-S": 0.4}, {"I-S": 0.95}), LABELS)) == ["B-S", "I-S"]


def test_begin_below_zero_makes_fewer_pieces():
    chances = rows({"B-S": 0.9}, {"B-S": 0.5, "I-S": 0.4}, {"I-S": 0.9})
    assert names(best_tags(chances, LABELS)) == ["B-S", "B-S", "I-S"]
    assert names(best_tags(chances, LABELS, begin=-1.0)) == ["B-S", "I-S", "I-S"]


def test_no_tokens_no_tags():
    assert len(best_tags(np.zeros((0, 5), dtype=np.float32), LABELS)) == 0


@given(st.lists(st.lists(st.floats(0.001, 1.0), min_size=5, max_size=5), min_size=1, max_size=12))
def test_an_inside_always_follows_its_own_kind(table: list[list[float]]):
    chances = np.array(table, dtype=np.float32)
    tags = names(best_tags(chances / chances.sum(-1, keepdims=True), LABELS))
    for before, after in zip(["O", *tags], tags, strict=False):
        assert not after.startswith("I-") or before[2:] == after[2:]


@pytest.mark.parametrize("count", [1, 2, 7])
def test_one_tag_a_token(count: int):
    assert len(best_tags(rows(*[{"O": 0.9}] * count), LABELS)) == count
