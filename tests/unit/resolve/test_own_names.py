from __future__ import annotations

from collections.abc import Callable

import pytest

from whowhom.own_actors import OwnActor, OwnRole, make_actor
from whowhom.parse import Parsed
from whowhom.records import Actor
from whowhom.resolve import ActorTable, OwnNames, resolve_actors

Parse = Callable[..., Parsed]
Resolve = Callable[..., tuple[Parsed, ActorTable]]

TIGERS = make_actor("the Tigers", "group", ["the tigers of the north"], [OwnRole("LKA", "REB")])
RENEWAL = make_actor(
    "Alliance for Renewal", "organisation", ["AFR"],
    [OwnRole("KEN", "OPP", ("PTY",), None, "2010", "2014-05"), OwnRole("KEN", "GOV", ("PTY",), None, "2014-06")],
)  # fmt: skip
COSTA = make_actor(
    "Ana Costa", "person", ["Costa", "the Iron Dove"],
    [OwnRole("PRT", None, (), "Minister of Finance", "2015-01-01", "2019-10-26"), OwnRole("PRT", "BUS", start="2021")],
)  # fmt: skip


@pytest.fixture
def resolve(parse: Parse) -> Resolve:
    def one(text: str, *actors: OwnActor, published: str = "2018-03-10") -> tuple[Parsed, ActorTable]:
        parsed = parse(text, published=published)
        return parsed, resolve_actors(parsed, own=OwnNames(actors))

    return one


def who(found: tuple[Parsed, ActorTable], word: str, nth: int = 0) -> Actor | None:
    parsed, table = found
    token = [t.i for t in parsed.doc if t.text == word][nth]
    ids = table.at(token)
    return table.actor(ids[0]) if ids else None


def name(found: tuple[Parsed, ActorTable], word: str, nth: int = 0) -> str | None:
    actor = who(found, word, nth)
    return actor.name if actor is not None else None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The Tigers attacked a convoy.", "Tigers"),
        ("Soldiers fought the Tigers near the port.", "Tigers"),
        ("The army blamed the Tigers' commander.", "Tigers"),
        ("TIGERS ATTACK A CONVOY NEAR PORT", "Tigers"),  # read in ordinary case
        ("A CONVOY WAS ATTACKED BY THE TIGERS ON MONDAY", "tigers"),
        ("A raid by the tigers of the north killed two.", "tigers"),
        ("The Tigers Of The North killed two.", "Tigers"),
    ],
)
def test_a_name_that_is_none_to_the_parser_becomes_a_mention(resolve: Resolve, text: str, word: str) -> None:
    actor = who(resolve(text, TIGERS), word)
    assert actor is not None
    assert (actor.name, actor.kind, actor.country, actor.sector) == ("the Tigers", "group", "LKA", "REB")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The tigers at the zoo slept.", "tigers"),
        ("Tigersby elected a mayor.", "Tigersby"),
        ("They marched down Tigers Street.", "Tigers"),
    ],
)
def test_other_words_are_not_taken_for_the_name(resolve: Resolve, text: str, word: str) -> None:
    assert name(resolve(text, TIGERS), word) != "the Tigers"


def test_small_letters_need_a_noun_and_the_article(resolve: Resolve) -> None:
    base = make_actor("the base", "group", ["march"], [OwnRole("AFG", "REB")])
    found = resolve("Fighters of the base will march on the town. Base rates rose.", base)
    assert (name(found, "base"), name(found, "march"), name(found, "Base")) == ("the base", None, None)


@pytest.mark.parametrize(
    ("published", "sector"), [("2013-02-01", "OPP"), ("2014-05", "OPP"), ("2014-06-01", "GOV"), ("2024-01-01", "GOV")]
)
def test_the_role_is_that_of_the_reports_date(resolve: Resolve, published: str, sector: str) -> None:
    found = resolve("The Alliance for Renewal rejected the bill.", RENEWAL, published=published)
    actor = who(found, "Renewal")
    assert actor is not None
    assert (actor.country, actor.sector, actor.sectors) == ("KEN", sector, ("PTY",))


def test_shorter_forms_and_acronyms_find_the_entry(resolve: Resolve) -> None:
    found = resolve("The Alliance for Renewal met on Monday. The Alliance chose a leader. AFR won.", RENEWAL)
    assert {name(found, word, nth) for word, nth in (("Alliance", 0), ("Alliance", 1), ("AFR", 0))} == {RENEWAL.name}


def test_surnames_titles_and_bynames_find_the_person(resolve: Resolve) -> None:
    found = resolve("Minister Ana Costa spoke. Ms Costa left. The Iron Dove resigned. Maria Costa stayed.", COSTA)
    assert [name(found, "Costa", nth) for nth in (0, 1)] == ["Ana Costa"] * 2
    assert name(found, "Dove") == "Ana Costa"
    assert name(found, "Costa", 2) == "Maria Costa"


