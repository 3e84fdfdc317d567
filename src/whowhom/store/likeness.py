"""Whether two reports tell one happening. Pure: the tellings in, a score and its reasons out.

Each trait that two tellings can be compared by gives points for or against; a plain contradiction (another country's
army, a town far off, planned against done) ends the comparison. What is missing on one side counts for nothing.
Joining wrongly is worse than not joining, so a pair must agree in several traits, and verbal acts, of which the same
parties commit many, in day, parties and words.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from whowhom.store.telling import Telling, plain
from whowhom.store.traits import MUTUAL, NOTHING, VERBAL, Found
from whowhom.store.traits_when import alike_in_time, one_victim
from whowhom.store.traits_where import alike_in_place, alike_in_size, ratio
from whowhom.store.traits_who import alike_in_parties, pair

ENOUGH = 3.0
"""Points that two tellings of a deed need to be one happening. Set on the odd topics of ECB+ and the invented pairs."""
ENOUGH_VERBAL = 4.0
"""Points that two tellings of a verbal act need."""

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
_COMMON = 1.5  # points off where nothing tells the happening from others of its kind
_WORDY = 6  # words from which on it means something that none is in common


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
    enough = ENOUGH_VERBAL if a.type in VERBAL or b.type in VERBAL else ENOUGH
    score, agreed = 0.0, list[str]()
    for compare in _COMPARISONS:
        points, reason, bad = compare(a, b)
        if bad:
            return Likeness(score, tuple(agreed), reason, enough)
        score += points
        if reason:
            agreed.append(reason)
    score -= _COMMON * (not _told_apart(a, b))
    return Likeness(round(score, 3), tuple(agreed), None, enough)


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
        return NOTHING
    if {a.status, b.status} == {"occurred", "historical"} and ((a.start and b.start) or one_victim(a, b)):
        return NOTHING  # news then, background now
    return 0.0, f"one is {a.status}, the other {b.status}", True


def _types(a: Telling, b: Telling) -> Found:
    if a.type == b.type:
        return 0.5, "same type", False
    if frozenset({a.type, b.type}) in _CONFUSED:
        return (-0.7, "same verb", False) if a.trigger & b.trigger else (-2.0, "", False)
    return 0.0, f"{a.type} is not {b.type}", True


def _modes(a: Telling, b: Telling) -> Found:
    if not a.mode or not b.mode or a.type != b.type:
        return NOTHING
    if a.mode == b.mode:
        return 0.4, "same mode", False
    if {a.mode, b.mode} <= _BLASTS:
        return 0.2, "", False
    if a.type == "CONSULT" and "phone" in (a.mode, b.mode):
        return 0.0, "one was by telephone", True
    if a.type == "RETREAT":
        return 0.0, f"{a.mode} is not {b.mode}", True
    return -1.0, "", False


def _words(a: Telling, b: Telling) -> Found:
    verb = a.trigger & b.trigger
    shared = a.words & b.words
    alike = _alike(a, b)
    points = 0.5 * bool(verb) + (min(2.0, 3.5 * alike) if len(shared) > 1 or alike > 0.3 else 0.0)
    if alike < 0.2 and (a.type in VERBAL or (a.type in MUTUAL and not _two_shared(a, b))):
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
    if "money" in a.magnitude and "money" in b.magnitude and ratio(a.magnitude["money"], b.magnitude["money"]) == 1.0:
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
    if _alike(a, b) >= 0.15 or any(pair(p, q)[0] >= 0.9 for p in mine for q in yours):
        return True
    return alike_in_place(a, b)[0] >= 0.8 or alike_in_size(a, b)[0] >= 0.7


def _sequels(a: Telling, b: Telling) -> Found:
    """ "A second arrest" is not the arrest, unless the reports are of one day."""
    if a.sequel == b.sequel:
        return NOTHING
    return (-0.3 if a.published and a.published == b.published else -1.0), "", False


def _stories(a: Telling, b: Telling) -> Found:
    if a.story is None or b.story is None:
        return NOTHING
    return (0.8, "same story", False) if a.story == b.story else (-0.4, "", False)


_COMPARISONS: tuple[Callable[[Telling, Telling], Found], ...] = (
    _status, _types, _modes, alike_in_time, alike_in_parties, alike_in_place, alike_in_size, _words, _sequels, _stories,
)  # fmt: skip
"""What is compared, those first that contradict most often."""
