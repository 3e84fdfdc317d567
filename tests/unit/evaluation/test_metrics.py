"""Counts and figures against values worked out by hand."""

from __future__ import annotations

import pytest

from whowhom.evaluation.metrics import Counts, accuracy, by_class, calibration_error, entities, macro_f1


def test_counts_give_precision_recall_and_f1():
    counts = Counts(gold=4, found=5, right=3)
    assert (counts.precision, counts.recall) == (0.6, 0.75)
    assert counts.f1 == pytest.approx(2 / 3)


def test_nothing_counted_is_zero():
    assert Counts().f1 == 0.0


def test_macro_f1_is_over_the_classes_of_the_gold():
    rows = by_class(["A", "A", "B"], ["A", "B", "C"])
    # A: 1 of 1 found, 1 of 2 gold: 2/3. B: 0. C is not in the gold.
    assert macro_f1(rows) == pytest.approx(1 / 3)
    assert accuracy(["A", "A", "B"], ["A", "B", "C"]) == pytest.approx(1 / 3)


def test_entities_of_iob2():
    assert entities(["B-S", "I-S", "O", "B-T", "B-T", "I-T"]) == {("S", 0, 2), ("T", 3, 4), ("T", 4, 6)}


def test_an_inside_of_another_kind_begins_an_entity():
    assert entities(["B-S", "I-T", "O", "I-R"]) == {("S", 0, 1), ("T", 1, 2), ("R", 3, 4)}


def test_calibration_error_is_the_gap():
    sure = [(0.9, True)] * 9 + [(0.9, False)]
    assert calibration_error(sure) == pytest.approx(0.0)
    assert calibration_error([(0.9, False)] * 10) == pytest.approx(0.9)
