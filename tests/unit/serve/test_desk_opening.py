"""`whowhom serve --open`: the page is opened in the browser, once the server answers."""

from __future__ import annotations

import json
import os
import re
import signal
import urllib.request
import webbrowser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from whowhom.cli import app


class Browser:
    """Takes the addresses that are opened, asks each at once as a browser would, and ends the server."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.answers: list[object] = []

    def open(self, address: str) -> bool:
        """Open an address."""
        self.opened.append(address)
        try:
            root, _, query = address.partition("?")
            call = urllib.request.Request(root + "api/status")
            if query:
                call.add_header("Authorization", f"Bearer {query.removeprefix('token=')}")
            with urllib.request.urlopen(call, timeout=10) as answer:
                self.answers.append(json.load(answer)["store"])
        finally:
            os.kill(os.getpid(), signal.SIGTERM)
        return True


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    one = Browser()
    monkeypatch.setattr(webbrowser, "open", one.open)
    return one


@pytest.mark.parametrize(
    ("more", "address"),
    [
        ((), r"http://127\.0\.0\.1:\d+/"),
        (("--host", "localhost"), r"http://localhost:\d+/"),
        (("--token", "a-long-enough-token"), r"http://127\.0\.0\.1:\d+/\?token=a-long-enough-token"),
    ],
)
def test_the_page_is_opened_at_its_address_once_the_server_answers(
    browser: Browser, world_store: Path, more: tuple[str, ...], address: str
) -> None:
    done = CliRunner().invoke(app, ["serve", "--store", str(world_store), "--port", "0", "--quiet", "--open", *more])
    assert done.exit_code == 0, done.output
    (opened,) = browser.opened
    assert re.fullmatch(address, opened)
    assert browser.answers == [True]
    assert f"whowhom: {opened} (" in done.output


def test_nothing_is_opened_where_the_port_is_taken(browser: Browser, world_store: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = CliRunner().invoke(app, ["serve", "--store", str(world_store), "--port", port, "--open"])
    assert done.exit_code != 0
    assert browser.opened == []
