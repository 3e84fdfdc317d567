"""JSONL: one record a line, streamed; a bad line is skipped with its number and the others go on."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from whowhom.read.dates import parse_published
from whowhom.read.encoding import decode
from whowhom.read.options import ReadOptions
from whowhom.read.text import article_from_text
from whowhom.records import Article, Skipped

_FIELDS = ("id", "title", "url", "published", "publisher", "language")
_CHUNK = 1 << 20


def read_records(
    lines: Iterable[bytes | None], *, source: str, stem: str, options: ReadOptions
) -> Iterator[Article | Skipped]:
    """Yield one article or `Skipped` a line that is not blank, in order; None stands for a line over the limit."""
    for number, line in enumerate(lines, start=1):
        where = f"{source}:{number}"
        if line is None:
            yield too_large(where, options.max_bytes, "the line")
        elif line.strip():
            yield _read_line(decode(line).strip().lstrip("\ufeff"), where, f"{stem}-{number}", options)


def _read_line(line: str, where: str, source_id: str, options: ReadOptions) -> Article | Skipped:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Skipped(where, "bad-record", f"{where}: this line is no JSON ({error}); give one JSON object a line")
    return article_from_record(record, where=where, source_id=source_id, options=options)


def article_from_record(record: Any, *, where: str, source_id: str, options: ReadOptions) -> Article | Skipped:
    """The article of one JSON record: `text`, and where it has them id, title, url, published, publisher, authors."""
    problem = _problem(record)
    if problem:
        return Skipped(where, "bad-record", f"{where}: {problem}")
    given = {name: str(record[name]).strip() or None for name in _FIELDS if record.get(name) is not None}
    authors = record.get("authors") or ()
    return article_from_text(
        record["text"],
        source_id=given.get("id") or source_id,
        title=given.get("title"),
        url=given.get("url"),
        publisher=given.get("publisher"),
        authors=(authors,) if isinstance(authors, str) else tuple(authors),
        published=given.get("published"),
        language=given.get("language"),
        options=options,
        source=where,
    )


def _problem(record: Any) -> str | None:
    """What is wrong with a record, in words; None where nothing is."""
    if not isinstance(record, dict):
        return f"a record must be a JSON object with a field 'text', and this is {_kind(record)}"
    if "text" not in record:
        fields = ", ".join(map(repr, list(record)[:8])) or "none"
        return f"the record has no field 'text' (its fields: {fields})"
    if not isinstance(record["text"], str):
        return f"the field 'text' must be a string, and it is {_kind(record['text'])}"
    for name in _FIELDS:
        value = record.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, str | int)):
            return f"the field {name!r} must be a string, and it is {_kind(value)}"
    authors = record.get("authors")
    if authors is not None and not (
        isinstance(authors, str) or (isinstance(authors, list) and all(isinstance(one, str) for one in authors))
    ):
        return "the field 'authors' must be a list of strings"
    published = record.get("published")
    if published is not None and str(published).strip() and parse_published(str(published)) is None:
        return f"the field 'published' is {str(published)[:60]!r}, which is no clear date: write it as 2020-09-14"
    return None


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "a string"
    return "an object" if isinstance(value, dict) else "a list" if isinstance(value, list) else "null"


def bounded_lines(stream: BinaryIO, limit: int, first: bytes = b"") -> Iterator[bytes | None]:
    """Yield the lines of `stream` (after what was read of the first one); None for a line longer than `limit` bytes.

    Never holds more than `limit` bytes and one chunk.
    """
    start = first
    while True:
        line = start if start.endswith(b"\n") else start + stream.readline(max(1, limit + 1 - len(start)))
        start = b""
        if not line:
            return
        if len(line) > limit and not line.endswith(b"\n"):
            while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
                pass
            yield None
        else:
            yield line


def wide_lines(stream: BinaryIO, limit: int, first: bytes = b"") -> Iterator[bytes | None]:
    """Yield the lines of a UTF-16 `stream` in UTF-8, as `bounded_lines` does for narrower encodings."""
    decoder = codecs.getincrementaldecoder("utf-16")(errors="replace")
    line = ""
    over = False
    chunk = first
    while True:
        *whole, rest = (line + decoder.decode(chunk, not chunk)).split("\n")
        for one in whole:
            yield None if over or len(one) > limit else one.encode("utf-8", "replace")
            over = False
        over = over or len(rest) > limit
        line = "" if over else rest
        if not chunk:
            break
        chunk = stream.read(_CHUNK)
    if over or line:
        yield None if over else line.encode("utf-8", "replace")


def too_large(source: str, limit: int, what: str) -> Skipped:
    """The answer to an input that is over the limit of bytes."""
    return Skipped(
        source,
        "too-large",
        f"{what} has more than {limit:,} bytes, more than any report: give each report as a file, or JSONL, one a line",
    )
