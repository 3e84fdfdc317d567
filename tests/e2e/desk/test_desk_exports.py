"""What a list shows can be saved, and the file has the same rows."""

from __future__ import annotations

import csv
import io
import json

import pytest
from served import Desk

LISTS = (
    ("/events", "events", {"actor": "NOR", "quad": 3}),
    ("/statements", "statements", {"actor": "NOR"}),
    ("/pledges", "pledges", {}),
    ("/relations", "relations", {"predicate": "member_of"}),
    ("/actors", "actors", {"kind": "person"}),
    ("/stories", "stories", {}),
    ("/search", "search", {"text": "fish"}),
)


@pytest.mark.parametrize(("view", "path", "query"), LISTS)
def test_the_files_have_the_rows_of_the_list(desk: Desk, view: str, path: str, query: dict[str, str]) -> None:
    page = desk.open(view + ("?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else ""))
    files = {}
    for name in ("CSV", "JSON"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name, exact=True).click()
        assert download.value.suggested_filename.endswith(f".{name.lower()}")
        files[name] = download.value.path().read_text(encoding="utf-8-sig")
    rows = desk.server.ask(path, limit=10_000 if path == "never" else 50, **query)["rows"]
    saved = json.loads(files["JSON"])["rows"]
    assert [one["id"] for one in saved] == [one["id"] for one in rows][: len(saved)]
    assert saved
    table = list(csv.DictReader(io.StringIO(files["CSV"])))
    # The table has all rows, the page the first of them.
    assert [one["id"] for one in table][: len(saved)] == [one["id"] for one in saved]
    total = desk.server.ask(path, limit=1, **query)
    assert len(table) == total["total"] or total["more"]
