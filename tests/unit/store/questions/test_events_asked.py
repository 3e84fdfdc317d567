from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from handmade import event, report, written
from hypothesis import given, settings
from hypothesis import strategies as st

from whowhom.errors import QueryError
from whowhom.records import Event
from whowhom.store import Store
from whowhom.store.questions.counts import PERIODS
from whowhom.store.questions.events import SORTS
from whowhom.store.rows import Period, StoredEvent


def kinds(found: Iterable[StoredEvent]) -> list[str | None]:
    return [one.type for one in found]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"actor": "KEN"}, ["ACCUSE", "REQUEST", "SUPPORT"]),
        ({"recipient": "KEN"}, ["AID", "REJECT", "THREATEN"]),
        ({"country": "NOR"}, ["AGREE", "SUPPORT"]),
        ({"actor": "UGA/COP"}, ["COERCE"]),
        ({"actor": "*/COP"}, ["COERCE"]),
        ({"actor": "UGA", "recipient": "KEN"}, ["AID", "REJECT", "THREATEN"]),
        ({"actor": "KEN", "recipient": "NOR"}, ["SUPPORT"]),
        ({"actor": ["NOR", "UGA/COP"]}, ["AGREE", "COERCE"]),
        ({"actor": "Grace Otieno"}, ["REQUEST"]),
        ({"actor": "otieno"}, ["REQUEST"]),
        ({"recipient": "Peter Mukasa"}, ["COERCE"]),
        ({"sector": "OPP"}, ["COERCE"]),
        ({"sector": "opp"}, ["COERCE"]),
        ({"type": ["ACCUSE", "REJECT"]}, ["ACCUSE", "REJECT"]),
        ({"type": "accuse"}, ["ACCUSE"]),
        ({"mode": "arrest"}, ["COERCE"]),
        ({"quad": 4}, ["COERCE"]),
        ({"quad": "verbal-conflict"}, ["ACCUSE", "REJECT", "REQUEST", "THREATEN"]),
        ({"status": "planned"}, ["REQUEST"]),
        ({"since": "2023-06"}, ["AGREE", "SUPPORT"]),
        ({"since": "2024"}, ["SUPPORT"]),
        ({"until": "2023-05-01"}, ["COERCE", "REQUEST"]),
        ({"since": "2023-05-05", "until": "2023-05-05"}, ["REJECT", "THREATEN"]),
        ({"place": "kampala"}, ["COERCE"]),
        ({"place": "KEN"}, ["REQUEST", "SUPPORT", "THREATEN"]),
        ({"min_confidence": 0.85}, ["COERCE"]),
        ({"min_sources": 2}, []),
        ({"text": "trumpets"}, ["AGREE"]),
        ({"text": '"old allies"'}, ["SUPPORT"]),
        ({"text": "allies old"}, ["SUPPORT"]),
        ({"text": '"allies old"'}, []),
        ({"document": 3}, ["REJECT", "THREATEN"]),
        ({"data_set": "own", "status": "historical"}, ["AID"]),
        ({"data_set": "polecat"}, []),
        ({"actor": "UGA", "type": "THREATEN", "since": "2023-05", "until": "2023-05", "place": "Busia"}, ["THREATEN"]),
        ({"actor": "UGA", "type": "THREATEN", "place": "Kampala"}, []),
    ],
)
def test_each_filter_keeps_what_meets_it(world: Store, filters: dict[str, Any], expected: list[str]) -> None:
    page = world.events(**filters)
    assert sorted(kinds(page)) == expected  # type: ignore[type-var]
    assert page.total == len(expected)
    assert not page.more
    assert sorted(kinds(world.all_events(**filters))) == expected  # type: ignore[type-var]


def test_the_story_of_an_event_finds_it(world: Store) -> None:
    for story in world.stories():
        told = {document.id for document in world.show(f"t{story.id}").documents}  # type: ignore[union-attr]
        for one in world.all_events(story=story.id, told=True):
            assert told & {report.document for report in one.told}


