"""One record with its sentences, the evidence marked, and what made it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

import typer
from rich.text import Text

from whowhom.cli.wording import Names, amount, console, hang, number, plain, show, where, width_of
from whowhom.records import Derived, Document, Magnitude, Place, Span, Spans

_LISTS = {"e": "events", "s": "statements", "p": "pledges", "r": "relations", "o": "roles"}
_SPANS = frozenset({"trigger", "cue", "content", "evidence", "rule"})
_QUOTED = ("what", "title", "value")
_LABEL = 13


@dataclass(frozen=True, slots=True)
class Wish:
    """Which record is asked for: the `number`th of the document's list `records`, in the report `source` if named."""

    source: str | None
    records: str
    number: int


def parse_wish(which: str) -> Wish:
    """The record that "3", "e3", "s1", "p2", "r1" or "o1" names, counted from 1 as on the screen, or "report:e3".

    Raises:
        typer.BadParameter: it has none of these forms.
    """
    source, _, name = which.strip().rpartition(":")
    match = re.fullmatch(r"([esproESPRO]?)([0-9]{1,9})", name)
    if match is None or int(match[2]) == 0:
        raise typer.BadParameter(
            f"{which!r} names no record; write 3 or e3 (event 3), s1, p1, r1, o1, or REPORT:e3",
            param_hint="--explain",
        )
    return Wish(source or None, _LISTS[match[1].lower() or "e"], int(match[2]))


def find_record(document: Document, wish: Wish) -> Any:
    """The record asked for, None where the document has none such."""
    if wish.source not in (None, document.source_id):
        return None
    records = getattr(document, wish.records)
    return records[wish.number - 1] if wish.number <= len(records) else None


def explain_first(documents: Iterable[Document], which: str) -> tuple[bool, str]:
    """Print the record in full from the first document that has it; the documents after that are not coded.

    Returns whether one had it, and what the documents seen have instead, for a message.
    """
    wish = parse_wish(which)
    seen = []
    for document in documents:
        record = find_record(document, wish)
        if record is not None:
            out = console()
            show(out, record_lines(document, wish, width_of(out)))
            return True, ""
        seen.append(f"{document.source_id} has {len(getattr(document, wish.records))} {wish.records}")
    return False, "; ".join(seen[:5]) + (f"; and {len(seen) - 5} more reports" if len(seen) > 5 else "")


def record_lines(document: Document, wish: Wish, width: int = 100) -> Iterator[Text]:
    """A record's fields, what made it, and each sentence of its evidence with the words that it rests on marked.

    The document must have the record.
    """
    record = find_record(document, wish)
    heading = f"{type(record).__name__} {wish.number} of {document.source_id}"
    about = " · ".join(plain(one) for one in (document.title, document.published) if one)
    yield Text(heading, style="bold")
    if about:
        yield from hang(Text(about, style="dim"), width, 0)
    yield Text("")
    for name, value in _shown(record, Names(document)):
        yield from _field(name.replace("_", " "), value, width)
    yield from _field("made by", _maker(record), width)
    marks = _marks(document, record)
    for start, end in record.evidence:
        yield Text("")
        yield Text(f"  text[{start}:{end}]", style="dim")
        for piece in hang(_marked(document, (start, end), marks), width - 4, 0):
            yield Text("    ") + piece


def _field(name: str, value: str, width: int) -> Iterator[Text]:
    yield from hang(Text(f"  {name:{_LABEL}} ", style="dim") + Text(value, style="none"), width, _LABEL + 3)


def _maker(record: Any) -> str:
    rule = getattr(record, "rule", "")
    return (
        f"rule {plain(rule)}" if rule else "rule: a title beside a name" if hasattr(record, "title") else "not recorded"
    )


def _shown(record: Any, who: Names) -> Iterator[tuple[str, str]]:
    for one in fields(record):
        value = getattr(record, one.name)
        if one.name not in _SPANS and value not in (None, (), {}, ""):
            yield one.name, _put(value, who)


def _put(value: Any, who: Names) -> str:
    if isinstance(value, Place):
        place = where(value)
        if value.lat is not None and value.lon is not None:
            place += f" ({value.lat:.3f}, {value.lon:.3f})"
        return place + (f", GeoNames {value.geonames_id}" if value.geonames_id is not None else "")
    if isinstance(value, Derived):
        return f"CAMEO {value.cameo}; {value.quad}; score {value.goldstein:g}"
    if isinstance(value, dict):
        return "; ".join(_magnitude(name, one) for name, one in value.items())
    if isinstance(value, tuple):
        return ", ".join(_put(one, who) for one in value)
    if isinstance(value, str):
        return who.label(value) if value in who else plain(value)
    return number(value) if isinstance(value, int | float) else str(value)


def _magnitude(name: str, value: Magnitude) -> str:
    words = amount(name, value)
    return f"{words} (“{plain(value.text)}”)" if value.text and value.text != words else words


def _marks(document: Document, record: Any) -> Spans:
    """The words that a record rests on: those that it names, and those it quotes where they stand in its evidence."""
    out = [span for name in ("trigger", "cue", "content") for span in getattr(record, name, ())]
    for words in (getattr(record, name, None) or "" for name in _QUOTED):
        for start, end in record.evidence if words else ():
            at = document.text.find(words, start, end)
            if at >= 0:
                out.append((at, at + len(words)))
                break
    return tuple(sorted(out))


def _marked(document: Document, span: Span, marks: Spans) -> Text:
    """The words of a span on one line, the marked ones in brackets, reversed where the terminal has colour."""
    out = Text()
    at, end = span

    def add(to: int, style: str = "", left: str = "", right: str = "") -> None:
        words = document.text[at:to]
        lead = " " if words[:1].isspace() else ""
        tail = " " if words[-1:].isspace() and plain(words) else ""
        out.append(lead)
        out.append(left + plain(words) + right, style=style)
        out.append(tail)

    for a, b in marks:
        a, b = max(a, at), min(b, end)
        if a >= b:
            continue
        add(a)
        at = a
        add(b, "reverse", "[", "]")
        at = b
    add(end)
    return out
