"""Reports from the web: one address to its bytes, with limits on time, size, redirects and where it may lead."""

from __future__ import annotations

import contextlib
import email.message
import email.utils
import ipaddress
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from whowhom.read.compression import decode_body
from whowhom.read.options import ReadOptions
from whowhom.records import Skipped

if TYPE_CHECKING:
    import httpcore

MAX_REDIRECTS = 5
USER_AGENT = "whowhom (news reader)"
_NAME = "whowhom"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT = 2.0  # seconds that a server may ask for and still be asked again at once
_LONGEST_RETRY = 7 * 86_400.0
_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/pdf,"
    "text/plain;q=0.9,*/*;q=0.5",
    "Accept-Language": "en;q=1.0,*;q=0.3",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: `url` is the one that it led to, `content_type` without parameters and in small letters.

    `status` is 304, and `data` empty, where the page is still the one that `etag` or `last_modified` was given for;
    these two come back as the server gives them, for the next time.
    """

    data: bytes
    url: str
    content_type: str
    charset: str | None
    status: int = 200
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Refused(Skipped):
    """A server that answered, but without a page. `status` is that of HTTP."""

    status: int


@dataclass(frozen=True, slots=True)
class Busy(Refused):
    """A server that has no time now. `retry_after`: the seconds after which it wants to be asked again, if it says."""

    retry_after: float | None = None


class _Ended(Exception):
    """The address may not or cannot be fetched; its one argument is the `Skipped` to answer."""


class _TryAgain(Exception):
    """A failure that may be gone a moment later; its one argument is the `Skipped` to answer if it is not."""


def fetch(
    url: str, options: ReadOptions, *, etag: str | None = None, last_modified: str | None = None
) -> Fetched | Skipped:
    """The bytes at `url`, or why there are none. Never raises, and is done within three times `options.timeout`.

    Args:
        url: an http or https address.
        options: limits on time, size and where the address may lead.
        etag: what an earlier answer had, so that the page comes only if it has changed since; `last_modified` likewise.
    """
    from tenacity import RetryError, Retrying, retry_if_exception_type, wait_exponential

    deadline = time.monotonic() + 3 * options.timeout
    conditions = {
        name: value.strip()
        for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified))
        if value and value.isprintable() and value.isascii()
    }
    headers = {"User-Agent": _user_agent(options.user_agent), **_HEADERS, **conditions}
    retrying = Retrying(
        stop=lambda state: state.attempt_number >= options.attempts or time.monotonic() > deadline,
        wait=wait_exponential(multiplier=0.25, max=4),
        retry=retry_if_exception_type(_TryAgain),
    )
    try:
        return retrying(_follow, url, headers, options, deadline)
    except _Ended as ended:
        skipped: Skipped = ended.args[0]
        return skipped
    except RetryError as error:
        failure = error.last_attempt.exception()
        skipped = failure.args[0] if failure else Skipped(url, "unreachable", "it cannot be fetched")
        return skipped
    except Exception as error:  # an odd address can fail in many places below httpcore (encodings, ports)
        return Skipped(url, "unreachable", f"it cannot be fetched ({type(error).__name__}: {error})")


def _user_agent(given: str | None) -> str:
    """What a server is told of who asks, in characters that a header may have."""
    words = "".join(letter for letter in given or USER_AGENT if " " <= letter <= "~").strip()
    return words if _NAME in words.casefold() else f"{_NAME} {words}".rstrip()


def _follow(url: str, headers: dict[str, str], options: ReadOptions, deadline: float) -> Fetched:
    """Follow redirects by hand, so that every address on the way is checked before it is called."""
    import httpcore

    here = url
    for redirects in range(MAX_REDIRECTS + 1):
        parts, port = _parts(url, here)
        reason = options.may_follow(here) if redirects and options.may_follow else None
        if reason is not None:
            raise _Ended(Skipped(url, "unreachable", reason))
        try:
            step = _call(url, parts, port, headers, options, deadline)
        except httpcore.TimeoutException as error:
            if time.monotonic() >= deadline:
                raise _Ended(Skipped(url, "unreachable", "the page comes too slowly: try again later")) from error
            raise _TryAgain(
                Skipped(url, "unreachable", f"no answer within {options.timeout:g} seconds: try again later")
            ) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise _TryAgain(Skipped(url, "unreachable", f"no connection ({error}): check the address")) from error
        if isinstance(step, Fetched):
            return step
        here = urljoin(here, step)
    raise _Ended(Skipped(url, "unreachable", f"it redirects more than {MAX_REDIRECTS} times"))


def _parts(url: str, here: str) -> tuple[SplitResult, int]:
    """The parts of an http or https address that names a host, and its port."""
    try:
        parts = urlsplit(here)
        host, port = parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise _Ended(Skipped(url, "unreachable", f"{here!r} is no web address ({error})")) from error
    if parts.scheme not in ("http", "https") or not host:
        raise _Ended(Skipped(url, "unsupported", f"{here!r} is no http or https address"))
    return parts, port


def _call(
    url: str, parts: SplitResult, port: int, headers: dict[str, str], options: ReadOptions, deadline: float
) -> Fetched | str:
    """One request: what came back, or the address that it redirects to."""
    host = parts.hostname or ""
    address = _address(url, host, port, options)
    with _request(parts, host, address, port, headers, options, deadline) as (status, answer, chunks):
        if status in _REDIRECTS:
            location = str(answer.get("location") or "")
            if not location:
                raise _Ended(Refused(url, "unreachable", f"the server redirects to nowhere ({status})", status))
            with contextlib.suppress(UnicodeError):
                location = location.encode("latin-1").decode("utf-8")
            return location
        _check_status(url, status, answer)
        data = b"" if status == 304 else _body(url, answer, chunks, options, deadline)
    # A name and password in an address are no part of where the report stands.
    clean = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    charset = answer.get_content_charset()
    kind, _, _ = str(answer.get("content-type", "")).partition(";")
    return Fetched(data, clean, kind.strip().lower(), charset, status, answer.get("etag"), answer.get("last-modified"))


@contextlib.contextmanager
def _request(
    parts: SplitResult,
    host: str,
    address: str,
    port: int,
    headers: dict[str, str],
    options: ReadOptions,
    deadline: float,
) -> Iterator[tuple[int, email.message.Message, Iterable[bytes]]]:
    """The status, headers and body, still packed, of the answer to one GET request."""
    import httpcore

    name = host if ":" in host else host.encode("idna").decode("ascii")
    shown = f"[{name}]" if ":" in name else name
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    if parts.query:
        target += "?" + quote(parts.query, safe="/?%:@!$&'()*+,;=~[]|")
    # The call goes to the very address that was checked: a name that answers otherwise the second time gains nothing.
    # Proxies of the environment would resolve names out of sight of that check, and are not used.
    wanted = httpcore.URL(scheme=parts.scheme, host=address, port=port, target=target)
    sent = [("Host", f"{shown}:{parts.port}" if parts.port else shown), *headers.items()]
    limits = dict.fromkeys(("connect", "read", "write", "pool"), options.timeout)
    extensions: dict[str, Any] = {"timeout": limits, "sni_hostname": name}
    with (
        httpcore.ConnectionPool(network_backend=_timed_backend(deadline)) as pool,
        pool.stream("GET", wanted, headers=sent, extensions=extensions) as response,
    ):
        answer = email.message.Message()
        for key, value in response.headers:
            answer[key.decode("ascii", "replace")] = value.decode("latin-1")
        yield response.status, answer, response.iter_stream()


def _check_status(url: str, status: int, answer: email.message.Message) -> None:
    """Raise for an answer that has no page."""
    if status in _RETRIED:
        wait = _retry_after(answer.get("retry-after"))
        busy = Busy(url, "unreachable", f"the server answers {status}: try again later", status, wait)
        raise _TryAgain(busy) if wait is None or wait <= _LONGEST_WAIT else _Ended(busy)
    if status in (404, 410):
        raise _Ended(Refused(url, "not-found", f"the server has no such page ({status})", status))
    if status >= 400 or (status >= 300 and status != 304):
        raise _Ended(
            Refused(url, "unreachable", f"the server refuses it ({status}): save the page and read the file", status)
        )


def _retry_after(value: str | None) -> float | None:
    """The seconds that a `Retry-After` asks for, written as a number or as a date."""
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:12]), _LONGEST_RETRY)
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, min((moment - datetime.now(UTC)).total_seconds(), _LONGEST_RETRY))


def _body(
    url: str, answer: email.message.Message, chunks: Iterable[bytes], options: ReadOptions, deadline: float
) -> bytes:
    """The unpacked body of an answer. Both what is sent and what it unpacks to may have `options.max_bytes`."""
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > options.max_bytes:
            break
        if time.monotonic() > deadline:
            raise _Ended(Skipped(url, "unreachable", "the page comes too slowly: try again later"))
    encodings = ",".join(answer.get_all("content-encoding") or ())
    found = bytes(data) if len(data) > options.max_bytes else decode_body(bytes(data), encodings, options.max_bytes)
    if found is None:
        raise _Ended(Skipped(url, "unsupported", f"the page is packed in a way that is not read ({encodings[:60]})"))
    if len(found) > options.max_bytes:
        raise _Ended(Skipped(url, "too-large", f"the page has more than {options.max_bytes:,} bytes"))
    return found


def _timed_backend(deadline: float) -> httpcore.NetworkBackend:
    """A network on which every step ends at the deadline: a server that drips byte by byte cannot outlast it."""
    import httpcore

    def left(timeout: float | None) -> float:
        rest = deadline - time.monotonic()
        if rest <= 0:
            raise httpcore.ReadTimeout("the time for this address is over")
        return rest if timeout is None else min(rest, timeout)

    class Stream(httpcore.NetworkStream):
        def __init__(self, stream: httpcore.NetworkStream) -> None:
            self._stream = stream

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            return self._stream.read(max_bytes, left(timeout))

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            self._stream.write(buffer, left(timeout))

        def close(self) -> None:
            self._stream.close()

        def start_tls(
            self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
        ) -> httpcore.NetworkStream:
            return Stream(self._stream.start_tls(ssl_context, server_hostname, left(timeout)))

        def get_extra_info(self, info: str) -> Any:
            return self._stream.get_extra_info(info)

    class Backend(httpcore.NetworkBackend):
        def __init__(self) -> None:
            self._backend = httpcore.SyncBackend()

        def connect_tcp(
            self,
            host: str,
            port: int,
            timeout: float | None = None,
            local_address: str | None = None,
            socket_options: Iterable[Any] | None = None,
        ) -> httpcore.NetworkStream:
            return Stream(self._backend.connect_tcp(host, port, left(timeout), local_address, socket_options))

        def sleep(self, seconds: float) -> None:
            self._backend.sleep(seconds)

    return Backend()


def _address(url: str, host: str, port: int, options: ReadOptions) -> str:
    """An IP address of `host`; refused where any of its addresses is not on the public net."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _TryAgain(
            Skipped(url, "unreachable", f"there is no host {host!r} ({error}): check the address and the connection")
        ) from error
    addresses = [str(one[4][0]).partition("%")[0] for one in found]
    if not options.allow_private:
        for one in addresses:
            if not _is_public(one):
                raise _Ended(
                    Skipped(
                        url,
                        "unreachable",
                        f"{host!r} is {one}, an address of this machine or a private network, which is refused unless"
                        " private addresses are allowed",
                    )
                )
    return addresses[0]


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        # An IPv4 address in IPv6 clothes is judged as what it is.
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return _is_public(str(inner))
    return ip.is_global and not ip.is_multicast
