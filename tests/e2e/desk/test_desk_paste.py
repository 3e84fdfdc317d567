"""A report is pasted and its record appears beside it; nothing is stored."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import expect
from served import REPORT, Desk, Server, words


def coded(desk: Desk, text: str = REPORT) -> None:
    page = desk.page
    page.get_by_label("The report: its text").fill(text)
    page.get_by_label("Published on").fill("2024-03-12")
    page.get_by_role("button", name="Code it").click()
    expect(page.get_by_role("article", name="The text")).to_be_visible(timeout=60_000)


def test_a_pasted_report_shows_its_record(desk: Desk) -> None:
    before = desk.server.ask("status")
    page = desk.open("/code")
    coded(desk)
    record = words(page.get_by_role("complementary", name="The record").inner_text())
    for part in ("COERCE", "We will not sell our fish", "opposition leader"):
        assert part in record
    # The words and the record point at each other.
    page.get_by_role("complementary", name="The record").get_by_role("button").first.hover()
    assert page.locator("main .text .lit").count() > 0
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as JSON").click()
    saved = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert saved["text"]
    assert saved["events"]
    after = desk.server.ask("status")
    assert after["documents"] == before["documents"]


def test_a_pasted_attack_is_only_text(desk: Desk) -> None:
    page = desk.open("/code")
    coded(desk, f"{REPORT} <img src=x onerror=window.__x=1> <script>window.__x=2</script>")
    assert page.evaluate("window.__x") is None
    assert page.locator("main img").count() == 0


def test_a_text_that_is_no_report_is_refused_in_words(desk_of: Any, examples: Server) -> None:
    desk = desk_of(examples, watched=False)
    page = desk.open("/code")
    page.get_by_label("The report: its text").fill(
        "Der Minister sagte am Montag, dass die Verhandlungen mit den Nachbarn über Fisch und Strom beendet seien und"
        " niemand wisse, wie es weitergeht."
    )
    page.get_by_role("button", name="Code it").click()
    told = page.get_by_role("alert").or_(page.get_by_text("It reads English news"))
    expect(told.first).to_be_visible(timeout=60_000)


def test_an_address_is_checked_before_it_is_sent(desk: Desk) -> None:
    page = desk.open("/code")
    page.get_by_role("radio", name="an address").check()
    page.get_by_label("The report's address").fill("javascript:alert(1)")
    expect(page.get_by_role("button", name="Code it")).to_be_disabled()