@pytest.mark.parametrize(
    "filters",
    [
        {"actor": "Nobody Atall"}, {"actor": ""}, {"actor": "a99"}, {"type": "WAR"}, {"quad": 5}, {"quad": "²"},
        {"status": "maybe"}, {"since": "2023-13"}, {"since": "2023-02-30"}, {"since": "soon"},
        {"since": "2023-06", "until": "2023-05"}, {"text": '"'}, {"text": "\0"}, {"text": "\udcff"},
        {"place": "\udcff"}, {"story": 2**63}, {"min_sources": 10**30}, {"nonsense": 1}, {"limit": 0}, {"limit": -1},
        {"limit": 10**9}, {"sort": "beauty"}, {"cursor": "x"}, {"cursor": "2023-05-01~²"}, {"cursor": "0.5~1"},
        {"cursor": "2023-05-01~1", "sort": "score"}, {"cursor": "1e-05~x", "sort": "confidence"},
    ],
)  # fmt: skip
def test_a_question_that_is_none_is_told(world: Store, filters: dict[str, Any]) -> None:
    with pytest.raises(QueryError) as told:
        world.events(**filters)
    assert str(told.value)


def test_an_unknown_name_is_answered_with_names_near_it(world: Store) -> None:
    with pytest.raises(QueryError, match="Grace Otieno"):
        world.events(actor="Gracia Otien")


def test_a_filter_that_is_none_is_answered_with_those_there_are(world: Store) -> None:
    with pytest.raises(QueryError, match="actor, recipient"):
        world.events(who="KEN")


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_pages_go_through_everything_once(world: Store, sort: str, limit: int) -> None:
    whole = [one.id for one in world.events(sort=sort)]
    found: list[int] = []
    cursor = None
    while True:
        page = world.events(sort=sort, limit=limit, cursor=cursor)
        assert page.total == len(whole)
        assert len(page) == min(limit, len(whole) - len(found))
        found += [one.id for one in page]
        cursor = page.cursor
        if cursor is None:
            break
    assert found == whole
    assert len(set(found)) == len(found)


def test_orders_are_what_they_say(world: Store) -> None:
    dates = [one.date or "" for one in world.events()]
    assert dates == sorted(dates, reverse=True)
    assert dates[-1] == ""  # what has no date comes last
    assert [one.date or "" for one in world.events(sort="-date")] == dates[::-1]
    surest = [one.confidence for one in world.events(sort="confidence")]
    assert surest == sorted(surest, reverse=True)
    scores = [one.goldstein for one in world.events(sort="score")]
    assert scores == sorted(scores)


def test_an_event_is_proved_by_its_reports(world: Store) -> None:
    (found,) = world.all_events(type="COERCE", told=True)
    (told,) = found.told
    assert told.headline == "Mukasa arrested in Kampala"
    assert told.url == "https://herald.example/1"
    assert told.sentence == "arrested the opposition leader"
    assert told.sentence_number == 1
    assert told.actor_names == ("Ugandan police",)
    assert found.magnitude["injured"].low == 2
    assert found.recipients[0].title == "opposition leader"
    assert found.place is not None
    assert found.place.country == "UGA"


def test_data_frames_have_a_line_an_event(world: Store) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = world.events().to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert len(frame) == world.events().total


# --- events made by chance, counted in two ways ----------------------------------------------------------------------

_PARTIES = ["Kenya|state|KEN|GOV", "Uganda|state|UGA|GOV", "Norway|state|NOR|GOV", "rebels|group|UGA|REB"]
_DATES = st.one_of(
    st.none(),
    st.dates(
        min_value=__import__("datetime").date(2022, 11, 20), max_value=__import__("datetime").date(2024, 2, 10)
    ).map(str),
    st.sampled_from(["2022", "2023", "2023-01", "2023-02", "2023-12", "2024-01"]),
)
_SIDES = st.lists(st.sampled_from(["a1", "a2", "a3", "a4"]), max_size=2, unique=True)


