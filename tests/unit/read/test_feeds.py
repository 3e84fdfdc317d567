"""RSS and Atom feeds: which entries give what, and that hostile feeds are refused."""

from __future__ import annotations

import threading
import time
import tracemalloc
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whowhom.read import Feed, FeedEntry, ReadOptions, parse_feed, read_inputs
from whowhom.records import Article, Skipped

REPORT = "The minister met the rebels in the capital on Monday and promised them a new round of talks."
MORE = "The rebels said they would come. Their leader thanked the minister for the offer and left for home."
FULL = f"<p>{REPORT}</p><p>{MORE}</p>" * 4
OPEN = ReadOptions(allow_private=True, timeout=5)
calls: list[str] = []


def rss(*items: str, channel: str = "<title>The Example Times</title>", head: str = "") -> bytes:
    """An RSS feed."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{head}<rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel>{channel}{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>"
    ).encode()


def atom(*entries: str) -> bytes:
    """An Atom feed."""
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>The Example Times</title><id>f</id>'
        f"{''.join(f'<entry>{entry}</entry>' for entry in entries)}</feed>"
    ).encode()


def feed(data: bytes, url: str | None = None) -> Feed:
    """The feed, which must be one."""
    found = parse_feed(data, url)
    assert isinstance(found, Feed)
    return found


def read(data: bytes, folder: Path, options: ReadOptions | None = None, name: str = "news.rss") -> list[object]:
    """What a feed in a file gives."""
    path = folder / name
    path.write_bytes(data)
    return list(read_inputs([str(path)], options or ReadOptions()))


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        calls.append(self.path)
        host = self.headers["Host"]
        status, kind = 200, "text/html; charset=utf-8"
        data = (
            "<html><head><title>Minister meets rebels</title></head><body><article><h1>Minister meets rebels</h1>"
            f"<p>{REPORT}</p><p>{MORE}</p></article></body></html>"
        ).encode()
        if self.path == "/feed":
            kind = "application/rss+xml"
            data = rss(
                f"<guid isPermaLink='false'>one</guid><title>A</title><link>http://{host}/page/one</link>"
                "<pubDate>Tue, 03 Mar 2015 23:30:00 -0500</pubDate><description>Talks in the capital.</description>",
                f"<guid isPermaLink='false'>two</guid><title>B</title><link>http://{host}/gone</link>"
                f"<description>{REPORT}</description>",
                f"<guid isPermaLink='false'>three</guid><title>C</title><link>http://{host}/gone</link>",
                "<guid isPermaLink='false'>four</guid><title>D</title><link>/page/four</link>",
            )
        elif self.path == "/gone":
            status = 404
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a running server."""
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_address[1]}"
    httpd.shutdown()


def test_the_fields_of_an_rss_entry() -> None:
    found = feed(
        rss(
            "<guid isPermaLink='false'>id-1</guid><title>Talks &amp;amp; truce</title><link>/a?b=1&amp;c=2</link>"
            "<pubDate>Tue, 03 Mar 2015 23:30:00 -0500</pubDate><dc:creator>Jane Doe</dc:creator>"
            f"<source url='http://x'>The Wire</source><description>Short.</description>"
            f"<content:encoded><![CDATA[{FULL}<script>x()</script>]]></content:encoded>",
            channel="<title>The Example Times</title><link>https://news.example.com/</link><language>en-gb</language>",
        )
    )
    assert (found.title, found.url, found.language) == ("The Example Times", "https://news.example.com/", "en-gb")
    assert found.entries == (
        FeedEntry(
            id="id-1",
            title="Talks & truce",
            url="https://news.example.com/a?b=1&c=2",
            published="2015-03-03",
            authors=("Jane Doe",),
            publisher="The Wire",
            text="\n\n".join([REPORT, MORE] * 4),
            full=True,
        ),
    )


def test_the_fields_of_an_atom_entry() -> None:
    (entry,) = feed(
        atom(
            "<id>tag:1</id><title>Talks</title><link href='/a'/><updated>2015-03-03T10:00:00Z</updated>"
            "<author><name>Jane Doe</name></author><author><name>John Roe</name></author>"
            f"<content type='html'>{REPORT.replace('Monday', '&lt;b&gt;Monday&lt;/b&gt;')}</content>"
        ),
        "https://news.example.com/feed",
    ).entries
    assert entry == FeedEntry(
        id="tag:1",
        title="Talks",
        url="https://news.example.com/a",
        published="2015-03-03",
        authors=("Jane Doe", "John Roe"),
        text=REPORT,
    )


