"""A store for tests: documents by hand, joined in the order of the writer, without fingerprints and stories."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from whowhom.coding.codebook import derive
from whowhom.records import Actor, Document, Event, Pledge, Role
from whowhom.store import actors, happenings, pledges
from whowhom.store.database import connect, transaction


def actor(words: str, number: int = 1, mentions: tuple[tuple[int, int], ...] = ()) -> Actor:
    """An actor from "name|kind|country|sector"."""
    name, kind, country, sector = (*words.split("|"), "", "", "")[:4]
    return Actor(f"a{number}", name, kind or "person", country or None, sector or None, (), mentions)  # type: ignore[arg-type]


def report(
    name: str, people: Sequence[str], *, text: str = "", published: str | None = "2020-09-14", **fields: Any
) -> Document:
    """A document whose actors are a1, a2, ... in order; `titles` gives roles by actor id."""
    text = text or f"Text of {name}."
    titles = fields.pop("titles", {})
    publisher = fields.pop("publisher", name)
    return Document(
        name, name, None, None, publisher, (), published, "en", text,
        tuple(actor(words, k) for k, words in enumerate(people, start=1)),
        roles=tuple(Role(who, title) for who, title in titles.items()),
        **fields,
    )  # fmt: skip


def event(actors_: Sequence[str], recipients: Sequence[str], kind: Any = "ACCUSE") -> Event:
    """An event of the first words of the text."""
    return Event(
        kind, None, (), tuple(actors_), tuple(recipients), "2020-09-14", None, None, "occurred", {}, None, 0.8,
        ((0, 4),), ((0, 4),), derive(kind, None, ()),
    )  # fmt: skip


def pledge(what: str, **fields: Any) -> Pledge:
    """A pledge of a1 to a2."""
    given: dict[str, Any] = {
        "promiser": ("a1",), "beneficiary": ("a2",), "kind": "loan", "amount": None, "currency": None, "due": None,
        "status": "pledged",
    }  # fmt: skip
    return Pledge(what=what, evidence=((0, 4),), **(given | fields))


class Desk:
    """Puts documents in and takes them out as the writer does."""

    def __init__(self, file: Path) -> None:
        self.db = connect(file, write=True, create=True)
        self.db.execute("INSERT INTO coding (package, codebook, model, parser) VALUES ('', '', '', '')")

    def put(self, doc: Document, story: int | None = None) -> dict[str, int]:
        """The `report_actor` rows of a document by local id."""
        with transaction(self.db):
            if story is not None:
                self.db.execute("INSERT OR IGNORE INTO story (id, documents, sources) VALUES (?, 0, 0)", (story,))
            row = self.db.execute(
                "INSERT INTO document (hash, source_id, authors, published, publisher, text, coding, coded_at, story)"
                " VALUES (?, ?, '[]', ?, ?, ?, 1, '', ?)",
                (doc.id, doc.source_id, doc.published, doc.publisher, doc.text, story),
            )
            number = int(row.lastrowid or 0)
            self.db.execute(
                "INSERT INTO sighting (document, source_id, url, publisher) VALUES (?, '', '', ?)",
                (number, doc.publisher or ""),
            )
            return self._records(number, doc)

    def again(self, doc: Document) -> dict[str, int]:
        """The same after the document's records were taken back, as where it is coded anew."""
        with transaction(self.db):
            number = self.number(doc)
            self._forget(number)
            return self._records(number, doc)

    def out(self, doc: Document) -> None:
        """Take a document out."""
        with transaction(self.db):
            number = self.number(doc)
            self._forget(number)
            self.db.execute("DELETE FROM document WHERE id = ?", (number,))

    def number(self, doc: Document) -> int:
        return int(self.db.execute("SELECT id FROM document WHERE hash = ?", (doc.id,)).fetchone()[0])

    def who(self, doc: Document, local: str = "a1") -> int:
        """The actor in the store that an actor of a document is."""
        return int(
            self.db.execute(
                "SELECT r.actor FROM report_actor r JOIN document d ON d.id = r.document"
                " WHERE d.hash = ? AND r.local = ?",
                (doc.id, local),
            ).fetchone()[0]
        )

    def one(self, question: str, *values: Any) -> Any:
        row = self.db.execute(question, values).fetchone()
        return None if row is None else row[0] if len(row) == 1 else tuple(row)

    def rows(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.db.execute(question, values)]

    def sound(self) -> None:
        """Assert that counts, parties and references agree with the reports."""
        assert self.rows("PRAGMA foreign_key_check") == []
        for number, reports in self.rows("SELECT id, reports FROM actor WHERE data_set IS NULL"):
            assert reports == self.one("SELECT count(DISTINCT document) FROM report_actor WHERE actor = ?", number)
        assert self.rows("SELECT actor FROM actor_name WHERE reports < 1 OR name = ''") == []
        for table in ("party", "pledge_party"):
            assert (
                self.rows(
                    f"SELECT p.actor FROM {table} p JOIN actor a ON a.id = p.actor"
                    " WHERE (p.country, p.sector) IS NOT (a.country, a.sector)"
                )
                == []
            )
        told = "SELECT DISTINCT r.actor FROM report_party p JOIN report_actor r ON r.id = p.actor"
        assert self.rows(f"SELECT actor FROM party WHERE actor NOT IN ({told})") == []

    def content(self) -> str:
        """All that joining made, to compare two stores by."""
        tables = (
            "actor", "actor_name", "report_actor", "event", "party", "dyad", "report_event", "pledge", "pledge_party",
            "report_pledge",
        )  # fmt: skip
        return json.dumps([self.rows(f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in tables])

    def _records(self, number: int, doc: Document) -> dict[str, int]:
        who = actors.join(self.db, number, doc)
        for role in doc.roles:
            self.db.execute(
                "INSERT INTO role (document, actor, title, evidence) VALUES (?, ?, ?, '[]')",
                (number, who[role.actor], role.title),
            )
        happenings.join(self.db, number, doc, who)
        pledges.join(self.db, number, doc, who)
        return who

    def _forget(self, number: int) -> None:
        pledges.leave(self.db, number)
        happenings.leave(self.db, number)
        self.db.execute("DELETE FROM role WHERE document = ?", (number,))
        actors.leave(self.db, number)
