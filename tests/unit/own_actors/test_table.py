from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whowhom.own_actors import OwnActor, OwnRole, make_actor, read_own, write_own
from whowhom.own_actors.actor_codes import BEYOND_COUNTRIES, COUNTRIES, SECTORS
from whowhom.own_actors.entries import KINDS
from whowhom.own_actors.table import read_table

HEADER = "name,kind,country,sector,sectors,title,start,end,aliases\n"


def read(text: str) -> tuple[list[OwnActor], list[tuple[int, str]]]:
    actors, bad = read_table(text, "own.csv")
    assert all(line.file == "own.csv" for line in bad)
    return actors, [(line.line, line.reason) for line in bad]


def test_rows_of_one_name_are_roles_over_time_of_one_actor() -> None:
    actors, bad = read(
        HEADER
        + "Ana Costa,person,PRT,GOV,,Minister of Finance,2015-11-26,2019-10,A. Costa;the Iron Dove\n"
        + "Ana Costa,,PRT,BUS,LAB;SOC,director,2019-11,,Costa|A. Costa\n"
    )
    assert bad == []
    assert actors == [
        OwnActor(
            "Ana Costa",
            "person",
            ("A. Costa", "Costa", "the Iron Dove"),
            (
                OwnRole("PRT", "GOV", (), "Minister of Finance", "2015-11-26", "2019-10"),
                OwnRole("PRT", "BUS", ("LAB", "SOC"), "director", "2019-11"),
            ),
            "own.csv",
        )
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("X,person,JAP,,,,,,", "country 'JAP'"),
        ("X,person,JPN,GVT,,,,,", "'GVT' is no sector"),
        ("X,person,JPN,GOV,HLH,,,,", "'HLH' is no sector"),
        ("X,thing,JPN,,,,,,", "kind 'thing'"),
        ("X,person,JPN,,,,2020-02-30,,", "start '2020-02-30' is no date"),
        ("X,person,JPN,,,,2020,2019-12,", "the end 2019-12 is before the start 2020"),
        (",person,JPN,,,,,,", "the row has no name"),
        ("--,person,JPN,,,,,,", "has no letter"),
        ("X,person,JPN,,,,,,,,", "11 cells where the header has 9"),
        ("Good,state,JPN,,,,,,", "is of kind 'organisation' in an earlier row"),
    ],
)
def test_a_bad_row_is_reported_and_the_others_are_read(row: str, reason: str) -> None:
    actors, bad = read(HEADER + "Good,organisation,KEN,,,,,,\n" + row + "\nLast,group,UGA,,,,,,\n")
    assert [actor.name for actor in actors] == ["Good", "Last"]
    assert len(actors[0].roles) == 1
    (found,) = bad
    assert found[0] == 3
    assert reason in found[1]


def test_columns_may_come_in_any_order_and_be_fewer_and_separated_by_semicolons() -> None:
    actors, bad = read("\n Country ;NAME;colour\nken;The Front;red\n\n;;\n")
    assert [(line, "'colour'" in reason) for line, reason in bad] == [(2, True)]
    assert actors == [OwnActor("The Front", "organisation", (), (OwnRole("KEN"),), "own.csv")]


def test_a_row_after_a_cell_of_several_lines_is_reported_with_its_own_line() -> None:
    _, bad = read(HEADER + '"A\nB",group,KEN,,,,,,\nX,group,XXX,,,,,,\n')
    assert [line for line, _ in bad] == [4]


_texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
_names = _texts.filter(lambda text: any(char.isalnum() for char in text.replace(";", "").replace("|", "")))
_codes = st.sampled_from(sorted(SECTORS))
_days = st.dates().map(lambda day: day.isoformat()).flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]]))
_roles = st.builds(
    OwnRole,
    st.none() | st.sampled_from(sorted(COUNTRIES | BEYOND_COUNTRIES)),
    st.none() | _codes,
    st.lists(_codes, unique=True, max_size=3).map(tuple),
    st.none() | _texts.map(lambda text: " ".join(text.split()) or None),
    st.none() | _days,
).flatmap(
    # the end is the start itself or open, so that it never comes before
    lambda role: st.sampled_from([role, OwnRole(role.country, role.sector, role.sectors, role.title, role.start,
                                                role.start)])
)  # fmt: skip
_actors = st.lists(
    st.builds(
        make_actor, _names, st.sampled_from(KINDS), st.lists(_texts, max_size=3), st.lists(_roles, max_size=3),
        st.just("own.csv"),
    ),
    unique_by=lambda actor: actor.name,
)  # fmt: skip


@given(_actors)
def test_what_is_written_is_read_back(actors: list[OwnActor]) -> None:
    stream = io.StringIO()
    write_own(actors, stream)
    assert read_table(stream.getvalue(), "own.csv") == (actors, [])


def test_a_written_file_is_read_back(tmp_path: Path) -> None:
    actors = [make_actor("Ligue, la", "group", ['the "Ligue"'], [OwnRole("TUN", "SOC")], "own.csv")]
    path = tmp_path / "own.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        write_own(actors, stream)
    assert read_own(path) == (actors, [])
