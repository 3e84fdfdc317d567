"""gzip files and zip archives: what they hold is read as if it lay there unpacked. Nothing is written to disk."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Protocol

from whowhom.read.compression import MOST_RATIO, SMALL, BombError, BrokenError, Budget, Gunzip, Readable
from whowhom.read.jsonl import too_large
from whowhom.read.kinds import ARCHIVES, FORMS, KNOWN, LINES
from whowhom.read.options import ReadOptions
from whowhom.records import Article, Skipped

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_DEPTH = 2
MAX_MEMBERS = 100_000
_MAX_DIRECTORY = 20_000_000  # bytes: 100,000 members with names of 150 characters
_CHUNK = 1 << 16
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others cannot be unpacked in bounded memory
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error)
_OFFICE = frozenset({"[Content_Types].xml", "mimetype"})
_END = b"PK\x05\x06"
_END64 = b"PK\x06\x06"

Item = Article | Skipped


@dataclass(frozen=True, slots=True)
class Nesting:
    """Where a stream lies: inside how many archives, and what they may still unfold to."""

    depth: int = 0
    budget: Budget | None = None


class ReadStream(Protocol):
    """Reads a stream by its kind: `source` names it in messages, `stem` is the id of what it holds."""

    def __call__(
        self, stream: BinaryIO, source: str, stem: str, suffix: str, options: ReadOptions, nesting: Nesting
    ) -> Iterator[Item]:
        """Yield what the stream gives."""
        ...


def read_gzip(
    stream: BinaryIO, source: str, stem: str, suffix: str, options: ReadOptions, nesting: Nesting, read: ReadStream
) -> Iterator[Item]:
    """Yield what the file in a gzip stream gives; of a damaged one, what comes before the damage, then a `Skipped`."""
    if nesting.depth >= MAX_DEPTH:
        yield _too_deep(source)
        return
    if suffix == ".gz":
        inner = PurePosixPath(stem)
        stem, suffix = (inner.stem, inner.suffix.lower()) if inner.suffix.lower() in KNOWN else (stem, "")
    raw = Gunzip(stream, nesting.budget)
    within = Nesting(nesting.depth + 1, raw.budget)
    try:
        yield from read(io.BufferedReader(raw, _CHUNK), source, stem, suffix, options, within)
    except BrokenError as error:
        yield _broken(source, error)


def read_zip(stream: BinaryIO, source: str, options: ReadOptions, nesting: Nesting, read: ReadStream) -> Iterator[Item]:
    """Yield what the members of a zip archive give, in its order; a bad member is skipped and the others go on.

    `stream` must be seekable. Folders and hidden members are passed over.
    """
    if nesting.depth >= MAX_DEPTH:
        yield _too_deep(source)
        return
    archive = open_zip(stream, source)
    if isinstance(archive, Skipped):
        yield archive
        return
    budget = nesting.budget or Budget(stream.seek(0, io.SEEK_END))
    within = Nesting(nesting.depth + 1, budget)
    with archive:
        number = 0
        for number, info in enumerate(shown_members(archive), start=1):
            where = f"{source}!/{name_of(info)}"
            if number > MAX_MEMBERS:
                yield Skipped(
                    where,
                    "too-large",
                    f"the archive has more than {MAX_MEMBERS:,} members, and those from this one on are left out",
                )
                return
            try:
                yield from _read_member(archive, info, where, options, within, read)
            except BombError as error:
                yield _broken(where, error)
                if budget.given > SMALL:
                    yield Skipped(source, "too-large", f"the archive is not read any further: {error}")
                    return
            except (OSError, ValueError, *_DAMAGE) as error:
                yield _broken(where, error)
        if not number:
            yield Skipped(source, "empty", "there is no file in the archive")


def open_zip(stream: BinaryIO, source: str) -> zipfile.ZipFile | Skipped:
    """The archive in a seekable stream, or why it is none that can be read."""
    try:
        if _directory_size(stream) > _MAX_DIRECTORY:
            return Skipped(source, "too-large", f"the archive lists far more than {MAX_MEMBERS:,} members: split it")
        archive = zipfile.ZipFile(stream)
        names = {info.filename for info in archive.infolist()[:50]}
    except (OSError, ValueError, *_DAMAGE) as error:
        return Skipped(source, "unreadable", f"this is no whole zip archive ({error}): save or download it again")
    if names & _OFFICE:
        archive.close()
        return Skipped(source, "binary", f"this is an Office document or an e-book, not text: save it as {FORMS}")
    return archive


def _directory_size(stream: BinaryIO) -> int:
    """How many bytes of members an archive says that it lists; read before they are, for all are held in memory."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - 66_000))
    tail = stream.read(66_000)
    stream.seek(0)
    largest = 0
    for mark, form, offset in ((_END, "<L", 12), (_END64, "<Q", 40)):
        at = tail.find(mark)
        while at >= 0:
            field = tail[at + offset : at + offset + struct.calcsize(form)]
            if len(field) == struct.calcsize(form):
                stated = struct.unpack(form, field)[0]
                if (mark, stated) != (_END, 0xFFFFFFFF):
                    largest = max(largest, stated)
            at = tail.find(mark, at + 1)
    return min(largest, size)


