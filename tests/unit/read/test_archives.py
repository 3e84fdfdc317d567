"""gzip and zip: what they hold is read as if it lay there unpacked, and bombs are refused."""

from __future__ import annotations

import gzip
import io
import json
import resource
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whowhom.read import ReadOptions, read_inputs
from whowhom.read.compression import BrokenError, Gunzip, decode_body
from whowhom.records import Article, Skipped

REPORT = "The minister met the rebels in the capital on Monday and promised them a new round of talks."
LINE = json.dumps({"text": REPORT}).encode() + b"\n"


def read(data: bytes, name: str, folder: Path, options: ReadOptions | None = None) -> list[Article | Skipped]:
    """What a file with these bytes gives."""
    path = folder / name
    path.write_bytes(data)
    return list(read_inputs([str(path)], options or ReadOptions()))


def ids(items: list[Article | Skipped]) -> list[str]:
    """The id of each article, or the reason of a skipped item."""
    return [item.source_id if isinstance(item, Article) else item.reason for item in items]


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


def names(items: list[Article | Skipped], archive: Path) -> list[str]:
    """What the skipped items name, without the path of the archive."""
    return [item.source.removeprefix(str(archive)) for item in items if isinstance(item, Skipped)]


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("talks.txt.gz", REPORT.encode(), ["talks"]),
        ("news.jsonl.gz", LINE * 2, ["news-1", "news-2"]),
        ("news.json.gz", b"[" + LINE.strip() + b"]", ["news-1"]),
        ("a.b.gz", REPORT.encode(), ["a.b"]),
        ("talks", REPORT.encode(), ["talks"]),
        ("talks.txt", REPORT.encode(), ["talks"]),
        ("empty.txt.gz", b"", ["empty"]),
    ],
)
def test_a_gzip_file_is_read_by_its_name_or_its_looks(tmp_path: Path, name: str, data: bytes, found: list[str]) -> None:
    assert ids(read(gzip.compress(data), name, tmp_path)) == found


def test_gzip_from_standard_input() -> None:
    assert ids(list(read_inputs(["-"], ReadOptions(), io.BytesIO(gzip.compress(LINE * 2))))) == ["stdin-1", "stdin-2"]


def test_lines_of_a_gzip_file_may_be_more_than_the_limit_but_no_single_one(tmp_path: Path) -> None:
    data = LINE * 50 + b"x" * 2000 + b"\n" + LINE
    items = read(gzip.compress(data), "news.jsonl.gz", tmp_path, ReadOptions(max_bytes=1500))
    assert ids(items).count("too-large") == 1
    assert len(items) == 52
    items = read(gzip.compress(REPORT.encode() * 50), "a.txt.gz", tmp_path, ReadOptions(max_bytes=1500))
    assert ids(items) == ["too-large"]


@pytest.mark.parametrize("cut", [1, 8, 12, 40])
def test_a_gzip_file_that_breaks_off_gives_what_comes_before(tmp_path: Path, cut: int) -> None:
    lines = b"".join(json.dumps({"text": f"{REPORT} {zlib.crc32(b'%d' % k)}"}).encode() + b"\n" for k in range(30))
    items = read(gzip.compress(lines)[:-cut], "news.jsonl.gz", tmp_path)
    assert ids(items)[:20] == [f"news-{k}" for k in range(1, 21)]
    assert ids(items)[-1] == "unreadable"


def test_a_gzip_file_with_a_broken_checksum_gives_its_lines_and_says_so(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(LINE * 3))
    data[-6] ^= 0xFF
    assert ids(read(bytes(data), "news.jsonl.gz", tmp_path)) == ["news-1", "news-2", "news-3", "unreadable"]


def test_what_follows_a_gzip_file(tmp_path: Path) -> None:
    assert ids(read(gzip.compress(LINE) + bytes(100), "a.jsonl.gz", tmp_path)) == ["a-1"]
    assert ids(read(gzip.compress(LINE) + gzip.compress(LINE), "a.jsonl.gz", tmp_path)) == ["a-1", "a-2"]
    assert ids(read(gzip.compress(LINE) + b"garbage", "a.jsonl.gz", tmp_path)) == ["a-1", "unreadable"]
    assert ids(read(b"no gzip", "a.jsonl.gz", tmp_path)) == ["unreadable"]


