"""Documents by hand, written as `whowhom ingest` writes them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from whowhom.coding.codebook import derive
from whowhom.pipeline import document_id
from whowhom.records import Actor, Document, Event, Magnitude, Place, Pledge, Relation, Role, Spans, Statement
from whowhom.store.database import connect
from whowhom.store.writer import Provenance, Writer

PROVENANCE = Provenance("1.0", "PLOVER 2021", "model", "parser")


def report(
    name: str, text: str, people: Sequence[str], *, published: str | None = "2023-05-02", **fields: Any
) -> Document:
    """A document whose actors a1, a2, ... are given as "name|kind|country|sector"."""
    actors = []
    for k, words in enumerate(people, start=1):
        called, kind, country, sector = (*words.split("|"), "", "", "")[:4]
        actors.append(Actor(f"a{k}", called, kind or "person", country or None, sector or None))  # type: ignore[arg-type]
    given: dict[str, Any] = {"title": None, "url": None, "publisher": name, "authors": (), "language": "en"}
    return Document(
        id=document_id(text), source_id=name, published=published, text=text, actors=tuple(actors), **(given | fields)
    )


def where(text: str, words: str) -> Spans:
    """The place of words in a text."""
    start = text.index(words)
    return ((start, start + len(words)),)


def event(
    kind: Any,
    actors: Sequence[str],
    recipients: Sequence[str] = (),
    *,
    evidence: Spans = ((0, 5),),
    mode: str | None = None,
    start: str | None = "2023-05-01",
    place: str | None = None,
    place_country: str | None = None,
    status: Any = "occurred",
    confidence: float = 0.8,
    magnitude: dict[str, Magnitude] | None = None,
) -> Event:
    """An event; its trigger is its evidence."""
    somewhere = Place(place, place_country) if place else None
    return Event(
        kind, mode, (), tuple(actors), tuple(recipients), start, None, somewhere, status, magnitude or {}, None,
        confidence, evidence, evidence, derive(kind, mode, ()),
    )  # fmt: skip


def statement(
    speaker: str | None, content: Spans, *, addressee: str | None = None, date: str | None = None
) -> Statement:
    """A direct statement."""
    return Statement(speaker, addressee, "direct", ((0, 1),), content, date, content)


def pledge(promiser: str, beneficiary: str, what: str, **fields: Any) -> Pledge:
    """A pledge of a loan."""
    given: dict[str, Any] = {"kind": "loan", "amount": None, "currency": None, "due": None, "status": "pledged"}
    return Pledge((promiser,), (beneficiary,), what=what, evidence=((0, 5),), **(given | fields))


def relation(subject: str, predicate: Any, other: str | None, asserted_on: str | None = None) -> Relation:
    """A standing relation."""
    return Relation(subject, predicate, other, None, None, None, asserted_on, ((0, 5),))


def role(actor: str, title: str, **fields: Any) -> Role:
    """An office."""
    return Role(actor, title, evidence=((0, 5),), **fields)


def written(path: Path, documents: Iterable[Document]) -> sqlite3.Connection:
    """A store of documents, put in by the writer in one batch; it is open to write."""
    db = connect(path, write=True, create=True)
    writer = Writer(db, PROVENANCE)
    with writer.batch():
        for document in documents:
            assert writer.put(document) == "coded"
    return db