@pytest.mark.parametrize(
    ("published", "sector", "sectors"),
    [("2018-03-10", "GOV", ()), ("2020-01-01", "ELI", ("GOV",)), ("2022-01-01", "BUS", ()), ("2012-01-01", "CVL", ())],
)
def test_a_title_tells_the_sector_and_who_left_office_is_a_former_official(
    resolve: Resolve, published: str, sector: str, sectors: tuple[str, ...]
) -> None:
    actor = who(resolve("Ana Costa spoke.", COSTA, published=published), "Costa")
    assert actor is not None
    assert (actor.country, actor.sector, actor.sectors) == ("PRT", sector, sectors)


def test_the_entry_wins_over_what_we_know_and_what_the_text_says(resolve: Resolve) -> None:
    hamas = make_actor("Islamic Movement", "group", ["Hamas"], [OwnRole("PSE", "PTY")])
    merkel = make_actor("Merkel, Angela", "person", ["Angela Merkel"], [OwnRole("FRA", "EDU")])
    found = resolve("German Chancellor Angela Merkel met rebels of Hamas. Merkel left.", hamas, merkel)
    for word, nth, expected in (
        ("Hamas", 0, ("Islamic Movement", "group", "PSE", "PTY")),
        ("Merkel", 0, ("Merkel, Angela", "person", "FRA", "EDU")),
        ("Merkel", 1, ("Merkel, Angela", "person", "FRA", "EDU")),
    ):
        actor = who(found, word, nth)
        assert actor is not None
        assert (actor.name, actor.kind, actor.country, actor.sector) == expected


def test_another_name_that_we_know_leads_to_the_entry(resolve: Resolve) -> None:
    un = make_actor("United Nations", "organisation", [], [OwnRole("UNO", "SOC")])
    actor = who(resolve("The UN sent monitors.", un), "UN")
    assert actor is not None
    assert (actor.name, actor.sector) == ("United Nations", "SOC")


def test_a_longer_known_name_is_not_cut(resolve: Resolve) -> None:
    nations = make_actor("United Nations", "group", [], [OwnRole("IGO")])
    found = resolve("The United Nations High Commissioner for Refugees left.", nations)
    assert name(found, "Refugees") == name(found, "United") == "UN High Commissioner for Refugees"


def test_demonyms_and_capitals_of_a_listed_state_keep_their_meaning(resolve: Resolve) -> None:
    france = make_actor("French Republic", "state", ["France", "French", "Paris"], [OwnRole("FRA")])
    found = resolve("French police arrested two men. Paris recalled its envoy. France protested.", france)
    assert name(found, "police") == "French police"
    assert name(found, "Paris") == name(found, "France") == "French Republic"
    actor = who(found, "France")
    assert actor is not None
    assert (actor.kind, actor.country, actor.sector) == ("state", "FRA", "GOV")


def test_the_holder_of_an_office_by_the_entries_is_the_one_who_is_meant(resolve: Resolve) -> None:
    new = make_actor("Lena Novak", "person", [], [OwnRole("FRA", "GOV", (), "President", "2017-01-01")])
    found = resolve("France protested on Monday. The French president spoke.", new)
    assert name(found, "president") == "Lena Novak"


def test_of_two_with_one_name_it_is_the_one_whose_main_name_it_is(resolve: Resolve) -> None:
    first = make_actor("Northern Front", "group", ["Red Front"], [OwnRole("KEN")])
    second = make_actor("Red Front", "group", [], [OwnRole("UGA")])
    assert name(resolve("The Red Front attacked.", first, second), "Front") == "Red Front"


def test_an_entry_without_roles_takes_country_and_sector_from_the_text(resolve: Resolve) -> None:
    actor = who(resolve("Kenyan minister Ana Costa spoke.", make_actor("Ana Costa", "person")), "Costa")
    assert actor is not None
    assert (actor.country, actor.sector) == ("KEN", "GOV")


def test_no_entries_change_nothing(parse: Parse) -> None:
    parsed = parse("Angela Merkel met Hamas in Paris. The president left.", published="2018-03-10")
    plain, none = resolve_actors(parsed), resolve_actors(parsed, own=OwnNames([]))
    every = {f"a{k}" for k in range(1, 5)}
    assert plain.records({a for a in every if _has(plain, a)}) == none.records({a for a in every if _has(none, a)})


def _has(table: ActorTable, actor: str) -> bool:
    try:
        table.actor(actor)
    except KeyError:
        return False
    return True
