"""Rows of the store as pandas or Polars data frames, where those are installed."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from whowhom.errors import MissingExtraError
from whowhom.store.tables import flat


def to_pandas(rows: Iterable[Any]) -> Any:
    """A `pandas.DataFrame` with one line a row, as `flat` has it. Raises `MissingExtraError` without pandas."""
    return _library("pandas").DataFrame([flat(row) for row in rows])


def to_polars(rows: Iterable[Any]) -> Any:
    """A `polars.DataFrame` with one line a row, as `flat` has it. Raises `MissingExtraError` without Polars."""
    return _library("polars").DataFrame([flat(row) for row in rows], infer_schema_length=None)


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingExtraError(f"{name} is not installed: pip install 'whowhom[frames]'") from error
