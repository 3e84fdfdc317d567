"""Files, folders and standard input: what each gives, and that none raises."""

from __future__ import annotations

import io
import json
import os
import tracemalloc
from pathlib import Path

import pytest

from whowhom.read import ReadOptions, read_inputs
from whowhom.records import Article, Skipped

REPORT = "The minister met the rebels in the capital on Monday and promised them a new round of talks."


def read(*inputs: str | Path, options: ReadOptions = ReadOptions(), stdin: bytes = b"") -> list[Article | Skipped]:  # noqa: B008
    """What the inputs give."""
    return list(read_inputs([str(one) for one in inputs], options, io.BytesIO(stdin)))


def reasons(items: list[Article | Skipped]) -> list[str]:
    """The reason of each skipped item, and "article" for each article."""
    return [item.reason if isinstance(item, Skipped) else "article" for item in items]


def test_a_text_file_gives_an_article_named_by_its_stem(tmp_path: Path) -> None:
    path = tmp_path / "talks.txt"
    path.write_text(REPORT)
    (article,) = read(path)
    assert isinstance(article, Article)
    assert (article.source_id, article.text, article.language) == ("talks", REPORT, "en")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\n", "empty"),
        ("a.txt", b"\xef\xbb\xbf", "empty"),
        ("a.txt", b"\x00" * 100, "empty"),
        ("a.txt", b"ab\x00\x01\x02" * 20, "binary"),
        ("a.docx", b"PK\x03\x04 a document", "binary"),
        ("a.pdf", b"no pdf", "unreadable"),
        ("a.pdf", b"%PDF-1.4 broken", "unreadable"),
        ("a.html", b"<html><body></body></html>", "no-article"),
        ("a.json", b"{not json", "bad-record"),
        ("a.json", b"[]", "empty"),
        ("a.json", b"[1]", "bad-record"),
        ("a.json", b"[" * 100_000, "bad-record"),
        ("a.jsonl", b"\n\n", "empty"),
        ("a.jsonl", b"", "empty"),
    ],
)
def test_a_bad_file_is_skipped_with_its_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (item,) = read(path)
    assert isinstance(item, Skipped)
    assert item.reason == reason
    assert item.source.startswith(str(path))
    assert len(item.detail) > 10


def test_a_path_that_is_not_there() -> None:
    assert reasons(read("no/such/file.txt", "x\x00y", "ftp://example.org/a")) == [
        "not-found",
        "not-found",
        "unsupported",
    ]


def test_a_folder_is_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b/z.txt", "b/a.md", "c.txt", ".hidden.txt", ".git/x.txt"):
        (tmp_path / name).write_text(REPORT)
    (tmp_path / "d.csv").write_text("a,b")
    items = read(tmp_path)
    assert [item.source_id for item in items if isinstance(item, Article)] == ["c", "a", "z"]
    assert [Path(item.source).name for item in items if isinstance(item, Skipped)] == ["d.csv"]


def test_a_folder_without_readable_files_says_so(tmp_path: Path) -> None:
    (item,) = read(tmp_path)
    assert isinstance(item, Skipped)
    assert (item.source, item.reason) == (str(tmp_path), "no-article")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(REPORT)
    path.chmod(0)
    assert reasons(read(path)) == ["unreadable"]


