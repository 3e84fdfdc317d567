"""What goes out: JSON with a mark of its version, CSV as a file."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.responses import Response, StreamingResponse

from whowhom import __version__
from whowhom.serve.errors import Failure
from whowhom.serve.stores import Stores
from whowhom.store import Page, Store
from whowhom.store.tables import as_json, columns, flat

LONGEST = 100_000
"""Rows of a CSV at most."""
_STEP = 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
ERRORS: dict[int | str, dict[str, Any]] = {
    404: {"model": Failure, "description": "There is no such record, or no store yet."},
    422: {"model": Failure, "description": "The question is none: the message says what is wrong with it."},
    503: {"model": Failure, "description": "Too much is asked at once, or the store cannot be used now."},
}
"""What every question may be answered with, for the docs."""


def stores_of(request: Request) -> Stores:
    """The stores of the app that a request came to."""
    found: Stores = request.app.state.stores
    return found


def reply(request: Request, work: Callable[[Store], Any], *, extra: object = "") -> Response:
    """What `work` makes of the store as JSON; a caller that has this version already is told so without work.

    `extra` is what the answer depends on beside the store and the address.
    """
    stores = stores_of(request)
    # Before it is read: what changes meanwhile gives the answer an old mark, never an old answer a new one.
    mark = _mark(stores.version(), request, extra)
    headers = {"ETag": mark, "Cache-Control": "no-cache"}
    if _has(request.headers.get("if-none-match", ""), mark):
        return Response(status_code=304, headers=headers)
    with stores.lend() as store:
        value = work(store)
    return as_body(value, headers=headers)


def as_body(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A value as an answer in JSON."""
    try:
        body = json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except UnicodeEncodeError:  # half of a character pair, which JSON can hold and UTF-8 cannot
        body = json.dumps(value, ensure_ascii=True, allow_nan=False).encode()
    except ValueError:  # a number beyond all bounds
        return as_body(_finite(value), status, headers)
    return Response(body, status, headers, "application/json")


def page_body(page: Page[Any], **more: Any) -> dict[str, Any]:
    """A page as plain values."""
    return {
        "rows": [as_json(one) for one in page], "total": page.total, "more": page.more, "cursor": page.cursor, **more,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list as a file: how it is called, its columns, and how a page of it is asked for."""

    name: str
    kind: type
    ask: Callable[[Store, int, str | None], Page[Any]]


def sheet(request: Request, sheet: Sheet) -> Response:
    """All rows of a list as a CSV file, up to `LONGEST`."""
    stores = stores_of(request)
    names = columns(sheet.kind)
    with stores.lend() as store:  # what is wrong with the question is told before the file begins
        first = sheet.ask(store, _STEP, None)

    def rows() -> Iterator[dict[str, Any]]:
        page, number = first, 0
        while True:
            for one in page:
                yield flat(one)
            number += len(page)
            if page.cursor is None or number >= LONGEST:
                return
            # Lent for a page at a time: a slow reader keeps no connection.
            with stores.lend() as store:
                page = sheet.ask(store, _STEP, page.cursor)

    return StreamingResponse(csv_lines(names, rows()), headers=as_file(f"{sheet.name}.csv"), media_type="text/csv")


def as_file(name: str) -> dict[str, str]:
    """The headers of an answer that a browser saves."""
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}


def csv_lines(names: Iterable[str], rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A CSV in pieces, with no cell that a spreadsheet would run."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(names), extrasaction="ignore")
    writer.writeheader()
    for k, row in enumerate(rows, start=1):
        writer.writerow({name: _harmless(value) for name, value in row.items()})
        if k % _STEP == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _mark(version: str, request: Request, extra: object) -> str:
    asked = f"{__version__} {version} {request.url.path}?{request.url.query} {extra}"
    return f'"{hashlib.blake2b(asked.encode(errors="replace"), digest_size=12).hexdigest()}"'


def _has(given: str, mark: str) -> bool:
    return any(one.strip().removeprefix("W/") in (mark, "*") for one in given.split(",")) if given else False


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(one) for one in value]
    return value
