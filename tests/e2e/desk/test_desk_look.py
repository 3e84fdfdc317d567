"""Everybody can read the page: both themes, a phone, a screen reader. `--screenshots DIR` makes pictures of it all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from served import AXE, DESKTOP, PHONE, Desk, Server

VIEWS = (
    "overview", "events", "statements", "pledges", "relations", "dyad", "actors", "network", "map", "stories",
    "corrections", "code", "search", "report", "event", "actor", "statement", "pledge", "relation", "story",
)  # fmt: skip
BAD = {"serious", "critical"}


def judged(page: Page) -> list[str]:
    """What axe finds serious or critical."""
    result = page.evaluate("async () => await axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{one['id']}: {one['help']}: {node['html'][:150]} {node['failureSummary'][:250]}"
        for one in result["violations"]
        if one["impact"] in BAD
        for node in one["nodes"][:4]
    ]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious(
    desk_of: Any, examples: Server, addresses: dict[str, str], view: str, size: dict[str, int]
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run make desk")
    if view not in addresses:
        pytest.skip("the examples have no such record")
    desk: Desk = desk_of(examples, bypass_csp=True, viewport=size)
    page = desk.open(addresses[view])
    page.add_script_tag(path=str(AXE))
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.wait_for_timeout(150)
        assert judged(page) == [], theme


@pytest.mark.parametrize("state", ["first run", "no match", "keys", "filters open", "record chosen", "mending"])
def test_axe_finds_nothing_serious_in_other_states(
    desk_of: Any, examples: Server, nothing: Server, addresses: dict[str, str], state: str
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run make desk")
    desk: Desk = desk_of(nothing if state == "first run" else examples, bypass_csp=True)
    page = desk.page
    if state == "first run":
        desk.open("/")
    elif state == "no match":
        desk.open("/events?actor=FJI&recipient=TUV")
    elif state == "keys":
        desk.open("/events")
        page.keyboard.press("?")
    elif state == "filters open":
        desk.open("/events?type=ACCUSE")
        page.get_by_role("button", name="More filters").click()
        page.locator(".choices").get_by_role("button", name="Type").click()
    elif state == "record chosen":
        desk.open(addresses["report"])
        page.locator("li[data-key] .head").first.click()
    else:
        desk.open(addresses["event"])
        page.get_by_role("button", name="Mend it").first.click()
    desk.settle()
    page.add_script_tag(path=str(AXE))
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.wait_for_timeout(150)
        assert judged(page) == [], theme


@pytest.mark.parametrize("view", VIEWS)
def test_a_phone_needs_no_scrolling_sideways(
    desk_of: Any, examples: Server, addresses: dict[str, str], view: str
) -> None:
    if view not in addresses:
        pytest.skip("the examples have no such record")
    desk: Desk = desk_of(examples, viewport=PHONE, has_touch=True, is_mobile=True)
    page = desk.open(addresses[view])
    assert desk.too_wide() == []
    # 320 pixels: what a page at 1280 has at a zoom of 400 %.
    page.set_viewport_size({"width": 320, "height": 640})
    page.wait_for_timeout(150)
    assert desk.too_wide() == []


def test_the_commands_of_the_first_run_are_whole_on_a_phone_and_can_be_copied(desk_of: Any, nothing: Server) -> None:
    desk: Desk = desk_of(nothing, viewport=PHONE, has_touch=True, is_mobile=True)
    desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = desk.open("/")
    assert desk.too_wide() == []
    commands = page.locator(".commands code")
    for one in commands.all():
        assert one.evaluate(
            "code => code.scrollWidth <= code.clientWidth || getComputedStyle(code).display === 'inline'"
        )
        box = one.bounding_box()
        assert box
        assert box["x"] + box["width"] <= PHONE["width"]
    page.get_by_role("button", name="Copy the command").first.tap()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "whowhom ingest news/ --store news.db"


def test_the_menu_of_a_phone_opens_and_leads_to_the_views(desk_of: Any, examples: Server) -> None:
    desk: Desk = desk_of(examples, viewport=PHONE, has_touch=True)
    page = desk.open("/")
    menu = page.get_by_role("button", name="Menu")
    links = page.get_by_role("navigation", name="Views").get_by_role("link")
    expect(links.first).to_be_hidden()
    menu.tap()
    links.filter(has_text="Pledges").tap()
    desk.settle()
    assert desk.path == "/pledges"
    expect(links.first).to_be_hidden()


def test_the_theme_is_chosen_and_kept(desk_of: Any, examples: Server) -> None:
    desk: Desk = desk_of(examples, color_scheme="light")
    page = desk.open("/events")

    def ground() -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    light = ground()
    page.get_by_label("Colours").select_option("dark")
    dark = ground()
    assert dark != light
    page.reload()
    desk.settle()
    assert ground() == dark
    page.get_by_label("Colours").select_option("system")
    assert ground() == light
    page.emulate_media(color_scheme="dark")
    assert ground() == dark


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_pictures(
    desk_of: Any,
    examples: Server,
    nothing: Server,
    addresses: dict[str, str],
    request: pytest.FixtureRequest,
    size: dict[str, int],
    theme: str,
) -> None:
    folder = request.config.getoption("--screenshots", default=None)
    if not folder:
        pytest.skip("pictures are made with --screenshots DIR")
    Path(folder).mkdir(parents=True, exist_ok=True)
    name = "phone" if size is PHONE else "desktop"
    # Whatever a picture shows is judged by the person who looks at it.
    desk: Desk = desk_of(examples, watched=False, viewport=size, color_scheme=theme)
    for view, address in addresses.items():
        desk.open(address)
        desk.page.screenshot(path=f"{folder}/{view}-{name}-{theme}.png", full_page=view not in ("report", "network"))
    first = desk_of(nothing, watched=False, viewport=size, color_scheme=theme)
    first.open("/")
    first.page.screenshot(path=f"{folder}/first-run-{name}-{theme}.png", full_page=True)
