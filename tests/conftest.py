"""Fixtures shared by all tests: one language model a session, texts parsed on demand, paths of shared data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from whowhom.parse import Parsed, load_parser, parse_articles
from whowhom.pipeline import Coder
from whowhom.records import Article, Document

ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write the golden records anew")


@pytest.fixture(scope="session")
def coder() -> Coder:
    return Coder()


@pytest.fixture(scope="session")
def parse() -> Callable[..., Parsed]:
    nlp = load_parser()

    def one(text: str, **fields: str) -> Parsed:
        return next(iter(parse_articles(nlp, [Article(text, "test", **fields)])))  # type: ignore[arg-type]

    return one


@pytest.fixture(scope="session")
def code(coder: Coder) -> Callable[..., Document]:
    """Code a short text as a report of 14 September 2020 (a Monday)."""

    def one(text: str, published: str = "2020-09-14") -> Document:
        return coder.code(text, published=published)

    return one


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = ROOT.parent / "shared"
    if not (folder / "articles").is_dir():
        pytest.skip("the annotated articles are not beside this checkout (../shared)")
    return folder
