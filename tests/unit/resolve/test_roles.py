from __future__ import annotations

from collections.abc import Callable

import pytest

from whowhom.parse import Parsed
from whowhom.resolve import resolve_actors


@pytest.mark.parametrize(
    ("text", "name", "title", "organisation", "country"),
    [
        ("Polish Defence Minister Jan Wilczek resigned.", "Jan Wilczek", "Defence Minister", "Poland", "POL"),
        ("Kremlin spokesman Igor Saltykov smiled.", "Igor Saltykov", "Kremlin spokesman", "Kremlin", "RUS"),
        ("CIA Director Frank Millbrook testified.", "Frank Millbrook", "Director", "CIA", "USA"),
        ("Police freed a journalist, Elnur Guliyev, in Baku.", "Elnur Guliyev", "journalist", None, "AZE"),
        ("Leila Haddad, a former professor of law, spoke in Tunis.", "Leila Haddad", "former professor of law", None,
         "TUN"),
        ("Former Prime Minister Pedro Lacerda returned to Portugal.", "Pedro Lacerda", "Former Prime Minister", None,
         "PRT"),
        ("Marta Keller is the director of Greenpeace.", "Marta Keller", "director", "Greenpeace", "NGO"),
        ("Spokeswoman for the US State Department Carol Whitby said so.", "Carol Whitby", "Spokeswoman",
         "US State Department", "USA"),
    ],
)  # fmt: skip
def test_titles_appositions_and_predicates_are_roles(
    parse: Callable[..., Parsed], text: str, name: str, title: str, organisation: str | None, country: str
) -> None:
    table = resolve_actors(parse(text, published="2015-03-10"))
    found = {(table.actor(r.actor).name, r.title, r.organisation, r.country) for r in table.roles}
    assert (name, title, organisation, country) in found


def test_evidence_is_title_and_name(parse: Callable[..., Parsed]) -> None:
    text = "Late on Friday Polish Defence Minister Jan Wilczek resigned."
    (role,) = resolve_actors(parse(text, published="2015-03-10")).roles
    assert [text[s:e] for s, e in role.evidence] == ["Polish Defence Minister Jan Wilczek"]


def test_two_offices_are_two_roles(parse: Callable[..., Parsed]) -> None:
    text = "Laotian Deputy Prime Minister and Foreign Minister Somchai Vongsa arrived."
    titles = {r.title for r in resolve_actors(parse(text, published="2015-03-10")).roles}
    assert titles == {"Deputy Prime Minister", "Foreign Minister"}


def test_a_role_told_twice_is_one_role(parse: Callable[..., Parsed]) -> None:
    text = "President Vladimir Putin arrived. President Putin spoke."
    (role,) = resolve_actors(parse(text, published="2015-03-10")).roles
    assert len(role.evidence) == 2


def test_a_role_gives_its_holder_country_and_sector(parse: Callable[..., Parsed]) -> None:
    table = resolve_actors(parse("Greek police chief Nikos Vlachos resigned.", published="2015-03-10"))
    actor = table.actor(table.roles[0].actor)
    assert (actor.country, actor.sector) == ("GRC", "COP")


def test_unnamed_persons_have_no_roles(parse: Callable[..., Parsed]) -> None:
    assert resolve_actors(parse("The Greek police chief resigned.", published="2015-03-10")).roles == ()


def test_kin_is_no_office(parse: Callable[..., Parsed]) -> None:
    text = "Ana Costa and her husband, Luis Mora, left Peru. Ruth Vance, a daughter of the poet, stayed."
    assert resolve_actors(parse(text, published="2015-03-10")).roles == ()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Mexican Economy Secretary Luis Mora spoke.", "Economy Secretary"),
        ("U.S. Trade Representative Luis Mora spoke.", "U.S. Trade Representative"),
        ("Luis Mora a lawyer in Lima spoke.", "lawyer"),
        ("The head of the child protection unit, Luis Mora, spoke in Lima.", "head of child protection unit"),
        ("Gov. Luis Mora spoke in Texas.", "Gov."),
        ("Peru's Deputy Minister of Industry and Trade Luis Mora spoke.", "Deputy Minister of Industry and Trade"),
        ("The Commissioner of Police, Luis Mora, spoke in Lagos.", "Commissioner of Police"),
        ("The mayor of Lima, Luis Mora, spoke.", "mayor"),
        ("Luis Mora is the founder and director of Greenpeace.", "founder and director"),
        ("Peru's Foreign Ministry spokesman Luis Mora spoke.", "Foreign Ministry spokesman"),
        ("The former president Luis Mora spoke in Lima. President Mora was deposed in 1999.", "former president"),
        ("Chief Justice Luis Mora spoke in Lima. General Luis Mora left.", "Chief Justice"),
    ],
)
def test_titles_of_ministers_and_appositions_far_off(parse: Callable[..., Parsed], text: str, title: str) -> None:
    table = resolve_actors(parse(text, published="2015-03-10"))
    assert [(table.actor(r.actor).name, r.title) for r in table.roles] == [("Luis Mora", title)]


