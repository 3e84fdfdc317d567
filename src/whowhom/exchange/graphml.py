"""The network of actors as GraphML: who acts on whom, how often in each quad class, with what mean score."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import TextIO

from whowhom.exchange.events import DEFAULT_OPTIONS, ExportOptions, Written, chosen
from whowhom.exchange.telling import pairs
from whowhom.store.rows import QUADS, Party, StoredEvent

_KEYS = (
    ("name", "node", "string"), ("kind", "node", "string"), ("country", "node", "string"), ("sector", "node", "string"),
    ("quad", "edge", "string"), ("count", "edge", "int"), ("score", "edge", "double"),
)  # fmt: skip
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Edge:
    """How often one actor acted on another in a quad class, and the mean of the events' scores."""

    actor: int
    recipient: int
    quad: int
    count: int
    score: float


def write_graphml(events: Iterable[StoredEvent], stream: TextIO, options: ExportOptions = DEFAULT_OPTIONS) -> Written:
    """Write the network of the events' actors; `rows` counts its edges. Events with one side only are left out.

    Memory grows with the pairs of actors, not with the events. A store that can sum by itself uses `write_network`.
    """
    written = Written()
    nodes: dict[int, Party] = {}
    sums: dict[tuple[int, int, int], tuple[int, float]] = {}
    for event in chosen(events, options.statuses, written, dated=False):
        quad = 3 if event.type == "SANCTION" and options.sanction == "verbal" else event.quad
        both = [(a, r) for a, r in pairs(event) if a is not None and r is not None]
        if not both:
            written.leave("one side only")
        for actor, recipient in both:
            nodes.setdefault(actor.actor, actor)
            nodes.setdefault(recipient.actor, recipient)
            key = (actor.actor, recipient.actor, quad)
            count, total = sums.get(key, (0, 0.0))
            sums[key] = (count + 1, total + event.goldstein)
    written.rows = write_network(
        nodes.values(),
        (Edge(a, r, quad, count, total / count) for (a, r, quad), (count, total) in sorted(sums.items())),
        stream,
    )
    return written


def write_network(nodes: Iterable[Party], edges: Iterable[Edge], stream: TextIO) -> int:
    """Write a network as directed GraphML, one edge a pair and quad class; how many edges."""
    stream.write('<?xml version="1.0" encoding="utf-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for name, of, kind in _KEYS:
        stream.write(f'  <key id="{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>\n')
    stream.write('  <graph id="actors" edgedefault="directed">\n')
    for node in nodes:
        stream.write(f'    <node id="a{node.actor}">\n')
        for name in ("name", "kind", "country", "sector"):
            stream.write(_data(name, getattr(node, name)))
        stream.write("    </node>\n")
    count = 0
    for edge in edges:
        stream.write(f'    <edge id="e{count}" source="a{edge.actor}" target="a{edge.recipient}">\n')
        stream.write(_data("quad", QUADS[edge.quad]) + _data("count", str(edge.count)))
        stream.write(_data("score", repr(round(edge.score, 4))) + "    </edge>\n")
        count += 1
    stream.write("  </graph>\n</graphml>\n")
    return count


def _data(key: str, value: str | None) -> str:
    return "" if value is None else f'      <data key="{key}">{escape(_NO_XML.sub("", value), quote=False)}</data>\n'
