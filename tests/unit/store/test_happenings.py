"""Joining of reports into happenings, on records made by hand so that neither coder nor actors' joining plays in."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whowhom.coding.codebook import derive
from whowhom.errors import QueryError
from whowhom.records import Actor, Document, Event, Magnitude, Place
from whowhom.store import happenings
from whowhom.store.database import connect, transaction

PAIRS = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "cases" / "happenings.jsonl").read_text("utf-8").splitlines()
]

MINSK = "Minsk|BLR|625144|53.9|27.57"
POLICE = "~police|group|BLR|COP"
CROWD = "~protesters|people|BLR|CVL"
RALLY: dict[str, Any] = {
    "text": "Thousands rallied in Minsk on Sunday.", "published": "2020-09-13", "type": "PROTEST", "mode": "demo",
    "trigger": "rallied", "actors": [CROWD], "recipients": ["Alexander Lukashenko|person|BLR|GOV"], "place": MINSK,
    "start": "2020-09-13",
}  # fmt: skip


def event(told: dict[str, Any], actors: list[Actor], text: str) -> Event:
    def ids(names: list[str]) -> tuple[str, ...]:
        out = []
        for name in names:
            words, kind, country, sector = name.split("|")
            found = next((a for a in actors if (a.name, a.country) == (words, country or None)), None)
            if found is None:
                found = Actor(f"a{len(actors) + 1}", words, kind, country or None, sector or None)  # type: ignore[arg-type]
                actors.append(found)
            out.append(found.id)
        return tuple(out)

    place = None
    if told.get("place"):
        name, country, number, lat, lon = told["place"].split("|")
        place = Place(name, country, int(number), float(lat), float(lon))
    sentence = told["text"]
    begin = text.index(sentence)
    verb = begin + sentence.index(told["trigger"])
    return Event(
        type=told["type"], mode=told.get("mode"), contexts=tuple(told.get("contexts", ())),
        actors=ids(told["actors"]), recipients=ids(told["recipients"]), start=told.get("start"), end=told.get("end"),
        place=place, status=told.get("status", "occurred"),
        magnitude={
            kind: Magnitude(one[0], one[1], str(one[1] or one[0]), one[2] if len(one) > 2 else None)
            for kind, one in told.get("magnitude", {}).items()
        },
        reported_by=None, confidence=told.get("confidence", 0.8), trigger=((verb, verb + len(told["trigger"])),),
        evidence=((begin, begin + len(sentence)),), derived=derive(told["type"], told.get("mode"), ()),
    )  # fmt: skip


def report(name: str, *told: dict[str, Any], **fields: Any) -> Document:
    text = "\n\n".join(dict.fromkeys(one["text"] for one in told))
    actors: list[Actor] = []
    events = tuple(event(one, actors, text) for one in told)
    published = fields.get("published", told[0]["published"])
    return Document(
        name, name, None, None, fields.get("publisher", name), (), published, "en", text, tuple(actors), events=events
    )


class Desk:
    """A store, and what the writer does around the joining of events."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.numbers: dict[str, int] = {}

    def add(self, doc: Document, story: int | None = None, copy_of: str | None = None) -> int:
        with transaction(self.db):
            self.db.execute("INSERT INTO coding VALUES (1, '1', '1', '', 'p', '') ON CONFLICT DO NOTHING")
            if story is not None:
                self.db.execute("INSERT INTO story VALUES (?, NULL, NULL, NULL, 1, 1) ON CONFLICT DO NOTHING", (story,))
            cursor = self.db.execute(
                "INSERT INTO document (hash, source_id, publisher, authors, published, text, coding, coded_at, story,"
                " copy_of) VALUES (?, ?, ?, '[]', ?, ?, 1, '', ?, ?)",
                (doc.id, doc.id, doc.publisher, doc.published, doc.text, story, self.numbers.get(copy_of or "")),
            )
            number = self.numbers[doc.id] = int(cursor.lastrowid or 0)
            self.sight(number, doc.publisher or "")
            self.code(number, doc)
        return number

    def sight(self, number: int, publisher: str) -> None:
        self.db.execute(
            "INSERT INTO sighting (document, source_id, url, publisher) VALUES (?, ?, '', ?)",
            (number, publisher, publisher),
        )

    def code(self, number: int, doc: Document) -> None:
        who = {}
        for actor in doc.actors:
            joined = self._actor(actor)
            cursor = self.db.execute(
                "INSERT INTO report_actor (document, local, name, kind, country, sector, sectors, mentions, actor)"
                " VALUES (?, ?, ?, ?, ?, ?, '[]', '[]', ?)",
                (number, actor.id, actor.name.lstrip("~"), actor.kind, actor.country, actor.sector, joined),
            )
            who[actor.id] = int(cursor.lastrowid or 0)
        happenings.join(self.db, number, doc, who)

    def forget(self, number: int) -> None:
        happenings.leave(self.db, number)
        self.db.execute("DELETE FROM report_actor WHERE document = ?", (number,))

    def _actor(self, actor: Actor) -> int:
        named = not actor.name.startswith("~")
        name = actor.name.lstrip("~")
        row = self.db.execute(
            "SELECT id FROM actor WHERE (name, kind, named) = (?, ?, ?) AND country IS ? AND sector IS ?",
            (name, actor.kind, named, actor.country, actor.sector),
        ).fetchone()
        if row is not None and (named or actor.kind != "person"):
            return int(row[0])
        cursor = self.db.execute(
            "INSERT INTO actor (name, kind, country, sector, named) VALUES (?, ?, ?, ?, ?)",
            (name, actor.kind, actor.country, actor.sector, named),
        )
        return int(cursor.lastrowid or 0)

    def all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.db.execute(query, values)]

    def one(self, query: str, *values: object) -> sqlite3.Row:
        (row,) = self.db.execute(query, values).fetchall()
        return row  # type: ignore[no-any-return]

    def events(self) -> int:
        return int(self.one("SELECT count(*) FROM event")[0])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    db = connect(tmp_path / "news.db", write=True, create=True)
    yield Desk(db)
    db.close()


