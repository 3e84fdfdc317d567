"""Several processes at one store: readers beside a writer, two writers, a writer beside a decision."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

from installed import REPORTS, assert_same, assert_sound, copied, documents, ended, rows, run, start, until

from whowhom.store import Store

LONGEST_WAIT = 1.0  # seconds that a reader may wait for an answer


def many(folder: Path, number: int = 40) -> Path:
    """A file of short reports, no two alike."""
    file = folder / "many.jsonl"
    towns = ("Kampala", "Nairobi", "Lusaka", "Harare", "Maputo")
    with file.open("w") as stream:
        for k in range(number):
            text = (
                f"Ugandan police arrested {k + 2} Kenyan journalists in {towns[k % 5]} on Monday."
                f" Kenya condemned the arrests and demanded the release of number {k}."
            )
            line = {
                "id": f"n{k}",
                "text": text,
                "published": f"2023-05-{k % 28 + 1:02d}",
                "publisher": f"paper {k % 7}",
            }
            stream.write(json.dumps(line) + "\n")
    return file


class Reader(threading.Thread):
    """Asks a store the same question again and again, and keeps what it saw."""

    def __init__(self, store: Path, stop: threading.Event) -> None:
        super().__init__()
        self.store, self.stop = store, stop
        self.totals: list[int] = []
        self.longest = 0.0
        self.failed: BaseException | None = None

    def run(self) -> None:
        try:
            with Store(self.store) as asked:
                while not self.stop.is_set():
                    begin = time.monotonic()
                    page = asked.events(country="UGA", limit=20)
                    self.longest = max(self.longest, time.monotonic() - begin)
                    assert all(one.date for one in page)
                    self.totals.append(page.total)
                    time.sleep(0.02)
        except BaseException as error:
            self.failed = error


def test_readers_are_not_held_up_by_a_writer_and_see_whole_batches(news: Path, tmp_path: Path) -> None:
    store = copied(news, tmp_path)
    stop = threading.Event()
    readers = [Reader(store, stop) for _ in range(4)]
    for reader in readers:
        reader.start()
    done = run("ingest", str(many(tmp_path)), "--store", str(store), "--workers", "1", "--no-model")
    time.sleep(0.2)
    stop.set()
    for reader in readers:
        reader.join(timeout=30)
    assert done.returncode == 0, done.stderr
    assert documents(store) == 54
    for reader in readers:
        assert reader.failed is None
        assert reader.longest < LONGEST_WAIT
        assert reader.totals == sorted(reader.totals)  # what was there once is there
        assert reader.totals[0] == 0
        assert len(set(reader.totals)) >= 3  # they saw it grow
    with Store(store) as asked:
        assert {reader.totals[-1] for reader in readers} == {asked.events(country="UGA").total}


def test_two_writers_at_once_put_each_text_in_once(news: Path, tmp_path: Path) -> None:
    store = tmp_path / "news.db"
    both = [start("ingest", str(REPORTS), "--store", str(store), "--workers", "1") for _ in range(2)]
    told = [process.communicate(timeout=300)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert_same(store, news)
    assert_sound(store)


def test_a_decision_can_be_taken_while_a_run_writes(news: Path, tmp_path: Path) -> None:
    store = copied(news, tmp_path)
    process = start("ingest", str(many(tmp_path)), "--store", str(store), "--workers", "1", "--no-model")
    until(lambda: documents(store) > 14)
    one, other = (
        rows(store, "SELECT id FROM actor WHERE name = ?", name)[0][0]
        for name in ("Terje Fossum", "Bjarni Steinarsson")
    )
    done = run("merge", f"a{one}", f"a{other}", "--store", str(store), "--note", "a test")
    _, err = process.communicate(timeout=120)
    assert done.returncode == 0, done.stderr
    assert process.returncode == 0, err
    assert set(rows(store, "SELECT verdict, note FROM decision")) == {("together", "a test")}
    assert documents(store) == 54
    assert_sound(store)


def test_a_store_is_readable_while_its_writer_is_killed(tmp_path: Path) -> None:
    store = tmp_path / "news.db"
    process = start("ingest", str(many(tmp_path)), "--store", str(store), "--workers", "1", "--no-model")
    until(lambda: documents(store) > 0)
    with Store(store) as asked:
        before = asked.events(limit=1).total
        ended(process, 9)
        assert asked.events(limit=1).total >= before
    with Store(store) as asked:  # the log that the writer left is read by the next one
        assert asked.events(limit=1).total >= before > 0
