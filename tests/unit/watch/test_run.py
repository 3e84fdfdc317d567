"""Whole watches, against a site of our own and by a clock of our own."""

from __future__ import annotations

import itertools
import signal
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import pytest

from whowhom.errors import StoreError
from whowhom.read import ReadOptions
from whowhom.records import Article, Document, Skipped
from whowhom.watch.stopping import Stop

if TYPE_CHECKING:
    from staged import Clock, Run, Site

Item = Callable[..., str]
WHOLE = "The two states agreed on Tuesday to open the border to traders again after a year of dispute. " * 8
TEASER = "The ministers of the two states met again on Tuesday in the harbour town and will go on tomorrow."


def test_new_entries_are_fetched_and_the_second_poll_asks_on_condition(site: Site, run: Run, make_item: Item) -> None:
    links = [site.report(f"/{name}", f"It was the {name} meeting.") for name in ("first", "second")]
    feed = site.feed(
        "/rss", [make_item(link) for link in links], ETag='"one"', Last_Modified="Mon, 01 Jun 2026 10:00:00 GMT"
    )
    watched = run(feed)
    assert (watched.tally.coded, watched.read, watched.failed) == (2, 1, 0)
    assert site.paths() == ["/robots.txt", "/rss", "/first", "/second"]
    assert [poll.new for poll in run.polls] == [2]
    assert run.rows("SELECT url FROM document ORDER BY id") == links
    assert run.rows("SELECT publisher FROM document") == ["Herald", "Herald"]

    site.requests.clear()
    again = run(feed)
    assert (again.tally.seen, again.read) == (0, 1)
    (asked,) = site.requests
    assert asked.headers["if-none-match"] == '"one"'
    assert asked.headers["if-modified-since"] == "Mon, 01 Jun 2026 10:00:00 GMT"


def test_without_marks_the_feed_comes_again_and_its_known_entries_are_left_alone(
    site: Site, run: Run, make_item: Item
) -> None:
    old = make_item(site.report("/old", "It was the old meeting."))
    feed = site.feed("/rss", [old])
    run(feed)
    site.feed("/rss", [make_item(site.report("/new", "It was the new meeting.")), old])
    watched = run(feed)
    assert (watched.tally.coded, run.polls[0].new) == (1, 1)
    assert len(site.asked("/old")) == 1


def test_a_whole_text_in_the_feed_is_taken_and_its_link_not_fetched(site: Site, run: Run, make_item: Item) -> None:
    run(site.feed("/rss", [make_item(site.url + "/page", words=WHOLE)]))
    assert "open the border" in run.texts()[0]
    assert not site.asked("/page")


def test_the_same_text_at_two_addresses_is_one_report(site: Site, run: Run, make_item: Item) -> None:
    links = [site.report(path, "It was one meeting.") for path in ("/one", "/two")]
    watched = run(site.feed("/rss", [make_item(link) for link in links]))
    assert (watched.tally.coded, watched.tally.carried) == (1, 1)


def test_a_page_that_two_feeds_list_is_fetched_once(site: Site, run: Run, make_item: Item) -> None:
    link = site.report("/page", "It was one meeting.")
    feeds = [site.feed("/a", [make_item(link, guid="1")]), site.feed("/b", [make_item(link + "#top", guid="x")])]
    watched = run(*feeds)
    assert (watched.tally.coded, len(site.asked("/page"))) == (1, 1)
    assert len(run.polls) == 2


def test_equal_ids_of_different_feeds_are_different_entries(site: Site, run: Run, make_item: Item) -> None:
    feeds = [
        site.feed(f"/{name}.rss", [make_item(site.report(f"/{name}", f"It was the {name} meeting."), guid="1")])
        for name in ("north", "south")
    ]
    assert run(*feeds).tally.coded == 2


def test_requests_to_one_host_keep_their_distance_and_other_hosts_go_between(
    site: Site, run: Run, clock: Clock, make_item: Item
) -> None:
    near = [site.report(f"/near/{k}", f"It was meeting {k}.") for k in range(3)]
    far = [site.report(f"/far/{k}", f"It was session {k}.").replace("127.0.0.1", "localhost") for k in range(3)]
    feeds = [
        site.feed("/near.rss", [make_item(one) for one in near]),
        site.feed("/far.rss", [make_item(one) for one in far]).replace("127.0.0.1", "localhost"),
    ]
    begun = clock.time
    watched = run(*feeds, host_seconds=2)
    assert watched.tally.coded == 6
    for host in ("127.0.0.1", "localhost"):
        times = [one.at for one in site.requests if one.headers["host"].startswith(host)]
        assert len(times) == 5  # robots.txt, feed, three pages
        assert all(later - earlier >= 2 for earlier, later in itertools.pairwise(times))
    assert clock.time - begun <= 10  # one host alone takes 8


