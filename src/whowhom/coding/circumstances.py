"""When, where and how much: which date, place and quantity of a sentence belong to which event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
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
        k = self.parsed.sentence_of[candidate.trigger]
        dated = [t for t in self._times.get(k, ()) if t.kind in ("date", "ref") and t.start]
        dated = [t for t in dated if (t.start or "") >= "1800"]  # "at 1700" is no year
        if not dated:
            return None
        for clause in self._governing(candidate):
            inside = [t for t in dated if (t.first in clause or t.last in clause) and self._is_own(t, candidate)]
            if inside:
                best = min(inside, key=lambda t: (t.kind != "date", abs(t.first - candidate.trigger)))
                return best.start or "", best.end
        beside = [t for t in dated if self._is_beside(t, candidate)] or self._of_saying(candidate, dated)
        return (beside[0].start or "", beside[0].end) if beside else None

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
        """The place where an event happened, None where the text does not say."""
        return self._scenes.of(candidate, self._governing(candidate))

    def how_much(self, candidate: EventCandidate) -> dict[str, Magnitude]:
        """The quantities of an event by the names of `records.MAGNITUDES`."""
        return self._amounts.of(candidate, self._governing(candidate))
