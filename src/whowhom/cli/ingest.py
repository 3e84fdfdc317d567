"""`whowhom ingest`: reports into a store."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whowhom.cli.ask.options import STORE
from whowhom.cli.code import NOTHING_CODED, SOME_SKIPPED, given_date, setting_help
from whowhom.config import load_settings

if TYPE_CHECKING:
    from whowhom.ingest import Tally

_SHOWN = 20
"""Failures named one by one; the rest is counted."""


def ingest(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE",
            help="Files, folders, http(s) addresses, or - for standard input: text, HTML, PDF, JSONL, WARC, feeds,"
            " zip and gzip of these.",
            show_default=False,
        ),
    ],
    store: STORE = None,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Date of the reports that give none themselves.", show_default=False),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(metavar="NUMBER", help=setting_help("workers"), show_default=False)
    ] = None,
    parser: Annotated[
        str | None, typer.Option(metavar="MODEL", help=setting_help("parser"), show_default=False)
    ] = None,
    model: Annotated[
        bool | None, typer.Option("--model/--no-model", help=setting_help("model"), show_default=False)
    ] = None,
    max_bytes: Annotated[
        int | None, typer.Option(metavar="NUMBER", help=setting_help("max_bytes"), show_default=False)
    ] = None,
    timeout: Annotated[
        float | None, typer.Option(metavar="SECONDS", help=setting_help("timeout"), show_default=False)
    ] = None,
    allow_private: Annotated[
        bool | None,
        typer.Option("--allow-private/--no-allow-private", help=setting_help("allow_private"), show_default=False),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Do not name what was skipped.")] = False,
) -> None:
    """Code reports into a store: each text once, joined with what is there. Run again, it goes on where it stopped.

    Example: whowhom ingest news/ --store news.db

    Example: whowhom ingest crawl.warc.gz articles.jsonl --store news.db --workers 4

    Exit status: 0 all reports are in the store; 1 none is; 3 some were skipped; 2 the command was used wrongly; 130
    it was stopped by Ctrl-C, and the next run goes on.
    """
    from whowhom.ingest import Tally
    from whowhom.ingest import ingest as run
    from whowhom.read import ReadOptions
    from whowhom.workers import CodingOptions

    settings = load_settings(
        flags={
            "store": store, "workers": workers, "parser": parser, "model": model, "max_bytes": max_bytes,
            "timeout": timeout, "allow_private": allow_private,
        }
    )  # fmt: skip
    reading = ReadOptions(
        published=given_date(published) if published is not None else None,
        max_bytes=settings["max_bytes"], timeout=settings["timeout"], allow_private=settings["allow_private"],
    )  # fmt: skip
    tally = Tally()
    try:
        with _progress(inputs) as show:
            run(
                inputs, settings["store"], coding=CodingOptions(settings["parser"], settings["model"]),
                reading=reading, workers=settings["workers"] or None,
                progress=show, skipped=None if quiet else _tell, tally=tally,
            )  # fmt: skip
    except KeyboardInterrupt:
        print("whowhom: stopped; what was written is whole, and the next run goes on", file=sys.stderr)
        summary(tally, settings["store"])
        raise typer.Exit(130) from None
    summary(tally, settings["store"])
    lost = sum(tally.skipped.values())
    if lost:
        raise typer.Exit(SOME_SKIPPED if tally.coded + tally.carried + tally.known else NOTHING_CODED)


def _tell(one: Any) -> None:
    detail = one.detail.removeprefix(f"{one.source}: ")
    print(f"whowhom: skipped {one.source}: {one.reason}: {detail}", file=sys.stderr)


def summary(tally: Tally, store: str) -> None:
    """Say on standard error what became of the inputs."""
    duplicates = tally.known + tally.carried
    print(
        f"whowhom: {tally.coded} coded, {tally.events} events; {duplicates} there before"
        + (f" ({tally.carried} at a new place)" if tally.carried else "")
        + f"; {sum(tally.skipped.values())} skipped -> {store}",
        file=sys.stderr,
    )
    for reason, count in sorted(tally.skipped.items()):
        print(f"  {reason}: {count}", file=sys.stderr)
    for one in tally.failed[:_SHOWN]:
        print(f"  failed: {one.source}: {one.detail}", file=sys.stderr)
    if len(tally.failed) > _SHOWN:
        print(f"  and {len(tally.failed) - _SHOWN} more failed", file=sys.stderr)


def _progress(inputs: list[str]) -> AbstractContextManager[Callable[[Tally], None]]:
    """What shows a tally on standard error while it grows; nothing where that is no screen."""
    if not sys.stderr.isatty():
        return nullcontext(lambda tally: None)
    return _Bar(inputs)


class _Bar:
    """A bar with count, rate and time left, where the number of inputs is known."""

    def __init__(self, inputs: list[str]) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        from whowhom.read import count_inputs

        columns = (
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"), TimeElapsedColumn(), TimeRemainingColumn(),
        )  # fmt: skip
        self.bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self.task = self.bar.add_task("reports", total=count_inputs(inputs), rate="")

    def __enter__(self) -> Callable[[Tally], None]:
        self.bar.start()
        return self._show

    def __exit__(self, *_: object) -> None:
        self.bar.stop()

    def _show(self, tally: Tally) -> None:
        task = self.bar.tasks[0]
        rate = f"{task.speed:.1f}/s" if task.speed else ""
        self.bar.update(self.task, completed=tally.seen, rate=rate)
