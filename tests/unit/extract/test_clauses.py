"""Grammatical slots: what fills which side of a verb or noun."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whowhom.extract.clauses import Clauses, is_passive
from whowhom.parse import Parsed

Parse = Callable[..., Parsed]


def slots(parsed: Parsed, word: str) -> dict[str, list[str]]:
    token = next(t for t in parsed.doc if t.text == word)
    return {k: [parsed.doc[i].text for i in v] for k, v in Clauses(parsed.doc).of(token).items()}


@pytest.mark.parametrize(
    ("text", "word", "slot", "expected"),
    [
        ("France and Italy condemned the coup.", "condemned", "subj", ["France", "Italy"]),
        ("The mayor was arrested by the police.", "arrested", "obj", ["mayor"]),
        ("The mayor was arrested by the police.", "arrested", "subj", ["police"]),
        ("Kenya agreed to send troops.", "send", "subj", ["Kenya"]),
        ("For the Greens, Anna Berg promised a tax.", "promised", "prep_behalf", ["Greens"]),
        ("For Kenya, Anna Berg promised a loan.", "promised", "prep_for", ["Kenya"]),
        ("Ghana urged Togo to free the men.", "free", "subj", ["Togo"]),
        ("Rebels attacked the town and killed a judge.", "killed", "subj", ["Rebels"]),
        ("The guards accused the prisoners of burning the ward.", "burning", "subj", ["prisoners"]),
        ("The soldiers who shot the farmer fled.", "shot", "subj", ["soldiers"]),
        ("Kenya is determined to attack the rebels.", "attack", "subj", ["Kenya"]),
        ("The head of the company, who accused Kenya, fled.", "accused", "subj", ["head"]),
        ("The wives of the miners who struck wept.", "struck", "subj", ["miners"]),
        ("Peru held talks with Chile.", "talks", "head_subj", ["Peru"]),
        ("Peru held talks with Chile.", "held", "prep_with", ["Chile"]),
        ("Talks between Peru and Chile failed.", "Talks", "prep_between", ["Peru", "Chile"]),
    ],
)
def test_slot_is_filled(parse: Parse, text: str, word: str, slot: str, expected: list[str]) -> None:
    assert slots(parse(text), word)[slot] == expected


def test_particle_belongs_to_the_lemma(parse: Parse) -> None:
    parsed = parse("The premier ruled out new elections.")
    verb = next(t for t in parsed.doc if t.text == "ruled")
    assert Clauses(parsed.doc).lemma(verb) == "rule_out"


@pytest.mark.parametrize(
    ("text", "word", "passive"),
    [
        ("The town was shelled.", "shelled", True),
        ("The army shelled the town.", "shelled", False),
        ("The army has shelled the town.", "shelled", False),
        ("The men arrested on Sunday were freed.", "arrested", True),
        ("He was beaten and tortured.", "tortured", True),
        ("Peru was committed to the treaty.", "committed", False),
        ("The suspect was committed to jail.", "committed", True),
        ("Murders were committed by rebels.", "committed", True),
        ("Mayor shot dead in Lima", "shot", True),
        ("Judge shot mayor in Lima", "shot", False),
        ("The mayor shot twice.", "shot", False),
        ("The toll rose to six, with more than 100 others wounded in a major assault.", "wounded", True),
    ],
)
def test_voice(parse: Parse, text: str, word: str, passive: bool) -> None:
    parsed = parse(text)
    assert is_passive(next(t for t in parsed.doc if t.text == word)) is passive
