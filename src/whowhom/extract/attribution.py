"""Attributions as the network reads them: who says (source), how it is said (cue), what is said (content).

The network tags each word; pieces of one paragraph are joined by its link head. This is the broad notion of PolNeAR:
thoughts, hopes and documents have attributions too. They serve `whowhom evaluate quotes`; the statements of a record
come from the lexicon and the grammar (`statements.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from whowhom.candidates import TokenRange
from whowhom.model import Reading, best_tags

_TOGETHER = 0.3
"""Least probability of the link head at which a source or cue belongs to a content."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Token ranges of one attribution; `source` and `cue` are empty where the paragraph has none."""

    source: tuple[TokenRange, ...]
    cue: tuple[TokenRange, ...]
    content: tuple[TokenRange, ...]
    probability: float


def read_attributions(reading: Reading) -> list[Attribution]:
    """The attributions of a text in the order of their first words."""
    spans = _spans(reading)
    out = []
    for place in sorted({place for place, *_ in spans}):
        here = [(role, piece) for p, role, piece in spans if p == place]
        out.extend(_joined(reading, here))
    return sorted(out, key=lambda a: min(first for first, _ in (*a.source, *a.cue, *a.content)))


def _spans(reading: Reading) -> list[tuple[tuple[int, int], str, TokenRange]]:
    """Tagged pieces: window and paragraph, role, tokens."""
    labels = reading.network.labels["attribution"]
    best = _tags(reading, labels)
    out: list[tuple[tuple[int, int], str, TokenRange]] = []
    role, first = "", 0
    for i in range(len(best) + 1):
        ended = i == len(best) or reading.window_of[i] < 0
        mark, _, name = ("O" if ended else labels[best[i]]).partition("-")
        goes_on = role and mark == "I" and name == role and _place(reading, i) == _place(reading, first)
        if role and not goes_on:
            piece = _trimmed(reading, first, i)
            if piece is not None:
                out.append((_place(reading, first), role, piece))
            role = ""
        if not role and mark in ("B", "I"):
            role, first = name, i
    return out


def _place(reading: Reading, i: int) -> tuple[int, int]:
    return int(reading.window_of[i]), int(reading.paragraph_of[i])


def _tags(reading: Reading, labels: list[str]) -> np.ndarray:
    """The best tag of each token, worked out window by window; 0 outside."""
    out = np.zeros(len(reading.doc), dtype=np.int64)
    for number in range(len(reading.windows)):
        rows = np.nonzero(reading.window_of == number)[0]
        out[rows] = best_tags(reading.attribution[rows], labels)
    return out


def _trimmed(reading: Reading, first: int, last: int) -> TokenRange | None:
    doc = reading.doc
    while first < last and (doc[first].is_space or doc[first].text in ",;"):
        first += 1
    while last > first and (doc[last - 1].is_space or doc[last - 1].text in ",;"):
        last -= 1
    return (first, last) if last > first else None


def _joined(reading: Reading, spans: list[tuple[str, TokenRange]]) -> list[Attribution]:
    """The attributions of one window: each content goes to its best cue, each cue takes its best source."""
    contents = [piece for role, piece in spans if role == "content"]
    cues = [piece for role, piece in spans if role == "cue"]
    sources = [piece for role, piece in spans if role == "source"]
    if not contents:
        return []
    to_cue = _links(reading, contents, cues)
    to_source = _links(reading, contents, sources)
    groups: dict[int, list[int]] = {}
    loose: list[int] = []
    for k in range(len(contents)):
        best = int(to_cue[k].argmax()) if cues else -1
        if best >= 0 and to_cue[k, best] >= _TOGETHER:
            groups.setdefault(best, []).append(k)
        else:
            loose.append(k)
    out = [_attribution(reading, contents, members, cues[c], sources, to_source) for c, members in groups.items()]
    out.extend(_attribution(reading, contents, [k], None, sources, to_source) for k in loose)
    return out


def _attribution(
    reading: Reading,
    contents: list[TokenRange],
    members: list[int],
    cue: TokenRange | None,
    sources: list[TokenRange],
    to_source: np.ndarray,
) -> Attribution:
    source: tuple[TokenRange, ...] = ()
    if sources:
        scores = to_source[members].max(0)
        best = int(scores.argmax())
        if scores[best] >= _TOGETHER:
            source = (sources[best],)
    pieces = tuple(contents[k] for k in sorted(members))
    columns = [k for k, label in enumerate(reading.network.labels["attribution"]) if label.endswith("-content")]
    chances = reading.attribution[:, columns].sum(-1)
    sure = float(np.mean([chances[a:b].mean() for a, b in pieces]))
    return Attribution(source, (cue,) if cue else (), pieces, sure)


def _links(reading: Reading, contents: list[TokenRange], others: list[TokenRange]) -> np.ndarray:
    """Probability that a content and another piece belong together, `(contents, others)`."""
    if not others:
        return np.zeros((len(contents), 0), dtype=np.float32)
    pairs = [(content, other) for content in contents for other in others]
    return reading.link(pairs)[:, 1].reshape(len(contents), len(others))
