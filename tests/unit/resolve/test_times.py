from __future__ import annotations

from collections.abc import Callable

import pytest

from whowhom.errors import DateError
from whowhom.parse import Parsed
from whowhom.resolve.dates import TimeMention, find_times, parse_date

Parse = Callable[..., Parsed]
PUBLISHED = "2019-05-15"  # a Wednesday


@pytest.fixture
def times(parse: Parse) -> Callable[..., dict[str, TimeMention]]:
    """The time expressions of a text by their words."""

    def one(text: str, **fields: str) -> dict[str, TimeMention]:
        parsed = parse(text, **({"published": PUBLISHED} | fields))
        return {parsed.doc[t.first : t.last + 1].text: t for t in find_times(parsed)}

    return one


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("The envoys met in Lima on 3 March 2017.", "3 March 2017", "2017-03-03", None),
        ("The envoys met in Lima on March 3rd, 2017.", "March 3rd, 2017", "2017-03-03", None),
        ("The decree of 2017-03-03 was repealed.", "2017-03-03", "2017-03-03", None),
        ("The treaty was signed in June 2014.", "June 2014", "2014-06", None),
        ("The bridge has been closed since 2014.", "2014", "2014", None),
        ("Farmers marched on Monday.", "Monday", "2019-05-13", None),
        ("Farmers marched on Thursday.", "Thursday", "2019-05-09", None),
        ("Farmers will march on Thursday.", "Thursday", "2019-05-16", None),
        ("Farmers marched on Wednesday.", "Wednesday", "2019-05-15", None),
        ("Farmers marched last Wednesday.", "last Wednesday", "2019-05-08", None),
        ("Farmers will march next Wednesday.", "next Wednesday", "2019-05-22", None),
        ("The vote is set for Friday, May 24.", "Friday, May 24", "2019-05-24", None),
        ("The minister resigned yesterday.", "yesterday", "2019-05-14", None),
        ("The minister resigned last night.", "last night", "2019-05-14", None),
        ("The minister resigned last month.", "last month", "2019-04", None),
        ("The minister resigned last year.", "last year", "2018", None),
        ("The minister resigned earlier this week.", "earlier this week", "2019-05-13", "2019-05-14"),
        ("The minister resigned earlier this year.", "earlier this year", "2019", None),
        ("The minister resigned three years ago.", "three years ago", "2016", None),
        ("The minister resigned two months ago.", "two months ago", "2019-03", None),
        ("The minister resigned five days ago.", "five days ago", "2019-05-10", None),
        ("The minister resigned on 20 November.", "20 November", "2018-11-20", None),
        ("The minister will resign on 20 November.", "20 November", "2019-11-20", None),
        ("The minister resigned in February.", "February", "2019-02", None),
        ("The conference ran from March 5-7, 2018.", "March 5-7, 2018", "2018-03-05", "2018-03-07"),
        ("The party ruled in the 1980s.", "the 1980s", "1980", "1989"),
        ("The border was drawn in the 19th century.", "the 19th century", "1800", "1899"),
        ("The port was destroyed in World War II.", "World War II", "1939", "1945"),
        ("The rally was held on Christmas Day.", "Christmas Day", "2018-12-25", None),
        ("Prices rose last summer.", "last summer", "2018-06", "2018-08"),
    ],
)
def test_a_time_resolves_against_the_day_of_publication(
    times: Callable[..., dict[str, TimeMention]], text: str, words: str, start: str, end: str | None
) -> None:
    found = times(text)
    assert words in found
    assert (found[words].start, found[words].end) == (start, end)


def test_a_time_may_count_from_the_one_told_before(times: Callable[..., dict[str, TimeMention]]) -> None:
    found = times("The embassy closed in October. A month later, the consulate followed.")
    assert found["A month later"].start == "2018-11"
    found = times("Troops entered the port on Monday. The governor had fled the day before.")
    assert found["the day before"].start == "2019-05-12"


