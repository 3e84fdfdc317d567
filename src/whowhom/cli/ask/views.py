"""How records of a store look on a screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from whowhom.cli.screen import QUAD_STYLE, STATUS_NOTE
from whowhom.cli.wording import amount, hang, joined, number, plain, quoted, where
from whowhom.store.rows import (
    QUADS,
    Hit,
    Party,
    StoredActor,
    StoredDocument,
    StoredEvent,
    StoredPledge,
    StoredRelation,
    StoredStatement,
    StoredStory,
)
from whowhom.store.tables import identifier

_INDENT = 12


def party(one: Party) -> str:
    """A party with its country and sector."""
    codes = " ".join(code for code in (one.country, one.sector) if code)
    return f"{plain(one.name)} ({codes})" if codes else plain(one.name)


def parties(side: Iterable[Party], nobody: str = "?") -> str:
    """The parties of a side, as in a sentence."""
    return joined([party(one) for one in side]) or nobody


def _date(iso: str | None) -> Text:
    return Text(f"{iso or 'undated':<{_INDENT - 2}}  ", style="bold")


def event(one: StoredEvent, width: int) -> Iterator[Text]:
    """When, who, what, to whom; then where, how much, how often told."""
    line = _date(one.start or one.date)
    line += Text(parties(one.actors))
    kind = f"{one.type or 'CAMEO ' + one.cameo}{'/' + one.mode if one.mode else ''}"
    line += Text("  ") + Text(kind, style=QUAD_STYLE[QUADS[one.quad]])
    if one.recipients:
        line += Text("  ") + Text(parties(one.recipients))
    yield from hang(line, width, _INDENT)
    notes = [STATUS_NOTE[one.status], where(one.place) if one.place else ""]
    notes += [amount(kind, value) for kind, value in one.magnitude.items()]
    told = f"{one.sources} source{'s' * (one.sources != 1)}" if one.reports else ""
    if one.reports > one.sources:
        told += f" in {one.reports} reports"
    notes += [told, f"{one.confidence:.2f}" if one.data_set is None else one.data_set, identifier(one)]
    yield from hang(
        Text(" " * _INDENT + " · ".join(note for note in notes if note), style="dim"), width, _INDENT
    )  # fmt: skip


def _source(headline: str | None, publisher: str | None, published: str | None, *more: str | None) -> str:
    return " · ".join(plain(one) for one in (publisher, published, headline, *more) if one)


def statement(one: StoredStatement, width: int) -> Iterator[Text]:
    """When, who, the words, and the report that has them."""
    line = _date(one.date or one.published) + Text(party(one.speaker) if one.speaker else "somebody", style="bold")
    if one.addressee:
        line += Text(f" to {party(one.addressee)}")
    yield from hang(line, width, _INDENT)
    yield from quoted(plain(one.words), width, _INDENT, "")
    about = _source(one.headline, one.publisher, one.published, one.kind, identifier(one))
    yield from hang(Text(" " * _INDENT + about, style="dim"), width, _INDENT)


def pledge(one: StoredPledge, width: int) -> Iterator[Text]:
    """Who owes what to whom, then each report of it."""
    line = _date(one.last) + Text(one.status, style="bold") + Text(f" {one.kind}: {parties(one.promiser)}")
    if one.beneficiary:
        line += Text(f" to {parties(one.beneficiary)}")
    if one.amount is not None:
        line += Text(f", {number(one.amount)} {one.currency or ''}".rstrip())
    if one.due:
        line += Text(f", due {one.due}")
    yield from hang(line, width, _INDENT)
    yield from quoted(plain(one.what), width, _INDENT, "")
    if len(one.history) > 1:
        for entry in one.history:
            words = f"{entry.date or 'undated'} {entry.status}: {_source(entry.headline, entry.publisher, None)}"
            yield from hang(Text(" " * _INDENT + words, style="dim"), width, _INDENT + 2)
    told = f"{one.sources} source{'s' * (one.sources != 1)} · {identifier(one)}"
    yield Text(" " * _INDENT + told, style="dim")


def relation(one: StoredRelation, width: int) -> Iterator[Text]:
    """Who stands how to whom, and the report that says so."""
    line = _date(one.asserted_on) + Text(party(one.subject)) + Text(f"  {one.predicate}  ", style="cyan")
    line += Text(", ".join(x for x in (party(one.object) if one.object else "", plain(one.value or "")) if x))
    yield from hang(line, width, _INDENT)
    about = _source(one.headline, one.publisher, None, identifier(one))
    yield from hang(Text(" " * _INDENT + about, style="dim"), width, _INDENT)


def actor(one: StoredActor, width: int) -> Iterator[Text]:
    """Number, name, country and sector, other names."""
    codes = " ".join(code for code in (one.country, one.sector, *one.sectors) if code)
    line = Text(f"{identifier(one):<{_INDENT - 2}}  ", style="dim") + Text(plain(one.name), style="bold")
    line += Text(f"  {codes}" if codes else "") + Text(f"  {one.kind}", style="dim")
    line += Text(f"  {number(one.reports)} report{'s' * (one.reports != 1)}", style="dim")
    yield from hang(line, width, _INDENT)
    others = [plain(name) for name in one.names if name != one.name]
    if others:
        yield from hang(Text(" " * _INDENT + "also " + ", ".join(others[:8]), style="dim"), width, _INDENT + 2)


def story(one: StoredStory, width: int) -> Iterator[Text]:
    """When, the headline, how many reports."""
    line = _date(one.first) + Text(plain(one.title or "without a headline"), style="bold")
    yield from hang(line, width, _INDENT)
    until = f"until {one.last} · " if one.last != one.first and one.last else ""
    reports = f"{one.documents} report{'s' * (one.documents != 1)}"
    sources = f"{one.sources} source{'s' * (one.sources != 1)}"
    yield Text(f"{' ' * _INDENT}{until}{reports} · {sources} · {identifier(one)}", style="dim")


def document(one: StoredDocument, width: int) -> Iterator[Text]:
    """When, the headline, the outlet."""
    line = _date(one.published) + Text(plain(one.title or one.source_id))
    yield from hang(line, width, _INDENT)
    copy = f"near copy of d{one.copy_of}" if one.copy_of else None
    about = " · ".join(plain(x) for x in (one.publisher, one.url, copy, identifier(one)) if x)
    yield from hang(Text(" " * _INDENT + about, style="dim"), width, _INDENT)


def hit(one: Hit, width: int) -> Iterator[Text]:
    """Where it stands, and the words around, those found in bold."""
    from whowhom.store.questions.search import CLOSE, OPEN

    letter = {"report": "d", "statement": "s", "pledge": "p"}[one.kind]
    said = f"{plain(one.speaker)}: " if one.speaker else ""
    yield from hang(_date(one.published) + Text(said + plain(one.headline or one.kind), style="bold"), width, _INDENT)
    words = Text()
    for k, piece in enumerate(one.excerpt.replace(CLOSE, OPEN).split(OPEN)):
        before, after = (" " * (piece[:1] == " ")), (" " * (piece[-1:] == " " and piece.strip() != ""))
        words.append(before + plain(piece) + after, style="reverse" if k % 2 else "")
    for line in hang(words, width - _INDENT, 0):
        yield Text(" " * _INDENT) + line
    report = f"d{one.document}" if letter != "d" else ""
    about = " · ".join(plain(x) for x in (one.publisher, one.url, f"{letter}{one.id}", report) if x)
    yield from hang(Text(" " * _INDENT + about, style="dim"), width, _INDENT)
