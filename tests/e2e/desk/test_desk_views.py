"""Every view opens at its address and shows what the API has."""

from __future__ import annotations

import json
import re
import urllib.parse
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect
from served import Desk, Server, words

VIEWS = (
    "overview", "events", "statements", "pledges", "relations", "dyad", "actors", "network", "map", "stories",
    "corrections", "code", "search", "report", "event", "actor", "statement", "pledge", "relation", "story",
)  # fmt: skip


def hrefs(desk: Desk, selector: str) -> list[str]:
    return [str(one.get_attribute("href")) for one in desk.page.locator(selector).all()]


def main_text(desk: Desk) -> str:
    return words(desk.page.locator("main").inner_text())


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_opens_at_its_address(desk: Desk, addresses: dict[str, str], view: str) -> None:
    if view not in addresses:
        pytest.skip("the examples have no such record")
    page = desk.open(addresses[view])
    expect(page.locator("main h1").first).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator("main [aria-busy=true]")).to_have_count(0)
    assert page.title().lower().endswith("whowhom")
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize(
    ("view", "path", "link"),
    [
        ("/events", "events", "a.type"),
        ("/statements", "statements", "blockquote a"),
        ("/relations", "relations", "a.own"),
        ("/actors", "actors", "a.own"),
        ("/stories", "stories", "a.own"),
    ],
)
def test_a_list_has_the_rows_of_the_api_in_their_order(desk: Desk, view: str, path: str, link: str) -> None:
    desk.open(view)
    answer = desk.server.ask(path, limit=50)
    assert hrefs(desk, f"main [data-row] {link}") == [f"/{row['id']}" for row in answer["rows"]]
    more = "more than " if answer["more"] else ""
    expect(desk.page.get_by_role("navigation", name="Pages").first).to_contain_text(f"{more}{answer['total']} {path}")


def test_an_event_is_told_with_who_what_whom_when_and_status(desk: Desk) -> None:
    desk.open("/events")
    for row, event in zip(desk.rows().all(), desk.server.ask("events", limit=50)["rows"], strict=True):
        text = words(row.inner_text())
        for party in (*event["actors"], *event["recipients"]):
            assert party["name"] in text
        assert event["type"] in text
        if event["place"]:
            assert event["place"]["name"] in text
        said = {"planned": "planned", "hypothetical": "possible", "negated": "denied", "historical": "background"}
        for status, word in said.items():
            assert (word in text) == (event["status"] == status), text


def test_a_long_list_is_turned_by_pages(desk: Desk) -> None:
    desk.open("/events")
    first = hrefs(desk, "main [data-row] a.type")
    if not desk.server.ask("events", limit=50)["more"]:
        pytest.skip("the examples fit one page")
    desk.page.get_by_role("link", name="Next").first.click()
    desk.settle()
    second = hrefs(desk, "main [data-row] a.type")
    assert second
    assert not set(first) & set(second)
    assert desk.query["cursor"]
    desk.page.go_back()
    desk.settle()
    assert hrefs(desk, "main [data-row] a.type") == first


def test_the_overview_counts_the_record_and_ranks_the_most_active(desk: Desk) -> None:
    desk.open("/")
    text = main_text(desk)
    status = desk.server.ask("status")
    for name in ("documents", "events", "statements", "pledges", "relations", "actors"):
        assert f"{status[name]} {'reports' if name == 'documents' else name}" in text
    top = desk.server.ask("top", limit=10)
    panel = desk.page.locator("section", has=desk.page.get_by_role("heading", name="Most active actors")).last
    shown = words(panel.inner_text())
    places = [shown.find(one["actor"]["name"]) for one in top["actors"]]
    assert -1 not in places
    assert places == sorted(places)
    dyads = desk.page.locator("section", has=desk.page.get_by_role("heading", name="Most active dyads")).last
    assert len(top["dyads"]) == dyads.locator("a.dyad").count()


