"""Places: one for each number of GeoNames, however it is spelled, and found by any spelling."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from handmade import event, report, written

from whowhom.records import Place
from whowhom.store import Store
from whowhom.store.questions import Filter
from whowhom.store.questions.place_names import geonames_numbers, other_spellings
from whowhom.store.questions.places import places

PLACES: Sequence[Place] = (
    Place("Reykjavik", "ISL", 3413829, 64.13548, -21.89541),
    Place("Reykjavík", "ISL", 3413829, 64.13548, -21.89541),
    Place("Reykjavík", "ISL", 3413829, 64.13548, -21.89541),
    Place("Reykjavik City", "ISL", 3413829, 64.1355, -21.8954),
    Place("Kyiv", "UKR", 703448, 50.45466, 30.5238),
    Place("Kiev", "UKR", 703448, 50.45466, 30.5238),
    Place("San José", "CRI", 3621849, 9.93333, -84.08333),
    Place("San José", "USA", 5392171, 37.33939, -121.89496),
    Place("San Jose", "USA", 5392171, 37.33939, -121.89496),
    Place("The Lake", "KEN", None, 0.5, 34.0),
    Place("Lake", "KEN", None, 0.5, 34.0),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    documents = []
    for k, place in enumerate(PLACES):
        happened = dataclasses.replace(event("AID", ["a1"], start=f"2023-{k + 1:02d}-01"), place=place)
        text = f"Number {k} " + " ".join(f"word{k}{n}" for n in range(30))
        documents.append(report(f"r{k}", text, [f"Actor {k}|person|KEN|GOV"], events=(happened,)))
    written(tmp_path / "news.db", documents).close()
    with Store(tmp_path / "news.db") as store:
        yield store


@pytest.mark.parametrize("kept", [False, True], ids=["one by one", "kept counts"])
def test_a_place_is_one_however_it_is_spelled(store: Store, monkeypatch: pytest.MonkeyPatch, kept: bool) -> None:
    if kept:
        monkeypatch.setattr("whowhom.store.questions.places.MOST", -3)
    found = places(store.db, Filter())
    assert [(one.place, one.names[1:], one.country, one.events) for one in found.rows] == [
        ("Reykjavík", ("Reykjavik", "Reykjavik City"), "ISL", 4),
        ("Kiev", ("Kyiv",), "UKR", 2),
        ("San José", ("San Jose",), "USA", 2),
        ("Lake", (), "KEN", 1),
        ("San José", (), "CRI", 1),
        ("The Lake", (), "KEN", 1),
    ]
    first = found.rows[0]
    assert (first.geonames_id, first.lat, first.lon) == (3413829, 64.13548, -21.89541)
    assert (first.by_quad, found.places, found.without) == ({"2": 4}, 6, 0)


@pytest.mark.parametrize(
    ("name", "events"),
    [("Reykjavik", 4), ("Reykjavík", 4), ("reykjavik city", 4), ("Kiev", 2), ("KYIV", 2), ("San José", 3),
     ("San Jose", 2), ("Lake", 1), ("UKR", 2), ("Nowhere", 0)],
)  # fmt: skip
def test_any_spelling_finds_the_events_of_all(store: Store, name: str, events: int) -> None:
    assert store.events(place=name).total == events
    assert len(store.events(place=name, country="KEN", type="AID").rows) == events
    assert sum(one.events for one in places(store.db, Filter(place=name)).rows) == events


def test_what_is_spelled_alike_is_not_always_the_same_place(store: Store) -> None:
    assert other_spellings(store.db, "San José").numbers == (5392171,)
    assert other_spellings(store.db, "The Lake").names == ()
    known = [("Kyiv", 50.45466, 30.5238), ("Lake", 0.5, 34.0), ("Nowhere", 0.0, 0.0)]
    assert geonames_numbers(store.db, known) == {known[0]: 703448}
