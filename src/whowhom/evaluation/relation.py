"""events-plv: a sentence, who acts and on whom are given; the PLOVER root between them is asked (CONCEDE and RETREAT
together are YIELD)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from whowhom.evaluation.metrics import Counts, score_classes
from whowhom.evaluation.program import Program
from whowhom.model import Network, read_text
from whowhom.records import Document

YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


TOLD = 2.0
"""What an event that the coder finds between the two adds to the log-probability of its root, see `told`; on the pairs
kept out of training 0 gives an accuracy of 0.843, 1.5 to 5 give 0.854."""


def predict(program: Program, records: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The root name of each record: the network's, moved by what the whole coder finds between source and target."""
    documents = program.documents(records, text="sentence")
    for record, document in zip(records, documents, strict=True):
        scores = root_scores(program.network, record)
        found = told(record, document) if document is not None else {}
        yield max(scores, key=lambda name: math.log(scores[name] + 1e-6) + TOLD * found.get(name, 0.0))


def root_scores(network: Network, record: dict[str, Any]) -> dict[str, float]:
    """The network's probability of each root for one record."""
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


def told(record: dict[str, Any], document: Document) -> dict[str, float]:
    """For each root the confidence of its surest event whose sides are the given ones, in [0, 1].

    An event with one of the two sides counts half; where all are actors (a meeting), either may be either.
    """
    mentions = {actor.id: actor.mentions for actor in document.actors}
    spans = {side: [(s["start"], s["end"]) for s in record[side]["spans"]] for side in ("source", "target")}

    def stands(side: str, ids: Sequence[str]) -> bool:
        return any(s < y and x < e for one in ids for x, y in mentions.get(one, ()) for s, e in spans[side])

    out: dict[str, float] = {}
    for event in document.events:
        acts = stands("source", event.actors)
        bears = stands("target", event.recipients or event.actors)
        if acts or bears:
            root = YIELD.get(event.type, event.type)
            out[root] = max(out.get(root, 0.0), event.confidence * (1.0 if acts and bears else 0.5))
    return out


def score(
    records: Sequence[dict[str, Any]], predictions: Sequence[Any]
) -> tuple[dict[str, float], dict[str, Counts], list[tuple[str, str, str]]]:
    """Accuracy and macro-F1 of the root."""
    return score_classes(records, predictions, "gold_root")
