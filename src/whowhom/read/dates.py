"""Dates of publication: what people write, to ISO 8601 at the precision that they wrote."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?")
_NUMERIC = re.compile(r"\b(\d{1,2})[./-](\d{1,2})[./-](\d{2}|\d{4})\b")
_LEAD = re.compile(
    r"(?i)^\W*(?:(?:first |last |date )?(?:published|posted|updated|modified|created|issued|date)(?: (?:on|at))?"
    r"\s*:?\s*)+"
)
_NOISE = re.compile(
    r"(?i)\b(?:at|on|of|the)\b|[|•·]|\b(?:IST|BST|EDT|EST|CET|CEST|EET|EEST|MSK|JST|KST|HKT|SGT|AEST|AEDT)\b"
)
_SEPT = re.compile(r"(?i)\bsept\b\.?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# `/2018/04/05/`, `/2018/apr/05/` or a whole path part `/20180405/`, or a query value that is eight digits of a date.
_URL_DATE = re.compile(
    r"(?i)/((?:19|20)\d{2})[/-](0?[1-9]|1[0-2]|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[/-]"
    r"(0?[1-9]|[12]\d|3[01])(?=[/_-]|$)"
    r"|(?:/|=)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/-]|$|&)"
)


def iso_date(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """The ISO form of a date at that precision; None where the calendar or the history of news has no such day."""
    if not 1600 <= year <= 2200:
        return None
    try:
        datetime(year, month or 1, day or 1)
    except ValueError:
        return None
    if month is None:
        return f"{year:04d}"
    return f"{year:04d}-{month:02d}" if day is None else f"{year:04d}-{month:02d}-{day:02d}"


def parse_published(value: str) -> str | None:
    """The ISO date (`2020`, `2020-09` or `2020-09-14`) that `value` gives, else None.

    A time of day is dropped. None also for a numeric date whose day and month cannot be told apart (03/04/2018).
    """
    value = value.strip()
    if not value or len(value) > 120:
        return None
    if match := _ISO.fullmatch(value):
        year, month, day = (int(part) if part else None for part in match.groups())
        return iso_date(year or 0, month, day)
    if match := _COMPACT.fullmatch(value):
        return iso_date(int(match[1]), int(match[2]), int(match[3]))
    value = _LEAD.sub("", value)
    day_first = False
    if match := _NUMERIC.search(value):
        first, second = int(match[1]), int(match[2])
        if first <= 12 and second <= 12 and first != second:
            return None
        day_first = first > 12
    return _written_out(_SEPT.sub("Sep", value), day_first)


def _written_out(value: str, day_first: bool) -> str | None:
    if not any(c.isdigit() for c in value):
        return None
    from dateutil import parser  # type: ignore[import-untyped, unused-ignore]

    # What the words leave open is filled from the default: parts that differ between two defaults were not written.
    found: list[datetime] = []
    for default in (datetime(1904, 1, 1), datetime(1908, 2, 2)):
        for words in (value, _NOISE.sub(" ", value)):
            try:
                found.append(parser.parse(words, default=default, dayfirst=day_first, ignoretz=True))
                break
            except (ValueError, OverflowError, TypeError, AttributeError, IndexError):
                continue
        else:
            return None
    one, two = found
    if one.year != two.year:
        return None
    month = one.month if one.month == two.month else None
    return iso_date(one.year, month, one.day if month and one.day == two.day else None)


def date_in_url(url: str) -> str | None:
    """The day that the path or query of an address spells out, as news sites do; else None."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    match = _URL_DATE.search(f"{parts.path}?{parts.query}")
    if not match:
        return None
    year, month, day = match.groups()[:3] if match[1] else match.groups()[3:]
    number = int(month) if month.isdigit() else 1 + _MONTHS.index(month[:3].lower())
    return iso_date(int(year), number, int(day))
