"""Events counted: over time, of two, of the most active, on a map, as a network."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from whowhom.serve.answers import ERRORS, reply
from whowhom.serve.wishes import Counted, Drawn, Few, Mapped, Two, Wish
from whowhom.store import Store
from whowhom.store.questions.network import network as network_of
from whowhom.store.questions.overview import top as top_of
from whowhom.store.questions.places import places
from whowhom.store.questions.pledges import totals as totals_of
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


@router.get("/top", summary="The most active actors and pairs of countries")
def top(request: Request, asked: Annotated[Few, Query()]) -> Response:
    """Those with most events in a span, the last year of the data unless `since` is given, beside the span before.

    `bounded` says that more events fit than are looked at: then the span is that of the newest of them.
    """
    wish = asked.filter()
    return reply(request, lambda store: as_json(top_of(store.db, wish, limit=asked.limit)))


@router.get("/network", summary="Who has to do with whom")
def network(request: Request, asked: Annotated[Drawn, Query()]) -> Response:
    """The most active actors of the newest events that fit, and what they do to each other.

    An edge with `both` has no direction: its two do it together. `since` is the day from which on events are looked
    at, null where all are.
    """
    wish = asked.filter()

    def work(store: Store) -> dict[str, Any]:
        found = network_of(store.db, wish, limit=asked.limit)
        nodes = []
        for one in found.nodes:
            party = as_json(one.actor)
            nodes.append({"id": party.pop("actor"), **party, "events": one.events})
        edges = [
            {**dataclasses.asdict(one), "source": f"a{one.source}", "target": f"a{one.target}"} for one in found.edges
        ]
        return {"nodes": nodes, "edges": edges, "events": found.events, "since": found.since}

    return reply(request, work)


@router.get("/map", summary="Events by place")
def map_(request: Request, asked: Annotated[Mapped, Query()]) -> Response:
    """Places with most events first; `without` events are at none, `since` as in a network.

    What has one number of GeoNames is one place: `place` is its commonest spelling, `names` are all of them, and each
    of them as the filter `place` finds the events of all.
    """
    wish = asked.filter()
    return reply(request, lambda store: as_json(places(store.db, wish, limit=asked.limit)))


@router.get("/pledges/totals", summary="Pledges by currency, kind and status", tags=["lists"])
def totals(request: Request, asked: Annotated[Wish, Query()]) -> Response:
    """How many pledges there are of each, and what their amounts come to."""
    wish = asked.filter()
    return reply(request, lambda store: {"rows": [as_json(one) for one in totals_of(store.db, wish)]})
