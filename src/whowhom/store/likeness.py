"""Whether two reports tell one happening. Pure: the tellings in, a score and its reasons out.

Each trait that two tellings can be compared by gives points for or against; a plain contradiction (another country's
army, a town far off, planned against done) ends the comparison. What is missing on one side counts for nothing.
Joining wrongly is worse than not joining, so a pair must agree in several traits, and verbal acts, of which the same
parties commit many, in day, parties and words.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from whowhom.records import Magnitude, Place
from whowhom.resources.knowledge import countries, regions
from whowhom.store.telling import Participant, Telling, name_words, plain

ENOUGH = 3.0
"""Points that two tellings of a deed need to be one happening. Set on the odd topics of ECB+ and the invented pairs."""
ENOUGH_VERBAL = 4.0
"""Points that two tellings of a verbal act need."""
WINDOW = 2
"""Days by which the dates of two tellings may differ."""

_VERBAL = frozenset({"ACCUSE", "REQUEST", "SUPPORT", "REJECT", "THREATEN", "CONCEDE"})
_MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
# Types that coders take for each other; the same verb tells that it is one act.
_CONFUSED = frozenset(
    frozenset(pair)
    for pair in (
        ("ASSAULT", "COERCE"), ("REQUEST", "ACCUSE"), ("AGREE", "CONSULT"), ("AGREE", "COOPERATE"), ("AGREE", "AID"),
        ("REJECT", "ACCUSE"), ("SANCTION", "COERCE"), ("PROTEST", "ASSAULT"), ("COOPERATE", "AID"),
        ("CONCEDE", "RETREAT"), ("SUPPORT", "AGREE"), ("THREATEN", "ACCUSE"), ("SANCTION", "ACCUSE"),
    )
)  # fmt: skip
_BLASTS = frozenset({"explosives", "suicide-attack"})
_NEAR = 50.0  # km within which two places are one scene
_WIDE = 600.0  # km from the middle of a region or country to what may still lie in it
_COMMON = 1.5  # points off where nothing tells the happening from others of its kind
_WORDY = 6  # words from which on it means something that none is in common
_GOVERNMENT = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two tellings agree: points, what agreed, and what speaks against it beyond doubt, if anything."""

    score: float
    agreed: tuple[str, ...] = ()
    against: str | None = None
    enough: float = ENOUGH

    @property
    def one(self) -> bool:
        """Whether they are one happening."""
        return self.against is None and self.score >= self.enough


def related(kind: str) -> tuple[str, ...]:
    """The types that a telling of one type is compared with."""
    return (kind, *sorted(next(iter(pair - {kind})) for pair in _CONFUSED if kind in pair))


def likeness(a: Telling, b: Telling) -> Likeness:
    """How far two tellings agree."""
    if a.document == b.document:
        return Likeness(0.0, against="the report tells them apart")
    if a.family == b.family and (copied := _copied(a, b)):
        return copied
    enough = ENOUGH_VERBAL if a.type in _VERBAL or b.type in _VERBAL else ENOUGH
    score, agreed = 0.0, list[str]()
    for compare in (_status, _types, _modes, _days, _parties, _places, _sizes, _words, _sequels, _stories):
        points, reason, bad = compare(a, b)
        if bad:
            return Likeness(score, tuple(agreed), reason, enough)
        score += points
        if reason:
            agreed.append(reason)
    score -= _COMMON * (not _told_apart(a, b))
    return Likeness(round(score, 3), tuple(agreed), None, enough)


Found = tuple[float, str, bool]
"""Points, what agreed (or contradicts) in words, and whether it contradicts beyond doubt."""
_NOTHING: Found = (0.0, "", False)


def _copied(a: Telling, b: Telling) -> Likeness | None:
    """Near copies tell an event in the same words about the same people."""
    if a.type != b.type or not a.trigger or a.trigger != b.trigger or a.status != b.status:
        return None
    for x, y in ((a.actors, b.actors), (a.recipients, b.recipients)):
        if x and y and not any(p.actor == q.actor or plain(p.name) == plain(q.name) for p in x for q in y):
            return None
    return Likeness(9.0, ("the reports are near copies and tell it in the same words",))


