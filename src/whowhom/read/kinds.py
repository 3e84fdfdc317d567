"""The kinds of files that are read, by the ends of their names and by their first bytes."""

from __future__ import annotations

import re
from typing import Literal

TEXT = frozenset({".txt", ".text", ".md", ".markdown", ".mdown", ""})
MARKDOWN = frozenset({".md", ".markdown", ".mdown"})
HTML = frozenset({".html", ".htm", ".xhtml"})
LINES = frozenset({".jsonl", ".ndjson"})
FEEDS = frozenset({".rss", ".atom", ".xml"})
ARCHIVES = frozenset({".gz", ".zip", ".warc"})
KNOWN = TEXT | HTML | LINES | FEEDS | ARCHIVES | {".json", ".pdf"}
FORMS = "text, Markdown, HTML, PDF, JSON, JSONL, RSS, Atom or WARC, plain or in .gz and .zip"

ArchiveKind = Literal["gzip", "zip", "warc"]

# Kinds of content as servers name them, and the file names that go with them.
_CONTENT = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/json": ".json",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/rdf+xml": ".rss",
    "application/warc": ".warc",
}
_FEED = re.compile(r"(?:<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>|<\?[^>]*\?>|\s)*<(?:rss|feed|rdf:RDF)[\s>]", re.DOTALL)
_SNIFFED = 4096


def suffix_of_content(kind: str) -> str:
    """The end of a file name for a content type; "" where its looks must tell."""
    return _CONTENT.get(kind, "")


def archive_kind(head: bytes, suffix: str) -> ArchiveKind | None:
    """What packs an input that begins with `head`, by its first bytes or else its name; None where nothing does."""
    if head.startswith(b"\x1f\x8b") or suffix == ".gz":
        return "gzip"
    if suffix == ".zip" or (head.startswith((b"PK\x03\x04", b"PK\x05\x06")) and suffix in KNOWN):
        return "zip"
    if head.startswith((b"WARC/0.", b"WARC/1.")) or suffix == ".warc":
        return "warc"
    return None


def looks_like_feed(text: str) -> bool:
    """Whether text of unknown kind is an RSS or Atom feed."""
    opening = text[:_SNIFFED].lstrip("\ufeff \t\r\n")
    return opening.startswith("<") and bool(_FEED.match(opening))
