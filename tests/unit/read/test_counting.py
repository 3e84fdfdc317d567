"""The count that is made beforehand is the count of what is read."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from test_archives import LINE, REPORT, zipped
from test_feeds import rss
from test_warc import record, records

from whowhom.read import count_inputs, read_inputs

FILES = {
    "a.txt": REPORT.encode(),
    "empty.txt": b"",
    "photo.jpg": b"\xff\xd8\xff",
    ".hidden.txt": b"x",
    "news.jsonl": LINE * 3 + b"\n\n{broken\n" + LINE.rstrip(),
    "none.jsonl": b"\n",
    "one.json": LINE,
    "list.json": json.dumps([{"text": REPORT}] * 4).encode(),
    "nolist.json": b"[]",
    "lines.json": LINE * 2,
    "feed.rss": rss(*(f"<guid>{k}</guid><description>{REPORT}</description>" for k in "abc")),
    "other.xml": b"<?xml version='1.0'?><item/>",
    "crawl.warc": b"".join([*records(3), record(7, b"\x89PNG", content="image/png")]),
    "empty.warc": b"",
    "pictures.warc": record(7, b"\x89PNG", content="image/png"),
    "cut.warc": b"".join(records(2))[:-80],
    "crawl.warc.gz": b"".join(map(gzip.compress, records(2))),
    "packed.jsonl.gz": gzip.compress(LINE * 5),
    "packed.txt.gz": gzip.compress(REPORT.encode()),
    "news.zip": zipped(("a.txt", REPORT.encode()), ("b.jsonl", LINE * 2), ("c.jpg", b"x"), (".d.txt", b"x")),
    "empty.zip": zipped(),
    "broken.zip": b"PK\x03\x04",
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_counted_as_it_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name])
    counted = count_inputs([str(path)])
    assert counted is not None
    found = len(list(read_inputs([str(path)])))
    assert found in (counted, counted - 1) if name.startswith("cut") else found == counted


def test_folders_and_several_inputs_add_up(tmp_path: Path) -> None:
    for name, data in FILES.items():
        if not name.startswith("cut"):
            (tmp_path / name).write_bytes(data)
    (tmp_path / "void").mkdir()
    inputs = [str(tmp_path), str(tmp_path / "gone.txt"), str(tmp_path / "void"), str(tmp_path / "a.txt")]
    assert count_inputs(inputs) == len(list(read_inputs(inputs)))


@pytest.mark.parametrize("one", ["-", "https://news.example.com/feed"])
def test_what_would_have_to_be_read_is_not_counted(tmp_path: Path, one: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(REPORT)
    assert count_inputs([str(path), one]) is None


def test_large_packed_lines_are_not_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whowhom.read.counting._QUICK", 100)
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps({"text": list(range(1000))}).encode()))
    assert count_inputs([str(path)]) is None
