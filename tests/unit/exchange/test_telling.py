"""Pairs of parties, parts of places, and the report that an event is told by."""

from __future__ import annotations

import pytest
from exchange_samples import LUKASHENKO, POLICE, PROTESTERS, PUTIN, event

from whowhom.exchange.telling import Telling, pairs, row_number, telling
from whowhom.records import Place


def test_pairs_go_from_each_actor_to_each_recipient() -> None:
    assert pairs(event(actors=(POLICE, PUTIN), recipients=(PROTESTERS,))) == [(POLICE, PROTESTERS), (PUTIN, PROTESTERS)]


def test_nobody_acts_on_himself_unless_nobody_else_is_there() -> None:
    assert pairs(event(actors=(POLICE, PUTIN), recipients=(PUTIN,))) == [(POLICE, PUTIN)]
    assert pairs(event(actors=(PUTIN,), recipients=(PUTIN,))) == [(PUTIN, PUTIN)]


def test_one_side_alone_has_no_other() -> None:
    assert pairs(event(recipients=())) == [(POLICE, None)]
    assert pairs(event(actors=())) == [(None, PROTESTERS)]
    assert pairs(event(actors=(), recipients=())) == []


@pytest.mark.parametrize(("kind", "count"), [("CONSULT", 6), ("COOPERATE", 6), ("AGREE", 3), ("PROTEST", 3)])
def test_only_meetings_and_cooperation_are_mutual(kind: str, count: int) -> None:
    assert len(pairs(event(kind, None, actors=(LUKASHENKO, PUTIN, POLICE), recipients=()))) == count


def test_rows_of_one_event_have_numbers_of_their_own() -> None:
    assert [row_number(event(id=7), pair) for pair in (0, 1, 2)] == [7, 100_000_007, 200_000_007]


@pytest.mark.parametrize(
    ("place", "city", "province", "feature"),
    [
        (Place("Minsk", "BLR", 625144, 53.9, 27.6), "Minsk", "", "PPLC"),
        (Place("Grodno", "BLR", 627904, 53.7, 23.8), "Grodno", "", "PPL"),
        (Place("Chechnya", "RUS", 569665, 43.5, 45.5), "", "Chechnya", "ADM1"),
        (Place("Burma", "MMR", 1327865, 21.0, 96.0), "", "", "PCLI"),
        (Place("Georgia", "USA", 4197000, 32.75, -83.5), "", "Georgia", "ADM1"),
        (Place("Georgia", "GEO", 614540, 42.0, 43.5), "", "", "PCLI"),
        (Place("the square", "BLR"), "", "", ""),
        (None, "", "", ""),
    ],
)
def test_places_have_parts(place: Place | None, city: str, province: str, feature: str) -> None:
    told = telling(event(place=place))
    assert (told.city, told.province, told.feature) == (city, province, feature)


def test_an_event_without_report_has_its_place_only() -> None:
    assert telling(event(told=())) == Telling(city="Minsk", feature="PPLC", raw_place="Minsk")


def test_an_imported_event_tells_what_its_columns_do() -> None:
    columns = {
        "Source": "TASS",
        "Publication Date": "2020-09-15",
        "City": "None",
        "District": "",
        "Language": "English",
    }
    told = telling(event(data_set="polecat", imported=columns))
    assert told == Telling(publisher="TASS", published="2020-09-15", language="English")
    told = telling(event(data_set="gdelt", imported={"DATEADDED": "20150218230000", "SOURCEURL": "http://a.example"}))
    assert told == Telling(published="2015-02-18", url="http://a.example")
