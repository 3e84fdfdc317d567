"""`whowhom events|statements|pledges|relations|stories|search`: lists of records, filtered, a page at a time."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from whowhom.cli.ask.options import CURSOR, FORM, LIMIT, STORE, Form, filtered, store_path

if TYPE_CHECKING:
    from whowhom.store import Filter


class Sort(StrEnum):
    """Orders of events."""

    date = "date"
    oldest = "-date"
    sources = "sources"
    confidence = "confidence"
    score = "score"


@filtered(
    "actor", "recipient", "country", "sector", "type", "mode", "quad", "status", "since", "until", "place",
    "min_confidence", "min_sources", "story", "data_set", "text",
)  # fmt: skip
def events(
    wish: Filter,
    store: STORE = None,
    format: FORM = Form.table,
    sort: Annotated[
        Sort,
        typer.Option(help="Newest (date), oldest (-date), most sources, surest, or most conflictual (score) first."),
    ] = Sort.date,
    limit: LIMIT = 50,
    cursor: CURSOR = None,
) -> None:
    """List events: who did what to whom, when and where, joined over all reports.

    Example: whowhom events --actor BLR --type COERCE --from 2020-08

    Example: whowhom events --actor "BLR/GOV" --recipient BLR/OPP --min-sources 2 --format csv
    """
    from whowhom.cli.ask import views
    from whowhom.cli.ask.answers import paged, print_page
    from whowhom.store import Store
    from whowhom.store.rows import StoredEvent

    with Store(store_path(store)) as asked:
        page = paged(lambda n, c: asked.events(wish, sort=sort.value, limit=n, cursor=c), limit, cursor)
        print_page(page, format, StoredEvent, views.event, "events", "No event fits.")


@filtered("actor", "recipient", "country", "sector", "kind", "since", "until", "story", "text", "copies")
def statements(
    wish: Filter, store: STORE = None, format: FORM = Form.table, limit: LIMIT = 50, cursor: CURSOR = None
) -> None:
    """List statements: who said what, with the report that has it. The actor is who speaks.

    Example: whowhom statements --actor Peskov --from 2020-08 --text sanctions
    """
    from whowhom.cli.ask import views
    from whowhom.cli.ask.answers import paged, print_page
    from whowhom.store import Store
    from whowhom.store.rows import StoredStatement

    with Store(store_path(store)) as asked:
        page = paged(lambda n, c: asked.statements(wish, limit=n, cursor=c), limit, cursor)
        print_page(page, format, StoredStatement, views.statement, "statements", "No statement fits.")


@filtered("actor", "recipient", "country", "sector", "kind", "status", "since", "until", "min_sources", "text")
def pledges(
    wish: Filter, store: STORE = None, format: FORM = Form.table, limit: LIMIT = 50, cursor: CURSOR = None
) -> None:
    """List pledges with their histories: who owes what to whom. The actor promises.

    Example: whowhom pledges --actor RUS --recipient BLR --kind loan
    """
    from whowhom.cli.ask import views
    from whowhom.cli.ask.answers import paged, print_page
    from whowhom.store import Store
    from whowhom.store.rows import StoredPledge

    with Store(store_path(store)) as asked:
        page = paged(lambda n, c: asked.pledges(wish, limit=n, cursor=c), limit, cursor)
        print_page(page, format, StoredPledge, views.pledge, "pledges", "No pledge fits.")


@filtered("actor", "recipient", "country", "sector", "predicate", "since", "until", "text", "copies")
def relations(
    wish: Filter, store: STORE = None, format: FORM = Form.table, limit: LIMIT = 50, cursor: CURSOR = None
) -> None:
    """List standing relations: alliances, memberships, supplies. The actor is the subject.

    Example: whowhom relations --actor BLR --predicate ally_of
    """
    from whowhom.cli.ask import views
    from whowhom.cli.ask.answers import paged, print_page
    from whowhom.store import Store
    from whowhom.store.rows import StoredRelation

    with Store(store_path(store)) as asked:
        page = paged(lambda n, c: asked.relations(wish, limit=n, cursor=c), limit, cursor)
        print_page(page, format, StoredRelation, views.relation, "relations", "No relation fits.")


@filtered("actor", "country", "sector", "since", "until", "min_sources", "text")
def stories(
    wish: Filter, store: STORE = None, format: FORM = Form.table, limit: LIMIT = 50, cursor: CURSOR = None
) -> None:
    """List stories: reports of the same happenings, latest first.

    Example: whowhom stories --country BLR --min-sources 3
    """
    from whowhom.cli.ask import views
    from whowhom.cli.ask.answers import paged, print_page
    from whowhom.store import Store
    from whowhom.store.rows import StoredStory

    with Store(store_path(store)) as asked:
        page = paged(lambda n, c: asked.stories(wish, limit=n, cursor=c), limit, cursor)
        print_page(page, format, StoredStory, views.story, "stories", "No story fits.")


@filtered("since", "until", "copies")
def search(
    wish: Filter,
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help='All of them must stand there; "so" together.')],
    store: STORE = None,
    format: FORM = Form.table,
    limit: LIMIT = 20,
    cursor: CURSOR = None,
) -> None:
    """Search the words of reports, statements and pledges, best matches first.

    Example: whowhom search '"constitutional reform" Belarus'
    """
    from dataclasses import replace

    from whowhom.cli.ask import views
    from whowhom.cli.ask.answers import paged, print_page
    from whowhom.store import Store
    from whowhom.store.rows import Hit

    wanted = replace(wish, text=" ".join(words))
    with Store(store_path(store)) as asked:
        page = paged(lambda n, c: asked.search(wanted, limit=n, cursor=c), limit, cursor)
        print_page(page, format, Hit, views.hit, "places", "These words stand nowhere together.")
