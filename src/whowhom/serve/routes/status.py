"""What there is."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from whowhom import __version__
from whowhom.serve.answers import as_body, reply, stores_of
from whowhom.store import Store

router = APIRouter(tags=["status"])


@router.get("/status", summary="What there is in the store")
def status(request: Request) -> Response:
    """How much the store holds; `store` is false where there is none yet."""
    stores = stores_of(request)
    about = {"path": stores.path.name, "version": __version__, "coding": True}
    if not stores.there:
        return as_body({"store": False, **about, "ingesting": False}, headers={"Cache-Control": "no-cache"})
    return reply(request, lambda store: {"store": True, **about, **_numbers(store)})


def _numbers(store: Store) -> dict[str, Any]:
    one = lambda sql: store.db.execute(sql).fetchone()[0]  # noqa: E731
    return {
        "documents": one("SELECT count(*) FROM document"),
        "events": one("SELECT count(*) FROM event"),
        "statements": one("SELECT count(*) FROM statement"),
        "pledges": one("SELECT count(*) FROM pledge"),
        "relations": one("SELECT count(*) FROM relation"),
        "actors": one("SELECT count(*) FROM actor WHERE named"),
        "stories": one("SELECT count(*) FROM story WHERE documents > 0"),
        "first": one("SELECT min(date) FROM event"), "last": one("SELECT max(date) FROM event"),
        "published_last": one("SELECT max(published) FROM document"),
        "ingesting": False,
    }  # fmt: skip
