"""Words found in reports, statements and pledges."""

from __future__ import annotations

import re
import sqlite3

from whowhom.errors import QueryError
from whowhom.store.questions.filters import Filter, Page, checked, from_day, offset_of, page
from whowhom.store.questions.people import report_parties
from whowhom.store.questions.select import matching
from whowhom.store.rows import Hit

OPEN, CLOSE = "\ue000", "\ue001"
"""Marks around the found words of an excerpt: characters that no report has."""
KINDS = ("report", "statement", "pledge")
_SOURCES = {
    "report": ("text_search", "d.id", -1, "document d ON d.id = s.rowid"),
    "statement": ("statement_search", "r.id", 0, "statement r ON r.id = s.rowid JOIN document d ON d.id = r.document"),
    "pledge": (
        "pledge_search",
        "r.pledge",
        0,
        "report_pledge r ON r.id = s.rowid JOIN document d ON d.id = r.document",
    ),
}
_BLOCK = re.compile(r"^[ \t]*(?:#{1,6}(?:[ \t]+|$)|>[ \t]?|[*+-][ \t]+|(?:={3,}|-{3,}|\*{3,}|`{3,}\w*)[ \t]*$)", re.M)
"""What begins a line in Markdown: a heading, a quotation, an item of a list; or a line that is a rule."""
_INLINE = (
    (re.compile(r"!?\[([^\]\n]*)\]\((?:[^()\s]|\ue000|\ue001)+\)"), r"\1"),
    (re.compile(r"\*\*|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)|`"), ""),
    (re.compile(r"(?<![\w*])([*_])(?=\S)([^*_\n]+?)(?<=\S)\1(?![\w*])"), r"\2"),
)


def without_markup(excerpt: str) -> str:
    """An excerpt as running text: without line breaks and the marks of Markdown, with those of the found words."""
    excerpt = _BLOCK.sub("", excerpt)
    for mark, words in _INLINE:
        excerpt = mark.sub(words, excerpt)
    return " ".join(excerpt.split())


def search(
    db: sqlite3.Connection, wish: Filter, *, kinds: tuple[str, ...] = KINDS, limit: int = 20, cursor: str | None = None
) -> Page[Hit]:
    """Where the words of `wish.text` stand, best matches first, in each kind of record in turn.

    Raises:
        QueryError: there is no text to look for.
    """
    wish = checked(wish)
    query = matching(wish.text or "")
    if not query:
        raise QueryError('there is nothing to look for: give words, or "words that stand together"')
    offset = offset_of(cursor, limit)
    hits: list[Hit] = []
    total = 0
    for kind in kinds:
        found, number = _kind(db, kind, query, wish, max(0, limit - len(hits)), max(0, offset - total))
        hits += found
        total += number
    return page(hits, (total, False), offset, limit)


def _kind(
    db: sqlite3.Connection, kind: str, query: str, wish: Filter, limit: int, offset: int
) -> tuple[list[Hit], int]:
    table, number, column, source = _SOURCES[kind]
    tests, values = [f"{table} MATCH ?"], list[object]([query])
    if wish.since:
        tests.append("d.published >= ?")
        values.append(from_day(wish.since))
    if wish.until:
        tests.append("d.published <= ?")
        values.append(wish.until)
    if not wish.copies:
        tests.append("d.copy_of IS NULL")
    joined = f"{table} s JOIN {source}"
    where = " AND ".join(tests)
    # Counted to the end, unlike elsewhere: the kinds follow each other, and to rank the hits takes longer anyway.
    total = int(db.execute(f"SELECT count(*) FROM {joined} WHERE {where}", values).fetchone()[0])
    if limit <= 0 or offset >= total:
        return [], total
    speaker = "r.speaker" if kind == "statement" else "NULL"
    excerpt = f"snippet({table}, {column}, '{OPEN}', '{CLOSE}', ' … ', 32) AS excerpt"
    rows = db.execute(
        f"SELECT {number} AS id, d.id AS document, {excerpt}, d.title, d.publisher, d.published, d.url,"
        f" {speaker} AS speaker FROM {joined} WHERE {where}"
        " ORDER BY s.rank, s.rowid LIMIT ? OFFSET ?",
        (*values, limit, offset),
    ).fetchall()
    who = report_parties(db, (row["speaker"] for row in rows))
    return [
        Hit(
            kind, row["id"], row["document"], without_markup(row["excerpt"]), row["title"], row["publisher"],
            row["published"], row["url"], who[row["speaker"]].name if row["speaker"] in who else None,
        )
        for row in rows
    ], total  # fmt: skip