def _status(a: Telling, b: Telling) -> Found:
    if a.status == b.status:
        return _NOTHING
    if {a.status, b.status} == {"occurred", "historical"} and ((a.start and b.start) or _one_victim(a, b)):
        return _NOTHING  # news then, background now
    return 0.0, f"one is {a.status}, the other {b.status}", True


def _types(a: Telling, b: Telling) -> Found:
    if a.type == b.type:
        return 0.5, "same type", False
    if frozenset({a.type, b.type}) in _CONFUSED:
        return (-0.7, "same verb", False) if a.trigger & b.trigger else (-2.0, "", False)
    return 0.0, f"{a.type} is not {b.type}", True


def _modes(a: Telling, b: Telling) -> Found:
    if not a.mode or not b.mode or a.type != b.type:
        return _NOTHING
    if a.mode == b.mode:
        return 0.4, "same mode", False
    if {a.mode, b.mode} <= _BLASTS:
        return 0.2, "", False
    if a.type == "CONSULT" and "phone" in (a.mode, b.mode):
        return 0.0, "one was by telephone", True
    if a.type == "RETREAT":
        return 0.0, f"{a.mode} is not {b.mode}", True
    return -1.0, "", False


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


def _one_victim(a: Telling, b: Telling) -> bool:
    """Whether a story tells of one act against one person, however long after: nobody is killed or sentenced twice."""
    if a.story is None or a.story != b.story or a.type != b.type:
        return False
    if a.type != "ASSAULT" and not a.mode == b.mode == "convict":
        return False
    hurt = {p.actor for p in a.recipients if p.named and p.kind == "person"}
    return not hurt.isdisjoint(p.actor for p in b.recipients)


def _days(a: Telling, b: Telling) -> Found:
    found = _dates(a, b)
    later = found[2] and not (a.start and b.start and len(a.start) == len(b.start))
    return (-0.5, "", False) if later and _one_victim(a, b) else found


def _dates(a: Telling, b: Telling) -> Found:
    one, other = _span(a), _span(b)
    known = sorted((one[2], other[2]))
    verbal = a.type in _VERBAL
    if not known[0]:
        return _undated(a, b)
    gap = _gap(one, other)
    if known == ["day", "day"]:
        if gap == 0:
            return (1.2, "same day", False) if one[0] == other[0] else (0.6, "days that overlap", False)
        if gap > 1 or verbal or a.type in _MUTUAL or a.sequel or b.sequel:
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


def _parties(a: Telling, b: Telling) -> Found:
    if a.type in _MUTUAL:
        return _side((*a.actors, *a.recipients), (*b.actors, *b.recipients), strict=True)
    points, agreed = 0.0, list[str]()
    for x, y in ((a.actors, b.actors), (a.recipients, b.recipients)):
        found = _side(x, y, strict=False)
        if found[2]:
            return found
        points += found[0]
        agreed += [found[1]] * bool(found[1])
    if (not a.actors or not b.actors or not a.recipients or not b.recipients) and _crossed(a, b):
        return 0.0, "the sides are the other way round", True
    return points, ", ".join(dict.fromkeys(agreed)), False


def _crossed(a: Telling, b: Telling) -> bool:
    """Whether who acts in one is acted on in the other."""
    named = [
        ({p.actor for p in one.actors if p.named}, {p.actor for p in other.recipients if p.named})
        for one, other in ((a, b), (b, a))
    ]
    return any(doers & sufferers for doers, sufferers in named)


def _side(x: Sequence[Participant], y: Sequence[Participant], *, strict: bool) -> Found:
    """How far two lists agree. `strict`: who is left over on both sides must not be two different parties."""
    if not x or not y:
        return _NOTHING
    left, right = list(x), list(y)
    points, names = 0.0, list[str]()
    while left and right:
        best, p, q = max(((_pair(p, q)[0], p, q) for p in left for q in right), key=lambda one: one[0])
        if best <= 0:
            break
        points += best if not names else 0.5 * best
        names.append(_pair(p, q)[1])
        left.remove(p)
        right.remove(q)
    if left and right:
        worst = max(_pair(p, q)[0] for p in left for q in right)
        if worst <= -3 and (not names or (strict and max(len(x), len(y)) < 4)):
            return 0.0, f"{left[0].name} is not {right[0].name}", True
        points += max(worst, -1.0) if names else worst
    return points, ", ".join(names), False


