"""Accuracy held: run the tasks on what the model was not trained on, and compare with the floors.

usage: python evals/gate.py SHARED [--quick] [--only TASK] [--update] [--json OUT]

SHARED holds `gold/` and `articles/`; where it is absent nothing is checked, and that is said. --quick takes the small
part that runs in every build. A figure below its floor, or a floor whose figure was not reached any more, ends with
exit status 1; --update raises floors to what was reached (less a margin) and never lowers one.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from own_articles import load

from whowhom.evaluation import evaluate
from whowhom.evaluation.program import Program

FLOORS = Path(__file__).parent / "floors.json"
MARGIN = 0.03  # of a figure: another processor rounds int8 otherwise, and one of the 89 kept-out pairs is 0.011
TASKS = (
    # name, task, gold under SHARED (None: our own articles), records in the quick run
    ("relation", "relation", "gold/events-plv-train.jsonl", None),
    ("sentence-events", "sentence-events", "gold/events-plv-train.jsonl", None),
    ("quad", "quad", "gold/cameo-quad-train.jsonl", None),
    ("participants", "participants", "gold/cameo-ner-train.jsonl", None),
    ("police", "police", "gold/india-police-a.jsonl", None),
    ("quotes", "quotes", "gold/polnear-dev.jsonl", 8),
    ("places geowebnews", "places", "gold/geowebnews-a.jsonl", 15),
    ("places trnews", "places", "gold/trnews.jsonl", 15),
    ("times", "times", "gold/meantime-a.jsonl", 20),
    ("stories", "stories", "gold/newscluster-a.jsonl", None),
    ("articles", "articles", "articles", None),
    ("own articles", "articles", None, None),
)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("shared", type=Path)
    ask.add_argument("--quick", action="store_true")
    ask.add_argument("--only")
    ask.add_argument("--update", action="store_true")
    ask.add_argument("--json", type=Path, help="write the figures and counts of every task")
    args = ask.parse_args()
    if not (args.shared / "gold").is_dir():
        print(f"{args.shared}/gold is not there: no accuracy was checked")
        return
    key = "quick" if args.quick else "full"
    floors = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    if key not in floors and not args.update:
        sys.exit(f"{FLOORS} has no floors for the {key} run: make them with --update")
    program, below, reached, whole = Program(), [], {}, {}
    for name, task, gold, quick in TASKS:
        if args.only and args.only != name:
            continue
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            if gold is None:
                for record in load(args.shared):
                    (folder / f"{record['id']}.json").write_text(json.dumps(record), encoding="utf-8")
            found = evaluate(
                task,
                args.shared / gold if gold else folder,
                program=program,
                unseen=True,
                limit=quick if args.quick else None,
            )
        reached[name] = {figure: round(value, 4) for figure, value in found.figures.items()}
        whole[name] = found.to_json() | {"causes": dict(found.causes()[:12])}
        print(f"\n{name} ({found.records} records)")
        for figure, value in found.figures.items():
            floor = floors.get(key, {}).get(name, {}).get(figure)
            mark = "" if floor is None else f"   floor {floor:.3f}" + ("   BELOW" if value < floor else "")
            print(f"  {figure:28} {value:.3f}{mark}", flush=True)
            if floor is not None and value < floor:
                below.append(f"{name}: {figure} {value:.3f} < {floor:.3f}")
    for name, figures in floors.get(key, {}).items():
        if not args.only:
            below += [f"{name}: {figure} was not measured" for figure in figures if figure not in reached.get(name, {})]
    if args.json:
        args.json.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
    if args.update:
        for name, figures in reached.items():
            mine = floors.setdefault(key, {}).setdefault(name, {})
            for figure, value in figures.items():
                mine[figure] = max(mine.get(figure, 0.0), round(value * (1 - MARGIN), 3))
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    if below:
        sys.exit("below the floor:\n  " + "\n  ".join(below))


if __name__ == "__main__":
    main()
