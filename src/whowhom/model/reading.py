"""What the network sees in a text: scores by word, and by pair of words when asked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from whowhom.model.network import LONGEST, Floats, Ints, Network, softmax
from whowhom.parse import Parsed

Range = tuple[int, int]
WINDOW = 224
"""Wordpieces of a window, at most. On reports that it was not taught the network is as right as with the 256 of
training (both sides of events 0.327 and 0.320), and attention, which grows with the square, costs less."""


@dataclass
class TextReading:
    """One window of text as the network saw it. `starts` and `ends` are character offsets of its wordpieces."""

    network: Network
    starts: Ints
    ends: Ints
    vectors: Floats
    _known: dict[Range, tuple[int, Floats]] = field(default_factory=dict, repr=False)

    def looked_up(self, span: Range) -> tuple[int, Floats]:
        """The first wordpiece of the characters `[start, end)` and their mean vector, each span's computed once."""
        found = self._known.get(span)
        if found is None:
            first, last = self.pieces(*span)
            vector = self.vectors[first] if last == first + 1 else self.vectors[first:last].mean(0)
            found = self._known[span] = (first, vector)
        return found

    def pieces(self, start: int, end: int) -> Range:
        """The wordpieces `[first, last)` that touch the characters `[start, end)`; the start mark where none does."""
        first = bisect_right(self._bounds[1], start) + 1
        last = bisect_left(self._bounds[0], end) + 1
        return (first, last) if last > first else (0, 1)

    @cached_property
    def _bounds(self) -> tuple[list[int], list[int]]:
        return self.starts[1:-1].tolist(), self.ends[1:-1].tolist()

    def vector(self, start: int, end: int) -> Floats:
        """The mean vector `(D,)` of the characters `[start, end)`."""
        return self.looked_up((start, end))[1]

    @cached_property
    def keys(self) -> Floats:
        """What the words offer to a pair of phrases that asks for its side `(L, K)`, see `Network.sides`."""
        return self.network.linear("sides.key", self.vectors)

    def mean(self) -> Floats:
        """The mean vector `(D,)` of the whole window."""
        return np.asarray(self.vectors.mean(0))

    def relation(self, pairs: Sequence[tuple[Range, Range]]) -> Floats:
        """Probabilities `(N, types)` of what the actor of the first span does to that of the second."""
        source, target = (np.stack([self.vector(*pair[k]) for pair in pairs]) for k in (0, 1))
        return softmax(self.network.relation(self.vectors, source, target))

    def link(self, pairs: Sequence[tuple[Range, Range]]) -> Floats:
        """Probabilities `(N, 2)` that the spans of each pair stand apart or belong together, see `Network.link`."""
        found = [(self.looked_up(x), self.looked_up(y)) for x, y in pairs]
        a, b = (np.stack([pair[k][1] for pair in found]) for k in (0, 1))
        apart = np.array([y[0] - x[0] for x, y in found], dtype=np.int64)
        return softmax(self.network.link(a, b, apart))


