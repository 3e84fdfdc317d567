"""Reports whose every field attacks the reader's browser, written as `whowhom ingest` writes them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from whowhom.coding.codebook import derive
from whowhom.pipeline import document_id
from whowhom.records import (
    Actor,
    Document,
    Event,
    Magnitude,
    Place,
    Pledge,
    Relation,
    Role,
    Spans,
    Statement,
)
from whowhom.store.database import connect
from whowhom.store.writer import Provenance, Writer

# Whatever runs sets window.__x, opens a dialog or asks another host.
SCRIPT = "<script>window.__x=1</script>"
IMAGE = '<img src="http://evil.example/i.png" onerror="window.__x=2;alert(2)">'
BROKEN = (
    "\"'></span></p></title></textarea></style><svg onload=window.__x=3><iframe srcdoc='<script>alert(3)</script>'>"
)
TEMPLATE = "{{constructor.constructor('window.__x=4')()}} ${window.__x=5} {@html '<b>x</b>'}"
TURNED = "\u202enoitcerid gnorw\u202c \u2066\u200f\u05d0\u05d1\u05d2 \u0627\u0644\u0633\u0644\u0627\u0645\u2069"
EMOJI = "\U0001f9ea\U0001f468\u200d\U0001f469\u200d\U0001f467 e\u0301"
ZALGO = "Z\u0336\u0335\u0321\u0322a\u0334\u0335l\u0336g\u0337o"
LONG = "Unbreakable" * 30
URLS = (
    "javascript:window.__x=6//",
    " \tjAvAsCrIpT:alert(7)",
    "data:text/html,<script>opener.__x=8</script>",
    "vbscript:msgbox(9)",
    'https://paper.example/"onmouseover="window.__x=10"><script>window.__x=11</script>',
    "//evil.example/protocol-relative",
    None,
)
COUNTRIES = ("NOR", "ISL", "SWE", "FIN", "DNK", "EST", "LVA", "LTU")
PLEDGES: tuple[Any, ...] = ("loan", "grant", "arms", "troops", "reform", "talks", "release")
ATTACKS = (SCRIPT, IMAGE, BROKEN, TEMPLATE, TURNED, LONG, ZALGO)


def _where(text: str, words: str) -> Spans:
    start = text.index(words)
    return ((start, start + len(words)),)


def _report(n: int, attack: str, url: str | None) -> Document:
    # What comes before the records has letters of two code units, which move the offsets of a careless page.
    quote = f"We will answer {attack} with force {n}"
    promise = f"a loan of 50 million dollars {attack}"
    text = (
        f"{EMOJI} {attack} In capital {n} the minister {attack} accused the neighbour of {attack} crimes on Monday.\n\n"
        f"{EMOJI} “{quote},” said the minister {n}. {TURNED}\n\n"
        f"The neighbour promised {promise} to the minister {n}, and police detained 12 {attack} people."
    )
    one, other = COUNTRIES[n], COUNTRIES[n + 1]
    minister = Actor("a1", f"Minister {n} {attack}", "person", one, "GOV")
    neighbour = Actor("a2", f"Neighbours' League {n} {attack}", "organisation", other, "GOV")
    police = Actor("a3", f"Police {n} {TURNED}", "organisation", other, "COP")
    place = Place(f"Place {n} {attack}", one, None, 59.9 + n / 10, 10.7)

    def event(kind: Any, mode: str | None, who: str, whom: str, words: str, **fields: Any) -> Event:
        given: dict[str, Any] = {"status": "occurred", "reported_by": None, "magnitude": {}, "confidence": 0.8}
        spans = _where(text, words)
        return Event(
            kind, mode, (), (who,), (whom,), f"2023-05-0{n + 1}", None, place, trigger=spans, evidence=spans,
            derived=derive(kind, mode, ()), **(given | fields),
        )  # fmt: skip

    return Document(
        id=document_id(text),
        source_id=f"../../{attack[:80]}-{n}",
        title=f"Title {n} {attack}",
        url=url,
        publisher=f"Paper {n} {attack[:60]}",
        authors=(f"Author {attack}",),
        published=f"2023-05-0{n + 1}",
        language="en",
        text=text,
        actors=(minister, neighbour, police),
        roles=(Role("a1", f"minister {attack}", f"Ministry {attack}", one, asserted_on=f"2023-05-0{n + 1}",
                    evidence=_where(text, f"the minister {n}")),),
        events=(
            event("ACCUSE", "disapprove", "a1", "a2", f"accused the neighbour of {attack} crimes", reported_by="a1"),
            event("COERCE", "arrest", "a3", "a2", f"police detained 12 {attack} people", status="planned",
                  magnitude={"detained": Magnitude(12, None, f"12 {attack} people"),
                             "money": Magnitude(5, 5, attack, "<b>")}),
        ),
        statements=(Statement("a1", "a2", "direct", _where(text, "said"), _where(text, quote), f"2023-05-0{n + 1}",
                              _where(text, quote)),),
        pledges=(Pledge(("a2",), ("a1",), PLEDGES[n], promise, 5e7, "<i>", "2024", "pledged", _where(text, promise)),),
        relations=(Relation("a1", "ally_of", "a2", attack, None, None, f"2023-05-0{n + 1}",
                            _where(text, "The neighbour")),),
    )  # fmt: skip


def hostile_documents() -> list[Document]:
    """One report for each attack, with each kind of address."""
    return [_report(n, attack, URLS[n]) for n, attack in enumerate(ATTACKS)]


def write_hostile(store: Path) -> None:
    """Put the reports into a new store."""
    with closing(connect(store, write=True, create=True)) as db:
        writer = Writer(db, Provenance("1.0", SCRIPT, IMAGE, BROKEN))
        with writer.batch():
            for document in hostile_documents():
                assert writer.put(document) == "coded"