@st.composite
def _event(draw: st.DrawFn) -> Event:
    actors = draw(_SIDES)
    recipients = [one for one in draw(_SIDES) if one not in actors]
    made = event(
        draw(st.sampled_from(["AGREE", "AID", "ACCUSE", "COERCE", "ASSAULT"])), actors, recipients,
        start=draw(_DATES), status=draw(st.sampled_from(["occurred", "planned"])),
        place=draw(st.sampled_from([None, "Kampala", "Oslo"])), place_country="UGA",
        confidence=draw(st.sampled_from([0.2, 0.5, 0.9])),
    )  # fmt: skip
    return replace(made, derived=replace(made.derived, goldstein=draw(st.sampled_from([-5.0, 0.0, 2.5]))))


_FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "actor": st.sampled_from(["KEN", "UGA", "UGA/REB", "*/GOV", "Norway"]),
        "recipient": st.sampled_from(["KEN", "UGA", "NOR"]),
        "country": st.sampled_from(["KEN", "UGA"]),
        "sector": st.sampled_from(["GOV", "REB"]),
        "type": st.lists(st.sampled_from(["AGREE", "COERCE", "AID"]), min_size=1, max_size=2, unique=True),
        "quad": st.sampled_from([1, 2, 3, 4]),
        "status": st.sampled_from(["occurred", "planned"]),
        "since": st.sampled_from(["2023", "2023-01", "2023-02-14", "2022-12-31"]),
        "until": st.sampled_from(["2024", "2023-06", "2023-12-31"]),
        "place": st.sampled_from(["kampala", "UGA"]),
        "min_confidence": st.sampled_from([0.4, 0.5]),
    },
)


def _is(party: Any, wish: str) -> bool:
    if "/" in wish:
        country, sector = wish.split("/")
        return country in ("*", party.country) and party.sector == sector
    return wish in (party.country, party.name)


def _meets(one: StoredEvent, filters: dict[str, Any]) -> bool:
    """The filters, in plain Python."""
    last = {"2024": "2024-12-31", "2023-06": "2023-06-30", "2023-12-31": "2023-12-31"}
    first = {"2023": "2023-01-01", "2023-01": "2023-01-01"}
    both = (*one.actors, *one.recipients)
    tests = {
        "actor": lambda v: any(_is(party, v) for party in one.actors),
        "recipient": lambda v: any(_is(party, v) for party in one.recipients),
        "country": lambda v: any(party.country == v for party in both),
        "sector": lambda v: any(party.sector == v for party in both),
        "type": lambda v: one.type in v,
        "quad": lambda v: one.quad == v,
        "status": lambda v: one.status == v,
        "since": lambda v: one.date is not None and one.date >= first.get(v, v),
        "until": lambda v: one.date is not None and one.date <= last[v],
        "place": lambda v: one.place is not None and (v == "UGA" or one.place.name == "Kampala"),
        "min_confidence": lambda v: one.confidence >= v,
    }
    return all(tests[name](value) for name, value in filters.items())


def _period(one: StoredEvent, by: str) -> str:
    """The period of an event, in plain Python: of one that is known to the year alone, the year."""
    known = one.start or one.date or ""
    if len(known) < PERIODS[by][0]:
        return known
    day = date.fromisoformat(one.date or "")
    return {
        "day": str(day),
        "week": "{}-W{:02d}".format(*day.isocalendar()[:2]),
        "month": str(day)[:7],
        "quarter": f"{day.year}-Q{(day.month + 2) // 3}",
        "year": str(day.year),
    }[by]


def _passes(one: StoredEvent, filters: dict[str, Any]) -> bool:
    """Whether a filter finds an event: also as one of a pair that meets or agrees."""
    rest = {name: value for name, value in filters.items() if name not in ("actor", "recipient")}
    pair = filters.get("actor", ""), filters.get("recipient", "")
    return _meets(one, filters) or (all(pair) and _mutual(one, *pair) and _meets(one, rest))


def _mutual(one: StoredEvent, first: str, second: str) -> bool:
    """Whether two countries meet or agree, both as actors and nobody as recipient: that goes both ways."""
    there = {party.country for party in one.actors}
    return (
        one.type in ("CONSULT", "COOPERATE", "AGREE")
        and not one.recipients
        and first != second
        and {first, second} <= there
    )


