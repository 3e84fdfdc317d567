"""Other projects' tab-separated files, plain, in gzip or in a zip, as lines of cells; a quote is a quote."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from whowhom.errors import ExchangeError
from whowhom.exchange.events import BadRow

MAX_LINE = 1 << 20  # bytes; the longest rows known are some ten thousand

# Bytes that are no UTF-8, as the files have them here and there: Windows-1252, else ISO-8859-1.
_SINGLE_BYTES = {
    0xDC00 + byte: bytes([byte]).decode("cp1252" if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else "latin-1")
    for byte in range(0x80, 0x100)
}
_FAILURES = (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file. `file` names it for messages, a member of a zip as "a.zip!/b.txt"."""

    file: str
    number: int
    cells: list[str]


def read_lines(path: Path) -> Iterator[Line | BadRow]:
    """The lines that are not blank, of all members where the file is a zip. What cannot be read is a `BadRow`.

    Raises:
        ExchangeError: there is no such file.
    """
    try:
        with path.open("rb") as stream:
            magic = stream.read(4)
    except OSError as error:
        raise ExchangeError(f"{path}: cannot be opened ({error.strerror}); name a file that exists") from error
    if magic in (b"PK\x03\x04", b"PK\x05\x06"):  # the second has no member
        yield from _zip_lines(path)
    elif magic.startswith(b"\x1f\x8b"):
        with gzip.open(path, "rb") as stream:
            yield from _lines(path.name, stream)
    else:
        with path.open("rb") as stream:
            yield from _lines(path.name, stream)


def decode(raw: bytes) -> str:
    """The text of a line: UTF-8, and each byte that is none by itself as Windows-1252."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "surrogateescape").translate(_SINGLE_BYTES)


def _zip_lines(path: Path) -> Iterator[Line | BadRow]:
    try:
        archive = zipfile.ZipFile(path)
    except _FAILURES as error:
        yield BadRow(path.name, 0, f"the zip cannot be read: {error}")
        return
    with archive:
        for member in archive.infolist():
            if member.is_dir() or member.filename.startswith("__MACOSX/"):
                continue
            name = f"{path.name}!/{member.filename}"
            try:
                stream = archive.open(member)
            except _FAILURES as error:
                yield BadRow(name, 0, f"cannot be read: {error}")
                continue
            with stream:
                yield from _lines(name, stream)


def _lines(name: str, stream: IO[bytes] | gzip.GzipFile) -> Iterator[Line | BadRow]:
    number = 0
    try:
        while raw := stream.readline(MAX_LINE):
            number += 1
            if len(raw) == MAX_LINE and not raw.endswith(b"\n"):
                while raw and not raw.endswith(b"\n"):
                    raw = stream.readline(MAX_LINE)
                yield BadRow(name, number, f"longer than {MAX_LINE:,} bytes")
                continue
            text = decode(raw).rstrip("\r\n")
            if number == 1:
                text = text.removeprefix("\ufeff")
            if text.strip():
                yield Line(name, number, text.split("\t"))
    except _FAILURES as error:
        yield BadRow(name, number + 1, f"cannot be read from here on: {error or type(error).__name__}")
