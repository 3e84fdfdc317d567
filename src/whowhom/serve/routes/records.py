"""Single records, reports, people."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from whowhom.errors import QueryError
from whowhom.serve.answers import ERRORS, page_body, reply
from whowhom.serve.errors import Refusal
from whowhom.serve.wishes import Named
from whowhom.store import Store
from whowhom.store.questions.details import StoryDetails, parse_id
from whowhom.store.tables import as_json

router = APIRouter(tags=["records"], responses=ERRORS)
Identifier = Annotated[str, Path(max_length=40, description="e12, s3, p4, r5, a6, d7 or t8")]


@router.get("/who", summary="All that is known of somebody")
def who(request: Request, asked: Annotated[Named, Query()]) -> Response:
    """Offices, events, words, pledges and relations of the most reported actor of that name."""

    def work(store: Store) -> dict[str, Any]:
        try:
            found = store.who(asked.name, limit=asked.limit)
        except QueryError as error:
            raise Refusal(str(error), 404, "not-found") from error
        lists = {name: page_body(getattr(found, name)) for name in ("events", "statements", "pledges", "relations")}
        return {"actor": as_json(found.actor), **lists, "others": [as_json(one) for one in found.others],
                "connections": []}  # fmt: skip

    return reply(request, work)


@router.get("/records/{id}", summary="One record with every source")
def record(request: Request, id: Identifier) -> Response:
    """The record of an id, with what each report says, and what people corrected."""
    parse_id(id)

    def work(store: Store) -> dict[str, Any]:
        try:
            found = store.show(id)
        except QueryError as error:
            raise Refusal(str(error), 404, "not-found") from error
        if isinstance(found, StoryDetails):
            return {"story": as_json(found.story), "documents": [as_json(one) for one in found.documents]}
        return {**as_json(found), "corrections": []}

    return reply(request, work)
