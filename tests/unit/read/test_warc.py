"""WARC archives: which records are articles, and what is left of damaged archives."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from pathlib import Path

import pytest
from test_pdf import LINES, pdf

from whowhom.read import ReadOptions, read_inputs
from whowhom.records import Article, Skipped

REPORT = "The minister met the rebels in the capital on Monday and promised them a new round of talks."
MORE = "The rebels said they would come. Their leader thanked the minister for the offer and left for home."


def page(title: str) -> bytes:
    """A web page with an article."""
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{REPORT}</p><p>{MORE}</p>"
        "</article></body></html>"
    ).encode()


def record(
    number: int,
    body: bytes,
    *,
    kind: str = "response",
    content: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    extra: str = "",
    length: object = None,
    url: str | None = None,
) -> bytes:
    """One WARC record, by hand."""
    if kind == "response":
        stated = "" if "Content-Length" in extra else f"Content-Length: {len(body)}\r\n"
        body = f"HTTP/1.1 {status}\r\nContent-Type: {content}\r\n{stated}{extra}\r\n".encode() + body
        content = "application/http; msgtype=response"
    header = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:record-{number}>\r\n"
        f"WARC-Date: 2021-05-06T07:08:09Z\r\nWARC-Target-URI: {url or f'https://news.example.com/{number}'}\r\n"
        f"Content-Type: {content}\r\nContent-Length: {len(body) if length is None else length}\r\n\r\n"
    )
    return header.encode() + body + b"\r\n\r\n"


def records(count: int) -> list[bytes]:
    """So many good pages."""
    return [record(k, page(f"Minister meets rebels {k}")) for k in range(count)]


def read(data: bytes, name: str = "-", options: ReadOptions | None = None) -> list[Article | Skipped]:
    """What an archive gives."""
    return list(read_inputs([name], options or ReadOptions(), io.BytesIO(data)))


def ids(items: list[Article | Skipped]) -> list[str]:
    """The number of each article's record, or the reason of a skipped item."""
    return [item.source_id.removeprefix("record-") if isinstance(item, Article) else item.reason for item in items]


def last(items: list[Article | Skipped]) -> Skipped:
    """The last item, which must be skipped."""
    assert isinstance(items[-1], Skipped)
    return items[-1]


@pytest.mark.parametrize(
    "pack", [bytes, gzip.compress, lambda data: b"".join(map(gzip.compress, [data[:1], data[1:]]))]
)
def test_pages_are_articles_with_address_and_record_id(tmp_path: Path, pack: object) -> None:
    path = tmp_path / "crawl.bin"
    path.write_bytes(pack(b"".join(records(2))))  # type: ignore[operator]
    first, second = read(b"", str(path))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.source_id, first.url, first.title) == (
        "record-0",
        "https://news.example.com/0",
        "Minister meets rebels 0",
    )
    assert REPORT in first.text
    assert second.source_id == "record-1"


def test_the_date_of_the_crawl_is_no_date_of_publication() -> None:
    (item,) = read(records(1)[0])
    assert isinstance(item, Article)
    assert item.published is None


def test_what_is_no_page_is_passed_over() -> None:
    data = b"".join(
        [
            record(1, b"software: x", kind="warcinfo", content="application/warc-fields"),
            record(2, b"GET / HTTP/1.1\r\n\r\n", kind="request", content="application/http; msgtype=request"),
            record(3, b"\x89PNG\r\n\x1a\n" + bytes(50), content="image/png"),
            record(4, b"body{}", content="text/css"),
            record(5, b"moved", status="301 Moved", extra="Location: /6\r\n"),
            record(6, page("Not found"), status="404 Not Found"),
            record(7, b"User-agent: *", content="text/plain", url="https://news.example.com/robots.txt"),
            record(8, b"20210506 1.2.3.4", kind="resource", content="text/dns", url="dns:news.example.com"),
            record(9, page("Minister meets rebels")),
            record(10, page("Again"), kind="revisit", content="text/html"),
        ]
    )
    assert ids(read(data)) == ["9"]


def test_text_pdf_and_resources_are_read_and_bad_pages_named() -> None:
    data = b"".join(
        [
            record(1, REPORT.encode(), content="text/plain"),
            record(2, pdf(LINES), content="application/pdf"),
            record(3, page("Minister meets rebels"), kind="resource", content="text/html"),
            record(4, b"<html><body><p>Home</p></body></html>"),
            record(5, bytes(range(32)) * 20),
            record(6, b""),
        ]
    )
    items = read(data)
    assert ids(items) == ["1", "2", "3", "no-article", "binary", "empty"]
    assert isinstance(items[1], Article)
    assert items[1].url == "https://news.example.com/2"
    assert isinstance(items[3], Skipped)
    assert items[3].source == "stdin!https://news.example.com/4"


def test_encodings_of_http_are_undone_whether_or_not_the_crawler_did_so_before() -> None:
    brotli = pytest.importorskip("brotli", reason="the encoder is needed for a sample only")
    body = page("Minister meets rebels")
    chunked = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (40, body[:40], len(body) - 40, body[40:])
    data = b"".join(
        [
            record(1, gzip.compress(body), extra="Content-Encoding: gzip\r\n"),
            record(2, body, extra="Content-Encoding: gzip\r\n"),
            record(3, zlib.compress(body), extra="Content-Encoding: deflate\r\n"),
            record(4, brotli.compress(body), extra="Content-Encoding: br\r\n"),
            record(5, chunked, extra="Transfer-Encoding: chunked\r\n"),
            record(6, body, extra="Transfer-Encoding: chunked\r\n"),
            record(7, body, extra="Content-Encoding: x-own\r\n"),
        ]
    )
    items = read(data)
    assert ids(items) == ["1", "2", "3", "4", "5", "6", "unsupported"]
    assert len({item.text for item in items if isinstance(item, Article)}) == 1


