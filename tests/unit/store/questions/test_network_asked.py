"""The network: who does it to whom, and who do it together."""

from __future__ import annotations

from pathlib import Path

from handmade import event, report, written

from whowhom.store import Store
from whowhom.store.questions import Filter
from whowhom.store.questions.network import connections, network


def test_those_who_meet_are_tied_without_a_direction(tmp_path: Path) -> None:
    people = ["Kenya|state|KEN|GOV", "Uganda|state|UGA|GOV"]
    told = [
        ("one two three", event("CONSULT", ["a1", "a2"])),
        ("four five six", event("CONSULT", ["a2", "a1"], start="2023-06-01")),
        ("seven eight nine", event("CONSULT", ["a2"], ["a1"], start="2023-07-01")),
    ]
    documents = [
        report(f"r{k}", f"{words} " * 12, people, events=(happened,)) for k, (words, happened) in enumerate(told)
    ]
    written(tmp_path / "news.db", documents).close()
    with Store(tmp_path / "news.db") as store:
        found = network(store.db, Filter())
        names = {one.actor.actor: one.actor.name for one in found.nodes}
        ties = {(names[one.source], names[one.target], one.both, one.events) for one in found.edges}
        assert ties == {("Kenya", "Uganda", True, 2), ("Uganda", "Kenya", False, 1)}
        assert [one.events for one in connections(store.db, next(iter(names)))] == [3]
