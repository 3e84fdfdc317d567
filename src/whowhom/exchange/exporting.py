"""What a store has, written in a format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from whowhom.errors import ExchangeError
from whowhom.exchange.events import ExportOptions, Written
from whowhom.exchange.formats import FORMATS, Format, Holding
from whowhom.store import Filter, Page, Store
from whowhom.store.rows import StoredActor, StoredEvent, StoredPledge, StoredRelation, StoredStatement
from whowhom.store.tables import column_types, columns, flat

_STEP = 1000
KINDS: dict[Holding, type] = {
    "events": StoredEvent, "statements": StoredStatement, "pledges": StoredPledge, "relations": StoredRelation,
    "actors": StoredActor,
}  # fmt: skip


def format_of(name: str, holding: Holding) -> Format:
    """The format of that name, if it can hold those records.

    Raises:
        ExchangeError: there is none, or it holds others.
    """
    if name not in FORMATS:
        raise ExchangeError(f"there is no format {name!r}; there are {', '.join(FORMATS)}")
    found = FORMATS[name]
    if holding not in found.holds:
        raise ExchangeError(f"{name} holds {', '.join(found.holds)}, not {holding}: choose with --records")
    return found


def export(
    store: Store,
    wish: Filter,
    to: Format,
    out: TextIO | Path,
    *,
    holding: Holding = "events",
    options: ExportOptions | None = None,
) -> Written:
    """Write what a filter selects; only what is written at the moment is held in memory.

    Args:
        store: the store.
        wish: what is selected.
        to: the format.
        out: where to: a stream, for Parquet the path of a file.
        holding: which records.
        options: how events are written in the formats of events.

    Raises:
        ExchangeError: Parquet was to go into a stream, or a row does not fit.
        MissingExtraError: the format needs a package that is not installed.
    """
    if to.takes == "events":
        events = store.all_events(wish, told=True)
        written: Written = to.write(events, out, options or ExportOptions())
        return written
    rows = _rows(store, wish, holding)
    if to.takes == "batches":
        if not isinstance(out, Path):
            raise ExchangeError(f"{to.name} is written into a file: name one with --out FILE{to.suffix}")
        types = column_types(KINDS[holding])
        return Written(to.write((list(part) for part in _batched(rows)), out, types))
    if to.name == "csv":
        return Written(to.write(rows, out, list(columns(KINDS[holding]))))
    return Written(to.write(_quotations(store, wish) if to.name == "jsonld" else rows, out))


def _batched(rows: Iterator[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    while part := list(islice(rows, _STEP)):
        yield part


def _rows(store: Store, wish: Filter, holding: Holding) -> Iterator[dict[str, Any]]:
    if holding == "events":
        yield from map(flat, store.all_events(wish, told=True))
        return
    ask: dict[Holding, Callable[..., Page[Any]]] = {
        "statements": store.statements, "pledges": store.pledges, "relations": store.relations, "actors": store.actors,
    }  # fmt: skip
    yield from map(flat, _all(ask[holding], wish))


def _all(ask: Callable[..., Page[Any]], wish: Filter) -> Iterator[Any]:
    cursor: str | None = None
    while True:
        page = ask(wish, limit=_STEP, cursor=cursor)
        yield from page
        cursor = page.cursor
        if cursor is None:
            return


def _quotations(store: Store, wish: Filter) -> Iterator[dict[str, Any]]:
    for one in _all(store.statements, wish):
        speaker = one.speaker
        yield {
            "words": one.words, "speaker": speaker.name if speaker else None,
            "speaker_kind": speaker.kind if speaker else None, "country": speaker.country if speaker else None,
            "date": one.date, "title": one.headline, "url": one.url, "publisher": one.publisher,
            "published": one.published,
        }  # fmt: skip