class Reading:
    """A parsed article as the network saw it; all indices are tokens of `Parsed.doc`."""

    def __init__(self, parsed: Parsed, network: Network) -> None:
        self.doc = parsed.doc
        self.network = network
        pieces = Pieces(network, parsed.reading.text)
        self.windows = read_pieces(network, pieces, windows_of(parsed, pieces))
        self.window_of = np.full(len(self.doc), -1, dtype=np.int64)
        """For each token the window that holds it, -1 where none does."""
        self.first_piece = np.zeros(len(self.doc), dtype=np.int64)
        self._known: dict[Range, tuple[int, Floats]] = {}
        self._align()
        begins = np.array([token.idx for token in self.doc], dtype=np.int64)
        self.paragraph_of = np.searchsorted(np.array(parsed.reading.starts, dtype=np.int64), begins, side="right")
        """For each token the number of its paragraph or heading."""

    def _align(self) -> None:
        begins = np.array([token.idx for token in self.doc], dtype=np.int64)
        for number, window in enumerate(self.windows):
            if len(window.starts) < 3:
                continue
            low, high = int(window.starts[1]), int(window.ends[-2])
            inside = np.nonzero((begins >= low) & (begins < high))[0]
            self.window_of[inside] = number
            self.first_piece[inside] = np.searchsorted(window.ends[1:-1], begins[inside], side="right") + 1

    def _scores(self, head: str) -> Floats:
        size = len(self.network.weights[f"{head}.bias"])
        out = np.zeros((len(self.doc), size), dtype=np.float32)
        for number, window in enumerate(self.windows):
            rows = np.nonzero(self.window_of == number)[0]
            if len(rows):
                out[rows] = self.network.linear(head, window.vectors[self.first_piece[rows]])
        return out

    def _none_outside(self, head: str) -> Floats:
        """Probabilities of a head whose first class is none, which is certain for a word that no window holds."""
        out = softmax(self._scores(head))
        out[self.window_of < 0] = 0.0
        out[self.window_of < 0, 0] = 1.0
        return out

    @cached_property
    def triggers(self) -> Floats:
        """Probabilities `(tokens, 1 + types)`: no event, or an event of each type named by that word.

        A word that no window holds (the end of a very long sentence) names none.
        """
        return self._none_outside("trigger")

    @cached_property
    def statuses(self) -> Floats:
        """Probabilities `(tokens, statuses)` of the status of an event named by that word."""
        return softmax(self._scores("status"))

    @cached_property
    def modes(self) -> Floats:
        """Probabilities `(tokens, modes)` of type and mode of an event named by that word."""
        return softmax(self._scores("mode"))

    @cached_property
    def attribution(self) -> Floats:
        """Probabilities `(tokens, 7)` of the tags `labels["attribution"]`."""
        return softmax(self._scores("attribution"))

    @cached_property
    def pledges(self) -> Floats:
        """Probabilities `(tokens, 1 + kinds)` that a word tells of no pledge, or of one of each kind."""
        return self._none_outside("pledge")

    @cached_property
    def pledge_statuses(self) -> Floats:
        """Probabilities `(tokens, statuses)` of the status of the pledge of which a word tells."""
        return softmax(self._scores("pledge_status"))

    def sector(self, first: int, last: int) -> Floats:
        """Probabilities `(sectors,)` of the sector of whomever the tokens `[first, last)` name, `labels["sectors"]`.

        Zeros where no window holds them.
        """
        window = int(self.window_of[last - 1])
        if window < 0:
            return np.zeros(len(self.network.labels["sectors"]), dtype=np.float32)
        vector = self.windows[window].vector(*self.span(first, last))
        return np.asarray(softmax(self.network.linear("sector", vector[None]))[0], dtype=np.float32)

    def span(self, first: int, last: int) -> Range:
        """Character offsets in the reading text of the tokens `[first, last)`."""
        end = self.doc[last - 1]
        return self.doc[first].idx, end.idx + len(end.text)

    def sides(self, trigger: int, phrases: Sequence[Range], ways: Sequence[str], kind: str) -> Floats:
        """Probabilities `(N, 3)` that token ranges are no side, actor or recipient of an event.

        The event is named by the token `trigger` and of type `kind`; all stand in one window with it. `ways` are those
        of the grammar from the trigger to each, see `whowhom.extract.ways`.
        """
        at, vector = self._looked_up((trigger, trigger + 1))
        found = [self._looked_up(phrase) for phrase in phrases]
        apart = np.array([place - at for place, _ in found], dtype=np.int64)
        way = np.array([self.network.ways.get(one, 0) for one in ways], dtype=np.int64)
        kinds = np.full(len(found), self.network.labels["types"].index(kind), dtype=np.int64)
        others = np.stack([one for _, one in found])
        window = self.windows[int(self.window_of[trigger])]
        return softmax(self.network.sides(window.vectors, window.keys, vector[None], others, apart, way, kinds))

    def _looked_up(self, words: Range) -> tuple[int, Floats]:
        """The first wordpiece of a token range in its window and its mean vector, each range's computed once."""
        found = self._known.get(words)
        if found is None:
            window = self.windows[int(self.window_of[words[0]])]
            found = self._known[words] = window.looked_up(self.span(*words))
        return found

    def link(self, pairs: Sequence[tuple[Range, Range]]) -> Floats:
        """Probabilities `(N, 2)` as `TextReading.link`, for token ranges; zeros where they stand in two windows."""
        out = np.zeros((len(pairs), 2), dtype=np.float32)
        by_window: dict[int, list[int]] = {}
        for k, (a, b) in enumerate(pairs):
            if self.window_of[a[0]] == self.window_of[b[0]] >= 0:
                by_window.setdefault(int(self.window_of[a[0]]), []).append(k)
        for number, rows in by_window.items():
            out[rows] = self.windows[number].link([(self.span(*pairs[k][0]), self.span(*pairs[k][1])) for k in rows])
        return out


