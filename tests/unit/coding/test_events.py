"""Events of short texts, through the whole coder: who, whom, what, and whether it happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from whowhom.coding import Circumstances, code_events
from whowhom.coding.events import CodedEvent, _without_echoes
from whowhom.extract import extract_events, extract_statements
from whowhom.parse import Parsed
from whowhom.records import STATUSES, Document, Event
from whowhom.resolve import find_places, find_quantities, find_times, resolve_actors

Code = Callable[..., Document]


def told(document: Document) -> list[tuple[str, str | None, list[str], list[str], str]]:
    return [
        (
            event.type,
            event.mode,
            [document.actor(one).name for one in event.actors],
            [document.actor(one).name for one in event.recipients],
            event.status,
        )
        for event in document.events
    ]


def only(document: Document, event_type: str) -> Event:
    return next(event for event in document.events if event.type == event_type)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya condemned Uganda.", ("ACCUSE", "disapprove", ["Kenya"], ["Uganda"], "occurred")),
        ("Uganda was condemned by Kenya.", ("ACCUSE", "disapprove", ["Kenya"], ["Uganda"], "occurred")),
        ("Chile expelled Peru's ambassador.", ("SANCTION", "expel", ["Chile"], ["Peru's ambassador"], "occurred")),
        (
            "Ghana will expel two Togolese diplomats.",
            ("SANCTION", "expel", ["Ghana"], ["Togolese diplomats"], "planned"),
        ),
        ("Norway and Sweden signed a treaty.", ("SUPPORT", None, ["Norway", "Sweden"], [], "occurred")),
        ("Egypt urged Sudan to free the prisoners.", ("REQUEST", "yield", ["Egypt"], ["Sudan"], "occurred")),
        ("Iran threatened to attack Israel.", ("THREATEN", "violence", ["Iran"], ["Israel"], "occurred")),
        ("Cuba refused to meet Mexico.", ("REJECT", "meet", ["Cuba"], ["Mexico"], "occurred")),
    ],
)
def test_one_event(code: Code, text: str, expected: tuple[object, ...]) -> None:
    assert expected in told(code(text))


def test_both_sides_of_a_meeting_are_actors(code: Code) -> None:
    event = only(code("Talks between India and Pakistan began."), "CONSULT")
    assert len(event.actors) == 2
    assert event.recipients == ()


def test_a_future_meeting_is_an_agreement(code: Code) -> None:
    document = code("President Emmanuel Macron will visit Poland next week.")
    assert [event.type for event in document.events] == ["AGREE"]


def test_what_somebody_claims_carries_who_claims_it(code: Code) -> None:
    document = code("The Syrian opposition said that the Syrian army had shelled Aleppo.")
    event = only(document, "ASSAULT")
    assert event.reported_by is not None
    assert "opposition" in document.actor(event.reported_by).name


def test_what_was_denied_did_not_happen(code: Code) -> None:
    document = code("Police did not arrest the Kenyan opposition leader.")
    assert {event.status for event in document.events if event.type == "COERCE"} <= {"negated"}


def test_one_happening_told_twice_is_one_event(code: Code) -> None:
    document = code("Police in Madrid arrested six protesters. Police arrested the protesters near the station.")
    assert len([event for event in document.events if event.mode == "arrest"]) == 1


def test_numbers_carry_their_bounds(code: Code) -> None:
    event = only(code("Turkish police detained more than 500 protesters in Ankara."), "COERCE")
    assert (event.magnitude["detained"].low, event.magnitude["detained"].high) == (500, None)
    assert event.place is not None
    assert event.place.country == "TUR"


def test_long_past_is_background(code: Code) -> None:
    document = code("In 1968, Soviet troops invaded Czechoslovakia. On Monday, the Czech premier praised Poland.")
    assert {e.type: e.status for e in document.events}["ASSAULT"] == "historical"


def test_confidence_is_a_probability_and_differs(code: Code) -> None:
    document = code("Kenya condemned Uganda. Critics may attack. Ghana is close to a deal with the workers.")
    values = [event.confidence for event in document.events]
    assert all(0 < value < 1 for value in values)


def test_sport_is_no_politics(code: Code) -> None:
    document = code("The striker attacked down the left and Kenya beat Ghana in the final of the football tournament.")
    assert document.events == ()


@pytest.mark.parametrize(
    "text",
    [
        "Kenya condemned the kidnapping of 40 pupils in Uganda on Monday.",
        "The Nigerian president denounced the murder of two Malian priests.",
    ],
)
def test_who_condemns_a_deed_does_not_accuse_its_victims(code: Code, text: str) -> None:
    (accusation,) = (event for event in code(text).events if event.type == "ACCUSE")
    assert accusation.recipients == ()


def test_a_deed_that_its_doer_tells_of_has_him_for_a_source(code: Code) -> None:
    document = code("Amina Otieno, the president of Kenya, said she had accused the generals of treason.")
    event = only(document, "ACCUSE")
    assert event.reported_by is not None
    assert document.actor(event.reported_by).name == "Amina Otieno"


def test_pointing_back_leaves_the_source_of_a_deed(code: Code) -> None:
    document = code(
        "Rebels attacked the town of Gao on Monday, Mali's army said.\n\nThe attack began at dawn, and shops were shut."
    )
    event = only(document, "ASSAULT")
    assert event.reported_by is not None
    assert "army" in document.actor(event.reported_by).name.lower()


def test_nobody_is_on_both_sides_of_a_happening_told_twice(code: Code) -> None:
    text = (
        "In March a court in Lima jailed Ana Rojas. Rojas was jailed for ten years in March and fined $2 million."
        " The sentencing of Rojas in March drew crowds."
    )
    for event in code(text).events:
        assert not set(event.actors) & set(event.recipients)


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("A Dutch lawmaker was attacked by strangers in Kenya.", []),
        ("A Dutch lawmaker was attacked by muggers in Kenya.", ["Kenyan muggers"]),
    ],
)
def test_a_country_is_not_whoever_attacked_there(code: Code, text: str, actors: list[str]) -> None:
    document = code(text)
    assert [document.actor(one).name for one in only(document, "ASSAULT").actors] == actors


def status_seen(parse: Callable[..., Parsed], text: str, **chances: float) -> str:
    """The status of the only event of a text where a network gives these probabilities to statuses."""
    parsed = parse(text, published="2020-09-14")
    heard, places = extract_statements(parsed), find_places(parsed)
    who = resolve_actors(parsed, heard, places)
    circumstances = Circumstances(parsed, find_times(parsed), places, find_quantities(parsed))
    seen = tuple(chances.get(status, 0.0) for status in STATUSES)
    candidates = [replace(one, seen_status=seen) for one in extract_events(parsed, heard, who)]
    return code_events(parsed, candidates, heard, who, circumstances)[0].status


def test_a_network_tells_the_status_where_grammar_has_no_doubt(parse: Callable[..., Parsed]) -> None:
    text = "Kenya condemned Uganda."
    assert status_seen(parse, text, occurred=0.6, historical=0.4) == "occurred"
    assert status_seen(parse, text, occurred=0.3, historical=0.7) == "historical"


def test_grammar_stands_where_a_network_finds_it_possible(parse: Callable[..., Parsed]) -> None:
    text = "Ghana will expel two Togolese diplomats."
    assert status_seen(parse, text, occurred=0.8, planned=0.2) == "planned"
    assert status_seen(parse, text, occurred=0.98, planned=0.02) == "occurred"


def test_what_is_dated_and_recent_is_not_long_past(parse: Callable[..., Parsed]) -> None:
    text = "Kenya condemned Uganda on Friday."
    assert status_seen(parse, text, occurred=0.3, historical=0.7) == "occurred"


@pytest.mark.parametrize(
    ("changes", "stays"),
    [
        ({}, False),
        ({"recipients": ()}, False),  # a side left open does not speak against it
        ({"recipients": ("a9",)}, True),
        ({"type": "REJECT"}, True),
        ({"rule": "v:condemn"}, True),  # what a rule knows is told, however often
    ],
)
def test_what_the_network_hears_again_in_a_sentence_is_an_echo(
    code: Code, changes: dict[str, object], stays: bool
) -> None:
    event = replace(only(code("Kenya condemned Uganda."), "ACCUSE"), confidence=0.9)
    again = replace(event, **{"confidence": 0.6, "rule": "model:ACCUSE", **changes})  # type: ignore[arg-type]
    first, second = (
        CodedEvent(one, trigger, 0, "condemn", False, False, {}) for trigger, one in ((1, event), (4, again))
    )
    assert _without_echoes([first, second]) == ([first, second] if stays else [first])
    elsewhere = replace(second, sentence=1)
    assert _without_echoes([first, elsewhere]) == [first, elsewhere]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Soldier killed in Helmand\n\nA British soldier was killed by a bomb in Helmand on Monday.",
            ("ASSAULT", "explosives", [], ["British soldier"], "occurred"),
        ),
        (
            "Minister denies charges\n\nThe Kenyan finance minister denied all charges on Monday.",
            ("REJECT", "change", ["Kenyan finance minister"], [], "occurred"),
        ),
        (
            "Mayor shot dead in Mexico\n\nThe mayor of a town in western Mexico was shot dead by gunmen on Sunday.",
            ("ASSAULT", "firearms", ["Mexican gunmen"], ["Mexican mayor"], "occurred"),
        ),
    ],
)
def test_what_a_heading_and_the_first_sentence_tell_is_one_event(
    code: Code, text: str, expected: tuple[str, str | None, list[str], list[str], str]
) -> None:
    assert told(code(text)) == [expected]


def test_a_heading_and_the_first_sentence_may_speak_of_two(code: Code) -> None:
    document = code("Chinese soldier arrested in Beijing\n\nA British soldier was arrested in London on Monday.")
    assert {actor.name for actor in document.actors if "soldier" in actor.name} == {
        "Chinese soldier",
        "British soldier",
    }


def test_what_somebody_demands_has_not_occurred(code: Code) -> None:
    document = code("Michelle Bachelet said the officers should be arrested and jailed by Kenya.")
    assert {event.status for event in document.events if event.type == "COERCE"} <= {"hypothetical"}


@pytest.mark.parametrize(
    ("text", "meetings"),
    [
        ("The president of Egypt spoke to reporters in Cairo on Friday.", 0),
        ("The president of Egypt talked with journalists on Friday.", 0),
        ("The president of Egypt spoke by telephone with the king of Jordan on Friday.", 1),
        ("The president of Egypt spoke with reporters and the king of Jordan on Friday.", 1),
    ],
)
def test_who_speaks_to_the_press_consults_nobody(code: Code, text: str, meetings: int) -> None:
    assert sum(event.type == "CONSULT" for event in code(text).events) == meetings


def test_a_word_in_a_name_is_no_event(code: Code) -> None:
    document = code("The Federal Bureau of Investigation arrested two men in Texas on Monday.")
    assert {event.type for event in document.events} == {"COERCE"}


def test_who_claims_responsibility_for_an_attack_made_it(code: Code) -> None:
    document = code("A bomb killed six soldiers in Kabul. The Taliban claimed responsibility for the attack.")
    attacks = [(actors, recipients) for kind, _, actors, recipients, _ in told(document) if kind == "ASSAULT"]
    assert attacks == [(["Taliban"], ["Afghan soldiers"])]
