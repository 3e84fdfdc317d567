"""What the network says of words that may name events, in the terms of the event lexicon.

The lexicon proposes and the network weighs. A word that the lexicon does not know becomes an entry of its own where the
network is sure enough. (Letting the network change the lexicon's types was tried at several thresholds and bought
nothing on reports that neither had seen.) What it says of sides is weighed by `participants`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import cast

import numpy as np
from spacy.tokens import Token

from whowhom.candidates import ActorIndex
from whowhom.extract.ways import Ways
from whowhom.model import Reading
from whowhom.model.network import Floats
from whowhom.records import EventType
from whowhom.resources.event_lexicon import DEFAULT_SIDES, EventEntry

Chances = tuple[Sequence[int], Floats]
"""Heads of mentions near an event, and for each `(N, 2)` the probabilities that it acts, and that it is acted on."""
NEW = 0.7
"""Least probability at which a word that the lexicon does not know names an event; 0.5 finds more and is right less."""
_POS = {"VERB": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a"}


class Learned:
    """The network's view of one parsed text, asked by word."""

    def __init__(self, reading: Reading, ways: Ways) -> None:
        self.reading = reading
        self.ways = ways
        self.types = cast("list[EventType]", reading.network.labels["types"])
        modes: dict[str, list[tuple[int, str | None]]] = {name: [] for name in self.types}
        for k, label in enumerate(reading.network.labels["modes"]):
            kind, _, mode = label.partition(" ")
            modes[kind].append((k, mode or None))
        self.modes = modes
        self._mentions: dict[int, list[tuple[int, tuple[int, int]]]] = {}

    @cached_property
    def _triggers(self) -> np.ndarray:
        return self.reading.triggers

    def support(self, token: Token, kind: EventType) -> float:
        """The probability that a word names an event of that type."""
        return float(self._triggers[token.i, 1 + self.types.index(kind)])

    @cached_property
    def _best(self) -> list[tuple[int, float]]:
        found = self._triggers[:, 1:]
        return list(zip(found.argmax(1).tolist(), found.max(1).tolist(), strict=True))

    def best(self, token: Token) -> tuple[EventType, float]:
        """The most probable type at a word and its probability."""
        kind, probability = self._best[token.i]
        return self.types[kind], probability

    def mode(self, token: Token, kind: EventType) -> str | None:
        """The most probable mode of an event of that type named by that word."""
        row = self.reading.modes[token.i]
        return max(self.modes[kind], key=lambda option: float(row[option[0]]))[1]

    def statuses(self, token: Token) -> tuple[float, ...]:
        """The probabilities of each of `records.STATUSES` for an event named by that word."""
        return tuple(map(float, self.reading.statuses[token.i]))

    def entry(self, token: Token) -> EventEntry | None:
        """An entry for a word that no row of the lexicon fits, None where the network sees no event in it."""
        pos = _POS.get(token.pos_)
        if pos is None:
            return None
        kind, probability = self.best(token)
        if probability < NEW:
            return None
        actor, recipient = DEFAULT_SIDES[pos]
        return EventEntry(
            lemma=token.lemma_.lower(), pos=pos, require=(), type=kind, mode=self.mode(token, kind), actor=actor,
            recipient=recipient, contexts=(), prior=probability, rule=f"model:{kind}",
        )  # fmt: skip

    def chances(self, token: Token, kind: EventType, who: ActorIndex) -> Chances:
        """For each mention head in the window the probabilities that it acts, and that it is acted on."""
        rows = [(h, span) for h, span in self._heads(token, who) if not span[0] <= token.i < span[1]]
        if not rows:
            return [], np.zeros((0, 2), dtype=np.float32)
        ways = [self.ways.to(token, head, *span) for head, span in rows]
        found = self.reading.sides(token.i, [span for _, span in rows], ways, kind)
        return [head for head, _ in rows], found[:, 1:]

    def _heads(self, token: Token, who: ActorIndex) -> list[tuple[int, tuple[int, int]]]:
        """The mentions of a token's window, each once: its last token that heads it, and its tokens."""
        window = int(self.reading.window_of[token.i])
        found = self._mentions.get(window)
        if found is None:
            heads: dict[tuple[int, int], int] = {}
            for i in np.nonzero(self.reading.window_of == window)[0]:
                span = who.span_of(int(i))
                if span is not None:
                    heads[span] = int(i)
            found = self._mentions[window] = [(head, span) for span, head in heads.items()]
        return found
