"""What tense, modality and negation say of the reality of an event."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whowhom.extract.clauses import Clauses
from whowhom.extract.reality import is_demanded, noun_status, verb_status
from whowhom.parse import Parsed


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("Police arrested the mayor.", "arrested", "occurred"),
        ("Police will arrest the mayor.", "arrest", "planned"),
        ("Police plan to arrest the mayor.", "arrest", "planned"),
        ("Police may arrest the mayor.", "arrest", "hypothetical"),
        ("Unrest will follow if police arrest the mayor.", "arrest", "hypothetical"),
        ("Police did not arrest the mayor.", "arrest", "negated"),
        ("Police failed to arrest the mayor.", "arrest", "negated"),
        ("No officer attacked the crowd.", "attacked", "negated"),
        ("The army began to shell the town.", "shell", "occurred"),
        ("The army threatened to shell the town.", "shell", "hypothetical"),
        ("Minister to visit Ankara", "visit", "planned"),
        ("The donors stopped short of condemning the army.", "condemning", "negated"),
        ("The minister has yet to reply.", "reply", "negated"),
        ("Should police arrest the mayor, unrest will follow.", "arrest", "hypothetical"),
        ("Kenya denied claims that police had shot the mayor.", "shot", "negated"),
        ("Kenya rejected allegations that police had shot the mayor.", "shot", "negated"),
        ("Kenya did not reject claims that police had shot the mayor.", "shot", "occurred"),
        ("Kenya denied the claim of the rebels that police had shot the mayor.", "shot", "negated"),
        ("Kenya rejected a report that accused its troops.", "accused", "occurred"),
        ("Thousands marched to denounce the cuts.", "denounce", "occurred"),
        ("Thousands marched to free the mayor.", "free", "hypothetical"),
        ("The delegates agreed nothing.", "agreed", "negated"),
    ],
)
def test_verb(parse: Callable[..., Parsed], text: str, word: str, status: str) -> None:
    parsed = parse(text)
    token = next(t for t in parsed.doc if t.text == word)
    assert verb_status(token, Clauses(parsed.doc), inside_statement=False) == status


def test_would_is_the_future_of_the_past_inside_a_statement(parse: Callable[..., Parsed]) -> None:
    parsed = parse("He said Poland would expel the envoy.")
    token = next(t for t in parsed.doc if t.text == "expel")
    assert verb_status(token, Clauses(parsed.doc), inside_statement=True) == "planned"


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("The attack killed two guards.", "attack", "occurred"),
        ("Talks were cancelled.", "Talks", "negated"),
        ("There is a risk of attack.", "attack", "hypothetical"),
        ("The planned visit angered Seoul.", "visit", "planned"),
        ("No talks took place.", "talks", "negated"),
        ("Kenya denied allegations of torture.", "torture", "negated"),
        ("Kenya repeated its allegations of torture.", "torture", "occurred"),
    ],
)
def test_noun(parse: Callable[..., Parsed], text: str, word: str, status: str) -> None:
    parsed = parse(text)
    token = next(t for t in parsed.doc if t.text == word)
    assert noun_status(token, Clauses(parsed.doc), inside_statement=False) == status


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("Kenya was the first state to recognise the republic.", "recognise", "occurred"),
        ("Thousands turned out to support the mayor.", "support", "occurred"),
        ("The minister will travel to Oslo to meet the rebels.", "meet", "planned"),
        ("The minister has travelled to Oslo to meet the rebels.", "meet", "hypothetical"),
    ],
)
def test_infinitive(parse: Callable[..., Parsed], text: str, word: str, status: str) -> None:
    parsed = parse(text)
    token = next(t for t in parsed.doc if t.text == word)
    assert verb_status(token, Clauses(parsed.doc), inside_statement=False) == status


@pytest.mark.parametrize(
    ("text", "word", "demanded"),
    [
        ("The killings should be documented and investigated.", "investigated", True),
        ("Police must have shot the mayor.", "shot", False),
        ("Police shot the mayor.", "shot", False),
    ],
)
def test_what_ought_to_be_done_is_demanded(parse: Callable[..., Parsed], text: str, word: str, demanded: bool) -> None:
    parsed = parse(text)
    assert is_demanded(next(t for t in parsed.doc if t.text == word)) is demanded
