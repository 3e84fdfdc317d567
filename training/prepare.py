"""Read all sets once and write what they teach, so that training needs no parser (and no text).

usage: python training/prepare.py SHARED OUT.pkl

SHARED holds `gold/`. OUT is a pickle of `{"modes", "ways", "digests", "examples": {task: [Example]}}`. Run it with the
package's own Python: it parses, and asks the package for the actors of whole reports. About five minutes.
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from data import Reader, read_syntax
from examples import Example, mode_names
from reports import load, report_examples
from tqdm import tqdm

from whowhom.model import load_network
from whowhom.parse import load_parser

HERE = Path(__file__).parent
SETS = (
    "polnear-train.jsonl", "polnear-dev.jsonl", "events-plv-train.jsonl", "cameo-quad-train.jsonl",
    "cameo-ner-train.jsonl", "india-police-a.jsonl", "geowebnews-a.jsonl", "trnews.jsonl", "newscluster-a.jsonl",
    "5w1h-a.jsonl",
)  # fmt: skip


def digests(shared: Path) -> dict[str, str]:
    """SHA-256 of every file that is read."""
    own = [path for folder in ("sentences", "annotations", "reports") for path in (HERE / folder).glob("*.jsonl")]
    files = [*sorted(own), *(shared / "gold" / name for name in SETS)]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@cache
def parser() -> Any:
    """One parser for each process."""
    return load_parser()


def read_report(given: tuple[str, dict[str, Any]]) -> list[Example]:
    """What one whole report teaches."""
    return list(report_examples(*given, parser(), load_network()))


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("shared", type=Path)
    ask.add_argument("out", type=Path)
    args = ask.parse_args()
    network = load_network()
    syntax = read_syntax(args.shared, network.labels.get("ways"))
    modes = mode_names()
    reader = Reader(args.shared, network.tokenizer, modes, syntax)
    found = {
        "polnear": list(reader.polnear("polnear-train.jsonl")),
        "polnear-dev": list(reader.polnear("polnear-dev.jsonl")),
        "plv": list(reader.events_plv()),
        "written": list(reader.written()),
        "news": list(reader.annotated()),
        "quad": list(reader.cameo_quad()),
        "ner": list(reader.cameo_ner()),
        "police": list(reader.india_police()),
    }
    given = list(load(args.shared))
    with ProcessPoolExecutor() as pool:
        for some in tqdm(pool.map(read_report, given, chunksize=4), total=len(given), desc="reports", mininterval=5):
            for example in some:
                found.setdefault(example.task, []).append(example)
    examples = {task: [one for one in rows if len(one.ids) > 3] for task, rows in found.items()}
    args.out.parent.mkdir(parents=True, exist_ok=True)
    prepared = {"modes": modes, "ways": syntax.names, "digests": digests(args.shared), "examples": examples}
    args.out.write_bytes(pickle.dumps(prepared))
    print({task: len(rows) for task, rows in examples.items()})


if __name__ == "__main__":
    main()
