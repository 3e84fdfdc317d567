"""Lists of records and the search over them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from whowhom.serve.answers import ERRORS, Sheet, page_body, reply, sheet
from whowhom.serve.wishes import Paged, Sorted
from whowhom.store import Filter, Page, Store
from whowhom.store.rows import (
    Hit,
    StoredActor,
    StoredEvent,
    StoredPledge,
    StoredRelation,
    StoredStatement,
    StoredStory,
)

router = APIRouter(tags=["lists"], responses=ERRORS)
Ask = Callable[[Store, Filter, int, str | None], Page[Any]]
USED = {
    "events": "actor recipient country sector type mode quad status since until place min_confidence min_sources story"
    " document data_set text",
    "statements": "actor recipient country sector kind since until story document text copies",
    "relations": "actor recipient country sector predicate since until document text copies",
    "pledges": "actor recipient country sector kind status since until min_sources document text",
    "stories": "actor recipient country sector since until min_sources text",
    "actors": "actor country sector kind data_set text",
    "search": "text since until copies",
}
"""The filters that apply to each list; an answer names those that were given and do not."""


def _listed(request: Request, asked: Paged, name: str, kind: type, ask: Ask) -> Response:
    wish = asked.filter()
    if asked.format == "csv":
        return sheet(request, Sheet(name, kind, lambda store, limit, cursor: ask(store, wish, limit, cursor)))

    def work(store: Store) -> dict[str, Any]:
        return page_body(ask(store, wish, asked.limit, asked.cursor), ignored=asked.ignored(USED[name]))

    return reply(request, work)


@router.get("/events", summary="Events, newest first")
def events(request: Request, asked: Annotated[Sorted, Query()]) -> Response:
    """Who did what to whom: one row an event, joined over the reports that tell it."""
    return _listed(
        request, asked, "events", StoredEvent,
        lambda store, wish, limit, cursor: store.events(wish, sort=asked.sort, limit=limit, cursor=cursor),
    )  # fmt: skip


@router.get("/statements", summary="Statements, newest first")
def statements(request: Request, asked: Annotated[Paged, Query()]) -> Response:
    """Who said what; `actor` is who speaks, `recipient` who is spoken to."""
    return _listed(
        request, asked, "statements", StoredStatement,
        lambda store, wish, limit, cursor: store.statements(wish, limit=limit, cursor=cursor),
    )  # fmt: skip


@router.get("/pledges", summary="Pledges, latest first")
def pledges(request: Request, asked: Annotated[Paged, Query()]) -> Response:
    """Who promised what to whom, and what became of it; `actor` promises, `recipient` is promised to."""
    return _listed(
        request, asked, "pledges", StoredPledge,
        lambda store, wish, limit, cursor: store.pledges(wish, limit=limit, cursor=cursor),
    )  # fmt: skip


@router.get("/relations", summary="Standing relations, latest asserted first")
def relations(request: Request, asked: Annotated[Paged, Query()]) -> Response:
    """Facts that are no events, such as alliances; `actor` is the subject, `recipient` the object."""
    return _listed(
        request, asked, "relations", StoredRelation,
        lambda store, wish, limit, cursor: store.relations(wish, limit=limit, cursor=cursor),
    )  # fmt: skip


@router.get("/actors", summary="Named actors, most reported first")
def actors(request: Request, asked: Annotated[Paged, Query()]) -> Response:
    """People, organisations, states and groups; `text` is the beginning of words of a name."""
    return _listed(
        request, asked, "actors", StoredActor,
        lambda store, wish, limit, cursor: store.actors(wish, limit=limit, cursor=cursor),
    )  # fmt: skip


@router.get("/stories", summary="Stories, latest first")
def stories(request: Request, asked: Annotated[Paged, Query()]) -> Response:
    """Groups of documents that report the same happenings."""
    return _listed(
        request, asked, "stories", StoredStory,
        lambda store, wish, limit, cursor: store.stories(wish, limit=limit, cursor=cursor),
    )  # fmt: skip


@router.get("/search", summary="Words in reports, statements and pledges")
def search(request: Request, asked: Annotated[Paged, Query()]) -> Response:
    """Best matches first; an excerpt has the found words between U+E000 and U+E001."""
    return _listed(
        request, asked, "search", Hit,
        lambda store, wish, limit, cursor: store.search(wish, limit=limit, cursor=cursor),
    )  # fmt: skip
