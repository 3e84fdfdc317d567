"""The words that prove a record, as the screen shows them."""

from __future__ import annotations

from whowhom.cli.ask.show import evidence

TEXT = "Ten held in Lusaka\n\n3 May 2020\n\nLUSAKA - Police held ten people on Sunday. It rained.\n\nMore to come."


def shown(*spans: tuple[int, int]) -> list[str]:
    return [line.plain.strip() for line in evidence(TEXT, spans, (), 200)]


def span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def test_evidence_of_two_paragraphs_is_two_passages_in_the_order_of_the_text() -> None:
    fullest, headline = span("Police held ten people on Sunday."), span("Ten held in Lusaka")
    wanted = ["Ten held in Lusaka", "LUSAKA - Police held ten people on Sunday. It rained."]
    assert shown(fullest, headline) == wanted
    assert shown(headline, fullest) == wanted


def test_evidence_of_one_paragraph_is_one_passage() -> None:
    assert len(shown(span("Police held ten people"), span("It rained."))) == 1


def test_no_evidence_shows_nothing() -> None:
    assert shown() == []
