"""Which country somebody belongs to of whom the report does not say it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whowhom.parse import Parsed
from whowhom.resolve.actors import ActorTable, resolve_actors
from whowhom.resolve.places import find_places
from whowhom.resolve.view import Entity, Mention, View
from whowhom.resolve.where import FITTED, Setting

Resolve = Callable[[str], tuple[Parsed, ActorTable]]


@pytest.fixture
def resolve(parse: Callable[..., Parsed]) -> Resolve:
    def one(text: str) -> tuple[Parsed, ActorTable]:
        parsed = parse(text)
        return parsed, resolve_actors(parsed, (), find_places(parsed))

    return one


def country_of(found: tuple[Parsed, ActorTable], word: str) -> str | None:
    parsed, table = found
    (actor,) = table.at(next(t.i for t in parsed.doc if t.text == word))
    return table.actor(actor).country


def setting_of(parse: Callable[..., Parsed], text: str, **seen: str) -> tuple[Parsed, Setting]:
    """The setting of a text in which the words given stand for states of those countries."""
    parsed = parse(text)
    entities, names = [], []
    for word, country in seen.items():
        for token in (t for t in parsed.doc if t.text == word):
            names.append(Mention(token.i, token.i + 1, token.i, "name", (len(entities),)))
            entities.append(Entity(len(entities), word, "state", country))
    return parsed, Setting(View(parsed), names, entities)


def test_a_report_without_countries_says_nothing(parse: Callable[..., Parsed]) -> None:
    _, setting = setting_of(parse, "Police arrested a man.")
    assert setting.near(0) is None
    assert setting.home is None
    assert setting.features(0) == {}


def test_every_country_has_features_that_are_fitted(parse: Callable[..., Parsed]) -> None:
    _, setting = setting_of(parse, "Kenya warned Uganda. Police arrested a man.", Kenya="KEN", Uganda="UGA")
    found = setting.features(5)
    assert set(found) == {"KEN", "UGA"}
    assert all(set(row) <= set(FITTED) for row in found.values())
    assert sum(row["share"] for row in found.values()) == pytest.approx(1.0)
    assert found["UGA"]["last before"] > found["KEN"]["last before"]  # it stands nearer
    assert found["KEN"]["first"] > found["UGA"]["first"]


def test_the_country_named_beside_wins_over_one_far_away(parse: Callable[..., Parsed]) -> None:
    text = "Kenya warned Uganda. " + "Nobody knew why. " * 8 + "In Chad police arrested a man."
    parsed, setting = setting_of(parse, text, Kenya="KEN", Uganda="UGA", Chad="TCD")
    assert setting.near(next(t.i for t in parsed.doc if t.text == "police")) == "TCD"
    assert setting.near(next(t.i for t in parsed.doc if t.text == "warned")) in ("KEN", "UGA")


def test_a_company_hardly_tells_where_a_report_is_at_home(resolve: Resolve) -> None:
    found = resolve(
        "Apple and Google lobbied in Nairobi. Apple and Google lost. The minister, Ken Otara, told Apple to pay."
    )
    assert country_of(found, "Otara") == "KEN"
    assert country_of(found, "Apple") == "USA"


def test_the_town_of_the_dateline_tells_the_country(resolve: Resolve) -> None:
    found = resolve("OTTAWA, March 10 - The police arrested four demonstrators. The government rejected their demand.")
    assert country_of(found, "police") == country_of(found, "government") == "CAN"
