"""What people say of records."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Path, Query, Request
from pydantic import Field, StringConstraints
from starlette.responses import Response

from whowhom.errors import QueryError
from whowhom.serve.answers import ERRORS, as_body, as_file, csv_lines, reply, stores_of
from whowhom.serve.errors import Failure, Refusal
from whowhom.serve.wishes import Optional, Strict
from whowhom.store.corrections import COLUMNS, correct, corrections, flat, withdraw
from whowhom.store.database import connect
from whowhom.store.tables import as_json

router = APIRouter(tags=["corrections"], responses=ERRORS)
WRITING: dict[int | str, dict[str, Any]] = {
    403: {"model": Failure, "description": "The call comes from another site, or lacks the header X-Whowhom."},
    413: {"model": Failure, "description": "The body is too large."},
}
Desk = Annotated[Literal["desk"], Header(alias="X-Whowhom", description="says that no foreign page makes the call")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]
Value = Annotated[str, Field(max_length=2_000)] | int | float | bool | None


class Given(Strict):
    """What a person says of a record."""

    record: str = Field(max_length=60, description="e12, s3, p4, r5, or d7:e3, d7:o1, ... for what one report says")
    verdict: Literal["right", "wrong", "mended"]
    fields: dict[Name, Value | Annotated[list[Value], Field(max_length=50)]] = Field(
        default={}, max_length=40, description="by name of the field the value that is right; of mended records"
    )
    note: str = Field("", max_length=4_000, description="why")
    by: str = Field("", max_length=200, description="who says so")


class Asked(Strict):
    """Which corrections, in which form."""

    record: Optional = Field(None, description="of this record; else all")
    format: Literal["json", "csv", "jsonl"] = "json"


@router.get("/corrections", summary="What people said of records")
def listed(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """In order of time; of an event also what was said of it as one report has it."""
    if asked.format == "json":
        return reply(request, lambda store: {"rows": [as_json(one) for one in corrections(store.db, asked.record)]})
    with stores_of(request).lend() as store:
        found = list(corrections(store.db, asked.record))
    if asked.format == "csv":
        body, kind = "".join(csv_lines(COLUMNS, map(flat, found))), "text/csv"
    else:
        body, kind = "".join(json.dumps(as_json(one)) + "\n" for one in found), "application/jsonl"
    return Response(body, headers=as_file(f"corrections.{asked.format}"), media_type=kind)


@router.post("/corrections", summary="Say that a record is right, wrong, or mended", status_code=201, responses=WRITING)
def give(request: Request, given: Given, desk: Desk = "desk") -> Response:
    """It is kept beside the record, and found again after its report was coded anew."""
    for text in (given.note, given.by, *(one for one in given.fields.values() if isinstance(one, str))):
        if any("\ud800" <= c <= "\udfff" for c in text):
            raise QueryError("a text has half a character: write it in UTF-8")
    with _writing(request) as db:
        made = correct(
            db, given.record, given.verdict, fields=given.fields, note=given.note.strip(), by=given.by.strip()
        )
    return as_body(as_json(made), 201)


@router.delete("/corrections/{number}", summary="Take a correction back", status_code=204, responses=WRITING)
def take_back(request: Request, number: Annotated[int, Path(ge=1, le=2**62)], desk: Desk = "desk") -> Response:
    """The record stays as it is."""
    with _writing(request) as db:
        try:
            withdraw(db, number)
        except QueryError as error:
            raise Refusal(str(error), 404, "not-found") from error
    return Response(status_code=204)


@contextmanager
def _writing(request: Request) -> Iterator[sqlite3.Connection]:
    """The store, open to write."""
    stores = stores_of(request)
    stores.known()
    db = connect(stores.path, write=True)
    try:
        yield db
    finally:
        db.close()
