"""The filters that commands share: one table of options, and a decorator that gives a command those it names."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any

import typer

from whowhom.config import setting


class Form(StrEnum):
    """How rows are printed."""

    table = "table"
    csv = "csv"
    json = "json"
    jsonl = "jsonl"


def _many(metavar: str, words: str) -> Any:
    return Annotated[
        list[str] | None, typer.Option(metavar=metavar, help=f"{words} May be repeated.", show_default=False)
    ]


def _one(metavar: str, words: str, *names: str, kind: Any = str) -> Any:
    return Annotated[kind | None, typer.Option(*names, metavar=metavar, help=words, show_default=False)]


_WHO = "a name, a country (BLR), a country with a sector (BLR/GOV, */REB), or a number of the store (a12)."
FILTERS: dict[str, Any] = {
    "actor": _many("WHO", f"Who does it: {_WHO}"),
    "recipient": _many("WHO", "To whom it is done, likewise."),
    "country": _many("CODE", "Country of either side, such as BLR."),
    "sector": _many("CODE", "PLOVER sector of either side, such as GOV or OPP."),
    "type": _many("TYPE", "PLOVER type, such as COERCE."),
    "mode": _many("MODE", "PLOVER mode, such as arrest."),
    "quad": _many("CLASS", "Quad class: 1 to 4, or a name such as verbal-conflict."),
    "status": _many(
        "STATUS", "occurred, planned, hypothetical, negated, historical; of pledges pledged, delivered, ..."
    ),
    "kind": _many("KIND", "Kind of statement (direct, ...), pledge (loan, ...) or actor (person, ...)."),
    "predicate": _many("NAME", "Predicate of a relation, such as ally_of."),
    "since": _one("DATE", "From this day on: 2020-09-14, 2020-09 or 2020.", "--from", "--since"),
    "until": _one("DATE", "Until this day, included.", "--to", "--until"),
    "place": _one("PLACE", "Name of the place, or its country as three capitals."),
    "min_confidence": _one("NUMBER", "At least this confidence, 0 to 1.", kind=float),
    "min_sources": _one("NUMBER", "Told by at least so many independent sources.", kind=int),
    "story": _one("NUMBER", "Of this story (t12)."),
    "data_set": _many("NAME", "Of this data set: own, polecat, icews, gdelt."),
    "text": _one("WORDS", 'Words that must stand in the text; "several words" stand together.'),
    "copies": Annotated[bool, typer.Option("--copies", help="Near copies of a report as well.")],
}
STORE = Annotated[
    str | None,
    typer.Option(
        "--store", metavar="FILE", help=f"File of the store [default: {setting('store').default}].", show_default=False
    ),
]
FORM = Annotated[Form, typer.Option("--format", "-f", help="How to print.")]
LIMIT = Annotated[int, typer.Option("--limit", "-n", metavar="NUMBER", min=0, help="How many; 0 is all.")]
CURSOR = Annotated[
    str | None,
    typer.Option(metavar="TEXT", help="Go on where a page ended, with the cursor that it gave.", show_default=False),
]


def filtered(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A decorator that adds the filters of those names to a command, which gets them as one `Filter`, `wish`."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        # `wish` is no option, and its class is not imported when the program starts.
        names_of_own = [name for name in inspect.signature(command).parameters if name != "wish"]
        hints = {name: eval(command.__annotations__[name], command.__globals__) for name in names_of_own}
        own = [inspect.signature(command).parameters[name].replace(annotation=hints[name]) for name in names_of_own]
        keyword = inspect.Parameter.KEYWORD_ONLY
        added = [
            inspect.Parameter(name, keyword, annotation=FILTERS[name], default=False if name == "copies" else None)
            for name in names
        ]

        @functools.wraps(command)
        def wrapper(**values: Any) -> None:
            from whowhom.store.store import filter_of

            wanted = {name: values.pop(name) for name in names}
            if wanted.get("story"):
                wanted["story"] = _number(wanted["story"], "t", "--story")
            if wanted.get("quad"):
                wanted["quad"] = [int(one) if one.isdecimal() else one for one in wanted["quad"]]
            command(**values, wish=filter_of({k: v for k, v in wanted.items() if v not in (None, [])}))

        parameters = [one.replace(kind=keyword) for one in own] + added
        wrapper.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        wrapper.__annotations__ = {one.name: one.annotation for one in parameters}
        return wrapper

    return decorate


def _number(value: str, letter: str, option: str) -> int:
    digits = value.strip().lower().removeprefix(letter)
    if not digits.isdecimal():
        raise typer.BadParameter(f"{value!r} is none; write {letter}12", param_hint=option)
    return int(digits)


def store_path(given: str | None) -> str:
    """The file of the store: as given, else as the settings have it."""
    from whowhom.config import load_settings

    path: str = load_settings(flags={"store": given})["store"]
    return path
