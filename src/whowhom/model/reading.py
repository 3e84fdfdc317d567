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

    def mean(self) -> Floats:
        """The mean vector `(D,)` of the whole window."""
        return np.asarray(self.vectors.mean(0))

    def relation(self, pairs: Sequence[tuple[Range, Range]]) -> Floats:
        """Probabilities `(N, types)` of what the actor of the first span does to that of the second."""
        source, target = (np.stack([self.vector(*pair[k]) for pair in pairs]) for k in (0, 1))
        return softmax(self.network.relation(self.vectors, source, target))

    def pair(self, head: str, pairs: Sequence[tuple[Range, Range]], **more: Ints) -> Floats:
        """Probabilities `(N, classes)` of the head `sides` or `link` for pairs of spans, see `Network.pair`."""
        found = [(self.looked_up(x), self.looked_up(y)) for x, y in pairs]
        a, b = (np.stack([pair[k][1] for pair in found]) for k in (0, 1))
        apart = np.array([y[0] - x[0] for x, y in found], dtype=np.int64)
        return softmax(self.network.pair(head, a, b, apart, **more))


class Reading:
    """A parsed article as the network saw it; all indices are tokens of `Parsed.doc`."""

    def __init__(self, parsed: Parsed, network: Network) -> None:
        self.doc = parsed.doc
        self.network = network
        self.windows = read_text(network, parsed.reading.text, windows_of(parsed, network))
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
        return softmax(self.network.pair("sides", vector[None], others, apart, way=way, kind=kinds))

    def _looked_up(self, words: Range) -> tuple[int, Floats]:
        """The first wordpiece of a token range in its window and its mean vector, each range's computed once."""
        found = self._known.get(words)
        if found is None:
            window = self.windows[int(self.window_of[words[0]])]
            found = self._known[words] = window.looked_up(self.span(*words))
        return found

    def pair(self, head: str, pairs: Sequence[tuple[Range, Range]]) -> Floats:
        """Probabilities `(N, classes)` of a pair head for token ranges; zeros where they stand in two windows."""
        out = np.zeros((len(pairs), len(self.network.weights[f"{head}.down.bias"])), dtype=np.float32)
        by_window: dict[int, list[int]] = {}
        for k, (a, b) in enumerate(pairs):
            if self.window_of[a[0]] == self.window_of[b[0]] >= 0:
                by_window.setdefault(int(self.window_of[a[0]]), []).append(k)
        for number, rows in by_window.items():
            spans = [(self.span(*pairs[k][0]), self.span(*pairs[k][1])) for k in rows]
            out[rows] = self.windows[number].pair(head, spans)
        return out


def read_parsed(parsed: Parsed, network: Network) -> Reading:
    """What the network sees in a parsed article."""
    return Reading(parsed, network)


def read_text(network: Network, text: str, windows: Sequence[Range] | None = None) -> list[TextReading]:
    """What the network sees in each window of `text`; the whole text is one window unless told otherwise.

    A window longer than the network takes is cut at its end.
    """
    spans = [(0, len(text))] if windows is None else list(windows)
    coded = network.tokenizer.encode_batch([text[s:e] for s, e in spans])
    ids = [one.ids if len(one.ids) <= LONGEST else [*one.ids[: LONGEST - 1], one.ids[-1]] for one in coded]
    offsets = [
        np.array(one.offsets if len(one.ids) <= LONGEST else [*one.offsets[: LONGEST - 1], (0, 0)], dtype=np.int64)
        for one in coded
    ]
    vectors = network.encode(ids)
    return [
        TextReading(network, o[:, 0] + s, o[:, 1] + s, v) for (s, _), o, v in zip(spans, offsets, vectors, strict=True)
    ]


def windows_of(parsed: Parsed, network: Network, width: int = LONGEST) -> list[Range]:
    """Runs of sentences as character spans, about equally long and each of at most `width` wordpieces.

    A window holds several paragraphs: who "he" is, and whose court, stands in the one before. Only a sentence that is
    longer than `width` alone makes a longer window.
    """
    sentences = [(s.start_char, s.end_char) for s in parsed.sentences if s.end_char > s.start_char]
    coded = network.tokenizer.encode_batch([parsed.reading.text[a:b] for a, b in sentences], add_special_tokens=False)
    lengths = [len(one.ids) for one in coded]
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
