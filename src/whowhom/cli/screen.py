"""The screen view of a coded report: what a person wants to read first, in colour where the terminal has it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from whowhom.records import Document, Event, Magnitude, Pledge, Spans

QUAD_STYLE = {
    "verbal cooperation": "cyan",
    "material cooperation": "green",
    "verbal conflict": "yellow",
    "material conflict": "red",
}
_STATUS_NOTE = {
    "planned": "planned",
    "hypothetical": "possible",
    "negated": "did NOT happen",
    "historical": "background",
    "occurred": "",
}


def show_document(document: Document) -> None:
    """Print a document's records: events by date, then statements, pledges, relations and people."""
    console = Console(highlight=False, soft_wrap=False)
    width = min(console.width, 120)
    for line in document_lines(document, width):
        console.print(line, no_wrap=True, overflow="ignore", crop=False)


def document_lines(document: Document, width: int = 100) -> Iterator[Text]:
    """The lines of the screen view, each at most `width` columns where its words allow."""
    yield Text(" ".join((document.title or document.source_id).split()), style="bold")
    about = [document.published or "undated", document.publisher, ", ".join(document.authors), document.url]
    yield Text(" · ".join(one for one in about if one), style="dim")
    yield from _events(document, width)
    yield from _statements(document, width)
    yield from _pledges(document, width)
    yield from _relations(document)
    yield from _people(document)
    yield Text("")


def _heading(words: str, count: int) -> Iterator[Text]:
    yield Text("")
    yield Text(f"{words} ({count})", style="bold underline")


def names(document: Document, ids: tuple[str, ...]) -> str:
    """The names of actors, joined by commas; an empty side is a dash."""
    return ", ".join(document.actor(one).name for one in ids) or "–"


def label(document: Document, actor_id: str) -> str:
    """An actor's name with its country and sector: "Sergey Lavrov (RUS GOV)"."""
    actor = document.actor(actor_id)
    codes = " ".join(code for code in (actor.country, actor.sector) if code)
    return f"{actor.name} ({codes})" if codes else actor.name


def words(document: Document, spans: Spans) -> str:
    """The report's words at some spans, on one line; a gap between spans is an ellipsis."""
    return " … ".join(" ".join(document.text[start:end].split()) for start, end in spans)


def amount(name: str, value: Magnitude) -> str:
    """A magnitude for the screen: "killed 3", "money 1,500,000,000 USD", "detained at least 500"."""
    if value.low is not None and value.low == value.high:
        number = f"{value.low:,.0f}" if value.low == int(value.low) else f"{value.low:,}"
    elif value.high is None and value.low is not None:
        number = f"at least {value.low:,.0f}"
    elif value.low is None and value.high is not None:
        number = f"up to {value.high:,.0f}"
    elif value.low is not None and value.high is not None:
        number = f"{value.low:,.0f} to {value.high:,.0f}"
    else:
        number = value.text
    return f"{name} {number}" + (f" {value.currency}" if value.currency else "")


def _events(document: Document, width: int) -> Iterator[Text]:
    if not document.events:
        return
    yield from _heading("Events", len(document.events))
    numbered = list(enumerate(document.events, start=1))
    last: str | None = None
    for number, event in sorted(numbered, key=lambda pair: (pair[1].start or "9999", pair[0])):
        date = event.start or "no date given"
        if date != last:
            yield Text(f"  {date}", style="bold")
            last = date
        yield _event(document, number, event)
        yield from _quoted(words(document, event.evidence[:1]), width)


def _event(document: Document, number: int, event: Event) -> Text:
    kind = event.type + (f"/{event.mode}" if event.mode else "")
    line = Text(f"  {number:3} ")
    line.append(f"{kind:22}", style=QUAD_STYLE[event.derived.quad])
    line.append(" " + names(document, event.actors), style="bold")
    line.append(" -> " + names(document, event.recipients))
    notes = [_STATUS_NOTE[event.status]]
    if event.reported_by:
        notes.append(f"says {document.actor(event.reported_by).name}")
    if event.end:
        notes.append(f"until {event.end}")
    if event.place:
        notes.append("in " + ", ".join(x for x in (event.place.name, event.place.country) if x))
    notes.extend(amount(name, value) for name, value in event.magnitude.items())
    notes.append(f"{event.confidence:.2f}")
    line.append("  [" + "; ".join(note for note in notes if note) + "]", style="dim")
    return line


def _quoted(sentence: str, width: int) -> Iterator[Text]:
    for line in textwrap.wrap(sentence, max(40, width - 8)):
        yield Text("        " + line, style="dim italic")


def _statements(document: Document, width: int) -> Iterator[Text]:
    if not document.statements:
        return
    yield from _heading("Statements", len(document.statements))
    for number, one in enumerate(document.statements, start=1):
        line = Text(f"  s{number:<3}")
        line.append(document.actor(one.speaker).name if one.speaker else "somebody", style="bold")
        if one.addressee:
            line.append(f" to {document.actor(one.addressee).name}")
        line.append(f"  [{one.kind}{'; ' + one.date if one.date else ''}]", style="dim")
        yield line
        said = words(document, one.content)
        yield from _quoted(f"“{said}”" if one.kind == "direct" else said, width)


def _pledges(document: Document, width: int) -> Iterator[Text]:
    if not document.pledges:
        return
    yield from _heading("Pledges", len(document.pledges))
    for number, pledge in enumerate(document.pledges, start=1):
        yield _pledge(document, number, pledge)
        yield from _quoted(words(document, pledge.evidence[:1]), width)


def _pledge(document: Document, number: int, pledge: Pledge) -> Text:
    line = Text(f"  p{number:<3}")
    line.append(f"{pledge.kind} {pledge.status}", style="magenta")
    line.append(f"  {names(document, pledge.promiser)}", style="bold")
    line.append(f" -> {names(document, pledge.beneficiary)}: {pledge.what}")
    if pledge.amount is not None:
        line.append(f"  [{pledge.amount:,.0f} {pledge.currency or ''}]", style="dim")
    return line


def _relations(document: Document) -> Iterator[Text]:
    if not document.relations:
        return
    yield from _heading("Relations", len(document.relations))
    for number, one in enumerate(document.relations, start=1):
        line = Text(f"  r{number:<3}")
        line.append(document.actor(one.subject).name, style="bold")
        line.append(f" {one.predicate.replace('_', ' ')} ")
        line.append(" ".join(x for x in (document.actor(one.object).name if one.object else "", one.value or "") if x))
        yield line


def _people(document: Document) -> Iterator[Text]:
    if not document.actors:
        return
    offices: dict[str, list[str]] = {}
    for number, role in enumerate(document.roles, start=1):
        offices.setdefault(role.actor, []).append(f"{role.title} (o{number})")
    yield from _heading("People and organisations", len(document.actors))
    for actor in document.actors:
        line = Text("      ")
        line.append(label(document, actor.id), style="bold" if actor.kind == "person" else "")
        if actor.id in offices:
            line.append(": " + "; ".join(offices[actor.id]))
        yield line
