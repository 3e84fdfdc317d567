"""`whowhom evaluate`: how often the program is right, on labelled data."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from whowhom.evaluation import Evaluation

NAMES = (
    "relation", "sentence-events", "quad", "participants", "police", "quotes", "places", "times", "stories", "articles",
)  # fmt: skip
"""The tasks, named here so that help costs no import; a test keeps them equal to `evaluation.TASKS`."""


def evaluate(
    task: Annotated[str, typer.Argument(metavar="TASK", help=f"One of: {', '.join(NAMES)}.", show_default=False)],
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="The gold file (JSONL), or a folder of reports.", show_default=False)
    ],
    predictions: Annotated[
        Path | None,
        typer.Option(metavar="OUT.jsonl", help="Write every raw prediction, a line a record.", show_default=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    errors: Annotated[bool, typer.Option("--errors", help="Group what was missed or wrong by cause.")] = False,
    examples: Annotated[int, typer.Option(metavar="N", help="With --errors: so many examples of each cause.")] = 3,
    held_out: Annotated[
        bool, typer.Option("--held-out", help="Take the records alone that the model was not trained on.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option(metavar="N", help="Take the first N records alone.", show_default=False, min=1)
    ] = None,
) -> None:
    """Run the program on labelled data and print the figures that the data's makers use.

    Example: whowhom evaluate relation gold/events-plv-train.jsonl --held-out --predictions out.jsonl

    Example: whowhom evaluate articles gold/articles --errors
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from whowhom.evaluation import evaluate as run

    screen = Console(stderr=True)
    columns = (TextColumn(task), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=screen, transient=True, disable=not sys.stderr.isatty()) as bar:
        row = bar.add_task(task, total=None)
        found = run(
            task,
            gold,
            predictions=predictions,
            limit=limit,
            unseen=held_out,
            progress=lambda done, total: bar.update(row, completed=done, total=total),
        )
    if as_json:
        print(json.dumps(found.to_json(), indent=1))
        return
    _print(Console(), found)
    if errors:
        _print_errors(Console(), found, examples)


def _print(screen: Console, found: Evaluation) -> None:
    from rich.table import Table

    table = Table(title=f"{found.task}: {found.records} records", title_justify="left")
    for name in ("", "gold", "found", "right", "precision", "recall", "F1"):
        table.add_column(name, justify="right" if name else "left")
    for name, counts in found.classes.items():
        figures = (f"{value:.3f}" for value in (counts.precision, counts.recall, counts.f1))
        table.add_row(name, str(counts.gold), str(counts.found), str(counts.right), *figures)
    screen.print(table)
    for name, value in found.figures.items():
        screen.print(f"{name:28} {value:.3f}", highlight=False)


def _print_errors(screen: Console, found: Evaluation, examples: int) -> None:
    screen.print()
    for cause, count in found.causes():
        screen.print(f"{count:5}  {cause}", highlight=False, markup=False)
        for record, _, words in [error for error in found.errors if error[1] == cause][:examples]:
            screen.print(f"         {record}: {words}", highlight=False, markup=False, style="dim")
