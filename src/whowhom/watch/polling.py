"""One poll of a feed: what it lists, and when it wants to be asked again."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from urllib.parse import urldefrag

from whowhom.read.feeds import Feed, FeedEntry, parse_feed
from whowhom.read.fetch import Fetched
from whowhom.records import Skipped
from whowhom.watch.notes import Listed

LONGEST = 8 * 3600.0
"""Seconds that a feed is left alone at most for failing again and again."""
_LONGEST_WISH = 31 * 86_400.0
_PERIODS = {"hourly": 3600.0, "daily": 86_400.0, "weekly": 7 * 86_400.0, "monthly": 30 * 86_400.0,
            "yearly": 365 * 86_400.0}  # fmt: skip
_SYNDICATION = "http://purl.org/rss/1.0/modules/syndication/"


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed lists: its entries by key, in order, and the seconds that it wants between two polls."""

    feed: Feed
    entries: dict[str, FeedEntry]
    least: float

    def listed(self) -> list[Listed]:
        """The entries as they are noted."""
        return [Listed(key, page_of(entry)) for key, entry in self.entries.items()]


def read_listing(url: str, fetched: Fetched) -> Listing | Skipped:
    """What the answer to the request for the feed at `url` lists, or why it cannot be read."""
    feed = parse_feed(fetched.data, fetched.url, charset=fetched.charset, source=url)
    if isinstance(feed, Skipped):
        return feed
    return Listing(feed, _keyed(feed), least_seconds(fetched.data))


def page_of(entry: FeedEntry) -> str:
    """The address of the page that has the report; empty where the feed has it, or nothing leads to one."""
    return "" if entry.full or not entry.url else urldefrag(entry.url).url


def _keyed(feed: Feed) -> dict[str, FeedEntry]:
    """Entries by what tells them apart: their id, or their address where several share an id."""
    ids = Counter(entry.id for entry in feed.entries)
    out: dict[str, FeedEntry] = {}
    for number, entry in enumerate(feed.entries, start=1):
        if entry.id == f"entry-{number}" and not entry.url:
            # The reader numbers entries that have neither id nor address, and at the next poll they stand elsewhere.
            words = f"{entry.title}\n{entry.text}".encode(errors="replace")
            entry = replace(entry, id=f"entry-{hashlib.sha256(words).hexdigest()[:16]}")
        key = entry.id if ids[entry.id] < 2 else entry.url or entry.id
        out.setdefault(key, entry)
    return out


def least_seconds(data: bytes) -> float:
    """The seconds that a feed wants between two polls by its `ttl` or `sy:updatePeriod`; 0 where it says nothing."""
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return 0.0
    if root is None:
        return 0.0
    channel = root.find("{*}channel")
    top = root if channel is None else channel
    minutes = _number(top.findtext("ttl"))
    period = (top.findtext(f"{{{_SYNDICATION}}}updatePeriod") or "").strip().lower()
    frequency = _number(top.findtext(f"{{{_SYNDICATION}}}updateFrequency")) or 1.0
    return min(max(minutes * 60, _PERIODS.get(period, 0.0) / frequency), _LONGEST_WISH)


def _number(value: str | None) -> float:
    """A whole number as it is written in a feed; 0 where it is none."""
    value = (value or "").strip()
    return float(value[:9]) if value.isascii() and value.isdigit() else 0.0


def wait_after(failures: int, interval: float, asked_for: float | None) -> float:
    """Seconds until a feed is asked again that failed so often in a row: twice as long each time, up to hours."""
    doubled = interval * 2.0 ** min(failures - 1, 30)
    return max(interval, min(doubled, LONGEST), asked_for or 0.0)
