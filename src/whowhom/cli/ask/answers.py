"""Rows of a store printed: as lines for a reader, CSV, JSON or JSONL."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from rich.text import Text

from whowhom.cli.ask.options import Form
from whowhom.cli.tables import harmless
from whowhom.cli.wording import console, number, show, width_of
from whowhom.store.questions.filters import Page
from whowhom.store.tables import as_json, columns, flat

_STEP = 500


def paged(ask: Callable[[int, str | None], Page[Any]], limit: int, cursor: str | None) -> Page[Any]:
    """A page of `limit` rows, or of all rows where `limit` is 0, put together from shorter ones."""
    rows: list[Any] = []
    while True:
        page = ask(min(_STEP, limit - len(rows)) if limit else _STEP, cursor)
        rows += page.rows
        cursor = page.cursor
        if cursor is None or not page.rows or len(rows) == limit:
            return Page(tuple(rows), page.total if limit else len(rows), page.more if limit else False, cursor)


def print_page(
    page: Page[Any], form: Form, kind: type, lines: Callable[[Any, int], Iterator[Text]], noun: str, nothing: str
) -> None:
    """Print a page; `lines` are those of one row on a screen, `nothing` what is said where there are no rows."""
    if form is Form.table:
        _screen(page, lines, noun, nothing)
    elif form is Form.json:
        body = {"rows": [as_json(one) for one in page], "total": page.total, "more": page.more, "cursor": page.cursor}
        print(json.dumps(body, ensure_ascii=False, indent=2))
    else:
        print_rows(page.rows, form, kind)


def print_rows(rows: Sequence[Any], form: Form, kind: type) -> None:
    """Print rows without a frame around them."""
    if form is Form.csv:
        write_csv([flat(one) for one in rows], columns(kind))
    else:
        print_json([as_json(one) for one in rows], lines=form is Form.jsonl)


def print_json(rows: Sequence[dict[str, Any]], *, lines: bool) -> None:
    """Print rows as one JSON list, or one a line."""
    if lines:
        for one in rows:
            print(json.dumps(one, ensure_ascii=False))
    else:
        print(json.dumps(list(rows), ensure_ascii=False, indent=2))


def write_csv(rows: Iterable[dict[str, Any]], names: Sequence[str]) -> None:
    """CSV on standard output, with a header even where there are no rows, and no cell that a spreadsheet would run."""
    out = csv.DictWriter(sys.stdout, names, lineterminator="\n", extrasaction="ignore")
    out.writeheader()
    out.writerows({name: harmless(value) for name, value in row.items()} for row in rows)


def _screen(page: Page[Any], lines: Callable[[Any, int], Iterator[Text]], noun: str, nothing: str) -> None:
    out = console()
    width = width_of(out)
    if not page.rows:
        show(out, [Text(nothing)])
        return
    for row in page:
        show(out, lines(row, width))
    total = f"more than {number(page.total)}" if page.more else number(page.total)
    foot = f"{number(len(page))} of {total} {noun}"
    if page.cursor:
        foot += f"; go on with --cursor '{page.cursor}'"
    show(out, [Text(""), Text(foot, style="dim")])
