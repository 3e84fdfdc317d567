"""Who takes part in an event, and on which side: every actor of the report weighed, not only those of its clause.

Reports leave much to be understood: who is asked, with whom one talks, whose arrest it was stands a sentence or a
paragraph away. A logistic model for each side looks at what grammar and network say of an actor's mentions near the
event, at how far away it stands, how much the report is about it, what it did in the event told before, and whether it
speaks. Its weights were fitted on whole reports that we annotated (`training/participants.py`); they lie in
`resources/models/participants.json`. The grammar's own choice is a feature, and stands unless it is very unlikely.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import numpy as np

from whowhom.candidates import ActorIndex, EventCandidate, StatementCandidate
from whowhom.extract.learned import Chances, Learned
from whowhom.model.network import Floats
from whowhom.parse import Parsed
from whowhom.records import STATUSES

Side = Literal["actors", "recipients"]
SIDES: tuple[Side, Side] = ("actors", "recipients")
_KINDS = ("person", "state", "organisation", "group", "people")
_FAR = 6
"""Sentences from which on an actor is simply far away."""
_LOCATIVE = frozenset("in at across throughout near around outside inside within".split())
_BELONGING = frozenset("poss pobj compound nmod amod".split())
_OFFICIAL = frozenset({("COERCE", "arrest"), ("COERCE", "curfew"), ("SANCTION", "convict")})
_HARDLY = 0.002  # the probability of a mention that the network does not see with the event
FILL: Mapping[Side, float] = {"actors": 0.5, "recipients": 0.3}
"""Least probability of an actor on a side for which grammar chose nobody."""
ADD = 0.7
"""Least probability of a further actor beside those whom grammar chose."""
KEEP = 0.2
"""Least probability of an actor that it did choose."""
OF_TYPE = (
    "bias", "chosen", "none chosen", "network", *_KINDS, "government", "civilian", "speaker", "before 0", "rank",
    "noun", "place", "elsewhere",
)  # fmt: skip
"""The columns that have a weight for each type of event beside the one for all: states do not march, police arrest."""
COLUMNS = (
    "chosen", "chosen for the other side", "network", "network for the other side", "seen together", "likeliest",
    *(f"before {n}" for n in range(_FAR + 1)), *(f"after {n}" for n in range(_FAR + 1)),
    "share of mentions", "rank", "in the headline", "first mention", "speaker", "addressee", "speaker of the cue",
    "reported", "same side before", "other side before", *_KINDS, "government", "civilian", "noun",
    "place", "elsewhere", *(f"status {status}" for status in STATUSES), "none chosen", "number chosen",
    "none chosen for the other side", "bias",
)  # fmt: skip
"""The features of an actor on one side of an event, in the order of their columns."""
_AT = {name: k for k, name in enumerate(COLUMNS)}
_TYPED = [_AT[name] for name in OF_TYPE]


@dataclass(frozen=True, slots=True)
class Weights:
    """The fitted weights of one side: of all columns `(F,)`, and by type of event those of `OF_TYPE` `(T,)`."""

    columns: Floats
    types: Mapping[str, Floats]


@cache
def fitted() -> Mapping[Side, Weights] | None:
    """The weights that come with the package, None where there are none."""
    path = files("whowhom") / "resources" / "models" / "participants.json"
    if not path.is_file():
        return None
    data = json.loads(path.read_text(encoding="utf-8"))
    return {
        side: Weights(
            np.array([data[side]["columns"].get(name, 0.0) for name in COLUMNS], dtype=np.float32),
            {
                kind: np.array([row.get(name, 0.0) for name in OF_TYPE], dtype=np.float32)
                for kind, row in data[side]["types"].items()
            },
        )
        for side in SIDES
    }


class Participants:
    """The actors of one parsed text, weighed for each event in the order of the telling."""

    def __init__(
        self,
        parsed: Parsed,
        statements: Sequence[StatementCandidate],
        inside: Sequence[int | None],
        who: ActorIndex,
        learned: Learned,
        proposed: Sequence[EventCandidate],
    ) -> None:
        """`proposed` are all events of the text with the sides that grammar gives them: who is on one there is less
        likely to be meant elsewhere."""
        self.parsed = parsed
        self.statements = statements
        self.inside = inside
        self.who = who
        self.learned = learned
        self.cue_of = {i: k for k, s in enumerate(statements) for first, last in s.cue for i in range(first, last)}
        mentions: dict[str, list[int]] = {}
        for i in range(len(parsed.doc)):
            for actor in who.at(i):
                mentions.setdefault(actor, []).append(i)
        self.ids = list(mentions)
        self.mentions = [np.array(found, dtype=np.int64) for found in mentions.values()]
        of_sentence = np.asarray(parsed.sentence_of, dtype=np.int64)
        self._heads = np.concatenate(self.mentions) if self.mentions else of_sentence[:0]
        """All mentions, actor by actor; those of one begin at his place in `_firsts`."""
        self._sentences = of_sentence[self._heads]
        self._placed = np.fromiter((self._is_place(int(i)) for i in self._heads), dtype=np.int64)
        busy = {head for one in proposed for head in (*one.actors, *one.recipients)}
        self._busy = np.fromiter((int(i) in busy for i in self._heads), dtype=np.int64)
        self._firsts = np.cumsum([0, *(len(found) for found in self.mentions[:-1])])
        self._place = {actor: k for k, actor in enumerate(self.ids)}
        self._actors = [who.actor(one) for one in self.ids]
        self._of_head: dict[int, list[int]] = {}
        for k, found in enumerate(self.mentions):
            for i in found.tolist():
                self._of_head.setdefault(i, []).append(k)
        self._standing = self._of_report()

    def _of_report(self) -> Floats:
        """What every actor is to the report as a whole, in a table `(actors, columns)` of all features."""
        counts = np.array([len(found) for found in self.mentions], dtype=np.float32)
        firsts = np.array([found[0] for found in self.mentions], dtype=np.float32)
        rank = np.empty(len(counts), dtype=np.float32)
        rank[np.argsort(-counts, kind="stable")] = np.arange(len(counts))
        headline = self.parsed.sentences[0].end if self.parsed.sentences else 0
        out = np.zeros((len(counts), len(COLUMNS)), dtype=np.float32)
        for name, values in {
            "share of mentions": counts / max(1.0, float(counts.sum())),
            "rank": np.minimum(rank, 8),
            "in the headline": firsts < headline,
            "first mention": firsts / max(1, len(self.parsed.doc)),
            "government": _truth(one.sector == "GOV" for one in self._actors),
            "civilian": _truth(one.sector == "CVL" for one in self._actors),
            **{kind: _truth(one.kind == kind for one in self._actors) for kind in _KINDS},
            "bias": np.ones(len(counts)),
        }.items():
            out[:, _AT[name]] = values
        return out

    def sides(
        self, candidate: EventCandidate, previous: EventCandidate | None, barred: frozenset[int] = frozenset()
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The heads of the mentions on both sides of an event: those of `candidate`, less the unlikely, and others.

        Args:
            candidate: the event with the sides that grammar gives it.
            previous: the event told before.
            barred: heads of mentions that are no recipients.
        """
        weights = fitted()
        if weights is None:
            return candidate.actors, candidate.recipients
        found = self.features(candidate, previous)
        chances = {side: weigh(found[side], candidate.type, weights[side]) for side in SIDES}
        strange = frozenset(
            i for one in self.ids if self._cannot(one, candidate) for i in self.mentions[self._place[one]]
        )
        actors = self._settled(candidate, "actors", chances, strange)
        own = barred | self._own_side(actors)
        recipients = self._settled(candidate, "recipients", chances, own)
        return actors, recipients

    def _own_side(self, heads: Sequence[int]) -> frozenset[int]:
        """The mentions of the states for which those who act speak: no president meets or thanks his own country."""
        acting = [self._actors[self._place[a]] for h in heads for a in self.who.at(h)]
        countries = {one.country for one in acting if one.kind == "state" or one.sector == "GOV"} - {None}
        return frozenset(
            int(i)
            for actor, found in zip(self._actors, self.mentions, strict=True)
            if actor.kind == "state" and actor.country in countries
            for i in found
        )

    def _settled(
        self, candidate: EventCandidate, side: Side, chances: Mapping[Side, Floats], barred: frozenset[int]
    ) -> tuple[int, ...]:
        """One side: the heads given whose actors are not too unlikely there, and mentions of those who are likely."""
        given = candidate.actors if side == "actors" else candidate.recipients
        own, other = chances[side], chances["recipients" if side == "actors" else "actors"]
        heads = [h for h in given if self._chance(h, own) >= KEEP or self._holds(h, candidate.trigger)]
        taken = {a for h in heads for a in self.who.at(h)}
        least = ADD if heads else FILL[side]
        for k in np.argsort(-own, kind="stable"):
            if own[k] < least:
                break
            if self.ids[k] in taken or other[k] > own[k]:
                continue
            head = self._nearest(int(k), candidate.trigger, barred)
            if head is not None and not taken & set(self.who.at(head)) and not self._told_with(head, heads):
                heads = [h for h in heads if not (self._told_with(h, [head]) and self._chance(h, own) < own[k])]
                heads.append(head)
                taken.update(self.who.at(head))
        return tuple(sorted(heads))

    def _chance(self, head: int, own: Floats) -> float:
        """The highest probability on a side of those whom a mention stands for."""
        return max((float(own[self._place[a]]) for a in self.who.at(head)), default=1.0)

    def _told_with(self, head: int, heads: Sequence[int]) -> bool:
        """Whether a mention only says whose or of what another one is: "Gao" beside "the governor of Gao"."""
        token = self.parsed.doc[head]
        while token.dep_ == "conj":
            token = token.head
        while token.dep_ in _BELONGING or (token.dep_ == "prep" and token.lower_ == "of"):
            token = token.head
            if token.i in heads:
                return True
        return False

    def _cannot(self, actor_id: str, candidate: EventCandidate) -> bool:
        """Whether it would be strange that an actor did such a thing: states do not march, nor civilians arrest."""
        actor = self._actors[self._place[actor_id]]
        if candidate.type == "PROTEST":
            return actor.kind == "state"
        return (candidate.type, candidate.mode) in _OFFICIAL and actor.sector == "CVL"

    def _is_place(self, head: int) -> bool:
        """Whether a mention says where something was: "in central Turkey"."""
        token = self.parsed.doc[head]
        return token.dep_ == "pobj" and token.head.lower_ in _LOCATIVE

    def _holds(self, head: int, trigger: int) -> bool:
        """Whether a mention holds the word of the event, so that the network was not asked: "detained workers"."""
        span = self.who.span_of(head)
        return span is not None and span[0] <= trigger < span[1]

    def _nearest(self, k: int, trigger: int, barred: frozenset[int]) -> int | None:
        """The mention of an actor alone that stands nearest to an event."""
        alone = [int(i) for i in self.mentions[k] if len(self.who.at(int(i))) == 1 and int(i) not in barred]
        return min(alone, key=lambda i: (abs(i - trigger), i), default=None)

    def features(
        self, candidate: EventCandidate, previous: EventCandidate | None, chances: Chances | None = None
    ) -> dict[Side, Floats]:
        """For each side the features `(actors, columns)` of all actors of the report, in the order of `ids`.

        `chances` are those of the mentions near the event, as the network has them unless they are given.
        """
        if chances is None:
            chances = self.learned.chances(self.parsed.doc[candidate.trigger], candidate.type, self.who)
        seen = self._highest(*chances)
        logits = [_logit(one) for one in seen]
        chosen = [self._marked(heads) for heads in (candidate.actors, candidate.recipients)]
        before = [np.zeros(len(self.ids), dtype=np.float32)] * 2
        sentence_of = self.parsed.sentence_of
        if previous is not None and sentence_of[candidate.trigger] - sentence_of[previous.trigger] <= 1:
            before = [self._marked(heads) for heads in (previous.actors, previous.recipients)]
        shared = self._around(candidate)
        shared[:, _AT["seen together"]] = seen[0] + seen[1] > 0
        out: dict[Side, Floats] = {}
        for k, side in enumerate(SIDES):
            other = 1 - k
            table = shared.copy()
            for name, values in (
                ("chosen", chosen[k]), ("chosen for the other side", chosen[other]), ("network", logits[k]),
                ("network for the other side", logits[other]), ("likeliest", _logit(seen[k].max(initial=0.0))),
                ("same side before", before[k]), ("other side before", before[other]),
                ("none chosen", not chosen[k].any()), ("number chosen", chosen[k].sum()),
                ("none chosen for the other side", not chosen[other].any()),
            ):  # fmt: skip
                table[:, _AT[name]] = values
            out[side] = table
        return out

    def _around(self, candidate: EventCandidate) -> Floats:
        """The features `(actors, columns)` that are those of both sides: what an actor is to the report, where he
        stands from an event, and what speaking has to do with it."""
        sentence = self.parsed.sentence_of[candidate.trigger]
        apart = self._sentences - sentence
        far = np.minimum(np.abs(apart), _FAR)
        inside = self.inside[candidate.trigger]
        statement = self.statements[inside] if inside is not None else None
        cue = self.cue_of.get(candidate.trigger)
        out = self._standing.copy()
        if self.ids:
            rows = np.arange(len(self.ids))
            out[rows, _AT["before 0"] + np.minimum.reduceat(np.where(apart <= 0, far, _FAR), self._firsts)] = 1.0
            out[rows, _AT["after 0"] + np.minimum.reduceat(np.where(apart >= 0, far, _FAR), self._firsts)] = 1.0
            # Those of the nearest mention: two bits behind its distance.
            busy = self._busy * ~np.isin(self._heads, (*candidate.actors, *candidate.recipients))
            bits = 4 * np.abs(self._heads - candidate.trigger) + 2 * self._placed + busy
            nearest = np.minimum.reduceat(bits, self._firsts)
            out[:, _AT["place"]] = nearest >> 1 & 1
            out[:, _AT["elsewhere"]] = nearest & 1
        if statement is not None:
            out[:, _AT["speaker"]] = self._marked((statement.speaker,))
            out[:, _AT["addressee"]] = self._marked((statement.addressee,))
            out[:, _AT["reported"]] = 1.0
        if cue is not None:
            out[:, _AT["speaker of the cue"]] = self._marked((self.statements[cue].speaker,))
        out[:, _AT["noun"]] = self.parsed.doc[candidate.trigger].pos_ != "VERB"
        out[:, _AT[f"status {candidate.status}"]] = 1.0
        return out

    def _marked(self, heads: Sequence[int | None]) -> Floats:
        """1 for the actors that the mentions of some heads stand for."""
        out = np.zeros(len(self.ids), dtype=np.float32)
        for head in heads:
            if head is not None:
                out[self._of_head.get(head, [])] = 1.0
        return out

    def _highest(self, heads: Sequence[int], chances: Floats) -> tuple[Floats, Floats]:
        """The highest of the probabilities of each actor's mentions to act and to be acted on, 0 where it has none."""
        pairs = [(row, place) for row, head in enumerate(heads) for place in self._of_head.get(head, ())]
        out = np.zeros((len(self.ids), 2), dtype=np.float32)
        if pairs:
            rows, places = zip(*pairs, strict=True)
            np.maximum.at(out, list(places), chances[list(rows)])
        return out[:, 0], out[:, 1]


def weigh(features: Floats, kind: str, weights: Weights) -> Floats:
    """The probability `(actors,)` that each actor is on a side of an event of type `kind`."""
    score = features @ weights.columns
    row = weights.types.get(kind)
    if row is not None:
        score = score + of_type(features) @ row
    return np.asarray(1 / (1 + np.exp(-score)), dtype=np.float32)


def of_type(features: Floats) -> Floats:
    """The features `(actors, T)` that have weights of their own for each type of event."""
    return features[:, _TYPED]


def _logit(p: Floats | float) -> Floats:
    held = np.clip(np.asarray(p, dtype=np.float32), _HARDLY, 0.995)
    return np.asarray(np.log(held / (1 - held)), dtype=np.float32)


def _truth(values: Iterable[bool]) -> Floats:
    return np.fromiter(values, dtype=np.float32)