def test_the_overview_shows_the_newest_words_and_promises(desk: Desk) -> None:
    desk.open("/")
    statements = desk.server.ask("statements", limit=1)["rows"]
    pledges = desk.server.ask("pledges", limit=1)["rows"]
    text = main_text(desk)
    assert words(statements[0]["words"]) in text
    assert words(pledges[0]["what"] or pledges[0]["kind"]) in text


def test_a_timeline_can_be_read_as_a_table(desk: Desk) -> None:
    desk.open("/?span=all")
    desk.page.get_by_role("button", name="As a table").click()
    rows = desk.page.get_by_role("region", name="Events by period as a table").locator("tbody tr")
    expect(rows.first).to_be_visible()
    by = desk.page.locator(".by select").input_value()
    drawn = {url for url in desk.asked if "/api/timeline" in url and f"by={by}" in url and "since=" in url}
    periods: dict[str, int] = {}
    (asked,) = drawn
    for one in json.loads(desk.server.text(asked.removeprefix(desk.server.base)))["rows"]:
        # An event of which only the year is known lies in no quarter.
        if by == "year" or len(one["period"]) > 4:
            periods[one["period"]] = periods.get(one["period"], 0) + one["events"]
    assert rows.count() == len(periods)
    numbers = [sum(int(n) for n in one.locator("td.number").all_inner_texts()[:4]) for one in rows.all()]
    assert numbers == [periods[one] for one in sorted(periods, reverse=True)]


def test_the_first_chart_is_of_the_span_that_holds_most_events(desk: Desk) -> None:
    page = desk.open("/")
    chart = page.get_by_role("region", name="Events over time")
    drawn = [url for url in desk.asked if "/api/timeline" in url][-1]
    since, until = (re.search(rf"{name}=([\d-]+)", drawn) for name in ("since", "until"))
    assert since
    assert until
    rows = desk.server.ask("timeline", by="day", since=since[1], until=until[1])["rows"]
    days = sorted(row["period"] for row in rows if len(row["period"]) == 10)
    # What stands outside is counted below the chart.
    whole = desk.server.ask("timeline", by="day")["rows"]
    earlier = sum(row["events"] for row in whole if row["period"] < days[0][: len(row["period"])])
    later = sum(row["events"] for row in whole if row["period"] > days[-1][: len(row["period"])])
    assert earlier > 1
    assert later > 1
    told = rf"Not drawn: {earlier} earlier events \(back to [^)]+\) and {later} later events \(up to June 2024\)"
    expect(chart).to_contain_text(re.compile(told))
    # The axis is hardly longer than what stands on it.
    assert (date.fromisoformat(days[0]) - date.fromisoformat(since[1])).days <= 2
    assert (date.fromisoformat(until[1]) - date.fromisoformat(days[-1])).days <= 2
    chart.get_by_role("button", name="Show all events").click()
    desk.settle()
    assert desk.query["span"] == ["all"]
    expect(page.locator(".by select")).to_have_value(re.compile("month|quarter|year"))  # coarse enough for all
    expect(chart).not_to_contain_text("too vague")
    chart.get_by_role("button", name="Only these").click()
    desk.settle()
    assert "span" not in desk.query


def test_a_dyad_leaves_out_what_is_far_off_and_says_so(desk: Desk) -> None:
    page = desk.open("/dyad?actor=NOR&recipient=ISL")
    chart = page.get_by_role("region", name="Over time")
    expect(chart).to_contain_text("Not drawn: 3 earlier events (back to 1998) and 2 later events (up to May 2024)")
    chart.get_by_role("button", name="Show all events").click()
    desk.settle()
    expect(chart).not_to_contain_text("Not drawn")


