"""Which country a report, and each of its sentences, is about: there "the police" and "the government" belong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from whowhom.resolve.view import Entity, Mention, View
from whowhom.resources.knowledge import BEYOND_COUNTRIES

_LOCATIVE = frozenset({"in", "at", "across", "throughout", "near", "around", "outside", "inside", "within"})
# What a mention counts for its country, by the sense of its name.
_WEIGHTS = {"country": 1.0, "capital": 1.0, "seat": 0.7, "region": 1.0, "demonym": 0.7, "people": 1.0}
_IN_PLACE = 1.5  # added where something is said to be in the country
_ORIGIN = frozenset("native citizen national born originally immigrant migrant refugee".split())
_DOMESTIC = 0.75  # share of a report's country words that makes it a domestic report
_MOSTLY = 0.5
_READERS = 1.0  # what the country of the readers counts
_HOME = 1.2  # what the report's main country counts in a sentence of its own


class Setting:
    """Countries that the text around a token speaks of."""

    def __init__(
        self,
        view: View,
        names: Sequence[Mention],
        entities: Sequence[Entity],
        places: Sequence[tuple[int, str]] = (),
        publisher: str | None = None,
    ) -> None:
        """`places` are the last tokens and countries of places that are no actors: towns, rivers, streets; `publisher`
        is the country for whose readers the report was written."""
        self._view = view
        self._by_sentence: dict[int, list[tuple[int, str, float]]] = defaultdict(list)
        total: dict[str, float] = defaultdict(float)
        for mention in names:
            country = entities[mention.entities[0]].country if mention.entities else None
            if country is None or country in BEYOND_COUNTRIES:
                continue
            if self._of_origin(mention):
                continue
            weight = _WEIGHTS.get(mention.entry.kind, 0.5) if mention.entry is not None else 0.5
            governor = view.head[mention.head]
            if view.lower[governor] in _LOCATIVE and view.dep[mention.head] == "pobj":
                weight += _IN_PLACE
            sentence = view.sentence[mention.head]
            self._by_sentence[sentence].append((mention.head, country, weight))
            early = 2.0 if sentence < 3 or mention.head in view.headings else 1.0
            total[country] += weight * early
        for head, country in places:
            if country in BEYOND_COUNTRIES:
                continue
            sentence = view.sentence[head]
            weight = 0.7 + (_IN_PLACE if view.dep[head] == "pobj" else 0.0)
            self._by_sentence[sentence].append((head, country, weight))
            total[country] += weight * (2.0 if sentence < 3 or head in view.headings else 1.0)
        if publisher is not None:
            total[publisher] += _READERS
        self.home: str | None = None
        self._share: dict[str, float] = {}
        whole = sum(total.values())
        if whole:
            best, weight = max(total.items(), key=lambda item: item[1])
            self._share = {c: w / whole for c, w in total.items()}
            self.home = best if weight >= 0.25 * whole else None

    def _of_origin(self, mention: Mention) -> bool:
        """Whether a country is only where somebody comes from: "a native of Mexico"."""
        view = self._view
        of = view.head[mention.head]
        return view.lower[of] in ("of", "from") and view.lower[view.head[of]] in _ORIGIN

    def near(self, i: int) -> str | None:
        """The country that a domestic body named at token `i` belongs to, None where the text gives no hint."""
        sentence = self._view.sentence[i]
        score: dict[str, float] = defaultdict(float)
        for at, country, weight in self._by_sentence.get(sentence, ()):
            score[country] += weight if at < i or weight > _IN_PLACE else weight * 0.6
        for country in {c for _, c, _ in self._by_sentence.get(sentence - 1, ())}:
            score[country] += 0.35
        for country, share in self._share.items():
            if country == self.home or country in score:
                score[country] += _HOME * share
        if self.home is not None:
            score[self.home] += 0.3
        return max(score, key=lambda country: score[country]) if score else None

    def official(self, i: int) -> str | None:
        """The country of an office named without one at token `i`: the report's own where it clearly has one."""
        if self.home is not None and self._share[self.home] >= 0.45:
            return self.home
        return self.near(i)

    def domestic(self) -> str | None:
        """The report's own country where the report hardly speaks of any other."""
        return self.home if self.home is not None and self._share[self.home] >= _DOMESTIC else None

    def private(self, i: int) -> str | None:
        """The country of a person at token `i` of whom the report says neither office nor nationality."""
        if self.home is not None and self._share[self.home] >= _MOSTLY:
            return self.home
        return self.stated(i) or self.home

    def stated(self, i: int) -> str | None:
        """The one country in which the sentence of token `i` says things happen, None where it says none or several."""
        placed = {c for _, c, w in self._by_sentence.get(self._view.sentence[i], ()) if w > _IN_PLACE}
        return placed.pop() if len(placed) == 1 else None