def test_full_text_in_a_feed_is_the_article(tmp_path: Path) -> None:
    data = rss(
        "<guid>id-1</guid><title>Minister meets rebels</title><link>https://unknown-paper.example/1</link>"
        f"<pubDate>03 Mar 2015 10:00:00 GMT</pubDate><content:encoded><![CDATA[{FULL}]]></content:encoded>"
    )
    (item,) = read(data, tmp_path)
    assert isinstance(item, Article)
    assert (item.source_id, item.title, item.url) == (
        "id-1",
        "Minister meets rebels",
        "https://unknown-paper.example/1",
    )
    assert (item.publisher, item.published) == ("The Example Times", "2015-03-03")
    assert item.text.startswith(f"Minister meets rebels\n\n{REPORT}\n\n{MORE}")
    assert [block.kind for block in item.blocks][:2] == ["headline", "body"]


@pytest.mark.parametrize("name", ["news.rss", "news.atom", "news.xml", "news", "news.html", "news.txt"])
def test_a_feed_is_known_by_its_looks(tmp_path: Path, name: str) -> None:
    (item,) = read(atom(f"<id>a</id><title>T</title><summary>{REPORT}</summary>"), tmp_path, name=name)
    assert isinstance(item, Article)
    assert item.source_id == "a"


def test_no_link_of_a_local_feed_is_followed_unasked(tmp_path: Path, server: str) -> None:
    data = rss(f"<guid>a</guid><link>{server}/page</link><description>{REPORT}</description>",
               f"<guid>b</guid><title>T</title><link>{server}/page</link>")  # fmt: skip
    before = len(calls)
    first, second = read(data, tmp_path, OPEN)
    assert len(calls) == before
    assert isinstance(first, Article)
    assert first.text == REPORT
    assert isinstance(second, Skipped)
    assert second.reason == "no-article"


def test_links_of_a_local_feed_are_followed_on_demand(tmp_path: Path, server: str) -> None:
    data = rss(f"<guid>a</guid><link>{server}/page/a</link><description>Talks.</description>",
               "<guid>b</guid><link>/page/b</link>", "<guid>c</guid><link>file:///etc/hosts</link>")  # fmt: skip
    options = ReadOptions(allow_private=True, timeout=5, follow_links=True)
    first, second, third = read(data, tmp_path, options)
    assert isinstance(first, Article)
    assert (first.source_id, first.url) == ("a", f"{server}/page/a")
    assert MORE in first.text
    assert isinstance(second, Skipped)
    assert isinstance(third, Skipped)


def test_a_feed_from_the_web_is_followed_and_falls_back_on_summaries(server: str) -> None:
    one, two, three, four = read_inputs([f"{server}/feed"], OPEN)
    assert isinstance(one, Article)
    assert (one.source_id, one.url, one.title) == ("one", f"{server}/page/one", "Minister meets rebels")
    assert (one.publisher, one.published) == ("The Example Times", "2015-03-03")
    assert isinstance(two, Article)
    assert two.text == f"B\n\n{REPORT}"
    assert isinstance(three, Skipped)
    assert (three.reason, three.source) == ("not-found", f"{server}/feed!three")
    assert isinstance(four, Article)
    assert four.url == f"{server}/page/four"


def test_pages_in_a_private_network_are_not_fetched_for_a_feed(tmp_path: Path, server: str) -> None:
    before = len(calls)
    data = rss(f"<guid>a</guid><link>{server}/page/a</link>")
    (item,) = read(data, tmp_path, ReadOptions(follow_links=True, timeout=2))
    assert isinstance(item, Skipped)
    assert item.reason == "unreachable"
    assert len(calls) == before


def test_known_entries_are_not_read_again(tmp_path: Path) -> None:
    data = rss(*(f"<guid>{k}</guid><description>{REPORT}</description>" for k in "abc"))
    items = read(data, tmp_path, ReadOptions(seen=lambda source_id: source_id == "b"))
    assert [getattr(item, "reason", "article") for item in items] == ["article", "known", "article"]


