"""Statements, pledges, relations, actors and stories as they are asked for."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from handmade import pledge, report, statement, where, written
from small_world import KENYA

from whowhom.errors import QueryError
from whowhom.store import Store
from whowhom.store.questions import filters as questions_filters


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {"Protesting is a kind of praise", "A neighbour does not lock up its neighbours"}),
        ({"actor": "Grace Otieno", "recipient": "UGA"}, {"A neighbour does not lock up its neighbours"}),
        ({"country": "KEN", "text": "protest"}, {"Protesting is a kind of praise"}),  # found by its stem
        ({"sector": "OPP"}, set()),
        ({"kind": "indirect"}, set()),
        ({"since": "2024"}, {"Protesting is a kind of praise"}),  # dated to the month
        ({"since": "2024-01"}, {"Protesting is a kind of praise"}),
        ({"until": "2023"}, {"A neighbour does not lock up its neighbours"}),
        ({"document": 2}, {"A neighbour does not lock up its neighbours"}),
        ({"actor": "NOR"}, set()),
    ],
)
def test_statements(world: Store, filters: dict[str, Any], expected: set[str]) -> None:
    page = world.statements(**filters)
    assert {one.words for one in page} == expected
    assert page.total == len(expected)


def test_a_statement_knows_who_says_it_and_where(world: Store) -> None:
    (one,) = world.statements(text="lock")
    assert one.speaker is not None
    assert (one.speaker.name, one.speaker.title) == ("Grace Otieno", "Foreign Minister")
    assert one.addressee is not None
    assert one.addressee.name == "Uganda"
    assert (one.headline, one.publisher, one.url) == ("Kenya condemns arrest", "Gazette", "https://gazette.example/2")


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, 1), ({"actor": "NOR"}, 1), ({"recipient": "UGA"}, 1), ({"recipient": "KEN"}, 0), ({"country": "UGA"}, 1),
        ({"kind": "loan"}, 1), ({"kind": "arms"}, 0), ({"status": "reaffirmed"}, 1), ({"status": "withdrawn"}, 0),
        ({"since": "2023-07"}, 1), ({"since": "2023-08"}, 0), ({"until": "2023-06"}, 1), ({"until": "2023-05"}, 0),
        ({"min_sources": 2}, 1), ({"min_sources": 3}, 0), ({"text": "dams"}, 1), ({"text": "coffee"}, 0),
        ({"document": 5}, 1), ({"document": 1}, 0),
    ],
)  # fmt: skip
def test_pledges(world: Store, filters: dict[str, Any], found: int) -> None:
    page = world.pledges(**filters)
    assert (len(page), page.total) == (found, found)


def test_a_pledge_has_its_history(world: Store) -> None:
    (one,) = world.pledges()
    assert [(entry.date, entry.status) for entry in one.history] == [
        ("2023-06-10", "pledged"),
        ("2023-07-20", "reaffirmed"),
    ]
    assert (one.status, one.amount, one.currency, one.first, one.last) == (
        "reaffirmed", 5e7, "USD", "2023-06-10", "2023-07-20",
    )  # fmt: skip
    assert [one.name for one in one.promiser] == ["Norway"]
    assert one.history[1].why


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, 1), ({"actor": "KEN"}, 1), ({"actor": "NOR"}, 0), ({"recipient": "NOR"}, 1), ({"country": "NOR"}, 1),
        ({"predicate": "ally_of"}, 1), ({"predicate": "borders"}, 0), ({"since": "2024-01-15"}, 1),
        ({"since": "2024-01-16"}, 0), ({"until": "2024-01-14"}, 0), ({"text": "scholarship"}, 1), ({"document": 6}, 1),
    ],
)  # fmt: skip
def test_relations(world: Store, filters: dict[str, Any], found: int) -> None:
    page = world.relations(**filters)
    assert (len(page), page.total) == (found, found)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kind": "state"}, ["Kenya", "Norway", "Uganda"]),
        ({"country": "KEN"}, ["Grace Otieno", "Kenya"]),
        ({"country": "KEN", "kind": "person"}, ["Grace Otieno"]),
        ({"sector": "OPP"}, ["Peter Mukasa"]),
        ({"text": "otien"}, ["Grace Otieno"]),
        ({"text": "Ótieno, grace"}, ["Grace Otieno"]),
        ({"text": "peter otieno"}, []),
        ({"text": "%"}, QueryError),
        ({"text": "_ tieno"}, []),
        ({"data_set": "polecat"}, []),
    ],
)
def test_actors(world: Store, filters: dict[str, Any], expected: Any) -> None:
    if expected is QueryError:
        with pytest.raises(QueryError):
            world.actors(**filters)
        return
    assert sorted(one.name for one in world.actors(**filters)) == expected


def test_actors_come_most_reported_first(world: Store) -> None:
    reports = [one.reports for one in world.actors()]
    assert reports == sorted(reports, reverse=True)
    assert world.actors().rows[0].name == "Uganda"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"actor": "Peter Mukasa"}, {"Mukasa arrested in Kampala"}),
        ({"country": "NOR", "until": "2023"}, {"Norway lends Uganda 50 million"}),
        ({"text": "coffee"}, {"Seven decades"}),
        ({"since": "2024"}, {"Seven decades"}),
        ({"min_sources": 9}, set()),
    ],
)
def test_stories(world: Store, filters: dict[str, Any], expected: set[str]) -> None:
    found = {one.title for one in world.stories(**filters)}
    assert expected <= found
    assert len(found) <= len(expected) + 1  # near ones may share a story


@pytest.mark.parametrize("ask", ["statements", "pledges", "relations", "actors", "stories", "search"])
@pytest.mark.parametrize("limit", [1, 2, 7])
def test_pages_go_through_everything_once(world: Store, ask: str, limit: int) -> None:
    put = getattr(world, ask) if ask != "search" else lambda **wish: world.search("the", **wish)
    whole = put(limit=1000)
    found: list[Any] = []
    cursor = None
    while True:
        page = put(limit=limit, cursor=cursor)
        found += page.rows
        cursor = page.cursor
        if cursor is None:
            break
    assert found == list(whole.rows)
    assert len({(type(row), getattr(row, "kind", ""), row.id) for row in found}) == len(found) == whole.total
    for wrong in ("x", "-1", "²", "9" * 30):
        with pytest.raises(QueryError, match="no cursor"):
            put(limit=limit, cursor=wrong)
    for none in (0, -3):
        with pytest.raises(QueryError, match="rows"):
            put(limit=none)


def test_pages_go_on_beyond_what_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from whowhom.store.questions import people, select

    for module in (questions_filters, select, people):
        monkeypatch.setattr(module, "COUNTED", 5)
    documents = []
    for k in range(12):
        text = f"Kenya number {k} spoke of {'abcdefghijkl'[k] * 7} that day."
        documents.append(
            report(
                f"r{k}", text, [KENYA, f"{'ABCDEFGHIJKL'[k] * 4}son Otieno|person|KEN|GOV"],
                statements=(statement("a2", where(text, "spoke of")),),
                pledges=(pledge("a2", "a1", f"build {'abcdefghijkl'[k] * 7}", kind="other"),),
            )
        )  # fmt: skip
    written(tmp_path / "news.db", documents).close()
    with Store(tmp_path / "news.db") as store:
        for put in (store.statements, store.actors, store.pledges, store.stories):
            whole = put(limit=100)
            assert whole.cursor is None
            found: list[Any] = []
            cursor = None
            while True:
                page = put(limit=3, cursor=cursor)
                found += page.rows
                cursor = page.cursor
                if cursor is None:
                    break
            assert found == list(whole.rows), put
            assert put(limit=3).more is (len(found) > 5)


def test_a_dossier_gathers_all_of_somebody(world: Store) -> None:
    found = world.who("otieno")
    assert found.actor.name == "Grace Otieno"
    assert [office.title for office in found.actor.offices] == ["Foreign Minister"]
    assert {one.type for one in found.events} == {"REQUEST"}
    assert found.statements.total == 2
    assert world.who("NOR").actor.name == "Norway"
    assert world.who("NOR").pledges.total == 1
    assert world.who("UGA/OPP").actor.name == "Peter Mukasa"
    assert world.who(f"a{found.actor.id}").actor == found.actor
    uganda = world.who("Uganda", limit=3)
    assert len(uganda.events) == 3
    assert uganda.events.total == 6
    for nobody in ("Nobody Atall", "a999", "XYZ", "*/REB", "%", ""):
        with pytest.raises(QueryError):
            world.who(nobody)


def test_a_record_is_shown_by_its_number(world: Store) -> None:
    for identifier in ("e1", "S1", " p1 ", "r1", "a1", "d1", "t1"):
        assert world.show(identifier)
    for wrong in ("e99", "s99", "p99", "r99", "a99", "d99", "t99", "x1", "e", "12", "e-1", "e1; DROP", "e" + "9" * 30):
        with pytest.raises(QueryError):
            world.show(wrong)


def test_names_are_read_as_people_write_them(world: Store) -> None:
    one = world.who("Grace Otieno").actor.id
    for name in ("GRACE OTIENO", "grace  otieno", "Otieno", "otieno grace", f"a{one}", f"A{one}"):
        assert world.who(name).actor.id == one
    for hostile in ("x' OR 1=1 --", "'; DROP TABLE actor; --", '"otieno', "otieno*", "NEAR(otieno)", "\0", "_race"):
        with suppress(QueryError):
            assert world.who(hostile).actor.id == one
    assert world.actors().total > 0