def test_days_after_a_vote_count_from_the_day_that_the_text_gives_it(
    times: Callable[..., dict[str, TimeMention]],
) -> None:
    found = times("The April 7 election was disputed. Soldiers shot looters in the days after the election.")
    assert (found["the days"].kind, found["the days"].start) == ("ref", "2019-04")


def test_what_news_comes_a_week_after_lies_a_week_back(times: Callable[..., dict[str, TimeMention]]) -> None:
    found = times("The raid comes a week after nine miners were kidnapped.")
    assert found["after"].start == "2019-05-08"
    assert found["a week"].kind == "duration"


@pytest.mark.parametrize(
    ("text", "words", "kind", "value"),
    [
        ("He was jailed for six years.", "six years", "duration", "P6Y"),
        ("After a three-week siege the town fell.", "three-week", "duration", "P3W"),
        ("The council meets twice a month.", "a month", "set", "P1M"),
        ("The council holds an annual debate.", "annual", "set", "P1Y"),
        ("The two have spoken often in recent weeks.", "recent weeks", "ref", "PAST_REF"),
    ],
)
def test_lengths_and_repetitions_have_no_date(
    times: Callable[..., dict[str, TimeMention]], text: str, words: str, kind: str, value: str
) -> None:
    found = times(text)[words]
    assert (found.kind, found.value, found.start) == (kind, value, None)


def test_an_era_is_the_past_without_a_date(times: Callable[..., dict[str, TimeMention]]) -> None:
    era = times("The monument dates from the Soviet era.")["the Soviet era"]
    assert era.past is True
    assert era.start is None


def test_without_a_day_of_publication_only_absolute_dates_resolve(
    times: Callable[..., dict[str, TimeMention]],
) -> None:
    found = times("Deputies met on Monday. They voted on March 2, 2016, and again on March 9.", published=None)
    assert found["Monday"].start is None
    assert found["March 2, 2016"].start == "2016-03-02"
    assert found["March 9"].start == "2016-03-09"


@pytest.mark.parametrize(
    "text",
    [
        "The company may sell its stake.",
        "More than 2000 soldiers left the camp.",
        "A 27-year-old man was held.",
        "Protesters began to march to the palace.",
        "The headquarters is in Bern.",
    ],
)
def test_words_that_only_look_like_times_are_none(times: Callable[..., dict[str, TimeMention]], text: str) -> None:
    assert not times(text)


@pytest.mark.parametrize(
    ("given", "iso"),
    [
        ("2020-09-14", "2020-09-14"),
        ("2020-09", "2020-09"),
        ("2020", "2020"),
        ("20200914", "2020-09-14"),
        ("2020-09-14T10:30:00Z", "2020-09-14"),
        ("14 September 2020", "2020-09-14"),
        ("Sept. 14, 2020", "2020-09-14"),
        ("September 14th, 2020", "2020-09-14"),
        ("September 2020", "2020-09"),
        ("14/09/2020", "2020-09-14"),
        ("Mon, 14 Sep 2020 08:15:00 +0200", "2020-09-14"),
        (" 14.9.2020 ", "2020-09-14"),
    ],
)
def test_a_user_may_write_a_date_in_many_ways(given: str, iso: str) -> None:
    assert parse_date(given) == iso


@pytest.mark.parametrize("given", ["", "soon", "2020-13-01", "2021-02-29", "03/04/2018", "14", "Monday", "99999"])
def test_what_is_no_date_is_refused_with_the_forms_that_are(given: str) -> None:
    with pytest.raises(DateError, match="2020-09-14"):
        parse_date(given)


def test_a_past_day_is_not_put_a_year_ahead_by_a_promise_about_it(times: Callable[..., dict[str, TimeMention]]) -> None:
    text = "The minister promised to punish those responsible for the murder of the priest on 13 May."
    assert times(text)["13 May"].start == "2019-05-13"


def test_without_a_day_of_publication_the_only_full_date_gives_the_year(
    times: Callable[..., dict[str, TimeMention]],
) -> None:
    found = times("The talks failed on March 30. They had begun on March 2, 2018.", published=None)
    assert found["March 30"].start == "2018-03-30"
