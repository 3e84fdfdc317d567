"""Who is most active, who has to do with whom, where things happen, whole reports, and who may be meant."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from handmade import event, report, written
from hypothesis import given
from hypothesis import strategies as st

from whowhom.errors import QueryError
from whowhom.records import Place
from whowhom.store import Store
from whowhom.store.questions import Filter, overview, spans
from whowhom.store.questions.network import connections, network
from whowhom.store.questions.overview import top
from whowhom.store.questions.people import absent_country, suggest
from whowhom.store.questions.places import places
from whowhom.store.questions.pledges import totals
from whowhom.store.questions.report import report as report_of
from whowhom.store.questions.spans import Span

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


@given(DAYS, DAYS)
def test_months_and_days_beside_them_make_up_a_span(one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    months, edges = Span(first.isoformat(), last.isoformat()).parts()
    covered = [(date.fromisoformat(e.since), date.fromisoformat(e.until)) for e in edges]
    if months:
        end = date.fromisoformat(f"{months[1]}-01").replace(day=28)
        while (end + timedelta(days=1)).month == end.month if end != date.max else False:
            end += timedelta(days=1)
        covered.append((date.fromisoformat(f"{months[0]}-01"), end))
    covered.sort()
    assert covered[0][0] == first
    assert covered[-1][1] == last
    for (_, ends), (begins, _) in pairwise(covered):
        assert begins == ends + timedelta(days=1)


@given(DAYS, DAYS)
def test_the_span_before_is_as_long_and_ends_the_day_before(one: date, other: date) -> None:
    span = Span(min(one, other).isoformat(), max(one, other).isoformat())
    past = span.before()
    if past is not None:
        first, last, since, until = map(date.fromisoformat, (past.since, past.until, span.since, span.until))
        assert last + timedelta(days=1) == since
        assert last - first == until - since


def test_the_year_before_the_latest_report_is_looked_at(world: Store) -> None:
    found = top(world.db, Filter())
    assert (found.since, found.until) == ("2023-01-16", "2024-01-15")
    assert (found.before_since, found.before_until) == ("2022-01-16", "2023-01-15")
    best = found.actors[0]
    assert (best.actor.name, best.events, best.before, best.by_quad) == ("Uganda", 5, 0, {"1": 1, "3": 4})
    pair = next(one for one in found.dyads if (one.actor_country, one.recipient_country) == ("UGA", "KEN"))
    assert (pair.events, pair.by_quad) == (2, {"3": 2})
    assert not found.bounded


def test_those_of_a_filter_are_counted(world: Store) -> None:
    found = top(world.db, Filter(type=("AGREE",), since="2023-06", until="2023-06"))
    assert [(one.actor.name, one.events) for one in found.actors] == [("Uganda", 1), ("Norway", 1)]
    assert top(world.db, Filter(since="1900", until="1901")).actors == ()


def test_a_large_span_is_counted_from_what_the_store_keeps(world: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    wishes = [
        Filter(since=since, until=until, quad=quad)
        for since, until in (("2023-01-01", "2024-12-31"), ("2023-05-02", "2023-06-10"), ("2023-05-05", "2023-05-05"))
        for quad in ((), (3,), (1, 4))
    ]
    one_by_one = [top(world.db, wish) for wish in wishes]
    maps = [places(world.db, wish) for wish in wishes]
    monkeypatch.setattr(overview, "MOST", -1)
    monkeypatch.setattr("whowhom.store.questions.places.MOST", -3)
    assert [top(world.db, wish) for wish in wishes] == one_by_one
    assert [places(world.db, wish) for wish in wishes] == maps


def test_more_are_counted_until_nobody_else_can_be_among_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody with few events of all time leads a span in which the others have none."""
    documents = []
    for k in range(6):
        text = f"Number {k} " + " ".join(f"word{k}{n}" for n in range(30))
        who = "Late One|person|KEN|OPP" if k == 5 else f"Early {k % 2}|person|KEN|OPP"
        day = "2023-05-20" if k == 5 else f"2021-0{k + 1}-01"
        documents.append(report(f"r{k}", text, [who], published=day, events=(event("AID", ["a1"], start=day),)))
    store = Store(tmp_path / "news.db") if written(tmp_path / "news.db", documents).close() is None else None
    assert store is not None
    monkeypatch.setattr(overview, "MOST", -1)
    monkeypatch.setattr(overview, "_CANDIDATES", (1, 2, 3))
    found = top(store.db, Filter(since="2023"), limit=1)
    assert [one.actor.name for one in found.actors] == ["Late One"]


