"""Cells of tab-separated tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whowhom.exchange.cells import degrees, iso_date, line, number


@given(st.lists(st.text(), min_size=1))
def test_a_line_is_one_line_of_as_many_cells(cells: list[str]) -> None:
    text = line(cells)
    assert text.count("\n") == 1
    assert "\r" not in text
    assert len(text.split("\t")) == len(cells)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_reads_as_the_same(value: float) -> None:
    assert float(number(value)) == value


def test_numbers_are_short() -> None:
    assert [number(v) for v in (4.0, -2.5, 0, None, 53.90019)] == ["4", "-2.5", "0", "", "53.90019"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2017-01-05", "2017-01-05"), (" 2017-1-5 ", "2017-01-05"), ("1/5/2017", "2017-01-05"),
        ("12/31/2017", "2017-12-31"), ("20170105", "2017-01-05"), ("20170105230000", "2017-01-05"),
        ("2017-01-05T10:00:00Z", "2017-01-05"), ("1/5/2017 10:00", "2017-01-05"), ("31/12/2017", None),
        ("2017-02-29", None), ("2017", None), ("", None), ("None", None), ("201701", None),
    ],
)  # fmt: skip
def test_days(cell: str, expected: str | None) -> None:
    assert iso_date(cell) == expected


def test_degrees_have_bounds() -> None:
    assert degrees("-53.5", 90) == -53.5
    assert degrees(" ", 90) is None
    for cell in ("91", "x", "nan", "inf"):
        with pytest.raises(ValueError, match=r"."):
            degrees(cell, 90)
