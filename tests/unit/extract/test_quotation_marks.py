"""Which words stand between quotation marks, without a language model."""

from __future__ import annotations

import pytest
import spacy

from whowhom.extract.quotation_marks import find_quotations

NLP = spacy.blank("en")


def quoted(*paragraphs: str) -> list[str]:
    doc = NLP(" ".join(paragraphs))
    starts, at = [], 0
    for paragraph in paragraphs:
        starts.append(at)
        at += len(paragraph) + 1
    return [doc[q.start : q.end].text for q in find_quotations(doc, starts)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We will stay," the mayor said.', ["We will stay,"]),
        ("“We will stay,” the mayor said. “All of us.”", ["We will stay,", "All of us."]),
        ("«We will stay», the mayor said.", ["We will stay"]),
        ("„We will stay“, the mayor said.", ["We will stay"]),
        ("``We will stay,'' the mayor said.", ["We will stay,"]),
        ("The mayor spoke of 'a bad day' for the town.", ["a bad day"]),
        ("‘We will stay,’ the mayor said.", ["We will stay,"]),
    ],
)
def test_marks_of_every_make_are_paired(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_the_outermost_of_nested_quotations_counts() -> None:
    text = "She said: \"He told us 'no' and “never” in one breath,\" and left."
    assert quoted(text) == ["He told us 'no' and “never” in one breath,"]


@pytest.mark.parametrize(
    "text",
    [
        "The miners' union and the town's mayor don't agree.",
        "Unrest in the '90s and '80s hit the farmers' markets.",
        'The beam was 12" wide.',
        "Nothing is quoted here.",
    ],
)
def test_apostrophes_and_inches_are_no_quotation_marks(text: str) -> None:
    assert quoted(text) == []


def test_a_possessive_within_single_marks_does_not_close_them() -> None:
    assert quoted("He said 'the miners' union is right' and left.") == ["the miners' union is right"]


def test_a_stray_mark_costs_nothing_beyond_its_paragraph() -> None:
    stray = 'The " report was late.'
    assert quoted(stray, '"We will stay," the mayor said.') == ["We will stay,"]


def test_a_stray_mark_spares_the_quotation_after_it_in_its_paragraph() -> None:
    assert quoted('The mayor of "Old Town spoke. He said: "We will stay."')[-1] == "We will stay."


def test_a_quotation_without_a_closing_mark_goes_on_in_the_next_paragraph() -> None:
    assert quoted('The mayor said: "We will stay.', '"We have food."') == ["We will stay.", "We have food."]


def test_a_new_opening_mark_after_a_full_stop_goes_on_with_the_quotation() -> None:
    assert quoted('The mayor said: "We will stay. "We have food."') == ["We will stay.", "We have food."]


def test_a_paragraph_that_only_closes_the_quotation_before_it_is_quoted() -> None:
    found = quoted('The mayor said: "We will stay.', 'We have food." He then left.')
    assert found == ["We will stay.", "We have food."]