def test_too_many_events_are_cut_to_the_newest(world: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = spans.newest
    monkeypatch.setattr(overview, "newest", lambda db, wish: newest(db, wish, 2))
    found = top(world.db, Filter(country=("KEN",), since="2023", until="2024"))
    assert found.bounded
    assert (found.since, found.until) == ("2023-05-05", "2024-12-31")
    assert sum(one.events for one in found.dyads) <= 3


def test_network(world: Store) -> None:
    found = network(world.db, Filter())
    names = {one.actor.actor: one.actor.name for one in found.nodes}
    edges = Counter((names[e.source], names[e.target], e.quad) for e in found.edges for _ in range(e.events))
    assert edges["Uganda", "Kenya", 3] == 2
    assert edges["Kenya", "Norway", 1] == 1
    assert edges["Ugandan police", "Peter Mukasa", 4] == 1
    assert found.since is None
    assert {e.source for e in found.edges} | {e.target for e in found.edges} == set(names)
    assert network(world.db, Filter(country=("NOR",)), limit=2).nodes[0].events == 2
    assert network(world.db, Filter(since="1900", until="1900")).nodes == ()


def test_connections(world: Store) -> None:
    uganda = next(one for one in world.actors(text="uganda") if one.name == "Uganda")
    found = connections(world.db, uganda.id)
    assert [(one.actor.name, one.events) for one in found][:2] == [("Kenya", 4), ("Grace Otieno", 1)]


def test_places(tmp_path: Path) -> None:
    one = dataclasses.replace(event("AID", ["a1"]), place=Place("Busia", "KEN", 1, 0.5, 34.0))
    other = dataclasses.replace(event("ACCUSE", ["a1"], evidence=((6, 9),)), place=Place("Busia", "KEN", 1, 0.5, 34.0))
    nowhere = event("AID", ["a1"], evidence=((10, 13),), place="Somewhere")
    written(
        tmp_path / "news.db", [report("r", "words " * 20, ["Kenya|state|KEN|GOV"], events=(one, other, nowhere))]
    ).close()
    with Store(tmp_path / "news.db") as store:
        for wish in (Filter(), Filter(country=("KEN",)), Filter(since="2023-05-01", until="2023-05-01")):
            found = places(store.db, wish)
            assert [(p.place, p.country, p.lat, p.lon, p.events, p.by_quad) for p in found.rows] == [
                ("Busia", "KEN", 0.5, 34.0, 2, {"2": 1, "3": 1})
            ]
            assert (found.without, found.places, found.since) == (1, 1, None)


def test_pledge_totals(world: Store) -> None:
    assert [(t.currency, t.kind, t.status, t.pledges, t.amount) for t in totals(world.db, Filter())] == [
        ("USD", "loan", "reaffirmed", 1, 5e7)
    ]
    assert totals(world.db, Filter(actor=("KEN",))) == ()


def test_a_report_has_its_text_and_all_that_rests_on_it(world: Store) -> None:
    found = report_of(world.db, 2)
    assert found.document.title == "Kenya condemns arrest"
    first, second = found.events
    assert [(first["type"], first["actors"], first["recipients"]), (second["status"], second["actors"])] == [
        ("ACCUSE", ["a1"], ["a3"]), ("planned", ["a2"])
    ]  # fmt: skip
    ((start, end),) = first["trigger"]
    assert found.text[start:end] == "condemned the arrest"
    (said,) = found.statements
    assert (said["speaker"], said["addressee"]) == ("a2", "a3")
    (office,) = found.roles
    assert (office["id"], office["actor"], office["title"]) == ("o1", "a2", "Foreign Minister")
    assert {one["local"] for one in found.actors} == {"a1", "a2", "a3"}
    assert report_of(world.db, 4).pledges[0]["promiser"] == ["a1"]
    assert report_of(world.db, 6).relations[0]["predicate"] == "ally_of"


@pytest.mark.parametrize(
    ("text", "first"),
    [("ken", "KEN"), ("Kenya", "KEN"), ("KEN", "KEN"), ("ugan", "UGA"), ("gra", "Grace Otieno"),
     ("otieno g", "Grace Otieno"), ("norw", "NOR"), ("muk", "Peter Mukasa")],
)  # fmt: skip
def test_the_first_letters_suggest_who_is_meant(world: Store, text: str, first: str) -> None:
    found = suggest(world.db, text)
    assert first in (found[0].value, found[0].name)


@pytest.mark.parametrize("text", ["", "  ", "zzz", '"', "*", "a OR b", "\0", "é" * 300, "NEAR(a b)"])
def test_what_nobody_is_called_suggests_nobody(world: Store, text: str) -> None:
    assert suggest(world.db, text) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [("Iceland", "ISL"), (" iceland ", "ISL"), ("ISL", "ISL"), ("isl", "ISL"), ("Icel", None),
     ("Kenya", None), ("KEN", None), ("Atlantis", None), ("", None)],
)  # fmt: skip
def test_a_country_of_which_the_store_has_nobody_is_known_by_its_full_name(
    world: Store, text: str, code: str | None
) -> None:
    found = absent_country(world.db, text)
    assert (found and found.value) == code


def test_a_country_without_events_is_told_as_such_and_not_as_an_unknown_word(world: Store) -> None:
    with pytest.raises(QueryError, match="no events of Iceland in this store"):
        world.events(actor="Iceland")
    with pytest.raises(QueryError, match="nobody in this store is called 'Atlantis'"):
        world.events(actor="Atlantis")
