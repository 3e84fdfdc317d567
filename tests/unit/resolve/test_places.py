from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from whowhom.parse import Parsed
from whowhom.records import Place
from whowhom.resolve import gazetteer as gazetteer_module
from whowhom.resolve.gazetteer import gazetteer, place_key
from whowhom.resolve.places import distance, find_places

Parse = Callable[..., Parsed]


@pytest.fixture
def places(parse: Parse) -> Callable[..., dict[str, Place]]:
    """The places of a text by their words."""

    def one(text: str, **fields: str) -> dict[str, Place]:
        parsed = parse(text, **fields)
        return {parsed.doc[m.first : m.last + 1].text: m.place for m in find_places(parsed)}

    return one


@pytest.mark.parametrize(
    ("text", "words", "country", "lat", "lon"),
    [
        ("The talks were held in Nairobi.", "Nairobi", "KEN", -1.3, 36.8),
        ("The talks were held in Kiev.", "Kiev", "UKR", 50.4, 30.5),
        ("Troops left Peru.", "Peru", "PER", -10, -75),
        ("The talks were held in Paris.", "Paris", "FRA", 48.9, 2.3),
        ("The talks were held in Paris, Texas.", "Paris", "USA", 33.7, -95.6),
        ("The talks were held in Córdoba, Spain.", "Córdoba", "ESP", 37.9, -4.8),
        ("The talks were held in Cordoba, Argentina.", "Cordoba", "ARG", -31.4, -64.2),
        ("Farmers in Queensland went on strike.", "Queensland", "AUS", -20, 145),
        ("The president flew back to Washington.", "Washington", "USA", 38.9, -77),
        ("Police in Washington, D.C. were called.", "Washington, D.C.", "USA", 38.9, -77),
    ],
)
def test_a_place_is_found_in_the_gazetteer(
    places: Callable[..., dict[str, Place]], text: str, words: str, country: str, lat: float, lon: float
) -> None:
    found = places(text)[words]
    assert found.country == country
    assert found.lat is not None
    assert found.lon is not None
    assert distance(found.lat, found.lon, lat, lon) < 200


def test_the_text_decides_between_places_of_one_name(places: Callable[..., dict[str, Place]]) -> None:
    abroad = places("Canadian police searched homes in Hamilton, Ontario. A man from London was held in London.")
    assert abroad["London"].country == "CAN"
    assert places("The ministers met in London and then in Manchester, England.")["London"].country == "GBR"


def test_a_capital_is_not_its_small_namesake_in_the_country_that_the_text_is_about(
    places: Callable[..., dict[str, Place]],
) -> None:
    about = "The United States rejected the plan. Washington asked American diplomats to stay. "
    found = places(about + "Officials met in Brussels. Others met in London.")
    assert (found["Brussels"].country, found["London"].country) == ("BEL", "GBR")
    assert places(about + "Officials met in London, Kentucky.")["London"].country == "USA"


def test_georgia_is_a_country_or_a_state(places: Callable[..., dict[str, Place]]) -> None:
    assert places("Soldiers from Georgia and Armenia trained near Tbilisi.")["Georgia"].country == "GEO"
    assert places("Voters in Atlanta, Georgia, and in Florida queued for hours.")["Georgia"].country == "USA"


def test_persons_and_peoples_are_no_places(places: Callable[..., dict[str, Place]]) -> None:
    found = places("Mr Jordan met the Peruvian minister and Ms Florence Houston on Tuesday.")
    assert not found


def test_an_unknown_place_keeps_its_name_and_has_no_point(places: Callable[..., dict[str, Place]]) -> None:
    found = places("Shells fell in Kenya. The army shelled Qwxyzabad, Kenya.")
    unknown = [place for name, place in found.items() if name.startswith("Qwxyz")]
    assert all(place.lat is None and place.geonames_id is None for place in unknown)


def test_keys_ignore_accents_case_and_dots() -> None:
    assert place_key("São Tomé") == "sao tome"
    assert place_key("St. Petersburg") == place_key("Saint Petersburg")
    assert place_key("Sana'a") == place_key("SANAA")


def test_every_listed_name_is_found_again() -> None:
    for name in ("Zürich", "Aachen", "Ürümqi", "Abidjan", "Żory", "Nuuk"):
        assert any(city.name == name or place_key(city.name) == place_key(name) for city, _ in gazetteer().lookup(name))
    assert gazetteer().lookup("No Such Town At All") == ()
    assert gazetteer().lookup("") == ()


def test_the_gazetteer_works_where_no_cache_can_be_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source = tmp_path / "cities.json"
    source.write_text(
        '{"1": {"geonameid": 1, "name": "Testville", "latitude": 1.5, "longitude": 2.5, "countrycode": "KE",'
        ' "population": 700, "timezone": "", "admin1code": "01", "alternatenames": ["Testburg", "TST"]},'
        ' "2": {"geonameid": 2, "name": "Testburg", "latitude": 3.5, "longitude": 4.5, "countrycode": "PE",'
        ' "population": 900, "timezone": "", "admin1code": "01", "alternatenames": []}}'
    )
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setattr(gazetteer_module.platformdirs, "user_cache_dir", lambda _: str(blocked / "cache"))
    monkeypatch.setattr(gazetteer_module, "_data_file", lambda: source)
    built = gazetteer_module.gazetteer.__wrapped__()
    assert [(city.geonames_id, main) for city, main in built.lookup("testburg")] == [(2, True), (1, False)]
    assert built.lookup("TST") == ()