def test_a_crawl_delay_is_kept(site: Site, run: Run, make_item: Item) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 30\n", "text/plain")
    run(site.feed("/rss", [make_item(site.report("/page", "It was one meeting."))]))
    times = [one.at for one in site.requests]
    assert [later - earlier for earlier, later in itertools.pairwise(times)] == [30, 30]


def test_what_robots_txt_forbids_is_not_fetched(site: Site, run: Run, make_item: Item) -> None:
    site.put("/robots.txt", "User-agent: whowhom\nDisallow: /private\nUser-agent: *\nDisallow: /\n", "text/plain")
    links = [site.report("/private/page", "It was a secret meeting."), site.report("/page", "It was a meeting.")]
    closed = site.report("/private/talk", "It was a secret talk.")
    feed = site.feed("/rss", [*map(make_item, links), make_item(closed, words=TEASER)])
    hidden = site.feed("/private/rss", [])
    watched = run(feed, hidden)
    assert not [path for path in site.paths() if path.startswith("/private")]
    assert (watched.tally.coded, watched.tally.skipped["unreachable"]) == (2, 1)
    assert TEASER in run.texts()[-1] or TEASER in run.texts()[0]
    assert "robots.txt" in run.skipped[0].detail
    (failed,) = [poll for poll in run.polls if poll.error]
    assert failed.url == hidden
    assert "does not allow" in (failed.error or "")
    # Nor is it tried again.
    assert run.rows("SELECT count(*) FROM feed_entry WHERE next_try IS NOT NULL") == [0]


def test_robots_txt_is_read_once_a_day_over_several_runs(site: Site, run: Run, clock: Clock) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /x\n", "text/plain")
    feed = site.feed("/rss", [])
    for _ in range(3):
        run(feed)
        clock.time += 3600
    assert len(site.asked("/robots.txt")) == 1
    clock.time += 86_400
    run(feed)
    assert len(site.asked("/robots.txt")) == 2


@pytest.mark.parametrize(
    ("status", "allowed"),
    [(404, True), (403, True), (401, True), (410, True), (500, False), (503, False), (429, False)],
)
def test_a_robots_txt_that_is_not_there_allows_and_one_that_fails_forbids(
    site: Site, run: Run, status: int, allowed: bool
) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /\n", status=status)
    watched = run(site.feed("/rss", []))
    assert bool(site.asked("/rss")) is allowed
    assert watched.failed == (not allowed)


def test_a_feed_that_fails_is_left_alone_for_longer_each_time_and_stops_no_other(
    site: Site, run: Run, clock: Clock, make_item: Item
) -> None:
    bad = site.put("/bad", "no feed", "text/plain", status=403)
    good = site.feed("/good", [make_item(site.report("/page", "It was one meeting."))])
    stop = Stop()
    end = clock.time + 12 * 3600
    clock.before_sleep = lambda: stop.end() if clock.time > end else None
    run(bad, good, once=False, stop=stop, poll_seconds=900)
    times = [one.at for one in site.asked("/bad")]
    waits = [later - earlier for earlier, later in itertools.pairwise(times)]
    # Times in the store are whole seconds.
    assert [round(wait / 900) for wait in waits] == [1, 2, 4, 8, 16]
    assert len(site.asked("/good")) >= 47
    assert run.rows("SELECT failures, last_error FROM feed WHERE url LIKE '%bad'")[0][0] == 6


def test_back_off_ends_with_the_failure(site: Site, run: Run, clock: Clock) -> None:
    feed = site.put("/rss", "", status=403)
    for _ in range(3):
        run(feed)
    site.feed("/rss", [])
    run(feed)
    assert run.rows("SELECT failures, last_error FROM feed") == [(0, None)]
    assert run.polls[0].again == pytest.approx(clock.time + 900, abs=5)


def test_retry_after_of_a_feed_is_kept(site: Site, run: Run, clock: Clock) -> None:
    run(site.put("/rss", "", status=503, Retry_After="7200"))
    assert run.polls[0].again == pytest.approx(clock.time + 7200, abs=1)


def test_a_feed_that_is_gone_is_not_asked_again(site: Site, run: Run, clock: Clock) -> None:
    gone = site.put("/gone", "", status=410)
    watched = run(gone, once=False)
    assert watched.failed == 1  # and the run ended, for there was nothing left to watch
    assert "gone for good" in (run.polls[0].error or "")
    assert run.polls[0].again is None
    site.requests.clear()
    assert run(gone).failed == 1
    assert not site.requests
    clock.time += 31 * 86_400
    site.feed("/gone", [])
    assert run(gone).read == 1


