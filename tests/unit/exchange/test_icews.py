"""ICEWS: the 20 columns and their conventions, the quirks of the files, and the way there and back."""

from __future__ import annotations

import gzip
import io
import zipfile
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
    save,
    stored,
    texts,
    written,
)  # fmt: skip
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whowhom.exchange.events import BadRow, ImportedEvent
from whowhom.exchange.icews import COLUMNS, read_icews, write_icews
from whowhom.exchange.polecat import COLUMNS as POLECAT_COLUMNS
from whowhom.exchange.polecat import read_polecat, write_polecat
from whowhom.exchange.telling import pairs
from whowhom.records import Place
from whowhom.store.rows import StoredEvent

A_ROW = [
    "32891213", "2018-06-01", "Police (India)", "Government,Police", "India",
    "Arrest, detain, or charge with legal action", "173", "-5", "Vladimir Putin",
    "Elite,Executive,Executive Office,Government,International Religious", "Russian Federation", "47400621", "1",
    "Hindustan Times", "Greater Noida", "Meerut", "State of Uttar Pradesh", "India", "28.4961", "77.536",
]  # fmt: skip


def changed(**values: str) -> list[str]:
    by_name = {name.replace(" ", "_"): cell for name, cell in zip(COLUMNS, A_ROW, strict=True)}
    assert values.keys() <= by_name.keys()
    return list((by_name | values).values())


def one_read(tmp_path: Path, *lines: list[str]) -> ImportedEvent | BadRow:
    (found,) = list(read_icews(save(tmp_path / "events.2018.tab", lines)))
    return found


def good(tmp_path: Path, *lines: list[str]) -> ImportedEvent:
    found = one_read(tmp_path, *lines)
    assert isinstance(found, ImportedEvent), found
    return found


def test_an_event_fills_the_columns_by_their_conventions() -> None:
    header, row = written(write_icews, [event()])
    assert tuple(header) == COLUMNS
    assert len(COLUMNS) == 20
    assert dict(zip(COLUMNS, row, strict=True)) == {
        "Event ID": "12", "Event Date": "2020-09-14", "Source Name": "Belarusian police",
        "Source Sectors": "Police,Government", "Source Country": "Belarus",
        "Event Text": "Arrest, detain, or charge with legal action", "CAMEO Code": "173", "Intensity": "-5",
        "Target Name": "protesters", "Target Sectors": "General Population / Civilian / Social,Social",
        "Target Country": "Belarus", "Story ID": "31", "Sentence Number": "2", "Publisher": "Example Times",
        "City": "Minsk", "District": "", "Province": "", "Country": "Belarus", "Latitude": "53.90019",
        "Longitude": "27.56653",
    }  # fmt: skip


def test_codes_keep_their_leading_zero_and_countries_the_names_of_icews() -> None:
    _, row = written(write_icews, [event("CONSULT", "phone", actors=(LUKASHENKO,), recipients=(PUTIN,))])
    assert row[6] == "041"
    assert (row[4], row[10]) == ("Belarus", "Russian Federation")


def test_an_organisation_of_states_has_a_sector_and_no_country() -> None:
    _, row = written(write_icews, [event("ACCUSE", "disapprove", actors=(UN,), recipients=(PUTIN,))])
    assert row[2:5] == ["United Nations", "International Government Organization", ""]


def test_each_pair_has_a_row_and_each_row_an_id() -> None:
    _, *rows = written(write_icews, [event(actors=(POLICE, LUKASHENKO), recipients=(PROTESTERS, UN))])
    assert [(row[2], row[8]) for row in rows] == [
        ("Belarusian police", "protesters"), ("Belarusian police", "United Nations"),
        ("Alexander Lukashenko", "protesters"), ("Alexander Lukashenko", "United Nations"),
    ]  # fmt: skip
    assert [row[0] for row in rows] == ["12", "100000012", "200000012", "300000012"]


def test_a_meeting_without_host_goes_both_ways() -> None:
    _, *rows = written(write_icews, [event("CONSULT", None, actors=(LUKASHENKO, PUTIN), recipients=())])
    assert [(row[2], row[8]) for row in rows] == [
        ("Alexander Lukashenko", "Vladimir Putin"),
        ("Vladimir Putin", "Alexander Lukashenko"),
    ]


def test_two_who_strike_together_do_not_strike_each_other() -> None:
    _, *rows = written(write_icews, [event("ASSAULT", "aerial", actors=(LUKASHENKO, PUTIN), recipients=())])
    assert [(row[2], row[8]) for row in rows] == [("Alexander Lukashenko", ""), ("Vladimir Putin", "")]


def test_icews_has_intensities_of_its_own() -> None:
    _, denial = written(write_icews, [event(None, None, cameo="016")])
    _, embargo = written(write_icews, [event("COERCE", "restrict", cameo="163")])
    assert (denial[5], denial[7]) == ("Deny responsibility", "-5")
    assert embargo[7] == "-8"


