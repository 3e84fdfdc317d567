"""newscluster: which reports tell of one happening. They are put into a store in memory as `ingest` would put them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import Any

from whowhom.evaluation.metrics import Counts
from whowhom.evaluation.program import Program
from whowhom.records import Document
from whowhom.store import database, fingerprints, stories


class Shelf:
    """A store in memory with documents, their families and their stories, and nothing else of them."""

    def __init__(self) -> None:
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        self.db.row_factory = sqlite3.Row
        self.db.execute("PRAGMA foreign_keys = ON")
        database.migrate(self.db)
        self.db.execute("INSERT INTO coding (package, codebook, model, parser) VALUES ('', '', '', '')")

    def add(self, document: Document) -> int:
        """The number of a document that is put beside those there, as the writer does it, without its records."""
        with database.transaction(self.db):
            cursor = self.db.execute(
                "INSERT INTO document (hash, source_id, title, url, publisher, authors, published, text, coding,"
                " coded_at) VALUES (?, ?, ?, ?, ?, '[]', ?, ?, 1, '')",
                (
                    document.id, document.source_id, document.title, document.url, document.publisher,
                    document.published, document.text,
                ),
            )  # fmt: skip
            number = int(cursor.lastrowid or 0)
            self.db.execute(
                "INSERT INTO sighting (document, source_id, url, publisher) VALUES (?, ?, ?, ?)",
                (number, document.source_id, document.url or "", document.publisher or ""),
            )
            fingerprints.place(self.db, number, document)
            stories.place(self.db, number, document)
        return number


def predict(program: Program, records: Sequence[dict[str, Any]]) -> Iterator[int]:
    """The story of each report; they are put into the store in the order of their dates, as they come in life."""
    shelf = Shelf()
    order = sorted(range(len(records)), key=lambda k: (str(records[k].get("date_publish") or "9999"), k))
    numbers = {k: shelf.add(_document(str(k), records[k])) for k in order}
    found = dict(shelf.db.execute("SELECT id, story FROM document").fetchall())
    yield from (int(found[numbers[k]]) for k in range(len(records)))


def _document(hash_: str, record: dict[str, Any]) -> Document:
    return Document(
        id=hash_,
        source_id=str(record["id"]),
        title=record.get("title"),
        url=record.get("url"),
        publisher=record.get("source_domain"),
        authors=(),
        published=str(record.get("date_publish") or "")[:10] or None,
        language="en",
        text=record.get("text") or "",
    )


def score(
    records: Sequence[dict[str, Any]], predictions: Sequence[Any]
) -> tuple[dict[str, float], dict[str, Counts], list[tuple[str, str, str]]]:
    """B3 precision, recall and F1 over all reports; counts of pairs of reports; what was kept apart or put together."""
    gold = [record["event_id"] for record in records]
    precision, recall, f1 = b_cubed(gold, predictions)
    figures = {
        "B3 F1": f1,
        "B3 precision": precision,
        "B3 recall": recall,
        "events": float(len(set(gold))),
        "stories": float(len(set(predictions))),
    }
    both = Counter(zip(gold, predictions, strict=True))
    pairs = Counts(
        *(sum(n * (n - 1) // 2 for n in group.values()) for group in (Counter(gold), Counter(predictions), both))
    )
    return figures, {"pairs": pairs}, _errors(records, gold, predictions)


def b_cubed(gold: Sequence[Hashable], guess: Sequence[Hashable]) -> tuple[float, float, float]:
    """B3 precision, recall and F1 of a clustering: how much of each item's cluster is of its class, and the reverse."""
    both, classes, clusters = Counter(zip(gold, guess, strict=True)), Counter(gold), Counter(guess)
    if not gold:
        return 0.0, 0.0, 0.0
    precision = sum(n * n / clusters[cluster] for (_, cluster), n in both.items()) / len(gold)
    recall = sum(n * n / classes[class_] for (class_, _), n in both.items()) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _errors(
    records: Sequence[dict[str, Any]], gold: Sequence[Hashable], guess: Sequence[Hashable]
) -> list[tuple[str, str, str]]:
    """Reports that are not in their event's main story, and reports in a story that is mainly another event's."""
    both = Counter(zip(gold, guess, strict=True))
    story_of: dict[Hashable, Hashable] = {}
    event_of: dict[Hashable, Hashable] = {}
    for (event, story), _ in sorted(both.items(), key=lambda one: -one[1]):
        story_of.setdefault(event, story)
        event_of.setdefault(story, event)
    days: dict[Hashable, list[str]] = {}
    for record, story in zip(records, guess, strict=True):
        days.setdefault(story, []).append(str(record.get("date_publish") or "")[:10])
    errors = []
    for record, event, story in zip(records, gold, guess, strict=True):
        words = f"{str(record.get('date_publish'))[:10]} {record.get('title') or record.get('text') or ''}"[:120]
        if event_of[story] != event:
            errors.append((record["id"], "in a story of another event", f"{words} (with {event_of[story]})"))
        elif story_of[event] != story:
            own = days[story_of[event]]
            within = min(own) <= str(record.get("date_publish") or "")[:10] <= max(own)
            errors.append((record["id"], f"apart from its event, of {'the same' if within else 'other'} days", words))
    return errors
