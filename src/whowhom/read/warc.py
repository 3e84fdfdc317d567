"""WARC archives of crawls by fastwarc: each page that was answered is an article."""

from __future__ import annotations

import collections
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from whowhom.read.compression import BombError, Gunzip, decode_body
from whowhom.read.jsonl import too_large
from whowhom.read.options import ReadOptions
from whowhom.read.pages import PAGE_KINDS, article_from_page
from whowhom.records import Article, Skipped

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

# What opens a record, wherever it is found in a damaged archive.
_OPENING = re.compile(rb"WARC/1\.\d\r?\n[A-Za-z-]{3,60}:")
_LONGEST_OPENING = 80
_SWALLOWED = re.compile(rb"\r\n\r\nWARC/1\.\d\r?\n[A-Za-z-]{3,60}:")
_CHARSET = re.compile(r"(?i)charset\s*=\s*[\"']?([\w.:-]{2,40})")
_URN = re.compile(r"(?i)^<?(?:urn:uuid:)?(.*?)>?$")
_WINDOW = 1 << 20
_MOST_BREAKS = 1000
_MEND = b"\r\n\r\n"  # what stands in for a damaged stretch of a packed archive: it ends the record before


@dataclass(frozen=True, slots=True)
class Page:
    """A record that holds a page: `record` is open at its body until the next one is asked for."""

    source_id: str
    url: str | None
    kind: str
    charset: str | None
    encodings: str
    chunked: bool
    length: int | None
    start: int
    record: WarcRecord


@dataclass(slots=True)
class _Account:
    """What was met on the way through an archive."""

    records: int = 0
    pages: int = 0
    breaks: int = 0
    first_break: str = ""

    def add_break(self, position: int, after: str | None) -> None:
        self.breaks += 1
        if self.breaks == 1:
            self.first_break = f"at byte {position:,}" + (f", in or after the record {after}" if after else "")

    def add_mended(self, places: list[int]) -> None:
        """Count places where the packing is damaged, which may cost a record without leaving a trace in the others."""
        if places:
            self.breaks = max(self.breaks, len(places))
            self.first_break = f"at byte {places[0]:,} of the packed file"


class _CutOffError(Exception):
    """A record that ends before its stated length."""


