"""`whowhom ingest`: reports into a store."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whowhom.cli.ask.options import STORE
from whowhom.cli.code import NOTHING_CODED, SOME_SKIPPED, given_date
from whowhom.cli.progress import progress
from whowhom.cli.setting_options import ALLOW_PRIVATE, MAX_BYTES, MODEL, PARSER, TIMEOUT, USER_AGENT, WORKERS
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
    workers: WORKERS = None,
    parser: PARSER = None,
    model: MODEL = None,
    max_bytes: MAX_BYTES = None,
    timeout: TIMEOUT = None,
    user_agent: USER_AGENT = None,
    allow_private: ALLOW_PRIVATE = None,
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
            "timeout": timeout, "user_agent": user_agent, "allow_private": allow_private,
        }
    )  # fmt: skip
    reading = ReadOptions(
        published=given_date(published) if published is not None else None,
        max_bytes=settings["max_bytes"], timeout=settings["timeout"], user_agent=settings["user_agent"],
        allow_private=settings["allow_private"],
    )  # fmt: skip
    tally = Tally()
    try:
        with progress(inputs, reading) as show:
            run(
                inputs, settings["store"], coding=CodingOptions(settings["parser"], settings["model"]),
                reading=reading, workers=settings["workers"] or None,
                progress=lambda now: show(now.seen), skipped=None if quiet else _tell, tally=tally,
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
