"""Near copies: a text in another paper's dress is found, another text on the same thing is not."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whowhom.evaluation.stories import Shelf
from whowhom.records import Document
from whowhom.store import fingerprints, stories
from whowhom.store.fingerprints import overlap, plain_words

REPORT = """Ministers agree on border crossing

LESKOV (Northern Wire) - The foreign ministers of Varna and Ostria agreed on Tuesday to reopen the Leskov border \
crossing, ending a dispute that had halted nearly 40 percent of trade between the neighbors for two years.

“This is a beginning, not an end,” Varna's foreign minister, Irena Dolan, told reporters after seven hours of talks in \
the town hall. “Our farmers have waited long enough.”

Her counterpart, Pavel Hruska, said customs officers would return to the post on Sept. 12 and that trucks would be \
able to cross from Oct. 1.

Under the agreement, a commission of nine surveyors will mark the line through the forest by next spring. Each side \
pays half of the cost, which officials put at $4.5 million.

Opposition parties in Ostria criticized the deal. Marta Kolar, who leads the National Union, accused the government of \
giving away 300 hectares of timber without asking parliament."""

RESTYLED = """Breakthrough at Leskov

By Our Foreign Staff

LESKOV — The foreign ministers of Varna and Ostria agreed on Tuesday to reopen the Leskov border crossing, ending a \
dispute that had halted nearly 40% of trade between the neighbours for two years.

‘This is a beginning, not an end,’ Varna's foreign minister, Ms. Irena Dolan, told reporters after 7 hours of talks in \
the town hall. ‘Our farmers have waited long enough.’

The country, which became independent in the last century, has long been a place of passage between larger powers.

Her counterpart, Mr Pavel Hruska, said customs officers would return to the post on September 12 and that trucks would \
be able to cross from October 1.

(Reporting by Anna Field; Editing by Jo Quist)"""

OTHER = """Vote on Leskov splits nationalists

OSTRAGRAD (Northern Wire) - Cracks opened in Ostria's main opposition party on Friday after two of its members helped \
the government to pass a deal with Varna on the frontier.

The rebels were expelled from the National Union within the hour. One of them, whose district lies on the border, said \
that she had promised her voters open roads and not a lecture on maps.

“This is a beginning, not an end,” the minister of Varna had said of the deal. “Our farmers have waited long enough.”

The party's chairwoman, Marta Kolar, announced a complaint to the judges, but lawyers gave it small hope."""

PRICES = """Shares in Port Elena closed higher on Tuesday, with the benchmark index up {} percent at {} points. Banks \
led the gains, with Banco Real up {} percent and Calvera Trust up {} percent. The peso was little changed at {} to the \
dollar. Turnover was {} billion pesos, compared with an average of {} billion over the past 30 days."""


def document(text: str, name: str = "") -> Document:
    return Document(name or text, name or "a", text.partition("\n")[0], None, name or None, (), None, "en", text)


def copy_of(shelf: Shelf, number: int) -> int | None:
    value = shelf.db.execute("SELECT copy_of FROM document WHERE id = ?", (number,)).fetchone()[0]
    return None if value is None else int(value)


def families(db: sqlite3.Connection) -> dict[int, int | None]:
    return dict(db.execute("SELECT id, copy_of FROM document").fetchall())


def test_a_text_in_another_house_style_is_a_copy() -> None:
    shelf = Shelf()
    first, other, copy = shelf.add(document(REPORT)), shelf.add(document(OTHER)), shelf.add(document(RESTYLED))
    assert (copy_of(shelf, first), copy_of(shelf, other), copy_of(shelf, copy)) == (None, None, first)


def test_house_style_leaves_the_words_alike() -> None:
    american = plain_words("The U.S. defense center analyzed 5 percent of the neighbor's labor programs on Sept. 12.")
    british = plain_words(
        "The US defence centre analysed five per cent of the neighbour’s labour programmes on September 12."
    )
    assert american.words == british.words
    assert american.words[:3] == ("the", "us", "defense")


def test_quoted_words_are_told_from_the_narrative() -> None:
    for left, right in ("“”", "‘’", "''", '""', "«»"):
        words = plain_words(f"He said on Monday that {left}it is Varna's fault{right} and then he left.")
        assert [word for word, quoted in zip(words.words, words.quoted, strict=True) if quoted] == [
            "it", "is", "varnas", "fault",
        ]  # fmt: skip


def test_short_lines_that_are_no_sentence_are_left_out() -> None:
    assert plain_words("Share this article\nHe left.\nPhoto: Archive\n").words == ("he", "left")


@pytest.mark.parametrize("paragraphs", [4, 5])
def test_a_text_cut_from_the_end_is_a_copy(paragraphs: int) -> None:
    shelf = Shelf()
    shelf.add(document(REPORT + "\n\n" + OTHER.partition("\n\n")[2]))
    assert copy_of(shelf, shelf.add(document("\n\n".join(REPORT.split("\n\n")[:paragraphs])))) == 1


