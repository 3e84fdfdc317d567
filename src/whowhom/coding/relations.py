"""Standing relations that a report states: alliances, memberships, borders, supplies, offices held since, and so on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from spacy.tokens import Token

from whowhom.candidates import ActorIndex
from whowhom.coding import facts, parties, ties
from whowhom.coding.ground import Found, Ground, Slots, words
from whowhom.parse import Parsed
from whowhom.records import Relation

_Finder = Callable[[Token, Ground], Iterator[Found]]
_VALUED = frozenset({"population", "holds_office_since", "located_in"})


@cache
def _finders() -> dict[str, tuple[_Finder, ...]]:
    """What to look for at a word, by lemma."""
    table: tuple[tuple[_Finder, frozenset[str]], ...] = (
        (ties.allies_and_foes, words("ally") | words("foe")),
        (ties.backed, words("backing")),
        (parties.members, words("partisan") - words("office")),
        (parties.members, frozenset({"leader", "chairman", "secretary", "president"})),
        (parties.belonging, frozenset({"belong", "join", "rejoin", "affiliate", "link"})),
        (parties.party, words("party")),
        (parties.leading, words("lead")),
        (ties.union, frozenset({"union", "confederation", "federation"})),
        (
            ties.bad_relations,
            words("ties") | words("quarrel") | {"lack", "odds", "odd", "war", "loggerhead", "loggerheads"},
        ),
        (ties.supported, frozenset({"back", "support", "loyal", "ally", "align"})),
        (ties.shelter, frozenset({"shelter", "harbour", "harbor", "host", "take", "exile"})),
        (ties.asylum, words("haven")),
        (facts.borders, frozenset({"border", "neighbour", "neighbor"})),
        (facts.adjoining, words("adjoining")),
        (facts.supplies, words("supply") | words("receive") | words("supplier") | {"owe"}),
        (facts.dependence, words("depend")),
        (facts.population, words("resident") | {"population"}),
        (facts.home_of, words("settlement")),
        (facts.share, words("share") | {"make"}),
        (facts.office, frozenset({"since", "for"})),
        (facts.taking_office, frozenset({"take", "come", "assume", "seize", "become"})),
        (facts.stronghold, words("turf")),
        (facts.seat, words("based") | {"base", "headquarter", "centre", "center", "locate", "situate"}),
    )
    out: dict[str, tuple[_Finder, ...]] = {}
    for finder, lemmas in table:
        for word in lemmas:
            out[word] = (*out.get(word, ()), finder)
    return out


def _at(token: Token) -> Iterator[_Finder]:
    """What to look for at a token."""
    finders = _finders()
    by_lemma, by_form = finders.get(token.lemma_.lower(), ()), finders.get(token.lower_, ())
    yield from by_lemma
    yield from (finder for finder in by_form if finder not in by_lemma)
    if token.ent_type_ == "PERSON" and token.pos_ == "PROPN":
        yield parties.partisan
    if token.lower_ in parties.party_words():
        yield parties.labelled
    if token.text[:1] in ("D", "R") and token.text[1:2] in ("", "-"):
        yield parties.lettered


def code_relations(parsed: Parsed, who: ActorIndex, slots: Slots) -> list[Relation]:
    """The relations that a report states as standing fact, in text order, each once."""
    ground = Ground(parsed, who, slots)
    out: dict[tuple[str, str, str | None, str | None], Relation] = {}
    for token in parsed.doc:
        for finder in _at(token):
            for found in finder(token, ground):
                for relation in _records(found, ground):
                    value = None if relation.object else relation.value
                    out.setdefault((relation.subject, relation.predicate, relation.object, value), relation)
    return list(out.values())


def _records(found: Found, ground: Ground) -> Iterator[Relation]:
    if not found.objects and (found.predicate not in _VALUED or found.value is None):
        return
    for subject in found.subjects:
        for other in found.objects or (None,):
            if subject == other:
                continue
            if not (ground.is_political(subject) and (other is None or ground.is_political(other))):
                continue
            yield Relation(
                subject=subject,
                predicate=found.predicate,
                object=other,
                value=found.value,
                start=found.start,
                end=None,
                asserted_on=ground.parsed.article.published,
                evidence=(ground.parsed.sentence_span(found.anchor),),
                rule=f"{found.predicate}:{found.anchor.lemma_.lower()}",
            )
