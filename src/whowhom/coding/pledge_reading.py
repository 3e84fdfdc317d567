"""What the network says of pledges: whether words tell of one, of which kind, and where it stands.

The rules draft pledges from words of promising, refusing and demanding; the network has read some hundred reports with
their pledges marked. It takes away drafts that it hardly sees, and tells of which kind they are; and what an event
tells of that it sees plainly becomes a draft of its own. Clauses that tell of no event were tried: no gain.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import cast

from spacy.tokens import Token

from whowhom.candidates import EventCandidate
from whowhom.coding.commitments import is_chance, read_content, words
from whowhom.coding.pledge_drafts import Draft, Drafter
from whowhom.model import Reading
from whowhom.model.network import Floats
from whowhom.records import PledgeKind, PledgeStatus

KEEP = 0.1
"""Least probability at which a pledge that the rules draft is kept."""
NEW = 0.65
"""Least probability at which an event that the rules draft no pledge from is one."""
DEMANDED = 0.75
"""The same where it is a demand: most of what is demanded is no commitment."""
NAMED = 0.9
"""Least share of a kind among all kinds for which a pledge of no kind that the rules know is of it."""
_NAMING = frozenset({"VERB", "NOUN", "PROPN", "ADJ", "ADV", "NUM"})


class SeenPledges:
    """The pledges that the network sees in one parsed text."""

    def __init__(self, reading: Reading) -> None:
        self.doc = reading.doc
        self._kinds = cast("list[PledgeKind]", reading.network.labels["pledges"][1:])
        self._statuses = cast("list[PledgeStatus]", reading.network.labels["pledge_statuses"])
        self._of_kind = reading.pledges
        self._of_status = reading.pledge_statuses
        self._hints: dict[int, float] = {}

    def hint(self, token: Token) -> float:
        """The highest probability of a word in the sentence of `token` to tell of a pledge: a quick look."""
        start = token.sent.start
        found = self._hints.get(start)
        if found is None:
            found = self._hints[start] = float(1.0 - self._of_kind[start : token.sent.end, 0].min())
        return found

    def chance(self, tokens: Iterable[int]) -> float:
        """The probability that some words tell of a pledge: the mean over those that mean something."""
        places = self._naming(tokens)
        return float(1.0 - self._of_kind[places, 0].mean()) if places else 0.0

    def kind(self, tokens: Iterable[int]) -> tuple[PledgeKind, float]:
        """The likeliest kind of the pledge that some words tell of, and its share among all kinds."""
        shares = self._of_kind[self._naming(tokens), 1:].sum(0)
        k = int(shares.argmax())
        return self._kinds[k], float(shares[k] / max(1e-6, float(shares.sum())))

    def status(self, tokens: Iterable[int]) -> tuple[PledgeStatus, float]:
        """The likeliest status of the pledge that some words tell of, and its probability."""
        places = self._naming(tokens)
        weights: Floats = 1.0 - self._of_kind[places, 0]
        shares = (self._of_status[places] * weights[:, None]).sum(0) / max(1e-6, float(weights.sum()))
        k = int(shares.argmax())
        return self._statuses[k], float(shares[k])

    def _naming(self, tokens: Iterable[int]) -> list[int]:
        given = list(tokens)
        return [i for i in given if self.doc[i].pos_ in _NAMING] or given


def words_of(trigger: Token, content: Iterable[int], longest: int = 15) -> list[int]:
    """The words by which an event tells of what somebody is to do: its own, and those of its content near it."""
    doc = trigger.doc
    out = {trigger.i}
    heads = [doc[i] for i in content] or [
        c for c in trigger.children if c.dep_ in ("dobj", "xcomp", "ccomp", "prep", "nsubjpass")
    ]
    for head in heads:
        out.update(t.i for t in head.subtree if abs(t.i - head.i) <= longest)
    return sorted(out)


def weighed(
    drafter: Drafter, drafts: Sequence[Draft], candidates: Sequence[EventCandidate], seen: SeenPledges
) -> list[Draft]:
    """The drafts that the network sees too, of the kind that it tells, and those of events that it alone sees."""
    out: list[Draft] = []
    for draft in drafts:
        if seen.chance(draft.tokens) < KEEP:
            continue
        kind, share = seen.kind(draft.tokens)
        if draft.pledge.kind == "other" and share >= NAMED:
            draft.pledge = replace(draft.pledge, kind=kind)
        out.append(draft)
    taken = {i for draft in drafts for i in draft.tokens}
    for candidate in candidates:
        new = _seen_in_event(drafter, candidate, seen)
        if new is not None and not taken & set(new.tokens):
            out.append(new)
            taken.update(new.tokens)
    return out


def _seen_in_event(drafter: Drafter, candidate: EventCandidate, seen: SeenPledges) -> Draft | None:
    """The pledge that the network sees in the words of an event."""
    trigger = drafter.doc[candidate.trigger]
    if seen.hint(trigger) < NEW:
        return None
    tokens = words_of(trigger, candidate.content)
    chance = seen.chance(tokens)
    if chance < NEW or candidate.status in ("historical", "hypothetical") or is_chance(trigger):
        return None
    if candidate.type == "THREATEN":
        return None  # "threatened to suspend aid"
    kind, _ = seen.kind(tokens)
    status, _ = seen.status(tokens)
    if status == "demanded" and chance < DEMANDED:
        return None
    if status == "pledged" and candidate.type == "SANCTION":
        status = "withdrawn"  # "said it would suspend aid"
    promiser = candidate.recipients if status == "demanded" else candidate.actors
    others = () if status == "demanded" else candidate.recipients
    head = drafter.doc[candidate.content[0]] if candidate.content else trigger
    content = replace(read_content(drafter.parsed, head), kind=kind)
    if status == "demanded" and content.lead in words("personal"):
        return None  # "urged him to resign"
    rule = f"{candidate.rule}; the network gives {chance:.2f} to a pledge"
    draft = drafter.draft(
        candidate, content, drafter.ids(promiser), drafter.ids(others), status, rule, vowed=status != "demanded"
    )
    if draft is not None and status == "demanded":
        draft.asked_by = frozenset(drafter.ids(candidate.actors))
    return draft