def _pair(p: Participant, q: Participant) -> tuple[float, str]:
    """Points for two participants being one, and in what they agree; -3 where they cannot be."""
    if p.actor == q.actor:
        if not p.named:
            return 0.7, f"both {p.name}"
        return (0.9 if p.kind == "state" else 1.5), f"both {p.name}"
    foreign = p.country is not None and q.country is not None and p.country != q.country
    mine, yours = name_words(p.name), name_words(q.name)
    if p.named and q.named:
        if p.kind == q.kind and mine and yours and (mine <= yours or yours <= mine):
            return (0.0, "") if foreign else (0.9, f"{p.name} and {q.name}")
        if foreign or p.kind == q.kind == "person":
            return -3.0, ""
    if foreign:
        return -3.0, ""
    if p.country is None or p.country != q.country:
        return (
            (0.3, f"both {p.name}") if not (p.named or q.named) and mine & yours else (-0.3 * (p.named and q.named), "")
        )
    if p.sector == q.sector and p.sector is not None:
        return (
            (0.6, f"both {p.country} {p.sector}")
            if not (p.named and q.named) or "state" in (p.kind, q.kind)
            else (0.1, "")
        )
    if "state" in (p.kind, q.kind) and {p.sector, q.sector} <= _GOVERNMENT | {None}:
        return 0.5, f"both {p.country}"
    if not (p.named and q.named) and mine & yours:
        return 0.5, f"both {p.name}"
    return (-0.3 if p.named and q.named else 0.0), ""


@cache
def _wide_names() -> frozenset[str]:
    """The names of countries and of their parts."""
    names = {plain(n) for one in countries() for n in (one.name, *one.aliases)}
    return frozenset(
        names | {plain(n) for one in regions() if one.kind not in ("people", "city") for n in (one.name, *one.aliases)}
    )


def _places(a: Telling, b: Telling) -> Found:
    x, y = a.place, b.place
    if x is None or y is None:
        return _NOTHING
    wide = [plain(one.name) in _wide_names() for one in (x, y)]
    if plain(x.name) == plain(y.name) and (x.country is None or y.country is None or x.country == y.country):
        return (0.3 if all(wide) else 1.0), f"both in {x.name}", False
    if x.geonames_id is not None and x.geonames_id == y.geonames_id:
        return (0.3 if all(wide) else 1.0), f"both in {x.name}", False
    far = _distance(x, y)
    if any(wide):
        if x.country and y.country and x.country != y.country:
            return 0.0, f"{x.name} is not {y.name}", True
        inside = x.country is not None and x.country == y.country and (far is None or far < _WIDE or _is_country(x, y))
        return (0.2, "", False) if inside and not all(wide) else (-0.5, "", False)
    if far is not None:
        if far <= _NEAR:
            return 0.8, f"{x.name} and {y.name} are one area", False
        return 0.0, f"{x.name} is {far:.0f} km from {y.name}", True
    if x.country and y.country and x.country != y.country:
        return 0.0, f"{x.name} is not {y.name}", True
    return -0.2, "", False


@cache
def _country_names() -> frozenset[str]:
    return frozenset(plain(n) for one in countries() for n in (one.name, *one.aliases))


def _is_country(*places: Place) -> bool:
    return any(plain(one.name) in _country_names() for one in places)