def told(**changes: Any) -> dict[str, Any]:
    return RALLY | changes


def parties(desk: Desk, side: str) -> list[str]:
    return [
        row[0]
        for row in desk.all(
            "SELECT a.name FROM party p JOIN actor a ON a.id = p.actor WHERE p.side = ? ORDER BY p.event, p.position",
            side,
        )
    ]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["id"])
@pytest.mark.parametrize("turned", [False, True], ids=["", "turned"])
def test_two_reports_of_one_event_or_of_two(desk: Desk, pair: dict[str, Any], turned: bool) -> None:
    # Without the help of a story where they are one, in spite of one story where they are two.
    story = None if pair["same"] else 1
    reports = [report("first", pair["one"]), report("second", pair["other"])]
    for one in reversed(reports) if turned else reports:
        desk.add(one, story=story)
    why = [row[0] for row in desk.all("SELECT why FROM report_event ORDER BY id")]
    assert desk.events() == (1 if pair["same"] else 2), why
    assert why[0] == ""
    assert bool(why[1]) == pair["same"]


def test_a_report_gives_its_rows_as_they_are(desk: Desk) -> None:
    number = desk.add(report("one", told(magnitude={"participants": [2000, None]}, contexts=["election"])))
    row = desk.one("SELECT * FROM report_event")
    assert (row["document"], row["number"], row["type"], row["mode"]) == (number, 1, "PROTEST", "demo")
    assert json.loads(row["trigger"]) == [[10, 17]]
    assert json.loads(row["magnitude"])["participants"] == {
        "low": 2000, "high": None, "text": "2000", "currency": None,
    }  # fmt: skip
    assert (row["place"], row["place_country"], row["geonames_id"]) == ("Minsk", "BLR", 625144)
    joined = desk.one("SELECT * FROM event")
    assert (joined["id"], joined["reports"], joined["sources"]) == (row["event"], 1, 1)
    assert (joined["date"], joined["status"], joined["quad"], joined["cameo"]) == (
        "2020-09-13", "occurred", row["quad"], row["cameo"],
    )  # fmt: skip
    assert parties(desk, "actor") == ["protesters"]
    assert parties(desk, "recipient") == ["Alexander Lukashenko"]


