"""What the network says of pledges: whether words tell of one, of which kind, and where it stands.

The rules draft pledges from words of promising, refusing and demanding; the network has read some hundred reports with
their pledges marked. It takes away drafts that it hardly sees, and tells of which kind they are; and what an event
tells of that it sees plainly becomes a draft of its own. Clauses that tell of no event were tried: no gain.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from spacy.tokens import Token

from whowhom.model import Reading
from whowhom.model.network import Floats
from whowhom.records import PledgeKind, PledgeStatus

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
