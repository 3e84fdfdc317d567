"""Server-sent events: the page is told when the store has grown."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from whowhom.errors import WhowhomError
from whowhom.serve.answers import stores_of
from whowhom.serve.errors import Failure, Refusal
from whowhom.serve.stores import Stores

LISTENERS = 64
"""Pages that are told at once."""
_EVERY = 1.0
_ALIVE = 15.0
router = APIRouter(tags=["status"])


@dataclass(frozen=True, slots=True)
class Size:
    """How much a store holds."""

    documents: int = 0
    events: int = 0


def size(stores: Stores) -> Size:
    """How much the store holds now; nothing where there is none."""
    try:
        with stores.lend() as store:
            row = store.db.execute(
                "SELECT (SELECT count(*) FROM document), (SELECT coalesce(sum(events), 0) FROM event_day)"
                " + (SELECT count(*) FROM event WHERE date IS NULL)"
            ).fetchone()
        return Size(row[0], row[1])
    except (WhowhomError, sqlite3.Error):
        return Size()


class Watcher:
    """Looks at the store once a second for all who listen, and only while somebody does."""

    def __init__(self, stores: Stores, every: float = _EVERY) -> None:
        self.stores = stores
        self.every = every
        self.listeners = 0
        self.closing = False
        self._seen: tuple[str, Size] = ("", Size())
        self._looked_at = 0.0
        self._lock: asyncio.Lock | None = None

    async def look(self) -> Size:
        """How much the store holds, looked up anew where the last look is older than the interval."""
        self._lock = self._lock or asyncio.Lock()
        async with self._lock:
            loop = asyncio.get_running_loop()
            if loop.time() - self._looked_at >= self.every * 0.9:
                self._seen = await run_in_threadpool(self._look, self._seen)
                self._looked_at = loop.time()
            return self._seen[1]

    def _look(self, before: tuple[str, Size]) -> tuple[str, Size]:
        try:
            version = self.stores.version()
        except (WhowhomError, sqlite3.Error):
            return "", Size()
        return before if version == before[0] else (version, size(self.stores))

    async def told(self) -> AsyncIterator[str]:
        """The stream of one listener."""
        self.listeners += 1
        try:
            had = await self.look()
            yield f"retry: 3000\n: {had.documents} documents\n\n"
            quiet = 0.0
            while not self.closing:
                await asyncio.sleep(self.every)
                quiet += self.every
                now = await self.look()
                if now.documents > had.documents or now.events > had.events:
                    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
                    data = json.dumps({"documents": now.documents, "events": now.events, "at": at})
                    yield f"event: changed\ndata: {data}\n\n"
                    quiet = 0.0
                elif quiet >= _ALIVE:
                    yield ": still here\n\n"
                    quiet = 0.0
                had = now
        finally:
            self.listeners -= 1


@router.get(
    "/stream", summary="News of the store as it grows",
    responses={200: {"content": {"text/event-stream": {}}}, 429: {"model": Failure, "description": "Too many listen."}},
)  # fmt: skip
async def stream(request: Request) -> Response:
    """Server-sent events: `changed` with the numbers of documents and events whenever these have grown."""
    watcher: Watcher = request.app.state.watcher
    assert watcher.stores is stores_of(request)
    if watcher.listeners >= LISTENERS:
        raise Refusal("too many pages listen already: close one", 429, "too-many", {"Retry-After": "30"})
    return StreamingResponse(
        watcher.told(), media_type="text/event-stream", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )
