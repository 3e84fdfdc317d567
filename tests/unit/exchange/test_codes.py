"""CAMEO and PLOVER for each other, countries and sectors in other projects' terms."""

from __future__ import annotations

import pytest

from whowhom.exchange import codes
from whowhom.exchange.countries import (
    country_of,
    country_of_cameo,
    country_of_cow,
    country_of_fips,
    foreign_country,
    plover_country,
)  # fmt: skip
from whowhom.exchange.sectors import cameo_role, icews_sectors, known_group, sector_of_cameo, sectors_of_icews
from whowhom.records import EVENT_TYPES
from whowhom.resources import read_table
from whowhom.resources.knowledge import BEYOND_COUNTRIES, countries


@pytest.mark.parametrize(
    ("code", "kind", "mode", "contexts"),
    [
        ("036", "AGREE", None, ("diplomatic",)), ("043", "CONSULT", "visit", ()),
        ("055", "SUPPORT", None, ("diplomatic",)), ("073", "AID", None, ("human_security",)),
        ("0812", "CONCEDE", None, ("pro_democracy",)), ("0813", "RETREAT", None, ("legal",)),
        ("0842", "RETREAT", "release", ("legal",)), ("085", "RETREAT", None, ("economic",)),
        ("094", "ACCUSE", "investigate", ("military", "legal")), ("163", "COERCE", "restrict", ("diplomatic",)),
        ("1712", "ASSAULT", "destroy", ("human_security",)), ("175", "ASSAULT", "crowd-control", ("military",)),
        ("185", "ASSAULT", "targeted", ()), ("192", "COERCE", "seize", ("military",)),
        ("203", "ASSAULT", None, ("religion_ethnicity",)), ("010", None, None, ()), ("0234", None, None, ()),
        ("109", "REQUEST", None, ()), ("1641", "SANCTION", "withdraw", ("diplomatic",)), ("20", "ASSAULT", None, ()),
    ],
)  # fmt: skip
def test_cameo_in_plover(code: str, kind: str | None, mode: str | None, contexts: tuple[str, ...]) -> None:
    assert codes.plover_of(code)[:3] == (kind, mode, contexts)


def test_every_cameo_code_is_whole() -> None:
    known = {row["context"] for row in read_table("lexicon/contexts.tsv")}
    for row in read_table("codebook/cameo.tsv"):
        found = codes.cameo(row["code"])
        assert found.label
        assert -10 <= found.goldstein <= 10
        kind, _, contexts, quad, score = codes.plover_of(row["code"])
        assert (kind is None) == (row["code"][:2] in ("01", "02")), row
        assert set(contexts) <= known, row
        assert quad in (1, 2, 3, 4)
        assert -10 <= score <= 10


def test_there_are_256_mapped_and_285_scored_codes() -> None:
    rows = [row for row in read_table("codebook/cameo.tsv") if len(row["code"]) > 2]
    assert sum(bool(row["type"]) for row in rows) == 256
    assert sum(bool(row["goldstein"]) for row in read_table("codebook/cameo.tsv")) == 285


def test_a_code_of_ours_has_a_row_in_the_table() -> None:
    for row in read_table("codebook/plover.tsv"):
        assert codes.cameo_code(row["cameo"]) == row["cameo"]
        for pair in filter(None, row["by_context"].split(";")):
            assert codes.cameo_code(pair.split("=")[1]), row


def test_derived_is_what_the_coder_derives() -> None:
    from whowhom.coding.codebook import derive
    from whowhom.store.rows import QUADS

    for row in read_table("codebook/plover.tsv"):
        for contexts in ((), ("economic",), ("military", "legal")):
            cameo, quad, score = codes.derived(row["type"], row["mode"] or None, contexts)
            expected = derive(row["type"], row["mode"] or None, contexts)
            assert (cameo, QUADS[quad], score) == (expected.cameo, expected.quad, expected.goldstein)


@pytest.mark.parametrize(
    ("code", "goldstein", "icews"),
    [("016", 3.4, -5), ("163", -6.5, -8), ("0314", 4.0, 4.0), ("0251", 3.0, 3.0), ("13", -6.0, -6.0)],
)
def test_scores(code: str, goldstein: float, icews: float) -> None:
    found = codes.cameo(code)
    assert (found.goldstein, found.icews) == (goldstein, icews)


