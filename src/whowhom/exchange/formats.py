"""The table of all formats, from which the command line and the documentation are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from whowhom.exchange.events import BadRow, DataSet, ImportedEvent
from whowhom.exchange.files import Line, read_lines
from whowhom.exchange.gdelt import LAYOUTS as GDELT_LAYOUTS
from whowhom.exchange.gdelt import read_gdelt, write_gdelt, write_mentions
from whowhom.exchange.geojson import write_geojson
from whowhom.exchange.graphml import write_graphml
from whowhom.exchange.icews import COLUMNS as ICEWS_COLUMNS
from whowhom.exchange.icews import read_icews, write_icews
from whowhom.exchange.jsonld import write_jsonld
from whowhom.exchange.phoenix import write_phoenix
from whowhom.exchange.polecat import COLUMNS as POLECAT_COLUMNS
from whowhom.exchange.polecat import read_polecat, write_polecat
from whowhom.exchange.tables import write_csv, write_jsonl, write_parquet

Holding = Literal["events", "statements", "pledges", "relations", "actors"]
Reader = Callable[[Path], Iterator[ImportedEvent | BadRow]]

TABLES: tuple[Holding, ...] = ("events", "statements", "pledges", "relations", "actors")


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be written.

    `takes` says how to call the writer: `events` is `(events, stream, options)`, `rows` is `(rows, stream)`, `batches`
    is `(batches of rows, path)`.
    """

    name: str
    suffix: str
    holds: tuple[Holding, ...]
    about: str
    takes: Literal["events", "rows", "batches"]
    write: Callable[..., Any]
    read: Reader | None = None
    extra: str | None = None  # what to install for it, as in whowhom[extra]


_EVENTS: tuple[Holding, ...] = ("events",)

FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        Format("csv", ".csv", TABLES, "a table with a header", "rows", write_csv),
        Format("jsonl", ".jsonl", TABLES, "JSON, one record a line", "rows", write_jsonl),
        Format("parquet", ".parquet", TABLES, "for pandas, Polars, DuckDB", "batches", write_parquet, extra="frames"),
        Format("polecat", ".txt", _EVENTS, "POLECAT, 40 columns", "events", write_polecat, read_polecat),
        Format("icews", ".tab", _EVENTS, "ICEWS, 20 columns", "events", write_icews, read_icews),
        Format("gdelt", ".export.CSV", _EVENTS, "GDELT 2.0 events, 61 columns", "events", write_gdelt, read_gdelt),
        Format("gdelt-mentions", ".mentions.CSV", _EVENTS, "GDELT 2.0 mentions, 16 columns", "events", write_mentions),
        Format("phoenix", ".txt", _EVENTS, "Phoenix, 26 columns", "events", write_phoenix),
        Format("graphml", ".graphml", _EVENTS, "who acts on whom, as a network", "events", write_graphml),
        Format("geojson", ".geojson", _EVENTS, "events with a point, for maps", "events", write_geojson),
        Format("jsonld", ".jsonld", ("statements",), "schema.org Quotations", "rows", write_jsonld),
    )
}


def detect(path: Path) -> DataSet | None:
    """The data set that a file is of, by its first line; None where it is none that can be imported.

    Raises:
        ExchangeError: there is no such file.
    """
    return next((_data_set(one) for one in read_lines(path) if isinstance(one, Line)), None)


def _data_set(first: Line) -> DataSet | None:
    names = {cell.strip() for cell in first.cells}
    if {"Event ID", "Event Type", "Actor Name"} <= names or len(first.cells) == len(POLECAT_COLUMNS):
        return "polecat"
    if {"Event ID", "CAMEO Code"} <= names or len(first.cells) == len(ICEWS_COLUMNS):
        return "icews"
    return "gdelt" if len(first.cells) in GDELT_LAYOUTS else None


def read_events(path: Path, data_set: DataSet) -> Iterable[ImportedEvent | BadRow]:
    """The events of a file of that data set, and what in it gives none."""
    reader = FORMATS[data_set].read
    assert reader is not None
    return reader(path)
