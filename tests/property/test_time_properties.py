from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whowhom.errors import DateError
from whowhom.parse import Parsed
from whowhom.resolve.dates import find_times, parse_date

Parse = Callable[..., Parsed]

_WORDS = tuple(
    r"""
    the a on in since last next this past few two three 5 9 2016 2020-08-09 12/31 Monday Sunday May March Aug. 3rd
    day days week weeks month months year years decade century ago later before after earlier - – , . ' early late
    mid- the 1990s of election attack came will would morning Christmas Day Easter Soviet era quarter weekend
    several 31 30 1,000 half and to $ 29 February
    """.split()
)
_SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_every_day_reads_back_in_every_written_form(day: date) -> None:
    month = f"{day:%B}"
    for text in (day.isoformat(), f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}"):
        assert parse_date(text) == day.isoformat()


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    with contextlib.suppress(DateError):
        assert parse_date(text)[:4].isdigit()


@_SETTINGS
@given(
    words=st.lists(st.sampled_from(_WORDS), min_size=1, max_size=14), day=st.dates(date(1950, 1, 1), date(2050, 1, 1))
)
def test_any_words_give_ordered_mentions_with_real_dates(parse: Parse, words: list[str], day: date) -> None:
    parsed = parse(" ".join(words), published=day.isoformat())
    end = -1
    for mention in find_times(parsed):
        assert end < mention.first <= mention.last < len(parsed.doc)
        end = mention.last
        for iso in filter(None, (mention.start, mention.end)):
            year, *rest = iso.split("-")
            date(int(year), *(int(part) for part in (*rest, 1, 1)[:2]))
            assert len(year) == 4
        if mention.start and mention.end:
            assert mention.start <= mention.end
