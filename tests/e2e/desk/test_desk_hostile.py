"""No report, name or address can make the page do anything but show it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from hostile import ATTACKS, BROKEN, IMAGE, SCRIPT
from playwright.sync_api import expect
from served import PHONE, Desk, Server, views, words


def unharmed(desk: Desk) -> None:
    """Nothing of the attacks ran, was made an element, or is a link."""
    page = desk.page
    assert page.evaluate("window.__x") is None
    assert page.locator("main :is(script, iframe, img, object, embed, link, meta, base, style)").count() == 0
    links = page.eval_on_selector_all(
        ":is([href], [src], [action], [formaction])",
        "all => all.flatMap(one => ['href', 'src', 'action', 'formaction'].filter(name => one.hasAttribute(name))"
        ".map(name => new URL(one.getAttribute(name), document.baseURI).protocol))",
    )
    assert set(links) <= {"http:", "https:", "blob:"}, set(links)
    handlers = page.eval_on_selector_all(
        "body *", "all => all.flatMap(one => one.getAttributeNames().filter(name => name.startsWith('on')))"
    )
    assert handlers == []
    # A link that leaves the page opens apart and tells nobody where it came from.
    for link in page.locator("a[href^='http']").all():
        if not str(link.get_attribute("href")).startswith(desk.server.base):
            assert {"noopener", "noreferrer"} & set(str(link.get_attribute("rel")).split())


def hover_everything(desk: Desk) -> None:
    """Handlers of the pointer would run now."""
    for one in desk.page.locator("main :is(a, button, [data-n], [title])").all()[:60]:
        if one.is_visible():
            one.hover(force=True, timeout=2000)


@pytest.fixture(scope="session")
def hostile_addresses(hostile: Server) -> dict[str, str]:
    found = views(hostile)
    for n in range(1, hostile.ask("status")["documents"] + 1):
        found[f"report {n}"] = f"/d{n}"
    for row in hostile.ask("events", limit=50)["rows"]:
        found[f"event {row['id']}"] = f"/{row['id']}"
    for path in ("actors", "statements", "pledges", "relations", "stories"):
        for row in hostile.ask(path, limit=50)["rows"]:
            found[f"{path} {row['id']}"] = f"/{row['id']}"
    found["search for an attack"] = f"/search?text={quote('script minister')}"
    return found


def test_every_view_only_shows_what_attacks(desk_of: Any, hostile: Server, hostile_addresses: dict[str, str]) -> None:
    desk: Desk = desk_of(hostile)
    for address in hostile_addresses.values():
        desk.open(address)
        unharmed(desk)


def test_pointing_at_everything_runs_nothing(desk_of: Any, hostile: Server) -> None:
    desk: Desk = desk_of(hostile)
    for address in ("/events", "/statements", "/d1", "/d3", "/d5", "/map"):
        desk.open(address)
        hover_everything(desk)
        unharmed(desk)


def test_what_attacks_is_shown_as_it_was_written(desk_of: Any, hostile: Server) -> None:
    desk: Desk = desk_of(hostile)
    texts = []
    for n in range(1, len(ATTACKS) + 1):
        desk.open(f"/d{n}")
        texts.append(words(desk.page.locator("main").inner_text()))
    for attack in (SCRIPT, IMAGE, BROKEN):
        assert any(words(attack) in text for text in texts), attack


def test_only_an_address_of_the_web_is_a_link(desk_of: Any, hostile: Server) -> None:
    desk: Desk = desk_of(hostile)
    for n in range(1, len(ATTACKS) + 1):
        desk.open(f"/d{n}")
        url = hostile.ask(f"reports/d{n}")["report"]["url"]
        original = desk.page.get_by_role("link", name="the original")
        assert original.count() == (1 if url and url.startswith(("http:", "https:")) else 0), url


def test_long_words_do_not_widen_a_phone(desk_of: Any, hostile: Server, hostile_addresses: dict[str, str]) -> None:
    desk: Desk = desk_of(hostile, viewport=PHONE)
    wide = {}
    for name, address in hostile_addresses.items():
        desk.open(address)
        if found := desk.too_wide():
            wide[f"{name} {address}"] = found
    assert not wide


@pytest.mark.parametrize(
    "address",
    [
        "/events?actor={}",
        "/events?type={}&text={}",
        "/search?text={}",
        "/dyad?actor={}&recipient={}",
        "/map?place={}",
        "/network?node={}&view={}",
        "/d1?record={}&hide={}",
        "/{}",
        "/e1?{}={}",
        "/?span={}&by={}&since={}",
        "/pledges?cursor={}",
    ],
)
def test_an_address_cannot_bring_a_script(desk_of: Any, hostile: Server, address: str) -> None:
    # What the API refuses is printed by the browser; all else must not be.
    desk: Desk = desk_of(hostile, watched=False)
    for attack in (SCRIPT, IMAGE, BROKEN, "javascript:alert(1)"):
        page = desk.open(address.replace("{}", quote(attack, safe="")))
        expect(page.locator("main")).to_be_visible()
        unharmed(desk)
    assert desk.dialogs == []
    assert desk.elsewhere() == []
    assert not [one for one in desk.complaints if "Failed to load resource" not in one]


def test_the_policy_lets_nothing_in(hostile: Server) -> None:
    for path in ("/", "/events", "/d1", "/nowhere", "/api/status", "/api/nothing"):
        headers = hostile.headers(path)
        parts = [part.split() for part in headers["content-security-policy"].split(";") if part.strip()]
        policy = {name: sources for name, *sources in parts}
        assert policy["default-src"] == ["'none'"]
        assert policy.get("base-uri", []) == ["'none'"]
        assert policy.get("frame-ancestors", []) == ["'none'"]
        for name, sources in policy.items():
            assert "'unsafe-eval'" not in sources
            assert "*" not in sources
            assert not [one for one in sources if one.startswith(("http:", "https:"))]
            if name.startswith("script-src"):
                assert "'unsafe-inline'" not in sources
                assert "data:" not in sources
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_the_policy_stops_a_script_that_got_in_all_the_same(desk_of: Any, hostile: Server) -> None:
    desk: Desk = desk_of(hostile, watched=False)
    page = desk.open("/events")
    page.evaluate(
        """() => {
          const holder = document.createElement("div");
          holder.innerHTML = '<img src="http://evil.example/i.png" onerror="window.__x=1">';
          document.body.append(holder);
          const script = document.createElement("script");
          script.textContent = "window.__x = 2";
          document.body.append(script);
        }"""
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.__x") is None
