"""Where an event happened: the place that its own words name, else the place that the report has just set it in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from whowhom.candidates import EventCandidate
from whowhom.parse import Parsed
from whowhom.records import Place
from whowhom.resolve.datelines import find_datelines
from whowhom.resolve.known_places import country_place
from whowhom.resolve.landmarks import find_landmarks
from whowhom.resolve.places import PlaceMention, countries_named
from whowhom.resolve.toponyms import places_inside

_LOCATIVE = frozenset(
    "in at near outside inside around across throughout within off along on over from to into".split()
)
_WEAK = frozenset("from to on over into".split())  # places only with some verbs
_SETTLEMENTS = frozenset(
    """city town village port capital province region district island resort area suburb state neighbourhood
    neighborhood outskirt outskirts centre center north south east west part municipality county settlement stronghold
    base enclave camp department prefecture governorate republic border coast territory headquarters residence palace
    square embassy consulate airport valley peninsula""".split()
)
_LOCAL = frozenset(
    """city town village capital province region district island area suburb neighbourhood neighborhood camp scene
    street court courthouse courtroom station prison jail country building site square enclave compound mosque church
    cathedral hospital school university airport hotel parliament palace""".split()
)
_TRAVEL = frozenset(
    "visit trip travel fly go return come arrive head tour move march transfer bring take send extradite".split()
)
_REACHES = frozenset(
    """visit tour reach enter storm attack bomb shell besiege capture seize retake recapture liberate hit strike rock
    target invade occupy raid bombard overrun evacuate sweep engulf grip shake paralyse paralyze leave flee
    devastate ravage pound""".split()
)
_LEAVES = frozenset({"withdraw", "expel", "deport"})
_PHYSICAL = frozenset({"ASSAULT", "PROTEST", "COERCE", "CONSULT"})
_SITED = frozenset({"SANCTION", "RETREAT", "MOBILIZE"})  # placed by their sentence where it names a place
_VERBAL = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE"})
_OPEN = frozenset({"ASSAULT", "PROTEST"})  # happen in the open, and so in the place that the report is set in
_OPENING = 6  # sentences of a report in which what has no place happened in the town of the dateline
_REACH = 3  # sentences over which a place goes on being the scene
_DOMESTIC = 0.7  # share of one country in what the report names for it to be the scene of all


class Scenes:
    """The places of one parsed text, asked by event candidate."""

    def __init__(self, parsed: Parsed, places: Sequence[PlaceMention]) -> None:
        self._doc = parsed.doc
        self._sentence = parsed.sentence_of
        taken = {i for p in places for i in range(p.first, p.last + 1)}
        named = Counter[str](countries_named(parsed.doc))
        named.update(p.place.country for p in places if p.place.country)
        named.update(line.place.country for line in find_datelines(parsed)[:1] if line.place.country)
        inside = [m for m in places_inside(parsed.doc, places) if self._is_site(m)]
        places = [*places, *inside]
        taken.update(i for p in inside for i in range(p.first, p.last + 1))
        marks = [m for m in find_landmarks(parsed.doc, named) if not taken & set(range(m.first, m.last + 1))]
        self._marks = frozenset(m.last for m in marks)
        self._by_sentence: dict[int, list[PlaceMention]] = {}
        for mention in sorted([*places, *marks], key=lambda m: m.first):
            self._by_sentence.setdefault(self._sentence[mention.first], []).append(mention)
        self._home = self._main_country(named)
        town = next((line.place for line in find_datelines(parsed)), None)
        self._town = town if town is not None and town.country == self._home else None

    @staticmethod
    def _main_country(named: Counter[str]) -> str | None:
        """The one country that the report is about, None where it speaks of several."""
        best = named.most_common(1)
        if not best or best[0][1] < 2 or best[0][1] < _DOMESTIC * sum(named.values()):
            return None
        return best[0][0]

    def of(self, candidate: EventCandidate, clauses: Sequence[frozenset[int]]) -> Place | None:
        """The place of an event whose own clause is the first of `clauses`, the next the one that governs it."""
        place = self._of(candidate, clauses)
        if place is None or place.country is not None or place.lat is not None:
            return place
        beside = [p.place.country for p in self._by_sentence[self._sentence[candidate.trigger]] if p.place.country]
        return replace(place, country=beside[-1] if beside else self._home)  # a village that no gazetteer has

    def _of(self, candidate: EventCandidate, clauses: Sequence[frozenset[int]]) -> Place | None:
        k = self._sentence[candidate.trigger]
        here = [p for p in self._by_sentence.get(k, ()) if not self._is_side(p, candidate)]
        sender = next((p.place for p in here if candidate.mode == "expel" and p.last in candidate.actors), None)
        if sender is not None and sender.country:
            return sender
        located = [p for p in here if self._is_located(p, candidate) and not self._is_topic(p, candidate)]
        for clause in clauses[:2]:
            inside = [p for p in located if p.last in clause]
            if inside:
                return self._nearest(inside, candidate)
        found = self._object(candidate, k) or self._where_clause(candidate, here) or self._said_in(candidate, here)
        if found is not None:
            return found
        if candidate.type in _PHYSICAL | _SITED:
            beside = located or [p for p in here if candidate.type == "CONSULT" and self._is_reached(p)]
            if beside:
                return self._nearest(beside, candidate)
        if candidate.status in ("hypothetical", "negated"):
            return None
        if self._points_back(candidate) or candidate.type in _OPEN:
            return self._scene(k, candidate)
        return None

    def _object(self, candidate: EventCandidate, k: int) -> Place | None:
        """The town that is visited, besieged, or shelled."""
        for mention in self._by_sentence.get(k, ()):
            if not mention.place.country:
                continue
            token = self._anchor(mention, whole=True)
            side = token.head.i == candidate.trigger and token.dep_ in ("dobj", "nsubjpass", "npadvmod")
            if side and candidate.type in _PHYSICAL:
                return mention.place
            if candidate.mode == "visit" and mention.last in candidate.recipients:
                return mention.place
        return None

    def _where_clause(self, candidate: EventCandidate, here: Sequence[PlaceMention]) -> Place | None:
        """The place that "where" stands for in "Puebla, where organisers will hold a rally".

        So does "at which" in "a summit in Puebla at which all sides agreed to a truce".
        """
        token = self._doc[candidate.trigger]
        for _ in range(6):
            if token.dep_ == "relcl" and (which := self._at_which(token)) is not None:
                near = [p for p in here if token.head.i < p.last < which and p.place.country]
                return near[-1].place if near else None
            word = next((i for i in range(token.i, token.left_edge.i - 1, -1) if self._doc[i].lower_ == "where"), None)
            if word is not None and token.dep_ in ("relcl", "advcl"):
                near = [p for p in here if word - 4 <= p.last < word and p.place.country]
                return near[-1].place if near else None
            if token.head is token:
                break
            token = token.head
        return None

    def _at_which(self, verb: Token) -> int | None:
        """Where the relative clause of a verb opens with "at which", "in which" or "during which"."""
        for i in range(verb.left_edge.i, verb.i):
            if self._doc[i].lower_ == "which" and self._doc[i].dep_ == "pobj":
                return i if self._doc[i].head.lower_ in ("at", "in", "during") else None
        return None

    def _said_in(self, candidate: EventCandidate, here: Sequence[PlaceMention]) -> Place | None:
        """Where a stance in the present tense was uttered: "Kenya condemns the coup, its envoy said in Dakar"."""
        token = self._doc[candidate.trigger]
        if candidate.type not in _VERBAL or token.tag_ not in ("VBZ", "VBP") or token.dep_ != "ccomp":
            return None
        for mention in here:
            anchor = self._anchor(mention)
            to = anchor.head.head
            if anchor.dep_ != "pobj" or anchor.head.lower_ not in ("in", "at"):
                continue
            if to.i == token.head.i or (to.head.i == token.head.i and to.dep_ == "dobj"):
                return mention.place
        return None

    def _points_back(self, candidate: EventCandidate) -> bool:
        """Whether the clause has "outside the court", "from the region", "there": the place told before."""
        for i in candidate.clause:
            token = self._doc[i]
            if token.lower_ == "there" and token.dep_ == "advmod":
                return True
            if token.lemma_.lower() not in _LOCAL or token.dep_ != "pobj" or token.head.lower_ not in _LOCATIVE:
                continue
            if any(c.lower_ in ("the", "that", "this", "its", "their") for c in token.lefts):
                return True
        return False

    def _scene(self, k: int, candidate: EventCandidate) -> Place | None:
        """The place set last in the sentences before, else the country of a report that speaks of one alone."""
        for back in range(k - 1, k - 1 - _REACH, -1):
            told = [p for p in self._by_sentence.get(back, ()) if p.place.country and self._is_located(p, None)]
            if told and candidate.status != "historical":
                return told[-1].place
        if self._town is not None and k < _OPENING and candidate.status != "historical":
            return self._town
        return country_place(self._home) if self._home is not None else None

    def _is_site(self, mention: PlaceMention) -> bool:
        """Whether a place inside a name stands before a building: "Durban" of "Durban court"."""
        return any(
            self._doc[i].lemma_.lower() in _LOCAL
            for i in range(mention.last + 1, mention.last + 4)
            if i < len(self._doc)
        )

    # -- what stands around a place name ------------------------------------------------------------------------------

    @staticmethod
    def _nearest(mentions: Sequence[PlaceMention], candidate: EventCandidate) -> Place:
        """The nearest of some places, those in a country before seas and regions."""
        return min(mentions, key=lambda p: (p.place.country is None, abs(p.last - candidate.trigger), p.first)).place

    def _anchor(self, mention: PlaceMention, whole: bool = False) -> Token:
        """The word that stands for a place in its clause: "capital" of "the Turkish capital of Ankara".

        With `whole` only words that mean the place itself, not "ambassador" of "Russia's ambassador".
        """
        token = self._doc[mention.last]
        for _ in range(6):
            if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_.lower() in _SETTLEMENTS:
                token = token.head.head
            elif token.dep_ in ("compound", "nmod", "poss", "amod") and token.head is not token:
                if whole and token.head.lemma_.lower() not in _SETTLEMENTS | _LOCAL:
                    break
                token = token.head
            elif token.dep_ in ("appos", "conj") and token.head is not token:
                token = token.head
            else:
                break
        return token

    def _is_located(self, mention: PlaceMention, candidate: EventCandidate | None) -> bool:
        trigger = candidate.trigger if candidate is not None else -1
        first = self._doc[mention.last]
        if candidate is not None and self._names_happening(first, mention, candidate):
            return True
        token = self._anchor(mention)
        head = token.head
        if token.dep_ == "pobj" and head.lower_ in _LOCATIVE:
            if head.lower_ not in _WEAK:
                return True
            if head.lower_ in ("to", "into"):
                return head.head.lemma_.lower() in _TRAVEL
            if head.lower_ == "on":
                return mention.last in self._marks or token.lemma_.lower() in ("island", "border", "coast", "outskirts")
            leaves = candidate is not None and (candidate.mode in _LEAVES or candidate.type == "RETREAT")
            return head.lower_ == "from" and leaves
        if token.dep_ == "pobj" and head.lower_ == "of" and candidate is not None:
            return head.head.i == trigger and candidate.type in ("ASSAULT", "COERCE") and head.head.pos_ == "NOUN"
        return candidate is not None and head.i in candidate.clause and self._is_reached(mention)

    def _is_topic(self, mention: PlaceMention, candidate: EventCandidate) -> bool:
        """Whether a place belongs to what is spoken of, not to the speaking: "condemned the war in Mali"."""
        if candidate.type not in _VERBAL:
            return False
        token = self._doc[mention.last]
        for _ in range(8):
            if token.head is token or token.i == candidate.trigger:
                return False
            if token.head.i == candidate.trigger:
                own = candidate.type == "AGREE" and token.dep_ == "xcomp"  # "agreed to meet in Oslo"
                return token.dep_ in ("dobj", "ccomp", "xcomp", "nsubj") and token.i != mention.last and not own
            token = token.head
        return False

    def _is_reached(self, mention: PlaceMention) -> bool:
        """Whether a place is the object of arriving, attacking, or leaving."""
        token = self._anchor(mention, whole=True)
        return token.dep_ in ("dobj", "nsubjpass") and token.head.lemma_.lower() in _REACHES

    def _names_happening(self, token: Token, mention: PlaceMention, candidate: EventCandidate) -> bool:
        """Whether a place stands before the noun of the happening: "the Geneva talks", "a White House meeting"."""
        noun = self._doc[candidate.trigger]
        if noun.pos_ not in ("NOUN", "PROPN") or token.dep_ not in ("compound", "nmod", "amod", "poss"):
            return False
        return token.head.i == noun.i and (
            token.i in self._marks or candidate.type in _OPEN or not self._is_country(mention)
        )

    @staticmethod
    def _is_country(mention: PlaceMention) -> bool:
        whole = country_place(mention.place.country) if mention.place.country else None
        return whole is not None and whole.geonames_id == mention.place.geonames_id

    def _is_side(self, mention: PlaceMention, candidate: EventCandidate) -> bool:
        """Whether a place name stands for the one acted on, and is not said to be where it was done."""
        token = self._anchor(mention)
        inside = token.dep_ == "pobj" and token.head.lower_ in ("in", "inside", "throughout", "across")
        return not inside and any(mention.first <= i <= mention.last for i in candidate.recipients)
