"""Ridge logistic regression by Newton's method, over blocks of rows that each know only some of the weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Block:
    """Rows whose features `x` `(N, K)` are those of the weights numbered `at` `(K,)`, all others being 0 there, and
    which of the rows are true `(N,)`."""

    x: np.ndarray
    y: np.ndarray
    at: np.ndarray


def fit(blocks: Sequence[Block], ridge: np.ndarray, start: np.ndarray | None = None) -> np.ndarray:
    """The weights `(W,)` that fit best, with the penalty `ridge` `(W,)` on the square of each.

    There is one best solution, wherever the search starts; near it the search is short.
    """
    w = np.zeros(len(ridge)) if start is None else start.copy()
    for _ in range(60):
        gradient, hessian = ridge * w, np.diag(ridge)
        for block in blocks:
            p = 1 / (1 + np.exp(-block.x @ w[block.at]))
            gradient[block.at] += block.x.T @ (p - block.y)
            hessian[np.ix_(block.at, block.at)] += (block.x * (p * (1 - p))[:, None]).T @ block.x
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-7:
            break
    return w


def ridge_of(names: Sequence[str], penalty: float) -> np.ndarray:
    """The penalty of each weight: hardly any on the bias."""
    return penalty * np.array([0.01 if name == "bias" else 1.0 for name in names])
