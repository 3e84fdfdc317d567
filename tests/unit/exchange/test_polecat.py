"""POLECAT: the 40 columns and their conventions, the quirks of the files, and the way there and back."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from exchange_samples import (
    LUKASHENKO,
    MINSK,
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
    written,
)  # fmt: skip
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whowhom.exchange.events import BadRow, ExportOptions, ImportedEvent
from whowhom.exchange.polecat import COLUMNS, read_polecat, write_polecat
from whowhom.records import Place
from whowhom.store.rows import Party

A_ROW = [
    "20190801-2309-4e081644904c_COOPERATE_R", "2019-08-01", "COOPERATE", "None", "9.5", "MATERIAL COOPERATION",
    "economic; military", "Vladimir Putin; Kremlin", "RUS; RUS", "365; 365", "GOV; GOV", "GOV|ELI; GOV",
    "President; None", "Putin; the Kremlin", "Q7747; None", "Belarus", "Belarus", "370", "None", "None", "None",
    "Minsk's side", "None", "Minsk", "Minsk", "None", "Minsk City", "BLR", "53.9", "27.5667", "625144", "MINSK",
    "PPLC", "TASS", "2019-08-02", "Vladimir Putin", "Kremlin", "Minsk", "English", "Release603",
]  # fmt: skip


def cells(*arguments: object) -> dict[str, str]:
    header, row = written(write_polecat, *arguments)
    assert tuple(header) == COLUMNS
    return dict(zip(COLUMNS, row, strict=True))


def one_read(tmp_path: Path, *lines: list[str]) -> ImportedEvent | BadRow:
    (found,) = list(read_polecat(save(tmp_path / "ngecEvents.txt", lines)))
    return found


def test_there_are_forty_columns() -> None:
    assert len(COLUMNS) == 40
    assert COLUMNS[4] == "Intensity"
    assert COLUMNS[-1] == "Version"


def test_an_event_fills_the_columns_by_their_conventions() -> None:
    row = cells([event(contexts=("legal", "repression"))], ExportOptions(version="whowhom 0.2"))
    assert row == {
        "Event ID": "20200915-0000-00000000001f_COERCE_12", "Event Date": "2020-09-14", "Event Type": "COERCE",
        "Event Mode": "arrest", "Intensity": "-7", "Quad Code": "MATERIAL CONFLICT", "Contexts": "legal; repression",
        "Actor Name": "Belarusian police", "Actor Country": "BLR", "Actor COW": "370", "Primary Actor Sector": "COP",
        "Actor Sectors": "COP; GOV", "Actor Title": "None", "Actor Name Raw": "Police", "Wikipedia Actor ID": "None",
        "Recipient Name": "protesters", "Recipient Country": "BLR", "Recipient COW": "370",
        "Primary Recipient Sector": "CVL", "Recipient Sectors": "CVL", "Recipient Title": "None",
        "Recipient Name Raw": "hundreds of protesters", "Wikipedia Recipient ID": "None", "Placename": "Minsk",
        "City": "Minsk", "District": "None", "Province": "None", "Country": "BLR", "Latitude": "53.90019",
        "Longitude": "27.56653", "GeoNames ID": "625144", "Raw Placename": "Minsk", "Feature Type": "PPLC",
        "Source": "Example Times", "Publication Date": "2020-09-15", "Story People": "None",
        "Story Organizations": "Belarusian police", "Story Locations": "Minsk", "Language": "en",
        "Version": "whowhom 0.2",
    }  # fmt: skip


def test_several_parties_stand_in_parallel_lists() -> None:
    row = cells([event("CONSULT", None, actors=(LUKASHENKO, PUTIN, UN), recipients=())])
    assert row["Actor Name"] == "Alexander Lukashenko; Vladimir Putin; United Nations"
    assert row["Actor Country"] == "BLR; RUS; UNO"
    assert row["Actor COW"] == "370; 365; None"
    assert row["Primary Actor Sector"] == "GOV; GOV; None"
    assert row["Actor Title"] == "president; president; None"
    assert row["Recipient Name"] == row["Recipient Country"] == row["Recipient Sectors"] == "None"
    assert row["Story People"] == "Alexander Lukashenko; Vladimir Putin"


def test_the_sectors_of_one_of_several_parties_are_parted_by_bars() -> None:
    assert cells([event(actors=(POLICE, PUTIN))])["Actor Sectors"] == "COP|GOV; GOV"


def test_a_semicolon_in_a_name_does_not_part_it() -> None:
    odd = Party(9, "Smith; Sons", "organisation", "GBR")
    assert cells([event(actors=(odd,))])["Actor Name"] == "Smith, Sons"


def test_kosovo_has_the_code_that_plover_gives_it() -> None:
    assert cells([event(place=Place("Pristina", "XKX", 786714, 42.67, 21.17))])["Country"] == "KOS"


@pytest.mark.parametrize(("sanction", "quad"), [(None, "MATERIAL"), ("material", "MATERIAL"), ("verbal", "VERBAL")])
def test_the_class_of_sanction_can_be_chosen(sanction: str | None, quad: str) -> None:
    options = ExportOptions(sanction=sanction)  # type: ignore[arg-type]
    assert cells([event("SANCTION", "convict")], options)["Quad Code"] == f"{quad} CONFLICT"


def test_the_choice_leaves_other_conflicts_alone() -> None:
    assert cells([event("PROTEST", "riot")], ExportOptions(sanction="verbal"))["Quad Code"] == "MATERIAL CONFLICT"


def test_accuse_and_vandalize_have_the_scores_of_the_codebook() -> None:
    assert cells([event("ACCUSE", None)])["Intensity"] == "-3"
    assert cells([event("PROTEST", "vandalize")])["Intensity"] == "-5"


def test_what_the_format_cannot_say_stays_out_and_is_counted() -> None:
    stream = io.StringIO()
    events = [event(), event(status="negated"), event(date=None), event(None, None)]
    account = write_polecat(events, stream)
    assert account.rows == 1
    assert account.left_out == {"status negated": 1, "no date": 1, "no PLOVER type": 1}
    assert len(stream.getvalue().splitlines()) == 2


def test_other_statuses_are_written_where_asked_for() -> None:
    assert cells([event(status="planned")], ExportOptions(statuses=("planned",)))["Event Type"] == "COERCE"


def test_a_row_is_read(tmp_path: Path) -> None:
    found = one_read(tmp_path, list(COLUMNS), A_ROW)
    assert isinstance(found, ImportedEvent)
    assert (found.type, found.mode, found.contexts) == ("COOPERATE", None, ("economic", "military"))
    assert (found.date, found.quad, found.goldstein, found.cameo) == ("2019-08-01", 2, 9.5, "061")
    putin, kremlin = found.actors
    assert (putin.name, putin.kind, putin.country, putin.title) == ("Vladimir Putin", "person", "RUS", "President")
    assert (putin.sector, putin.sectors, kremlin.sector, kremlin.sectors) == ("GOV", ("ELI",), "GOV", ())
    (belarus,) = found.recipients
    assert (belarus.name, belarus.kind, belarus.country, belarus.sector) == ("Belarus", "state", "BLR", None)
    assert found.place == Place("Minsk", "BLR", 625144, 53.9, 27.5667)
    assert found.row == dict(zip(COLUMNS, A_ROW, strict=True))
    assert (found.source_file, found.line) == ("ngecEvents.txt", 2)


def test_a_row_that_came_goes_out_as_it_came(tmp_path: Path) -> None:
    path = save(tmp_path / "a.txt", [list(COLUMNS), A_ROW])
    assert written(write_polecat, stored(imported(read_polecat, path))) == [list(COLUMNS), A_ROW]


def test_the_newer_name_of_intensity_is_known(tmp_path: Path) -> None:
    header = ["Event Intensity" if name == "Intensity" else name for name in COLUMNS]
    found = one_read(tmp_path, header, A_ROW)
    assert isinstance(found, ImportedEvent)
    assert found.row["Intensity"] == "9.5"


def test_a_file_without_header_is_read(tmp_path: Path) -> None:
    assert isinstance(one_read(tmp_path, A_ROW), ImportedEvent)


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ([*COLUMNS, "Headline", "Event Text", "Feed", "Story ID"], A_ROW),
        (["Headline", "Event Text", *COLUMNS, "Feed", "Story ID"], A_ROW),
        (["Headline", "Event Text", *COLUMNS], ["Talks held", "They met", *A_ROW]),
        ([*COLUMNS, "", ""], [*A_ROW, "", ""]),
        (list(COLUMNS), [*A_ROW, "", "", ""]),
        (list(COLUMNS), [*A_ROW[:20], "", *A_ROW[20:]]),
    ],
    ids=["names too many", "in front", "with their cells", "tabs in both", "tabs at the end", "a tab within"],
)
def test_malformed_files_are_read(tmp_path: Path, header: list[str], row: list[str]) -> None:
    found = one_read(tmp_path, header, row)
    assert isinstance(found, ImportedEvent)
    assert {name: found.row[name] for name in COLUMNS} == dict(zip(COLUMNS, A_ROW, strict=True))


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("Event Date", "yesterday", "event date"), ("Event Date", "2019-02-30", "event date"),
        ("Event Type", "GOSSIP", "unknown event type 'GOSSIP'"), ("Latitude", "north", "number"),
        ("Longitude", "190", "number"), ("Intensity", "high", "number"),
    ],
)  # fmt: skip
def test_a_bad_row_says_where_and_why(tmp_path: Path, column: str, value: str, reason: str) -> None:
    row = [value if name == column else cell for name, cell in zip(COLUMNS, A_ROW, strict=True)]
    path = save(tmp_path / "a.txt", [list(COLUMNS), row, A_ROW])
    bad, good = read_polecat(path)
    assert isinstance(bad, BadRow)
    assert (bad.file, bad.line) == ("a.txt", 2)
    assert reason in bad.reason
    assert isinstance(good, ImportedEvent)


def test_a_short_row_is_bad(tmp_path: Path) -> None:
    assert one_read(tmp_path, list(COLUMNS), A_ROW[:37]) == BadRow(
        "ngecEvents.txt", 2, "37 columns where POLECAT has 40"
    )


def changed(**values: str) -> list[str]:
    by_name = {name.replace(" ", "_"): cell for name, cell in zip(COLUMNS, A_ROW, strict=True)}
    assert values.keys() <= by_name.keys()
    return list((by_name | values).values())


def test_older_types_modes_and_contexts_get_the_names_of_today(tmp_path: Path) -> None:
    found = one_read(tmp_path, changed(Event_Type="FIGHT", Event_Mode="assassinate", Contexts="humanitarian"))
    assert isinstance(found, ImportedEvent)
    assert (found.type, found.mode, found.contexts) == ("ASSAULT", "targeted", ("human_security",))
    assert found.row["Event Mode"] == "assassinate"


def test_a_raw_name_stands_in_for_a_missing_one(tmp_path: Path) -> None:
    found = one_read(
        tmp_path, changed(Actor_Name="None", Actor_Name_Raw="a villager", Actor_Country="None", Actor_COW="775")
    )
    assert isinstance(found, ImportedEvent)
    assert [(one.name, one.country) for one in found.actors] == [("a villager", "MMR")]


def test_lists_that_do_not_fit_are_not_shared_out(tmp_path: Path) -> None:
    found = one_read(tmp_path, changed(Actor_Country="RUS; BLR; UKR", Actor_COW="None", Primary_Actor_Sector="GOV"))
    assert isinstance(found, ImportedEvent)
    assert [one.country for one in found.actors] == [None, None]
    assert [one.sector for one in found.actors] == ["GOV", "GOV"]


def test_ids_that_recur_have_keys_of_their_own(tmp_path: Path) -> None:
    path = save(
        tmp_path / "a.txt",
        [A_ROW, changed(Recipient_Name="Ukraine"), changed(Version="Release700")],
    )
    first, other, again = imported(read_polecat, path)
    assert first.key != other.key
    assert first.key == again.key  # the same row in another release
    assert first.key.startswith("20190801-2309-4e081644904c_COOPERATE_R ")


@given(st.lists(events(), max_size=4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read_and_written_again(tmp_path: Path, found: list) -> None:  # type: ignore[type-arg]
    first = written(write_polecat, found)
    again = imported(read_polecat, save(tmp_path / "a.txt", first))
    for before, after in zip(found, again, strict=True):
        assert (after.type, after.mode, after.date, after.goldstein, after.quad, after.cameo) == (
            before.type, before.mode, before.date, before.goldstein, before.quad, before.cameo,
        )  # fmt: skip
        assert set(after.contexts) == set(before.contexts)
        assert after.place == before.place
        for one, other in ((before.actors, after.actors), (before.recipients, after.recipients)):
            assert [p.name for p in other] == [p.name for p in one]
            assert [(p.country, p.sector, p.sectors, p.title) for p in other] == [
                (p.country, p.sector, p.sectors, p.title) for p in one
            ]
    assert written(write_polecat, stored(again)) == first


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\t\n\r\0"), max_size=8),
        min_size=3,
        max_size=3,
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_columns_that_we_do_not_model_survive(tmp_path: Path, odd: list[str]) -> None:
    row = changed(Wikipedia_Actor_ID=odd[0], Story_People=odd[1], District=odd[2])
    path = save(tmp_path / "a.txt", [list(COLUMNS), row])
    assert written(write_polecat, stored(imported(read_polecat, path))) == [list(COLUMNS), row]


def test_tabs_and_line_ends_within_a_cell_become_blanks() -> None:
    row = cells([event(told=(report(publisher="Daily\tNews\r\nOnline"),))])
    assert row["Source"] == "Daily News  Online"
    assert MINSK.name == row["City"]
    assert PROTESTERS.name == row["Recipient Name"]
