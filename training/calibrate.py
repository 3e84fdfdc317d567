"""Fit the weights of `whowhom.coding.confidence` on our own annotated reports.

usage: python training/calibrate.py SHARED [--folds N] [--out FILE]

Each telling that the coder proposes is right where the annotation has an event of its type that touches its words. The
figures of the fit come from folds over whole reports, so no report is judged by weights that saw it; the weights
written are those of all reports. Run it with the package's own Python (it needs no torch).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from logistic import Block, fit, ridge_of

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "evals"))

from own_articles import load  # noqa: E402

from whowhom.coding import Circumstances  # noqa: E402
from whowhom.coding.events import told_events  # noqa: E402
from whowhom.evaluation.metrics import Counts, calibration_error  # noqa: E402
from whowhom.extract import extract_events, extract_statements  # noqa: E402
from whowhom.model import load_network, read_parsed  # noqa: E402
from whowhom.parse import load_parser, parse_articles  # noqa: E402
from whowhom.read import article_from_text  # noqa: E402
from whowhom.resolve import find_places, find_quantities, find_times, resolve_actors  # noqa: E402

PENALTY = 4.0  # ridge on all weights but the bias; 1 to 8 differ by less than the folds do


def tellings(record: dict[str, Any], nlp: Any) -> list[tuple[dict[str, float], bool, int]]:
    """Features, whether right, and which gold event (-1 none) of every candidate of one report."""
    article = article_from_text(
        record["text"], source_id=record["id"], title=record["title"], url=record["url"], published=record["published"]
    )
    parsed = next(iter(parse_articles(nlp, [article])))
    reading = read_parsed(parsed, load_network())
    heard = extract_statements(parsed)
    places = find_places(parsed)
    who = resolve_actors(parsed, heard, places)
    circumstances = Circumstances(parsed, find_times(parsed), places, find_quantities(parsed))
    out = []
    for one in told_events(parsed, extract_events(parsed, heard, who, reading), heard, who, circumstances, floor=0.0):
        spans = [*one.event.trigger]
        hits = [
            k for k, g in enumerate(record["events"])
            if g["type"] == one.event.type
            and any(s < y and x < e for s, e in spans for x, y in (*g["trigger"], *g["evidence"]))
        ]  # fmt: skip
        exact = [k for k in hits if any(s < y and x < e for s, e in spans for x, y in record["events"][k]["trigger"])]
        out.append((dict(one.features), bool(hits), (exact or hits or [-1])[0]))
    return out


def fitted(x: np.ndarray, y: np.ndarray, names: list[str]) -> np.ndarray:
    """The weights `(features,)`."""
    return fit([Block(x, y, np.arange(len(names)))], ridge_of(names, PENALTY))


def counts(p: np.ndarray, gold_of: np.ndarray, report: np.ndarray, total: int, floor: float) -> Counts:
    """Events at a floor: tellings of one gold event count once, wrong ones each."""
    keep = p >= floor
    right = len({(r, g) for r, g, k in zip(report, gold_of, keep, strict=True) if k and g >= 0})
    return Counts(total, right + int((keep & (gold_of < 0)).sum()), right)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("shared", type=Path)
    ask.add_argument("--folds", type=int, default=6)
    ask.add_argument("--out", type=Path, default=HERE.parent / "src/whowhom/resources/models/confidence.json")
    args = ask.parse_args()
    records = load(args.shared)
    nlp = load_parser()
    if not args.out.exists():
        args.out.write_text(json.dumps({"weights": {}, "floor": 0.0}))
    rows = [(n, *telling) for n, record in enumerate(records) for telling in tellings(record, nlp)]
    names = sorted({name for _, found, _, _ in rows for name in found})
    x = np.array([[found.get(name, 0.0) for name in names] for _, found, _, _ in rows])
    y = np.array([float(right) for _, _, right, _ in rows])
    report, gold_of = np.array([r[0] for r in rows]), np.array([r[3] for r in rows])
    total = sum(len(record["events"]) for record in records)
    held = np.zeros(len(y))
    for fold in range(args.folds):
        test = report % args.folds == fold
        held[test] = 1 / (1 + np.exp(-x[test] @ fitted(x[~test], y[~test], names)))
    floors = [round(float(floor), 3) for floor in np.arange(0.2, 0.96, 0.05)]
    curve = [counts(held, gold_of, report, total, floor) for floor in floors]
    scores = [one.f1 for one in curve]
    # Neighbours differ by chance, so each counts with those beside it; of the best within 0.002 the highest, for
    # precision.
    smooth = [float(np.mean(scores[max(0, k - 1) : k + 2])) for k in range(len(scores))]
    floor = max(at for at, score in zip(floors, smooth, strict=True) if score >= max(smooth) - 0.002)
    error = calibration_error(zip(held.tolist(), (y > 0.5).tolist(), strict=True))
    weights = fitted(x, y, names)
    figures = {
        "reports": len(records), "tellings": len(rows), "right": int(y.sum()), "floor": round(floor, 3),
        "event F1 at the floor, by folds": round(scores[floors.index(floor)], 4),
        "calibration error, by folds": round(error, 4),
    }  # fmt: skip
    found = {"weights": {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}, "floor": round(floor, 3)}
    args.out.write_text(json.dumps(found | {"fit": figures}, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))
    for at, one in zip(floors, curve, strict=True):
        print(
            f"confidence {at:.2f} and more   precision {one.precision:.3f}   recall {one.recall:.3f}   F1 {one.f1:.3f}"
        )


if __name__ == "__main__":
    main()
