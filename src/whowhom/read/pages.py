"""One page to its article, whatever it is written in: HTML, plain text or PDF."""

from __future__ import annotations

from whowhom.read.encoding import decode, what_binary
from whowhom.read.html import article_from_html, looks_like_html
from whowhom.read.options import ReadOptions
from whowhom.read.pdf import article_from_pdf
from whowhom.read.text import article_from_text
from whowhom.records import Article, Skipped

PAGE_KINDS = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/pdf"})


def article_from_page(
    data: bytes,
    kind: str,
    *,
    source_id: str,
    source: str,
    url: str | None = None,
    charset: str | None = None,
    options: ReadOptions,
) -> Article | Skipped:
    """The article of the page `data`, which the server calls `kind`; `Skipped` where there is none."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return Skipped(source, "empty", "there is nothing in it")
    if data.lstrip()[:5] == b"%PDF-":
        return article_from_pdf(data, source_id=source_id, source=source, url=url, options=options)
    binary = what_binary(data)
    if binary or kind == "application/pdf":
        return Skipped(source, "binary", f"the page says it is {kind or 'text'} and is {binary or 'none'}")
    text = decode(data, charset)
    if kind in ("text/html", "application/xhtml+xml") or looks_like_html(text):
        return article_from_html(data, source_id=source_id, source=source, url=url, charset=charset, options=options)
    return article_from_text(text, source_id=source_id, url=url, options=options, source=source)
