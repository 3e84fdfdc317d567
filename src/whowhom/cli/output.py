"""Coded documents written to standard output, each as soon as it is there."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import get_args

from whowhom.records import Document


def silence() -> None:
    """Send what is still to be written to standard output nowhere: nobody reads it, and the exit must not complain."""
    with suppress(OSError, ValueError):  # a standard output that is no file has nothing to complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write(documents: Iterable[Document], format: str, records: str = "events") -> bool:
    """Write documents as `screen`, `json`, `jsonl` or `csv` (the latter of one kind of `records`).

    A reader that stops reading ends it: the rest is neither coded nor written, and the answer is False.
    """
    try:
        _write(documents, format, records)
        sys.stdout.flush()
    except BrokenPipeError:
        silence()
        return False
    return True


def _write(documents: Iterable[Document], format: str, records: str) -> None:
    if format == "screen":
        from whowhom.cli.screen import show_document

        for document in documents:
            show_document(document)
    elif format == "jsonl":
        for document in documents:
            print(json.dumps(document.to_json(), ensure_ascii=False))
    elif format == "csv":
        _write_csv(documents, records)
    else:
        _write_json(documents)


def _write_json(documents: Iterable[Document]) -> None:
    """One document as an object, several as a list of objects, none as an empty list."""
    held: str | None = None
    listed = False
    for document in documents:
        if held is not None:
            print(f"{',' if listed else '['}\n{held}", end="")
            listed = True
        held = json.dumps(document.to_json(), ensure_ascii=False, indent=2)
    if not listed:
        print("[]" if held is None else held)
    else:
        print(f",\n{held}\n]")


def _write_csv(documents: Iterable[Document], records: str) -> None:
    from whowhom.cli.tables import COLUMNS, Kind, rows

    kind = next(one for one in get_args(Kind) if one == records)
    writer = csv.DictWriter(sys.stdout, COLUMNS[kind], lineterminator="\n")
    writer.writeheader()
    for document in documents:
        writer.writerows(rows(document, kind))
