"""Reads calendar dates off the words of a text: days of a month, months, years, decades, dates in figures.

Weekdays and words such as "yesterday" are in `date_words`, expressions built on a unit ("two weeks ago", "last month")
in `date_units`; each builds on the one before. What a relative expression means is
worked out against the day of publication, or where the words say so ("the day before") against the time told last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from whowhom.parse import Parsed
from whowhom.resolve.date_tense import tense_at
from whowhom.resolve.date_values import (
    MONTHS,
    UNITS,
    When,
    iso_parts,
    of_day,
    of_days,
    of_month,
    of_year,
    of_years,
    safe_date,
)

TimeKind = Literal["date", "duration", "set", "ref"]

DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?")
_SLASHED = re.compile(r"(\d{1,4})[/.](\d{1,2})[/.](\d{2,4})")
_DECADE = re.compile(r"(?:mid-)?['’]?(\d{2}|\d{4})['’]?s")
_YEAR = re.compile(r"(?:mid-|post-|pre-)?(1\d{3}|20\d{2}|2100)")
DASHES = frozenset("-‐‑–—")
BACK = frozenset({"last", "past"})
AHEAD = frozenset({"next", "coming", "upcoming"})
_EDGES = frozenset({"early", "late", "mid", "mid-", "earlier", "later"})
_YEAR_CUES = frozenset(
    """in since during until till by from of before after between and to through around for early late mid circa year
    summer winter spring autumn fall ( - – ,""".split()
)
_SURE_CUES = frozenset({"in", "since", "during", "until", "early", "late", "mid"})
_MONTH_CUES = frozenset(
    "in of last next this since until till by early mid late during through from before after between to and".split()
)


_FAR_AHEAD = 270
"""Days: a date without a year that would lie farther ahead is meant to be the one just past."""


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression at tokens `first` to `last`. `event` is the head noun or verb of what it counts from."""

    first: int
    last: int
    kind: TimeKind
    when: When | None = None
    value: str | None = None
    past: bool | None = None
    event: int | None = None
    unit: str = ""
    count: float = 0.0


class DateReader:
    """One text's words and what is known so far of its times."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.doc = parsed.doc
        self.words = [token.lower_ for token in parsed.doc]
        self.size = len(self.words)
        published = parsed.article.published
        parts = iso_parts(published[:10]) if published else ()
        if not parts and (year := self._only_year()) is not None:
            parts = (year,)
        self.now: date | None = safe_date(*parts) if len(parts) == 3 else None
        self.year: int | None = parts[0] if parts else None
        self.told: When | None = None  # the time told last
        self.floor = 0  # tokens before it belong to expressions already read

    def _only_year(self) -> int | None:
        """The year of all the full dates that a report without a day of publication gives, None where they differ."""
        years = {
            int(self.words[j])
            for i, word in enumerate(self.words)
            if word in MONTHS
            for j in (i + 2, i + 3)
            if len(self.word(j)) == 4 and _YEAR.fullmatch(self.word(j)) and DAY.fullmatch(self.word(i + 1))
        }
        return years.pop() if len(years) == 1 else None

    # -- small helpers -------------------------------------------------------------

    def word(self, i: int) -> str:
        """The lower-case word at `i`, "" outside the text."""
        return self.words[i] if 0 <= i < self.size else ""

    def left(self, i: int, *choices: frozenset[str]) -> str:
        """The word before `i` if it is one of the choices and still free, else ""."""
        word = self.word(i - 1) if i - 1 >= self.floor else ""
        return word if any(word in c for c in choices) else ""

    def is_past(self, when: When | None) -> bool | None:
        """Whether a time lies wholly before the day of publication (True), after it (False), or neither (None)."""
        if when is None or when.start is None or self.now is None:
            return None
        today = self.now.isoformat()
        last = when.end or when.start
        if last < today[: len(last)]:
            return True
        return False if when.start > today[: len(when.start)] else None

    def found(
        self, first: int, last: int, when: When | None, kind: TimeKind = "date", value: str | None = None
    ) -> Found:
        """A date that becomes the time told last."""
        if when is not None:
            self.told = when
        return Found(first, last, kind, when, when.value if when else value, self.is_past(when))

    def told_day(self) -> date | None:
        """The day told last, else the day of publication."""
        if self.told is not None and self.told.start and len(self.told.start) == 10:
            return date.fromisoformat(self.told.start)
        return self.now if self.told is None else None

    # -- calendar dates -------------------------------------------------------------

    def is_month(self, i: int) -> bool:
        """Whether the word at `i` is meant as the name of a month."""
        word = self.word(i)
        if word not in MONTHS or not self.doc[i].text[0].isupper():
            return False
        if self.doc[i].ent_type_ in ("PERSON", "ORG", "GPE") and not DAY.fullmatch(self.word(i + 1)):
            return False
        if word in ("may", "march", "mar", "jan", "jun", "dec", "apr", "oct", "sep", "nov", "feb", "jul", "aug"):
            near = self.word(i - 1) in _MONTH_CUES or self.word(i - 1)[:1].isdecimal() or self.word(i - 1) in DASHES
            after = self.word(i + 1).lstrip("'’")[:1].isdecimal() or (self.word(i + 1) == "and" and word == "march")
            if word == "may":
                return (near or after) and self.doc[i].pos_ != "AUX"
            return near or after or self.doc[i].ent_type_ == "DATE"
        return True

    def year_at(self, i: int) -> int | None:
        """The year that stands at `i` in figures."""
        word = self.word(i)
        return (
            int(word) if len(word) == 4 and word.isdecimal() and word.isascii() and "1000" <= word <= "2100" else None
        )

    def year_after(self, i: int) -> tuple[int | None, int]:
        """The year written behind token `i` ("9, 2020", "March of 2017"), and the last token taken."""
        j = i + 1
        if self.word(j) in (",", "of"):
            j += 1
        year = self.year_at(j)
        return (year, j) if year is not None else (None, i)

    def pick_year(self, month: int, day: int | None, i: int) -> int | None:
        """The year of a date without one: nearest before the report, or after it where the clause looks ahead."""
        now = self.now
        if now is None:
            told = self.told
            if self.year is None and told is not None and told.start and not told.end and len(told.start) > 4:
                return int(told.start[:4])
            return self.year

        def distance(year: int) -> int:
            when = safe_date(year, month, day or 15) or date(year, month, 28)
            return (when - now).days

        tense = tense_at(self.doc, i)
        years = (now.year - 1, now.year, now.year + 1)
        slack = 0 if day else 20
        if tense == "future":
            ahead = next((y for y in years if distance(y) >= -slack), now.year)
            if distance(ahead) <= _FAR_AHEAD:
                return ahead
        if tense == "past":
            return next((y for y in reversed(years) if distance(y) <= 1 + slack), now.year)
        return min(years, key=lambda y: abs(distance(y)))

    def calendar_date(self, i: int, day: int, last: int, month: int, to: int | None = None) -> tuple[When | None, int]:
        """The date or run of days with the year that follows token `last`, else the year that fits."""
        year, last = self.year_after(last)
        if year is None:
            year = self.pick_year(month, day, i)
        if year is None:
            return None, last
        start = safe_date(year, month, day)
        if start is None:
            return None, last
        end = safe_date(year, month, to) if to else None
        return (of_days(start, end) if end else of_day(start)), last

    def day_number(self, i: int) -> int | None:
        """The day of a month that stands at `i`, None for a number that counts something."""
        match = DAY.fullmatch(self.word(i))
        if not match:
            return None
        token = self.doc[i]
        if (
            token.ent_type_ in ("CARDINAL", "MONEY", "PERCENT", "QUANTITY")
            and token.dep_ == "nummod"
            and token.head.i > i
        ):
            return None
        return int(match[1])

    def month(self, i: int) -> Found | None:
        """An expression at the name of a month: "Aug. 9", "March 5-7, 2018", "late May", "last October"."""
        if not self.is_month(i):
            return None
        month, first = MONTHS[self.words[i]], i
        day = self.day_number(i + 1)
        if day is not None:
            last, to = i + 1, None
            if (self.word(i + 2) in DASHES or self.word(i + 2) in ("to", "and")) and (second := self.day_number(i + 3)):
                if second > day and not self.is_month(i + 4) and self.word(i + 4) not in UNITS:
                    last, to = i + 3, second
            when, last = self.calendar_date(i, day, last, month, to)
            return self.found(first, last, when)
        first = self.edge(i)
        year, last = self.year_after(i)
        modifier = self.left(i, BACK, AHEAD, frozenset({"this"}))
        if year is None and modifier:
            first = i - 1
            if self.now is not None:
                step = {"this": 0}.get(modifier, -1 if modifier in BACK else 1)
                year = self.now.year
                if (step < 0 and month >= self.now.month) or (step > 0 and month <= self.now.month):
                    year += step
        if year is None:
            year = self.pick_year(month, None, i)
        return self.found(first, last, of_month(year, month) if year is not None else None)

    def edge(self, i: int) -> int:
        """The first token of a date at `i` with words such as "early", "mid-" or "the end of" before it."""
        j = i
        if self.word(j - 1) in DASHES and self.word(j - 2) == "mid" and j - 2 >= self.floor:
            return j - 2
        if self.left(j, _EDGES):
            return j - 1
        if (
            self.word(j - 1) == "of"
            and self.word(j - 2) in ("end", "beginning", "start", "middle")
            and j - 2 >= self.floor
        ):
            return j - 3 if self.word(j - 3) == "the" else j - 2
        return j

    def digits(self, i: int) -> Found | None:
        """An expression that starts with figures: "9 August 2020", "2020-08-09", "7/8/07", "2016", "the 1990s"."""
        word = self.words[i]
        day = self.day_number(i) or (int(m[1]) if (m := DAY.fullmatch(word)) else None)
        if day is not None:
            j, to = i + 1, None
            if self.word(j) in DASHES or self.word(j) in ("and", "to"):
                match = DAY.fullmatch(self.word(j + 1))
                if match and int(match[1]) > day:
                    j, to = j + 2, int(match[1])
            if self.word(j) == "of":
                j += 1
            if self.is_month(j) and not (
                j == i + 1 and self.day_number(j + 1) is not None and self.year_at(j + 1) is None
            ):
                when, last = self.calendar_date(i, day, j, MONTHS[self.words[j]], to)
                return self.found(i - 1 if self.left(i, frozenset({"the"})) else i, last, when)
        if word == "9/11":
            return self.found(i, i, of_day(date(2001, 9, 11)))
        if match := _SLASHED.fullmatch(word):
            return self._numeric(i, match)
        if len(word) == 10 and word[4] == "-" and (iso := _iso_day(word)):
            return self.found(i, i, of_day(iso))
        if self.word(i + 1) in DASHES and self.word(i + 3) in DASHES and self.year_at(i) is not None:
            iso = _iso_day("-".join((word, self.word(i + 2), self.word(i + 4))))
            if iso:
                return self.found(i, i + 4, of_day(iso))
        return self.plain_year(i) or self.decade(i)

    def _numeric(self, i: int, match: re.Match[str]) -> Found | None:
        """A date in figures alone; where day and month could change places, the reading nearest to the report."""
        a, b, c = (int(part) for part in match.groups())
        if a > 31:
            return self.found(i, i, of_day(day)) if (day := safe_date(a, b, c)) else None
        year = c if c > 99 else 2000 + c if c < 70 else 1900 + c
        readings = [day for m, d in ((a, b), (b, a)) if (day := safe_date(year, m, d))]
        if "." in match[0]:
            readings = readings[-1:] if safe_date(year, b, a) else readings
        if not readings:
            return None
        now = self.now
        best = min(readings, key=lambda day: abs((day - now).days)) if now else readings[0]
        return self.found(i, i, of_day(best)) if now or len(set(readings)) == 1 else None

    def plain_year(self, i: int) -> Found | None:
        """A year on its own ("since 2014", "mid-2011") or a run of years ("2014-16")."""
        match = _YEAR.fullmatch(self.words[i])
        if not match:
            return None
        year, token, before = int(match[1]), self.doc[i], self.word(i - 1)
        if token.ent_type_ != "DATE" and not match[0].startswith("mid"):
            if not 1900 <= year <= 2100 or before not in _YEAR_CUES:
                return None
            if before not in _SURE_CUES and token.ent_type_:
                return None
            if token.dep_ == "nummod" and token.head.i > i and token.head.tag_ == "NNS":
                return None
        elif before in ("$", "€", "£", "no.", "#") or self.word(i + 1) in ("%", "percent", "hours", "gmt"):
            return None
        if self.word(i + 1) in DASHES and self.word(i + 2).isdecimal():
            tail = self.word(i + 2)
            to = int(tail) if len(tail) == 4 else year // 100 * 100 + int(tail) if len(tail) == 2 else 0
            if year < to < year + 100:
                return self.found(i, i + 2, of_years(year, to))
        return self.found(self.edge(i), i, of_year(year))

    def decade(self, i: int) -> Found | None:
        """ "the 1990s", "the late '80s"."""
        match = _DECADE.fullmatch(self.words[i])
        if not match or (len(match[1]) == 2 and self.word(i - 1) not in ("the", "early", "late", "mid", "'", "’")):
            return None
        year = int(match[1])
        if year % 10 or (year < 100 and (self.doc[i].ent_type_ != "DATE" and self.word(i - 1) not in ("'", "’"))):
            return None
        if year < 100:
            year += 1900 if year >= 20 else 2000
        first = i - 1 if self.word(i - 1) in ("'", "’") else i
        first = self.edge(first)
        if self.left(first, frozenset({"the"})):
            first -= 1
        return self.found(first, i, of_years(year, year + 9))


def _iso_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
