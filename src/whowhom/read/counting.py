"""How many articles inputs will give, where that is quickly known: for a progress bar."""

from __future__ import annotations

import io
import json
import os
import re
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from whowhom.read.archives import MAX_DEPTH, MAX_MEMBERS, open_zip, shown_members
from whowhom.read.compression import Gunzip
from whowhom.read.feeds import MAX_ENTRIES
from whowhom.read.jsonl import bounded_lines
from whowhom.read.kinds import FEEDS, KNOWN, LINES, archive_kind, looks_like_feed
from whowhom.read.options import ReadOptions
from whowhom.read.text import DEFAULTS
from whowhom.read.warc import count_pages
from whowhom.records import Skipped

_QUICK = 50_000_000  # packed bytes: a second of unpacking
_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]")


def count_inputs(inputs: Sequence[str], options: ReadOptions = DEFAULTS) -> int | None:
    """How many articles and `Skipped` `read_inputs` will give; None where one input would have to be read for that.

    No web address is called, standard input is left alone, and large packed archives are not unpacked. The count is
    meant for a progress bar: damaged inputs can make it differ by some.
    """
    total = 0
    for one in inputs:
        if one == "-" or "://" in one:
            return None
        try:
            count = _count_path(Path(one).expanduser(), options)
        except (OSError, ValueError, MemoryError, zlib.error):
            count = 1
        if count is None:
            return None
        total += count
    return total


def _count_path(path: Path, options: ReadOptions) -> int | None:
    if not path.is_dir():
        return _count_file(path, options) if path.is_file() else None if path.exists() else 1
    total = 0
    for root, folders, files in os.walk(path):
        folders[:] = [one for one in folders if not one.startswith(".")]
        for file in files:
            if not file.startswith("."):
                known = Path(file).suffix.lower() in KNOWN
                count = _count_file(Path(root, file), options) if known else 1
                if count is None:
                    return None
                total += count
    return total or 1


def _count_file(path: Path, options: ReadOptions) -> int | None:
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            return _count_stream(stream, path.stem, path.suffix.lower(), size, options, 0)
    except OSError:
        return 1


def _count_stream(
    stream: io.BufferedReader[Any], stem: str, suffix: str, size: int | None, options: ReadOptions, depth: int
) -> int | None:
    """How many items a stream gives; `size` is that of its bytes, None where it is known to be quick to read."""
    packed = archive_kind(stream.peek(16)[:16], suffix)
    if packed in ("gzip", "zip") and depth >= MAX_DEPTH:
        return 1
    if packed == "warc":
        return count_pages(stream)
    if packed == "gzip":
        return None if size is not None and size > _QUICK else _count_gzip(stream, stem, suffix, options, depth)
    if packed == "zip":
        return _count_zip(stream, options, depth)
    if suffix in LINES:
        return sum(1 for line in bounded_lines(stream, options.max_bytes) if line is None or line.strip()) or 1
    if suffix == ".json":
        return _count_json(stream, options.max_bytes)
    if suffix in FEEDS:
        data = stream.read(options.max_bytes + 1)
        if len(data) > options.max_bytes or not looks_like_feed(data[:4096].decode("utf-8", "replace")):
            return 1
        found = sum(1 for _ in _ENTRY.finditer(data))
        return found if 0 < found <= MAX_ENTRIES else 1
    return 1


def _count_gzip(stream: io.BufferedReader[Any], stem: str, suffix: str, options: ReadOptions, depth: int) -> int | None:
    inner = PurePosixPath(stem)
    if suffix == ".gz":
        stem, suffix = (inner.stem, inner.suffix.lower()) if inner.suffix.lower() in KNOWN else (stem, "")
    unpacked = io.BufferedReader(Gunzip(stream))
    if archive_kind(unpacked.peek(16)[:16], suffix) == "zip":
        return None
    return _count_stream(unpacked, stem, suffix, None, options, depth + 1)


def _count_zip(stream: BinaryIO, options: ReadOptions, depth: int) -> int | None:
    """How many items a zip archive gives; None where a member of many items is large."""
    if not stream.seekable():
        return None
    archive = open_zip(stream, "")
    if isinstance(archive, Skipped):
        return 1
    total = 0
    with archive:
        for number, info in enumerate(shown_members(archive), start=1):
            if number > MAX_MEMBERS:
                return total + 1
            name = PurePosixPath(info.filename)
            suffix = name.suffix.lower()
            if suffix in (".gz", ".zip"):
                return None
            if suffix not in LINES | FEEDS | {".json", ".warc"} or info.flag_bits & 0x1:
                total += 1
                continue
            if info.file_size > _QUICK:
                return None
            with archive.open(info) as member:
                reader = io.BufferedReader(cast(io.RawIOBase, member))
                count = _count_stream(reader, name.stem, suffix, None, options, depth + 1)
            if count is None:
                return None
            total += count
    return total or 1


def _count_json(stream: BinaryIO, limit: int) -> int:
    data = stream.read(limit + 1)
    opening = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if len(data) > limit or opening not in (b"[", b"{"):
        return 1
    if opening == b"{":
        return 1 if data.count(b"\n{") == 0 else sum(1 for line in data.splitlines() if line.strip())
    try:
        return len(json.loads(data)) or 1
    except (ValueError, RecursionError):
        return 1
