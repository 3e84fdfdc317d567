"""The loop: whichever host is ready next is asked for what is wanted of it, and what comes is coded at once.

One request is under way at a time. While a host rests, others are asked; feeds go before pages. The target of a
redirect is a request of its own, which waits for its host. Each entry counts as to be dealt with, in the store, until
its report is written, so a run that is killed loses none.
"""

from __future__ import annotations

import sqlite3
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from whowhom.errors import StoreError
from whowhom.ingest import Tally, add_articles
from whowhom.read import FeedEntry, ReadOptions
from whowhom.read.feeds import article_from_entry
from whowhom.read.fetch import Busy, Fetched, Refused, fetch
from whowhom.records import Article, Skipped
from whowhom.store.database import connect
from whowhom.watch.coder import KeptCoder
from whowhom.watch.hosts import Hosts, Refusal, host_of
from whowhom.watch.notes import FeedNote, Notes, source_of
from whowhom.watch.polling import Listing, page_of, read_listing, wait_after
from whowhom.watch.redirects import Redirect
from whowhom.watch.stopping import Stop, Stopped
from whowhom.workers import CodingOptions

_BATCH = 8
"""Reports written in one transaction; a signal is heeded after each."""
_TRIES = 6
_FIRST_TRY = 300.0
"""Seconds after which a page is tried again that could not be had; twice as long each further time."""
_GONE = 30 * 86_400.0
"""Seconds after which a feed is asked again that was said to be gone for good."""
_SHOWN = 20
_LONGEST_SLEEP = 3_600.0


@dataclass(frozen=True, slots=True)
class Polled:
    """What came of one poll. `again`: when the feed is due next, in seconds since 1970; None: never."""

    url: str
    at: float
    new: int
    later: int  # of the new, those that are to be tried again
    coded: int
    events: int
    skipped: int
    again: float | None
    error: str | None = None


@dataclass(slots=True)
class Watched:
    """What came of a run: every report that was met, and how many polls went well or failed."""

    tally: Tally = field(default_factory=Tally)
    read: int = 0
    failed: int = 0


@dataclass(slots=True)
class _Poll:
    """A poll under way. `at`: when the feed was asked; `left`: entries that are still to be dealt with."""

    note: FeedNote
    listing: Listing | None = None
    at: float = 0.0
    new: int = 0
    later: int = 0
    left: int = 0
    tally: Tally = field(default_factory=Tally)


@dataclass(frozen=True, slots=True)
class _Job:
    """An address to be asked for: the page of an entry, or the feed itself where there is no entry.

    `redirects` are those that led to the address.
    """

    url: str
    poll: _Poll
    key: str = ""
    entry: FeedEntry | None = None
    redirects: int = 0


def watch(
    feeds: Sequence[str],
    store: str | Path,
    *,
    coding: CodingOptions,
    reading: ReadOptions | None = None,
    poll_seconds: float = 900.0,
    host_seconds: float = 2.0,
    once: bool = False,
    stop: Stop | None = None,
    report: Callable[[Polled], None] | None = None,
    skipped: Callable[[Skipped], None] | None = None,
    watched: Watched | None = None,
    now: Callable[[], float] = time.time,
    sleep: Callable[[float], None] | None = None,
) -> Watched:
    """Put into the store what is new in feeds, until the run is stopped; answer what came of it.

    Args:
        feeds: addresses, each once.
        store: the file, made where it is not there.
        coding: what to code with; the own actors of the store are added, also those that come later.
        reading: limits and defaults of reading.
        poll_seconds: between two polls of a feed, unless it wants longer.
        host_seconds: between two requests to one host, unless it wants longer.
        once: poll every feed once, due or not, and end.
        stop: ends the run when it is told to.
        report: called after each poll, once all that was new in it is dealt with.
        skipped: called with each entry that gave no report, once that is noted.
        watched: is counted up, so that a caller has the figures where the run is broken off; else a new one.
        now: the time, in seconds since 1970.
        sleep: waits that many seconds; else `stop.sleep`.

    Raises:
        StoreError: the store cannot be written.
        ModelError: the parser's model cannot be loaded.
    """
    stop = stop or Stop()
    watched = watched or Watched()
    db = connect(store, write=True, create=True)
    try:
        run = _Run(
            db, coding, reading or ReadOptions(), poll_seconds, host_seconds, once, stop, report, skipped, watched, now,
            sleep or stop.sleep,
        )  # fmt: skip
        run.begin(feeds)
        run.go_on()
    except Stopped:
        pass
    except sqlite3.Error as error:
        raise StoreError(
            f"the store {str(store)!r} cannot be written ({error}): see whether its disk is full or another program"
            " holds it; what was written is whole"
        ) from error
    finally:
        db.close()
    return watched


