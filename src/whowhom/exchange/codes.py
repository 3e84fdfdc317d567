"""CAMEO codes and PLOVER types for each other, with what follows from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from whowhom.exchange.events import Sanction
from whowhom.records import EVENT_TYPES
from whowhom.resources import read_table
from whowhom.resources.table import values
from whowhom.store.rows import QUADS

_QUAD_NUMBERS = {name: number for number, name in QUADS.items()}


@dataclass(frozen=True, slots=True)
class Cameo:
    """A CAMEO code, in the terms of the table of 2021."""

    code: str
    label: str
    type: str | None
    mode: str | None
    contexts: tuple[str, ...]
    goldstein: float
    icews: float  # its intensity in ICEWS


@dataclass(frozen=True, slots=True)
class _Plover:
    quad: int
    score: float
    cameo: str
    by_context: dict[str, str]


@cache
def _cameo_rows() -> Mapping[str, Mapping[str, str]]:
    return {row["code"]: row for row in read_table("codebook/cameo.tsv")}


@cache
def _older_names() -> Mapping[tuple[str, str, str], str]:
    return {(row["kind"], row["of"], row["name"]): row["now"] for row in read_table("codebook/older_plover.tsv")}


@cache
def _plover_rows() -> Mapping[tuple[str, str | None], _Plover]:
    return {
        (row["type"], row["mode"] or None): _Plover(
            _QUAD_NUMBERS[row["quad"]],
            float(row["score"]),
            row["cameo"],
            dict(pair.split("=", 1) for pair in values(row["by_context"])),
        )
        for row in read_table("codebook/plover.tsv")
    }


def cameo_code(cell: str) -> str | None:
    """The code of a cell, its leading zero restored where a spreadsheet took it; None for what is no CAMEO code."""
    code = cell.strip()
    return next((c for c in (code, f"0{code}") if c in _cameo_rows()), None)


def is_cameo(code: str) -> bool:
    """Whether the table has a code."""
    return code in _cameo_rows()


@cache
def cameo(code: str) -> Cameo:
    """What the table has for a code; what it leaves out for it is that of its parent.

    Raises:
        KeyError: there is no such code.
    """
    rows = _cameo_rows()
    own, root = rows[code], rows[code[:2]]
    line = [rows[code[:length]] for length in range(len(code), 1, -1) if code[:length] in rows]
    typed = next((row for row in line if row["type"]), own)
    goldstein = float(own["goldstein"] or root["goldstein"])
    return Cameo(
        code,
        next(row["label"] for row in line if row["label"]),
        typed["type"] or None,
        typed["mode"] or None,
        values(typed["contexts"]),
        goldstein,
        float(own["icews"]) if own["icews"] else goldstein,
    )


def of_today(
    event_type: str, mode: str | None, contexts: Sequence[str]
) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Type, mode and contexts in the terms of the manual's draft 2.0; None for a type or mode that it has not."""
    older = _older_names()
    kind = older.get(("type", "", event_type), event_type)
    if kind not in EVENT_TYPES:
        return None, None, ()
    mode = older.get(("mode", kind, mode), mode) if mode else None
    return (
        kind,
        mode if (kind, mode) in _plover_rows() and mode else None,
        tuple(dict.fromkeys(older.get(("context", "", one), one) for one in contexts)),
    )


def derived(event_type: str, mode: str | None, contexts: Sequence[str]) -> tuple[str, int, float]:
    """CAMEO code, quad class and PLOVER score of one of the sixteen types."""
    table = _plover_rows()
    row = table.get((event_type, mode)) or table[event_type, None]
    code = next((row.by_context[c] for c in contexts if c in row.by_context), row.cameo)
    return code, row.quad, row.score


def plover_of(code: str) -> tuple[str | None, str | None, tuple[str, ...], int, float]:
    """Type, mode, contexts, quad class and score of a CAMEO code; without a type its own class and Goldstein score."""
    row = cameo(code)
    if row.type is None:
        return None, None, (), cameo_quad(code), row.goldstein
    kind, mode, contexts = of_today(row.type, row.mode, row.contexts)
    assert kind is not None, f"codebook/cameo.tsv: {code} has the unknown type {row.type}"
    _, quad, score = derived(kind, mode, contexts)
    return kind, mode, contexts, quad, score


def base_code(code: str) -> str:
    """The three-digit parent of a code."""
    return code[:3]


def cameo_quad(code: str, sanction: Sanction = "material") -> int:
    """The quad class of a code by its root, as in GDELT: statements and appeals are verbal cooperation."""
    root = int(code[:2])
    if root == 16 and sanction == "verbal":
        return 3
    return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


def penta(code: str, sanction: Sanction = "verbal") -> int:
    """The penta class of a code as in Phoenix, where 16 is verbal conflict: 0 for statements and appeals."""
    return 0 if int(code[:2]) <= 2 else cameo_quad(code, sanction)
