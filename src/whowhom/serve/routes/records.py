"""Single records, reports, people."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from whowhom.errors import QueryError
from whowhom.serve.answers import ERRORS, page_body, reply
from whowhom.serve.errors import Refusal
from whowhom.serve.wishes import Named, Typed
from whowhom.store import Store
from whowhom.store.corrections import corrections, of_report
from whowhom.store.questions.details import StoryDetails, parse_id
from whowhom.store.questions.network import connections
from whowhom.store.questions.people import absent_country
from whowhom.store.questions.people import suggest as suggest_to
from whowhom.store.questions.report import report as report_of
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
                "connections": [as_json(one) for one in connections(store.db, found.actor.id)]}  # fmt: skip

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
        return {**as_json(found), "corrections": _corrections(store, id)}

    return reply(request, work)


def _corrections(store: Store, id: str) -> list[dict[str, Any]]:
    """What people said of a record of a kind that can be corrected."""
    return [as_json(one) for one in corrections(store.db, id)] if id[0].lower() in "espr" else []


@router.get("/reports/{id}", summary="A report with all its records")
def report(request: Request, id: Identifier) -> Response:
    """The text with every record that rests on it; spans are code points of `text`, the end not included."""
    letter, number = parse_id(id)
    if letter != "d":
        raise QueryError(f"{id!r} is no report: write d7")

    def work(store: Store) -> dict[str, Any]:
        try:
            found = as_json(report_of(store.db, number))
        except QueryError as error:
            raise Refusal(str(error), 404, "not-found") from error
        about = found.pop("document")
        more = {name: found.pop(name) for name in ("authors", "language", "coding", "coded_at")}
        said = [as_json(one) for one in of_report(store.db, number)]
        return {"report": {**about, **more}, **found, "corrections": said}

    return reply(request, work)


@router.get("/suggest", summary="Who may be meant")
def suggest(request: Request, asked: Annotated[Typed, Query()]) -> Response:
    """Countries and actors whose names have words that begin as typed; `value` is what a filter takes.

    `absent` is the country that was typed in full and of which the store has nobody, null where there is none such.
    """

    def work(store: Store) -> dict[str, Any]:
        rows = [as_json(one) for one in suggest_to(store.db, asked.text, limit=asked.limit)]
        absent = absent_country(store.db, asked.text)
        return {"rows": rows, "absent": absent and as_json(absent)}

    return reply(request, work)