def test_differing_numbers_stay_with_their_reports_and_range_in_the_event(desk: Desk) -> None:
    first = told(magnitude={"participants": [20000, 99999]}, confidence=0.7)
    desk.add(report("one", first))
    desk.add(report("two", told(magnitude={"participants": [100000, None]}, published="2020-09-14", confidence=0.6)))
    size = json.loads(desk.one("SELECT magnitude FROM event")[0])["participants"]
    assert size == {"low": 20000, "high": 99999, "text": "100000", "currency": None}
    lows = [json.loads(row[0])["participants"]["low"] for row in desk.all("SELECT magnitude FROM report_event")]
    assert lows == [20000, 100000]


def test_the_best_report_speaks_for_the_event_and_others_fill_its_gaps(desk: Desk) -> None:
    desk.add(report("one", told(mode=None, place=None, start=None, confidence=0.9, contexts=["election"])))
    desk.add(report("two", told(confidence=0.5, contexts=["crime", "election"], text="In Minsk thousands rallied.")))
    row = desk.one("SELECT * FROM event")
    assert (row["mode"], row["place"], row["start"], row["confidence"]) == ("demo", "Minsk", "2020-09-13", 0.9)
    assert json.loads(row["contexts"]) == ["election", "crime"]
    assert row["cameo"] == derive("PROTEST", "demo", ()).cameo


@pytest.mark.parametrize(
    ("start", "published", "expected"),
    [
        ("2020-08", "2020-09-13", "2020-08-01"),
        ("2019", "2020-09-13", "2019-01-01"),
        (None, "2020-09-13", "2020-09-13"),
        (None, "2020-09", "2020-09-01"),
        (None, None, None),
    ],
)
def test_the_date_to_sort_by(desk: Desk, start: str | None, published: str | None, expected: str | None) -> None:
    desk.add(report("one", told(start=start, published=published)))
    assert desk.one("SELECT date FROM event")[0] == expected
    assert desk.one("SELECT DISTINCT date FROM party")[0] == expected


def test_dyads_are_pairs_of_two_countries(desk: Desk) -> None:
    both = ["Russia|state|RUS|GOV", "Belarus|state|BLR|GOV", "somebody|person||"]
    desk.add(report("one", told(type="ACCUSE", mode=None, actors=both, recipients=["Ukraine|state|UKR|GOV", *both])))
    pairs = desk.all("SELECT actor_country, recipient_country, date, quad FROM dyad ORDER BY 1, 2")
    assert [pair[:2] for pair in pairs] == [
        ("BLR", "UKR"),
        ("RUS", "UKR"),
    ]
    assert {pair[2:] for pair in pairs} == {("2020-09-13", 3)}


def test_a_description_gives_way_to_a_name_of_another_report(desk: Desk) -> None:
    desk.add(report("one", told(actors=["~opposition supporters|group|BLR|OPP", "~foreigners|group||CVL"])))
    desk.add(report("two", told(actors=["Youth Front|organisation|BLR|OPP"], confidence=0.5)))
    assert desk.events() == 1
    assert parties(desk, "actor") == ["foreigners", "Youth Front"]


def test_one_description_of_a_kind_is_enough(desk: Desk) -> None:
    desk.add(report("one", told()))
    desk.add(report("two", told(actors=["~demonstrators|people|BLR|CVL"])))
    assert desk.events() == 1
    assert parties(desk, "actor") == ["protesters"]


def test_one_report_never_tells_one_happening_twice(desk: Desk) -> None:
    again = told(text="Thousands rallied in Minsk.")
    desk.add(report("one", told()))
    desk.add(report("two", told(), again))
    per_event = desk.all("SELECT event, count(*), count(DISTINCT document) FROM report_event GROUP BY event")
    assert sorted(row[1:] for row in per_event) == [(1, 1), (2, 2)]


def test_the_likelier_of_two_tellings_joins(desk: Desk) -> None:
    desk.add(report("one", told(text="Thousands rallied in Minsk on Sunday with drums and whistles.")))
    vague = told(text="Many had rallied before.", place=None, start=None)
    close = told(text="With drums and whistles thousands rallied in Minsk.")
    desk.add(report("two", vague, close))
    joined = desk.all("SELECT number FROM report_event WHERE document = 2 AND event = 1")
    assert joined == [(2,)]


