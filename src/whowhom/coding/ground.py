"""What the finders of standing relations ask of a parsed text: actors by token, owners and subjects of a noun."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from spacy.tokens import Token

from whowhom.candidates import ActorIndex
from whowhom.parse import Parsed
from whowhom.records import Actor, Predicate
from whowhom.resources.knowledge import Organisation
from whowhom.resources.table import word_class

_NOT_SO = frozenset({"if", "unless", "would", "could", "may", "might", "should", "whether", "will"})
_POLITICAL = frozenset("GOV MIL LEG PTY REB SPY COP OPP JUD IGO UAF PRM NGO CVL REF REL".split())

Ids = tuple[str, ...]


class Slots(Protocol):
    """Grammatical slots of a predicate by name."""

    def verb(self, verb: Token) -> dict[str, tuple[int, ...]]:
        """The slots of a verb: subj, obj, iobj, prep_X."""

    def noun(self, noun: Token) -> dict[str, tuple[int, ...]]:
        """The slots of a noun: poss, prep_X, compound, amod."""


def words(name: str) -> frozenset[str]:
    """The lemmas of one class of `lexicon/relations.tsv`."""
    return word_class("lexicon/relations.tsv", name)


@dataclass(frozen=True, slots=True)
class Found:
    """A relation between actors, each of `subjects` with each of `objects`, or with a value where there are none."""

    subjects: Ids
    predicate: Predicate
    objects: Ids
    anchor: Token
    value: str | None = None
    start: str | None = None


class Ground:
    """One parsed text with its actors and slots."""

    def __init__(self, parsed: Parsed, who: ActorIndex, slots: Slots) -> None:
        self.parsed = parsed
        self.doc = parsed.doc
        self.slots = slots
        self._who = who
        self.ids: list[Ids] = [who.at(i) for i in range(len(parsed.doc))]
        self._actors: dict[str, Actor] = {}
        self._by_name: dict[str, Ids] | None = None

    def actor(self, actor_id: str) -> Actor:
        """The actor of an id."""
        found = self._actors.get(actor_id)
        if found is None:
            found = self._actors[actor_id] = self._who.actor(actor_id)
        return found

    def of(self, tokens: Iterable[int]) -> Ids:
        """The actors of some tokens, each once."""
        return tuple(dict.fromkeys(a for i in tokens for a in self.ids[i]))

    def states(self, ids: Iterable[str]) -> Ids:
        """Those of some actors that are states or alliances of states."""
        return tuple(
            a for a in ids if self.is_state(a) or self.actor(a).country == "IGO" or self.actor(a).sector == "IGO"
        )

    def is_state(self, actor_id: str) -> bool:
        """Whether an actor is a state."""
        return self.actor(actor_id).kind == "state"

    def is_political(self, actor_id: str) -> bool:
        """Whether an actor takes part in politics: states, bodies and persons of a country or of a political sector."""
        actor = self.actor(actor_id)
        return (
            actor.kind == "state"
            or actor.sector in _POLITICAL
            or (actor.country is not None and actor.sector not in ("BUS", "MED"))
            or (actor.kind == "organisation" and actor.sector is None)
        )

    def state_of(self, actor_id: str) -> str | None:
        """The state whose government or citizen an actor is, where the report names it."""
        actor = self.actor(actor_id)
        if actor.kind == "state" or actor.country is None:
            return actor_id
        for ids in self.ids:
            for other in ids:
                if self.is_state(other) and self.actor(other).country == actor.country:
                    return other
        return None

    def named(self, name: str) -> Ids:
        """The actor of the report that has a name, () where none has."""
        if self._by_name is None:
            self._by_name = {self.actor(a).name.lower(): (a,) for ids in self.ids for a in ids}
        return self._by_name.get(name.lower(), ())

    def enter(self, body: Organisation, first: int, last: int) -> str:
        """The id of a body that tokens `[first, last)` mean, entered among the actors where it is not among them."""
        known = Actor(body.name, body.name, "organisation", body.country, body.sector)
        self._by_name = None
        entered = self._who.enter(known, first, last)
        for i in range(first, last):
            self.ids[i] = self._who.at(i)
        return entered

    def weight(self, country: str | None) -> int:
        """How often actors of a country are told of."""
        return sum(self.actor(a).country == country for ids in self.ids for a in ids)

    def text(self, first: int, last: int) -> str:
        """The words of tokens `first` to `last`, both included, as the report has them."""
        return str(self.doc[first : last + 1].text).strip()

    def clause_verb(self, token: Token) -> Token | None:
        """The verb that governs a token."""
        for _ in range(8):
            if token.head.i == token.i:
                return None
            token = token.head
            if token.pos_ in ("VERB", "AUX"):
                return token
        return None

    def stands(self, token: Token) -> bool:
        """Whether a predicate is asserted, neither negated nor hypothetical nor over."""
        for one in (token, token.head if token.dep_ in ("attr", "dobj", "pobj", "acomp") else token):
            for child in one.children:
                if child.dep_ == "neg" or child.lower_ in ("no", "never", "without"):
                    return False
                if child.dep_ in ("aux", "mark") and child.lower_ in _NOT_SO:
                    return False
                if child.lemma_.lower() in words("gone") and child.dep_ in ("amod", "advmod", "compound", "nmod"):
                    return False
        return True

    def subjects(self, noun: Token) -> Ids:
        """Of whom a noun is said: "X is an ally", "X, an ally", "the ally X", "an ally in the Gulf, X"."""
        if noun.dep_ == "attr" and noun.head.lemma_ in words("copula"):
            return self.of(self.slots.verb(noun.head).get("subj", ()))
        found: Ids = ()
        if noun.dep_ == "appos":
            found = self.ids[noun.head.i]
        if not found:
            found = self.of(c.i for c in noun.children if c.dep_ == "appos")
        if found:
            return found
        doc, right = self.doc, noun.i + 1
        if right < len(doc) and self._named(right) and doc[right].sent == noun.sent:
            return self.ids[right]
        left = min((c.left_edge.i for c in noun.lefts), default=noun.i)
        if (
            left >= 2
            and doc[left - 1].lower_ == ","
            and self._named(left - 2)
            and doc[left].lower_ in ("a", "an", "the", "its", "his", "one")
        ):
            return self.ids[left - 2]
        return self._after_comma(noun)

    def _named(self, i: int) -> bool:
        return bool(self.ids[i]) and self.doc[i].pos_ == "PROPN"

    def _after_comma(self, noun: Token) -> Ids:
        """The name set off behind a noun phrase with a place: "an ally in the region, Qatar"."""
        doc = self.doc
        i = noun.i + 1
        if i >= len(doc) or doc[i].lower_ not in ("in", "of", "at", "from"):
            return ()
        for j in range(i + 1, min(i + 6, len(doc) - 2)):
            if doc[j].lower_ == ",":
                last = doc[j + 2].lower_ in (",", ".", ";") or doc[j + 2].is_sent_start
                return self.ids[j + 1] if self._named(j + 1) and last else ()
            if doc[j].pos_ in ("VERB", "AUX"):
                return ()
        return ()

    def owners(self, noun: Token, *names: str) -> Ids:
        """The actors in the given slots of a noun."""
        inner = self.slots.noun(noun)
        found = self.of(i for name in names for i in inner.get(name, ()))
        if (
            not found
            and noun.i
            and self.ids[noun.i - 1]
            and self.doc[noun.i - 1].pos_ in ("PROPN", "ADJ", "NOUN")
            and "compound" in names
        ):
            found = self.ids[noun.i - 1]
        return found
