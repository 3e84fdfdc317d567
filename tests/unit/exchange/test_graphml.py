"""The network of actors as GraphML."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET

from exchange_samples import LUKASHENKO, POLICE, PROTESTERS, PUTIN, event
from hypothesis import given
from hypothesis import strategies as st

from whowhom.exchange.events import ExportOptions
from whowhom.exchange.graphml import Edge, write_graphml, write_network
from whowhom.store.rows import Party

_NS = {"g": "http://graphml.graphdrawing.org/xmlns"}


def data(element: ET.Element) -> dict[str, str]:
    return {one.attrib["key"]: one.text or "" for one in element.findall("g:data", _NS)}


def graph(*arguments: object) -> ET.Element:
    stream = io.StringIO()
    write_graphml(*arguments[:1], stream, *arguments[1:])  # type: ignore[arg-type]
    return ET.fromstring(stream.getvalue().encode())


def test_events_are_summed_by_pair_and_quad() -> None:
    root = graph([event(), event("COERCE", "curfew"), event("CONSULT", None), event("REQUEST", None, actors=(PUTIN,))])
    nodes = {one.attrib["id"]: data(one) for one in root.iterfind(".//g:node", _NS)}
    assert nodes["a3"] == {"name": "Belarusian police", "kind": "organisation", "country": "BLR", "sector": "COP"}
    assert set(nodes) == {"a2", "a3", "a4"}
    edges = [(one.attrib["source"], one.attrib["target"], data(one)) for one in root.iterfind(".//g:edge", _NS)]
    assert edges == [
        ("a2", "a4", {"quad": "verbal conflict", "count": "1", "score": "0.0"}),
        ("a3", "a4", {"quad": "verbal cooperation", "count": "1", "score": "2.5"}),
        ("a3", "a4", {"quad": "material conflict", "count": "2", "score": "-6.75"}),
    ]


def test_every_datum_has_a_declared_key_and_edges_have_their_nodes() -> None:
    root = graph([event(actors=(POLICE, LUKASHENKO), recipients=(PROTESTERS, PUTIN))])
    keys = {one.attrib["id"] for one in root.findall("g:key", _NS)}
    assert {one.attrib["key"] for one in root.iterfind(".//g:data", _NS)} <= keys
    nodes = {one.attrib["id"] for one in root.iterfind(".//g:node", _NS)}
    edges = root.findall(".//g:edge", _NS)
    assert {one.attrib[end] for one in edges for end in ("source", "target")} <= nodes
    assert len({one.attrib["id"] for one in edges}) == len(edges) == 4


def test_a_meeting_goes_both_ways_and_one_side_alone_nowhere() -> None:
    stream = io.StringIO()
    meeting = event("CONSULT", None, actors=(LUKASHENKO, PUTIN), recipients=())
    account = write_graphml([meeting, event(recipients=()), event(status="planned")], stream)
    assert (account.rows, account.left_out) == (2, {"one side only": 1, "status planned": 1})


def test_the_class_of_sanction_can_be_chosen() -> None:
    root = graph([event("SANCTION", None)], ExportOptions(sanction="verbal"))
    (edge,) = root.iterfind(".//g:edge", _NS)
    assert data(edge)["quad"] == "verbal conflict"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_any_name_makes_good_xml(name: str) -> None:
    stream = io.StringIO()
    assert write_network([Party(1, name)], [Edge(1, 1, 4, 1, -2.0)], stream) == 1
    root = ET.fromstring(stream.getvalue().encode(errors="strict"))
    (node,) = root.iterfind(".//g:node", _NS)
    banned = {chr(k) for k in range(32)} - set("\t\n\r") | {"\ufffe", "\uffff"}
    allowed = "".join(c for c in name if c not in banned)
    assert data(node)["name"] == allowed.replace("\r\n", "\n").replace("\r", "\n")
