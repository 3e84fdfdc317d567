"""MEANTIME: time expressions of the first six sentences, their spans, types and TIMEX3 values, as in TempEval-3.

Strict: the same tokens; relaxed: a token in common. Value: relaxed, and the same value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from whowhom.evaluation.metrics import Counts
from whowhom.evaluation.program import Program
from whowhom.parse import parse_articles
from whowhom.records import Article, Block
from whowhom.resolve import find_times

_SCORED = 6  # sentences with annotated times
_TYPES = {"date": "DATE", "duration": "DURATION", "set": "SET", "ref": "DATE"}


def predict(program: Program, records: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """For each document its time expressions: `{sentence, tokens, type, value}`, tokens as indices into a sentence."""
    for record in records:
        text, spans, blocks = "", [], []
        for number, sentence in enumerate(record["sentences"]):
            begin = len(text)
            for k, token in enumerate(sentence):
                spans.append((number, k, len(text), len(text) + len(token)))
                text += token + (" " if k < len(sentence) - 1 else "")
            blocks.append(Block(begin, len(text)))
            text += "\n"
        article = Article(text, record["id"], published=record["dct"], language="en", blocks=tuple(blocks))
        parsed = next(iter(parse_articles(program.coder.nlp, [article])))
        found = []
        for time in find_times(parsed):
            start, end = parsed.span(time.first, time.last)
            tokens = [(n, k) for n, k, s, e in spans if s < end and start < e]
            if tokens:
                found.append(
                    {
                        "sentence": tokens[0][0],
                        "tokens": [k for n, k in tokens if n == tokens[0][0]],
                        "type": _TYPES[time.kind],
                        "value": time.value,
                    }
                )
        yield found


def score(
    records: Sequence[dict[str, Any]], predictions: Sequence[Any]
) -> tuple[dict[str, float], dict[str, Counts], list[tuple[str, str, str]]]:
    """F1 of spans, strict and relaxed, and of type and value on the relaxed."""
    rows = {name: Counts() for name in ("strict", "relaxed", "type", "value")}
    errors = []
    for record, prediction in zip(records, predictions, strict=True):
        gold = [t for t in record["timex"] if t["sentence"] is not None and t["sentence"] < _SCORED and t["tokens"]]
        found = [t for t in prediction if t["sentence"] < _SCORED]
        used: set[int] = set()
        hits = dict.fromkeys(rows, 0)
        for g in gold:
            near = [
                k for k, p in enumerate(found)
                if k not in used and p["sentence"] == g["sentence"] and set(p["tokens"]) & set(g["tokens"])
            ]  # fmt: skip
            if not near:
                errors.append((record["id"], "missed", f"{g['text']} = {g['value']}"))
                continue
            best = max(near, key=lambda k: len(set(found[k]["tokens"]) & set(g["tokens"])))
            used.add(best)
            p = found[best]
            hits["relaxed"] += 1
            hits["strict"] += p["tokens"] == g["tokens"]
            hits["type"] += p["type"] == g["type"]
            hits["value"] += p["value"] == g["value"]
            if p["value"] != g["value"]:
                errors.append((record["id"], "value", f"{g['text']}: {g['value']} / {p['value']}"))
        errors += [
            (
                record["id"],
                "found where there is none",
                " ".join(record["sentences"][p["sentence"]][k] for k in p["tokens"]),
            )
            for k, p in enumerate(found)
            if k not in used
        ]
        for name, counts in rows.items():
            counts.add(len(gold), len(found), hits[name])
    return {f"{name} F1": counts.f1 for name, counts in rows.items()}, rows, errors
