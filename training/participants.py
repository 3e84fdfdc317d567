"""Fit the weights of `whowhom.extract.participants` on whole reports that we annotated.

usage: python training/participants.py SHARED [--out FILE] [--sides SIDES.json ...]
       python training/participants.py SHARED --take DONE.jsonl ...

Each event that the coder proposes and the annotation has gives one example for every actor of the report on each side:
is it there in the annotation? The figures come from folds over whole reports. The network was taught the sides of
these very reports, so what it says of them is taken from runs that kept them out: `--sides` names their `sides.json`
(`train.py --fold`), kept as `annotations/sides.json.xz`; reports that stand in none of them are left out.
--take keeps annotated reports (`{"id", "actors", "events"}` with offsets) in `annotations/reports.jsonl`, by offsets
and a digest of their text. Run it with the package's own Python (it needs no torch).
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import lzma
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from logistic import Block, fit, ridge_of
from reports import KEPT, finder_of, load, owners, take, told_of
from tqdm import tqdm

from whowhom.evaluation.articles import same_actor
from whowhom.extract.participants import (
    ADD,
    COLUMNS,
    FILL,
    KEEP,
    OF_TYPE,
    SIDES,
    Participants,
    Side,
    Weights,
    of_type,
    weigh,
)
from whowhom.model import load_network
from whowhom.parse import load_parser
from whowhom.records import EVENT_TYPES

HERE = Path(__file__).parent
SEEN = HERE / "annotations" / "sides.json.xz"
OUT = HERE.parent / "src/whowhom/resources/models/participants.json"
FOLDS = 6
PENALTY = 100.0  # on reports that took no part 30 to 300 differ by less than chance


@dataclass(frozen=True)
class Example:
    """One side of one event: `features` of all actors of the report `(N, F)`, which of them are told there `(N,)`, and
    for each annotated actor of the side whom of ours the scorer takes for him `(G, N)`."""

    report: int
    kind: str
    features: np.ndarray
    there: np.ndarray
    same: np.ndarray


Seen = dict[tuple[str, int, str], tuple[list[int], np.ndarray]]
"""By report, token and type of an event: the heads of mentions, and their chances to act and to be acted on."""


def seen_apart(paths: list[Path]) -> Seen:
    """What networks said of the sides of events in reports that they were not taught."""
    out: Seen = {}
    for path in paths:
        data = path.read_bytes()
        for one in json.loads(lzma.decompress(data) if path.suffix == ".xz" else data):
            out[tuple(one["key"])] = (one["heads"], np.array(one["chances"], dtype=np.float32))
    return out


def examples(number: int, text: str, record: dict[str, Any], nlp: Any, seen: Seen) -> Iterator[tuple[Side, Example]]:
    """One example a side for every proposed event of a report that the annotation has."""
    finder = finder_of(text, record, nlp, load_network())
    assert finder.learned is not None
    who = finder.who
    proposed = finder.propose()
    participants = Participants(finder.parsed, finder.statements, finder.inside, who, finder.learned, proposed)
    ours = {one.id: dataclasses.asdict(one) for one in who.records(participants.ids)}  # type: ignore[attr-defined]
    gold = {one["id"]: one | {"name": _name(text, one)} for one in record["actors"]}
    owner = owners(finder.parsed, record)
    meant = [Counter(owner.get(int(i)) for i in heads).most_common(1)[0][0] for heads in participants.mentions]
    previous = None
    for candidate in proposed:
        told = told_of(finder, candidate, record)
        apart = seen.get((record["id"], candidate.trigger, candidate.type))
        if told is not None and apart is not None:
            features = participants.features(candidate, previous, apart)
            for side in SIDES:
                same = np.array([[same_actor(gold[g], ours[a]) for a in participants.ids] for g in told[side]])
                same = same.reshape(len(told[side]), len(participants.ids))
                there = np.zeros(len(participants.ids))
                for g, row in zip(told[side], same, strict=True):
                    own = np.array([one == g for one in meant])
                    # Mentions may hold those of others ("the Kremlin's spokesman"): who touches one is not yet meant.
                    there[own & row if (own & row).any() else row] = 1.0
                yield side, Example(number, candidate.type, features[side], there, same)
        previous = candidate


def _name(text: str, actor: dict[str, Any]) -> str:
    name = actor["name"]
    return name if isinstance(name, str) else text[name[0] : name[1]]


NAMES = [*COLUMNS, *(f"{kind} {name}" for kind in EVENT_TYPES for name in OF_TYPE)]
"""The weights of one side: those for all types of events, and each type's own."""


def blocks(found: list[Example]) -> list[Block]:
    """All actors of all events, one block for each type of event."""
    out = []
    for number, kind in enumerate(EVENT_TYPES):
        some = [one for one in found if one.kind == kind]
        if some:
            features = np.concatenate([one.features for one in some]).astype(np.float64)
            own = len(COLUMNS) + number * len(OF_TYPE) + np.arange(len(OF_TYPE))
            x = np.concatenate([features, of_type(features)], 1)
            out.append(
                Block(x, np.concatenate([one.there for one in some]), np.concatenate([np.arange(len(COLUMNS)), own]))
            )
    return out


