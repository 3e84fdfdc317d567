"""Events of files into a store, and out again."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from whowhom.errors import ExchangeError
from whowhom.exchange.events import ExportOptions, ImportedEvent
from whowhom.exchange.exporting import export, format_of
from whowhom.exchange.formats import read_events
from whowhom.exchange.importing import Imported, import_file, import_files
from whowhom.records import Actor, Derived, Document, Event, Place
from whowhom.store import Filter, Store
from whowhom.store.database import connect
from whowhom.store.writer import Provenance, Writer

TEXT = "Police in Minsk arrested Ann Hill. Russia's Ivan Orlov met Ann Hill in Oslo."
DATA_SETS = ("polecat", "icews", "gdelt")


def event(type_: str, mode: str | None, cameo: str, quad: str, score: float, **others: object) -> Event:
    values: dict[str, object] = {
        "contexts": ("legal",), "actors": ("a1",), "recipients": ("a2",), "start": "2020-09-14", "end": None,
        "place": Place("Minsk", "BLR", 625144, 53.9, 27.57), "status": "occurred", "magnitude": {},
        "reported_by": None, "confidence": 0.9, "trigger": ((0, 6),), "evidence": ((0, 34),),
    }  # fmt: skip
    return Event(type=type_, mode=mode, derived=Derived(cameo, quad, score), **(values | others))  # type: ignore[arg-type]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.db"
    document = Document(
        "h1", "one", "Arrest in Minsk", "https://example.org/1", "Example Times", (), "2020-09-15", "en", TEXT,
        actors=(
            Actor("a1", "Belarusian police", "organisation", "BLR", "COP"),
            Actor("a2", "Ann Hill", "person", "BLR", "OPP", ("CVL",)),
            Actor("a3", "Ivan Orlov", "person", "RUS", "GOV"),
        ),
        events=(
            event("COERCE", "arrest", "173", "material conflict", -7.0),
            event("CONSULT", None, "046", "verbal cooperation", 2.5, actors=("a3", "a2"), recipients=(),
                  place=Place("Oslo", "NOR", 3143244, 59.91, 10.75), trigger=((50, 53),)),
            event("PROTEST", "demo", "141", "material conflict", -5.0, actors=("a2",), recipients=(), place=None,
                  status="planned", trigger=((1, 2),)),
        ),
    )  # fmt: skip
    db = connect(path, write=True, create=True)
    writer = Writer(db, Provenance("0", "PLOVER", "", "parser"))
    with writer.batch():
        assert writer.put(document) == "coded"
    db.close()
    return path


def written(path: Path, name: str) -> str:
    with Store(path) as store:
        stream = io.StringIO()
        export(store, Filter(), format_of(name, "events"), stream, options=ExportOptions(version="0"))
        return stream.getvalue()


@pytest.mark.parametrize("name", DATA_SETS)
def test_what_is_exported_comes_back_the_same(own: Path, tmp_path: Path, name: str) -> None:
    file, other = tmp_path / "events.tab", tmp_path / "other.db"
    file.write_text(written(own, name), encoding="utf-8", newline="")
    db = connect(other, write=True, create=True)
    done = import_file(db, file)
    assert (done.known, done.bad) == (0, [])
    assert done.events >= 2
    assert written(other, name) == file.read_text("utf-8")
    with Store(other) as store:
        stored = list(store.all_events(told=True))
    for there, row in zip(stored, read_events(file, name), strict=True):  # type: ignore[arg-type]
        assert isinstance(row, ImportedEvent)
        assert (there.type, there.mode, there.date, there.cameo, there.quad) == (
            row.type, row.mode, row.date, row.cameo, row.quad,
        )  # fmt: skip
        assert [one.country for one in there.actors] == [one.country for one in row.actors]
        assert [one.sector for one in there.recipients] == [one.sector for one in row.recipients]
        assert there.place == row.place
    assert import_file(db, file) == Imported(0, done.events)


@pytest.mark.parametrize("name", DATA_SETS)
def test_imported_events_answer_the_same_questions(own: Path, tmp_path: Path, name: str) -> None:
    file = tmp_path / "events.tab"
    file.write_text(written(own, name), encoding="utf-8", newline="")
    db = connect(own, write=True)
    import_file(db, file)
    with Store(own) as store:
        both = store.events(actor="BLR", type="COERCE")
        assert {one.data_set for one in both} == {None, name}
        assert [one.data_set for one in store.events(actor="BLR", type="COERCE", data_set="own")] == [None]
        if name != "gdelt":  # whose names are in capitals, and its people are known by their codes
            assert {one.data_set for one in store.events(recipient="Ann Hill", type="COERCE")} == {None, name}
        assert sum(one.events for one in store.timeline(type="COERCE")) == 2


def test_a_bad_file_stops_no_other(own: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.tab", tmp_path / "bad.tab"
    good.write_text(written(own, "icews"), encoding="utf-8", newline="")
    bad.write_text("name,colour\nAnn,blue\n", encoding="utf-8")
    db = connect(tmp_path / "new.db", write=True, create=True)
    results = dict(import_files(db, [bad, tmp_path / "none.tab", good]))
    assert isinstance(results[bad], ExchangeError)
    assert "--format" in str(results[bad])
    assert isinstance(results[tmp_path / "none.tab"], ExchangeError)
    assert isinstance(results[good], Imported)


def test_a_broken_row_is_counted_and_the_others_are_read(own: Path, tmp_path: Path) -> None:
    file = tmp_path / "events.tab"
    lines = written(own, "icews").splitlines(keepends=True)
    file.write_text("".join([*lines[:2], "7\tno date\n", *lines[2:]]), encoding="utf-8", newline="")
    db = connect(tmp_path / "new.db", write=True, create=True)
    done = import_file(db, file)
    assert done.bad_rows == 1
    assert done.events == len(lines) - 1


def test_an_imported_name_is_the_actor_of_that_name(own: Path, tmp_path: Path) -> None:
    file = tmp_path / "events.tab"
    file.write_text(written(own, "icews"), encoding="utf-8", newline="")
    db = connect(own, write=True)
    before = db.execute("SELECT count(*) FROM actor").fetchone()[0]
    import_file(db, file)
    assert db.execute("SELECT count(*) FROM actor").fetchone()[0] == before
