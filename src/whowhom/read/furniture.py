"""What newspapers and agencies put around a report, as told by `resources/lexicon/furniture.tsv`."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from whowhom.records import Span
from whowhom.resources import read_table

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
DATE = (
    rf"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?[.,]?\s+)?"
    rf"(?:(?i:{MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?i:{MONTH}),?\s+\d{{4}}"
    r"|\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4})"
)
NAME = (
    r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|de|del|da|dos|di|du|van|von|der|den|bin|bint|al|el|la|le|and|of|for|&)){0,8}"
)

_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_EMPHASIS = re.compile(r"\*+|`+|(?<!\w)_+|_+(?!\w)|\\(?=[\\`*_{}\[\]()#+.!$&%~-])")
_LEAD = re.compile(r"^(?:#{1,6}\s+|>\s?)+")
_STOP = re.compile(r"[.!?…]+[\"”’'»)\]*_]*(\s+)(?=(?:[–—-]{1,3} )?[\"“‘'«(\[*_©#@–—-]*[^\W_]|©)")
# A full stop after these, or after a single capital, seldom ends a sentence.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“‘'.-])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Cpl|Adm|Gov|Sen|Rep|Rev|Hon|St|Fr|Sr|Jr|No|Nos|vs"
    r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Mt|Ft|Brig|Cmdr|Supt|Insp|Amb|Pres|Messrs|Art|al|cf|approx)\.$"
)
_LONGEST_SENTENCE = 420


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The furniture table, compiled. `agencies` maps each name that signs reports to the name to give for it."""

    line: re.Pattern[str]
    sentence: re.Pattern[str]
    inline: re.Pattern[str]
    head: re.Pattern[str]
    caption: re.Pattern[str]
    credit: re.Pattern[str]
    end: re.Pattern[str]
    agency: re.Pattern[str]
    agencies: dict[str, str]
    cities: frozenset[str]
    sites: dict[str, str]


@functools.cache
def lexicon() -> Lexicon:
    """The lexicon, read at first use."""
    rows = read_table("lexicon/furniture.tsv")
    by_kind: dict[str, list[str]] = {}
    for row in rows:
        by_kind.setdefault(row["kind"], []).append(row["pattern"])
    names = sorted(by_kind["agency"], key=len, reverse=True)
    agency = r"(?:" + "|".join(re.escape(name) for name in names) + r")(?![\w])"

    def pattern(kind: str, flags: int = 0) -> re.Pattern[str]:
        joined = "|".join(f"(?:{one})" for one in by_kind[kind])
        return re.compile(
            joined.replace("{agency}", agency).replace("{date}", DATE).replace("{name}", f"(?:{NAME})"), flags
        )

    return Lexicon(
        line=pattern("line", re.IGNORECASE),
        sentence=pattern("sentence", re.IGNORECASE),
        inline=pattern("inline", re.IGNORECASE),
        head=pattern("head"),
        caption=pattern("caption"),
        credit=pattern("credit"),
        end=pattern("end"),
        agency=re.compile(agency),
        agencies={row["pattern"]: row["value"] for row in rows if row["kind"] == "agency"},
        cities=frozenset(city.casefold() for city in by_kind["city"]),
        sites={row["pattern"]: row["value"] for row in rows if row["kind"] == "site"},
    )


def plain(text: str) -> str:
    """`text` without Markdown and on one line, as it is compared with the lexicon."""
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if any(mark in text for mark in "*_`\\"):
        text = _EMPHASIS.sub("", text)
    return _LEAD.sub("", " ".join(text.split()))


def is_furniture_line(words: str) -> bool:
    """Whether a whole paragraph (as `plain` gives it) is furniture."""
    if not any(c.isalnum() for c in words):
        return True
    if len(words) > _LONGEST_SENTENCE:
        return False
    lex = lexicon()
    return bool(lex.line.fullmatch(words) or lex.inline.fullmatch(words) or is_furniture_sentence(words))


def is_furniture_sentence(words: str) -> bool:
    """Whether a sentence (as `plain` gives it) is furniture wherever it stands."""
    if len(words) > _LONGEST_SENTENCE:
        return False
    lex = lexicon()
    return bool(lex.sentence.fullmatch(words) or lex.credit.fullmatch(words))


def sentence_spans(text: str, start: int, end: int) -> list[Span]:
    """The sentences of `text[start:end]`, without the white space between them. Rough: unsure breaks are left out."""
    spans: list[Span] = []
    begin = start
    for match in _STOP.finditer(text, start, end):
        if text[match.start()] == "." and _ABBREVIATION.search(text[max(begin, match.start() - 9) : match.start() + 1]):
            continue
        spans.append((begin, match.start(1)))
        begin = match.end()
    if begin < end:
        spans.append((begin, end))
    return spans


def publisher_of(url: str) -> str | None:
    """The name of the outlet at an address: the known name of its host, else the host itself."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return None
    sites = lexicon().sites
    parts = host.split(".")
    for k in range(len(parts) - 1):
        if name := sites.get(".".join(parts[k:])):
            return name
    return host or None
