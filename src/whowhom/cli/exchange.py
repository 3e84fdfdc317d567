"""`whowhom export` and `whowhom import`: the files of other tools and projects."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whowhom.cli.ask.options import STORE, filtered, store_path

if TYPE_CHECKING:
    from whowhom.store import Filter

_SHOWN = 20


class Holds(StrEnum):
    """Records to export."""

    events = "events"
    statements = "statements"
    pledges = "pledges"
    relations = "relations"
    actors = "actors"


class To(StrEnum):
    """Formats to export to; `whowhom.exchange.formats` has the table of them, and a test holds both together."""

    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"
    polecat = "polecat"
    icews = "icews"
    gdelt = "gdelt"
    mentions = "gdelt-mentions"
    phoenix = "phoenix"
    graphml = "graphml"
    geojson = "geojson"
    jsonld = "jsonld"


class Of(StrEnum):
    """Data sets to import."""

    polecat = "polecat"
    icews = "icews"
    gdelt = "gdelt"


class Conflict(StrEnum):
    """The conflict class of SANCTION."""

    verbal = "verbal"
    material = "material"


@filtered(
    "actor", "recipient", "country", "sector", "type", "mode", "quad", "status", "kind", "predicate", "since", "until",
    "place", "min_confidence", "min_sources", "story", "data_set", "text", "copies",
)  # fmt: skip
def export(
    wish: Filter,
    format: Annotated[
        To,
        typer.Argument(
            metavar="FORMAT",
            help="csv, jsonl, parquet, polecat, icews, gdelt,"
            " gdelt-mentions, phoenix, graphml (actor network), geojson, jsonld (quotations).",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Write into this file, else to standard output."),
    ] = None,
    records: Annotated[
        Holds | None, typer.Option(help="Which records [default: events; statements for jsonld].", show_default=False)
    ] = None,
    store: STORE = None,
    sanction: Annotated[
        Conflict | None,
        typer.Option(help="Class of SANCTION where the field's sources differ [default: the format's own usage]."),
    ] = None,
    all_statuses: Annotated[
        bool,
        typer.Option(
            "--all-statuses",
            help="In the formats that cannot tell them apart, also what is planned, possible, denied or background.",
        ),
    ] = False,
) -> None:
    """Write records in a form that other tools read.

    Example: whowhom export polecat --from 2020-08 --out ngecEvents.DV.2020.txt

    Example: whowhom export parquet --records statements --out statements.parquet
    """  # fmt: skip
    from whowhom import __version__
    from whowhom.errors import InputError
    from whowhom.exchange.events import ExportOptions
    from whowhom.exchange.exporting import export as write
    from whowhom.exchange.exporting import format_of
    from whowhom.store import Store

    holding = records.value if records else "statements" if format is To.jsonld else "events"
    to = format_of(format.value, holding)  # type: ignore[arg-type]
    own_way = format is To.geojson or to.takes != "events"
    options = ExportOptions(
        version=__version__, sanction=sanction.value if sanction else None,
        statuses=None if all_statuses or own_way else ("occurred",),
    )  # fmt: skip
    with Store(store_path(store)) as asked:
        if out is None:
            written = write(asked, wish, to, sys.stdout, holding=holding, options=options)  # type: ignore[arg-type]
        elif to.takes == "batches":
            written = write(asked, wish, to, out, holding=holding, options=options)  # type: ignore[arg-type]
        else:
            try:
                with out.open("w", encoding="utf-8", newline="") as stream:
                    written = write(asked, wish, to, stream, holding=holding, options=options)  # type: ignore[arg-type]
            except OSError as error:
                raise InputError(f"{str(out)!r} cannot be written ({error.strerror or error})") from error
    left = "".join(f"; {count} left out: {reason}" for reason, count in sorted(written.left_out.items()))
    print(f"whowhom: {written.rows} rows{f' -> {out}' if out else ''}{left}", file=sys.stderr)


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Files of events, also zipped or gzipped.")],
    store: STORE = None,
    format: Annotated[
        Of | None, typer.Option(help="What they are [default: told by their first line].", show_default=False)
    ] = None,
) -> None:
    """Put the events of POLECAT, ICEWS or GDELT files into a store, beside its own in every question.

    The same file again changes nothing. `--data-set own` or `--data-set icews` keeps them apart in questions.

    Example: whowhom import events.2018.tab.zip --store news.db
    """
    from whowhom.exchange.importing import Imported, import_files
    from whowhom.store.database import connect, settle

    def count(path: Path, now: Imported) -> None:
        if sys.stderr.isatty():
            print(f"\r{path.name}: {now.events + now.known:,} events", end="", file=sys.stderr, flush=True)

    db = connect(store_path(store), write=True, create=True)
    some = faults = 0
    for path, result in import_files(db, files, format.value if format else None, progress=count):
        if sys.stderr.isatty():
            print(file=sys.stderr)
        if not isinstance(result, Imported):
            print(f"whowhom: skipped {path}: {result}", file=sys.stderr)
            faults += 1
            continue
        some += result.events + result.known
        faults += result.bad_rows
        for bad in result.bad[:_SHOWN]:
            print(f"whowhom: not read: {bad.file}:{bad.line}: {bad.reason}", file=sys.stderr)
        if result.bad_rows > _SHOWN:
            print(f"whowhom: and {result.bad_rows - _SHOWN} more rows of {path} not read", file=sys.stderr)
        print(f"whowhom: {path}: {result.events} events, {result.known} there before, {result.bad_rows} rows not read",
              file=sys.stderr)  # fmt: skip
    settle(db)
    db.close()
    if faults:
        raise typer.Exit(3 if some else 1)
