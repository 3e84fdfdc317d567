"""`whowhom watch`: feeds into a store, for as long as one likes."""

from __future__ import annotations

import signal
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from whowhom.cli.ask.options import STORE
from whowhom.cli.code import NOTHING_CODED, SOME_SKIPPED
from whowhom.cli.ingest import summary
from whowhom.cli.setting_options import ALLOW_PRIVATE, MAX_BYTES, MODEL, PARSER, TIMEOUT, USER_AGENT, setting_help
from whowhom.config import load_settings

if TYPE_CHECKING:
    from whowhom.records import Skipped
    from whowhom.watch.run import Polled


def watch(
    feeds: Annotated[
        list[str],
        typer.Argument(
            metavar="FEED",
            help="Addresses of RSS or Atom feeds, files with one address a line (# begins a comment), OPML files.",
            show_default=False,
        ),
    ],
    store: STORE = None,
    once: Annotated[
        bool, typer.Option("--once", help="Poll every feed once, due or not, and end; for cron and timers.")
    ] = False,
    poll_seconds: Annotated[
        float | None, typer.Option(metavar="SECONDS", help=setting_help("poll_seconds"), show_default=False)
    ] = None,
    host_seconds: Annotated[
        float | None, typer.Option(metavar="SECONDS", help=setting_help("host_seconds"), show_default=False)
    ] = None,
    parser: PARSER = None,
    model: MODEL = None,
    max_bytes: MAX_BYTES = None,
    timeout: TIMEOUT = None,
    user_agent: USER_AGENT = None,
    allow_private: ALLOW_PRIVATE = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing of polls and of what was skipped.")] = False,
) -> None:
    """Follow feeds: what is new in them is fetched, coded and put into a store. Ctrl-C or SIGTERM ends it.

    Hosts are asked as their robots.txt allows, one request at a time; a feed that fails is left alone for longer each
    time, and one that wants to be asked less often is.

    Example: whowhom watch https://example.org/news.rss --store news.db

    Example: whowhom watch feeds.opml more-feeds.txt --store news.db --once

    Exit status: with --once 0 all that is new is in the store, 1 no feed could be read or nothing came of them, 3 some
    failed or were skipped; without it 0 after SIGTERM; 130 after Ctrl-C; 2 the command was used wrongly.
    """
    from whowhom.watch.stopping import Stop

    stop = Stop()
    with stop.listening():
        settings = load_settings(
            flags={
                "store": store, "poll_seconds": poll_seconds, "host_seconds": host_seconds, "parser": parser,
                "model": model, "max_bytes": max_bytes, "timeout": timeout, "user_agent": user_agent,
                "allow_private": allow_private,
            }
        )  # fmt: skip
        from whowhom.errors import InputError
        from whowhom.read import ReadOptions
        from whowhom.watch.addresses import read_addresses
        from whowhom.watch.run import Watched
        from whowhom.watch.run import watch as run
        from whowhom.workers import CodingOptions

        addresses, bad = read_addresses(feeds)
        for one in bad:
            _tell(one)
        if not addresses:
            raise InputError("there is no feed to watch: give the address of one, or a file with such addresses")
        watched = Watched()
        try:
            run(
                addresses, settings["store"], coding=CodingOptions(settings["parser"], settings["model"]),
                reading=ReadOptions(
                    max_bytes=settings["max_bytes"], timeout=settings["timeout"],
                    user_agent=settings["user_agent"], allow_private=settings["allow_private"],
                ),
                poll_seconds=settings["poll_seconds"], host_seconds=settings["host_seconds"], once=once, stop=stop,
                report=None if quiet else _report, skipped=None if quiet else _tell, watched=watched,
            )  # fmt: skip
        except KeyboardInterrupt:
            print("whowhom: broken off; what was written is whole, and the next run goes on", file=sys.stderr)
        summary(watched.tally, settings["store"])
        if watched.failed and quiet:
            print(f"  feeds that failed: {watched.failed}", file=sys.stderr)
    if stop.signal:
        raise typer.Exit(130 if stop.signal == signal.SIGINT else 0)
    tally = watched.tally
    if bad or watched.failed or tally.skipped:
        gained = tally.coded + tally.carried + tally.known or (watched.read and not tally.skipped)
        raise typer.Exit(SOME_SKIPPED if gained else NOTHING_CODED)


def _tell(one: Skipped) -> None:
    detail = one.detail.removeprefix(f"{one.source}: ")
    print(f"whowhom: skipped {one.source}: {one.reason}: {detail}", file=sys.stderr)


def _report(one: Polled) -> None:
    """Say in a line what came of a poll."""
    if one.error:
        again = "not asked again" if one.again is None else f"next at {_clock(one.again)}"
        words = f"failed: {one.error}; {again}"
    elif not one.new:
        words = "nothing new"
    else:
        parts = [f"{one.new} new", f"{one.coded} coded", f"{one.events} events"]
        parts += [f"{one.skipped} skipped"] if one.skipped else []
        parts += [f"{one.later} to be tried again"] if one.later else []
        words = ", ".join(parts)
    print(f"{_clock(one.at)} {one.url}: {words}", file=sys.stderr, flush=True)


def _clock(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
