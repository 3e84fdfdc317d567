"""How long the desk takes to open and to answer, through the real server and a real browser, and how large the page is.

usage: python bench/bench_desk.py STORE.db [--rounds N] [--only WORDS]

Each line is something that a reader does: open a view, or change a condition in one that is open. The time runs from
the click to the answer on the screen, with the wait for the end of typing (0.15 s, 0.25 s in a field) in it. Printed
are the least, median and greatest time in ms; medians over 1 s are marked. Last come the built files, compressed,
against the aim of 500 kB for all of them. Make a store with bench/make_store.py; needs `make desk` and Chromium.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

_TESTS = Path(__file__).parents[1] / "tests" / "e2e"
sys.path[:0] = [str(_TESTS), str(_TESTS / "desk")]

from playwright.sync_api import Page, sync_playwright  # noqa: E402
from served import CHROMIUM, CHROMIUM_ARGS, DESKTOP, STATIC, Desk, Server, why_no_browser  # noqa: E402

SLOW_MS = 1000
AIM_KB = 500
TEXT = {".js", ".css", ".html", ".json", ".svg"}
# The answer is there: nothing is asked for any more and nothing old is shown.
_THERE = """() => document.querySelector("main h1, main h2")
  && !document.querySelector("main .loading, main .stale, main [aria-busy=true]")"""
Do = Callable[[Page], None]


def choose(name: str, value: str) -> Do:
    """Tick a value in a list of choices that is open."""
    return lambda page: page.locator(".choices").filter(has_text=name).get_by_role("checkbox", name=value).check()


def follow(name: str) -> Do:
    """Go to another view by the navigation."""
    return lambda page: page.get_by_role("navigation", name="Views").get_by_role("link", name=name, exact=True).click()


def field(label: str, value: str) -> Do:
    """Fill a field and leave it."""

    def work(page: Page) -> None:
        page.get_by_role("textbox", name=label, exact=True).fill(value)
        page.keyboard.press("Enter")

    return work


STEPS: dict[str, tuple[str, Do | None]] = {
    "first view (overview)": ("/", None),
    "overview, all there is": ("/?span=all", None),
    "overview of a country": ("/?country=RUS", None),
    "overview: since a day": ("/", field("Since", "2020-01-01")),
    "overview: a type": ("/", choose("Type", "COERCE")),
    "events": ("/events", None),
    "events: a type": ("/events", choose("Type", "ASSAULT")),
    "events: a quad class": ("/events", choose("Quad class", "material conflict")),
    "events: since a day": ("/events?country=RUS", field("Since", "2020-01-01")),
    "events of two countries": ("/events?actor=USA&recipient=RUS", None),
    "events: another page": ("/events", lambda page: page.get_by_role("link", name="Next").first.click()),
    "from the overview to events": ("/", follow("Events")),
    "from events to the map": ("/events", follow("Map")),
    "from events to the network": ("/events", follow("Network")),
    "dyad": ("/dyad?actor=RUS&recipient=UKR", None),
    "dyad: since a day": ("/dyad?actor=RUS&recipient=UKR", field("Since", "2020-01-01")),
    "map": ("/map", None),
    "network": ("/network", None),
    "actors: a name": ("/actors", lambda page: page.get_by_role("searchbox", name="Name").or_(
        page.get_by_role("searchbox", name="Words", exact=True)).first.press_sequentially("min", delay=20)),
    "a suggestion": ("/events", lambda page: page.get_by_role("combobox", name="Actor (who does it)").fill("rus")),
    "an actor": ("/a1", None),
    "an event": ("/e1000", None),
}  # fmt: skip


def once(desk: Desk, address: str, act: Do | None) -> float:
    """The time in ms of one step, its first view opened before it where it is a change."""
    page = desk.page
    if act is None:
        page.goto("about:blank")
        start = time.perf_counter()
        page.goto(desk.server.base + address)
    else:
        desk.open(address)
        for button in page.locator(".choices > button").all():
            # Lists of choices are opened before the time runs.
            if button.is_visible():
                button.evaluate("one => one.nextElementSibling.hidden = false")
        before = len(desk.asked)
        start = time.perf_counter()
        act(page)
        while len(desk.asked) == before and time.perf_counter() - start < 30:
            page.wait_for_timeout(5)
    while time.perf_counter() - start < 60:
        page.wait_for_function(_THERE, timeout=60_000)
        if not desk.waiting():
            break
        page.wait_for_timeout(5)
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return (time.perf_counter() - start) * 1000


def sizes() -> None:
    """Print what a browser fetches, compressed."""
    packed = {
        one: len(gzip.compress(one.read_bytes(), 9)) if one.suffix in TEXT else one.stat().st_size
        for one in STATIC.rglob("*")
        if one.is_file() and one.suffix not in (".gz", ".br", ".map")
    }
    print(f"\n{'built files, compressed':32}{'kB':>8}")
    for one, size in sorted(packed.items(), key=lambda pair: -pair[1])[:8]:
        print(f"  {one.relative_to(STATIC).as_posix():30}{size / 1000:8.1f}")
    whole = sum(packed.values()) / 1000
    print(f"{'all ' + str(len(packed)):32}{whole:8.1f}{'' if whole <= AIM_KB else f'   over {AIM_KB}'}")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("store", type=Path)
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--only", default="", help="steps whose name has these words")
    args = ask.parse_args()
    if reason := why_no_browser():
        sys.exit(reason)
    server = Server(args.store.resolve()).start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_ARGS))
            # One reader: the files of the page are in the cache from the second opening on.
            context = browser.new_context(viewport=DESKTOP, locale="en-GB", reduced_motion="reduce")  # type: ignore[arg-type]
            desk = Desk(context.new_page(), server)
            desk.page.set_default_timeout(60_000)
            print(f"{args.store.name}: {server.ask('status')['events']:,} events, {args.rounds} rounds, ms")
            print(f"{'':32}{'least':>8}{'median':>8}{'most':>8}")
            for name, (address, act) in STEPS.items():
                if args.only not in name:
                    continue
                once(desk, address, act)
                times = [once(desk, address, act) for _ in range(args.rounds)]
                middle = statistics.median(times)
                mark = "   slow" if middle > SLOW_MS else ""
                print(f"{name:32}{min(times):8.0f}{middle:8.0f}{max(times):8.0f}{mark}", flush=True)
            browser.close()
    finally:
        server.close()
    sizes()


if __name__ == "__main__":
    main()
