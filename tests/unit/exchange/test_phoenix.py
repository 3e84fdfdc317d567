"""Phoenix: the 26 columns and their conventions."""

from __future__ import annotations

import pytest
from exchange_samples import LUKASHENKO, POLICE, PUTIN, UN, event, report, written

from whowhom.exchange.events import ExportOptions
from whowhom.exchange.phoenix import COLUMNS, write_phoenix
from whowhom.records import Place
from whowhom.store.rows import Party

OPTIONS = ExportOptions(version="v0.2")


def cells(one: object, options: ExportOptions = OPTIONS) -> dict[str, str]:
    (row,) = written(write_phoenix, [one], options)  # type: ignore[list-item]
    return dict(zip(COLUMNS, row, strict=True))


def test_an_event_fills_the_columns_by_their_conventions() -> None:
    told = (report(), report(document=44, sentence_number=5, url="https://b.example/x", publisher="B"))
    row = cells(event(contexts=("legal", "repression"), told=told))
    assert len(COLUMNS) == 26
    assert row == {
        "EventID": "12_v0.2", "Date": "20200914", "Year": "2020", "Month": "09", "Day": "14",
        "SourceActorFull": "BLRCOPGOV", "SourceActorEntity": "BLR", "SourceActorRole": "COP",
        "SourceActorAttribute": "GOV", "TargetActorFull": "BLRCVL", "TargetActorEntity": "BLR",
        "TargetActorRole": "CVL", "TargetActorAttribute": "", "EventCode": "173", "EventRootCode": "17",
        "PentaClass": "4", "GoldsteinScore": "-5.0", "Issues": "legal,1;repression,1", "Lat": "53.90019",
        "Lon": "27.56653", "LocationName": "Minsk", "StateName": "", "CountryCode": "BLR", "SentenceID": "31_2;44_5",
        "URLs": "https://www.example.org/minsk;https://b.example/x", "NewsSources": "Example Times;B",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("party", "expected"),
    [
        (UN, ["IGOUNO", "IGO", "", "UNO"]),
        (Party(1, "EU", "organisation", "EUR", "GOV"), ["IGOEUREECGOV", "IGO", "", "EUR;EEC;GOV"]),
        (Party(1, "deputies", "group", "GEO", "LEG"), ["GEOLEG", "GEO", "", "LEG"]),
        (Party(1, "rebels", "group", None, "REB"), ["REB", "", "REB", ""]),
        (Party(1, "Romania", "state", "ROU"), ["ROU", "ROU", "", ""]),
        (Party(1, "Telegraph", "organisation", "GBR", "JRN", ("BUS",)), ["GBRMEDBUS", "GBR", "MED", "BUS"]),
    ],
)
def test_actors_have_entity_role_and_attributes(party: Party, expected: list[str]) -> None:
    row = cells(event(actors=(party,)))
    assert [row[f"SourceActor{name}"] for name in ("Full", "Entity", "Role", "Attribute")] == expected


@pytest.mark.parametrize(
    ("cameo", "penta", "goldstein"),
    [
        ("010", "0", "0.0"), ("0243", "0", "-0.3"), ("036", "1", "4.0"), ("0874", "2", "10.0"), ("1012", "3", "-5.0"),
        ("130", "3", "-4.4"), ("163", "3", "-6.5"), ("1411", "4", "-6.5"), ("1661", "3", "-4.0"), ("204", "4", "-10.0"),
    ],
)  # fmt: skip
def test_penta_and_score_are_those_of_the_code(cameo: str, penta: str, goldstein: str) -> None:
    row = cells(event(cameo=cameo))
    assert (row["PentaClass"], row["GoldsteinScore"]) == (penta, goldstein)


def test_the_class_of_sanction_can_be_chosen() -> None:
    assert cells(event(cameo="160"), ExportOptions(sanction="material"))["PentaClass"] == "4"
    assert cells(event(cameo="160"), ExportOptions(sanction="verbal"))["PentaClass"] == "3"


@pytest.mark.parametrize("place", [None, Place("Minsk", "BLR"), Place("", "BLR", None, 53.9, 27.5)])
def test_without_a_whole_place_there_is_none(place: Place | None) -> None:
    row = cells(event(place=place))
    assert [row[name] for name in ("Lat", "Lon", "LocationName", "StateName", "CountryCode")] == [""] * 5


def test_each_pair_has_a_row_and_an_id() -> None:
    rows = written(write_phoenix, [event(actors=(POLICE, LUKASHENKO), recipients=(PUTIN,))], OPTIONS)
    assert [row[0] for row in rows] == ["12_v0.2", "100000012_v0.2"]
