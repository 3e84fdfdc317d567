"""Whom pronouns stand for: by number, gender, recency, and the subject first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from whowhom.resolve.introductions import noun_gender
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
_JUDGING = frozenset(
    """hail praise thank applaud commend congratulate laud honour honor blame criticise criticize condemn fault rebuke
    chide slam mock""".split()
)
_TELLING = frozenset("tell urge ask warn remind assure inform advise order address call thank".split())
# Verbs whose object is somebody, so that "it" there is a body or a state.
_OF_SOMEBODY = _JUDGING.union(
    _TELLING,
    """accuse press pressure implore beg beseech exhort invite persuade convince lobby encourage discourage dissuade
    compel oblige commission instruct notify caution threaten sue prosecute lambast lambaste castigate berate chastise
    help assist defend represent lead govern rule join quit invade bomb""".split(),
)
_ADDRESSING = frozenset("speak talk say address appeal".split())
_PARTS = frozenset("all both few half many most much none some several".split())
_PAPERS = frozenset({"statement", "report", "letter", "document", "release", "communique", "communiqué", "filing"})


@dataclass(slots=True)
class _Spoken:
    """A place where the text has spoken of somebody."""

    token: int
    entities: tuple[int, ...]
    subject: bool
    main: bool
    owner: bool
    pronoun: bool


@dataclass(slots=True)
class _Around:
    """Where a pronoun stands: its clause, the clauses above, and who speaks."""

    token: int
    subject: bool
    owner: bool
    main: bool
    speaks: bool
    own: int | None  # the subject of its clause
    outer: dict[int, float]  # subjects of the clauses above
    barred: frozenset[int]  # whom it cannot stand for
    judged: int | None
    told: bool  # whether it is told something
    speaker: tuple[int, ...]  # of the quotation it is part of
    chain: tuple[int, ...]  # who has been speaking
    ahead: _Spoken | None


class Memory:
    """Who was spoken of where, in text order, for the pronouns that follow."""

    def __init__(self, view: View, entities: list[Entity], names: Mapping[int, Mention] | None = None) -> None:
        self._view = view
        self._entities = entities
        self._names = names or {}
        self._at: dict[int, tuple[int, ...]] = {}
        self._told: set[int] = {s.addressee for s in view.statements if s.addressee is not None}
        self._speaking = {s.speaker for s in view.statements if s.speaker is not None}
        self._tellers = sorted(k for k in self._speaking if k not in view.said_in and k not in view.quoted)
        self._spoken: list[_Spoken] = []
        self._times: Counter[int] = Counter()

    def add(self, mention: Mention) -> None:
        """Remember a resolved mention."""
        view, i = self._view, mention.head
        if not mention.entities:
            return
        self._at[i] = mention.entities
        if self._addressed(i):
            self._told.add(i)
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

    def _addressed(self, i: int) -> bool:
        """Whether somebody is spoken to at a token: "speaking to the elders", "told the elders"."""
        view = self._view
        verb = view.head[i]
        if view.dep[i] == "pobj" and view.lower[verb] in ("to", "with"):
            return view.lemma[view.head[verb]] in _ADDRESSING
        return view.dep[i] in ("dobj", "dative") and view.lemma[verb] in _TELLING

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
        if entity.gender is None:
            told = {gender for noun in entity.nouns if (gender := noun_gender(noun)) is not None}
            if told == {other}:
                return None
            if other == "m" and not told:
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
        around = self._around(i)
        best: tuple[float, tuple[int, ...]] = (floor, ())
        if around.ahead is not None and (fit := fits(around.ahead)) is not None:
            best = (fit + (3.0 if around.owner else 2.2), around.ahead.entities)
        for item in reversed(self._spoken):
            if view.sentence[i] - view.sentence[item.token] > _WINDOW:
                break
            fit = fits(item)
            if fit is None or around.barred.intersection(item.entities):
                continue
            score = fit + self._prominence(i, item) + self._pull(around, item) + self._voices(around, item)
            if score > best[0]:
                best = (score, item.entities)
        return best[1]

    def _prominence(self, i: int, item: _Spoken) -> float:
        """How much in view an earlier mention is: by distance, grammatical place and how often it is spoken of."""
        view = self._view
        score = -1.0 * (view.sentence[i] - view.sentence[item.token]) - 0.01 * (i - item.token)
        teller = item.token in self._tellers and self._entities[item.entities[0]].kind == "person"  # "according to her"
        score += 1.2 if item.subject or teller else 0.0
        score += 0.4 if item.main or teller else 0.0
        score -= 0.5 if item.owner else 0.0
        score += 0.3 if item.pronoun else 0.0
        return score + min(0.8, 0.08 * self._times[item.entities[0]])

    def _pull(self, around: _Around, item: _Spoken) -> float:
        """What a mention gains from its place in the sentence of the pronoun itself."""
        view, i = self._view, around.token
        score = 0.0
        if around.owner and view.dep[view.head[i]] == "conj" and item.token == view.head[view.head[i]]:
            score += 3  # "Smith and his daughter"
        if item.token in around.outer:
            score += around.outer[item.token] if around.subject else 0.3
        if around.own is not None and item.token == around.own:
            score += 3 if view.lower[i] in _REFLEXIVE else 0.8 if around.owner else 0.0
        if around.told and item.token in self._told:
            score += 1.5  # "Speaking to the elders, he ... He urged them"
        if around.judged is not None and item.token == around.judged:
            score += 2.6  # "praised Smith for his courage"
        return score

    def _voices(self, around: _Around, item: _Spoken) -> float:
        """What a mention gains or loses by who speaks: the words of the report, or those of one of the candidates."""
        view, quoted = self._view, around.token in self._view.quoted
        score = 0.0
        if (item.token in view.quoted) != quoted:
            score -= 1.2 if quoted else 2.0
        if quoted:
            return score - (2.5 if set(around.speaker).intersection(item.entities) else 0.0)
        told_in = view.said_in.get(item.token)
        if item.token in view.quoted and told_in is not None and view.statements[told_in].speaker == around.token:
            score -= 2.5  # whoever "he asked" is, the question names somebody else
        if around.chain and around.subject and told_in != view.said_in.get(around.token):
            score -= 0.6 if told_in is not None else 0.0
        body = len(item.entities) == 1 and not self._entities[item.entities[0]].plural
        if body and view.lower[around.token] in THEY and not item.subject:
            return score  # "..., according to the paper. They called ..."
        if around.chain and item.entities == around.chain:
            score += 1.2 if around.speaks else 0.5 if around.main else 0.0
        return score

    def _around(self, i: int) -> _Around:
        view = self._view
        verb, dep = view.clause_verb(i), view.dep[i]
        subject, owner = dep in ("nsubj", "nsubjpass"), dep == "poss"
        own = view.subject_of(verb) if not subject else None
        speaks = i in self._speaking
        return _Around(
            token=i,
            subject=subject,
            owner=owner,
            main=subject and i not in view.said_in and view.dep[view.head[i]] in ("ROOT", "conj", "parataxis"),
            speaks=speaks,
            own=own,
            outer=self._outer_subjects(verb) if subject or owner else {},
            barred=frozenset() if owner else self._barred(i, own),
            told=dep in ("dobj", "dative") and view.lemma[view.head[i]] in _TELLING,
            judged=self._judged(i) if owner else None,
            speaker=self.speaker(i) if i in view.quoted else (),
            chain=() if i in view.quoted else self._spoke_last(i),
            ahead=self._ahead(i),
        )

    def _barred(self, i: int, own: int | None) -> frozenset[int]:
        """Whom a pronoun cannot be, being spoken of in the same clause: "he hailed Smith", "Smith hailed him"."""
        view = self._view
        if view.dep[i] in ("nsubj", "nsubjpass"):
            return frozenset(k for verb in self._verbs_of(i) for j in self._objects(verb) for k in self._who(j))
        if own is None or view.lower[i] in _REFLEXIVE or self._handed(i):
            return frozenset()
        return frozenset(self._who(own))

    def _handed(self, i: int) -> bool:
        """Whether the object of the verb above does what is said of a pronoun: "asked a guard to follow her"."""
        view = self._view
        verb = view.clause_verb(i)
        above = view.head[verb]
        if view.dep[view.head[i]] == "prep" and view.pos[view.head[view.head[i]]] in ("NOUN", "PROPN"):
            return True  # "dismissed the charges against him"
        return view.dep[verb] in ("xcomp", "advcl", "ccomp") and any(
            view.dep[c] in ("dobj", "nsubjpass") and c < verb for c in view.children[above]
        )

    def _verbs_of(self, i: int) -> list[int]:
        """The verbs that a subject belongs to: its own, and those below it that have no subject of their own."""
        view, verbs = self._view, [self._view.head[i]]
        for verb in verbs:
            for child in view.children[verb]:
                if view.dep[child] not in ("xcomp", "conj", "advcl") or view.pos[child] not in ("VERB", "AUX"):
                    continue
                if not any(view.dep[c] in ("nsubj", "nsubjpass", "csubj") for c in view.children[child]):
                    verbs.append(child)
        return verbs

    def _objects(self, verb: int) -> Iterator[int]:
        """The heads of the objects, complements and prepositional objects right below a verb."""
        view = self._view
        for child in view.children[verb]:
            if view.dep[child] in ("dobj", "dative", "attr", "oprd", "agent", "prep"):
                found = [child, *(c for c in view.children[child] if view.dep[c] == "pobj")]
                for j in found:
                    yield j
                    yield from (c for c in view.children[j] if view.dep[c] == "conj")

    def _who(self, i: int) -> tuple[int, ...]:
        """The entities at a token, of whatever has been read so far or is named later."""
        found = self._at.get(i)
        if found is None and i in self._names:
            return self._names[i].entities
        return found or ()

    def _judged(self, i: int) -> int | None:
        """The object of "praised Smith for his courage", whose courage it is."""
        view = self._view
        preposition = view.head[view.head[i]]
        verb = view.head[preposition]
        if view.lower[preposition] not in ("for", "over") or view.lemma[verb] not in _JUDGING:
            return None
        return next((c for c in view.children[verb] if view.dep[c] == "dobj"), None)

    def _ahead(self, i: int) -> _Spoken | None:
        """The named subject that a pronoun in a phrase before it looks forward to: "For his part, Smith said"."""
        view, at = self._view, i
        while view.head[at] != at and i not in view.quoted:
            above = view.head[at]
            if at != i and view.dep[at] in ("nsubj", "nsubjpass", "relcl"):
                return None
            if view.dep[at] in ("advcl", "prep", "npadvmod"):
                for subject in (c for c in view.children[above] if view.dep[c] in ("nsubj", "nsubjpass") and c > i):
                    name = self._names.get(subject)
                    return None if name is None else _Spoken(subject, name.entities, True, True, False, False)
            at = above
        return None

    def _spoke_last(self, i: int) -> tuple[int, ...]:
        """Who has been speaking in the sentences before a token, unless somebody else has acted since."""
        view = self._view
        for k in reversed(self._tellers):
            if k < view.starts[view.sentence[i]] and view.sentence[i] - view.sentence[k] <= _WINDOW:
                voice = self._voice(k)
                return () if self._acted_since(view.sentence[k] + 1, i, voice) else voice
        return ()

    def _acted_since(self, sentence: int, i: int, voice: tuple[int, ...]) -> bool:
        """Whether somebody other than the speaker is the subject of a sentence of the report before a token."""
        view = self._view
        for item in reversed(self._spoken):
            if view.sentence[item.token] < sentence:
                return False
            if view.sentence[item.token] == view.sentence[i] or item.token in view.quoted or item.token in view.said_in:
                continue
            if item.main and item.entities != voice:
                return True
        return False

    def _voice(self, k: int) -> tuple[int, ...]:
        """Whose voice a speaker's token is: "a statement by the ministry" speaks for the ministry."""
        view = self._view
        if self._who(k) or view.lemma[k] not in _PAPERS:
            return self._who(k)
        for child in view.children[k]:
            if view.dep[child] == "poss" and self._who(child):
                return self._who(child)
            if view.lower[child] in ("by", "from", "of"):
                found = next((self._who(c) for c in view.children[child] if self._who(c)), ())
                if found:
                    return found
        earlier = [j for j in self._tellers if j < k and view.lemma[j] == view.lemma[k]]
        return self._voice(earlier[-1]) if earlier else ()

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

    def speaker(self, i: int) -> tuple[int, ...]:
        """The entities whose words the statement around a token reports."""
        k = self._view.said_in.get(i)
        speaker = self._view.statements[k].speaker if k is not None else None
        return self._who(speaker) if speaker is not None else ()

    def _it(self, i: int) -> tuple[int, ...]:
        view = self._view
        dep, verb = view.dep[i], view.head[i]
        if dep == "expl" or (dep in ("nsubj", "nsubjpass") and self._empty(i, verb)):
            return ()
        if body := self._spoken_for(i):
            return body
        found = self._best(i, self._fits_body, -2.2)
        if not found:
            return ()
        if dep in ("nsubj", "nsubjpass") and view.lemma[verb] not in _SPEECH and not self._continues(i, found):
            return ()
        if dep in ("dobj", "pobj") and not (self._continues(i, found) or self._asked_again(i, found)):
            return ()
        return found

    def _spoken_for(self, i: int) -> tuple[int, ...]:
        """The body in "a ministry spokesman said it would pay"."""
        view = self._view
        for token in self._outer_subjects(view.clause_verb(i)):
            if token > i or not view.lower[token].startswith(("spokes", "official", "representative")):
                continue
            below = [*view.children[token]]
            below += [c for child in below if view.lower[child] in ("for", "of", "from") for c in view.children[child]]
            for child in below:
                who = self._who(child)
                if len(who) == 1 and self._entities[who[0]].kind in ("organisation", "state", "group"):
                    return who
        return ()

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

    def _asked_again(self, i: int, found: tuple[int, ...]) -> bool:
        """Whether "it" is whom the verb before was about too: "accused the party of lying and urged it to apologise".

        Only verbs that want somebody as their object count; others take up things: "discussed a law and passed it".
        """
        view = self._view
        verb = view.head[i]
        if view.dep[i] != "dobj" or view.lemma[verb] not in _OF_SOMEBODY:
            return False
        return any(
            set(found) & set(item.entities)
            for item in reversed(self._spoken)
            if view.sentence[item.token] == view.sentence[i] and item.token < i
        )

    def _things_between(self, i: int) -> bool:
        """Whether the nearest plural noun before "them" is no actor: "the talks ..., calling them useful"."""
        view = self._view
        for j in range(i - 1, max(-1, i - 25), -1):
            if view.sentence[j] != view.sentence[i]:
                return False
            if view.tag[j] in ("NNS", "NNPS") and view.dep[j] in ("nsubj", "nsubjpass", "dobj", "pobj"):
                return not self._at.get(j)
        return False

    def _owned_by_things(self, i: int) -> bool:
        """Whether the subject of the clause of "their" is a plural that is no actor: "the rules lost their force"."""
        view = self._view
        own = view.subject_of(view.clause_verb(i))
        if own is None or own > i or view.tag[own] not in ("NNS", "NNPS") or self._at.get(own):
            return False
        return not any(view.lower[c] == "of" for c in view.children[own])  # "hundreds of miners"

    def _things_subject(self, i: int) -> bool:
        """Whether the subject before "they" is a plural that is no actor: "the charges were dropped. They ..."."""
        view = self._view
        for j in range(i - 1, max(-1, i - 40), -1):
            if view.tag[j] not in ("NNS", "NNPS") or view.head[j] == j:
                continue
            if view.dep[j] in ("nsubj", "nsubjpass"):
                return not self._at.get(j)
            if view.dep[j] in ("dobj", "pobj") and view.sentence[j] == view.sentence[i] and not self._at.get(j):
                return view.clause_verb(j) != view.clause_verb(i)
        return False

    def _they(self, i: int) -> tuple[int, ...]:
        view = self._view
        part = view.dep[i] == "pobj" and view.lower[view.head[view.head[i]]] in _PARTS  # "most of them"
        if (part or view.dep[i] == "dobj") and self._things_between(i):
            return ()
        if view.dep[i] == "poss" and self._owned_by_things(i):
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