def test_a_gzip_bomb_of_lines_is_refused_in_little_memory(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, wbits=31)
    data = b"".join(packer.compress((b" " * 999 + b"\n") * 1000) for _ in range(300)) + packer.flush()
    assert len(data) < 1_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tracemalloc.start()
    items = read(data, "news.jsonl.gz", tmp_path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert ids(items) == ["too-large"]
    assert peak < 5_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000  # kilobytes


def test_a_gzip_bomb_of_one_text_is_refused(tmp_path: Path) -> None:
    assert ids(read(gzip.compress(b"a" * 50_000_000), "a.txt.gz", tmp_path)) == ["too-large"]


def test_every_known_member_of_a_zip_archive_is_read_in_order(tmp_path: Path) -> None:
    data = zipped(
        ("b/z.txt", REPORT.encode()),
        ("b/", b""),
        ("b/news.jsonl", LINE * 2),
        ("a/page.md", REPORT.encode()),
        ("a/photo.jpg", b"\xff\xd8\xff"),
        (".hidden/x.txt", REPORT.encode()),
        ("__MACOSX/b/z.txt", b"x"),
        ("win\\talks.txt", REPORT.encode()),
        ("a/packed.txt.gz", gzip.compress(REPORT.encode())),
        ("inner.zip", zipped(("deep.txt", REPORT.encode()))),
    )
    items = read(data, "news.zip", tmp_path)
    assert ids(items) == ["z", "news-1", "news-2", "page", "unsupported", "talks", "packed", "deep"]
    assert names(items, tmp_path / "news.zip") == ["!/a/photo.jpg"]


def test_a_zip_archive_is_known_by_its_looks_too(tmp_path: Path) -> None:
    data = zipped(("a.txt", REPORT.encode()))
    assert ids(read(data, "news", tmp_path)) == ["a"]
    assert ids(list(read_inputs(["-"], ReadOptions(), io.BytesIO(data)))) == ["a"]


def test_nothing_is_written_for_hostile_names(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    folder.mkdir()
    data = zipped(("../../evil.txt", REPORT.encode()), ("/etc/evil.txt", REPORT.encode()), ("a\x1b[2J.bin", b""))
    items = read(data, "news.zip", folder)
    assert ids(items) == ["evil", "evil", "unsupported"]
    assert [path.name for path in tmp_path.rglob("*")] == ["x", "news.zip"]
    assert "\x1b" not in names(items, folder)[0]


def test_an_office_document_is_no_archive_of_reports(tmp_path: Path) -> None:
    data = zipped(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>"))
    assert ids(read(data, "letter", tmp_path)) == ["binary"]
    assert ids(read(data, "letter.docx", tmp_path)) == ["binary"]


def test_a_bad_member_does_not_end_the_others(tmp_path: Path) -> None:
    data = bytearray(
        zipped(("a.txt", REPORT.encode()), ("b.txt", b"B" + REPORT.encode()), ("c.txt", REPORT.encode()), method=0)
    )
    at = data.index(b"BThe minister")
    data[at] ^= 0xFF  # the checksum no longer holds
    items = read(bytes(data), "news.zip", tmp_path)
    assert ids(items) == ["a", "unreadable", "c"]
    assert names(items, tmp_path / "news.zip") == ["!/b.txt"]


def test_a_member_under_a_password_is_skipped(tmp_path: Path) -> None:
    data = bytearray(zipped(("a.txt", REPORT.encode()), ("b.txt", REPORT.encode())))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    items = read(bytes(data), "news.zip", tmp_path)
    assert ids(items) == ["unreadable", "b"]
    assert isinstance(items[0], Skipped)
    assert "password" in items[0].detail


def test_packings_that_cannot_be_bounded_are_refused(tmp_path: Path) -> None:
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        assert ids(read(zipped(("a.txt", REPORT.encode()), method=method), "news.zip", tmp_path)) == ["unsupported"]


def test_members_that_unpack_too_far_are_named_and_the_others_read(tmp_path: Path) -> None:
    data = zipped(
        ("bomb.txt", bytes(50_000_000)),
        ("bomb.jsonl", b"\n" * 50_000_000),
        ("long.txt", REPORT.encode() * 10),
        ("a.txt", REPORT.encode()),
    )
    items = read(data, "news.zip", tmp_path, ReadOptions(max_bytes=500))
    assert ids(items) == ["too-large", "too-large", "too-large", "a"]
    assert names(items, tmp_path / "news.zip") == ["!/bomb.txt", "!/bomb.jsonl", "!/long.txt"]


def test_a_member_that_lies_about_its_size_is_stopped(tmp_path: Path) -> None:
    data = bytearray(zipped(("a.jsonl", b" " * 30_000_000)))
    for mark, offset in ((b"PK\x03\x04", 18), (b"PK\x01\x02", 20)):
        at = data.index(mark) + offset
        data[at : at + 4] = struct.pack("<L", 10_000_000)  # as if it were packed at a ratio of 3
    assert ids(read(bytes(data), "news.zip", tmp_path))[0] in ("too-large", "unreadable")


def test_archives_nested_too_deeply_are_named(tmp_path: Path) -> None:
    one = zipped(("deep.txt", REPORT.encode()))
    three = zipped(("b.zip", zipped(("a.zip", one), ("b.txt.gz", gzip.compress(REPORT.encode())))))
    items = read(three, "news.zip", tmp_path)
    assert ids(items) == ["unsupported", "unsupported"]
    assert names(items, tmp_path / "news.zip") == ["!/b.zip!/a.zip", "!/b.zip!/b.txt.gz"]
    assert ids(read(gzip.compress(gzip.compress(REPORT.encode())), "a.txt.gz.gz", tmp_path)) == ["a"]
    assert ids(read(gzip.compress(gzip.compress(gzip.compress(b"x"))), "a.gz", tmp_path)) == ["unsupported"]


def test_a_bomb_in_a_nest_counts_against_the_whole(tmp_path: Path) -> None:
    inner = zipped(*((f"{k}.jsonl", b" " * 9_000_000) for k in range(40)))
    outer = zipped(*((f"{k}.zip", inner) for k in range(40)))
    items = read(outer, "news.zip", tmp_path)
    assert isinstance(items[-1], Skipped)
    assert items[-1].reason == "too-large"
    assert "not read any further" in items[-1].detail


def test_a_list_of_too_many_members_is_not_even_loaded(tmp_path: Path) -> None:
    data = bytearray(zipped(("a.txt", REPORT.encode())))
    at = data.rindex(b"PK\x05\x06")
    listed = b"PK\x01\x02" + bytes(42)
    data[at:at] = listed * 500_000
    at = data.rindex(b"PK\x05\x06")
    data[at + 12 : at + 16] = struct.pack("<L", len(listed) * 500_000)
    assert ids(read(bytes(data), "news.zip", tmp_path)) == ["too-large"]


def test_members_over_the_limit_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whowhom.read.archives.MAX_MEMBERS", 2)
    items = read(zipped(*((f"{k}.txt", REPORT.encode()) for k in range(4))), "news.zip", tmp_path)
    assert ids(items) == ["0", "1", "too-large"]
    assert names(items, tmp_path / "news.zip") == ["!/2.txt"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no archive", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_zip_archive(tmp_path: Path, data: bytes) -> None:
    assert ids(read(data, "a.zip", tmp_path))[0] in ("unreadable", "empty")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=3000), min_size=1, max_size=5), st.integers(1, 5000))
def test_gzip_members_come_out_as_they_went_in(parts: list[bytes], size: int) -> None:
    stream = Gunzip(io.BytesIO(b"".join(map(gzip.compress, parts))))
    found = b""
    while data := stream.read(size):
        found += data
    assert found == b"".join(parts)


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=3000), st.data())
def test_damaged_gzip_gives_a_beginning_and_tells_or_was_not_hurt(content: bytes, choice: st.DataObject) -> None:
    packed = bytearray(gzip.compress(content))
    at = choice.draw(st.integers(0, len(packed) - 1))
    packed[at] ^= choice.draw(st.integers(1, 255))
    stream = Gunzip(io.BytesIO(bytes(packed)))
    found = b""
    try:
        while data := stream.read(100):
            found += data
    except BrokenError:
        return
    assert found == content


def test_encoded_bodies_are_bounded() -> None:
    bomb = gzip.compress(bytes(100_000_000))
    found = decode_body(bomb, "gzip", 1000)
    assert found is not None
    assert len(found) == 1001
    assert decode_body(gzip.compress(gzip.compress(b"abc")), "gzip, gzip", 1000) == b"abc"
    assert decode_body(b"abc", "", 1000) == b"abc"
    assert decode_body(b"abc", "compress", 1000) is None
