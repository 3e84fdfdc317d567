"""Web pages: the article in them and what their metadata say of it, by trafilatura."""

from __future__ import annotations

import re
from typing import Any

from whowhom.read.byline import names_in
from whowhom.read.dates import date_in_url, parse_published
from whowhom.read.encoding import decode
from whowhom.read.furniture import DATE, publisher_of
from whowhom.read.options import ReadOptions
from whowhom.read.text import article_from_text
from whowhom.records import Article, BlockKind, Skipped

_CHARSET = re.compile(
    rb"(?i)<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,80}encoding=[\"']([\w.:-]{2,40})"
)
_TAG = re.compile(r"(?i)<(?:!doctype html|html|head|body|article|div|meta|title)\b")
_TITLE_BREAK = re.compile(r"\s+[-–—|:·•»]\s+")
_DATE = re.compile(DATE)
_FEWEST_WORDS = 8


def looks_like_html(text: str) -> bool:
    """Whether text of unknown kind is a web page."""
    opening = text[:2000].lstrip("\ufeff \t\r\n")
    return opening.startswith("<") and not opening.startswith("<http") and bool(_TAG.search(opening))


def article_from_html(
    data: bytes,
    *,
    source_id: str,
    source: str,
    url: str | None = None,
    charset: str | None = None,
    options: ReadOptions,
) -> Article | Skipped:
    """The article in the page `data`; `Skipped` where there is none."""
    declared = _CHARSET.search(data[:4096])
    if declared:
        charset = charset or (declared[1] or declared[2]).decode("ascii", errors="ignore")
    try:
        page = _extract(decode(data, charset), url)
    except Exception as error:  # trafilatura and lxml raise many kinds on broken pages
        return Skipped(source, "unreadable", f"the page cannot be parsed ({type(error).__name__}: {error})")
    if page is None:
        return Skipped(
            source, "no-article", "no article was found in the page: a front page, a list, or text that a script loads"
        )
    title = _title(page)
    text, hints = _text_of(page, title)
    if len(text.split()) < _FEWEST_WORDS:
        return Skipped(source, "no-article", "the page has no running text: a front page, a list, or a video")
    address = page.url if page.url and page.url.startswith(("http://", "https://")) else None
    return article_from_text(
        text,
        source_id=source_id,
        title=title or None,
        url=url or address,
        publisher=_publisher(page, url or address),
        authors=_authors(page.author),
        published=_published(page.date, url or address),
        options=options,
        source=source,
        hints=hints,
    )


def _extract(text: str, url: str | None) -> Any:
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    # Precision first; a page in which so little is sure gets a second, less strict look.
    for strict in (True, False):
        page = trafilatura.bare_extraction(
            text, url=url, with_metadata=True, include_comments=False, include_tables=False, favor_precision=strict,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )  # fmt: skip
        if page is not None:
            return page
    return None


def _title(page: Any) -> str:
    """The headline of a page, without the name of the site before or after it."""
    title = " ".join((page.title or "").split())
    site = _letters(page.sitename or "")
    host = _letters((page.hostname or "").removeprefix("www.").rpartition(".")[0])
    for match in _TITLE_BREAK.finditer(title):
        before, after = title[: match.start()], title[match.end() :]
        for name, rest in ((after, before), (before, after)):
            letters = _letters(name)
            if letters and (letters in (site, host) or letters == host.removeprefix("the")) and len(rest.split()) >= 3:
                return rest
    return title


def _letters(words: str) -> str:
    return "".join(c for c in words.casefold() if c.isalnum())


def _text_of(page: Any, title: str) -> tuple[str, dict[int, BlockKind]]:
    """The title and the paragraphs of an extracted page, and which of these are headings, by offset."""
    parts: list[tuple[str, BlockKind | None]] = []
    if title:
        parts.append((title, "headline"))
    body = page.body
    if body is not None and len(body):
        for element in body.iter("p", "head", "item", "quote", "hi", "ab"):
            if element.tag == "hi" and element.getparent() is not body:
                continue
            if element.tag == "quote" and element.find(".//p") is not None:
                continue
            if any(parent.tag in ("p", "head", "item") for parent in element.iterancestors()):
                continue
            words = " ".join("".join(element.itertext()).split())
            parts.append((words, "subheading" if element.tag == "head" else None))
    if len(parts) <= 1:
        parts.extend((line.strip(), None) for line in (page.text or "").splitlines())
    text = ""
    hints: dict[int, BlockKind] = {}
    for words, kind in parts:
        if not words or (text and words.casefold() == title.casefold()):
            continue
        if text:
            text += "\n\n"
        if kind:
            hints[len(text)] = kind
        text += words
    return text, hints


def _authors(author: str | None) -> tuple[str, ...]:
    persons, agency = names_in(_DATE.sub("", author)) if author else ((), None)
    return persons or ((agency,) if agency else ())


def _publisher(page: Any, url: str | None) -> str | None:
    known = publisher_of(url) if url else None
    sitename = (page.sitename or "").lstrip("@").strip()
    # A host's well-known name first, then the name that the page gives itself, then the bare host.
    if known and "." not in known:
        return known
    return sitename or known


def _published(date: str | None, url: str | None) -> str | None:
    return (date_in_url(url) if url else None) or (parse_published(date) if date else None)
