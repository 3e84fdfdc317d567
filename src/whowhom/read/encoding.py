"""Bytes to text: whatever the encoding, a best guess and never an exception."""

from __future__ import annotations

import codecs
import re

# Longest first: the mark of UTF-32 LE begins with that of UTF-16 LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"PK\x05\x06", "a zip archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"OggS", "audio or video"),
    (b"ID3", "audio"),
    (b"{\\rtf", "a rich-text (RTF) document"),
)
_CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 27})
_SURROGATES = re.compile("[\ud800-\udfff]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SAMPLE = 65_536


def utf16_without_mark(data: bytes) -> str | None:
    """The UTF-16 byte order of `data` that opens with mostly Latin letters and no mark, else None."""
    sample = data[:2048]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half >= 4 and odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if half >= 4 and even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def what_binary(data: bytes) -> str | None:
    """What kind of binary data this is, in words; None where it looks like text."""
    for magic, words in _MAGIC:
        if data.startswith(magic):
            return words
    if any(data.startswith(mark) for mark, _ in _MARKS) or utf16_without_mark(data):
        return None
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if b"\x00" in sample or controls > 0.02 * len(sample):
        return "binary data"
    return None


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of `data`, without its byte order mark.

    Tried in order: the mark, UTF-16 without one, strict UTF-8, the encoding that a page declares, UTF-8 with a few
    broken characters, a guess from the bytes.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, errors="replace")
    wide = utf16_without_mark(data)
    if wide:
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if declared:
        try:
            return data.decode(declared)
        except (LookupError, UnicodeError):
            pass
    sample = data[:_SAMPLE]
    well_formed = len(_MULTIBYTE.findall(sample))
    if well_formed > sample.decode("utf-8", errors="replace").count("\ufffd"):
        return data.decode("utf-8", errors="replace")
    return data.decode(_guess(sample), errors="replace")


def _guess(sample: bytes) -> str:
    # News in a single-byte encoding is nearly always in that of Windows, which the guesser confuses on short texts.
    if len(sample) < 200:
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best is not None else "cp1252"


def clean(text: str) -> str:
    """`text` of the same length in which no lone surrogate is left, so that it can be written out again."""
    return _SURROGATES.sub("\ufffd", text)
