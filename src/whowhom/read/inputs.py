"""What a user names, to articles: files, folders, web addresses, standard input."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import unquote, urlsplit

from whowhom.read.archives import Item, Nesting, read_gzip, read_zip
from whowhom.read.encoding import decode, what_binary
from whowhom.read.feeds import read_feed
from whowhom.read.fetch import Fetched, fetch
from whowhom.read.html import article_from_html, looks_like_html
from whowhom.read.jsonl import article_from_record, bounded_lines, read_records, too_large, wide_lines
from whowhom.read.kinds import (
    FEEDS,
    FORMS,
    HTML,
    KNOWN,
    LINES,
    MARKDOWN,
    archive_kind,
    looks_like_feed,
    suffix_of_content,
)
from whowhom.read.options import ReadOptions
from whowhom.read.pdf import article_from_pdf
from whowhom.read.text import DEFAULTS, article_from_text
from whowhom.read.warc import read_warc
from whowhom.records import Skipped

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_TOP = Nesting()
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_inputs(
    inputs: Sequence[str], options: ReadOptions = DEFAULTS, stdin: BinaryIO | None = None
) -> Iterator[Item]:
    """Yield the articles of all inputs in order, and a `Skipped` for each one that gives none. Never raises for one.

    Args:
        inputs: paths of files and folders (read with all that is below, in order of name), http and https addresses,
            and "-" for standard input. Feeds and archives give all that they hold.
        options: limits and defaults.
        stdin: what "-" reads; else the standard input of the process.
    """
    for one in inputs:
        try:
            yield from _read_one(one, options, stdin)
        except (OSError, ValueError, MemoryError, RecursionError) as error:
            yield _unreadable(one, error)


def _read_one(one: str, options: ReadOptions, stdin: BinaryIO | None) -> Iterator[Item]:
    if one == "-":
        yield from _read_stream(stdin or sys.stdin.buffer, "stdin", "stdin", "", options)
    elif one.lower().startswith(("http://", "https://")):
        yield from _read_url(one, options)
    elif "://" in one and not os.path.exists(one):
        yield Skipped(one, "unsupported", "only http and https addresses are read")
    else:
        path = Path(one).expanduser()
        if path.is_dir():
            yield from _read_folder(path, one, options)
        elif not path.exists():
            yield Skipped(one, "not-found", f"there is no file or folder {one!r} here: check the path")
        else:
            yield from _read_file(path, one, options)


def _read_folder(folder: Path, name: str, options: ReadOptions) -> Iterator[Item]:
    """Yield what the files below a folder give, hidden ones left out, in order of path."""
    errors: list[OSError] = []
    readable = 0
    for root, folders, files in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for file in sorted(files):
            if file.startswith("."):
                continue
            path = Path(root, file)
            if path.suffix.lower() in KNOWN:
                readable += 1
                yield from _read_file(path, str(path), options)
            else:
                yield Skipped(str(path), "unsupported", f"files of kind {path.suffix!r} are not read, only {FORMS}")
    for error in errors:
        yield _unreadable(str(error.filename or name), error)
    if not readable and not errors:
        yield Skipped(name, "no-article", f"the folder has no file that can be read: put {FORMS} files into it")


def _read_file(path: Path, name: str, options: ReadOptions) -> Iterator[Item]:
    suffix = path.suffix.lower()
    try:
        with path.open("rb") as stream:
            packed = archive_kind(stream.peek(16), suffix)
            if not packed and suffix not in LINES and path.is_file() and path.stat().st_size > options.max_bytes:
                yield too_large(name, options.max_bytes, "the file")
                return
            yield from _read_stream(stream, name, path.stem, suffix, options)
    except OSError as error:
        yield _unreadable(name, error)


def _read_stream(
    stream: BinaryIO, source: str, stem: str, suffix: str, options: ReadOptions, nesting: Nesting = _TOP
) -> Iterator[Item]:
    """Yield what a stream of bytes gives: archives unpacked, JSONL line by line, anything else as a whole."""
    if not isinstance(stream, io.BufferedReader):
        stream = io.BufferedReader(_Unowned(stream))
    packed = archive_kind(stream.peek(16)[:16], suffix)
    if packed == "gzip":
        yield from read_gzip(stream, source, stem, suffix, options, nesting, _read_stream)
    elif packed == "warc":
        yield from read_warc(stream, source, stem, options)
    elif packed == "zip":
        yield from _read_zip(stream, source, options, nesting)
    else:
        yield from _read_plain(stream, source, stem, suffix, options)


class _Unowned(io.RawIOBase):
    """A stream that stays open when its reader goes."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        data = self._stream.read(len(view))
        view[: len(data)] = data
        return len(data)


def _read_zip(stream: BinaryIO, source: str, options: ReadOptions, nesting: Nesting) -> Iterator[Item]:
    """Yield what a zip archive gives; one that cannot be wound back is taken into memory first."""
    if not stream.seekable():
        data = stream.read(options.max_bytes + 1)
        if len(data) > options.max_bytes:
            yield Skipped(
                source,
                "too-large",
                f"a zip archive that comes as a stream or lies in another one may have {options.max_bytes:,} bytes:"
                " give it as a file",
            )
            return
        stream = io.BytesIO(data)
    yield from read_zip(stream, source, options, nesting, _read_stream)


