"""Stored texts coded again, with a newer program or with other actors, and what that changed."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from whowhom.ingest import provenance, with_actors
from whowhom.records import Article, Block, Document, Place, Skipped
from whowhom.store.database import connect
from whowhom.store.writer import Provenance, Writer
from whowhom.workers import CodingOptions, Workers

_BATCH = 8
RECORDS = ("actors", "events", "statements", "pledges", "relations", "roles")


@dataclass(frozen=True, slots=True)
class Change:
    """A record of one document that is not as it was. `fields` names what differs, where it was there before."""

    document: str  # its id in the input
    records: str  # actors, events, statements, ...
    verdict: str  # added, removed, changed
    words: str  # what it rests on
    before: str = ""
    after: str = ""
    fields: tuple[str, ...] = ()


@dataclass(slots=True)
class Recoded:
    """What came of coding a store anew."""

    documents: int = 0  # coded again
    changed: int = 0  # of which something changed
    total: int = 0  # to be coded again
    failed: list[Skipped] = field(default_factory=list)  # these stay as they were
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)  # by kind of record and verdict


def recode(
    store: str | Path,
    *,
    coding: CodingOptions,
    workers: int | None = None,
    everything: bool = False,
    dry_run: bool = False,
    changes: Callable[[Change], None] | None = None,
    progress: Callable[[Recoded], None] | None = None,
) -> Recoded:
    """Code anew every stored text that another version of the program, model or actors coded.

    A text whose records come out the same keeps them, with their ids. It can be stopped and started again at any time.

    Args:
        store: the file.
        coding: what to code with.
        workers: processes that code; else as many as processors and memory allow.
        everything: also what this very version coded.
        dry_run: show what would change, and leave the store as it is.
        changes: called with every change.
        progress: called after each batch.

    Raises:
        StoreError: the store cannot be opened or written.
    """
    db = connect(store, write=not dry_run)
    try:
        coding = with_actors(db, coding)
        now = provenance(coding)
        writer = Writer(db, now)
        numbers = _outdated(db, now, everything=everything)
        out = Recoded(total=len(numbers))
        with Workers(coding, workers) as pool:
            for part, results in pool.run(_batches(db, numbers)):
                for number, result in zip(part, results, strict=True):
                    _take(writer, number, result, out, changes, dry_run=dry_run)
                if progress:
                    progress(out)
        return out
    finally:
        db.close()


def _outdated(db: sqlite3.Connection, now: Provenance, *, everything: bool) -> list[int]:
    """The documents that something else than `now` coded, in order."""
    rows = db.execute(
        "SELECT d.id FROM document d JOIN coding c ON c.id = d.coding"
        " WHERE ? OR (c.package, c.codebook, c.model, c.parser, c.actors) <> (?, ?, ?, ?, ?) ORDER BY d.id",
        (everything, now.package, now.codebook, now.model, now.parser, now.actors),
    )
    return [int(row[0]) for row in rows]


def _batches(db: sqlite3.Connection, numbers: list[int]) -> Iterator[tuple[list[int], list[Article]]]:
    for start in range(0, len(numbers), _BATCH):
        part = numbers[start : start + _BATCH]
        yield part, [_article(db, number) for number in part]


def _article(db: sqlite3.Connection, number: int) -> Article:
    row = db.execute("SELECT * FROM document WHERE id = ?", (number,)).fetchone()
    return Article(
        row["text"], row["source_id"], row["title"], row["url"], row["publisher"], tuple(json.loads(row["authors"])),
        row["published"], row["language"], tuple(Block(*one) for one in json.loads(row["blocks"])),
    )  # fmt: skip


def _take(
    writer: Writer,
    number: int,
    result: Document | Skipped,
    out: Recoded,
    changes: Callable[[Change], None] | None,
    *,
    dry_run: bool,
) -> None:
    """Put a new coding in the place of the old one where it differs."""
    if isinstance(result, Skipped):
        out.failed.append(result)
        return
    found = list(differences(writer.db, number, result))
    out.documents += 1
    out.changed += bool(found)
    for one in found:
        out.counts[one.records, one.verdict] += 1
        if changes:
            changes(one)
    if dry_run:
        return
    if found:
        writer.replace(number, result)
    else:
        writer.confirm(number)


def differences(db: sqlite3.Connection, number: int, document: Document) -> Iterator[Change]:
    """How the records of a new coding differ from those that the store has; confidence alone is no difference."""
    for records in RECORDS:
        before = _stored(db, number, records)
        after = _coded(document, records)
        for key, values in after.items():
            old = before.pop(key, None)
            words = _words(document.text, key, records)
            if old is None:
                yield Change(document.source_id, records, "added", words, "", _told(values))
            elif old != values:
                fields = tuple(name for name in values if values[name] != old.get(name))
                yield Change(document.source_id, records, "changed", words, _told(old), _told(values), fields)
        for key, old in before.items():
            yield Change(document.source_id, records, "removed", _words(document.text, key, records), _told(old), "")


Key = tuple[Any, ...]
Values = dict[str, Any]


def _words(text: str, key: Key, records: str) -> str:
    """What a record rests on in words; an actor is known by its name."""
    if records == "actors":
        return str(key[0])
    spans = json.loads(key[0])
    return " ".join(" ".join(text[start:end] for start, end in spans).split())[:120]


def _told(values: Values) -> str:
    """The values of a record in a line: those that are there."""
    return ", ".join(
        f"{name} {value if isinstance(value, str | int | float) else json.dumps(value, ensure_ascii=False)}"
        for name, value in values.items()
        if value not in (None, [], {}, "", "{}", "[]")
    )


def _keyed(rows: list[tuple[Key, Values]]) -> dict[Key, Values]:
    """Records by key; several with one key are told apart by their number."""
    out: dict[Key, Values] = {}
    for key, values in rows:
        while key in out:
            key = (*key, 0)
        out[key] = values
    return out


def _coded(document: Document, records: str) -> dict[Key, Values]:
    """The records of a coded document by what they rest on."""
    names = {one.id: one.name for one in document.actors}

    def named(ids: tuple[str, ...]) -> list[str]:
        return [names.get(one, one) for one in ids]

    def spans(value: Any) -> str:
        return json.dumps([list(span) for span in value])

    rows: list[tuple[Key, Values]] = []
    values: Values
    for actor in document.actors if records == "actors" else ():
        values = {"kind": actor.kind, "country": actor.country, "sector": actor.sector, "sectors": list(actor.sectors)}
        rows.append(((actor.name,), values))
    for one in document.events if records == "events" else ():
        place = one.place or Place("")
        values = {
            "type": one.type, "mode": one.mode, "status": one.status, "actors": named(one.actors),
            "recipients": named(one.recipients), "start": one.start, "end": one.end, "place": place.name or None,
            "place_country": place.country, "geonames_id": place.geonames_id, "contexts": list(one.contexts),
            "magnitude": {kind: dataclasses.asdict(amount) for kind, amount in one.magnitude.items()},
            "reported_by": names.get(one.reported_by or ""), "cameo": one.derived.cameo,
        }  # fmt: skip
        rows.append(((spans(one.trigger),), values))
    for said in document.statements if records == "statements" else ():
        speaker = names.get(said.speaker or "")
        addressee = names.get(said.addressee or "")
        values = {"speaker": speaker, "addressee": addressee, "kind": said.kind, "date": said.date}
        rows.append(((spans(said.content),), values))
    for pledge in document.pledges if records == "pledges" else ():
        values = {
            "kind": pledge.kind, "what": pledge.what, "promiser": named(pledge.promiser),
            "beneficiary": named(pledge.beneficiary), "amount": pledge.amount, "currency": pledge.currency,
            "due": pledge.due, "status": pledge.status,
        }  # fmt: skip
        rows.append(((spans(pledge.evidence),), values))
    for fact in document.relations if records == "relations" else ():
        values = {
            "subject": names.get(fact.subject), "object": names.get(fact.object or ""), "value": fact.value,
            "start": fact.start, "end": fact.end,
        }  # fmt: skip
        rows.append(((spans(fact.evidence), fact.predicate), values))
    for role in document.roles if records == "roles" else ():
        if role.actor in names:
            values = {
                "actor": names[role.actor], "organisation": role.organisation, "country": role.country,
                "start": role.start, "end": role.end,
            }  # fmt: skip
            rows.append(((spans(role.evidence), role.title), values))
    return _keyed(rows)


_QUERIES = {
    "actors": "SELECT name AS key, kind, country, sector, sectors FROM report_actor WHERE document = ? ORDER BY id",
    "events": (
        'SELECT e.id, "trigger" AS key, type, mode, status, start, "end", place, place_country, geonames_id, contexts,'
        " magnitude, a.name AS reported_by, cameo FROM report_event e LEFT JOIN report_actor a ON a.id = e.reported_by"
        " WHERE e.document = ? ORDER BY number"
    ),
    "statements": (
        "SELECT content AS key, a.name AS speaker, b.name AS addressee, s.kind, s.date FROM statement s"
        " LEFT JOIN report_actor a ON a.id = s.speaker LEFT JOIN report_actor b ON b.id = s.addressee"
        " WHERE s.document = ? ORDER BY number"
    ),
    "pledges": (
        "SELECT id, evidence AS key, kind, what, amount, currency, due, status FROM report_pledge WHERE document = ?"
        " ORDER BY number"
    ),
    "relations": (
        'SELECT evidence AS key, predicate, s.name AS subject, o.name AS object, value, start, "end" FROM relation r'
        " JOIN report_actor s ON s.id = r.subject LEFT JOIN report_actor o ON o.id = r.object WHERE r.document = ?"
        " ORDER BY number"
    ),
    "roles": (
        'SELECT evidence AS key, title, a.name AS actor, organisation, r.country, start, "end" FROM role r'
        " JOIN report_actor a ON a.id = r.actor WHERE r.document = ? ORDER BY r.id"
    ),
}


def _stored(db: sqlite3.Connection, number: int, records: str) -> dict[Key, Values]:
    """The records of a stored document by what they rest on, in the form of `_coded`."""
    rows: list[tuple[Key, Values]] = []
    for row in db.execute(_QUERIES[records], (number,)).fetchall():
        values: Values = dict(row)
        key: Key = (values.pop("key"),)
        if records != "actors":
            key = (json.dumps(json.loads(key[0])),)
        for name in ("sectors", "contexts", "magnitude"):
            if name in values:
                values[name] = json.loads(values[name])
        if records in ("relations", "roles"):
            key = (*key, values.pop("predicate" if records == "relations" else "title"))
        if records in ("events", "pledges"):
            table, sides = (
                ("report_party", ("actor", "recipient"))
                if records == "events"
                else ("report_pledge_party", ("promiser", "beneficiary"))
            )
            column = table.removesuffix("_party") if records == "pledges" else "report_event"
            identity = values.pop("id")
            for side in sides:
                found = db.execute(
                    f"SELECT a.name FROM {table} p JOIN report_actor a ON a.id = p.actor WHERE p.{column} = ?"
                    " AND p.side = ? ORDER BY p.position",
                    (identity, side),
                )
                plural = f"{side}s" if records == "events" else side
                values[plural] = [str(one[0]) for one in found]
        rows.append((key, values))
    return _keyed(rows)
