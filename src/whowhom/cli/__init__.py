"""The `whowhom` command: one file a subcommand; commands parse and print, the functions beside them do the work."""

from __future__ import annotations

import sys

import typer

from whowhom.cli.code import code
from whowhom.cli.evaluate import evaluate
from whowhom.cli.output import silence
from whowhom.cli.schema import schema
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


def _write_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # Half of a surrogate pair, which JSON input can hold, has no UTF-8: it is written as JSON writes it.
            reconfigure(encoding="utf-8", errors="backslashreplace")


__all__ = ["app", "main"]
