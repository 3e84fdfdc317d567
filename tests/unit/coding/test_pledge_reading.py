"""What a network says of pledges, weighed with the drafts of the rules: a network that says what the test wants."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import cast, get_args

import numpy as np
import pytest

from whowhom.coding import Circumstances, code_pledges
from whowhom.coding.pledge_reading import SeenPledges, words_of
from whowhom.extract import extract_events, extract_statements
from whowhom.model import Reading
from whowhom.parse import Parsed
from whowhom.records import Pledge, PledgeKind, PledgeStatus
from whowhom.resolve import find_places, find_quantities, find_times, resolve_actors

KINDS = ["", *get_args(PledgeKind)]
STATUSES = list(get_args(PledgeStatus))


def reading(parsed: Parsed, chances: dict[str, tuple[str, float]], status: str = "pledged") -> Reading:
    """A reading in which each word of `chances` tells of a pledge of a kind with a probability, all others of none."""
    kinds = np.zeros((len(parsed.doc), len(KINDS)), dtype=np.float32)
    kinds[:, 0] = 1.0
    for token in parsed.doc:
        if token.text in chances:
            kind, p = chances[token.text]
            kinds[token.i, 0], kinds[token.i, KINDS.index(kind)] = 1 - p, p
    statuses = np.zeros((len(parsed.doc), len(STATUSES)), dtype=np.float32)
    statuses[:, STATUSES.index(status)] = 1.0
    labels = {"pledges": KINDS, "pledge_statuses": STATUSES}
    stub = SimpleNamespace(
        doc=parsed.doc, network=SimpleNamespace(labels=labels), pledges=kinds, pledge_statuses=statuses
    )
    return cast(Reading, stub)


def pledges(parsed: Parsed, seen: Reading | None) -> list[Pledge]:
    heard, places = extract_statements(parsed), find_places(parsed)
    who = resolve_actors(parsed, heard, places)
    circumstances = Circumstances(parsed, find_times(parsed), places, find_quantities(parsed))
    return code_pledges(parsed, extract_events(parsed, heard, who), who, circumstances, seen)


def test_a_chance_is_the_mean_over_words_that_mean_something(parse: Callable[..., Parsed]) -> None:
    parsed = parse("Kenya will lend the money to Uganda.")
    seen = SeenPledges(reading(parsed, {"lend": ("loan", 0.9), "money": ("loan", 0.7)}))
    assert seen.chance([2, 3, 4]) == pytest.approx(0.8)  # "the" has no say
    assert seen.chance([0]) == pytest.approx(0.0)
    assert seen.chance([]) == 0.0


def test_the_likeliest_kind_and_status(parse: Callable[..., Parsed]) -> None:
    parsed = parse("Kenya will lend the money to Uganda.")
    seen = SeenPledges(reading(parsed, {"lend": ("loan", 0.9), "money": ("grant", 0.3)}, "demanded"))
    kind, share = seen.kind([2, 4])
    assert kind == "loan"
    assert share == pytest.approx(0.75)
    assert seen.status([2, 4]) == ("demanded", pytest.approx(1.0))


def test_an_event_is_told_by_its_word_and_its_content(parse: Callable[..., Parsed]) -> None:
    parsed = parse("Kenya agreed to lend money to Uganda.")
    words = [parsed.doc[i].text for i in words_of(parsed.doc[1], [3])]
    assert words == ["agreed", "to", "lend", "money", "to", "Uganda"]


def test_a_draft_that_the_network_does_not_see_is_left_out(parse: Callable[..., Parsed]) -> None:
    parsed = parse("Kenya promised a $200 million loan to Uganda.", published="2020-09-14")
    assert [one.kind for one in pledges(parsed, None)] == ["loan"]
    assert pledges(parsed, reading(parsed, {})) == []


def test_the_network_names_the_kind_where_the_rules_know_none(parse: Callable[..., Parsed]) -> None:
    parsed = parse("Kenya promised to do more for Uganda.", published="2020-09-14")
    assert [one.kind for one in pledges(parsed, None)] == ["other"]
    words = dict.fromkeys(("promised", "do", "more", "Uganda"), ("grant", 0.9))
    assert [one.kind for one in pledges(parsed, reading(parsed, words))] == ["grant"]


def test_an_event_that_the_network_sees_as_a_pledge_becomes_one(parse: Callable[..., Parsed]) -> None:
    parsed = parse("Kenya donated 40 lorries to Uganda.", published="2020-09-14")
    assert pledges(parsed, None) == []
    words = dict.fromkeys(("donated", "40", "lorries", "Uganda"), ("grant", 0.95))
    found = pledges(parsed, reading(parsed, words, "delivered"))
    assert [(one.kind, one.status) for one in found] == [("grant", "delivered")]
    assert "network" in found[0].rule
