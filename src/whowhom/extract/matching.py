"""Which entry of the event lexicon a word matches: its lemma, and the conditions on what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from whowhom.candidates import ActorIndex
from whowhom.extract.clauses import Clauses, Slots
from whowhom.extract.learned import Learned
from whowhom.parse import Parsed
from whowhom.resources.event_lexicon import Condition, EventEntry, event_entries, event_nouns

_ARMED = frozenset({"MIL", "REB", "UAF", "COP", "PRM", "CRM", "SPY"})


@dataclass(frozen=True, slots=True)
class Match:
    """A predicate with its most specific entry. `factor` in (0, 1] is what a looser reading of the word costs."""

    token: Token
    entry: EventEntry
    slots: Slots
    factor: float


class Matcher:
    """Matches the words of one parsed text. `inside[i]` is the statement in which token `i` stands, or None."""

    def __init__(
        self,
        parsed: Parsed,
        clauses: Clauses,
        who: ActorIndex,
        inside: Sequence[int | None],
        learned: Learned | None = None,
    ) -> None:
        self.doc = parsed.doc
        self.clauses = clauses
        self.who = who
        self.inside = inside
        self.learned = learned

    def keys(self, token: Token) -> list[tuple[str, str, float]]:
        """The lemmas under which a word may stand in the lexicon, with their part of speech and factor."""
        lemma = token.lemma_.lower()
        if token.pos_ == "VERB":
            full = self.clauses.lemma(token)
            return [(full, "v", 1.0)] if full == lemma else [(full, "v", 1.0), (lemma, "v", 0.7)]
        if token.pos_ == "ADJ":
            return [(lemma, "a", 1.0)] + ([(lemma, "v", 0.8)] if token.tag_ in ("VBN", "VBG") else [])
        if token.pos_ in ("NOUN", "PROPN"):
            keys = []
            for child in token.children:
                if child.i < token.i and child.dep_ in ("compound", "amod", "nmod"):
                    for grandchild in child.children:
                        if grandchild.dep_ in ("compound", "amod"):
                            keys.append((f"{grandchild.lemma_.lower()}_{child.lemma_.lower()}_{lemma}", "n", 1.0))
                    keys.append((f"{child.lemma_.lower()}_{lemma}", "n", 1.0))
                    if child.lower_ != child.lemma_.lower():
                        keys.append((f"{child.lower_}_{lemma}", "n", 1.0))
            return [*keys, (lemma, "n", 1.0)]
        return []

    def match(self, token: Token) -> Match | None:
        """The entry that a word takes: the lexicon's, else the network's."""
        known = self._lexical(token)
        if known is not None or self.learned is None:
            return known
        entry = self.learned.entry(token)
        return Match(token, entry, self.clauses.of(token), 1.0) if entry is not None else None

    def _lexical(self, token: Token) -> Match | None:
        """The most specific entry of the lexicon whose conditions all hold, None where there is none."""
        table = event_entries()
        slots: Slots | None = None
        for lemma, pos, factor in self.keys(token):
            entries = table.get((lemma, pos))
            if not entries:
                continue
            if slots is None:
                slots = self.clauses.of(token)
            for entry in entries:
                if all(self._holds(condition, slots) for condition in entry.require):
                    return Match(token, entry, slots, factor)
        return None

    def _holds(self, condition: Condition, slots: Slots) -> bool:
        tokens = slots.get(condition.slot, ())
        if not condition.lemmas and not condition.classes:
            return bool(tokens) != condition.negated
        fit = [
            self.doc[i].lemma_.lower() in condition.lemmas or any(self._is(i, name) for name in condition.classes)
            for i in tokens
        ]
        met = bool(fit) and all(fit) if condition.only else any(fit)
        return met != condition.negated

    def _is(self, i: int, name: str) -> bool:
        token = self.doc[i]
        if name == "@MONEY":
            return token.ent_type_ == "MONEY" or any(c.ent_type_ == "MONEY" for c in token.children)
        if name == "@NUMBER":
            return token.like_num or any(c.like_num for c in token.children)
        if name == "@EVENT":
            return token.lemma_.lower() in event_nouns()
        if name == "@QUOTE":
            return self.inside[i] is not None
        ids = self.who.at(i)
        if not ids:
            return False
        if name == "@ACTOR":
            return True
        actors = [self.who.actor(a) for a in ids]
        if name == "@PERSON":
            return any(a.kind in ("person", "people", "group") for a in actors)
        if name == "@STATE":
            return any(a.kind == "state" for a in actors)
        if name == "@ORG":
            return any(a.kind == "organisation" for a in actors)
        if name == "@PRESS":
            return any(a.sector == "JRN" for a in actors)
        if name == "@ARMED":
            return any(a.sector in _ARMED or a.kind == "state" for a in actors)
        return False
