"""The network over a parsed text: every word belongs to one window, probabilities add up, and a text is read the same
however many others are read with it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from whowhom.model import Network, load_network, model_digest, read_parsed, read_text
from whowhom.model.network import LONGEST
from whowhom.parse import Parsed
from whowhom.records import Block

TEXT = "Kenya condemned the arrest of six lawmakers. Uganda said the men would be tried."


@pytest.fixture(scope="module")
def network() -> Network:
    return load_network()


def test_every_token_has_a_window(parse: Callable[..., Parsed], network: Network):
    reading = read_parsed(parse(TEXT), network)
    assert (reading.window_of >= 0).all()
    assert reading.triggers.shape == (len(reading.doc), 17)


def test_probabilities_add_up(parse: Callable[..., Parsed], network: Network):
    reading = read_parsed(parse(TEXT), network)
    for scores in (reading.triggers, reading.statuses, reading.modes, reading.attribution):
        np.testing.assert_allclose(scores.sum(-1), 1.0, atol=1e-5)


def paragraphs(parse: Callable[..., Parsed], *texts: str) -> Parsed:
    blocks, at = [], 0
    for text in texts:
        blocks.append(Block(at, at + len(text)))
        at += len(text) + 2
    return parse("\n\n".join(texts), blocks=tuple(blocks))


def test_windows_are_whole_sentences_about_equally_long(parse: Callable[..., Parsed], network: Network):
    long = "The minister said that the talks in the capital had not failed at all. " * 40
    reading = read_parsed(paragraphs(parse, TEXT, long.strip()), network)
    sizes = [len(window.vectors) for window in reading.windows]
    assert len(sizes) > 2
    assert max(sizes) <= LONGEST
    assert min(sizes) > 0.8 * max(sizes)
    begins = {sentence.start_char for sentence in reading.doc.sents}
    assert all(int(window.starts[1]) in begins for window in reading.windows)


def test_short_paragraphs_share_a_window(parse: Callable[..., Parsed], network: Network):
    reading = read_parsed(paragraphs(parse, "Kenya spoke.", "Uganda listened."), network)
    assert len(reading.windows) == 1
    assert reading.paragraph_of.tolist() == [1, 1, 1, 2, 2, 2]


def test_a_word_knows_its_pieces(network: Network):
    window = read_text(network, "Tikhanovskaya thanked Vilnius.")[0]
    first, last = window.pieces(0, 13)
    assert last - first > 1
    assert window.starts[first] == 0
    assert window.ends[last - 1] == 13


def test_a_span_that_is_nowhere_is_the_start_mark(network: Network):
    assert read_text(network, "Talks failed.")[0].pieces(40, 44) == (0, 1)


def test_words_in_two_windows_are_no_pair(parse: Callable[..., Parsed], network: Network):
    long = "The minister said that the talks in the capital had not failed at all. " * 40
    reading = read_parsed(paragraphs(parse, TEXT, long.strip()), network)
    last = len(reading.doc) - 2
    assert reading.window_of[1] != reading.window_of[last]
    assert reading.link([((1, 2), (last, last + 1))]).sum() == 0


def test_sides_are_probabilities_that_depend_on_the_way_and_the_type(parse: Callable[..., Parsed], network: Network):
    reading = read_parsed(parse("Rebels attacked the guards."), network)
    ways = ["subj", "obj"]
    found = reading.sides(1, [(0, 1), (2, 4)], ways, "ASSAULT")
    assert found.shape == (2, 3)
    assert found.sum(-1) == pytest.approx([1, 1])
    assert found[0].argmax() == 1
    assert found[1].argmax() == 2
    assert not np.allclose(found, reading.sides(1, [(0, 1), (2, 4)], ways[::-1], "ASSAULT"))
    assert not np.allclose(found, reading.sides(1, [(0, 1), (2, 4)], ways, "CONSULT"))


def test_the_digest_names_the_model():
    assert len(model_digest()) == 12
