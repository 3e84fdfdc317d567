"""`whowhom who NAME`: somebody's offices, events, words and pledges."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import typer

from whowhom.cli.ask.options import STORE, store_path


def who(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A name, a country such as BLR, or a number such as a12.")
    ],
    store: STORE = None,
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="NUMBER", min=1, help="How many of each.")] = 10,
    json_: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Show what the store knows of somebody: offices over time, events, words, pledges, relations.

    Example: whowhom who Lukashenko
    """
    from rich.text import Text

    from whowhom.cli.ask import views
    from whowhom.cli.ask.show import record_lines
    from whowhom.cli.wording import console, number, width_of
    from whowhom.cli.wording import show as print_lines
    from whowhom.store import Page, Store
    from whowhom.store.tables import as_json

    with Store(store_path(store)) as asked:
        found = asked.who(name, limit=limit)
        if json_:
            print(json.dumps(as_json(found), ensure_ascii=False, indent=2))
            return
        out = console()
        width = width_of(out)
        print_lines(out, record_lines(asked, found.actor, width))
        parts: tuple[tuple[str, Page[Any], Callable[[Any, int], Iterator[Text]]], ...] = (
            ("Events", found.events, views.event),
            ("Statements", found.statements, views.statement),
            ("Pledges", found.pledges, views.pledge),
            ("Relations", found.relations, views.relation),
        )
        for heading, page, view in parts:
            if page.rows:
                total = f"{number(page.total)}{' or more' if page.more else ''}"
                print_lines(out, [Text(""), Text(f"{heading.upper()} ({len(page)} of {total})", style="bold")])
                for row in page:
                    print_lines(out, view(row, width))
        if found.others:
            print_lines(out, [Text(""), Text("OTHERS OF THAT NAME", style="bold")])
            for other in found.others:
                print_lines(out, views.actor(other, width))