class _Tape:
    """A stream that can be taken up again at a place just behind; `position` is the offset of its next byte."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._packed = stream.raw if isinstance(stream, io.BufferedReader) and isinstance(stream.raw, Gunzip) else None
        if self._packed is not None:
            self._packed.mend = _MEND
        self._held: collections.deque[bytes] = collections.deque()
        self._held_size = 0
        self._ahead = b""
        self.position = 0

    def read(self, size: int = -1, /) -> bytes:
        if self._ahead:
            data, self._ahead = self._ahead[:size], self._ahead[size:]
        else:
            # One step of the stream beneath, so that a failure in the next one loses nothing of this.
            data = self._stream.read1(size) if isinstance(self._stream, io.BufferedReader) else self._stream.read(size)
        self._held.append(data)
        self._held_size += len(data)
        while self._held_size - len(self._held[0]) > _WINDOW:
            self._held_size -= len(self._held.popleft())
        self.position += len(data)
        return data

    @property
    def mended(self) -> list[int]:
        """The damaged places in the packing of the archive that were stepped over, as offsets of packed bytes."""
        return self._packed.breaks if self._packed is not None else []

    def tell(self) -> int:
        return 0

    def find_record(self, after: int) -> bool:
        """Take up the reading at the next record that opens at or after the offset `after`; whether there is one."""
        ahead = b"".join(self._held) + self._ahead
        start = self.position - self._held_size
        after = min(after, start + len(ahead))
        self._held.clear()
        self._held_size = 0
        if after > start:
            ahead = ahead[after - start :]
            start = after
        while (found := _OPENING.search(ahead)) is None:
            keep = ahead[-_LONGEST_OPENING:]
            start += len(ahead) - len(keep)
            more = self._stream.read(_WINDOW)
            if not more:
                self._ahead, self.position = b"", start + len(keep)
                return False
            ahead = keep + more
        self._ahead, self.position = ahead[found.start() :], start + found.start()
        return True


def read_warc(stream: BinaryIO, source: str, stem: str, options: ReadOptions) -> Iterator[Article | Skipped]:
    """Yield the articles of the pages in a WARC archive, in order, and a `Skipped` for each page that gives none.

    Pictures, redirects, errors and whatever else is no page are passed over. Where the archive is damaged, what can be
    read before and behind that place is, and one `Skipped` at the end says where it is.
    """
    account = _Account()
    tape = _Tape(stream)
    for page in _pages(tape, stem, account):
        where = f"{source}!{page.url or page.source_id}"
        if options.seen is not None and options.seen(page.source_id):
            yield Skipped(where, "known", f"the record {page.source_id} was read before")
            continue
        item = _read_page(page, where, options, account)
        if item is not None:
            yield item
    account.add_mended(tape.mended)
    if account.breaks:
        more = f" and {account.breaks - 1:,} times more" if account.breaks > 1 else ""
        yield Skipped(
            source,
            "unreadable",
            f"the archive is damaged {account.first_break}{more}: what could be read was read; download it again for"
            " the rest",
        )
    elif not account.pages:
        what = f"none of its {account.records:,} records is a page" if account.records else "it has no record"
        yield Skipped(source, "no-article" if account.records else "empty", f"there is no page to read: {what}")


def count_pages(stream: BinaryIO) -> int:
    """How many items `read_warc` gives for the archive in `stream`; no body is parsed."""
    account = _Account()
    tape = _Tape(stream)
    pages = sum(1 for _ in _pages(tape, "", account))
    account.add_mended(tape.mended)
    return pages + (1 if account.breaks or not pages else 0)


def _pages(tape: _Tape, stem: str, account: _Account) -> Iterator[Page]:
    """Yield the records that are pages, taking up the reading again behind every damaged place."""
    from fastwarc.warc import ArchiveIterator

    while True:
        base = start = resume = tape.position
        record_id = None
        try:
            for record in ArchiveIterator(tape, parse_http=False, stream_detect=False):  # type: ignore[arg-type]
                account.records += 1
                start = base + record.stream_pos
                end = start + record.headers.write(io.BytesIO()) + record.content_length
                record_id = _plain_id(record.record_id)
                resume = start + 1
                if not (record.headers.get("Content-Length") or "").strip().isdecimal():
                    account.add_break(start, record_id)
                    raise _CutOffError
                page = _page_of(record, record_id or f"{stem}-{account.records}", start)
                if page is not None:
                    account.pages += 1
                    broken = account.breaks
                    yield page
                    if account.breaks > broken:
                        raise _CutOffError
                resume = max(end, start + 1)
            if tape.position >= resume:
                return
            account.add_break(start, record_id)
            resume = start + 1
        except BombError:
            raise
        except _CutOffError:
            pass
        except OSError:
            account.add_break(resume, record_id)
        if account.breaks >= _MOST_BREAKS or not tape.find_record(resume):
            return


def _plain_id(record_id: str | None) -> str | None:
    match = _URN.match(record_id.strip()) if record_id else None
    return (match[1] if match and match[1].isprintable() else None) or None


def _page_of(record: WarcRecord, source_id: str, start: int) -> Page | None:
    """The page that a record holds, its body not yet read; None where it holds none."""
    from fastwarc.warc import WarcRecordType

    url = (record.headers.get("WARC-Target-URI") or "").strip().strip("<>") or None
    if url is not None and (not url.lower().startswith(("http://", "https://")) or _path_of(url) == "/robots.txt"):
        return None
    if record.record_type == WarcRecordType.resource:
        header = record.headers.get("Content-Type") or ""
        encodings, chunked, length = "", False, None
    elif record.record_type == WarcRecordType.response:
        record.parse_http()
        http = record.http_headers
        if http is None or http.status_code is None or not 200 <= http.status_code < 300:
            return None
        header = http.get("Content-Type") or ""
        encodings = http.get("Content-Encoding") or ""
        chunked = "chunked" in (http.get("Transfer-Encoding") or "").lower()
        stated = (http.get("Content-Length") or "").strip()
        length = int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 16 else None
    else:
        return None
    kind = header.partition(";")[0].strip().lower()
    if kind not in PAGE_KINDS:
        return None
    charset = _CHARSET.search(header)
    return Page(source_id, url, kind, charset[1] if charset else None, encodings, chunked, length, start, record)


def _path_of(url: str) -> str:
    """The path of an address; "" where it is none."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _read_page(page: Page, where: str, options: ReadOptions, account: _Account) -> Article | Skipped | None:
    """The article of a page; None where the archive is damaged in the middle of it."""
    limit = options.max_bytes
    stated = page.record.content_length
    data = bytearray()
    try:
        while len(data) <= limit and (more := page.record.reader.read(min(_WINDOW, limit + 1 - len(data)))):
            data += more
    except BombError:
        raise
    except OSError:
        pass
    if len(data) > limit:
        return too_large(where, limit, "the page")
    swallowed = _SWALLOWED.search(data)
    if swallowed:
        del data[swallowed.start() :]
    if swallowed or len(data) < stated:
        account.add_break(page.start, page.source_id)
        if page.length is None or len(data) < page.length or page.chunked:
            return None
        del data[page.length :]
    body = _unchunked(bytes(data)) if page.chunked else bytes(data)
    decoded = _decoded(body, page.encodings, limit)
    if decoded is None:
        return Skipped(where, "unsupported", f"the page is packed in a way that is not read ({page.encodings[:60]})")
    if len(decoded) > limit:
        return too_large(where, limit, "the page")
    return article_from_page(
        decoded, page.kind, source_id=page.source_id, source=where, url=page.url, charset=page.charset, options=options
    )


def _unchunked(data: bytes) -> bytes:
    """`data` without HTTP's marks of chunks; as it is where the crawler has taken them out already."""
    from fastwarc.stream_io import ChunkedReader

    found = bytearray()
    try:
        reader = ChunkedReader(io.BytesIO(data))
        while more := reader.read(_WINDOW):
            found += more
    except OSError:
        return bytes(found) or data
    return bytes(found)


def _decoded(data: bytes, encodings: str, limit: int) -> bytes | None:
    """`data` without HTTP's encodings, at most `limit` + 1 bytes; as it is where the crawler has undone them."""
    if encodings.strip().lower() != "br":
        return decode_body(data, encodings, limit)
    from fastwarc.stream_io import BrotliReader

    found = bytearray()
    try:
        reader = BrotliReader(io.BytesIO(data))
        while len(found) <= limit and (more := reader.read(min(_WINDOW, limit + 1 - len(found)))):
            found += more
    except OSError:
        return bytes(found) or data
    return bytes(found)