def test_entries_without_an_id_are_numbered(tmp_path: Path) -> None:
    data = rss(*(f"<description>{REPORT}</description>" for _ in "ab"))
    assert [getattr(item, "source_id", None) for item in read(data, tmp_path)] == ["news-1", "news-2"]


ENTITIES = "".join(f'<!ENTITY e{k} "{f"&e{k - 1};" * 10 if k else "ha" * 10}">' for k in range(12))


@pytest.mark.parametrize(
    "data",
    [
        rss("<title>&e11;</title>", head=f"<!DOCTYPE rss [{ENTITIES}]>"),
        rss("<title>&e11;</title>", head=f"<!DOCTYPE rss [{ENTITIES}]>").decode().encode("utf-16"),
        rss("<title>&x;</title>", head='<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hosts">]>'),
        rss("<title>&x;</title>", head='<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1/x"> %x;]>'),
    ],
)
def test_entities_are_refused(data: bytes) -> None:
    found = parse_feed(data, None)
    assert isinstance(found, Skipped)
    assert found.reason == "unreadable"
    assert "entities" in found.detail


def test_an_external_definition_is_not_fetched(server: str) -> None:
    before = len(calls)
    feed(rss(f"<description>{REPORT}</description>", head=f'<!DOCTYPE rss SYSTEM "{server}/x.dtd">'))
    assert len(calls) == before


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (rss(), "empty"),
        (b"<rss", "unsupported"),
        (b"<rss ", "unreadable"),
        (b"<rss><channel><item><title>a", None),
        (b"<rss>" + b"<a>" * 90_000, "too-large"),
        (b"<rss> &" + b"<a>" * 90_000, "unreadable"),
        (b"<rss " + b" ".join(b'a%d="x"' % k for k in range(20_000)) + b"/>", "too-large"),
        (b"<rss> &<a " + b" ".join(b'a%d="x"' % k for k in range(20_000)), "unreadable"),
        (b"<rss>" + b"<a/>" * 600_000 + b"</rss>", "too-large"),
        (b"<rss>" + b"<item/>" * 20_000 + b"</rss>", "too-large"),
        (b"<rss>" + b"<a " * 300_000, "unreadable"),
        (b"<rss><channel>" + b"<item" * 50_000, None),
        (b"<rss>" + b"x" * 2_000_000, "unreadable"),
        (b"<?xml version='1.0'?><letter><to>Jane</to></letter>", "unsupported"),
        (b"<rss>" + b" " * 30_000_000 + b"</rss>", "too-large"),
    ],
)
def test_broken_and_foreign_feeds_are_refused_soon(tmp_path: Path, data: bytes, reason: str | None) -> None:
    begun = time.monotonic()
    items = read(data, tmp_path)
    assert time.monotonic() - begun < 10
    if reason:
        assert [getattr(item, "reason", "article") for item in items] == [reason]


def test_a_slightly_broken_feed_is_read(tmp_path: Path) -> None:
    data = rss(f"<guid>a</guid><title>Talks & truce</title><description>{REPORT}</description>")
    (item,) = read(data, tmp_path)
    assert isinstance(item, Article)
    assert item.title == "Talks & truce"


def test_a_feed_of_a_hundred_megabytes_is_refused_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "news.rss"
    with path.open("wb") as stream:
        stream.write(b"<rss><channel>")
        for _ in range(100):
            stream.write(b"<item><title>a</title></item>" * 35_000)
    tracemalloc.start()
    (item,) = read_inputs([str(path)])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(item, Skipped)
    assert item.reason == "too-large"
    assert peak < 5_000_000


def test_deeply_nested_markup_in_an_entry_does_no_harm() -> None:
    (entry,) = feed(rss(f"<description><![CDATA[{'<div>' * 50_000}{REPORT}]]></description>")).entries
    assert len(entry.text) <= len(REPORT)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: rss(text))), st.text(max_size=30))
def test_no_bytes_raise(data: bytes, url: str) -> None:
    assert isinstance(parse_feed(data, url), Feed | Skipped)
