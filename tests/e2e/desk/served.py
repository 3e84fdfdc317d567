"""The desk as people use it: the installed command serving a store, and a page of it in a browser."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from installed import COMMAND, ROOT, until
from playwright.sync_api import ConsoleMessage, Dialog, Locator, Page, Request

CHROMIUM = os.environ.get("WHOWHOM_CHROMIUM", "/usr/bin/chromium")
CHROMIUM_ARGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-quic", "--no-first-run",
)  # fmt: skip
STATIC = ROOT / "src" / "whowhom" / "serve" / "static"
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


REPORT = (
    "Norwegian police arrested the opposition leader Per Dahl in Oslo on Monday. "
    "“We will not sell our fish,” Prime Minister Gudrun Thorsdottir said. "
    "Iceland promised a loan of 5 million dollars to Malawi."
)
_TOO_WIDE = """() => {
  const wide = document.documentElement.scrollWidth;
  if (wide <= innerWidth + 1) return [];
  const out = [...document.querySelectorAll("body *")].filter((one) => {
    if (one.getBoundingClientRect().right <= innerWidth + 1) return false;
    // What lies in a box that scrolls or cuts by itself widens nothing.
    for (let box = one.parentElement; box && box !== document.body; box = box.parentElement) {
      if (getComputedStyle(box).overflowX !== "visible") return false;
    }
    return true;
  });
  return [`${wide} > ${innerWidth}`, ...out.slice(-3).map((one) => one.outerHTML.slice(0, 200))];
}"""


class Server:
    """`whowhom serve` over a store, at a free port; it can be stopped and started again at the same port."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self.port = free_port()
        self.log = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - close() closes it
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Server:
        """Start it and wait until it answers."""
        self._process = subprocess.Popen(
            [COMMAND, "serve", "--store", str(self.store), "--port", str(self.port)],
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            env={"PATH": "/usr/bin:/bin", "HOME": str(Path.home())},
            cwd="/",
            # A build that runs in the background has Ctrl-C ignored, and would hand that on.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        until(self._answers, 60)
        return self

    def stop(self) -> int:
        """Press Ctrl-C and wait for the end: its status."""
        assert self._process is not None
        self._process.send_signal(signal.SIGINT)
        try:
            return self._process.wait(20)
        finally:
            if self._process.poll() is None:
                self._process.kill()
                self._process.wait()
            self._process = None

    def close(self) -> None:
        if self._process is not None:
            self.stop()
        self.log.close()

    def said(self) -> str:
        """What it has printed so far."""
        self.log.seek(0)
        return self.log.read()

    def ask(self, path: str, **query: Any) -> Any:
        """The answer of the API to a question, as JSON."""
        return json.loads(self.text(f"/api/{path}", **query))

    def text(self, path: str, **query: Any) -> str:
        """The answer at an address, as text; an error is raised."""
        with urllib.request.urlopen(self.base + path + _query(query), timeout=30) as answer:
            return str(answer.read().decode())

    def headers(self, path: str) -> dict[str, str]:
        """The headers of the answer at an address, whatever its status."""
        try:
            with urllib.request.urlopen(self.base + path, timeout=30) as answer:
                return {name.lower(): value for name, value in answer.headers.items()}
        except urllib.error.HTTPError as error:
            return {name.lower(): value for name, value in error.headers.items()}

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self.said()
        try:
            self.text("/api/status")
        except OSError:
            return False
        return True


@dataclass
class Desk:
    """A page of a served desk in a browser, and all that it asked for, printed and broke."""

    page: Page
    server: Server
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    _open: set[Request] = field(default_factory=set)
    _last: float = 0

    def __post_init__(self) -> None:
        self.page.on("request", self._request)
        self.page.on("requestfinished", self._done)
        self.page.on("requestfailed", self._done)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))
        self.page.on("dialog", self._dialog)

    def open(self, address: str) -> Page:
        """Open an address of the desk and wait until everything it asks for is there."""
        self.page.goto(self.server.base + address)
        self.settle()
        return self.page

    def settle(self, quiet: float = 0.35) -> None:
        """Wait until nothing has been asked for a while (the page waits for the end of typing: 0.25 s at most)."""
        self._last = time.monotonic()
        end = self._last + 30
        while self._open or time.monotonic() - self._last < quiet:
            assert time.monotonic() < end, f"never at rest: {[one.url for one in self._open]}"
            self.page.wait_for_timeout(50)

    def waiting(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._open)

    @property
    def query(self) -> dict[str, list[str]]:
        """The conditions in the address."""
        return urllib.parse.parse_qs(urllib.parse.urlsplit(self.page.url).query)

    @property
    def path(self) -> str:
        return urllib.parse.urlsplit(self.page.url).path

    def options(self) -> Locator:
        """What is suggested while somebody types a name."""
        return self.page.get_by_role("listbox").get_by_role("option")

    def rows(self) -> Locator:
        """The rows of the list that is shown."""
        return self.page.locator("main [data-row]")

    def elsewhere(self) -> list[str]:
        """What it asked of other hosts."""
        own = (self.server.base + "/", "data:", f"blob:{self.server.base}/")
        return [url for url in self.asked if not url.startswith(own)]

    def too_wide(self) -> list[str]:
        """What makes the page wider than its window, the innermost last."""
        found: list[str] = self.page.evaluate(_TOO_WIDE)
        return found

    def problems(self) -> list[str]:
        """All that a page must never do."""
        return [
            *self.complaints,
            *(f"dialog: {text}" for text in self.dialogs),
            *(f"asked elsewhere: {url}" for url in self.elsewhere()),
        ]

    def _request(self, request: Request) -> None:
        self.asked.append(request.url)
        if not request.url.endswith("/api/stream"):
            self._open.add(request)
        self._last = time.monotonic()

    def _done(self, request: Request) -> None:
        self._open.discard(request)
        self._last = time.monotonic()

    def _console(self, message: ConsoleMessage) -> None:
        # A machine without a graphics card draws slowly and says so.
        if message.type in ("error", "warning") and "GL Driver Message" not in message.text:
            where = (message.location or {}).get("url", "")
            self.complaints.append(f"console {message.type} on {self.page.url}: {message.text} ({where})")

    def _dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()


