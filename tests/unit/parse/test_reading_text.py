"""The reading text: markup and furniture gone, every character still knows its origin."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from whowhom.parse import reading_text
from whowhom.records import Article, Block


def read(text: str, *blocks: Block) -> str:
    return reading_text(Article(text, "t", blocks=blocks)).text


def test_markdown_marks_and_links_are_no_words() -> None:
    assert read("**Police** met the [mayor](https://example.org/a(b)) over \\$5.") == "Police met the mayor over $5."


def test_span_leads_back_to_the_verbatim_text() -> None:
    text = "The **prime\nminister** resigned."
    reading = reading_text(Article(text, "t"))
    start = reading.text.index("prime")
    a, b = reading.span(start, start + len("prime minister"))
    assert text[a:b] == "prime\nminister"


def test_furniture_takes_no_part() -> None:
    text = "By A. Writer\nThe king spoke."
    assert read(text, Block(0, 12, "furniture"), Block(13, len(text))) == "The king spoke."


def test_a_line_broken_in_a_sentence_is_joined_and_a_new_paragraph_is_not() -> None:
    text = "He won in May\n\nelections. Then\n\nShe spoke."
    blocks = (Block(0, 13), Block(15, 30), Block(32, len(text)))
    reading = reading_text(Article(text, "t", blocks=blocks))
    assert [reading.text[i:][:3] for i in reading.starts] == ["He ", "She"]


@given(st.text(max_size=300))
def test_every_character_has_its_origin(text: str) -> None:
    reading = reading_text(Article(text, "t"))
    assert len(reading.origin) == len(reading.text)
    assert list(reading.origin) == sorted(reading.origin)
    for character, i in zip(reading.text, reading.origin, strict=True):
        assert character == text[i] or (character == " " and (text[i].isspace() or i in reading.origin))
