"""How the tests call the desk, and what every error must look like."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.testclient import TestClient

HERE = "http://127.0.0.1:8642"
DESK = {"X-Whowhom": "desk"}
Open = Callable[..., TestClient]


def assert_error(answer: Any, status: int, code: str, *words: str) -> None:
    """The one body of every error, and no other."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    body = answer.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"status", "code", "message"}
    assert (body["error"]["status"], body["error"]["code"]) == (status, code), body
    for one in words:
        assert one in body["error"]["message"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
