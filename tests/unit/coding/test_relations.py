"""Standing facts: alliances, memberships, borders, supplies, years in power."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whowhom.records import Document

Code = Callable[..., Document]


def triples(document: Document) -> set[tuple[str, str, str | None]]:
    by_id = {actor.id: actor.name for actor in document.actors}
    return {(by_id[r.subject], r.predicate, by_id[r.object] if r.object else r.value) for r in document.relations}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The US praised its ally Jordan. US ally Qatar hosted the talks.", ("Qatar", "ally_of", "United States")),
        ("Syria, a close ally of Iran, rejected the plan.", ("Syria", "ally_of", "Iran")),
        ("NATO member Turkey rejected the plan.", ("Turkey", "member_of", "NATO")),
        ("Kenya, which has a population of 50 million, rejected the plan.", ("Kenya", "population", "50 million")),
        ("Peru, which borders Chile, held a vote.", ("Peru", "borders", "Chile")),
        ("Ghana supplies Togo with cheap electricity.", ("Ghana", "supplies", "Togo")),
        ("Zambia owes China $3 billion.", ("China", "creditor_of", "Zambia")),
        ("Pakistan is at war with India.", ("Pakistan", "at_odds_with", "India")),
        ("Idriss Deby has ruled Chad for 30 years.", ("Idriss Deby", "holds_office_since", "30 years")),
        ("Edward Snowden has taken refuge in Russia.", ("Russia", "shelters", "Edward Snowden")),
        ("Tory work and pensions spokesman Mark Hale resigned.", ("Mark Hale", "member_of", "Conservative Party")),
        ("Anna Berg, a Labour MP, was arrested.", ("Anna Berg", "member_of", "Labour Party")),
        ("Senator Mark Hale (R-Utah) condemned Iran.", ("Mark Hale", "member_of", "Republican Party")),
        ("BJP lawmaker Ram Singh was arrested.", ("Ram Singh", "member_of", "Bharatiya Janata Party")),
        ("Lib Dem Anna Berg was arrested.", ("Anna Berg", "member_of", "Liberal Democrats")),
        ("Estonia joined NATO in 2004.", ("Estonia", "member_of", "NATO")),
        ("The Oslo-based Peace Institute condemned the attack.", ("Peace Institute", "located_in", "Oslo")),
        ("Ghana has a long-running dispute with Togo.", ("Ghana", "at_odds_with", "Togo")),
        ("Relations between Serbia and Kosovo have deteriorated.", ("Serbia", "at_odds_with", "Kosovo")),
        ("Forces loyal to Khalifa Haftar attacked Tripoli.", ("Libyan forces", "ally_of", "Khalifa Haftar")),
        ("Syria, a country of 18 million people, held a vote.", ("Syria", "population", "18 million")),
        ("Recep Tayyip Erdogan came to power in 2003.", ("Recep Tayyip Erdogan", "holds_office_since", "2003")),
        ("Recep Tayyip Erdogan took office in August 2014.", ("Recep Tayyip Erdogan", "holds_office_since", "2014")),
        ("Ruth Vance has served as ambassador to Kenya since 2013.", ("Ruth Vance", "holds_office_since", "2013")),
        ("The Labour Party, led by Anna Berg, condemned the attack.", ("Anna Berg", "member_of", "Labour Party")),
        ("Labour's Anna Berg was arrested.", ("Anna Berg", "member_of", "Labour Party")),
        ("For the Lib Dems, Anna Berg called the plan a farce.", ("Anna Berg", "member_of", "Liberal Democrats")),
        ("Labour spokeswoman for women Anna Berg resigned.", ("Anna Berg", "member_of", "Labour Party")),
        ("Anna Berg leads the Labour Party.", ("Anna Berg", "member_of", "Labour Party")),
        (
            "Labour was rebuked by the party's founder and president, Anna Berg.",
            ("Anna Berg", "member_of", "Labour Party"),
        ),
        ("The trade dispute between Peru and Chile worries Bolivia.", ("Peru", "at_odds_with", "Chile")),
        ("Ghana sent troops to neighbouring Togo.", ("Ghana", "borders", "Togo")),
        ("India and Pakistan are rivals.", ("India", "at_odds_with", "Pakistan")),
        ("Togo relies on Ghana for electricity.", ("Ghana", "supplies", "Togo")),
        ("Ecuador has granted asylum to Julian Assange.", ("Ecuador", "shelters", "Julian Assange")),
        ("Julian Assange was granted asylum in Ecuador.", ("Ecuador", "shelters", "Julian Assange")),
    ],
)
def test_relation_is_read(code: Code, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in triples(code(text))


@pytest.mark.parametrize(
    "text",
    [
        "Syria, a former ally of Iran, rejected the plan.",
        "Peru would border Chile under the plan.",
        "Ghana is no ally of Togo.",
        "Soldiers in Kenya marched to the town.",
        "Former Tory minister Mark Hale was arrested.",
        "Republican rival Mark Hale was arrested.",
        "Labour minister Anna Berg signed the decree.",
        "Mark Hale joined other Republicans in condemning Iran.",
        "Ghana is a trading partner of Togo.",
        "Anna Berg led the Labour Party.",
        "Former president Nicolas Sarkozy came to power in 2007.",
        "Boris Johnson became the longest-serving mayor in 2015.",
        "The New Zealand national Mark Hale was arrested.",
    ],
)
def test_what_is_not_so_is_no_relation(code: Code, text: str) -> None:
    assert code(text).relations == ()


def test_a_relation_told_twice_is_one_record(code: Code) -> None:
    document = code("Turkey is a member of NATO. The minister said that Turkey is a member of NATO.")
    assert len(document.relations) == 1


def test_year_of_taking_office_is_the_start(code: Code) -> None:
    document = code("Alexander Lukashenko has been in power since 1994.")
    assert [(r.value, r.start) for r in document.relations] == [("1994", "1994")]


def test_a_party_that_the_report_names_by_its_label_alone_becomes_an_actor(code: Code) -> None:
    document = code("Republican Ann Lee rejected the bill. Republican Mark Hale condemned Iran on Friday.")
    party = next(actor for actor in document.actors if actor.name == "Republican Party")
    assert (party.kind, party.country, party.sector) == ("organisation", "USA", "PTY")
    assert document.text[slice(*party.mentions[0])] == "Republican"
    assert {r.object for r in document.relations} == {party.id}
    document = code("The Labour lawmaker praised Conservative MP Mark Hale.")
    party = next(actor for actor in document.actors if actor.name == "Conservative Party")
    assert [document.text[start:end] for start, end in party.mentions] == ["Conservative"]


def test_a_label_of_parties_of_several_countries_is_not_guessed(code: Code) -> None:
    assert not code("The bill would pass, said Liberal MP Mark Hale.").relations


def test_counted_members_are_not_introduced(code: Code) -> None:
    assert not code("He listed 147 civilians and 65 members of the Revolutionary Front in Peru.").relations
