"""What hosts allow."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from whowhom.read import ReadOptions
from whowhom.read.fetch import fetch
from whowhom.records import Skipped
from whowhom.watch.hosts import origin_of, status_of

if TYPE_CHECKING:
    from conftest import Run, Site


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 451, 500, 503])
def test_the_status_of_a_refusal_is_told(site: Site, status: int) -> None:
    found = fetch(site.put("/(403)", "", status=status, Retry_After="99"), ReadOptions(allow_private=True, timeout=2))
    assert isinstance(found, Skipped)
    assert status_of(found) == status


def test_a_refusal_without_an_answer_has_no_status() -> None:
    found = fetch("http://127.0.0.1:9/(404)", ReadOptions(timeout=2))
    assert isinstance(found, Skipped)
    assert status_of(found) is None


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://A.example/x", "https://a.example"),
        ("http://a.example:8080/", "http://a.example:8080"),
        ("http://[::1]:80/", "http://[::1]:80"),
        ("http://me:word@a.example/", "http://a.example"),
        ("http://a.example:99999/", ""),
    ],
)
def test_a_robots_txt_belongs_to_scheme_name_and_port(url: str, origin: str) -> None:
    assert origin_of(url) == origin


def test_a_robots_txt_with_rules_beyond_measure_is_given_up_at_once(site: Site, run: Run) -> None:
    names = "".join(f"User-agent: a{k}\n" for k in range(12_000))
    site.put("/robots.txt", names + "".join(f"Disallow: /{k}\n" for k in range(12_000)), "text/plain")
    begun = time.monotonic()
    assert run(site.feed("/rss", [])).failed == 1
    assert time.monotonic() - begun < 3
    assert "robots.txt" in (run.polls[0].error or "")


def test_one_slow_robots_rule_holds_up_nothing(site: Site, run: Run) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /" + "*a" * 60 + "*b$\n", "text/plain")
    begun = time.monotonic()
    assert run(site.feed("/" + "a" * 1500, [])).read == 1
    assert time.monotonic() - begun < 3
