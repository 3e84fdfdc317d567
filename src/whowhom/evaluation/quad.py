"""cameo-quad: the class of a sentence (0 none of the others, 1 verbal cooperation, 2 material cooperation, 3 verbal
conflict, 4 material conflict)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from whowhom.evaluation.metrics import Counts, score_classes
from whowhom.evaluation.program import Program
from whowhom.model import read_text


def predict(program: Program, records: Sequence[dict[str, Any]]) -> Iterator[int]:
    """The class of each sentence."""
    for record in records:
        window = read_text(program.network, record["sentence"])[0]
        yield int(program.network.linear("quad", window.mean()).argmax())


def score(
    records: Sequence[dict[str, Any]], predictions: Sequence[Any]
) -> tuple[dict[str, float], dict[str, Counts], list[tuple[str, str, str]]]:
    """Accuracy and macro-F1."""
    return score_classes(records, predictions, "label")