def test_records_of_jsonl_and_its_bad_lines(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    lines = [
        json.dumps({"id": "x1", "text": REPORT, "title": "Talks", "published": "3 March 2015", "authors": "Jane Doe"}),
        "{broken",
        json.dumps({"id": 7, "text": REPORT, "url": "https://news.example.com/a", "authors": ["A B", "C D"]}),
        "",
        json.dumps({"id": "x2", "body": REPORT}),
        json.dumps({"text": None}),
        json.dumps({"text": REPORT, "published": "soon"}),
        json.dumps([REPORT]),
        json.dumps({"text": REPORT, "title": ["a"]}),
        json.dumps({"text": REPORT, "language": "de"}),
        json.dumps({"text": REPORT}),
    ]
    path.write_text("\n".join(lines))
    items = read(path)
    assert reasons(items) == ["article", "bad-record", "article", *["bad-record"] * 5, "not-english", "article"]
    first, broken, second, no_text, _, no_date, *_, last = items
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert isinstance(last, Article)
    assert (first.source_id, first.title, first.published, first.authors) == (
        "x1",
        "Talks",
        "2015-03-03",
        ("Jane Doe",),
    )
    assert (second.source_id, second.publisher, second.authors) == ("7", "news.example.com", ("A B", "C D"))
    assert last.source_id == "news-11"
    assert isinstance(broken, Skipped)
    assert broken.source == f"{path}:2"
    assert isinstance(no_text, Skipped)
    assert "'body'" in no_text.detail
    assert isinstance(no_date, Skipped)
    assert "'soon'" in no_date.detail


def test_a_line_over_the_limit_is_refused_and_the_others_go_on(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    good = json.dumps({"text": REPORT})
    path.write_text(f"{good}\n" + "x" * 5000 + f"\n{good}\n")
    assert reasons(read(path, options=ReadOptions(max_bytes=1000))) == ["article", "too-large", "article"]


def test_one_line_of_fifty_megabytes_is_refused_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    with path.open("wb") as stream:
        for _ in range(50):
            stream.write(b"x" * 1_000_000)
    tracemalloc.start()
    items = read(path, options=ReadOptions(max_bytes=2_000_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert reasons(items) == ["too-large"]
    assert peak < 10_000_000


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(REPORT * 20)
    assert reasons(read(path, "-", options=ReadOptions(max_bytes=1000), stdin=path.read_bytes())) == ["too-large"] * 2


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (REPORT.encode(), ["stdin"]),
        (REPORT.encode("utf-16"), ["stdin"]),
        (json.dumps({"id": "j", "text": REPORT}).encode(), ["j"]),
        (json.dumps({"id": "j", "text": REPORT}, indent=2).encode(), ["j"]),
        (b"\xef\xbb\xbf" + json.dumps({"id": "j", "text": REPORT}).encode() + b"\n", ["j"]),
        (json.dumps([{"id": "j", "text": REPORT}, {"id": "k", "text": REPORT}]).encode(), ["j", "k"]),
        (f"{{Brackets}} open this text. {REPORT}".encode(), ["stdin"]),
        (
            f"<!DOCTYPE html><html><body><article><p>{REPORT}</p><p>{REPORT}</p></article></body></html>".encode(),
            ["stdin"],
        ),
    ],
)
def test_standard_input_is_known_by_its_looks(data: bytes, ids: list[str]) -> None:
    assert [item.source_id for item in read("-", stdin=data) if isinstance(item, Article)] == ids


def test_utf16_jsonl(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(json.dumps({"id": name, "text": REPORT}) for name in "ab"), encoding="utf-16")
    assert [item.source_id for item in read(path) if isinstance(item, Article)] == ["a", "b"]


def test_json_of_one_object_a_list_or_lines(tmp_path: Path) -> None:
    record = json.dumps({"text": REPORT})
    for name, data in (
        ("one.json", record),
        ("list.json", f"[{record}, {record}]"),
        ("lines.json", f"{record}\n{record}"),
    ):
        (tmp_path / name).write_text(data)
    items = read(tmp_path)
    assert [item.source_id for item in items if isinstance(item, Article)] == [
        "lines-1",
        "lines-2",
        "list-1",
        "list-2",
        "one",
    ]


def test_published_option_dates_a_bare_text_only(tmp_path: Path) -> None:
    options = ReadOptions(published="2015-03-03")
    assert [
        item.published for item in read("-", options=options, stdin=REPORT.encode()) if isinstance(item, Article)
    ] == ["2015-03-03"]
    record = json.dumps({"text": REPORT, "published": "2010"}).encode()
    assert [item.published for item in read("-", options=options, stdin=record) if isinstance(item, Article)] == [
        "2010"
    ]


def test_one_bad_input_does_not_end_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(REPORT)
    assert reasons(read("gone.txt", path, tmp_path / "b.txt", path)) == ["not-found", "article", "not-found", "article"]


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_a_line_of_utf16_over_the_limit_is_refused_and_the_others_go_on(tmp_path: Path, order: str) -> None:
    path = tmp_path / "news.jsonl"
    good = json.dumps({"text": REPORT})
    path.write_bytes(f"\ufeff{good}\n{'x' * 3_000_000}\n\n{good}\n{'y' * 5000}".encode(order))
    tracemalloc.start()
    items = read(path, options=ReadOptions(max_bytes=1000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert reasons(items) == ["article", "too-large", "article", "too-large"]
    assert peak < 12_000_000
