"""`whowhom serve`: the record in a browser."""

from __future__ import annotations

import re
import sys
from typing import Annotated

import typer

from whowhom.cli.ask.options import STORE
from whowhom.cli.setting_options import ALLOW_PRIVATE, MAX_BYTES, MODEL, PARSER, TIMEOUT, USER_AGENT
from whowhom.config import load_settings


def serve(
    store: STORE = None,
    host: Annotated[
        str, typer.Option(metavar="NAME", help="Where to listen; other than this machine's own needs a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="NUMBER", min=0, max=65535, help="Port; 0 is any that is free.")] = 8642,
    token: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            help="What callers must know; made where one is needed and none is given.",
            show_default=False,
        ),
    ] = None,
    open: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    parser: PARSER = None,
    model: MODEL = None,
    max_bytes: MAX_BYTES = None,
    timeout: TIMEOUT = None,
    user_agent: USER_AGENT = None,
    allow_private: ALLOW_PRIVATE = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Write no line for each call.")] = False,
) -> None:
    """Show a store in the browser, and answer programs (/docs lists what can be asked). Ctrl-C ends it.

    The store may be filled meanwhile, and need not be there yet. Only this machine is answered unless --host says
    otherwise.

    Example: whowhom serve --store news.db --open
    """
    from whowhom.errors import SettingError

    settings = load_settings(
        flags={
            "store": store, "parser": parser, "model": model, "max_bytes": max_bytes, "timeout": timeout,
            "user_agent": user_agent, "allow_private": allow_private,
        }
    )  # fmt: skip
    if token is not None and not re.fullmatch(r"[A-Za-z0-9_-]{12,200}", token):
        raise SettingError("--token must be of at least 12 letters, digits, - and _: leave it out and one is made")
    from whowhom.read import ReadOptions
    from whowhom.serve.app import make_app
    from whowhom.serve.running import is_every, is_loopback, listening, open_browser, run
    from whowhom.serve.security import LOCAL, Rules
    from whowhom.workers import CodingOptions

    at = listening(host, port)
    _bring_up(settings["store"])
    if token is None and not is_loopback(host):
        import secrets

        token = secrets.token_urlsafe(24)
    port = at.getsockname()[1]
    name = f"[{host.strip('[]')}]" if ":" in host else host
    rules = Rules(None if is_every(host) else LOCAL | {name.lower()}, token, f"whowhom_{port}")
    app = make_app(
        settings["store"], rules=rules, coding=CodingOptions(settings["parser"], settings["model"]),
        reading=ReadOptions(
            max_bytes=settings["max_bytes"], timeout=settings["timeout"], user_agent=settings["user_agent"],
            allow_private=settings["allow_private"], attempts=1,
        ),
    )  # fmt: skip
    shown = _own_name() if is_every(host) else name
    address = f"http://{shown}:{port}/" + (f"?token={token}" if token else "")

    def ready() -> None:
        print(f"whowhom: {address} (Ctrl-C ends it)", file=sys.stderr, flush=True)
        if open:
            open_browser(address)

    run(app, at, ready=ready, log=not quiet)


def _bring_up(path: str) -> None:
    """Bring a store of an older version up to this one; where there is none yet, or it is none, nothing is done."""
    from whowhom.store.database import connect, migrations, settle, version_of

    version = version_of(path)
    if version is not None and 0 < version < migrations()[-1][0]:
        print(f"whowhom: {path} is of an older version and brought up to this one ...", file=sys.stderr, flush=True)
        db = connect(path, write=True)
        settle(db)
        db.close()


def _own_name() -> str:
    """A name under which others reach this machine, as well as it is known."""
    import socket

    return socket.gethostname() or "localhost"
