"""What must not come in is refused, each with the one body of errors; what goes out is marked for the browser."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from calling import DESK, HERE, Open, assert_error
from starlette.testclient import TestClient

from whowhom.serve import security, stores
from whowhom.serve.pages import Desk
from whowhom.serve.security import Rules

TOKEN = "a-token-of-letters"
CODE = {"json": {"text": "x"}, "headers": DESK}


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil:8642", "", "a b", "[::2]", "@", "127.0.0.1@evil"]
)
def test_another_name_is_refused(desk: TestClient, host: str) -> None:
    assert_error(desk.get("/api/status", headers={"Host": host}), 403, "wrong-host")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8642", "127.0.0.1:1", "[::1]:8642"])
def test_local_names_are_ours(desk: TestClient, host: str) -> None:
    assert desk.get("/api/status", headers={"Host": host}).status_code == 200


def test_a_page_under_another_name_is_refused_in_words(desk: TestClient) -> None:
    answer = desk.get("/", headers={"Host": "evil.example", "Accept": "text/html"})
    assert answer.status_code == 403
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "header"), ({"X-Whowhom": "other"}, "header"), (DESK | {"Origin": "http://evil.example"}, "cross-site"),
        (DESK | {"Origin": "null"}, "cross-site"), (DESK | {"Origin": "http://127.0.0.1:9999"}, "cross-site"),
        (DESK | {"Sec-Fetch-Site": "cross-site"}, "cross-site"), (DESK | {"Sec-Fetch-Site": "same-site"}, "cross-site"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("method", "path"), [("POST", "code"), ("POST", "corrections"), ("DELETE", "corrections/1")])
def test_another_site_may_not_write(
    desk: TestClient, headers: dict[str, str], code: str, method: str, path: str
) -> None:
    assert_error(desk.request(method, f"/api/{path}", headers=headers, json={}), 403, code)


def test_our_own_page_may_write(desk: TestClient) -> None:
    for more in ({}, {"Origin": HERE, "Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}):
        assert_error(desk.post("/api/corrections", headers=DESK | more, json={}), 422, "invalid")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "HEAD"])
def test_other_methods_are_refused(desk: TestClient, method: str) -> None:
    answer = desk.request(method, "/api/events", headers=DESK)
    if method == "HEAD":
        assert answer.status_code == 405
    else:
        assert_error(answer, 405, "method-not-allowed", "/docs")
    assert answer.headers["allow"] == "GET"
    assert_error(desk.post("/somewhere", headers=DESK), 405, "method-not-allowed")


def test_a_large_body_is_refused_before_it_is_read(desk: TestClient) -> None:
    answer = desk.post("/api/corrections", headers=DESK | {"Content-Length": "999999999999"}, content=b"{}")
    assert_error(answer, 413, "too-large", "100,000")
    assert_error(desk.post("/api/corrections", headers=DESK, content=b"x" * 100_001), 413, "too-large")
    chunks = (b"x" * 50_000 for _ in range(50))  # of unknown length
    assert_error(desk.post("/api/code", headers=DESK, content=chunks), 413, "too-large", "2,000,000")


def test_a_fault_of_ours_is_told_as_every_error(
    desk: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fall(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("secret words")

    monkeypatch.setattr("whowhom.store.store.Store.events", fall)
    with caplog.at_level(logging.ERROR, "whowhom.serve"):
        answer = desk.get("/api/events")
    assert_error(answer, 500, "failed")
    assert "secret" not in answer.text
    assert "secret words" in caplog.text
    monkeypatch.undo()
    assert desk.get("/api/events").status_code == 200


def test_a_question_that_takes_too_long_is_broken_off(
    opened: Open, world_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = opened(world_store)
    desk.app.state.stores.deadline = 0.2  # type: ignore[attr-defined]
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    monkeypatch.setattr("whowhom.store.store.Store.events", lambda self, *_, **__: self.db.execute(endless).fetchone())
    assert_error(desk.get("/api/events"), 503, "too-slow", "narrow it down")
    assert desk.get("/api/actors").status_code == 200


def test_when_too_much_is_asked_at_once_it_says_so(
    opened: Open, world_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = opened(world_store)
    monkeypatch.setattr(stores, "_WAIT", 0.01)
    kept = [desk.app.state.stores.lend() for _ in range(4)]  # type: ignore[attr-defined]
    for one in kept:
        one.__enter__()
    answer = desk.get("/api/events")
    assert_error(answer, 503, "busy")
    assert int(answer.headers["retry-after"]) > 0
    for one in kept:
        one.__exit__(None, None, None)
    assert desk.get("/api/events").status_code == 200


def test_a_file_that_is_no_store_is_told_so(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "no.db").write_bytes(b"this is no database at all" * 100)
    assert_error(opened(tmp_path / "no.db").get("/api/events"), 503, "store", "no database")


@pytest.mark.parametrize("path", ["/", "/e12", "/docs", "/docs/plain.css", "/openapi.json", "/api/status", "/api/none"])
def test_every_answer_tells_the_browser_what_it_may(desk: TestClient, path: str) -> None:
    headers = desk.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    for name in (
        "x-content-type-options",
        "referrer-policy",
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
    ):
        assert headers[name] in ("nosniff", "no-referrer", "same-origin")


class TestToken:
    @pytest.fixture
    def shut(self, opened: Open, world_store: Path) -> TestClient:
        return opened(world_store, rules=Rules(None, TOKEN, "whowhom_8642"), base="http://desk.example:8642")

    @pytest.mark.parametrize(
        "path", ["/api/status", "/api/stream", "/openapi.json", "/docs", "/", "/assets/x.js", "/api/none"]
    )
    def test_without_it_nothing_is_answered(self, shut: TestClient, path: str) -> None:
        answer = shut.get(path)
        assert_error(answer, 401, "token", "?token=")
        assert answer.headers["www-authenticate"] == "Bearer"
        assert TOKEN not in answer.text

    @pytest.mark.parametrize("given", ["", "wrong", TOKEN[:-1], TOKEN + "x", "é", TOKEN.upper()])
    def test_a_wrong_one_opens_nothing(self, shut: TestClient, given: str) -> None:
        for answer in (
            shut.get("/api/status", headers={"Authorization": f"Bearer {given}".encode()}),
            shut.get("/api/status", headers={"Cookie": f"whowhom_8642={given}".encode()}),
            shut.get("/", params={"token": given}),
            shut.get("/api/status", params={"token": TOKEN}),  # never in the address of a call: it stands in logs
        ):
            assert answer.status_code == 401

    def test_a_program_sends_it(self, shut: TestClient) -> None:
        assert shut.get("/api/status", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert shut.get("/api/status", headers={"Authorization": f"bearer  {TOKEN}"}).status_code == 200

    def test_a_browser_opens_the_page_with_it_and_keeps_it(self, shut: TestClient) -> None:
        answer = shut.get("/events", params={"type": "AID", "token": TOKEN})
        assert (answer.status_code, answer.headers["location"]) == (303, "/events?type=AID")
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert shut.get("/api/status").status_code == 200

    @pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "///evil.example/x"])
    def test_it_leads_nowhere_else(self, shut: TestClient, path: str) -> None:
        scope = {
            "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "scheme": "http",
            "query_string": f"token={TOKEN}".encode(), "headers": [(b"host", b"desk.example")],
        }  # fmt: skip
        guard = security.Guard(Desk(), Rules(None, TOKEN))
        answer = guard._refused(scope)
        assert answer is not None
        location = answer.headers["location"]
        assert location.startswith("/")
        assert location[1:2] not in ("/", "\\")

    def test_its_page_says_how_to_open(self, shut: TestClient) -> None:
        answer = shut.get("/", headers={"Accept": "text/html,*/*"})
        assert (answer.status_code, "?token=" in answer.text) == (401, True)


@pytest.mark.parametrize(
    "query", [f"token={TOKEN}", f"a=1&token={TOKEN}&b=2", f"t%6Fken={TOKEN}", f"TOKEN={TOKEN}", f"a=1&xtoken={TOKEN}"]
)
def test_the_log_has_no_token_and_one_line(desk: TestClient, caplog: pytest.LogCaptureFixture, query: str) -> None:
    with caplog.at_level(logging.INFO, "whowhom.serve"):
        desk.get(f"/x%0Ay?{query}")
    (line,) = [one.getMessage() for one in caplog.records if one.name == "whowhom.serve.access"]
    assert TOKEN not in line
    assert "\n" not in line
