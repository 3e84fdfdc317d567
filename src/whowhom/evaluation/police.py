"""india-police: what the police did, by sentence (KILL, ARREST, FAIL to intervene, FORCE, ANY_ACTION)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from whowhom.evaluation.metrics import Counts, macro_f1
from whowhom.evaluation.program import Program
from whowhom.model import read_text


def predict(program: Program, records: Sequence[dict[str, Any]]) -> Iterator[dict[str, list[str]]]:
    """For each article the labels of each sentence id."""
    network = program.network
    labels = network.labels["police"]
    for record in records:
        sentences = record["sentences"]
        windows = read_text(network, record["text"], [(s["start"], s["end"]) for s in sentences])
        out = {}
        for sentence, window in zip(sentences, windows, strict=True):
            chances = 1 / (1 + np.exp(-network.linear("police", window.mean())))
            out[str(sentence["sent_id"])] = [name for name, p in zip(labels, chances, strict=True) if p >= 0.5]
        yield out


def score(
    records: Sequence[dict[str, Any]], predictions: Sequence[Any]
) -> tuple[dict[str, float], dict[str, Counts], list[tuple[str, str, str]]]:
    """F1 of sentences by label (task 1 of the paper)."""
    rows = {name: Counts() for name in ("ANY_ACTION", "ARREST", "FAIL", "FORCE", "KILL")}
    errors = []
    for record, prediction in zip(records, predictions, strict=True):
        for sentence in record["sentences"]:
            gold, found = set(sentence["labels"]), set(prediction.get(str(sentence["sent_id"]), ()))
            for name, counts in rows.items():
                counts.add(int(name in gold), int(name in found), int(name in gold and name in found))
            words = record["text"][sentence["start"] : sentence["end"]][:120]
            errors += [(record["id"], f"{name} missed", words) for name in sorted(gold - found)]
            errors += [(record["id"], f"{name} found where there is none", words) for name in sorted(found - gold)]
    return {"macro-F1": macro_f1(rows)} | {f"{name} F1": counts.f1 for name, counts in rows.items()}, rows, errors
