"""Cells of tab-separated tables: written so that they stay on their line, read in the spellings that occur."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

_SEPARATORS = str.maketrans(dict.fromkeys("\t\n\r\0", " "))
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?")


def line(cells: Sequence[str]) -> str:
    """The cells as a line; tabs, line ends and null characters in them become blanks."""
    text = "\t".join(cells)
    if text.count("\t") >= len(cells) or "\n" in text or "\r" in text or "\0" in text:
        text = "\t".join(cell.translate(_SEPARATORS) for cell in cells)
    return text + "\n"


def number(value: float | None, missing: str = "") -> str:
    """The shortest decimal form that reads as the same number: 4, -2.5, 53.9."""
    if value is None:
        return missing
    return str(int(value)) if value == int(value) else repr(float(value))


def iso_date(cell: str) -> str | None:
    """The day of a cell such as 2017-01-05, 1/5/2017 (month first), 20170105 or these with a time; None for others."""
    text = cell.strip()
    if match := _YEAR_FIRST.fullmatch(text) or _DIGITS.fullmatch(text):
        year, month, day = match.groups()
    elif match := _MONTH_FIRST.fullmatch(text):
        month, day, year = match.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def degrees(cell: str, bound: float) -> float | None:
    """A latitude (bound 90) or longitude (180), None for an empty cell.

    Raises:
        ValueError: the cell is no number, or out of bounds.
    """
    if not cell.strip():
        return None
    value = float(cell)
    if not -bound <= value <= bound:
        raise ValueError(f"{cell!r} is out of bounds")
    return value
