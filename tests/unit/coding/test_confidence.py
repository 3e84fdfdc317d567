"""Confidence is one probability: it rises with what supports an event and keeps within its bounds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from whowhom.candidates import EventCandidate
from whowhom.coding.confidence import Calibration, calibration, features, probability

CANDIDATE = EventCandidate(
    trigger=1, words=((1, 2),), type="ACCUSE", mode=None, contexts=(), actors=(0,), recipients=(2,), status="occurred",
    statement=None, clause=frozenset({1}), content=(), weight=0.8, rule="v:condemn", support=0.9,
)  # fmt: skip


def sure(candidate: EventCandidate, weight: float = 0.8) -> float:
    return probability(features(candidate, candidate.status, weight, 1, 1, False), calibration())


def test_more_weight_is_surer():
    assert sure(CANDIDATE, 0.9) > sure(CANDIDATE, 0.3)


def test_support_of_the_network_is_surer():
    assert sure(CANDIDATE) > sure(replace(CANDIDATE, support=0.02))


@pytest.mark.parametrize("weight", [0.0, 0.5, 1.0])
def test_it_is_a_probability(weight: float):
    assert 0.0 < sure(CANDIDATE, weight) < 1.0


def test_no_weights_say_nothing():
    assert probability(features(CANDIDATE, "occurred", 0.5, 1, 1, False), Calibration({}, 0.5)) == 0.5


def test_a_word_that_only_the_network_knows_is_marked():
    found = features(replace(CANDIDATE, rule="model:ACCUSE"), "occurred", 0.5, 1, 1, True)
    assert found["new"] == 1.0
    assert found["noun"] == 1.0
