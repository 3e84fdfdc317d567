"""Whom a surname alone means, by the date of the report and by what it names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whowhom.parse import Parsed
from whowhom.resolve import resolve_actors


def told(parsed: Parsed) -> set[tuple[str, str | None, str | None]]:
    """Name, country and sector of everybody whom a text mentions."""
    table = resolve_actors(parsed)
    found = [table.actor(one) for i in range(len(parsed.doc)) for one in table.at(i)]
    return {(one.name, one.country, one.sector) for one in found}


@pytest.mark.parametrize(
    ("text", "published", "name", "country", "sector"),
    [
        ("Obama spoke in Berlin, Germany.", "2018-04-01", "Barack Obama", "USA", "ELI"),
        ("Syrian troops advanced. France asked Assad to step down.", None, "Bashar al-Assad", "SYR", "GOV"),
        ("Tokyo waited after a call by Trump in the wake of the tsunami of 2011.", None, "Donald Trump", "USA", "GOV"),
    ],
)
def test_those_who_led_a_state_are_known_by_their_surname(
    parse: Callable[..., Parsed], text: str, published: str | None, name: str, country: str, sector: str
) -> None:
    assert (name, country, sector) in told(parse(text, published=published))


def test_a_common_surname_is_not_that_of_a_leader_of_years_ago(parse: Callable[..., Parsed]) -> None:
    found = told(parse("Brown rescued a dog in Lima, Peru.", published="2018-04-01"))
    assert "Gordon Brown" not in {name for name, _, _ in found}


def test_a_title_at_the_start_of_a_listed_name_calls_nobody(parse: Callable[..., Parsed]) -> None:
    text = "He ran to the platform at Grand and State in Chicago. Luxembourg was asked. Police followed."
    found = told(parse(text, published="2026-01-05"))
    assert not {name for name, _, _ in found if "Duke" in name}