def test_unknown_types_and_modes_are_none() -> None:
    assert codes.of_today("GOSSIP", None, ()) == (None, None, ())
    assert codes.of_today("PROTEST", "arrest", ()) == ("PROTEST", None, ())
    assert codes.of_today("THREAT", "ban", ("democracy",)) == ("THREATEN", "restrict", ("pro_democracy",))
    assert all(codes.of_today(kind, None, ())[0] == kind for kind in EVENT_TYPES)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("BLR", "BLR"), ("Russian Federation", "RUS"), ("russia", "RUS"), ("Congo", "COG"), ("DR Congo", "COD"),
        ("Occupied Palestinian Territory", "PSE"), ("KOS", "XKX"), ("Kosovo", "XKX"), ("Holy See", "VAT"),
        ("Bavaria", "DEU"), ("IGO", "IGO"), ("UNO", "UNO"), ("Burma", "MMR"), ("the West", None), ("Narnia", None),
    ],
)  # fmt: skip
def test_countries_by_code_or_name(text: str, code: str | None) -> None:
    assert country_of(text) == code


def test_each_country_comes_back_from_each_code() -> None:
    for country in countries():
        code = country.iso3
        assert country_of(plover_country(code)) == code
        assert country_of(foreign_country(code, "icews")) == code
        assert country_of_cameo(foreign_country(code, "cameo")) == code
        if fips := foreign_country(code, "fips"):
            assert country_of_fips(fips) == code
        if cow := foreign_country(code, "cow"):
            assert country_of_cow(cow) == code
    assert {row["iso3"] for row in read_table("knowledge/country_codes.tsv")} == {one.iso3 for one in countries()}


@pytest.mark.parametrize(
    ("code", "cow", "cameo", "fips"),
    [
        ("USA", "2", "USA", "US"), ("DEU", "255", "DEU", "GM"), ("ROU", "360", "ROM", "RO"),
        ("RUS", "365", "RUS", "RS"),
        ("CHN", "710", "CHN", "CH"), ("CHE", "225", "CHE", "SZ"), ("UKR", "369", "UKR", "UP"), ("PSE", "", "PSE", "WE"),
        ("XKX", "347", "KSV", "KV"), ("TLS", "860", "TMP", "TT"), ("MNE", "341", "MTN", "MJ"),
        ("IRQ", "645", "IRQ", "IZ"),
    ],
)  # fmt: skip
def test_some_codes_that_differ(code: str, cow: str, cameo: str, fips: str) -> None:
    assert [foreign_country(code, column) for column in ("cow", "cameo", "fips")] == [cow, cameo, fips]


def test_numbers_of_states_that_are_no_more_and_beyond() -> None:
    assert [country_of_cow(cell) for cell in ("260", "817", "365.0", "9999", "None")] == [
        "DEU", "VNM", "RUS", None, None,
    ]  # fmt: skip
    assert all(foreign_country(code, "cow") == "" for code in BEYOND_COUNTRIES)


@pytest.mark.parametrize(
    ("cell", "sectors"),
    [
        ("Government,Police", ("COP",)), ("Police,Government", ("COP",)), ("Government", ("GOV",)),
        ("Social,General Population / Civilian / Social", ("CVL",)), ("Unidentified Forces", ("UAF",)),
        ("Dissident,Protestors / Popular Opposition / Mobs", ("CVL",)), ("Dissident", ("OPP",)),
        ("Rebel,Dissident", ("REB",)), ("Executive,Foreign Ministry,Government", ("GOV",)),
        ("Government,Marines,Executive,Defense / Security Ministry,Military", ("GOV", "MIL")),
        ("Elite,(National) Major Party,Opposition Major Party (Out Of Government),Parties", ("OPP", "PTY", "ELI")),
        ("International Government Organization,Regional Defense / Security IGOs,Regional", ()),
        ("Business,Social", ("BUS",)), ("Education,Social", ("EDU",)), ('"Military,Government"', ("MIL",)), ("", ()),
        ("Social,Legal", ("CVL",)), ("Judicial,Government", ("JUD",)),
        ("Radicals / Extremists / Fundamentalists,Dissident", ("REB",)),
    ],
)  # fmt: skip
def test_sectors_of_icews(cell: str, sectors: tuple[str, ...]) -> None:
    assert sectors_of_icews(cell) == sectors


def test_each_sector_comes_back_from_its_phrases_and_role() -> None:
    for row in read_table("codebook/sectors.tsv"):
        sector = row["sector"]
        assert sectors_of_icews(icews_sectors([sector])) == ((sector,) if row["icews"] else ())
        if role := cameo_role(sector):
            assert sector_of_cameo(role) == sector
    assert (cameo_role("JRN"), cameo_role("MED")) == ("MED", "HLH")
    assert sector_of_cameo("MED") == "JRN"
    assert icews_sectors(["GOV", "MIL"]) == "Executive,Government,Military"


def test_groups_by_any_of_their_names() -> None:
    assert [known_group(name) for name in ("NATO", "european union", "Nobody")] == ["NAT", "EEC", ""]
