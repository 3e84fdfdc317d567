"""Search and what drives a query."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from handmade import event, report, statement, where, written
from hypothesis import given, settings
from hypothesis import strategies as st
from small_world import WORLD

from whowhom.errors import QueryError
from whowhom.store import Store
from whowhom.store.questions import conditions
from whowhom.store.questions.filters import Filter, checked, first_day, last_day, quad_number
from whowhom.store.questions.search import CLOSE, OPEN, without_markup
from whowhom.store.questions.select import matching


def places(store: Store, words: str, **more: object) -> list[tuple[str, int]]:
    return [(hit.kind, hit.document) for hit in store.search(words, **more)]  # type: ignore[arg-type]


def test_words_are_found_by_stem_and_accent_in_any_order(world: Store) -> None:
    for words in ("trumpet", "TRUMPETS", "trúmpets ceremonies", '"full of trumpets"', "of full trumpets"):
        assert places(world, words) == [("report", 4)], words
    assert places(world, '"trumpets full"') == []
    assert places(world, "trumpets herring") == []


def test_accents_in_the_text_are_found_without_them(tmp_path: Path) -> None:
    text = "Guðrún Þórsdóttir sprach in Zürich über Fußball, dit-on à São Paulo, in a café in Łódź, on a Monday."
    written(tmp_path / "news.db", [report("r", text, [])]).close()
    with Store(tmp_path / "news.db") as store:
        for words in ("Zurich", "sao paulo", "cafes", "Zürich", "cafe\u0301"):
            assert places(store, words) == [("report", 1)], words


def test_statements_and_pledges_are_found_as_such(world: Store) -> None:
    assert places(world, "neighbours lock") == [("report", 2), ("statement", 2)]
    assert {kind for kind, _ in places(world, "dam loan")} == {"report", "pledge"}
    hit = next(one for one in world.search("praise") if one.kind == "statement")
    assert hit.speaker == "Grace Otieno"
    assert f"{OPEN}praise{CLOSE}" in hit.excerpt


def test_every_report_on_a_pledge_leads_to_the_one_commitment(world: Store) -> None:
    hits = [hit for hit in world.search("dam loan") if hit.kind == "pledge"]
    assert sorted(hit.document for hit in hits) == [4, 5]
    (one,) = {hit.id for hit in hits}
    assert {entry.document for entry in world.pledges(text="dam").rows[0].history} == {4, 5}
    assert world.pledges(text="dam").rows[0].id == one


@pytest.mark.parametrize(
    ("excerpt", "expected"),
    [
        ("# Iceland {and} Norway\n\nBy Fergus Daly", "Iceland {and} Norway By Fergus Daly"),
        ("… quay.\n\n## {Fish}\n\nThe **{fish} market** and *others*", "… quay. {Fish} The {fish} market and others"),
        ("> A quotation\n> of {fish}\n- one\n* two\n+ three", "A quotation of {fish} one two three"),
        ("Title\n=====\nWords\n-----\nmore\n***\nend", "Title Words more end"),
        ("see [the {fish}](https://a.example/{fish}), ![a boat](b.png), `code`", "see the {fish}, a boat, code"),
        ("a #tag, issue #4, C# and 5 * 3 * 2", "a #tag, issue #4, C# and 5 * 3 * 2"),
        ("snake_case_name and __init__ - a dash -5", "snake_case_name and init - a dash -5"),
        ("OSLO - Norway\n  said", "OSLO - Norway said"),
        ("#", ""),
    ],
)  # fmt: skip
def test_an_excerpt_is_text_without_the_marks_of_markdown(excerpt: str, expected: str) -> None:
    marks = str.maketrans({"{": OPEN, "}": CLOSE})
    assert without_markup(excerpt.translate(marks)) == expected.translate(marks)


def test_a_search_can_be_bounded_in_time(world: Store) -> None:
    assert places(world, "engineers") == [("report", 4), ("report", 5)] or places(world, "engineers") == [
        ("report", 5),
        ("report", 4),
    ]
    assert places(world, "engineers", since="2023-07") == [("report", 5)]
    assert places(world, "engineers", until="2023-06") == [("report", 4)]


def test_near_copies_are_left_out_unless_wanted(tmp_path: Path) -> None:
    arrest = WORLD[0]
    written(tmp_path / "news.db", [arrest, report("copy", arrest.text + " Nothing more was known.", [])]).close()
    with Store(tmp_path / "news.db") as store:
        assert places(store, "bread") == [("report", 1)]
        assert sorted(places(store, "bread", copies=True)) == [("report", 1), ("report", 2)]


@pytest.mark.parametrize(
    "words",
    ['"', '""', "*", "NEAR(", "col:x", "title:dam", "dam OR bread", "dam AND", "NOT dam", "(dam", "dam)", "^dam",
     "dam*", "-dam", "+", "{a b}", "'; DROP TABLE event; --", "\0", "dam\0bread", "\udcff", "dam \udcff", '"dam',
     'dam"', "rowid:1", "a" * 10_000, "é́", "🐟", "\u202e"],
)  # fmt: skip
def test_no_word_is_taken_for_an_order(world: Store, words: str) -> None:
    """Any text is answered, or refused with a sentence; never an error of the database."""
    for put in (world.search, world.events, world.statements, world.pledges, world.relations, world.stories,
                world.actors, world.timeline):  # fmt: skip
        with suppress(QueryError):
            put(words) if put == world.search else put(text=words)
    assert places(world, "trumpets") == [("report", 4)]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=12))
def test_no_text_at_all_breaks_a_search(world: Store, words: str) -> None:
    for put in (world.search, lambda text: world.events(text=text), lambda text: world.actors(text=text),
                lambda text: world.who(text), lambda text: world.events(place=text, mode=text)):  # fmt: skip
        with suppress(QueryError):
            put(words)


def test_operators_are_words_like_others() -> None:
    assert matching("fish OR cod") == '"fish" "OR" "cod"'
    assert matching('a "b  c" d') == '"a" "b c" "d"'
    assert matching('a "b c') == '"a" "b" "c"'
    assert matching("a\0b") == '"a" "b"'
    assert matching('" "') == ""


def test_the_smallest_set_drives_a_query(tmp_path: Path) -> None:
    documents = []
    for k in range(30):
        text = f"Kenya praised {'x' * k} on day {k}." + (" A zebra was there." if k == 7 else "")
        documents.append(
            report(f"r{k}", text, ["Kenya|state|KEN|GOV", "Uganda|state|UGA|GOV" if k % 3 else "Norway|state|NOR|GOV"],
                   events=(event("SUPPORT", ["a1"], ["a2"], start=f"2023-05-{k + 1:02d}",
                                 place="Oslo" if k < 3 else None),))
        )  # fmt: skip
    db = written(tmp_path / "news.db", documents)
    for wish, part in (
        (Filter(actor=("KEN",), text="zebra"), "text_search"),
        (Filter(actor=("KEN",), place="Oslo"), "place"),
        (Filter(actor=("KEN",), document=3), "document"),
        (Filter(actor=("KEN",), since="2023-05-28"), "date"),
        (Filter(country=("NOR",), type=("SUPPORT",)), "party"),
    ):
        chosen = conditions.events(db, checked(wish))
        assert chosen.best is not None
        assert part in (chosen.best.ids or ""), wish
        assert chosen.small
        where_, values = chosen.where()
        assert db.execute(f"SELECT count(*) FROM event e WHERE {where_}", values).fetchone()[0] == chosen.size
    assert conditions.events(db, Filter()).best is None
    db.close()


def test_a_large_set_is_walked_with_the_same_answer(
    world_file: Path, world: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from whowhom.store.questions import select

    wishes: list[dict[str, object]] = [
        {"actor": "KEN"}, {"country": "KEN"}, {"country": ["KEN", "UGA"]}, {"actor": "UGA", "recipient": "KEN"},
        {"country": "UGA", "type": "COERCE"}, {"sector": "GOV"}, {"since": "2023-05-02"}, {"type": ["ACCUSE", "AID"]},
        {"country": "KEN", "status": "occurred", "until": "2023"}, {},
    ]  # fmt: skip
    sorts = ("date", "-date", "score")
    small = [[one.id for one in world.events(sort=sort, **wish)] for wish in wishes for sort in sorts]  # type: ignore[arg-type]
    monkeypatch.setattr(select, "_SMALL", 0)
    large = [[one.id for one in world.events(sort=sort, **wish)] for wish in wishes for sort in sorts]  # type: ignore[arg-type]
    assert large == small
    for wish in wishes:  # and page by page
        found: list[int] = []
        cursor = None
        while True:
            page = world.events(limit=2, cursor=cursor, **wish)  # type: ignore[arg-type]
            found += [one.id for one in page]
            cursor = page.cursor
            if cursor is None:
                break
        assert found == [one.id for one in world.events(**wish)]  # type: ignore[arg-type]
    assert world_file.exists()


def test_dates_of_any_precision_have_a_first_and_a_last_day() -> None:
    assert [first_day(one) for one in ("2023", "2023-02", "2023-02-14")] == ["2023-01-01", "2023-02-01", "2023-02-14"]
    assert [last_day(one) for one in ("2023", "2023-02", "2024-02", "2023-12", "9999")] == [
        "2023-12-31", "2023-02-28", "2024-02-29", "2023-12-31", "9999-12-31",
    ]  # fmt: skip


def test_quad_classes_are_known_by_number_and_by_name() -> None:
    assert [quad_number(one) for one in ("1", "material cooperation", "verbal-conflict", "mat conf")] == [1, 2, 3, 4]
    for wrong in ("5", "conflict", "", "verbal"):
        with pytest.raises(QueryError):
            quad_number(wrong)


def test_what_was_said_twice_is_found_twice(tmp_path: Path) -> None:
    text = "“Fish is fish,” said Anna Berg, a fisher from Bodo, at noon. “Fish is gold,” said her brother at night."
    said = tuple(statement("a1", where(text, words)) for words in ("Fish is fish", "Fish is gold"))
    written(tmp_path / "news.db", [report("r", text, ["Anna Berg|person|NOR|"], statements=said)]).close()
    with Store(tmp_path / "news.db") as store:
        assert [hit.kind for hit in store.search("fish")] == ["report", "statement", "statement"]
        assert store.search("fish").total == 3
