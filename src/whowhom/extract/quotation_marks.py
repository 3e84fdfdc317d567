"""Which words of a text stand between quotation marks.

Marks are paired within a paragraph, so that a stray mark costs no more than what stands around it:
1. double marks (straight, curly, guillemets, doubled singles and backticks) pair as brackets do; which way a straight
   mark faces is read off the white space around it; a mark of inches is none;
2. single marks pair in the same way outside of the double ones, apostrophes left out;
3. of nested quotations the outermost counts;
4. an opening mark after a full stop within an open quotation goes on with it, as at the start of a new paragraph;
5. an opening mark without its closing one runs to the paragraph's end where a quotation can be meant: the next
   paragraph opens with a mark again, or the mark opens the paragraph or follows a comma or colon.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

_OPEN_DOUBLE = frozenset("“„«‟")
_CLOSE_DOUBLE = frozenset("”»")
_STRAIGHT_DOUBLE = frozenset(('"', "''", "``", "＂"))
_OPEN_SINGLE = frozenset("‘‚‹`")
_CLOSE_SINGLE = frozenset("’›´")
_MARKS = _OPEN_DOUBLE | _CLOSE_DOUBLE | _STRAIGHT_DOUBLE | _OPEN_SINGLE | _CLOSE_SINGLE | {"'"}
_BRACKETS_OPEN = frozenset("([{—–-/:")
_STOPS = frozenset(".!?…")
_PUNCTUATION = frozenset(".,;:!?)]}…—–-")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: tokens `start` to `end` (half-open) are the words, without the marks.

    `opened` and `closed` tell whether the marks are there: a paragraph that goes on with the quotation of the one
    before may have no opening mark, and one whose quotation goes on in the next has no closing mark. `single` is for
    quotations in single marks.
    """

    start: int
    end: int
    opened: bool = True
    closed: bool = True
    single: bool = False

    @property
    def first(self) -> int:
        """The first token, the opening mark included."""
        return self.start - 1 if self.opened else self.start

    @property
    def last(self) -> int:
        """One past the last token, the closing mark included."""
        return self.end + 1 if self.closed else self.end


@dataclass(frozen=True, slots=True)
class _Mark:
    i: int
    opens: bool
    closes: bool


def find_quotations(doc: Doc, starts: Sequence[int]) -> list[Quotation]:
    """The outermost quotations of `doc` in order, none overlapping. `starts` are character offsets of paragraphs."""
    text = doc.text
    begins = set(starts)
    paragraphs: list[tuple[int, int]] = []
    first = 0
    marks: list[int] = []
    for token in doc:
        if token.idx in begins and token.i > first:
            paragraphs.append((first, token.i))
            first = token.i
        if token.text in _MARKS:
            marks.append(token.i)
    paragraphs.append((first, len(doc)))
    if not marks:
        return []
    out: list[Quotation] = []
    unclosed = False
    at = 0
    for number, (begin, end) in enumerate(paragraphs):
        here = []
        while at < len(marks) and marks[at] < end:
            here.append(marks[at])
            at += 1
        following = paragraphs[number + 1][0] if number + 1 < len(paragraphs) else None
        resumes = following is not None and _opening_kind(doc[following].text)
        found, unclosed = _paragraph(doc, text, begin, end, here, unclosed, resumes)
        out.extend(found)
    return out


def _opening_kind(mark: str) -> bool:
    return mark in _OPEN_DOUBLE or mark in _STRAIGHT_DOUBLE


def _faces(doc: Doc, text: str, i: int) -> tuple[bool, bool]:
    """Whether a straight mark can open and can close, by the characters beside it."""
    token = doc[i]
    before = text[token.idx - 1] if token.idx else " "
    stop = token.idx + len(token.text)
    after = text[stop] if stop < len(text) else " "
    opens = (before.isspace() or before in _BRACKETS_OPEN or not before.isalnum()) and not after.isspace()
    closes = not before.isspace() and (after.isspace() or after in _PUNCTUATION or not after.isalnum())
    if before.isspace() and after.isspace():
        return True, True
    return (opens, closes) if opens or closes else (True, True)


