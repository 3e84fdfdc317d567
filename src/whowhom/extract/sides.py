"""Who stands on either side of an event: slots read for actors, owners of things, and what is only implied."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from spacy.tokens import Token

from whowhom.candidates import ActorIndex
from whowhom.extract.clauses import Clauses, Slots, is_passive
from whowhom.extract.matching import Match
from whowhom.parse import Parsed
from whowhom.records import EventType
from whowhom.resources.event_lexicon import EventEntry, Sides, event_nouns

_PREMISES = frozenset("embassy consulate mission border airspace soil territory".split())
_OWNER_SLOTS = ("poss", "prep_by", "amod", "compound", "prep_of", "prep_from", "prep_against", "prep_in", "prep_with")
# An attack in Kabul, a bomb in a market: the place of a happening or weapon is not whose it is.
_DOER_SLOTS = ("poss", "prep_by", "amod", "compound", "prep_from")
# Nor are those who did it the country in which they did: "strangers in Kenya".
_BAND_SLOTS = ("poss", "prep_by", "amod", "compound", "prep_of", "prep_from", "prep_against", "prep_with")
_WEAPONS = frozenset(
    """bomb blast explosion shell missile rocket grenade mine bullet drone strike fire shot gas mortar device gunfire
    shooting fighting""".split()
)
# A town behind these prepositions is where it happened, no side of it.
_PLACE_SLOTS = frozenset({"prep_in", "prep_at", "prep_near", "prep_outside", "prep_inside", "prep_around"})
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


class SideFinder:
    """Finds the heads of the actors around the predicates of one parsed text."""

    def __init__(
        self, parsed: Parsed, clauses: Clauses, who: ActorIndex, match: Callable[[Token], Match | None]
    ) -> None:
        self.doc = parsed.doc
        self.clauses = clauses
        self.who = who
        self.match = match

    def side(self, slots: Slots, sides: Sides, own: int, doer: bool = False) -> tuple[int, ...]:
        """The heads that fill a side: of the first group of slots with an actor; owners where no head is one."""
        for direct in (True, False):
            for group in sides:
                heads: dict[int, None] = {}
                for name in group:
                    for i in slots.get(name, ()):
                        if i == own or (name in _PLACE_SLOTS and self.doc[i].ent_type_ in _PLACE_LABELS):
                            continue
                        i = self._named(i)
                        if self.doc[i].lemma_.lower() in _PREMISES and self._owner_of_premises(i):
                            for j in self._owner_of_premises(i):
                                heads.setdefault(j)
                            continue
                        for j in (i,) if direct and self.who.at(i) else () if direct else self.owner(i, doer=doer):
                            heads.setdefault(j)
                if heads:
                    return tuple(heads)
        return ()

    def owner(self, i: int, depth: int = 0, doer: bool = False) -> tuple[int, ...]:
        """The heads of the actors to whom a thing belongs: "Russia's invasion", "drills in NATO countries".

        With `doer` only of those who may have done it: the town where a bomb went off is left out.
        """
        if self.who.at(i):
            return (i,)
        token = self.doc[i]
        if depth > 2 or token.pos_ not in ("NOUN", "PROPN", "ADJ"):
            return ()
        lemma = token.lemma_.lower()
        slots = self.clauses.noun(token)
        happening = lemma in event_nouns() or lemma in _WEAPONS
        for name in (_DOER_SLOTS if happening else _BAND_SLOTS) if doer else _OWNER_SLOTS:
            found = tuple(j for k in slots.get(name, ()) for j in self.owner(k, depth + 1, doer) if j != i)
            if found:
                return found
        return ()

    def _owner_of_premises(self, i: int) -> tuple[int, ...]:
        """Whose an embassy, consulate or border is: closing it is done to that state."""
        slots = self.clauses.noun(self.doc[i])
        for name in ("poss", "amod", "compound", "prep_of", "prep_with"):
            found = tuple(j for j in slots.get(name, ()) if self.who.at(j) and j != i)
            if found:
                return found
        return ()

    def target(self, slots: Slots) -> EventType | None:
        """The type of the event that an act is about, where its object points back at one: "condemned the arrests"."""
        for i in slots.get("obj", ()):
            token = self.doc[i]
            if token.pos_ == "NOUN" and any(
                c.lower_ in ("the", "this", "these", "that", "those") for c in token.children
            ):
                match = self.match(token)
                if match is not None and match.entry.type != "ASSAULT":  # nobody knows yet who did it
                    return match.entry.type
        return None

    def aim(self, i: int) -> tuple[int, ...]:
        """At whom the event that a noun names is aimed: "lifted the sanctions on Iran", "an inquiry into the bank"."""
        token = self.doc[i]
        if token.pos_ != "NOUN":
            return ()
        slots = self.clauses.noun(token)
        for name in ("prep_against", "prep_on", "prep_into", "prep_to", "prep_for", "prep_of", "prep_with"):
            found = tuple(j for k in slots.get(name, ()) for j in self.owner(k))
            if found:
                return found
        return ()

    def _named(self, i: int) -> int:
        """The name in apposition to a description, where there is one: "his ally, Qatar", "NATO member Turkey"."""
        token = self.doc[i]
        if token.pos_ == "NOUN":
            for child in token.children:
                if child.dep_ == "appos" and child.pos_ == "PROPN" and self.who.at(child.i):
                    return child.i
        return i

    def of_content(
        self, entry: EventEntry, content: Sequence[Match], about: Sequence[int], actors: tuple[int, ...]
    ) -> tuple[int, ...]:
        """At whom a governing event is directed, by what it is about: "demanded that Kenya leave"."""
        own = {a for i in actors for a in self.who.at(i)}

        def others(found: tuple[int, ...]) -> tuple[int, ...]:
            return tuple(i for i in found if i not in actors and not own & set(self.who.at(i)))

        if entry.type in ("REQUEST", "REJECT"):  # whoever is to do it
            for i in about:
                token = self.doc[i]
                if token.pos_ in ("VERB", "AUX"):
                    clause = self.clauses.verb(token)
                    names = ("obj",) if is_passive(token) and entry.type == "REQUEST" else ("subj",)
                    found = others(tuple(j for name in names for k in clause.get(name, ()) for j in self.owner(k)))
                    if found and "subj" in names:
                        return found
        for inner in content:
            sides = inner.entry.recipient or inner.entry.actor
            found = others(self.side(inner.slots, sides, inner.token.i))
            if found:
                return found
        for i in about:
            token = self.doc[i]
            if token.pos_ in ("VERB", "AUX"):
                clause = self.clauses.verb(token)
                for name in ("obj", "iobj", "prep_to", "prep_with", "prep_for"):
                    found = others(tuple(j for k in clause.get(name, ()) for j in self.owner(k)))
                    if found:
                        return found
            else:
                found = others(self.owner(i))
                if found:
                    return found
        return ()

    def attackers(self, slots: Slots) -> tuple[int, ...]:
        """Who is behind the attack in which somebody was hurt: "killed in a rebel raid", "hurt by police gunfire"."""
        for name in ("prep_in", "prep_by", "prep_during", "subj", "prep_from"):
            for i in slots.get(name, ()):
                token = self.doc[i]
                if token.pos_ != "NOUN" or (token.lemma_.lower() not in event_nouns() and token.lemma_ not in _WEAPONS):
                    continue
                inner = self.clauses.noun(token)
                for slot in ("poss", "prep_by", "compound", "amod"):
                    found = tuple(j for j in inner.get(slot, ()) if self.who.at(j))
                    if found:
                        return found
        return ()
