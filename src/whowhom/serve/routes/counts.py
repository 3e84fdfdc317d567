"""Events counted: over time, of two, of the most active, on a map, as a network."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from whowhom.serve.answers import ERRORS, reply
from whowhom.serve.wishes import Counted, Two
from whowhom.store.tables import as_json

router = APIRouter(tags=["counts"], responses=ERRORS)


@router.get("/timeline", summary="Events by period and quad class")
def timeline(request: Request, asked: Annotated[Counted, Query()]) -> Response:
    """How many events of each quad class in each period, with their mean PLOVER score."""
    wish = asked.filter()
    return reply(request, lambda store: {"rows": [as_json(one) for one in store.timeline(wish, by=asked.by)]})


@router.get("/dyad", summary="What one does to the other, and back")
def dyad(request: Request, asked: Annotated[Two, Query()]) -> Response:
    """Events by period and quad class in both directions."""
    (one, other), rest = asked.pair(), asked.rest()
    return reply(
        request,
        lambda store: {
            "rows": [as_json(row) for row in store.dyad(one, other, rest, by=asked.by)],
            "back": [as_json(row) for row in store.dyad(other, one, rest, by=asked.by)],
        },
    )
