"""Examples put together to batches, and what the heads of the network score in them."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import torch
from examples import Example, Told
from network import Network, distance_bucket, span_vectors
from torch import Tensor

WHOLE = ("reports", "stories")
"""The sets of whole reports: of others, and by us."""
PIECES_IN_BATCH = 1800


class Batch:
    """Examples padded to one length."""

    def __init__(self, examples: list[Example]) -> None:
        self.examples = examples
        longest = max(len(e.ids) for e in examples)
        self.ids = torch.tensor([e.ids + [0] * (longest - len(e.ids)) for e in examples])
        self.mask = torch.tensor([[1] * len(e.ids) + [0] * (longest - len(e.ids)) for e in examples])

    def padded(self, name: str) -> Tensor:
        """A label by wordpiece `(B, L)`, -100 where there is none."""
        longest = self.ids.shape[1]
        rows = [getattr(example, name) or [] for example in self.examples]
        return torch.tensor([[*row, *[-100] * (longest - len(row))] for row in rows])

    def at(self, name: str) -> tuple[Tensor, Tensor, Tensor]:
        """Rows, wordpieces and values of a `{wordpiece: value}` field."""
        rows = [(r, k, v) for r, e in enumerate(self.examples) for k, v in getattr(e, name).items() if v >= 0]
        columns = list(zip(*rows, strict=True)) or [(), (), ()]
        return tuple(torch.tensor(c, dtype=torch.long) for c in columns)  # type: ignore[return-value]

    def pairs(self, name: str) -> list[tuple[int, tuple[int, int], tuple[int, int], object]]:
        return [(r, a, b, v) for r, e in enumerate(self.examples) for a, b, v in getattr(e, name)]


def batches(examples: list[Example], chance: random.Random, pieces: int = PIECES_IN_BATCH) -> list[list[Example]]:
    """Examples of one task in batches of like length, in random order."""
    ordered = sorted(examples, key=lambda e: len(e.ids) + chance.random() * 12)
    out: list[list[Example]] = [[]]
    for example in ordered:
        if out[-1] and (len(out[-1]) + 1) * len(example.ids) > pieces:
            out.append([])
        out[-1].append(example)
    chance.shuffle(out)
    return out


def pair_inputs(tokens: Tensor, pairs: list[Any]) -> tuple[Tensor, Tensor, Tensor]:
    """Vectors of both spans of each pair `(N, D)` and the bucket of their distance `(N,)`."""
    rows = torch.tensor([p[0] for p in pairs])
    a, b = (
        span_vectors(tokens, rows, torch.tensor([p[k][0] for p in pairs]), torch.tensor([p[k][1] for p in pairs]))
        for k in (1, 2)
    )
    return a, b, torch.tensor([distance_bucket(p[1][0], p[2][0]) for p in pairs])


def pooled(tokens: Tensor, mask: Tensor) -> Tensor:
    """Mean token vector of each text `(B, D)`."""
    weights = mask[:, :, None].to(tokens.dtype)
    return (tokens * weights).sum(1) / weights.sum(1)


def relation_scores(net: Network, tokens: Tensor, mask: Tensor, pairs: list) -> Tensor:
    rows = torch.tensor([p[0] for p in pairs])
    a, b, _ = pair_inputs(tokens, pairs)
    return net.relation(tokens[rows], mask[rows], a, b)


def side_scores(net: Network, tokens: Tensor, batch: Batch, sides: list) -> tuple[Tensor, Tensor]:
    """Scores `(N, 3)` of no side, actor and recipient for pairs of trigger and phrase, and which is right `(N,)`.

    The pairs come in the order of the texts of the batch.
    """
    way, kind, gold = (torch.tensor([p[3][k] for p in sides]) for k in range(3))
    texts = [
        (tokens[row, : len(batch.examples[row].ids)], count) for row, count in Counter(p[0] for p in sides).items()
    ]
    return net.sides(texts, *pair_inputs(tokens, sides), way, kind), gold


def told_scores(net: Network, tokens: Tensor, batch: Batch, told: list[tuple[int, Told]]) -> Tensor:
    """Scores `(N, 3)` of no side, actor and recipient for all mentions of all events, in their order."""
    sides = [(row, one.trigger, piece, (way, one.kind, 0)) for row, one in told for piece, way in one.phrases]
    return side_scores(net, tokens, batch, sides)[0]


def sector_scores(net: Network, tokens: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
    """Scores `(N, sectors)` of the actors that mentions name, and which is right `(N,)`."""
    found = [(r, piece, number) for r, e in enumerate(batch.examples) for piece, number in e.sectors]
    rows, first, last, gold = (
        torch.tensor(column) for column in zip(*((r, a, b, n) for r, (a, b), n in found), strict=True)
    )
    return net.sector(span_vectors(tokens, rows, first, last)), gold
