"""PolNeAR: source, cue and content of every attribution.

Token figures by role; an attribution is found where the content's tokens have a Jaccard of at least 0.5 with the gold's
(greedily, best first), and right with its source where the source's tokens do too (or both have none). Direct: the gold
content begins with a quotation mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from whowhom.evaluation.metrics import Counts
from whowhom.evaluation.program import Program
from whowhom.extract.attribution import read_attributions
from whowhom.model import read_parsed
from whowhom.parse import parse_articles
from whowhom.records import Article

_WORD = re.compile(r"\w+|[^\w\s]")
ROLES = ("source", "cue", "content")


def predict(program: Program, records: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, list[list[int]]]]]:
    """For each article its attributions: `{source, cue, content}`, each a list of `[start, end]`."""
    for article in program.articles(records):
        if not isinstance(article, Article):
            yield []
            continue
        parsed = next(iter(parse_articles(program.coder.nlp, [article])))
        reading = read_parsed(parsed, program.network)
        yield [
            {role: [list(parsed.span(first, last - 1)) for first, last in getattr(attribution, role)] for role in ROLES}
            for attribution in read_attributions(reading)
        ]


def score(
    records: Sequence[dict[str, Any]], predictions: Sequence[Any]
) -> tuple[dict[str, float], dict[str, Counts], list[tuple[str, str, str]]]:
    """Token counts by role, attribution counts in all, direct, indirect, each without and with the source."""
    rows = {name: Counts() for name in (*(f"{role} tokens" for role in ROLES), "attribution")}
    rows |= {f"{name}+ source": Counts() for name in ("", "direct ", "indirect ")}
    errors = []
    for record, prediction in zip(records, predictions, strict=True):
        words = [m.span() for m in _WORD.finditer(record["text"])]
        gold = [
            {r: _tokens(words, [(s["start"], s["end"]) for s in a[r]]) for r in ROLES} for a in record["attributions"]
        ]
        found = [{r: _tokens(words, a[r]) for r in ROLES} for a in prediction]
        for role in ROLES:
            g = set().union(*(a[role] for a in gold)) if gold else set()
            p = set().union(*(a[role] for a in found)) if found else set()
            rows[f"{role} tokens"].add(len(g), len(p), len(g & p))
        direct_gold = [_is_direct(record["text"], words, a["content"]) for a in gold]
        direct_found = [_is_direct(record["text"], words, a["content"]) for a in found]
        matched = _match(gold, found)
        with_source = [(i, j) for i, j in matched if _same(gold[i]["source"], found[j]["source"])]
        rows["attribution"].add(len(gold), len(found), len(matched))
        rows["+ source"].add(len(gold), len(found), len(with_source))
        for name, wanted in (("direct + source", True), ("indirect + source", False)):
            hits = sum(direct_gold[i] == wanted for i, _ in with_source)
            # A find counts for the kind that its gold has, else for its own.
            partner = {j: i for i, j in matched}
            of_kind = sum(
                (direct_gold[partner[j]] if j in partner else direct_found[j]) == wanted for j in range(len(found))
            )
            rows[name].add(sum(d == wanted for d in direct_gold), of_kind, hits)
        errors += _errors(record, words, gold, found, matched, with_source)
    figures = {name: counts.f1 for name, counts in rows.items()}
    return figures, rows, errors


def _errors(
    record: dict[str, Any],
    words: list[tuple[int, int]],
    gold: list[dict[str, set[int]]],
    found: list[dict[str, set[int]]],
    matched: list[tuple[int, int]],
    right: list[tuple[int, int]],
) -> list[tuple[str, str, str]]:
    text = record["text"]

    def shown(tokens: set[int]) -> str:
        return text[words[min(tokens)][0] : words[max(tokens)][1]][:90].replace("\n", " ") if tokens else "-"

    hit_gold, hit_found = {i for i, _ in matched}, {j for _, j in matched}
    out = []
    for i, a in enumerate(gold):
        if i not in hit_gold:
            touched = any(a["content"] & b["content"] for b in found)
            cause = "missed: content cut otherwise" if touched else "missed: nothing found there"
            out.append((record["id"], cause, f"{shown(a['cue'])} | {shown(a['content'])}"))
    for i, j in matched:
        if (i, j) not in right:
            cause = "source not found" if not found[j]["source"] else "source wrong"
            out.append((record["id"], cause, f"{shown(gold[i]['source'])} / {shown(found[j]['source'])}"))
    for j, b in enumerate(found):
        if j not in hit_found:
            out.append((record["id"], "found where there is none", f"{shown(b['cue'])} | {shown(b['content'])}"))
    return out


def _tokens(words: list[tuple[int, int]], spans: Sequence[Sequence[int]]) -> set[int]:
    return {k for k, (s, e) in enumerate(words) for a, b in spans if s < b and a < e}


def _same(a: set[int], b: set[int]) -> bool:
    return (not a and not b) or (bool(a | b) and len(a & b) / len(a | b) >= 0.5)


def _is_direct(text: str, words: list[tuple[int, int]], content: set[int]) -> bool:
    return bool(content) and text[words[min(content)][0]] in "\"“'‘"


def _match(gold: list[dict[str, set[int]]], found: list[dict[str, set[int]]]) -> list[tuple[int, int]]:
    ranked = []
    for i, a in enumerate(gold):
        for j, b in enumerate(found):
            both = a["content"] & b["content"]
            if both and (share := len(both) / len(a["content"] | b["content"])) >= 0.5:
                ranked.append((-share, i, j))
    out: list[tuple[int, int]] = []
    for _, i, j in sorted(ranked):
        if all(i != x and j != y for x, y in out):
            out.append((i, j))
    return out
