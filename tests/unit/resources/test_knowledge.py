from __future__ import annotations

import pytest

from whowhom.resources.knowledge import (
    Leader,
    agent_endings,
    agent_index,
    agent_nouns,
    countries,
    country_by_code,
    demonym,
    female_names,
    leaders,
    leaders_by_name,
    male_names,
    name_index,
    normal,
    organisations,
    regions,
    shared_names,
    unmarked,
)


def find(text: str) -> tuple[str, str] | None:
    """Kind and matched words of the name that a text starts with."""
    first = text.split()[0].split("-")[0].lower()
    match = name_index().match(text, normal(text), 0, first, capitals=False)
    return (match[1].kind, text[: match[0]]) if match else None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("North Korea fired a rocket", ("country", "North Korea")),
        ("Moscow protested", ("capital", "Moscow")),
        ("Kremlin aides", ("seat", "Kremlin")),
        ("Brazilian soldiers", ("demonym", "Brazilian")),
        ("European Union ministers", ("organisation", "European Union")),
        ("us and them", None),
        ("Unknownland fell", None),
    ],
)
def test_the_longest_known_name_is_found(text: str, found: tuple[str, str] | None) -> None:
    assert find(text) == found


def test_a_name_ends_where_a_word_ends() -> None:
    assert find("Iranologists met") is None


def test_normal_keeps_the_length() -> None:
    for text in ("İstanbul’s", "STRASSE", "a–b‑c"):
        assert len(normal(text)) == len(text)


@pytest.mark.parametrize(
    ("date", "holds"),
    [("1999-12", False), ("2000-05-07", True), ("2003", True), ("2008-05-07", True), ("2008-06", False)],
)
def test_a_term_holds_at_dates_of_any_precision(date: str, holds: bool) -> None:
    assert Leader("A", start="2000-05-07", end="2008-05-07").holds(date) is holds


def test_an_open_term_holds_ever_after() -> None:
    assert Leader("A", start="2020").holds("2030-01-01")


def test_agent_nouns_are_found_by_plural_and_by_last_word() -> None:
    noun, plural = agent_index()["soldiers"]
    assert (noun.noun, noun.sector, plural) == ("soldier", "MIL", True)
    assert ("prime", "minister") in agent_endings()["minister"]


def test_every_table_has_rows_and_valid_codes() -> None:
    codes = set(country_by_code())
    assert len(countries()) > 190
    assert {r.iso3 for r in regions()} <= codes | {None}
    beyond = {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"}
    assert {o.country for o in organisations()} <= codes | beyond | {None}
    assert {le.country for le in leaders()} <= codes | beyond | {None}
    assert {n.kind for n in agent_nouns()} <= {"person", "organisation", "people", "group"}


def test_terms_of_a_leader_are_found_by_full_name() -> None:
    assert {t.country for t in leaders_by_name()["angela merkel"]} == {"DEU"}


def test_a_country_has_its_adjective() -> None:
    assert demonym("BLR") == "Belarusian"
    assert demonym("XXX") is None


def test_no_given_name_is_of_both_genders() -> None:
    assert not female_names() & male_names()


def test_every_acronym_of_several_meanings_has_them_in_the_table() -> None:
    for name, shared in shared_names().items():
        meant = [one for one in (shared.usual, *shared.others) if one is not None]
        assert len({one.name for one in meant}) == len(meant), name
        assert len(meant) > 1 or shared.usual is None, name


@pytest.mark.parametrize(
    ("text", "plain"), [("Bogotá", "Bogota"), ("São Tomé", "Sao Tome"), ("Łódź", "Łodz"), ("Paris", "Paris"), ("", "")]
)
def test_marks_are_taken_off_letters_and_letters_of_their_own_stay(text: str, plain: str) -> None:
    assert unmarked(text) == plain
