"""Fit the weights of `whowhom.extract.participants` on whole reports that we annotated.

usage: python training/participants.py SHARED [--out FILE]
       python training/participants.py SHARED --take DONE.jsonl ...

Each event that the coder proposes and the annotation has gives one example for every actor of the report on each side:
is it there in the annotation? The figures come from folds over whole reports. --take keeps annotated reports
(`{"id", "actors", "events"}` with offsets) in `annotations/reports.jsonl`, by offsets and a digest of their text.
Run it with the package's own Python (it needs no torch).
"""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from annotate import digest, texts
from calibrate import fit

from whowhom.evaluation.articles import same_actor
from whowhom.extract import extract_statements
from whowhom.extract.events import EventFinder
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
from whowhom.model import load_network, read_parsed
from whowhom.parse import load_parser, parse_articles
from whowhom.read import article_from_text
from whowhom.records import EVENT_TYPES
from whowhom.resolve import find_places, resolve_actors

HERE = Path(__file__).parent
REPORTS = HERE / "annotations" / "reports.jsonl"
OUT = HERE.parent / "src/whowhom/resources/models/participants.json"
FOLDS = 6
PENALTY = 100.0  # on reports that took no part 30 to 300 differ by less than chance
Example = tuple[int, str, np.ndarray, np.ndarray]
"""Number of the report, type of the event, features of the actors `(N, F)`, whether each is on the side `(N,)`."""


def load(shared: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The annotated reports with their texts; those whose text is not there are left out."""
    known = texts(shared)
    for line in REPORTS.read_text("utf-8").splitlines():
        record = json.loads(line)
        text = known.get(record["id"], "")
        if digest(text) == record["digest"]:
            yield text, record


def take(shared: Path, paths: list[Path]) -> None:
    """Write the annotated reports of some files, each once, without the words of their texts."""
    known = texts(shared)
    kept = {}
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            text = known[record["id"]]
            for actor in record["actors"]:
                if not any(text[s:e] == actor["name"] for s, e in actor["mentions"]):
                    continue
                actor["name"] = next([s, e] for s, e in actor["mentions"] if text[s:e] == actor["name"])
            kept[record["id"]] = {"id": record["id"], "digest": digest(text), **record}
    lines = [json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in kept.values()]
    REPORTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} reports, {sum(len(r['events']) for r in kept.values())} events -> {REPORTS.name}")


def examples(number: int, text: str, record: dict[str, Any], nlp: Any) -> Iterator[tuple[Side, Example]]:
    """One example a side for every proposed event of a report that the annotation has."""
    parsed = next(iter(parse_articles(nlp, [article_from_text(text, source_id=record["id"])])))
    heard = extract_statements(parsed)
    who = resolve_actors(parsed, heard, find_places(parsed))
    finder = EventFinder(parsed, heard, who, read_parsed(parsed, load_network()))
    assert finder.learned is not None
    participants = Participants(parsed, heard, finder.inside, who, finder.learned)
    ours = {one.id: dataclasses.asdict(one) for one in who.records(participants.ids)}
    gold = {one["id"]: one | {"name": _name(text, one)} for one in record["actors"]}
    previous = None
    for candidate in finder.propose():
        spans = [parsed.span(first, last - 1) for first, last in candidate.words]
        told = next(
            (
                event
                for event in record["events"]
                if event["type"] == candidate.type
                and any(s < y and x < e for s, e in spans for x, y in event["trigger"])
            ),
            None,
        )
        if told is not None:
            features = participants.features(candidate, previous)
            for side in SIDES:
                there = [any(same_actor(gold[g], ours[a]) for g in told[side]) for a in participants.ids]
                yield side, (number, candidate.type, features[side], np.array(there, dtype=float))
        previous = candidate


def _name(text: str, actor: dict[str, Any]) -> str:
    name = actor["name"]
    return name if isinstance(name, str) else text[name[0] : name[1]]


def design(found: list[Example]) -> np.ndarray:
    """All features of all actors, and those of each type of event `(N, F + T * types)`."""
    rows = []
    for _, kind, features, _ in found:
        typed = np.zeros((len(features), len(EVENT_TYPES), len(OF_TYPE)))
        typed[:, EVENT_TYPES.index(kind)] = of_type(features)
        rows.append(np.concatenate([features, typed.reshape(len(features), -1)], 1))
    return np.concatenate(rows)


NAMES = [*COLUMNS, *(f"{kind} {name}" for kind in EVENT_TYPES for name in OF_TYPE)]


def weights(found: list[Example]) -> Weights:
    """The fitted weights of one side."""
    w = fit(design(found), np.concatenate([one[3] for one in found]), NAMES, PENALTY)
    typed = w[len(COLUMNS) :].reshape(len(EVENT_TYPES), len(OF_TYPE))
    return Weights(w[: len(COLUMNS)], dict(zip(EVENT_TYPES, typed, strict=True)))


def chosen(example: Example, fitted: Weights | None) -> np.ndarray:
    """Which actors are put on the side: by grammar alone, or as `Participants` does."""
    _, kind, features, _ = example
    given = features[:, COLUMNS.index("chosen")] > 0
    if fitted is None:
        return given
    p = weigh(features.astype(np.float32), kind, fitted)
    kept = given & (p >= KEEP)
    return kept | (~given & (p >= (ADD if kept.any() else FILL)))


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("shared", type=Path)
    ask.add_argument("--out", type=Path, default=OUT)
    ask.add_argument("--take", type=Path, nargs="+", help="keep annotated reports instead")
    args = ask.parse_args()
    if args.take:
        take(args.shared, args.take)
        return
    nlp = load_parser()
    found: dict[Side, list[Example]] = {side: [] for side in SIDES}
    for number, (text, record) in enumerate(load(args.shared)):
        for side, example in examples(number, text, record, nlp):
            found[side].append(example)
    figures: dict[str, Any] = {"reports": 1 + max(e[0] for e in found["actors"]), "events": len(found["actors"])}
    data: dict[str, Any] = {}
    for side in SIDES:
        right = {"grammar": 0, "all": 0}
        for fold in range(FOLDS):
            learned = weights([e for e in found[side] if e[0] % FOLDS != fold])
            for example in (e for e in found[side] if e[0] % FOLDS == fold):
                for name, given in (("grammar", None), ("all", learned)):
                    right[name] += _agree(chosen(example, given), example[3] > 0)
        figures[f"{side} right, by folds"] = {name: round(n / len(found[side]), 3) for name, n in right.items()}
        whole = weights(found[side])
        data[side] = {
            "columns": {n: round(float(w), 4) for n, w in zip(COLUMNS, whole.columns, strict=True)},
            "types": {kind: [round(float(w), 4) for w in row] for kind, row in whole.types.items()},
        }
    args.out.write_text(json.dumps(data | {"fit": figures}, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


def _agree(guess: np.ndarray, gold: np.ndarray) -> bool:
    """Whether a side is right as `event who` counts it: at least half in common, or both empty."""
    if not guess.any() or not gold.any():
        return bool(guess.any() == gold.any())
    return bool((guess & gold).sum() / max(guess.sum(), gold.sum()) >= 0.5)


if __name__ == "__main__":
    main()