@pytest.mark.parametrize(
    ("head", "wait"),
    [
        ("<ttl>60</ttl>", 3600),
        ("<ttl>5</ttl>", 900),
        ('<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">hourly</sy:updatePeriod>', 3600),
    ],
)
def test_a_feed_is_polled_as_often_as_it_wants_at_most(
    site: Site, run: Run, clock: Clock, head: str, wait: float
) -> None:
    feed = site.feed("/rss", [], head, ETag='"one"')
    stop = Stop()
    end = clock.time + 2.5 * wait
    clock.before_sleep = lambda: stop.end() if clock.time > end else None
    run(feed, once=False, stop=stop)
    times = [one.at for one in site.asked("/rss")]
    assert [round(b - a) for a, b in itertools.pairwise(times)] == [wait] * 3


def test_a_new_run_waits_for_what_is_not_due_unless_it_polls_once(site: Site, run: Run, clock: Clock) -> None:
    feed = site.feed("/rss", [])
    run(feed)
    clock.time += 60
    run(feed)
    asked = len(site.asked("/rss"))
    assert asked == 2
    stop = Stop()
    clock.before_sleep = stop.end
    run(feed, once=False, stop=stop)
    assert len(site.asked("/rss")) == asked


def test_a_page_that_fails_for_now_is_tried_again_though_the_feed_is_as_it_was(
    site: Site, run: Run, clock: Clock, make_item: Item
) -> None:
    link = site.put("/page", "", status=503, Retry_After="100")
    feed = site.feed("/rss", [make_item(link, words=TEASER)], ETag='"one"')
    watched = run(feed)
    assert (watched.tally.coded, run.polls[0].later) == (0, 1)
    assert run.rows("SELECT source FROM skipped") == [f"{feed}!{link}"]
    clock.time += 60
    run(feed)
    assert len(site.asked("/page")) == 1  # too early
    assert site.requests[-1].headers.get("if-none-match")
    site.report("/page", "It was one meeting.")
    clock.time += 600
    watched = run(feed)
    assert watched.tally.coded == 1
    assert "one meeting" in run.texts()[0]
    assert run.rows("SELECT source FROM skipped") == []
    run(feed)
    assert len(site.asked("/page")) == 2


def test_a_page_that_never_comes_is_given_up_for_its_summary(
    site: Site, run: Run, clock: Clock, make_item: Item
) -> None:
    feed = site.feed("/rss", [make_item(site.put("/page", "", status=503, Retry_After="100"), words=TEASER)])
    for _ in range(8):
        run(feed)
        clock.time += 86_000
    assert len(site.asked("/page")) == 6
    assert TEASER in run.texts()[0]


def test_a_page_that_is_not_there_gives_its_summary_at_once(site: Site, run: Run, make_item: Item) -> None:
    run(site.feed("/rss", [make_item(site.url + "/none", words=TEASER), make_item(site.url + "/nothing")]))
    assert TEASER in run.texts()[0]
    assert [one.reason for one in run.skipped] == ["not-found"]


def test_an_entry_that_cannot_be_coded_is_noted_and_left(site: Site, run: Run, make_item: Item) -> None:
    feed = site.feed("/rss", [make_item(site.report("/page", "It was an unlucky meeting."))])
    watched = run(feed)
    assert watched.tally.skipped["failed"] == 1
    run(feed)
    assert len(site.asked("/page")) == 1


def test_a_killed_run_loses_no_entry(site: Site, run: Run, clock: Clock, make_item: Item) -> None:
    links = [site.report(f"/{k}", f"It was meeting {k}.") for k in range(4)]
    feed = site.feed("/rss", [make_item(link) for link in links], ETag='"one"')

    def die() -> None:
        if site.asked("/1"):
            raise MemoryError

    clock.before_sleep = die
    with pytest.raises(MemoryError):
        run(feed)
    assert 0 < len(run.texts()) < 4
    clock.before_sleep = None
    run(feed)
    assert len(run.texts()) == 4
    assert [len(site.asked(f"/{k}")) for k in range(4)] == [1, 1, 1, 1]


