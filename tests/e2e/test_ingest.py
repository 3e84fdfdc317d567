"""Reports into a store through the installed command: whole, once, and the same whatever happens to the process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from installed import (
    COMMAND,
    REPORTS,
    alive,
    assert_same,
    assert_sound,
    coders_of,
    content,
    copied,
    documents,
    ended,
    rows,
    run,
    start,
    until,
)

needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found by /proc")


def ingest(store: Path, *args: str) -> tuple[str, ...]:
    return ("ingest", str(REPORTS), "--store", str(store), *args)


def test_the_examples_become_one_record(news: Path) -> None:
    assert_sound(news)
    assert documents(news) == 14
    # A text in two papers is told once; the floods are another story than the fish.
    assert rows(news, "SELECT source_id FROM document WHERE copy_of IS NOT NULL") == [("2024-03-10-dublin-ledger",)]
    stories = rows(news, "SELECT documents, title FROM story ORDER BY id")
    assert [count for count, _ in stories] == [13, 1]
    assert "Mozambique" in stories[1][1]
    # Three accounts of the tear gas, which differ on the injured, are one event.
    told = rows(
        news,
        "SELECT e.sources, e.reports FROM event e JOIN party p ON p.event = e.id AND p.side = 'actor'"
        " JOIN actor a ON a.id = p.actor WHERE e.mode = 'crowd-control' AND e.date = '2024-03-09'"
        " AND a.country = 'ISL' AND a.sector = 'COP' ORDER BY e.reports DESC LIMIT 1",
    )
    assert told
    assert told[0][0] >= 2
    assert told[0][1] > told[0][0]
    # One woman, spelt with Icelandic letters and without.
    names = rows(
        news,
        "SELECT n.name FROM actor_name n JOIN actor_name m ON m.actor = n.actor WHERE m.name = 'Gudrun Thorsdottir'",
    )
    assert {"Guðrún Þórsdóttir", "Gudrun Thorsdottir"} <= {name for (name,) in names}


def test_every_record_rests_on_words_of_its_report(news: Path) -> None:
    for table, column in (("report_event", "evidence"), ("statement", "content"), ("report_pledge", "evidence")):
        found = rows(news, f"SELECT r.{column}, length(d.text) FROM {table} r JOIN document d ON d.id = r.document")
        assert found
        for spans, length in found:
            assert json.loads(spans)
            assert all(0 <= a < b <= length for a, b in json.loads(spans))


def test_a_second_run_codes_nothing_and_changes_nothing(news: Path, tmp_path: Path) -> None:
    store = copied(news, tmp_path)
    done = run(*ingest(store))
    assert done.returncode == 0
    assert "0 coded" in done.stderr
    assert "14 there before" in done.stderr
    assert_same(store, news)


def test_two_processes_give_what_one_gives(news: Path, tmp_path: Path) -> None:
    store = tmp_path / "two.db"
    done = run(*ingest(store, "--workers", "2"))
    assert done.returncode == 0, done.stderr
    assert_same(store, news)


def test_what_cannot_be_read_is_named_and_the_rest_is_coded(tmp_path: Path) -> None:
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "broken.txt").write_bytes(b"The king of Spain praised the mayor. \xff\xfe caf\xe9 talks went on.\n")
    (tmp_path / "french.txt").write_text(
        "Le président de la République a rencontré hier le premier ministre pour parler de la réforme des retraites."
        " Les syndicats ont annoncé une grève générale pour la semaine prochaine dans tout le pays.",
        encoding="utf-8",
    )
    (tmp_path / "lines.jsonl").write_text('{"text": "Kenya condemned Uganda on Monday."}\n{"text": 7}\n{]\n')
    (tmp_path / "good.txt").write_text("French police arrested the mayor of Lyon on Monday.")
    store = tmp_path / "out" / "news.db"
    store.parent.mkdir()
    done = run("ingest", str(tmp_path), str(tmp_path / "missing.txt"), "--store", str(store), "--workers", "1")
    assert done.returncode == 3
    reasons = dict(rows(store, "SELECT source, reason FROM skipped"))
    for name, reason in (
        ("binary.txt", "binary"), ("empty.txt", "empty"), ("french.txt", "not-english"), ("missing.txt", "not-found"),
        ("lines.jsonl:2", "bad-record"), ("lines.jsonl:3", "bad-record"),
    ):  # fmt: skip
        assert reasons[str(tmp_path / name)] == reason
        assert f"skipped {tmp_path / name}: {reason}: " in done.stderr
    coded = {name for (name,) in rows(store, "SELECT source_id FROM document")}
    assert {"good", "lines-1", "broken"} <= coded
    assert ("COERCE", "arrest") in rows(store, "SELECT type, mode FROM event")


def test_nothing_readable_is_exit_status_1(tmp_path: Path) -> None:
    done = run("ingest", str(tmp_path / "none.txt"), "--store", str(tmp_path / "news.db"), "--workers", "1")
    assert done.returncode == 1
    assert "not-found" in done.stderr


def test_killed_thrice_and_run_once_gives_what_an_undisturbed_run_gives(news: Path, tmp_path: Path) -> None:
    store = tmp_path / "news.db"
    # As soon as there is a file, after the first batch, and in the midst of the second.
    for moment in (store.exists, lambda: documents(store) > 0, lambda: time.sleep(1) is None):
        process = start(*ingest(store, "--workers", "1"))
        until(moment)
        status, _ = ended(process, signal.SIGKILL)
        assert status == -signal.SIGKILL
        assert documents(store) in (0, 8)  # whole batches
        if documents(store):
            assert_sound(store)
    done = run(*ingest(store, "--workers", "1"))
    assert done.returncode == 0, done.stderr
    assert_same(store, news)
    assert_sound(store)


def test_ctrl_c_leaves_a_whole_store_and_the_next_run_goes_on(news: Path, tmp_path: Path) -> None:
    store = tmp_path / "news.db"
    process = start(*ingest(store, "--workers", "1"))
    until(lambda: documents(store) > 0)
    status, err = ended(process, signal.SIGINT)
    assert status == 130, err
    assert "stopped" in err
    assert "8 coded" in err
    assert "Traceback" not in err
    assert documents(store) == 8
    assert_sound(store)
    assert run(*ingest(store, "--workers", "1")).returncode == 0
    assert_same(store, news)


@needs_proc
def test_ctrl_c_ends_all_processes(tmp_path: Path) -> None:
    store = tmp_path / "news.db"
    process = start(*ingest(store, "--workers", "2"))
    until(lambda: len(coders_of(process.pid)) == 2)
    coders = coders_of(process.pid)
    status, err = ended(process, signal.SIGINT)
    assert status == 130, err
    assert "Traceback" not in err
    until(lambda: not any(map(alive, coders)), seconds=10)


@needs_proc
def test_processes_that_code_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    process = start(*ingest(tmp_path / "news.db", "--workers", "2"))
    until(lambda: len(coders_of(process.pid)) == 2)
    coders = coders_of(process.pid)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=10)
    until(lambda: not any(map(alive, coders)), seconds=20)
    process.communicate()


def test_one_text_at_two_places_is_one_document(tmp_path: Path) -> None:
    text = "Kenya condemned Uganda on Monday. Ugandan police arrested two Kenyan journalists in Kampala."
    lines = [
        {
            "id": f"r{k}",
            "text": text,
            "published": "2024-03-05",
            "publisher": paper,
            "url": f"https://{paper}.example/1",
        }
        for k, paper in enumerate(("herald", "gazette"))
    ]
    file = tmp_path / "two.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    store = tmp_path / "news.db"
    done = run("ingest", str(file), "--store", str(store), "--workers", "1")
    assert done.returncode == 0
    assert "1 coded" in done.stderr
    assert documents(store) == 1
    assert set(rows(store, "SELECT publisher FROM sighting")) == {("herald",), ("gazette",)}
    before = content(store)
    again = run("ingest", str(file), "--store", str(store), "--workers", "1")
    assert "0 coded, 0 events; 2 there before" in again.stderr
    assert content(store) == before


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are those of Unix")
def test_a_disk_that_is_full_is_told_and_the_store_is_whole(tmp_path: Path) -> None:
    store = tmp_path / "news.db"
    # The shell lets no file grow beyond a megabyte (blocks of 512 or of 1024 bytes, by the shell).
    done = subprocess.run(
        ["/bin/bash", "-c", f"ulimit -f 1000; exec {COMMAND} ingest {REPORTS} --store {store} --workers 1 --no-model"],
        capture_output=True, encoding="utf-8", timeout=120, check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": str(Path.home())},
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert str(store) in done.stderr
    assert_sound(store)
