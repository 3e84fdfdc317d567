"""Every failure in one form: {"error": {"status": 404, "code": "not-found", "message": "..."}}."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from whowhom.errors import DateError, InputError, QueryError, StoreError, WhowhomError

log = logging.getLogger("whowhom.serve")

CODES = {
    400: "bad-request", 401: "token", 403: "forbidden", 404: "not-found", 405: "method-not-allowed", 413: "too-large",
    422: "invalid", 429: "too-many", 500: "failed", 503: "busy",
}  # fmt: skip
_WORDS = {
    404: "there is nothing at this address: /docs lists those that there are",
    405: "this address does not take that method: /docs lists those that it takes",
}
FAILED = "the server met a fault of its own: its terminal shows what it was, please send us that"


class Refusal(WhowhomError):
    """A call that is answered with an error; `headers` go out with it."""

    def __init__(self, message: str, status: int, code: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.headers = status, code, headers

    def __reduce__(self) -> tuple[Any, ...]:
        return Refusal, (str(self), self.status, self.code, self.headers)


class Told(BaseModel):
    """What was wrong."""

    status: int = Field(description="status of the answer, once more")
    code: str = Field(description="one fixed word for programs")
    message: str = Field(description="one sentence: what was wrong and what to try")


class Failure(BaseModel):
    """The body of every error."""

    error: Told


def failure(status: int, message: str, code: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """The answer that tells of an error."""
    told = {"status": status, "code": code or CODES.get(status, "failed"), "message": message}
    body = json.dumps({"error": told}, ensure_ascii=True).encode()
    return Response(body, status, {"Cache-Control": "no-store", **(headers or {})}, "application/json")


def told(error: Exception) -> Response | None:
    """The answer to an error that is expected, None where it is none such."""
    if isinstance(error, Refusal):
        return failure(error.status, str(error), error.code, error.headers)
    if isinstance(error, QueryError | DateError | InputError):
        return failure(422, str(error))
    if isinstance(error, StoreError):
        return failure(503, str(error), "store", {"Retry-After": "5"})
    if isinstance(error, WhowhomError):
        return failure(500, str(error))
    if isinstance(error, sqlite3.OperationalError) and "interrupt" in str(error):
        return failure(503, "this takes too long here: narrow it down, by dates for example", "too-slow")
    if isinstance(error, sqlite3.DatabaseError):
        log.error("the store cannot be used: %s", error)
        return failure(503, f"the store cannot be used ({error}): try again", "store", {"Retry-After": "5"})
    return None


def register(app: FastAPI) -> None:
    """Let the app answer with the one body, whatever goes wrong."""

    async def expected(request: Request, error: Exception) -> Response:
        found = told(error)
        if found is None:
            raise error
        return found

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        message = _WORDS.get(error.status_code) or str(error.detail)
        return failure(error.status_code, message, headers=error.headers)

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return failure(422, _words(error))

    app.add_exception_handler(WhowhomError, expected)
    app.add_exception_handler(sqlite3.Error, expected)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, invalid)


def _words(error: RequestValidationError) -> str:
    """What is wrong with a call, in a sentence."""
    parts = []
    for one in error.errors()[:3]:
        where = ".".join(str(step) for step in one["loc"] if step not in ("query", "body", "path", "header"))
        if one["type"] == "extra_forbidden":
            parts.append(f"there is no {where!r} here")
        elif one["type"] == "json_invalid":
            parts.append("the body is no JSON")
        else:
            message = str(one["msg"])
            parts.append(f"{where}: {message[:1].lower()}{message[1:]}" if where else message)
    return "; ".join(parts)[:500] + " (see /docs)"
