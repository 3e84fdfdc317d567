"""Values that follow from an event's type, mode and contexts: quad class, PLOVER score, CAMEO code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from whowhom.records import Derived, Quad
from whowhom.resources import read_table
from whowhom.resources.table import values


@dataclass(frozen=True, slots=True)
class _Row:
    quad: Quad
    score: float
    cameo: str
    by_context: dict[str, str]


@cache
def _codebook() -> dict[tuple[str, str | None], _Row]:
    return {
        (row["type"], row["mode"] or None): _Row(
            cast(Quad, row["quad"]),
            float(row["score"]),
            row["cameo"],
            dict(pair.split("=", 1) for pair in values(row["by_context"])),
        )
        for row in read_table("codebook/plover.tsv")
    }


def modes(event_type: str) -> tuple[str, ...]:
    """The modes that the codebook gives a type, in its order; empty for a type without modes."""
    return tuple(mode for kind, mode in _codebook() if kind == event_type and mode is not None)


def derive(event_type: str, mode: str | None, contexts: Sequence[str] = ()) -> Derived:
    """CAMEO code, quad class and PLOVER score of an event; a mode that its type has not counts as none.

    Raises:
        KeyError: the type is none of the sixteen.
    """
    table = _codebook()
    row = table.get((event_type, mode)) or table[event_type, None]
    cameo = next((row.by_context[c] for c in contexts if c in row.by_context), row.cameo)
    return Derived(cameo=cameo, quad=row.quad, goldstein=row.score)
