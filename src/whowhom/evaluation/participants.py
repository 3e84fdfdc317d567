"""cameo-ner: source, target and reciprocal actors, tagged in the tokens of a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from whowhom.evaluation.metrics import Counts, entities, macro_f1
from whowhom.evaluation.program import Program
from whowhom.model import best_tags, read_text, softmax


def predict(program: Program, records: Sequence[dict[str, Any]]) -> Iterator[list[str]]:
    """IOB2 tags of each record's tokens."""
    labels = program.network.labels["participants"]
    for record in records:
        text, starts = "", []
        for token in record["tokens"]:
            starts.append(len(text))
            text += token + " "
        window = read_text(program.network, text.rstrip())[0]
        rows = [window.pieces(s, s + len(t))[0] for s, t in zip(starts, record["tokens"], strict=True)]
        chances = softmax(program.network.linear("participants", window.vectors[rows]))
        yield [labels[k] for k in best_tags(chances, labels)]


def score(
    records: Sequence[dict[str, Any]], predictions: Sequence[Any]
) -> tuple[dict[str, float], dict[str, Counts], list[tuple[str, str, str]]]:
    """Macro-F1 of entities, as seqeval counts them."""
    rows = {kind: Counts() for kind in ("S", "T", "R")}
    errors = []
    for record, tags in zip(records, predictions, strict=True):
        gold, found = entities(record["tags"]), entities(tags)
        for kind, counts in rows.items():
            counts.add(
                sum(e[0] == kind for e in gold),
                sum(e[0] == kind for e in found),
                sum(e[0] == kind for e in gold & found),
            )
        for kind, first, last in sorted(gold - found):
            near = [e for e in found if e[1] < last and first < e[2]]
            cause = "missed" if not near else "other side" if near[0][1:] == (first, last) else "cut otherwise"
            errors.append((record["id"], f"{kind} {cause}", " ".join(record["tokens"][first:last])))
    return {"macro-F1": macro_f1(rows)}, rows, errors
