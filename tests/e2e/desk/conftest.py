"""Servers over three stores (the examples, a hostile one, none yet) and a browser, where there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hostile import write_hostile
from installed import copied
from playwright.sync_api import Browser, sync_playwright
from served import CHROMIUM, CHROMIUM_ARGS, DESKTOP, Desk, Server, views, why_no_browser


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", metavar="DIR", help="write pictures of every view of the desk into a folder")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for the tests of a module: while one is open, nothing else in this process can use asyncio."""
    if reason := why_no_browser():
        pytest.skip(reason)
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_ARGS))
        yield one
        one.close()


def _served(store: Path) -> Iterator[Server]:
    if reason := why_no_browser():
        pytest.skip(reason)
    server = Server(store).start()
    yield server
    server.close()


@pytest.fixture(scope="session")
def examples(news: Path) -> Iterator[Server]:
    """The examples, served; nobody changes this store."""
    yield from _served(news)


@pytest.fixture
def own_examples(news: Path, tmp_path: Path) -> Iterator[Server]:
    """The examples, served for one test that changes the store or stops the server."""
    yield from _served(copied(news, tmp_path))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A store of reports that attack whoever reads them, served."""
    store = tmp_path_factory.mktemp("hostile") / "hostile.db"
    write_hostile(store)
    yield from _served(store)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Server]:
    """A store that is not there yet, served for one test."""
    yield from _served(tmp_path / "news.db")


@pytest.fixture(scope="session")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A store that never comes, served."""
    yield from _served(tmp_path_factory.mktemp("nothing") / "news.db")


@pytest.fixture(scope="session")
def addresses(examples: Server) -> dict[str, str]:
    """The address of every view over the examples."""
    return views(examples)


Open = Callable[..., Desk]


@pytest.fixture
def desk_of(browser: Browser) -> Iterator[Open]:
    """A function that opens a page of a server in a context of its own; at the end no page may have had problems."""
    opened: list[tuple[Desk, bool]] = []

    def one(server: Server, *, watched: bool = True, **context: Any) -> Desk:
        # `watched=False`: the test itself judges what the page complains of.
        given: dict[str, Any] = {"viewport": DESKTOP, "locale": "en-GB", "reduced_motion": "reduce"}
        desk = Desk(browser.new_context(**(given | context)).new_page(), server)
        desk.page.set_default_timeout(10_000)
        opened.append((desk, watched))
        return desk

    yield one
    problems = [problem for desk, watched in opened if watched for problem in desk.problems()]
    for desk, _ in opened:
        desk.page.context.close()
    assert not problems, "\n".join(problems)


@pytest.fixture
def desk(desk_of: Open, examples: Server) -> Desk:
    """A page over the examples."""
    return desk_of(examples)