def weights(flat: np.ndarray) -> Weights:
    """The weights of one side in the form that the program takes."""
    typed = flat[len(COLUMNS) :].reshape(len(EVENT_TYPES), len(OF_TYPE))
    return Weights(flat[: len(COLUMNS)], dict(zip(EVENT_TYPES, typed, strict=True)))


def chosen(example: Example, side: Side, fitted: Weights | None) -> np.ndarray:
    """Which actors are put on the side: by grammar alone, or as `Participants` does."""
    given = example.features[:, COLUMNS.index("chosen")] > 0
    if fitted is None:
        return given
    p = weigh(example.features.astype(np.float32), example.kind, fitted)
    kept = given & (p >= KEEP)
    return kept | (~given & (p >= (ADD if kept.any() else FILL[side])))


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("shared", type=Path)
    ask.add_argument("--out", type=Path, default=OUT)
    ask.add_argument("--sides", type=Path, nargs="+", help="what networks said that were not taught the reports")
    ask.add_argument("--take", type=Path, nargs="+", help="keep annotated reports instead")
    args = ask.parse_args()
    if args.take:
        print(f"{take(args.shared, args.take)} events -> {KEPT.name}")
        return
    seen = seen_apart(args.sides or [SEEN])
    if args.sides:
        kept = [
            {"key": key, "heads": heads, "chances": chances.round(5).tolist()} for key, (heads, chances) in seen.items()
        ]
        SEEN.write_bytes(lzma.compress(json.dumps(kept, separators=(",", ":")).encode()))
    found = gather(args.shared, seen)
    data, figures = fit_sides(found)
    args.out.write_text(json.dumps(data | {"fit": figures}, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


def gather(shared: Path, seen: Seen) -> dict[Side, list[Example]]:
    """The examples of both sides in all reports of which `seen` tells something."""
    asked = {report for report, _, _ in seen}
    given = [(n, text, record, seen) for n, (text, record) in enumerate(load(shared)) if record["id"] in asked]
    found: dict[Side, list[Example]] = {side: [] for side in SIDES}
    with ProcessPoolExecutor() as pool:
        for some in tqdm(
            pool.map(_read, _with_own(given), chunksize=4), total=len(given), desc="reports", mininterval=5
        ):
            for side, example in some:
                found[side].append(example)
    return found


def fit_sides(found: dict[Side, list[Example]]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The weights of both sides as the package keeps them, and how often a side is right as a whole, by folds."""
    reports = {e.report for e in found["actors"]}
    figures: dict[str, Any] = {"reports": len(reports), "events": len(found["actors"])}
    data: dict[str, Any] = {}
    ridge = ridge_of(NAMES, PENALTY)
    for side in SIDES:
        right = {"grammar": 0, "all": 0}
        flat = fit(blocks(found[side]), ridge)
        for fold in range(FOLDS):
            learned = weights(fit(blocks([e for e in found[side] if e.report % FOLDS != fold]), ridge, flat))
            for example in (e for e in found[side] if e.report % FOLDS == fold):
                for name, given in (("grammar", None), ("all", learned)):
                    right[name] += agree(chosen(example, side, given), example.same)
        figures[f"{side} right, by folds"] = {name: round(n / len(found[side]), 3) for name, n in right.items()}
        whole = weights(flat)
        data[side] = {
            "columns": {n: round(float(w), 4) for n, w in zip(COLUMNS, whole.columns, strict=True)},
            "types": {
                kind: {n: round(float(w), 4) for n, w in zip(OF_TYPE, row, strict=True)}
                for kind, row in whole.types.items()
            },
        }
    return data, figures


def _with_own(given: list[tuple[int, str, dict[str, Any], Seen]]) -> Iterator[tuple[int, str, dict[str, Any], Seen]]:
    """Each report with what was seen of it alone: it is sent to another process."""
    for number, text, record, seen in given:
        yield number, text, record, {key: one for key, one in seen.items() if key[0] == record["id"]}


@cache
def _parser() -> Any:
    return load_parser()


def _read(given: tuple[int, str, dict[str, Any], Seen]) -> list[tuple[Side, Example]]:
    number, text, record, seen = given
    return list(examples(number, text, record, _parser(), seen))


def agree(guess: np.ndarray, same: np.ndarray) -> bool:
    """Whether a side is right as `event who` counts it: at least half in common, or both empty."""
    left = np.nonzero(guess)[0].tolist()
    if not left or not len(same):
        return not left and not len(same)
    most = max(len(left), len(same))
    hits = 0
    for row in same:
        found = next((k for k in left if row[k]), None)
        if found is not None:
            left.remove(found)
            hits += 1
    return hits / most >= 0.5


if __name__ == "__main__":
    main()
