"""How a report introduces private persons: by age, by what befell them, and by a description before the name.

"A shopkeeper was arrested. Ana Costa, 48, was accused ..." is one person, and so is "the 48-year-old" after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence

from whowhom.resolve.view import Entity, Gender, Mention, View

_AGE = re.compile(r"\b(\d{1,3})[- ]years?[- ]old\b")
_HARM = frozenset(
    "kill murder shoot stab injure wound rape attack assault kidnap abduct beat strangle behead hit".split()
)
_LAW = frozenset("arrest charge accuse convict sentence jail indict detain prosecute imprison suspect remand".split())
_SPEAK = frozenset("say tell add note explain recall report claim state describe".split())
_CRIMES = frozenset(
    """murder murders manslaughter robbery robberies rape rapes burglary theft kidnapping kidnap trafficking smuggling
    stabbing homicide arson heroin cocaine methamphetamine drugs gang gangland extortion racketeering""".split()
)
_FEMALE = frozenset(
    "woman girl mother wife sister daughter actress widow businesswoman schoolgirl grandmother nun".split()
)
_MALE = frozenset(
    "man boy father husband brother son gunman actor widower businessman schoolboy grandfather monk".split()
)
# Callings that take each other up: "the billionaire" after "the company's chairman".
_CALLINGS = tuple(
    frozenset(words.split())
    for words in (
        "prosecutor attorney",
        "judge justice magistrate",
        "lawyer attorney advocate barrister counsel solicitor",
        """businessman billionaire tycoon magnate executive owner entrepreneur millionaire mogul oligarch founder
        chairman boss ceo chief businesswoman chairwoman banker industrialist financier""",
        "journalist reporter editor columnist blogger broadcaster correspondent writer anchor author",
        "activist campaigner dissident advocate defender critic",
        "cleric priest imam pastor preacher bishop archbishop cardinal rabbi reverend evangelist",
        "politician lawmaker senator mp congressman congresswoman legislator representative deputy parliamentarian",
        "singer rapper musician star artist",
        "soldier sergeant private corporal serviceman",
        "officer policeman constable detective",
        "doctor surgeon physician",
        "teenager youth boy girl student schoolboy schoolgirl pupil",
    )
)
_VICTIM = frozenset({"victim", "deceased"})
_ACCUSED = frozenset({"defendant", "suspect", "accused", "killer", "attacker", "murderer", "convict"})
# Whom the first sentences name by office are the doers, rarely the ones introduced.
_OFFICIAL = frozenset({"JUD", "COP", "GOV", "SPY", "*"})
_LEAD = 3  # sentences at the start in which a description may stand before its name
_SOON = 3  # sentences after it within which the name comes


def age_of(view: View, start: int, end: int) -> int | None:
    """The age that words `[start, end)` or a number cut off by commas after them tell."""
    found = _AGE.search(view.text(start, end))
    if found:
        return int(found.group(1))
    if end + 1 < view.size and view.lower[end] in (",", "("):
        i = end + 1 + (view.lower[end + 1] == "aged")
        if i < view.size - 1 and view.words[i].isdecimal() and view.lower[i + 1] in (",", ")", "."):
            age = int(view.words[i])
            return age if 5 < age < 110 else None
    return None


def noun_gender(noun: str) -> Gender | None:
    """The gender that a noun for a person tells."""
    last = noun.split()[-1]
    return "f" if last in _FEMALE else "m" if last in _MALE else None


class Introductions:
    """Ages of the persons of a report, and who of them suffered or stands accused."""

    def __init__(self, view: View, names: Sequence[Mention], entities: Sequence[Entity]) -> None:
        self._view = view
        self._entities = entities
        self._first: dict[int, Mention] = {}
        self._ages: dict[int, int] = {}
        self._harmed: set[int] = set()
        self._accused: set[int] = set()
        self._criminal: set[int] = set()
        for name in names:
            entity = entities[name.entities[0]]
            if entity.kind != "person":
                continue
            if name.head not in view.headings:
                self._first.setdefault(entity.id, name)
            start = max(view.starts[view.sentence[name.start]], name.titles[0][0] if name.titles else name.start)
            age = age_of(view, start, name.end) or self._age_before(name)
            if age is not None:
                self._ages.setdefault(entity.id, age)
            self._befallen(entity.id, name.head)

    def _age_before(self, name: Mention) -> int | None:
        """ "18-year-old Ana Costa"."""
        view = self._view
        found = _AGE.search(view.source, max(0, view.offset[name.start] - 14), view.offset[name.start])
        return int(found.group(1)) if found and found.end() >= view.offset[name.start] - 1 else None

    def _befallen(self, entity: int, head: int) -> None:
        view = self._view
        while view.dep[head] in ("conj", "appos") and view.head[head] < head:
            head = view.head[head]
        verb = view.head[head]
        lemma = view.lemma[verb]
        if view.dep[head] in ("nsubjpass", "dobj"):
            if lemma in _HARM:
                self._harmed.add(entity)
            if lemma in _LAW or (lemma == "find" and any(view.lower[c] == "guilty" for c in view.children[verb])):
                self._accused.add(entity)
                self._note_crime(entity, verb)
        elif view.dep[head] == "nsubj" and lemma in ("die", "deny", "plead"):
            (self._harmed if lemma == "die" else self._accused).add(entity)
            if lemma != "die":
                self._note_crime(entity, verb)

    def _note_crime(self, entity: int, verb: int) -> None:
        view = self._view
        end = verb
        while end < view.size and view.sentence[end] == view.sentence[verb]:
            end += 1
        if any(w in _CRIMES for w in view.lower[verb:end]):
            self._criminal.add(entity)

    def criminal(self, entity: int) -> bool:
        """Whether a person is said to be charged with or convicted of a common crime of violence, theft or drugs."""
        return entity in self._criminal

    # --- descriptions before the name

    def announced(self, nominals: Sequence[Mention], beside: Container[int]) -> dict[int, Mention]:
        """For heads of descriptions in the first sentences, the name that a sentence soon after gives the person.

        Persons take their descriptions in the order of their names, each description is of one person.
        """
        view = self._view
        body = [s for s, start in enumerate(view.starts) if start not in view.headings]
        if not body:
            return {}
        lead = [m for m in nominals if self._open(m, beside) and self._early(m, body)]
        out: dict[int, Mention] = {}
        for entity, name in sorted(self._first.items(), key=lambda item: item[1].start):
            if name.titles or self._entities[entity].terms or self._entities[entity].offices:
                continue
            ranked = sorted(
                ((self._match(m, entity, name), -m.head, m) for m in lead if m.head not in out), key=lambda r: r[:2]
            )
            if ranked and ranked[-1][0] > 0:
                out[ranked[-1][2].head] = name
        return out

    def _early(self, mention: Mention, body: Sequence[int]) -> bool:
        view = self._view
        return mention.head in view.headings or view.sentence[mention.head] in body[:_LEAD]

    def _open(self, mention: Mention, beside: Container[int]) -> bool:
        """Whether a description can be of one private person whom the report names only later."""
        view, noun = self._view, mention.noun
        if mention.plural or noun is None or noun.kind != "person" or mention.head in beside:
            return False
        first = view.lower[mention.start]
        heading = mention.head in view.headings
        followed = any(view.dep[c] == "prep" for c in view.children[mention.head] if c > mention.head)
        if not (first in ("a", "an") or heading or (first == "the" and followed)):
            return False
        return view.dep[mention.head] in ("nsubj", "nsubjpass", "dobj", "pobj", "ROOT")

    def _match(self, mention: Mention, entity: int, name: Mention) -> float:
        view = self._view
        assert mention.noun is not None
        between = view.sentence[name.head] - view.sentence[mention.head]
        if not 0 < between <= _SOON + 2 * (mention.head in view.headings):
            return 0.0
        told, known = age_of(view, mention.start, mention.end), self._ages.get(entity)
        gender = noun_gender(mention.noun.noun)
        if gender is not None and self._entities[entity].gender not in (None, gender):
            return 0.0
        if told is not None and told == known:
            return 9.0
        if (told is not None and known is not None) or mention.noun.sector in _OFFICIAL:
            return 0.0
        verb = view.clause_verb(name.head)
        opens = name.start - view.starts[view.sentence[name.head]] < 2 and view.dep[name.head] in ("nsubj", "nsubjpass")
        if view.lemma[verb] in _SPEAK or not opens or (known is None and between > 1):
            return 0.0
        subject = view.dep[mention.head] in ("nsubj", "nsubjpass")
        befallen = view.dep[mention.head] in ("nsubjpass", "dobj")
        if not (subject or befallen):
            return 0.0
        return 1.0 + subject + befallen + 0.5 * (known is not None)

    # --- descriptions after the name

    def taken_up(self, mention: Mention, seen: Sequence[tuple[int, int]]) -> Entity | None:
        """The person before a definite description in the text whom it means: by age, fate, calling or gender.

        Args:
            mention: the description.
            seen: tokens and entities so far spoken of, in text order.
        """
        assert mention.noun is not None
        noun = mention.noun.noun
        told = age_of(self._view, mention.start, mention.end)
        if told is not None:
            same = [k for k, age in self._ages.items() if age == told]
            return self._entities[same[0]] if len(same) == 1 else self._last(mention, seen, 2, lambda e: True)
        last = noun.split()[-1]
        for nouns, befallen in ((_VICTIM, self._harmed), (_ACCUSED, self._accused)):
            if last in nouns:
                found = [k for k in dict.fromkeys(k for _, k in seen) if k in befallen]
                return self._entities[found[0]] if len(found) == 1 else None
        for calling in (c for c in _CALLINGS if last in c):

            def fits(e: Entity, calling: frozenset[str] = calling) -> bool:
                return bool(calling & {n.split()[-1] for n in e.nouns})

            called = self._last(mention, seen, 3, fits)
            if called is not None:
                return called
        return None

    def _last(
        self, mention: Mention, seen: Sequence[tuple[int, int]], back: int, fits: Callable[[Entity], bool]
    ) -> Entity | None:
        """The one named person who fits in the nearest sentence that has any; None where it has several."""
        view = self._view
        assert mention.noun is not None
        gender = noun_gender(mention.noun.noun)
        found: dict[int, int] = {}
        for token, k in reversed(seen):
            sentence = view.sentence[token]
            if view.sentence[mention.head] - sentence > back or any(s > sentence for s in found.values()):
                break
            entity = self._entities[k]
            if entity.kind == "person" and entity.named and (gender is None or entity.gender in (None, gender)):
                if fits(entity):
                    found[k] = sentence
        return self._entities[next(iter(found))] if len(found) == 1 else None


def plural_title(view: View, mention: Mention, names: Mapping[int, Mention]) -> list[Mention]:
    """The names that a plural stands before: "senators Ana Costa and Lena Novak"."""
    name = names.get(mention.end)
    if not mention.plural or name is None or view.sentence[name.head] != view.sentence[mention.head]:
        return []
    found, i = [name], name.end
    while i < view.size - 1 and view.lower[i] in (",", "and", "&"):
        i += 1 + (view.lower[i + 1] == "and")
        following = names.get(i)
        if following is None:
            # an age between commas
            if view.words[i].isdecimal() and i + 2 < view.size:
                i += 1
                continue
            break
        found.append(following)
        i = following.end
    return found if len(found) > 1 else []
