"""The article in a web page."""

from __future__ import annotations

from whowhom.read.html import article_from_html
from whowhom.read.options import ReadOptions
from whowhom.records import Article, Skipped

PARAGRAPHS = [
    "The minister met the rebels in the capital on Monday and promised them a new round of talks.",
    "The rebels said they would come if the army left the two border towns that it took in May.",
    "Neither side said how long the talks would last, and diplomats warned that the truce was fragile.",
]
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Minister meets rebels - Example Times</title>
<meta property="og:title" content="Minister meets rebels in capital">
<meta property="og:site_name" content="Example Times"><meta name="author" content="Jane Doe">
<meta property="article:published_time" content="2015-03-03T10:00:00Z">
<link rel="canonical" href="https://times.example.com/minister-meets-rebels">
</head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Minister meets rebels in capital</h1><p>QUITO (AP) — {PARAGRAPHS[0]}</p><h2>Border towns</h2>
<p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p></article><footer>Copyright 2015 Example Times</footer></body></html>"""


def read(data: bytes, url: str | None = None) -> Article | Skipped:
    """What a page gives."""
    return article_from_html(data, source_id="page", source="page.html", url=url, options=ReadOptions())


def test_a_page_gives_text_and_metadata() -> None:
    article = read(PAGE.encode())
    assert isinstance(article, Article)
    assert article.title == "Minister meets rebels in capital"
    assert article.authors == ("Jane Doe",)
    assert article.published == "2015-03-03"
    assert article.publisher == "Example Times"
    assert article.url == "https://times.example.com/minister-meets-rebels"
    assert all(paragraph in article.text for paragraph in PARAGRAPHS)
    assert "Home" not in article.text


def test_the_blocks_of_a_page_know_headings_and_dateline() -> None:
    article = read(PAGE.encode())
    assert isinstance(article, Article)
    found = [(block.kind, article.text[block.start : block.end]) for block in article.blocks]
    assert found[:3] == [
        ("headline", "Minister meets rebels in capital"),
        ("furniture", "QUITO (AP) —"),
        ("body", PARAGRAPHS[0]),
    ]
    assert ("subheading", "Border towns") in found


def test_a_page_in_another_encoding() -> None:
    page = PAGE.replace("utf-8", "windows-1252").replace("Jane Doe", "Zoë Doe")
    article = read(page.encode("windows-1252"))
    assert isinstance(article, Article)
    assert article.authors == ("Zoë Doe",)


def test_a_page_without_article_is_skipped() -> None:
    for data in (b"<html></html>", b"<html><body><a href='/a'>a</a></body></html>", b"<", b"<!DOCTYPE html>"):
        item = read(data)
        assert isinstance(item, Skipped)
        assert item.reason in ("no-article", "unreadable")
