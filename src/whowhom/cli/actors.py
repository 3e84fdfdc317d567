"""`whowhom actors`: the actors of a store, and the user's own, which win over what whowhom knows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whowhom.cli.ask.options import CURSOR, FORM, LIMIT, STORE, Form, filtered, store_path

if TYPE_CHECKING:
    from whowhom.own_actors import OwnActor
    from whowhom.store import Filter

actors_app = typer.Typer(rich_markup_mode=None, context_settings={"help_option_names": ["-h", "--help"]})


@actors_app.callback(invoke_without_command=True)
@filtered("country", "sector", "kind", "data_set", "text")
def actors(
    wish: Filter,
    context: typer.Context,
    store: STORE = None,
    format: FORM = Form.table,
    limit: LIMIT = 50,
    cursor: CURSOR = None,
) -> None:
    """List the named actors of a store, most reported first; or enter your own with add and import.

    Example: whowhom actors --country BLR --sector OPP

    Example: whowhom actors import my-actors.csv --store news.db
    """
    if context.invoked_subcommand is not None:
        context.obj = store
        return
    from whowhom.cli.ask import views
    from whowhom.cli.ask.answers import paged, print_page
    from whowhom.store import Store
    from whowhom.store.rows import StoredActor

    with Store(store_path(store)) as asked:
        page = paged(lambda n, c: asked.actors(wish, limit=n, cursor=c), limit, cursor)
        print_page(page, format, StoredActor, views.actor, "actors", "No actor fits.")


def _text(metavar: str, words: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(metavar=metavar, help=words, show_default=False)
    return option


@actors_app.command(no_args_is_help=True)
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The full name.")],
    kind: Annotated[str, typer.Option(metavar="KIND", help="person, organisation, state, people or group.")] = "person",
    country: Annotated[str | None, _text("CODE", "Country, such as BLR, or IGO, UNO, EUR, NGO, ISM, IMG, MNC.")] = None,
    sector: Annotated[str | None, _text("CODE", "PLOVER sector, such as GOV, OPP, REB.")] = None,
    title: Annotated[str | None, _text("WORDS", "Office.")] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Since when.", show_default=False)] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Until when.", show_default=False)] = None,
    alias: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Another name. May be repeated.", show_default=False)
    ] = None,
    store: STORE = None,
) -> None:
    """Enter one actor of your own, or put another in its place; `whowhom recode` applies it to what is there.

    Example: whowhom actors add "Maria Kalesnikava" --country BLR --sector OPP --alias "Maria Kolesnikova"
    """
    import io
    import tempfile
    from dataclasses import replace

    from whowhom.errors import InputError
    from whowhom.own_actors import OwnRole, make_actor, read_own, write_own

    role = OwnRole(country=country, sector=sector, title=title, start=start, end=end)
    wanted = make_actor(name, kind, alias or (), (role,))  # type: ignore[arg-type]
    # What is entered here is checked as a line of a file is: written as one and read again.
    stream = io.StringIO()
    write_own([wanted], stream)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "actor.csv")
        file.write_text(stream.getvalue(), encoding="utf-8")
        read, bad = read_own(file)
    if bad:
        raise InputError(f"{name!r} cannot be entered: {bad[0].reason}")
    _enter([replace(one, origin="") for one in read], _path(context, store))


@actors_app.command("import", no_args_is_help=True)
def import_(
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="CSV, a CAMEO/Phoenix actor dictionary, or a Wikidata extract as JSONL."),
    ],
    store: STORE = None,
) -> None:
    """Enter the actors of files; lines that cannot be read are named, the others are entered.

    Example: whowhom actors import Phoenix.Countries.actors.txt --store news.db
    """
    from whowhom.own_actors import read_own

    found: list[OwnActor] = []
    faults = 0
    for file in files:
        read, bad = read_own(file)
        found += read
        faults += len(bad)
        for line in bad:
            print(f"whowhom: not read: {line}", file=sys.stderr)
    _enter(found, _path(context, store))
    if faults:
        print(f"whowhom: {faults} lines were not read", file=sys.stderr)
        raise typer.Exit(3 if found else 1)


@actors_app.command()
def export(context: typer.Context, store: STORE = None) -> None:
    """Print your own actors as the CSV that import reads.

    Example: whowhom actors export --store news.db > my-actors.csv
    """
    from whowhom.own_actors import write_own
    from whowhom.store import own
    from whowhom.store.database import connect

    write_own(own.load(connect(_path(context, store))), sys.stdout)


@actors_app.command(no_args_is_help=True)
def remove(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The full name, as it was entered.")],
    store: STORE = None,
) -> None:
    """Take an actor of your own out; `whowhom recode` applies it to what is there.

    Example: whowhom actors remove "Maria Kalesnikava"
    """
    from whowhom.errors import QueryError
    from whowhom.store import own
    from whowhom.store.database import connect

    path = _path(context, store)
    if not own.remove(connect(path, write=True), name):
        raise QueryError(f"{path} has no actor of yours called {name!r}: see `whowhom actors export --store {path}`")
    typer.echo(f"{name} is out; apply it to what is there with: whowhom recode --store {path}")


def _path(context: typer.Context, store: str | None) -> str:
    return store_path(store or context.obj)


def _enter(found: list[OwnActor], path: str) -> None:
    from whowhom.store import own
    from whowhom.store.database import connect

    added, changed = own.add(connect(path, write=True, create=True), found)
    typer.echo(f"{added} added, {changed} changed; apply them to what is there with: whowhom recode --store {path}")
