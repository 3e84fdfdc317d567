from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from whowhom import ingest
from whowhom.coding.codebook import derive
from whowhom.ingest import add_articles, provenance
from whowhom.pipeline import Coder, document_id
from whowhom.recode import Change, Recoded, recode
from whowhom.records import Actor, Article, Document, Event, Magnitude, Pledge, Role, Skipped, Statement
from whowhom.store.database import connect
from whowhom.store.writer import Writer
from whowhom.workers import CodingOptions

FIRST = "Kenya accused Uganda of theft on Monday, and Grace Otieno said that it was a shame."
SECOND = "Norway promised a loan to Uganda."
ANSWERS: dict[str, Document | Skipped] = {}
"""What the coder of these tests answers to a text."""


class Answering(Coder):
    def run(self, articles: Iterable[Article | Skipped]) -> Iterator[Document | Skipped]:
        for article in articles:
            assert isinstance(article, Article)
            yield ANSWERS[article.text]


@dataclass(frozen=True, slots=True)
class AnsweringOptions(CodingOptions):
    def coder(self) -> Coder:
        return Answering("one", use_model=False)


OLD, NEW = AnsweringOptions("one", use_model=False), AnsweringOptions("two", use_model=False)


def event(kind: Any, start: int, end: int, **fields: Any) -> Event:
    made = Event(
        kind, None, (), ("a1",), ("a2",), "2023-05-01", None, None, "occurred", {}, None, 0.8, ((start, end),),
        ((0, end),), derive(kind, None, ()),
    )  # fmt: skip
    return replace(made, **fields)


