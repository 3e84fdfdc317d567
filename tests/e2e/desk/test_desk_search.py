"""Words are found from anywhere, and marked where they were found."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect
from served import Desk, Server, words


def test_a_search_is_begun_by_a_key_from_any_view(desk: Desk) -> None:
    page = desk.open("/actors")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Search the record")).to_be_focused()
    page.keyboard.type("captain")
    page.keyboard.press("Enter")
    desk.settle()
    assert desk.path == "/search"
    assert desk.query["text"] == ["captain"]
    answer = desk.server.ask("search", text="captain", limit=30)
    assert desk.rows().count() == len(answer["rows"])
    page.go_back()
    desk.settle()
    assert desk.path == "/actors"


def test_what_was_found_is_marked(desk: Desk) -> None:
    page = desk.open("/search?text=release")
    hits = desk.server.ask("search", text="release", limit=30)["rows"]
    assert hits
    for row, hit in zip(desk.rows().all(), hits, strict=True):
        expected = re.findall("\ue000(.*?)\ue001", hit["excerpt"], flags=re.DOTALL)
        assert row.locator("mark").all_inner_texts() == [words(one) for one in expected]
        plain = words(hit["excerpt"].replace("\ue000", "").replace("\ue001", ""))
        assert plain in words(row.inner_text())
    assert page.locator("main mark").count() >= len(hits)


def test_the_answers_follow_the_typing(desk: Desk) -> None:
    page = desk.open("/search?text=fish")
    desk.asked.clear()
    box = page.get_by_role("searchbox", name="Search the record")
    box.fill("")
    box.press_sequentially("mozambique", delay=15)
    desk.settle()
    assert desk.query["text"] == ["mozambique"]
    assert desk.rows().count() == len(desk.server.ask("search", text="mozambique", limit=30)["rows"])
    assert len([url for url in desk.asked if "/api/search" in url]) <= 3


def test_a_hit_leads_to_its_report(desk: Desk) -> None:
    page = desk.open("/search?text=trawler")
    hits = desk.server.ask("search", text="trawler", limit=30)["rows"]
    hit = next(one for one in hits if one["kind"] == "report")
    page.locator(f'main a.own[href^="/{hit["document"]}"]').first.click()
    desk.settle()
    assert desk.path == f"/{hit['document']}"


def test_a_hit_of_a_pledge_leads_to_the_commitment(desk: Desk) -> None:
    page = desk.open("/search?text=aircraft")
    hit = next(one for one in desk.server.ask("search", text="aircraft", limit=30)["rows"] if one["kind"] == "pledge")
    page.locator(f'main article.pledge a.own[href="/{hit["id"]}"]').first.click()
    desk.settle()
    assert desk.path == f"/{hit['id']}"
    assert hit["document"] in {entry["document"] for entry in desk.server.ask(f"records/{hit['id']}")["history"]}


def test_excerpts_have_no_marks_of_headings(desk: Desk) -> None:
    desk.open("/search?text=truce")
    excerpts = desk.page.locator("main .excerpt").all_inner_texts()
    assert excerpts
    assert not [one for one in excerpts if "#" in one]


def test_nothing_found_says_what_to_try(desk: Desk) -> None:
    page = desk.open("/search?text=zzzyx")
    expect(page.locator("main")).to_contain_text("Nothing has these words")


def test_odd_words_break_nothing(desk_of: Any, examples: Server) -> None:
    # A search without a word in it is refused in words, which the browser prints too.
    desk = desk_of(examples, watched=False)
    for text in ('"', "a AND", "NEAR(", "*", "'; DROP TABLE event; --", "<b>", "%", "fish OR"):
        page = desk.open("/")
        box = page.get_by_role("searchbox", name="Search the record")
        box.fill(text)
        box.press("Enter")
        desk.settle()
        assert desk.query["text"] == [text]
        expect(page.get_by_role("heading", name="Search")).to_be_visible()
    assert not [one for one in desk.complaints if "422" not in one]