def test_an_event_without_a_code_stays_out() -> None:
    account = write_icews([event(cameo=""), event(cameo="999"), event()], io.StringIO())
    assert (account.rows, account.left_out) == (1, {"no CAMEO code": 2})


def test_a_row_is_read(tmp_path: Path) -> None:
    found = good(tmp_path, list(COLUMNS), A_ROW)
    assert found.key == "32891213 2018-06-01"
    assert (found.type, found.mode, found.contexts) == ("COERCE", "arrest", ("legal",))
    assert (found.cameo, found.quad, found.goldstein) == ("173", 4, -7.0)
    (police,), (putin,) = found.actors, found.recipients
    assert (police.name, police.kind, police.country, police.sector) == ("Police (India)", "group", "IND", "COP")
    assert (putin.kind, putin.country, putin.sector, putin.sectors) == ("person", "RUS", "GOV", ("ELI",))
    assert found.place == Place("Greater Noida", "IND", None, 28.4961, 77.536)


def test_a_statement_has_no_plover_type(tmp_path: Path) -> None:
    found = good(tmp_path, changed(CAMEO_Code="010"))
    assert (found.type, found.mode, found.quad, found.goldstein) == (None, None, 1, 0.0)


def test_missing_values_are_empty_or_na(tmp_path: Path) -> None:
    found = good(
        tmp_path,
        changed(Source_Name="Japan", Source_Sectors="NA", Source_Country="Japan", Target_Name="", Target_Sectors="",
                Target_Country="", City="NA", District="NA", Province="", Country="Japan"),
    )  # fmt: skip
    assert [(one.name, one.kind, one.sector) for one in found.actors] == [("Japan", "state", None)]
    assert found.recipients == ()
    assert found.place == Place("Japan", "JPN", None, 28.4961, 77.536)


@pytest.mark.parametrize("cell", ["2017-03-05", "3/5/2017", "03/05/2017"])
def test_dates_of_both_orders_are_read_and_one_is_written(tmp_path: Path, cell: str) -> None:
    found = good(tmp_path, changed(Event_Date=cell))
    assert found.date == "2017-03-05"
    assert found.row["Event Date"] == cell
    assert written(write_icews, stored([found]))[1][1] == "2017-03-05"


def test_quotes_are_part_of_a_cell_and_around_a_list(tmp_path: Path) -> None:
    row = changed(Source_Name='Omar "the Guide"', Source_Sectors='"Military,Government"')
    found = good(tmp_path, row)
    assert (found.actors[0].name, found.actors[0].sector) == ('Omar "the Guide"', "MIL")
    assert written(write_icews, stored([found]))[1] == row


def test_letters_of_either_encoding_are_read(tmp_path: Path) -> None:
    path = tmp_path / "events.tab"
    name = "Nicolás Maduro Erdoğan"
    mixed = "\t".join(changed(Source_Name=name, City="XX")).encode().replace(b"XX", "Bogotá".encode("latin-1"))
    path.write_bytes(mixed + b"\n")
    (found,) = imported(read_icews, path)
    assert found.actors[0].name == name
    assert found.row["City"] == "Bogotá"


def test_a_code_that_lost_its_zero_is_known(tmp_path: Path) -> None:
    assert good(tmp_path, changed(CAMEO_Code="40")).cameo == "040"


def test_further_columns_are_kept_by_name(tmp_path: Path) -> None:
    found = good(tmp_path, [*COLUMNS, "year", "source_file"], [*A_ROW, "2018", "events.2018.tab"])
    assert found.row["source_file"] == "events.2018.tab"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"Event_Date": "01.06.2018"}, "event date"), ({"CAMEO_Code": "999"}, "unknown CAMEO code '999'"),
        ({"Event_ID": ""}, "no event id"), ({"Latitude": "-"}, "number"), ({"Latitude": "91"}, "number"),
    ],
)  # fmt: skip
def test_a_bad_row_says_why_and_is_not_the_end(tmp_path: Path, changes: dict[str, str], reason: str) -> None:
    bad, after = read_icews(save(tmp_path / "a.tab", [list(COLUMNS), changed(**changes), A_ROW]))
    assert isinstance(bad, BadRow)
    assert (bad.line, reason in bad.reason) == (2, True)
    assert isinstance(after, ImportedEvent)


def test_zip_and_gzip_are_read_as_the_file_is(tmp_path: Path) -> None:
    plain = save(tmp_path / "events.tab", [list(COLUMNS), A_ROW])
    with zipfile.ZipFile(tmp_path / "events.zip", "w") as archive:
        archive.write(plain, "2018/events.tab")
        archive.writestr("more.tab", "\t".join(A_ROW) + "\n")
    (tmp_path / "events.tab.gz").write_bytes(gzip.compress(plain.read_bytes()))
    (expected,) = imported(read_icews, plain)
    zipped, more = imported(read_icews, tmp_path / "events.zip")
    (packed,) = imported(read_icews, tmp_path / "events.tab.gz")
    assert zipped.row == packed.row == more.row == expected.row
    assert [zipped.source_file, more.source_file] == ["events.zip!/2018/events.tab", "events.zip!/more.tab"]


