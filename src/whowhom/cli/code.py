"""`whowhom code`: reports in, their records out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whowhom.cli.progress import progress
from whowhom.cli.setting_options import ALLOW_PRIVATE, MAX_BYTES, MODEL, PARSER, TIMEOUT, USER_AGENT, setting_help
from whowhom.config import load_settings

if TYPE_CHECKING:
    from whowhom.read import ReadOptions
    from whowhom.records import Document, Skipped

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
        typer.Argument(
            metavar="INPUT", help="Files, folders, http(s) addresses, or - for standard input.", show_default=False
        ),
    ],
    published: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="Date of the reports that give none themselves, such as 2020-09-14.",
            show_default=False,
        ),
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print the records.")] = Format.screen,
    records: Annotated[
        Records | None, typer.Option(help="Which records a CSV holds [default: events].", show_default=False)
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option(
            metavar="N",
            help="Show one record with its sentence and what made it: 3 or e3 is event 3, s1 statement 1, p1 pledge 1,"
            " r1 relation 1, o1 office 1; of several reports the first that has it, or REPORT:e3.",
            show_default=False,
        ),
    ] = None,
    min_confidence: Annotated[
        float | None, typer.Option(metavar="NUMBER", help=setting_help("min_confidence"), show_default=False)
    ] = None,
    parser: PARSER = None,
    model: MODEL = None,
    max_bytes: MAX_BYTES = None,
    timeout: TIMEOUT = None,
    user_agent: USER_AGENT = None,
    allow_private: ALLOW_PRIVATE = None,
) -> None:
    """Code reports: print who did what to whom, who said what, who promised what, each with its evidence.

    Text, Markdown, HTML, PDF, JSON and JSONL are read; a folder with all that is below it. The records go to standard
    output, everything else to standard error.

    Example: whowhom code report.txt --published 2020-09-14

    Example: whowhom code news/ --format jsonl > records.jsonl

    Exit status: 0 all reports were coded; 1 none was; 3 some were skipped, each with its reason on standard error; 2
    the command was used wrongly.

    The last seven options can also be set in the environment (WHOWHOM_TIMEOUT=5) or in whowhom.toml (timeout = 5).
    """
    if records is not None and format is not Format.csv:
        raise typer.BadParameter("it needs --format csv; the other formats hold all records", param_hint="--records")
    if explain is not None and format is not Format.screen:
        raise typer.BadParameter("it prints for a reader: leave --format out", param_hint="--explain")
    if explain is not None:
        from whowhom.cli.explain import parse_wish

        parse_wish(explain)
    flags = {
        "min_confidence": min_confidence,
        "parser": parser,
        "model": model,
        "max_bytes": max_bytes,
        "timeout": timeout,
        "user_agent": user_agent,
        "allow_private": allow_private,
    }
    results = run(inputs, published, load_settings(flags=flags))
    tally = Tally()
    if explain is not None:
        _explain(explain, tally.counted(results), tally)
    else:
        from whowhom.cli.output import write

        if not write(tally.counted(results), format.value, (records or Records.events).value):
            return
    if tally.coded + tally.skipped > 1 and explain is None:
        print(f"whowhom: {tally.coded} coded, {tally.skipped} skipped", file=sys.stderr)
    if tally.skipped:
        raise typer.Exit(SOME_SKIPPED if tally.coded else NOTHING_CODED)


class Tally:
    """Counts results as they pass, and tells of each skipped input on standard error."""

    def __init__(self) -> None:
        self.coded = self.skipped = 0

    def counted(self, results: Iterator[Document | Skipped]) -> Iterator[Document]:
        """Yield the documents among the results."""
        from whowhom.records import Skipped

        for result in results:
            if isinstance(result, Skipped):
                self.skipped += 1
                detail = result.detail.removeprefix(f"{result.source}: ")
                print(f"whowhom: skipped {result.source}: {result.reason}: {detail}", file=sys.stderr)
            else:
                self.coded += 1
                yield result


def run(inputs: list[str], published: str | None, settings: dict[str, Any]) -> Iterator[Document | Skipped]:
    """Documents and skipped inputs in the order of the inputs, with a progress bar where standard error is a screen.

    What the user gave is checked at the call, before anything is loaded.

    Raises:
        typer.BadParameter: `published` is no date.
        ModelError: the parser's model cannot be loaded (at the first report).
    """
    date = given_date(published) if published is not None else None
    return _coded(inputs, date, settings)


def given_date(value: str) -> str:
    """The ISO form of a date that the user gave. Raises `typer.BadParameter` where it is none."""
    from whowhom.read.dates import parse_published

    found = parse_published(value)
    if found is None:
        raise typer.BadParameter(
            f"{value!r} is no date that can be read; write 2020-09-14, 14 September 2020, 2020-09, or 2020",
            param_hint="--published",
        )
    return found


def _coded(inputs: list[str], published: str | None, settings: dict[str, Any]) -> Iterator[Document | Skipped]:
    from whowhom.pipeline import Coder
    from whowhom.read import ReadOptions, read_inputs
    from whowhom.records import Skipped

    options = ReadOptions(
        published=published,
        max_bytes=settings["max_bytes"],
        timeout=settings["timeout"],
        user_agent=settings["user_agent"],
        allow_private=settings["allow_private"],
    )
    results = Coder(settings["parser"], use_model=settings["model"]).run(read_inputs(inputs, options))
    for result in _shown(results, inputs, options):
        yield result if isinstance(result, Skipped) else confident(result, settings["min_confidence"])


def confident(document: Document, minimum: float) -> Document:
    """The document with only the events of at least that confidence."""
    if minimum <= 0:
        return document
    from dataclasses import replace

    return replace(document, events=tuple(e for e in document.events if e.confidence >= minimum))


def _shown(
    results: Iterator[Document | Skipped], inputs: list[str], options: ReadOptions
) -> Iterator[Document | Skipped]:
    """The results, with a bar while they come; none where they show their own progress."""
    if sys.stdout.isatty():
        yield from results
        return
    with progress(inputs, options) as show:
        for done, result in enumerate(results, start=1):
            show(done)
            yield result


def _explain(wish: str, documents: Iterator[Document], tally: Tally) -> None:
    from whowhom.cli.explain import explain_first

    found, seen = explain_first(documents, wish)
    if not found and tally.coded:
        raise typer.BadParameter(f"no report has {wish}; {seen}", param_hint="--explain")
