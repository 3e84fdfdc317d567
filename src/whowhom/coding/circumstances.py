"""When, where and how much: which date, place and quantity of a sentence belong to which event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import TypeVar

from spacy.tokens import Token

from whowhom.candidates import EventCandidate, StatementCandidate
from whowhom.parse import Parsed
from whowhom.records import Magnitude, Place
from whowhom.resolve.dates import TimeMention
from whowhom.resolve.places import PlaceMention
from whowhom.resolve.quantities import Quantity, magnitude
from whowhom.resources import read_table
from whowhom.resources.table import values

_Mention = TypeVar("_Mention", TimeMention, PlaceMention, Quantity)

_KILL = frozenset(
    """kill die murder assassinate execute massacre slay behead hang bomb shoot shoot_dead gun_down slaughter lynch
    perish drown dead death killing toll casualty fatality victim body claim bury lose""".split()
)
_INJURE = frozenset("injure wound hurt maim burn hospitalise hospitalize injury wounded injured".split())
_DETAIN = frozenset(
    """arrest detain hold jail imprison round_up capture seize abduct kidnap lock_up apprehend intern take arrest
    detention custody charge""".split()
)
_TROOPS = frozenset("troop soldier marine personnel reservist officer force peacekeeper paratrooper policeman".split())
_LOCATIVE = frozenset("in at near outside inside around across throughout within off along on over from to".split())
_PEOPLE = frozenset(
    """people person civilian soldier policeman officer protester demonstrator man woman child member militant rebel
    fighter troop worker journalist resident student passenger villager migrant refugee other more""".split()
)
_NO_VICTIMS = frozenset("time bomb rocket missile shot attack blast shell building house car bullet plane".split())
_SETTLEMENTS = frozenset(
    """city town village port capital province region district island resort area suburb state neighbourhood
    neighborhood outskirt outskirts centre center north south east west part municipality county settlement stronghold
    base enclave""".split()
)
_PHYSICAL = frozenset({"ASSAULT", "PROTEST", "COERCE", "CONSULT"})
_MONEY_TYPES = frozenset({"AGREE", "AID", "SANCTION", "COERCE", "ACCUSE", "REQUEST", "REJECT", "COOPERATE"})
HISTORICAL_DAYS = 400  # "more than about a year back"


@cache
def _offtopic() -> frozenset[str]:
    return frozenset(word for row in read_table("lexicon/offtopic.tsv") for word in values(row["words"]))


def _days(date: str) -> int:
    """Days since the year 0, about; missing parts count as the middle."""
    parts = [int(p) for p in date.split("-")[:3]]
    year, month, day = (*parts, *(6, 15)[len(parts) - 1 :]) if len(parts) < 3 else parts
    return year * 365 + month * 30 + day


class Circumstances:
    """The dates, places and quantities of one parsed text, asked by event candidate."""

    def __init__(
        self,
        parsed: Parsed,
        times: Sequence[TimeMention],
        places: Sequence[PlaceMention],
        quantities: Sequence[Quantity],
    ) -> None:
        self.parsed = parsed
        self.doc = parsed.doc
        self._times = self._by_sentence(times)
        self._places = self._by_sentence(places)
        self._quantities = self._by_sentence(quantities)
        lemmas = [token.lemma_.lower() for token in self.doc]
        off = _offtopic()
        self._off = Counter(parsed.sentence_of[i] for i, lemma in enumerate(lemmas) if lemma in off)
        years = [int(t.start[:4]) for t in times if t.start and t.kind == "date" and t.start[:4].isdigit()]
        # A report without a date is at least as young as the youngest date that it names.
        self._now = parsed.article.published or (str(max(y for y in years)) if years else None)
        self._off_share = sum(self._off.values()) / max(1, len(lemmas))

    def _by_sentence(self, mentions: Sequence[_Mention]) -> dict[int, list[_Mention]]:
        out: dict[int, list[_Mention]] = {}
        for mention in mentions:
            out.setdefault(self.parsed.sentence_of[mention.first], []).append(mention)
        return out

    def topicality(self, token: int) -> float:
        """How likely the sentence of a token is about politics rather than sport, shows or company results, (0, 1]."""
        here = self._off[self.parsed.sentence_of[token]]
        if self._off_share > 0.02:
            return 0.55 if here else 0.75
        return 0.7 if here >= 2 else 1.0

    def _governing(self, candidate: EventCandidate) -> list[frozenset[int]]:
        """The candidate's clause, then those whose time and place it shares: "backed X on Monday and promised"."""
        out = [candidate.clause]
        top = self.doc[candidate.trigger]
        while top.pos_ not in ("VERB", "AUX") and top.head.i != top.i:
            top = top.head
        for _ in range(3):
            if top.dep_ not in ("conj", "advcl", "xcomp") or top.head.i == top.i:
                break
            top = top.head
            out.append(frozenset(c.i for c in top.subtree if self._belongs(c, top)))
        return out

    @staticmethod
    def _belongs(token: Token, top: Token) -> bool:
        for _ in range(6):
            if token.i == top.i or token.head.i == top.i:
                return token.i == top.i or token.dep_ not in ("ccomp", "conj", "advcl", "relcl", "parataxis")
            if token.dep_ in ("relcl", "ccomp", "advcl"):
                return False
            token = token.head
        return False

    def when(self, candidate: EventCandidate) -> tuple[str, str | None] | None:
        """Start and end of an event, ISO 8601, where its clause gives a time that resolves."""
        k = self.parsed.sentence_of[candidate.trigger]
        dated = [t for t in self._times.get(k, ()) if t.kind in ("date", "ref") and t.start]
        dated = [t for t in dated if (t.start or "") >= "1800"]  # "at 1700" is no year
        if not dated:
            return None
        for clause in self._governing(candidate):
            inside = [t for t in dated if t.first in clause or t.last in clause]
            if inside:
                best = min(inside, key=lambda t: abs(t.first - candidate.trigger))
                return best.start or "", best.end
        return None

    def said_on(self, statement: StatementCandidate) -> str | None:
        """The day on which something was said, where a time stands beside the reporting words."""
        for first, last in statement.cue:
            spoken = {i for a, b in statement.content for i in range(a, b)}
            near = [
                t
                for t in self._times.get(self.parsed.sentence_of[first], ())
                if t.kind == "date" and t.start and not t.end and t.first not in spoken and abs(t.first - last) <= 8
            ]
            if near:
                return min(near, key=lambda t: abs(t.first - last)).start
        return None

    def is_historical(self, candidate: EventCandidate, when: tuple[str, str | None] | None) -> bool:
        """Whether an event lies more than about a year before the report."""
        published = self._now
        k = self.parsed.sentence_of[candidate.trigger]
        if when is None:
            return any(t.past and t.start is None and (t.first in candidate.clause) for t in self._times.get(k, ()))
        last = when[1] or when[0]
        if published is None:
            return False
        if len(last) == 4 or len(published) == 4:
            return int(last[:4]) < int(published[:4]) - 1 or (
                int(last[:4]) < int(published[:4]) and len(published) >= 7 and int(published[5:7]) > 6
            )
        return _days(published) - _days(last) > HISTORICAL_DAYS

    def where(self, candidate: EventCandidate) -> Place | None:
        """The place that the event's clause names behind a locative preposition, the nearest to its predicate."""
        k = self.parsed.sentence_of[candidate.trigger]
        mentions = [p for p in self._places.get(k, ()) if self._is_located(p)]
        for clause in self._governing(candidate)[:2]:
            inside = [p for p in mentions if p.last in clause and not self._is_side(p, candidate)]
            if inside:
                return self._nearest(inside, candidate)
        for mention in self._places.get(k, ()):  # the town that is visited, besieged, or shelled
            token = self.doc[mention.last]
            side = token.head.i == candidate.trigger and token.dep_ in ("dobj", "nsubjpass")
            if side and candidate.type in _PHYSICAL and mention.place.country:
                return mention.place
        return self._nearest(mentions, candidate) if mentions and candidate.type in _PHYSICAL else None

    @staticmethod
    def _nearest(mentions: Sequence[PlaceMention], candidate: EventCandidate) -> Place:
        """The nearest of some places, those in a country before seas and regions."""
        return min(mentions, key=lambda p: (p.place.country is None, abs(p.last - candidate.trigger), p.first)).place

    def _is_located(self, mention: PlaceMention) -> bool:
        head = self.doc[mention.last]
        for _ in range(5):
            if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.lemma_ in _SETTLEMENTS:
                head = head.head.head  # "in the Black Sea resort of Sochi"
                continue
            if head.dep_ == "pobj" and head.head.lower_ in _LOCATIVE:
                return head.head.lower_ not in ("from", "to", "on", "over") or self._moves(head.head)
            if head.dep_ not in ("compound", "appos", "conj", "nmod", "poss") or head.head is head:
                return False
            head = head.head
        return False

    @staticmethod
    def _moves(preposition: Token) -> bool:
        return preposition.lower_ == "to" and preposition.head.lemma_ in (
            "visit",
            "trip",
            "travel",
            "fly",
            "go",
            "return",
        )

    @staticmethod
    def _is_side(mention: PlaceMention, candidate: EventCandidate) -> bool:
        return any(mention.first <= i <= mention.last for i in candidate.recipients)

    # -- quantities --------------------------------------------------------------------------------------------------

    def how_much(self, candidate: EventCandidate) -> dict[str, Magnitude]:
        """The quantities of an event by the names of `records.MAGNITUDES`."""
        k = self.parsed.sentence_of[candidate.trigger]
        out: dict[str, Magnitude] = {}
        for quantity in self._quantities.get(k, ()):
            name = self._meaning(quantity, candidate)
            if name is not None and name not in out:
                out[name] = magnitude(self.parsed, quantity)
        return out

    def _meaning(self, quantity: Quantity, candidate: EventCandidate) -> str | None:
        if quantity.unit == "money":
            near = candidate.clause if candidate.type in _MONEY_TYPES else frozenset[int]()
            return "money" if quantity.first in near or quantity.last in near else None
        if quantity.unit == "duration":
            if quantity.first not in candidate.clause or candidate.type not in ("CONSULT", "SANCTION", "COERCE"):
                return None
            if candidate.type == "CONSULT":
                verb = self._verb(self.doc[quantity.last])
                return (
                    "duration" if verb is not None and verb.lemma_ in ("last", "hold", "meet", "talk", "take") else None
                )
            return "duration" if candidate.mode in ("convict", "arrest", "curfew", "martial-law") else None
        if quantity.unit != "count":
            return None
        noun = self.doc[quantity.noun] if quantity.noun is not None else self.doc[quantity.last]
        if candidate.type == "MOBILIZE":
            return "troops" if noun.lemma_.lower() in _TROOPS and quantity.first in candidate.clause else None
        verb = self._verb(noun)
        lemma = verb.lemma_.lower() if verb is not None else ""
        same = verb is not None and (
            verb.i == candidate.trigger or verb.i in candidate.clause or quantity.first in candidate.clause
        )
        if candidate.type == "PROTEST":
            if (
                not same
                or lemma in _KILL | _INJURE | _DETAIN
                or (
                    noun.lemma_.lower() not in _PEOPLE | {"activist", "farmer", "crowd", "supporter", "teacher"}
                    and quantity.noun is not None
                )
            ):
                return None
            return "participants"
        if candidate.type == "COERCE" and candidate.mode in ("arrest", "deport"):
            return "detained" if same and (lemma in _DETAIN or quantity.noun in candidate.recipients) else None
        by = noun.dep_ == "pobj" and noun.head.lower_ in ("by", "with")
        if candidate.type == "ASSAULT" and self._near(verb, candidate) and not by and noun.lemma_ not in _NO_VICTIMS:
            words = {lemma, noun.lemma_.lower(), *(c.lemma_.lower() for c in noun.children)}
            if verb is not None and verb.lemma_ == "be":
                words |= {c.lemma_.lower() for c in verb.children if c.dep_ == "acomp"}
            if words & _INJURE:
                return "injured"
            if words & _KILL:
                return "killed"
            if candidate.mode == "abduct" and same:
                return "detained"
        if candidate.type in ("RETREAT", "SANCTION") and quantity.noun in candidate.actors:
            return "participants"
        return None

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

    def _near(self, verb: Token | None, candidate: EventCandidate) -> bool:
        if verb is None:
            return True
        if verb.i == candidate.trigger or verb.i in candidate.clause:
            return True
        return any(verb.i in clause for clause in self._governing(candidate)[1:]) or any(
            c.i == verb.i for c in self.doc[candidate.trigger].children if c.dep_ == "conj"
        )
