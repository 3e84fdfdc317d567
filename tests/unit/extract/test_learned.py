"""What the network's probabilities, made up by hand, become in the terms of the event lexicon and of sides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from whowhom.candidates import ActorIndex
from whowhom.extract.clauses import Clauses
from whowhom.extract.learned import NEW, Learned
from whowhom.extract.ways import Ways
from whowhom.model import Reading
from whowhom.parse import Parsed

Parse = Callable[..., Parsed]
Span = tuple[int, int]

TYPES = ["ACCUSE", "ASSAULT"]
MODES = ["ACCUSE", "ACCUSE disapprove", "ASSAULT", "ASSAULT firearms"]
SURE, UNLIKELY = 0.95, 0.05
#        0    1         2      3      4       5
TEXT = "Rebels blorked guards near Gao , he said ."


class FakeReading:
    """Holds what a `Reading` would have worked out: by word, and for sides by the phrase that is asked about."""

    def __init__(self, words: int) -> None:
        self.network = SimpleNamespace(labels={"types": TYPES, "modes": MODES})
        self.window_of = np.zeros(words, dtype=np.int64)
        self.triggers = np.tile(np.array([1.0, 0.0, 0.0], dtype=np.float32), (words, 1))
        self.modes = np.full((words, len(MODES)), 1 / len(MODES), dtype=np.float32)
        self.chances: dict[Span, tuple[float, float]] = {}

    def sides(self, trigger: int, phrases: Sequence[Span], ways: Sequence[str], kind: str) -> Any:
        """Probabilities `(N, 3)` of neither, actor and recipient; neither for phrases not told of."""
        self.asked = (trigger, list(ways), kind)
        chances = [self.chances.get(phrase, (0.0, 0.0)) for phrase in phrases]
        return np.array([[1 - a - r, a, r] for a, r in chances], dtype=np.float32)


class FakeActors:
    """Mentions of one word each, with the ids of their actors."""

    def __init__(self, ids: dict[int, tuple[str, ...]]) -> None:
        self._ids = ids

    def at(self, token_index: int) -> tuple[str, ...]:
        """Ids of the actors of a word."""
        return self._ids.get(token_index, ())

    def span_of(self, token_index: int) -> Span | None:
        """The word itself where it is a mention."""
        return (token_index, token_index + 1) if token_index in self._ids else None


REBELS, BLORKED, GUARDS, GAO, HE = 0, 1, 2, 4, 6
WHO = cast("ActorIndex", FakeActors({REBELS: ("a1",), GUARDS: ("a2",), GAO: ("a3",), HE: ("a1",)}))


@pytest.fixture
def parsed(parse: Parse) -> Parsed:
    found = parse(TEXT)
    assert [token.text for token in found.doc] == TEXT.split()
    return found


@pytest.fixture
def fake(parsed: Parsed) -> FakeReading:
    return FakeReading(len(parsed.doc))


def learned(fake: FakeReading, parsed: Parsed) -> Learned:
    return Learned(cast("Reading", fake), Ways(Clauses(parsed.doc)))


def test_a_word_that_no_row_knows_is_an_entry_where_the_network_is_sure(parsed: Parsed, fake: FakeReading) -> None:
    fake.triggers[BLORKED] = (0.1, 0.1, 0.8)
    # The surest mode is one of another type.
    fake.modes[BLORKED] = (0.0, 0.6, 0.1, 0.3)
    word = parsed.doc[BLORKED]
    word.pos_ = "VERB"
    entry = learned(fake, parsed).entry(word)
    assert entry is not None
    assert (entry.lemma, entry.pos, entry.type, entry.mode) == (word.lemma_.lower(), "v", "ASSAULT", "firearms")
    assert entry.prior == pytest.approx(0.8)
    assert entry.rule == "model:ASSAULT"


@pytest.mark.parametrize(("probability", "found"), [(NEW + 0.01, True), (NEW - 0.01, False)])
def test_below_the_threshold_there_is_no_entry(
    parsed: Parsed, fake: FakeReading, probability: float, found: bool
) -> None:
    fake.triggers[BLORKED] = (1 - probability, 0.0, probability)
    parsed.doc[BLORKED].pos_ = "VERB"
    assert (learned(fake, parsed).entry(parsed.doc[BLORKED]) is not None) is found


def test_the_threshold_is_for_one_type_not_for_any_event(parsed: Parsed, fake: FakeReading) -> None:
    half = NEW - 0.05
    fake.triggers[BLORKED] = (1 - 2 * half, half, half)
    parsed.doc[BLORKED].pos_ = "VERB"
    assert learned(fake, parsed).entry(parsed.doc[BLORKED]) is None


def test_a_preposition_names_no_event_however_sure_the_network_is(parsed: Parsed, fake: FakeReading) -> None:
    fake.triggers[3] = (0.0, 0.0, 1.0)
    assert learned(fake, parsed).entry(parsed.doc[3]) is None


def test_each_mention_has_its_chances(parsed: Parsed, fake: FakeReading) -> None:
    fake.chances = {(REBELS, 1): (SURE, 0.0), (GUARDS, 3): (0.0, SURE)}
    heads, chances = learned(fake, parsed).chances(parsed.doc[BLORKED], "ASSAULT", WHO)
    act, acted_on = (dict(zip(heads, column, strict=True)) for column in chances.T.tolist())
    assert act == pytest.approx({REBELS: SURE, GUARDS: 0.0, GAO: 0.0, HE: 0.0})
    assert acted_on == pytest.approx({REBELS: 0.0, GUARDS: SURE, GAO: 0.0, HE: 0.0})


def test_the_network_is_told_the_way_to_each_mention(parsed: Parsed, fake: FakeReading) -> None:
    learned(fake, parsed).chances(parsed.doc[BLORKED], "ASSAULT", WHO)
    ways = Ways(Clauses(parsed.doc))
    assert fake.asked == (
        BLORKED,
        [ways.to(parsed.doc[BLORKED], i, i, i + 1) for i in (REBELS, GUARDS, GAO, HE)],
        "ASSAULT",
    )


def test_another_window_and_the_word_itself_have_none(parsed: Parsed, fake: FakeReading) -> None:
    fake.window_of[REBELS] = 1
    who = cast("ActorIndex", FakeActors({REBELS: ("a1",), BLORKED: ("a4",)}))
    heads, chances = learned(fake, parsed).chances(parsed.doc[BLORKED], "ASSAULT", who)
    assert list(heads) == []
    assert chances.shape == (0, 2)