def read_parsed(parsed: Parsed, network: Network) -> Reading:
    """What the network sees in a parsed article."""
    return Reading(parsed, network)


def read_text(network: Network, text: str, windows: Sequence[Range] | None = None) -> list[TextReading]:
    """What the network sees in each window of `text`, see `read_pieces`; without `windows` the whole text is one."""
    return read_pieces(network, Pieces(network, text), [(0, len(text))] if windows is None else windows)


class Pieces:
    """The wordpieces of a text: their `ids`, and as arrays `(N,)` the characters where they start and end."""

    def __init__(self, network: Network, text: str) -> None:
        coded = network.tokenizer.encode(text, add_special_tokens=False)
        self.ids: list[int] = coded.ids
        bounds = np.array(coded.offsets, dtype=np.int64).reshape(-1, 2)
        self.starts, self.ends = bounds[:, 0], bounds[:, 1]

    def within(self, spans: Sequence[Range]) -> list[Range]:
        """For each character span the wordpieces `[first, last)` that start in it."""
        found = np.searchsorted(self.starts, np.array(spans, dtype=np.int64).reshape(-1, 2))
        return [(int(first), int(last)) for first, last in found]


def read_pieces(network: Network, pieces: Pieces, windows: Sequence[Range]) -> list[TextReading]:
    """What the network sees in each window, a character span of the text; a window too long is cut at its end."""
    begin, finish = network.marks
    spans = [(first, min(last, first + LONGEST - 2)) for first, last in pieces.within(windows)]
    vectors = network.encode([[begin, *pieces.ids[first:last], finish] for first, last in spans])

    def bounds(of: Ints, first: int, last: int, start: int) -> Ints:
        return np.concatenate([[start], of[first:last], [start]])

    return [
        TextReading(network, bounds(pieces.starts, *span, start), bounds(pieces.ends, *span, start), found)
        for (start, _), span, found in zip(windows, spans, vectors, strict=True)
    ]


def windows_of(parsed: Parsed, pieces: Pieces, width: int = WINDOW) -> list[Range]:
    """Runs of sentences as character spans, about equally long and each of at most `width` wordpieces.

    A window holds several paragraphs: who "he" is, and whose court, stands in the one before. Only a sentence that is
    longer than `width` alone makes a longer window.
    """
    sentences = [(s.start_char, s.end_char) for s in parsed.sentences if s.end_char > s.start_char]
    lengths = [last - first for first, last in pieces.within(sentences)]
    room = width - 2  # for the marks of start and end
    wanted = sum(lengths) / max(1, -(-sum(lengths) // room))
    out: list[Range] = []
    size = 0
    for (a, b), length in zip(sentences, lengths, strict=True):
        if out and size + length <= room and size + length / 2 <= wanted:
            out[-1] = (out[-1][0], b)
            size += length
        else:
            out.append((a, b))
            size = length
    return out
