"""The ways of the grammar from a predicate to a phrase."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whowhom.extract.clauses import Clauses
from whowhom.extract.ways import Ways
from whowhom.parse import Parsed

Parse = Callable[..., Parsed]


def way(parsed: Parsed, predicate: str, phrase: str) -> str:
    start, end = next(t for t in parsed.doc if t.text == predicate), phrase.split()
    words = [t.text for t in parsed.doc]
    first = next(i for i in range(len(words)) if words[i : i + len(end)] == end)
    span = parsed.doc[first : first + len(end)]
    return Ways(Clauses(parsed.doc)).to(start, span.root.i, span.start, span.end)


@pytest.mark.parametrize(
    ("text", "predicate", "phrase", "expected"),
    [
        ("Police arrested the mayor.", "arrested", "Police", "subj"),
        ("Police arrested the mayor.", "arrested", "the mayor", "obj"),
        ("The mayor was arrested by police.", "arrested", "police", "subj"),
        ("Peru signed a treaty with Chile.", "signed", "Chile", "prep_with"),
        ("Rebels attacked the army's base.", "attacked", "the army", "obj/poss"),
        ("Kenya agreed to expel the envoy.", "agreed", "the envoy", "xcomp>obj"),
        ("The minister said that soldiers had fired on the crowd.", "fired", "The minister", "up1<subj"),
        ("Ghana spoke. Togo protested. Mali listened.", "protested", "Ghana", "earlier subj"),
        ("Ghana spoke. Togo protested. Mali listened.", "protested", "Mali", "later subj"),
        ("Troops from Chad landed. Togo protested.", "protested", "Chad", "earlier"),
    ],
)
def test_way_is_named(parse: Parse, text: str, predicate: str, phrase: str, expected: str) -> None:
    assert way(parse(text), predicate, phrase) == expected


def test_voice_makes_no_difference(parse: Parse) -> None:
    active, passive = parse("The court freed two editors."), parse("Two editors were freed by the court.")
    assert way(active, "freed", "two editors") == way(passive, "freed", "Two editors") == "obj"


def test_rare_prepositions_share_a_name(parse: Parse) -> None:
    assert way(parse("The army marched amid protesters."), "marched", "protesters") == "prep_other"


def test_every_phrase_has_a_way(parse: Parse) -> None:
    parsed = parse("Asked about the riots, the mayor of Gao told two reporters that he blamed nobody but the guards.")
    ways = Ways(Clauses(parsed.doc))
    for predicate in parsed.doc:
        for token in parsed.doc:
            assert ways.to(predicate, token.i, token.i, token.i + 1)
