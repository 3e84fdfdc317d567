"""CSV, JSON Lines and Parquet of rows that are dicts."""

from __future__ import annotations

import csv
import importlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

from whowhom.errors import ExchangeError, MissingExtraError

# What a spreadsheet takes for the start of a formula, its full-width forms and two blanks that some skip included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write_csv(
    rows: Iterable[Mapping[str, object]],
    stream: TextIO,
    columns: Sequence[str] | None = None,
    *,
    harmless: bool = False,
) -> int:
    """Write rows as CSV with a header; how many.

    Lists are joined by "; ", None is empty, other structures are JSON.

    Args:
        columns: the columns, by default those of the first row.
        harmless: put an apostrophe before words that a spreadsheet would run as a formula (`=`, `+`, `-`, `@`). Data
            tools want the words as they are, so this is off unless asked for; numbers are numbers either way.

    Raises:
        ExchangeError: a row has a column that the header has not.
    """
    writer: csv.DictWriter[str] | None = None
    count = 0
    if columns is not None:
        writer = csv.DictWriter(stream, columns, lineterminator="\n")
        writer.writeheader()
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(stream, list(row), lineterminator="\n")
            writer.writeheader()
        if unknown := row.keys() - set(writer.fieldnames):
            raise ExchangeError(f"row {count + 1} has columns that the header has not: {', '.join(sorted(unknown))}")
        writer.writerow({name: _cell(value, harmless) for name, value in row.items()})
        count += 1
    return count


def write_jsonl(rows: Iterable[Mapping[str, object]], stream: TextIO) -> int:
    """Write rows as JSON, one a line; how many."""
    count = 0
    for row in rows:
        stream.write(json.dumps(row, ensure_ascii=False) + "\n")
        count += 1
    return count


def write_parquet(
    batches: Iterable[Sequence[Mapping[str, object]]], path: Path, types: Mapping[str, type] | None = None
) -> int:
    """Write batches of rows as a Parquet file, a row group a batch; how many rows. The file appears when it is whole.

    Args:
        types: what the columns hold (str, int, float, bool); by default what the first batch has in them, words where
            it has nothing. Lists and other structures become words as in CSV.

    Raises:
        MissingExtraError: pyarrow is not installed.
        ExchangeError: a value is not of its column's type, or there is neither a row nor `types`.
    """
    arrow, parquet = _pyarrow()
    rest = iter(batches)
    first = next(rest, ())
    types = types or _types(first)
    if not types:
        raise ExchangeError(f"{path}: there is no row to write, and so no columns")
    schema = arrow.schema([(name, _arrow_type(arrow, kind)) for name, kind in types.items()])
    part = path.with_name(path.name + ".part")
    count = 0
    try:
        with parquet.ParquetWriter(part, schema) as writer:
            for batch in chain([first], rest):
                writer.write_table(_table(arrow, schema, batch, count))
                count += len(batch)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return count


def _cell(value: object, harmless: bool) -> object:
    value = _flat(value)
    return f"'{value}" if harmless and isinstance(value, str) and value.startswith(_FORMULA) else value


def _flat(value: object) -> object:
    """A single value: lists of words joined, other structures as JSON."""
    if isinstance(value, list | tuple) and all(isinstance(item, str | int | float) for item in value):
        return "; ".join(map(str, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | tuple | dict) else value


def _pyarrow() -> tuple[Any, Any]:
    # By name: the package is an extra, which the type checker need not find.
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise MissingExtraError("Parquet needs the package pyarrow: pip install 'whowhom[frames]'") from error


def _types(batch: Sequence[Mapping[str, object]]) -> dict[str, type]:
    types: dict[str, type] = {}
    for row in batch:
        for name, value in row.items():
            kind = type(_flat(value))
            if name not in types or types[name] is type(None) or (types[name] is int and kind is float):
                types[name] = kind
    return types


def _arrow_type(arrow: Any, kind: type) -> Any:
    of = {int: arrow.int64, float: arrow.float64, bool: arrow.bool_}
    return of.get(kind, arrow.string)()


def _table(arrow: Any, schema: Any, batch: Sequence[Mapping[str, object]], before: int) -> Any:
    if unknown := {name for row in batch for name in row} - set(schema.names):
        raise ExchangeError(f"after row {before}: columns that the first batch has not: {', '.join(sorted(unknown))}")
    rows = [{name: _flat(value) for name, value in row.items()} for row in batch]
    try:
        return arrow.Table.from_pylist(rows, schema)
    except (arrow.ArrowInvalid, arrow.ArrowTypeError) as error:
        raise ExchangeError(f"after row {before}: a value of another type than its column: {error}") from error
