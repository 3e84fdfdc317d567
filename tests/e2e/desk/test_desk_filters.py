"""Filters change the list and the address; the address is the state, back and forth."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from served import Desk, Server, words


def events(desk: Desk) -> list[str]:
    return [str(one.get_attribute("href"))[1:] for one in desk.page.locator("main [data-row] a.type").all()]


def choices(page: Page, name: str) -> Locator:
    """The button that opens a list of values to choose."""
    return page.locator(".choices").get_by_role("button", name=name)


def main_text(page: Page) -> str:
    return words(page.locator("main").inner_text())


def of_api(desk: Desk, **query: Any) -> list[str]:
    return [row["id"] for row in desk.server.ask("events", limit=50, **query)["rows"]]


def test_a_type_is_chosen_and_taken_back(desk: Desk) -> None:
    page = desk.open("/events")
    everything = events(desk)
    choices(page, "Type").click()
    page.get_by_role("checkbox", name="COERCE").check()
    desk.settle()
    assert desk.query["type"] == ["COERCE"]
    narrowed = events(desk)
    assert narrowed == of_api(desk, type="COERCE")
    assert narrowed
    assert narrowed != everything
    page.go_back()
    desk.settle()
    assert "type" not in desk.query
    assert events(desk) == everything
    page.go_forward()
    desk.settle()
    assert events(desk) == narrowed


def test_several_values_of_one_filter_are_alternatives(desk: Desk) -> None:
    page = desk.open("/events?type=COERCE")
    choices(page, "Type").click()
    page.get_by_role("checkbox", name="ACCUSE").check()
    desk.settle()
    assert sorted(desk.query["type"]) == ["ACCUSE", "COERCE"]
    assert events(desk) == of_api(desk, type=["ACCUSE", "COERCE"])


def test_an_actor_is_found_while_typing_and_taken_by_key(desk: Desk) -> None:
    page = desk.open("/events")
    box = page.get_by_role("combobox", name="Actor (who does it)")
    box.press_sequentially("Norw", delay=20)
    desk.options().first.wait_for()
    assert [one.lower() for one in desk.options().all_inner_texts()]
    assert all("norw" in one.lower() or "nor" in one.lower() for one in desk.options().all_inner_texts())
    box.press("ArrowDown")
    expect(desk.options().first).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    desk.settle()
    (value,) = desk.query["actor"]
    assert events(desk) == of_api(desk, actor=value)
    expect(page.get_by_role("list", name="Active filters")).to_contain_text("Norw")


def test_a_country_without_events_is_told_as_such(desk: Desk) -> None:
    page = desk.open("/events")
    box = page.get_by_role("combobox", name="Actor (who does it)")
    box.fill("Fiji")
    expect(desk.options()).to_have_text(["No events of Fiji in this store"])
    box.press("Enter")
    desk.settle()
    assert desk.query["actor"] == ["FJI"]
    expect(page.locator("main")).to_contain_text("No events match")
    page.reload()
    desk.settle()
    expect(page.get_by_role("list", name="Active filters")).to_contain_text("Fiji")


def test_suggestions_close_by_escape_and_change_nothing(desk: Desk) -> None:
    page = desk.open("/events")
    box = page.get_by_role("combobox", name="Actor (who does it)")
    box.press_sequentially("Norw")
    desk.options().first.wait_for()
    box.press("Escape")
    expect(desk.options()).to_have_count(0)
    assert desk.query == {}


def test_only_the_last_of_what_was_typed_is_answered(desk: Desk) -> None:
    page = desk.open("/events")
    desk.asked.clear()
    page.get_by_role("searchbox", name="Words", exact=True).press_sequentially("trawler", delay=15)
    desk.settle()
    assert desk.query["text"] == ["trawler"]
    assert events(desk) == of_api(desk, text="trawler")
    asked = [url for url in desk.asked if "/api/events" in url]
    assert len(asked) <= 2, asked


def test_a_span_of_dates_is_typed(desk: Desk) -> None:
    page = desk.open("/events")
    page.get_by_role("textbox", name="Since").fill("2024-03-06")
    page.get_by_role("textbox", name="Until").fill("2024-03-12")
    page.get_by_role("textbox", name="Until").press("Enter")
    desk.settle()
    assert desk.query["since"] == ["2024-03-06"]
    assert desk.query["until"] == ["2024-03-12"]
    assert events(desk) == of_api(desk, since="2024-03-06", until="2024-03-12")


def test_an_address_with_filters_is_the_same_list_anywhere(desk: Desk) -> None:
    page = desk.open("/events?actor=NOR&quad=3&status=occurred&since=2024-03&sort=date")
    assert events(desk) == of_api(desk, actor="NOR", quad=3, status="occurred", since="2024-03", sort="date")
    chips = page.get_by_role("list", name="Active filters")
    expect(chips).to_contain_text("Norway")
    expect(chips).to_contain_text("verbal conflict")
    page.reload()
    desk.settle()
    assert events(desk) == of_api(desk, actor="NOR", quad=3, status="occurred", since="2024-03", sort="date")


def test_a_filter_is_taken_away_and_then_all_of_them(desk: Desk) -> None:
    page = desk.open("/events?actor=NOR&quad=3&since=2024-03")
    chips = page.get_by_role("list", name="Active filters").get_by_role("button")
    chips.filter(has_text="verbal conflict").click()
    desk.settle()
    assert "quad" not in desk.query
    assert events(desk) == of_api(desk, actor="NOR", since="2024-03")
    page.get_by_role("button", name="Clear all").click()
    desk.settle()
    assert desk.query == {}
    assert events(desk) == of_api(desk)


def test_the_order_is_chosen(desk: Desk) -> None:
    page = desk.open("/events")
    order = page.get_by_role("combobox", name="Order")
    for value in [str(one.get_attribute("value")) for one in order.locator("option").all()]:
        order.select_option(value)
        desk.settle()
        assert events(desk) == of_api(desk, **{name: values[0] for name, values in desk.query.items()})

    def days() -> list[str]:
        times = page.locator("main [data-row] time").all()
        return [day for one in times if (day := str(one.get_attribute("datetime")))]

    order.select_option(label="oldest first")
    desk.settle()
    assert days() == sorted(days())
    order.select_option(label="newest first")
    desk.settle()
    assert days() == sorted(days(), reverse=True)


def test_who_and_when_go_along_to_another_view(desk: Desk) -> None:
    page = desk.open("/events?actor=NOR&since=2024-03&type=ACCUSE")
    page.get_by_role("navigation", name="Views").get_by_role("link", name="Statements").click()
    desk.settle()
    assert desk.path == "/statements"
    assert desk.query == {"actor": ["NOR"], "since": ["2024-03"]}


@pytest.mark.parametrize(
    ("view", "query", "path"),
    [
        ("/statements", {"actor": "NOR", "kind": "direct"}, "statements"),
        ("/actors", {"kind": "person", "country": "ISL"}, "actors"),
        ("/stories", {"text": "Mozambique"}, "stories"),
        ("/pledges", {"status": "pledged"}, "pledges"),
        ("/relations", {"predicate": "at_odds_with", "country": "NOR"}, "relations"),
    ],
)
def test_the_filters_of_other_lists_hold_too(desk: Desk, view: str, query: dict[str, str], path: str) -> None:
    desk.open(view + "?" + "&".join(f"{name}={value}" for name, value in query.items()))
    rows = desk.server.ask(path, limit=50, **query)["rows"]
    assert rows
    for row in rows:
        assert desk.page.locator(f'main a[href="/{row["id"]}"]').count() >= 1
    expect(desk.page.get_by_role("navigation", name="Pages").first).to_contain_text(f"{len(rows)} {path}")


def test_no_match_says_what_to_do(desk: Desk) -> None:
    page = desk.open("/events?actor=FJI&recipient=TUV")
    expect(page.locator("main")).to_contain_text("No events match")
    expect(page.locator("main")).to_contain_text("Take a filter away")


def test_a_condition_that_cannot_be_is_explained(desk_of: Any, examples: Server) -> None:
    desk = desk_of(examples, watched=False)
    page = desk.open("/events?since=yesterday")
    alert = page.get_by_role("alert").first
    expect(alert).to_be_visible()
    expect(alert).to_contain_text("yesterday")
    # The filters stay, so that it can be mended.
    expect(page.get_by_role("textbox", name="Since")).to_have_value("yesterday")
    assert not [one for one in desk.complaints if "422" not in one]


def test_a_period_is_brushed_with_the_pointer(desk: Desk) -> None:
    page = desk.open("/")
    box = page.locator(".brush").bounding_box()
    assert box
    before = main_text(page)
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.4, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, y, steps=4)
    page.mouse.move(box["x"] + box["width"] * 0.8, y, steps=4)
    page.mouse.up()
    desk.settle()
    (since,), (until,) = desk.query["since"], desk.query["until"]
    assert since < until
    # The whole overview follows.
    top = desk.server.ask("top", limit=10, since=since, until=until)
    assert page.locator("main .dyad").count() == len(top["dyads"])
    chosen = page.url
    page.go_back()
    desk.settle()
    assert "since" not in desk.query
    assert main_text(page) == before
    page.go_forward()
    desk.settle()
    assert page.url == chosen
    page.get_by_role("button", name="Whole span").click()
    desk.settle()
    assert "since" not in desk.query


def test_a_period_is_brushed_with_the_keys(desk: Desk) -> None:
    page = desk.open("/")
    handle = page.get_by_role("slider", name="since")
    handle.focus()
    before = handle.get_attribute("aria-valuetext")
    handle.press("ArrowRight")
    handle.press("ArrowRight")
    page.wait_for_timeout(500)
    desk.settle()
    assert desk.query["since"]
    assert handle.get_attribute("aria-valuetext") != before
    handle.press("ArrowRight")
    page.wait_for_timeout(500)
    desk.settle()
    # However many keys it took, it is one step back.
    page.go_back()
    desk.settle()
    assert "since" not in desk.query
    page.go_forward()
    desk.settle()
    handle.press("Escape")
    desk.settle()
    assert "since" not in desk.query
