"""Whether two tellings agree in time."""

from __future__ import annotations

from datetime import date, timedelta

from whowhom.store.telling import Telling
from whowhom.store.traits import MUTUAL, VERBAL, Found

WINDOW = 2
"""Days by which the dates of two tellings may differ."""


def days(value: str) -> tuple[date, date]:
    """First and last day of an ISO date of any precision."""
    year, month, day = ([int(part) for part in value[:10].split("-")] + [0, 0])[:3]
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        following = date(year + month // 12, month % 12 + 1, 1) if (year, month) != (9999, 12) else date.max
        return date(year, month, 1), following - timedelta(days=1)
    return date(year, 1, 1), date(year, 12, 31)


def _span(one: Telling) -> tuple[date, date, str]:
    """The days on which it can have begun, and how well they are known: "day", "vague", "report"; "" where unknown."""
    if one.start:
        first, last = days(one.start)
        if len(one.start) >= 10:
            return first, max(last, days(one.end)[1]) if one.end else last, "day"
        return first, last, "vague"
    if one.published and len(one.published) >= 10 and one.status not in ("historical", "planned", "hypothetical"):
        last = days(one.published)[0]
        return last - timedelta(days=1), last, "report"
    return date.min, date.max, ""


def _gap(a: tuple[date, date, str], b: tuple[date, date, str]) -> int:
    return max(0, (a[0] - b[1]).days, (b[0] - a[1]).days)


def one_victim(a: Telling, b: Telling) -> bool:
    """Whether a story tells of one act against one person, however long after: nobody is killed or sentenced twice."""
    if a.story is None or a.story != b.story or a.type != b.type:
        return False
    if a.type != "ASSAULT" and not a.mode == b.mode == "convict":
        return False
    hurt = {p.actor for p in a.recipients if p.named and p.kind == "person"}
    return not hurt.isdisjoint(p.actor for p in b.recipients)


def alike_in_time(a: Telling, b: Telling) -> Found:
    """How far two tellings agree in when it happened."""
    found = _dates(a, b)
    later = found[2] and not (a.start and b.start and len(a.start) == len(b.start))
    return (-0.5, "", False) if later and one_victim(a, b) else found


def _dates(a: Telling, b: Telling) -> Found:
    one, other = _span(a), _span(b)
    known = sorted((one[2], other[2]))
    verbal = a.type in VERBAL
    if not known[0]:
        return _undated(a, b)
    gap = _gap(one, other)
    if known == ["day", "day"]:
        if gap == 0:
            return (1.2, "same day", False) if one[0] == other[0] else (0.6, "days that overlap", False)
        if gap > 1 or verbal or a.type in MUTUAL or a.sequel or b.sequel:
            return 0.0, f"{gap} days apart", True
        return -1.2, "", False
    if "vague" in known:
        if gap > 0:
            return 0.0, "dates that exclude each other", True
        if a.start == b.start:
            return 0.4, "dates that agree", False
        if 4 in (len(a.start or ""), len(b.start or "")):
            return 0.0, "a year alone tells too little", True
        return 0.1, "", False
    if known == ["day", "report"]:
        if gap == 0:
            return 0.5, "a day that fits", False
        return (-0.8, "", False) if gap <= WINDOW - verbal else (0.0, f"{gap} days apart", True)
    apart = abs((one[1] - other[1]).days)
    if apart == 0:
        return 0.6, "reports of the same day", False
    if apart > WINDOW:
        return 0.0, f"reports {apart} days apart", True
    if a.sequel != b.sequel:
        return 0.0, "told as one more of its kind", True
    if apart == 1:
        return (-2.0 if verbal else 0.1), "reports of two days running", False
    return (-2.0 if verbal else -0.4), "", False


def _undated(a: Telling, b: Telling) -> Found:
    """Where one has no date: the days of the reports hint at it, and there must be words in common."""
    if a.trigger.isdisjoint(b.trigger) and a.words.isdisjoint(b.words):
        return -1.0, "", False
    if a.published and b.published and len(a.published) >= 10 and len(b.published) >= 10:
        apart = abs((days(a.published)[0] - days(b.published)[0]).days)
        if apart <= WINDOW:
            return (0.3 if not apart else 0.0), "", False
        return -1.0, "", False
    return -0.3, "", False
