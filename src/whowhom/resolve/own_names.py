"""The user's own actors in running text: which words are a name of theirs, and what the entry tells of them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from whowhom.own_actors import OwnActor, OwnRole
from whowhom.resolve.leadership import split_name
from whowhom.resolve.titles import HONORIFICS, NEUTRAL_HONORIFICS
from whowhom.resolve.view import Entity, View
from whowhom.resources.knowledge import Country, NameEntry, agent_index, given_names, normal

_FIRST_PIECE = re.compile(r"[^\s-]+")
_LETTERS = re.compile(r"[^\W\d_]+")
# Parts of speech in which a word names nobody.
_NO_NOUNS = frozenset("VERB AUX ADV ADP DET PRON CCONJ SCONJ PART INTJ PUNCT".split())
_WAYS = frozenset("street road avenue boulevard square bridge airport st. rd. ave. blvd.".split())
_IN_OFFICE = frozenset({"GOV", "LEG", "MIL", "JUD", "SPY", "COP"})


class OwnNames:
    """Finds the names of a user's actors: the longest that starts at a word and ends where a word ends.

    A name in small letters matches any way of writing; the words of others as they are written, or in capitals. Where
    two actors share a name, it is the one's whose main name it is, else the first one's. Made once for many reports.
    """

    def __init__(self, actors: Iterable[OwnActor]) -> None:
        self._named: dict[str, list[tuple[str, OwnActor]]] = {}
        listed = list(actors)
        for one in listed:
            self._add(one.name, one)
        for one in listed:
            for alias in one.aliases:
                self._add(alias, one)
        lengths: dict[str, set[int]] = {}
        for lowered in self._named:
            piece = _FIRST_PIECE.search(lowered)
            if piece:
                lengths.setdefault(piece.group(), set()).add(len(lowered))
        self._lengths = {piece: tuple(sorted(found, reverse=True)) for piece, found in lengths.items()}
        self._offices: dict[str, list[tuple[str, OwnRole, OwnActor]]] = {}  # by country
        for one in listed:
            for role in one.roles if one.kind == "person" else ():
                noun = _title_noun(role.title) if role.title and role.country else None
                if noun is not None and (office := agent_index()[noun][0].office):
                    self._offices.setdefault(role.country or "", []).append((office, role, one))

    def __bool__(self) -> bool:
        return bool(self._named)

    def _add(self, name: str, actor: OwnActor) -> None:
        # The article is no part of a name, but "the base" in small letters needs it.
        bare = name[4:] if name[:4].lower() == "the " and name[4:] != name[4:].lower() else name
        if bare:
            self._named.setdefault(normal(bare), []).append((bare, actor))

    def exact(self, names: Iterable[str]) -> OwnActor | None:
        """The actor that goes by the first of `names` that is one of a user's."""
        for name in names:
            bare = name[4:] if name[:4].lower() == "the " else name
            for written, actor in self._named.get(normal(bare), ()):
                if _same_case(written, bare):
                    return actor
        return None

    def incumbent(self, country: str, offices: Container[str], day: str) -> OwnActor | None:
        """The one person who holds one of the offices of a country on an ISO date by the title of a role."""
        held = {
            actor.name: actor
            for office, role, actor in self._offices.get(country, ())
            if office in offices and role.dated and role.holds(day)
        }
        return next(iter(held.values())) if len(held) == 1 else None

    def find(self, view: View) -> Iterator[tuple[int, int, OwnActor]]:
        """Token ranges `[start, end)` that are a name of a user's actor, from left to right and without overlap."""
        lowered = normal(view.source)
        i = 0
        while i < view.size:
            found = self._at(view, lowered, i)
            if found is None:
                i += 1
                continue
            start, end, actor = found
            if actor.kind == "person":
                start, end = _whole_person(view, start, end)
            yield start, end, actor
            i = end

    def _at(self, view: View, lowered: str, i: int) -> tuple[int, int, OwnActor] | None:
        first = view.lower[i]
        lengths = self._lengths.get(first) or self._lengths.get(first.partition("-")[0])
        if lengths is None:
            return None
        begin, text = view.offset[i], view.source
        for length in lengths:
            stop = begin + length
            if stop < len(text) and text[stop].isalnum():
                continue
            for written, actor in self._named.get(lowered[begin:stop], ()):
                end = i + 1
                while end < view.size and view.offset[end] < stop:
                    end += 1
                start = i + 1 if view.lower[i] == "the" and end > i + 1 else i
                same = view.shouted or _same_case(written, text[begin:stop])
                if same and _stands_as_name(view, start, end, actor):
                    return start, end, actor
        return None


def _same_case(written: str, found: str) -> bool:
    """Whether each word of a name that has capitals is found as it is written, or in capitals throughout."""
    if written == found:
        return True
    pairs = zip(_LETTERS.findall(written), _LETTERS.findall(found), strict=False)
    return all(w == f or w == w.lower() or f == w.upper() for w, f in pairs)


