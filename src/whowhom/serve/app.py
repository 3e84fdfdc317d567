"""The app: its calls, its errors, its guard, and the page."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI

from whowhom import __version__
from whowhom.serve import errors
from whowhom.serve.routes import counts, lists, records, status
from whowhom.serve.stores import Stores


def make_app(store: str | Path) -> FastAPI:
    """The app over a store, which need not be there yet."""
    app = FastAPI(
        title="whowhom", version=__version__, docs_url=None, redoc_url=None, openapi_url="/openapi.json",
        redirect_slashes=False,
    )  # fmt: skip
    app.state.stores = Stores(store)
    errors.register(app)
    for one in (status, lists, counts, records):
        app.include_router(one.router, prefix="/api")
    return app
