"""What a user names as feeds, to their addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

from whowhom.read.encoding import decode
from whowhom.records import Skipped

_LARGEST = 10_000_000
_ENTITY = re.compile(r"<!ENTITY\b")
_DECLARATION = re.compile(r"<\?xml[^>]{0,200}\?>")


def read_addresses(inputs: Iterable[str]) -> tuple[list[str], list[Skipped]]:
    """The addresses of feeds, each once and in order, and what gave none.

    Args:
        inputs: http and https addresses, files with one address a line (`#` begins a comment), OPML files.
    """
    found: dict[str, None] = {}
    bad: list[Skipped] = []
    for one in inputs:
        for item in _read(one):
            if isinstance(item, Skipped):
                bad.append(item)
            else:
                found[item] = None
    return list(found), bad


def _read(one: str) -> Iterator[str | Skipped]:
    path = Path(one).expanduser()
    try:
        if "://" in one and not path.exists():
            yield _checked(one, one)
            return
        if not path.is_file():
            yield Skipped(
                one, "not-found", f"{one!r} is no file here and no http or https address: check how it is written"
            )
            return
        if path.stat().st_size > _LARGEST:
            yield Skipped(one, "too-large", f"a list of feeds may have {_LARGEST:,} bytes: split it")
            return
        text = decode(path.read_bytes())
    except (OSError, ValueError) as error:
        yield Skipped(one, "unreadable", f"the file cannot be read ({error})")
        return
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        yield from _outlines(text, one)
    else:
        yield from _lines(text, one)


def _lines(text: str, name: str) -> Iterator[str | Skipped]:
    any_ = False
    for number, line in enumerate(text.splitlines(), start=1):
        # A # within an address begins a fragment; a comment stands alone or after a space.
        address = re.split(r"(?:^|\s)#", line, maxsplit=1)[0].strip()
        if address:
            any_ = True
            yield _checked(address, f"{name}, line {number}")
    if not any_:
        yield Skipped(name, "empty", "the file names no feed: write one address a line")


def _outlines(text: str, name: str) -> Iterator[str | Skipped]:
    """The addresses in an OPML file, however deep its outlines are nested."""
    from lxml import etree  # type: ignore[import-untyped]

    if _ENTITY.search(text):
        yield Skipped(
            name, "unreadable", "the file declares XML entities, which can blow it up beyond measure: take them out"
        )
        return
    text = _DECLARATION.sub("", text, count=1).lstrip("\ufeff \t\r\n")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode(errors="replace"), parser)
    except etree.XMLSyntaxError as error:
        yield Skipped(name, "unreadable", f"the file is no well-formed XML ({error})")
        return
    if etree.QName(root).localname.lower() != "opml":
        yield Skipped(name, "unsupported", "this XML is no OPML; a feed is named by its address")
        return
    any_ = False
    for element in root.iter("{*}outline"):
        attributes = {str(key).lower(): str(value).strip() for key, value in element.attrib.items()}
        address = attributes.get("xmlurl")
        if address:
            any_ = True
            yield _checked(address, f"{name}, line {element.sourceline}")
    if not any_:
        yield Skipped(name, "empty", "the OPML names no feed: its outlines have no xmlUrl")


def _checked(address: str, where: str) -> str | Skipped:
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        return Skipped(where, "unsupported", f"{address!r} is no web address ({error})")
    if parts.scheme.lower() not in ("http", "https") or not host or re.search(r"\s", address):
        return Skipped(where, "unsupported", f"{address!r} is no http or https address")
    if "@" in parts.netloc:
        return Skipped(where, "unsupported", f"the address at {host} has a name or password in it, which is not sent")
    return urldefrag(address).url
