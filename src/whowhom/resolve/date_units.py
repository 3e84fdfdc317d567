"""Time expressions built on a unit: "two weeks ago", "last month", "a year later", "in the days after the vote"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from whowhom.resolve.date_reader import AHEAD, BACK, DASHES, Found
from whowhom.resolve.date_tense import tense_at
from whowhom.resolve.date_values import (
    MONTHS,
    SEASONS,
    UNITS,
    WEEKDAY_SHORTS,
    WEEKDAYS,
    When,
    around,
    iso_parts,
    length,
    of_day,
    of_days,
    of_month,
    of_quarter,
    of_year,
    of_years,
    safe_date,
    shift,
)
from whowhom.resolve.date_words import DEICTIC, PARTS_OF_DAY, REFS, SETS, WARS, WordReader, holiday_starts
from whowhom.resolve.number_words import Number, read_number

_HEDGES = frozenset(
    "almost nearly about around over roughly approximately some another just only at least than".split()
)
_EARLIER = frozenset({"earlier", "before", "previously", "prior"})
_LATER = frozenset({"later", "after", "afterwards", "afterward"})
_VAGUE = frozenset({"several", "few", "many", "some", "couple", "recent", "more"})
_FROM_TOLD = {"previous": -1, "preceding": -1, "following": 1, "next": 1, "same": 0, "that": 0}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_CENTURIES = {
    name: k
    for k, name in enumerate(
        """fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth
        seventeenth eighteenth nineteenth twentieth""".split(),
        5,
    )
}


class UnitReader(WordReader):
    """Reads the expressions whose last or middle word is a unit of time."""

    def unit(self, i: int) -> Found | None:
        """The expression around the unit word at `i`, None where the word is no time ("Day", "quarters")."""
        word = self.words[i]
        token = self.doc[i]
        if token.text[0].isupper() and not token.is_sent_start and token.ent_type_ not in ("DATE", "TIME"):
            return None
        j = i - 1
        joined = self.word(j) in DASHES
        if joined:
            j -= 1
        if j < self.floor - (not joined) and j < 0:
            return None
        letter, size = UNITS[word]
        if word in ("century", "centuries"):
            return self._century(i, j)
        number = self._number_before(j)
        if number is not None:
            start, value = number
            return self._counted(i, start, value, letter, size, joined)
        if word in ("second", "min", "hr", "yr", "minute", "hour", "quarters"):
            return None
        if self.word(i + 1) in DASHES and self.word(i + 2) == "long" and not joined:
            return Found(i, i + 2, "duration", value=length(None if word.endswith("s") else 1, letter, size))
        if joined:
            return None
        if self.word(j) in ("a", "an", "one"):
            return self._single(i, j, letter, size)
        return self._determined(i, j, letter, size)

    def _number_before(self, j: int) -> tuple[int, Number] | None:
        """The number whose last word is at `j`, and its first word."""
        best: tuple[int, Number] | None = None
        for start in range(j, max(self.floor, j - 6) - 1, -1):
            word = self.words[start]
            number = read_number(self.words, start) if word != "second" else None
            if number is None:
                if start == j and word != "half":
                    return None
                continue
            if number.end == j + 1:
                best = (start, number)
            elif best is not None:
                break
        return best

    # -- with a number ------------------------------------------------------------------------------------------------

    def _counted(self, i: int, start: int, number: Number, letter: str, size: int, joined: bool) -> Found | None:
        after = self.word(i + 1)
        if after == "old" or (after in DASHES and self.word(i + 2) == "old") or after == "olds":
            return None
        count = None if number.vague or number.low != number.high else number.low
        last = i + 2 if after in DASHES and self.word(i + 2) == "long" else i
        first = self._hedge(start)
        value = length(count, letter, size)
        steps = (count or 0) * size
        if joined:
            return Found(first, last, "duration", value=value)
        if after == "ago":
            return self._ago(first, i + 1, letter, steps, count)
        relative = self._relative(i, first, letter, steps, count)
        if relative is not None:
            return relative
        before = self.word(start - 1) if start - 1 >= self.floor else ""
        if before in ("in", "within") and steps and letter in "DWM" and self.now and tense_at(self.doc, i) == "future":
            return Found(first, last, "date", self._at_precision(shift(self.now, letter, steps), letter), past=False)
        if before in BACK or before in AHEAD or before in ("previous", "preceding", "first", "final", "following"):
            first = start - 1 - (self.word(start - 2) == "the" and start - 2 >= self.floor)
            span = self._stretch(letter, steps, before) if count is not None else None
            return Found(first, last, "duration", span, value, True if before in BACK and span else None)
        return Found(first, last, "duration", value=value)

    def _hedge(self, start: int) -> int:
        first = start
        while first - 1 >= self.floor and self.word(first - 1) in _HEDGES:
            first -= 1
        if self.word(first) == "than":
            first = first - 1 if self.word(first - 1) in ("more", "less", "longer") else first + 1
        if self.word(first) == "least":
            first = first - 1 if self.word(first - 1) == "at" else first + 1
        return first + 1 if self.word(first) == "at" and self.word(first + 1) != "least" else first

    def _ago(self, first: int, last: int, letter: str, steps: float, count: float | None) -> Found:
        long_ago = letter == "Y" and (count is None or steps >= 2)
        if self.now is None or count is None:
            return Found(first, last, "ref", value="PAST_REF", past=True if long_ago else None)
        day = shift(self.now, letter, -steps)
        if day is None:
            return Found(first, last, "ref", value="PAST_REF", past=True)
        if letter == "Y" and steps != int(steps):
            return self.found(first, last, of_month(day.year, day.month))
        if letter == "W" and count > 1:
            return self.found(first, last, around(day, "W", 1))
        return self.found(first, last, of_day(day) if letter in "DWhms" else around(day, letter, 1))

    def _stretch(self, letter: str, steps: float, direction: str) -> When | None:
        """The run of days that "the past three weeks" covers."""
        if (
            self.now is None
            or letter in "hmsE"
            or direction in ("previous", "preceding", "first", "final", "following")
        ):
            return None
        ahead = direction in AHEAD
        other = shift(self.now, letter, steps if ahead else -steps)
        if other is None:
            return None
        early, late = (self.now, other) if ahead else (other, self.now)
        if letter == "Y":
            return of_years(early.year, late.year) if late.year > early.year else of_year(early.year)
        if letter in "MQ":
            start, end = of_month(early.year, early.month).start, of_month(late.year, late.month).start
            return When(start, end, f"{start}/{end}")
        return of_days(early, late)

    def _relative(self, i: int, first: int, letter: str, steps: float, count: float | None) -> Found | None:
        """ "two days later", "a week after the vote", "three months before Friday's summit"."""
        after = self.word(i + 1)
        if after in ("from", "hence") and (after == "hence" or self.word(i + 2) == "now"):
            day = shift(self.now, letter, steps) if self.now and count is not None else None
            return self.found(first, i + 1 + (after == "from"), self._at_precision(day, letter))
        if after not in _EARLIER and after not in _LATER:
            return None
        sign = -1 if after in _EARLIER else 1
        if after in ("earlier", "later", "afterwards", "afterward", "previously") or self._closes(i + 2):
            base = self._told_base(letter)
            day = shift(base, letter, sign * steps) if base and count is not None else None
            if day is None:
                return Found(first, i + 1, "ref", value="PAST_REF" if sign < 0 else "FUTURE_REF")
            return self.found(first, i + 1, self._at_precision(day, letter))
        return self.counted_from(i, first, letter, sign * steps if count is not None else 0)

    def _closes(self, j: int) -> bool:
        """Whether the clause ends at `j`, so that nothing follows to count from."""
        return j >= self.size or self.word(j) in (
            ".",
            ",",
            ";",
            ")",
            '"',
            "”",
            "and",
            "but",
            "when",
            "in",
            "at",
            "on",
            "as",
        )

    def counted_from(self, i: int, first: int, letter: str, steps: float) -> Found:
        """A time counted from what the words behind `i + 1` name: a date there, or an event for the second reading."""
        j = i + 2
        told, floor = self.told, self.floor
        for k in range(j, min(j + 3, self.size)):
            self.floor = k
            other = self.simple(k)
            if other is not None and other.when is not None and other.when.start and len(other.when.start) == 10:
                self.floor = floor
                day = shift(date.fromisoformat(other.when.start), letter, steps) if steps else None
                if day is not None and other.first <= k:
                    return self.found(first, other.last, self._at_precision(day, letter))
            self.told, self.floor = told, floor
            if self.word(k) not in ("the", "last", "next", "this"):
                break
        event = self._event_after(i + 1)
        value = length(abs(steps), letter, 1) if steps else None
        return Found(first, i, "ref", value=value, event=event, unit=letter, count=steps)

    def _event_after(self, i: int, clause: bool = True) -> int | None:
        """The head of what the word "after" or "before" at `i` introduces: a noun behind it, or its clause's verb."""
        marker = self.doc[i]
        if clause and marker.dep_ == "mark":
            return int(marker.head.i)
        k = i + 1
        while k < self.size and self.doc[k].pos_ in ("DET", "ADJ", "NUM", "PRON", "PART", "PROPN") and k < i + 6:
            k += 1
        while k + 1 < self.size and self.doc[k].pos_ == "NOUN" and self.doc[k + 1].pos_ == "NOUN":
            k += 1
        if k < self.size and self.doc[k].pos_ == "NOUN":
            return k
        return next((int(c.i) for c in marker.children if c.dep_ in ("pobj", "pcomp")), None)

    def simple(self, i: int) -> Found | None:
        """The calendar date or weekday that starts at `i`."""
        word = self.words[i]
        if word[:1].isdecimal():
            return self.digits(i)
        table = triggers().get(word)
        return getattr(self, table)(i) if table in ("month", "weekday", "deictic", "holiday") else None

    def _told_base(self, letter: str) -> date | None:
        """The time told last as a day, where it is at least as fine as the unit."""
        if self.told is None or self.told.start is None:
            return self.now
        parts = iso_parts(self.told.start)
        if len(parts) < {"Y": 1, "M": 2, "Q": 2}.get(letter, 3):
            return None
        return safe_date(*parts, *(1, 1, 1)[len(parts) :])

    def _at_precision(self, day: date | None, letter: str) -> When | None:
        if day is None:
            return None
        coarse = len(iso_parts(self.told.start)) if self.told and self.told.start and letter in "YMQ" else 3
        if letter == "Y":
            return of_year(day.year) if coarse == 1 else of_month(day.year, day.month)
        if letter in "MQ":
            return of_month(day.year, day.month)
        return of_day(day)

    # -- without a number ---------------------------------------------------------------------------------------------

    def _single(self, i: int, j: int, letter: str, size: int) -> Found | None:
        """ "a week ago", "a year" (as a rate or a length), "one day"."""
        after, before = self.word(i + 1), self.word(j - 1)
        if after == "old" or after in DASHES or letter == "Q":
            return None
        if after == "ago":
            return self._ago(j, i + 1, letter, size, 1)
        first = j - 1 if before in ("just", "about", "almost", "nearly", "only") and j - 1 >= self.floor else j
        relative = self._relative(i, first, letter, size, 1)
        if relative is not None:
            return relative
        if self.word(j) != "one" and (
            before in ("times", "once", "twice", "percent", "%", "dollars", "euros", "people")
            or before[:1].isdecimal()
            or before in ("million", "billion", "thousand")
        ):
            return Found(j, i, "set", value=length(1, letter, size))
        if (self.word(j) == "one" and letter == "D") or letter == "E":
            return None
        return Found(first, i, "duration", value=length(1, letter, size))

    def _determined(self, i: int, j: int, letter: str, size: int) -> Found | None:
        """ "last week", "the day before", "this year", "recent months", "the end of the year", "every day"."""
        word, det = self.words[i], self.word(j) if j >= self.floor else ""
        plural = word.endswith("s") and word != "s"
        if det in ("each", "every", "per"):
            return Found(j, i, "set", value=length(1, letter, size))
        if plural:
            return self._plural(i, j, det, letter, size)
        the = j - 1 >= self.floor and self.word(j - 1) == "the"
        if det == "last" and word == "night":
            return self.part_of_day(i)
        if word == "night":
            return None
        if det in _ORDINALS and letter == "Q":
            year, last = self.year_after(i)
            year = year or (self.now.year if self.now else None)
            when = of_quarter(year, _ORDINALS[det]) if year else None
            return self.found(j - the, last, when)
        if det in ("past", "last") and (the or det == "past"):
            if letter == "Q":
                return self._calendar(i, j - the, letter, size, -1)
            when = self._stretch(letter, size, det)
            return Found(j - the, i, "duration", when, length(1, letter, size), True if when else None)
        if det in _FROM_TOLD and (the or det in ("that", "same")) and letter in "DWMY":
            return self._from_told(i, j - the, letter, size, _FROM_TOLD[det])
        if det == "last":
            return self._calendar(i, j, letter, size, -1)
        if det in AHEAD:
            return self._calendar(i, j - the, letter, size, 1)
        if det in ("this", "current"):
            return self._calendar(i, j - (the and det == "current"), letter, size, 0)
        if det == "the":
            return self._with_the(i, j, letter, size)
        return None

    def _calendar(self, i: int, first: int, letter: str, size: int, step: int) -> Found:
        """The unit of the calendar before, at or after the report: "last month", "earlier this week"."""
        modifier = self.word(first - 1) if first - 1 >= self.floor else ""
        if modifier in ("earlier", "later"):
            first -= 1
        else:
            first = self.edge(first)
        if self.now is None:
            return Found(first, i, "date", value="PAST_REF" if step < 0 else "FUTURE_REF" if step else "PRESENT_REF")
        day = shift(self.now, letter, step * size)
        when = around(day, letter, size) if day else None
        if when and when.start and when.end and letter in "WE" and step == 0 and modifier in ("earlier", "later"):
            begin, end = date.fromisoformat(when.start), date.fromisoformat(when.end)
            if modifier == "earlier" and begin < self.now:
                when = of_days(begin, self.now - timedelta(days=1), when.value)
            elif modifier == "later" and self.now < end:
                when = of_days(self.now + timedelta(days=1), end, when.value)
        result = self.found(first, i, when)
        if step == 0 and modifier == "earlier":
            return Found(first, i, "date", when, result.value, True)
        return result

    def _from_told(self, i: int, first: int, letter: str, size: int, step: int) -> Found | None:
        """ "the next day", "the same week", "the previous year", from the time told last."""
        base = self._told_base(letter)
        if base is None:
            return Found(first, i, "ref")
        day = shift(base, letter, step * size)
        return self.found(first, i, around(day, letter, size) if day else None)

    def _with_the(self, i: int, j: int, letter: str, size: int) -> Found | None:
        """ "the day before", "the day after the vote", "the end of the month"."""
        after = self.word(i + 1)
        if after in ("before", "after", "earlier") and letter in "DWMY":
            steps = -size if after in _EARLIER else size
            if after == "earlier" or self._closes(i + 2):
                base = self._told_base(letter)
                day = shift(base, letter, steps) if base else None
                return self.found(j, i + 1, around(day, letter, size) if day else None)
            if self.word(i + 2) in ("yesterday", "tomorrow"):
                return None  # read at that word
            return self.counted_from(i, j, letter, steps)
        first = self.edge(j)
        if first < j and letter in "WMYQ":
            when = around(self.now, letter, size) if self.now else None
            return self.found(first, i, when)
        return None

    def _plural(self, i: int, j: int, det: str, letter: str, size: int) -> Found | None:
        """ "recent weeks", "the past few months", "decades of war", "in the days after the vote"."""
        value = length(None, letter, size)
        after = self.word(i + 1)
        if after == "old":
            return None
        if after == "ago":
            return Found(
                j if det in _VAGUE else i, i + 1, "ref", value="PAST_REF", past=True if letter == "Y" else None
            )
        first = i
        if det in _VAGUE:
            first = j
            if self.word(first - 1) in ("a", "of") and first - 1 >= self.floor:
                first -= 1
        elif det == "the":
            first = j
        before = self.word(first - 1) if first - 1 >= self.floor else ""
        if det in BACK or det in AHEAD or det == "recent" or before in BACK or before in AHEAD:
            first = first if det == "recent" else j if det in BACK or det in AHEAD else first - 1
            if self.word(first - 1) == "the" and first - 1 >= self.floor:
                first -= 1
            ahead = det in AHEAD or before in AHEAD
            return Found(first, i, "ref" if det != "few" else "duration", value="FUTURE_REF" if ahead else "PAST_REF")
        if after in ("after", "since", "following", "before", "until"):
            sign = -1 if after in ("before", "until") else 1
            event = self._event_after(i + 1, clause=False)
            return Found(first, i, "ref", event=event, unit="near" + letter, count=sign)
        last = i + 2 if after in DASHES and self.word(i + 2) == "long" else i
        if (det == "the" and self.word(j - 1) != "over") or self.words[i] in ("seconds", "quarters", "nights"):
            return None
        if first == i and self.words[i] == "days" and after == "of":
            return None
        return Found(first, last, "duration", value=value)

    def _century(self, i: int, j: int) -> Found | None:
        word = self.word(j)
        number = _CENTURIES.get(word) or (
            int(word[:-2]) if word[:-2].isdecimal() and word[-2:] in ("st", "nd", "rd", "th") else 0
        )
        if self.word(j) in ("first", "second") or not 0 < number < 30:
            if self.words[i] == "century" and self.word(i - 1) in ("a", "this", "last", "next", "the"):
                return self._single(i, i - 1, "Y", 100) if self.word(i - 1) == "a" else None
            return None
        first = self.edge(j)
        first -= self.left(first, frozenset({"the"})) == "the"
        when = of_years(100 * number - 100, 100 * number - 1)
        return Found(first, i, "date", when, when.value, True if number < 21 else None)


_HANDLERS: tuple[tuple[str, Iterable[str]], ...] = (
    ("unit", UNITS),
    ("season", SEASONS),
    ("part_of_day", PARTS_OF_DAY - {"night", "noon", "midday"}),
    ("marked", (*SETS, *REFS)),
    ("era", ("era", "times")),
    ("war", {names[0] for names in WARS}),
    ("month", MONTHS),
    ("weekday", (*WEEKDAYS, *WEEKDAY_SHORTS)),
    ("deictic", DEICTIC),
)
TRIGGERS: dict[str, str] = {word: handler for handler, words in _HANDLERS for word in words}


@cache
def triggers() -> dict[str, str]:
    """For each lower-case word that an expression is read from, the method that reads it."""
    return dict.fromkeys(holiday_starts(), "holiday") | TRIGGERS
