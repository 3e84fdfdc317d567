"""The `whowhom` command: one file a subcommand; commands parse and print, the functions beside them do the work."""

from __future__ import annotations

import sys

import typer

from whowhom.cli.actors import actors_app
from whowhom.cli.ask.counts import dyad, timeline
from whowhom.cli.ask.lists import events, pledges, relations, search, statements, stories
from whowhom.cli.ask.show import show
from whowhom.cli.ask.who import who
from whowhom.cli.code import code
from whowhom.cli.corrections import corrections
from whowhom.cli.curate import merge, split
from whowhom.cli.evaluate import evaluate
from whowhom.cli.exchange import export, import_
from whowhom.cli.ingest import ingest
from whowhom.cli.output import silence
from whowhom.cli.recode import recode
from whowhom.cli.schema import schema
from whowhom.cli.serve import serve
from whowhom.cli.upgrade import upgrade
from whowhom.cli.watch import watch
from whowhom.errors import WhowhomError

app = typer.Typer(
    name="whowhom",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(no_args_is_help=True)(code)
app.command(no_args_is_help=True)(ingest)
app.command(no_args_is_help=True)(watch)
for _list in (events, statements, pledges, relations, stories, timeline):
    app.command()(_list)
app.add_typer(actors_app, name="actors")
for _one in (search, dyad, who, show):
    app.command(no_args_is_help=True)(_one)
app.command()(serve)
app.command()(recode)
app.command()(upgrade)
app.command(no_args_is_help=True)(export)
app.command("import", no_args_is_help=True)(import_)
for _decision in (merge, split):
    app.command(no_args_is_help=True)(_decision)
app.command()(corrections)
app.command(no_args_is_help=True)(evaluate)
app.command()(schema)


def _version(value: bool) -> None:
    if value:
        from whowhom import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback(epilog="Example: whowhom code report.txt --published 2020-09-14")
def _options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Who did what to whom, when, where, how much, and who says so: news into a sourced record of politics."""


def main() -> None:
    """Run the command. An expected error is one line on standard error and exit status 2.

    Output is UTF-8 whatever the locale, and a reader that stops reading (`| head`) ends the run without a word.
    """
    _write_utf8()
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except WhowhomError as error:
        print(f"whowhom: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        silence()
        sys.exit(0)
    except Exception as error:
        # SQLite is not loaded for commands that need none; its errors are the disk's and the file's, not a bug of ours.
        sqlite3 = sys.modules.get("sqlite3")
        if sqlite3 is None or not isinstance(error, sqlite3.OperationalError | sqlite3.DatabaseError):
            raise
        print(f"whowhom: the store cannot be used: {error} (is the disk full, or does another program hold it?);"
              " what was written is whole", file=sys.stderr)  # fmt: skip
        sys.exit(2)


def _write_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # Half of a surrogate pair, which JSON input can hold, has no UTF-8: it is written as JSON writes it.
            reconfigure(encoding="utf-8", errors="backslashreplace")


__all__ = ["app", "main"]
