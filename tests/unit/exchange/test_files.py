"""Lines of other projects' files: packed, broken, in the wrong encoding, or never ending."""

from __future__ import annotations

import gzip
import random
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from whowhom.errors import ExchangeError
from whowhom.exchange import files
from whowhom.exchange.events import BadRow
from whowhom.exchange.files import Line, decode, read_lines


def test_cells_are_parted_by_tabs_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.tab"
    path.write_bytes('\ufeffa\t"b\tc"\r\n\n \t \nd\u2028e\x0bf\n'.encode())
    assert list(read_lines(path)) == [Line("a.tab", 1, ["a", '"b', 'c"']), Line("a.tab", 4, ["d\u2028e\x0bf"])]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Erdoğan é".encode(), "Erdoğan é"), ("Maduro é".encode("latin-1"), "Maduro é"), (b"\x93so\x94", "“so”"),
        ("ğ".encode() + b" \xe9", "ğ é"), (b"cut \xc4", "cut Ä"), (b"\x81\xff", "\x81ÿ"), (b"\xed\xa0\x80", "í\xa0€"),
    ],
)  # fmt: skip
def test_bytes_that_are_no_utf8_are_read_one_by_one(raw: bytes, text: str) -> None:
    assert decode(raw) == text


def test_no_such_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r"gone\.tab: cannot be opened"):
        list(read_lines(tmp_path / "gone.tab"))


def test_a_cut_gzip_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    noise = random.Random(1)
    lines = [f"row {k}\t{noise.random()}\n".encode() for k in range(5000)]
    packed = gzip.compress(b"".join(lines))
    path.write_bytes(packed[: len(packed) // 2])
    *read, last = read_lines(path)
    assert isinstance(last, BadRow)
    assert "cannot be read from here on" in last.reason
    assert len(read) > 1000
    assert all(isinstance(one, Line) for one in read)


def test_a_broken_or_locked_member_is_not_the_end_of_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("bad.txt", "spoilt words\n" * 9)
        archive.writestr("folder/", "")
        archive.writestr("__MACOSX/._good.txt", "x")
        archive.writestr("good.txt", "fine\n")
    path.write_bytes(path.read_bytes().replace(b"spoilt", b"SPOILT", 1))
    found = list(read_lines(path))
    assert found[-1] == Line("a.zip!/good.txt", 1, ["fine"])
    assert any(isinstance(one, BadRow) and one.file == "a.zip!/bad.txt" for one in found)
    assert not any("MACOSX" in one.file for one in found)


def test_what_only_begins_as_a_zip_is_a_bad_row(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04 and nothing more")
    (bad,) = read_lines(path)
    assert isinstance(bad, BadRow)
    assert (bad.line, "zip" in bad.reason) == (0, True)


def test_an_endless_line_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    with gzip.open(path, "wb") as stream:
        for _ in range(40):
            stream.write(b"x" * files.MAX_LINE)
        stream.write(b"\nshort\n")
    tracemalloc.start()
    found = list(read_lines(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(found[0], BadRow)
    assert found[1:] == [Line("bomb.gz", 2, ["short"])]
    assert peak < 8 * files.MAX_LINE
