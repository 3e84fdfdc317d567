"""The map: names that can be read, circles that can be told apart, a place once however it is spelled."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pytest
from boxes import boxes, outside, overlapping
from playwright.sync_api import Page, expect
from served import DESKTOP, PHONE, Desk, Server

NAMES = "svg[role=application] text.name"
RIMS = "svg[role=application] .spot .rim"


def circles(page: Page) -> list[tuple[float, float, float]]:
    """Middle and radius of each circle on the screen."""
    return [(left + (right - left) / 2, top + (bottom - top) / 2, (right - left) / 2) for left, top, right, bottom in boxes(page, RIMS)]  # noqa: E501  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_name_and_no_circle_of_the_map_lies_on_another(
    desk_of: Any, examples: Server, size: dict[str, int], theme: str
) -> None:
    desk: Desk = desk_of(examples, viewport=size, color_scheme=theme)
    page = desk.open("/map")
    first = page.get_by_role("list", name=re.compile("Places")).get_by_role("button").first
    steps = [first.click, *[page.get_by_role("button", name="Larger").click] * 2]
    for step in steps:
        assert len(boxes(page, NAMES)) >= 1
        assert overlapping(page, NAMES) == []
        assert outside(page, NAMES, "svg[role=application]") == []
        for (x, y, r), (other_x, other_y, other_r) in combinations(circles(page), 2):
            assert ((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5 >= r + other_r - 1
        step()
        desk.settle()


def test_a_larger_map_parts_the_places_that_stood_for_one(desk: Desk) -> None:
    page = desk.open("/map")
    spots = desk.server.ask("map")["rows"]
    before = page.locator(RIMS).count()
    assert before < len(spots)
    page.locator(".spot:has(.ring)").first.click()
    page.wait_for_timeout(50)
    assert len(page.locator(NAMES).all()) > 1
    assert "place" not in desk.query


def test_a_place_stands_there_once_however_it_is_spelled(desk: Desk) -> None:
    page = desk.open("/map")
    spot = next(one for one in desk.server.ask("map")["rows"] if len(one["names"]) > 1)
    places = page.get_by_role("list", name=re.compile("Places")).get_by_role("button")
    own = places.filter(has_text=spot["place"])
    expect(own).to_have_count(1)
    for name in spot["names"]:
        expect(own).to_contain_text(name)
    own.click()
    desk.settle()
    assert desk.query["place"] == [spot["place"]]
    assert desk.rows().count() == spot["events"]
    for name in spot["names"]:
        assert desk.server.ask("events", place=name)["total"] == spot["events"]
    desk.open(f"/map?place={spot['names'][-1]}")
    expect(own).to_have_attribute("aria-pressed", "true")


def test_a_place_of_the_list_is_named_on_the_map_while_it_has_the_focus(desk: Desk) -> None:
    page = desk.open("/map")
    places = page.get_by_role("list", name=re.compile("Places")).get_by_role("button")
    for button in places.all():
        button.focus()
        name = button.locator(".name").inner_text()
        expect(page.locator(NAMES).filter(has_text=name)).to_have_count(1)
        assert overlapping(page, NAMES) == []