def documents() -> tuple[Document, Document]:
    first = Document(
        document_id(FIRST), "first", None, None, None, (), "2023-05-01", "en", FIRST,
        (Actor("a1", "Kenya", "state", "KEN", "GOV"), Actor("a2", "Uganda", "state", "UGA", "GOV"),
         Actor("a3", "Grace Otieno", "person", "KEN", "GOV")),
        (Role("a3", "minister", evidence=((44, 56),)),),
        (event("ACCUSE", 6, 13),),
        (Statement("a3", None, "indirect", ((57, 61),), ((67, 82),), None, ((44, 82),)),),
    )  # fmt: skip
    second = Document(
        document_id(SECOND), "second", None, None, None, (), "2023-05-02", "en", SECOND,
        (Actor("a1", "Norway", "state", "NOR", "GOV"), Actor("a2", "Uganda", "state", "UGA", "GOV")),
        events=(event("AGREE", 7, 15),),
        pledges=(Pledge(("a1",), ("a2",), "loan", "a loan", None, None, None, "pledged", ((0, 33),)),),
    )  # fmt: skip
    return first, second


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with both reports, coded with the first parser."""
    path = tmp_path / "news.db"
    ANSWERS.clear()
    articles = []
    for one in documents():
        ANSWERS[one.text] = one
        articles.append(Article(one.text, one.source_id, published=one.published, language="en"))
    db = connect(path, write=True, create=True)
    add_articles(articles, Writer(db, provenance(OLD)), coding=OLD, workers=1)
    db.close()
    return path


def content(store: Path) -> dict[str, list[tuple[Any, ...]]]:
    db = connect(store)
    out = {}
    for table in ("document", "report_actor", "report_event", "event", "party", "statement", "report_pledge", "pledge"):
        out[table] = [
            tuple(row[name] for name in row.keys() if name not in ("coded_at", "coding"))  # noqa: SIM118
            for row in db.execute(f"SELECT * FROM {table} ORDER BY 1")
        ]
    db.close()
    return out


def run(store: Path, options: CodingOptions = NEW, **more: Any) -> tuple[Recoded, list[Change]]:
    changes: list[Change] = []
    return recode(store, coding=options, workers=1, changes=changes.append, **more), changes


def answer(document: Document | Skipped, text: str = FIRST) -> None:
    ANSWERS[text] = document


def test_what_comes_out_the_same_keeps_its_records_and_numbers(store: Path) -> None:
    before = content(store)
    done, changes = run(store)
    assert (done.documents, done.changed, done.total, changes) == (2, 0, 2, [])
    assert content(store) == before
    db = connect(store)
    assert {row[0] for row in db.execute("SELECT c.parser FROM document d JOIN coding c ON c.id = d.coding")} == {"two"}
    db.close()
    assert run(store)[0].total == 0  # now it is up to date
    assert run(store, everything=True)[0].documents == 2
    assert content(store) == before


def test_confidence_alone_is_no_change(store: Path) -> None:
    first, _ = documents()
    answer(replace(first, events=(replace(first.events[0], confidence=0.1),)))
    assert run(store)[1] == []


@pytest.mark.parametrize(
    ("changed", "records", "fields"),
    [
        ({"events": (event("REJECT", 6, 13),)}, "events", {"type", "cameo"}),
        ({"events": (event("ACCUSE", 6, 13, status="planned"),)}, "events", {"status"}),
        ({"events": (event("ACCUSE", 6, 13, actors=("a3",)),)}, "events", {"actors"}),
        ({"events": (event("ACCUSE", 6, 13, contexts=("legal",)),)}, "events", {"contexts"}),
        ({"events": (event("ACCUSE", 6, 13, magnitude={"killed": Magnitude(2, None, "two")}),)}, "events",
         {"magnitude"}),
        ({"events": (event("ACCUSE", 6, 13, reported_by="a3"),)}, "events", {"reported_by"}),
        ({"statements": (Statement(None, None, "indirect", ((57, 61),), ((67, 82),), None, ((44, 82),)),)},
         "statements", {"speaker"}),
        ({"roles": (Role("a3", "minister", country="KEN", evidence=((44, 56),)),)}, "roles", {"country"}),
        ({"actors": (*documents()[0].actors[:2], Actor("a3", "Grace Otieno", "person", "KEN", "OPP"))}, "actors",
         {"sector"}),
    ],
)  # fmt: skip
def test_a_changed_record_is_told_and_written(
    store: Path, changed: dict[str, Any], records: str, fields: set[str]
) -> None:
    first, _ = documents()
    answer(replace(first, **changed))
    before = content(store)
    dry, told = run(store, dry_run=True)
    assert content(store) == before
    assert (dry.documents, dry.changed) == (2, 1)
    done, changes = run(store)
    assert changes == told
    (change,) = changes
    assert (change.document, change.records, change.verdict) == ("first", records, "changed")
    assert set(change.fields) == fields
    assert change.before != change.after
    assert change.words
    assert done.counts == {(records, "changed"): 1}
    assert content(store) != before
    assert run(store, everything=True)[1] == []  # it was written as it was told


def test_records_that_come_and_go_are_told(store: Path) -> None:
    first, _ = documents()
    answer(replace(first, events=(event("REJECT", 45, 57),), statements=()))
    _, changes = run(store)
    assert {(one.records, one.verdict) for one in changes} == {
        ("events", "added"), ("events", "removed"), ("statements", "removed"),
    }  # fmt: skip
    assert next(one for one in changes if one.verdict == "added").words == "Grace Otieno"
    assert len(content(store)["report_event"]) == 2


def test_a_report_that_cannot_be_coded_any_more_stays_as_it_was(store: Path) -> None:
    answer(Skipped("first", "failed", "no"))
    before = content(store)
    done, _ = run(store)
    assert [one.source for one in done.failed] == ["first"]
    assert done.documents == 1
    assert content(store) == before
    assert run(store)[0].total == 1  # and is tried again the next time


def test_the_articles_are_coded_as_they_were_read(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Article] = []
    plain = Answering.run

    def noting(self: Answering, articles: Iterable[Article | Skipped]) -> Iterator[Document | Skipped]:
        known = [one for one in articles if isinstance(one, Article)]
        seen.extend(known)
        yield from plain(self, known)

    monkeypatch.setattr(Answering, "run", noting)
    run(store)
    assert [(one.text, one.source_id, one.published, one.language) for one in seen] == [
        (FIRST, "first", "2023-05-01", "en"),
        (SECOND, "second", "2023-05-02", "en"),
    ]


def test_a_report_that_cannot_be_joined_is_named_and_the_others_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of `ingest`: one bad document never ends a run."""
    first, second = documents()
    ANSWERS.update({FIRST: first, SECOND: second})
    plain = Writer.put

    def failing(self: Writer, document: Document) -> Any:
        if document.source_id == "first":
            raise KeyError("a9")
        return plain(self, document)

    monkeypatch.setattr(Writer, "put", failing)
    db = connect(tmp_path / "news.db", write=True, create=True)
    articles = [Article(one.text, one.source_id) for one in (first, second)]
    tally = add_articles(articles, Writer(db, provenance(OLD)), coding=OLD, workers=1)
    assert (tally.coded, tally.skipped["failed"], tally.events) == (1, 1, 1)
    assert tally.failed[0].source == "first"
    assert "KeyError" in tally.failed[0].detail
    assert [tuple(row) for row in db.execute("SELECT source, reason FROM skipped")] == [("first", "failed")]
    assert [row[0] for row in db.execute("SELECT source_id FROM document")] == ["second"]
    monkeypatch.undo()
    again = add_articles(articles, Writer(db, provenance(OLD)), coding=OLD, workers=1)
    assert (again.coded, again.known) == (1, 1)
    assert db.execute("SELECT count(*) FROM skipped").fetchone()[0] == 0  # it is no failure any more
    db.close()


def test_a_text_that_comes_twice_in_one_run_is_coded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = documents()
    ANSWERS[FIRST] = first
    coded: list[str] = []
    plain = Answering.run

    def noting(self: Answering, articles: Iterable[Article | Skipped]) -> Iterator[Document | Skipped]:
        known = [one for one in articles if isinstance(one, Article)]
        coded.extend(one.source_id for one in known)
        yield from plain(self, known)

    monkeypatch.setattr(Answering, "run", noting)
    db = connect(tmp_path / "news.db", write=True, create=True)
    articles = [Article(FIRST, f"n{k}", publisher=f"paper {k % 2}") for k in range(300)]
    tally = add_articles(articles, Writer(db, provenance(OLD)), coding=OLD, workers=1)
    assert coded == ["n0"]
    assert tally.coded == 1
    assert tally.seen == 300
    assert db.execute("SELECT count(*) FROM document").fetchone()[0] == 1
    assert json.dumps(ingest.CODEBOOK)
    db.close()
