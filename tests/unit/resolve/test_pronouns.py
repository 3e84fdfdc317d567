from __future__ import annotations

from collections.abc import Callable

import pytest

from whowhom.extract import extract_statements
from whowhom.parse import Parsed
from whowhom.resolve import resolve_actors

Parse = Callable[..., Parsed]


@pytest.mark.parametrize(
    ("text", "word", "nth", "name"),
    [
        ("Adam Frome met Peter Holt. He praised Frome for the work.", "He", 0, "Peter Holt"),
        ("Lena Novak met Ana Costa in Lyon. Novak praised her.", "her", 0, "Ana Costa"),
        ("Adam Frome praised Peter Holt for his courage.", "his", 0, "Peter Holt"),
        ("Peter Holt resigned on Friday. For his part, Adam Frome called the vote unfair.", "his", 0, "Adam Frome"),
        ("Peter Holt said the mayor must go. According to him, the lawyer, Adam Frome, had lied. He hailed the police.",
         "He", 0, "Peter Holt"),
        ("Speaking to the miners in Lyon, Adam Frome warned against bandits. He urged them to return.", "them", 0,
         "French miners"),
        ("Chile closed its port. A State Department spokesman said it would appeal.", "it", 0, "State Department"),
        ("The Labour Party accused the Conservative Party of lying and urged it to apologise.", "it", 0,
         "Conservative Party"),
        ("Kenya criticised Uganda and told it to withdraw its troops.", "it", 0, "Uganda"),
        ('Peter Holt long accused Adam Frome of fraud. "Can Frome keep his post?" he asked.', "he", 0, "Peter Holt"),
        ('Ruth Vance was fined. Lena Novak came. "We know that she will appeal," said Novak.', "she", 0, "Ruth Vance"),
    ],
)  # fmt: skip
def test_a_pronoun_is_who_stands_out_and_may_be_meant(parse: Parse, text: str, word: str, nth: int, name: str) -> None:
    parsed = parse(text, published="2015-03-10")
    table = resolve_actors(parsed, extract_statements(parsed))
    i = [t.i for t in parsed.doc if t.text == word][nth]
    assert [table.actor(a).name for a in table.at(i)] == [name]


def test_them_among_things_is_nobody(parse: Parse) -> None:
    parsed = parse("Police seized the rifles and most of them were sold.", published="2015-03-10")
    table = resolve_actors(parsed, extract_statements(parsed))
    assert table.at(next(t.i for t in parsed.doc if t.text == "them")) == ()


def test_it_is_nobody_where_a_thing_may_be_meant(parse: Parse) -> None:
    parsed = parse("Kenya discussed the law with Uganda and passed it.", published="2015-03-10")
    table = resolve_actors(parsed, extract_statements(parsed))
    assert table.at(next(t.i for t in parsed.doc if t.text == "it")) == ()
