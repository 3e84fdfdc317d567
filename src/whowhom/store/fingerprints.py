"""Near copies: one text in several papers, found by the runs of words that it shares with an earlier one.

1. The words of a text are brought to one house style, so that "per cent" and "%", "colour" and "color" are alike.
2. MinHash signatures of its shingles, one of the whole and one of its opening (an agency's text is cut from the end),
   fall into bands; texts with a band in common are candidates.
3. A candidate is a copy where the words themselves bear it out: how much of the shorter text stands in the longer one,
   and whether the figures are the same (a market report of another day has the words and other figures).
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import struct
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from whowhom.records import Document

SHORTEST = 25
"""Words that a text must have to be compared; of shorter ones only verbatim repeats are known (by their hash)."""
_OPENING = 120  # words
# Of the signatures of the whole and of the opening: words of a shingle, bands, numbers in a band. Two texts that share
# half of their shingles of three words meet in a band of the whole with a chance of 0.88. An opening is met where one
# number agrees (0.97 for a fifth of the shingles), which takes longer shingles, so that idioms of the press seldom do.
_WHOLE, _START = (3, 16, 3), (5, 16, 1)
_CANDIDATES = 24  # texts that are read and compared; in a band the earliest come first
_RUN = 4  # words that must agree in a row to count as shared
_ENOUGH = 0.5  # of the shorter text: a paper that cuts a text to a third may add a paragraph of its own
_ENOUGH_NARRATIVE = 0.4  # of its words outside quotations, which two reports may have from one mouth
_EXTRACT = 0.4  # of the longer text: what is shorter than that is an extract
_SHORTEST_EXTRACT = 50  # words; a shorter one may be no more than what somebody is quoted as saying
_SAME_FIGURES = 0.55  # of the figures of the shorter text
_TELLING_FIGURES = 4  # fewer prove nothing


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much two texts share, as shares of words that stand in runs which both have."""

    shorter: float  # of the shorter text
    longer: float
    narrative: float  # of the shorter text, without what it quotes; 1 where it only quotes
    figures: float  # of the shorter text's figures those that the longer has; 1 where there are too few to tell
    lengths: tuple[int, int]  # words of the shorter, of the longer

    @property
    def extract(self) -> bool:
        """Whether the shorter text is too short to be more than a part of the longer one."""
        return self.lengths[0] < _EXTRACT * self.lengths[1]

    @property
    def same_text(self) -> bool:
        """Whether one is a near copy of the other, or cut from it."""
        if self.extract and self.lengths[0] < _SHORTEST_EXTRACT:
            return False
        return self.shorter >= _ENOUGH and self.narrative >= _ENOUGH_NARRATIVE and self.figures >= _SAME_FIGURES


def place(db: sqlite3.Connection, document: int, doc: Document) -> None:
    """Keep the document's signature, and set its `copy_of` where it is a near copy of a text that is there."""
    text = plain_words(doc.text)
    if len(text.words) < SHORTEST:
        return
    signature = _signature(text.words)
    bands = _bands(signature)
    head = _find_family(db, document, text, bands)
    db.execute("INSERT INTO fingerprint (document, signature) VALUES (?, ?)", (document, signature))
    db.executemany("INSERT INTO fingerprint_band (band, document) VALUES (?, ?)", [(band, document) for band in bands])
    if head is not None and head < document:
        db.execute("UPDATE document SET copy_of = ? WHERE id = ?", (head, document))
    elif head is not None:
        _set_first(db, [*_family(db, head), document])


def leave(db: sqlite3.Connection, document: int) -> None:
    """Take the document's signature back; where it was the first of a family, the next becomes first."""
    db.execute("DELETE FROM fingerprint_band WHERE document = ?", (document,))
    db.execute("DELETE FROM fingerprint WHERE document = ?", (document,))
    left = [one for one in _family(db, document) if one != document]
    db.execute("UPDATE document SET copy_of = NULL WHERE id = ?", (document,))
    if left:
        _set_first(db, left)


