from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whowhom.parse import Parsed
from whowhom.resolve.number_words import read_number
from whowhom.resolve.quantities import find_quantities, magnitude

Parse = Callable[..., Parsed]

_WORDS = tuple(
    r"""
    a the half one two twenty dozen dozens of tens hundreds thousands million bn 5 1,000 1.5 50m $ US$ € £3bn Rs 10
    crore dollars euros people killed percent % years hours - – to and or so more than at least nearly about between
    up over few several No. in , . ( ) km $1.5 Rs500 +
    """.split()
)
_SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(st.integers(0, 10**12))
def test_figures_read_back_with_and_without_commas(number: int) -> None:
    for text in (str(number), f"{number:,}"):
        found = read_number([text], 0)
        assert found is not None
        assert (found.low, found.high, found.end) == (number, number, 1)


@_SETTINGS
@given(words=st.lists(st.sampled_from(_WORDS), min_size=1, max_size=14))
def test_any_words_give_ordered_quantities_with_ordered_bounds(parse: Parse, words: list[str]) -> None:
    parsed = parse(" ".join(words))
    end = -1
    for found in find_quantities(parsed):
        assert end < found.first <= found.last < len(parsed.doc)
        end = found.last
        assert found.low is not None or found.high is not None
        if found.low is not None and found.high is not None:
            assert found.low <= found.high
        assert (found.unit == "money") == (found.currency is not None)
        assert magnitude(parsed, found).text in parsed.article.text
