"""Readers mark records right or wrong or mend them; the coder's record stays beside it."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from served import Desk, Server, words


@pytest.fixture
def own(desk_of: Any, own_examples: Server) -> Desk:
    """A page over a copy of the examples."""
    desk: Desk = desk_of(own_examples)
    return desk


def correct(page: Page, verdict: str, note: str, name: str = "Ida") -> None:
    box = page.get_by_role("region", name="Corrections").first
    box.get_by_role("button", name=verdict, exact=True).click()
    box.locator("textarea").fill(note)
    box.get_by_label("name").fill(name)
    box.locator("button[type=submit]").click()
    expect(box.get_by_role("listitem").filter(has_text=note)).to_be_visible()


def test_right_and_wrong_are_kept_and_shown_beside_the_record(own: Desk) -> None:
    page = own.open("/e1")
    before = own.server.ask("records/e1")
    correct(page, "Right", "checked against the paper")
    correct(page, "Wrong", "it was another day")
    page.reload()
    own.settle()
    text = words(page.get_by_role("region", name="Corrections").first.inner_text())
    for part in ("Right", "checked against the paper", "Wrong", "it was another day", "Ida"):
        assert part in text
    after = own.server.ask("records/e1")
    assert [one["verdict"] for one in after["corrections"]].count("right") == 1
    assert {**before, "corrections": []} == {**after, "corrections": []}


def test_a_mended_field_stands_beside_what_was_coded(own: Desk) -> None:
    page = own.open("/e1")
    box = page.get_by_role("region", name="Corrections").first
    box.get_by_role("button", name="Mend it").click()
    # Nothing changed is no correction.
    box.locator("button[type=submit]").click()
    expect(box.get_by_role("alert")).to_be_visible()
    coded = own.server.ask("records/e1")["type"]
    other = "ACCUSE" if coded != "ACCUSE" else "REJECT"
    box.get_by_label("Type", exact=True).select_option(other)
    box.get_by_label("name").fill("Ida")
    box.locator("button[type=submit]").click()
    expect(box.get_by_role("listitem")).to_be_visible()
    page.reload()
    own.settle()
    row = words(page.get_by_role("region", name="Corrections").first.get_by_role("listitem").inner_text())
    assert "Mended" in row
    assert other in row
    assert own.server.ask("records/e1")["type"] == coded
    (kept,) = own.server.ask("corrections")["rows"]
    assert kept["fields"] == {"type": other}


def test_the_name_is_remembered(own: Desk) -> None:
    page = own.open("/e1")
    correct(page, "Right", "one", "Ida Berg")
    own.open("/e2")
    box = page.get_by_role("region", name="Corrections").first
    box.get_by_role("button", name="Right", exact=True).click()
    expect(box.get_by_label("name")).to_have_value("Ida Berg")


def test_a_correction_of_one_report_is_made_in_the_report(own: Desk) -> None:
    event = own.server.ask("records/e1")
    told = event["told"][0]
    page = own.open(f"/{told['document']}?record=e1")
    correct(page, "Wrong", "not in this report")
    page.reload()
    own.settle()
    expect(page.get_by_role("region", name="Corrections").first).to_contain_text("not in this report")


def test_corrections_are_listed_exported_and_deleted(own: Desk) -> None:
    page = own.open("/e1")
    correct(page, "Right", "=1+1, “checked”")
    own.open("/s1")
    correct(page, "Wrong", "said by another")
    own.open("/corrections")
    expect(own.rows()).to_have_count(2)
    files = {}
    for name in ("CSV", "JSONL"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        files[name] = download.value.path().read_text(encoding="utf-8-sig")
    table = list(csv.DictReader(io.StringIO(files["CSV"])))
    lines = [json.loads(line) for line in files["JSONL"].splitlines()]
    assert len(table) == len(lines) == 2
    assert {one["record"] for one in lines} == {one["record"] for one in table}
    assert {one["verdict"] for one in lines} == {"right", "wrong"}
    assert {one["note"] for one in lines} == {"=1+1, “checked”", "said by another"}
    own.rows().first.get_by_role("button", name="Delete").click()
    own.rows().first.get_by_role("button", name="Delete it").click()
    own.settle()
    expect(own.rows()).to_have_count(1)
    assert len(own.server.ask("corrections")["rows"]) == 1
