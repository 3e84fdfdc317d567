"""Whether two tellings agree in who takes part."""

from __future__ import annotations

from collections.abc import Sequence

from whowhom.store.telling import Participant, Telling, name_words
from whowhom.store.traits import MUTUAL, NOTHING, Found

_GOVERNMENT = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})


def alike_in_parties(a: Telling, b: Telling) -> Found:
    """How far two tellings agree in who did it and to whom."""
    if a.type in MUTUAL:
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
        return NOTHING
    left, right = list(x), list(y)
    points, names = 0.0, list[str]()
    while left and right:
        best, p, q = max(((pair(p, q)[0], p, q) for p in left for q in right), key=lambda one: one[0])
        if best <= 0:
            break
        points += best if not names else 0.5 * best
        names.append(pair(p, q)[1])
        left.remove(p)
        right.remove(q)
    if left and right:
        worst = max(pair(p, q)[0] for p in left for q in right)
        if worst <= -3 and (not names or (strict and max(len(x), len(y)) < 4)):
            return 0.0, f"{left[0].name} is not {right[0].name}", True
        points += max(worst, -1.0) if names else worst
    return points, ", ".join(names), False


def pair(p: Participant, q: Participant) -> tuple[float, str]:
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
