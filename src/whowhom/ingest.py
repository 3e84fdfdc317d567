"""Reports into a store: read here, coded in several processes, written by one.

What is read flows through in order: a batch is coded somewhere, but written only when every batch before it is. So the
content of a store depends on its inputs alone, not on which process was faster or how often a run was killed.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from whowhom.own_actors import digest, merge_actors
from whowhom.pipeline import document_id
from whowhom.read import ReadOptions, read_inputs
from whowhom.records import Article, Document, Skipped
from whowhom.store import own
from whowhom.store.database import connect, settle
from whowhom.store.writer import Outcome, Provenance, Writer
from whowhom.workers import CodingOptions, Workers

CODEBOOK = "PLOVER 2021"
_BATCH = 8
"""Reports that are coded together and written in one transaction, which then takes some hundredths of a second."""
_SLOTS = 64
"""Inputs in a batch where most need no coding."""


@dataclass(slots=True)
class Tally:
    """What became of the inputs so far."""

    coded: int = 0
    carried: int = 0  # known texts found at a further place
    known: int = 0  # nothing new
    skipped: Counter[str] = field(default_factory=Counter)  # by reason
    failed: list[Skipped] = field(default_factory=list)  # those that nobody expected
    events: int = 0

    @property
    def seen(self) -> int:
        """How many inputs have been dealt with."""
        return self.coded + self.carried + self.known + sum(self.skipped.values())


@dataclass(slots=True)
class _Slot:
    """One input on its way: what was read, and its place among the articles of its batch that are coded, or -1."""

    read: Article | Skipped
    hash: str = ""
    place: int = -1


def ingest(
    inputs: Sequence[str],
    store: str | Path,
    *,
    coding: CodingOptions,
    reading: ReadOptions | None = None,
    workers: int | None = None,
    progress: Callable[[Tally], None] | None = None,
    skipped: Callable[[Skipped], None] | None = None,
    tally: Tally | None = None,
) -> Tally:
    """Code all reports of the inputs that the store does not have, and answer what became of them.

    Whenever it ends, also by `kill -9`, the store holds whole reports only, and the next run goes on.

    Args:
        inputs: files, folders, addresses or "-", as `read_inputs` takes them.
        store: the file, made where it is not there.
        coding: what to code with; the own actors of the store are added.
        reading: limits and defaults of reading.
        workers: processes that code; else as many as processors and memory allow. One codes in this process.
        progress: called after each batch that is written.
        skipped: called with each input that gave no report, once that is noted.
        tally: is counted up, so that a caller has the figures where it stops the run; else a new one.

    Raises:
        StoreError: the store cannot be written.
        ModelError: the parser's model cannot be loaded.
    """
    db = connect(store, write=True, create=True)
    try:
        coding = with_actors(db, coding)
        writer = Writer(db, provenance(coding))
        options = replace(reading or ReadOptions(), seen=writer.saw)
        still: set[str] = set()

        def note(one: Skipped) -> None:
            still.add(one.source)
            if skipped:
                skipped(one)

        done = add_articles(
            read_inputs(inputs, options), writer, coding=coding, workers=workers, progress=progress, skipped=note,
            tally=tally,
        )  # fmt: skip
        writer.forget_skipped(inputs, still)
        return done
    finally:
        if db.total_changes:
            with suppress(sqlite3.OperationalError):  # another program holds it, or its disk is full
                settle(db)
        db.close()


def add_articles(
    items: Iterable[Article | Skipped],
    writer: Writer,
    *,
    coding: CodingOptions,
    workers: int | None = None,
    progress: Callable[[Tally], None] | None = None,
    skipped: Callable[[Skipped], None] | None = None,
    tally: Tally | None = None,
) -> Tally:
    """The same for articles that are read already, into a store that is open."""
    tally = tally or Tally()
    with Workers(coding, workers) as pool:
        for slots, results in pool.run(_batches(items, writer)):
            for one in _write(slots, results, writer, tally):
                if skipped:
                    skipped(one)
            if progress:
                progress(tally)
    return tally


def _batches(items: Iterable[Article | Skipped], writer: Writer) -> Iterator[tuple[list[_Slot], list[Article]]]:
    """Inputs in batches with those to code; what the store or a batch before has already is not coded again."""
    under_way: set[str] = set()
    slots: list[_Slot] = []
    articles: list[Article] = []
    for item in items:
        slot = _Slot(item)
        if isinstance(item, Article):
            slot.hash = document_id(item.text)
            if slot.hash not in under_way and not writer.has(slot.hash):
                under_way.add(slot.hash)
                slot.place = len(articles)
                articles.append(item)
        slots.append(slot)
        if len(articles) >= _BATCH or len(slots) >= _SLOTS:
            yield slots, articles
            slots, articles = [], []
    if slots:
        yield slots, articles


def _write(slots: list[_Slot], results: list[Document | Skipped], writer: Writer, tally: Tally) -> list[Skipped]:
    """Write a batch in one transaction; what was skipped."""
    skipped: list[Skipped] = []
    with writer.batch():
        for slot in slots:
            result: Document | Skipped | Outcome
            if slot.place >= 0:
                result = results[slot.place]
            elif isinstance(slot.read, Skipped):
                result = slot.read
            else:
                result = writer.sight(slot.hash, _bare(slot.read, slot.hash)) or Skipped(
                    slot.read.source_id, "failed", "the same text failed before"
                )
            if isinstance(result, Document):
                events = len(result.events)
                result = _put(result, writer)
                tally.events += events if result == "coded" else 0
            _count(result, tally, skipped)
        writer.note_skipped(skipped)
    return skipped


def _put(document: Document, writer: Writer) -> Outcome | Skipped:
    """Put a document into the store; one that cannot be joined with what is there never ends a run of a thousand."""
    try:
        return writer.put(document)
    except sqlite3.OperationalError:
        raise
    except Exception as error:
        return Skipped(
            document.source_id,
            "failed",
            f"it cannot be joined with the store ({type(error).__name__}: {error}); the others are in it, please send"
            " us this one",
        )


def _count(result: Skipped | Outcome, tally: Tally, skipped: list[Skipped]) -> None:
    if result == "coded":
        tally.coded += 1
    elif result == "carried":
        tally.carried += 1
    elif result == "known" or (isinstance(result, Skipped) and result.reason == "known"):
        tally.known += 1
    elif isinstance(result, Skipped):
        tally.skipped[result.reason] += 1
        skipped.append(result)
        if result.reason == "failed":
            tally.failed.append(result)


def _bare(article: Article, hash_: str) -> Document:
    """A document without records, to note where a known text stands."""
    return Document(
        hash_, article.source_id, article.title, article.url, article.publisher, article.authors, article.published,
        article.language, article.text, blocks=article.blocks,
    )  # fmt: skip


def with_actors(db: sqlite3.Connection, coding: CodingOptions) -> CodingOptions:
    """The options with the user's own actors of a store; those given already win over them."""
    return replace(coding, actors=tuple(merge_actors((*coding.actors, *own.load(db)))))


def provenance(coding: CodingOptions) -> Provenance:
    """What a store notes of the program that coded."""
    from whowhom import __version__

    model = _model_digest() if coding.use_model else ""
    return Provenance(__version__, CODEBOOK, model, coding.parser, digest(coding.actors) if coding.actors else "")


@lru_cache(maxsize=1)
def _model_digest() -> str:
    """A digest of the trained network's files."""
    folder = files("whowhom.resources") / "models"
    sum_ = hashlib.sha256()
    for name in ("encoder.onnx", "heads.npz", "labels.json", "confidence.json"):
        sum_.update((folder / name).read_bytes())
    return sum_.hexdigest()[:16]
