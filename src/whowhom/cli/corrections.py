"""`whowhom corrections`: what people said of records, printed."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from whowhom.cli.ask.options import STORE, store_path


class Lines(StrEnum):
    """How corrections are printed."""

    csv = "csv"
    jsonl = "jsonl"


def corrections(
    store: STORE = None,
    record: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Of this record: e12, or d7:e3 for what one report says.", show_default=False),
    ] = None,
    format: Annotated[Lines, typer.Option("--format", "-f", help="How to print.")] = Lines.csv,
) -> None:
    """Print what people said of records on the desk: right, wrong, or mended with the values that are right.

    Example: whowhom corrections --format jsonl > corrections.jsonl
    """
    from whowhom.cli.ask.answers import print_json, write_csv
    from whowhom.store.corrections import COLUMNS, corrections, flat
    from whowhom.store.database import connect
    from whowhom.store.tables import as_json

    db = connect(store_path(store))
    found = corrections(db, record)
    if format is Lines.csv:
        write_csv((flat(one) for one in found), COLUMNS)
    else:
        print_json([as_json(one) for one in found], lines=True)
