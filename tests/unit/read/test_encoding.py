"""Bytes of every sort to text."""

from __future__ import annotations

import pytest

from whowhom.read.encoding import decode, what_binary

WORDS = "The café in Chișinău – closed since May – is “open” again."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_with_and_without_mark(encoding: str) -> None:
    data = WORDS.encode(encoding)
    assert what_binary(data) is None
    assert decode(data) == WORDS


def test_windows_text_is_guessed() -> None:
    words = "The café – closed since May – is “open” again, the mayor’s office said."
    assert decode(words.encode("cp1252")) == words


def test_a_declared_encoding_is_used() -> None:
    assert decode("Привет".encode("koi8-r"), "koi8-r") == "Привет"
    assert decode("é".encode("latin-1"), "no-such-encoding") == "é"


def test_broken_utf8_keeps_what_is_whole() -> None:
    data = WORDS.encode() + b" \xff\xfe\xc3 end"
    assert decode(data).startswith(WORDS)


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04rest",
        b"\x89PNG\r\n",
        b"\xff\xd8\xff\xe0",
        b"\x1f\x8b\x08",
        b"abc\x00\x01\x02def",
        bytes(range(32)) * 9,
    ],
)
def test_binary_data_is_named(data: bytes) -> None:
    assert what_binary(data)
