"""events-plv: a sentence, who acts and on whom are given; the PLOVER root between them is asked (CONCEDE and RETREAT
together are YIELD)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from whowhom.evaluation.metrics import Counts, accuracy, by_class, macro_f1
from whowhom.evaluation.program import Program
from whowhom.model import Network, read_text

YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


def predict(program: Program, records: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The root name of each record."""
    for record in records:
        scores = root_scores(program.network, record)
        yield max(scores, key=lambda name: scores[name])


def root_scores(network: Network, record: dict[str, Any]) -> dict[str, float]:
    """The probability of each root for one record."""
    window = read_text(network, record["sentence"])[0]
    spans = []
    for side in ("source", "target"):
        marked = record[side]["spans"]
        spans.append((marked[0]["start"], marked[0]["end"]) if marked else (0, 0))
    out: dict[str, float] = {}
    for name, share in zip(network.labels["types"], window.relation([(spans[0], spans[1])])[0], strict=True):
        root = YIELD.get(name, name)
        out[root] = out.get(root, 0.0) + float(share)
    return out


def score(
    records: Sequence[dict[str, Any]], predictions: Sequence[Any]
) -> tuple[dict[str, float], dict[str, Counts], list[tuple[str, str, str]]]:
    """Accuracy and macro-F1 of the root."""
    gold = [record["gold_root"] for record in records]
    rows = by_class(gold, predictions)
    errors = [
        (r["id"], f"{g} taken for {p}", r["sentence"][:160])
        for r, g, p in zip(records, gold, predictions, strict=True)
        if g != p
    ]
    return {"accuracy": accuracy(gold, predictions), "macro-F1": macro_f1(rows)}, rows, errors
