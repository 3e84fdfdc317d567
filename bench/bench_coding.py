"""Cost of coding as a ratio to the bare spaCy pipeline on the same texts, in one process, both cores as they come.

usage: python bench/bench_coding.py [FOLDER] [--articles N] [--rounds N]

FOLDER holds .txt reports; without it the example reports of the repository are repeated. Each round times the bare
pipeline and the whole coding in turn, by CPU time; printed are the medians, the ratio, and its spread over the rounds.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from importlib import import_module
from pathlib import Path

from whowhom.parse import reading_text
from whowhom.parse.parser import DEFAULT_MODEL
from whowhom.pipeline import Coder
from whowhom.read import article_from_text
from whowhom.records import Article


def articles(folder: Path | None, count: int) -> list[Article]:
    paths = sorted(folder.rglob("*.txt")) if folder else sorted(Path("examples").glob("*.md")) * count
    found = [
        article_from_text(p.read_text("utf-8", "replace"), source_id=p.stem, published="2020-01-01")
        for p in paths[:count]
    ]
    return [one for one in found if isinstance(one, Article)]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("folder", nargs="?", type=Path)
    ask.add_argument("--articles", type=int, default=60)
    ask.add_argument("--rounds", type=int, default=5)
    args = ask.parse_args()
    reports = articles(args.folder, args.articles)
    coder, bare = Coder(), import_module(DEFAULT_MODEL).load()
    texts = [reading_text(article).text for article in reports]
    tokens = sum(len(bare.make_doc(text)) for text in texts)
    list(coder.run(reports))  # warm-up: knowledge tables, gazetteer
    rows = []
    for _ in range(args.rounds):
        start = time.process_time()
        list(bare.pipe(texts, batch_size=16))
        middle = time.process_time()
        list(coder.run(reports))
        rows.append((middle - start, time.process_time() - middle))
    ratios = [whole / parse for parse, whole in rows]
    parse, whole = (statistics.median(row[k] for row in rows) for k in (0, 1))
    print(f"{len(reports)} reports, {tokens} tokens, {args.rounds} rounds, CPU seconds")
    print(f"bare spaCy     {parse:8.2f}   {tokens / parse:8.0f} tokens a second")
    print(f"whole coding   {whole:8.2f}   {tokens / whole:8.0f} tokens a second")
    print(f"ratio          {statistics.median(ratios):8.2f}   from {min(ratios):.2f} to {max(ratios):.2f}")
    print(f"peak memory    {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MiB")


if __name__ == "__main__":
    main()
