"""Whom pronouns stand for: by number, gender, recency, and the subject first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from whowhom.resolve.view import Entity, Mention, View

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
SECOND = frozenset({"you", "your", "yours", "yourself", "yourselves"})
RELATIVE_TAGS = frozenset({"WP", "WDT", "WP$"})
THIRD = HE | SHE | IT | THEY

_SPEECH = frozenset(
    """say tell add call announce accuse warn urge deny claim vow promise insist declare state note ask reply demand
    reject condemn agree order decide plan want hope vote pass approve refuse expect launch impose issue believe
    sign criticize criticise seek pledge threaten denounce help hold try begin fight continue need face remain
    win""".split()
)
_SAID_OF_IT = frozenset(
    """announce expect report say believe think know claim hope understand agree estimate allege decide reveal confirm
    suggest fear note argue""".split()
)
_TOGETHER = frozenset({"speak", "meet", "talk", "discuss", "sit", "embrace", "shake"})
_WINDOW = 4  # sentences back
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})


@dataclass(slots=True)
class _Spoken:
    """A place where the text has spoken of somebody."""

    token: int
    entities: tuple[int, ...]
    subject: bool
    main: bool
    owner: bool
    pronoun: bool


class Memory:
    """Who was spoken of where, in text order, for the pronouns that follow."""

    def __init__(self, view: View, entities: list[Entity]) -> None:
        self._view = view
        self._entities = entities
        self._spoken: list[_Spoken] = []
        self._times: Counter[int] = Counter()

    def add(self, mention: Mention) -> None:
        """Remember a resolved mention."""
        view, i = self._view, mention.head
        if not mention.entities:
            return
        place = i
        while view.dep[place] == "appos" and view.head[place] < place:
            place = view.head[place]
        if mention.start < view.head[place] < place and view.lower[view.head[place]] == "of":
            place = view.head[view.head[place]]  # "hundreds" of "hundreds of protesters"
        subject = view.dep[place] in ("nsubj", "nsubjpass", "agent")
        main = subject and view.dep[view.head[place]] in ("ROOT", "parataxis", "conj")
        if mention.kind == "name" and not mention.listed and view.dep[i] != "poss" and not subject:
            return  # "Russian" in "the Russian embassy"
        item = _Spoken(i, mention.entities, subject, main, view.dep[i] == "poss", mention.kind == "pronoun")
        self._spoken.append(item)
        self._times.update(mention.entities)
        if view.dep[i] == "conj":
            first = view.head[i]
            for other in reversed(self._spoken[:-1]):
                if other.token == first:
                    joint = tuple(dict.fromkeys(other.entities + mention.entities))
                    if len(joint) > 1:
                        self._spoken.append(_Spoken(i, joint, other.subject, other.main, False, False))
                    break
                if other.token < first:
                    break

    def antecedent(self, i: int) -> tuple[int, ...]:
        """The entities that the third-person pronoun at token `i` stands for; empty where nobody fits."""
        word = self._view.lower[i]
        if word in IT:
            return self._it(i)
        if word in THEY:
            return self._they(i)
        return self._best(i, self._fits_she if word in SHE else self._fits_he)

    def _fits_he(self, item: _Spoken) -> float | None:
        return self._fits_person(item, "f")

    def _fits_she(self, item: _Spoken) -> float | None:
        return self._fits_person(item, "m")

    def _fits_person(self, item: _Spoken, other: str) -> float | None:
        if len(item.entities) != 1:
            return None
        entity = self._entities[item.entities[0]]
        if entity.kind != "person" or entity.plural or entity.gender == other:
            return None
        if entity.gender is None and other == "m":
            return -0.8
        return 0.3 if entity.named else 0.0 if item.subject else -0.8

    def _fits_body(self, item: _Spoken) -> float | None:
        if len(item.entities) != 1:
            return None
        entity = self._entities[item.entities[0]]
        if entity.kind not in ("state", "organisation", "group") or entity.plural:
            return None
        return 0.3 if entity.named else 0.0

    def _fits_several(self, item: _Spoken) -> float | None:
        if len(item.entities) > 1:
            return 0.6
        entity = self._entities[item.entities[0]]
        if entity.plural:
            return 0.5
        if entity.kind in ("organisation", "group"):
            return -0.3
        return -1.5 if entity.kind == "state" else None

    def _best(self, i: int, fits: Callable[[_Spoken], float | None], floor: float = -9.0) -> tuple[int, ...]:
        view = self._view
        sentence = view.sentence[i]
        verb = view.clause_verb(i)
        word, dep = view.lower[i], view.dep[i]
        subject = dep in ("nsubj", "nsubjpass")
        outer = self._outer_subjects(verb) if subject or dep == "poss" else {}
        own = view.subject_of(verb) if not subject else None
        quoted = i in view.quoted
        speaker = self._speaker(i) if quoted else ()
        best: tuple[float, tuple[int, ...]] = (floor, ())
        for item in reversed(self._spoken):
            distance = sentence - view.sentence[item.token]
            if distance > _WINDOW:
                break
            fit = fits(item)
            if fit is None:
                continue
            score = fit - 1.0 * distance - 0.01 * (i - item.token)
            score += 1.2 if item.subject else 0.0
            score += 0.4 if item.main else 0.0
            score -= 0.5 if item.owner else 0.0
            score += 0.3 if item.pronoun else 0.0
            score += min(0.8, 0.08 * self._times[item.entities[0]])
            if dep == "poss" and view.dep[view.head[i]] == "conj" and item.token == view.head[view.head[i]]:
                score += 3  # "Smith and his daughter"
            if item.token in outer:
                score += outer[item.token] if subject else 0.3
            if own is not None and item.token == own:
                if dep == "poss":
                    score += 0.8
                elif word not in _REFLEXIVE:
                    continue
                else:
                    score += 3
            if (item.token in view.quoted) != quoted:
                score -= 1.2 if quoted else 2.0
            if speaker and item.entities == speaker and not quoted:
                score -= 0.0
            elif speaker and item.entities == speaker:
                score -= 2.5
            if subject and dep == "nsubj" and view.head[item.token] == view.head[i]:
                continue
            if score > best[0]:
                best = (score, item.entities)
        return best[1]

    def salient(self, i: int, fits: Callable[[Entity], bool], home: str | None) -> Entity | None:
        """The entity that a definite description at token `i` most likely takes up, among those that fit it."""
        view, weights = self._view, dict[int, float]()
        sentence = view.sentence[i]
        for item in reversed(self._spoken):
            distance = sentence - view.sentence[item.token]
            if distance > 12:
                break
            if len(item.entities) != 1 or not fits(self._entities[item.entities[0]]):
                continue
            k = item.entities[0]
            weight = -0.4 * distance + (1.0 if item.subject else 0.0) + (0.4 if item.main else 0.0)
            weight -= 1.2 if item.token in view.quoted and i not in view.quoted else 0.0
            if distance == 0:
                weight -= 0.5
            if k not in weights:
                weights[k] = weight + (0.8 if home is not None and self._entities[k].country == home else 0.0)
            else:
                weights[k] = max(weights[k], weight) + 0.1
        return self._entities[max(weights, key=lambda k: weights[k])] if weights else None

    def _outer_subjects(self, verb: int) -> dict[int, float]:
        """Subjects of the verbs above a clause, with what they gain: "Peskov said that he ..."."""
        view, gains = self._view, {}
        at, gain = verb, 1.0
        for _ in range(4):
            dep = view.dep[at]
            above = view.head[at]
            if above == at:
                break
            if dep in ("ccomp", "advcl", "xcomp", "conj", "acl", "relcl", "pcomp", "prep"):
                for child in view.children[above]:
                    if view.dep[child] in ("nsubj", "nsubjpass"):
                        gains[child] = gain
                gain *= 0.7
            at = above
        return gains

    def _speaker(self, i: int) -> tuple[int, ...]:
        k = self._view.said_in.get(i)
        speaker = self._view.statements[k].speaker if k is not None else None
        if speaker is None:
            return ()
        for item in reversed(self._spoken):
            if item.token == speaker:
                return item.entities
        return ()

    def _it(self, i: int) -> tuple[int, ...]:
        view = self._view
        dep, verb = view.dep[i], view.head[i]
        if dep == "expl" or (dep in ("nsubj", "nsubjpass") and self._empty(i, verb)):
            return ()
        found = self._best(i, self._fits_body, -2.2)
        if not found:
            return ()
        if dep in ("nsubj", "nsubjpass") and view.lemma[verb] not in _SPEECH and not self._continues(i, found):
            return ()
        if dep in ("dobj", "pobj") and not self._continues(i, found):
            return ()
        return found

    def _empty(self, it: int, verb: int) -> bool:
        """Whether "it" stands for nothing or a clause: "it is clear that", "it comes after"."""
        view = self._view
        deps = {view.dep[c] for c in view.children[verb]}
        if view.lemma[verb] in ("be", "seem", "appear", "become") and deps & {
            "acomp",
            "ccomp",
            "xcomp",
            "csubj",
            "advcl",
        }:
            return True
        if view.dep[it] == "nsubjpass" and view.lemma[verb] in _SAID_OF_IT:
            return True
        return view.lemma[verb] in ("take", "come", "follow", "mean", "happen", "emerge", "rain", "turn", "bear")

    def _continues(self, i: int, found: tuple[int, ...]) -> bool:
        """Whether the last subject before token `i` is the one found, so that "it" takes it up."""
        view = self._view
        for j in range(i - 1, max(-1, i - 60), -1):
            if view.dep[j] in ("nsubj", "nsubjpass") and view.pos[j] in ("NOUN", "PROPN") and j not in view.quoted:
                return any(item.token == j and set(found) & set(item.entities) for item in reversed(self._spoken))
        return False

    def _things_between(self, i: int) -> bool:
        """Whether the nearest plural noun before "them" is no actor: "the talks ..., calling them useful"."""
        view = self._view
        for j in range(i - 1, max(-1, i - 25), -1):
            if view.sentence[j] != view.sentence[i]:
                return False
            if view.tag[j] in ("NNS", "NNPS") and view.dep[j] in ("nsubj", "nsubjpass", "dobj", "pobj"):
                return not any(item.token == j for item in self._spoken[-12:])
        return False

    def _things_subject(self, i: int) -> bool:
        """Whether the subject before "they" is a plural that is no actor: "the charges were dropped. They ..."."""
        view = self._view
        for j in range(i - 1, max(-1, i - 40), -1):
            if view.dep[j] in ("nsubj", "nsubjpass") and view.tag[j] in ("NNS", "NNPS"):
                return not any(item.token == j for item in self._spoken[-20:])
        return False

    def _they(self, i: int) -> tuple[int, ...]:
        view = self._view
        if view.dep[i] == "dobj" and self._things_between(i):
            return ()
        pairing = view.dep[i] == "nsubj" and view.lemma[view.head[i]] in _TOGETHER
        found = () if pairing else self._best(i, self._fits_several, -2.0)
        if found and not (self._entities[found[0]].plural or len(found) > 1) and self._things_subject(i):
            return ()
        if found:
            return found
        # "As they spoke": the last two persons, where the sentence before speaks of both.
        pair: list[int] = []
        for item in reversed(self._spoken):
            if view.sentence[i] - view.sentence[item.token] > 2:
                break
            entity = self._entities[item.entities[0]]
            if entity.kind == "person" and entity.named and entity.id not in pair:
                pair.append(entity.id)
        return (pair[1], pair[0]) if len(pair) == 2 else ()
