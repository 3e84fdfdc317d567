"""Who wrote a report, where and when: bylines, date lines and the datelines that open agency reports."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

from whowhom.read.dates import parse_published
from whowhom.read.furniture import DATE, MONTH, NAME, lexicon

_TIME = (
    r"(?:[\s,|–-]*(?:at\s+)?T?\d{1,2}(?:[:.h]\d{2}){0,2}\s*(?:[ap]\.?m\.?)?\s*(?:\(?[A-Z]{2,5}\)?)?"
    r"(?:[+-]\d{2}:?\d{2}|Z)?)?"
)
_DATED = r"(?:(?i:first |last )?(?i:published|posted|updated|modified|created|issued|date)(?i: on| at)?\s*[:\-–]?\s*)"
_SEP = r"\s*[|•·/,–—-]?\s*"
_DATE_LINE = re.compile(
    rf"(?:(?P<outlet>[A-Z][\w.' ]{{1,30}}?)\s*[|•·]\s*)?{_DATED}?(?P<date>{DATE}){_TIME}"
    rf"(?:{_SEP}{_DATED}?(?:{DATE})?{_TIME})?\W*"
)
_BYLINE = re.compile(
    rf"(?:By|BY|by|Written by|Reported by|Story by|Words by|Author:|Authors:)\s*:?\s+"
    rf"(?P<names>{NAME}(?:(?:,|;| \|| /| [-–—]) (?:and )?{NAME})*)"
    rf"(?:\s+in\s+[A-Z][\w .,'-]+)?(?:{_SEP}{_DATED}?(?P<date>{DATE}){_TIME})?\W*"
)
_PLACE_LINE = re.compile(
    rf"{NAME}(?:, {NAME}){{0,2}}, (?P<date>(?:(?i:{MONTH}) \d{{1,2}}|\d{{1,2}} (?i:{MONTH}))(?:,? \d{{4}})?)[.:]?"
)
_SIGNED = re.compile(rf"(?P<names>{NAME}), (?P<outlet>(?:The )?{NAME}),? (?P<date>{DATE}){_TIME}\W*")
_STAFF = re.compile(
    rf"(?P<names>{NAME}), (?i:(?:(?:staff|chief|senior|political|foreign|special|diplomatic|defen[cs]e) )*"
    r"(?:writer|reporter|correspondent|editor)s?)(?:,? (?:in )?[A-Z][\w ]+)?\W*"
)
_OPENING = re.compile(
    rf"By (?P<names>{NAME}(?:, {NAME})*?)\s*(?:\|\s+|(?P<stop>\s+(?=[A-Z]{{3,}}[\w,. ]* ?\()))"
    r"|By (?:Staff|Our|A|Special)\s?(?:\w+ )?(?:Reporter|Correspondent|Writer)s?\s*[.:|]\s+"
)
_ROLE = re.compile(
    r"(?i)\b(?:(?:staff|chief|senior|political|foreign|special|diplomatic|our|own|the|a) )*"
    r"(?:writers?|reporters?|correspondents?|editors?|staff|agencies|newsroom|desk|bureau)\b"
)
# "By Monday", "By contrast": no names of people.
_NOT_NAMES = frozenset(
    [*(name.casefold() for name in (*calendar.day_name, *calendar.month_name)), "contrast", "law", "now", "then"]
)
_SPLIT_NAMES = re.compile(r"\s*(?:,|;|\||/| - |\band\b|&|\bwith\b)\s*")
_FOR = re.compile(r"\s+(?:for|of|at)\s+(?:the\s+)?")

_DASH = re.compile(r"\s+(?:-{1,3}|–|—)\s*|(?:--|—|–)\s*|-\s+|:\s+")
_AFTER = re.compile(r"(?:[-–—]+\s*)?")
_DASHLESS = re.compile(r"[A-Z][\w .,'’/-]{2,60} \(([^()]{2,30})\)\s+(?:_\s+)?(?=[A-Z\"“])")
_DATE_FIRST = re.compile(rf"({DATE})\s+(?:[-–—|]+\s+)?(?=[A-Z\"“])")
_CAPITAL_DISTRICT = re.compile(r",? D\.?C\.?$")
_WITH_YEAR = re.compile(r"\s(?:\d{4}|\d{2})$")
_WHOLE_PAREN = re.compile(r"\(([^()]{2,40})\)\s*(?=[A-Z\"“‘0-9])")
_DATELINE_DATE = re.compile(
    rf"(?i)[,.]?\s*(?:(?:on|mon|tue|wed|thu|fri|sat|sun)\w*,?\s+)?(?P<date>(?:{MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{MONTH})"
    r"(?:,?\s+(?:\d{4}|\d{2}))?)[,.]?$"
)
_DATED_INSIDE = re.compile(rf",\s*(?P<date>(?:(?i:{MONTH})\s+\d{{1,2}}|\d{{1,2}}\s+(?i:{MONTH})),?\s+\d{{4}}),")
_PAREN = re.compile(r"\s*[(\[]([^()\[\]]{2,60})[)\]]\s*[.,]?$")
_TAGS = re.compile(r"(?:\[[^\[\]\n]{2,120}(?:\n[^\[\]]{0,120})?\]\s*)+")
_PLACE_WORD = re.compile(r"[A-Z][\w.'’/-]*|de|la|al|el|of|the|upon|sur|du|and", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Signature:
    """What a byline, date line or dateline says. `length` is how much of the paragraph it takes up."""

    authors: tuple[str, ...] = ()
    agency: str | None = None
    published: str | None = None
    length: int = 0


def read_byline(words: str) -> Signature | None:
    """The signature that a whole paragraph, without Markdown, is; None for any other paragraph."""
    if len(words) > 200:
        return None
    if match := _DATE_LINE.fullmatch(words):
        outlet = match["outlet"]
        return Signature((), _agency(outlet) if outlet else None, parse_published(match["date"]), len(words))
    if match := _PLACE_LINE.fullmatch(words):
        return Signature(
            (), None, parse_published(match["date"]) if _WITH_YEAR.search(match["date"]) else None, len(words)
        )
    if words.endswith(("-", "–", "—", "]")) and (line := _dateline(words + " A")) and line.length > len(words):
        return line
    for pattern in (_BYLINE, _SIGNED, _STAFF):
        match = pattern.fullmatch(words)
        if match and match["names"].split()[0].casefold() not in _NOT_NAMES:
            parts = match.groupdict()
            authors, agency = names_in(parts["names"])
            date = parts.get("date")
            outlet = parts.get("outlet")
            return Signature(
                authors, agency or (_agency(outlet) if outlet else None), parse_published(date) if date else None,
                len(words),
            )  # fmt: skip
    return None


def names_in(words: str) -> tuple[tuple[str, ...], str | None]:
    """The persons that a list of names gives, in order, and the agency among them."""
    authors: list[str] = []
    agency: str | None = None
    for part in _SPLIT_NAMES.split(words.removeprefix("By ").removeprefix("by ")):
        person, *outlet = _FOR.split(part.strip(" .*_"), maxsplit=1)
        for one in (person, *outlet):
            if known := _agency(one):
                agency = agency or known
        person = _ROLE.sub("", person).strip(" ,.")
        degree = person.isupper() and len(person) <= 4 and authors
        if person and not degree and not _agency(person) and any(c.isalpha() for c in person):
            authors.append(person.title() if person.isupper() and len(person) > 3 else person)
    return tuple(dict.fromkeys(authors)), agency


def read_opening(text: str) -> Signature | None:
    """The byline and dateline that open a paragraph of a report, with their length in `text`; None without them."""
    authors: tuple[str, ...] = ()
    agency: str | None = None
    length = 0
    if text.startswith("By ") and (match := _OPENING.match(text)):
        if match["names"]:
            authors, agency = names_in(match["names"])
        length = match.end()
    line = _dateline(text[length : length + 400])
    if line is not None:
        return Signature(authors, line.agency or agency, line.published, length + line.length)
    if length and not text[length - 1 : length + 1].isspace() and not (match and match["stop"]):
        return Signature(authors, agency, None, length)
    return None


def _dateline(text: str) -> Signature | None:
    start = len(text) - len(text.lstrip("*_ "))
    if (match := _WHOLE_PAREN.match(text, start)) and (known := _agency(match[1])):
        after = _AFTER.match(text, match.end())
        return Signature((), known, None, after.end() if after else match.end())
    for match in _DASH.finditer(text, start, 130):
        found = _weigh(text, start, match.start(), match.end(), colon=match[0].startswith(":"))
        if found is not None:
            return found
        if not text[start : match.start()].isupper():
            break
    # "PARIS, 3 May (AFP) The minister", "3 May 2015 The minister": no dash at all.
    if (match := _DASHLESS.match(text)) and _agency(match[1]):
        return _weigh(text, start, match.end(1) + 1, match.end(), colon=False)
    if (match := _DATE_FIRST.match(text, start)) and (published := parse_published(match[1])):
        return Signature((), None, published, match.end())
    return None


def _weigh(text: str, start: int, stop: int, end: int, *, colon: bool) -> Signature | None:
    """The dateline that `text[start:stop]` is, if what it names and what follows allow it."""
    tags = _TAGS.match(text, end)
    if tags:
        end = tags.end()
    following = text[end : end + 2].lstrip("\"“‘'«*_[(")
    if not following or not (following[0].isupper() or following[0].isdigit()):
        return None
    if text[stop - 1].isdigit() and following[0].isdigit():  # "Oct. 11-14" is no dateline
        return None
    head = " ".join(text[start:stop].replace("*", "").split())
    agency: str | None = None
    paren = _PAREN.search(head)
    if paren:
        head, agency = head[: paren.start()], _agency(paren[1])
    date: str | None = None
    dated = _DATELINE_DATE.search(head) or (_DATELINE_DATE.search(paren[1]) if paren and not agency else None)
    if dated:
        date = dated["date"]
        head = head[: dated.start()] if dated.string == head else head
    if agency is None and "," in head:
        rest, _, last = head.rpartition(",")
        if known := _agency(last.strip()):
            head, agency = rest, known
    if dated is None and (dated := _DATED_INSIDE.search(head)):
        head, date = head[: dated.start()], dated["date"]
    # "QUITO (ECUADOR), 3 May": a country in brackets behind the town.
    place = _PAREN.sub(r", \1", head.strip(" ,.")).strip(" ,.")
    if not place:
        ok = agency is not None
    else:
        words = place.replace(",", " ").split()
        town = place.split(",")[0].split("/")[0].strip()
        upper = town.isupper() and sum(c.isalpha() for c in town) >= 3
        named = len(words) <= 6 and all(_PLACE_WORD.fullmatch(word) for word in words)
        city = _CAPITAL_DISTRICT.sub("", town).casefold() in lexicon().cities
        signed = paren is not None and paren[1][:1].isupper() and (city or "," in place)
        if colon:
            ok = city and len(words) <= 3
        elif upper:
            sign = bool(paren or dated or city or "," in place)
            shouted = text[end : end + 40].isupper()
            ok = named and (sign or (len(town) >= 5 and not shouted))
        else:
            ok = named and bool(agency or dated or signed or (city and len(words) <= 4))
    if not ok:
        return None
    published = parse_published(date) if date and len(date.split()) > 2 and _WITH_YEAR.search(date) else None
    return Signature((), agency, published, end)


def _agency(words: str) -> str | None:
    """The agency that `words` name, alone or as the first of several ("Reuters/AFP", "AP - Moscow bureau")."""
    agencies = lexicon().agencies
    words = words.strip(" .")
    for one in (words, *re.split(r"\s*[/,;&]\s*|\s+and\s+|\s+-\s+", words)):
        if known := agencies.get(one) or agencies.get(one.removeprefix("the ").removeprefix("The ")):
            return known
    return None
