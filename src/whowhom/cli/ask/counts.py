"""`whowhom timeline` and `whowhom dyad`: events counted by period and quad class, in numbers and as a plot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whowhom.cli.ask.options import FORM, STORE, Form, filtered, store_path

if TYPE_CHECKING:
    from rich.text import Text

    from whowhom.store import Filter
    from whowhom.store.rows import Period


class By(StrEnum):
    """Periods."""

    day = "day"
    week = "week"
    month = "month"
    quarter = "quarter"
    year = "year"


BY = Annotated[By, typer.Option(help="Length of a period.")]
PLOT = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Draw it into a .png or .svg file (needs whowhom[plot]).", show_default=False),
]


@filtered(
    "actor", "recipient", "country", "sector", "type", "mode", "quad", "status", "since", "until", "place",
    "min_confidence", "min_sources", "story", "data_set", "text",
)  # fmt: skip
def timeline(
    wish: Filter, store: STORE = None, by: BY = By.month, format: FORM = Form.table, plot: PLOT = None
) -> None:
    """Count events by period and quad class.

    Example: whowhom timeline --country BLR --by week --from 2020-08
    """
    from whowhom.cli.ask.answers import print_rows
    from whowhom.store import Store
    from whowhom.store.rows import Period

    with Store(store_path(store)) as asked:
        periods = asked.timeline(wish, by=by.value)
    if format is Form.table:
        _show(periods, "events")
    else:
        print_rows(periods, format, Period)
    _draw(periods, "events", plot)


@filtered("type", "mode", "status", "since", "until", "place", "min_confidence", "min_sources", "data_set")
def dyad(
    wish: Filter,
    actor: Annotated[str, typer.Argument(metavar="ACTOR", help="Who acts: a country, a country/sector, or a name.")],
    recipient: Annotated[str, typer.Argument(metavar="RECIPIENT", help="To whom, likewise.")],
    store: STORE = None,
    by: BY = By.month,
    format: FORM = Form.table,
    plot: PLOT = None,
    both: Annotated[bool, typer.Option("--both", help="The other direction as well.")] = False,
) -> None:
    """Count what one does to the other by period and quad class, with the mean PLOVER score.

    Example: whowhom dyad RUS BLR --by month

    Example: whowhom dyad RUS UKR --by week --both --plot dyad.svg
    """
    from whowhom.cli.ask.answers import print_json, write_csv
    from whowhom.store import Store
    from whowhom.store.rows import Period
    from whowhom.store.tables import columns, flat

    with Store(store_path(store)) as asked:
        directions = [(actor, recipient), (recipient, actor)] if both else [(actor, recipient)]
        found = [(one, other, asked.dyad(one, other, wish, by=by.value)) for one, other in directions]
    rows = [{"actor": one, "recipient": other, **flat(row)} for one, other, periods in found for row in periods]
    if format is Form.csv:
        write_csv(rows, ("actor", "recipient", *columns(Period)))
    elif format is not Form.table:
        print_json(rows, lines=format is Form.jsonl)
    for k, (one, other, periods) in enumerate(found):
        title = f"{one} -> {other}"
        if format is Form.table:
            _show(periods, title)
        _draw(periods, title, plot if k == 0 or plot is None else plot.with_stem(f"{plot.stem}-back"))


def _show(periods: tuple[Period, ...], title: str) -> None:
    from whowhom.cli.wording import console, show, width_of

    out = console()
    show(out, lines(periods, title, width_of(out)))


def _draw(periods: tuple[Period, ...], title: str, file: Path | None) -> None:
    if file is not None:
        from whowhom.cli.ask.plot import draw

        draw(periods, title, file)


def lines(periods: Iterable[Period], title: str, width: int) -> Iterator[Text]:
    """One line a period: number of events by quad class, mean score, and a bar with a part for each class."""
    from rich.text import Text

    from whowhom.cli.screen import QUAD_STYLE
    from whowhom.cli.wording import number, plain
    from whowhom.store.rows import QUADS

    rows: dict[str, dict[int, Period]] = {}
    for one in periods:
        rows.setdefault(one.period, {})[one.quad] = one
    yield Text(plain(title), style="bold")
    if not rows:
        yield Text("No event fits.")
        return
    heads = ("verbal+", "material+", "verbal-", "material-", "score")
    yield Text(f"{'':<10}" + "".join(f"{one:>10}" for one in heads), style="dim")
    most = max(sum(one.events for one in quads.values()) for quads in rows.values())
    room = max(8, width - 10 - 10 * len(heads) - 2)
    for period, quads in rows.items():
        total = sum(one.events for one in quads.values())
        score = sum(one.score * one.events for one in quads.values()) / total
        cells = "".join(f"{number(quads[q].events) if q in quads else '':>10}" for q in QUADS)
        line = Text(f"{period:<10}{cells}{score:>10.1f}  ")
        done = drawn = 0
        for q, name in QUADS.items():
            if q in quads:
                done += quads[q].events
                upto = round(done * room / most)
                line += Text("█" * (upto - drawn), style=QUAD_STYLE[name])
                drawn = upto
        yield line
