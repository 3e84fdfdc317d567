"""Who is who in a report: every name, description and pronoun gets the actors that it stands for.

The order: names, their entities, the countries that the text is about, titles before names; then, from the first
token to the last, descriptions and pronouns, each with what came before it; last the words of speakers about
themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Literal

import numpy as np

from whowhom.candidates import StatementCandidate
from whowhom.model.network import Floats
from whowhom.parse import Parsed
from whowhom.records import Actor, Role, Span
from whowhom.resolve.datelines import find_datelines
from whowhom.resolve.descriptions import Describer
from whowhom.resolve.introductions import Introductions, plural_title
from whowhom.resolve.names import find_names
from whowhom.resolve.nominals import QUANTITIES, find_nominals
from whowhom.resolve.own_names import OwnNames
from whowhom.resolve.places import PlaceMention
from whowhom.resolve.pronouns import FIRST, RELATIVE_TAGS, SECOND, THIRD, Memory
from whowhom.resolve.publishers import home_of
from whowhom.resolve.registry import Registry
from whowhom.resolve.roles import FoundRole, RoleFinder, appointing_verbs, as_verbs, leading_verbs
from whowhom.resolve.titles import ADDRESSED, HONORIFICS, NEUTRAL_HONORIFICS
from whowhom.resolve.view import Entity, Mention, View
from whowhom.resolve.where import Setting
from whowhom.resources.knowledge import BEYOND_COUNTRIES
from whowhom.resources.parties import countries_of_label, parties_by_label

_MEMBER_REACH = 24
_LABEL_REACH = 3  # tokens before a name in which the label of a party is looked for
_SAID = 1.0
"""What the sector that the rules give counts beside the logarithms of the network's probabilities."""
_MEMBER = re.compile(r",?\s*\(?[RDI][-–][A-Z](?:[A-Z]\b|[a-z]+\b|\.[A-Z]\.)")
"""What stands after the name of a member of Congress: party and state."""