def _stands_as_name(view: View, start: int, end: int, actor: OwnActor) -> bool:
    """Whether words that read like a user's name name that actor, rather than a deed, a street or somebody else."""
    head = view.head_of(start, end)
    small = not any(view.capital(k) for k in range(start, end))
    leading = start == view.starts[view.sentence[start]] and not view.words[start].isupper()
    if (small or leading or view.shouted) and view.pos[head] in _NO_NOUNS and (small or end - start == 1):
        return False
    named_next = end < view.size and view.capital(end) and view.sentence[end] == view.sentence[start]
    if named_next and view.lower[end] in _WAYS:
        return False
    if end - start > 1 or view.shouted:
        return True
    person = view.ent[start] == "PERSON"
    if person and start > 0 and view.inside[start] and view.capital(start - 1):
        if view.lower[start - 1] not in HONORIFICS.keys() | NEUTRAL_HONORIFICS | agent_index().keys():
            return False  # "Ana Costa", where the user's is another Costa
    follows = named_next and person and view.inside[end] and view.ent[end] == "PERSON"
    return not (follows and (actor.kind != "person" or view.lower[start] in given_names()))


def _whole_person(view: View, start: int, end: int) -> tuple[int, int]:
    """A person's name with the parts of it that the user's entry leaves out."""
    if end - start < 2 or view.capitals:
        return start, end
    while (
        start > 0
        and view.inside[start]
        and view.ent[start] == view.ent[start - 1] == "PERSON"
        and view.capital(start - 1)
        and view.lower[start - 1] not in HONORIFICS.keys() | NEUTRAL_HONORIFICS | agent_index().keys()
    ):
        start -= 1
    while end < view.size and view.inside[end] and view.ent[end] == "PERSON" and view.words[end].isalpha():
        end += 1
    return start, end


def person_words(name: str) -> tuple[str, ...]:
    """The words of a person's name as a report has them: "Costa, Ana" is Ana Costa."""
    last, comma, first = name.partition(",")
    return split_name(f"{first} {last}" if comma and first.strip() else name)


def means_state(actor: OwnActor, entry: NameEntry, day: str | None) -> bool:
    """Whether a user's entry says no more than what we know of a country's demonym, capital or seat of government.

    Dictionaries list "Albanian" and "Tirana" under Albania; our own reading of such words tells people, state and
    place apart.
    """
    if not isinstance(entry.known, Country) or actor.kind == "person":
        return False
    role = actor.role_on(day)
    return role is not None and role.country == entry.known.iso3 and role.sector in (None, "GOV")


def enter_own(entity: Entity, actor: OwnActor, day: str | None) -> None:
    """Make an entity what the user's entry says that it is on the report's date; what the entry leaves open, stays.

    Where no role holds on the date, the country is that of the nearest; who held an office before is a former official.
    """
    entity.name, entity.kind, entity.named = actor.name, actor.kind, True
    entity.plural = entity.plural or actor.kind == "people"
    role = actor.role_on(day)
    if role is None and day is not None:
        past = actor.last_before(day)
        near = past or actor.first_after(day)
        if near is not None and near.country is not None:
            entity.country = near.country
        sector = _sector(past) if past is not None else None
        if actor.kind == "person" and sector in _IN_OFFICE:
            entity.sector, entity.sectors = "ELI", (sector,)
        return
    if role is None:
        return
    if role.country is not None:
        entity.country = role.country
    sector = _sector(role)
    if sector is not None or role.sectors:
        entity.sector, entity.sectors = sector, role.sectors
    elif role.country is not None and actor.kind == "state":
        entity.sector = "GOV"


def enter_nouns(entity: Entity, actor: OwnActor, day: str | None) -> None:
    """Add the nouns by which a report may take up a user's actor: "the party", "the minister"."""
    role = actor.role_on(day)
    noun = _title_noun(role.title) if role is not None and role.title else None
    if noun is not None:
        found, _ = agent_index()[noun]
        entity.nouns.add(found.noun)
        if found.office:
            entity.offices.add(found.office)
    if actor.kind in ("organisation", "group"):
        words = [word for name in (actor.name, *actor.aliases) for word in name.lower().split()[-1:]]
        entity.nouns.update(word for word in words if word in agent_index())
        entity.nouns.update(actor.name.lower().split()[-1:])


def _sector(role: OwnRole) -> str | None:
    """The sector of a role, else that of the noun of its title."""
    if role.sector is not None or not role.title:
        return role.sector
    noun = _title_noun(role.title)
    sector = agent_index()[noun][0].sector if noun is not None else None
    return sector if sector != "*" else None


def _title_noun(title: str) -> str | None:
    """The form of an agent noun that a title is or has for its head: "minister" in "Minister of Finance"."""
    whole = title.lower()
    if whole in agent_index():
        return whole
    words = re.split(r"\s+(?:of|for|to|in|at|on)\s+|,", whole)[0].split()
    return next((form for k in range(len(words)) if (form := " ".join(words[k:])) in agent_index()), None)