def _distance(x: Place, y: Place) -> float | None:
    """Kilometres between two places, None where one has no coordinates."""
    if x.lat is None or x.lon is None or y.lat is None or y.lon is None:
        return None
    p, q = math.radians(x.lat), math.radians(y.lat)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(y.lon - x.lon) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def _sizes(a: Telling, b: Telling) -> Found:
    """Figures: tolls rise and crowds are guessed, sums of money stand."""
    points, agreed = 0.0, list[str]()
    for kind in sorted(a.magnitude.keys() & b.magnitude.keys()):
        ratio = _ratio(a.magnitude[kind], b.magnitude[kind])
        if ratio is None:
            continue
        if ratio <= 1.02:
            points += 1.0 if kind == "money" else 0.7
            agreed.append(f"same number {kind}")
        elif kind == "money":
            points -= 1.5
        elif ratio <= 2 or (kind == "participants" and ratio <= 5):
            points += 0.3
            agreed.append(f"similar number {kind}")
        elif ratio > 5:
            points -= 0.8
    return max(-1.5, min(1.2, points)), ", ".join(agreed), False


def _ratio(x: Magnitude, y: Magnitude) -> float | None:
    """By how much the larger figure exceeds the smaller, bounds that overlap counted as equal."""
    if (x.currency or y.currency) and x.currency != y.currency:
        return None
    ranges = []
    for one in (x, y):
        low = one.low if one.low is not None else one.high
        high = one.high if one.high is not None else one.low
        if low is None or high is None:
            return None
        ranges.append((low, high))
    (a, b), (c, d) = ranges
    if max(a, c) <= min(b, d):
        return 1.0
    small, large = min(b, d), max(a, c)
    return large / small if small > 0 else math.inf


def _words(a: Telling, b: Telling) -> Found:
    verb = a.trigger & b.trigger
    shared = a.words & b.words
    alike = _alike(a, b)
    points = 0.5 * bool(verb) + (min(2.0, 3.5 * alike) if len(shared) > 1 or alike > 0.3 else 0.0)
    if alike < 0.2 and (a.type in _VERBAL or (a.type in _MUTUAL and not _two_shared(a, b))):
        points -= 2.0  # two of many that the same parties utter or agree on
    if not shared and min(len(a.words), len(b.words)) >= _WORDY:
        points -= 0.6
    reason = "same verb" if verb else ""
    if len(shared) > 1 and alike > 0.15:
        reason = ", ".join(filter(None, (reason, f"{len(shared)} words in common")))
    return points, reason, False


def _two_shared(a: Telling, b: Telling) -> bool:
    """Whether two of those who meet or agree are the same, themselves or by country, or the same sum is agreed."""
    x, y = (*a.actors, *a.recipients), (*b.actors, *b.recipients)
    if len({p.actor for p in x if p.named} & {p.actor for p in y}) > 1:
        return True
    if "money" in a.magnitude and "money" in b.magnitude and _ratio(a.magnitude["money"], b.magnitude["money"]) == 1.0:
        return True
    return len({p.country for p in x if p.country} & {p.country for p in y}) > 1


def _alike(a: Telling, b: Telling) -> float:
    """How far the words agree, 0 to 1 (cosine)."""
    if not a.words or not b.words:
        return 0.0
    return len(a.words & b.words) / math.sqrt(len(a.words) * len(b.words))


def _told_apart(a: Telling, b: Telling) -> bool:
    """Whether something in common tells this from other happenings of the kind on the day.

    "Russia attacked Ukraine" fits many attacks of a day: a person or body, a town, a figure or words must agree.
    """
    mine, yours = ([p for p in (*one.actors, *one.recipients) if p.named and p.kind != "state"] for one in (a, b))
    if _alike(a, b) >= 0.15 or any(_pair(p, q)[0] >= 0.9 for p in mine for q in yours):
        return True
    return _places(a, b)[0] >= 0.8 or _sizes(a, b)[0] >= 0.7


def _sequels(a: Telling, b: Telling) -> Found:
    """ "A second arrest" is not the arrest, unless the reports are of one day."""
    if a.sequel == b.sequel:
        return _NOTHING
    return (-0.3 if a.published and a.published == b.published else -1.0), "", False


def _stories(a: Telling, b: Telling) -> Found:
    if a.story is None or b.story is None:
        return _NOTHING
    return (0.8, "same story", False) if a.story == b.story else (-0.4, "", False)
