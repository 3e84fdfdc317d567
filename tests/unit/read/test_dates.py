"""Dates of publication as people write them."""

from __future__ import annotations

import pytest

from whowhom.read.dates import parse_published


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2020", "2020"),
        ("2020-09", "2020-09"),
        ("2020-09-14", "2020-09-14"),
        ("2020-9-4", "2020-09-04"),
        ("2020-09-14T10:00:00Z", "2020-09-14"),
        ("2016-11-10 00:00:00", "2016-11-10"),
        ("20200914", "2020-09-14"),
        ("September 14, 2020", "2020-09-14"),
        ("Sept. 14, 2020", "2020-09-14"),
        ("14 September 2020", "2020-09-14"),
        ("Mon, 14 Sep 2020 10:00:00 GMT", "2020-09-14"),
        ("Published: 14 Sep 2020, 10:00 BST", "2020-09-14"),
        ("Updated on September 14, 2020 at 3:45 p.m.", "2020-09-14"),
        ("September 2020", "2020-09"),
        ("14/09/2020", "2020-09-14"),
        ("09/14/2020", "2020-09-14"),
        ("05/05/2020", "2020-05-05"),
        ("3 JAN 90", "1990-01-03"),
        ("1917-11-07", "1917-11-07"),
    ],
)
def test_a_date_is_read_at_its_precision(value: str, iso: str) -> None:
    assert parse_published(value) == iso


@pytest.mark.parametrize(
    "value",
    [
        "",
        "  ",
        "yesterday",
        "Monday",
        "10",
        "12:30",
        "2020-13-01",
        "2021-02-29",
        "03/04/2018",
        "0000",
        "9999-01-01",
        "May",
        "x" * 500,
        "1600000000",
        "14 September",
        "²²²²",
    ],
)
def test_what_is_no_clear_date_gives_none(value: str) -> None:
    assert parse_published(value) is None
