"""The installed command follows feeds of a server of our own."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ETAG = '"seven"'
REPORTS = {
    "/arrest": "French police arrested the mayor of Lyon on Monday. The arrest came after a long search of his office. "
    "His lawyer, Jean Morel, said that the charge was a mistake and that the court would see it.",
    "/talks": "The German chancellor met the Polish prime minister in Warsaw on Tuesday. The two leaders agreed to "
    "open a new bridge. The Polish government thanked Germany for its help with the work on the border.",
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, _Server)
        server.seen.append((self.path, self.headers.get("If-None-Match")))
        if self.path == "/drip":
            self.send_response(200)
            self.end_headers()
            while not server.closing.wait(0.1):
                self.wfile.write(b" ")
            return
        status, data = 404, b""
        if self.path == "/rss":
            items = "".join(f"<item><title>Report</title><link>{path}</link></item>" for path in REPORTS)
            data = f'<rss version="2.0"><channel><title>Herald</title>{items}</channel></rss>'.encode()
            status = 304 if self.headers.get("If-None-Match") == ETAG else 200
        elif self.path in REPORTS:
            text = "".join(f"<p>{one}.</p>" for one in REPORTS[self.path].rstrip(".").split(". "))
            data = f"<html><body><article><h1>Report</h1>{text}</article></body></html>".encode()
            status = 200
        server.given.append(status)
        self.send_response(status)
        self.send_header("Content-Type", "application/rss+xml" if self.path == "/rss" else "text/html; charset=utf-8")
        if self.path == "/rss":
            self.send_header("ETag", ETAG)
        if status != 304:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if status != 304:
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seen: list[tuple[str, str | None]] = []
        self.given: list[int] = []
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


@pytest.fixture
def server() -> Iterator[_Server]:
    found = _Server()
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield found
    found.closing.set()
    found.shutdown()
    found.server_close()


def start(folder: Path, *args: str) -> subprocess.Popen[str]:
    command = Path(sys.executable).with_name("whowhom")
    return subprocess.Popen(
        [str(command), "watch", *args, "--store", "news.db", "--allow-private", "--host-seconds", "0.05"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(Path.home()), "COLUMNS": "100"},
    )


def ended(process: subprocess.Popen[str], seconds: float = 120) -> tuple[int, str]:
    out, err = process.communicate(timeout=seconds)
    assert out == ""
    return process.returncode, err


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "news.db")) as db:
        return db.execute(query).fetchall()


def test_once_codes_what_is_new_and_the_second_time_nothing(server: _Server, tmp_path: Path) -> None:
    (tmp_path / "feeds.txt").write_text(f"# mine\n{server.url}/rss\n")
    status, err = ended(start(tmp_path, "feeds.txt", "--once"))
    assert status == 0, err
    assert "2 new, 2 coded" in err
    assert rows(tmp_path, "SELECT count(*) FROM document") == [(2,)]
    assert ("COERCE",) in rows(tmp_path, "SELECT type FROM event")
    before = rows(tmp_path, "SELECT coded_at FROM document")

    server.seen.clear()
    server.given.clear()
    status, err = ended(start(tmp_path, "feeds.txt", "--once"))
    assert status == 0, err
    assert "nothing new" in err
    assert "0 coded" in err
    assert server.seen == [("/rss", ETAG)]
    assert server.given == [304]
    assert rows(tmp_path, "SELECT coded_at FROM document") == before


def test_a_bad_feed_is_named_and_the_others_are_read(server: _Server, tmp_path: Path) -> None:
    status, err = ended(start(tmp_path, f"{server.url}/none", "nowhere.opml", f"{server.url}/rss", "--once"))
    assert status == 3, err
    assert "nowhere.opml: not-found" in err
    assert "/none: failed" in err
    assert "2 coded" in err
    assert ended(start(tmp_path, f"{server.url}/none", "--once"))[0] == 1
    assert ended(start(tmp_path, "nowhere.opml"))[0] == 2


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals")
@pytest.mark.parametrize(
    ("number", "path"), [(signal.SIGTERM, "/rss"), (signal.SIGINT, "/rss"), (signal.SIGTERM, "/drip")]
)
def test_a_signal_ends_it_cleanly_and_soon(server: _Server, tmp_path: Path, number: int, path: str) -> None:
    process = start(tmp_path, server.url + path)
    assert process.stderr is not None
    if path == "/rss":
        line = process.stderr.readline()
        assert "2 coded" in line
    else:
        wait_until(lambda: ("/drip", None) in server.seen)
    begun = time.monotonic()
    process.send_signal(number)
    status, err = ended(process)
    assert time.monotonic() - begun < 5
    assert status == (0 if number == signal.SIGTERM else 130), err
    assert f"{0 if path == '/drip' else 2} coded" in err
    assert "Traceback" not in err
    assert rows(tmp_path, "PRAGMA integrity_check") == [("ok",)]


def wait_until(true: object, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.05)