def _paragraph(
    doc: Doc, text: str, begin: int, end: int, marks: list[int], unclosed: bool, resumes: bool
) -> tuple[list[Quotation], bool]:
    doubles: list[_Mark] = []
    singles: list[_Mark] = []
    low = any(doc[i].text == "„" for i in marks)
    for i in marks:
        word = doc[i].text
        if word == "`" and i + 1 < end and doc[i + 1].text == "`":
            continue  # the first half of a doubled backtick
        if word == "`" and i > begin and doc[i - 1].text == "`":
            doubles.append(_Mark(i, True, False))
        elif word == "“" and low:
            opens, closes = _faces(doc, text, i)
            doubles.append(_Mark(i, opens and not closes, closes))
        elif word in _OPEN_DOUBLE:
            doubles.append(_Mark(i, True, False))
        elif word in _CLOSE_DOUBLE:
            opens, closes = _faces(doc, text, i)
            doubles.append(_Mark(i, opens and not closes, closes or not opens))
        elif word in _STRAIGHT_DOUBLE:
            opens, closes = _faces(doc, text, i)
            doubles.append(_Mark(i, opens, closes))
        elif (mark := _single(doc, text, i, word)) is not None:
            singles.append(mark)
    pairs, left, stray = _pair(doc, doubles)
    out = [Quotation(a + 1, b, closed=closed) for a, b, closed in pairs if b > a + 1]
    goes_on = False
    if unclosed and stray is not None and all(q.start > stray for q in out) and stray > begin:
        out.insert(0, Quotation(begin, stray, opened=False))
    if left is not None and not doc[left].whitespace_ and not any(q.end > left for q in out) and left + 1 < end:
        introduced = left == begin or doc[left - 1].text in (":", ",", "–", "—")
        if resumes or introduced:
            out.append(Quotation(left + 1, end, closed=False))
            goes_on = True
    out = _with_singles(doc, out, singles)
    return out, goes_on


def _single(doc: Doc, text: str, i: int, word: str) -> _Mark | None:
    """A single mark as a quotation mark, or None for an apostrophe."""
    if word in _OPEN_SINGLE:
        return _Mark(i, True, False)
    opens, closes = _faces(doc, text, i)
    token = doc[i]
    if word in _CLOSE_SINGLE:
        opens = False
    if opens and closes and not (token.idx and not text[token.idx - 1].isspace()):
        closes = False
    if opens and not closes and i + 1 < len(doc) and doc[i + 1].text[:1].isdigit() and doc[i + 1].text[-1:] == "s":
        return None  # the '90s
    return _Mark(i, opens, closes) if opens or closes else None


def _possessive(doc: Doc, i: int) -> bool:
    return i > 0 and doc[i - 1].text[-1:] in "sxz" and doc[i].tag_ in ("POS", "")


def _pair(doc: Doc, marks: list[_Mark]) -> tuple[list[tuple[int, int, bool]], int | None, int | None]:
    """Outermost pairs (and whether the second mark closes), the last opening mark left over, the first closing one."""
    stack: list[int] = []
    pairs: list[tuple[int, int, bool]] = []
    stray: int | None = None
    for mark in marks:
        if mark.closes and stack:
            pairs.append((stack.pop(), mark.i, True))
        elif mark.opens and len(stack) == 1 and stack[0] < mark.i - 1 and doc[mark.i - 1].text[-1:] in _STOPS:
            pairs.append((stack.pop(), mark.i, False))
            stack.append(mark.i)
        elif mark.opens and not (mark.closes and _inches(doc, mark.i)):
            stack.append(mark.i)
        elif not stack and stray is None and not _inches(doc, mark.i):
            stray = mark.i
    outer: list[tuple[int, int, bool]] = []
    for a, b, closed in sorted(pairs):
        if not outer or a > outer[-1][1] or (a == outer[-1][1] and not outer[-1][2]):
            outer.append((a, b, closed))
    return outer, (stack[-1] if stack else None), stray


def _inches(doc: Doc, i: int) -> bool:
    return i > 0 and doc[i - 1].text[-1:].isdigit() and doc[i - 1].idx + len(doc[i - 1].text) == doc[i].idx


def _with_singles(doc: Doc, doubles: list[Quotation], marks: list[_Mark]) -> list[Quotation]:
    """`doubles` with the quotations in single marks that stand outside of them, or around them."""
    if len(marks) < 2:
        return doubles
    free = [mark for mark in marks if not any(q.first <= mark.i < q.last for q in doubles)]
    found: list[Quotation] = []
    open_at: int | None = None
    for k, mark in enumerate(free):
        if open_at is None:
            if mark.opens and not mark.closes:
                open_at = mark.i
            continue
        if mark.opens and not mark.closes:
            open_at = mark.i
            continue
        if not mark.closes:
            continue
        if _possessive(doc, mark.i) and any(m.closes for m in _before_next_opening(free, k + 1)):
            continue
        if mark.i > open_at + 1:
            found.append(Quotation(open_at + 1, mark.i, single=True))
        open_at = None
    if not found:
        return doubles
    kept = [q for q in doubles if not any(s.first < q.first and q.last < s.last for s in found)]
    return sorted(kept + found, key=lambda q: q.start)


def _before_next_opening(marks: list[_Mark], k: int) -> list[_Mark]:
    out = []
    for mark in marks[k:]:
        if mark.opens and not mark.closes:
            break
        out.append(mark)
    return out
