"""A web site of our own, a clock that goes only when somebody sleeps, and a coder without models."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from whowhom.pipeline import document_id
from whowhom.read import ReadOptions
from whowhom.records import Article, Document, Skipped
from whowhom.store.database import connect
from whowhom.watch.run import Polled, Watched, watch
from whowhom.workers import CodingOptions

OPEN = ReadOptions(allow_private=True, timeout=2)
START = 1_800_000_000.0


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    at: float  # by the clock of the test


@dataclass
class Clock:
    time: float = START
    slept: list[float] = field(default_factory=list)
    before_sleep: Callable[[], None] | None = None

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        if self.before_sleep:
            self.before_sleep()
        self.slept.append(seconds)
        self.time += seconds


Page = tuple[int, dict[str, str], bytes]


class Site:
    """Pages by path; what is not there is a 404, `/robots.txt` as well."""

    def __init__(self, clock: Clock, name: str = "127.0.0.1") -> None:
        self.pages: dict[str, Page] = {}
        self.requests: list[Request] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                headers = {key.lower(): value for key, value in self.headers.items()}
                site.requests.append(Request(self.path, headers, clock.now()))
                status, answer, data = site.pages.get(self.path, (404, {}, b""))
                if status == 200 and answer.get("ETag") and headers.get("if-none-match") == answer["ETag"]:
                    status, data = 304, b""
                self.send_response(status)
                for key, value in answer.items():
                    self.send_header(key, value)
                if status != 304:
                    self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.httpd.server_address[1]
        self.url = f"http://{name}:{self.port}"
        threading.Thread(target=self.httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def put(
        self, path: str, data: str, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str
    ) -> str:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, {"Content-Type": kind, **named}, data.encode())
        return self.url + path

    def report(self, path: str, words: str) -> str:
        """Put a page with a report in which the words stand."""
        body = (
            f"<p>The foreign minister of Norland met the envoy of Sudland in the harbour town on Monday. {words}</p>"
            "<p>The talks lasted four hours and ended without a paper, said a spokesman of the ministry.</p>"
            "<p>The opposition accused the government of hiding the terms from the parliament of the country.</p>"
        )
        page = f"<html><head><title>{words}</title></head><body><article><h1>{words}</h1>{body}</article></body></html>"
        return self.put(path, page)

    def redirect(self, path: str, target: str) -> str:
        return self.put(path, "", status=302, Location=target)

    def feed(self, path: str, items: Iterable[str], head: str = "", **headers: str) -> str:
        body = f'<rss version="2.0"><channel><title>Herald</title>{head}{"".join(items)}</channel></rss>'
        return self.put(path, body, "application/rss+xml", **headers)

    def paths(self) -> list[str]:
        return [one.path for one in self.requests]

    def asked(self, path: str) -> list[Request]:
        return [one for one in self.requests if one.path == path]


def item(link: str = "", guid: str = "", words: str = "", title: str = "Talks") -> str:
    parts = {"title": title, "link": link, "guid": guid, "description": words}
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in parts.items() if value) + "</item>"


class FakeCoder:
    """Gives a report of no records for each article."""

    def run(self, articles: Iterable[Article]) -> Iterator[Document | Skipped]:
        for one in articles:
            if "unlucky" in one.text:
                yield Skipped(one.source_id, "failed", "it cannot be coded")
            else:
                yield Document(
                    document_id(one.text), one.source_id, one.title, one.url, one.publisher, one.authors,
                    one.published, one.language, one.text,
                )  # fmt: skip


class FakeCoding(CodingOptions):
    """Options whose coder needs no model; `made` counts the coders."""

    made = 0

    def coder(self) -> Any:
        FakeCoding.made += 1
        return FakeCoder()


@dataclass
class Run:
    """Starts watches on one store with one clock."""

    store: Path
    clock: Clock
    polls: list[Polled] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def __call__(self, *feeds: str, once: bool = True, **options: Any) -> Watched:
        self.polls.clear()
        self.skipped.clear()
        FakeCoding.made = 0
        return watch(
            feeds, self.store, coding=FakeCoding("none", use_model=False), reading=options.pop("reading", OPEN),
            once=once, report=self.polls.append, skipped=self.skipped.append, now=self.clock.now,
            sleep=self.clock.sleep, **options,
        )  # fmt: skip

    def rows(self, query: str) -> list[Any]:
        with closing(connect(self.store)) as db:
            found: list[sqlite3.Row] = db.execute(query).fetchall()
        return [row[0] if len(row) == 1 else tuple(row) for row in found]

    def texts(self) -> list[str]:
        return [str(text) for text in self.rows("SELECT text FROM document ORDER BY id")]
