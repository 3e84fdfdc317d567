"""The network: names that can be read, and ties that say whether they have a direction."""

from __future__ import annotations

from typing import Any

import pytest
from boxes import boxes, outside, overlapping
from playwright.sync_api import Page, expect
from served import DESKTOP, PHONE, Desk, Server

NAMES = ".frame .names text"


def drawn(desk: Desk, address: str) -> Page:
    """The network as a drawing; the test is skipped where the browser has no WebGL 2."""
    page = desk.open(address)
    if page.get_by_role("note").count():
        pytest.skip("this browser cannot draw the network")
    page.locator(NAMES).first.wait_for(state="attached")
    return page


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_name_of_the_network_lies_on_another_or_leaves_the_drawing(
    desk_of: Any, examples: Server, size: dict[str, int], theme: str
) -> None:
    desk: Desk = desk_of(examples, viewport=size, color_scheme=theme)
    page = drawn(desk, "/network")
    number = len(boxes(page, NAMES))
    assert (number <= 14) if size is PHONE else (number > 14)
    for _ in range(3):
        assert overlapping(page, NAMES) == []
        assert outside(page, NAMES, ".drawing") == []
        page.get_by_role("button", name="Larger").click()
        page.wait_for_timeout(150)


def test_whoever_is_chosen_or_has_the_focus_is_named(desk: Desk) -> None:
    nodes = desk.server.ask("network", limit=150)["nodes"]
    page = drawn(desk, f"/network?node={nodes[-1]['id']}")
    expect(page.locator(NAMES).filter(has_text=nodes[-1]["name"])).not_to_have_count(0)
    buttons = page.get_by_role("list", name="Actors, the most active first").get_by_role("button")
    buttons.first.focus()
    expect(page.locator(NAMES).filter(has_text=nodes[0]["name"])).not_to_have_count(0)
    assert overlapping(page, NAMES) == []


def test_a_tie_without_a_direction_says_with(desk: Desk) -> None:
    edges = desk.server.ask("network", limit=150)["edges"]
    page = desk.open("/network?view=table")
    more = page.get_by_role("button", name="more of")
    while more.count():
        more.first.click()
    rows = page.locator("main table tbody tr")
    assert rows.filter(has_text="with").count() == sum(edge["both"] for edge in edges) > 0
    assert rows.filter(has_text="→").count() == sum(not edge["both"] for edge in edges)
