from __future__ import annotations

from collections.abc import Callable

import pytest

from whowhom.records import Document, Event

Code = Callable[..., Document]


def only(document: Document, kind: str) -> Event:
    """The one event of a type."""
    found = [event for event in document.events if event.type == kind]
    assert len(found) == 1, [(event.type, event.rule) for event in document.events]
    return found[0]


@pytest.mark.parametrize(
    ("text", "kind", "country"),
    [
        ("Ministers from both sides met in the coastal town of Izmir on Friday.", "CONSULT", "TUR"),
        ("The president met union leaders at the White House on Friday.", "CONSULT", "USA"),
        ("Farmers protested in Tahrir Square on Friday.", "PROTEST", "EGY"),
        ("The minister visited the Turkish capital of Ankara in March.", "CONSULT", "TUR"),
        ("Rebels shelled Aleppo on Friday.", "ASSAULT", "SYR"),
    ],
)
def test_the_place_that_the_words_of_an_event_name(code: Code, text: str, kind: str, country: str) -> None:
    place = only(code(text), kind).place
    assert place is not None
    assert place.country == country


def test_a_protest_outside_the_court_is_where_the_court_was_set(code: Code) -> None:
    document = code("A judge in Lima jailed the former minister on Friday. Outside the court, hundreds protested.")
    place = only(document, "PROTEST").place
    assert place is not None
    assert place.country == "PER"


def test_a_protest_without_a_place_happened_in_the_one_country_of_the_report(code: Code) -> None:
    document = code("Kenyan doctors went on strike on Friday. Kenya has few nurses. Kenyan hospitals were closed.")
    place = only(document, "PROTEST").place
    assert place is not None
    assert place.country == "KEN"


def test_what_is_spoken_of_is_not_the_place_of_the_speaking(code: Code) -> None:
    document = code("The French president condemned the military coup in Mali.")
    assert [event.place for event in document.events if event.type == "ACCUSE"] == [None]


@pytest.mark.parametrize(
    ("text", "kind", "name", "low", "high"),
    [
        ("A young woman was killed by soldiers in Lagos on Friday.", "ASSAULT", "killed", 1, 1),
        ("Rebels killed six police officers and a civilian on Friday.", "ASSAULT", "killed", 7, 7),
        ("Millions of South Koreans took to the streets on Friday.", "PROTEST", "participants", 2_000_000, 9_999_999),
        ("Hundreds of supporters protested in Lagos on Friday.", "PROTEST", "participants", 200, 999),
        ("The court sentenced the rebel to two decades in prison.", "SANCTION", "duration", 20, 20),
        ("Police shot at the protesters in Lagos but no one was injured.", "ASSAULT", "injured", 0, 0),
        ("Gunmen attacked a market in Lagos but no one was killed.", "ASSAULT", "killed", 0, 0),
        ("Rebels gunned down 12 villagers in Mali on Friday.", "ASSAULT", "killed", 12, 12),
        ("Twelve villagers were gunned down by rebels in Mali.", "ASSAULT", "killed", 12, 12),
        ("Rebels gunned down a journalist in Lagos on Friday.", "ASSAULT", "killed", 1, 1),
        ("Gunmen shot dead 12 villagers in Mali on Friday.", "ASSAULT", "killed", 12, 12),
        ("Turkish police rounded up 30 activists in Ankara.", "COERCE", "detained", 30, 30),
    ],
)
def test_magnitudes(code: Code, text: str, kind: str, name: str, low: float, high: float) -> None:
    found = only(code(text), kind).magnitude[name]
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("No group claimed responsibility after gunmen attacked a market.", "ASSAULT", "killed"),
        ("Rebels attacked the town but no soldiers lost their posts.", "ASSAULT", "killed"),
        ("Gunmen attacked a market and nobody claimed the attack.", "ASSAULT", "killed"),
        ("Police in Ankara rounded up 30 activists after a protest on Friday.", "PROTEST", "participants"),
    ],
)
def test_what_is_no_number_of_the_event(code: Code, text: str, kind: str, name: str) -> None:
    assert name not in only(code(text), kind).magnitude


def test_a_time_right_before_the_predicate_is_that_of_the_event(code: Code) -> None:
    event = only(code("Opposition leader Jane Mwangi on Wednesday condemned the Kenyan government."), "ACCUSE")
    assert event.start == "2020-09-09"