def views(server: Server) -> dict[str, str]:
    """The address of every view over a store; a record, report or actor that has something to show."""
    found = {
        "overview": "/",
        "events": "/events",
        "statements": "/statements",
        "pledges": "/pledges",
        "relations": "/relations",
        "dyad": "/dyad?actor=NOR&recipient=ISL",
        "actors": "/actors",
        "network": "/network",
        "map": "/map",
        "stories": "/stories",
        "corrections": "/corrections",
        "code": "/code",
        "search": "/search?text=fish",
    }
    first = lambda path, **query: server.ask(path, limit=1, **query)["rows"][0]  # noqa: E731
    event = first("events", sort="sources")
    found["event"] = f"/{event['id']}"
    found["report"] = f"/{server.ask('records/' + event['id'])['told'][0]['document']}"
    for name, path in (("actor", "actors"), ("statement", "statements"), ("pledge", "pledges"), ("story", "stories")):
        found[name] = f"/{first(path)['id']}"
    if relations := server.ask("relations", limit=1)["rows"]:
        found["relation"] = f"/{relations[0]['id']}"
    return found


def why_no_browser() -> str | None:
    """The reason to skip the tests in a browser, if there is one."""
    if not Path(CHROMIUM).exists():
        return f"no browser at {CHROMIUM}: run scripts/browser.sh chromium, or name another in WHOWHOM_CHROMIUM"
    if not (STATIC / "index.html").exists():
        return "the page is not built: run make desk (it needs Node.js and npm)"
    return None


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def words(text: str) -> str:
    """A text with every run of blanks as one."""
    return re.sub(r"\s+", " ", text).strip()


def _query(query: dict[str, Any]) -> str:
    pairs: list[tuple[str, str]] = []
    for name, value in query.items():
        values: Sequence[Any] = value if isinstance(value, list | tuple) else (value,)
        pairs += [(name, str(one)) for one in values]
    return f"?{urllib.parse.urlencode(pairs)}" if pairs else ""
