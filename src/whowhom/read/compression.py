"""Compressed bytes, in bounded memory: gzip as a stream, and the encoded bodies of answers from the web."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CHUNK = 1 << 16
_MAGIC = b"\x1f\x8b"
_MEMBER = b"\x1f\x8b\x08"
_MOST_BREAKS = 1000
_LEAST = 64  # bytes given at a time, though members be shorter: enough to tell a kind by
# Text packs 3 to 30 times smaller, repetitive JSONL up to 100; what packs 200 times smaller over a whole file is made
# to exhaust who unpacks it.
MOST_RATIO = 200
SMALL = 10_000_000  # bytes within which no ratio counts


class Readable(Protocol):
    """Anything that gives its next bytes, at most so many, and none at its end."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""
        ...


class BrokenError(OSError):
    """Packed data that cannot be unpacked any further; its one argument says why."""


class BombError(BrokenError):
    """Packed data that unpacks to far more than it should."""


class Budget:
    """How far an archive may unfold, with all that is packed inside it; `packed` is its size as far as it was read."""

    def __init__(self, packed: int = 0) -> None:
        self.packed = packed
        self.given = 0

    def spend(self, size: int) -> None:
        """Count `size` bytes that were unpacked. Raises `BombError` where they are too many."""
        self.given += size
        if self.given > SMALL and self.given > MOST_RATIO * self.packed:
            raise BombError(f"it unpacks to more than {MOST_RATIO} times its size")


class Gunzip(io.RawIOBase):
    """What a gzip stream of one or more members holds, unpacked as it is read.

    Everything before a damaged place is given first; then `BrokenError` is raised. Where `mend` is set, the reading
    goes on instead with the next member, behind the bytes of `mend`, and `breaks` has the offset of each such place.
    `budget` is that of the archive that the stream lies in, if it lies in one.
    """

    def __init__(self, stream: Readable, budget: Budget | None = None) -> None:
        self.mend: bytes | None = None
        self.budget = budget or Budget()
        self._outermost = budget is None
        self.breaks: list[int] = []
        self._stream = stream
        self._member: Any = None
        self._pending = b""
        self._taken = 0
        self._ended = False
        self._failure: str | None = None
        self._insert = b""

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill `buffer` with what comes next; how many bytes that are, 0 at the end."""
        view = memoryview(buffer).cast("B")
        if not len(view):
            return 0
        data = self._next(len(view))
        while data and len(data) < min(_LEAST, len(view)):
            try:
                more = self._next(len(view) - len(data))
            except BrokenError:
                if self._failure is None:
                    raise
                break  # it is raised again at the next call, after these bytes
            if not more:
                break
            data += more
        self.budget.spend(len(data))
        view[: len(data)] = data
        return len(data)

    def _next(self, size: int) -> bytes:
        while True:
            if self._insert:
                data, self._insert = self._insert[:size], self._insert[size:]
                return data
            if self._failure is not None:
                self._break()
                continue
            if not self._pending and not self._ended:
                self._pending = self._take()
            if self._member is None and not self._open():
                return b""
            if self._failure is not None:
                continue
            data = self._unpack(size)
            if data:
                return data

    def _take(self) -> bytes:
        data = self._stream.read(_CHUNK)
        self._ended = not data
        self._taken += len(data)
        if self._outermost:
            self.budget.packed += len(data)
        return data

    def _open(self) -> bool:
        """Begin the next member, after padding; whether there is one (or a failure to tell)."""
        self._pending = self._pending.lstrip(b"\x00") if self._taken > len(self._pending) else self._pending
        while len(self._pending) < 2 and not self._ended:
            self._pending = (self._pending + self._take()).lstrip(b"\x00")
        if not self._pending:
            return False
        if not self._pending.startswith(_MAGIC):
            self._failure = "there is something else where gzip data should go on"
        else:
            self._member = zlib.decompressobj(wbits=31)
        return True

    def _unpack(self, size: int) -> bytes:
        """The next bytes of the open member; none where it needs more, ends or fails."""
        before = self._member.copy()
        try:
            data: bytes = self._member.decompress(self._pending, size)
        except zlib.error:
            self._failure = "the packed data are damaged"
            return _until_broken(before, self._pending, size)
        if self._member.eof:
            self._pending = self._member.unused_data
            self._member = None
        else:
            self._pending = self._member.unconsumed_tail
            if not data and self._ended:
                self._failure = "the packed data break off"
        return data

    def _break(self) -> None:
        """Raise for a damaged place, or go on behind it."""
        why, self._failure, self._member = self._failure, None, None
        if self.mend is None or len(self.breaks) >= _MOST_BREAKS:
            self._failure = why
            raise BrokenError(why)
        self.breaks.append(self._taken - len(self._pending))
        self._insert = self.mend
        self._pending = self._pending[1:]
        while (at := self._pending.find(_MEMBER)) < 0:
            more = b"" if self._ended else self._take()
            self._pending = self._pending[-2:] + more if more else b""
            if not more:
                return
        self._pending = self._pending[at:]


def _until_broken(member: Any, data: bytes, size: int) -> bytes:
    """What `data` unpacks to up to the place where it is damaged, at most `size` bytes."""
    found = b""
    for k in range(len(data)):
        try:
            found += member.decompress(data[k : k + 1], size - len(found) or 1)
        except zlib.error:
            break
        if len(found) >= size:
            break
    return found[:size]


def decode_body(data: bytes, encodings: str, limit: int) -> bytes | None:
    """`data` without the HTTP encodings named (as in `Content-Encoding`, outermost last); None where it has others.

    At most `limit` + 1 bytes come back. Damaged data give what can be read before the damage.
    """
    names = [name.strip().lower() for name in encodings.split(",")]
    for name in reversed(names):
        if name in ("", "identity"):
            continue
        if name in ("gzip", "x-gzip"):
            data = _read_up_to(Gunzip(io.BytesIO(data)), limit + 1) if data.startswith(_MAGIC) else data
        elif name == "deflate":
            data = _inflate(data, limit + 1)
        else:
            return None
    return data


def _read_up_to(stream: Readable, size: int) -> bytes:
    data = bytearray()
    try:
        while len(data) < size and (more := stream.read(min(_CHUNK, size - len(data)))):
            data += more
    except BombError:
        return bytes(data) + bytes(size - len(data))
    except BrokenError:
        pass
    return bytes(data)


def _inflate(data: bytes, size: int) -> bytes:
    # Servers send deflate with and without the wrapping that the standard asks for.
    for wbits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            return zlib.decompressobj(wbits=wbits).decompress(data, size)
        except zlib.error:
            continue
    return data
