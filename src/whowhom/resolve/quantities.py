"""How many and how much: the numbers of a report with their bounds, their unit, and the noun that they count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from whowhom.parse import Parsed
from whowhom.records import Magnitude
from whowhom.resolve.currencies import DASHES, MoneyReader, currencies
from whowhom.resolve.date_values import UNITS
from whowhom.resolve.dates import TimeMention, find_times
from whowhom.resolve.number_words import Number, read_number, starters

Unit = Literal["count", "money", "duration", "percent", "age", "ordinal", "other"]
Bound = Literal["low", "high", "both"]
_BOTH: Bound = "both"

# Words before a number and the bound that they make of it, the longest first.
_BEFORE: dict[str, tuple[tuple[tuple[str, ...], Bound], ...]] = {}
for _words, _bound in (
    ("more than", "low"), ("no fewer than", "low"), ("no less than", "low"), ("not less than", "low"), ("over", "low"),
    ("above", "low"), ("at least", "low"), ("upwards of", "low"), ("in excess of", "low"), ("a minimum of", "low"),
    ("exceeding", "low"), ("beyond", "low"), ("well over", "low"), ("far more than", "low"), ("greater than", "low"),
    ("nearly", "high"), ("almost", "high"), ("close to", "high"), ("just under", "high"), ("under", "high"),
    ("less than", "high"), ("fewer than", "high"), ("up to", "high"), ("as many as", "high"), ("as much as", "high"),
    ("at most", "high"), ("no more than", "high"), ("not more than", "high"), ("a maximum of", "high"),
    ("below", "high"), ("approaching", "high"), ("nearing", "high"), ("just over", "low"),
    ("about", "both"), ("around", "both"), ("approximately", "both"), ("roughly", "both"), ("some", "both"),
    ("an estimated", "both"), ("circa", "both"), ("exactly", "both"), ("only", "both"), ("just", "both"),
    ("nearly half a", "high"), ("as few as", "both"), ("a total of", "both"), ("~", "both"),
):  # fmt: skip
    _parts = tuple(_words.split())
    _BEFORE[_parts[-1]] = (*_BEFORE.get(_parts[-1], ()), (_parts, _bound))  # type: ignore[arg-type]
for _last, _entries in _BEFORE.items():
    _BEFORE[_last] = tuple(sorted(_entries, key=lambda entry: -len(entry[0])))

_MEASURES = frozenset(
    """km kilometer kilometers kilometre kilometres mile miles meter meters metre metres m cm mm foot feet inch inches
    yard yards acre acres hectare hectares kg kilogram kilograms kilo kilos gram grams g ton tons tonne tonnes
    litre litres liter liters gallon gallons barrel barrels degree degrees watt watts megawatt megawatts mw gw kilowatt
    kilowatts gigawatts mph kph kmh knots bushel bushels ounce ounces magnitude caliber mm calibre basis gb mb
    points point""".split()
)
_PERCENT = frozenset({"%", "percent", "pct"})
_TITLE_NOUNS = frozenset(
    """no. no number article section chapter page paragraph clause rule resolution law act bill amendment route highway
    flight room channel block phase grade article level version step part day week group g- number-""".split()
)
_FRACTIONS = frozenset(
    {"third", "thirds", "quarter", "quarters", "fifth", "fifths", "half", "halves", "tenth", "tenths"}
)
_NAMED = frozenset({"PERSON", "ORG", "LAW", "WORK_OF_ART", "FAC", "PRODUCT", "EVENT", "LOC", "GPE"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at tokens `first` to `last`, both included, with the words that bound it and its unit.

    A bound is None where the words leave it open. `noun` is the index of the noun that is counted. A duration's bounds
    are in the unit that the words name ("six years": 6), money's are whole units of `currency` (ISO 4217).
    """

    first: int
    last: int
    low: float | None
    high: float | None
    unit: Unit
    currency: str | None = None
    noun: int | None = None


def magnitude(parsed: Parsed, quantity: Quantity) -> Magnitude:
    """The record of a quantity, with the exact words of the article."""
    start, end = parsed.span(quantity.first, quantity.last)
    text = parsed.article.text[start:end]
    if parsed.doc[quantity.last].lower_ == "m.":
        text = text.removesuffix(".")
    return Magnitude(quantity.low, quantity.high, text, quantity.currency)


def find_quantities(parsed: Parsed, times: Sequence[TimeMention] | None = None, dollar: str = "USD") -> list[Quantity]:
    """The quantities of a text in order; numbers that are part of dates or names are none.

    Args:
        parsed: the text.
        times: its time expressions where they are known already.
        dollar: the currency that a bare "$" or "dollars" stands for.
    """
    doc = parsed.doc
    dates: set[int] = set()
    for time in find_times(parsed) if times is None else times:
        if time.kind in ("date", "ref"):
            dates.update(range(time.first, time.last + 1))
    reader = _Reader(doc, dates, dollar)
    out: list[Quantity] = []
    begin = starters()
    i = 0
    while i < reader.size:
        word = reader.words[i]
        if i in dates or not (word in begin or word[:1].isdecimal() or reader.has_symbol(i)):
            i += 1
            continue
        found = reader.quantity(i, out[-1].last + 1 if out else 0)
        if found is None:
            i += 1
            continue
        out.append(found)
        i = found.last + 1
    return out


