"""The `whowhom` command: one file a subcommand; commands parse and print, the functions beside them do the work."""

from __future__ import annotations

import sys

import typer

from whowhom.cli.code import code
from whowhom.cli.schema import schema
from whowhom.errors import WhowhomError

app = typer.Typer(
    name="whowhom",
    help="Who did what to whom, when, where, how much, and who says so: news into a sourced record of politics.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(code)
app.command()(schema)


def _version(value: bool) -> None:
    if value:
        from whowhom import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Who did what to whom, when, where, how much, and who says so: news into a sourced record of politics."""


def main() -> None:
    """Run the command. An expected error is one line on standard error and exit status 2."""
    try:
        app()
    except WhowhomError as error:
        print(f"whowhom: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


__all__ = ["app", "main"]
