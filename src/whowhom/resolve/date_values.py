"""Calendar values of time expressions: days, months, years, weeks, decades and lengths, as ISO 8601 and TIMEX3."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter  # type: ignore[import-untyped, unused-ignore]

from whowhom.resources import read_table

_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MONTHS: dict[str, int] = {name: k for k, name in enumerate(_MONTH_NAMES, 1)}
for _k, _short in enumerate(("jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1):
    if _short:
        MONTHS[_short] = MONTHS[_short + "."] = _k
MONTHS["sept"] = MONTHS["sept."] = 9

WEEKDAYS: dict[str, int] = {
    name: k for k, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
WEEKDAY_SHORTS: dict[str, int] = {
    "mon.": 0, "tue.": 1, "tues.": 1, "wed.": 2, "thu.": 3, "thur.": 3, "thurs.": 3, "fri.": 4, "sat.": 5, "sun.": 6,
    "tues": 1, "thurs": 3,
}  # fmt: skip

# Unit words: the letter of ISO 8601 durations (lower case for units of less than a day) and how many of them.
UNITS: dict[str, tuple[str, int]] = {
    "second": ("s", 1), "minute": ("m", 1), "hour": ("h", 1), "day": ("D", 1), "night": ("D", 1), "week": ("W", 1),
    "fortnight": ("W", 2), "month": ("M", 1), "year": ("Y", 1), "decade": ("Y", 10), "century": ("Y", 100),
    "quarter": ("Q", 1), "weekend": ("E", 1), "yr": ("Y", 1), "hr": ("h", 1), "min": ("m", 1),
}  # fmt: skip
for _unit in tuple(UNITS):
    UNITS["centuries" if _unit == "century" else _unit + "s"] = UNITS[_unit]

SEASONS: dict[str, tuple[str, int, int]] = {
    "spring": ("SP", 3, 5), "summer": ("SU", 6, 8), "autumn": ("FA", 9, 11), "fall": ("FA", 9, 11),
    "winter": ("WI", 12, 14),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class When:
    """A time: ISO `start`, `end` of a range else None, and `value`, the same in TIMEX3."""

    start: str | None
    end: str | None
    value: str


def of_day(day: date) -> When:
    """One day."""
    return When(day.isoformat(), None, day.isoformat())


def of_month(year: int, month: int) -> When:
    """One month."""
    iso = f"{year:04d}-{month:02d}"
    return When(iso, None, iso)


def of_year(year: int) -> When:
    """One year."""
    return When(f"{year:04d}", None, f"{year:04d}")


def of_years(first: int, last: int) -> When:
    """A run of years, both included; a whole decade or century has its short TIMEX3 value."""
    value = f"{first:04d}/{last:04d}"
    if first % 10 == 0 and last == first + 9:
        value = f"{first // 10:03d}"
    elif first % 100 == 0 and last == first + 99:
        value = f"{first // 100:02d}"
    return When(f"{first:04d}", f"{last:04d}", value)


def of_days(first: date, last: date, value: str | None = None) -> When:
    """A run of days, both included."""
    if last <= first:
        return of_day(first)
    return When(first.isoformat(), last.isoformat(), value or f"{first.isoformat()}/{last.isoformat()}")


def of_week(day: date) -> When:
    """The week, Monday to Sunday, that has `day`."""
    monday = day - timedelta(days=day.weekday())
    year, week, _ = day.isocalendar()
    return of_days(monday, monday + timedelta(days=6), f"{year:04d}-W{week:02d}")


def of_weekend(day: date) -> When:
    """The Saturday and Sunday of the week that has `day`."""
    saturday = day + timedelta(days=5 - day.weekday())
    year, week, _ = day.isocalendar()
    return of_days(saturday, saturday + timedelta(days=1), f"{year:04d}-W{week:02d}-WE")


def of_season(year: int, season: str) -> When:
    """A season of the northern year, winter the one that begins in December."""
    code, first, last = SEASONS[season]
    end_year, end = (year + 1, last - 12) if last > 12 else (year, last)
    return When(f"{year:04d}-{first:02d}", f"{end_year:04d}-{end:02d}", f"{year:04d}-{code}")


def of_quarter(year: int, quarter: int) -> When:
    """A quarter of a calendar year."""
    first = 3 * quarter - 2
    return When(f"{year:04d}-{first:02d}", f"{year:04d}-{first + 2:02d}", f"{year:04d}-Q{quarter}")


def add_months(day: date, months: int) -> date:
    """`day` moved by whole months, the last of the month where that has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = max(1, min(9999, index // 12)), index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def safe_date(year: int, month: int, day: int) -> date | None:
    """The day, None where the calendar has no such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift(day: date, unit: str, count: float) -> date | None:
    """`day` moved by `count` units; None beyond the calendar."""
    try:
        if unit == "D":
            return day + timedelta(days=round(count))
        if unit == "W":
            return day + timedelta(days=round(7 * count))
        if unit == "E":
            return day + timedelta(days=round(7 * count))
        if unit == "Q":
            return add_months(day, round(3 * count))
        if unit in "MY":
            return add_months(day, round(count * (12 if unit == "Y" else 1)))
        return day + timedelta(hours=count) if unit == "h" else day
    except (OverflowError, ValueError):
        return None


def around(day: date, unit: str, size: int) -> When:
    """The stretch of the calendar of that unit that has `day`."""
    if unit == "W":
        return of_week(day)
    if unit == "E":
        return of_weekend(day)
    if unit == "M":
        return of_month(day.year, day.month)
    if unit == "Q":
        return of_quarter(day.year, (day.month + 2) // 3)
    if unit == "Y":
        return of_year(day.year) if size == 1 else of_years(day.year // size * size, day.year // size * size + size - 1)
    return of_day(day)


def length(count: float | None, unit: str, size: int) -> str:
    """The TIMEX3 value of a length of time; an unknown count is X."""
    amount = "X" if count is None else f"{count * size:g}"
    if unit in "hms":
        return f"PT{amount}{unit.upper()}"
    return f"P{amount}" + {"E": "WE"}.get(unit, unit)


def iso_parts(iso: str) -> tuple[int, ...]:
    """Year, month and day of an ISO date, as far as it goes."""
    return tuple(int(part) for part in iso.split("-"))


@cache
def holidays() -> dict[str, tuple[str, int, int]]:
    """Holidays by lower-case name: "fixed" with month and day, or "easter" with days from Easter Sunday."""
    return {
        row["name"]: (row["kind"], int(row["month"] or 0), int(row["day"]))
        for row in read_table("lexicon/holidays.tsv")
    }


def holiday(name: str, year: int) -> date | None:
    """The day of a holiday in a year."""
    kind, month, day = holidays()[name]
    if kind == "fixed":
        return safe_date(year, month, day)
    found: date = easter(year)
    return found + timedelta(days=day)
