"""What there is."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from whowhom import __version__
from whowhom.serve.answers import ERRORS, as_body, reply, stores_of
from whowhom.store.questions.spans import latest

router = APIRouter(tags=["status"], responses={503: ERRORS[503]})
_FRESH = timedelta(seconds=30)
_LISTED = (
    "SELECT (SELECT count(*) FROM {0}) - (SELECT count(*) FROM {0} WHERE document IN"
    " (SELECT id FROM document WHERE copy_of IS NOT NULL))"
)
"""As many as the list has: what a near copy says again is not counted."""
_NUMBERS = {
    "documents": "SELECT count(*) FROM document",
    "events": "SELECT coalesce(sum(events), 0) + (SELECT count(*) FROM event WHERE date IS NULL) FROM event_day",
    "statements": _LISTED.format("statement"),
    "pledges": "SELECT count(*) FROM pledge",
    "relations": _LISTED.format("relation"),
    "actors": "SELECT count(*) FROM actor WHERE named",
    "stories": "SELECT count(*) FROM story WHERE documents > 0",
    "first": "SELECT min(day) FROM event_day",
    "published_last": "SELECT max(published) FROM document",
}


@router.get("/status", summary="What there is in the store")
def status(request: Request) -> Response:
    """How much the store holds; `store` is false where there is none yet.

    `last` is the day on which the data end: of reports the latest date of publication, for they also tell of what is
    planned. `ingesting` says that a report came in within the last half minute.
    """
    stores = stores_of(request)
    about = {"path": stores.path.name, "version": __version__, "coding": True}
    if not stores.there:
        nothing = dict.fromkeys(_NUMBERS, 0) | {"first": None, "last": None, "published_last": None}
        return as_body({"store": False, **about, **nothing, "ingesting": False}, headers={"Cache-Control": "no-cache"})
    with stores.lend() as store:
        busy = _ingesting(store.db)
    return reply(
        request,
        lambda store: {
            "store": True, **about, **{name: store.db.execute(sql).fetchone()[0] for name, sql in _NUMBERS.items()},
            "last": latest(store.db), "ingesting": busy,
        },
        extra=busy,
    )  # fmt: skip


def _ingesting(db: sqlite3.Connection) -> bool:
    row: Any = db.execute("SELECT coded_at FROM document ORDER BY id DESC LIMIT 1").fetchone()
    since = (datetime.now(UTC) - _FRESH).strftime("%Y-%m-%dT%H:%M:%SZ")
    return row is not None and str(row[0]) >= since
