"""No store yet, a store that grows, a server that goes away and comes back."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from installed import run
from playwright.sync_api import expect
from served import REPORT, Desk, Server


def test_the_first_run_says_how_to_make_a_store_and_notices_it(desk_of: Any, empty: Server, news: Path) -> None:
    desk: Desk = desk_of(empty)
    page = desk.open("/")
    expect(page.get_by_role("heading", name="There is no store yet")).to_be_visible()
    expect(page.locator("main")).to_contain_text("whowhom ingest news/ --store news.db")
    expect(page.get_by_role("button", name="Code it")).to_be_visible()
    shutil.copy(news, empty.store)
    expect(page.get_by_role("heading", name="Most active actors")).to_be_visible(timeout=15_000)
    desk.settle()
    expect(page.locator("main")).to_contain_text("14 reports")


WITHOUT = ("/events", "/map", "/network", "/pledges", "/e1", "/d1", "/a1", "/dyad", "/corrections")


@pytest.mark.parametrize("address", WITHOUT)
def test_without_a_store_every_view_says_how_to_make_one(desk_of: Any, nothing: Server, address: str) -> None:
    desk = desk_of(nothing, watched=False)
    page = desk.open(address)
    expect(page.locator("main")).to_contain_text("whowhom ingest")
    assert not [one for one in desk.complaints if "404" not in one]


def test_a_text_is_coded_without_a_store(desk_of: Any, nothing: Server) -> None:
    page = desk_of(nothing).open("/code")
    page.get_by_label("The report: its text").fill(REPORT)
    page.get_by_role("button", name="Code it").click()
    expect(page.get_by_role("complementary", name="The record")).to_contain_text("COERCE", timeout=60_000)


def test_a_server_that_went_away_is_missed_and_found_again(desk_of: Any, own_examples: Server) -> None:
    desk: Desk = desk_of(own_examples, watched=False)
    page = desk.open("/events")
    rows = desk.rows().count()
    # A page is open and listens: the server ends all the same.
    assert own_examples.stop() in (0, 130)
    assert "Traceback" not in own_examples.said()
    # It says so by itself, before the reader asks anything.
    bar = page.get_by_role("alert").filter(has_text="does not answer").first
    expect(bar).to_be_visible(timeout=15_000)
    expect(bar).to_contain_text("whowhom serve")
    # What was there stays, and what is wished meanwhile comes later.
    page.get_by_role("combobox", name="Order").select_option("sources")
    page.wait_for_timeout(500)
    assert desk.rows().count() == rows
    own_examples.start()
    expect(bar).to_be_hidden(timeout=20_000)
    desk.settle()
    first = own_examples.ask("events", sort="sources", limit=1)["rows"][0]
    expect(page.locator("main [data-row] a.type").first).to_have_attribute("href", f"/{first['id']}")


def test_new_reports_are_announced_and_shown_on_demand(desk_of: Any, own_examples: Server, tmp_path: Path) -> None:
    desk: Desk = desk_of(own_examples)
    page = desk.open("/events")
    rows = [one.get_attribute("href") for one in page.locator("main [data-row] a.type").all()]
    new = tmp_path / "new.txt"
    new.write_text(
        "Fiji recalls ambassador\n\nBy Ana Vula\n20 May 2024\n\nSUVA - Fiji recalled its ambassador to Tuvalu on Monday"
        " and accused the neighbour of fishing in its waters, Foreign Minister Ratu Naqara said in the capital.\n",
        encoding="utf-8",
    )
    done = run("ingest", str(new), "--store", str(own_examples.store), "--workers", "1")
    assert done.returncode == 0, done.stderr
    note = page.get_by_role("status").filter(has_text="1 new report")
    expect(note).to_be_visible(timeout=15_000)
    # The list does not jump under the reader.
    assert [one.get_attribute("href") for one in page.locator("main [data-row] a.type").all()] == rows
    page.get_by_role("button", name="Show", exact=True).click()
    desk.settle()
    expect(note).to_have_count(0)
    expect(desk.rows().filter(has_text="Fiji").first).to_be_visible()
