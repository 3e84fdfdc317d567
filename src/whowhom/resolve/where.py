"""Which country a report, and each of its sentences, is about: there "the police" and "the government" belong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from whowhom.resolve.view import Entity, Mention, View
from whowhom.resources.knowledge import BEYOND_COUNTRIES

_LOCATIVE = frozenset({"in", "at", "across", "throughout", "near", "around", "outside", "inside", "within"})
# What a mention counts for its country, by the sense of its name.
_WEIGHTS = {"country": 1.0, "capital": 1.0, "seat": 0.7, "region": 1.0, "demonym": 0.7, "people": 1.0}
_NAMED = 0.5  # any other name
_TOWN = 0.7
_COMPANY = 0.2  # what companies count for the country of their seat: the news has them everywhere
_IN_PLACE = 1.5  # added where something is said to be in the country
_ORIGIN = frozenset("native citizen national born originally immigrant migrant refugee".split())
_DOMESTIC = 0.75  # share of a report's country words that makes it a domestic report
_HOME = 0.25  # and the least that makes a country the report's own
_READERS = 1.0  # what the country of the readers counts
_WRITTEN = 1.0  # and that of the town in the dateline
_REACH = 10  # tokens at which a mention counts half of one beside
_MOST = 3.0
_BESIDE = ("before", "after", "last before", "next after")
_KINDS = {"person": "persons", "organisation": "bodies", "state": "states"}

FITTED: Mapping[str, float] = MappingProxyType(
    {
        "share": 2.1, "most": -0.05, "readers": 0.1, "dateline": 0.05, "persons": 0.75, "bodies": 0.9, "states": 0.55,
        "demonyms": 1.0, "first": 1.2, "before": 0.4, "after": 0.3, "last before": 2.9, "next after": 1.95,
    }
)  # fmt: skip
"""What counts for a country as the one of a domestic body, an official or a private person of whom the report does not
say it, in a conditional logit fitted by `training/countries.py` on reports that we annotated: its share of all country
words, whether that is the highest, whether the readers live there and whether the report was written there; its shares
of the named persons, bodies, states and of demonyms, how early it comes; its words in the sentence before and after,
and how near the last and the next are."""


@dataclass(frozen=True, slots=True)
class _Sight:
    """A place in the text that speaks of a country."""

    token: int
    sentence: int
    country: str
    weight: float


class Setting:
    """Countries that the text around a token speaks of."""

    def __init__(
        self,
        view: View,
        names: Sequence[Mention],
        entities: Sequence[Entity],
        places: Sequence[tuple[int, str]] = (),
        publisher: str | None = None,
        dateline: str | None = None,
    ) -> None:
        """`places` are the last tokens and countries of places that are no actors: towns, rivers, streets; `publisher`
        is the country for whose readers the report was written, `dateline` the one in which it was written."""
        self._view = view
        self._sights: list[_Sight] = []
        kinds: dict[str, dict[str, float]] = {name: defaultdict(float) for name in _KINDS.values()}
        kinds["demonyms"] = defaultdict(float)
        total: dict[str, float] = defaultdict(float)
        for mention in names:
            entity = entities[mention.entities[0]] if mention.entities else None
            country = entity.country if entity is not None else None
            if entity is None or country is None or country in BEYOND_COUNTRIES or self._of_origin(mention):
                continue
            if entity.kind == "organisation" and entity.sector == "BUS":
                total[country] += _COMPANY
                continue
            weight = _WEIGHTS.get(mention.entry.kind, _NAMED) if mention.entry is not None else _NAMED
            governor = view.head[mention.head]
            if view.lower[governor] in _LOCATIVE and view.dep[mention.head] == "pobj":
                weight += _IN_PLACE
            self._see(mention.head, country, weight)
            if entity.kind in _KINDS:
                kinds[_KINDS[entity.kind]][country] += 1
            if mention.entry is not None and mention.entry.kind in ("demonym", "people"):
                kinds["demonyms"][country] += 1
        for head, country in places:
            if country not in BEYOND_COUNTRIES:
                self._see(head, country, _TOWN + (_IN_PLACE if view.dep[head] == "pobj" else 0.0))
        for one in self._sights:
            early = one.sentence < 3 or one.token in view.headings
            total[one.country] += one.weight * (2.0 if early else 1.0)
        for country, weight in ((publisher, _READERS), (dateline, _WRITTEN)):
            if country is not None and country not in BEYOND_COUNTRIES:
                total[country] += weight
        whole = sum(total.values())
        self._share: dict[str, float] = {country: weight / whole for country, weight in total.items()}
        best = max(self._share, key=lambda country: self._share[country], default=None)
        self.home: str | None = best if best is not None and self._share[best] >= _HOME else None
        firsts: dict[str, int] = {}
        for one in self._sights:
            firsts[one.country] = min(one.token, firsts.get(one.country, one.token))
        self._standing: dict[str, dict[str, float]] = {
            country: {
                "share": share,
                "most": float(country == best),
                "readers": float(country == publisher),
                "dateline": float(country == dateline),
                "first": 1 - firsts[country] / view.size if country in firsts else 0.0,
                **{name: found[country] / max(1.0, sum(found.values())) for name, found in kinds.items()},
            }
            for country, share in self._share.items()
        }
        self._base = {country: _weighed(standing) for country, standing in self._standing.items()}

    def _see(self, token: int, country: str, weight: float) -> None:
        self._sights.append(_Sight(token, self._view.sentence[token], country, weight))

    def _of_origin(self, mention: Mention) -> bool:
        """Whether a country is only where somebody comes from: "a native of Mexico"."""
        view = self._view
        of = view.head[mention.head]
        return view.lower[of] in ("of", "from") and view.lower[view.head[of]] in _ORIGIN

    def features(self, i: int) -> dict[str, dict[str, float]]:
        """For every country that the report speaks of the features of `FITTED`, as seen from token `i`."""
        around = self._around(i)
        return {country: standing | around.get(country, {}) for country, standing in self._standing.items()}

    def _around(self, i: int) -> dict[str, dict[str, float]]:
        """The features that depend on the place, for every country of which words stand in the report."""
        sentence = self._view.sentence[i]
        out: dict[str, dict[str, float]] = {}
        for one in self._sights:
            apart = one.token - i
            if apart == 0:
                continue
            found = out.setdefault(one.country, dict.fromkeys(_BESIDE, 0.0))
            side, beside = ("after", "next after") if apart > 0 else ("before", "last before")
            if one.sentence == sentence:
                found[side] = min(_MOST, found[side] + one.weight)
            found[beside] = max(found[beside], 1 / (1 + abs(apart) / _REACH))
        return out

    def near(self, i: int) -> str | None:
        """The country of a body, an official or a person at token `i` of whom the report does not say it.

        None where the report speaks of no country.
        """
        around = self._around(i)
        score = {country: base + _weighed(around.get(country, {})) for country, base in self._base.items()}
        return max(score, key=lambda country: score[country], default=None)

    def domestic(self) -> str | None:
        """The report's own country where the report hardly speaks of any other."""
        return self.home if self.home is not None and self._share[self.home] >= _DOMESTIC else None

    def stated(self, i: int) -> str | None:
        """The one country in which the sentence of token `i` says things happen, None where it says none or several."""
        sentence = self._view.sentence[i]
        placed = {one.country for one in self._sights if one.sentence == sentence and one.weight > _IN_PLACE}
        return placed.pop() if len(placed) == 1 else None


def _weighed(found: Mapping[str, float]) -> float:
    return sum(FITTED[name] * value for name, value in found.items())