def test_fate_and_origin_are_no_office(parse: Callable[..., Parsed]) -> None:
    text = "Luis Mora, a Texas native, spoke. Ana Costa, a passenger, was hurt. The singer Ruth Vance left Lima."
    assert resolve_actors(parse(text, published="2015-03-10")).roles == ()


def test_a_plural_before_names_is_the_role_of_each(parse: Callable[..., Parsed]) -> None:
    table = resolve_actors(parse("Ambassadors Ana Costa and Luis Mora met in Lima.", published="2015-03-10"))
    assert {(table.actor(r.actor).name, r.title) for r in table.roles} == {
        ("Ana Costa", "Ambassador"),
        ("Luis Mora", "Ambassador"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Morocco has appointed Luis Mora as prime minister.",
        "Luis Mora succeeded Ana Costa as prime minister in Lima.",
    ],
)
def test_who_is_put_into_an_office_holds_it(parse: Callable[..., Parsed], text: str) -> None:
    table = resolve_actors(parse(text, published="2015-03-10"))
    assert ("Luis Mora", "prime minister") in {(table.actor(r.actor).name, r.title) for r in table.roles}


def test_an_office_in_a_body_is_of_the_sector_of_the_body(parse: Callable[..., Parsed]) -> None:
    text = "Ruth Vance, vice president of Lomdar University, spoke in Texas. Luis Mora, counsel for Amnesty, left."
    table = resolve_actors(parse(text, published="2015-03-10"))
    assert table.actor(table.roles[0].actor).sector == "EDU"


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Cardinal Jaime Ortega met the mayor, Ana Costa.", {("Jaime Ortega", "Cardinal"), ("Ana Costa", "mayor")}),
        ("Imam Yusuf Karimov was arrested in Tashkent.", {("Yusuf Karimov", "Imam")}),
        ("Advocate Ravi Menon told the court that the plea was wrong.", {("Ravi Menon", "Advocate")}),
        ("Inspector-General of Police Musa Idowu ordered it.", {("Musa Idowu", "Inspector-General of Police")}),
        ("Ministers Ana Costa and Lena Novak signed it.", {("Ana Costa", "Minister"), ("Lena Novak", "Minister")}),
        ("Queen Elizabeth opened parliament.", {("Queen Elizabeth", "Queen")}),
        ("Dr Ana Costa smiled.", set()),
        ("Ministers and their wives smiled at Ana Costa and Lena Novak.", set()),
    ],
)  # fmt: skip
def test_offices_of_clerics_and_lawyers_and_of_several(
    parse: Callable[..., Parsed], text: str, roles: set[tuple[str, str]]
) -> None:
    table = resolve_actors(parse(text, published="2015-03-10"))
    assert {(table.actor(r.actor).name, r.title) for r in table.roles} == roles


@pytest.mark.parametrize(
    ("body", "sector"),
    [("Seamen's Union", "LAB"), ("Harbour Workers' Association", "SOC"), ("Coastal Party", "PTY")],
)
def test_a_body_that_nobody_knows_tells_by_its_last_word_what_its_leader_is(
    parse: Callable[..., Parsed], body: str, sector: str
) -> None:
    text = f"Police in Iceland arrested 17 people, among them Olaf Sveinsson, the leader of the {body}, who was held."
    table = resolve_actors(parse(text, published="2015-03-10"))
    (role,) = (one for one in table.roles if table.actor(one.actor).name == "Olaf Sveinsson")
    assert (role.title, role.organisation) == ("leader", body)
    assert table.actor(role.actor).sector == sector


def test_a_lawmaker_of_scotland_is_of_no_party_with_the_same_letters(parse: Callable[..., Parsed]) -> None:
    table = resolve_actors(
        parse("MSP Karen Whitefield urged Scotland to close shops on Sunday.", published="2005-01-10")
    )
    (role,) = table.roles
    assert (role.title, role.organisation) == ("MSP", None)
    actor = table.actor(role.actor)
    assert (actor.name, actor.country, actor.sector) == ("Karen Whitefield", "GBR", "LEG")
