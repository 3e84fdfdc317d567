"""When, where and how much: which date, place and quantity of a sentence belong to which event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TypeVar

from spacy.tokens import Token

from whowhom.candidates import EventCandidate, StatementCandidate
from whowhom.coding.amounts import Amounts
from whowhom.coding.scenes import Scenes
from whowhom.parse import Parsed
from whowhom.records import Magnitude, Place
from whowhom.resolve.dates import TimeMention
from whowhom.resolve.places import PlaceMention
from whowhom.resolve.quantities import Quantity
from whowhom.resources import read_table
from whowhom.resources.table import values

_Mention = TypeVar("_Mention", TimeMention, PlaceMention, Quantity)

_VERBAL = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE"})
# Types of which "for decades" is the term that is set, not how long it was done.
_TERMS = frozenset({"SANCTION", "COERCE", "AGREE", "CONCEDE"})
_LONG_TIMES = frozenset({"years", "decades", "centuries", "generations"})
_STILL = frozenset("has have 's ’s 've ’ve is are 'm 're".split())
_MEANWHILE = frozenset({"when", "as", "while"})
_DURING = frozenset({"in", "at", "during", "on", "through", "via"})
_STRETCHES = frozenset({("from", "to"), ("from", "until"), ("from", "till"), ("between", "and")})
HISTORICAL_DAYS = 400  # "more than about a year back"


@cache
def _offtopic() -> frozenset[str]:
    return frozenset(word for row in read_table("lexicon/offtopic.tsv") for word in values(row["words"]))


def _days(date: str) -> int:
    """Days since the year 0, about; missing parts count as the middle."""
    parts = [int(p) for p in date.split("-")[:3]]
    year, month, day = (*parts, *(6, 15)[len(parts) - 1 :]) if len(parts) < 3 else parts
    return year * 365 + month * 30 + day


def _ranges(parsed: Parsed, times: Sequence[TimeMention]) -> list[TimeMention]:
    """The times with "from 2012 to 2014" and "between 2012 and 2014" as one stretch."""
    out: list[TimeMention] = []
    for time in times:
        before = out[-1] if out else None
        if before is not None and before.first > 0 and _bounds(before, time):
            words = parsed.doc[before.first - 1].lower_, parsed.doc[time.first - 1].lower_
            if words in _STRETCHES:
                out[-1] = replace(before, last=time.last, end=time.start, past=time.past)
                continue
        out.append(time)
    return out


def _bounds(one: TimeMention, other: TimeMention) -> bool:
    """Whether two dates, with one word between them, can be the start and the end of a stretch."""
    if other.first != one.last + 2 or one.end or other.end or not one.start or not other.start:
        return False
    return one.kind == other.kind == "date" and len(one.start) == len(other.start) and one.start < other.start


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
        self._times = self._by_sentence(_ranges(parsed, times))
        self._scenes = Scenes(parsed, places)
        self._amounts = Amounts(parsed, self._by_sentence(quantities))
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
        here = self._times.get(self.parsed.sentence_of[candidate.trigger], ())
        told = [t for t in here if t.kind == "date" or (t.kind == "ref" and t.start)]
        told = [t for t in told if (t.start or "2") >= "1800" or self._is_year(t)]
        told = [t for t in told if not self._qualifies_other(t, candidate)]
        dated = [t for t in told if t.start]
        if not dated:
            return None
        for clause in self._governing(candidate):
            inside = [t for t in told if (t.first in clause or t.last in clause) and self._is_own(t, candidate)]
            if inside:
                best = min(inside, key=lambda t: (t.kind != "date", abs(t.first - candidate.trigger)))
                return (best.start, best.end) if best.start else None  # a day that nothing resolves is still its day
        beside = (
            [t for t in dated if self._is_beside(t, candidate)]
            or self._of_saying(candidate, dated)
            or [t for t in dated if self._is_shared(t, candidate)]
        )
        return (beside[0].start or "", beside[0].end) if beside else None

    def _is_year(self, time: TimeMention) -> bool:
        """Whether a number before 1800 is a year rather than an hour: "in 1777", not "at 1700"."""
        return time.first > 0 and self.doc[time.first - 1].lower_ in ("in", "since", "until", "of")

    def _is_shared(self, time: TimeMention, candidate: EventCandidate) -> bool:
        """Whether a time beside the clause of a deed is that of the deed.

        In "were killed when a bomb went off on Monday", "a clash that broke out on Monday", "Monday's raid, which
        killed six".
        """
        trigger = self.doc[candidate.trigger]
        if trigger.dep_ in ("relcl", "acl") and self._is_of_noun(time, trigger.head):
            return candidate.type not in _VERBAL or trigger.tag_ == "VBG"  # "the ruling of 5 May rejecting the plea"
        verb = self._clause_verb(self.doc[time.first])
        if verb is None or verb.head.i != trigger.i or candidate.type in _VERBAL:
            return False
        if verb.dep_ == "advcl":
            return any(c.lower_ in _MEANWHILE and c.dep_ in ("mark", "advmod") for c in verb.lefts)
        told = verb.dep_ in ("relcl", "acl") and trigger.pos_ == "NOUN"
        return told and verb.tag_ != "VB" and time.past is not False

    def _is_of_noun(self, time: TimeMention, noun: Token) -> bool:
        """Whether a time belongs to a noun with no verb between: "the raid on Monday", "Monday's raid"."""
        token = self.doc[time.first]
        for _ in range(5):
            if token.head is token or token.pos_ in ("VERB", "AUX"):
                return False
            token = token.head
            if token.i == noun.i:
                return noun.pos_ == "NOUN"
        return False

    @staticmethod
    def _clause_verb(token: Token) -> Token | None:
        """The nearest verb that a token hangs on."""
        for _ in range(8):
            if token.head is token:
                return None
            token = token.head
            if token.pos_ in ("VERB", "AUX"):
                return token
        return None

    def _is_own(self, time: TimeMention, candidate: EventCandidate) -> bool:
        """Whether a time in an event's clause is not that of another doing: "accused of taking bribes from 2012"."""
        token, trigger = self.doc[time.last], self.doc[candidate.trigger]
        if not time.end:
            return (
                True  # the parse hangs a day on the wrong verb as often as not; a stretch is seldom that of a telling
            )
        other = ("pcomp", "acl", "relcl", "advcl") if candidate.type in _VERBAL else ("pcomp",)
        for _ in range(8):
            if token.head is token or token.i == trigger.i:
                return True
            if token.pos_ in ("VERB", "AUX") and token.dep_ in other:
                return token.i == trigger.i or token.is_ancestor(trigger)
            token = token.head
        return True

    def _qualifies_other(self, time: TimeMention, candidate: EventCandidate) -> bool:
        """Whether a time stands before the noun of what is spoken of: "condemned the 1992 demolition"."""
        if candidate.type not in _VERBAL:
            return False
        inside = range(time.first, time.last + 1)
        token = next((self.doc[i] for i in inside if self.doc[i].head.i not in inside), self.doc[time.last])
        if token.dep_ not in ("nummod", "compound", "nmod", "amod", "poss") or token.head.pos_ not in ("NOUN", "PROPN"):
            return False
        noun = token.head
        if noun.dep_ == "pobj" and noun.head.lower_ in _DURING and noun.head.head.i == candidate.trigger:
            return False  # "condemned the coup in a Friday statement"
        return noun.i not in (candidate.trigger, *candidate.actors)

    def _is_beside(self, time: TimeMention, candidate: EventCandidate) -> bool:
        """Whether a time stands right before or behind the predicate: "on Wednesday chastised"."""
        if self.doc[candidate.trigger].pos_ not in ("VERB", "AUX"):
            return False
        before = time.last < candidate.trigger
        between = (
            self.doc[time.last + 1 : candidate.trigger] if before else self.doc[candidate.trigger + 1 : time.first]
        )
        return len(between) <= 3 and all(t.pos_ in ("ADV", "AUX", "ADP", "PART", "DET") for t in between)

    def _of_saying(self, candidate: EventCandidate, dated: Sequence[TimeMention]) -> list[TimeMention]:
        """The day on which a demand, charge, promise or the like was uttered: "said on Monday that all must leave"."""
        if candidate.type not in _VERBAL:
            return []
        token = self.doc[candidate.trigger]
        for _ in range(6):
            said = token.dep_ == "ccomp" and token.head.pos_ == "VERB"
            if token.head is token:
                break
            token = token.head
            if said:
                uttering = frozenset(c.i for c in token.subtree if self._belongs(c, token))
                return [t for t in dated if t.kind == "date" and t.first in uttering and t.past is not False]
        return []

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

    def when_uttered(self, candidate: EventCandidate, statement: StatementCandidate) -> tuple[str, str | None] | None:
        """The day of a demand, charge, promise or the like that its speaker makes in a statement of a known day: "he
        said on Friday. 'We urge the parties to ...'"."""
        day = self.said_on(statement) if candidate.type in _VERBAL and candidate.status == "occurred" else None
        return (day, None) if day else None

    def is_historical(self, candidate: EventCandidate, when: tuple[str, str | None] | None) -> bool:
        """Whether an event lies more than about a year before the report."""
        published = self._now
        k = self.parsed.sentence_of[candidate.trigger]
        if when is None and self._is_bygone(candidate):
            return True
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

    def _is_bygone(self, candidate: EventCandidate) -> bool:
        """Whether the words of an undated deed set it in the past: "once accused", "years of violence"."""
        token = self.doc[candidate.trigger]
        if token.pos_ == "NOUN":
            of = token.head
            return token.dep_ == "pobj" and of.lower_ == "of" and of.head.lower_ in _LONG_TIMES
        if token.tag_ not in ("VBD", "VBN", "VBG"):
            return False
        if any(c.lower_ == "once" and c.dep_ == "advmod" and c.i < token.i for c in token.children):
            return not any(self.doc[c.i + 1].lower_ in ("again", "more") for c in token.children if c.lower_ == "once")
        if any(c.dep_ in ("aux", "auxpass") and c.lower_ in _STILL for c in token.children):
            return False
        if token.tag_ != "VBD" or candidate.type in _TERMS:
            return False
        spans = (c for p in token.children if p.lower_ in ("for", "over") and p.dep_ == "prep" for c in p.children)
        return any(c.lower_ in ("decades", "centuries", "generations") for c in spans)

    def where(self, candidate: EventCandidate) -> Place | None:
        """The place where an event happened, None where the text does not say."""
        return self._scenes.of(candidate, self._governing(candidate))

    def how_much(self, candidate: EventCandidate) -> dict[str, Magnitude]:
        """The quantities of an event by the names of `records.MAGNITUDES`."""
        return self._amounts.of(candidate, self._governing(candidate))