def test_a_near_copy_tells_the_events_of_its_original(desk: Desk) -> None:
    words = told(type="ACCUSE", mode=None, text="The crowd accused the president.", trigger="accused")
    desk.add(report("one", words))
    desk.add(report("copy", words | {"published": "2020-10-30"}), copy_of="one")
    other = words | {"published": "2020-10-30", "recipients": ["Natalia Kochanova|person|BLR|LEG"]}
    desk.add(report("other", other), copy_of="one")
    assert desk.all("SELECT d.hash, r.event FROM report_event r JOIN document d ON d.id = r.document") == [
        ("one", 1), ("copy", 1), ("other", 2),
    ]  # fmt: skip
    assert "near copies" in desk.one("SELECT why FROM report_event WHERE id = 2")[0]
    assert tuple(desk.one("SELECT reports, sources FROM event WHERE id = 1")) == (2, 1)


def test_sources_are_counted_anew_where_a_text_is_found_again(desk: Desk) -> None:
    desk.add(report("one", told(), publisher="Herald"))
    number = desk.add(
        report("two", told(text="Thousands rallied in Minsk on Sunday again and again."), publisher="Herald")
    )
    assert desk.events() == 1
    assert desk.one("SELECT sources FROM event")[0] == 1
    desk.sight(number, "Tribune")
    happenings.recount(desk.db, number)
    assert desk.one("SELECT sources FROM event")[0] == 2


def test_imported_events_are_never_joined_with(desk: Desk) -> None:
    desk.add(report("one", told()))
    desk.db.execute("UPDATE event SET data_set = 'polecat'")
    desk.add(report("two", told()))
    assert desk.events() == 2


CONTENT = (
    "SELECT document, number, event, why FROM report_event ORDER BY document, number",
    "SELECT id, type, mode, start, date, place, magnitude, confidence, reports, sources FROM event ORDER BY id",
    "SELECT event, side, position, actor, country, sector, date FROM party ORDER BY 1, 2, 3",
    "SELECT * FROM dyad ORDER BY 1, 2, 3, 4",
)


def content(desk: Desk) -> list[list[tuple[Any, ...]]]:
    return [desk.all(query) for query in CONTENT]


def test_leaving_takes_back_what_joining_did(desk: Desk) -> None:
    desk.add(report("one", told()))
    before = content(desk)
    number = desk.add(report("two", told(magnitude={"participants": [9000, 9000]}), told(type="REQUEST", mode=None)))
    assert content(desk) != before
    desk.forget(number)
    assert content(desk) == before
    desk.forget(1)
    assert content(desk) == [[], [], [], []]


def test_leaving_and_joining_again_gives_the_same(desk: Desk) -> None:
    desk.add(report("one", told()))
    second = report("two", told(confidence=0.9))
    number = desk.add(second)
    before = content(desk)
    desk.forget(number)
    desk.code(number, second)
    assert content(desk) == before


def test_the_founding_report_may_leave(desk: Desk) -> None:
    desk.add(report("one", told(confidence=0.9, magnitude={"participants": [9000, 9000]})))
    desk.add(report("two", told()))
    desk.forget(1)
    row = desk.one("SELECT id, reports, confidence, magnitude FROM event")
    assert tuple(row) == (1, 1, 0.8, "{}")


def split_second(desk: Desk) -> tuple[Document, int]:
    desk.add(report("one", told()))
    second = report("two", told())
    number = desk.add(second)
    with transaction(desk.db):
        assert happenings.split(desk.db, 2, "another rally") == 2
    return second, number


def test_what_people_split_stays_split(desk: Desk) -> None:
    second, number = split_second(desk)
    assert desk.all("SELECT event, why FROM report_event ORDER BY id") == [(1, ""), (2, "")]
    assert desk.all("SELECT id, reports FROM event ORDER BY id") == [(1, 1), (2, 1)]
    desk.forget(number)
    desk.code(number, second)
    assert desk.events() == 2
    row = desk.one("SELECT kind, verdict, note FROM decision")
    assert tuple(row) == ("event", "apart", "another rally")


def test_a_split_event_keeps_the_other_reports_away_when_they_are_coded_anew(desk: Desk) -> None:
    split_second(desk)
    desk.forget(1)
    desk.code(1, report("one", told()))
    assert desk.events() == 2


