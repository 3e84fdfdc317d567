"""Standing relations that a report states: alliances, memberships, borders, supplies, offices held since, and so on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from spacy.tokens import Token

from whowhom.candidates import ActorIndex
from whowhom.coding import facts, ties
from whowhom.coding.ground import Found, Ground, Slots, words
from whowhom.parse import Parsed
from whowhom.records import Relation

_Finder = Callable[[Token, Ground], Iterator[Found]]
_VALUED = frozenset({"population", "holds_office_since", "located_in"})


@cache
def _finders() -> dict[str, _Finder]:
    """What to look for at a word, by lemma."""
    table: tuple[tuple[_Finder, frozenset[str]], ...] = (
        (ties.allies_and_foes, words("ally") | words("foe")),
        (ties.backed, frozenset({"backed"})),
        (ties.members, frozenset({"member"})),
        (ties.belonging, frozenset({"belong"})),
        (ties.party, words("party")),
        (ties.union, frozenset({"union", "confederation", "federation"})),
        (ties.bad_relations, words("ties") | {"lack", "odds", "odd", "war", "loggerhead", "loggerheads"}),
        (ties.shelter, frozenset({"shelter", "harbour", "harbor", "take", "exile"})),
        (facts.borders, frozenset({"border", "neighbour", "neighbor"})),
        (facts.supplies, words("supply") | words("receive") | words("supplier") | {"owe"}),
        (facts.population, words("resident") | {"population"}),
        (facts.share, words("share") | {"make"}),
        (facts.office, frozenset({"since", "for"})),
        (facts.seat, words("based") | {"base", "headquarter", "centre", "center", "locate", "situate"}),
    )
    return {word: finder for finder, lemmas in table for word in lemmas}


def code_relations(parsed: Parsed, who: ActorIndex, slots: Slots) -> list[Relation]:
    """The relations that a report states as standing fact, in text order, each once."""
    ground = Ground(parsed, who, slots)
    finders = _finders()
    out: dict[tuple[str, str, str | None, str | None], Relation] = {}
    for token in parsed.doc:
        finder = finders.get(token.lemma_.lower()) or finders.get(token.lower_)
        if finder is None and token.ent_type_ == "PERSON" and token.pos_ == "PROPN":
            finder = ties.partisan
        if finder is None:
            continue
        for found in finder(token, ground):
            for relation in _records(found, ground):
                out.setdefault(
                    (
                        relation.subject,
                        relation.predicate,
                        relation.object,
                        None if relation.object else relation.value,
                    ),
                    relation,
                )
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
