"""Reports from the web, against a server of our own."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from whowhom.config import setting
from whowhom.errors import SettingError
from whowhom.read import ReadOptions, read_inputs
from whowhom.read.fetch import USER_AGENT, Busy, Fetched, Refused, _is_public, _retry_after, fetch
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


Answer = Callable[[socket.socket, bytes], None]


@contextlib.contextmanager
def raw_server(answer: Answer) -> Iterator[str]:
    """The address of a server that answers each request by hand, whatever HTTP has to say of it."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve_one(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            request = b""
            while b"\r\n\r\n" not in request:
                request += connection.recv(65_536)
            answer(connection, request)

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=serve_one, args=(connection,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.close()


def replies(head: str, body: bytes = b"") -> Answer:
    """An answer of these header lines (with the status) and this body."""
    return lambda connection, _: connection.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)


def skipped(answer: Answer, options: ReadOptions = OPEN) -> Skipped:
    """Why a server that answers like this is skipped, which it must be."""
    with raw_server(answer) as url:
        found = fetch(url, options)
    assert isinstance(found, Skipped)
    return found


def fetched(answer: Answer, options: ReadOptions = OPEN, **known: str) -> Fetched:
    """What a server that answers like this gives, which it must."""
    with raw_server(answer) as url:
        found = fetch(url, options, **known)  # type: ignore[arg-type]
    assert isinstance(found, Fetched), found
    return found


@pytest.mark.parametrize("head", ["", "HTTP/1.1 200 OK\nContent-Length: 100000\nX: "])
def test_a_server_that_drips_is_given_up_after_its_time(head: str) -> None:
    def drip(connection: socket.socket, _: bytes) -> None:
        connection.sendall(head.replace("\n", "\r\n").encode())
        if head:
            connection.sendall(b"\r\n\r\n")
        while True:
            connection.sendall(b"H")
            time.sleep(0.1)

    begun = time.monotonic()
    found = skipped(drip, ReadOptions(allow_private=True, timeout=0.5))
    assert time.monotonic() - begun < 4
    assert found.reason == "unreachable"


