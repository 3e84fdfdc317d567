"""When: the time expressions of a report, worked out against its day of publication, and dates that a user gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from spacy.tokens import Token

from whowhom.errors import DateError
from whowhom.parse import Parsed
from whowhom.resolve.date_reader import Found, TimeKind
from whowhom.resolve.date_units import UnitReader, triggers
from whowhom.resolve.date_values import When, of_day, of_days, of_month, of_year, safe_date, shift

# Happenings that a report dates in one place and counts from in another. Words of one set name one happening.
_HAPPENINGS: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split())
    for words in (
        "election elections vote voting poll polls ballot runoff",
        "referendum plebiscite",
        "coup putsch takeover",
        "attack bombing blast explosion shooting massacre strike raid assault ambush",
        "invasion offensive incursion",
        "war conflict",
        "uprising revolution revolt protest protests",
        "summit meeting talks",
        "earthquake quake tsunami flood hurricane cyclone typhoon",
        "crash accident",
        "death assassination murder killing",
        "inauguration",
        "ceasefire truce",
        "trial verdict sentencing",
    )
)
_HAPPENING = {word: k for k, words in enumerate(_HAPPENINGS) for word in words}
# "It comes a week after ...": the first clause is the report's own news, so what follows lies that long before it.
_NEWS_VERBS = frozenset("come occur happen follow take arrive visit meet begin start".split())


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression at tokens `first` to `last`, both included.

    `start` and `end` are ISO 8601 at the precision of the words, `end` only for a range; both None where nothing
    resolves. kind is "date" for a calendar time, "duration" for a length, "set" for a repetition, and "ref" for a time
    told by reference to another ("in the days after the vote", "the Soviet era"). `past` is True before the day of
    publication, False after it; True without a start marks the distant past. `value` is the TIMEX3 value.
    """

    first: int
    last: int
    start: str | None
    end: str | None
    kind: TimeKind
    past: bool | None = None
    value: str | None = None


def find_times(parsed: Parsed) -> list[TimeMention]:
    """The time expressions of a text in order. Without a day of publication only absolute dates get a `start`."""
    reader = UnitReader(parsed)
    table = triggers()
    read: list[Found] = []
    for i, word in enumerate(reader.words):
        if i < reader.floor:
            continue
        handler = table.get(word)
        if handler is not None:
            found = getattr(reader, handler)(i)
        elif word[:1].isdecimal():
            found = reader.digits(i)
        elif len(word) > 4 and (word.startswith("mid-") or (word[0] in "'’" and word[1].isdecimal())):
            found = reader.plain_year(i) or reader.decade(i)
        else:
            continue
        if found is not None:
            read.append(found)
            reader.floor = found.last + 1
    return _counted_from_events(reader, read)


def _counted_from_events(reader: UnitReader, read: Sequence[Found]) -> list[TimeMention]:
    """The mentions, those that count from an event worked out where the text dates that event."""
    dated: dict[int, When] | None = None
    out: list[TimeMention] = []
    for found in read:
        if found.event is None:
            when = found.when
            out.append(_mention(found.first, found.last, when, found))
            continue
        if dated is None:
            dated = _dated_happenings(reader, read)
        out.extend(_from_event(reader, found, dated, read))
    return out


def _mention(first: int, last: int, when: When | None, found: Found) -> TimeMention:
    start, end = (when.start, when.end) if when else (None, None)
    value = when.value if when and found.kind != "duration" else found.value
    return TimeMention(first, last, start, end, found.kind, found.past, value)


def _dated_happenings(reader: UnitReader, read: Sequence[Found]) -> dict[int, When]:
    """The day of each kind of happening to which exactly one is given in the text."""
    days: dict[int, set[str]] = {}
    whens: dict[int, When] = {}
    for found in read:
        if found.kind != "date" or found.when is None or found.when.end or len(found.when.start or "") != 10:
            continue
        noun = _dated_noun(reader, found)
        kind = _HAPPENING.get(noun.lower_) if noun is not None else None
        if kind is not None and found.when.start:
            days.setdefault(kind, set()).add(found.when.start)
            whens[kind] = found.when
    return {kind: whens[kind] for kind, starts in days.items() if len(starts) == 1}


def _dated_noun(reader: UnitReader, found: Found) -> Token | None:
    """The noun that a date belongs to: "the Aug. 9 polls", "Sunday's election", "the coup on 3 May"."""
    doc = reader.doc
    j = found.last + 1
    if reader.word(j) in ("'s", "’s"):
        j += 1
    for k in range(j, min(j + 4, reader.size)):
        if doc[k].lower_ in _HAPPENING and doc[k].pos_ in ("NOUN", "PROPN"):
            return doc[k]
        if doc[k].pos_ not in ("ADJ", "NOUN", "PROPN") or reader.word(found.first - 1) in (
            "on",
            "since",
            "until",
            "by",
        ):
            break
    if reader.word(found.first - 1) == "on":
        head = doc[found.first - 1].head
        if head.lower_ in _HAPPENING:
            return head
        if reader.word(found.first - 2) in _HAPPENING:
            return doc[found.first - 2]
    return None