def _counted(events: Iterable[StoredEvent], by: str) -> list[tuple[str, int, int, float]]:
    numbers: Counter[tuple[str, int]] = Counter()
    scores: Counter[tuple[str, int]] = Counter()
    for one in events:
        if one.date is not None:
            numbers[_period(one, by), one.quad] += 1
            scores[_period(one, by), one.quad] += one.goldstein  # type: ignore[assignment]
    return [(period, quad, n, round(scores[period, quad] / n, 6)) for (period, quad), n in sorted(numbers.items())]


def _told(periods: Iterable[Period]) -> list[tuple[str, int, int, float]]:
    return [(one.period, one.quad, one.events, round(one.score, 6)) for one in periods]


@settings(max_examples=40, deadline=None)
@given(st.lists(_event(), max_size=12), st.lists(_FILTERS, min_size=3, max_size=3), st.data())
def test_what_is_found_and_counted_is_what_is_found_by_looking_at_each(
    made: list[Event], wishes: list[dict[str, Any]], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        documents = [
            report(f"r{k}", f"Report number {k} says {'x' * k} and more.", _PARTIES, published=None, events=(one,))
            for k, one in enumerate(made)
        ]
        known = report("all", "A report that names everybody.", _PARTIES, published=None, events=(
            event("CONSULT", ["a1", "a2", "a3", "a4"], start=None),))  # fmt: skip
        path = Path(folder, "news.db")
        written(path, [*documents, known]).close()
        with Store(path) as store:
            everything = list(store.all_events())
            assert len(everything) <= len(made) + 1
            for filters in ({}, *wishes):
                wanted = [one for one in everything if _passes(one, filters)]
                sort = data.draw(st.sampled_from(sorted(SORTS)))
                limit = data.draw(st.sampled_from([1, 3, 50]))
                found: list[StoredEvent] = []
                cursor = None
                while True:
                    page = store.events(sort=sort, limit=limit, cursor=cursor, **filters)
                    found += page.rows
                    cursor = page.cursor
                    if cursor is None:
                        break
                assert page.total == len(wanted)
                assert sorted(one.id for one in found) == [one.id for one in wanted]
                for by in PERIODS:
                    assert _told(store.timeline(by=by, **filters)) == _counted(wanted, by), (by, filters)
            for one, other in (("KEN", "UGA"), ("UGA", "UGA"), ("NOR", "KEN"), ("UGA/REB", "NOR")):
                both = [
                    x
                    for x in everything
                    if (_meets(x, {"actor": one}) and _meets(x, {"recipient": other})) or _mutual(x, one, other)
                ]
                for by in PERIODS:
                    assert _told(store.dyad(one, other, by=by)) == _counted(both, by), (one, other, by)
                later = [x for x in both if x.date and x.date >= "2023-01-01" and x.status == "occurred"]
                assert _told(store.dyad(one, other, since="2023", status="occurred")) == _counted(later, "month")


def test_an_event_known_to_the_year_lies_in_its_year(tmp_path: Path) -> None:
    once = report("r", "In that year Kenya helped.", _PARTIES, events=(event("AID", ["a1"], ["a2"], start="2023"),))
    written(tmp_path / "news.db", [once]).close()
    with Store(tmp_path / "news.db") as store:
        for filters in ({}, {"since": "2023"}, {"since": "2023", "until": "2023"}, {"country": "KEN", "since": "2023"}):
            assert [(one.period, one.events) for one in store.timeline(by="month", **filters)] == [("2023", 1)]
            assert store.events(**filters).total == 1
        assert store.timeline(since="2023-02") == ()


def test_a_period_that_is_none_is_told(world: Store) -> None:
    with pytest.raises(QueryError, match="quarter"):
        world.timeline(by="decade")
    with pytest.raises(QueryError, match="quarter"):
        world.dyad("KEN", "UGA", by="decade")
