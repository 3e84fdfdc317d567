"""What hosts allow."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from whowhom.watch.hosts import origin_of

if TYPE_CHECKING:
    from staged import Run, Site


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
