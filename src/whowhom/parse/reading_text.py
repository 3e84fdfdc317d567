"""The reading text of an article: what a person reads of it, in characters that still know where they came from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whowhom.records import Article, Block, Span

# Markdown that surrounds words without being words: emphasis, escapes, headings, quote and list marks, link brackets.
_MARKUP = re.compile(
    r"\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)|`+|\\(?=[\\`*_{}\[\]()#+.!$&%~-])"
    r"|(?m:^[ \t]{0,3}(?:#{1,6}[ \t]+|>[ \t]?|[-*+•][ \t]+))"
)
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")


@dataclass(frozen=True, slots=True)
class ReadingText:
    """`text` is what the parser reads; `origin[i]` is the offset in the article of the character `text[i]`.

    `starts` are the offsets in `text` at which a block begins (a sentence never runs over one) and `headings` the
    spans in `text` of headlines and subheadings. `shouted` where the article is all in capitals and `text` is not.
    """

    text: str
    origin: tuple[int, ...]
    starts: tuple[int, ...]
    headings: tuple[Span, ...]
    shouted: bool = False

    def span(self, start: int, end: int) -> Span:
        """Offsets in the article of `text[start:end]`; the span must not be empty."""
        return self.origin[start], self.origin[end - 1] + 1


def _dropped(text: str) -> bytearray:
    """A flag for each character: 1 where it is markup and no word of the report."""
    flags = bytearray(len(text))
    for match in _LINK.finditer(text):
        for i in (*range(match.start(), match.start(1)), *range(match.end(1), match.end())):
            flags[i] = 1
    for pattern in (_MARKUP, _INVISIBLE):
        for match in pattern.finditer(text):
            for i in range(match.start(), match.end()):
                flags[i] = 1
    return flags


def _continues(text: str, earlier: Block, later: Block) -> bool:
    """Whether a body block goes on in the middle of a sentence that an earlier block began (a broken line)."""
    if earlier.kind != "body" or later.kind != "body":
        return False
    before = text[earlier.start : earlier.end].rstrip()
    after = text[later.start : later.end].lstrip()
    return bool(before) and bool(after) and before[-1] not in ".!?:;\"”’'»)…" and after[0].islower()


def reading_text(article: Article) -> ReadingText:
    """The reading text of `article`: body and headings without markup, each run of white space one blank."""
    text = article.text
    blocks = article.blocks or ((Block(0, len(text)),) if text.strip() else ())
    dropped = _dropped(text)
    chars: list[str] = []
    origin: list[int] = []
    starts: list[int] = []
    headings: list[Span] = []
    earlier: Block | None = None
    for block in blocks:
        if block.kind == "furniture":
            continue
        begin, blank = len(chars), True
        for i in range(block.start, block.end):
            if dropped[i]:
                continue
            if text[i].isspace():
                if not blank:
                    chars.append(" ")
                    origin.append(i)
                blank = True
            else:
                if blank and len(chars) == begin and begin:
                    chars.append(" ")
                    origin.append(i)
                    begin += 1
                chars.append(text[i])
                origin.append(i)
                blank = False
        if len(chars) == begin:
            continue
        if chars[-1] == " ":
            chars.pop()
            origin.pop()
        if earlier is None or not _continues(text, earlier, block):
            starts.append(begin)
        if block.kind in ("headline", "subheading"):
            headings.append((begin, len(chars)))
        earlier = block
    return ReadingText("".join(chars), tuple(origin), tuple(starts), tuple(headings))