def test_the_whole_after_its_extract_is_a_copy() -> None:
    shelf = Shelf()
    shelf.add(document("\n\n".join(REPORT.split("\n\n")[:4])))
    assert copy_of(shelf, shelf.add(document(REPORT))) == 1


def test_reports_with_the_same_quotation_are_two() -> None:
    assert not overlap(plain_words(REPORT), plain_words(OTHER)).same_text


def test_a_report_that_is_half_quotation_is_no_copy_of_another_with_that_quotation() -> None:
    speech = (
        "“We came in on our feet and we go out on our feet, and nobody in this city will forget who stood and who sat.”"
    )
    one = f"{speech} With these words Rosa Quispe ended a hunger strike in the cathedral of Villa Clara on Tuesday."
    other = f"{speech} So spoke a teacher, aged 54, whom two nuns helped down the steps while miners set off dynamite."
    shared = overlap(plain_words(one), plain_words(other))
    assert shared.shorter > 0.5
    assert not shared.same_text


def test_one_template_with_other_figures_is_two_texts() -> None:
    one = PRICES.format("0.8", "4,312", "2.1", "1.7", "412", "1.9", "2.2")
    other = PRICES.format("1.3", "4,256", "3.4", "2.6", "415", "2.4", "2.1")
    shelf = Shelf()
    shelf.add(document(one))
    assert copy_of(shelf, shelf.add(document(other))) is None
    assert copy_of(shelf, shelf.add(document("Markets: a good day.\n\n" + one))) == 1


def test_two_reports_that_take_in_one_short_text_stay_two() -> None:
    brief = " ".join(REPORT.split("\n\n")[1:3])
    tail = [
        " ".join(
            f"{word}{k} {name} went to the {name} market of {word} and bought {k} {word}s there." for k in range(20)
        )
        for word, name in (("apple", "Anna"), ("pear", "Peter"))
    ]
    shelf = Shelf()
    numbers = [shelf.add(document(text)) for text in (brief, f"{brief}\n{tail[0]}", f"{brief}\n{tail[1]}")]
    assert [copy_of(shelf, number) for number in numbers] == [None, 1, None]


def test_texts_too_short_to_compare_are_left_alone() -> None:
    shelf = Shelf()
    shelf.add(document("Ministers met on Monday."))
    assert copy_of(shelf, shelf.add(document("Ministers met on Monday!"))) is None
    assert shelf.db.execute("SELECT count(*) FROM fingerprint").fetchone()[0] == 0


def test_copies_of_copies_point_to_the_first() -> None:
    shelf = Shelf()
    for k in range(4):
        shelf.add(document(f"{REPORT}\n\nThis is sentence number {k} of some other paper.", str(k)))
    assert families(shelf.db) == {1: None, 2: 1, 3: 1, 4: 1}


def test_where_the_first_goes_the_next_becomes_first() -> None:
    shelf = Shelf()
    for k in range(3):
        shelf.add(document(f"{REPORT}\n\nThis is sentence number {k} of some other paper.", str(k)))
    stories.leave(shelf.db, 1)
    fingerprints.leave(shelf.db, 1)
    assert families(shelf.db) == {1: None, 2: None, 3: 2}
    shelf.db.execute("DELETE FROM document WHERE id = 1")
    fingerprints.leave(shelf.db, 3)
    assert families(shelf.db) == {2: None, 3: None}


def test_leaving_and_coming_back_changes_nothing() -> None:
    shelf = Shelf()
    texts = [REPORT, RESTYLED, OTHER]
    for text in texts:
        shelf.add(document(text))
    before = [families(shelf.db), rows(shelf.db)]
    for number, text in enumerate(texts, start=1):
        fingerprints.leave(shelf.db, number)
        fingerprints.place(shelf.db, number, document(text))
        assert [families(shelf.db), rows(shelf.db)] == before


def rows(db: sqlite3.Connection) -> list[tuple[int, int]]:
    return [tuple(row) for row in db.execute("SELECT band, document FROM fingerprint_band ORDER BY band, document")]


def test_signatures_are_the_same_in_every_process_and_release() -> None:
    """A store outlives the program: if this fails, the library has changed its hash, and old stores must be redone."""
    shelf = Shelf()
    shelf.add(document(REPORT))
    bands = [band for band, _ in rows(shelf.db)]
    assert len(bands) == 32
    assert sum(bands) == 82874022631572357711


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(range(4)))
def test_families_do_not_depend_on_the_order(order: list[int]) -> None:
    texts = [REPORT, RESTYLED, OTHER, PRICES]
    shelf = Shelf()
    number = {k: shelf.add(document(texts[k])) for k in order}
    heads = {k: copy_of(shelf, number[k]) or number[k] for k in order}
    assert heads[0] == heads[1] == min(number[0], number[1])
    assert len(set(heads.values())) == 3


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_compared_with_itself(text: str) -> None:
    words = plain_words(text)
    assert len(words.words) == len(words.quoted)
    shared = overlap(words, words)
    assert shared.shorter == shared.longer
    if len(words.words) >= fingerprints.SHORTEST:
        assert shared.same_text
