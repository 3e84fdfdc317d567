"""How much: which quantities of a sentence belong to which event, and what each of them measures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from spacy.tokens import Token

from whowhom.candidates import EventCandidate
from whowhom.extract import Clauses as Predicates
from whowhom.parse import Parsed
from whowhom.records import Magnitude
from whowhom.resolve.quantities import Quantity, magnitude

Clauses = Sequence[frozenset[int]]

_KILL = frozenset(
    """kill die murder assassinate execute massacre slay behead hang bomb shoot gun_down slaughter lynch
    perish drown dead death killing toll casualty fatality victim body claim bury lose stab electrocute starve
    succumb""".split()
)
_DEADLY = frozenset(
    "kill die murder assassinate execute slay behead lynch slaughter gun_down perish drown succumb".split()
)
# Of whom "nobody" is a count of the dead; nobody claims, hangs or loses is none.
_DEATHS = _DEADLY | frozenset("death fatality casualty victim".split())
_INJURE = frozenset("injure wound hurt maim burn hospitalise hospitalize injury wounded injured".split())
_HURT = frozenset({"wound", "injure"})
_SUFFERED = _DEADLY | frozenset("injure wound hurt arrest detain jail imprison round_up lock_up shoot".split())
_DETAIN = frozenset(
    """arrest detain hold jail imprison round_up capture seize abduct kidnap lock_up apprehend intern take
    detention custody charge nab remand""".split()
)
_TROOPS = frozenset(
    """troop soldier marine personnel reservist officer force peacekeeper paratrooper policeman policewoman police
    guardsman gendarme commando""".split()
)
_GATHER = frozenset("draw attract gather assemble bring rally mobilise mobilize see join attend".split())
_NO_VICTIMS = frozenset(
    "time bomb rocket missile shot attack blast shell building house car bullet plane round".split()
)
# Nouns in the singular that stand for more than one.
_COLLECTIVE = frozenset(
    """group family crowd army police people couple community force team unit crew population majority number side
    party government regime state country city town village world opposition public mob gang militia military
    leadership minority convoy bus car plane ship boat target none nobody anyone someone everyone who that which
    rest dozen hundred thousand lot handful pair trio majority""".split()
)
_NOBODY = frozenset({"nobody", "none", "noone"})
_MONEY_TYPES = frozenset(
    {"AGREE", "AID", "SANCTION", "COERCE", "ACCUSE", "REQUEST", "REJECT", "COOPERATE", "CONCEDE", "THREATEN"}
)
_PENALTIES = frozenset({"convict", "arrest", "curfew", "martial-law"})
_LASTS = frozenset({"last", "hold", "meet", "talk", "take", "speak"})
_LONG_UNITS = {"decade": 10.0, "decades": 10.0, "century": 100.0, "centuries": 100.0}


class Amounts:
    """The quantities of one parsed text, asked by event candidate."""

    def __init__(self, parsed: Parsed, quantities: Mapping[int, Sequence[Quantity]]) -> None:
        """`quantities` are those of each sentence."""
        self.parsed = parsed
        self.doc = parsed.doc
        self._quantities = quantities
        self._predicates = Predicates(parsed.doc)

    def of(self, candidate: EventCandidate, clauses: Clauses) -> dict[str, Magnitude]:
        """The quantities of an event by the names of `records.MAGNITUDES`.

        `clauses` are the event's own and those that govern it.
        """
        out: dict[str, Magnitude] = {}
        taken: dict[str, Quantity] = {}
        for quantity in self._quantities.get(self.parsed.sentence_of[candidate.trigger], ()):
            name = self._meaning(quantity, candidate, clauses)
            if name is None:
                continue
            if name not in out:
                out[name], taken[name] = self._record(quantity), quantity
            elif self._joins(taken[name], quantity):
                out[name], taken[name] = self._sum(taken[name], quantity), quantity
        for name in ("killed", "injured"):
            if name in taken and (one := self._and_one(taken[name])) is not None:
                out[name] = self._plus_one(out[name], taken[name], one)
        if candidate.type == "ASSAULT":
            self._add_single(candidate, out)
            self._add_nobody(candidate, out)
        return out

    def _lemmas(self, token: Token | None) -> set[str]:
        """The lemma of a word in lower case, alone and with its particle: "rounded up" is `round` and `round_up`."""
        return set() if token is None else {token.lemma_.lower(), self._predicates.lemma(token)}

    def _record(self, quantity: Quantity) -> Magnitude:
        """The record of a quantity; decades and centuries are told in years."""
        found = magnitude(self.parsed, quantity)
        factor = _LONG_UNITS.get(self.doc[quantity.last].lower_, 1.0) if quantity.unit == "duration" else 1.0
        if factor == 1.0:
            return found
        low, high = (None if x is None else x * factor for x in (found.low, found.high))
        return Magnitude(low, high, found.text, found.currency)

    # -- sums ---------------------------------------------------------------------------------------------------------

    def _joins(self, one: Quantity, other: Quantity) -> bool:
        """Whether two numbers of victims add up: "six officers and two civilians"."""
        if one.noun is None or other.noun is None or one.unit != other.unit or one.unit == "money":
            return False
        head = self.doc[other.noun]
        return head.dep_ == "conj" and (head.head.i == one.noun or head.head.head.i == one.noun)

    def _sum(self, one: Quantity, other: Quantity) -> Magnitude:
        low = None if one.low is None or other.low is None else one.low + other.low
        high = None if one.high is None or other.high is None else one.high + other.high
        return Magnitude(low, high, self._text(one.first, other.last), None)

    def _and_one(self, quantity: Quantity) -> Token | None:
        """The single victim named beside others: "six officers and a civilian"."""
        if quantity.noun is None:
            return None
        for child in self.doc[quantity.noun].children:
            if child.dep_ == "conj" and child.tag_ == "NN" and any(c.lower_ in ("a", "an") for c in child.lefts):
                return child if child.lemma_.lower() not in _COLLECTIVE else None
        return None

    def _plus_one(self, told: Magnitude, quantity: Quantity, one: Token) -> Magnitude:
        low, high = (None if x is None else x + 1 for x in (told.low, told.high))
        return Magnitude(low, high, self._text(quantity.first, one.i), None)

    def _text(self, first: int, last: int) -> str:
        start, end = self.parsed.span(first, last)
        return self.parsed.article.text[start:end]

    # -- single victims -----------------------------------------------------------------------------------------------

    def _add_single(self, candidate: EventCandidate, out: dict[str, Magnitude]) -> None:
        """One killed or injured where the victims are single persons: "a young woman was killed"."""
        verb = self.doc[candidate.trigger]
        lemmas = self._lemmas(verb)
        name = "injured" if lemmas & _HURT else "killed"
        if name in out or candidate.status in ("negated", "hypothetical") or not lemmas & (_DEADLY | _HURT):
            return
        if verb.pos_ != "VERB":
            return
        slots = ("nsubj", "nsubjpass") if verb.lemma_.lower() in ("die", "perish", "drown", "succumb") else (
            "dobj", "nsubjpass",
        )  # fmt: skip
        victims = [c for c in verb.children if c.dep_ in slots]
        victims += [c for v in victims for c in v.conjuncts if c.i > v.i]
        if victims and all(self._is_single(v) for v in victims):
            first, last = min(v.left_edge.i for v in victims), max(v.i for v in victims)
            out[name] = Magnitude(float(len(victims)), float(len(victims)), self._text(first, last), None)

    @staticmethod
    def _is_single(token: Token) -> bool:
        """Whether a noun is one person."""
        if token.tag_ not in ("NN", "NNP") or token.lemma_.lower() in _COLLECTIVE or token.ent_type_ in ("ORG", "GPE"):
            return False
        if any(c.dep_ == "nummod" or c.lower_ in ("no", "every", "each", "any") for c in token.lefts):
            return False
        return token.ent_type_ == "PERSON" or (
            token.tag_ == "NN" and any(c.dep_ in ("det", "poss") for c in token.lefts)
        )

    def _add_nobody(self, candidate: EventCandidate, out: dict[str, Magnitude]) -> None:
        """ "No one was injured", "there were no casualties": none."""
        for token in self.parsed.sentences[self.parsed.sentence_of[candidate.trigger]]:
            lemmas = self._lemmas(token)
            name = "injured" if lemmas & _INJURE else "killed" if lemmas & _DEATHS else None
            if name is None or name in out:
                continue
            empty = next((c for c in token.children if c.dep_ in ("nsubjpass", "nsubj", "det")), None)
            if empty is None:
                continue
            no_one = empty.lower_ in _NOBODY or any(c.lower_ == "no" for c in empty.children)
            if no_one or (empty.lower_ == "no" and token.pos_ == "NOUN"):
                first = min(empty.left_edge.i, token.i)
                out[name] = Magnitude(0.0, 0.0, self._text(first, max(empty.i, token.i)), None)

    # -- what a number measures ---------------------------------------------------------------------------------------

    def _meaning(self, quantity: Quantity, candidate: EventCandidate, clauses: Clauses) -> str | None:
        if quantity.unit == "money":
            return "money" if self._is_sum(quantity, candidate, clauses) else None
        if quantity.unit == "duration":
            return "duration" if self._is_length(quantity, candidate) else None
        if quantity.unit != "count":
            return None
        reader: Callable[[Quantity, EventCandidate, Clauses, Token], str | None] | None = {
            "MOBILIZE": self._troops,
            "PROTEST": self._participants,
            "COERCE": self._detained,
            "ASSAULT": self._victims,
        }.get(candidate.type)
        noun = self.doc[quantity.noun] if quantity.noun is not None else self.doc[quantity.last]
        if reader is not None:
            return reader(quantity, candidate, clauses, noun)
        if candidate.type in ("RETREAT", "SANCTION") and quantity.noun in candidate.actors:
            return "participants"
        return None

    def _is_sum(self, quantity: Quantity, candidate: EventCandidate, clauses: Clauses) -> bool:
        """Whether money is that of an event: in its clause, or a fine told beside the sentence."""
        if candidate.type not in _MONEY_TYPES:
            return False
        if quantity.first in candidate.clause or quantity.last in candidate.clause:
            return True
        if candidate.type == "SANCTION":
            verb = self._verb(self.doc[quantity.last])
            return verb is not None and (self._near(verb, candidate, clauses) or verb.lemma_ in ("fine", "order"))
        return False

    def _is_length(self, quantity: Quantity, candidate: EventCandidate) -> bool:
        token = self.doc[quantity.last]
        verb = self._verb(token)
        if candidate.type == "CONSULT":
            inside = quantity.first in candidate.clause or (
                verb is not None and verb.dep_ == "relcl" and verb.head.i in candidate.clause
            )
            return inside and verb is not None and verb.lemma_ in _LASTS
        if candidate.type == "SANCTION" and candidate.mode == "convict":
            near = verb is not None and candidate.trigger in {verb.i, verb.head.i, *(c.i for c in verb.conjuncts)}
            return quantity.first in candidate.clause or near
        head = token.head.lower_ if token.dep_ == "pobj" else ""
        if candidate.type in ("CONCEDE", "RETREAT") and head in ("for", "to", "by"):
            conjoined = verb is not None and verb.dep_ == "conj" and verb.head.i == candidate.trigger
            return quantity.first in candidate.clause or conjoined
        if quantity.first not in candidate.clause:
            return False
        if candidate.type in ("SANCTION", "COERCE"):
            return candidate.mode in _PENALTIES and self._is_own(token, candidate)
        if candidate.type in ("ASSAULT", "PROTEST"):
            return head in ("for", "over", "during") or (verb is not None and verb.lemma_ == "last")
        return False

    def _is_own(self, token: Token, candidate: EventCandidate) -> bool:
        """Whether no other verb stands between a quantity and the event's word: "arrested, serving two years"."""
        verb = self._verb(token)
        return verb is None or verb.i == candidate.trigger or verb.dep_ not in ("acl", "relcl", "advcl")

    def _troops(self, quantity: Quantity, candidate: EventCandidate, clauses: Clauses, noun: Token) -> str | None:
        verb = self._verb(noun)
        inside = quantity.first in candidate.clause or (verb is not None and self._near(verb, candidate, clauses))
        return "troops" if noun.lemma_.lower() in _TROOPS and inside else None

    def _same(self, quantity: Quantity, candidate: EventCandidate, verb: Token | None) -> bool:
        return verb is not None and (
            verb.i == candidate.trigger or verb.i in candidate.clause or quantity.first in candidate.clause
        )

    def _participants(self, quantity: Quantity, candidate: EventCandidate, clauses: Clauses, noun: Token) -> str | None:
        verb = self._verb(noun)
        lemmas = self._lemmas(verb)
        if lemmas & _SUFFERED or noun.lemma_.lower() in _NO_VICTIMS | _TROOPS:
            return None
        if quantity.noun is not None and quantity.noun in candidate.actors:
            return "participants"
        trigger = self.doc[candidate.trigger]
        if trigger.dep_ in ("acl", "relcl") and trigger.head.i in (quantity.noun, quantity.last):
            return "participants"
        drawn = verb is not None and lemmas & _GATHER and candidate.trigger in {
            verb.i, verb.head.i, *(c.i for c in verb.children),
        }  # fmt: skip
        if not drawn and not self._same(quantity, candidate, verb):
            return None
        counted = quantity.noun is None or _is_person(noun)
        return "participants" if counted else None

    def _detained(self, quantity: Quantity, candidate: EventCandidate, clauses: Clauses, noun: Token) -> str | None:
        if candidate.mode not in ("arrest", "deport"):
            return None
        verb = self._verb(noun)
        if quantity.noun is not None and quantity.noun in candidate.recipients:
            return "detained"
        return "detained" if self._lemmas(verb) & _DETAIN and self._same(quantity, candidate, verb) else None

    def _victims(self, quantity: Quantity, candidate: EventCandidate, clauses: Clauses, noun: Token) -> str | None:
        verb = self._verb(noun)
        by = noun.dep_ == "pobj" and noun.head.lower_ in ("by", "with")
        if by or noun.lemma_ in _NO_VICTIMS or (verb is not None and not self._near(verb, candidate, clauses)):
            return None
        words = self._lemmas(verb) | {noun.lemma_.lower(), *(c.lemma_.lower() for c in noun.children)}
        if verb is not None and verb.lemma_ == "be":
            words |= {c.lemma_.lower() for c in verb.children if c.dep_ == "acomp"}
        if words & _INJURE:
            return "injured"
        if words & _KILL:
            return "killed"
        return "detained" if candidate.mode == "abduct" and self._same(quantity, candidate, verb) else None

    @staticmethod
    def _verb(token: Token) -> Token | None:
        """The verb that a noun phrase depends on; a number that counts "of them" through its preposition too."""
        for _ in range(6):
            if token.dep_ in ("relcl", "acl") and token.pos_ == "VERB":
                return token
            token = token.head
            if token.pos_ in ("VERB", "AUX"):
                return token
        return None

    def _near(self, verb: Token, candidate: EventCandidate, clauses: Clauses) -> bool:
        if verb.i == candidate.trigger or verb.i in candidate.clause:
            return True
        return any(verb.i in clause for clause in clauses[1:]) or any(
            c.i == verb.i for c in self.doc[candidate.trigger].children if c.dep_ == "conj"
        )


def _is_person(noun: Token) -> bool:
    """Whether a counted noun stands for people: all that gather in the street, save things and lengths."""
    return noun.tag_ in ("NNS", "NNPS") or noun.lower_ in ("people", "crowd", "police") or noun.ent_type_ == "NORP"
