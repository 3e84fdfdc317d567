"""Questions to a store through the installed command: every command, every form, what is wrong use, what is undone."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from installed import assert_same, assert_sound, content, copied, rows, run

# A command with a filter, and what each row of its answer must meet (as JSON).
LISTS: dict[str, tuple[tuple[str, ...], Any]] = {
    "events": (("--type", "SANCTION"), lambda row: row["type"] == "SANCTION"),
    "statements": (("--actor", "Ingrid Haugen"), lambda row: row["speaker"]["name"] == "Ingrid Haugen"),
    "pledges": (("--actor", "POL"), lambda row: any(one["country"] == "POL" for one in row["promiser"])),
    "relations": (("--predicate", "member_of"), lambda row: row["predicate"] == "member_of"),
    "stories": (("--country", "MOZ"), lambda row: "Mozambique" in row["title"]),
    "actors": (("--country", "POL"), lambda row: row["country"] == "POL"),
}


def ask(store: Path, *args: str) -> str:
    done = run(*args, "--store", str(store))
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("command", LISTS)
def test_a_list_says_the_same_in_every_form(news: Path, command: str) -> None:
    args, meets = LISTS[command]
    page = json.loads(ask(news, command, *args, "-f", "json"))
    assert page["rows"]
    assert all(meets(row) for row in page["rows"])
    assert page["total"] == len(page["rows"])
    assert page["cursor"] is None
    lines = [json.loads(line) for line in ask(news, command, *args, "-f", "jsonl").splitlines()]
    assert lines == page["rows"]
    table = list(csv.DictReader(io.StringIO(ask(news, command, *args, "-f", "csv"))))
    assert [row["id"] for row in table] == [row["id"] for row in page["rows"]]
    assert all(None not in row and None not in row.values() for row in table)  # as many cells as there are columns
    shown = ask(news, command, *args)
    assert all(row["id"] in shown for row in page["rows"])
    assert f"{len(page['rows'])} of {len(page['rows'])}" in shown


def test_a_filter_takes_its_part_out_of_all(news: Path) -> None:
    everything = list(csv.DictReader(io.StringIO(ask(news, "events", "--limit", "0", "-f", "csv"))))
    assert len(everything) == rows(news, "SELECT count(*) FROM event")[0][0] > 100
    some = list(
        csv.DictReader(
            io.StringIO(
                ask(
                    news, "events", "--quad", "verbal-conflict", "--country", "NOR", "--from", "2024-03",
                    "--to", "2024-03", "-n", "0", "-f", "csv",
                )
            )
        )
    )  # fmt: skip
    wanted = [
        row["id"]
        for row in everything
        if row["quad"] == "3"
        and "NOR" in (row["actor_country"] + ";" + row["recipient_country"])
        and row["date"].startswith("2024-03")
    ]
    assert wanted
    assert [row["id"] for row in some] == wanted


def test_pages_by_cursor_give_what_one_page_gives(news: Path) -> None:
    for command, more in (("events", ("--sort", "score")), ("statements", ()), ("search", ("fish",))):
        args = (command, *more, "-f", "json")
        whole = json.loads(ask(news, *args, "-n", "0"))["rows"]
        found: list[Any] = []
        cursor: tuple[str, ...] = ()
        while True:
            page = json.loads(ask(news, *args, "-n", "60", *cursor))
            found += page["rows"]
            if page["cursor"] is None:
                break
            cursor = ("--cursor", page["cursor"])
        assert found == whole
        assert len({row["id"] for row in found}) == len(found)


def test_the_foot_of_a_list_says_how_to_go_on(news: Path) -> None:
    first = ask(news, "events", "-n", "5").rstrip().splitlines()[-1]
    assert first.startswith("5 of ")
    cursor = first.split("'")[1]
    second = ask(news, "events", "-n", "5", "--cursor", cursor)
    assert second.rstrip().splitlines()[-1].startswith("5 of ")


def test_a_search_marks_the_words_and_finds_near_copies_only_where_asked(news: Path) -> None:
    page = json.loads(ask(news, "search", "protester threw stone", "-f", "json"))
    assert {row["kind"] for row in page["rows"]} == {"report"}
    assert all("\ue000stones\ue001" in row["excerpt"] for row in page["rows"])
    copies = json.loads(ask(news, "search", "protester threw stone", "--copies", "-f", "json"))
    assert len(copies["rows"]) == len(page["rows"]) + 1
    for form in ("csv", "jsonl"):
        assert "baton" in ask(news, "search", "baton", "-f", form)
    shown = ask(news, "search", '"tear gas"', "police")
    assert "tear gas" in shown
    assert "\ue000" not in shown
    nothing = ask(news, "search", "submarine", "baton")
    assert "nowhere" in nothing


def test_a_timeline_counts_every_event_once(news: Path) -> None:
    number = rows(news, "SELECT count(*) FROM event WHERE date IS NOT NULL")[0][0]
    for by in ("day", "week", "month", "quarter", "year"):
        periods = json.loads(ask(news, "timeline", "--by", by, "-f", "json"))
        assert sum(one["events"] for one in periods) == number
        assert [one["period"] for one in periods] == sorted(one["period"] for one in periods)
    table = list(csv.DictReader(io.StringIO(ask(news, "timeline", "--country", "ISL", "-f", "csv"))))
    assert {"2024-03", "2024-04"} <= {row["period"] for row in table}
    assert len(ask(news, "timeline", "--country", "ISL", "-f", "jsonl").splitlines()) == len(table)
    shown = ask(news, "timeline", "--type", "COERCE")
    assert "2024-03" in shown
    assert "█" in shown


def test_a_dyad_counts_what_one_does_to_the_other(news: Path) -> None:
    found = json.loads(ask(news, "dyad", "NOR", "ISL", "-f", "json"))
    sanctions = json.loads(ask(news, "dyad", "NOR", "ISL", "--type", "SANCTION", "-f", "json"))
    assert sum(one["events"] for one in found if one["period"] == "2024-03") >= 3
    assert 0 < sum(one["events"] for one in sanctions) < sum(one["events"] for one in found)
    both = json.loads(ask(news, "dyad", "NOR", "ISL", "--both", "-f", "json"))
    assert {(one["actor"], one["recipient"]) for one in both} == {("NOR", "ISL"), ("ISL", "NOR")}
    assert [one for one in both if one["actor"] == "NOR"] == found
    table = list(csv.DictReader(io.StringIO(ask(news, "dyad", "NOR", "ISL", "--both", "-f", "csv"))))
    assert [row["period"] for row in table] == [one["period"] for one in both]
    assert "NOR -> ISL" in ask(news, "dyad", "NOR", "ISL")


@pytest.mark.skipif(importlib.util.find_spec("matplotlib") is None, reason="matplotlib is not installed")
def test_counts_are_drawn_into_a_file(news: Path, tmp_path: Path) -> None:
    ask(news, "timeline", "--country", "ISL", "--by", "week", "--plot", str(tmp_path / "x.svg"))
    assert b"<svg" in (tmp_path / "x.svg").read_bytes()
    ask(news, "dyad", "ISL", "NOR", "--both", "--plot", str(tmp_path / "y.png"))
    assert all((tmp_path / name).read_bytes().startswith(b"\x89PNG") for name in ("y.png", "y-back.png"))
    ask(news, "timeline", "--country", "BRA", "--plot", str(tmp_path / "none.svg"))
    wrong = run("timeline", "--plot", str(tmp_path / "x.gif"), "--store", str(news))
    assert wrong.returncode == 2
    assert ".svg" in wrong.stderr


def test_who_gathers_all_of_somebody(news: Path) -> None:
    found = json.loads(ask(news, "who", "Þórsdóttir", "--json"))
    assert found["actor"]["name"] == "Gudrun Thorsdottir"
    assert found["actor"]["country"] == "ISL"
    assert any(office["title"] == "Prime Minister" for office in found["actor"]["offices"])
    assert found["events"]["rows"]
    assert found["statements"]["rows"]
    for event in found["events"]["rows"]:
        assert found["actor"]["id"] in {one["actor"] for one in event["actors"] + event["recipients"]}
    shown = ask(news, "who", "Gudrun Thorsdottir", "-n", "2")
    for heading in ("EVENTS (2 of ", "STATEMENTS (", "PLEDGES ("):
        assert heading in shown


def test_show_proves_a_record_with_each_report(news: Path) -> None:
    number = rows(news, "SELECT id FROM event ORDER BY reports DESC, id LIMIT 1")[0][0]
    event = json.loads(ask(news, "show", f"e{number}", "--json"))
    assert event["id"] == f"e{number}"
    assert len({one["document"] for one in event["told"]}) == event["reports"] > 1
    texts = dict(rows(news, "SELECT 'd' || id, text FROM document"))
    for one in event["told"]:
        start, end = one["evidence"][0]
        assert texts[one["document"]][start:end].split()[0] == one["sentence"].split()[0]
    shown = ask(news, "show", f"e{number}")
    assert all(one["url"] in shown for one in event["told"])
    assert "joined: " in shown
    for identifier in ("s1", "p1", "r1", "a2", "d1", "t1"):
        assert ask(news, "show", identifier).strip()
        assert json.loads(ask(news, "show", identifier, "--json"))


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("events", "--actor", "Nobody Atall"), "nobody in this store is called 'Nobody Atall'"),
        (("events", "--actor", "Gudrun Thorsdotir"), "Gudrun Thorsdottir"),  # names near it are offered
        (("events", "--actor", "a999999"), "no actor a999999"),
        (("events", "--type", "WAR"), "there are AGREE, "),
        (("events", "--quad", "²"), "quad"),
        (("events", "--from", "2024-04", "--to", "2024-03"), "nothing lies between"),
        (("events", "--from", "yesterday"), "is no date"),
        (("events", "--cursor", "x"), "is no cursor"),
        (("events", "--story", "x"), "write t12"),
        (("events", "--story", "9" * 30), "larger than"),
        (("events", "--text", '"'), "no word"),
        (("statements", "--cursor", "-1"), "is no cursor"),
        (("search", "*"), "no word"),
        (("who", "Nobody Atall"), "nobody in this store"),
        (("dyad", "ISL", "Nobody Atall"), "nobody in this store"),
        (("show", "e999999"), "no event e999999"),
        (("show", "x"), "e12 event"),
        (("merge", "a1", "e1"), "cannot be one"),
        (("merge", "a1", "a999999"), "no actor a999999"),
        (("split", "e1", "d999"), "nothing that was joined"),
    ],
)
def test_wrong_use_is_one_clear_line_and_status_2(news: Path, args: tuple[str, ...], words: str) -> None:
    done = run(*args, "--store", str(news))
    assert done.returncode == 2
    assert words in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_hostile_words_are_only_words(news: Path) -> None:
    before = content(news)
    for words in ("x'; DROP TABLE event; --", "NEAR(fish", "title:fish", "fish OR cod", "fi*", '"fish', "(", "a\tb"):
        done = run("search", words, "--store", str(news))
        assert done.returncode in (0, 2), done.stderr
        assert "Traceback" not in done.stderr
    assert content(news) == before


def test_merge_and_split_undo_each_other(news: Path, tmp_path: Path) -> None:
    store = copied(news, tmp_path)
    people = (
        "SELECT a.id, a.name, min(r.document) FROM actor a JOIN report_actor r ON r.actor = a.id"
        " WHERE a.kind = 'person' AND a.named GROUP BY a.id HAVING count(*) = 1 ORDER BY a.id DESC LIMIT 2"
    )
    (second, name, document), (first, other_name, _) = rows(store, people)
    two = "SELECT name, country, sector, reports FROM actor WHERE name IN (?, ?) ORDER BY name"
    before = rows(store, two, name, other_name)
    merged = run("merge", f"a{second}", f"a{first}", "--store", str(store), "--note", "a mistake")
    assert merged.returncode == 0, merged.stderr
    assert set(json.loads(ask(store, "show", f"a{first}", "--json"))["names"]) == {name, other_name}
    assert run("show", f"a{second}", "--store", str(store)).returncode == 2
    assert_sound(store)
    apart = run("split", f"a{first}", f"d{document}", "--store", str(store), "--note", "two people")
    assert apart.returncode == 0, apart.stderr
    assert rows(store, two, name, other_name) == before
    assert {verdict for (verdict,) in rows(store, "SELECT verdict FROM decision")} == {"together", "apart"}
    assert_sound(store)


def test_an_event_that_was_split_stays_split_when_its_report_is_coded_anew(news: Path, tmp_path: Path) -> None:
    store = copied(news, tmp_path)
    event, document = rows(
        store,
        "SELECT r.event, max(r.document) FROM report_event r JOIN event e ON e.id = r.event"
        " WHERE r.document NOT IN (SELECT id FROM document WHERE copy_of IS NOT NULL)"
        " GROUP BY r.event HAVING count(*) > 1 ORDER BY e.reports DESC LIMIT 1",
    )[0]
    done = run("split", f"e{event}", f"d{document}", "--store", str(store), "--note", "another")
    assert done.returncode == 0, done.stderr
    made = done.stdout.split()[-2].removeprefix("e")
    assert rows(store, "SELECT count(*) FROM report_event WHERE event = ? AND document = ?", event, document) == [(0,)]
    back = run("merge", f"e{event}", f"e{made}", "--store", str(store), "--note", "the same after all")
    assert back.returncode == 0, back.stderr
    assert rows(store, "SELECT count(*) FROM report_event WHERE event = ? AND document = ?", event, document) == [(1,)]
    assert_sound(store)


def test_recoding_the_same_changes_nothing(news: Path, tmp_path: Path) -> None:
    store = copied(news, tmp_path)
    assert "0 reports coded anew" in ask(store, "recode", "--workers", "1")
    dry = ask(store, "recode", "--all", "--dry-run", "--workers", "1")
    assert "14 reports coded anew, 0 changed (nothing was written)" in dry
    assert "14 reports coded anew, 0 changed" in ask(store, "recode", "--all", "--workers", "1")
    assert_same(store, news)


def test_an_actor_of_ones_own_wins_after_recoding(news: Path, tmp_path: Path) -> None:
    store = copied(news, tmp_path)
    name = "Katla Kjartansdottir"
    before = rows(store, "SELECT country, sector FROM actor WHERE name = ?", name)
    assert ("ISL", "LAB") not in before
    added = run("actors", "add", name, "--country", "ISL", "--sector", "LAB", "--store", str(store))
    assert added.returncode == 0, added.stderr
    shown = ask(store, "recode", "--dry-run", "--workers", "1")
    assert f"{name}" in shown
    assert rows(store, "SELECT country, sector FROM actor WHERE name = ?", name) == before
    done = ask(store, "recode", "--quiet", "--workers", "1")
    assert "14 reports coded anew" in done
    assert "actors: " in done
    found = rows(store, "SELECT country, sector, own IS NOT NULL FROM actor WHERE name = ?", name)
    assert found == [("ISL", "LAB", 1)]
    assert json.loads(ask(store, "actors", "--sector", "LAB", "--text", "Katla", "-f", "json"))["total"] == 1
    assert "0 reports coded anew" in ask(store, "recode", "--workers", "1")
    listed = list(csv.DictReader(io.StringIO(ask(store, "actors", "export"))))
    assert [row["name"] for row in listed] == [name]
    assert_sound(store)


def test_a_file_that_is_no_store_is_told_and_left_alone(news: Path, tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("This is no database, but a shopping list: herring, potatoes, coffee.\n" * 20)
    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as db:
        db.execute("CREATE TABLE recipe (name TEXT)")
        db.commit()
    newer = Path(shutil.copy(news, tmp_path / "newer.db"))
    with closing(sqlite3.connect(newer)) as db:
        db.execute("PRAGMA user_version = 9999")
        db.commit()
    empty = tmp_path / "empty.db"
    empty.touch()
    for path, words in (
        (text, "no database"), (foreign, "no store of whowhom"), (newer, "newer whowhom"), (tmp_path, "is a folder"),
    ):  # fmt: skip
        before = path.read_bytes() if path.is_file() else b""
        for command in (("events",), ("ingest", str(text), "--workers", "1")):
            done = run(*command, "--store", str(path))
            assert done.returncode == 2, (path, command)
            assert words in done.stderr
            assert "Traceback" not in done.stderr
        assert (path.read_bytes() if path.is_file() else b"") == before
    for path, words in ((tmp_path / "none.db", "there is no store"), (empty, "is empty")):
        done = run("events", "--store", str(path))
        assert done.returncode == 2
        assert words in done.stderr
    assert sorted(one.name for one in tmp_path.iterdir()) == ["empty.db", "foreign.db", "newer.db", "notes.txt"]


def test_a_store_that_nobody_may_write_beside_is_read(news: Path, tmp_path: Path) -> None:
    store = copied(news, tmp_path)
    # As where the folder is not ours: SQLite cannot lay its notes beside the file.
    (tmp_path / "copy.db-shm").mkdir()
    assert json.loads(ask(store, "events", "-n", "1", "-f", "json"))["total"] > 100


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write to every file")
def test_a_file_that_may_not_be_written_is_read_and_refuses_to_be_written(news: Path, tmp_path: Path) -> None:
    store = copied(news, tmp_path)
    store.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        assert json.loads(ask(store, "events", "-n", "1", "-f", "json"))["total"] > 100
        written = run("merge", "a1", "a2", "--store", str(store))
        assert written.returncode == 2
        assert "cannot be opened" in written.stderr
    finally:
        tmp_path.chmod(0o755)