def test_headers_dripped_byte_by_byte_are_given_up() -> None:
    def drip(connection: socket.socket, _: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        while True:
            connection.sendall(b"a")
            time.sleep(0.1)

    begun = time.monotonic()
    assert skipped(drip, ReadOptions(allow_private=True, timeout=0.5)).reason == "unreachable"
    assert time.monotonic() - begun < 4


def test_endless_headers_are_given_up_in_little_memory() -> None:
    def endless(connection: socket.socket, _: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            connection.sendall(b"X-More: " + b"a" * 50_000 + b"\r\n")

    tracemalloc.start()
    found = skipped(endless)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.reason == "unreachable"
    assert peak < 10_000_000


def test_an_endless_body_is_cut_off() -> None:
    def endless(connection: socket.socket, _: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        while True:
            connection.sendall(b"a" * 50_000)

    assert skipped(endless).reason == "too-large"


def test_redirects_without_end_are_given_up() -> None:
    asked: list[bytes] = []

    def on(connection: socket.socket, request: bytes) -> None:
        asked.append(request.split()[1])
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /%d\r\nContent-Length: 0\r\n\r\n" % len(asked))

    assert skipped(on).reason == "unreachable"
    assert asked == [b"/", b"/1", b"/2", b"/3", b"/4", b"/5"]


def test_a_redirect_to_nowhere_is_told() -> None:
    assert "nowhere" in skipped(replies("HTTP/1.1 302 Found\nContent-Length: 0")).detail


@pytest.mark.parametrize("target", ["http://127.0.0.1:9/", "http://localhost/", "http://169.254.169.254/", "//[::1]/"])
def test_a_redirect_into_a_private_network_is_refused(
    target: str, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The server passes for a public one; whatever it redirects to is judged as it is.
    public = server.removeprefix("http://").split(":")[0]
    known = socket.getaddrinfo

    def resolve(host: str, *rest: object, **more: object) -> object:
        return known(public if host == "news.example" else host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    judged: list[str] = []

    def judge(ip: str) -> bool:
        judged.append(ip)
        return len(judged) == 1 or _is_public(ip)

    monkeypatch.setattr("whowhom.read.fetch._is_public", judge)
    before = len(calls)
    with raw_server(replies(f"HTTP/1.1 302 Found\nLocation: {target}\nContent-Length: 0")) as url:
        port = url.rpartition(":")[2]
        found = fetch(f"http://news.example:{port}/", ReadOptions(timeout=2))
    assert isinstance(found, Skipped)
    assert "private network" in found.detail
    assert len(calls) == before


@pytest.mark.parametrize("length", ["1000", "abc", "-1", "5, 7"])
def test_a_body_shorter_than_promised_is_no_page(length: str) -> None:
    found = skipped(replies(f"HTTP/1.1 200 OK\nContent-Length: {length}", REPORT.encode()))
    assert found.reason == "unreachable"


def test_a_body_longer_than_promised_is_cut_there() -> None:
    assert fetched(replies("HTTP/1.1 200 OK\nContent-Length: 12", REPORT.encode())).data == REPORT[:12].encode()


@pytest.mark.parametrize(("name", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("", bytes)])
def test_packed_bodies_are_unpacked(name: str, pack: Callable[[bytes], bytes]) -> None:
    found = fetched(replies(f"HTTP/1.1 200 OK\nContent-Encoding: {name}", pack(REPORT.encode())))
    assert found.data == REPORT.encode()


def test_a_packed_body_that_explodes_is_refused_in_little_memory() -> None:
    bomb = gzip.compress(bytes(60_000_000))
    tracemalloc.start()
    found = skipped(replies("HTTP/1.1 200 OK\nContent-Encoding: gzip", bomb))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.reason == "too-large"
    assert peak < 5_000_000


def test_an_unknown_packing_is_told() -> None:
    assert skipped(replies("HTTP/1.1 200 OK\nContent-Encoding: br", b"x")).reason == "unsupported"


def test_a_name_and_password_in_an_address_are_not_kept() -> None:
    requests: list[bytes] = []

    def answer(connection: socket.socket, request: bytes) -> None:
        requests.append(request)
        replies("HTTP/1.1 200 OK\nContent-Type: text/plain", REPORT.encode())(connection, request)

    with raw_server(answer) as url:
        found = fetch(url.replace("http://", "http://jane:secret@") + "/a b/ü?q=ä c", OPEN)
    assert isinstance(found, Fetched)
    assert "secret" not in found.url
    assert b"secret" not in requests[0]
    assert requests[0].startswith(b"GET /a%20b/%C3%BC?q=%C3%A4%20c HTTP/1.1")


@pytest.mark.parametrize("address", ["http://127.0.0.1:0/", "http://127.0.0.1:65536/", "http://127.0.0.1:x/",
                                     "http://user@:80/", "http://example.com:80@127.0.0.1:1/"])  # fmt: skip
def test_odd_ports_and_users_are_skipped(address: str) -> None:
    found = fetch(address, ReadOptions(timeout=2))
    assert isinstance(found, Skipped)


def test_a_page_that_is_still_the_same_is_not_sent_again() -> None:
    def answer(connection: socket.socket, request: bytes) -> None:
        same = b'If-None-Match: "abc"' in request and b"If-Modified-Since: Tue, 03 Mar 2015" in request
        head = "HTTP/1.1 304 Not Modified" if same else "HTTP/1.1 200 OK"
        head += '\nETag: "abc"\nLast-Modified: Tue, 03 Mar 2015 10:00:00 GMT'
        replies(head, b"" if same else REPORT.encode())(connection, request)

    first = fetched(answer)
    assert (first.status, first.etag, first.data) == (200, '"abc"', REPORT.encode())
    assert first.etag
    assert first.last_modified
    second = fetched(answer, etag=first.etag, last_modified=first.last_modified)
    assert (second.status, second.data, second.etag) == (304, b"", '"abc"')


def test_conditions_cannot_smuggle_headers() -> None:
    requests: list[bytes] = []

    def answer(connection: socket.socket, request: bytes) -> None:
        requests.append(request)
        replies("HTTP/1.1 200 OK", b"x")(connection, request)

    fetched(answer, etag='"a"\r\nX-Evil: 1')
    assert b"Evil" not in requests[0]


@pytest.mark.parametrize(
    ("status", "header", "wait"),
    [(429, "120", 120.0), (503, "0", 0.0), (503, "x", None), (429, "date", 500.0)],
)
def test_when_a_busy_server_wants_to_be_asked_again(status: int, header: str, wait: float | None) -> None:
    asked: list[bytes] = []
    header = formatdate(time.time() + 500, usegmt=True) if header == "date" else header

    def answer(connection: socket.socket, request: bytes) -> None:
        asked.append(request)
        replies(f"HTTP/1.1 {status} Busy\nRetry-After: {header}\nContent-Length: 0")(connection, request)

    found = skipped(answer)
    assert isinstance(found, Busy)
    assert found.reason == "unreachable"
    assert found.retry_after == (None if wait is None else pytest.approx(wait, abs=5))
    assert len(asked) == (1 if wait and wait > 2 else 3)


@pytest.mark.parametrize("value", ["", "-5", "1e9", "soon", "9" * 400, "Mon, 99 Foo 2020", "²"])
def test_no_retry_after_is_out_of_bounds(value: str) -> None:
    found = _retry_after(value)
    assert found is None or 0 <= found <= 7 * 86_400


def redirects(asked: list[bytes], ends: bytes = b"/end") -> Answer:
    """An answer that redirects from / to /1, to /2, and so on to the end, where the report is."""
    ways = [b"/", b"/1", b"/2", ends]

    def answer(connection: socket.socket, request: bytes) -> None:
        path = request.split()[1]
        asked.append(path)
        if path == ends:
            replies("HTTP/1.1 200 OK\nContent-Type: text/plain", REPORT.encode())(connection, request)
        else:
            onward = ways[ways.index(path) + 1].decode()
            replies(f"HTTP/1.1 302 Found\nLocation: {onward}\nContent-Length: 0")(connection, request)

    return answer


def test_the_target_of_each_redirect_is_asked_about_before_it_is_called() -> None:
    asked: list[bytes] = []
    told: list[tuple[str, int]] = []

    def may_follow(target: str) -> None:
        told.append((target, len(asked)))

    with raw_server(redirects(asked)) as url:
        found = fetch(url + "/", replace(OPEN, may_follow=may_follow))
    assert isinstance(found, Fetched)
    assert told == [(f"{url}/1", 1), (f"{url}/2", 2), (f"{url}/end", 3)]


def test_a_reason_not_to_follow_ends_the_fetch() -> None:
    asked: list[bytes] = []
    found = skipped(
        redirects(asked), replace(OPEN, may_follow=lambda target: "not there" if target.endswith("/2") else None)
    )
    assert (found.reason, found.detail) == ("unreachable", "not there")
    assert asked == [b"/", b"/1"]


@pytest.mark.parametrize("target", ["file:///etc/hosts", "http://:80", "http://a.example:99999/", "mailto:a@b.example"])
def test_nobody_is_asked_about_what_cannot_be_followed(target: str) -> None:
    told: list[str] = []
    found = skipped(
        replies(f"HTTP/1.1 302 Found\nLocation: {target}\nContent-Length: 0"), replace(OPEN, may_follow=told.append)
    )
    assert "address" in found.detail
    assert not told


@pytest.mark.parametrize("attempts", [1, 2])
def test_a_busy_server_is_asked_as_often_as_wanted(attempts: int) -> None:
    asked: list[bytes] = []

    def answer(connection: socket.socket, request: bytes) -> None:
        asked.append(request)
        replies("HTTP/1.1 503 Busy\nContent-Length: 0")(connection, request)

    assert isinstance(skipped(answer, replace(OPEN, attempts=attempts)), Busy)
    assert len(asked) == attempts


@pytest.mark.parametrize("status", [302, 400, 401, 403, 404, 410, 429, 451, 500, 503])
def test_the_status_of_a_refusal_is_told(status: int) -> None:
    found = skipped(replies(f"HTTP/1.1 {status} No\nRetry-After: 99\nContent-Length: 0"), replace(OPEN, attempts=1))
    assert isinstance(found, Refused)
    assert found.status == status
    assert isinstance(found, Busy) == (status in (429, 500, 503))


def test_where_no_server_answers_there_is_no_status() -> None:
    assert not isinstance(fetch("http://127.0.0.1:9/(404)", replace(OPEN, attempts=1)), Refused)


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        (None, "whowhom (news reader)"),
        ("", "whowhom (news reader)"),
        ("Example Lab (mail@example.org)", "whowhom Example Lab (mail@example.org)"),
        ("WhoWhom/2 (mail@example.org)", "WhoWhom/2 (mail@example.org)"),
        ("Lab\r\nX-Evil: 1", "whowhom LabX-Evil: 1"),
        ("\u00e4\n", "whowhom"),
    ],
)
def test_a_server_is_told_who_asks(given: str | None, sent: str) -> None:
    requests: list[bytes] = []

    def answer(connection: socket.socket, request: bytes) -> None:
        requests.append(request)
        replies("HTTP/1.1 200 OK", b"x")(connection, request)

    fetched(answer, replace(OPEN, user_agent=given))
    assert [line for line in requests[0].split(b"\r\n") if line.lower().startswith(b"user-agent:")] == [
        f"User-Agent: {sent}".encode()
    ]
    assert b"\nX-Evil" not in requests[0]


def test_the_setting_and_the_default_of_who_asks_are_one() -> None:
    assert setting("user_agent").default == USER_AGENT


@pytest.mark.parametrize("value", ["Lab\r\nX-Evil: 1", "L\u00e4b", " "])
def test_the_setting_of_who_asks_takes_what_can_be_sent(value: str) -> None:
    with pytest.raises(SettingError, match="--user-agent"):
        setting("user_agent").checked(value, "--user-agent")
