"""What the answers of the map and the network say of a place and of a tie."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from calling import Open
from handmade import event, report, written

from whowhom.records import Place


def test_a_place_has_its_spellings_and_a_tie_says_whether_it_has_a_direction(opened: Open, tmp_path: Path) -> None:
    people = ["Norway|state|NOR|GOV", "Iceland|state|ISL|GOV"]
    documents = []
    for k, name in enumerate(("Husavik", "Húsavík")):
        place = Place(name, "ISL", 2629833, 66.04148, -17.33834)
        sides: tuple[list[str], list[str]] = (["a1"], ["a2"]) if k else (["a1", "a2"], [])
        happened = dataclasses.replace(event("CONSULT", *sides, start=f"2023-05-1{k}"), place=place)
        documents.append(report(name, f"Text {k} of its own. " * 9, people, events=(happened,)))
    written(tmp_path / "news.db", documents).close()
    desk = opened(tmp_path / "news.db")
    (spot,) = desk.get("/api/map").json()["rows"]
    assert (spot["place"], spot["names"], spot["geonames_id"]) == ("Húsavík", ["Húsavík", "Husavik"], 2629833)
    assert [desk.get("/api/events", params={"place": name}).json()["total"] for name in spot["names"]] == [2, 2]
    assert sorted(edge["both"] for edge in desk.get("/api/network").json()["edges"]) == [False, True]