class ActorTable:
    """The actors of one report, by the tokens that stand for them."""

    def __init__(
        self,
        view: View,
        entities: Sequence[Entity],
        mentions: Mapping[int, Mention],
        roles: Sequence[FoundRole],
        home: str | None,
        entered: Collection[int] = (),
    ) -> None:
        """`entered` are the places in `entities` of those whom the user's own entries describe."""
        self._entered = entered
        self._view = view
        self._entities = list(entities)
        self._mentions = dict(mentions)
        self._found_roles = roles
        self._home = home

    def at(self, token_index: int) -> tuple[str, ...]:
        """Ids of the actors that the mention headed by a token stands for; () where it heads none.

        Any token of a proper name counts as its head. Coordination is not expanded.
        """
        mention = self._mentions.get(token_index)
        return tuple(f"a{k + 1}" for k in mention.entities) if mention is not None else ()

    def kind_of_mention(self, token_index: int) -> Literal["name", "nominal", "pronoun"] | None:
        """Whether the mention headed by a token is a name, a description or a pronoun; None where there is none."""
        mention = self._mentions.get(token_index)
        return mention.kind if mention is not None and mention.entities else None

    def span_of(self, token_index: int) -> tuple[int, int] | None:
        """The token range of the mention headed by a token."""
        mention = self._mentions.get(token_index)
        return (mention.start, mention.end) if mention is not None and mention.entities else None

    def actor(self, actor_id: str) -> Actor:
        """The actor of an id, without its mentions.

        Raises:
            KeyError: no actor has that id.
        """
        number = int(actor_id[1:]) - 1 if actor_id[:1] == "a" and actor_id[1:].isdecimal() else -1
        if not 0 <= number < len(self._entities):
            raise KeyError(actor_id)
        return self._record(self._entities[number], ())

    def enter(self, known: Actor, first: int, last: int) -> str:
        """The id of an actor whom the tokens `[first, last)` mean, as "Republican" in "Republican Ann Lee" the party.

        An actor of that name and kind is taken, else added. The tokens become a mention of it where they are of none.
        """
        found = next((e for e in self._entities if (e.name, e.kind) == (known.name, known.kind)), None)
        found = found or self._unknown_as(known, first, last)
        if found is None:
            found = Entity(len(self._entities), known.name, known.kind, known.country, known.sector)
            found.named = True
            self._entities.append(found)
        if not any(i in self._mentions for i in range(first, last)):
            mention = Mention(first, last, self._view.head_of(first, last), "name", (found.id,))
            self._mentions.update((i, mention) for i in range(first, last))
        return f"a{found.id + 1}"

    def _unknown_as(self, known: Actor, first: int, last: int) -> Entity | None:
        """The body that the tokens name and that nothing else was known of, now known: "Conservative" in a list."""
        there = self._mentions.get(first)
        if there is None or (there.start, there.end) != (first, last) or there.entry or there.own or not there.entities:
            return None
        entity = self._entities[there.entities[0]]
        if entity.kind not in ("organisation", "people") or entity.listed or len(there.entities) > 1:
            return None
        entity.name, entity.kind, entity.plural = known.name, known.kind, False
        entity.country, entity.sector = known.country, known.sector
        return entity

    def learn_sectors(self, seen: Callable[[int, int], Floats], sectors: Sequence[str]) -> None:
        """Settle the sectors of organisations and groups by what the report says of them and a network sees in it.

        Those of persons come from their offices; where the report names none, the network is asked as well. On reports
        that it was not taught it was right in 0.66 of named persons, whom the rules take for civilians then: 0.23 are.

        Args:
            seen: for the tokens `[first, last)` of a mention the probabilities `(sectors,)` of the sector of whomever
                it names; all zero where it was not read.
            sectors: the names of the sectors, "" for none.
        """
        logs: dict[int, list[Floats]] = {}
        for mention in {id(m): m for m in self._mentions.values()}.values():
            if len(mention.entities) == 1 and self._may_learn(mention.entities[0]):
                found = seen(mention.start, mention.end)
                if found.any():
                    logs.setdefault(mention.entities[0], []).append(np.log(found + 1e-6))
        for k, rows in logs.items():
            entity = self._entities[k]
            score = np.mean(rows, axis=0)
            if entity.sector in sectors:
                score[sectors.index(entity.sector)] += _SAID
            entity.sector = sectors[int(score.argmax())] or entity.sector

    def _may_learn(self, k: int) -> bool:
        entity = self._entities[k]
        if k in self._entered or entity.country in BEYOND_COUNTRIES:
            return False
        if entity.kind == "person":
            return entity.sector in (None, "CVL") and not entity.terms and not entity.offices
        return entity.kind != "state" and not entity.listed

    def records(self, used: Collection[str]) -> tuple[Actor, ...]:
        """The actors of `used` and those with roles, in order of first mention, with names and descriptions as spans.

        An actor that stands in pronouns alone has no mentions.
        """
        wanted = {int(actor_id[1:]) - 1 for actor_id in used} | {role.entity for role in self._found_roles}
        spans: dict[int, list[Span]] = {}
        unlisted: dict[int, list[Span]] = {}
        first: dict[int, int] = {}
        done: set[int] = set()
        for token in sorted(self._mentions):
            mention = self._mentions[token]
            if id(mention) in done:
                continue
            done.add(id(mention))
            for k in mention.entities:
                if k not in wanted:
                    continue
                first.setdefault(k, mention.start)
                if mention.kind != "pronoun" and len(mention.entities) == 1:
                    span = self._view.parsed.span(mention.start, mention.end - 1)
                    (spans if mention.listed else unlisted).setdefault(k, []).append(span)
        return tuple(
            self._record(self._entities[k], tuple(spans.get(k) or unlisted.get(k) or ()))
            for k in sorted(wanted, key=lambda k: (first.get(k, self._view.size), k))
        )

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that the text gives to named persons, one an actor and title."""
        span = self._view.parsed.span
        return tuple(
            Role(
                f"a{role.entity + 1}",
                role.title,
                role.organisation,
                role.country,
                evidence=tuple(span(start, end - 1) for start, end in role.evidence),
            )
            for role in self._found_roles
        )

    @property
    def home(self) -> str | None:
        """The country (ISO 3166-1 alpha-3) that the report is mainly about; None where no country stands out."""
        return self._home

    @staticmethod
    def _record(entity: Entity, spans: tuple[Span, ...]) -> Actor:
        return Actor(
            f"a{entity.id + 1}", entity.name, entity.kind, entity.country, entity.sector, entity.sectors, spans
        )


def resolve_actors(
    parsed: Parsed,
    statements: Sequence[StatementCandidate] = (),
    places: Sequence[PlaceMention] = (),
    own: OwnNames | None = None,
) -> ActorTable:
    """Say who every mention in an article stands for.

    Args:
        statements: what the article reports as said; the words of a speaker about themselves resolve to the speaker.
        places: the places that the article names; domestic bodies ("police") near them belong to their country.
        own: the user's own actors, which win over what we know and over what the article says of them.
    """
    view = View(parsed, statements)
    return _Resolution(view, [(p.last, p.place.country) for p in places if p.place.country], own).table()


class _Resolution:
    """One pass over one article."""

    def __init__(self, view: View, places: Sequence[tuple[int, str]] = (), own: OwnNames | None = None) -> None:
        self.view = view
        self.registry = Registry(view, own)
        self.names = [one for one in find_names(view, own) if not self._namesake(one, dict(places))]
        publisher = home_of(view.parsed.article.url)
        town = next((line.place for line in find_datelines(view.parsed)), None)
        dateline = town.country if town is not None else None
        self.registry.enter_names(self.names, [one for one in (publisher, dateline) if one is not None])
        self.names = [m for m in self.names if m.entities]
        self.of_token: dict[int, Mention] = {i: m for m in self.names for i in range(m.start, m.end + m.letters)}
        for missed in self.registry.missed_names(self.of_token):
            self.names.append(missed)
            self.of_token[missed.start] = missed
        self._clear_titles()
        self._place_partisans()
        self.names.sort(key=lambda m: m.start)
        unnamed = [(i, country) for i, country in places if i not in self.of_token]
        self.setting = Setting(view, self.names, self.registry.entities, unnamed, publisher, dateline)
        self.roles = RoleFinder(view, self.registry.entities, self.setting, self.of_token)
        self.at: dict[int, Mention] = dict(self.of_token)
        self.memory = Memory(view, self.registry.entities, self.of_token)
        self.introductions = Introductions(view, self.names, self.registry.entities)
        self.describer = Describer(view, self.registry, self.setting, self.at, self.memory, self.introductions)
        self.describer.settle_names(self.names)

    @staticmethod
    def _namesake(name: Mention, places: Mapping[int, str]) -> bool:
        """Whether a capital's name is here that of a town elsewhere: London in Ontario is no government."""
        if name.entry is None or name.entry.kind != "capital":
            return False
        there = places.get(name.end - 1)
        return there is not None and there != getattr(name.entry.known, "iso3", there)

    def _place_partisans(self) -> None:
        """Give those beside whose name a party stands its country: "Ben Sasse, R-Neb.", "Republican Ann Lee"."""
        view = self.view
        for name in self.names:
            entity = self.registry.entities[name.entities[0]]
            if entity.kind != "person" or entity.country is not None:
                continue
            after = view.source[view.offset[name.end - 1] + len(view.words[name.end - 1]) :][:_MEMBER_REACH]
            entity.country = "USA" if _MEMBER.match(after) else self._country_of_party(name)

    def _country_of_party(self, name: Mention) -> str | None:
        """The country of the one party whose label stands before a person's name and titles."""
        view = self.view
        for i in range(name.start - 1, max(-1, name.start - 1 - _LABEL_REACH), -1):
            if view.pos[i] not in ("PROPN", "NOUN", "ADJ") or view.sentence[i] != view.sentence[name.start]:
                return None
            country, others = countries_of_label().get(view.lower[i], (None, frozenset()))
            if country is not None and view.capital(i) and i not in self.of_token:
                longer = i > 0 and (view.lower[i - 1], view.lower[i]) in parties_by_label()  # "Social Democrat"
                return None if longer or others & self.registry.countries else country
        return None

    def _clear_titles(self) -> None:
        """Drop what was taken for a person's name inside the title of another."""
        inside = {
            id(taken)
            for name in self.names
            for start, end in name.titles
            for i in range(start, end)
            if (taken := self.of_token.get(i)) is not None and taken.label == "person" and taken is not name
        }
        if inside:
            self.names = [m for m in self.names if id(m) not in inside]
            self.of_token = {i: m for i, m in self.of_token.items() if id(m) not in inside}

    def table(self) -> ActorTable:
        view = self.view
        titles: set[int] = set()
        for name in self.names:
            if name.label == "person" or name.entry is not None:
                self.roles.titles(name)
            for start, end in name.titles:
                titles.update(range(start, end))
        nominals = find_nominals(view, self.of_token, frozenset(titles))
        beside = self._appositions(nominals)
        announced = self.introductions.announced(nominals, beside)
        beside.update(announced)
        for nominal in nominals:
            self._shared_title(nominal)
        for nominal in nominals:  # before descriptions and pronouns lean on the country of a person
            if nominal.head in beside and not any(view.lower[i] in THIRD for i in range(nominal.start, nominal.end)):
                self._nominal(nominal, beside[nominal.head])
        self.roles.settle()
        by_head: dict[int, Mention] = {m.head: m for m in self.names}
        by_head.update((m.head, m) for m in nominals)
        for i in range(view.size):
            mention = by_head.get(i)
            if mention is not None and mention.kind == "nominal":
                self._nominal(mention, beside.get(i))
            elif mention is not None and self._lone_demonym(mention):
                mention.entities, mention.kind, mention.listed = self.describer.person_of(mention), "nominal", True
            elif mention is None and (view.lower[i] in THIRD or view.tag[i] in RELATIVE_TAGS):
                mention = self._pronoun(i)
            if mention is None or not mention.entities:
                continue
            self.at.setdefault(i, mention)
            self._predicate_roles(i, mention)
            if mention.listed or view.dep[i] not in ("amod", "compound", "nmod"):
                self.describer.seen(i, mention.entities)
            self.memory.add(mention)
        self.roles.settle()
        self._settle_persons()
        self.registry.settle_own()
        self._speakers()
        for name in self.names:
            for start, end in name.titles:
                for i in range(start, end):
                    if i == end - 1 or view.pos[i] == "PROPN":
                        self.at.setdefault(i, name)
            if name.start > 0 and view.lower[name.start - 1] in HONORIFICS:
                self.at.setdefault(name.start - 1, name)
        for nominal in nominals:
            if nominal.entities and view.dep[nominal.head] == "pobj":
                counter = view.head[view.head[nominal.head]]
                one = self._one_named(counter) if view.lower[counter] == "one" else None
                if one is not None:
                    self.at[counter] = one
                elif counter >= nominal.start and view.lower[counter] in QUANTITIES:
                    self.at.setdefault(counter, nominal)
        self.roles.drop_lesser()
        roles = sorted(self.roles.roles.values(), key=lambda r: r.evidence[0])
        return ActorTable(view, self.registry.entities, self.at, roles, self.setting.home, self.registry.entered)

    def _one_named(self, one: int) -> Mention | None:
        """The name in "one of the victims, Ana Costa," or "one of the victims, a student, Ana Costa,"."""
        view = self.view
        for name in self.names:
            if name.label != "person" or view.sentence[name.head] != view.sentence[one] or name.start < one:
                continue
            at = name.head
            while view.dep[at] == "appos" and at != one:
                at = view.head[at]
            if at == one or (view.dep[at] == "pobj" and view.head[view.head[at]] == one and at != name.head):
                return name
        return None

    def _settle_persons(self) -> None:
        """Give named persons of no stated country the report's own, and those of no office the sector of civilians."""
        for name in self.names:
            entity = self.registry.entities[name.entities[0]]
            if entity.kind != "person" or not entity.named:
                continue
            addressed = self._addressed(name)
            body = self._body_behind(name) if entity.sector is None else None
            if entity.country is None and body is not None and body.country != "MNC":
                entity.country = body.country
            if entity.country is None:
                entity.country = "GBR" if addressed == "LEG" else self.setting.near(name.head)
            if entity.sector is None:
                entity.sector = addressed or (body.sector if body is not None else None)
            if entity.sector in (None, "CVL") and entity.country not in BEYOND_COUNTRIES:
                entity.sector = "CRM" if self.introductions.criminal(entity.id) else "CVL"

    def _body_behind(self, name: Mention) -> Entity | None:
        """The body in "Ana Costa of the Farmers' Union" or "Ana Costa, from Oxfam"."""
        view, i = self.view, name.end
        if i < view.size and view.words[i] == ",":
            i += 1
        if i + 2 >= view.size or view.lower[i] not in ("of", "from", "at"):
            return None
        there = self.of_token.get(i + 2 if view.lower[i + 1] == "the" else i + 1)
        if there is None or len(there.entities) != 1 or view.sentence[there.head] != view.sentence[name.head]:
            return None
        body = self.registry.entities[there.entities[0]]
        return body if body.kind == "organisation" else None

    def _addressed(self, name: Mention) -> str | None:
        """The sector that a form of address before a name tells: "Father", "Professor"."""
        words = [self.view.lower[i] for start, end in name.titles for i in range(start, end)]
        words += self.view.lower[max(0, name.start - 1) : name.start]
        return next((ADDRESSED[w] for w in words if w in ADDRESSED), None)

    def _appositions(self, nominals: Sequence[Mention]) -> dict[int, Mention]:
        """For the heads of descriptions that stand beside a person's name, that name."""
        out: dict[int, Mention] = {}
        for nominal in nominals:
            body = self._body_beside(nominal)
            if body is not None:
                out[nominal.head] = body
            if nominal.plural or nominal.noun is None or nominal.noun.kind != "person":
                continue
            name = self._name_after(nominal) or self._name_before(nominal)
            if name is not None and self.registry.entities[name.entities[0]].kind == "person":
                out[nominal.head] = name
        return out

    def _body_beside(self, nominal: Mention) -> Mention | None:
        """The organisation of "Norvia, a mining company," for the description."""
        view, noun = self.view, nominal.noun
        if noun is None or nominal.plural or noun.kind not in ("organisation", "group"):
            return None
        name = self.of_token.get(view.head[nominal.head])
        if view.dep[nominal.head] != "appos" or name is None or name.end > nominal.start:
            return None
        if view.words[name.end] != "," or view.lower[nominal.start] not in ("a", "an", "the"):
            return None
        entity = self.registry.entities[name.entities[0]]
        return name if entity.kind == "organisation" and nominal.start == name.end + 1 else None

    def _name_after(self, nominal: Mention) -> Mention | None:
        """ "the defence minister, Ana Costa," and "a reporter named Ana Costa"."""
        view = self.view
        i = nominal.end
        if i + 1 >= view.size or view.sentence[i] != view.sentence[nominal.head]:
            return None
        if view.lower[i] not in (",", "named", "called", "-", "–", "—"):
            name = self.of_token.get(i)
            if name is not None and view.dep[name.head] == "appos" and view.head[name.head] == nominal.head:
                return name
            body = self._name_after_body(i) if view.lower[i] in ("for", "of", "at") else None
            comma = self._comma_after(i) if body is None else None
            if comma is None:
                return body
            i = comma
        j = i + 1
        while j < view.size and j < i + 7 and j not in self.of_token and view.pos[j] in ("PROPN", "NOUN", "ADJ", "DET"):
            j += 1
        name = self.of_token.get(j)
        if name is None or view.sentence[name.head] != view.sentence[nominal.head]:
            return None
        linked = view.dep[name.head] == "appos" and view.head[name.head] == nominal.head
        if (
            j > i + 1
            and not linked
            and not (
                (name.titles and name.titles[0][0] <= i + 2)
                or view.lower[j - 1] in HONORIFICS.keys() | NEUTRAL_HONORIFICS
            )
        ):
            return None
        after = view.lower[name.end] if name.end < view.size else "."
        closed = after in (",", ".", ";", "—", "–", ")", '"', "”", "and") or view.pos[name.end] in ("VERB", "AUX")
        if view.lower[i] in ("named", "called"):
            return name
        return name if linked or (closed and after != "and" and not self._listing(nominal, name)) else None

    def _comma_after(self, preposition: int) -> int | None:
        """The comma after the rest of a description: "the head of the child protection unit, Ana Costa,"."""
        view = self.view
        if view.lower[preposition] not in ("of", "for", "at", "in"):
            return None
        for i in range(preposition + 1, min(preposition + 14, view.size - 1)):
            if view.sentence[i] != view.sentence[preposition] or view.tag[i] in ("VBD", "VBZ", "VBP", "MD", "WP"):
                return None
            if view.lower[i] == ",":
                return i
        return None

    def _name_after_body(self, preposition: int) -> Mention | None:
        """The name in "spokeswoman for the Interior Ministry Lena Novak"."""
        i = preposition + 1
        while i < self.view.size and i < preposition + 4 and i not in self.of_token:
            i += 1
        body = self.of_token.get(i)
        name = self.of_token.get(body.end) if body is not None else None
        if body is None or name is None or self.registry.entities[name.entities[0]].kind != "person":
            return None
        return name if self.registry.entities[body.entities[0]].kind == "organisation" else None

    def _listing(self, nominal: Mention, name: Mention) -> bool:
        """Whether a description and a name after a comma are rather two items, or two clauses."""
        view = self.view
        if view.dep[name.head] == "conj":
            return True
        if view.dep[name.head] not in ("nsubj", "nsubjpass") or view.dep[nominal.head] not in ("pobj", "dobj"):
            return False
        after = view.lower[name.end] if name.end < view.size else ""
        office = nominal.noun is not None and nominal.noun.is_title and view.capital(nominal.head)
        return not (office and after == "," and view.words[nominal.start] == view.words[nominal.start].title())

    def _name_before(self, nominal: Mention) -> Mention | None:
        """ "Ana Costa, the defence minister,"; an age may stand between."""
        view = self.view
        i = nominal.start - 1
        if i >= 1 and view.lower[nominal.start] in ("a", "an"):
            joined = self.of_token.get(i)  # "Ana Costa a lawyer with ...", the comma forgotten
            if joined is not None and joined.label == "person":
                return joined
        if i < 1 or view.words[i] not in (",", "(", "–", "—"):
            return None
        linked = view.dep[nominal.head] == "appos"
        name = self.of_token.get(i - 1)
        if name is None and view.pos[i - 1] == "NUM" and i > 2 and view.words[i - 2] == ",":
            name = self.of_token.get(i - 3)
        if name is None or view.sentence[name.head] != view.sentence[nominal.head] or name.label not in ("", "person"):
            return None
        if name.label == "" and (name.entry is None or name.entry.kind != "leader"):
            return None
        if linked and view.head[nominal.head] in range(name.start, name.end):
            return name
        article = view.lower[nominal.start] in ("a", "an", "the", "his", "her", "their", "its")
        if view.dep[nominal.head] in ("nsubj", "nsubjpass", "conj") and not linked:
            return None
        return name if article or linked else None

    def _nominal(self, mention: Mention, beside: Mention | None) -> None:
        view = self.view
        if mention.entities:
            return
        if beside is None:
            beside = self._predicated(mention)
        if beside is not None and beside.entities:
            mention.entities = beside.entities
            entity = self.registry.entities[beside.entities[0]]
            start, end = min(mention.start, beside.start), max(mention.end, beside.end)
            if mention.noun is not None:
                entity.nouns.add(mention.noun.noun)
            if entity.kind == "organisation" and mention.noun is not None:
                if entity.sector is None and mention.noun.sector != "*" and entity.country not in BEYOND_COUNTRIES:
                    entity.sector = mention.noun.sector
                return
            if mention.head != beside.head and view.sentence[start] == view.sentence[end - 1]:
                self.roles.apposition(entity, mention, (start, end))
            elif mention.noun is not None and mention.noun.sector != "CVL" and mention.head not in view.headings:
                self.roles.apposition(entity, mention, (mention.start, mention.end))
            return
        mention.entities = self.describer.resolve(mention)

    def _shared_title(self, nominal: Mention) -> None:
        """Let each of the persons in "senators Ana Costa and Lena Novak" be a senator."""
        for name in plural_title(self.view, nominal, self.of_token):
            entity = self.registry.entities[name.entities[0]]
            if entity.kind != "person" or nominal.noun is None:
                continue
            nominal.entities = tuple(dict.fromkeys((*nominal.entities, entity.id)))
            entity.nouns.add(nominal.noun.noun)
            self.roles.shared(entity, nominal, name)
            if entity.sector is None and nominal.noun.sector != "*":
                entity.sector = nominal.noun.sector
            if nominal.noun.office:
                entity.offices.add(nominal.noun.office)

    def _lone_demonym(self, mention: Mention) -> bool:
        """Whether a demonym stands for one person: "the Belarusian's plans"."""
        view, i = self.view, mention.head
        return (
            mention.entry is not None
            and mention.entry.kind == "demonym"
            and not mention.plural
            and view.tag[i] in ("NN", "NNP")
            and view.dep[i] in ("nsubj", "nsubjpass", "poss", "dobj", "pobj")
            and i > 0
            and view.lower[i - 1] == "the"
            and self.registry.entities[mention.entities[0]].kind == "state"
        )

    def _predicated(self, mention: Mention) -> Mention | None:
        """The named subject of "Ana Costa is the head of the agency", or of "serves as its head"."""
        view, i = self.view, mention.head
        verb = view.head[i]
        if view.dep[i] == "attr" and view.lemma[verb] in ("be", "become", "remain"):
            if any(view.dep[c] == "neg" for c in view.children[verb]):
                return None
        elif view.dep[i] == "pobj" and view.lower[verb] == "as" and view.lemma[view.head[verb]] in as_verbs():
            verb = view.head[verb]
        else:
            return None
        if mention.plural or mention.noun is None or mention.noun.kind != "person":
            return None
        subject = view.subject_of(verb)
        if view.lemma[verb] in appointing_verbs():
            subject = next((c for c in view.children[verb] if view.dep[c] == "dobj"), subject)
        elif subject is not None and view.dep[subject] == "nsubjpass":
            return None  # "was replaced as"
        found = self.at.get(subject) if subject is not None and subject < i else None
        if found is None or len(found.entities) != 1:
            return None
        entity = self.registry.entities[found.entities[0]]
        return found if entity.kind == "person" and entity.named else None

    def _predicate_roles(self, i: int, mention: Mention) -> None:
        view = self.view
        verb = view.head[i]
        if view.dep[i] == "nsubj" and view.lemma[verb] in leading_verbs() and len(mention.entities) == 1:
            start = mention.start
            if mention.kind == "pronoun" and view.tag[i] in RELATIVE_TAGS:
                before = self.of_token.get(view.head[verb])
                start = before.start if before is not None else start
            self.roles.leading(self.registry.entities[mention.entities[0]], verb, (start, i + 1))

    def _pronoun(self, i: int) -> Mention | None:
        view = self.view
        if view.tag[i] in RELATIVE_TAGS:
            entities = self._relative(i)
        else:
            entities = self.memory.antecedent(i)
            if len(entities) == 1 and view.lower[i] in ("she", "her", "he"):
                entity = self.registry.entities[entities[0]]
                if entity.gender is None:
                    entity.gender = "m" if view.lower[i] == "he" else "f"
        return Mention(i, i + 1, i, "pronoun", entities) if entities else None

    def _person_of(self, mention: Mention, head: int) -> Mention:
        """The person of a body in "the head of the firm, who"; the mention itself where it is no body."""
        view, preposition = self.view, self.view.head[head]
        if self.registry.entities[mention.entities[0]].kind not in ("organisation", "state"):
            return mention
        if view.dep[head] != "pobj" or view.dep[preposition] != "prep":
            return mention
        return self.at.get(view.head[preposition], mention)

    def _relative(self, i: int) -> tuple[int, ...]:
        """Whom "who" or "which" takes up: the noun that its clause belongs to."""
        view, at = self.view, i
        for _ in range(6):
            if view.dep[at] == "relcl":
                mention = self.at.get(view.head[at])
                if mention is None:
                    return ()
                if view.lower[i] == "who":
                    mention = self._person_of(mention, view.head[at])
                if view.lower[i] == "which" and self.registry.entities[mention.entities[0]].kind == "person":
                    return ()
                return mention.entities
            if view.head[at] == at:
                break
            at = view.head[at]
        return ()

    def _speakers(self) -> None:
        """Let "I" and "we" inside what is said stand for who says it, and "you" for who is told."""
        view = self.view
        for i, k in view.said_in.items():
            word = view.lower[i]
            who = (
                view.statements[k].speaker
                if word in FIRST
                else view.statements[k].addressee
                if word in SECOND
                else None
            )
            if who is None or who == i:
                continue
            mention = self.at.get(who)
            if mention is not None and mention.entities and (i not in self.at or self.at[i].kind == "pronoun"):
                self.at[i] = Mention(i, i + 1, i, "pronoun", mention.entities)