class _Reader(MoneyReader):
    # -- one quantity -------------------------------------------------------------

    def quantity(self, i: int, floor: int) -> Quantity | None:
        """The quantity whose number starts at `i`; words before `floor` belong to the one before."""
        glued = self.glued(i) if self.has_symbol(i) else None
        number = glued[1] if glued else read_number(self.words, i)
        if number is None or (number.end == i + 1 and self._is_no_number(i)):
            return None
        if any(k in self.dates for k in range(i, number.end)):
            return None
        low, high, end, start = number.low, number.high, number.end, i
        currency = (glued[0], i) if glued else self.currency_before(i)
        if glued and self.word(i - 1) == "$":
            currency = (glued[0], i - 1)
        code: str | None = None
        if currency is not None and currency[1] >= floor:
            code, start = currency
        elif self.doc[i].ent_type_ in _NAMED and (self.doc[i].ent_iob_ == "I" or self._named_on(i, end)):
            return None
        second = self._range_end(i, start, end, low, high)
        if second is not None:
            high, end = second.high, second.end
            if low * 1000 <= high and number.end == i + 1 and code is not None:
                low *= 10 ** (3 * ((len(str(int(high))) - len(str(int(low)))) // 3))
        between = second is not None and self.word(start - 1) in ("between", "from") and start - 1 >= floor
        first, bound = self._bound_before(start, floor) if not between else (start - 1, _BOTH)
        if code is None and (after := self.currency_after(end)) is not None:
            code, end = after
        unit, last, noun = self._unit(i, end, code)
        bound, last = self._bound_after(last, bound)
        if unit == "count" and noun is None and self._alone(first, last, number):
            return None
        if number.vague and bound != "both":
            low, high = (low, low) if bound == "low" else (high, high)
        bottom = None if bound == "high" else low
        top = None if bound == "low" else high
        return Quantity(first, last, bottom, top, unit, code, noun)

    def _is_no_number(self, i: int) -> bool:
        """Whether "one", "second", "0" and so on at `i` is a pronoun, or figures that name and do not count."""
        token, word = self.doc[i], self.words[i]
        if word == "one":
            return (
                token.dep_ != "nummod"
                or token.pos_ == "PRON"
                or self.word(i - 1) in ("no", "any", "every", "the", "this")
                or self.word(i + 1) in DASHES
            )
        if word == "zero" or (word == "few" or word == "a") or word in ("tens",):
            return word != "tens"
        before = self.word(i - 1)
        if before in _TITLE_NOUNS and word[:1].isdecimal():
            return self.doc[i - 1].text[0].isupper() or before.endswith(".")
        named = i > 0 and self.doc[i - 1].pos_ == "PROPN" and not self.dates & {i - 1}
        if named and token.dep_ in ("nummod", "appos") and token.head.i == i - 1:  # "Boeing 747"
            return True
        if before == "of" and i > 1 and self.doc[i - 2].pos_ == "PROPN" and token.dep_ == "pobj":  # "Group of 20"
            return True
        if self.word(i + 1) == "block" and self.word(i + 2) in ("of", "on"):  # "the 400 block of Main Street"
            return True
        if (self.word(i + 1) in DASHES and self.word(i + 2) in _FRACTIONS) or self.word(i + 1) in _FRACTIONS:
            return True
        return bool(
            word[:1].isdecimal() and (":" in word or self.word(i + 1) in ("p.m.", "a.m.", "pm", "am", "gmt", "o'clock"))
        )

    def _named_on(self, i: int, end: int) -> bool:
        return end < self.size and self.doc[end].ent_iob_ == "I" and self.doc[i].ent_type_ == self.doc[end].ent_type_

    def _range_end(self, i: int, start: int, end: int, low: float, high: float) -> Number | None:
        """The second number of "30 to 40", "5-10", "between 5 and 10"."""
        joint = self.word(end)
        if not (joint in DASHES or joint in ("to", "and", "or")) or end + 1 >= self.size:
            return None
        if joint == "and" and self.word(start - 1) != "between":
            return None
        j = end + 1
        if self.doc[j].text in currencies().symbols and not self.doc[j].text[:1].isalnum():
            j += 1
        if j in self.dates or j >= self.size:
            return None
        other = read_number(self.words, j)
        if other is None or self.word(j) in ("a", "an"):
            return None
        if joint == "or" and not (other.high == high + 1 and low == high):
            return None
        if other.low <= high:
            return None
        return other

    def _bound_before(self, start: int, floor: int) -> tuple[int, Bound]:
        word = self.word(start - 1)
        for parts, bound in _BEFORE.get(word, ()):
            first = start - len(parts)
            if first >= floor and tuple(self.words[first:start]) == parts:
                if parts == ("over",) and self.doc[start - 1].dep_ == "prep" and self._is_time(start):
                    return start, "both"
                if parts == ("some",) and first - 1 >= floor and self.word(first - 1) in ("in",):
                    return first, "both"
                return first, bound
        return start, "both"

    def _is_time(self, i: int) -> bool:
        return any(self.word(k) in UNITS for k in range(i, i + 4))

    def _bound_after(self, last: int, bound: Bound) -> tuple[Bound, int]:
        after, then = self.word(last + 1), self.word(last + 2)
        if self.word(last).endswith("+"):
            return "low", last
        if after == "+" or after == "plus":
            return "low", last + 1
        if after == "or" and then in ("more", "so", "less", "fewer"):
            return ("low" if then == "more" else "both" if then == "so" else "high"), last + 2
        if after == "and" and then in ("more", "counting"):
            return "low", last + 2
        return bound, last

    def _unit(self, i: int, end: int, code: str | None) -> tuple[Unit, int, int | None]:
        """The unit of a number up to `end`, the last token that belongs to it, and the noun counted."""
        if code is not None:
            return "money", end - 1, None
        word = self.word(end)
        after = self.word(end + 1)
        if word in _PERCENT:
            return "percent", end, None
        if word == "per" and after == "cent":
            return "percent", end + 1, None
        if word == "percentage" and after.startswith("point"):
            return "percent", end + 1, None
        joined = word in DASHES
        k = end + joined
        unit = self.word(k)
        if unit in UNITS and unit not in ("second", "quarter", "quarters") and not (unit in ("min", "hr") and joined):
            tail = self.word(k + 1)
            if (
                tail == "old"
                or tail == "olds"
                or (tail in DASHES and self.word(k + 2) == "old")
                or (tail == "of" and self.word(k + 2) == "age")
            ):
                return "age", k, None
            return "duration", k, None
        if self.word(i - 1) in ("aged", "age", "ages") or self._is_age(i, end):
            return "age", end - 1, None
        if unit in _MEASURES and not (
            unit in ("points", "point", "foot", "m", "g") and joined is False and unit != "foot"
        ):
            return "other", k if joined else end, None
        if self.word(end - 1)[-2:] in ("st", "nd", "rd", "th") and self.word(i)[:1].isdecimal():
            return "ordinal", end - 1, None
        more = end - 1
        if word in ("more", "others", "other") and not joined:
            more = end if word != "other" else end - 1
        return "count", more, self._noun(i, end)

    def _is_age(self, i: int, end: int) -> bool:
        """ ", 45," behind a person's name."""
        return (
            self.word(i - 1) == ","
            and self.word(end) in (",", ".", ";", ")")
            and i >= 2
            and self.doc[i - 2].ent_type_ == "PERSON"
            and end == i + 1
            and self.words[i].isdecimal()
            and len(self.words[i]) <= 3
        )

    def _noun(self, i: int, end: int) -> int | None:
        """The noun that a number counts: "7,000 people", "dozens of protesters", "10,000-strong crowd"."""
        doc = self.doc
        if self.word(end) == "of":
            k = end + 1
            while k < self.size and k < end + 7:
                token = doc[k]
                if token.pos_ in ("NOUN", "PROPN", "PRON") and token.dep_ not in ("compound", "poss", "nmod"):
                    return k if token.pos_ != "PRON" else None
                if token.pos_ in ("VERB", "PUNCT") and token.dep_ not in ("amod", "punct"):
                    return None
                k += 1
            return None
        head = doc[end - 1]
        for _ in range(4):
            if head.dep_ not in (
                "nummod",
                "quantmod",
                "compound",
                "amod",
                "nmod",
                "npadvmod",
                "pobj",
                "conj",
                "advmod",
            ):
                break
            if head.dep_ in ("pobj", "conj") and head.head.i < i:
                break
            if head.dep_ in ("npadvmod", "advmod") and head.head.pos_ not in ("NOUN", "ADJ", "NUM"):
                break
            head = head.head
        if (
            end <= head.i < end + 8
            and head.pos_ in ("NOUN", "PROPN")
            and not {"(", ")", ";", ":"} & set(self.words[end : head.i])
        ):
            return head.i
        for k in range(end, min(end + 5, self.size)):
            token = doc[k]
            if token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "poss"):
                return k if token.tag_ in ("NNS", "NNPS") or token.lower_ in ("people", "police", "dead") else None
            if token.pos_ not in ("ADJ", "NOUN", "PROPN", "VERB", "PUNCT", "NUM") or token.text in ",.;:()":
                break
            if token.pos_ == "VERB" and token.dep_ != "amod":
                break
        return None

    def _alone(self, first: int, last: int, number: Number) -> bool:
        """Whether a number without a noun counts nobody: a score, a code, a list mark, a year that is no date."""
        token = self.doc[last]
        if number.vague or (first < number.end - 1 and self.words[first] in ("more", "at", "nearly", "about", "over")):
            return False
        if token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "conj", "attr", "oprd", "nummod", "quantmod"):
            after = self.word(last + 1)
            return (
                after in DASHES
                or (after == "." and self.word(last + 2)[:1].isdecimal())
                or (number.low == number.high and 1900 <= number.low <= 2100 and token.dep_ == "pobj")
            )
        return self.word(last) not in ("more", "others")
