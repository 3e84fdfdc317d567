"""From a text and what is known of it to an article."""

from __future__ import annotations

import pytest

from whowhom.read import ReadOptions, article_from_text
from whowhom.records import Article, Skipped

REPORT = "The minister met the rebels in the capital on Monday and promised them a new round of talks."
GERMAN = "Der Minister traf die Rebellen am Montag in der Hauptstadt und versprach ihnen neue Gespräche im Herbst."
RUSSIAN = "Министр встретился с повстанцами в столице."


def article(text: str, **known: object) -> Article:
    """The article of a text, which must be one."""
    found = article_from_text(text, source_id="a", **known)  # type: ignore[arg-type]
    assert isinstance(found, Article)
    return found


def skipped(text: str, options: ReadOptions = ReadOptions()) -> Skipped:  # noqa: B008
    """Why a text is skipped, which it must be."""
    found = article_from_text(text, source_id="a", options=options)
    assert isinstance(found, Skipped)
    return found


def test_the_text_is_verbatim() -> None:
    text = f"\ufeff  {REPORT}\r\n\r\n{REPORT} \t"
    assert article(text).text == text


def test_a_given_date_wins_over_that_of_the_text_and_this_over_the_option() -> None:
    text = f"March 3, 2015\n\n{REPORT}"
    options = ReadOptions(published="2001")
    assert article(text, published="2010-01-02", options=options).published == "2010-01-02"
    assert article(text, options=options).published == "2015-03-03"
    assert article(REPORT, options=options).published == "2001"
    assert article(REPORT).published is None


@pytest.mark.parametrize(
    ("url", "publisher", "published"),
    [
        ("https://www.reuters.com/world/2015/03/03/talks", "Reuters", "2015-03-03"),
        ("https://edition.cnn.com/a", "CNN", None),
        ("https://www.unknown-paper.example/news/20150303/1.html", "unknown-paper.example", "2015-03-03"),
        ("https://unknown-paper.example/2015/mar/03/talks", "unknown-paper.example", "2015-03-03"),
        ("https://unknown-paper.example/story/20991399/x", "unknown-paper.example", None),
        ("http://[broken", None, None),
    ],
)
def test_an_address_tells_of_publisher_and_date(url: str, publisher: str | None, published: str | None) -> None:
    found = article(REPORT, url=url)
    assert (found.publisher, found.published) == (publisher, published)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("12 34 ... 56", "no-article"),
        ("By Jane Doe\n\nRead more: Rebels split", "no-article"),
        (GERMAN, "not-english"),
        (RUSSIAN, "not-english"),
        ("x" * 2_000_000, "too-large"),
    ],
)
def test_a_text_that_is_no_english_report_is_skipped(text: str, reason: str) -> None:
    assert skipped(text).reason == reason


def test_the_language_found_is_named() -> None:
    assert "'de'" in skipped(GERMAN).detail


def test_the_check_of_the_language_can_be_switched_off() -> None:
    assert article(GERMAN, options=ReadOptions(language_check=False)).language is None


@pytest.mark.parametrize("text", ["Talks in Minsk.", "Putin visits Xi", REPORT.upper(), "Zelenskyy à Paris: yes."])
def test_short_and_shouted_texts_count_as_english(text: str) -> None:
    assert article(text).language == "en"


def test_lone_surrogates_are_replaced_at_the_same_length() -> None:
    text = f"{REPORT} \ud800 end."
    assert len(article(text).text) == len(text)
    article(text).text.encode()


def test_a_text_of_one_line_is_body() -> None:
    assert [block.kind for block in article("Minister meets rebels").blocks] == ["body"]