def shown_members(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    """The members of an archive that are files, without hidden ones."""
    for info in archive.infolist():
        parts = PurePosixPath(info.filename.replace("\\", "/")).parts
        hidden = any(part == "__MACOSX" or (part.startswith(".") and part != "..") for part in parts)
        if not info.is_dir() and not hidden:
            yield info


def name_of(info: zipfile.ZipInfo) -> str:
    """The path of a member, fit to be shown in a message."""
    name = info.filename.replace("\\", "/").lstrip("/")
    return "".join(c if c.isprintable() else "\ufffd" for c in name)


def _read_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, where: str, options: ReadOptions, within: Nesting, read: ReadStream
) -> Iterator[Item]:
    name = PurePosixPath(name_of(info))
    suffix = name.suffix.lower()
    if suffix not in KNOWN:
        yield Skipped(where, "unsupported", f"files of kind {suffix!r} are not read, only {FORMS}")
    elif info.flag_bits & 0x1:
        yield Skipped(where, "unreadable", "it asks for a password: unpack the archive and read its files")
    elif info.compress_type not in _METHODS:
        kind = f"method {info.compress_type}"
        yield Skipped(where, "unsupported", f"it is packed by {kind}, and only stored and deflated members are read")
    elif info.file_size > SMALL and info.file_size > MOST_RATIO * info.compress_size:
        yield Skipped(where, "too-large", f"it unpacks to more than {MOST_RATIO} times its size")
    elif suffix not in LINES | ARCHIVES and info.file_size > options.max_bytes:
        yield too_large(where, options.max_bytes, "the member")
    else:
        with archive.open(info) as opened:
            member = _Member(opened, within.budget or Budget())
            yield from read(io.BufferedReader(member, _CHUNK), where, name.stem, suffix, options, within)


class _Member(io.RawIOBase):
    """The bytes of a member of a zip archive, counted as they are unpacked; not seekable."""

    def __init__(self, opened: Readable, budget: Budget) -> None:
        self._opened = opened
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = self._opened.read(min(len(view), _CHUNK))
        except _DAMAGE as error:
            raise BrokenError(str(error) or "the packed data break off") from error
        self._budget.spend(len(data))
        view[: len(data)] = data
        return len(data)


def _too_deep(source: str) -> Skipped:
    return Skipped(source, "unsupported", f"it is packed more than {MAX_DEPTH} times over: unpack it first")


def _broken(source: str, error: BaseException) -> Skipped:
    if isinstance(error, BombError):
        return Skipped(source, "too-large", f"{error}, more than any report would: unpack it and look what it is")
    return Skipped(source, "unreadable", f"it cannot be unpacked to its end ({error}): save or download it again")
