"""Lists of feeds as people have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from whowhom.watch.addresses import read_addresses

OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="World"><outline text="North"><outline type="rss" xmlUrl="https://a.example/rss"/></outline>
<outline type="rss" XMLURL=" https://b.example/feed "/></outline>
<outline type="rss" xmlUrl="ftp://c.example/feed"/><outline text="nothing"/>
</body></opml>
"""


def test_addresses_come_once_and_in_order() -> None:
    found, bad = read_addresses(["https://b.example/", "http://a.example/rss#top", "https://b.example/"])
    assert found == ["https://b.example/", "http://a.example/rss"]
    assert bad == []


def test_a_file_has_an_address_a_line_and_comments(tmp_path: Path) -> None:
    file = tmp_path / "feeds.txt"
    file.write_text("\ufeff# mine\nhttps://a.example/rss  # the first\n\n  https://b.example/\nnonsense\n", "utf-8")
    found, bad = read_addresses([str(file)])
    assert found == ["https://a.example/rss", "https://b.example/"]
    assert [one.source for one in bad] == [f"{file}, line 5"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_outlines_are_read_however_deep(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "feeds.opml"
    file.write_text(OPML.replace("UTF-8", encoding.upper()), encoding)
    found, bad = read_addresses([str(file)])
    assert found == ["https://a.example/rss", "https://b.example/feed"]
    assert [one.reason for one in bad] == ["unsupported"]


BOMB = (
    '<!DOCTYPE o [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {y} "{f"&{x};" * 10}">' for x, y in zip("abcdefgh", "bcdefghi", strict=True))
    + ']><opml><body><outline xmlUrl="https://x.example/&i;"/></body></opml>'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        '<!DOCTYPE o [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml><body><outline xmlUrl="https://x.example/"/></body></opml>',
        "<opml><body>",
        "<html><body>Not found</body></html>",
        "<opml><body>" + "<outline>" * 5_000 + "</outline>" * 5_000 + "</body></opml>",
        "<opml><body/></opml>",
        "# only a comment",
        "",
    ],
)
def test_a_file_without_a_feed_is_named(tmp_path: Path, text: str, encoding: str) -> None:
    file = tmp_path / "feeds.opml"
    file.write_text(text, encoding)
    found, bad = read_addresses([str(file), "https://a.example/"])
    assert found == ["https://a.example/"]
    assert len(bad) == 1
    assert bad[0].source == str(file)


@pytest.mark.parametrize(
    "address", ["ftp://a.example/", "https://", "https://a.example:port/", "https://[::1/", "https://me:hunter2@a.example/",
                "nowhere.txt", "file:///etc/passwd"],
)  # fmt: skip
def test_what_is_no_feed_is_named_and_the_others_are_taken(address: str) -> None:
    found, bad = read_addresses([address, "https://a.example/"])
    assert found == ["https://a.example/"]
    assert len(bad) == 1
    assert "hunter2" not in bad[0].detail


def test_a_folder_is_no_list(tmp_path: Path) -> None:
    assert read_addresses([str(tmp_path)])[0] == []
