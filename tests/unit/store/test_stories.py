"""Stories: reports of one happening come together, whatever else is reported in these days."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

import pytest

from whowhom.evaluation.stories import Shelf
from whowhom.records import Document
from whowhom.store import fingerprints, stories

DOCKS = (
    "Dockers walked out at Port Elena in Calvera on Thursday. Meridian Terminals, which runs the harbour, refused to"
    " raise wages. Oskar Lind, who leads the Harbour Union, said grain ships would wait.",
    "Wheat piles up as strike halts Port Elena. Grain exporters in Calvera lose millions while the Harbour Union of"
    " Oskar Lind holds out against Meridian Terminals over wages.",
    "Calvera's labour minister met Oskar Lind of the Harbour Union and managers of Meridian Terminals. The strike at"
    " Port Elena has stopped the export of grain for a week.",
)
COUP = (
    "Soldiers took the palace in Kasir before dawn and arrested Idris Soro, the president of Tamara. General Moussa"
    " Diarra read a statement on television that closed the borders.",
    "The junta in Tamara named Awa Traore prime minister. General Moussa Diarra, who toppled Idris Soro, stays head of"
    " state. Shops in Kasir opened again and the borders with them.",
)


def document(text: str, published: str | None = "2020-09-14", title: str | None = None, paper: str = "") -> Document:
    return Document(f"{text}{published}{paper}", "a", title, None, paper or None, (), published, "en", text)


def story_of(shelf: Shelf, number: int) -> int:
    return int(shelf.db.execute("SELECT story FROM document WHERE id = ?", (number,)).fetchone()[0])


def story(shelf: Shelf, number: int) -> dict[str, object]:
    row = shelf.db.execute("SELECT * FROM story WHERE id = ?", (story_of(shelf, number),)).fetchone()
    return dict(row)


def content(db: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    """All that stories say, with the stories named by their first document rather than by number."""
    named = "(SELECT min(d.id) FROM document d WHERE d.story = s.id)"
    return [
        [tuple(row) for row in db.execute(query)]
        for query in (
            "SELECT id, (SELECT min(o.id) FROM document o WHERE o.story = d.story) FROM document d ORDER BY id",
            f"SELECT {named}, title, first, last, documents, sources FROM story s ORDER BY 1",
            f"SELECT t.term, t.day, t.document, t.weight, {named} FROM story_term t JOIN story s ON s.id = t.story"
            " ORDER BY t.term, t.document",
        )
    ]


def test_reports_of_one_happening_come_together() -> None:
    shelf = Shelf()
    docks, coup = [], []
    for k, text in enumerate(DOCKS):
        docks.append(shelf.add(document(text, f"2020-09-1{k}")))
        if k < len(COUP):
            coup.append(shelf.add(document(COUP[k], f"2020-09-1{k}")))
    assert len({story_of(shelf, number) for number in docks}) == 1
    assert len({story_of(shelf, number) for number in coup}) == 1
    assert story_of(shelf, docks[0]) != story_of(shelf, coup[0])


def test_a_story_knows_its_title_dates_documents_and_sources() -> None:
    shelf = Shelf()
    shelf.add(document(DOCKS[1], "2020-09-12", "Wheat piles up", "Gazette"))
    shelf.add(document(DOCKS[0], "2020-09-11", "Dockers walk out", "Tribune"))
    number = shelf.add(document(DOCKS[2], "2020-09-15", None, "Tribune"))
    assert story(shelf, number) == {
        "id": story_of(shelf, 1),
        "title": "Dockers walk out",
        "first": "2020-09-11",
        "last": "2020-09-15",
        "documents": 3,
        "sources": 2,
    }


def test_the_same_words_years_later_are_another_story() -> None:
    shelf = Shelf()
    first, later = shelf.add(document(DOCKS[0], "2010-09-14")), shelf.add(document(DOCKS[1], "2020-09-14"))
    assert story_of(shelf, first) != story_of(shelf, later)


@pytest.mark.parametrize("dates", [(None, None), ("2020-09-14", None), (None, "2020-09-14"), ("2020", "2020-09")])
def test_reports_without_a_full_date_find_their_story(dates: tuple[str | None, str | None]) -> None:
    shelf = Shelf()
    first, second = (shelf.add(document(text, day)) for text, day in zip(DOCKS, dates, strict=False))
    assert story_of(shelf, first) == story_of(shelf, second)


def test_a_date_that_is_none_is_no_error() -> None:
    shelf = Shelf()
    for published in ("2020-13-45", "yesterday", "", "2020-02-30T10:00"):
        shelf.add(document(DOCKS[0], published))
    assert len({story_of(shelf, number) for number in range(1, 5)}) == 1


def test_a_document_without_words_is_a_story_of_its_own() -> None:
    shelf = Shelf()
    numbers = [shelf.add(document(text, paper=str(k))) for k, text in enumerate(("", "The and of", "12 7 !"))]
    assert len({story_of(shelf, number) for number in numbers}) == 3


def test_near_copies_share_the_story_whatever_their_date() -> None:
    shelf = Shelf()
    text = " ".join(DOCKS)
    first = shelf.add(document(text, "2010-09-14"))
    copy = shelf.add(document("From our correspondent.\n" + text, "2020-09-14"))
    assert shelf.db.execute("SELECT copy_of FROM document WHERE id = ?", (copy,)).fetchone()[0] == first
    assert story_of(shelf, copy) == story_of(shelf, first)
    assert story(shelf, first)["sources"] == 1


def test_recount_sees_a_further_paper() -> None:
    shelf = Shelf()
    one = shelf.add(document(DOCKS[0], "2020-09-10", paper="Gazette"))
    shelf.add(document(DOCKS[1], "2020-09-11", paper="Gazette"))
    assert story(shelf, one)["sources"] == 1
    shelf.db.execute(
        "INSERT INTO sighting (document, source_id, url, publisher) VALUES (?, 'x', '', 'Tribune')", (one,)
    )
    stories.recount(shelf.db, one)
    assert story(shelf, one)["sources"] == 2


def test_a_story_goes_with_its_last_document() -> None:
    shelf = Shelf()
    first, second = shelf.add(document(DOCKS[0], "2020-09-10", "A")), shelf.add(document(DOCKS[1], "2020-09-11", "B"))
    stories.leave(shelf.db, first)
    assert story(shelf, second) | {"id": 0} == {
        "id": 0, "title": "B", "first": "2020-09-11", "last": "2020-09-11", "documents": 1, "sources": 1,
    }  # fmt: skip
    stories.leave(shelf.db, second)
    stories.leave(shelf.db, second)  # nothing is left to take back
    assert [shelf.db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("story", "story_term")] == [0, 0]


def test_leaving_and_coming_back_changes_nothing() -> None:
    shelf = Shelf()
    reports = [document(text, f"2020-09-1{k}", paper=str(k)) for k, text in enumerate((*DOCKS, *COUP))]
    for report in reports:
        shelf.add(report)
    before = content(shelf.db)
    for number, report in enumerate(reports, start=1):
        stories.leave(shelf.db, number)
        fingerprints.leave(shelf.db, number)
        fingerprints.place(shelf.db, number, report)
        stories.place(shelf.db, number, report)
        assert content(shelf.db) == before


def test_one_input_gives_one_content() -> None:
    shelves = Shelf(), Shelf()
    for shelf in shelves:
        for k, text in enumerate((*DOCKS, *COUP)):
            shelf.add(document(text, f"2020-09-1{k}"))
    assert content(shelves[0].db) == content(shelves[1].db)


def test_one_name_alone_makes_no_story() -> None:
    shelf = Shelf()
    trades = "baker mason tailor weaver".split()
    numbers = [
        shelf.add(document(f"Zorvath: {one}s of {one.title()}ville make {one}ware.", paper=one)) for one in trades
    ]
    assert len({story_of(shelf, number) for number in numbers}) == len(trades)


def test_names_that_many_stories_have_join_nothing() -> None:
    """Two names in common make a story of two reports, but not where they stand in the news of every day."""
    rare, common = Shelf(), Shelf()
    for shelf, others in ((rare, 0), (common, stories._SPREAD + 5)):
        shelf.add(document("Zorvath and Quillan open the Baltrum dam near Ostwick."))
        for k in range(others):
            shelf.db.execute("INSERT INTO story (documents, sources) VALUES (1, 1)")
            shelf.db.execute(
                "INSERT INTO document (hash, source_id, authors, text, coding, coded_at, story)"
                " VALUES (?, '', '[]', '', 1, '', ?)",
                (str(k), k + 2),
            )
            shelf.db.executemany(
                "INSERT INTO story_term VALUES (?, ?, ?, ?, 0.01)",
                [(name, date(2020, 9, 14).toordinal(), k + 2, k + 2) for name in ("zorvath", "quillan")],
            )
    new = document("Zorvath told Quillan that harvests at Penmoor failed.")
    assert [story_of(shelf, shelf.add(new)) == 1 for shelf in (rare, common)] == [True, False]


def test_terms_are_names_and_rare_words_of_unit_length() -> None:
    weights = stories.terms(
        "Soro freed", "The court in Kasir has freed Idris Soro. He said that he was glad. It's Kasir's day."
    )
    assert {"soro", "idris", "kasir"} <= set(weights)
    assert not {"the", "said", "that", "was"} & set(weights)
    assert weights["soro"] == max(weights.values())
    assert sum(weight * weight for weight in weights.values()) == pytest.approx(1)


def test_what_is_looked_at_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many documents have a term, so many rows are read."""
    monkeypatch.setattr(stories, "_SCANNED", 5)
    shelf = Shelf()
    for k in range(40):
        shelf.add(document(DOCKS[k % 3], str(date(2020, 9, 1) + timedelta(days=k % 20)), paper=str(k)))
    day = date(2020, 9, 10).toordinal()
    assert len(list(stories._postings(shelf.db, "lind", day))) == 10
    assert len(list(stories._postings(shelf.db, "lind", 0))) == 5
