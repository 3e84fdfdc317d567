"""Stories: documents that report the same happenings, joined one by one as they come in.

1. A document is told from others by its terms: words of its headline and opening, weighted by how often they stand
   there and how rare they are in news at large; names count for more. They are read off the text alone, so that a story
   does not depend on how the text was coded.
2. Earlier documents of the same weeks that share terms are candidates. A term loses weight by the number of stories in
   which it is met in these weeks.
3. A story's score is the mean likeness of its nearest documents, less the further away in time. The document joins the
   best story if that reaches the threshold, else it begins one.

A near copy is in the story of its first document.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache

from whowhom.records import Document
from whowhom.resources.table import read_table
from whowhom.store import sources

COMMON_WORDS = "lexicon/common_words.tsv"
_TERMS = 40  # kept of a document
_OPENING = 250  # words of the text that are read: what comes later is background
_HEADLINE = 4.0  # a word of the headline counts as so many
_NAME = 1.5  # a name as so many other words
_UNLISTED = 0.001  # the share of reports that a word is in which the list does not have
_DULL = 1.5  # off the logarithm of rarity: a word in one report of four tells nothing
_WINDOW = 90  # days before and after
_HALF_LIFE, _FLOOR = 30.0, 0.5  # likeness is halved, in the end, by distance in time
_UNDATED = 0.85  # likeness that counts where a date is not known
_SCANNED = 120  # documents of a term that are looked at before the day and after it, the nearest first
_SPREAD = 120  # stories in which a term tells nothing any more
_NEAREST = 5  # documents of a story that are compared
_SHARED = 2  # terms; one name alone, however telling, makes no story
_THRESHOLD = 0.15

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def place(db: sqlite3.Connection, document: int, doc: Document) -> None:
    """Put the document into the story that it tells of, or into a new one."""
    weights = terms(doc.title, doc.text)
    day = _day(doc.published)
    story = _story_of_family(db, document)
    if story is None:
        story = _find_story(db, document, weights, day)
    if story is None:
        cursor = db.execute("INSERT INTO story (title, documents, sources) VALUES (?, 0, 0)", (doc.title,))
        story = int(cursor.lastrowid or 0)
    db.execute("UPDATE document SET story = ? WHERE id = ?", (story, document))
    db.executemany(
        "INSERT INTO story_term (term, day, document, story, weight) VALUES (?, ?, ?, ?, ?)",
        [(term, day, document, story, weight) for term, weight in weights.items()],
    )
    _refresh(db, story)


def recount(db: sqlite3.Connection, document: int) -> None:
    """Count anew the sources of the document's story, after a further paper was found to carry it."""
    row = db.execute("SELECT story FROM document WHERE id = ?", (document,)).fetchone()
    if row is not None and row[0] is not None:
        _refresh(db, int(row[0]))


def leave(db: sqlite3.Connection, document: int) -> None:
    """Take the document out of its story; a story without documents is no more."""
    row = db.execute("SELECT story FROM document WHERE id = ?", (document,)).fetchone()
    db.execute("DELETE FROM story_term WHERE document = ?", (document,))
    if row is None or row[0] is None:
        return
    db.execute("UPDATE document SET story = NULL WHERE id = ?", (document,))
    _refresh(db, int(row[0]))


def _refresh(db: sqlite3.Connection, story: int) -> None:
    """Bring title, dates and counts of a story to what its documents say."""
    documents = [int(row[0]) for row in db.execute("SELECT id FROM document WHERE story = ?", (story,))]
    if not documents:
        db.execute("DELETE FROM story WHERE id = ?", (story,))
        return
    db.execute(
        "UPDATE story SET documents = ?2, sources = ?3,"
        " title = (SELECT title FROM document WHERE story = ?1 AND title IS NOT NULL"
        "   ORDER BY published IS NULL, published, id LIMIT 1),"
        " first = (SELECT min(published) FROM document WHERE story = ?1),"
        " last = (SELECT max(published) FROM document WHERE story = ?1) WHERE id = ?1",
        (story, len(documents), sources.independent(db, documents)),
    )


# --- the terms of a document -----------------------------------------------------------------------------------------


