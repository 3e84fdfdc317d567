"""How sure an event is: one probability from what the lexicon, the grammar and the network say of it.

A logistic model whose weights were fitted on reports that we annotated ourselves (`training/calibrate.py`); they lie in
`resources/models/confidence.json` with the figures of the fit.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from whowhom.candidates import EventCandidate
from whowhom.records import Status


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights by feature, and the probability below which a candidate is no record."""

    weights: Mapping[str, float]
    floor: float


@cache
def calibration() -> Calibration:
    """The fitted weights that come with the package."""
    path = files("whowhom") / "resources" / "models" / "confidence.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    return Calibration(data["weights"], float(data["floor"]))


def _logit(p: float) -> float:
    p = min(0.995, max(0.005, p))
    return math.log(p / (1 - p))


def features(
    candidate: EventCandidate, status: Status, weight: float, actors: int, recipients: int, noun: bool
) -> dict[str, float]:
    """The features of one candidate by name; `weight` is the lexicon's after all that the coding takes away.

    The type is no feature: with the reports at hand its weights fitted the topics of the day (event F1 by folds 0.602
    with, 0.617 without).
    """
    support = 0.5 if candidate.support is None else candidate.support
    new = candidate.rule.startswith("model:")
    return {
        "bias": 1.0,
        "weight": _logit(weight),
        "support": _logit(support),
        "new": float(new),
        "judged": float(candidate.rule.startswith(("modal:", "judg"))),
        "no actor": float(not actors),
        "no recipient": float(not recipients),
        "neither": float(not actors and not recipients),
        "said": float(candidate.statement is not None),
        "noun": float(noun),
        f"status {status}": 1.0,
    }


def probability(found: Mapping[str, float], fitted: Calibration) -> float:
    """The probability in [0, 1] that a candidate with these features is an event that the report tells."""
    score = sum(value * fitted.weights.get(name, 0.0) for name, value in found.items())
    return 1 / (1 + math.exp(-score))
