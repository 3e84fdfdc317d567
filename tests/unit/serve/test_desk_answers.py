"""Every question has its answer: as JSON, as CSV, and once only for those who have it already."""

from __future__ import annotations

import csv
import dataclasses
import io
from pathlib import Path
from typing import Any

import pytest
from calling import Open, assert_error
from handmade import PROVENANCE, event, report, statement, where, written
from small_world import WORLD
from starlette.testclient import TestClient

from whowhom.pipeline import document_id
from whowhom.serve import answers
from whowhom.store.writer import Writer

QUESTIONS = {
    "status": "documents", "events": "rows", "statements": "rows", "pledges": "rows", "relations": "rows",
    "actors": "rows", "stories": "rows", "search?text=border": "rows", "timeline": "rows", "top": "actors",
    "dyad?actor=UGA&recipient=KEN": "back", "who?name=Uganda": "connections", "suggest?text=ken": "rows",
    "records/e1": "told", "records/t1": "documents", "reports/d2": "text", "network": "nodes", "map": "without",
    "pledges/totals": "rows", "corrections": "rows",
}  # fmt: skip


@pytest.mark.parametrize(("question", "key"), QUESTIONS.items())
def test_every_question_is_answered_once_for_each_version(desk: TestClient, question: str, key: str) -> None:
    answer = desk.get(f"/api/{question}")
    assert answer.status_code == 200, answer.text
    assert answer.json()[key] is not None
    assert answer.headers["cache-control"] == "no-cache"
    mark = answer.headers["etag"]
    for given in (mark, f"W/{mark}", f'"other", {mark}', "*"):
        again = desk.get(f"/api/{question}", headers={"If-None-Match": given})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", mark)
    assert desk.get(f"/api/{question}", headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_mark_is_of_one_question_and_one_version(opened: Open, own_store: tuple[Path, Any]) -> None:
    path, db = own_store
    desk = opened(path)
    events, actors = (desk.get(f"/api/{name}").headers["etag"] for name in ("events", "actors"))
    assert events != actors != desk.get("/api/actors?limit=2").headers["etag"]
    writer = Writer(db, PROVENANCE)
    with writer.batch():
        writer.put(
            report("new", "Something else happened on the lake that day, far from the town.", ["Kenya|state|KEN|GOV"])
        )
    answer = desk.get("/api/events", headers={"If-None-Match": events})
    assert answer.status_code == 200
    assert answer.headers["etag"] != events


def test_rows_have_the_letters_of_their_kind(desk: TestClient) -> None:
    row = desk.get("/api/events?type=ACCUSE").json()["rows"][0]
    assert (row["id"][0], row["actors"][0]["actor"][0], row["type"]) == ("e", "a", "ACCUSE")
    body = desk.get(f"/api/records/{row['id']}").json()
    assert body["told"][0]["document"] == "d2"
    assert body["told"][0]["sentence"] == "condemned the arrest"
    assert body["corrections"] == []


def test_pages_follow_each_other_by_their_cursors(desk: TestClient) -> None:
    for name in ("events", "statements", "actors", "stories", "events?sort=-date", "events?sort=score"):
        sign = "&" if "?" in name else "?"
        everything = desk.get(f"/api/{name}{sign}limit=500").json()["rows"]
        found, cursor = [], ""
        while cursor is not None:
            body = desk.get(f"/api/{name}{sign}limit=1&cursor={cursor}").json()
            found += body["rows"]
            cursor = body["cursor"]
        assert found == everything


def test_filters_narrow_down_and_those_that_do_not_apply_are_named(desk: TestClient) -> None:
    body = desk.get(
        "/api/events?actor=KEN&type=ACCUSE&type=AID&type=SUPPORT&quad=verbal-conflict&quad=1&story=&since=2023&predicate=ally_of"
    ).json()
    assert {row["type"] for row in body["rows"]} == {"ACCUSE", "SUPPORT"}
    assert body["ignored"] == ["predicate"]
    assert desk.get("/api/events?document=d1").json()["total"] == 1
    assert desk.get("/api/statements?type=AID&min_sources=3").json()["ignored"] == ["type", "min_sources"]


def test_search_marks_what_it_found(desk: TestClient) -> None:
    (hit,) = desk.get('/api/search?text="lock up"').json()["rows"][:1]
    assert "\ue000lock up\ue001" in hit["excerpt"]


def test_a_hit_of_a_pledge_leads_to_its_record(desk: TestClient) -> None:
    hits = [hit for hit in desk.get("/api/search?text=dam loan").json()["rows"] if hit["kind"] == "pledge"]
    assert {hit["document"] for hit in hits} == {"d4", "d5"}
    (id,) = {hit["id"] for hit in hits}
    history = desk.get(f"/api/records/{id}").json()["history"]
    assert {entry["document"] for entry in history} == {"d4", "d5"}


def test_a_country_typed_in_full_that_the_store_lacks_is_named(desk: TestClient) -> None:
    assert desk.get("/api/suggest?text=Iceland").json() == {"rows": [], "absent": {"value": "ISL", "name": "Iceland"}}
    assert desk.get("/api/suggest?text=kenya").json()["absent"] is None
    assert_error(desk.get("/api/events?actor=Iceland"), 422, "invalid", "no events of Iceland in this store")


def test_relations_take_the_filters_of_a_list(desk: TestClient) -> None:
    (row,) = desk.get("/api/relations?predicate=ally_of&actor=KEN&since=2024-01&until=2024-02").json()["rows"]
    assert (row["id"][0], row["subject"]["name"], row["object"]["name"], row["document"]) == (
        "r",
        "Kenya",
        "Norway",
        "d6",
    )
    assert desk.get(f"/api/records/{row['id']}").json()["id"] == row["id"]
    for none in ("actor=NOR", "predicate=member_of", "until=2023", "recipient=UGA", "document=d1"):
        assert desk.get(f"/api/relations?{none}").json()["total"] == 0
    assert desk.get("/api/relations?country=NOR&quad=1").json()["ignored"] == ["quad"]
    assert_error(desk.get("/api/relations?predicate=loves"), 422, "invalid", "ally_of")


def test_the_numbers_of_the_status_are_those_of_the_lists(opened: Open, tmp_path: Path) -> None:
    friends = WORLD[5]
    text = friends.text + " They laughed."
    written(tmp_path / "copies.db", [*WORLD, dataclasses.replace(friends, id=document_id(text), text=text)]).close()
    desk = opened(tmp_path / "copies.db")
    status = desk.get("/api/status").json()
    for name in ("events", "statements", "pledges", "relations", "actors", "stories"):
        assert status[name] == desk.get(f"/api/{name}").json()["total"], name
    assert desk.get("/api/relations?copies=true").json()["total"] == status["relations"] + 1


@pytest.mark.parametrize(
    "name", ["events", "statements", "pledges", "relations", "actors", "stories", "search?text=arrest"]
)
def test_a_list_comes_as_csv_with_all_its_rows(desk: TestClient, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(answers, "_STEP", 1)
    answer = desk.get(f"/api/{name}{'&' if '?' in name else '?'}format=csv&limit=1")
    assert answer.headers["content-type"].startswith("text/csv")
    assert f'filename="{name.split("?")[0]}.csv"' in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    body = desk.get(f"/api/{name}{'&' if '?' in name else '?'}limit=500").json()
    assert [row["id"] for row in rows] == [str(one["id"]) for one in body["rows"]]


def test_a_csv_ends_at_its_bound(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_STEP", 2)
    monkeypatch.setattr(answers, "LONGEST", 4)
    assert len(desk.get("/api/events?format=csv").text.splitlines()) == 5


@pytest.mark.parametrize(
    ("question", "status", "code"),
    [
        ("events?limit=0", 422, "invalid"), ("events?limit=501", 422, "invalid"), ("events?limit=x", 422, "invalid"),
        ("events?no=1", 422, "invalid"), ("events?type=WAR", 422, "invalid"), ("events?quad=5", 422, "invalid"),
        ("events?since=yesterday", 422, "invalid"), ("events?cursor=x", 422, "invalid"),
        ("events?story=x1", 422, "invalid"),
        ("events?min_confidence=nan", 422, "invalid"), ("events?actor=Nobody", 422, "invalid"),
        ("events?format=csv&type=WAR", 422, "invalid"), ("events?sort=size", 422, "invalid"),
        ("events?actor=" + "x" * 301, 422, "invalid"), ("events?" + "&".join(["type=AID"] * 51), 422, "invalid"),
        ("timeline?by=hour", 422, "invalid"), ("dyad?actor=KEN", 422, "invalid"), ("search", 422, "invalid"),
        ("who", 422, "invalid"), ("who?name=Nobody", 404, "not-found"), ("records/e999", 404, "not-found"),
        ("records/x1", 422, "invalid"), ("reports/d999", 404, "not-found"), ("reports/e1", 422, "invalid"),
        ("records/" + "9" * 41, 422, "invalid"), ("corrections?record=a1", 422, "invalid"), ("none", 404, "not-found"),
        ("", 404, "not-found"), ("events/", 404, "not-found"),
    ],
)  # fmt: skip
def test_what_is_no_question_is_told_so(desk: TestClient, question: str, status: int, code: str) -> None:
    assert_error(desk.get(f"/api/{question}"), status, code)


def test_the_message_says_what_was_wrong(desk: TestClient) -> None:
    assert_error(desk.get("/api/events?typ=AID"), 422, "invalid", "there is no 'typ'", "/docs")
    assert_error(desk.get("/api/events?type=WAR"), 422, "invalid", "COERCE")
    assert_error(desk.get("/api/events?story=x"), 422, "invalid", "t12")


HOSTILE = "<script>alert(1)</script>\u202e\"'&\U0001f600\x07"


def test_hostile_words_come_out_as_text(opened: Open, tmp_path: Path) -> None:
    text = f"{HOSTILE} said nobody. " + "words " * 30
    one = report(
        HOSTILE, text, [f"{HOSTILE}|person|KEN|GOV".replace("|<", "<")], title=HOSTILE, url="javascript:alert(1)",
        events=(event("AID", ["a1"], place=HOSTILE),), statements=(statement("a1", where(text, HOSTILE)),),
    )  # fmt: skip
    written(tmp_path / "bad.db", [one]).close()
    desk = opened(tmp_path / "bad.db")
    for name in ("events", "statements", "actors", "stories", "reports/d1", "records/e1", "search?text=alert", "top"):
        answer = desk.get(f"/api/{name}")
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.status_code == 200
        assert answer.json()
    body = desk.get("/api/reports/d1").json()
    assert body["text"] == text
    assert (body["report"]["title"], body["report"]["url"]) == (HOSTILE, "javascript:alert(1)")
    ((start, end),) = body["statements"][0]["content"]
    assert body["text"][start:end] == HOSTILE


def test_no_cell_of_a_csv_is_a_formula(opened: Open, tmp_path: Path) -> None:
    one = report("r", "=1+1 is what it says, and more words follow here.", ["=cmd|person|KEN|GOV"], title="@SUM(A1)",
                 events=(event("AID", ["a1"], place="-2+3"),))  # fmt: skip
    written(tmp_path / "bad.db", [one]).close()
    (row,) = csv.DictReader(io.StringIO(opened(tmp_path / "bad.db").get("/api/events?format=csv").text))
    assert (row["actor"], row["place"]) == ("'=cmd", "'-2+3")


def test_numbers_that_json_lacks_are_null() -> None:
    assert answers.as_body({"a": [float("inf"), 1.5], "b": "\ud800"}).body == b'{"a": [null, 1.5], "b": "\\ud800"}'
