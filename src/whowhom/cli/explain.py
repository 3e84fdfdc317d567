"""One record with its sentence, the evidence marked, and what made it."""

from __future__ import annotations

import json
import re
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from whowhom.cli.screen import label
from whowhom.records import Document, Spans, _plain

_LISTS = {"e": "events", "s": "statements", "p": "pledges", "r": "relations", "o": "roles"}


def find_record(document: Document, which: str) -> Any:
    """The record that "3", "e3", "s1", "p2", "r1" or "o1" names, counted from 1 as on the screen.

    Raises:
        typer.BadParameter: the name is none of these forms, or the document has no such record.
    """
    match = re.fullmatch(r"([esproESPRO]?)(\d+)", which.strip())
    if match is None:
        raise typer.BadParameter(f"--explain takes 3, e3, s1, p1, r1 or o1 (got {which!r})")
    name = _LISTS[match[1].lower() or "e"]
    records = getattr(document, name)
    number = int(match[2])
    if not 1 <= number <= len(records):
        raise typer.BadParameter(f"{document.source_id} has {len(records)} {name}; there is no number {number}")
    return records[number - 1]


def explain_record(document: Document, which: str) -> None:
    """Print one record in full: its fields, each sentence of its evidence with the words marked, and its rule."""
    record = find_record(document, which)
    console = Console(highlight=False)
    console.print(Text(f"{document.source_id}: {type(record).__name__} {which}", style="bold"))
    people = {actor.id for actor in document.actors}
    for name, value in _plain(record).items():
        if name in ("evidence", "trigger", "content", "cue") or value in (None, [], {}, ""):
            continue
        if isinstance(value, list):
            shown = ", ".join(label(document, one) if one in people else str(one) for one in value)
        elif isinstance(value, dict):
            shown = json.dumps(value, ensure_ascii=False)
        else:
            shown = label(document, value) if value in people else str(value)
        console.print(Text(f"  {name:12} ", style="dim") + Text(shown))
    rule = getattr(record, "rule", "")
    if rule:
        console.print(Text("  made by      ", style="dim") + Text(rule))
    marks: Spans = tuple(
        span for name in ("trigger", "cue", "content") for span in getattr(record, name, ()) if span is not None
    )
    for start, end in record.evidence:
        console.print(Text(f"  [{start}, {end})", style="dim"))
        console.print(_marked(document, start, end, marks))


def _marked(document: Document, start: int, end: int, marks: Spans) -> Text:
    """The words of a span with the marked parts in brackets, reversed where the terminal has colour."""
    out = Text("    ")
    at = start
    for a, b in sorted(marks):
        a, b = max(a, at), min(b, end)
        if a >= b:
            continue
        out.append(document.text[at:a])
        out.append("[" + document.text[a:b] + "]", style="reverse")
        at = b
    out.append(document.text[at:end])
    return out
