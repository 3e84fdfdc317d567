"""Who the proper names of a report stand for: each name mention gets its entity, each entity its country and sector."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Container, Iterable

from whowhom.own_actors import OwnActor
from whowhom.records import ActorKind
from whowhom.resolve.leadership import (
    LINKING,
    STATE_TITLES,
    Called,
    SpokenOn,
    enter_terms,
    goes_with,
    known_by_surname,
    latest_year,
    led_by,
    likeliest,
    same_person,
    split_name,
)
from whowhom.resolve.own_names import OwnNames, enter_nouns, enter_own, person_words
from whowhom.resolve.titles import HONORIFICS, name_gender, noun_ending_at
from whowhom.resolve.view import Entity, Mention, View
from whowhom.resources.knowledge import (
    BEYOND_COUNTRIES,
    AgentNoun,
    Country,
    Leader,
    NameEntry,
    Organisation,
    Region,
    agent_index,
    country_by_code,
    demonym,
    leaders_by_name,
    leaders_by_word,
    shared_names,
)
from whowhom.resources.table import word_class, word_classes

# Classes of `lexicon/names.tsv`, which says what each is.
_FORCES = word_class("lexicon/names.tsv", "force")
_OMISSIBLE = word_class("lexicon/names.tsv", "omissible")
_FAITHS = word_class("lexicon/names.tsv", "faith")
_PARTY_WORDS = word_class("lexicon/names.tsv", "party")
_TELLING = {
    word: name.removeprefix("tells_")
    for name, found in word_classes("lexicon/names.tsv").items()
    if name.startswith("tells_")
    for word in found
}


class Registry:
    """All entities of a report, and those of its proper names."""

    def __init__(self, view: View, own: OwnNames | None = None) -> None:
        self.view = view
        self._own = own
        self._entered: dict[int, OwnActor] = {}  # the user's entry of an entity
        self._of_own: dict[str, int] = {}  # entities by the name of the user's entry
        self.entities: list[Entity] = []
        self.when = SpokenOn(view.date or latest_year(view.source), guessed=view.date is None)
        self._states: dict[str, int] = {}
        self._peoples: dict[str, int] = {}
        self._organisations: dict[str, int] = {}
        self._regions: dict[str, int] = {}
        self._persons: dict[str, list[int]] = {}  # by each word of the name
        self.countries: set[str] = set()  # those that the report names, or bodies of which it names
        self._seen: dict[int, list[int]] = {}  # where a person was named in full, or with a title
        self._by_end: dict[int, int] = {}  # the entity of the name that ends with a token

    def new(self, name: str, kind: ActorKind, country: str | None = None, sector: str | None = None) -> Entity:
        """A further entity."""
        entity = Entity(len(self.entities), name, kind, country, sector)
        self.entities.append(entity)
        return entity

    def state(self, iso3: str) -> Entity:
        """The entity of a country's government."""
        if iso3 not in self._states:
            country = country_by_code().get(iso3)
            listed = self.listed((country.name, *country.aliases), "state") if country else None
            entity = listed or self.new(country.name if country else iso3, "state", iso3, "GOV")
            entity.named = True
            self._states[iso3] = entity.id
        return self.entities[self._states[iso3]]

    def is_region(self, entity: Entity) -> bool:
        """Whether an entity is the government of a part of a country."""
        return entity.kind == "state" and entity.id in self._regions.values()

    def people(self, iso3: str) -> Entity:
        """The entity of a country's people."""
        if iso3 not in self._peoples:
            country = country_by_code()[iso3]
            name = next((p for p in country.people if not p.lower().startswith("the ")), None)
            entity = self.new(name or f"{demonym(iso3) or country.name} people", "people", iso3, "CVL")
            entity.named = entity.plural = True
            self._peoples[iso3] = entity.id
        return self.entities[self._peoples[iso3]]

    def enter_names(self, mentions: Iterable[Mention], origin: Iterable[str] = ()) -> None:
        """Give each name mention its entity: full names of persons first, so that short ones find theirs.

        `origin` are the countries where the report was written and published, as far as they are known.
        """
        later: list[Mention] = []
        listed = list(mentions)
        self._plain = Counter(
            iso3 for m in listed if m.entry is not None and (iso3 := getattr(m.entry.known, "iso3", None)) is not None
        )
        self._plain.update(origin)
        self._lands = {
            m.start: iso3
            for m in listed
            if m.entry is not None and (iso3 := getattr(m.entry.known, "iso3", None)) is not None
        }
        self.countries = {
            country
            for m in listed
            if m.entry is not None
            and m.entry.kind != "leader"
            and (country := getattr(m.entry.known, "iso3", None) or getattr(m.entry.known, "country", None)) is not None
        }
        if self._own:
            roles = [m.own.role_on(self.when.date) for m in listed if m.own is not None]
            self.countries.update(role.country for role in roles if role is not None and role.country is not None)
        # Headlines last: their capitals mislead.
        self._defined = self._acronyms(listed)
        self._surnames = {
            self._name_words(m)[-1] for m in listed if m.label == "person" and m.entry is None and m.end - m.start > 1
        }
        for mention in sorted(listed, key=lambda m: m.start in self.view.headings):
            self._doubt(mention)
            if mention.own is not None:
                mention.entities = (self._users(mention.own, mention).id,)
            elif mention.entry is not None and mention.entry.kind != "leader":
                mention.entities = self._known(mention)
            elif mention.label == "person" or mention.entry is not None:
                if len(self._name_words(mention)) > 1:
                    mention.entities = (self._full_person(mention).id,)
                else:
                    later.append(mention)
            elif mention.label == "people":
                mention.entities = (self._unknown_people(mention).id,)
        for mention in listed:
            if mention.entities and (mention.entry is not None or mention.own is not None):
                self._by_end[mention.end - 1] = mention.entities[0]
        for mention in later:
            mention.entities = (self._short_person(mention).id,)
        for mention in sorted(listed, key=lambda m: m.start - m.end):
            if mention.label == "organisation" and not mention.entities:
                mention.entities = (self._unknown_organisation(mention).id,)
            if mention.entities:
                self._by_end[mention.end - 1] = mention.entities[0]

    def _acronyms(self, mentions: list[Mention]) -> dict[str, Mention]:
        """Names of organisations spelled out in the report, by their initials and by their last word."""
        out: dict[str, Mention] = {}
        for mention in mentions:
            organisation = mention.label == "organisation" or (
                mention.entry is not None and mention.entry.kind == "organisation"
            )
            words = [w for w in self.view.words[mention.start : mention.end] if w[0].isupper()]
            if organisation and len(words) > 1:
                out.setdefault("".join(w[0] for w in words), mention)
                out.setdefault(words[-1], mention)
        return out

    def _doubt(self, mention: Mention) -> None:
        """Take back a known name where the report itself gives the word another meaning."""
        view, entry = self.view, mention.entry
        if entry is None:
            return
        word = view.words[mention.start]
        if entry.kind == "organisation" and word not in self._defined:
            entry = mention.entry = self._by_country(entry, mention)
        if entry is None:
            mention.label = "organisation"
            return
        if mention.end - mention.start > 1 or view.capitals:
            return
        if entry.kind == "organisation" and (word.isupper() or word in self._defined):
            full = self._defined.get(word)
            if full is not None and full is not mention and (full.entry is None or full.entry.known is not entry.known):
                if full.entry is not None:
                    mention.entry = full.entry
                else:
                    mention.entry, mention.label = None, "organisation"
        elif entry.kind in ("country", "capital", "region", "seat"):
            before = view.lower[mention.start - 1] if mention.start else ""
            if before in HONORIFICS or (view.lower[mention.start] in self._surnames and before not in ("in", "the")):
                mention.entry, mention.label = None, "person"
                mention.gender = HONORIFICS.get(before)

    def _by_country(self, entry: NameEntry, mention: Mention) -> NameEntry | None:
        """Of several organisations of one name that of the country named most; else the usual one, if any is."""
        shared = shared_names().get(entry.text)
        if shared is None or (shared.usual is not None and entry.known is not shared.usual):
            return entry
        others = [one for one in shared.others if self._plain[one.country or ""]]
        best = max(others, key=lambda one: self._plain[one.country or ""], default=None)
        usual = shared.usual
        if best is None or (usual is not None and self._plain[usual.country or ""] >= self._plain[best.country or ""]):
            best = usual
        return NameEntry(entry.text, entry.kind, best) if best is not None else None

    def missed_names(self, taken: Container[int]) -> list[Mention]:
        """Capitalised surnames of persons named in full elsewhere that the tagger did not take for names."""
        view, found = self.view, []
        for i in range(view.size):
            word = view.lower[i]
            bearers = self._persons.get(word)
            if bearers is None or i in taken or not view.capital(i) or (word in agent_index() and not self._alone(i)):
                continue
            if view.capitals and view.pos[i] != "PROPN":
                continue
            entity = self.entities[bearers[0]]
            if len(bearers) == 1 and len(entity.words) > 1 and entity.words[-1] == word and len(word) > 3:
                found.append(Mention(i, i + 1, i, "name", (entity.id,), label="person"))
        return found

    def _alone(self, i: int) -> bool:
        """Whether a surname that is a noun too stands as a name: in capitals, with nothing that belongs to it."""
        view = self.view
        first = i == view.starts[view.sentence[i]]
        found = agent_index().get(view.lower[i])
        one = found is not None and found[1] and view.tag[view.head[i]] == "VBZ"  # "Banks says"
        if view.capitals or i in view.headings or (first and view.pos[i] != "PROPN" and not one):
            return False
        titled = i + 1 < view.size and view.pos[i + 1] == "PROPN" and view.capital(i + 1)
        return not titled and not any(
            view.dep[c] in ("det", "amod", "poss", "compound") for c in view.children[i] if c < i
        )

    # --- the known ones

    def _known(self, mention: Mention) -> tuple[int, ...]:
        view, entry = self.view, mention.entry
        assert entry is not None
        known = entry.known
        adjective = view.tag[mention.head] in ("JJ",) or (
            view.dep[mention.head] in ("amod", "compound", "nmod") and view.head[mention.head] >= mention.end
        )
        if isinstance(known, Organisation):
            return ((self._abroad(mention, known) or self._organisation(known)).id,)
        if isinstance(known, Country):
            if entry.kind == "people" or (entry.kind == "demonym" and mention.plural and not adjective):
                return (self.people(known.iso3).id,)
            if entry.kind == "demonym":
                mention.listed = not (adjective or entry.text not in (known.name, *known.aliases))
            return (self.state(known.iso3).id,)
        assert isinstance(known, Region)
        if entry.kind == "demonym" and not mention.plural:
            mention.listed = False
        if entry.kind in ("demonym", "people") or known.kind == "people":
            if adjective and known.kind != "people":
                mention.listed = False
            key = f"people of {known.name}"
            if key not in self._regions:
                name = next((p for p in known.people if not p.startswith("the ")), known.name)
                entity = self.new(name, "people", known.iso3, "REL" if known.name in _FAITHS else "CVL")
                entity.named = entity.plural = True
                self._regions[key] = entity.id
            return (self._regions[key],)
        if known.name not in self._regions:
            entity = self.new(known.name, "state", known.iso3, "GOV")
            entity.named = True
            if known.kind == "disputed":
                entity.sector = "PRE"
            self._regions[known.name] = entity.id
        return (self._regions[known.name],)

    def _abroad(self, mention: Mention, known: Organisation) -> Entity | None:
        """The body of another country that brackets name: "House of Representatives (Fiji's parliament)"."""
        view, i = self.view, mention.end
        country = self._lands.get(i + 1) if i < view.size and view.words[i] == "(" else None
        if country is None or known.country in BEYOND_COUNTRIES or country == known.country:
            return None
        key = f"{known.name} ({country})"
        if key not in self._organisations:
            entity = self.new(self._written(mention), "organisation", country, known.sector)
            entity.named = True
            entity.nouns.update(known.name.lower().split()[-1:])
            self._organisations[key] = entity.id
        return self.entities[self._organisations[key]]

    def _organisation(self, known: Organisation) -> Entity:
        if known.name not in self._organisations:
            listed = self.listed((known.name, *known.aliases), "organisation", "group")
            if listed is not None:
                self._organisations[known.name] = listed.id
                return listed
            entity = self.new(known.name, "organisation", known.country, known.sector)
            if known.country in BEYOND_COUNTRIES and known.country not in ("IMG", "ISM", "MNC"):
                entity.sector = None
            entity.sectors = known.sectors
            entity.named, entity.listed = True, entity.sector is not None
            entity.nouns.update(known.name.lower().split()[-1:])
            if known.kind:
                entity.nouns.add(known.kind)
            self._organisations[known.name] = entity.id
        return self.entities[self._organisations[known.name]]

    # --- the user's own

    def _users(self, actor: OwnActor, mention: Mention) -> Entity:
        """The entity of a user's actor, which later and shorter names in the report find like any other."""
        if actor.name not in self._of_own:
            entity = self._known_already(actor, mention) or self.new(actor.name, actor.kind)
            self._bind(entity, actor)
        entity = self.entities[self._of_own[actor.name]]
        if actor.kind == "person":
            words = self._name_words(mention)
            if len(words) > len(entity.words):
                self._index(entity, words)
            self._learn(entity, mention)
        elif actor.kind in ("organisation", "group"):
            self._organisations.setdefault(self._written(mention).lower(), entity.id)
        return entity

    def _known_already(self, actor: OwnActor, mention: Mention) -> Entity | None:
        """The entity of one of whom the report spoke before under a name that the user does not list."""
        if actor.kind != "person":
            return None
        names = [words for name in (actor.name, *actor.aliases) if len(words := person_words(name)) > 1]
        for words in (*names, self._name_words(mention)):
            for candidate in self._persons.get(words[-1], ()) if len(words) > 1 else ():
                entity = self.entities[candidate]
                if len(entity.words) > 1 and entity.id not in self._entered and same_person(words, entity.words):
                    return entity
        return None

    def listed(self, names: Iterable[str], *kinds: ActorKind) -> Entity | None:
        """The entity of the user's actor that goes by one of `names`, where it is of one of `kinds`."""
        actor = self._own.exact(names) if self._own else None
        if actor is None or actor.kind not in kinds:
            return None
        if actor.name not in self._of_own:
            self._bind(self.new(actor.name, actor.kind), actor)
        return self.entities[self._of_own[actor.name]]

    def incumbent(self, country: str, offices: Container[str], date: str) -> Entity | None:
        """The entity of the one person who holds such an office of a country by the user's entries."""
        actor = self._own.incumbent(country, offices, date) if self._own else None
        return self.listed((actor.name,), "person") if actor is not None else None

    def _listed_person(self, words: tuple[str, ...], mention: Mention) -> Entity | None:
        """The entity of the user's person of whom the report uses another name that we know."""
        if not self._own:
            return None
        known = mention.entry.known if mention.entry is not None else None
        terms = (known,) if isinstance(known, Leader) else leaders_by_name().get(" ".join(words), ())
        return self.listed((name for term in terms for name in (term.name, *term.aliases)), "person")

    def _bind(self, entity: Entity, actor: OwnActor) -> None:
        self._entered[entity.id] = actor
        self._of_own[actor.name] = entity.id
        enter_own(entity, actor, self.when.date)
        enter_nouns(entity, actor, self.when.date)
        if actor.kind == "person":
            for words in sorted((person_words(name) for name in (actor.name, *actor.aliases)), key=len):
                self._index(entity, words)

    @property
    def entered(self) -> Collection[int]:
        """The places in `entities` of those whom the user's entries describe."""
        return self._entered.keys()

    def settle_own(self) -> None:
        """Let what the user's entries say stand against all that the report has added meanwhile."""
        for k, actor in self._entered.items():
            enter_own(self.entities[k], actor, self.when.date)

    # --- persons

    def _name_words(self, mention: Mention) -> tuple[str, ...]:
        words = tuple(w for i in range(mention.start, mention.end) for w in re.split(r"[-\s]", self.view.lower[i]) if w)
        while words and words[0] in ("-",):
            words = words[1:]
        solid = tuple(w for w in words if w not in LINKING)
        return solid or words

    def _full_person(self, mention: Mention) -> Entity:
        words = self._name_words(mention)
        if len(words) == 2 and mention.entry is None and words[0] in agent_index():
            mention.start, mention.titles = mention.start + 1, ()  # "Republican Smith"
            return self._short_person(mention)
        second = words[-2] if len(words) > 2 else ""  # "Hugo Chavez Frias" after "Hugo Chavez"
        for candidate in self._persons.get(words[-1]) or self._persons.get(second) or ():
            entity = self.entities[candidate]
            if entity.words and same_person(words, entity.words):
                if len(words) > len(entity.words):
                    entity.name = self._written(mention)
                    self._index(entity, words)
                self._learn(entity, mention)
                return entity
        if len(words) > 2 and mention.entry is None and words[0] in agent_index():
            mention.start += 1
            words = words[1:]
        if mention.entry is None and name_gender(words) is None and len(words) == 2:
            bearers = [self.entities[k] for k in self._persons.get(words[1], ())]
            if len(bearers) == 1 and bearers[0].gender is not None and bearers[0].words[-1] == words[1]:
                mention.start, mention.titles = mention.end - 1, ()  # a verb in a headline, taken for a first name
                return bearers[0]
        listed = self._listed_person(words, mention)
        if listed is not None:
            self._learn(listed, mention)
            return listed
        entity = self.new(self._written(mention), "person")
        entity.named = True
        self._index(entity, words)
        terms: tuple[Leader, ...] = ()
        if mention.entry is not None and isinstance(mention.entry.known, Leader):
            terms = tuple(t for t in leaders_by_name()[mention.entry.text.lower()])
            terms = likeliest(terms, self.when, self.countries)
        else:
            found = [
                t
                for t in leaders_by_word().get(words[-1], ())
                if any(self._likely_same(words, split_name(n), t) for n in (t.name, *t.aliases))
            ]
            terms = likeliest(tuple(found), self.when, self.countries)
        if any(self._plausible(t, mention) for t in terms):
            enter_terms(entity, terms, self.when, self.countries)
        self._learn(entity, mention)
        return entity

    def _plausible(self, term: Leader, mention: Mention) -> bool:
        """Whether one who bears an office holder's full name may be that person, by rank, date, country or title."""
        if term.office in STATE_TITLES or term.country in self.countries or term.country in BEYOND_COUNTRIES:
            return True
        title = self._title(mention)
        return (title is not None and goes_with(title, term)) or (self.when.date is not None and self.when.holds(term))

    def _likely_same(self, words: tuple[str, ...], known: tuple[str, ...], term: Leader) -> bool:
        """Whether a full name in the text is an office holder's; one that differs needs the country to be named."""
        if not same_person(words, known):
            return False
        return words[0] == known[0] or set(words) >= set(known) or term.country in self.countries

    def _short_person(self, mention: Mention) -> Entity:
        word = self._name_words(mention)[0]
        found = [self.entities[i] for i in self._persons.get(word, ())]
        if mention.gender is not None:
            found = [e for e in found if e.gender in (None, mention.gender)] or found
        if len(found) > 1:  # the surname's bearer before the one whose first name it is
            found = [e for e in found if e.words[-1] == word] or found
        if found:
            entity = found[0] if len(found) == 1 else self._bearer(found, mention)
            self._learn(entity, mention)
            return entity
        entity = self.new(self._written(mention), "person")
        entity.named = True
        called = Called(self._title(mention), self._title_countries(mention), mention.gender)
        leader = known_by_surname(word, called, self.when, self.countries)
        leader = leader or self._relative(word)
        own = self._own.exact((leader.name, *leader.aliases)) if self._own and leader is not None else None
        if own is not None and own.kind == "person" and own.name not in self._of_own:
            self._bind(entity, own)
        elif leader is not None:
            entity.name = leader.name
            same = tuple(t for t in leaders_by_name()[leader.name.lower()] if t.country == leader.country)
            enter_terms(entity, same, self.when, self.countries)
            self._index(entity, split_name(leader.name))
        else:
            self._index(entity, (word,))
        self._learn(entity, mention)
        return entity

    def _relative(self, word: str) -> Leader | None:
        """The office holder of a first name, whose surname somebody in the report has ("his brother Raul")."""
        found = {
            t.name: t
            for t in leaders_by_word().get(word, ())
            if split_name(t.name)[0] == word and split_name(t.name)[-1] in self._persons
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def _bearer(self, found: list[Entity], mention: Mention) -> Entity:
        """Whom a surname that several share stands for: by title, else the one named first and most, if not just so.

        Reports introduce the main bearer first and name the others in full where they come up.
        """
        title = self._title(mention)
        if title is not None:
            titled = [e for e in found if title.noun in e.nouns or (title.office and title.office in e.offices)]
            if len(titled) == 1:
                return titled[0]
        at = {e.id: self._seen.get(e.id, []) for e in found}
        full = {e.id: sum(k < mention.start for k in at[e.id]) for e in found}
        before = [e for e in found if full[e.id]]
        if not before:
            return min(found, key=lambda e: min(at[e.id], default=10**9))
        return max(before, key=lambda e: (full[e.id], -min(at[e.id])))

    def _title(self, mention: Mention) -> AgentNoun | None:
        """The noun of the title right before a name."""
        for start, end in mention.titles:
            noun = noun_ending_at(self.view, end - 1, start)
            if noun is not None:
                return agent_index()[noun[1]][0]
        return None

    def _title_countries(self, mention: Mention) -> set[str]:
        """The countries that the title before a name names."""
        inside = (k for start, end in mention.titles for k in range(start, end) if k in self._by_end)
        return {c for k in inside if (c := self.entities[self._by_end[k]].country) is not None}

    def _index(self, entity: Entity, words: tuple[str, ...]) -> None:
        entity.words = words
        for word in words:
            bearers = self._persons.setdefault(word, [])
            if entity.id not in bearers:
                bearers.append(entity.id)
        if entity.gender is None:
            entity.gender = name_gender(words)

    def _learn(self, entity: Entity, mention: Mention) -> None:
        """Add what the words before one mention of a person say of the person."""
        if mention.end - mention.start > 1:
            self._seen.setdefault(entity.id, []).append(mention.start)
        if mention.gender is not None:
            entity.gender = mention.gender
        for start, end in mention.titles:
            noun = noun_ending_at(self.view, end - 1, start)
            if noun is not None:
                found, _ = agent_index()[noun[1]]
                entity.nouns.add(found.noun)
                if found.office:
                    entity.offices.add(found.office)

    def _written(self, mention: Mention) -> str:
        text = self.view.text(mention.start, mention.end)
        return text.title() if self.view.capitals else text

    # --- the unknown ones

    def _unknown_people(self, mention: Mention) -> Entity:
        text = self._written(mention)
        key = f"people {text.lower().rstrip('s')}"
        if key not in self._regions:
            entity = self.new(text, "people", None, "CVL")
            entity.named = entity.plural = True
            self._regions[key] = entity.id
        return self.entities[self._regions[key]]

    def _unknown_organisation(self, mention: Mention) -> Entity:
        view = self.view
        text = self._written(mention)
        key = text.lower()
        if mention.end - mention.start == 1 and key in self._persons:
            return self.entities[self._persons[key][0]]
        if key in self._organisations:
            return self.entities[self._organisations[key]]
        short = self._same_organisation(mention, key)
        if short is not None:
            self._organisations[key] = short.id
            return short
        if view.lower[mention.end - 1] in ("administration", "government", "regime", "cabinet"):
            country = led_by(view.lower[mention.start], self.when)
            if country is not None:  # "the Roosevelt Administration"
                return self.state(country)
        entity = self.new(text, "organisation")
        entity.named = True
        if mention.inside is not None:
            known = mention.inside.known
            entity.country = known.country if isinstance(known, Organisation | Leader) else known.iso3
        self._organisations[key] = entity.id
        if view.lower[mention.start] in _PARTY_WORDS:
            entity.sector, entity.domestic = "PTY", entity.country is None
            entity.nouns.add("party")
            return entity
        for i in (mention.end - 1, mention.start, mention.head):
            noun = noun_ending_at(view, i, mention.start)
            if noun is not None and agent_index()[noun[1]][0].kind in ("organisation", "group"):
                found, _ = agent_index()[noun[1]]
                entity.nouns.add(found.noun)
                entity.sector = found.sector if found.sector != "*" else None
                entity.domestic = entity.country is None and found.sector not in ("*", "BUS")
                break
        if entity.sector is None:
            entity.sector = self._told_sector(mention)
        return entity

    def _told_sector(self, mention: Mention) -> str | None:
        """What the name of an unknown body tells of its sector: its head word, or the known body in it."""
        if mention.inside is not None and isinstance(mention.inside.known, Organisation):
            return mention.inside.known.sector
        words = self.view.lower[mention.start : mention.end]
        head = next((k - 1 for k in range(1, len(words)) if words[k] in ("of", "for", "on")), len(words) - 1)
        for k in (head, len(words) - 1, 0):
            if words[k] in _TELLING:
                return _TELLING[words[k]]
        return next((_TELLING[w] for w in reversed(words) if w in _FORCES), None)

    def _same_organisation(self, mention: Mention, key: str) -> Entity | None:
        """An organisation already named in full of which this is the acronym or a shorter form."""
        view = self.view
        word = view.words[mention.start]
        single = mention.end - mention.start == 1
        if single and mention.start > 1 and view.words[mention.start - 1] in "([":
            other = self._by_end.get(mention.start - 2)
            if other is not None and self.entities[other].kind != "person":
                return self.entities[other]
        for other_key, known in self._organisations.items():
            other_key = other_key.lower()
            parts = other_key.split()
            if len(parts) > 1 and single and parts[-1] == key and _TELLING.get(key) == "JRN":
                return self.entities[known]  # "the Times" after "The Washington Times"
            if len(parts) > 1 and single:
                initials = "".join(p[0] for p in parts if p not in ("of", "the", "and", "for", "on"))
                if word.isupper() and len(word) > 1 and (initials == key or "".join(p[0] for p in parts) == key):
                    return self.entities[known]
            if not single and len(parts) > 1 and (other_key.endswith(" " + key) or other_key.startswith(key + " ")):
                return self.entities[known]
            if not single and _but_for_omissible(key.split(), parts):
                return self.entities[known]
        return None


def _but_for_omissible(short: list[str], full: list[str]) -> bool:
    """Whether a name of three words or more is another one without a word such as "State" in its middle."""
    if len(short) < 3 or len(short) >= len(full) or short[0] != full[0] or short[-1] != full[-1]:
        return False
    return [w for w in full if w in short or w not in _OMISSIBLE] == short
