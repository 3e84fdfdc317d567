"""What one text teaches, over wordpieces: the form between preparation (which parses) and training (which does not).

What a set does not label is None or empty, and no loss is taken there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from whowhom import records

# The classes of the heads in the order of their outputs: whoever changes `whowhom.records` trains anew.
TYPES = list(records.EVENT_TYPES)
STATUSES = list(records.STATUSES)
ATTRIBUTION_TAGS = "O B-source I-source B-cue I-cue B-content I-content".split()
PARTICIPANT_TAGS = "O B-S I-S B-T I-T B-R I-R".split()
PLEDGES = ["", *get_args(records.PledgeKind)]
PLEDGE_STATUSES = list(get_args(records.PledgeStatus))
QUADS = 5
POLICE = "KILL ARREST FAIL FORCE ANY_ACTION".split()

Piece = tuple[int, int]
"""A range `[first, last)` of wordpieces; piece 0 is the start mark."""
SECTORS = (
    "GOV", "MIL", "COP", "SPY", "JUD", "LEG", "PTY", "OPP", "REB", "UAF", "PRM", "CRM", "BUS", "LAB", "EDU", "MED",
    "JRN", "REL", "SOC", "NGO", "IGO", "CVL", "REF", "ELI", "AGR", "",
)  # fmt: skip
"""Sectors that an actor may be taught to have, the last being none; others in the annotation are not taught."""


def mode_names() -> list[str]:
    """`TYPE mode` for every row of the package's codebook, `TYPE` for no mode."""
    table = Path(__file__).parents[1] / "src/whowhom/resources/codebook/plover.tsv"
    rows = [line.split("\t") for line in table.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [f"{row[0]} {row[1]}".strip() for row in rows[1:]]


@dataclass
class Told:
    """One event of a whole report, and the mentions of its window that may be its sides.

    Each of `actors` and `recipients` has, for one who is on that side, the places in `phrases` of his mentions: one of
    them at least should be seen there. A mention of nobody on a side belongs to none of them.
    """

    trigger: Piece
    kind: int
    phrases: list[tuple[Piece, int]]  # the mention and the number of the grammar's way to it
    actors: list[list[int]]
    recipients: list[list[int]]
    key: tuple[str, int, str] | None = None  # report, token and type, where the coder proposes the event itself
    heads: list[int] = field(default_factory=list)  # of `phrases`: the tokens that head them


@dataclass
class Example:
    """One text of at most `LONGEST` wordpieces with the labels that its set gives."""

    task: str
    ids: list[int]
    kept_out: bool = False  # never trained on
    group: str = ""  # the report that it is a part of
    tags: list[int] | None = None  # attribution or participant tags by wordpiece, -100 where not scored
    triggers: list[int] | None = None  # 0 none, 1.. type by wordpiece; -100 not scored
    statuses: dict[int, int] = field(default_factory=dict)  # wordpiece -> status
    modes: dict[int, int] = field(default_factory=dict)  # wordpiece -> mode
    sides: list[tuple[Piece, Piece, tuple[int, int, int]]] = field(
        default_factory=list
    )  # trigger, noun phrase; way, type, and 0 none 1 actor 2 recipient
    links: list[tuple[Piece, Piece, int]] = field(default_factory=list)  # content, source or cue, 0 apart 1 together
    relations: list[tuple[Piece, Piece, tuple[int, ...]]] = field(
        default_factory=list
    )  # source, target, types that count
    told: list[Told] = field(default_factory=list)
    sectors: list[tuple[Piece, int]] = field(default_factory=list)  # mention of an actor, number of its sector
    pledges: list[int] | None = None  # number of the kind by wordpiece, 0 none
    pledge_statuses: list[int] | None = None  # by wordpiece, -100 outside of pledges
    label: Any = None  # quad class, list of police labels
