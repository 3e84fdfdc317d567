"""GDELT 2.0: the 61 columns of events, the 16 of mentions, their conventions, and the way there and back."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from exchange_samples import (
    LUKASHENKO,
    POLICE,
    PROTESTERS,
    PUTIN,
    UN,
    event,
    events,
    imported,
    report,
    save,
    stored,
    texts,
    written,
)  # fmt: skip
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whowhom.exchange.events import BadRow, ExportOptions, ImportedEvent
from whowhom.exchange.gdelt import COLUMNS, MENTION_COLUMNS, read_gdelt, write_gdelt, write_mentions
from whowhom.exchange.telling import pairs
from whowhom.records import Place
from whowhom.store.rows import Party, StoredEvent

FILLED = {
    "GLOBALEVENTID": "410412347", "SQLDATE": "20150218", "MonthYear": "201502", "Year": "2015",
    "FractionDate": "2015.1315", "Actor1Code": "UKRGOV", "Actor1Name": "KIEV", "Actor1CountryCode": "UKR",
    "Actor1Type1Code": "GOV", "Actor2Code": "ROMMED", "Actor2Name": "ROMANIA", "Actor2CountryCode": "ROM",
    "Actor2Type1Code": "MED", "IsRootEvent": "1", "EventCode": "043", "EventBaseCode": "043", "EventRootCode": "04",
    "QuadClass": "1", "GoldsteinScale": "2.8", "NumMentions": "10", "NumSources": "2", "NumArticles": "5",
    "AvgTone": "-3.1", "Actor1Geo_Type": "4", "Actor1Geo_FullName": "Kiev, Kyyiv, Misto, Ukraine",
    "ActionGeo_Type": "4", "ActionGeo_FullName": "Kiev, Kyyiv, Misto, Ukraine", "ActionGeo_CountryCode": "UP",
    "ActionGeo_ADM1Code": "UP12", "ActionGeo_Lat": "50.4333", "ActionGeo_Long": "30.5167",
    "ActionGeo_FeatureID": "-1044367", "DATEADDED": "20150218230000", "SOURCEURL": "http://example.org/a",
}  # fmt: skip
A_ROW = [FILLED.get(name, "") for name in COLUMNS]


def changed(**values: str) -> list[str]:
    assert values.keys() <= set(COLUMNS)
    return [(FILLED | values).get(name, "") for name in COLUMNS]


def cells(*arguments: object) -> dict[str, str]:
    (row,) = written(write_gdelt, *arguments)
    return dict(zip(COLUMNS, row, strict=True))


def good(tmp_path: Path, row: list[str]) -> ImportedEvent:
    (found,) = imported(read_gdelt, save(tmp_path / "20150218230000.export.CSV", [row]))
    return found


def test_there_are_61_and_16_columns() -> None:
    assert (len(COLUMNS), len(MENTION_COLUMNS)) == (61, 16)
    assert [COLUMNS[k - 1] for k in (6, 16, 26, 31, 35, 36, 44, 52, 59, 60, 61)] == [
        "Actor1Code", "Actor2Code", "IsRootEvent", "GoldsteinScale", "AvgTone", "Actor1Geo_Type", "Actor2Geo_Type",
        "ActionGeo_Type", "ActionGeo_FeatureID", "DATEADDED", "SOURCEURL",
    ]  # fmt: skip


def test_an_event_fills_the_columns_by_their_conventions() -> None:
    row = cells([event()])
    assert {name: cell for name, cell in row.items() if cell} == {
        "GLOBALEVENTID": "12", "SQLDATE": "20200914", "MonthYear": "202009", "Year": "2020",
        "FractionDate": "2020.7781", "Actor1Code": "BLRCOPGOV", "Actor1Name": "BELARUSIAN POLICE",
        "Actor1CountryCode": "BLR", "Actor1Type1Code": "COP", "Actor1Type2Code": "GOV", "Actor2Code": "BLRCVL",
        "Actor2Name": "PROTESTERS", "Actor2CountryCode": "BLR", "Actor2Type1Code": "CVL", "IsRootEvent": "1",
        "EventCode": "173", "EventBaseCode": "173", "EventRootCode": "17", "QuadClass": "4", "GoldsteinScale": "-5",
        "NumMentions": "3", "NumSources": "2", "NumArticles": "3", "AvgTone": "0", "Actor1Geo_Type": "0",
        "Actor2Geo_Type": "0", "ActionGeo_Type": "4", "ActionGeo_FullName": "Minsk, Belarus",
        "ActionGeo_CountryCode": "BO", "ActionGeo_ADM1Code": "BO", "ActionGeo_Lat": "53.90019",
        "ActionGeo_Long": "27.56653", "DATEADDED": "20200915000000", "SOURCEURL": "https://www.example.org/minsk",
    }  # fmt: skip


def test_there_is_no_header() -> None:
    assert len(written(write_gdelt, [event(), event()])) == 2


@pytest.mark.parametrize(
    ("place", "kind", "name", "code"),
    [
        (Place("Belarus", "BLR", 630336, 53.0, 28.0), "1", "Belarus", "BO"),
        (Place("Texas", "USA", 4736286, 31.25, -99.25), "2", "Texas, United States", "US"),
        (Place("Austin", "USA", 4671654, 30.27, -97.74), "3", "Austin, United States", "US"),
        (Place("Xinjiang", "CHN", 1529047, 41.0, 86.0), "5", "Xinjiang, China", "CH"),
        (None, "0", "", ""),
    ],
)
def test_places_have_gdelts_kinds_and_fips_countries(place: Place | None, kind: str, name: str, code: str) -> None:
    row = cells([event(place=place)])
    assert (row["ActionGeo_Type"], row["ActionGeo_FullName"], row["ActionGeo_CountryCode"]) == (kind, name, code)


def test_codes_of_four_digits_have_a_base_of_three() -> None:
    row = cells([event("PROTEST", "demo", contexts=("executive",))])
    assert (row["EventCode"], row["EventBaseCode"], row["EventRootCode"]) == ("1411", "141", "14")


def test_countries_are_cameos_and_groups_are_known() -> None:
    romania = Party(8, "Klaus Iohannis", "person", "ROU", "GOV")
    row = cells([event("ACCUSE", "disapprove", actors=(UN,), recipients=(romania,))])
    assert [row[f"Actor1{name}"] for name in ("Code", "CountryCode", "KnownGroupCode", "Type1Code")] == [
        "IGOUNO", "", "UNO", "IGO",
    ]  # fmt: skip
    assert (row["Actor2Code"], row["Actor2CountryCode"]) == ("ROMGOV", "ROM")


def test_the_class_of_a_yielding_is_that_of_its_code() -> None:
    assert cells([event("CONCEDE", None)])["QuadClass"] == "2"  # CAMEO 08, verbal in PLOVER


@pytest.mark.parametrize(("sanction", "quad"), [(None, "4"), ("material", "4"), ("verbal", "3")])
def test_the_class_of_sanction_can_be_chosen(sanction: str | None, quad: str) -> None:
    options = ExportOptions(sanction=sanction)  # type: ignore[arg-type]
    assert cells([event("SANCTION", "withdraw")], options)["QuadClass"] == quad


@pytest.mark.parametrize(("sentences", "root"), [((9, 3), "1"), ((4,), "0")])
def test_an_event_of_the_first_paragraphs_is_a_root_event(sentences: tuple[int, ...], root: str) -> None:
    told = tuple(report(sentence_number=number) for number in sentences)
    assert cells([event(told=told)])["IsRootEvent"] == root


def test_every_report_is_a_mention() -> None:
    told = (report(), report(url=None, source_id="wire-7", publisher="Wire", trigger=(), confidence=0.04))
    first, second = written(write_mentions, [event(told=told)])
    assert first == [
        "12", "20200914000000", "20200915000000", "1", "example.org", "https://www.example.org/minsk", "2", "-1", "-1",
        "37", "1", "80", "1200", "0", "", "",
    ]  # fmt: skip
    assert second[3:6] == ["2", "Wire", "wire-7"]
    assert (second[9], second[11]) == ("-1", "10")


def test_mentions_are_of_the_rows_of_events() -> None:
    several = [event(actors=(POLICE, LUKASHENKO), told=(report(), report()))]
    ids = [row[0] for row in written(write_gdelt, several)]
    assert ids == ["12", "100000012"]
    assert [row[0] for row in written(write_mentions, several)] == ["12", "12", "100000012", "100000012"]


def test_the_time_of_a_mention_is_filled_up() -> None:
    (row,) = written(write_mentions, [event(told=(report(published="2020-09"),))])
    assert row[2] == "20200901000000"


def test_a_row_is_read(tmp_path: Path) -> None:
    found = good(tmp_path, A_ROW)
    assert (found.key, found.date, found.cameo) == ("410412347", "2015-02-18", "043")
    assert (found.type, found.mode, found.quad, found.goldstein) == ("CONSULT", "visit", 1, 4.0)
    (kiev,), (romania,) = found.actors, found.recipients
    assert (kiev.name, kiev.country, kiev.sector) == ("KIEV", "UKR", "GOV")
    assert (romania.name, romania.kind, romania.country, romania.sector) == ("ROMANIA", "state", "ROU", "JRN")
    assert found.place == Place("Kiev", "UKR", None, 50.4333, 30.5167)
    assert (found.reports, found.sources) == (5, 2)


def test_actors_of_no_country_are_read(tmp_path: Path) -> None:
    found = good(
        tmp_path,
        changed(Actor1Code="IGOUNO", Actor1Name="UNITED NATIONS", Actor1CountryCode="", Actor1KnownGroupCode="UNO",
                Actor1Type1Code="IGO", Actor2Code="", Actor2Name="", Actor2CountryCode="", Actor2Type1Code=""),
    )  # fmt: skip
    assert [(one.name, one.country, one.sector) for one in found.actors] == [("UNITED NATIONS", "UNO", None)]
    assert found.recipients == ()


@pytest.mark.parametrize("count", [57, 58])
def test_files_from_before_2015_are_read(tmp_path: Path, count: int) -> None:
    row = [cell for name, cell in zip(COLUMNS, A_ROW, strict=True) if not name.endswith("ADM2Code")][:count]
    found = good(tmp_path, row)
    assert found.place == Place("Kiev", "UKR", None, 50.4333, 30.5167)
    assert written(write_gdelt, stored([found])) == [A_ROW if count == 58 else [*A_ROW[:-1], ""]]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (A_ROW[:40], "40 columns where GDELT has 61"), (changed(SQLDATE="20151399"), "event date"),
        (changed(EventCode="---"), "unknown CAMEO code"), (changed(GLOBALEVENTID="x"), "event id"),
        (changed(ActionGeo_Lat="#"), "number"), (changed(NumSources="2.x"), "number"),
    ],
)  # fmt: skip
def test_a_bad_row_says_why_and_is_not_the_end(tmp_path: Path, row: list[str], reason: str) -> None:
    bad, after = read_gdelt(save(tmp_path / "a.CSV", [row, A_ROW]))
    assert isinstance(bad, BadRow)
    assert (bad.line, reason in bad.reason) == (1, True), bad
    assert isinstance(after, ImportedEvent)


@given(st.lists(events(), max_size=4, unique_by=lambda one: one.id))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read_and_written_again(tmp_path: Path, found: list[StoredEvent]) -> None:
    first = written(write_gdelt, found)
    again = imported(read_gdelt, save(tmp_path / "a.CSV", first))
    rows = [(before, pair) for before in found for pair in pairs(before)]
    for (before, (one, other)), after in zip(rows, again, strict=True):
        assert (after.cameo, after.date, after.reports) == (before.cameo, before.date, before.reports)
        for party, others in ((one, after.actors), (other, after.recipients)):
            assert [(p.name, p.country) for p in others] == ([(party.name.upper(), party.country)] if party else [])
    assert written(write_gdelt, stored(again)) == first


@given(st.lists(texts, min_size=3, max_size=3))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_columns_that_we_do_not_model_survive(tmp_path: Path, odd: list[str]) -> None:
    row = changed(AvgTone=odd[0], Actor1EthnicCode=odd[1], Actor2Geo_FullName=odd[2])
    assert written(write_gdelt, stored([good(tmp_path, row)])) == [row]


def test_nobody_is_told_apart_from_somebody() -> None:
    account = write_gdelt([event(actors=(), recipients=()), event(actors=())], io.StringIO())
    assert (account.rows, account.left_out) == (1, {"nobody takes part": 1})
    assert (PROTESTERS.name, PUTIN.name) == ("protesters", "Vladimir Putin")