def test_numbers_have_one_minus_sign_and_one_number_of_decimals(desk: Desk, addresses: dict[str, str]) -> None:
    for view in ("overview", "dyad", "actor", "event", "events"):
        desk.open(addresses[view])
        text = main_text(desk)
        assert not re.search(r"(?<![\w-])-\d+(?:\.\d+)?(?![\d-])", text), view
        for score in desk.page.locator("main .score:not(:has(svg))").all_inner_texts():
            assert re.fullmatch(r"[+−]?\d+\.\d", score.strip()), score


def test_an_actor_leads_to_its_relations(desk: Desk) -> None:
    (relation, *_) = desk.server.ask("relations")["rows"]
    page = desk.open(f"/{relation['subject']['actor']}")
    page.get_by_role("link", name="All of it with others").click()
    desk.settle()
    assert (desk.path, desk.query) == ("/relations", {"actor": [relation["subject"]["actor"]]})
    assert f"/{relation['id']}" in hrefs(desk, "main [data-row] a.own")
    page.get_by_role("navigation", name="Views").get_by_role("link", name="Relations").click()
    desk.settle()
    expect(page.get_by_role("heading", level=1)).to_have_text("Relations")


def test_every_record_opens_at_its_own_address_and_again(desk: Desk, addresses: dict[str, str]) -> None:
    report = addresses["report"]
    office = desk.server.ask(f"reports{report}")["roles"][0]["id"]
    place = desk.server.ask("map")["rows"][0]["place"]
    more = {"office": f"{report}?record={office}", "place": f"/map?{urllib.parse.urlencode({'place': place})}"}
    kinds = ("event", "statement", "pledge", "relation", "story", "report", "actor", "dyad")
    for name, address in {**{one: addresses[one] for one in kinds if one in addresses}, **more}.items():
        page = desk.open(address)
        asking = page.get_by_text("Asking for")
        expect(asking).to_have_count(0)
        before = main_text(desk)
        page.reload()
        desk.settle()
        expect(asking).to_have_count(0)
        assert page.url == desk.server.base + address, name
        assert main_text(desk) == before, name
        expect(page.get_by_role("alert")).to_have_count(0)


def test_the_ledger_has_every_pledge_and_totals_by_currency(desk: Desk) -> None:
    desk.open("/pledges")
    rows = desk.server.ask("pledges", limit=50)["rows"]
    text = main_text(desk)
    for pledge in rows:
        assert desk.page.locator(f'main a[href="/{pledge["id"]}"]').count() >= 1
        for party in (*pledge["promiser"], *pledge["beneficiary"]):
            assert party["name"] in text
    totals = desk.page.get_by_role("region", name="Totals", exact=True)
    shown = words(totals.inner_text())
    for one in desk.server.ask("pledges/totals")["rows"]:
        if one["currency"] and one["amount"]:
            assert one["currency"] in shown or re.search(r"[$€£]|kr", shown), one


def test_a_dyad_is_shown_in_both_directions(desk: Desk) -> None:
    desk.open("/dyad?actor=NOR&recipient=ISL")
    text = main_text(desk)
    assert "Norway and Iceland" in text
    there = desk.server.ask("events", actor="NOR", recipient="ISL", limit=50)["rows"]
    back = desk.server.ask("events", actor="ISL", recipient="NOR", limit=50)["rows"]
    found = set(hrefs(desk, "main a[href^='/e']"))
    assert there
    assert back
    assert f"/{there[0]['id']}" in found
    assert f"/{back[0]['id']}" in found
    before = text
    desk.page.get_by_role("link", name="Swap").click()
    desk.settle()
    assert desk.query["actor"] == ["ISL"]
    assert "Iceland and Norway" in main_text(desk) != before


def test_a_dyad_begins_with_a_choice(desk: Desk) -> None:
    page = desk.open("/dyad")
    box = page.get_by_role("combobox", name="One", exact=True)
    box.fill("Norway")
    desk.options().first.wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    other = page.get_by_role("combobox", name="The other")
    other.fill("ISL")
    desk.options().first.wait_for()
    other.press("ArrowDown")
    other.press("Enter")
    desk.settle()
    assert desk.query["actor"]
    assert desk.query["recipient"]
    expect(page.get_by_role("heading", name="Cooperation and conflict over time")).to_be_visible()


