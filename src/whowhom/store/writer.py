"""The one writer: coded documents into the store, each whole or not at all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from whowhom.records import Document, Role, Skipped, Spans
from whowhom.store import actors, fingerprints, happenings, pledges, stories
from whowhom.store.database import savepoint, transaction

Outcome = Literal["coded", "carried", "known"]
"""What became of a document: new; a known text found at a further place; nothing new at all."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What coded a document. `model` and `actors` are digests, empty where there is none."""

    package: str
    codebook: str
    model: str
    parser: str
    actors: str = ""


class Writer:
    """Adds documents to a store that is open to write."""

    def __init__(self, db: sqlite3.Connection, provenance: Provenance) -> None:
        self.db = db
        self.provenance = provenance

    def batch(self) -> AbstractContextManager[None]:
        """A transaction around several of the calls below: all of them count, or none."""
        return transaction(self.db)

    def has(self, hash_: str) -> bool:
        """Whether the store has a text of that hash."""
        return self.db.execute("SELECT 1 FROM document WHERE hash = ?", (hash_,)).fetchone() is not None

    def saw(self, source_id: str) -> bool:
        """Whether a text was found under that id of an input."""
        return self.db.execute("SELECT 1 FROM sighting WHERE source_id = ?", (source_id,)).fetchone() is not None

    def put(self, document: Document) -> Outcome:
        """Add a document, whole or not at all; one that is there already changes nothing. Within a `batch`."""
        with savepoint(self.db):
            known = self.sight(document.id, document)
            if known is not None:
                return known
            number = self._insert_document(document)
            self._sight(number, document)
            fingerprints.place(self.db, number, document)
            stories.place(self.db, number, document)
            self._add_records(number, document)
            self.db.execute("DELETE FROM skipped WHERE source = ?", (document.source_id,))
            return "coded"

    def note_skipped(self, skipped: Iterable[Skipped]) -> None:
        """Keep what gave no document, with its reason; the latest counts. To be called within a `batch`."""
        self.db.executemany(
            "INSERT INTO skipped VALUES (?, ?, ?) ON CONFLICT (source) DO UPDATE SET reason = excluded.reason,"
            " detail = excluded.detail WHERE (reason, detail) <> (excluded.reason, excluded.detail)",
            [(one.source, one.reason, one.detail) for one in skipped],
        )

    def forget_skipped(self, inputs: Sequence[str], still: Collection[str]) -> None:
        """Take out what was skipped under these inputs before and is not `still`: it has been mended, or is gone."""
        names = [row[0] for row in self.db.execute("SELECT source FROM skipped")]
        under = tuple(f"{one.rstrip('/')}/" for one in inputs)
        mended = [(one,) for one in names if one not in still and (one in inputs or one.startswith(under))]
        with transaction(self.db):
            self.db.executemany("DELETE FROM skipped WHERE source = ?", mended)

    def sight(self, hash_: str, document: Document) -> Outcome | None:
        """Note that a known text stands at the place of `document`; None where it is not known. Within a `batch`."""
        row = self.db.execute("SELECT id FROM document WHERE hash = ?", (hash_,)).fetchone()
        if row is None:
            return None
        number = int(row[0])
        if not self._sight(number, document):
            return "known"
        happenings.recount(self.db, number)
        pledges.recount(self.db, number)
        stories.recount(self.db, number)
        return "carried"

    def confirm(self, number: int) -> None:
        """Note that a document was coded anew and came out the same."""
        with transaction(self.db):
            self.db.execute(
                "UPDATE document SET coding = ?, coded_at = ? WHERE id = ?", (self._coding(), _now(), number)
            )

    def replace(self, number: int, document: Document) -> None:
        """Put another coding of the same text in the place of the one there.

        A record that rests on the same words keeps its number, and so its address.
        """
        with transaction(self.db):
            kept = _Kept.of(self.db, number)
            self._forget_records(number)
            self.db.execute(
                "UPDATE document SET coding = ?, coded_at = ? WHERE id = ?", (self._coding(), _now(), number)
            )
            self._add_records(number, document, kept)

    def remove(self, number: int) -> None:
        """Take a document with all its records out of the store."""
        with transaction(self.db):
            self._forget_records(number)
            stories.leave(self.db, number)
            fingerprints.leave(self.db, number)
            self.db.execute("DELETE FROM document WHERE id = ?", (number,))

    def _insert_document(self, document: Document) -> int:
        cursor = self.db.execute(
            "INSERT INTO document (hash, source_id, title, url, publisher, authors, published, language, text, blocks,"
            " coding, coded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.id, document.source_id, document.title, document.url, document.publisher,
                json.dumps(document.authors, ensure_ascii=False), document.published, document.language, document.text,
                json.dumps([(one.start, one.end, one.kind) for one in document.blocks]), self._coding(), _now(),
            ),
        )  # fmt: skip
        return int(cursor.lastrowid or 0)

    def _sight(self, number: int, document: Document) -> bool:
        """Note where a text stands; whether that is a new place."""
        cursor = self.db.execute(
            "INSERT INTO sighting (document, source_id, url, publisher, title, published) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (
                number, document.source_id, document.url or "", document.publisher or "", document.title,
                document.published,
            ),
        )  # fmt: skip
        return cursor.rowcount > 0

    def _coding(self) -> int:
        one = self.provenance
        values = (one.package, one.codebook, one.model, one.parser, one.actors)
        self.db.execute(
            "INSERT INTO coding (package, codebook, model, parser, actors) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            values,
        )
        row = self.db.execute(
            "SELECT id FROM coding WHERE (package, codebook, model, parser, actors) = (?, ?, ?, ?, ?)", values
        ).fetchone()
        return int(row[0])

    def _add_records(self, number: int, document: Document, kept: _Kept | None = None) -> None:
        """All records of a document whose row is there: first who takes part, then what happened."""
        kept = kept or _Kept()
        who = actors.join(self.db, number, document, kept.actors)
        for role in document.roles:
            self._add_role(number, role, who, document.published)
        self._add_statements(number, document, who, kept.statements)
        self._add_relations(number, document, who, kept.relations)
        happenings.join(self.db, number, document, who, kept.events)
        pledges.join(self.db, number, document, who, kept.pledges)

    def _forget_records(self, number: int) -> None:
        """Take the records of a document out, the joined ones with them where nobody else tells of them."""
        pledges.leave(self.db, number)
        happenings.leave(self.db, number)
        for table in ("relation", "statement", "role"):
            self.db.execute(f"DELETE FROM {table} WHERE document = ?", (number,))
        actors.leave(self.db, number)

    def _add_role(self, number: int, role: Role, who: dict[str, int], published: str | None) -> None:
        if role.actor not in who:
            return
        self.db.execute(
            'INSERT INTO role (document, actor, title, organisation, country, start, "end", asserted_on, evidence)'
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number, who[role.actor], role.title, role.organisation, role.country, role.start, role.end,
                role.asserted_on or published, json.dumps(role.evidence),
            ),
        )  # fmt: skip

    def _add_statements(self, number: int, document: Document, who: dict[str, int], kept: dict[str, int]) -> None:
        self.db.executemany(
            "INSERT INTO statement (id, document, number, speaker, addressee, kind, words, cue, content, date, at,"
            " evidence, rule) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    kept.pop(json.dumps(one.content), None), number, k, who.get(one.speaker or ""),
                    who.get(one.addressee or ""), one.kind,
                    words(document.text, one.content), json.dumps(one.cue), json.dumps(one.content), one.date,
                    one.date or document.published, json.dumps(one.evidence), one.rule,
                )
                for k, one in enumerate(document.statements, start=1)
            ],
        )  # fmt: skip

    def _add_relations(self, number: int, document: Document, who: dict[str, int], kept: dict[str, int]) -> None:
        self.db.executemany(
            'INSERT INTO relation (id, document, number, subject, predicate, object, value, start, "end", asserted_on,'
            " evidence, rule) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    kept.pop(f"{one.predicate} {json.dumps(one.evidence)}", None), number, k, who[one.subject],
                    one.predicate, who.get(one.object or ""), one.value, one.start,
                    one.end, one.asserted_on or document.published, json.dumps(one.evidence), one.rule,
                )
                for k, one in enumerate(document.relations, start=1)
                if one.subject in who
            ],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Kept:
    """The numbers that the records of a document have, by what they rest on."""

    actors: dict[str, int] = field(default_factory=dict)  # by name in the document
    statements: dict[str, int] = field(default_factory=dict)  # by spans of the words
    relations: dict[str, int] = field(default_factory=dict)  # by predicate and spans of the evidence
    events: dict[str, int] = field(default_factory=dict)  # by spans of the trigger
    pledges: dict[str, int] = field(default_factory=dict)  # by spans of the evidence

    @classmethod
    def of(cls, db: sqlite3.Connection, number: int) -> _Kept:
        """Those of a stored document."""

        def found(sql: str) -> dict[str, int]:
            return {str(key): int(one) for key, one in db.execute(f"{sql} WHERE document = ?", (number,)).fetchall()}

        return cls(
            found("SELECT name, actor FROM report_actor"),
            found("SELECT content, id FROM statement"),
            found("SELECT predicate || ' ' || evidence, id FROM relation"),
            found('SELECT "trigger", event FROM report_event'),
            found("SELECT evidence, pledge FROM report_pledge"),
        )


def words(text: str, spans: Spans) -> str:
    """The words of spans on one line, pieces that stand apart joined by an ellipsis."""
    return " ... ".join(" ".join(text[start:end].split()) for start, end in spans)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
