"""Reports from the web, against a server of our own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from whowhom.read import ReadOptions, read_inputs
from whowhom.read.fetch import _is_public
from whowhom.records import Article, Skipped

REPORT = "The minister met the rebels in the capital on Monday and promised them a new round of talks."
OPEN = ReadOptions(allow_private=True, timeout=5, max_bytes=100_000)
calls: list[str] = []


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        calls.append(self.path)
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to"))
            self.end_headers()
            return
        if self.path == "/loop":
            self.send_response(301)
            self.send_header("Location", "/loop")
            self.end_headers()
            return
        if self.path == "/file":
            self.send_response(302)
            self.send_header("Location", "file:///etc/hosts")
            self.end_headers()
            return
        flaky = self.path == "/flaky" and calls.count("/flaky") < 2
        status = 503 if flaky else {"/gone": 404, "/closed": 403}.get(self.path, 200)
        kind = {"/image": "image/png"}.get(self.path, "text/plain; charset=utf-8")
        data = b"x" * 200_000 if self.path == "/large" else REPORT.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a running server."""
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_address[1]}"
    httpd.shutdown()


def test_a_page_is_fetched_through_a_redirect(server: str) -> None:
    (item,) = read_inputs([f"{server}/to/news/talks.txt"], OPEN)
    assert isinstance(item, Article)
    assert (item.source_id, item.text, item.url) == ("talks", REPORT, f"{server}/news/talks.txt")


def test_a_failure_that_passes_is_tried_again(server: str) -> None:
    (item,) = read_inputs([f"{server}/flaky"], OPEN)
    assert isinstance(item, Article)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/gone", "not-found"),
        ("/closed", "unreachable"),
        ("/loop", "unreachable"),
        ("/large", "too-large"),
        ("/image", "unsupported"),
        ("/file", "unsupported"),
    ],
)
def test_an_address_that_gives_no_report(server: str, path: str, reason: str) -> None:
    (item,) = read_inputs([server + path], OPEN)
    assert isinstance(item, Skipped)
    assert item.reason == reason


def test_addresses_of_the_own_machine_are_refused(server: str) -> None:
    before = len(calls)
    port = server.rpartition(":")[2]
    addresses = [server, f"http://localhost:{port}/", f"http://[::ffff:127.0.0.1]:{port}/", "http://0.0.0.0/",
                 "http://169.254.169.254/latest", "http://10.0.0.1/", "http://2130706433/"]  # fmt: skip
    for item in read_inputs(addresses, ReadOptions(timeout=2)):
        assert isinstance(item, Skipped)
        assert item.reason == "unreachable"
    assert len(calls) == before


@pytest.mark.parametrize("address", ["http://", "http://:80", "https://exa mple/", "http://a:99999/", "http://[::1"])
def test_what_is_no_address_is_skipped(address: str) -> None:
    (item,) = read_inputs([address], ReadOptions(timeout=2))
    assert isinstance(item, Skipped)


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "::1",
        "fe80::1",
        "fc00::1",
        "0.0.0.0",
        "224.0.0.1",
        "100.64.0.1",
        "::ffff:10.0.0.1",
    ],
)
def test_private_addresses_are_told(ip: str) -> None:
    assert not _is_public(ip)


def test_public_addresses_are_told() -> None:
    assert _is_public("8.8.8.8")
    assert _is_public("2606:4700::1111")
