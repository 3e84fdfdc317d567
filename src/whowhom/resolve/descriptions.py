"""Who the descriptions of a report stand for: somebody named, somebody described before, or somebody new."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from whowhom.records import ActorKind
from whowhom.resolve.introductions import Introductions
from whowhom.resolve.nominals import COUNTING
from whowhom.resolve.offices import OFFICES_OF, TOP_OFFICES, differs_by_country, holds, office_in
from whowhom.resolve.pronouns import Memory
from whowhom.resolve.registry import Registry
from whowhom.resolve.view import Entity, Mention, View
from whowhom.resolve.where import Setting
from whowhom.resolve.wording import (
    COUNTS,
    FORMER,
    bare,
    has_word,
    number_of,
    own_modifiers,
    sector_of,
    set_off,
    short_name,
    tail_of_noun,
)
from whowhom.resources.knowledge import (
    BEYOND_COUNTRIES,
    AgentNoun,
    country_by_code,
    demonym,
    leaders_of_country,
)
from whowhom.resources.table import word_class

_OPENING = 1
"""Sentences after the headings, from 0, that introduce those of whom these speak."""
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "his", "her", "its", "their", "’s", "'s"})
# Classes of `lexicon/descriptions.tsv`, which says what each is.
_ABROAD = word_class("lexicon/descriptions.tsv", "abroad")
_DOERS = word_class("lexicon/descriptions.tsv", "doer")
_FEDERAL = word_class("lexicon/descriptions.tsv", "federal")
_KINGDOMS = word_class("lexicon/descriptions.tsv", "kingdom")
_SOLE = word_class("lexicon/descriptions.tsv", "sole")
_LOCAL = word_class("lexicon/descriptions.tsv", "local")
_ANY_BODY = word_class("lexicon/descriptions.tsv", "any_body")
_SAID_AGAIN = word_class("lexicon/descriptions.tsv", "said_again")
_BY_NAME = word_class("lexicon/descriptions.tsv", "by_name")
_CONCERNED = word_class("lexicon/descriptions.tsv", "concerned")
_PEOPLE = word_class("lexicon/descriptions.tsv", "people")
_BY_SECTOR = word_class("lexicon/descriptions.tsv", "by_sector")
_SAME = dict(row.split("=") for row in word_class("lexicon/descriptions.tsv", "same"))
_NO_COUNTRY_SECTORS = frozenset({None, "*", "SOC", "BUS", "UAF", "CRM", "REF", "ELI"})
# Bodies of these sectors work beyond borders as often as not.
_ABROAD_SECTORS = frozenset({"SOC", "REB"})
# Of these, the ones that in a domestic report are of its country all the same.
_LOCAL_SECTORS = frozenset({"SOC", "BUS", "UAF", "CRM", "ELI"})
_ARMED = frozenset({"UAF", "REB", "CRM"})
_KINDS: dict[str, ActorKind] = {"person": "person", "people": "people", "organisation": "organisation"}
_STATE_LIKE = frozenset({"government", "administration"})
# Offices that a country has one of.
_OF_ONE = (TOP_OFFICES - {"leader"}) | frozenset(
    """foreign_minister defence_minister interior_minister finance_minister vice_president deputy_head_of_government
    chief_justice""".split()
)
_LEAD = 2  # the last sentence at the start in which a court may stand before its name
# Speakers' own: "our country".
_OURS = frozenset({"our", "my"})


class Describer:
    """Finds or makes the entity of each description; to be asked in the order of the text."""

    def __init__(
        self,
        view: View,
        registry: Registry,
        setting: Setting,
        at: dict[int, Mention],
        memory: Memory,
        introductions: Introductions,
    ) -> None:
        self._view = view
        self._memory = memory
        self._introductions = introductions
        self._registry = registry
        self._setting = setting
        self._at = at  # the mention that each head token so far resolved belongs to
        self._last: list[tuple[int, int]] = []  # (token, entity) in text order
        self._by_key: dict[tuple[object, ...], int] = {}
        self._counts: dict[int, str] = {}
        self._headed: dict[str, tuple[int | None, frozenset[str]]] = {}  # by noun whom a heading speaks of, and how
        self._governments: list[tuple[int, int]] = []  # where the text says "the Spanish government"

    def settle_names(self, names: Sequence[Mention]) -> None:
        """Give domestic bodies that the report names, such as a court, the country spoken of where they appear."""
        for mention in names:
            entity = self._registry.entities[mention.entities[0]]
            if entity.country is None and (
                entity.domestic or (entity.kind == "organisation" and mention.entry is not None)
            ):
                entity.country = self._setting.near(mention.head)
            elif entity.country is None and entity.kind == "organisation" and entity.sector not in _ABROAD_SECTORS:
                entity.country = self._setting.home

    def seen(self, token: int, entities: Sequence[int]) -> None:
        """Note that the text has spoken of somebody at a token."""
        for entity in entities:
            self._last.append((token, entity))

    def resolve(self, mention: Mention) -> tuple[int, ...]:
        """The entities that a description stands for."""
        noun, view = mention.noun, self._view
        assert noun is not None
        owner, country, abroad = self._belonging(mention)
        if noun.office == "pope" and country is None and not mention.plural:
            bearers = (e.country for e in self._registry.entities if e.named and "pope" in e.offices)
            country = next(bearers, None) or "VAT"
        if differs_by_country(noun):
            noun = office_in(noun, country or self._setting.near(mention.head))
        first = self._view.lower[mention.start]
        ours = first in _OURS and country is not None and noun.noun != "state"
        definite = first in _DEFINITE or ours or self._bare_office(mention, noun)
        definite = definite or (owner is not None and not (first in ("a", "an") and noun.kind == "person"))
        if mention.head in view.headings and not mention.plural and noun.is_title:
            definite = True  # headlines leave the article out
        if mention.plural and definite:
            several = self._several(mention, noun, country)
            if several:
                return several
        shared = self._of_several_countries(mention, noun) if mention.plural else ()
        if shared:
            return shared
        named = self._name_as_modifier(mention, noun)
        if named is not None:
            return (named.id,)
        police = self._named_police(mention, noun, owner, country)
        if police is not None:
            return (police.id,)
        if mention.plural and noun.noun in ("party", "side") and has_word(self._view, mention, _CONCERNED):
            name = bare(self._view.text(mention.start, mention.end))
            return (self._same(("concerned", noun.noun), name).id,)
        if noun.noun in _PEOPLE and definite and mention.end == mention.head + 1:
            nation = country or (owner.country if owner is not None else None)
            if nation in country_by_code() and (owner is None or owner.kind in ("state", "person")):
                return (self._registry.people(nation).id,)  # type: ignore[arg-type]
        if noun.kind == "state":
            return self._country(mention, noun, country, definite)
        if noun.noun in _STATE_LIKE and country and not has_word(self._view, mention, _LOCAL | FORMER):
            if owner is None or (owner.kind in ("state", "person") and owner.sector in ("GOV", None)):
                state = self._registry.state(country).id
                self._governments.append((mention.head, state))
                return (state,)
        sole = noun.noun in _SOLE and mention.start == mention.head
        if (definite or sole) and not mention.plural and noun.kind != "person":
            known = self._known(mention, noun, country, owner)
            if known is not None:
                return (known.id,)
        counted = view.lower[mention.head] in COUNTS
        if (
            definite
            and owner is None
            and country is None
            and not counted
            and not own_modifiers(self._view, self._at, mention)
            and not set_off(self._view, mention)
        ):
            same = _SAME.get(noun.noun, noun.noun)
            one = noun.kind == "person" and not mention.plural
            if (not one or noun.noun in _DOERS) and number_of(self._view, mention) is None:
                # "the ministry" after "the interior ministry"; of several words only the last is said again
                found = self._recent(
                    lambda e: (
                        not e.named
                        and (
                            same in e.nouns
                            or (noun.noun in _DOERS and e.sector in _ARMED)
                            or (noun.kind == "organisation" and same in {n.split()[-1] for n in e.nouns})
                        )
                        and (e.plural == mention.plural if noun.noun in _DOERS else e.plural or not mention.plural)
                    ),
                    60,
                )
                found = found or self._only_band(mention, noun)
                if found is not None:
                    return (found.id,)
        if noun.noun in _STATE_LIKE and owner is None and not has_word(self._view, mention, _LOCAL | FORMER | _ABROAD):
            near = self._setting.near(mention.head) if not mention.plural and country is None else None
            told = self._government(mention) if near is not None and definite else None
            if told is not None:
                return (told,)
            if near is not None and definite:
                return (self._registry.state(near).id,)
        if definite and not mention.plural and noun.kind == "person":
            known = self._known(mention, noun, country, owner)
            if known is not None:
                return (known.id,)
        court = self._court_named_later(mention, noun, country or self._setting.near(mention.head))
        if court is not None:
            return (court.id,)
        return (self._described(mention, noun, owner, country, abroad, definite).id,)

    def _bare_office(self, mention: Mention, noun: AgentNoun) -> bool:
        """Whether an office without article stands for its holder: "COAS visited", "Prime Minister said"."""
        view = self._view
        subject = view.dep[mention.head] in ("nsubj", "nsubjpass", "agent")
        whole = mention.end - mention.start == len(noun.noun.replace("-", " - ").split())
        return bool(noun.office) and noun.kind == "person" and not mention.plural and subject and whole

    def _government(self, mention: Mention) -> int | None:
        """The government that the last sentences call so: "the Spanish government ... the government"."""
        view = self._view
        for token, entity in reversed(self._governments):
            if view.sentence[mention.head] - view.sentence[token] <= 2:
                return entity
        return None

    def _name_as_modifier(self, mention: Mention, noun: AgentNoun) -> Entity | None:
        """The body named in "the Jaish rebel group" or "the Hasam movement"."""
        if mention.plural or noun.noun.split()[-1] not in _ANY_BODY | _SAID_AGAIN | _BY_NAME:
            return None
        view = self._view
        i = mention.head - 1
        while i > mention.start and view.pos[i] in ("NOUN", "ADJ") and i not in self._at:
            i -= 1
        name = self._at.get(i)
        if i < mention.start or name is None or name.kind != "name" or view.dep[name.head] == "poss":
            return None
        entity = self._registry.entities[name.entities[0]]
        beyond = name.entry is not None and entity.country in BEYOND_COUNTRIES
        if entity.kind != "organisation" or (beyond and (noun.noun not in _SAID_AGAIN or entity.country == "UNO")):
            return None
        if entity.sector is None and noun.sector != "*" and not beyond:
            entity.sector = noun.sector
        entity.nouns.add(noun.noun)
        if entity.country is None:
            entity.country = self._setting.near(mention.head)
        return entity

    def _of_several_countries(self, mention: Mention, noun: AgentNoun) -> tuple[int, ...]:
        """The ones of each country in "the Japanese and UK governments" or "the leaders of Chad and Niger"; none where
        one country alone is named."""
        if noun.kind in ("state", "people"):
            return ()
        view, entities = self._view, self._registry.entities
        before = [
            m
            for i in range(mention.start, mention.head)
            if (m := self._at.get(i)) is not None and m.head == i and m.kind != "pronoun"
        ]
        if any(view.dep[m.head] == "poss" for m in before):
            return ()
        named = before or self._behind(mention)
        if not named or any(
            m.kind != "name" or not m.entities or entities[m.entities[0]].kind not in ("state", "people") for m in named
        ):
            return ()
        countries = list(dict.fromkeys(entities[m.entities[0]].country for m in named))
        if len(countries) < 2 or any(c not in country_by_code() for c in countries):
            return ()
        if not any(view.lower[i] in ("and", "&") for i in range(named[0].end, named[-1].start)):
            return ()
        return tuple(self._of_country(mention, noun, country) for country in countries if country is not None)

    def _behind(self, mention: Mention) -> list[Mention]:
        """Whoever stands after "of" behind a description, one after another."""
        view = self._view
        heads = [
            i
            for of in view.children[mention.head]
            if of >= mention.end and view.lower[of] == "of"
            for i in view.children[of]
            if view.dep[i] == "pobj"
        ]
        for i in heads:
            heads += [c for c in view.children[i] if view.dep[c] == "conj"]
        return [self._at[i] for i in heads if i in self._at] if all(i in self._at for i in heads) else []

    def _of_country(self, mention: Mention, noun: AgentNoun, country: str) -> int:
        """One country's part of a description that names several countries."""
        if noun.noun in _STATE_LIKE:
            return self._registry.state(country).id
        one = noun.kind == "person" and noun.office in _OF_ONE  # "the Greek and Turkish foreign ministers"
        holders = [e for e in self._registry.entities if one and e.named and holds(e, noun, country, former=False)]
        holder = holders[0] if len(holders) == 1 else self._incumbent(noun, country) if one else None
        if holder is not None:
            return holder.id
        own = own_modifiers(self._view, self._at, mention)
        key = (_SAME.get(noun.noun, noun.noun), country, tuple(sorted(own)), None)
        if key not in self._by_key:
            singly = one or noun.kind in ("group", "organisation")
            words = [demonym(country) or country_by_code()[country].name, *own, noun.noun if singly else noun.plural]
            sector = sector_of(self._view, self._at, mention, noun, None)
            kind = _KINDS.get(noun.kind, "group") if singly else "group"
            entity = self._registry.new(" ".join(words), kind, country, sector)
            entity.plural = not singly
            entity.nouns.add(noun.noun)
            self._by_key[key] = entity.id
        return self._by_key[key]

    def _named_police(
        self, mention: Mention, noun: AgentNoun, owner: Entity | None, country: str | None
    ) -> Entity | None:
        """The one police body that the report names, for "the police" after it."""
        view = self._view
        bare_noun = mention.start == mention.head or view.lower[mention.start : mention.head] == ["the"]
        if noun.noun != "police" or owner is not None or country is not None or not bare_noun:
            return None
        bodies = [
            e
            for e in self._registry.entities
            if e.named and e.kind == "organisation" and e.sector == "COP" and "police" in e.name.lower().split()
        ]
        if len(bodies) != 1 or not any(k == bodies[0].id for _, k in self._last):
            return None
        near = self._setting.near(mention.head)
        return bodies[0] if near in (None, bodies[0].country) else None

    def _same(self, key: tuple[object, ...], name: str) -> Entity:
        """The group of no country that goes by a key, made at its first mention."""
        if key not in self._by_key:
            entity = self._registry.new(name, "group")
            entity.plural = True
            self._by_key[key] = entity.id
        return self._registry.entities[self._by_key[key]]

    def _part_of_federation(self, entity: Entity) -> bool:
        return self._registry.is_region(entity) and entity.country in _FEDERAL

    # --- what a description says of itself

    def _belonging(self, mention: Mention) -> tuple[Entity | None, str | None, bool]:
        """Who the described belongs to, the country that its own words give, and whether they put it abroad."""
        view, entities = self._view, self._registry.entities
        owner: Entity | None = None
        country: str | None = None
        abroad = False
        if view.lower[mention.start] in _OURS:
            speaker = self._memory.speaker(mention.start)
            country = entities[speaker[0]].country if speaker else None
            country = country if country in country_by_code() else None
        for i in range(mention.start, mention.head):
            near = self._at.get(i)
            if near is None:
                abroad = abroad or view.lower[i] in _ABROAD
                continue
            if not near.entities or near.head != i:
                continue
            entity = entities[near.entities[0]]
            if entity.country is not None and entity.country not in BEYOND_COUNTRIES:
                country = entity.country
            if entity.kind != "state" or (view.dep[i] == "poss" and owner is None):
                owner = entity
        for child in view.children[mention.head]:
            if child < mention.head or view.dep[child] != "prep":
                continue
            for below in view.children[child]:
                near = self._at.get(below)
                if view.dep[below] != "pobj" or near is None or not near.entities:
                    continue
                entity = entities[near.entities[0]]
                word = view.lower[child]
                if word in ("of", "for", "from", "with", "at") or (word == "in" and country is None):
                    if entity.country is not None and entity.country not in BEYOND_COUNTRIES and (country is None):
                        country = entity.country
                    if owner is None and word in ("of", "for", "at", "with") and near.kind == "name":
                        owner = entity
        return owner, country, abroad

    def person_of(self, mention: Mention) -> tuple[int, ...]:
        """Whom "the Belarusian" stands for: a person of that country, or else the country that it already means."""
        entities = self._registry.entities
        country = entities[mention.entities[0]].country
        found = self._memory.salient(
            mention.head, lambda e: e.kind == "person" and e.country == country and e.named, None
        )
        return (found.id,) if found is not None else mention.entities

    # --- somebody already there

    def _recent(self, fits: Callable[[Entity], bool], limit: int = 400) -> Entity | None:
        entities = self._registry.entities
        for _, k in self._last[: -limit - 1 : -1]:
            if fits(entities[k]):
                return entities[k]
        return None

    def _only_band(self, mention: Mention, noun: AgentNoun) -> Entity | None:
        """The armed group whose people "the militants" are, where the report has named but one."""
        if noun.sector != "REB" or not mention.plural:
            return None
        told = {k for _, k in self._last}
        bands = [e for e in self._registry.entities if e.named and e.kind == "organisation" and e.sector == "REB"]
        bands = [e for e in bands if e.id in told]
        return bands[0] if len(bands) == 1 else None

    def _several(self, mention: Mention, noun: AgentNoun, country: str | None) -> tuple[int, ...]:
        """The two that "the two leaders", "both countries" or "the sides" stand for."""
        view = self._view
        words = set(view.lower[mention.start : mention.head])
        if country is not None or words & (_ABROAD - {"regional"}):
            return ()
        two = bool(words & {"two", "both", "pair"}) or noun.noun in ("pair", "duo")
        if number_of(self._view, mention) and not two:
            return ()
        modifiers = mention.head - mention.start - len(words & {"the", "two", "both"})
        entities = self._registry.entities
        if noun.noun in ("leader", "president", "prime minister", "minister", "man", "pair", "duo", "politician"):
            if (noun.noun == "man" and not two) or modifiers > 0:
                return ()

            def fits(e: Entity) -> bool:
                return e.kind == "person" and e.named and (noun.noun in ("man", "pair", "duo") or e.sector == "GOV")

        elif noun.kind == "state" or noun.noun in ("side", "government", "party"):
            if noun.noun in ("party", "government", "power", "state") and not two:
                return ()
            if modifiers > 0:
                return ()

            def fits(e: Entity) -> bool:
                return e.kind == "state" and e.named

        else:
            return ()
        acting = self._acting_on(mention.head)
        last = list(dict.fromkeys(k for _, k in reversed(self._last) if k not in acting and fits(entities[k])))
        whole = [k for k in last if not self._registry.is_region(entities[k])]
        pair = whole if len(whole) > 1 else last  # India and Pakistan rather than Pakistan and Sindh
        return (pair[1], pair[0]) if len(pair) > 1 else ()

    def _acting_on(self, token: int) -> tuple[int, ...]:
        """The subject of the verb whose object a token is: "X praised both men" is not of X."""
        view = self._view
        if view.dep[token] not in ("dobj", "dative"):
            return ()
        subjects = (i for i in view.children[view.head[token]] if view.dep[i] == "nsubj")
        return tuple(k for i in subjects if i in self._at for k in self._at[i].entities)

    def _country(self, mention: Mention, noun: AgentNoun, country: str | None, definite: bool) -> tuple[int, ...]:
        view = self._view
        if (
            not mention.plural
            and definite
            and not has_word(self._view, mention, frozenset({"other", "third", "neighbouring"}))
        ):
            if noun.noun == "state":
                part = self._memory.salient(mention.head, self._part_of_federation, None)
                if part is not None and mention.end - mention.start == 2:
                    return (part.id,)
                country = country or self._setting.near(mention.head)
            if country is not None:
                return (self._registry.state(country).id,)
            found = self._recent(
                lambda e: (
                    e.country in country_by_code()
                    and e.kind in ("state", "people")
                    and (noun.noun != "kingdom" or e.country in _KINGDOMS)
                )
            )
            if found is not None and found.country is not None:
                return (self._registry.state(found.country).id,)
            return ()
        if noun.noun in ("state", "power") and not has_word(self._view, mention, _ABROAD):
            return ()
        name = view.text(mention.start, mention.end)
        entity = self._registry.new(bare(name), "group", None, "GOV")
        entity.plural = mention.plural
        return (entity.id,)

    def _known(self, mention: Mention, noun: AgentNoun, country: str | None, owner: Entity | None) -> Entity | None:
        """The one already spoken of, or holding office at the date, whom a definite description means."""
        former = has_word(self._view, mention, FORMER) or noun.office.startswith("former")
        if noun.kind == "person":
            if owner is not None and owner.kind == "person" and noun.sector == "*":
                return None
            named = self._named_so(noun, country) if not former else frozenset()

            def fits_noun(e: Entity) -> bool:
                return holds(e, noun, country, former) and (not named or e.id in named)

            found = self._memory.salient(mention.head, fits_noun, self._setting.home) or self._recent(fits_noun)
            if found is not None or former:
                return found
            if owner is None and country is None:
                taken = self._introductions.taken_up(mention, self._last)
                if taken is not None:
                    return taken
            place = country or self._setting.near(mention.head)
            top = noun.office in TOP_OFFICES and not own_modifiers(self._view, self._at, mention)
            for entity in self._registry.entities:  # named only later
                if not entity.named or entity.kind != "person" or not (noun.noun in entity.nouns or top):
                    continue
                if (country or entity.country) == place == entity.country and holds(entity, noun, place, former):
                    return entity
            where = country or (self._setting.home if top else None)
            holder = self._incumbent(noun, where) if not mention.plural else None
            return holder or (self._past_holder(noun, country) if top and not mention.plural else None)
        if noun.kind not in ("organisation", "group") or noun.noun in ("government", "authorities"):
            return None
        word = _last_word(noun)
        extra = own_modifiers(self._view, self._at, mention)
        if word in _ANY_BODY:  # "the terror group" need not have "terror" in its name
            extra = [one for one in extra if one not in noun.noun.split()]
        apart = set_off(self._view, mention)

        inside = {
            k
            for i in range(mention.start, mention.head)
            if (m := self._at.get(i)) is not None and m.kind == "name"
            for k in m.entities
            if self._registry.entities[k].kind == "organisation"
        }

        def fits(e: Entity) -> bool:
            if inside and e.id not in inside:
                return False
            if not e.named or e.kind not in ("organisation", "group") or (country and e.country not in (None, country)):
                return False
            if extra and not any(w in e.name.lower() for w in extra):
                return False
            if any(w not in e.name.lower().split() for w in apart):
                return False
            words = e.name.lower().split()
            if word in words or word in e.nouns or _SAME.get(noun.noun) in words:
                return True
            if owner is not None and not pronoun:
                return False
            if word in _ANY_BODY:
                open_ = e.sector is None and noun.noun == word
                return noun.sector in ("*", None) or open_ or e.sector == noun.sector
            return noun.sector == e.sector and word in _BY_SECTOR and "committee" not in words

        first = self._at.get(mention.start)
        pronoun = first is not None and first.kind == "pronoun"
        if word in ("police", "force", "forces", "media", "opposition", "campaign", "leadership"):
            return None
        found = self._recent(fits, 60)
        if found is None and (noun.sector == "LEG" or noun.noun in _SOLE):  # called "the parliament" before it is named
            found = next((e for e in self._registry.entities if fits(e)), None)
        return found

    def _named_so(self, noun: AgentNoun, country: str | None) -> frozenset[int]:
        """Those whom the report calls by a minister's title, where its date is not given: the tables cannot tell who
        of several holds the office."""
        if self._view.date or not noun.office or noun.office in TOP_OFFICES:
            return frozenset()
        return frozenset(
            e.id for e in self._registry.entities if e.named and noun.noun in e.nouns and holds(e, noun, country, False)
        )

    def _court_named_later(self, mention: Mention, noun: AgentNoun, country: str | None) -> Entity | None:
        """The one court that the report names, for "a Turkish court" in its first sentences."""
        view = self._view
        lead = mention.head in view.headings or view.sentence[mention.head] <= _LEAD
        if noun.noun != "court" or mention.plural or not lead or set_off(view, mention):
            return None
        if own_modifiers(view, self._at, mention):
            return None
        courts = [
            e
            for e in self._registry.entities
            if e.named and e.kind == "organisation" and e.sector == "JUD" and "court" in e.name.lower().split()
        ]
        return courts[0] if len(courts) == 1 and courts[0].country in (None, country) else None

    def _past_holder(self, noun: AgentNoun, country: str | None) -> Entity | None:
        """The one former holder of a highest office whom the text names, for "the president" said of then."""
        found = [
            e
            for e in self._registry.entities
            if e.kind == "person"
            and e.named
            and (country is None or e.country == country)
            and f"former {noun.noun}" in e.nouns
        ]
        return found[0] if len(found) == 1 else None

    def _incumbent(self, noun: AgentNoun, country: str | None) -> Entity | None:
        """The holder of a country's highest office at the report's date, although the report does not name them."""
        date = self._view.date
        if not country or not date or noun.office not in TOP_OFFICES:
            return None
        wanted = OFFICES_OF.get(noun.office, frozenset({noun.office}))
        own = self._registry.incumbent(country, wanted, date)
        if own is not None:
            return own
        held = [t for t in leaders_of_country().get(country, ()) if t.office in wanted and t.holds(date)]
        if len({t.name for t in held}) != 1:
            return None
        listed = self._registry.listed((name for t in held for name in (t.name, *t.aliases)), "person")
        if listed is not None:
            return listed
        entity = self._registry.new(held[0].name, "person", country, held[0].sector)
        entity.named = True
        entity.offices.update(t.office for t in held)
        entity.terms = tuple(held)
        return entity

    # --- somebody by description alone

    def _of_heading(
        self, mention: Mention, noun: AgentNoun, own: tuple[str, ...], country: str | None, domestic: bool
    ) -> Entity | None:
        """The person of whom a heading speaks without a name, for whoever the first sentences introduce: "Soldier
        killed", then "A British soldier was killed"."""
        view = self._view
        if mention.head in view.headings:
            return None
        found, told = self._headed.pop(_last_word(noun), (None, frozenset()))
        above = {view.sentence[i] for i in view.headings if i < mention.head}
        if found is None or view.sentence[mention.head] - len(above) > _OPENING:
            return None
        entity = self._registry.entities[found]
        elsewhere = not entity.domestic and not domestic and entity.country not in (None, country)
        return None if elsewhere or entity.named or not told <= {*own, *noun.noun.split()} else entity

    def _described(
        self,
        mention: Mention,
        noun: AgentNoun,
        owner: Entity | None,
        country: str | None,
        abroad: bool,
        definite: bool,
    ) -> Entity:
        view = self._view
        sector = sector_of(self._view, self._at, mention, noun, owner)
        domestic = False
        if country is None and owner is not None and owner.country in BEYOND_COUNTRIES:
            country = owner.country  # "EU ministers"
        elif country is None and not abroad and sector not in _NO_COUNTRY_SECTORS and noun.kind != "state":
            stated = self._setting.stated(mention.head)
            country = stated or self._setting.near(mention.head)
            domestic = True
            one = " (one)" if noun.kind == "person" and not mention.plural else ""
            last = self._by_key.get((_SAME.get(noun.noun, noun.noun) + one, "bare"))
            if last is not None and stated in (None, self._registry.entities[last].country):
                country = self._registry.entities[last].country
        elif country is None and not abroad and sector in _LOCAL_SECTORS and self._setting.domestic():
            country, domestic = self._setting.domestic(), True
        if country in BEYOND_COUNTRIES and noun.kind == "organisation":
            sector = None
        same = _SAME.get(noun.noun, noun.noun)
        own = tuple(sorted((*own_modifiers(self._view, self._at, mention), *set_off(self._view, mention))))
        single_person = noun.kind == "person" and not mention.plural
        if mention.end - 1 != mention.head and not tail_of_noun(mention):
            same = view.text(mention.start, mention.end).lower()
        if noun.kind == "person" and not mention.plural:
            same += " (one)"
        key = (same, country, own, owner.id if owner is not None and owner.kind != "state" else None)
        number = number_of(self._view, mention)
        counted = view.lower[mention.head] in COUNTING or view.pos[mention.head] == "NUM"
        earlier = self._by_key.get(key) if not counted else None
        if earlier is not None and (definite or not single_person):
            known = self._registry.entities[earlier]
            told = self._counts.get(earlier)
            if number is None or told is None or told == number or noun.kind != "people":
                if number is not None:
                    self._counts.setdefault(earlier, number)
                return known
        kind = _KINDS.get(noun.kind, "group")
        if mention.plural and kind in ("person", "people"):
            kind = "group"
        name = short_name(self._view, self._at, mention, country)
        headed = self._of_heading(mention, noun, own, country, domestic) if single_person else None
        entity = headed or self._registry.new(name, kind, country, sector)
        if headed is not None:
            entity.name, entity.country = name, country or entity.country
            if entity.sector is None or sector not in (None, "CVL"):
                entity.sector = sector
        entity.plural = mention.plural
        entity.domestic = domestic
        entity.nouns.update((noun.noun, _SAME.get(noun.noun, noun.noun)))
        if noun.office:
            entity.offices.add(noun.office)
        if single_person and mention.head in view.headings:
            self._headed.setdefault(_last_word(noun), (entity.id, frozenset(own)))
        if counted:
            return entity
        self._by_key[key] = entity.id
        if domestic:
            self._by_key[(same, "bare")] = entity.id
        if number is not None:
            self._counts[entity.id] = number
        return entity


def _last_word(noun: AgentNoun) -> str:
    """The last word of a noun, of several that mean the same the first: "officer" of "policeman"."""
    return _SAME.get(noun.noun, noun.noun).split()[-1]