def test_an_encoded_body_that_explodes_is_refused() -> None:
    data = record(1, gzip.compress(b"a" * 3_000_000), extra="Content-Encoding: gzip\r\n") + records(1)[0]
    assert ids(read(data, options=ReadOptions(max_bytes=1_000_000))) == ["too-large", "0"]


def test_a_page_over_the_limit_is_refused_and_the_others_go_on() -> None:
    data = record(1, page("x" * 5000)) + records(1)[0]
    assert ids(read(data, options=ReadOptions(max_bytes=4000))) == ["too-large", "0"]


def test_known_records_are_not_read_again() -> None:
    asked: list[str] = []

    def seen(source_id: str) -> bool:
        asked.append(source_id)
        return source_id == "record-1"

    data = b"".join([*records(3), record(9, b"\x89PNG", content="image/png")])
    assert ids(read(data, options=ReadOptions(seen=seen))) == ["0", "known", "2"]
    assert asked == ["record-0", "record-1", "record-2"]


@pytest.mark.parametrize("cut", [10, 60, 300])
def test_a_truncated_archive_gives_all_that_is_whole(cut: int) -> None:
    items = read(b"".join(records(3))[:-cut])
    assert ids(items)[:2] == ["0", "1"]
    assert ids(items)[-1] == "unreadable"
    assert len(items) == 3
    assert "record-2" in last(items).detail


def test_a_page_that_is_whole_though_its_record_says_more_is_read() -> None:
    first, _, third = records(3)
    longer = record(1, page("Minister meets rebels 1"), length=10**15)
    items = read(first + longer + third)
    assert ids(items) == ["0", "1", "2", "unreadable"]
    assert "WARC" not in "".join(item.text for item in items if isinstance(item, Article))
    assert f"at byte {len(first):,}" in last(items).detail


@pytest.mark.parametrize("length", [50, "abc", "-5", ""])
def test_a_wrong_length_loses_one_record_at_most(length: object) -> None:
    first, _, third = records(3)
    items = read(first + record(1, page("Minister meets rebels 1"), length=length) + third)
    assert [one for one in ids(items) if one in ("0", "2", "unreadable")] == ["0", "2", "unreadable"]


def test_garbage_between_records_is_stepped_over_and_told() -> None:
    first, second, third = records(3)
    items = read(first + b"garbage\r\n" * 100_000 + second + b"\x00\x01" + third)
    assert ids(items) == ["0", "1", "2", "unreadable"]
    assert "1 times more" in last(items).detail


def test_a_damaged_member_of_a_packed_archive_is_stepped_over() -> None:
    members = [gzip.compress(one) for one in records(4)]
    members[1] = members[1][:100] + bytes(20) + members[1][120:]
    items = read(b"".join(members))
    assert ids(items) == ["0", "2", "3", "unreadable"]
    assert "is damaged at byte" in last(items).detail


def test_a_packed_archive_that_breaks_off() -> None:
    items = read(b"".join(gzip.compress(one) for one in records(3))[:-50])
    assert ids(items) == ["0", "1", "unreadable"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"no archive\n" * 50, "unreadable"),
        (b"WARC/1.0\r\n", "unreadable"),
        (b"WARC/1.0\r\n" * 9000, "unreadable"),
    ],
)
def test_what_is_no_archive(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(data)
    assert ids(read(b"", str(path))) == [reason]


def test_an_archive_without_a_page_says_so() -> None:
    items = read(record(3, b"\x89PNG\r\n\x1a\n", content="image/png"))
    assert ids(items) == ["no-article"]
    assert "1 records" in last(items).detail


def test_any_cut_and_any_flipped_byte_raise_nothing() -> None:
    data = b"".join(records(2))
    for at in range(0, len(data), 37):
        assert read(data[:at] + b"\xff\n" + data[at + 2 :])
        assert read(data[at:])


def test_a_packed_archive_that_explodes_is_refused() -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = record(1, b"", content="image/png", length=300_000_000)
    data = b"".join(packer.compress(part) for part in (bomb, *[bytes(1_000_000)] * 300)) + packer.flush()
    assert ids(read(gzip.compress(records(1)[0]) + data)) == ["0", "too-large"]


def test_an_archive_in_a_damaged_zip_gives_what_comes_before() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("crawl.warc", b"".join([*records(3), record(9, bytes(300_000), content="image/png")]))
        archive.writestr("crawl.warc.gz", b"".join(map(gzip.compress, records(2))))
    data = bytearray(stream.getvalue())
    data[250_000] ^= 0xFF
    assert ids(read(bytes(data))) == ["0", "1", "2", "unreadable", "0", "1"]


def test_a_packed_record_of_which_nothing_is_left_is_missed() -> None:
    members = [gzip.compress(one) for one in records(3)]
    members[1] = b"\x00" + bytes([1]) * (len(members[1]) - 1)
    items = read(b"".join(members))
    assert ids(items) == ["0", "2", "unreadable"]
    assert "of the packed file" in last(items).detail


@pytest.mark.parametrize("cut", range(5, 590, 9))
def test_a_cut_anywhere_in_the_last_record_is_told(cut: int) -> None:
    items = read(b"".join([*records(1), record(9, bytes(300), content="image/png")])[:-cut])
    assert ids(items) == ["0", "unreadable"]
