from __future__ import annotations

from collections.abc import Callable

import pytest

from whowhom.parse import Parsed
from whowhom.resolve.quantities import Quantity, find_quantities, magnitude

Parse = Callable[..., Parsed]


@pytest.fixture
def quantities(parse: Parse) -> Callable[..., dict[str, Quantity]]:
    """The quantities of a text by their words."""

    def one(text: str, **fields: str) -> dict[str, Quantity]:
        parsed = parse(text, published="2019-05-15")
        return {magnitude(parsed, q).text: q for q in find_quantities(parsed, **fields)}  # type: ignore[arg-type]

    return one


@pytest.mark.parametrize(
    ("text", "words", "low", "high"),
    [
        ("Three miners died.", "Three", 3, 3),
        ("Guards beat 17 miners.", "17", 17, 17),
        ("Nearly 4,000 miners walked out.", "Nearly 4,000", None, 4000),
        ("More than 300 miners walked out.", "More than 300", 300, None),
        ("At least 12 miners were hurt.", "At least 12", 12, None),
        ("Up to 60 miners are trapped.", "Up to 60", None, 60),
        ("About 250 miners sat down.", "About 250", 250, 250),
        ("A convoy of 40 or so trucks left.", "40 or so", 40, 40),
        ("Dozens were held.", "Dozens", 24, 99),
        ("Scores of miners were held.", "Scores", 40, 99),
        ("Hundreds of miners marched.", "Hundreds", 200, 999),
        ("Thousands of miners marched.", "Thousands", 2000, 9999),
        ("The march drew tens of thousands of miners.", "tens of thousands", 20000, 99999),
        ("The war drove out hundreds of thousands of villagers.", "hundreds of thousands", 200000, 999999),
        ("Several hundred miners marched.", "Several hundred", 200, 999),
        ("Half a million villagers fled.", "Half a million", 500000, 500000),
        ("Two dozen envoys left.", "Two dozen", 24, 24),
        ("Between 20 and 30 gunmen attacked.", "Between 20 and 30", 20, 30),
        ("Some 5,000 to 6,000 gunmen attacked.", "Some 5,000 to 6,000", 5000, 6000),
        ("Twenty-three gunmen attacked.", "Twenty-three", 23, 23),
    ],
)
def test_a_count_has_the_bounds_of_its_words(
    quantities: Callable[..., dict[str, Quantity]], text: str, words: str, low: float | None, high: float | None
) -> None:
    found = quantities(text)[words]
    assert (found.low, found.high, found.unit) == (low, high, "count")


@pytest.mark.parametrize(
    ("text", "words", "amount", "currency"),
    [
        ("Oslo lent $2.5 billion.", "$2.5 billion", 2.5e9, "USD"),
        (r"Oslo lent \$2.5bn.", "$2.5bn", 2.5e9, "USD"),
        ("Oslo lent US$40 million.", "US$40 million", 4e7, "USD"),
        ("Oslo lent $US40 million.", "$US40 million", 4e7, "USD"),
        ("Oslo lent A$7m.", "A$7m", 7e6, "AUD"),
        ("Oslo lent €50m.", "€50m", 5e7, "EUR"),
        ("Oslo lent £3bn.", "£3bn", 3e9, "GBP"),
        ("Oslo lent 500 million euros.", "500 million euros", 5e8, "EUR"),
        ("Oslo lent 100bn roubles.", "100bn roubles", 1e11, "RUB"),
        ("Oslo lent 80 million Australian dollars.", "80 million Australian dollars", 8e7, "AUD"),
        ("Oslo lent Rs 10 crore.", "Rs 10 crore", 1e8, "INR"),
        ("Oslo lent 3 lakh rupees.", "3 lakh rupees", 3e5, "INR"),
    ],
)
def test_money_has_a_currency(
    quantities: Callable[..., dict[str, Quantity]], text: str, words: str, amount: float, currency: str
) -> None:
    found = quantities(text)[words]
    assert (found.low, found.high, found.unit, found.currency) == (amount, amount, "money", currency)


def test_a_bare_dollar_can_be_told_to_be_another(quantities: Callable[..., dict[str, Quantity]]) -> None:
    assert quantities("Perth lent $4 million.", dollar="AUD")["$4 million"].currency == "AUD"
    assert quantities("Perth lent US$4 million.", dollar="AUD")["US$4 million"].currency == "USD"


@pytest.mark.parametrize(
    ("text", "words", "unit", "low"),
    [
        ("He was jailed for six years.", "six years", "duration", 6),
        ("They spoke for around four hours.", "around four hours", "duration", 4),
        ("The three-week siege ended.", "three-week", "duration", 3),
        ("Turnout was 61 percent.", "61 percent", "percent", 61),
        ("A 27-year-old man was held.", "27-year", "age", 27),
        ("Girls and women, ages 16 and over, were held.", "16", "age", 16),
        ("The camp is 40 km away.", "40 km", "other", 40),
    ],
)
def test_other_numbers_have_their_unit(
    quantities: Callable[..., dict[str, Quantity]], text: str, words: str, unit: str, low: float
) -> None:
    found = quantities(text)[words]
    assert (found.unit, found.low) == (unit, low)


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Guards beat 17 angry miners.", "miners"),
        ("Hundreds of striking miners marched.", "miners"),
        ("A 10,000-strong crowd marched.", "crowd"),
    ],
)
def test_a_count_knows_what_it_counts(parse: Parse, text: str, noun: str) -> None:
    parsed = parse(text)
    (found,) = find_quantities(parsed)
    assert found.noun is not None
    assert parsed.doc[found.noun].text == noun


@pytest.mark.parametrize(
    "text",
    [
        "No one was hurt.",
        "One of the envoys left.",
        "The crowd met on 9 August 2018.",
        "Ministers of the Group of 20 met.",
        "A Boeing 747 landed.",
        "They repealed Article 12.",
        "He was shot in the 400 block of Main Street.",
    ],
)
def test_numbers_that_count_nothing_are_none(quantities: Callable[..., dict[str, Quantity]], text: str) -> None:
    assert not quantities(text)
