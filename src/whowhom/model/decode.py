"""The best sequence of IOB2 tags under the rule that an I- follows a tag of its own kind."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from whowhom.model.network import Floats, Ints

_NEVER = -1e9


@lru_cache(maxsize=8)
def _allowed(labels: tuple[str, ...]) -> Floats:
    """`(from, to)` 0 where one tag may follow another, else a large negative number."""
    out = np.zeros((len(labels), len(labels)), dtype=np.float32)
    for k, after in enumerate(labels):
        if after.startswith("I-"):
            for j, before in enumerate(labels):
                if before[2:] != after[2:]:
                    out[j, k] = _NEVER
    return out


def best_tags(probabilities: Floats, labels: Sequence[str], begin: float = 0.0) -> Ints:
    """Viterbi over `(tokens, tags)` probabilities -> the index of each token's tag.

    Args:
        probabilities: of each tag at each token.
        labels: the tags; those that begin with "I-" may only go on with their own kind.
        begin: added to the log-probability of every "B-": below 0 for fewer, longer pieces.
    """
    names = tuple(labels)
    scores = np.log(np.maximum(probabilities, 1e-9))
    starts = np.array([name.startswith("B-") for name in names])
    scores = scores + begin * starts
    rules = _allowed(names)
    if not len(scores):
        return np.zeros(0, dtype=np.int64)
    best = scores[0] + np.array([_NEVER if name.startswith("I-") else 0.0 for name in names])
    back = np.zeros(scores.shape, dtype=np.int64)
    for t in range(1, len(scores)):
        paths = best[:, None] + rules
        back[t] = paths.argmax(0)
        best = paths.max(0) + scores[t]
    out = np.zeros(len(scores), dtype=np.int64)
    out[-1] = int(best.argmax())
    for t in range(len(scores) - 1, 0, -1):
        out[t - 1] = back[t, out[t]]
    return out
