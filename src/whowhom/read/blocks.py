"""The blocks of a text: headline, body, subheadings, and the furniture around and inside them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from whowhom.read.byline import read_byline, read_opening
from whowhom.read.furniture import is_furniture_line, is_furniture_sentence, lexicon, plain, sentence_spans
from whowhom.read.paragraphs import paragraph_spans
from whowhom.records import Block, BlockKind, Span

_HEADING = re.compile(r"(#{1,6})\s+\S")
_BOLD_LINE = re.compile(r"(\*{2,3}|__)(?=\S)[^*_]{2,120}\1")
# A picture's credit in bold or italics behind its caption: a site, or names.
_CREDIT_WORD = r"[A-Z][\w.'’-]*"
_TRAILING_MARKED = re.compile(
    r"\s(\*{1,3}|_{1,2})(?P<credit>[\w-]+(?:\.[\w-]+)+"
    rf"|{_CREDIT_WORD}(?:(?:\s?/\s?|,? (?:via |and |for )?){_CREDIT_WORD}){{0,6}})\1\.?$"
)
_URL = re.compile(r"https?://[^\s<>\"')\]]+")
_URL_LABEL = re.compile(r"(?i)^(?:original|source|canonical)?\s*(?:url|link|source|article)\s*:?")
_RELATED = re.compile(r"(?i)^(?:related|read more|more on|recommended|see also|also read|most (?:read|popular))\b")
_TERMINAL = re.compile(r"[.!?…:;,][\"”’'»)*_]*$")
_ONLY_LINKS = re.compile(r"(?:[-*+•]\s+)?\[[^\[\]]+\]\([^()\s]*\)")
_SITE_AFTER_TITLE = re.compile(r"\s+[-–—|]\s+(?=[^-–—|]*$)")
_PICTURE = re.compile(
    r"(?i)(?:file|handout|image|media|photo)s?(?: (?:photo|pic(?:ture)?|image|caption|copyright))?\s*[:–—-]"
)
_WORDS = re.compile(r"\w+")
_LONGEST_TITLE = 200
_LONGEST_SUBHEADING = 70
_OPENING_PARAGRAPHS = 6  # a dateline stands in one of the first paragraphs of the body, after captions and leads
_SIGNATURE_PARAGRAPHS = 14


@dataclass(slots=True)
class Found:
    """The blocks of a text, and the metadata that its headline and furniture give."""

    blocks: tuple[Block, ...] = ()
    title: str | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(slots=True)
class _Paragraph:
    start: int
    end: int
    words: str
    kind: BlockKind | None = None
    pieces: list[Block] = field(default_factory=list)


def find_blocks(text: str, title: str | None = None, hints: Mapping[int, BlockKind] | None = None) -> Found:
    """The blocks of `text`, in order, apart from each other, covering all that is not blank; and its metadata.

    Args:
        text: the report.
        title: its headline where that is known, so that the place where the text repeats it is known for a headline.
        hints: kinds of paragraphs known from elsewhere (the tags of a page), by the offset at which they start.
    """
    found = Found()
    paragraphs = [_Paragraph(start, end, plain(text[start:end])) for start, end in paragraph_spans(text)]
    for paragraph in paragraphs:
        paragraph.kind = (hints or {}).get(paragraph.start)
    _mark_furniture(text, paragraphs, found)
    _mark_headline(text, paragraphs, title, found)
    _mark_subheadings(text, paragraphs)
    bodies = 0
    for k, paragraph in enumerate(paragraphs):
        if paragraph.kind is None:
            bodies += 1
            _split(text, paragraph, found, opening=bodies <= _OPENING_PARAGRAPHS, early=k < _SIGNATURE_PARAGRAPHS)
        elif not paragraph.pieces:
            paragraph.pieces.append(Block(paragraph.start, paragraph.end, paragraph.kind))
    blocks = [piece for paragraph in paragraphs for piece in paragraph.pieces]
    found.blocks = tuple(_mark_end(text, blocks))
    return found


def _mark_furniture(text: str, paragraphs: list[_Paragraph], found: Found) -> None:
    """Set the kind of paragraphs that are furniture as a whole, or headings by their Markdown."""
    related = False
    expect_url = False
    for k, paragraph in enumerate(paragraphs):
        raw = text[paragraph.start : paragraph.end]
        words = paragraph.words
        if paragraph.kind in (None, "subheading") and is_furniture_line(words):
            paragraph.kind = "furniture"
            url = _URL.search(raw)
            if url and (expect_url or _URL_LABEL.match(words)) and found.url is None:
                found.url = url[0].rstrip(".,")
            expect_url = bool(_URL_LABEL.match(words)) and not url
            related = bool(_RELATED.match(words))
            continue
        expect_url = False
        if paragraph.kind is None and k < _SIGNATURE_PARAGRAPHS and (signature := read_byline(words)):
            paragraph.kind = "furniture"
            found.authors = found.authors or signature.authors
            found.agency = found.agency or signature.agency
            found.published = found.published or signature.published
            continue
        if _ONLY_LINKS.fullmatch(raw) and (related or not _TERMINAL.search(words)):
            paragraph.kind = "furniture"
            continue
        related = False
        if paragraph.kind is None and _HEADING.match(raw):
            paragraph.kind = "furniture" if _RELATED.match(words) else "subheading"
        elif paragraph.kind is None and _BOLD_LINE.fullmatch(raw) and not words.endswith((".", ",")):
            paragraph.kind = "subheading"


def _mark_headline(text: str, paragraphs: list[_Paragraph], title: str | None, found: Found) -> None:
    """Find the headline among the first paragraphs: the given title again, a heading, or a bare first line."""
    open_ones = [p for p in paragraphs if p.kind != "furniture"][:3]
    if title:
        for paragraph in open_ones:
            if _repeats_title(text, paragraph, title):
                return
    first = open_ones[0] if open_ones else None
    if first is None:
        return
    raw = text[first.start : first.end]
    if first.kind in ("subheading", "headline") and len(open_ones) > 1:
        level = _HEADING.match(raw)
        if first.kind == "headline" or level is None or len(level[1]) == 1 or title is None:
            first.kind = "headline"
            found.title = first.words
        return
    if first.kind is not None or title is not None or len(open_ones) < 2:
        return
    words = first.words
    later = [p for p in open_ones[1:] if p.kind is None]
    if (
        3 <= len(words) <= _LONGEST_TITLE
        and not words.endswith((".", ",", ";", ":", "…"))
        and words[0] not in "-•*"
        and not words[0].islower()
        and "\n" not in raw.strip()
        and any(len(p.words) > len(words) or _TERMINAL.search(p.words) for p in later)
        and read_opening(raw) is None
        and not _PICTURE.match(words)
    ):
        first.kind = "headline"
        found.title = _without_outlet(words)


def _without_outlet(title: str) -> str:
    """A headline without the agency or outlet that a page adds after a bar or dash."""
    rest, *outlet = _SITE_AFTER_TITLE.split(title, maxsplit=1)
    lex = lexicon()
    return rest if outlet and (outlet[0] in lex.agencies or outlet[0] in lex.sites.values()) else title


def _repeats_title(text: str, paragraph: _Paragraph, title: str) -> bool:
    """Whether the paragraph is the title, or opens with it; then the headline is marked, and a label before it."""
    for words in (title, *_SITE_AFTER_TITLE.split(title, maxsplit=1)[:1]):
        wanted = [word.casefold() for word in _WORDS.findall(words)]
        if wanted and _opens_with(text, paragraph, wanted):
            return True
    return False


def _opens_with(text: str, paragraph: _Paragraph, wanted: list[str]) -> bool:
    """Whether the words of a title open the paragraph; then its pieces are set."""
    candidates: list[Span] = [(paragraph.start, paragraph.end)]
    sentences = sentence_spans(text, paragraph.start, paragraph.end)
    if len(sentences) > 1:
        candidates.append(sentences[0])
    for start, end in candidates:
        matches = list(_WORDS.finditer(text, start, end))[: len(wanted) + 8]
        have = [match[0].casefold() for match in matches]
        # Sites put a label before a title ("News"), or their name behind it.
        for skip in range(3):
            for lead in range(3):
                if len(wanted) - lead < 3 and (lead or len(wanted) < 2):
                    continue
                if (
                    have[skip:]
                    and have[skip:] == wanted[lead : lead + len(have) - skip]
                    and (len(have) - skip >= 0.7 * (len(wanted) - lead))
                ):
                    begin = matches[skip].start() if skip else start
                    if skip:
                        paragraph.pieces.append(Block(start, _trim(text, start, begin), "furniture"))
                    paragraph.pieces.append(Block(begin, end, "headline"))
                    paragraph.kind = "headline"
                    if end < paragraph.end:
                        rest = next(i for i in range(end, paragraph.end) if not text[i].isspace())
                        tail = _Paragraph(rest, paragraph.end, plain(text[rest : paragraph.end]))
                        _split(text, tail, Found(), opening=True, early=True)
                        paragraph.pieces.extend(tail.pieces)
                    return True
    return False


def _mark_subheadings(text: str, paragraphs: list[_Paragraph]) -> None:
    """Mark short lines without a full stop that stand between two paragraphs of running text."""
    for k in range(1, len(paragraphs) - 1):
        paragraph = paragraphs[k]
        words = paragraph.words
        if paragraph.kind is not None or len(words) > _LONGEST_SUBHEADING or len(words.split()) > 9:
            continue
        before, after = paragraphs[k - 1], paragraphs[k + 1]
        if (
            not _TERMINAL.search(words)
            and not words[0].islower()
            and words[0] not in '•*"“'
            and before.kind is None
            and after.kind is None
            and before.words.endswith((".", "!", "?", '"', "”", "’", "'", ")"))
            and len(after.words) > 1.5 * len(words)
            and not after.words[0].islower()
            and "\n" not in text[paragraph.start : paragraph.end]
            and not lexicon().head.match(words)
        ):
            paragraph.kind = "subheading"


def _split(text: str, paragraph: _Paragraph, found: Found, *, opening: bool, early: bool) -> None:
    """Cut the furniture out of a paragraph of the body: its `pieces` are the stretches in order."""
    lex = lexicon()
    start, end = paragraph.start, paragraph.end
    cuts: list[Span] = []
    begin = start
    if match := lex.head.match(text, start, end):
        cuts.append((start, match.end()))
        begin = match.end()
    raw = text[begin:end]
    if opening and (signature := read_opening(raw)) and signature.length < len(raw):
        cuts.append((begin, begin + signature.length))
        begin += signature.length
        found.authors = found.authors or signature.authors
        found.agency = found.agency or signature.agency
        found.published = found.published or signature.published
    if not _TERMINAL.search(paragraph.words) and (match := lex.caption.match(text, begin, end)):
        cuts.append((begin, match.end()))
        begin = match.end()
    cuts.extend(match.span() for match in lex.inline.finditer(text, begin, end))
    if match := _TRAILING_MARKED.search(text, begin, end):
        before = text[begin : match.start()].rstrip()
        if before.endswith((".", "!", "?", '"', "”", ")")) and not match["credit"].endswith((".", ",")):
            cuts.append(match.span())
    sentences = sentence_spans(text, begin, end)
    if len(sentences) > 1:
        depth = 0
        for at, (first, last) in enumerate(sentences):
            sentence = text[first:last]
            words = plain(sentence)
            signature = read_byline(words) if at == 0 and early else None
            if depth <= 0 and (is_furniture_sentence(words) or signature or not any(c.isalnum() for c in words)):
                cuts.append((first, last))
                if signature:
                    found.authors = found.authors or signature.authors
                    found.agency = found.agency or signature.agency
                    found.published = found.published or signature.published
            depth = _quote_depth(sentence, depth)
    paragraph.pieces = _pieces(text, start, end, cuts)


def _quote_depth(sentence: str, depth: int) -> int:
    """Whether a quotation is still open after `sentence` (1) or not (0)."""
    depth += sentence.count("“") - sentence.count("”")
    if sentence.count('"') % 2:
        depth = 0 if depth > 0 else 1
    return max(0, min(depth, 1))


def _pieces(text: str, start: int, end: int, cuts: list[Span]) -> list[Block]:
    """The stretches of `text[start:end]`, trimmed: furniture where it is cut, body between."""
    pieces: list[Block] = []

    def add(first: int, last: int, kind: BlockKind) -> None:
        first, last = _lead(text, first, last), _trim(text, first, last)
        if first >= last:
            return
        if kind == "body" and not any(c.isalnum() for c in text[first:last]):
            kind = "furniture"
        if pieces and pieces[-1].kind == kind:
            pieces[-1] = Block(pieces[-1].start, last, kind)
        else:
            pieces.append(Block(first, last, kind))

    at = start
    for first, last in sorted(cuts):
        if last <= at:
            continue
        add(at, max(first, at), "body")
        add(max(first, at), last, "furniture")
        at = last
    add(at, end, "body")
    return pieces


def _mark_end(text: str, blocks: list[Block]) -> list[Block]:
    """Turn what signs off a text (agencies, initials, "Reporting by") into furniture, from the end backwards."""
    lex = lexicon()
    at = len(blocks) - 1
    seen = 0
    while at > 0 or (at == 0 and blocks):
        block = blocks[at]
        if block.kind == "furniture":
            at -= 1
            continue
        if block.kind != "body" or seen > 8:
            break
        sentences = sentence_spans(text, block.start, block.end)
        first, last = sentences[-1]
        if (at == 0 and len(sentences) == 1) or not lex.end.fullmatch(plain(text[first:last])):
            break
        seen += 1
        blocks[at] = Block(first, last, "furniture")
        if len(sentences) > 1:
            blocks.insert(at, Block(block.start, sentences[-2][1], "body"))
    return _joined(text, blocks) if seen else blocks


def _joined(text: str, blocks: list[Block]) -> list[Block]:
    """The blocks, with pieces of furniture that follow one another on a line made one."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last and last.kind == block.kind == "furniture" and "\n" not in text[last.end : block.start]:
            joined[-1] = Block(last.start, block.end, "furniture")
        else:
            joined.append(block)
    return joined


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _lead(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start