def terms(title: str | None, text: str) -> dict[str, float]:
    """The terms that tell a document from others, with weights whose squares sum up to 1."""
    counts: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for word in _WORD.findall(title or ""):
        counts[_stem(word)] += _HEADLINE  # type: ignore[assignment]
    for number, word in enumerate(_WORD.findall(text)):
        stem = _stem(word)
        names[stem] += 1 if word[0].isupper() else -1
        if number < _OPENING:
            counts[stem] += 1
    weights = {
        stem: (1 + math.log(count)) * _rarity(stem) * (_NAME if names[stem] > 0 else 1.0)
        for stem, count in counts.items()
        if len(stem) > 2
    }
    kept = sorted(((w, stem) for stem, w in weights.items() if w > 0), key=lambda one: (-one[0], one[1]))[:_TERMS]
    length = math.sqrt(sum(weight * weight for weight, _ in kept))
    return {stem: weight / length for weight, stem in kept}


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    """A word without case, possessive and plural."""
    word = word.casefold().replace("’", "'").removesuffix("'s").replace("'", "")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _rarity(stem: str) -> float:
    return -math.log(_common_words().get(stem, _UNLISTED)) - _DULL


@cache
def _common_words() -> Mapping[str, float]:
    """The share of news reports that a word is in, by its stem; that of the more frequent form counts."""
    shares: dict[str, float] = {}
    for row in read_table(COMMON_WORDS):
        stem = _stem(row["word"])
        shares[stem] = max(shares.get(stem, 0.0), int(row["per_mille"]) / 1000)
    return shares


def _day(published: str | None) -> int:
    """The number of a day; 0 where it is not known to the month."""
    parts = (published or "")[:10].split("-")
    try:
        year, month, *rest = (int(part) for part in parts)
        return date(year, month, rest[0] if rest else 15).toordinal()
    except ValueError:
        return 0


# --- the story of a document -----------------------------------------------------------------------------------------


def _story_of_family(db: sqlite3.Connection, document: int) -> int | None:
    """The story of the near copies of a document, None where it has none."""
    (head,) = db.execute("SELECT coalesce(copy_of, id) FROM document WHERE id = ?", (document,)).fetchone()
    row = db.execute(
        "SELECT story FROM (SELECT id, story FROM document WHERE id = ?1 UNION ALL"
        " SELECT id, story FROM document WHERE copy_of = ?1) WHERE story IS NOT NULL AND id <> ?2 ORDER BY id LIMIT 1",
        (head, document),
    ).fetchone()
    return None if row is None else int(row[0])


def _find_story(db: sqlite3.Connection, document: int, weights: Mapping[str, float], day: int) -> int | None:
    """The story that the terms fit best, None where none fits well enough."""
    likeness: defaultdict[int, float] = defaultdict(float)
    shared: Counter[int] = Counter()
    place_of: dict[int, tuple[int, int]] = {}
    for term, weight in weights.items():
        met = [row for row in _postings(db, term, day) if row[0] != document]
        spread = 1 - math.log(1 + len({story for _, _, story, _ in met})) / math.log(1 + _SPREAD)
        if spread <= 0:
            continue
        for other, other_day, story, other_weight in met:
            likeness[other] += weight * other_weight * spread
            shared[other] += 1
            place_of[other] = (story, other_day)
    by_story: defaultdict[int, list[float]] = defaultdict(list)
    for other, value in likeness.items():
        if shared[other] >= _SHARED:
            story, other_day = place_of[other]
            by_story[story].append(value * _nearness(day, other_day))
    best = (_THRESHOLD, 0)
    for story, values in by_story.items():
        near = sorted(values, reverse=True)[:_NEAREST]
        if sum(near) / len(near) < best[0]:
            continue
        (size,) = db.execute("SELECT documents FROM story WHERE id = ?", (story,)).fetchone()
        best = max(best, (sum(near) / min(_NEAREST, max(size, len(near))), -story))
    return -best[1] or None


def _postings(db: sqlite3.Connection, term: str, day: int) -> Iterable[tuple[int, int, int, float]]:
    """Documents with a term, as number, day, story, weight: the nearest in time within the window, and the undated."""
    select = "SELECT document, day, story, weight FROM story_term WHERE term = ? AND "
    if not day:
        yield from db.execute(f"{select} day >= 0 ORDER BY day, document LIMIT ?", (term, _SCANNED))
        return
    yield from db.execute(
        f"{select} day BETWEEN ? AND ? ORDER BY day DESC, document DESC LIMIT ?", (term, day - _WINDOW, day, _SCANNED)
    )
    yield from db.execute(
        f"{select} day BETWEEN ? AND ? ORDER BY day, document LIMIT ?", (term, day + 1, day + _WINDOW, _SCANNED)
    )
    yield from db.execute(f"{select} day = 0 ORDER BY document DESC LIMIT ?", (term, _SCANNED))


def _nearness(day: int, other: int) -> float:
    if not day or not other:
        return _UNDATED
    return float(_FLOOR + (1 - _FLOOR) * 0.5 ** (abs(day - other) / _HALF_LIFE))