def _read_plain(stream: BinaryIO, source: str, stem: str, suffix: str, options: ReadOptions) -> Iterator[Item]:
    """Yield what a stream that is no archive gives: JSONL line by line, anything else as a whole."""
    limit = options.max_bytes
    first = stream.readline(limit + 1)
    if suffix in LINES or (suffix not in KNOWN - {""} and _opens_jsonl(first)):
        if first.startswith(_WIDE_MARKS):
            yield from read_records(wide_lines(stream, limit, first), source=source, stem=stem, options=options)
            return
        if not first.strip() and suffix in LINES:
            rest = bounded_lines(stream, limit)
            empty = True
            for item in read_records(chain([first], rest), source=source, stem=stem, options=options):
                empty = False
                yield item
            if empty:
                yield Skipped(source, "empty", "there is no record in it")
            return
        yield from read_records(bounded_lines(stream, limit, first), source=source, stem=stem, options=options)
        return
    data = first if len(first) > limit else first + stream.read(limit + 1 - len(first))
    if len(data) > limit:
        yield too_large(source, limit, "the input")
    else:
        yield from _read_bytes(data, source, stem, suffix, options)


def _opens_jsonl(line: bytes) -> bool:
    """Whether a first line of input of unknown kind is a whole JSON object."""
    line = line.removeprefix(b"\xef\xbb\xbf").strip()
    if not (line.startswith(b"{") and line.endswith(b"}")):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _read_bytes(
    data: bytes,
    source: str,
    stem: str,
    suffix: str,
    options: ReadOptions,
    url: str | None = None,
    charset: str | None = None,
) -> Iterator[Item]:
    """Yield what a whole input gives, by its kind as named or else as it looks."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        yield Skipped(source, "empty", "there is nothing in it")
        return
    if data.lstrip()[:5] == b"%PDF-":
        yield article_from_pdf(data, source_id=stem, source=source, url=url, options=options)
        return
    binary = what_binary(data)
    if suffix == ".pdf":
        yield Skipped(source, "unreadable", f"this is no PDF{f' but {binary}' if binary else ''}: check the file")
        return
    if binary:
        yield Skipped(source, "binary", f"this is {binary}, not text: save it as {FORMS}")
        return
    if suffix in HTML and not looks_like_feed(decode(data[:4096], charset)):
        yield article_from_html(data, source_id=stem, source=source, url=url, charset=charset, options=options)
        return
    text = decode(data, charset)
    if suffix not in MARKDOWN and looks_like_feed(text):
        yield from read_feed(data, source=source, stem=stem, url=url, charset=charset, options=options)
        return
    if suffix == ".json" or (suffix == "" and text.lstrip()[:1] in ("{", "[")):
        items = _read_json(text, source, stem, options, required=suffix == ".json")
        if items is not None:
            yield from items
            return
    if suffix not in MARKDOWN and looks_like_html(text):
        yield article_from_html(data, source_id=stem, source=source, url=url, charset=charset, options=options)
        return
    if suffix in FEEDS:
        yield Skipped(source, "unsupported", "this XML is no RSS or Atom feed and no web page: give its text")
        return
    yield article_from_text(text, source_id=stem, url=url, options=options, source=source)


def _read_json(text: str, source: str, stem: str, options: ReadOptions, *, required: bool) -> list[Item] | None:
    """The articles of a JSON object, a list of such, or lines of such; None where it is none and need not be."""
    try:
        value: Any = json.loads(text)
    except RecursionError:
        return [Skipped(source, "bad-record", f"{source}: the JSON is nested too deeply")]
    except ValueError as error:
        if str(error).startswith("Extra data") and text.lstrip().startswith("{"):
            lines = (line.encode("utf-8", errors="replace") for line in text.splitlines())
            return list(read_records(lines, source=source, stem=stem, options=options))
        if required:
            return [Skipped(source, "bad-record", f"{source}: this is no JSON ({error})")]
        return None
    if (
        not required
        and not isinstance(value, dict)
        and not (isinstance(value, list) and any(isinstance(one, dict) for one in value))
    ):
        return None
    if not isinstance(value, list):
        return [article_from_record(value, where=source, source_id=stem, options=options)]
    if not value:
        return [Skipped(source, "empty", "there is no record in it")]
    return [
        article_from_record(one, where=f"{source}[{k}]", source_id=f"{stem}-{k + 1}", options=options)
        for k, one in enumerate(value)
    ]


def _read_url(url: str, options: ReadOptions) -> Iterator[Item]:
    fetched = fetch(url, options)
    if isinstance(fetched, Skipped):
        yield fetched
        return
    kind = fetched.content_type
    if kind.startswith(("image/", "audio/", "video/", "font/")):
        yield Skipped(url, "unsupported", f"the address gives {kind}, not a report")
        return
    suffix = suffix_of_content(kind)
    stem = _stem_of(fetched)
    packed = archive_kind(fetched.data[:16], suffix)
    if packed or suffix in LINES:
        ending = PurePosixPath(unquote(urlsplit(fetched.url).path)).suffix.lower()
        suffix = suffix or (ending if ending in KNOWN else "")
        stem = stem.removesuffix(ending) if suffix == ending else stem
        yield from _read_stream(io.BytesIO(fetched.data), url, stem, suffix, options)
        return
    yield from _read_bytes(fetched.data, url, stem, suffix, options, fetched.url, fetched.charset)


def _stem_of(fetched: Fetched) -> str:
    parts = urlsplit(fetched.url)
    last = PurePosixPath(unquote(parts.path)).name
    stem = PurePosixPath(last).stem if last.lower().endswith((*HTML, ".pdf", ".txt", ".php", ".aspx")) else last
    return stem or parts.hostname or fetched.url


def _unreadable(source: str, error: BaseException) -> Skipped:
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error) or type(error).__name__
    if isinstance(error, PermissionError):
        return Skipped(source, "unreadable", "you may not read it: check its permissions")
    if isinstance(error, FileNotFoundError):
        return Skipped(source, "not-found", "it is not there (any more)")
    return Skipped(source, "unreadable", f"it cannot be read ({words})")
