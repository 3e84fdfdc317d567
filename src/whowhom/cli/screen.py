"""The screen view of a coded report: what a person wants to read first, in colour where the terminal has it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.text import Text

from whowhom.cli.wording import Names, amount, console, day, hang, label, number, plain, quoted, show, where, width_of
from whowhom.cli.wording import words_at as words
from whowhom.records import Document, Event, Pledge, Relation, Role, Statement

QUAD_STYLE = {
    "verbal cooperation": "cyan",
    "material cooperation": "green",
    "verbal conflict": "yellow",
    "material conflict": "red",
}
STATUS_NOTE = {
    "occurred": "",
    "planned": "planned",
    "hypothetical": "possible",
    "negated": "did NOT happen",
    "historical": "background",
}
_UNDATED = "no date given"
_INDENT = 7
_WIDE = 72  # from this width on, the parties of all events begin in one column


def show_document(document: Document) -> None:
    """Print a document's records: events by date, then statements, pledges, relations and people."""
    out = console()
    show(out, document_lines(document, width_of(out)))


def document_lines(document: Document, width: int = 100) -> Iterator[Text]:
    """The lines of the screen view, each at most `width` columns unless a single word is longer."""
    yield from hang(Text(plain(document.title or document.source_id), style="bold"), width, 0)
    about = [document.published or "undated", document.publisher, ", ".join(document.authors), document.url]
    yield from hang(Text(" · ".join(plain(one) for one in about if one), style="dim"), width, 2)
    who = Names(document)
    yield from _events(document, who, width)
    yield from _statements(document, who, width)
    yield from _pledges(document, who, width)
    yield from _relations(document, who, width)
    yield from _people(document, width)
    if not (document.events or document.statements or document.pledges or document.relations or document.roles):
        yield Text("")
        yield Text("Nothing was found that anybody did, said or promised.")
    yield Text("")


def _heading(words: str, count: int) -> Iterator[Text]:
    yield Text("")
    yield Text(f"{words.upper()} ({count})", style="bold")


def _with_notes(line: Text, width: int, indent: int, *notes: str | None) -> Iterator[Text]:
    """The line with notes in brackets: behind it where they fit, else on lines of their own, all hanging."""
    said = "; ".join(note for note in notes if note)
    tail = Text(f"[{said}]", style="dim") if said else Text("")
    if not said or line.cell_len + 2 + tail.cell_len <= width:
        yield from hang(line + Text("  ") + tail if said else line, width, indent)
        return
    yield from hang(line, width, indent)
    for piece in hang(tail, width - indent, 0):
        yield Text(" " * indent) + piece


def _events(document: Document, who: Names, width: int) -> Iterator[Text]:
    if not document.events:
        return
    yield from _heading("Events", len(document.events))
    column = max(len(_kind(event)) for event in document.events) if width >= _WIDE else 0
    numbered = sorted(enumerate(document.events, start=1), key=lambda pair: (pair[1].start or "9999", pair[0]))
    for start, on_day in groupby(numbered, key=lambda pair: pair[1].start):
        yield Text("")
        yield Text(f"  {day(start) if start else _UNDATED}", style="bold underline")
        # Events told in one sentence stand together, the sentence below them.
        for evidence, told in groupby(on_day, key=lambda pair: pair[1].evidence[:1]):
            for k, event in told:
                yield from _event(who, k, event, width, column)
            yield from quoted(words(document, evidence), width, _INDENT + 1)


def _kind(event: Event) -> str:
    return event.type + (f"/{event.mode}" if event.mode else "")


def _event(who: Names, k: int, event: Event, width: int, column: int) -> Iterator[Text]:
    line = Text(f"  {k:3}  ")
    line.append(f"{_kind(event):{column}}" if column else _kind(event), style=QUAD_STYLE[event.derived.quad])
    line.append("  " + who.names(event.actors, "someone"), style="bold")
    if event.recipients:
        line.append(" -> " + who.names(event.recipients))
    yield from _with_notes(
        line,
        width,
        _INDENT + column + 2 if column else _INDENT + 4,
        STATUS_NOTE[event.status],
        f"says {who.name(event.reported_by)}" if event.reported_by else None,
        f"in {where(event.place)}" if event.place else None,
        *(amount(name, value) for name, value in event.magnitude.items()),
        f"until {event.end}" if event.end and event.end != event.start else None,
        f"{event.confidence:.2f}",
    )


