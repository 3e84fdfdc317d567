"""Whole watches of sites that redirect."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from staged import Clock, Run, Site

Item = Callable[..., str]
TEASER = "The ministers of the two states met again on Tuesday in the harbour town and will go on tomorrow."


def distances(site: Site) -> list[float]:
    return [later.at - earlier.at for earlier, later in itertools.pairwise(site.requests)]


def test_a_page_and_a_feed_are_followed_to_another_host(site: Site, other: Site, run: Run, make_item: Item) -> None:
    page = site.redirect("/go", other.report("/page", "It was one meeting."))
    feed = site.redirect("/old", other.feed("/rss", [make_item(page)], ETag='"one"'))
    watched = run(feed)
    assert (watched.tally.coded, watched.read, len(run.polls)) == (1, 1, 1)
    assert run.rows("SELECT url FROM document") == [f"{other.url}/page"]
    assert run.rows("SELECT url, etag FROM feed") == [(feed, '"one"')]
    assert site.paths() == ["/robots.txt", "/old", "/go"]
    assert other.paths() == ["/robots.txt", "/rss", "/page"]
    watched = run(feed)
    assert (watched.tally.seen, watched.read) == (0, 1)
    assert other.requests[-1].headers["if-none-match"] == '"one"'


def test_a_redirect_into_what_the_robots_txt_of_its_host_forbids_is_not_called(
    site: Site, other: Site, run: Run, make_item: Item
) -> None:
    other.put("/robots.txt", "User-agent: *\nDisallow: /private\n", "text/plain")
    links = [
        site.redirect(f"/go/{name}", other.report(f"/private/{name}", f"It was a {name} meeting."))
        for name in ("secret", "closed")
    ]
    feed = site.feed("/rss", [make_item(links[0]), make_item(links[1], words=TEASER)])
    hidden = site.redirect("/hidden", other.feed("/private/rss", []))
    watched = run(feed, hidden)
    assert other.paths() == ["/robots.txt"]
    assert (watched.tally.coded, watched.tally.skipped["unreachable"], watched.failed) == (1, 1, 1)
    refusal = f"the robots.txt of {other.url} does not allow it"
    assert [one.detail for one in run.skipped] == [refusal]
    assert [poll.error for poll in run.polls if poll.url == hidden] == [refusal]
    # The summary in the feed stands for the page, at its own address; nothing is tried again.
    assert run.rows("SELECT url FROM document") == [links[1]]
    assert run.rows("SELECT count(*) FROM feed_entry WHERE next_try IS NOT NULL") == [0]


def test_a_redirect_within_a_host_may_not_lead_into_what_it_forbids(site: Site, run: Run, make_item: Item) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private\n", "text/plain")
    site.report("/private/page", "It was a secret meeting.")
    run(site.feed("/rss", [make_item(site.redirect("/go", "/private/page"))]))
    assert site.paths() == ["/robots.txt", "/rss", "/go"]


def test_the_host_of_a_target_is_asked_at_its_rate(site: Site, other: Site, run: Run, make_item: Item) -> None:
    other.put("/robots.txt", "User-agent: *\nCrawl-delay: 30\n", "text/plain")
    pages = [other.report(f"/{k}", f"It was meeting {k}.") for k in range(3)]
    links = [site.redirect(f"/go/{k}", page) for k, page in enumerate(pages)]
    assert run(site.feed("/rss", [make_item(link) for link in links]), host_seconds=2).tally.coded == 3
    assert distances(other) == [30, 30, 30]
    assert distances(site) == [2, 2, 2, 2]


def test_a_redirect_within_a_host_keeps_the_distance(site: Site, run: Run, make_item: Item) -> None:
    site.report("/page", "It was one meeting.")
    assert run(site.feed("/rss", [make_item(site.redirect("/go", "page"))]), host_seconds=2).tally.coded == 1
    assert site.paths() == ["/robots.txt", "/rss", "/go", "/page"]
    assert distances(site) == [2, 2, 2]


def test_redirects_without_end_are_given_up(site: Site, run: Run, make_item: Item) -> None:
    link = site.redirect("/loop", "/loop")
    watched = run(site.feed("/rss", [make_item(link)]), link)
    assert watched.failed == 1
    assert len(site.asked("/loop")) == 2 * 6
    assert {one.detail for one in run.skipped} == {"it redirects more than 5 times"}
    assert [poll.error for poll in run.polls if poll.url == link] == ["it redirects more than 5 times"]


@pytest.mark.parametrize("target", ["file:///etc/hosts", "http://:80/", "http://a.example:99999/"])
def test_a_redirect_to_what_is_no_web_address_is_told(site: Site, run: Run, make_item: Item, target: str) -> None:
    run(site.feed("/rss", [make_item(site.redirect("/go", target))]))
    assert site.paths() == ["/robots.txt", "/rss", "/go"]
    assert "address" in run.skipped[0].detail


def test_a_page_that_another_entry_leads_to_is_not_fetched_twice(site: Site, run: Run, make_item: Item) -> None:
    link = site.report("/page", "It was one meeting.")
    watched = run(site.feed("/rss", [make_item(link), make_item(site.redirect("/go", "/page#top"))]))
    assert (watched.tally.coded, len(site.asked("/page"))) == (1, 1)
    assert run.rows("SELECT count(*) FROM feed_entry WHERE next_try IS NOT NULL") == [0]


def test_a_busy_target_closes_its_own_host(site: Site, other: Site, run: Run, clock: Clock, make_item: Item) -> None:
    links = [
        site.redirect("/go", other.put("/busy", "", status=503, Retry_After="3600")),
        site.report("/near", "It was a near meeting."),
        other.report("/far", "It was a far meeting."),
    ]
    feed = site.feed("/rss", [make_item(link) for link in links])
    watched = run(feed)
    assert (watched.tally.coded, run.polls[0].later) == (1, 2)
    assert other.paths() == ["/robots.txt", "/busy"]
    other.report("/busy", "It was a late meeting.")
    clock.time += 3601
    assert run(feed).tally.coded == 2


def test_a_redirect_into_a_closed_host_is_given_up_in_time(
    site: Site, other: Site, run: Run, clock: Clock, make_item: Item
) -> None:
    other.put("/robots.txt", "", status=503)
    feed = site.feed("/rss", [make_item(site.redirect("/go", f"{other.url}/page"), words=TEASER)])
    for _ in range(8):
        run(feed)
        clock.time += 86_000
    assert len(site.asked("/go")) == 6
    assert set(other.paths()) == {"/robots.txt"}
    assert TEASER in run.texts()[0]


def test_a_robots_txt_that_is_moved_is_read_there_at_the_rate_of_that_host(
    site: Site, other: Site, run: Run, make_item: Item
) -> None:
    other.put("/rules", "User-agent: *\nDisallow: /private\n", "text/plain")
    site.redirect("/robots.txt", f"{other.url}/rules")
    far = other.feed("/far", [])
    links = [site.report(path, f"It was the meeting {path}.") for path in ("/private/page", "/page")]
    watched = run(far, site.feed("/near", [make_item(link) for link in links]), host_seconds=2)
    assert (watched.tally.coded, watched.tally.skipped["unreachable"]) == (1, 1)
    assert site.paths() == ["/robots.txt", "/near", "/page"]
    assert sorted(other.paths()) == ["/far", "/robots.txt", "/rules"]
    assert all(distance >= 2 for distance in distances(other) + distances(site))


def test_a_robots_txt_that_is_moved_without_end_forbids(site: Site, run: Run) -> None:
    site.redirect("/robots.txt", "/robots.txt")
    assert run(site.feed("/rss", [])).failed == 1
    assert site.paths() == ["/robots.txt"] * 6
    assert "redirects more than 5 times" in (run.polls[0].error or "")