def overlap(one: Words, other: Words) -> Overlap:
    """How much two texts share."""
    short, long = sorted((one, other), key=lambda words: len(words.words))
    covered = _covered(short, long)
    narrative = [is_covered for is_covered, quoted in zip(covered, short.quoted, strict=True) if not quoted]
    figures = _figures(short)
    shared = (figures & _figures(long)).total()
    return Overlap(
        _share(covered),
        _share(_covered(long, short)),
        _share(narrative) if narrative else 1.0,
        shared / figures.total() if figures.total() >= _TELLING_FIGURES else 1.0,
        (len(covered), len(long.words)),
    )


def _figures(text: Words) -> Counter[str]:
    return Counter(word for word in text.words if word[0].isdigit() and word != "1")  # "one" is mostly no figure


def _share(marks: Sequence[bool]) -> float:
    return sum(marks) / len(marks) if marks else 0.0


def _covered(text: Words, other: Words) -> list[bool]:
    """Of each word whether it stands in a run which the other text has too."""
    runs = set(_runs(other.words, _RUN))
    covered = [False] * len(text.words)
    for k, run in enumerate(_runs(text.words, _RUN)):
        if run in runs:
            covered[k : k + _RUN] = [True] * _RUN
    return covered


def _runs(words: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    return zip(*(words[k:] for k in range(size)), strict=False)


# --- the words of a text in one house style -------------------------------------------------------------------------

_WORD = re.compile(r"\d[\d,.]*\d|\w+(?:['’]\w+)*|%")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_SENTENCE_END = re.compile(r"[.!?:;,…][\"'”’»)\]]*$")
_UNTITLED = frozenset("mr mrs ms miss dr sir lord lady prof".split())
_STYLES = {
    "%": "percent", "pc": "percent", "&": "and", "okay": "ok", "whilst": "while", "amongst": "among",
    "programme": "program", "programmes": "programs", "metre": "meter", "tonne": "ton", "tonnes": "tons",
    "gaol": "jail", "tyre": "tire", "tyres": "tires", "grey": "gray", "kerb": "curb", "cheque": "check",
} | {
    word: str(number)
    for number, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {
    month: month[:3]
    for month in "january february march april june july august september october november december sept".split()
}  # fmt: skip
# Crude, and the same for every text: a word that is wrongly folded is folded alike in the copy.
_SPELLINGS = (
    (re.compile(r"our(?=$|s$|ed$|ing$|ite$|ites$|able$|er$|ers$|ful$|hood$|hoods$)"), "or"),
    (re.compile(r"(?<=[^aeiou])re(?=$|s$)"), "er"),
    (re.compile(r"z|c(?=e$|es$|eless$)"), "s"),
    (re.compile(r"ogue(?=$|s$)"), "og"),
    (re.compile(r"[ao]e"), "e"),
    (re.compile(r"ll"), "l"),
)


# Each stops at the next mark of its kind, so that a page of stray marks costs no more than another.
_QUOTED = re.compile(
    r"""“[^“”\n]*”|"[^"\n]*"|«[^«»\n]*»|„[^„“”\n]*[“”]"""
    r"""|(?<!\w)[‘'](?=\w)(?:[^\n‘’']|(?<=\w)[’'](?=\w))*[’'](?!\w)"""
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, and of each whether it is quoted."""

    words: tuple[str, ...]
    quoted: tuple[bool, ...]


def plain_words(text: str) -> Words:
    """The words of a text without case, marks, titles and house spelling; short lines that are no sentence left out."""
    text = unicodedata.normalize("NFKC", text)
    kept = [line for line in text.splitlines() if len(line.split()) >= 6 or _SENTENCE_END.search(line.rstrip())]
    joined = _INITIALS.sub(lambda found: found.group().replace(".", ""), "\n".join(kept)).casefold()
    joined = joined.replace("per cent", "percent")
    words: list[str] = []
    quoted: list[bool] = []
    end = 0
    for start, stop in [*(found.span() for found in _QUOTED.finditer(joined)), (len(joined), len(joined))]:
        for piece, is_quoted in ((joined[end:start], False), (joined[start:stop], True)):
            found = [word for word in map(_plain, _WORD.findall(piece)) if word not in _UNTITLED]
            words += found
            quoted += [is_quoted] * len(found)
        end = stop
    return Words(tuple(words), tuple(quoted))


@lru_cache(maxsize=1 << 16)
def _plain(word: str) -> str:
    if word[0].isdigit():
        return word.replace(",", "")
    word = word.replace("’", "").replace("'", "")
    if word in _STYLES:
        return _STYLES[word]
    if len(word) > 4:
        for pattern, plain in _SPELLINGS:
            word = pattern.sub(plain, word)
    return word


# --- signatures and bands -------------------------------------------------------------------------------------------


def _signature(words: Sequence[str]) -> bytes:
    """The version of the library's algorithm, then the signatures of the whole text and of its opening.

    Signatures of two versions cannot be compared; they never meet, since the version is part of every band.
    """
    from rensa import RMinHash

    numbers: list[int] = []
    for part, (shingle, bands, rows) in ((words, _WHOLE), (words[:_OPENING], _START)):
        sketch = RMinHash(num_perm=bands * rows, seed=1)
        sketch.update([" ".join(run) for run in _runs(part, shingle)])
        numbers += sketch.digest()
    return bytes([RMinHash.ALGORITHM_VERSION]) + struct.pack(f"<{len(numbers)}I", *numbers)


def _bands(signature: bytes) -> list[int]:
    """The bands of a signature, each its number and content hashed to one number that SQLite can hold."""
    pieces, start = [], 1
    for _, bands, rows in (_WHOLE, _START):
        for _ in range(bands):
            pieces.append(signature[start : start + 4 * rows])
            start += 4 * rows
    hashes = (
        hashlib.blake2b(signature[:1] + bytes([number]) + piece, digest_size=8).digest()
        for number, piece in enumerate(pieces)
    )
    return [int.from_bytes(one, "big", signed=True) for one in hashes]


# --- families: the first document and its copies, never a chain ------------------------------------------------------


def _find_family(db: sqlite3.Connection, document: int, text: Words, bands: Sequence[int]) -> int | None:
    """The first document of the family that the text belongs to, None where it is new."""
    met: Counter[int] = Counter()
    for band in bands:
        rows = db.execute(
            "SELECT document FROM fingerprint_band WHERE band = ? AND document <> ? ORDER BY document LIMIT ?",
            (band, document, _CANDIDATES),
        )
        met.update(int(row[0]) for row in rows)
    best: tuple[float, int] | None = None
    for candidate, _ in sorted(met.items(), key=lambda one: (-one[1], one[0]))[:_CANDIDATES]:
        row = db.execute("SELECT text, coalesce(copy_of, id) FROM document WHERE id = ?", (candidate,)).fetchone()
        other, head = plain_words(row[0]), int(row[1])
        shared = overlap(text, other)
        rank = (shared.shorter + shared.longer, -head)
        if not shared.same_text or (best is not None and rank <= best):
            continue
        if shared.extract and len(text.words) > len(other.words) and not _same_as_whole(db, head, text):
            continue
        best = rank
    return None if best is None else -best[1]


def _same_as_whole(db: sqlite3.Connection, head: int, text: Words) -> bool:
    """Whether a text is that of a family's longest one too: two reports that take in one short text stay two."""
    row = db.execute(
        "SELECT text FROM (SELECT id, text FROM document WHERE id = ?1 UNION ALL"
        " SELECT * FROM (SELECT id, text FROM document WHERE copy_of = ?1 ORDER BY id LIMIT ?2))"
        " ORDER BY length(text) DESC, id LIMIT 1",
        (head, _CANDIDATES),
    ).fetchone()
    return overlap(text, plain_words(row[0])).same_text


def _family(db: sqlite3.Connection, document: int) -> list[int]:
    """The documents of a family, of which `document` may be any."""
    row = db.execute("SELECT coalesce(copy_of, id) FROM document WHERE id = ?", (document,)).fetchone()
    if row is None:
        return []
    return [int(row[0]), *(int(one[0]) for one in db.execute("SELECT id FROM document WHERE copy_of = ?", (row[0],)))]


def _set_first(db: sqlite3.Connection, documents: Sequence[int]) -> None:
    first = min(documents)
    db.execute("UPDATE document SET copy_of = NULL WHERE id = ? AND copy_of IS NOT NULL", (first,))
    db.executemany(
        "UPDATE document SET copy_of = ? WHERE id = ? AND copy_of IS NOT ?",
        [(first, one, first) for one in documents if one != first],
    )
