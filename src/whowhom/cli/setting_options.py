"""The options that several commands share because they are settings: flag, environment and file have one help."""

from __future__ import annotations

from typing import Annotated

import typer

from whowhom.config import setting


def setting_help(name: str) -> str:
    """The help of a setting's flag, with its default."""
    one = setting(name)
    if one.kind is bool:
        default = "yes" if one.default else "no"
    else:
        default = f"{one.default:g}" if one.kind is float else str(one.default)
    return f"{one.help[0].upper()}{one.help[1:]} [default: {default}]."


PARSER = Annotated[str | None, typer.Option(metavar="MODEL", help=setting_help("parser"), show_default=False)]
MODEL = Annotated[bool | None, typer.Option("--model/--no-model", help=setting_help("model"), show_default=False)]
WORKERS = Annotated[int | None, typer.Option(metavar="NUMBER", help=setting_help("workers"), show_default=False)]
MAX_BYTES = Annotated[int | None, typer.Option(metavar="NUMBER", help=setting_help("max_bytes"), show_default=False)]
TIMEOUT = Annotated[float | None, typer.Option(metavar="SECONDS", help=setting_help("timeout"), show_default=False)]
USER_AGENT = Annotated[str | None, typer.Option(metavar="TEXT", help=setting_help("user_agent"), show_default=False)]
ALLOW_PRIVATE = Annotated[
    bool | None,
    typer.Option("--allow-private/--no-allow-private", help=setting_help("allow_private"), show_default=False),
]
