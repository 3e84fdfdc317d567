"""Where the paragraphs of a text are: one a line, set off by blank lines, or broken at a fixed width."""

from __future__ import annotations

import re
from itertools import pairwise

from whowhom.records import Span

_ENDS = (".", "!", "?", ":", ";", '"', "”", "’", "'", ")", "…", "»", "*", "_", "]")
_OWN_LINE = re.compile(r"\s*(?:#{1,6}\s|[-*+•]\s|>\s|\d{1,2}[.)]\s|(?:-{3,}|={3,}|_{3,}|\*{3,})\s*$)")
_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,2}[.)])\s")
_WIDEST = 125
_FULL = 0.75
"""The part of the width from which on a line is full."""


def paragraph_spans(text: str) -> list[Span]:
    """The paragraphs of `text` in order, trimmed; together they hold every character that is not blank."""
    groups: list[list[Span]] = [[]]
    offset = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if body:
            start = offset + len(line) - len(line.lstrip())
            groups[-1].append((start, start + len(body)))
        elif groups[-1]:
            groups.append([])
        offset += len(line)
    width = _wrap_width(text, groups)
    spans: list[Span] = []
    for group in groups:
        spans.extend(_unwrap(text, group, width) if width else group)
    return spans


def _wrap_width(text: str, groups: list[list[Span]]) -> int:
    """The width at which the lines of a text are broken in mid-sentence; 0 where a line is a paragraph."""
    pairs = [(a, b) for group in groups for a, b in pairwise(group)]
    if not pairs:
        return 0
    lengths = sorted(a[1] - a[0] for a, _ in pairs)
    width = lengths[int(0.9 * (len(lengths) - 1))]
    if width > _WIDEST or lengths[len(lengths) // 2] < 25:
        return 0
    open_ended = [(a, b) for a, b in pairs if not text[a[1] - 1 : a[1]].endswith(_ENDS)]
    running = sum(text[b[0]].islower() for _, b in open_ended)
    shouted = text.isupper()
    if len(open_ended) >= 0.5 * len(pairs) and (running >= 0.3 * len(pairs) or shouted):
        return width
    return 0


def _unwrap(text: str, group: list[Span], width: int) -> list[Span]:
    """The paragraphs of one run of lines that are broken at `width`."""
    spans: list[Span] = []
    for k, (start, end) in enumerate(group):
        earlier = group[k - 1] if k else None
        closed = earlier is None or (text[earlier[1] - 1].endswith(_ENDS) and earlier[1] - earlier[0] < _FULL * width)
        if earlier is None or closed or _OWN_LINE.match(text, start, end) or _stands_alone(text, earlier, width):
            spans.append((start, end))
        else:
            spans[-1] = (spans[-1][0], end)
    return spans


def _stands_alone(text: str, line: Span, width: int) -> bool:
    """Whether the line after a heading, a rule, a quoted line or a short item of a list is another paragraph; an item
    that fills its line goes on in the next."""
    if _ITEM.match(text, *line):
        return line[1] - line[0] < _FULL * width
    return bool(_OWN_LINE.match(text, *line))