@pytest.mark.parametrize(
    ("text", "kind", "start"),
    [
        ("Six villagers were killed when rebels shelled a market on Friday.", "ASSAULT", "2020-09-11"),
        ("Six villagers died in Friday's raid, which also injured ten.", "ASSAULT", "2020-09-11"),
        ("A clash between rebels and soldiers that broke out on Friday killed six villagers.", "ASSAULT", "2020-09-11"),
        ("A clash that broke out on Friday killed six villagers.", "ASSAULT", "2020-09-11"),
        ("Kenya condemned the 2018 massacre.", "ACCUSE", None),
        ("Kenya condemned the massacre on Aug. 9.", "ACCUSE", "2020-08-09"),
        ("Kenya condemned the massacre in a Friday statement.", "ACCUSE", "2020-09-11"),
        ("Kenya condemned the massacre on Friday.", "ACCUSE", "2020-09-11"),
        ("Kenya was the first state to recognise the republic in 1777.", "SUPPORT", "1777"),
    ],
)
def test_the_day_of_an_event(code: Code, text: str, kind: str, start: str | None) -> None:
    events = [event for event in code(text).events if event.type == kind]
    assert events
    assert {event.start for event in events} == {start}


def test_two_years_are_one_stretch(code: Code) -> None:
    event = only(code("Rebels shelled the town of Timbuktu from 2012 to 2014."), "ASSAULT")
    assert (event.start, event.end, event.status) == ("2012", "2014", "historical")


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Kenya defied France for decades.", "REJECT", "historical"),
        ("The killing followed years of attacks by the rebels on Kenya.", "ASSAULT", "historical"),
        ("France once accused Kenya of torture.", "ACCUSE", "historical"),
        ("France once again accused Kenya of torture.", "ACCUSE", "occurred"),
    ],
)
def test_what_words_set_in_the_past_is_historical(code: Code, text: str, kind: str, status: str) -> None:
    found = [event.status for event in code(text).events if event.type == kind]
    assert status in found


def test_a_stance_in_the_present_is_taken_where_it_is_uttered(code: Code) -> None:
    document = code("France condemns the coup, its foreign minister said on Friday in Dakar.")
    assert {e.place.country for e in document.events if e.type == "ACCUSE" and e.place is not None} == {"SEN"}


def test_what_was_done_at_a_meeting_was_done_where_it_was_held(code: Code) -> None:
    document = code("Kenya missed a summit in Oslo, at which France agreed to send aid.")
    assert {e.place.country for e in document.events if e.type == "AGREE" and e.place is not None} == {"NOR"}


def test_a_day_that_nothing_resolves_is_still_the_day(code: Code) -> None:
    text = "The mayor was arrested on Friday in an investigation of sales from 2013."
    assert only(code(text, published=None), "COERCE").start is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "kind", "mode"),
    [
        ("A suicide car bomb killed six soldiers in Mali on Friday.", "ASSAULT", "suicide-attack"),
        ("Six soldiers were killed by a suicide bomber in Mali on Friday.", "ASSAULT", "suicide-attack"),
        ("A car bomb killed six soldiers in Mali on Friday.", "ASSAULT", "explosives"),
        ("Kenya severed ties with France on Friday.", "SANCTION", "withdraw"),
        ("Critics called the French president a dictator on Friday.", "ACCUSE", "disapprove"),
    ],
)
def test_the_mode_of_an_event(code: Code, text: str, kind: str, mode: str) -> None:
    assert mode in {event.mode for event in code(text).events if event.type == kind}


def test_a_demand_later_in_a_statement_has_the_day_of_the_statement(code: Code) -> None:
    text = '"The law is wrong," Heather Nauert said on Monday. "We urge the Ukrainian government to cancel it."'
    assert only(code(text, published="2018-04-06"), "REQUEST").start == "2018-04-02"


def test_a_demand_of_which_a_statement_tells_has_its_own_day(code: Code) -> None:
    text = (
        '"The law is wrong," Heather Nauert said on Monday. "Last year we urged the Ukrainian government to cancel it."'
    )
    assert only(code(text, published="2018-04-06"), "REQUEST").start == "2017"
