"""`whowhom show ID`: one record with the words that prove it and every source."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whowhom.cli.ask.options import STORE, store_path

if TYPE_CHECKING:
    from rich.text import Text

    from whowhom.records import Span
    from whowhom.store import Store
    from whowhom.store.rows import PledgeEntry, ReportedEvent

_AROUND = 160
"""Characters of the report shown on each side of the evidence."""


def show(
    identifier: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="e12 event, s3 statement, p4 pledge, r5 relation, a6 actor, d7 report, t8 story."
        ),
    ],
    store: STORE = None,
    json_: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Show one record of the store: its values, the words that prove it in each report, and where reports differ.

    Example: whowhom show e12
    """  # fmt: skip
    from whowhom.cli.wording import console, width_of
    from whowhom.cli.wording import show as print_lines
    from whowhom.store import Store
    from whowhom.store.questions.details import Dossier
    from whowhom.store.tables import as_json

    with Store(store_path(store)) as asked:
        record = asked.show(identifier)
        if json_:
            print(json.dumps(as_json(record), ensure_ascii=False, indent=2))
            return
        assert not isinstance(record, Dossier)
        out = console()
        print_lines(out, record_lines(asked, record, width_of(out)))


def record_lines(asked: Store, record: Any, width: int) -> Iterator[Text]:
    """The lines that show a record with its sources."""
    from rich.text import Text

    from whowhom.cli.ask import views
    from whowhom.cli.wording import hang, plain
    from whowhom.store import rows
    from whowhom.store.questions.details import StoryDetails
    from whowhom.store.questions.stories import document, text_of

    if isinstance(record, rows.StoredEvent):
        yield from views.event(record, width)
        for told in record.told:
            yield Text("")
            yield from _report(asked, told, width)
    elif isinstance(record, rows.StoredPledge):
        yield from views.pledge(record, width)
        for entry in record.history:
            yield Text("")
            yield from _entry(asked, entry, width)
    elif isinstance(record, rows.StoredStatement):
        yield from views.statement(record, width)
        yield Text("")
        yield from evidence(text_of(asked.db, record.document), record.evidence, (), width)
    elif isinstance(record, rows.StoredRelation):
        yield from views.relation(record, width)
        yield Text("")
        yield from evidence(text_of(asked.db, record.document), record.evidence, (), width)
    elif isinstance(record, rows.StoredActor):
        yield from views.actor(record, width)
        for office in record.offices:
            words = ", ".join(x for x in (office.title, office.organisation, office.country) if x)
            when = office.first if office.first == office.last else f"{office.first} to {office.last}"
            line = f"  {plain(words)} ({when or 'undated'}; {office.reports} report{'s' * (office.reports != 1)})"
            yield from hang(Text(line), width, 4)
    elif isinstance(record, StoryDetails):
        yield from views.story(record.story, width)
        for one in record.documents:
            yield Text("")
            yield from views.document(one, width)
    elif isinstance(record, rows.StoredDocument):
        yield from views.document(document(asked.db, record.id), width)
        yield Text("")
        for paragraph in text_of(asked.db, record.id).split("\n"):
            yield from hang(Text(plain(paragraph)), width, 0) if paragraph.strip() else [Text("")]


def _report(asked: Store, told: ReportedEvent, width: int) -> Iterator[Text]:
    from rich.text import Text

    from whowhom.cli.ask import views
    from whowhom.cli.wording import amount, hang, joined, plain
    from whowhom.store.questions.stories import text_of

    about = " · ".join(plain(x) for x in (told.publisher, told.published, told.headline or told.source_id) if x)
    yield from hang(Text(about, style="bold") + Text(f"  d{told.document}", style="dim"), width, 2)
    if told.url:
        yield Text(f"  {plain(told.url)}", style="dim")
    one, other = (joined([plain(n) for n in names]) or "?" for names in (told.actor_names, told.recipient_names))
    says = [f"{one} -> {other}"]
    says += [amount(kind, value) for kind, value in told.magnitude.items()]
    says += [told.status, f"on {told.start}" if told.start else "", f"confidence {told.confidence:.2f}"]
    if told.reported_by:
        says.append(f"says {views.party(told.reported_by)}")
    if told.copy_of:
        says.append(f"near copy of d{told.copy_of}")
    yield from hang(Text("  " + " · ".join(word for word in says if word)), width, 4)
    if told.why:
        yield from hang(Text(f"  joined: {told.why}", style="dim"), width, 4)
    yield from evidence(text_of(asked.db, told.document), told.evidence, told.trigger, width)


def _entry(asked: Store, entry: PledgeEntry, width: int) -> Iterator[Text]:
    from rich.text import Text

    from whowhom.cli.wording import hang, plain
    from whowhom.store.questions.stories import text_of

    about = " · ".join(plain(x) for x in (entry.date, entry.status, entry.publisher, entry.headline) if x)
    yield from hang(Text(about, style="bold") + Text(f"  d{entry.document}", style="dim"), width, 2)
    if entry.url:
        yield Text(f"  {plain(entry.url)}", style="dim")
    if entry.why:
        yield from hang(Text(f"  joined: {entry.why}", style="dim"), width, 4)
    yield from evidence(text_of(asked.db, entry.document), entry.evidence, (), width)


def evidence(text: str, spans: tuple[Span, ...], marks: tuple[Span, ...], width: int) -> Iterator[Text]:
    """The words of a text at some spans with a little of what stands around, the spans bold, the marks reversed."""
    from rich.text import Text

    from whowhom.cli.wording import hang, plain

    if not text:
        return
    for passage in _passages(text, spans):
        start, end = _around(text, passage)
        edges = sorted({start, end, *(x for span in (*spans, *marks) for x in span if start < x < end)})
        cut = start > 0 and text[start - 1] != "\n", end < len(text) and text[end] != "\n"
        line = Text("… " if cut[0] else "", style="")
        for a, b in pairwise(edges):
            piece = text[a:b]
            words = (" " * piece[:1].isspace()) + plain(piece) + (" " * (piece[-1:].isspace() and piece.strip() != ""))
            style = "dim"
            if any(s <= a and b <= e for s, e in spans):
                style = "bold"
            if any(s <= a and b <= e for s, e in marks):
                style = "bold reverse"
            line.append(words, style=style)
        line.append(" …" if cut[1] else "")
        for one in hang(line, width - 4, 0):
            yield Text("    ") + one


def _passages(text: str, spans: tuple[Span, ...]) -> list[list[Span]]:
    """The spans in the order of the text, those of one paragraph together: evidence has the fullest telling first."""
    out: list[list[Span]] = []
    for span in sorted(spans):
        if out and "\n" not in text[out[-1][-1][1] : span[0]]:
            out[-1].append(span)
        else:
            out.append([span])
    return out


def _around(text: str, spans: Sequence[Span]) -> tuple[int, int]:
    """Where to cut what is shown of a text: within the paragraph, at a word, not too far from the spans."""
    first, last = spans[0][0], spans[-1][1]
    start = max(text.rfind("\n", 0, first) + 1, first - _AROUND)
    if start == first - _AROUND > 0:
        start = text.find(" ", start, first) + 1 or first
    end = text.find("\n", last)
    end = min(len(text) if end < 0 else end, last + _AROUND)
    if end == last + _AROUND < len(text):
        end = max(text.rfind(" ", last, end), last)
    return start, end
