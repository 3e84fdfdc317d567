"""How good a network is on what was kept out, and what it says of the sides there."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import Any

import torch
from batches import (
    WHOLE,
    Batch,
    batches,
    pair_inputs,
    pooled,
    relation_scores,
    sector_scores,
    side_scores,
    told_scores,
)
from examples import Example, Told
from network import Network
from torch import Tensor


@torch.no_grad()
def evaluate(net: Network, dev: dict[str, list[Example]]) -> dict[str, dict[str, float]]:
    """Plain figures by head on the parts kept out; the program's own evaluation is `whowhom evaluate`."""
    net.eval()
    tally: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))

    def note(task: str, name: str, right: Tensor, of: int | None = None) -> None:
        tally[task][name][0] += int(right.sum())
        tally[task][name][1] += of if of is not None else right.numel()

    for task, examples in dev.items():
        for examples_ in batches(examples, random.Random(0)) if examples else []:
            batch = Batch(examples_)
            tokens = net.encode(batch.ids, batch.mask)
            if task in ("polnear", "written", "news", "ner"):
                head = net.participants if task == "ner" else net.attribution
                gold, guess = batch.padded("tags"), head(tokens).argmax(-1)
                counted = gold >= 0
                groups = ("S", "T", "R") if task == "ner" else ("source", "cue", "content")
                for k, group in enumerate(groups):
                    g, p = (((t == 2 * k + 1) | (t == 2 * k + 2)) & counted for t in (gold, guess))
                    note(task, f"{group} precision", (g & p), int(p.sum()))
                    note(task, f"{group} recall", (g & p), int(g.sum()))
            if task in ("written", "news") or task.startswith(WHOLE):
                gold, guess = batch.padded("triggers"), net.trigger(tokens).argmax(-1)
                hit = (gold > 0) & (gold == guess)
                note(task, "trigger precision", hit, int(((guess > 0) & (gold >= 0)).sum()))
                note(task, "trigger recall", hit, int((gold > 0).sum()))
                for head, name in ((net.status, "statuses"), (net.mode, "modes")):
                    rows, places, values = batch.at(name)
                    if len(values):
                        note(task, name, head(tokens[rows, places]).argmax(-1) == values)
                sides = batch.pairs("sides")
                if sides:
                    scores, gold = side_scores(net, tokens, batch, sides)
                    guess = scores.argmax(-1)
                    note(task, "side precision", (gold == guess) & (guess > 0), int((guess > 0).sum()))
                    note(task, "side recall", (gold == guess) & (gold > 0), int((gold > 0).sum()))
                told = [(r, t) for r, e in enumerate(examples_) for t in e.told]
                if told:
                    for name, found in sides_right(
                        told, told_scores(net, tokens, batch, told).softmax(-1).cpu()
                    ).items():
                        note(task, name, torch.tensor(found))
                if any(e.pledges for e in examples_):
                    gold, guess = batch.padded("pledges"), net.pledge(tokens).argmax(-1)
                    counted = gold >= 0
                    note(task, "pledge precision", (gold > 0) & (guess > 0), int(((guess > 0) & counted).sum()))
                    note(task, "pledge recall", (gold > 0) & (guess > 0), int((gold > 0).sum()))
                    note(task, "pledge kind", (gold == guess)[(gold > 0) & (guess > 0)])
                    gold = batch.padded("pledge_statuses")
                    note(task, "pledge status", (gold == net.pledge_status(tokens).argmax(-1))[gold >= 0])
                if any(e.sectors for e in examples_):
                    scores, gold = sector_scores(net, tokens, batch)
                    note(task, "sector", scores.argmax(-1) == gold)
            if task in ("polnear", "written", "news") and (links := batch.pairs("links")):
                note(
                    task,
                    "links",
                    net.link(*pair_inputs(tokens, links)).argmax(-1) == torch.tensor([p[3] for p in links]),
                )
            if task in ("plv", "written", "news") and (pairs := batch.pairs("relations")):
                best = relation_scores(net, tokens, batch.mask, pairs).argmax(-1)
                note(task, "relation", torch.tensor([int(b) in p[3] for b, p in zip(best, pairs, strict=True)]))
            if task == "quad":
                note(
                    task,
                    "accuracy",
                    net.quad(pooled(tokens, batch.mask)).argmax(-1) == torch.tensor([e.label for e in examples_]),
                )
            if task == "police":
                gold = torch.tensor([e.label for e in examples_]) > 0.5
                guess = net.police(pooled(tokens, batch.mask)) > 0
                note(task, "precision", gold & guess, int(guess.sum()))
                note(task, "recall", gold & guess, int(gold.sum()))
    return {
        task: {name: round(right / max(1, of), 4) for name, (right, of) in sorted(rows.items())}
        for task, rows in tally.items()
    }


def sides_right(told: list[tuple[int, Told]], chances: Tensor) -> dict[str, list[bool]]:
    """Whether the likeliest mention is of somebody on a side, where somebody of the window is, and whether no mention
    is likelier than not where nobody is."""
    out: dict[str, list[bool]] = defaultdict(list)
    start = 0
    for _, one in told:
        rows = chances[start : start + len(one.phrases)]
        start += len(one.phrases)
        for number, name, groups in ((1, "actor", one.actors), (2, "recipient", one.recipients)):
            if groups:
                out[f"{name} found"].append(any(int(rows[:, number].argmax()) in places for places in groups))
            else:
                out[f"no {name}"].append(bool(rows[:, number].max() < 0.5))
    return out


@torch.no_grad()
def sides_seen(net: Network, examples: list[Example]) -> list[dict[str, Any]]:
    """For the events that the coder proposes itself: heads of mentions, and their chances `[actor, recipient]`."""
    net.eval()
    out = []
    for group in batches([e for e in examples if e.told], random.Random(0)):
        batch = Batch(group)
        told = [(r, t) for r, e in enumerate(group) for t in e.told]
        rows = told_scores(net, net.encode(batch.ids, batch.mask), batch, told).softmax(-1).tolist()
        start = 0
        for _, one in told:
            seen = rows[start : start + len(one.phrases)]
            start += len(one.phrases)
            if one.key is not None:
                out.append(
                    {"key": one.key, "heads": one.heads, "chances": [[round(p, 5) for p in r[1:]] for r in seen]}
                )
    return out
