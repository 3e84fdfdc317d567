"""Reads weekdays, words such as "yesterday", seasons, holidays and eras off the words of a text."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from whowhom.resolve.date_reader import AHEAD, BACK, DASHES, DAY, DateReader, Found
from whowhom.resolve.date_tense import tense_at
from whowhom.resolve.date_values import (
    SEASONS,
    WEEKDAY_SHORTS,
    WEEKDAYS,
    When,
    holiday,
    holidays,
    of_day,
    of_season,
    of_years,
)

PARTS_OF_DAY = frozenset({"morning", "afternoon", "evening", "night", "noon", "midday"})
SETS = {
    "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "fortnightly": "P2W", "monthly": "P1M", "annual": "P1Y",
    "annually": "P1Y", "yearly": "P1Y", "biennial": "P2Y",
}  # fmt: skip
REFS = {"recently": "PAST_REF", "currently": "PRESENT_REF", "nowadays": "PRESENT_REF", "now": "PRESENT_REF"}
DEICTIC = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_ERAS = frozenset(
    """soviet colonial communist apartheid ottoman imperial fascist nazi tsarist czarist stalinist victorian medieval
    biblical ancient postwar pre-war cold-war maoist francoist roman ming qing meiji""".split()
)
WARS = {
    ("cold", "war"): (1947, 1991), ("world", "war", "ii"): (1939, 1945), ("world", "war", "i"): (1914, 1918),
    ("world", "war", "two"): (1939, 1945), ("world", "war", "one"): (1914, 1918),
    ("second", "world", "war"): (1939, 1945), ("first", "world", "war"): (1914, 1918),
}  # fmt: skip
_NO_NAMES = frozenset({"PERSON", "ORG", "WORK_OF_ART", "FAC", "PRODUCT", "EVENT", "LAW"})


@cache
def holiday_starts() -> dict[str, list[tuple[str, ...]]]:
    """Names of holidays, as tokens, by their first, the longest first."""
    out: dict[str, list[tuple[str, ...]]] = {}
    for name in holidays():
        parts = tuple(name.replace("'s", " 's").replace("s' ", "s ' ").split())
        out.setdefault(parts[0], []).append(parts)
    return {first: sorted(names, key=len, reverse=True) for first, names in out.items()}


class WordReader(DateReader):
    """Reads the expressions that a word of their own gives away."""

    def weekday(self, i: int) -> Found | None:
        """ "on Monday", "last Friday night", "Wednesday, April 11"."""
        token, word = self.doc[i], self.words[i]
        if not token.text[0].isupper():
            return None
        if token.ent_type_ in _NO_NAMES and (token.ent_iob_ == "I" or self._goes_on(i)):
            return None
        number = WEEKDAYS.get(word, WEEKDAY_SHORTS.get(word, -1))
        j = i + 1 + (self.word(i + 1) == ",")
        j += self.word(j) == "the"
        dated = None
        if self.is_month(j) and self.day_number(j + 1) is not None:
            dated = self.month(j)
        elif self.word(j)[:1].isdecimal() and DAY.fullmatch(self.word(j)):
            dated = self.digits(j)
        modifier = self.left(i, BACK, AHEAD, frozenset({"this", "previous", "following", "same"}))
        first = i - 1 if modifier else i
        if dated is not None and dated.when is not None and dated.first <= j:
            return Found(first, dated.last, "date", dated.when, dated.value, dated.past)
        last = i + 1 if self.word(i + 1) in PARTS_OF_DAY else i
        return self.found(first, last, self._weekday_when(i, number, modifier), "date", f"XXXX-WXX-{number + 1}")

    def _weekday_when(self, i: int, number: int, modifier: str) -> When | None:
        now = self.now
        if modifier == "following":
            base = self.told_day()
            return of_day(base + timedelta(days=(number - base.weekday() - 1) % 7 + 1)) if base else None
        if now is None:
            return None
        back = (now.weekday() - number) % 7
        if modifier in BACK or modifier == "previous":
            return of_day(now - timedelta(days=back or 7))
        if modifier in AHEAD:
            return of_day(now + timedelta(days=7 - back))
        if modifier == "this" and number >= now.weekday():
            return of_day(now + timedelta(days=number - now.weekday()))
        if back and tense_at(self.doc, i) == "future":
            return of_day(now + timedelta(days=7 - back))
        return of_day(now - timedelta(days=back))

    def _goes_on(self, i: int) -> bool:
        return i + 1 < self.size and self.doc[i + 1].ent_iob_ == "I"

    def deictic(self, i: int) -> Found | None:
        """ "today", "yesterday morning", "tomorrow"."""
        word = self.words[i]
        if self.doc[i].ent_type_ == "ORG" and self.doc[i].text[0].isupper():
            return None
        days = DEICTIC[word]
        first, last = i, i + 1 if self.word(i + 1) in PARTS_OF_DAY else i
        if self.word(i - 1) in ("before", "after") and self.word(i - 2) == "day" and days:
            days *= 2
            first = i - 3 if self.word(i - 3) == "the" else i - 2
        when = of_day(self.now + timedelta(days=days)) if self.now else None
        return self.found(first, last, when, "date", "PRESENT_REF" if when is None and not days else None)

    def part_of_day(self, i: int) -> Found | None:
        """ "this morning", "last night"."""
        before = self.left(i, frozenset({"this", "last"}))
        if not before:
            return None
        when = of_day(self.now - timedelta(days=before == "last")) if self.now else None
        return self.found(i - 1, i, when)

    def season(self, i: int) -> Found | None:
        """ "last summer", "the winter of 2014", "spring 2018"."""
        word = self.words[i]
        before = self.left(i, BACK, AHEAD, frozenset({"this"}))
        year, last = self.year_after(i)
        if year is not None:
            first = self.edge(i)
            first -= self.left(first, frozenset({"the"})) == "the"
            return self.found(first, last, of_season(year, word))
        if not before or self.doc[i].pos_ == "VERB" or self.now is None:
            return None
        begin = SEASONS[word][1]
        year = self.now.year - (word == "winter" and self.now.month < 3)
        if before in BACK and begin + 2 >= self.now.month and word != "winter":
            year -= 1
        elif before in BACK and word == "winter":
            year -= self.now.month >= 12 or self.now.month < 3
        elif before in AHEAD and begin <= self.now.month:
            year += 1
        return self.found(i - 1, i, of_season(year, word))

    def holiday(self, i: int) -> Found | None:
        """ "on Christmas Day", "Easter Sunday 2019"."""
        if not self.doc[i].text[0].isupper() or self.doc[i].ent_type_ in ("PERSON", "ORG", "GPE"):
            return None
        for parts in holiday_starts()[self.words[i]]:
            n = len(parts)
            if tuple(self.words[i : i + n]) != parts:
                continue
            if n == 1 and i + 1 < self.size and self.doc[i].dep_ == "compound":
                return None  # "Easter Island", "Christmas market"
            last = i + n - 1
            year, last = self.year_after(last)
            name = " ".join(parts).replace(" 's", "'s").replace("s ' ", "s' ")
            if year is None and self.now is not None:
                middle = holiday(name, self.now.year)
                modifier = self.left(i, BACK, AHEAD)
                year = self.pick_year(middle.month, middle.day, i) if middle else None
                if middle and modifier in BACK and middle >= self.now:
                    year = self.now.year - 1
            day = holiday(name, year) if year is not None else None
            return self.found(i, last, of_day(day) if day else None)
        return None

    def marked(self, i: int) -> Found | None:
        """Words that stand for a repetition or for now: "annual", "recently"."""
        word = self.words[i]
        if word in SETS:
            return Found(i, i, "set", value=SETS[word]) if self.doc[i].text.islower() else None
        if word == "now" and (self.word(i + 1) == "that" or self.word(i - 1) in ("until", "for", "from", "by")):
            return None
        first = i - 1 if self.left(i, frozenset({"more", "most"})) else i
        return Found(first, i, "ref", value=REFS[word])

    def era(self, i: int) -> Found | None:
        """ "the Soviet era", "colonial times": the past, without a date."""
        j = i - 1
        if self.word(j) in DASHES:
            j -= 1
        if j < self.floor or not (self.word(j) in _ERAS or (self.words[i] == "era" and self._is_name(j))):
            return None
        first = j - 1 if self.left(j, frozenset({"the"})) else j
        return Found(first, i, "ref", value="PAST_REF", past=True)

    def _is_name(self, j: int) -> bool:
        token = self.doc[j]
        return token.text[0].isupper() and token.pos_ in ("PROPN", "ADJ") and token.text.lower() not in ("new", "this")

    def war(self, i: int) -> Found | None:
        """ "World War II", "the Cold War": years that everybody knows."""
        for names, (start, end) in WARS.items():
            if tuple(self.words[i : i + len(names)]) == names and self.doc[i].text[0].isupper():
                first = i - 1 if self.left(i, frozenset({"the"})) else i
                when = of_years(start, end)
                return Found(first, i + len(names) - 1, "ref", when, when.value, True)
        return None
