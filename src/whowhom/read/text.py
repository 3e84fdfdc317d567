"""A text and what is known of it, to an `Article`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from whowhom.read.blocks import find_blocks
from whowhom.read.dates import date_in_url, parse_published
from whowhom.read.encoding import clean
from whowhom.read.furniture import publisher_of
from whowhom.read.language import is_english, language_of
from whowhom.read.options import ReadOptions
from whowhom.records import Article, Block, BlockKind, Skipped

DEFAULTS = ReadOptions()


def article_from_text(
    text: str,
    *,
    source_id: str,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    authors: Sequence[str] = (),
    published: str | None = None,
    language: str | None = None,
    options: ReadOptions = DEFAULTS,
    source: str | None = None,
    hints: Mapping[int, BlockKind] | None = None,
) -> Article | Skipped:
    """The article that `text` is, with its blocks; what is not given is read off its headline and furniture.

    A date that is given wins over one in the text, that one over `options.published`, and this over one in the address.
    Never raises: a text that is empty, too large, not English or nothing but furniture gives a `Skipped`.

    Args:
        text: the report, kept as it is.
        source_id: the id of the input.
        title: headline, where known; `url`, `publisher`, `authors`, `published` (any written date) likewise.
        language: the language that the input claims.
        options: limits and defaults.
        source: what to name in a `Skipped`; else the `source_id`.
        hints: kinds of paragraphs known from elsewhere, by the offset at which they start.
    """
    source = source or source_id
    text = clean(text)
    if len(text) > options.max_chars:
        return Skipped(
            source,
            "too-large",
            f"the text has {len(text):,} characters and a report may have {options.max_chars:,}: if it holds several"
            " reports, give them as JSONL, one a line",
        )
    if not text.strip():
        return Skipped(source, "empty", "there is no text in it")
    if not any(c.isalpha() for c in text):
        return Skipped(source, "no-article", "there is not one word in it")
    found_language = is_english(language) if language else None
    if options.language_check:
        code = "en" if found_language else language if language else language_of(text)
        if not is_english(code):
            how = "says that it is" if language else "seems to be"
            return Skipped(
                source,
                "not-english",
                f"the text {how} in the language {code!r}, and only English is read: translate it, or switch the check"
                " of the language off",
            )
    found = find_blocks(text, title, hints)
    blocks = found.blocks
    if not any(block.kind == "body" for block in blocks):
        blocks = _lone_headline(blocks)
    if not any(block.kind in ("body", "headline") for block in blocks):
        return Skipped(source, "no-article", "there is nothing in it but page furniture (bylines, links, credits)")
    url = url or found.url
    stated = parse_published(published) if published else None
    return Article(
        text=text,
        source_id=clean(source_id),
        title=clean(title) if title else found.title,
        url=url,
        publisher=publisher or (publisher_of(url) if url else None) or found.agency,
        authors=tuple(authors) or (*found.authors, *((found.agency,) if found.agency else ())),
        published=stated or found.published or options.published or (date_in_url(url) if url else None),
        language="en" if options.language_check or found_language else language,
        blocks=blocks,
    )


def _lone_headline(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """A text of headings alone has no body to head: its headings are the report."""
    return tuple(Block(block.start, block.end, "body") if block.kind == "subheading" else block for block in blocks)
