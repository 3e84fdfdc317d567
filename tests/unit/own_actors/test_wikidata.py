from __future__ import annotations

import json
from typing import Any

import pytest

from whowhom.own_actors import OwnActor, OwnRole
from whowhom.own_actors.wikidata import read_extract


def read(*records: Any) -> tuple[list[OwnActor], list[tuple[int, str]]]:
    actors, bad = read_extract("\n".join(r if isinstance(r, str) else json.dumps(r) for r in records), "x.jsonl")
    return actors, [(line.line, line.reason) for line in bad]


def test_labels_aliases_and_positions_with_their_dates() -> None:
    actors, bad = read(
        {
            "id": "Q1",
            "labels": {"de": "Anna Costa", "en": {"language": "en", "value": "Ana Costa"}},
            "aliases": {"en": ["A. Costa", {"value": "Costa; Ana"}]},
            "country": "PRT",
            "positions": [
                {"title": "Minister of Finance", "start": "+2015-11-26T00:00:00Z", "end": "2019-00-00"},
                {"title": "member of the board", "start": "2020-02", "country": "IGO", "sector": "BUS"},
            ],
        }
    )
    assert bad == []
    (actor,) = actors
    assert (actor.name, actor.kind) == ("Ana Costa", "person")
    assert actor.aliases == ("A. Costa", "Anna Costa", "Costa Ana")
    assert actor.roles == (
        OwnRole("PRT", None, (), "Minister of Finance", "2015-11-26", "2019"),
        OwnRole("IGO", "BUS", (), "member of the board", "2020-02"),
        OwnRole("PRT"),
    )


def test_without_positions_it_is_an_organisation_unless_told() -> None:
    actors, bad = read("[", '{"id": "Q2", "label": "Front", "country": "KEN", "sector": "REB"},', {"labels": "They",
                       "kind": "group"}, "]")  # fmt: skip
    assert bad == []
    assert [(a.name, a.kind, a.roles) for a in actors] == [
        ("Front", "organisation", (OwnRole("KEN", "REB"),)),
        ("They", "group", ()),
    ]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ("{", "no JSON"),
        ("[1]", "no JSON object"),
        ({"id": "Q3"}, "Q3 has no label"),
        ({"label": "X", "country": "Q183"}, "country 'Q183'"),
        ({"label": "X", "country": ["DEU"]}, "country ['DEU']"),
        ({"label": "X", "sectors": ["HLH"]}, "'HLH' is no sector"),
        ({"label": "X", "sectors": 5}, "sectors"),
        ({"label": "X", "kind": ["person"]}, "kind"),
        ({"label": 5}, "labels holds 5"),
        ({"label": "X", "positions": {}}, "positions is no list"),
        ({"label": "X", "positions": [{"title": "y", "start": "May 2015"}]}, "'May 2015' is no date"),
        ({"label": "X", "positions": [{"start": "2015", "end": "2014"}]}, "is before the start"),
    ],
)
def test_a_bad_line_is_reported_and_the_others_are_read(record: Any, reason: str) -> None:
    actors, bad = read({"label": "First"}, record, {"label": "Last"})
    assert [actor.name for actor in actors] == ["First", "Last"]
    (found,) = bad
    assert found[0] == 2
    assert reason in found[1]
