"""Manners: what the robots.txt of a host allows, and how soon the host may be asked again."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from whowhom.read import ReadOptions
from whowhom.read.encoding import decode
from whowhom.read.fetch import Busy, Fetched, Refused, fetch
from whowhom.watch.notes import Notes
from whowhom.watch.redirects import Redirect
from whowhom.watch.stopping import Stop

if TYPE_CHECKING:
    from protego import Protego

AGENT = "whowhom"
"""The name that a robots.txt calls this program by."""
_DAY = 86_400.0
_LARGEST_ROBOTS = 512_000
"""Bytes; RFC 9309 asks for 500 KiB to be read."""
_MOST_RULES = 1_000_000
"""Rules times names of programs in a robots.txt: the parser makes a record of each pair."""
_CLOSED = 900.0
"""Seconds after which a robots.txt is asked for again that could not be had."""
_KEPT = 1_000
_NAMES = re.compile(r"^\s*user-?\s?agent", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an address is not asked for. `until`: when that may be over (seconds since 1970), None where it stands."""

    detail: str
    until: float | None = None


@dataclass(frozen=True, slots=True)
class _Rules:
    """A robots.txt, None where everything is allowed, for as long as it is valid."""

    rules: Protego | None
    until: float


class Hosts:
    """What is known of the hosts that are asked. One that was not asked for long is forgotten."""

    def __init__(
        self, notes: Notes, options: ReadOptions, seconds: float, now: Callable[[], float], stop: Stop
    ) -> None:
        """`seconds` lie between two requests to one host, more where its robots.txt wants that."""
        self._notes = notes
        self._options = replace(options, max_bytes=min(options.max_bytes, _LARGEST_ROBOTS))
        self._seconds = seconds
        self._now = now
        self._stop = stop
        self._ready: dict[str, float] = {}
        self._closed: dict[str, Refusal] = {}
        self._robots: OrderedDict[str, _Rules] = OrderedDict()
        self._moved: dict[str, tuple[str, int]] = {}  # by origin: where its robots.txt is, and the redirects to there

    def ready(self, url: str) -> float:
        """When the next request may be made that `url` needs: that for itself or for the robots.txt of its host."""
        wanted, _ = self._moved.get(origin_of(url), (url, 0))
        return self._ready.get(host_of(wanted), 0.0)

    def asked(self, url: str) -> None:
        """Note that the host was asked just now."""
        now = self._now()
        kept = self._robots.get(origin_of(url))
        wanted = kept.rules.crawl_delay(AGENT) if kept and kept.rules else None
        # A host that lets nobody come twice a day is asked once a day.
        self._ready[host_of(url)] = now + max(self._seconds, min(wanted or 0.0, _DAY))
        if len(self._ready) > _KEPT:
            self._ready = {host: ready for host, ready in self._ready.items() if ready > now}
            self._closed = {
                origin: one for origin, one in self._closed.items() if one.until is not None and one.until > now
            }

    def close(self, url: str, seconds: float, detail: str) -> None:
        """Note that the host has no time for so long."""
        self._closed[origin_of(url)] = Refusal(detail, self._now() + seconds)

    def wants_robots(self, url: str) -> bool:
        """Whether the robots.txt of the host must be read before `url` may be asked for."""
        origin, now = origin_of(url), self._now()
        if not origin or self._is_closed(origin):
            return False
        kept = self._robots.get(origin)
        if kept is not None and kept.until > now:
            self._robots.move_to_end(origin)
            return False
        noted = self._notes.robots(origin, now)
        if noted is None:
            return True
        self._keep(origin, *noted)
        return False

    def read_robots(self, url: str) -> None:
        """Ask the host of `url` for its robots.txt. Where there is none all is allowed, where it fails nothing is.

        One request is made: where it is redirected, `wants_robots` stays true, and the next call goes on.
        """
        origin = origin_of(url)
        robots, redirects = self._moved.pop(origin, (f"{origin}/robots.txt", 0))
        redirect = Redirect(redirects)
        found = self._stop.wait_for(lambda: fetch(robots, redirect.options(self._options)))
        self.asked(robots)
        now = self._now()
        if redirect.target:
            self._moved[origin] = (redirect.target, redirects + 1)
            return
        if isinstance(found, Fetched):
            text = decode(found.data)
            names = len(_NAMES.findall(text))
            if names * text.count("\n") > _MOST_RULES:
                self._closed[origin] = Refusal(f"the robots.txt of {origin} has more rules than are read", now + _DAY)
                return
        elif isinstance(found, Refused) and not isinstance(found, Busy) and 400 <= found.status < 500:
            text = ""
        else:
            wait = found.retry_after if isinstance(found, Busy) else None
            self._closed[origin] = Refusal(
                f"the robots.txt of {origin} cannot be read: {found.detail}", now + max(_CLOSED, wait or 0.0)
            )
            return
        self._notes.save_robots(origin, text, now)
        self._keep(origin, text, now)
        self.asked(url)

    def refusal(self, url: str) -> Refusal | None:
        """Why `url` may not be asked for; None where it may. Its robots.txt must have been read."""
        origin = origin_of(url)
        if self._is_closed(origin):
            return self._closed[origin]
        kept = self._robots.get(origin)
        if kept is None or kept.rules is None or kept.rules.can_fetch(url, AGENT):
            return None
        return Refusal(f"the robots.txt of {origin} does not allow it")

    def _is_closed(self, origin: str) -> bool:
        one = self._closed.get(origin)
        return one is not None and one.until is not None and one.until > self._now()

    def _keep(self, origin: str, text: str, read: float) -> None:
        from protego import Protego

        self._robots[origin] = _Rules(Protego.parse(text) if text.strip() else None, read + _DAY)
        self._robots.move_to_end(origin)
        while len(self._robots) > _KEPT:
            self._robots.popitem(last=False)


def host_of(url: str) -> str:
    """The name of a host, by which requests are counted; empty where the address has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def origin_of(url: str) -> str:
    """Scheme, name and port, to which a robots.txt belongs; empty where the address is none."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    name = f"[{host}]" if host and ":" in host else host
    return f"{parts.scheme}://{name}" + (f":{port}" if port else "")
