"""Whose readers an outlet writes for."""

from __future__ import annotations

import pytest

from whowhom.resolve.publishers import home_of
from whowhom.resources.knowledge import countries, publishers


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://www.dawn.com/news/1", "PAK"),  # in the table
        ("https://news.dawn.com/1", "PAK"),  # under a host of the table
        ("https://www.bbc.co.uk/news/1", None),  # news of the whole world
        ("https://www.wkyt.com/content/1", "USA"),
        ("https://wxyz.com/1", "USA"),  # a call sign
        ("https://www.smalltownpaper.co.ke/1", "KEN"),  # by its ending
        ("https://smalltownpaper.tv/1", None),  # anybody's ending
        ("https://smalltownpaper.com/1", None),
        ("https://[broken", None),
        ("", None),
        (None, None),
    ],
)
def test_the_country_of_the_readers(url: str | None, country: str | None) -> None:
    assert home_of(url) == country


def test_every_outlet_has_a_known_country() -> None:
    known = {country.iso3 for country in countries()}
    assert {outlet.country for outlet in publishers().values()} <= known
    assert len(publishers()) > 5000
