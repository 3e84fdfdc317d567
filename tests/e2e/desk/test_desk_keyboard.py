"""Everything can be done without a pointer."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from served import Desk

VIEWS = (
    "overview", "events", "statements", "pledges", "relations", "dyad", "actors", "network", "map", "stories",
    "corrections", "code", "search", "report", "event", "actor", "story",
)  # fmt: skip

# What a keyboard must reach: visible, not disabled, one of each group of radio buttons, and of a list that is walked by
# arrow keys the one in the order of tabs.
_STOPS = """() => {
  const out = [], groups = new Set();
  const kinds = "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]";
  for (const one of document.querySelectorAll(kinds)) {
    if (one.disabled || one.tabIndex < 0 || !one.checkVisibility({ checkVisibilityCSS: true })) continue;
    if (one.closest("[inert]")) continue;
    if (one.type === "radio") { if (groups.has(one.name)) continue; groups.add(one.name); }
    one.dataset.stop = out.length;
    out.push(`${one.tagName} ${(one.getAttribute("aria-label") ?? one.textContent ?? "").trim().slice(0, 40)}`);
  }
  return out;
}"""
_HERE = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one);
  const radio = one.type === "radio" ? document.querySelector(`[data-stop][name="${one.name}"]`) : null;
  return [(radio ?? one).dataset.stop ?? null, style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1,
    one.outerHTML.slice(0, 120)];
}"""


@pytest.mark.parametrize("view", VIEWS)
def test_the_tab_key_reaches_everything_and_shows_where_it_is(desk: Desk, addresses: dict[str, str], view: str) -> None:
    page = desk.open(addresses[view])
    stops = page.evaluate(_STOPS)
    seen: list[int] = []
    unseen: list[str] = []
    page.evaluate("document.activeElement?.blur(); scrollTo(0, 0)")
    for _ in range(len(stops) + 5):
        page.keyboard.press("Tab")
        here = page.evaluate(_HERE)
        if here is None:
            break
        number, outlined, html = here
        if number is not None:
            if int(number) in seen:
                break
            seen.append(int(number))
        if not outlined:
            unseen.append(html)
    missed = [name for n, name in enumerate(stops) if n not in seen]
    assert not missed, missed
    # The order of tabs is that of the page.
    assert seen == sorted(seen)
    assert not unseen, unseen


def test_the_first_tab_is_a_way_past_the_navigation(desk: Desk) -> None:
    page = desk.open("/events")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to the content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_keys_are_told_and_the_dialog_closes(desk: Desk) -> None:
    page = desk.open("/events")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("search the record")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_letters_typed_into_a_field_are_no_commands(desk: Desk) -> None:
    page = desk.open("/events")
    box = page.get_by_role("searchbox", name="Search the record")
    box.focus()
    page.keyboard.type("/g?jk")
    expect(box).to_have_value("/g?jk")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert desk.path == "/events"


def test_two_keys_go_to_a_view(desk: Desk) -> None:
    page = desk.open("/")
    page.keyboard.press("g")
    page.keyboard.press("s")
    desk.settle()
    assert desk.path == "/statements"


def test_rows_are_walked_and_opened_by_keys(desk: Desk) -> None:
    page = desk.open("/events")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = desk.rows().nth(1)
    assert second.evaluate("row => row.contains(document.activeElement)")
    page.keyboard.press("k")
    first = desk.rows().first
    assert first.evaluate("row => row.contains(document.activeElement)")
    href = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    desk.settle()
    assert desk.path == href


def test_a_new_view_begins_at_its_top(desk: Desk) -> None:
    page = desk.open("/events")
    page.get_by_role("navigation", name="Views").get_by_role("link", name="Stories").click()
    desk.settle()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stories")
    assert page.evaluate("scrollY") == 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_list_of_choices_is_used_by_keys(desk: Desk) -> None:
    page = desk.open("/events")
    button = page.locator(".choices").get_by_role("button", name="Type")
    button.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("checkbox", name="AGREE")).to_be_focused()
    page.keyboard.press("Space")
    desk.settle()
    assert desk.query["type"] == ["AGREE"]
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(page.get_by_role("checkbox", name="AGREE")).to_be_hidden()