def _statements(document: Document, who: Names, width: int) -> Iterator[Text]:
    if not document.statements:
        return
    yield from _heading("Statements", len(document.statements))
    for k, statement in enumerate(document.statements, start=1):
        yield from _statement(who, k, statement, width)
        said = words(document, statement.content)
        yield from quoted(f"“{said}”" if statement.kind == "direct" else said, width, _INDENT + 1)


def _statement(who: Names, k: int, statement: Statement, width: int) -> Iterator[Text]:
    line = Text(f"{'s' + str(k):>5}  ")
    line.append(who.name(statement.speaker) if statement.speaker else "someone", style="bold")
    if statement.addressee:
        line.append(f" to {who.name(statement.addressee)}")
    yield from _with_notes(line, width, _INDENT + 4, statement.kind, statement.date)


def _pledges(document: Document, who: Names, width: int) -> Iterator[Text]:
    if not document.pledges:
        return
    yield from _heading("Pledges", len(document.pledges))
    for k, pledge in enumerate(document.pledges, start=1):
        yield from _pledge(who, k, pledge, width)
        yield from quoted(words(document, pledge.evidence[:1]), width, _INDENT + 1)


def _pledge(who: Names, k: int, pledge: Pledge, width: int) -> Iterator[Text]:
    line = Text(f"{'p' + str(k):>5}  ")
    line.append(f"{pledge.kind}, {pledge.status}", style="magenta")
    line.append("  " + who.names(pledge.promiser, "someone"), style="bold")
    line.append((" -> " + who.names(pledge.beneficiary)) if pledge.beneficiary else "")
    line.append(f": {plain(pledge.what)}" if pledge.what else "")
    sum_of_money = None if pledge.amount is None else " ".join((number(pledge.amount), pledge.currency or "")).strip()
    yield from _with_notes(line, width, _INDENT + 4, sum_of_money, f"due {pledge.due}" if pledge.due else None)


def _relations(document: Document, who: Names, width: int) -> Iterator[Text]:
    if not document.relations:
        return
    yield from _heading("Relations", len(document.relations))
    for k, relation in enumerate(document.relations, start=1):
        yield from _relation(who, k, relation, width)


def _relation(who: Names, k: int, relation: Relation, width: int) -> Iterator[Text]:
    line = Text(f"{'r' + str(k):>5}  ")
    line.append(who.name(relation.subject), style="bold")
    line.append(" " + relation.predicate.replace("_", " "))
    for one in (who.name(relation.object) if relation.object else "", relation.value and plain(relation.value)):
        line.append(f" {one}" if one else "")
    yield from _with_notes(line, width, _INDENT + 4, _span_of_time(relation.start, relation.end))


def _span_of_time(start: str | None, end: str | None) -> str | None:
    return " ".join(one for one in (start and f"since {start}", end and f"until {end}") if one) or None


def _people(document: Document, width: int) -> Iterator[Text]:
    if not document.actors:
        return
    offices: dict[str, list[str]] = {}
    for k, role in enumerate(document.roles, start=1):
        offices.setdefault(role.actor, []).append(_office(k, role))
    for heading, persons in (("People", True), ("Organisations, states and groups", False)):
        actors = [actor for actor in document.actors if (actor.kind == "person") is persons]
        if not actors:
            continue
        yield from _heading(heading, len(actors))
        for actor in actors:
            line = Text(" " * _INDENT)
            line.append(label(actor), style="bold" if persons else "")
            line.append(": " + "; ".join(offices[actor.id]) if actor.id in offices else "")
            yield from hang(line, width, _INDENT + 4)


def _office(k: int, role: Role) -> str:
    since = _span_of_time(role.start, role.end)
    return plain(role.title) + (f", {since}" if since else "") + f" (o{k})"
