"""The app: its calls, its errors, its pages, and the guard before them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI

from whowhom import __version__
from whowhom.config import setting
from whowhom.read import ReadOptions
from whowhom.serve import errors, pages, pasting, stream
from whowhom.serve.routes import corrections, counts, lists, records, status
from whowhom.serve.security import Guard, Rules
from whowhom.serve.stores import Stores
from whowhom.workers import CodingOptions

_ABOUT = "Who did what to whom, when, where, how much, and who says so: the record of a store of whowhom."


def make_app(
    store: str | Path,
    *,
    rules: Rules | None = None,
    coding: CodingOptions | None = None,
    reading: ReadOptions | None = None,
    static: Path | None = None,
) -> FastAPI:
    """The app over a store, which need not be there yet.

    Args:
        store: the file.
        rules: who may ask; else only this machine, under its local names.
        coding: what pasted reports are coded with.
        reading: limits on what is fetched.
        static: the folder of the page as it was built.
    """
    app = FastAPI(
        title="whowhom", version=__version__, description=_ABOUT, docs_url=None, redoc_url=None,
        openapi_url="/openapi.json", redirect_slashes=False, lifespan=_lifespan,
    )  # fmt: skip
    app.state.stores = Stores(store)
    app.state.watcher = stream.Watcher(app.state.stores)
    app.state.pasting = pasting.Pasting(
        coding or CodingOptions(setting("parser").default), reading or ReadOptions(attempts=1)
    )
    errors.register(app)
    for one in (status, lists, counts, records, corrections, pasting, stream):
        app.include_router(one.router, prefix="/api")
    pages.add_pages(app, static)
    app.add_middleware(Guard, rules=rules or Rules())
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.watcher.closing = True
    app.state.pasting.close()
    app.state.stores.close()
