"""PDF files by pypdfium2: the lines of their pages as one text."""

from __future__ import annotations

import collections
import re
from itertools import pairwise
from typing import Any

from whowhom.read.options import ReadOptions
from whowhom.read.text import article_from_text
from whowhom.records import Article, BlockKind, Skipped

# What PDFium gives for a hyphen that only breaks a word at the end of a line.
_SOFT_BREAK = re.compile("[\ufffe\u00ad\x02](?:\r\n|\r|\n)?")
_LINE_END = re.compile(r"\r\n?")
_FEWEST_REPEATS = 3
_FULL_PAGE = 12


def article_from_pdf(
    data: bytes, *, source_id: str, source: str, url: str | None = None, options: ReadOptions
) -> Article | Skipped:
    """The article in a PDF; `Skipped` where it is protected, broken or has only pictures of text."""
    try:
        pages = _pages(data, options.max_chars)
    except Exception as error:  # pypdfium2 raises its own error, and others from ctypes on broken files
        if "password" in str(error).casefold():
            return Skipped(source, "unreadable", "the PDF asks for a password: save it without one")
        return Skipped(source, "unreadable", f"the PDF cannot be read ({error}): save it again or give its text")
    if not any(page.strip() for page in pages):
        return Skipped(source, "no-article", "the PDF has no text, only pictures: run OCR over it first")
    text, hints = _join(pages)
    return article_from_text(text, source_id=source_id, url=url, options=options, source=source, hints=hints)


def _pages(data: bytes, max_chars: int) -> list[str]:
    import pypdfium2

    pages: list[str] = []
    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            textpage = page.get_textpage()
            words = _SOFT_BREAK.sub("", _with_gaps(textpage))
            pages.append("\n".join(line.rstrip() for line in _LINE_END.sub("\n", words).split("\n")))
            textpage.close()
            page.close()
            if sum(map(len, pages)) > max_chars:
                break
    finally:
        document.close()
    return pages


def _with_gaps(textpage: Any) -> str:
    """The text of a page, with a blank line wherever the page leaves one: PDFium gives lines and no paragraphs."""
    text: str = textpage.get_text_range()
    if len(text) != textpage.count_chars():
        return text
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    places: list[tuple[int, float, float]] = []
    for start, stop in pairwise((*starts, len(text))):
        boxes = [textpage.get_charbox(i) for i in range(start, stop) if text[i].isalnum()]
        if boxes:
            # The middle of the letters in height: those that rise above or hang below the line are the fewer.
            boxes.sort(key=lambda box: box[1])
            bottom = boxes[len(boxes) // 2][1]
            places.append((start, bottom, max(box[3] for box in boxes) - bottom))
    steps = sorted(a[1] - b[1] for a, b in pairwise(places) if a[1] > b[1])
    if not steps:
        return text
    usual = steps[len(steps) // 2]
    parts: list[str] = []
    at = 0
    for above, below in pairwise(places):
        larger = max(above[2], below[2]) > 1.3 * min(above[2], below[2])
        if above[1] - below[1] > 1.4 * usual or above[1] < below[1] or larger:
            parts.append(text[at : below[0]])
            at = below[0]
    parts.append(text[at:])
    return "\n".join(parts)


def _join(pages: list[str]) -> tuple[str, dict[int, BlockKind]]:
    """The pages as one text; the lines that head or foot most pages are hinted to be furniture."""
    edges: collections.Counter[str] = collections.Counter()
    for page in pages:
        lines = [line for line in page.split("\n") if line.strip()]
        deep = _edge(len(lines))
        edges.update({_numberless(line) for line in (*lines[:deep], *lines[-deep:])})
    running = {line for line, count in edges.items() if count >= max(_FEWEST_REPEATS, len(pages) // 2)}
    text = ""
    hints: dict[int, BlockKind] = {}
    for page in pages:
        lines = page.split("\n")
        filled = [k for k, line in enumerate(lines) if line.strip()]
        deep = _edge(len(filled))
        edge = {*filled[:deep], *filled[-deep:]}
        for k, line in enumerate(lines):
            if k in edge and _numberless(line) in running:
                text += "\n" if text else ""
                hints[len(text) + len(line) - len(line.lstrip())] = "furniture"
                text += line + "\n\n"
            else:
                text += line + "\n"
    return text, hints


def _edge(lines: int) -> int:
    """How many lines at the top and foot of a page of so many may be running ones."""
    return 2 if lines >= _FULL_PAGE else 1


def _numberless(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())
