"""Who has to do with whom."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from whowhom.store.questions.filters import Filter, checked
from whowhom.store.questions.people import parties
from whowhom.store.questions.spans import newest
from whowhom.store.rows import Party

_EDGES = 8
"""Edges for each node at most: a picture with more shows nothing."""
_LOOKED_AT = 20_000


@dataclass(frozen=True, slots=True)
class Node:
    """An actor in a network."""

    actor: Party
    events: int


@dataclass(frozen=True, slots=True)
class Edge:
    """Events of one quad class from one actor to another; `both` where they do it together, in no direction."""

    source: int
    target: int
    quad: int
    both: bool
    events: int
    score: float  # mean PLOVER score


@dataclass(frozen=True, slots=True)
class Network:
    """The most active actors and what they do to each other; `since`: only events from that day on, more fit."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    events: int  # looked at
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Connection:
    """Somebody who stands in the same events, on the other side where there is one."""

    actor: Party
    events: int
    score: float  # mean PLOVER score


def network(db: sqlite3.Connection, wish: Filter, *, limit: int = 150) -> Network:
    """The most active actors of the newest events of a filter.

    Raises:
        QueryError: the filter is none.
    """
    ids, since = newest(db, checked(wish), _LOOKED_AT)
    active: Counter[int] = Counter()
    ties: dict[tuple[int, int, int, bool], tuple[int, float]] = {}
    for pairs, both, quad, score in _ties(db, ids):
        active.update({one for pair in pairs for one in pair})
        for one, other in pairs:
            number, total = ties.get((one, other, quad, both), (0, 0.0))
            ties[one, other, quad, both] = (number + 1, total + score)
    nodes = {one for one, _ in sorted(active.items(), key=lambda item: (-item[1], item[0]))[:limit]}
    between = sorted((-n, key, total) for key, (n, total) in ties.items() if key[0] in nodes and key[1] in nodes)
    edges = tuple(Edge(*key, -n, round(total / -n, 3)) for n, key, total in between[: _EDGES * limit])
    shown = {one for edge in edges for one in (edge.source, edge.target)}
    known = parties(db, shown)
    order = sorted(shown, key=lambda one: (-active[one], one))
    return Network(tuple(Node(known[one], active[one]) for one in order), edges, len(ids), since)


def connections(db: sqlite3.Connection, actor: int, *, limit: int = 12) -> tuple[Connection, ...]:
    """With whom an actor has most to do in its newest events."""
    ids = [
        int(row[0])
        for row in db.execute(
            "SELECT DISTINCT event FROM party WHERE actor = ? ORDER BY date DESC LIMIT ?", (actor, _LOOKED_AT // 4)
        )
    ]
    found: dict[int, tuple[int, float]] = {}
    for pairs, _, _, score in _ties(db, ids):
        for other in {one for pair in pairs if actor in pair for one in pair} - {actor}:
            number, total = found.get(other, (0, 0.0))
            found[other] = (number + 1, total + score)
    best = sorted(found, key=lambda one: (-found[one][0], one))[:limit]
    known = parties(db, best)
    return tuple(Connection(known[one], found[one][0], round(found[one][1] / found[one][0], 3)) for one in best)


def _ties(db: sqlite3.Connection, ids: list[int]) -> Iterator[tuple[set[tuple[int, int]], bool, int, float]]:
    """Of each event who does it to whom, else who do it together (then true); its quad class and score."""
    sides: dict[str, list[int]] = {"actor": [], "recipient": []}
    last: tuple[int, int, float] | None = None
    rows = db.execute(
        "SELECT p.event, p.quad, p.goldstein, p.side, p.actor FROM json_each(?) j"
        " CROSS JOIN party p ON p.event = j.value"
        " CROSS JOIN actor a ON a.id = p.actor WHERE a.named OR a.country IS NOT NULL"
        " ORDER BY p.event, p.side, p.position",
        (json.dumps(sorted(ids)),),
    )
    for event, quad, score, side, actor in rows:
        if last is not None and last[0] != event:
            yield *_pairs(sides), last[1], last[2]
            sides = {"actor": [], "recipient": []}
        last = (event, quad, score)
        sides[side].append(actor)
    if last is not None:
        yield *_pairs(sides), last[1], last[2]


def _pairs(sides: dict[str, list[int]]) -> tuple[set[tuple[int, int]], bool]:
    """Pairs of who does it and to whom; without a recipient those of who do it together, lower number first."""
    does, suffers = sides["actor"][:20], sides["recipient"][:20]
    if suffers:
        return {(one, other) for one in does for other in suffers if one != other}, False
    together = sorted(set(does))
    return {(one, other) for k, one in enumerate(together) for other in together[k + 1 :]}, True