def test_one_coder_serves_a_long_run_and_is_renewed(
    site: Site, run: Run, make_item: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    from staged import FakeCoding

    links = [site.report(f"/{k}", f"It was meeting {k}.") for k in range(7)]
    feed = site.feed("/rss", [make_item(link) for link in links])
    run(feed)
    assert FakeCoding.made == 1
    monkeypatch.setattr("whowhom.watch.coder._RENEWED", 3)
    site.feed("/rss", [make_item(site.report(f"/more/{k}", f"It was the meeting {k} of many.")) for k in range(7)])
    assert run(feed).tally.coded == 7
    assert FakeCoding.made == 3


def test_own_actors_that_come_later_are_heeded(site: Site, run: Run, clock: Clock, make_item: Item) -> None:
    from whowhom.own_actors import make_actor
    from whowhom.store import own
    from whowhom.store.database import connect

    links = [site.report(f"/{k}", f"It was meeting {k}.") for k in range(2)]
    feed = site.feed("/rss", [make_item(link) for link in links])

    def add() -> None:
        if len(run.texts()) == 1:
            db = connect(run.store, write=True)
            own.add(db, [make_actor("Ana Costa", "person")])
            db.close()

    clock.before_sleep = lambda: add() if run.store.exists() else None
    run(feed)
    actors = run.rows("SELECT c.actors FROM document d JOIN coding c ON c.id = d.coding ORDER BY d.id")
    assert actors[0] == ""
    assert actors[1] != ""


def test_a_private_address_is_refused_and_said(site: Site, run: Run) -> None:
    run(site.feed("/rss", []), reading=ReadOptions(timeout=2))
    assert not site.requests
    assert "private" in (run.polls[0].error or "")


@pytest.mark.parametrize("data", ["<html><body>Not found</body></html>", "<rss><channel>", "", "\x00\x01"])
def test_what_is_no_feed_fails_and_says_so(site: Site, run: Run, data: str) -> None:
    watched = run(site.put("/rss", data))
    assert (watched.failed, watched.read) == (1, 0)
    assert run.polls[0].error


def test_entries_without_id_and_address_are_known_by_their_words(site: Site, run: Run, make_item: Item) -> None:
    one, two = (make_item(words=f"{TEASER} It was the {name} time.", title=name) for name in ("first", "second"))
    feed = site.feed("/rss", [one])
    run(feed)
    site.feed("/rss", [two, one])
    watched = run(feed)
    assert (run.polls[0].new, watched.tally.coded) == (1, 1)


def test_entries_that_share_an_id_are_all_read(site: Site, run: Run, make_item: Item) -> None:
    links = [site.report(f"/{k}", f"It was meeting {k}.") for k in range(3)]
    assert run(site.feed("/rss", [make_item(link, guid="same") for link in links])).tally.coded == 3


def test_entries_that_their_feed_dropped_are_forgotten_in_time(
    site: Site, run: Run, clock: Clock, make_item: Item
) -> None:
    feed = site.feed("/rss", [make_item(site.report("/page", "It was one meeting."))])
    run(feed)
    site.feed("/rss", [])
    clock.time += 80 * 86_400
    run(feed)
    assert run.rows("SELECT count(*) FROM feed_entry") == [1]
    clock.time += 20 * 86_400
    run(feed)
    assert run.rows("SELECT count(*) FROM feed_entry") == [0]


def test_a_stop_ends_the_wait_for_a_server_that_drips(site: Site, run: Run) -> None:
    from whowhom.read.fetch import fetch as real

    begun = threading.Event()

    def slow(url: str, options: ReadOptions, **marks: str | None) -> object:
        if url.endswith("/rss"):
            begun.set()
            time.sleep(20)
        return real(url, options, **marks)

    feed = site.feed("/rss", [])
    stop = Stop()
    threading.Thread(target=lambda: (begun.wait(), stop.end(signal.SIGINT)), daemon=True).start()
    started = time.monotonic()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("whowhom.watch.run.fetch", slow)
        run(feed, once=False, stop=stop)
    assert time.monotonic() - started < 5
    assert stop.signal == signal.SIGINT
    assert run.rows("SELECT count(*) FROM feed") == [0]


def test_a_store_that_cannot_be_written_is_told(site: Site, run: Run, make_item: Item) -> None:
    feed = site.feed("/rss", [make_item(site.report("/page", "It was one meeting."))])
    run(feed)
    from whowhom.store.database import connect

    db = connect(run.store, write=True)
    db.execute("DROP TABLE feed")
    db.close()
    with pytest.raises(StoreError, match=r"news\.db.*feed"):
        run(feed)


def test_a_stop_while_reports_are_coded_lets_their_batch_be_written(
    site: Site, run: Run, make_item: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    from staged import FakeCoder

    feed = site.feed(
        "/rss", [make_item(guid=str(k), words=f"{WHOLE} It was day {k}.") for k in range(20)], ETag='"one"'
    )
    stop = Stop()
    code = FakeCoder.run

    def interrupted(self: FakeCoder, articles: Iterable[Article]) -> Iterator[Document | Skipped]:
        stop.end()
        yield from code(self, articles)

    with monkeypatch.context() as patch:
        patch.setattr(FakeCoder, "run", interrupted)
        assert run(feed, stop=stop).tally.coded == 8
    assert len(run.texts()) == 8
    assert run(feed).tally.coded == 12


def test_pages_of_a_host_that_has_no_time_wait_and_lose_no_try(
    site: Site, run: Run, clock: Clock, make_item: Item
) -> None:
    links = [site.put("/busy", "", status=503, Retry_After="3600"), site.report("/page", "It was one meeting.")]
    feed = site.feed("/rss", [make_item(link) for link in links])
    watched = run(feed)
    assert (watched.tally.coded, run.polls[0].later, site.asked("/page")) == (0, 2, [])
    assert run.rows("SELECT tries FROM feed_entry ORDER BY page") == [1, 0]
    site.report("/busy", "It was a late meeting.")
    clock.time += 3601
    assert run(feed).tally.coded == 2


def test_a_long_run_does_not_grow(site: Site, run: Run, clock: Clock, make_item: Item) -> None:
    feed = site.url + "/rss"
    stop = Stop()
    sizes: list[int] = []

    def turn() -> None:
        run.polls.clear()
        site.requests.clear()
        clock.slept.clear()
        sizes.append(tracemalloc.get_traced_memory()[0])
        n = len(sizes)
        site.feed("/rss", [make_item(guid=f"{n}-{k}", words=f"{WHOLE} It was day {n}, {k}.") for k in range(5)])
        if n == 60:
            stop.end()

    clock.before_sleep = turn
    turn()
    tracemalloc.start()
    try:
        run(feed, once=False, stop=stop, host_seconds=0)
    finally:
        tracemalloc.stop()
    assert len(run.texts()) >= 250
    assert sizes[-1] - sizes[30] < 150_000  # 145 texts of 800 characters


@pytest.mark.parametrize("after", [None, "1"])
def test_a_page_that_answers_503_is_asked_again_only_after_the_back_off(
    site: Site, run: Run, clock: Clock, make_item: Item, after: str | None
) -> None:
    waits = {"Retry_After": after} if after else {}
    feed = site.feed("/rss", [make_item(site.put("/page", "", status=503, **waits))], ETag='"one"')
    stop = Stop()
    end = clock.time + 3 * 3600
    clock.before_sleep = lambda: stop.end() if clock.time > end else None
    run(feed, once=False, stop=stop, poll_seconds=60)
    times = [one.at for one in site.asked("/page")]
    distances = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert len(times) == 6
    # The first poll after the page may be tried again has it; times in the store are whole seconds.
    assert all(-1 <= distance - 300 * 2**k < 65 for k, distance in enumerate(distances))


def test_a_feed_that_answers_503_is_asked_again_only_after_the_back_off(site: Site, run: Run, clock: Clock) -> None:
    feed = site.put("/rss", "", status=503)
    stop = Stop()
    end = clock.time + 3600
    clock.before_sleep = lambda: stop.end() if clock.time > end else None
    run(feed, once=False, stop=stop, poll_seconds=300)
    times = [one.at for one in site.asked("/rss")]
    assert [round(b - a) for a, b in itertools.pairwise(times)] == [300, 600, 1200, 2400]


def test_a_robots_txt_that_answers_503_is_asked_again_only_after_a_time(site: Site, run: Run, clock: Clock) -> None:
    site.put("/robots.txt", "", status=503)
    stop = Stop()
    end = clock.time + 3600
    clock.before_sleep = lambda: stop.end() if clock.time > end else None
    run(site.feed("/rss", []), once=False, stop=stop, poll_seconds=60)
    times = [one.at for one in site.asked("/robots.txt")]
    assert len(times) >= 3
    assert all(later - earlier >= 900 for earlier, later in itertools.pairwise(times))
    assert not site.asked("/rss")


def test_hosts_are_told_who_asks(site: Site, run: Run, make_item: Item) -> None:
    feed = site.feed("/rss", [make_item(site.report("/page", "It was one meeting."))])
    run(feed, reading=ReadOptions(allow_private=True, timeout=2, user_agent="Example Lab"))
    assert [one.headers["user-agent"] for one in site.requests] == ["whowhom Example Lab"] * 3