def _from_event(reader: UnitReader, found: Found, dated: dict[int, When], read: Sequence[Found]) -> list[TimeMention]:
    doc, event = reader.doc, found.event
    if event is None:
        return []
    noun = doc[event]
    when = dated.get(_HAPPENING.get(noun.lower_, -1))
    if when is not None and when.start:
        near = _near(date.fromisoformat(when.start), found)
        return [TimeMention(found.first, found.last, near.start, near.end, "ref", reader.is_past(near), near.value)]
    if found.unit.startswith("near"):
        return [_mention(found.first, found.last, None, found)]
    span = [TimeMention(found.first, found.last, None, None, "duration", None, found.value)]
    day = _news_day(reader, found, read)
    moved = shift(day, found.unit, -found.count) if day is not None and found.count else None
    if moved is not None:
        told = (
            of_month(moved.year, moved.month)
            if found.unit == "M"
            else of_year(moved.year)
            if found.unit == "Y"
            else of_day(moved)
        )
        at = found.last + 1 if doc[found.last + 1].dep_ == "mark" else event
        span.append(TimeMention(at, at, told.start, told.end, "ref", reader.is_past(told), told.value))
    return span


def _near(day: date, found: Found) -> When:
    """The time counted from a dated happening: an exact distance, or the days, weeks or months about it."""
    if not found.unit.startswith("near"):
        moved = shift(day, found.unit, found.count) if found.count else None
        return of_day(moved) if moved else of_day(day)
    span = {"D": 6, "W": 27, "M": 150, "Y": 700}.get(found.unit[-1], 1)
    other = date.fromordinal(day.toordinal() + int(found.count) * span)
    early, late = min(day, other), max(day, other)
    if (early.year, early.month) == (late.year, late.month):
        return of_month(early.year, early.month)
    return of_days(early, late)


def _news_day(reader: UnitReader, found: Found, read: Sequence[Found]) -> date | None:
    """The day of the clause that "a week after ..." belongs to: its own date, else that of the report."""
    doc = reader.doc
    verb = doc[found.last]
    for _ in range(6):
        if (verb.pos_ in ("VERB", "AUX") and verb.i < found.first) or verb.head is verb:
            break
        verb = verb.head
    if verb.lemma_.lower() not in _NEWS_VERBS:
        return None
    sentence = reader.parsed.sentence_of
    here = sentence[found.first]
    for other in read:
        if sentence[other.first] == here and other.last < found.first and other.when is not None:
            if other.kind == "date" and len(other.when.start or "") == 10:
                return date.fromisoformat(other.when.start or "")
    if any(o.first > found.last and sentence[o.first] == here and o.when is not None for o in read):
        return None
    return reader.now


_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d{1,2}[:.]?\d{2}.*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_ORDINAL = re.compile(r"(?i)\b(\d{1,2})(?:st|nd|rd|th)\b")
_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_ACCEPTED = "give it as 2020-09-14, 2020-09, 2020, 14 September 2020 or September 14, 2020"


def parse_date(text: str) -> str:
    """The ISO date that a user's or a page's words give, at their precision: year, month or day.

    Raises:
        DateError: the words are no date, name a day that the calendar lacks, or could mean two days (03/04/2018).
    """
    value = " ".join(text.split())
    if match := _ISO.fullmatch(value):
        parts = [int(part) for part in match.groups() if part]
    elif match := _COMPACT.fullmatch(value):
        parts = [int(part) for part in match.groups()]
    elif match := _NUMERIC.fullmatch(value):
        a, b, year = (int(part) for part in match.groups())
        if a <= 12 and b <= 12 and a != b:
            raise DateError(f"{text!r} could be two dates, as day and month can change places; {_ACCEPTED}")
        parts = [year, *((b, a) if a > 12 else (a, b))]
    else:
        parts = _written_out(_ORDINAL.sub(r"\1", value))
    if not parts or not 1000 <= parts[0] <= 2999:
        raise DateError(f"{text!r} is no date; {_ACCEPTED}")
    if safe_date(*parts, *(1, 1, 1)[len(parts) :]) is None:
        raise DateError(f"{text!r} names a day that is not in the calendar; {_ACCEPTED}")
    return "-".join(f"{part:0{width}d}" for part, width in zip(parts, (4, 2, 2), strict=False))


def _written_out(value: str) -> list[int]:
    """Year, month and day, as far as a date in words gives them; [] where it is none."""
    from dateutil import parser  # type: ignore[import-untyped, unused-ignore]

    if not any(c.isdigit() for c in value) or len(value) > 80:
        return []
    found = []
    # What the words leave open is filled from the default: parts that differ between two defaults were not written.
    for default in (datetime(1904, 1, 1), datetime(1908, 2, 2)):
        try:
            moment = parser.parse(value, default=default, ignoretz=True)
        except (ValueError, OverflowError, TypeError, AttributeError, IndexError):
            return []
        found.append(moment)
    one, two = found
    if one.year != two.year:
        return []
    if one.month != two.month:
        return [one.year]
    return [one.year, one.month, one.day] if one.day == two.day else [one.year, one.month]
