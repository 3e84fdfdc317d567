"""Who takes part in an event: how the features are made, and what probabilities of sides become."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from whowhom.candidates import EventCandidate
from whowhom.extract import extract_statements, participants
from whowhom.extract.events import EventFinder
from whowhom.extract.participants import COLUMNS, SIDES, Participants, Weights, fitted, weigh
from whowhom.model import load_network, read_parsed
from whowhom.parse import Parsed
from whowhom.records import EVENT_TYPES
from whowhom.resolve import resolve_actors

Parse = Callable[..., Parsed]
TEXT = "Kenya accused Uganda of arming rebels. Tanzania said the minister had resigned. Uganda rejected the claim."


class Told:
    """A text as far as its proposed events, and its actors by name."""

    def __init__(self, parsed: Parsed) -> None:
        heard = extract_statements(parsed)
        self.who = resolve_actors(parsed, heard)
        finder = EventFinder(parsed, heard, self.who, read_parsed(parsed, load_network()))
        assert finder.learned is not None
        self.events = finder.propose()
        self.participants = Participants(parsed, heard, finder.inside, self.who, finder.learned, self.events)
        self.number = {self.who.actor(one).name: k for k, one in enumerate(self.participants.ids)}

    def event(self, kind: str) -> EventCandidate:
        return next(one for one in self.events if one.type == kind)

    def names(self, heads: tuple[int, ...]) -> list[str]:
        return [self.who.actor(a).name for i in heads for a in self.who.at(i)]


@pytest.fixture
def told(parse: Parse) -> Told:
    return Told(parse(TEXT))


def only(**columns: float) -> Weights:
    """Weights of 0 but for some columns."""
    row = np.zeros(len(COLUMNS), dtype=np.float32)
    for name, weight in columns.items():
        row[COLUMNS.index(name.replace("_", " "))] = weight
    return Weights(row, {})


def test_what_grammar_chose_is_marked_on_its_side(told: Told) -> None:
    found = told.participants.features(told.event("ACCUSE"), None)
    kenya, uganda = told.number["Kenya"], told.number["Uganda"]
    chosen, other = COLUMNS.index("chosen"), COLUMNS.index("chosen for the other side")
    assert found["actors"][kenya, chosen] == found["recipients"][kenya, other] == 1
    assert found["recipients"][uganda, chosen] == found["actors"][uganda, other] == 1
    assert found["actors"][:, chosen].sum() == 1


def test_distance_is_that_of_the_nearest_mention_before_and_after(told: Told) -> None:
    found = told.participants.features(told.event("REJECT"), told.event("ACCUSE"))["actors"]
    assert found[told.number["Kenya"], COLUMNS.index("before 2")] == 1
    assert found[told.number["Tanzania"], COLUMNS.index("before 1")] == 1
    assert found[told.number["Uganda"], COLUMNS.index("before 0")] == 1
    assert found[told.number["Tanzania"], COLUMNS.index("after 6")] == 1


def test_an_event_far_back_has_no_say(told: Told) -> None:
    same = COLUMNS.index("same side before")
    assert told.participants.features(told.event("REJECT"), told.event("ACCUSE"))["actors"][:, same].sum() == 0
    assert told.participants.features(told.event("REJECT"), told.event("REJECT"))["actors"][:, same].sum() == 1


def test_likely_actors_join_and_unlikely_ones_leave(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    event = told.event("REJECT")
    weights = {
        "actors": only(bias=-9, chosen=20),  # as grammar has it
        "recipients": only(bias=-5, before_2=10),  # whoever was told of two sentences before, and nobody else
    }
    monkeypatch.setattr(participants, "fitted", lambda: weights)
    actors, recipients = told.participants.sides(event, None)
    assert told.names(actors) == ["Uganda"]
    assert "Kenya" in told.names(recipients)
    monkeypatch.setattr(participants, "fitted", lambda: {side: only(bias=-9) for side in SIDES})
    assert told.participants.sides(event, None) == ((), ())


def test_nobody_is_put_on_both_sides(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(participants, "fitted", lambda: {"actors": only(bias=3), "recipients": only(bias=2)})
    event = told.event("REJECT")
    actors, recipients = told.participants.sides(event, None)
    assert set(told.names(actors)) >= {"Kenya", "Uganda", "Tanzania"}
    assert not set(told.names(recipients)) & set(told.names(actors)) - set(told.names(event.recipients))


def test_the_barred_join_no_recipients(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        participants, "fitted", lambda: {"actors": only(bias=-9, chosen=20), "recipients": only(bias=3)}
    )
    kenya = next(i for i in range(20) if told.names((i,)) == ["Kenya"])
    assert "Kenya" in told.names(told.participants.sides(told.event("REJECT"), None)[1])
    assert "Kenya" not in told.names(told.participants.sides(told.event("REJECT"), None, frozenset({kenya}))[1])


def test_states_do_not_march(parse: Parse, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told(parse("Kenya raised the price of bread. A protest followed. Teachers were at work."))
    monkeypatch.setattr(participants, "fitted", lambda: {"actors": only(bias=3), "recipients": only(bias=-9)})
    actors, _ = told.participants.sides(told.event("PROTEST"), None)
    assert "Kenya" not in told.names(actors)
    assert any("teachers" in name for name in told.names(actors))


def test_the_weights_of_the_package_know_every_column_and_type() -> None:
    weights = fitted()
    assert weights is not None
    for side in SIDES:
        assert weights[side].columns.shape == (len(COLUMNS),)
        assert np.isfinite(weights[side].columns).all()
        assert set(weights[side].types) == set(EVENT_TYPES)


def test_weighing_gives_probabilities(told: Told) -> None:
    weights = fitted()
    assert weights is not None
    for event in told.events:
        for side, features in told.participants.features(event, None).items():
            p = weigh(features, event.type, weights[side])
            assert p.shape == (len(told.participants.ids),)
            assert ((p >= 0) & (p <= 1)).all()


def test_a_mention_that_says_where_is_marked(parse: Parse) -> None:
    told = Told(parse("A car bomb in central Turkey killed 13 soldiers. Turkey sent troops."))
    turkey, place = told.number["Turkey"], COLUMNS.index("place")
    assert told.participants.features(told.event("ASSAULT"), None)["actors"][turkey, place] == 1
    assert told.participants.features(told.event("MOBILIZE"), None)["actors"][turkey, place] == 0


def test_the_country_in_which_a_bomb_went_off_did_not_plant_it(parse: Parse) -> None:
    told = Told(parse("A car bomb in central Turkey killed 13 soldiers. Turkey sent troops."))
    actors, _ = told.participants.sides(told.event("ASSAULT"), None)
    assert "Turkey" not in told.names(actors)
    actors, _ = told.participants.sides(told.event("MOBILIZE"), None)
    assert "Turkey" in told.names(actors)


def test_who_has_a_side_in_another_event_nearby_is_marked(told: Told) -> None:
    found = told.participants.features(told.event("REJECT"), None)["actors"]
    elsewhere = COLUMNS.index("elsewhere")
    assert found[told.number["Kenya"], elsewhere] == 1
    assert found[told.number["Uganda"], elsewhere] == 0
    assert found[told.number["Tanzania"], elsewhere] == 0


def test_nobody_acts_on_the_state_for_which_he_speaks(parse: Parse, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told(parse("The Kenyan president thanked farmers. Kenya borders Uganda."))
    weights = {"actors": only(chosen=9.0, bias=-5.0), "recipients": only(bias=5.0)}
    monkeypatch.setattr(participants, "fitted", lambda: weights)
    event = told.event("SUPPORT")
    found = told.names(told.participants.sides(event, None)[1])
    assert "Uganda" in found
    assert "Kenya" not in found


def test_a_mention_that_holds_the_word_of_the_event_stays(parse: Parse, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told(parse("Police released the detained workers in Lagos."))
    nobody = {side: only(bias=-9.0) for side in SIDES}
    monkeypatch.setattr(participants, "fitted", lambda: nobody)
    event = next(one for one in told.events if told.participants.parsed.doc[one.trigger].text == "detained")
    recipients = told.participants.sides(event, None)[1]
    assert [told.participants.parsed.doc[i].text for i in recipients] == ["workers"]


def test_nobody_stands_beside_whoever_belongs_to_him(parse: Parse, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told(parse("The governor of Gao thanked the nurses. Bamako's mayor and Gao praised them."))
    monkeypatch.setattr(participants, "fitted", lambda: {"actors": only(bias=3), "recipients": only(bias=-9)})
    actors, _ = told.participants.sides(told.event("SUPPORT"), None)
    governor = next(i for i in actors if told.participants.parsed.doc[i].text == "governor")
    assert "Gao" not in [told.participants.parsed.doc[i].text for i in actors if i < governor + 3]
