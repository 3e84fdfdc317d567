"""Fit the weights of `whowhom.resolve.where` on reports that we annotated.

usage: python training/countries.py SHARED

Wherever the coder has to guess the country of a body, an official or a person, the annotation tells which it was; a
conditional logit ranks the countries that the report speaks of. The weights are printed, with the share right by folds
over whole reports; they stand in the module. Addresses of outlets are unknown for most of these reports, so half of
those with a known publisher are read with its address. Run it with the package's own Python (it needs no torch).
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from reports import load
from tqdm import tqdm

from whowhom.extract import extract_statements
from whowhom.parse import load_parser, parse_articles
from whowhom.read import article_from_text
from whowhom.resolve import find_places, resolve_actors
from whowhom.resolve.where import FITTED, Setting
from whowhom.resources.knowledge import BEYOND_COUNTRIES

FOLDS = 5
PENALTY = 0.5
PUBLISHERS = {
    "politics": "news.bbc.co.uk", "polnear-usa-today": "usatoday.com", "polnear-huff-post": "huffingtonpost.com",
    "polnear-breitbart": "breitbart.com", "polnear-west-journal": "westernjournalism.com",
    "polnear-nyt": "nytimes.com", "polnear-wash-post": "washingtonpost.com", "polnear-politico": "politico.com",
}  # fmt: skip
Guess = tuple[list[str], np.ndarray, str, str | None]
"""The countries of a report, their features `(countries, features)`, the right one, and the one that was guessed."""


def address(record_id: str) -> str | None:
    """The address of the publisher of a report, for half of the reports whose ids tell it."""
    known = next((host for start, host in PUBLISHERS.items() if record_id.startswith(start)), None)
    return f"https://{known}/news" if known and zlib.crc32(record_id.encode()) % 2 else None


@cache
def _parser() -> Any:
    return load_parser()


def guesses(given: tuple[str, dict[str, Any]]) -> list[Guess]:
    """Every guess that the coder makes in a report at words of an annotated actor."""
    text, record = given
    asked: dict[int, tuple[dict[str, dict[str, float]], str | None]] = {}
    near = Setting.near

    def noted(setting: Setting, i: int) -> str | None:
        asked[i] = setting.features(i), near(setting, i)
        return asked[i][1]

    article = article_from_text(
        text, source_id=record["id"], published=record.get("published"), url=address(record["id"])
    )
    parsed = next(iter(parse_articles(_parser(), [article])))
    with patch.object(Setting, "near", noted):
        resolve_actors(parsed, extract_statements(parsed), find_places(parsed))
    marked = [(start, end, one["country"]) for one in record["actors"] for start, end in one["mentions"]]
    out = []
    for i, (features, guess) in asked.items():
        at = parsed.span(i, i)[0]
        here = min(((end - start, country) for start, end, country in marked if start <= at < end), default=None)
        if here is not None and here[1] is not None and here[1] not in BEYOND_COUNTRIES:
            rows = [[found.get(name, 0.0) for name in FITTED] for found in features.values()]
            out.append((list(features), np.array(rows), here[1], guess))
    return out


def fit(found: list[Guess], steps: int = 40) -> np.ndarray:
    """The weights of the conditional logit, by Newton's method; guesses whose country the report does not name are left
    out."""
    some = [(x, countries.index(right)) for countries, x, right, _ in found if right in countries]
    w = np.zeros(len(FITTED))
    for _ in range(steps):
        gradient, curve = -PENALTY * w, PENALTY * np.eye(len(w))
        for x, right in some:
            p = np.exp(x @ w - (x @ w).max())
            p /= p.sum()
            mean = p @ x
            gradient += x[right] - mean
            curve += (x * p[:, None]).T @ x - np.outer(mean, mean)
        step = np.linalg.solve(curve, gradient)
        w += step
        if np.abs(step).max() < 1e-5:
            break
    return w


def right_by(w: np.ndarray, found: list[Guess]) -> int:
    """How many guesses are right with these weights."""
    return sum(bool(countries) and countries[int((x @ w).argmax())] == right for countries, x, right, _ in found)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("shared", type=Path)
    args = ask.parse_args()
    given = [(text, record) for text, record in load(args.shared) if "text" not in record]
    with ProcessPoolExecutor() as pool:
        reports = list(tqdm(pool.map(guesses, given, chunksize=4), total=len(given), mininterval=5))
    folds = [[one for k, some in enumerate(reports) if k % FOLDS == fold for one in some] for fold in range(FOLDS)]
    every = [one for some in folds for one in some]
    right = Counter[str]()
    for fold, kept in enumerate(folds):
        right["by folds"] += right_by(fit([one for k, some in enumerate(folds) if k != fold for one in some]), kept)
    right["as the package has it"] = sum(guess == truth for _, _, truth, guess in every)
    right["named in the report"] = sum(truth in countries for countries, _, truth, _ in every)
    weights = {name: round(float(w), 2) for name, w in zip(FITTED, fit(every), strict=True)}
    shares = {name: round(n / len(every), 4) for name, n in right.items()}
    print(json.dumps({"reports": len(reports), "guesses": len(every), "right": shares, "weights": weights}, indent=1))


if __name__ == "__main__":
    main()
