from __future__ import annotations

from collections.abc import Callable

import pytest

from whowhom.parse import Parsed
from whowhom.read import article_from_text
from whowhom.records import Article, Place
from whowhom.resolve.datelines import find_datelines
from whowhom.resolve.gazetteer import country_at
from whowhom.resolve.landmarks import find_landmarks
from whowhom.resolve.places import find_places
from whowhom.resolve.toponyms import find_toponyms

Parse = Callable[..., Parsed]


def toponyms(parsed: Parsed) -> dict[str, Place]:
    return {parsed.article.text[t.start : t.end]: t.place for t in find_toponyms(parsed)}


@pytest.fixture
def report(parse: Parse) -> Callable[[str], Parsed]:
    """A text with its furniture found."""

    def one(text: str) -> Parsed:
        article = article_from_text(text, source_id="test", language="en")
        assert isinstance(article, Article)
        return parse(text, blocks=article.blocks)  # type: ignore[arg-type]

    return one


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("The Turkish army left.", "Turkish", "TUR"),
        ("Three Canadians were freed.", "Canadians", "CAN"),
        ("The Edmonton Police Service made arrests.", "Edmonton", "CAN"),
    ],
)
def test_adjectives_peoples_and_parts_of_names(parse: Parse, text: str, words: str, country: str) -> None:
    assert toponyms(parse(text))[words].country == country


def test_words_in_lower_case_are_no_part_of_a_toponym(parse: Parse) -> None:
    assert "Sichuan" in toponyms(parse("A landslide hit a village in Sichuan province."))


def test_the_town_of_the_dateline(report: Callable[[str], Parsed]) -> None:
    parsed = report("GLASGOW, Ky. (AP) - Police in Glasgow arrested two men on Friday. They were jailed.")
    assert [line.text for line in find_datelines(parsed)] == ["GLASGOW", "Ky."]
    assert {m.place.country for m in find_places(parsed)} == {"USA"}


def test_a_landmark_of_many_towns_counts_only_in_a_country_that_is_named(parse: Parse) -> None:
    doc = parse("Crowds gathered in Independence Square and at the White House.").doc
    assert [m.place.country for m in find_landmarks(doc, ())] == ["USA"]
    assert [m.place.country for m in find_landmarks(doc, ("UKR",))] == ["UKR", "USA"]


def test_the_country_of_a_point() -> None:
    assert country_at(None, -1.3, 36.8) == "KEN"
    assert country_at("2988507", 0.0, 0.0) == "FRA"  # the id goes before the point
    assert country_at(None, 0.0, -30.0) is None
