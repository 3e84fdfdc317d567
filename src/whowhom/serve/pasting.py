"""Reports that are pasted, coded in a process of their own: answers to others do not wait for it."""

from __future__ import annotations

import dataclasses
import os
import signal
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Request
from pydantic import Field, model_validator
from starlette.responses import Response

from whowhom.errors import WhowhomError
from whowhom.ingest import with_actors
from whowhom.own_actors import OwnActor
from whowhom.pipeline import Coder, given_date
from whowhom.read import ReadOptions
from whowhom.records import Skipped
from whowhom.serve.answers import as_body, stores_of
from whowhom.serve.errors import FAILED, Failure, Refusal, log
from whowhom.serve.stores import Stores
from whowhom.serve.wishes import Optional, Strict
from whowhom.workers import CodingOptions

AT_ONCE = 2
"""Texts that are coded or wait for it; one more is refused."""
_SECONDS = 120.0
router = APIRouter(tags=["coding"])
Desk = Annotated[Literal["desk"], Header(alias="X-Whowhom", description="says that no foreign page makes the call")]


class Pasted(Strict):
    """A report, as its text or by its address."""

    text: str | None = Field(None, max_length=1_000_000, description="the whole text")
    url: Annotated[str | None, Field(max_length=2_000)] = Field(None, description="or its address, http or https")
    published: Optional = Field(None, description="its date, 2020-09-14, where it gives none itself")
    title: Annotated[str | None, Field(max_length=1_000)] = Field(None, description="its headline")

    @model_validator(mode="after")
    def _one_of_both(self) -> Pasted:
        if bool(self.text and self.text.strip()) == bool(self.url and self.url.strip()):
            raise ValueError("give a text or an address, one of both")
        if self.url and not self.url.strip().lower().startswith(("http://", "https://")):
            raise ValueError("an address begins with http:// or https://")
        return self


class Pasting:
    """A process that codes, begun at the first text, and a bound on how many texts it is given."""

    def __init__(
        self, coding: CodingOptions, reading: ReadOptions, *, at_once: int = AT_ONCE, seconds: float = _SECONDS
    ) -> None:
        self.coding, self.reading = coding, reading
        self.at_once, self.seconds = at_once, seconds
        self._room = threading.BoundedSemaphore(at_once)
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    def code(self, pasted: Pasted, actors: tuple[OwnActor, ...]) -> dict[str, Any]:
        """The coded document of a text, as plain values.

        Raises:
            Refusal: too many are coded now, it takes too long, or the text is none that can be coded.
        """
        published = given_date(pasted.published) if pasted.published else None
        if not self._room.acquire(blocking=False):
            raise Refusal(
                f"{self.at_once} texts are being coded already: try again in a moment", 429, "too-many",
                {"Retry-After": "5"},
            )  # fmt: skip
        try:
            return self._coded(pasted, published, actors)
        finally:
            self._room.release()

    def _coded(self, pasted: Pasted, published: str | None, actors: tuple[OwnActor, ...]) -> dict[str, Any]:
        options = dataclasses.replace(self.reading, published=published)
        pool: ProcessPoolExecutor | None = None
        try:
            pool = self._begun()
            job: Future[dict[str, Any]] = pool.submit(
                _code,
                actors,
                (pasted.text or "").strip(),
                (pasted.url or "").strip(),
                (pasted.title or "").strip(),
                options,
            )
            return job.result(self.seconds)
        except TooLong as error:
            self._end(pool)
            raise Refusal(
                f"the text was not coded within {self.seconds:g} seconds: give a shorter one", 503, "too-slow"
            ) from error
        except BrokenProcessPool as error:
            self._end(pool)
            raise Refusal(
                "the process that coded it died, perhaps for want of memory: give a shorter text", 503, "too-slow"
            ) from error
        except WhowhomError:
            raise
        except Exception as error:
            log.exception("a fault in coding")
            raise Refusal(FAILED, 500, "failed") from error

    def close(self) -> None:
        """End the process."""
        self._end(self._pool)

    def _begun(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(
                    1, get_context("spawn"), initializer=_begin, initargs=(self.coding,)
                )  # fmt: skip
            return self._pool

    def _end(self, pool: ProcessPoolExecutor | None) -> None:
        with self._lock:
            if pool is None or pool is not self._pool:
                return
            self._pool = None
        processes = list((pool._processes or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            with suppress(OSError, ValueError):
                process.terminate()


_coder: Coder | None = None
_coding: CodingOptions | None = None


def _begin(coding: CodingOptions) -> None:
    """Make the process ready: it leaves Ctrl-C to its parent and ends when that has ended."""
    global _coding
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _coding = coding


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _code(actors: tuple[OwnActor, ...], text: str, url: str, title: str, options: ReadOptions) -> dict[str, Any]:
    """Code one report; in the process."""
    coder = _coder_with(actors)
    if text:
        return coder.code(text, published=options.published, title=title or None, source_id="pasted").to_json()
    found = next(iter(coder.read_and_code([url], options)), None)
    if found is None:
        raise Refusal("there is no report at that address", 422, "empty")
    if isinstance(found, Skipped):
        raise Refusal(found.detail, 422, found.reason)
    return found.to_json()


def _coder_with(actors: tuple[OwnActor, ...]) -> Coder:
    """The coder, with models that are loaded once whoever the user's own actors are."""
    global _coder
    assert _coding is not None
    if _coder is None or _coder.actors != actors:
        fresh = Coder(_coding.parser, use_model=_coding.use_model, actors=actors)
        if _coder is not None:
            fresh.nlp, fresh.network = _coder.nlp, _coder.network
        _coder = fresh
    return _coder


def _own_actors(stores: Stores, coding: CodingOptions) -> tuple[OwnActor, ...]:
    """The user's own actors: those that the store has, if there is one."""
    if not stores.there:
        return coding.actors
    with stores.lend() as store:
        return with_actors(store.db, coding).actors


@router.post(
    "/code",
    summary="Code a report",
    responses={
        403: {"model": Failure, "description": "The call comes from another site, or lacks the header X-Whowhom."},
        413: {"model": Failure, "description": "The body is too large."},
        422: {"model": Failure, "description": "It cannot be coded: no English, no text, no such address."},
        429: {"model": Failure, "description": "Too many texts are being coded: Retry-After says when to try again."},
    },
)
def code(request: Request, pasted: Pasted, desk: Desk = "desk") -> Response:
    """Who did what to whom in a text, who said and promised what; nothing is stored, and no store is needed."""
    pasting: Pasting = request.app.state.pasting
    actors = _own_actors(stores_of(request), pasting.coding)
    return as_body({"document": pasting.code(pasted, actors)})
