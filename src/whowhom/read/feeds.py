"""RSS and Atom feeds by feedparser: the entries of one, and the article of each."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin

from whowhom.read.dates import iso_date, parse_published
from whowhom.read.encoding import clean, decode
from whowhom.read.fetch import fetch
from whowhom.read.furniture import publisher_of
from whowhom.read.options import ReadOptions
from whowhom.read.pages import article_from_page
from whowhom.read.text import article_from_text
from whowhom.records import Article, BlockKind, Skipped

MAX_ENTRIES = 10_000
FULL_TEXT = 600  # characters from which the text in a feed is taken for the whole report and not for a teaser
_LARGEST = 20_000_000
_LARGEST_ENTRY = 2_000_000  # characters of markup
# feedparser takes 0.2 ms an entry, and time by the square of the attributes of one element.
_MOST_ELEMENTS = 500_000
_MOST_ATTRIBUTES = 200
_DEEPEST = 200
# A feed that is no XML is read by a forgiving parser, which hostile input can hold up for far longer.
_LARGEST_BROKEN = 300_000
_LONG_TAG = re.compile(r"<[^<>]{20000,}")
_DECLARATION = re.compile(r"<\?xml[^>]{0,200}\?>")
_DECLARED = re.compile(rb"<\?xml[^>]{0,80}encoding\s*=\s*[\"']([\w.:-]{2,40})")
_ENTITY = re.compile(r"<!ENTITY\b")
_SPACES = re.compile(r"\s+")
_BLOCKS = frozenset(
    "p div section article blockquote li ul ol h1 h2 h3 h4 h5 h6 table tr figure figcaption header footer pre".split()
)
_UNREAD = frozenset("script style noscript template figcaption iframe svg form button".split())

_HEADLINE: Mapping[int, BlockKind] = {0: "headline"}
_NO_HINTS: Mapping[int, BlockKind] = {}


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed. `text` is its full text or else its summary, as paragraphs; `full` says which.

    `id` is unique within a feed that is well made; `url` is absolute; `published` an ISO date at the precision known;
    `publisher` whom the entry names as its source.
    """

    id: str
    title: str | None = None
    url: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    text: str = ""
    full: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed with its entries in their order."""

    title: str | None
    url: str | None
    language: str | None
    entries: tuple[FeedEntry, ...]


class _TooMuchError(Exception):
    """The feed is too large or too deep to be parsed in bounded time; its one argument says what it has too much of."""


def parse_feed(
    data: bytes, url: str | None, *, charset: str | None = None, source: str | None = None
) -> Feed | Skipped:
    """The feed in `data`, or why it is none that can be read. Never raises and calls no address.

    Args:
        data: the XML.
        url: where it came from, which its relative links go by; None where that is not known.
        charset: the encoding that the server names.
        source: what to name in a `Skipped`; else the `url`.
    """
    source = source or url or "feed"
    if len(data) > _LARGEST:
        return Skipped(source, "too-large", f"the feed has more than {_LARGEST:,} bytes: split it")
    declared = _DECLARED.search(data[:400])
    text = decode(data, charset or (declared[1].decode("ascii") if declared else None))
    if _ENTITY.search(text):
        return Skipped(
            source, "unreadable", "the feed declares XML entities, which can blow it up beyond measure: take them out"
        )
    text = _DECLARATION.sub("", text, count=1).lstrip("\ufeff \t\r\n")
    try:
        problem = _xml_problem(text)
    except _TooMuchError as error:
        return Skipped(source, "too-large", f"the feed has {error}: split it")
    if problem and (len(text) > _LARGEST_BROKEN or _LONG_TAG.search(text)):
        return Skipped(source, "unreadable", f"the feed is no well-formed XML ({problem})")
    try:
        parsed = _parse(text, url)
        entries = parsed.entries
        if not entries and problem:
            return Skipped(source, "unreadable", f"the feed is no well-formed XML ({problem})")
        if not entries and not parsed.version:
            return Skipped(source, "unsupported", "this XML is no RSS or Atom feed")
        base = _address(parsed.feed.get("link"), url) or url
        found = Feed(
            title=_plain(parsed.feed.get("title")),
            url=base,
            language=_plain(parsed.feed.get("language")),
            entries=tuple(_entry(one, k, base) for k, one in enumerate(entries, start=1)),
        )
    except Exception as error:  # feedparser raises many kinds on odd dates, addresses and markup
        return Skipped(source, "unreadable", f"the feed cannot be parsed ({type(error).__name__}: {error})")
    return found


def _xml_problem(text: str) -> str | None:
    """Why `text` is no well-formed XML; None where it is. Raises `_TooMuchError` for what would take too long."""
    from xml.parsers import expat

    elements = entries = depth = 0

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal elements, entries, depth
        elements += 1
        depth += 1
        entries += name.rpartition(":")[2] in ("item", "entry")
        if entries > MAX_ENTRIES:
            raise _TooMuchError(f"more than {MAX_ENTRIES:,} entries")
        if elements > _MOST_ELEMENTS:
            raise _TooMuchError(f"more than {_MOST_ELEMENTS:,} elements")
        if len(attributes) > _MOST_ATTRIBUTES:
            raise _TooMuchError(f"an element with more than {_MOST_ATTRIBUTES} attributes")
        if depth > _DEEPEST:
            raise _TooMuchError(f"elements nested more than {_DEEPEST} deep")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(text.encode(errors="replace"), True)
    except expat.ExpatError as error:
        return str(error)
    return None


def _parse(text: str, url: str | None) -> Any:
    import io

    import feedparser  # type: ignore[import-untyped]

    headers = {"content-type": "application/xml; charset=utf-8"}
    if url:
        headers["content-location"] = url
    # Markup is reduced to its words below, so that neither cleaning nor the links in it are needed. A stream is given,
    # for a plain value could be taken for an address.
    return feedparser.parse(
        io.BytesIO(text.encode(errors="replace")),
        response_headers=headers,
        resolve_relative_uris=False,
        sanitize_html=False,
    )


def _entry(entry: Mapping[str, Any], number: int, base: str | None) -> FeedEntry:
    url = _address(entry.get("link"), base)
    full = max((_words_of(one) for one in entry.get("content") or ()), key=len, default="")
    summary = _words_of(entry.get("summary_detail") or {"value": entry.get("summary") or ""})
    text = max(full, summary, key=len)
    return FeedEntry(
        id=clean(str(entry.get("id") or url or f"entry-{number}").strip()),
        title=_plain(entry.get("title")),
        url=url,
        published=_published(entry),
        authors=_authors(entry),
        publisher=_plain((entry.get("source") or {}).get("title")),
        text=text,
        full=len(text) >= FULL_TEXT,
    )


def _plain(value: Any) -> str | None:
    """A short field on one line and without markup; None where it is empty."""
    words = _text_of(value) if isinstance(value, str) and ("<" in value or "&" in value) else str(value or "")
    return _SPACES.sub(" ", clean(words)).strip() or None


def _words_of(content: Mapping[str, Any]) -> str:
    value = str(content.get("value") or "")[:_LARGEST_ENTRY]
    if content.get("type") == "text/plain" and "<" not in value:
        return value.strip()
    return _text_of(value)


def _text_of(markup: str) -> str:
    """The paragraphs of a piece of HTML, apart by blank lines, without scripts and captions."""
    if not markup.strip():
        return ""
    from lxml import etree, html  # type: ignore[import-untyped]

    try:
        root = html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, ValueError):
        return ""
    parts: list[str] = []
    skipped = None
    # An explicit walk: markup can be nested deeper than Python may recurse.
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if skipped is None and tag in _UNREAD:
                skipped = element
            if tag in _BLOCKS:
                parts.append("\n\n")
            elif tag == "br":
                parts.append("\n")
            if skipped is None and element.text:
                parts.append(_SPACES.sub(" ", element.text))
        else:
            if skipped is element:
                skipped = None
            if tag in _BLOCKS:
                parts.append("\n\n")
            if skipped is None and element.tail and element is not root:
                parts.append(_SPACES.sub(" ", element.tail))
    paragraphs = (_SPACES.sub(" ", one).strip() for one in re.split(r"\n\s*\n", "".join(parts)))
    return "\n\n".join(one for one in paragraphs if one)


def _published(entry: Mapping[str, Any]) -> str | None:
    """The day of an entry, as written where that is clear: its time zone may make it another one in UTC."""
    for name in ("published", "updated"):
        if name not in entry:
            continue
        written = parse_published(str(entry[name]))
        if written:
            return written
        moment = entry.get(f"{name}_parsed")
        if isinstance(moment, time.struct_time):
            return iso_date(moment.tm_year, moment.tm_mon, moment.tm_mday)
    return None


def _authors(entry: Mapping[str, Any]) -> tuple[str, ...]:
    names = [_plain(one.get("name")) for one in entry.get("authors") or ()] or [_plain(entry.get("author"))]
    return tuple(dict.fromkeys(name for name in names if name))[:20]


def _address(link: Any, base: str | None) -> str | None:
    """The absolute http or https address of a link; None where it has none."""
    if not isinstance(link, str) or not link.strip():
        return None
    try:
        address = urljoin(base or "", link.strip())
    except ValueError:
        return None
    return address if address.lower().startswith(("http://", "https://")) else None


def read_feed(
    data: bytes,
    *,
    source: str,
    stem: str,
    url: str | None = None,
    charset: str | None = None,
    options: ReadOptions,
) -> Iterator[Article | Skipped]:
    """Yield the article of each entry of a feed, in order, or a `Skipped`.

    1. The full text in the feed where it has one.
    2. Else the page that the entry links to, where links are followed (see `ReadOptions.follow_links`).
    3. Else, or where that page gives no article, the summary.

    Args:
        data: the XML.
        source: what to name in a `Skipped`.
        stem: the beginning of ids of entries that have none.
        url: the address that the feed came from; None for a file.
        charset: the encoding that the server names.
        options: limits and defaults.
    """
    feed = parse_feed(data, url, charset=charset, source=source)
    if isinstance(feed, Skipped):
        yield feed
        return
    follow = options.follow_links if options.follow_links is not None else url is not None
    for number, entry in enumerate(feed.entries, start=1):
        if entry.id == f"entry-{number}":
            entry = replace(entry, id=f"{stem}-{number}")
        yield article_from_entry(entry, feed, source=f"{source}!{entry.id}", follow=follow, options=options)
    if not feed.entries:
        yield Skipped(source, "empty", "the feed has no entries")


def article_from_entry(
    entry: FeedEntry, feed: Feed, *, source: str, follow: bool, options: ReadOptions
) -> Article | Skipped:
    """The article of one entry of `feed`; the page behind it is fetched where `follow` is set and nothing else is full.

    What a page says of itself wins over what the feed says of it.
    """
    if options.seen is not None and options.seen(entry.id):
        return Skipped(source, "known", f"the entry {entry.id} was read before")
    page: Article | Skipped | None = None
    if follow and not entry.full and entry.url:
        page = _linked_page(entry, entry.url, feed, source, options)
        if isinstance(page, Article):
            return page
    if not entry.text:
        return page or Skipped(
            source, "no-article", "the entry has no text, and its link is not followed: give the address of its page"
        )
    text, hints = entry.text, _NO_HINTS
    if entry.title and not entry.text.casefold().startswith(entry.title.casefold()):
        text, hints = f"{entry.title}\n\n{entry.text}", _HEADLINE
    return article_from_text(
        text,
        source_id=entry.id,
        title=entry.title,
        url=entry.url,
        publisher=_publisher(entry, feed, entry.url, None),
        authors=entry.authors,
        published=entry.published,
        options=options,
        source=source,
        hints=hints,
    )


def _linked_page(entry: FeedEntry, url: str, feed: Feed, source: str, options: ReadOptions) -> Article | Skipped:
    fetched = fetch(url, options)
    if isinstance(fetched, Skipped):
        return replace(fetched, source=source)
    # The date of the feed goes before a date that the user gives for texts that have none.
    dated = replace(options, published=entry.published or options.published)
    page = article_from_page(
        fetched.data,
        fetched.content_type,
        source_id=entry.id,
        source=source,
        url=fetched.url,
        charset=fetched.charset,
        options=dated,
    )
    if isinstance(page, Skipped):
        return page
    return replace(
        page,
        title=page.title or entry.title,
        authors=page.authors or entry.authors,
        publisher=_publisher(entry, feed, page.url, page.publisher),
    )


def _publisher(entry: FeedEntry, feed: Feed, url: str | None, known: str | None) -> str | None:
    """The name that a page has for its outlet, else that of its host where it is well known, else the feed's."""
    host = publisher_of(url) if url else None
    # A page that has no name for its outlet is given the address of its host, with the port.
    if known and known != host and known.partition(":")[0] != host:
        return known
    return host if host and "." not in host else entry.publisher or feed.title or host
