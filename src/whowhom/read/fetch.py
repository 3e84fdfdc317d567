"""Reports from the web: one address to its bytes, with limits on time, size, redirects and where it may lead."""

from __future__ import annotations

import ipaddress
import socket
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from whowhom.read.options import ReadOptions
from whowhom.records import Skipped

MAX_REDIRECTS = 5
ATTEMPTS = 3
_RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
_HEADERS = {
    "User-Agent": "whowhom (news reader)",
    "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5",
    "Accept-Language": "en;q=1.0,*;q=0.3",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: `url` is the one that it led to, `content_type` without parameters and in small letters."""

    data: bytes
    url: str
    content_type: str
    charset: str | None


class _Refused(Exception):
    """The address may not or cannot be fetched; its one argument is the `Skipped` to answer."""


class _TryAgain(Exception):
    """A failure that may be gone a moment later; its one argument is the `Skipped` to answer if it is not."""


def fetch(url: str, options: ReadOptions) -> Fetched | Skipped:
    """The bytes at `url`, or why there are none. Never raises."""
    from tenacity import RetryError, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

    retrying = Retrying(
        stop=stop_after_attempt(ATTEMPTS),
        wait=wait_exponential(multiplier=0.25, max=4),
        retry=retry_if_exception_type(_TryAgain),
    )
    try:
        return retrying(_follow, url, options)
    except _Refused as refusal:
        skipped: Skipped = refusal.args[0]
        return skipped
    except RetryError as error:
        failure = error.last_attempt.exception()
        skipped = failure.args[0] if failure else Skipped(url, "unreachable", "it cannot be fetched")
        return skipped
    except Exception as error:  # an odd address can fail in many places below httpx (encodings, ports)
        return Skipped(url, "unreachable", f"it cannot be fetched ({type(error).__name__}: {error})")


def _follow(url: str, options: ReadOptions) -> Fetched:
    """Follow redirects by hand, so that every address on the way is checked before it is called."""
    import httpx

    deadline = time.monotonic() + 3 * options.timeout
    here = url
    timeout = httpx.Timeout(options.timeout)
    # Proxies of the environment would resolve names out of sight of the check of addresses.
    with httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False, headers=_HEADERS) as client:
        for _ in range(MAX_REDIRECTS + 1):
            try:
                step = _call(client, url, here, options, deadline)
            except httpx.TimeoutException as error:
                raise _TryAgain(
                    Skipped(url, "unreachable", f"no answer within {options.timeout:g} seconds: try again later")
                ) from error
            except httpx.TransportError as error:
                raise _TryAgain(Skipped(url, "unreachable", f"no connection ({error}): check the address")) from error
            if isinstance(step, Fetched):
                return step
            here = urljoin(here, step)
    raise _Refused(Skipped(url, "unreachable", f"it redirects more than {MAX_REDIRECTS} times"))


def _call(client: Any, url: str, here: str, options: ReadOptions, deadline: float) -> Fetched | str:
    """One request: what came back, or the address that it redirects to."""
    parts = urlsplit(here)
    try:
        host, port = parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise _Refused(Skipped(url, "unreachable", f"{here!r} is no web address ({error})")) from error
    if parts.scheme not in ("http", "https") or not host:
        raise _Refused(Skipped(url, "unsupported", f"{here!r} is no http or https address"))
    address = _address(url, host, port, options)
    # The call goes to the very address that was checked: a name that answers otherwise the second time gains nothing.
    netloc = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
    target = urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, ""))
    shown = f"[{host}]" if ":" in host else host
    headers = {"Host": f"{shown}:{parts.port}" if parts.port else shown}
    with client.stream("GET", target, headers=headers, extensions={"sni_hostname": host}) as response:
        status: int = response.status_code
        if response.is_redirect:
            return str(response.headers.get("location", ""))
        if status in _RETRIED:
            raise _TryAgain(Skipped(url, "unreachable", f"the server answers {status}: try again later"))
        if status in (404, 410):
            raise _Refused(Skipped(url, "not-found", f"the server has no such page ({status})"))
        if status >= 400:
            raise _Refused(
                Skipped(url, "unreachable", f"the server refuses it ({status}): save the page and read the file")
            )
        data = bytearray()
        for chunk in response.iter_bytes(65_536):
            data += chunk
            if len(data) > options.max_bytes:
                raise _Refused(Skipped(url, "too-large", f"the page has more than {options.max_bytes:,} bytes"))
            if time.monotonic() > deadline:
                raise _Refused(Skipped(url, "unreachable", "the page comes too slowly: try again later"))
        kind, _, _ = str(response.headers.get("content-type", "")).partition(";")
        return Fetched(bytes(data), here, kind.strip().lower(), response.charset_encoding)


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
                raise _Refused(
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
