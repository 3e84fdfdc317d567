"""A report's words and its records point at each other, by pointer and by key."""

from __future__ import annotations

from typing import Any

import pytest
from hostile import hostile_documents
from playwright.sync_api import Locator, Page, expect
from served import Desk, Server, words


@pytest.fixture
def report(desk: Desk, addresses: dict[str, str]) -> dict[str, Any]:
    """The report with the most told event, open in the page."""
    desk.open(addresses["report"])
    answer: dict[str, Any] = desk.server.ask(f"reports{addresses['report']}")
    return answer


def records(page: Page) -> Locator:
    return page.get_by_role("complementary", name="The records of this report").locator("li[data-key]")


def cut(text: str, spans: list[list[int]]) -> str:
    return words(" ".join(text[start:end] for start, end in spans))


def marked(page: Page, kind: str) -> str:
    return words(" ".join(page.locator(f"main .text .{kind}").all_inner_texts()))


def test_the_whole_text_stands_there_in_order(desk: Desk, report: dict[str, Any]) -> None:
    shown = words(desk.page.locator("main .text").inner_text())
    assert shown == words(report["text"])


def test_pointing_at_a_record_marks_its_words(desk: Desk, report: dict[str, Any]) -> None:
    event = report["events"][0]
    row = desk.page.locator(f'li[data-key="{event["id"]}"]')
    row.locator(".head").hover()
    lit = marked(desk.page, "lit")
    assert cut(report["text"], event["evidence"]) in lit or lit in cut(report["text"], event["evidence"])
    assert cut(report["text"], event["trigger"]).split()[0] in marked(desk.page, "named")


def test_choosing_a_record_puts_it_into_the_address(desk: Desk, report: dict[str, Any]) -> None:
    event = report["events"][0]
    desk.page.locator(f'li[data-key="{event["id"]}"] .head').click()
    assert desk.query["record"] == [event["id"]]
    desk.page.reload()
    desk.settle()
    expect(desk.page.locator(f'li[data-key="{event["id"]}"] .head')).to_have_attribute("aria-expanded", "true")
    assert marked(desk.page, "named")


def test_choosing_a_word_chooses_its_record(desk: Desk, report: dict[str, Any]) -> None:
    page = desk.page
    for word in page.locator("main .text [role=button]").all()[:6]:
        word.scroll_into_view_if_needed()
        word.click()
        menu = page.get_by_role("menu")
        if menu.count():
            assert menu.get_by_role("menuitem").count() > 1
            menu.get_by_role("menuitem").first.click()
        (chosen,) = desk.query["record"]
        expect(page.locator(f'li[data-key="{chosen}"]')).to_be_in_viewport()
        expect(word).to_have_attribute("aria-pressed", "true")


def test_words_and_records_are_reached_by_key(desk: Desk, report: dict[str, Any]) -> None:
    page = desk.page
    word = page.locator("main .text [role=button][tabindex='0']")
    expect(word).to_have_count(1)
    word.focus()
    page.keyboard.press("Enter")
    if page.get_by_role("menu").count():
        page.keyboard.press("Enter")
    assert desk.query["record"]
    before = desk.query["record"]
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(100)
    assert desk.query["record"] != before
    page.keyboard.press("ArrowUp")
    page.wait_for_timeout(100)
    assert desk.query["record"] == before
    page.keyboard.press("Escape")
    page.wait_for_timeout(100)
    assert "record" not in desk.query


def test_the_arrow_keys_go_from_record_to_record(desk: Desk, report: dict[str, Any]) -> None:
    page = desk.page
    keys = [str(one.get_attribute("data-key")) for one in records(page).all()]
    head = page.locator("li[data-key] .head[tabindex='0']")
    expect(head).to_have_count(1)
    head.focus()
    seen = []
    for _ in keys[:4]:
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(80)
        seen += desk.query["record"]
    assert seen == keys[:4] or seen == keys[1:5]


def test_a_record_names_its_status_and_who_reports_it(desk: Desk, report: dict[str, Any]) -> None:
    said = {"planned": "planned", "hypothetical": "possible", "negated": "denied", "historical": "background"}
    names = {one["local"]: one["name"] for one in report["actors"]}
    for event in report["events"]:
        text = words(desk.page.locator(f'li[data-key="{event["id"]}"] .head').first.inner_text())
        if event["status"] in said:
            assert said[event["status"]] in text
        if event["reported_by"]:
            assert f"says {names[event['reported_by']]}" in text


def test_an_address_that_names_a_record_opens_it(desk: Desk, report: dict[str, Any]) -> None:
    event = report["events"][-1]
    desk.open(f"/{report['report']['id']}?record={event['id']}")
    expect(desk.page.locator(f'li[data-key="{event["id"]}"]')).to_be_in_viewport()
    expect(desk.page.locator("main .text .named").first).to_be_in_viewport()


def test_a_record_that_is_no_longer_there_is_said_to_be_missing(desk: Desk, report: dict[str, Any]) -> None:
    page = desk.open(f"/{report['report']['id']}?record=e999999")
    expect(page.get_by_role("status").filter(has_text="e999999")).to_be_visible()


def test_letters_beyond_the_first_plane_move_no_mark(desk_of: Any, hostile: Server) -> None:
    desk = desk_of(hostile)
    for row in hostile.ask("events", limit=3)["rows"]:
        told = hostile.ask(f"records/{row['id']}")["told"][0]
        page = desk.open(f"/{told['document']}?record={row['id']}")
        text = hostile.ask(f"reports/{told['document']}")["text"]
        assert cut(text, told["trigger"]) == marked(page, "named")
    assert len(hostile_documents()) == hostile.ask("status")["documents"]


def test_on_a_phone_the_records_come_in_a_sheet(desk_of: Any, examples: Server, addresses: dict[str, str]) -> None:
    desk = desk_of(examples, viewport={"width": 390, "height": 844}, has_touch=True)
    page = desk.open(addresses["report"])
    handle = page.locator("aside button.handle")
    expect(handle).to_be_visible()
    expect(handle).to_have_attribute("aria-expanded", "false")
    handle.tap()
    records(page).first.locator(".head").tap()
    assert desk.query["record"]
    expect(page.locator("main .text .named").first).to_be_in_viewport()