class _Run:
    """The state of a run."""

    def __init__(
        self,
        db: sqlite3.Connection,
        coding: CodingOptions,
        reading: ReadOptions,
        poll_seconds: float,
        host_seconds: float,
        once: bool,
        stop: Stop,
        report: Callable[[Polled], None] | None,
        skipped: Callable[[Skipped], None] | None,
        watched: Watched,
        now: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        self._coder = KeptCoder(db, coding)
        self._notes = Notes(db)
        self._hosts = Hosts(self._notes, reading, host_seconds, now, stop)
        self._reading = reading
        self._poll_seconds = poll_seconds
        self._once = once
        self._stop = stop
        self._report = report
        self._skipped = skipped
        self._watched = watched
        self._now = now
        self._sleep = sleep
        self._due: dict[str, float] = {}  # feeds that are not being polled, and when they are to be
        self._queues: dict[str, deque[_Job]] = {}  # by host

    def begin(self, feeds: Sequence[str]) -> None:
        """Take up feeds where the last run left them."""
        now = self._now()
        for url in feeds:
            note = self._notes.feed(url)
            if note.gone and note.due > now:
                self._end(_Poll(note, at=now), note, None, note.last_error)
            else:
                # A time that lies further ahead than any wait comes of a clock that was wrong.
                wait = note.due - now if note.due - now <= max(_GONE, note.least, self._poll_seconds) else 0.0
                self._due[url] = now if self._once else now + max(0.0, wait)

    def go_on(self) -> None:
        """Do what is to be done until nothing is, or until the run is stopped."""
        while self._due or self._queues:
            self._stop.check()
            now = self._now()
            for url in [url for url, due in self._due.items() if due <= now]:
                del self._due[url]
                # Feeds go first: pages of one of them must not hold up another feed of the same host.
                self._queues.setdefault(host_of(url), deque()).appendleft(_Job(url, _Poll(self._notes.feed(url))))
            queue = min(self._queues.values(), key=lambda jobs: self._ready(jobs[0]), default=None)
            ready = self._ready(queue[0]) if queue else float("inf")
            wake = min(ready, min(self._due.values(), default=float("inf")))
            if wake > now:
                self._sleep(min(wake - now, _LONGEST_SLEEP))
            elif queue:
                self._step(queue)

    def _ready(self, job: _Job) -> float:
        return self._hosts.ready(job.url)

    def _step(self, queue: deque[_Job]) -> None:
        """Make the one request that comes next at a host."""
        job = queue[0]
        if self._hosts.wants_robots(job.url):
            self._hosts.read_robots(job.url)
            return
        queue.popleft()
        if not queue:
            del self._queues[host_of(job.url)]
        refusal = self._hosts.refusal(job.url)
        if job.entry is None:
            self._poll(job, refusal)
        else:
            self._read(job, job.entry, refusal)

    def _go_on(self, job: _Job, redirect: Redirect) -> None:
        """Let a request that was redirected wait for the host of its target, before all that waits there."""
        onward = replace(job, url=redirect.target, redirects=job.redirects + 1)
        self._queues.setdefault(host_of(onward.url), deque()).appendleft(onward)

    def _poll(self, job: _Job, refusal: Refusal | None) -> None:
        """Ask a feed what it lists, and queue the pages of what is new."""
        poll, note, now = job.poll, job.poll.note, self._now()
        poll.at = now
        if refusal:
            self._fail(poll, refusal.detail, refusal.until - now if refusal.until else None)
            return
        # What was put off comes only with the whole feed, be it as it was or not.
        fresh = self._notes.waits(note.url, now)
        etag, modified = (None, None) if fresh else (note.etag, note.last_modified)
        redirect = Redirect(job.redirects)
        options = redirect.options(self._reading)
        found = self._stop.wait_for(lambda: fetch(job.url, options, etag=etag, last_modified=modified))
        self._hosts.asked(job.url)
        if redirect.target:
            self._go_on(job, redirect)
            return
        if isinstance(found, Skipped):
            self._refused(poll, found)
            return
        if found.status == 304:
            self._finish(poll)
            return
        listing = read_listing(note.url, found)
        if isinstance(listing, Skipped):
            self._fail(poll, listing.detail, None)
            return
        self._take(poll, listing, found)

    def _take(self, poll: _Poll, listing: Listing, found: Fetched) -> None:
        poll.listing = listing
        poll.note = replace(
            poll.note, etag=found.etag, last_modified=found.last_modified, least=listing.least, gone=False
        )
        keys = self._notes.list_entries(poll.note, listing.listed(), self._now())
        poll.new = poll.left = len(keys)
        whole: list[tuple[str, Article | Skipped]] = []
        for key in keys:
            entry = listing.entries[key]
            page = page_of(entry)
            if page:
                self._queues.setdefault(host_of(page), deque()).append(_Job(page, poll, key, entry))
            else:
                whole.append((key, self._article(poll, key, entry)))
        self._code(poll, whole)
        if not keys:
            self._finish(poll)

    def _read(self, job: _Job, entry: FeedEntry, refusal: Refusal | None) -> None:
        """Fetch and code the page of an entry."""
        poll, now = job.poll, self._now()
        if self._notes.has_page(job.url):
            # Another feed listed it as well, and was faster.
            self._settle(poll, [(job.key, True)])
            return
        source = source_of(poll.note.url, job.key)
        found: Article | Skipped
        if refusal:
            found, later = Skipped(source, "unreachable", refusal.detail), refusal.until is not None
            until = refusal.until or 0.0
            if later and not job.redirects:
                # The page itself was not asked for, so this is none of its tries.
                self._put_off(poll, job.key, found, max(until, now + _FIRST_TRY), tried=False)
                return
        else:
            redirect = Redirect(job.redirects)
            asked = replace(entry, text="", url=job.url if job.redirects else entry.url)
            found = self._stop.wait_for(lambda: self._article(poll, job.key, asked, redirect))
            self._hosts.asked(job.url)
            if redirect.target:
                self._go_on(job, redirect)
                return
            later, until = isinstance(found, Skipped) and found.reason == "unreachable" and not _is_final(found), 0.0
            if isinstance(found, Busy) and found.retry_after:
                self._hosts.close(job.url, found.retry_after, found.detail)
        if isinstance(found, Skipped) and later:
            tries = self._notes.tries(poll.note.url, job.key)
            if tries + 1 < _TRIES:
                self._put_off(poll, job.key, found, max(until, now + _FIRST_TRY * 2**tries))
                return
        if isinstance(found, Skipped) and entry.text:
            # As everywhere, the summary in the feed stands for a page that cannot be had.
            found = self._article(poll, job.key, entry)
        self._code(poll, [(job.key, found)])

    def _article(self, poll: _Poll, key: str, entry: FeedEntry, redirect: Redirect | None = None) -> Article | Skipped:
        """The article of an entry: of its page where there is a `redirect` to be heeded, else of the words in it."""
        assert poll.listing is not None
        options = redirect.options(self._reading) if redirect else self._reading
        return article_from_entry(
            entry, poll.listing.feed, source=source_of(poll.note.url, key), follow=redirect is not None,
            options=options,
        )  # fmt: skip

    def _put_off(self, poll: _Poll, key: str, why: Skipped, due: float, *, tried: bool = True) -> None:
        poll.later += 1
        self._write(poll, [why])
        self._notes.put_off(poll.note.url, key, due, tried=tried)
        self._less(poll, 1)

    def _code(self, poll: _Poll, items: list[tuple[str, Article | Skipped]]) -> None:
        for start in range(0, len(items), _BATCH):
            self._stop.check()
            part = items[start : start + _BATCH]
            self._write(poll, [item for _, item in part])
            self._settle(poll, [(key, isinstance(item, Article)) for key, item in part])

    def _write(self, poll: _Poll, items: list[Article | Skipped]) -> None:
        writer = self._coder.writer()
        tally = add_articles(items, writer, coding=self._coder.options, workers=1, skipped=self._skipped)
        self._coder.coded += tally.coded
        _add(poll.tally, tally)
        _add(self._watched.tally, tally)

    def _settle(self, poll: _Poll, entries: list[tuple[str, bool]]) -> None:
        self._notes.settle(poll.note.url, entries)
        self._less(poll, len(entries))

    def _less(self, poll: _Poll, number: int) -> None:
        poll.left -= number
        if not poll.left:
            self._finish(poll)

    def _finish(self, poll: _Poll) -> None:
        """Note that all that a feed listed is dealt with."""
        self._watched.read += 1
        wait = max(self._poll_seconds, poll.note.least)
        note = replace(poll.note, polled=poll.at, due=poll.at + wait, failures=0, last_error=None, gone=False)
        self._end(poll, note, note.due, None)

    def _refused(self, poll: _Poll, why: Skipped) -> None:
        if isinstance(why, Refused) and why.status == 410:
            detail = "its server says that it is gone for good (410): take it out of the feeds"
            note = replace(
                poll.note, polled=poll.at, due=poll.at + _GONE, failures=poll.note.failures + 1, last_error=detail,
                gone=True,
            )  # fmt: skip
            self._end(poll, note, None, detail)
            return
        self._fail(poll, why.detail, why.retry_after if isinstance(why, Busy) else None)

    def _fail(self, poll: _Poll, detail: str, asked_for: float | None) -> None:
        failures = poll.note.failures + 1
        wait = wait_after(failures, max(self._poll_seconds, poll.note.least), asked_for)
        note = replace(
            poll.note, polled=poll.at, due=self._now() + wait, failures=failures, last_error=detail, gone=False
        )
        self._end(poll, note, note.due, detail)

    def _end(self, poll: _Poll, note: FeedNote, again: float | None, error: str | None) -> None:
        self._notes.save(note)
        self._watched.failed += error is not None
        if again is not None and not self._once:
            self._due[note.url] = again
        if self._report:
            tally = poll.tally
            self._report(
                Polled(
                    note.url, self._now(), poll.new, poll.later, tally.coded, tally.events,
                    sum(tally.skipped.values()) - poll.later, again, error,
                )
            )  # fmt: skip


def _is_final(skipped: Skipped) -> bool:
    """Whether a server refused a page in a way that will not pass."""
    return isinstance(skipped, Refused) and not isinstance(skipped, Busy)


def _add(total: Tally, part: Tally) -> None:
    """Count a part into a whole, which does not grow with the length of a run."""
    total.coded += part.coded
    total.carried += part.carried
    total.known += part.known
    total.events += part.events
    total.skipped = Counter(total.skipped + part.skipped)
    total.failed.extend(part.failed[: max(0, _SHOWN - len(total.failed))])
