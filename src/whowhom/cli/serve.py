"""`whowhom serve`: the record in a browser."""

from __future__ import annotations

from typing import Annotated

import typer

from whowhom.cli.ask.options import STORE, store_path


def serve(
    store: STORE = None,
    host: Annotated[str, typer.Option(metavar="NAME", help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="NUMBER", min=0, max=65535, help="Port.")] = 8642,
) -> None:
    """Serve."""
    import uvicorn

    from whowhom.serve.app import make_app

    uvicorn.run(make_app(store_path(store)), host=host, port=port)
