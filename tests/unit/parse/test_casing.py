"""Texts in capitals get the case of a newspaper; the article's own letters stay."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whowhom.parse import Parsed, load_parser
from whowhom.parse.casing import Caser, is_shouted
from whowhom.records import Document


@pytest.fixture(scope="module")
def caser() -> Caser:
    return Caser(load_parser())


@pytest.mark.parametrize(
    ("shouted", "printed"),
    [
        (
            "THE ARMY FIRED ROCKETS AT REBELS IN KENYA ON MONDAY.",
            "The army fired rockets at rebels in Kenya on Monday.",
        ),
        ("POLICE SAID MR. WALKER MET GEN. TOVAK. WALKER LEFT.", "Police said Mr. Walker met Gen. Tovak. Walker left."),
        ("PRESIDENT ARRELANO SAID NOTHING.", "President Arrelano said nothing."),
        ("LUCIA QUISTREBERT AND A U.S. DIPLOMAT SPOKE.", "Lucia Quistrebert and a U.S. diplomat spoke."),
        (
            "THE BLUE WORKERS UNITED FRONT (BWUF) STRUCK. BWUF MEMBERS MARCHED.",
            "The Blue Workers United Front (BWUF) struck. BWUF members marched.",
        ),
        (
            "HOWEVER, CRISTIANI REJECTED IT. PRESIDENT CRISTIANI LEFT.",
            "However, Cristiani rejected it. President Cristiani left.",
        ),
        ("THE UN ENVOY MET THE US ARMY.", "The UN envoy met the US Army."),
        ("I AM SURE IT WAS THE PEOPLE'S CHOICE.", "I am sure it was the people's choice."),
        ("HE MOVED FROM MEDELLIN TO A CAR FACTORY.", "He moved from Medellin to a car factory."),
    ],
)
def test_printed_as_a_newspaper_would(caser: Caser, shouted: str, printed: str) -> None:
    assert caser.cased(shouted) == printed


def test_a_sentence_begins_where_a_block_does(caser: Caser) -> None:
    assert caser.cased("TALKS FAILED  THE ARMY LEFT", (0, 14)) == "Talks failed  The army left"


@settings(deadline=None)
@given(st.text(alphabet="ABİßÉJTHE'’. -([IVX\n])1\"", max_size=60))
def test_no_letter_is_lost_or_moved(caser: Caser, text: str) -> None:
    out = caser.cased(text)
    assert len(out) == len(text)
    assert all(a == b or a.lower() == b.lower() for a, b in zip(out, text, strict=True))


def test_capitals_of_some_words_are_no_shouting() -> None:
    assert is_shouted("ARMY HELICOPTERS FIRED ROCKETS AT THE GUERRILLAS.")
    assert not is_shouted("NATO and UNESCO said the BBC had left the building on Monday.")
    assert not is_shouted("BREAKING NEWS")


def test_the_records_point_at_the_words_as_written(code: Callable[..., Document]) -> None:
    text = "KENYA'S FOREIGN MINISTER, LUCIA QUISTREBERT, CONDEMNED UGANDA ON MONDAY, THE MINISTRY SAID."
    document = code(text, published="2015-03-10")
    event = next(e for e in document.events if e.type == "ACCUSE")
    assert {document.actor(a).name for a in event.actors} == {"Lucia Quistrebert"}
    assert [text[a:b] for a, b in event.trigger] == ["CONDEMNED"]
    assert [text[a:b] for a, b in event.evidence] == [text]


def test_other_texts_are_read_as_they_are(parse: Callable[..., Parsed]) -> None:
    text = "Kenya condemned the BBC and NATO on Monday."
    assert parse(text).reading.text == text
