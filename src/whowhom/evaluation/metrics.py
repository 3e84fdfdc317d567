"""Counts and the figures made of them. Every function is pure; shares are in [0, 1], 0 where nothing was counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Counts:
    """How many were in the gold, how many were found, and how many of these were right."""

    gold: int = 0
    found: int = 0
    right: int = 0

    def add(self, gold: int, found: int, right: int) -> None:
        """Count some more."""
        self.gold += gold
        self.found += found
        self.right += right

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that was found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def row(self) -> dict[str, float]:
        """All figures by name, for a table or JSON."""
        return {
            "gold": self.gold,
            "found": self.found,
            "right": self.right,
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
        }


def by_class(gold: Sequence[Hashable], guess: Sequence[Hashable]) -> dict[str, Counts]:
    """Counts of each class of one label a record, in the order of the gold's frequency."""
    rows: dict[Hashable, Counts] = {name: Counts() for name, _ in Counter(gold).most_common()}
    for g, p in zip(gold, guess, strict=True):
        rows[g].add(1, 0, int(g == p))
        rows.setdefault(p, Counts()).found += 1
    return {str(name): counts for name, counts in rows.items()}


def accuracy(gold: Sequence[Hashable], guess: Sequence[Hashable]) -> float:
    """The share of records whose label is right."""
    return sum(g == p for g, p in zip(gold, guess, strict=True)) / len(gold) if gold else 0.0


def macro_f1(rows: Mapping[str, Counts]) -> float:
    """The mean F1 of the classes that the gold has, as scikit-learn's `classification_report` takes it."""
    scores = [counts.f1 for counts in rows.values() if counts.gold]
    return sum(scores) / len(scores) if scores else 0.0


def score_classes(
    records: Sequence[Mapping[str, Any]], predictions: Sequence[Hashable], key: str
) -> tuple[dict[str, float], dict[str, Counts], list[tuple[str, str, str]]]:
    """Accuracy and macro-F1 of sentences with one label each (the gold's is under `key`), counts by class, errors."""
    gold = [record[key] for record in records]
    rows = by_class(gold, predictions)
    errors = [
        (r["id"], f"{g} taken for {p}", r["sentence"][:160])
        for r, g, p in zip(records, gold, predictions, strict=True)
        if g != p
    ]
    return {"accuracy": accuracy(gold, predictions), "macro-F1": macro_f1(rows)}, rows, errors


def entities(tags: Sequence[str]) -> set[tuple[str, int, int]]:
    """The entities `(kind, first, last + 1)` of IOB2 tags; an I- after nothing begins one, as in seqeval."""
    out: set[tuple[str, int, int]] = set()
    kind, first = "", 0
    for k, tag in enumerate([*tags, "O"]):
        mark, _, name = tag.partition("-")
        if kind and (mark != "I" or name != kind):
            out.add((kind, first, k))
            kind = ""
        if mark == "B" or (mark == "I" and not kind):
            kind, first = name, k
    return out


def calibration_error(pairs: Iterable[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error of `(confidence, right)`: mean gap of confidence and share right over equal bins."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in pairs:
        groups.setdefault(min(bins - 1, int(confidence * bins)), []).append((confidence, right))
    total = sum(len(group) for group in groups.values())
    gaps = (abs(sum(c for c, _ in group) - sum(r for _, r in group)) for group in groups.values())
    return sum(gaps) / total if total else 0.0
