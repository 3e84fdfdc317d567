"""The remembering ruler: what spaCy's own would set, word by word."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Token

from whowhom.parse.attributes import RememberingRuler, remember_attributes
from whowhom.parse.parser import DEFAULT_MODEL

EXAMPLES = Path(__file__).parents[3] / "examples"
ODD = (
    "It ain't so, and he's goin' to ask what they can't do.",
    "C'mon, let's go: y'all gonna love it!",
    "There are those that have had to do it  \n\n themselves.",
    "Do it; they did do that, which had got them nothin'.",
)


@pytest.fixture(scope="module")
def pipelines() -> tuple[Language, Language]:
    own, remembering = (import_module(DEFAULT_MODEL).load(exclude=["ner"]) for _ in range(2))
    remember_attributes(remembering)
    return own, remembering


def attributes(token: Token) -> tuple[str, ...]:
    return token.text, token.tag_, token.dep_, token.pos_, token.lemma_, str(token.morph)


@pytest.mark.parametrize("text", [*ODD, *(p.read_text("utf-8") for p in sorted(EXAMPLES.glob("*.md")))])
def test_sets_what_the_ruler_of_the_pipeline_sets(pipelines: tuple[Language, Language], text: str) -> None:
    own, remembering = pipelines
    wanted = [attributes(t) for t in own(text)]
    assert [attributes(t) for t in remembering(text)] == wanted
    assert [attributes(t) for t in remembering(text)] == wanted  # now from memory


def test_later_patterns_and_those_of_several_words_keep_their_order() -> None:
    nlp = Language()
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "may"}]], {"POS": "AUX"})
    ruler.add([[{"LOWER": "may"}, {"IS_DIGIT": True}]], {"POS": "PROPN", "LEMMA": "May"})
    ruler.add([[{"LOWER": "may"}]], {"LEMMA": "may"})
    ruler.add([[{"LOWER": "in"}, {"LOWER": "may"}]], {"TAG": "IN"}, index=-1)
    doc = RememberingRuler(ruler)(nlp.make_doc("He may in May 5"))
    assert [(t.pos_, t.lemma_, t.tag_) for t in doc][1:] == [
        ("AUX", "may", ""), ("", "", ""), ("PROPN", "may", "IN"), ("", "", "")
    ]  # fmt: skip


def test_a_pipeline_without_a_ruler_stays_as_it_is() -> None:
    nlp = Language()
    remember_attributes(nlp)
    assert nlp.pipe_names == []