def test_what_people_merge_stays_merged(desk: Desk) -> None:
    other = report("two", told(type="CONCEDE", mode=None, text="Lukashenko gave way.", trigger="gave"))
    desk.add(report("one", told()))
    number = desk.add(other)
    assert desk.events() == 2
    with transaction(desk.db):
        assert happenings.merge(desk.db, 2, 1, "one thing") == 1
    assert desk.one("SELECT reports FROM event")[0] == 2
    desk.forget(number)
    desk.code(number, other)
    assert desk.events() == 1
    assert desk.one("SELECT why FROM report_event WHERE document = 2")[0] == "merged by hand"


def test_the_latest_decision_counts(desk: Desk) -> None:
    second, number = split_second(desk)
    happenings.merge(desk.db, 1, 2, "")
    desk.forget(number)
    desk.code(number, second)
    assert desk.events() == 1


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda db: happenings.split(db, 1, ""), "nothing to split"),
        (lambda db: happenings.split(db, 99, ""), "no report 99"),
        (lambda db: happenings.merge(db, 1, 1, ""), "itself"),
        (lambda db: happenings.merge(db, 1, 99, ""), "no event 99"),
        (lambda db: happenings.merge(db, 1, 2, ""), "imported from icews"),
    ],
)
def test_what_cannot_be_done_says_why(desk: Desk, act: Callable[[sqlite3.Connection], int], words: str) -> None:
    desk.add(report("one", told()))
    desk.add(report("two", told(start="2019-01-01")))
    desk.db.execute("UPDATE event SET data_set = 'icews' WHERE id = 2")
    with pytest.raises(QueryError, match=words):
        act(desk.db)
    assert desk.all("SELECT * FROM decision") == []


def test_candidates_are_found_by_index(desk: Desk) -> None:
    """Each look-up names an index and none reads a whole table."""
    desk.add(report("one", told()), story=1)
    plans: list[str] = []
    seen: list[str] = []
    desk.db.set_trace_callback(seen.append)
    desk.add(report("two", told()), story=1)
    desk.db.set_trace_callback(None)
    for query in dict.fromkeys(one for one in seen if one.lstrip().startswith("SELECT")):
        plans += [f"{row[3]} <- {query[:120]}" for row in desk.db.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert plans
    print("\n".join(plans))
    scans = [plan for plan in plans if plan.startswith("SCAN ") and " d <-" not in plan and "actor" not in plan]
    assert scans == []


_EVENTS = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["PROTEST", "ACCUSE", "CONSULT"]),
            "actors": st.lists(
                st.sampled_from([CROWD, "Belarus|state|BLR|GOV", "Russia|state|RUS|GOV"]), max_size=2, unique=True
            ),
            "start": st.sampled_from([None, "2020-09-12", "2020-09-13", "2020-09", "2020"]),
            "confidence": st.sampled_from([0.5, 0.8, 0.9]),
            "mode": st.none(),
        }
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=40, deadline=None)
@given(reports=st.lists(_EVENTS, min_size=1, max_size=4), data=st.data())
def test_joined_rows_are_true_to_the_reports_whatever_comes_and_goes(
    reports: list[list[dict[str, Any]]], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    db = connect(tmp_path_factory.mktemp("store") / "news.db", write=True, create=True)
    desk = Desk(db)
    documents = [
        report(f"d{k}", *(told(**one) for one in events), published="2020-09-13") for k, events in enumerate(reports)
    ]
    for doc in documents:
        desk.add(doc)
    for gone in data.draw(st.lists(st.sampled_from(sorted(desk.numbers.values())), unique=True)):
        desk.forget(gone)
    counted = desk.all("SELECT event, count(DISTINCT document) FROM report_event GROUP BY event ORDER BY event")
    assert desk.all("SELECT id, reports FROM event ORDER BY id") == counted
    before = content(desk)
    for event_number, _ in counted:
        happenings.recompute(db, event_number)
    assert content(desk) == before
    assert desk.all("SELECT event FROM party EXCEPT SELECT id FROM event") == []
    assert desk.all("PRAGMA foreign_key_check") == []
    db.close()
