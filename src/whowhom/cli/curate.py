"""`whowhom merge` and `whowhom split`: a person decides what is one and what is two."""

from __future__ import annotations

from typing import Annotated

import typer

from whowhom.cli.ask.options import STORE, store_path

NOTE = Annotated[str, typer.Option(metavar="WORDS", help="Why; it is kept with the decision.", show_default=False)]


def merge(
    one: Annotated[str, typer.Argument(metavar="ID", help="An actor (a12) or an event (e12).")],
    other: Annotated[str, typer.Argument(metavar="ID", help="Another of the same kind, which is the same one.")],
    store: STORE = None,
    note: NOTE = "",
) -> None:
    """Say that two actors, or two events, are one. It holds for all that is ingested later, and `split` undoes it.

    Example: whowhom merge a12 a85 --note "maiden name"
    """
    from whowhom.errors import QueryError
    from whowhom.store import actors, happenings
    from whowhom.store.database import connect, transaction
    from whowhom.store.questions.details import parse_id, show

    (kind, first), (kind_too, second) = parse_id(one), parse_id(other)
    if kind != kind_too or kind not in "ae" or first == second:
        raise QueryError(f"{one} and {other} cannot be one: name two actors (a12 a85) or two events (e12 e85)")
    db = connect(store_path(store), write=True)
    for name in (one, other):
        show(db, name)
    with transaction(db):
        kept = (actors if kind == "a" else happenings).merge(db, first, second, note)
    typer.echo(f"{one} and {other} are one now: {kind}{kept}")


def split(
    one: Annotated[str, typer.Argument(metavar="ID", help="An actor (a12) or an event (e12).")],
    report: Annotated[str, typer.Argument(metavar="REPORT", help="The report (d7) that means another one.")],
    store: STORE = None,
    note: NOTE = "",
) -> None:
    """Say that a report means another actor, or tells of another event, than it was joined with.

    Example: whowhom split e12 d7 --note "another bridge"
    """
    from whowhom.errors import QueryError
    from whowhom.store import actors, happenings
    from whowhom.store.database import connect, transaction
    from whowhom.store.questions.details import parse_id

    (kind, number), (letter, document) = parse_id(one), parse_id(report)
    if kind not in "ae" or letter != "d":
        raise QueryError(f"write an actor or event and a report, such as a12 d7 or e12 d7 (got {one} {report})")
    db = connect(store_path(store), write=True)
    table, column = ("report_actor", "actor") if kind == "a" else ("report_event", "event")
    row = db.execute(
        f"SELECT id FROM {table} WHERE {column} = ? AND document = ? ORDER BY id LIMIT 1", (number, document)
    ).fetchone()
    if row is None:
        raise QueryError(f"report {report} has nothing that was joined into {one}: see `whowhom show {one}`")
    with transaction(db):
        made = (actors if kind == "a" else happenings).split(db, int(row[0]), note)
    typer.echo(f"what {report} tells is {kind}{made} now")
