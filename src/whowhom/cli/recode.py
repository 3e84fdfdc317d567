"""`whowhom recode`: stored texts coded anew."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from whowhom.cli.ask.options import STORE
from whowhom.cli.code import SOME_SKIPPED
from whowhom.cli.setting_options import MODEL, PARSER, WORKERS
from whowhom.config import load_settings


def recode(
    store: STORE = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what this very version of the program coded.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change and change nothing.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print the counts alone.")] = False,
    workers: WORKERS = None,
    parser: PARSER = None,
    model: MODEL = None,
) -> None:
    """Code the stored texts anew where another version of the program, its model or your actors coded them.

    Prints what changed, record by record. Records that come out the same keep their ids.

    Example: whowhom recode --store news.db --dry-run
    """
    from rich.text import Text

    from whowhom.cli.wording import console, hang, plain, show, width_of
    from whowhom.recode import RECORDS, Change, Recoded
    from whowhom.recode import recode as run
    from whowhom.workers import CodingOptions

    settings = load_settings(flags={"store": store, "workers": workers, "parser": parser, "model": model})
    out = console()
    width = width_of(out)
    signs = {"added": ("+", "green"), "removed": ("-", "red"), "changed": ("~", "yellow")}

    def tell(change: Change) -> None:
        sign, style = signs[change.verdict]
        line = Text(f"{sign} ", style=style) + Text(f"{plain(change.document)} {change.records[:-1]} ", style="bold")
        line += Text(f"“{plain(change.words)}”: ")
        line += Text(plain(change.after or change.before))
        show(out, hang(line, width, 4))
        if change.verdict == "changed":
            show(out, hang(Text(f"    was: {plain(change.before)}", style="dim"), width, 9))

    def count(now: Recoded) -> None:
        if sys.stderr.isatty():
            print(f"\r{now.documents} of {now.total} coded anew", end="", file=sys.stderr, flush=True)

    try:
        found = run(
            settings["store"], coding=CodingOptions(settings["parser"], settings["model"]),
            workers=settings["workers"] or None, everything=everything, dry_run=dry_run,
            changes=None if quiet else tell, progress=count,
        )  # fmt: skip
    except KeyboardInterrupt:
        print("whowhom: stopped; what was written is whole, and the next run goes on", file=sys.stderr)
        raise typer.Exit(130) from None
    if sys.stderr.isatty() and found.total:
        print(file=sys.stderr)
    print(f"{found.documents} reports coded anew, {found.changed} changed{' (nothing was written)' if dry_run else ''}")
    for records in RECORDS:
        parts = [f"{found.counts[records, verdict]} {verdict}" for verdict in signs if found.counts[records, verdict]]
        if parts:
            print(f"  {records}: {', '.join(parts)}")
    for one in found.failed:
        print(f"whowhom: failed {one.source}: {one.detail}", file=sys.stderr)
    if found.failed:
        raise typer.Exit(SOME_SKIPPED)
