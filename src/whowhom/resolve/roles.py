"""Offices and standings that the text gives to named persons, and what they tell of the person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from whowhom.resolve.leadership import take_term
from whowhom.resolve.titles import HONORIFICS, NEUTRAL_HONORIFICS, noun_ending_at
from whowhom.resolve.view import Entity, Mention, View
from whowhom.resolve.where import Setting
from whowhom.resolve.wording import KIN
from whowhom.resources import read_table
from whowhom.resources.knowledge import BEYOND_COUNTRIES, AgentNoun, agent_index, country_by_code
from whowhom.resources.table import values

_FORMER = frozenset({"former", "ex", "onetime", "one-time", "retired", "ousted", "deposed", "outgoing-"})
_LEFT_OUT = frozenset(
    """the a an its his her their our incumbent jailed imprisoned detained exiled embattled beleaguered veteran
    outspoken controversial ailing late then fellow longtime long-time powerful influential prominent famous popular
    experienced new current also both 's ’s""".split()
)
# Sectors whose nouns name an office or a public standing in the plural too.
_PUBLIC = frozenset("GOV LEG JUD MIL COP PTY OPP REL JRN SOC EDU SPY".split())
_LEADING_VERBS = {"head": "head", "lead": "leader", "chair": "chairman", "direct": "director", "command": "commander"}
# Offices of governments that other bodies have too.
_ANYWHERE = frozenset(
    """president vice president leader secretary treasurer official minister governor commissioner administrator
    senior vice president honorary president executive vice president director""".split()
) | {"vice president", "senior vice president", "honorary president", "executive vice president", "general secretary"}
_HIRED = frozenset({"lawyer", "attorney", "counsel", "solicitor", "expert"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_ORG_PREPOSITIONS = frozenset({"of", "for", "at", "with", "from"})


@cache
def standings(name: str) -> frozenset[str]:
    """The words of one class of `lexicon/standings.tsv`."""
    return frozenset(
        word for row in read_table("lexicon/standings.tsv") if row["class"] == name for word in values(row["words"])
    )


@cache
def _demonyms() -> frozenset[str]:
    """The adjectives of all countries, in lower case."""
    return frozenset(word.lower() for country in country_by_code().values() for word in country.demonyms)


@dataclass(slots=True)
class FoundRole:
    """A role before its spans are cut: token ranges, and the entity that holds it."""

    entity: int
    title: str
    organisation: str | None
    country: str | None
    evidence: list[tuple[int, int]]


class RoleFinder:
    """Reads roles off titles, appositions and predicates, and enters what they tell into the entities."""

    def __init__(self, view: View, entities: Sequence[Entity], setting: Setting, names: Mapping[int, Mention]) -> None:
        self._view = view
        self._entities = entities
        self._setting = setting
        self._names = names  # the name mention that each token belongs to
        self.roles: dict[tuple[int, str], FoundRole] = {}
        self._pending: dict[int, int] = {}  # persons of no stated country, and where the text gives them a role

    def settle(self) -> None:
        """Give persons whose roles name no country the one that the text speaks of beside the role."""
        for k, token in self._pending.items():
            if self._entities[k].country is None:
                self._entities[k].country = self._setting.near(token)
        for role in self.roles.values():
            role.country = role.country or self._entities[role.entity].country

    def drop_lesser(self) -> None:
        """Leave out ranks beside an office, and an office that the text also calls a former one."""
        titles: dict[int, set[str]] = {}
        for entity, title in self.roles:
            titles.setdefault(entity, set()).add(title)
        for entity, title in tuple(self.roles):
            others = titles[entity] - {title}
            former = any(other in (f"{word} {title}", f"{word}-{title}") for other in others for word in _FORMER)
            ranked = title in standings("rank") and bool(others - standings("rank"))
            if former or ranked:
                del self.roles[entity, title]

    # --- titles before a name

    def titles(self, mention: Mention) -> None:
        """Roles from the words right before a name."""
        entity = self._entities[mention.entities[0]]
        if entity.kind != "person":
            return
        for start, end in mention.titles:
            self._add(entity, start, end, (start, mention.end), mention.head, after=None)
        if not mention.titles:
            self._prepositional(entity, mention)

    def _prepositional(self, entity: Entity, mention: Mention) -> None:
        """ "Spokeswoman for the Interior Ministry Lena Novak": a noun, a preposition, a body, the name."""
        view = self._view
        body = self._names.get(mention.start - 1)
        if body is None or (body.label != "organisation" and (body.entry is None or body.entry.kind != "organisation")):
            return
        i = body.start - 1
        while i > 0 and (view.lower[i] == "the" or view.pos[i] in ("ADJ", "PROPN")):
            i -= 1
        if i < 1 or view.lower[i] not in ("for", "of", "at") or view.sentence[i] != view.sentence[mention.start]:
            return
        noun = noun_ending_at(view, i - 1, view.starts[view.sentence[i]])
        if noun is None or agent_index()[noun[1]][0].kind != "person":
            return
        self._add(entity, noun[0], i, (noun[0], mention.end), mention.head, after=body)

    # --- descriptions beside a name

    def apposition(self, entity: Entity, nominal: Mention, evidence: tuple[int, int]) -> None:
        """A role from a description of a named person."""
        if not entity.named or entity.kind != "person" or nominal.plural or nominal.noun is None:
            return
        if nominal.noun.kind != "person" or nominal.noun.noun in ("man", "woman", "person", "child", "boy", "girl"):
            return
        start, end, head = self._coordinated(nominal)
        after: Mention | None = None
        for child in self._view.children[head]:
            if child < head or self._view.dep[child] != "prep" or child > head + 2:
                continue
            word = self._view.lower[child]
            if word not in _ORG_PREPOSITIONS:
                continue
            for below in self._view.children[child]:
                if self._view.dep[below] != "pobj":
                    continue
                after = self._names.get(below)
                if word == "of" and after is not None and self._person(after) and nominal.noun.sector != "*":
                    end = after.end
                if after is None and word == "of" and self._field(below):
                    end = self._field_end(below)
                elif after is None and self._view.pos[below] == "NOUN":
                    self._far = self._view.text(self._noun_start(child, below), below + 1)
                elif after is None and self._view.pos[below] == "PROPN" and self._view.ent[below] not in _PLACES:
                    body = agent_index().get(self._view.lower[below])  # "the Seamen's Union", which nobody knows
                    if body is not None and body[0].kind in ("organisation", "group") and not body[1]:
                        self._far = self._view.text(self._noun_start(child, below), below + 1)
                        self._of_body = body[0].sector
                last = after.end if after is not None else below + 1
                evidence = (evidence[0], max(evidence[1], last))
                if after is None and word == "of":
                    for deeper in self._view.children[below]:
                        if self._view.lower[deeper] in ("at", "of", "in"):
                            for name in self._view.children[deeper]:
                                after = self._names.get(name, after)
            break
        self._add(entity, start, end, evidence, nominal.head, after, nominal.noun)

    _far: str | None = None
    _of_body: str | None = None  # the sector that the last word of a body's name tells

    def _coordinated(self, nominal: Mention) -> tuple[int, int, int]:
        """Start, end and last noun of a description, with the other noun of "founder and director"."""
        view = self._view
        start, end, head = nominal.start, nominal.end, nominal.head
        before = view.head[head]
        if view.dep[head] == "conj" and start - 2 == before and self._person_noun(before):
            start = before
            while start > view.starts[view.sentence[before]] and view.dep[start - 1] in ("amod", "compound"):
                start -= 1
        if end + 1 < view.size and view.lower[end] in ("and", "&"):
            for child in view.children[head]:
                inner = range(end + 1, child)
                if view.dep[child] == "conj" and self._person_noun(child) and child <= end + 3:
                    if all(view.dep[i] in ("amod", "compound") for i in inner):
                        end, head = child + 1, child
        return start, end, head

    def _person_noun(self, i: int) -> bool:
        """Whether a word that is no name is a noun for one person, and none for kin."""
        noun = agent_index().get(self._view.lower[i])
        if noun is None or i in self._names:
            return False
        return noun[0].kind == "person" and not noun[1] and noun[0].noun not in KIN

    def _field(self, below: int) -> bool:
        """Whether what stands behind "of" belongs to a title: "professor of law", "Commissioner of Police"."""
        view = self._view
        if view.pos[below] == "NOUN":
            return True
        noun = agent_index().get(view.lower[below])
        if view.pos[below] != "PROPN" or (noun is not None and noun[0].kind == "organisation"):
            return False
        return view.ent[below] not in ("GPE", "LOC", "FAC", "PERSON", "NORP")

    def _field_end(self, below: int) -> int:
        """The end of "Industry and Trade" behind "minister of"."""
        view = self._view
        end = below + 1
        if end + 1 < view.size and view.lower[end] in ("and", "&") and view.capital(below) and view.capital(end + 1):
            if view.dep[end + 1] in ("conj", "compound") and end + 1 not in self._names:
                end += 2
        return end

    def _person(self, name: Mention) -> bool:
        return bool(name.entities) and self._entities[name.entities[0]].kind == "person"

    def _noun_start(self, preposition: int, noun: int) -> int:
        start = preposition + 1
        while start < noun and self._view.pos[start] == "DET":
            start += 1
        return start

    def shared(self, entity: Entity, nominal: Mention, name: Mention) -> None:
        """A role from a plural before several names: "senators Ana Costa and Lena Novak"."""
        noun = nominal.noun
        if entity.kind != "person" or not entity.named or noun is None or noun.sector not in _PUBLIC:
            return
        title = noun.noun.title() if self._view.capital(nominal.end - 1) else noun.noun
        role = FoundRole(entity.id, title, None, None, [(nominal.start, name.end)])
        self.roles.setdefault((entity.id, title.lower()), role)

    def leading(self, entity: Entity, verb: int, subject: tuple[int, int]) -> None:
        """A role from "who heads the commission"."""
        view = self._view
        title = _LEADING_VERBS.get(view.lemma[verb])
        if title is None or view.tag[verb] != "VBZ" or not entity.named or entity.kind != "person":
            return
        for child in view.children[verb]:
            if view.dep[child] == "dobj" and child > verb:
                first = min((c for c in view.children[child] if c < child and c > verb), default=child)
                if view.pos[first] == "DET" and first < child:
                    first += 1
                noun = noun_ending_at(view, child)
                name = self._names.get(child)
                if noun is None and name is None:
                    return
                if entity.sector in (None, "ELI") and "opposition" in view.lower[first : child + 1]:
                    entity.sector = "OPP"
                role = FoundRole(entity.id, title, view.text(first, child + 1), entity.country, [])
                role.evidence.append((subject[0], child + 1))
                self.roles.setdefault((entity.id, title), role)

    # --- one role

    def _add(
        self,
        entity: Entity,
        start: int,
        end: int,
        evidence: tuple[int, int],
        head: int,
        after: Mention | None,
        noun: AgentNoun | None = None,
    ) -> None:
        view = self._view
        organisation: str | None = None
        country: str | None = None
        owner: Entity | None = None
        kept: list[int] = []
        of_body, self._of_body = self._of_body, None
        i = start
        while i < end:
            name = self._names.get(i)
            if name is not None and name.entities and name.head < head:
                named = self._entities[name.entities[0]]
                seat = name.entry is not None and name.entry.kind == "seat"
                if named.country is not None and (country is None or named.kind == "state"):
                    country = named.country
                if named.kind in ("organisation", "group") or seat:
                    owner, organisation = named, view.text(name.start, name.end)
                elif named.kind in ("person", "state") and owner is None:
                    owner = named
                if seat or (named.kind == "organisation" and any(view.lower[k] in _FORMER for k in kept)):
                    kept.extend(range(name.start, min(name.end, end)))
                elif self._speaks_for_department(name, end):
                    kept.extend(range(self._department_start(name), name.end))
                i = max(name.end, i + 1)
                continue
            if view.lower[i] not in _LEFT_OUT and view.lower[i] not in HONORIFICS:
                kept.append(i)
            i += 1
        before = start - 1
        if before >= 1 and view.tag[before] == "POS":
            before -= 1
        possessor = self._names.get(before) if before >= 0 and view.dep[before] in ("poss",) else None
        if possessor is not None and possessor.entities:
            named = self._entities[possessor.entities[0]]
            owner = owner or named
            country = country or named.country
            if named.kind == "organisation":
                organisation = organisation or view.text(possessor.start, possessor.end)
            evidence = (min(evidence[0], possessor.start), evidence[1])
        if after is not None and after.entities:
            named = self._entities[after.entities[0]]
            owner = owner or named
            country = country or named.country
            if named.kind in ("organisation", "group"):
                organisation = view.text(after.start, after.end)
        if organisation is None and self._far is not None:
            organisation = self._far
        self._far = None
        while kept and view.lower[kept[-1]] in ("and", "-", ","):
            kept.pop()
        while kept and (view.lower[kept[0]] in ("and", "-", ",") or view.tag[kept[0]] in ("VBN", "VBG")):
            kept.pop(0)
        if not kept:
            return
        noun = noun or self._noun(kept, start)
        if noun is not None and noun.noun in KIN:
            self._related(entity, noun, owner)
            return
        self._inform(entity, noun, kept, owner, country, head, of_body)
        if noun is not None and noun.noun in standings("no_standing"):
            return
        if organisation is None and owner is not None and owner.kind == "state" and owner.country in country_by_code():
            organisation = owner.name
        for part in self._parts(kept):
            title = self._words(part)
            if not title or (title.lower() in NEUTRAL_HONORIFICS and view.capital(part[0])):
                continue  # "Pastor Costa" is addressed so, "the pastor Ana Costa" is one
            role = self.roles.get((entity.id, title.lower()))
            if role is None:
                role = FoundRole(entity.id, title, organisation, country, [])
                self.roles[(entity.id, title.lower())] = role
            elif role.organisation is None:
                role.organisation = organisation
            if evidence not in role.evidence:
                role.evidence.append(evidence)

    def _speaks_for_department(self, name: Mention, end: int) -> bool:
        """Whether a name before a title is that of a department and the title that of its spokesman."""
        view = self._view
        department = view.lower[name.end - 1] in standings("department")
        return department and name.end < end and view.lower[name.end] in standings("speaks")

    def _department_start(self, name: Mention) -> int:
        """Where a department's own words begin, behind an article and the state: "the Russian Foreign Ministry"."""
        view = self._view
        start = name.start + (view.pos[name.start] == "DET")
        state = view.ent[start] in ("NORP", "GPE") or view.lower[start] in _demonyms()
        return start + (state and start < name.end - 1)

    @staticmethod
    def _related(entity: Entity, noun: AgentNoun, owner: Entity | None) -> None:
        """What "his daughter" tells of a person: no office, but mostly the country of the other."""
        entity.nouns.add(noun.noun)
        if owner is not None and entity.country is None:
            entity.country = owner.country if owner.country not in BEYOND_COUNTRIES else None

    def _outdated(self, entity: Entity, noun: AgentNoun | None, sector: str) -> bool:
        """Whether the sector that the tables give a person must yield to the office that the text gives them."""
        past = any(noun.startswith("former ") for noun in entity.nouns)
        if self._view.date is None and entity.terms and sector == "OPP":
            return not past
        if not entity.terms or entity.sector not in ("ELI", "PTY", "OPP"):
            return False
        if self._view.date is None:
            return not past and (sector == "GOV" or entity.sector == "ELI")
        known = {office.removeprefix("former_") for office in entity.offices if office.startswith("former_")}
        if noun is None or noun.office in known:
            return False
        return entity.sector == "ELI" and sector in ("OPP", "PTY", "LEG")

    def _parts(self, kept: list[int]) -> list[list[int]]:
        """Two offices joined by "and" are two roles, two callings ("writer and activist") are one."""
        view = self._view
        for k, i in enumerate(kept):
            if view.lower[i] in ("and", "&") and 0 < k < len(kept) - 1:
                left, right = kept[:k], kept[k + 1 :]
                field = any(view.lower[j] == "of" for j in left) and self._noun(right, right[0]) is None
                if view.capital(left[-1]) and view.capital(right[0]) and not field:
                    return [left, *self._parts(right)]
        return [kept]

    def _words(self, part: list[int]) -> str:
        """The words of a title as written; where a name was cut out of the middle, joined by a blank."""
        view = self._view
        text = ""
        for k, i in enumerate(part):
            glued = k > 0 and part[k - 1] == i - 1 and view.offset[i] == view.offset[i - 1] + len(view.words[i - 1])
            text += view.words[i] if glued or not text else " " + view.words[i]
        return re.sub(r"\s+", " ", text).strip(" ,-'’\"")

    def _noun(self, kept: list[int], start: int) -> AgentNoun | None:
        for i in reversed(kept):
            found = noun_ending_at(self._view, i, start)
            if found is not None and agent_index()[found[1]][0].kind == "person":
                return agent_index()[found[1]][0]
        return None

    def _inform(
        self,
        entity: Entity,
        noun: AgentNoun | None,
        kept: list[int],
        owner: Entity | None,
        country: str | None,
        head: int,
        of_body: str | None,
    ) -> None:
        """Enter what a role tells of a person: country, sector, offices; `of_body` is the sector of an unknown body."""
        view = self._view
        former = any(view.lower[i] in _FORMER for i in kept) or (
            noun is not None and noun.noun.startswith(("former", "ex-"))
        )
        sector = noun.sector if noun is not None else None
        if noun is not None and not former and self._view.date is None:
            take_term(entity, noun)
        if noun is not None:
            entity.nouns.add(noun.noun)
            if former:
                entity.nouns.add("former " + noun.noun.removeprefix("former ").removeprefix("ex-"))
            if noun.office:
                entity.offices.add(noun.office if not former else "former_" + noun.office.removeprefix("former_"))
        if sector in ("*", None) or (noun is not None and noun.noun in ("official", "leader", "minister")):
            for i in reversed(kept):
                found = agent_index().get(view.lower[i]) if view.pos[i] in ("NOUN", "PROPN") else None
                if found is not None and found[0] is not noun and found[0].sector not in ("*", None, "CVL"):
                    sector = found[0].sector
                    break
            else:
                if of_body is not None and owner is None:
                    sector = of_body
                elif sector == "*":
                    sector = owner.sector if owner is not None else None
        if former and noun is not None and noun.sector == "*":
            sector = "CVL"  # "his former adviser" holds no office now
        if sector == "CVL" and noun is not None and noun.noun.split()[-1] in _HIRED:
            if owner is not None and owner.kind == "organisation":
                sector = owner.sector or sector
        if sector == "GOV" and owner is not None and owner.kind == "organisation" and owner.sector != "GOV":
            if noun is not None and noun.noun in _ANYWHERE and owner.country not in BEYOND_COUNTRIES:
                sector = owner.sector or "CVL"  # "vice president of the university"
        if sector == "GOV" and any(view.lower[i] == "shadow" for i in kept):
            sector = "OPP"
        if former and sector in ("GOV", "LEG", "MIL", "ELI"):
            if not entity.terms or entity.sector is None:
                entity.sector = "ELI" if entity.sector is None else entity.sector
            elif self._view.date is None and "head" in (noun.office if noun else ""):
                entity.sector = "ELI"
        elif sector is not None and (entity.sector is None or self._outdated(entity, noun, sector)):
            entity.sector = sector
        if entity.country is None:
            if country is not None:
                entity.country = country
            elif sector not in ("*", None) and not (owner is not None and owner.country in BEYOND_COUNTRIES):
                self._pending.setdefault(entity.id, head)
        if entity.country in BEYOND_COUNTRIES and entity.country in ("IGO", "UNO", "EUR", "NGO"):
            entity.sector = None


def leading_verbs() -> frozenset[str]:
    """Lemmas of the verbs that tell who heads a body."""
    return frozenset(_LEADING_VERBS)


def as_verbs() -> frozenset[str]:
    """Lemmas of the verbs after which "as" names an office."""
    return standings("serve") | standings("appoint")


def appointing_verbs() -> frozenset[str]:
    """Those of them whose object holds the office, where they have one."""
    return standings("appoint")
