from __future__ import annotations

from pathlib import Path

import pytest

from whowhom.own_actors import OwnActor, OwnRole, read_own
from whowhom.own_actors.cameo_dictionary import read_dictionary


def read(text: str) -> tuple[list[OwnActor], list[tuple[int, str]]]:
    actors, bad = read_dictionary(text, "x.actors.txt")
    return actors, [(line.line, line.reason) for line in bad]


def test_names_codes_and_comments_are_told_apart() -> None:
    actors, bad = read(
        "<!-- a comment\nNOT_A_NAME [USA]\n-->\n# another\n"
        "RED_FRONT_(RFA)_ [PERREB] # 21 Mar 13\n"
        "+FRONT_OF_THE_PEOPLE_ ; a list\n\n"
        "+AL-NUR_BRIGADE\n"
        "NORLAND_UNION [NOR]\n"
    )
    assert bad == []
    assert actors == [
        OwnActor(
            "Red Front", "organisation", ("Front of the People", "RFA", "al-Nur Brigade"), (OwnRole("PER", "REB"),),
            "x.actors.txt",
        ),
        OwnActor("Norland Union", "state", (), (OwnRole("NOR"),), "x.actors.txt"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("[USAGOV <19911226]", None, "1991-12-26"),
        ("[USAGOV <911226>]", None, "1991-12-26"),
        ("[USAGOV < 911226]", None, "1991-12-26"),
        ("[USAGOV >20130119]", "2013-01-19", None),
        ("[USAGOV > 300101]", "2030-01-01", None),
        ("[USAGOV > 310101]", "1931-01-01", None),
        ("[USAGOV 20100109-20100112]", "2010-01-09", "2010-01-12"),
        ("[USAGOV 19950601 - 990815]", "1995-06-01", "1999-08-15"),
        ("[USAGOV]", None, None),
    ],
)
def test_restrictions_to_dates(code: str, start: str | None, end: str | None) -> None:
    actors, bad = read(f"ANA_COSTA\n\t{code} # Costa\n")
    assert bad == []
    assert actors[0].roles == (OwnRole("USA", "GOV", (), None, start, end),)


def test_several_codes_may_stand_on_the_line_of_the_name() -> None:
    actors, bad = read("ANA_COSTA_\t[USAGOV 981022-010811] [IGOUNO  >070201]; envoy\n")
    assert bad == []
    assert actors[0].kind == "person"
    assert [(role.country, role.start) for role in actors[0].roles] == [("USA", "1998-10-22"), ("UNO", "2007-02-01")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("X_FRONT [QQQREB]", "'QQQ' in code 'QQQREB' is no country"),
        ("X_FRONT [KENRE]", "no row of three-letter codes"),
        ("X_FRONT [MEA]", "names a region"),
        ("X_FRONT [950601-990815]", "has no code"),
        ("X_FRONT [KENREB 2004017-20061201]", "'2004017' is no date"),
        ("X_FRONT [KENREB 20040230-20061201]", "'20040230' is no day"),
        ("X_FRONT [KENREB 20061201-20040101]", "is before the start"),
        ("X_FRONT [KENREB until 1999]", "is no restriction to dates"),
        ("X_FRONT [---]", "says that it is no actor"),
        ("X_FRONT", "'X_FRONT' has no code"),
        ("X_FRONT [KENREB", "beside the codes cannot be read"),
        ("POLICE {} [~COP]", "is an agent"),
        ("CAMP!WHO! [KENREB]", "the set '!WHO!' is not defined"),
    ],
)
def test_a_bad_line_is_reported_and_the_others_are_read(line: str, reason: str) -> None:
    actors, bad = read(f"FIRST_PARTY [KENPTY]\n{line}\nLAST_PARTY [UGAPTY]\n")
    assert [actor.name for actor in actors] == ["First Party", "Last Party"]
    (found,) = bad
    assert found[0] == 2
    assert reason in found[1]


def test_lines_that_belong_to_no_name_are_reported() -> None:
    assert [line for line, _ in read("+ALIAS_\n\t[USAGOV]\nPARTY [KENPTY]\n")[1]] == [1, 2]


def test_one_bad_code_of_several_costs_only_itself() -> None:
    actors, bad = read("ANA_COSTA\n[QQQ <20010101]\n[KENGOV >20010101]\n")
    assert [role.country for role in actors[0].roles] == ["KEN"]
    assert [line for line, _ in bad] == [2]


def test_sets_and_plurals_give_further_names() -> None:
    actors, bad = read(
        "!WHO! = MAN, WOMEN\nKNIGHT!WHO!_OF_NOR {NORKNIGHTS} [NORREB]\n"
        "&ARMS\n+GUN\n+BOW\n\nTHE_&ARMS_LEAGUE* [NORREB]\n"
    )
    assert bad == []
    assert [(a.name, a.aliases) for a in actors] == [
        ("Knightman of Nor", ("Knightwomen of Nor", "Norknights")),
        ("The Gun League", ("The Bow League", "The Bow Leagues", "The Gun Leagues")),
    ]


def test_a_name_that_comes_twice_is_one_actor() -> None:
    actors, bad = read("ANA_COSTA [PRTGOV 20010101-20020101]\nBEN [PRTGOV]\nANA_COSTA [PRTELI]\n+COSTA\n")
    assert bad == []
    assert [(a.name, a.aliases, len(a.roles)) for a in actors] == [("Ana Costa", ("Costa",), 2), ("BEN", (), 1)]


def test_the_validation_dictionary_is_read_or_reported(shared: Path) -> None:
    folder = shared / "gold" / "petrarch-unit-dictionaries"
    if not folder.is_dir():
        pytest.skip("the PETRARCH dictionaries are not beside this checkout (../shared/gold)")
    actors, bad = read_own(folder / "PETR.Validate.actors.txt")
    assert {"Hamas", "Interpol"} <= {name for actor in actors for name in (actor.name, *actor.aliases)}
    assert len(actors) > 65
    assert all("no country" in b.reason or "code" in b.reason or "region" in b.reason for b in bad)
    agents, bad = read_own(folder / "PETR.Validate.agents.txt")
    assert agents == []
    assert all("is an agent" in line.reason for line in bad)
