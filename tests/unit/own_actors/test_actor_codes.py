from __future__ import annotations

import pytest

from whowhom.own_actors.actor_codes import BEYOND_COUNTRIES, COUNTRIES, SECTORS, Meaning, cameo_meaning
from whowhom.resources.knowledge import BEYOND_COUNTRIES as KNOWN_BEYOND
from whowhom.resources.knowledge import countries, organisations


def test_countries_and_sectors_are_those_of_the_tables() -> None:
    assert {country.iso3 for country in countries()} == COUNTRIES
    assert BEYOND_COUNTRIES == KNOWN_BEYOND
    assert {one.sector for one in organisations() if one.sector} <= SECTORS


@pytest.mark.parametrize(
    ("code", "country", "sector", "sectors"),
    [
        ("USA", "USA", None, ()),
        ("usagov", "USA", "GOV", ()),
        ("AFGGOVMIL", "AFG", "GOV", ("MIL",)),
        ("BLROPP", "BLR", "OPP", ()),
        ("ROMMED", "ROU", "JRN", ()),
        ("TMPHLH", "TLS", "MED", ()),
        ("ZARSPY", "COD", "SPY", ()),
        ("KSVUAF", "XKX", "UAF", ()),
        ("IGOUNO", "UNO", None, ()),
        ("IGOUNOHLHWHO", "UNO", "MED", ()),
        ("IGOUNODEVWBK", "UNO", None, ()),
        ("IGOEUREEC", "EUR", None, ()),
        ("IGOWSTNAT", "IGO", None, ()),
        ("NGMHRI", "NGO", "SOC", ()),
        ("MNCBUS", "MNC", "BUS", ()),
        ("IMGMUSISI", "IMG", "REL", ()),
        ("PSEREBHMS", "PSE", "REB", ()),
        ("PHLSEP", "PHL", "REB", ()),
        ("PHLINSMIL", "PHL", "MIL", ()),
        ("INTREB", "IMG", "REB", ()),
        ("MEAMED", None, "JRN", ()),
        ("ELI", None, "ELI", ()),
        ("MUS", "MUS", None, ()),
        ("PAK/IND", "PAK", None, ()),
    ],
)
def test_letters_of_cameo_in_the_terms_of_plover(
    code: str, country: str | None, sector: str | None, sectors: tuple[str, ...]
) -> None:
    assert cameo_meaning(code) == Meaning(country, sector, sectors)


@pytest.mark.parametrize("code", ["", "US", "USAGO", "QQQ", "QQQGOV", "AFR", "INT", "G77", "UNK"])
def test_what_names_no_country_and_no_sector_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="code"):
        cameo_meaning(code)