def test_the_network_has_a_list_and_a_table_beside_the_drawing(desk: Desk) -> None:
    page = desk.open("/network?view=table")
    answer = desk.server.ask("network", limit=150)
    names = page.get_by_role("list", name="Actors, the most active first").get_by_role("button")
    assert names.count() == len(answer["nodes"])
    assert page.locator("main table tbody tr").count() == min(len(answer["edges"]), 100)
    busiest = max(answer["nodes"], key=lambda node: node["events"])
    own = [edge for edge in answer["edges"] if busiest["id"] in (edge["source"], edge["target"])]
    names.filter(has_text=busiest["name"]).first.click()
    desk.settle()
    assert desk.query["node"] == [busiest["id"]]
    assert page.locator("main table tbody tr").count() == len(own)
    expect(names.filter(has_text=busiest["name"]).first).to_have_attribute("aria-pressed", "true")


def test_a_place_of_the_map_narrows_the_events(desk: Desk) -> None:
    page = desk.open("/map")
    spots = desk.server.ask("map")["rows"]
    places = page.get_by_role("list", name=re.compile("Places")).get_by_role("button")
    assert places.count() == len(spots)
    most = max(spots, key=lambda spot: spot["events"])
    places.filter(has_text=most["place"]).first.click()
    desk.settle()
    assert desk.query["place"] == [most["place"]]
    assert desk.rows().count() == min(20, desk.server.ask("events", place=most["place"])["total"])


def test_an_actor_has_offices_events_words_and_connections(desk: Desk, addresses: dict[str, str]) -> None:
    people = desk.server.ask("actors", kind="person", limit=10)["rows"]
    found = (desk.server.ask("who", name=person["id"]) for person in people)
    dossier = next(one for one in found if one["actor"]["offices"])
    one = dossier["actor"]
    page = desk.open(f"/{one['id']}")
    text = main_text(desk)
    expect(page.get_by_role("heading", level=1)).to_have_text(one["name"])
    for office in dossier["actor"]["offices"]:
        assert office["title"].lower() in text.lower()
    for row in dossier["events"]["rows"]:
        assert page.locator(f'main a[href="/{row["id"]}"]').count() >= 1
    for row in dossier["statements"]["rows"]:
        assert words(row["words"]) in text
    for row in dossier["connections"]:
        assert row["actor"]["name"] in text


def test_an_event_has_every_source_with_its_sentence(desk: Desk, addresses: dict[str, str]) -> None:
    page = desk.open(addresses["event"])
    event = desk.server.ask(f"records{addresses['event']}")
    text = main_text(desk)
    assert len(event["told"]) > 1
    for told in event["told"]:
        assert words(told["sentence"])[:60] in text
        assert page.locator(f'main a[href^="/{told["document"]}?record="]').count() >= 1


def test_a_story_has_its_reports(desk: Desk, addresses: dict[str, str]) -> None:
    page = desk.open(addresses["story"])
    documents = desk.server.ask(f"records{addresses['story']}")["documents"]
    assert documents
    for one in documents:
        assert page.locator(f'main a[href^="/{one["id"]}"]').count() >= 1


def test_an_address_that_leads_nowhere_says_so(desk: Desk) -> None:
    page = desk.open("/nowhere/at/all")
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()


@pytest.mark.parametrize("address", ["/e999999", "/s999999", "/p999999", "/t999999", "/d999999", "/a999999"])
def test_a_record_that_is_not_there_says_so(desk_of: Any, examples: Server, address: str) -> None:
    desk = desk_of(examples, watched=False)
    page = desk.open(address)
    expect(page.get_by_role("alert").first).to_be_visible()
    assert not [one for one in desk.complaints if "404" not in one]