@given(st.lists(events(), max_size=4, unique_by=lambda one: one.id))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read_and_written_again(tmp_path: Path, found: list[StoredEvent]) -> None:
    first = written(write_icews, found)
    again = imported(read_icews, save(tmp_path / "a.tab", first))
    rows = [(before, pair) for before in found for pair in pairs(before)]
    for (before, (source, target)), after in zip(rows, again, strict=True):
        assert (after.cameo, after.date) == (before.cameo, before.date)
        for one, others in ((source, after.actors), (target, after.recipients)):
            assert [p.name for p in others] == ([one.name] if one else [])
            # Society of no country is what ICEWS calls a nongovernmental organisation.
            if one and (one.country or "SOC" not in (one.sector, *one.sectors)):
                assert others[0].country == one.country
            if one and one.sector not in (None, "PRE", "UNK", "OPP"):
                assert one.sector in {others[0].sector, *others[0].sectors}
    assert len({(one.key, one.date) for one in again}) == len(again)
    assert written(write_icews, stored(again)) == first


@given(st.lists(texts, min_size=3, max_size=3))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_columns_that_we_do_not_model_survive(tmp_path: Path, odd: list[str]) -> None:
    row = changed(Event_Text=odd[0], Publisher=odd[1], Story_ID=odd[2])
    path = save(tmp_path / "a.tab", [list(COLUMNS), row])
    assert written(write_icews, stored(imported(read_icews, path))) == [list(COLUMNS), row]


def test_polecat_comes_out_as_icews_with_what_both_can_say(tmp_path: Path) -> None:
    source = [
        "20190801-2309-4e081644904c_ASSAULT_R", "2019-08-01", "ASSAULT", "firearms", "-9", "MATERIAL CONFLICT",
        "military", "Taliban", "AFG", "700", "REB", "REB", "None", "Taliban", "None", "Afghan police", "AFG", "700",
        "COP", "COP", "None", "police", "None", "Kunduz", "Kunduz", "Kunduz District", "Kunduz Province", "AFG",
        "36.729", "68.857", "1135690", "Kunduz", "PPLA", "Khaama Press", "2019-08-02", "None", "Taliban", "Kunduz",
        "English", "Release603",
    ]  # fmt: skip
    path = save(tmp_path / "a.txt", [list(POLECAT_COLUMNS), source])
    _, row = written(write_icews, stored(imported(read_polecat, path)))
    assert row == [
        "1", "2019-08-01", "Taliban", "Rebel,Dissident", "Afghanistan", "fight with small arms and light weapons",
        "193", "-10", "Afghan police", "Police,Government", "Afghanistan", "", "", "Khaama Press", "Kunduz",
        "Kunduz District", "Kunduz Province", "Afghanistan", "36.729", "68.857",
    ]  # fmt: skip


def test_icews_comes_out_as_polecat_with_what_both_can_say(tmp_path: Path) -> None:
    path = save(tmp_path / "a.tab", [list(COLUMNS), A_ROW])
    _, cells = written(write_polecat, stored(imported(read_icews, path)))
    row = dict(zip(POLECAT_COLUMNS, cells, strict=True))
    assert {name: row[name] for name in row if name not in ("Event ID", "Version")} == {
        "Event Date": "2018-06-01", "Event Type": "COERCE", "Event Mode": "arrest", "Intensity": "-7",
        "Quad Code": "MATERIAL CONFLICT", "Contexts": "legal", "Actor Name": "Police (India)", "Actor Country": "IND",
        "Actor COW": "750", "Primary Actor Sector": "COP", "Actor Sectors": "COP", "Actor Title": "None",
        "Actor Name Raw": "Police (India)", "Wikipedia Actor ID": "None", "Recipient Name": "Vladimir Putin",
        "Recipient Country": "RUS", "Recipient COW": "365", "Primary Recipient Sector": "GOV",
        "Recipient Sectors": "GOV; ELI", "Recipient Title": "None", "Recipient Name Raw": "Vladimir Putin",
        "Wikipedia Recipient ID": "None", "Placename": "Greater Noida", "City": "Greater Noida", "District": "Meerut",
        "Province": "State of Uttar Pradesh", "Country": "IND", "Latitude": "28.4961", "Longitude": "77.536",
        "GeoNames ID": "None", "Raw Placename": "None", "Feature Type": "None", "Source": "Hindustan Times",
        "Publication Date": "None", "Story People": "Vladimir Putin", "Story Organizations": "None",
        "Story Locations": "Greater Noida", "Language": "None",
    }  # fmt: skip
    assert row["Event ID"] == "20180601-0000-000002d346ad_COERCE_1"
