"""A bar on standard error while reports are read and coded."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whowhom.read import ReadOptions

Show = Callable[[int], None]


def progress(inputs: Sequence[str], options: ReadOptions) -> AbstractContextManager[Show]:
    """What shows how many reports are done, with rate and, where the number of all is known, the time left.

    It shows nothing for one report, where standard error is no screen, or where standard input is typed on it.
    """
    if not sys.stderr.isatty() or ("-" in inputs and sys.stdin.isatty()):
        return nullcontext(_nothing)
    from whowhom.read import count_inputs

    total = count_inputs(inputs, options)
    return nullcontext(_nothing) if total == 1 else _Bar(total)


def _nothing(_: int) -> None:
    pass


class _Bar:
    def __init__(self, total: int | None) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        columns = (
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"), TimeElapsedColumn(), TimeRemainingColumn(),
        )  # fmt: skip
        # Without redirect_stdout=False, rich would send the records themselves to standard error.
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
        self._task = self._bar.add_task("reports", total=total, rate="")

    def __enter__(self) -> Show:
        self._bar.start()
        return self._show

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def _show(self, done: int) -> None:
        speed = self._bar.tasks[0].speed
        self._bar.update(self._task, completed=done, rate=f"{speed:.1f}/s" if speed else "")
