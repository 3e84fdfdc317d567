"""One happening told several times in a report becomes one record with several pieces of evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from whowhom.candidates import ActorIndex
from whowhom.coding.codebook import derive
from whowhom.records import Event

if TYPE_CHECKING:
    from whowhom.coding.events import CodedEvent

_HURTING = frozenset({"wound", "injure", "hurt", "kill", "die", "maim"})
_BLASTS = frozenset({"explosives", "suicide-attack"})
_REACH = 6  # sentences over which "the attack" still means the last one told
_PHYSICAL = frozenset({"ASSAULT", "PROTEST", "COERCE", "CONSULT", "SANCTION", "MOBILIZE", "RETREAT", "CONCEDE"})


def merge_events(coded: Sequence[CodedEvent], who: ActorIndex) -> list[CodedEvent]:
    """Join records that tell of the same happening; the order of the first tellings is kept."""
    out: list[CodedEvent] = []
    for one in coded:
        for k, other in enumerate(out):
            if _same(other, one, who):
                out[k] = _joined(other, one, who)
                break
        else:
            out.append(one)
    return out


def _same(a: CodedEvent, b: CodedEvent, who: ActorIndex) -> bool:
    x, y = a.event, b.event
    if x.type != y.type or (x.status != y.status and "occurred" not in (x.status, y.status)):
        return False
    if {x.status, y.status} & {"negated", "historical"} and x.status != y.status:
        return False
    if x.mode and y.mode and x.mode != y.mode:
        blasts = x.mode in _BLASTS and y.mode in _BLASTS
        if not blasts and not (x.type == "ASSAULT" and a.sentence == b.sentence):
            return False
    elif x.mode != y.mode and x.type == "COERCE" and a.lemma != b.lemma:
        return False  # harassing somebody is no arrest
    if x.start and y.start and not (x.start.startswith(y.start) or y.start.startswith(x.start)):
        return False
    if (
        x.place
        and y.place
        and x.place.name != y.place.name
        and (
            x.place.country != y.place.country
            or ((x.place.geonames_id and y.place.geonames_id) and x.type == "ASSAULT")
        )
    ):
        return False
    for name in ("killed", "detained", "participants"):
        p, q = x.magnitude.get(name), y.magnitude.get(name)
        if p and q and (p.low, p.high) != (q.low, q.high):
            return False
    left, right = set(x.actors) | set(x.recipients), set(y.actors) | set(y.recipients)
    if x.type == "CONSULT":
        if "phone" in (x.mode, y.mode) and x.mode != y.mode:
            return False
        if b.definite and not right and b.sentence - a.sentence <= _REACH:
            return True  # "the talks lasted four hours"
        return _same_meeting(left, right, who)
    if (
        x.type == "ASSAULT"
        and a.sentence == b.sentence
        and {a.lemma, b.lemma} & _HURTING
        and _agree(x.actors, y.actors)
    ):
        return True  # "killed 13 soldiers and wounded 56 more" is one attack
    if x.type == "ASSAULT" and b.definite and _agree(x.actors, y.actors) and b.sentence - a.sentence <= _REACH:
        return True
    if x.type == "AGREE" and _same_sum(x, y) and _parties(x.actors, who) & _parties(y.actors, who):
        return True  # a loan promised by a president and extended by his country
    if x.type == "SANCTION" and "convict" not in (x.mode, y.mode) and a.sentence == b.sentence and a.lemma != b.lemma:
        return False  # ties cut and an embargo imposed are two acts; a prison term and a fine are one sentence
    if x.type not in _PHYSICAL:
        if a.sentence == b.sentence and a.lemma != b.lemma:
            return False
        if a.lemma != b.lemma and not (set(x.actors) & set(y.actors) and set(x.recipients) & set(y.recipients)):
            return False
    return _agree(x.actors, y.actors) and _agree(x.recipients, y.recipients) and bool(left & right or not left | right)


def _parties(ids: Sequence[str] | set[str], who: ActorIndex) -> set[str]:
    """Whom actors stand for: a state and those who hold office in it are one party."""
    out = set()
    for one in ids:
        actor = who.actor(one)
        state = actor.kind == "state" or (actor.kind == "person" and actor.sector == "GOV")
        out.add(actor.country if state and actor.country else one)
    return out


def _same_meeting(left: set[str], right: set[str], who: ActorIndex) -> bool:
    """Whether two tellings share both sides, or one side where a telling names no other."""
    if left == right or len(left & right) >= 2:
        return True
    a, b = _parties(left, who), _parties(right, who)
    if len(a) < 2 or len(b) < 2:
        return bool(left & right) or (bool(a & b) and min(len(a), len(b)) == 1)
    return len(a & b) >= 2


def _same_sum(x: Event, y: Event) -> bool:
    p, q = x.magnitude.get("money"), y.magnitude.get("money")
    return p is not None and q is not None and (p.low, p.high, p.currency) == (q.low, q.high, q.currency)


def _agree(a: Sequence[str], b: Sequence[str]) -> bool:
    return not a or not b or bool(set(a) & set(b))


def _sides_named(x: Event, y: Event, who: ActorIndex) -> Event:
    """A meeting whose states are replaced by the persons who, in another telling, meet for them."""
    people = {who.actor(p).country: p for p in (*y.actors, *y.recipients) if who.actor(p).kind == "person"}
    mine = {*x.actors, *x.recipients}

    def named(ids: Sequence[str]) -> tuple[str, ...]:
        out = []
        for one in ids:
            actor = who.actor(one)
            person = people.get(actor.country) if actor.kind == "state" and actor.country else None
            out.append(person if person is not None and person not in mine else one)
        return tuple(dict.fromkeys(out))

    return replace(x, actors=named(x.actors), recipients=named(x.recipients))


def _joined(a: CodedEvent, b: CodedEvent, who: ActorIndex) -> CodedEvent:
    x, y = a.event, b.event
    if x.type == "CONSULT":
        x, y = _sides_named(x, y, who), _sides_named(y, x, who)
    fuller, other = (y, x) if _fullness(y) > _fullness(x) + 1 else (x, y)
    mode = fuller.mode or other.mode
    contexts = tuple(dict.fromkeys((*fuller.contexts, *other.contexts)))[:3]
    event = replace(
        fuller,
        mode=mode,
        contexts=contexts,
        actors=fuller.actors or tuple(a for a in other.actors if a not in fuller.recipients),
        recipients=fuller.recipients or tuple(r for r in other.recipients if r not in (fuller.actors or other.actors)),
        start=fuller.start or other.start,
        end=fuller.end if fuller.start else other.end,
        place=fuller.place or other.place,
        magnitude={**other.magnitude, **fuller.magnitude},
        reported_by=_source(a, b) if fuller is x else _source(b, a),
        confidence=round(min(0.99, 1 - (1 - x.confidence) * (1 - 0.5 * y.confidence)), 3),
        evidence=tuple(dict.fromkeys((*fuller.evidence, *other.evidence))),
        derived=derive(fuller.type, mode, contexts),
    )
    kept = a if fuller == x else b
    return replace(kept, event=event, faint=a.faint and b.faint)


def _source(fuller: CodedEvent, other: CodedEvent) -> str | None:
    """Who is the source of an event told twice: None where the report tells it itself, pointing back set aside."""
    x, y = fuller.event.reported_by, other.event.reported_by
    if x and y:
        return x
    own = other if x else fuller
    return (x or y) if own.definite else None


def _fullness(event: Event) -> int:
    return (
        2 * bool(event.actors)
        + 2 * bool(event.recipients)
        + bool(event.start)
        + bool(event.place)
        + bool(event.magnitude)
    )
