from __future__ import annotations

from dataclasses import replace

import pytest

from whowhom.own_actors import OwnActor, OwnRole, digest, make_actor

MP = OwnRole("KEN", "LEG", start="2002", end="2013")
MINISTER = OwnRole("KEN", "GOV", start="2008-04-17", end="2010-10-19")
ENVOY = OwnRole("IGO", start="2018-10")
ALWAYS = OwnRole("KEN", "PTY")
ACTOR = make_actor("Ana Costa", "person", ["Costa"], [ALWAYS, MP, MINISTER, ENVOY])


@pytest.mark.parametrize(
    ("day", "role"),
    [
        ("2001-12-31", ALWAYS),
        ("2002-01-01", MP),
        ("2008-04-17", MINISTER),
        ("2009", MINISTER),
        ("2010-10-20", MP),
        ("2015", ALWAYS),
        ("2018", ENVOY),
        ("2018-09-30", ALWAYS),
        ("2030-01-01", ENVOY),
        (None, ALWAYS),
    ],
)
def test_the_role_begun_last_of_those_that_hold(day: str | None, role: OwnRole) -> None:
    assert ACTOR.role_on(day) is role


def test_without_a_date_it_is_the_role_that_lasts_longest() -> None:
    assert replace(ACTOR, roles=(ENVOY, MP, MINISTER)).role_on(None) is ENVOY
    assert replace(ACTOR, roles=(MP, MINISTER)).role_on(None) is MP


def test_roles_before_and_after_a_date() -> None:
    actor = replace(ACTOR, roles=(MP, MINISTER, ENVOY))
    assert actor.role_on("2015") is None
    assert (actor.last_before("2015"), actor.first_after("2015")) == (MP, ENVOY)
    assert (actor.last_before("2001"), actor.first_after("2001")) == (None, MP)


def test_names_are_put_in_one_form() -> None:
    actor = make_actor(" The\tFront ", "group", ["the Front", "A|B", "", "The Front"], [OwnRole(), MP, MP])
    assert actor == OwnActor("The Front", "group", ("A B", "the Front"), (MP,))


def test_the_digest_tells_what_is_coded_apart_and_nothing_else() -> None:
    other = make_actor("Front", "group")
    assert digest([]) == ""
    assert digest([ACTOR, other]) == digest((other, replace(ACTOR, origin="x.csv")))
    changed = [
        replace(ACTOR, name="B"), replace(ACTOR, kind="group"), replace(ACTOR, aliases=()), replace(ACTOR, roles=(MP,)),
    ]  # fmt: skip
    assert len({digest([one]) for one in (ACTOR, other, *changed)}) == 6
