"""The encoder and its heads, loaded from the package's data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whowhom.errors import ModelError

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

LONGEST = 256
"""Wordpieces in one pass, as in training."""
DISTANCE_LIMITS = (2, 5, 10, 20, 40)
"""Where the buckets of distance in wordpieces end, the last being open; as in training."""


def softmax(x: Floats) -> Floats:
    """Probabilities over the last axis."""
    e = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True), dtype=np.float32)


def _gelu(x: Floats) -> Floats:
    # The tanh form: within 0.001 of the exact one that training used, and needs no error function from SciPy.
    return np.asarray(0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x * x * x))), dtype=np.float32)


def _buckets(apart: Ints) -> Ints:
    """The numbers of the buckets of signed distances, those backward after those forward."""
    found = np.searchsorted(np.array(DISTANCE_LIMITS), np.abs(apart), side="right")
    return np.asarray(found + np.where(apart < 0, len(DISTANCE_LIMITS) + 1, 0))


class Network:
    """The trained network. `labels` names the classes of each head, in the order of its outputs."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        try:
            self.labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text("utf-8"))
            self.ways = {way: number for number, way in enumerate(self.labels.get("ways", ()), 1)}
            with np.load(folder / "heads.npz") as arrays:
                self.weights = {name: arrays[name].astype(np.float32) for name in arrays.files}
            self._cut: dict[str, tuple[list[Floats], dict[str, Floats]]] = {}
            self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            begin, finish = self.tokenizer.encode("").ids
            self.marks = (begin, finish)
            """The wordpieces that stand before and after each text."""
            options = onnxruntime.SessionOptions()
            # One thread: the work is spread over processes, and idle threads of the runtime spin.
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.log_severity_level = 3
            self.session = onnxruntime.InferenceSession(
                str(folder / "encoder.onnx"),
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=["SkipLayerNormFusion"],  # the fused operator is the slower one: a tenth of a pass
            )
        except Exception as error:
            raise ModelError(f"the model in {folder} cannot be loaded ({error}); install whowhom again") from error

    def encode(self, ids: Sequence[Sequence[int]]) -> list[Floats]:
        """Token vectors `(L, 384)` of each text, given its wordpiece ids.

        One text a run: paragraphs differ so much in length that padding them to one batch doubles the work, and
        quantisation, which looks at a whole batch, would let the texts read together touch each other's last digits.
        """
        return [self.session.run(None, {"ids": np.array([one], dtype=np.int64)})[0][0] for one in ids]

    def linear(self, name: str, x: Floats) -> Floats:
        """Scores of a head that is one affine map: `attribution`, `participants`, `trigger`, `status`, `mode`, ..."""
        return np.asarray(x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"], dtype=np.float32)

    def link(self, a: Floats, b: Floats, apart: Ints) -> Floats:
        """Scores `(N, 2)` of whether spans with the vectors `a` and `b` `(N, D)` belong together.

        `apart` holds signed distances in wordpieces from the first to the second.
        """
        return self._pair("link", a, b, {"distance": _buckets(apart)})

    def sides(self, tokens: Floats, keys: Floats, a: Floats, b: Floats, apart: Ints, way: Ints, kind: Ints) -> Floats:
        """Scores `(N, 3)` of whether phrases with the vectors `b` `(N, D)` are no side, actor or recipient of an event.

        `tokens` `(L, D)` is the text and `keys` what its words offer to the question, the head `sides.key` of them; `a`
        `(1, D)` the word of the event, `apart` as in `link`, `way` the number of the way of the grammar, `kind` that of
        the type.
        """
        query = self.weights["sides.query.weight"]
        size = a.shape[-1]
        asked = a @ query[:, :size].T + b @ query[:, size:].T + self.weights["sides.query.bias"]
        context = softmax((asked @ keys.T) * len(query) ** -0.5) @ tokens
        return self._pair("sides", a, b, {"distance": _buckets(apart), "way": way, "kind": kind}, context)

    def _pair(
        self, name: str, a: Floats, b: Floats, looked_at: dict[str, Ints], context: Floats | None = None
    ) -> Floats:
        up, tables = self._parts(name)
        x = a @ up[0] + b @ up[1] + (a * b) @ up[2] + self.weights[f"{name}.up.bias"]
        for table, rows in looked_at.items():
            x = x + tables[table][rows]
        if context is not None:
            x = x + context @ up[3]
        return self.linear(f"{name}.down", _gelu(np.asarray(x, dtype=np.float32)))

    def _parts(self, name: str) -> tuple[list[Floats], dict[str, Floats]]:
        """The first layer of a pair head cut by its inputs: `(D, inner)` for the vectors, their product and what they
        attend to, and for each table what its rows add `(rows, inner)`, so that nothing is multiplied twice."""
        found = self._cut.get(name)
        if found is None:
            weight = np.ascontiguousarray(self.weights[f"{name}.up.weight"].T)
            size = self.weights["trigger.weight"].shape[1]
            up = [np.ascontiguousarray(weight[k * size : (k + 1) * size]) for k in range(3)]
            tables, at = {}, 3 * size
            for table in ("distance", "way", "kind"):
                rows = self.weights.get(f"{name}.{table}.weight")
                if rows is not None:
                    tables[table] = np.asarray(rows @ weight[at : at + rows.shape[1]], dtype=np.float32)
                    at += rows.shape[1]
            up.append(np.ascontiguousarray(weight[at:]))
            found = self._cut[name] = (up, tables)
        return found

    def relation(self, tokens: Floats, source: Floats, target: Floats) -> Floats:
        """Scores `(N, types)` of what each source does to its target in the text with these token vectors."""
        q = self.linear("relation.query", np.concatenate([source, target], -1))
        weights = softmax((q @ self.linear("relation.key", tokens).T) * 128**-0.5)
        x = np.concatenate([source, target, weights @ tokens], -1)
        return self.linear("relation.down", _gelu(self.linear("relation.up", x)))


@cache
def load_network() -> Network:
    """The package's own network, loaded once.

    Raises:
        ModelError: its files are missing or broken.
    """
    return Network(_folder())


@cache
def model_digest() -> str:
    """A short hash of the files of the model: which model made a record."""
    found = hashlib.sha256()
    for name in ("encoder.onnx", "heads.npz", "labels.json", "tokenizer.json"):
        found.update((_folder() / name).read_bytes())
    return found.hexdigest()[:12]


def _folder() -> Path:
    folder: Any = files("whowhom") / "resources" / "models"
    return Path(str(folder))
