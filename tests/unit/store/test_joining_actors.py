"""Who of a report is who in the store: what is joined, what must never be, and what people decide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joining_desk import Desk, actor, event, pledge, report

from whowhom.errors import QueryError
from whowhom.store import actors
from whowhom.store.identity import identity, is_description


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    one = Desk(tmp_path / "news.db")
    yield one
    one.sound()
    one.db.close()


SAME = [
    ("Russia|state|RUS|GOV", "Russia|state|RUS|GOV"),
    ("Russia|state|RUS|GOV", "Moscow|state|RUS|GOV"),
    ("Belarusians|people|BLR|CVL", "Belarusians|people|BLR|CVL"),
    ("Britons|people|GBR|CVL", "British public|people|GBR|CVL"),
    ("Vladimir Putin|person|RUS|GOV", "Wladimir Putin|person|RUS|GOV"),
    ("Svetlana Tikhanovskaya|person|BLR|OPP", "Sviatlana Tsikhanouskaya|person|BLR|OPP"),
    ("Bill Clinton|person|USA|GOV", "William Clinton|person|USA|ELI"),
    ("Bill Clinton|person|USA|GOV", "Bill Clinton|person||GOV"),
    ("David Blunkett|person|GBR|GOV", "David Blunkett|person|GBR|CVL"),
    ("Abdel Fattah el-Sisi|person|EGY|MIL", "Abdul Fattah al-Sisi|person|EGY|GOV"),
    ("George W Bush|person|USA|GOV", "George Bush|person|USA|GOV"),
    ("Prince Harry|person|GBR|GOV", "Prince Harry|person|GBR|GOV"),
    ("Hezbollah|organisation|LBN|REB", "Hizbollah|organisation|LBN|REB"),
    ("Ministry of Defence|organisation|GBR|MIL", "Ministry of Defense|organisation|GBR|MIL"),
    ("Electoral Commission|organisation|GBR|GOV", "Electoral Commission|organisation|GBR|GOV"),
    ("Amnesty International|organisation|NGO|SOC", "Amnesty International|organisation||SOC"),
    ("police|group|BLR|COP", "Belarusian police|group|BLR|COP"),
    ("protesters|group|BLR|CVL", "hundreds of protesters|group|BLR|CVL"),
    ("three officers|group|BLR|COP", "officers|group|BLR|COP"),
    ("eleven people|group|IRL|CVL", "7 people|group|IRL|CVL"),
    ("parliament|organisation|GBR|LEG", "British parliament|organisation|GBR|LEG"),
]
APART = [
    ("Russia|state|RUS|GOV", "Belarus|state|BLR|GOV"),
    ("United Kingdom|state|GBR|GOV", "Scotland|state|GBR|GOV"),
    ("Russia|state|RUS|GOV", "Russians|people|RUS|CVL"),
    ("Britons|people|GBR|CVL", "Welshmen|people|GBR|CVL"),
    ("Europeans|people||CVL", "Jews|people||CVL"),
    # a bare surname
    ("Smith|person|USA|GOV", "Smith|person|USA|GOV"),
    ("Lukashenko|person|BLR|GOV", "Alexander Lukashenko|person|BLR|GOV"),
    ("Alexander Lukashenko|person|BLR|GOV", "Lukashenko|person|BLR|GOV"),
    ("Mr Hill|person|GBR|GOV", "Hill|person|GBR|GOV"),
    # kin and namesakes
    ("George W. Bush|person|USA|GOV", "George H. W. Bush|person|USA|GOV"),
    ("Kim Jong-il|person|PRK|GOV", "Kim Jong-un|person|PRK|GOV"),
    ("Bill Clinton|person|USA|GOV", "Hillary Clinton|person|USA|GOV"),
    ("Donald Trump|person|USA|GOV", "Donald Trump Jr.|person|USA|GOV"),
    ("Sergei Ivanov|person|RUS|GOV", "Igor Ivanov|person|RUS|GOV"),
    ("John Smith|person|GBR|PTY", "John Smith|person|USA|PTY"),
    ("John Smith|person|USA|GOV", "John Smith|person|USA|JRN"),
    ("John Smith|person|USA|GOV", "John Smith|person||GOV"),
    ("John Smith|person||CVL", "John Smith|person||CVL"),
    ("Mohammed Ali|person|EGY|CVL", "Mohammed Ali|person|EGY|JRN"),
    ("J. Smith|person|USA|GOV", "John Smith|person|USA|BUS"),
    ("David Davis|person|GBR|LEG", "David Davies|person|GBR|LEG"),
    ("Prince Harry|person|GBR|GOV", "Harry|person|GBR|GOV"),
    ("King Hussein|person|JOR|GOV", "King Hassan|person|MAR|GOV"),
    # bodies that every country has
    ("Supreme Court|organisation|USA|JUD", "Supreme Court|organisation|IND|JUD"),
    ("Supreme Court|organisation|USA|JUD", "Supreme Court|organisation||JUD"),
    ("Supreme Court|organisation||JUD", "Supreme Court|organisation||JUD"),
    ("Ministry of Justice|organisation|POL|GOV", "Ministry of Defence|organisation|POL|GOV"),
    ("Labour Party|organisation|GBR|PTY", "Liberal Party|organisation|GBR|PTY"),
    ("Labour Party|organisation|GBR|PTY", "Labour Party|organisation|NZL|PTY"),
    ("Washington|person|USA|GOV", "Washington|organisation|USA|GOV"),
    # descriptions
    ("police|group|BLR|COP", "police|group|RUS|COP"),
    ("police|group|BLR|COP", "police|group||COP"),
    ("police|group||COP", "police|group||COP"),
    ("protesters|group|BLR|CVL", "students|group|BLR|CVL"),
    ("protesters|group|BLR|CVL", "protesters|group|BLR|OPP"),
    ("a police officer|person|BLR|COP", "a police officer|person|BLR|COP"),
    ("spokesman|person|GBR|GOV", "spokesman|person|GBR|GOV"),
    ("British home secretary|person|GBR|GOV", "British home secretary|person|GBR|GOV"),
    ("court|organisation|GBR|JUD", "court|organisation|GBR|JUD"),
    ("British newspaper|organisation|GBR|JRN", "British newspaper|organisation|GBR|JRN"),
    ("Brown's aides|group|GBR|GOV", "Blair's aides|group|GBR|GOV"),
    ("Brown's aides|group|GBR|GOV", "Brown's aides|group|GBR|GOV"),
    ("those detained|group|GBR|CVL", "those detained|group|GBR|CVL"),
    ("American|person|USA|CVL", "American|person|USA|CVL"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_over_reports(desk: Desk, one: str, other: str) -> None:
    for k, people in enumerate(((one,), (other,))):
        desk.put(report(f"r{k}", people))
    assert desk.one("SELECT count(*) FROM actor") == 1
    assert desk.rows("SELECT why <> '' FROM report_actor ORDER BY id") == [(0,), (1,)]


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_over_reports(desk: Desk, one: str, other: str) -> None:
    first, second = report("r1", [one]), report("r2", [other])
    desk.put(first)
    desk.put(second)
    assert desk.who(first) != desk.who(second)
    assert desk.rows("SELECT why FROM report_actor") == [("",), ("",)]


@pytest.mark.parametrize("pair", [pair for pair in APART if "," not in pair[0]])
def test_two_in_the_other_order_as_well(desk: Desk, pair: tuple[str, str]) -> None:
    for k, words in enumerate(reversed(pair)):
        desk.put(report(f"r{k}", [words]))
    assert desk.one("SELECT count(*) FROM actor") == 2


def test_the_fullest_name_and_the_sector_of_most_reports(desk: Desk) -> None:
    for k, words in enumerate(
        ("George Bush|person|USA|GOV", "President George W. Bush|person|USA|GOV", "George W. Bush|person||ELI")
    ):
        desk.put(report(f"r{k}", [words]))
    assert desk.rows("SELECT name, kind, country, sector, named, reports FROM actor") == [
        ("George W. Bush", "person", "USA", "GOV", 1, 3)
    ]
    assert desk.rows("SELECT name, folded, reports FROM actor_name ORDER BY name") == [
        ("George Bush", "george bush", 1),
        ("George W. Bush", "george w bush", 1),
        ("President George W. Bush", "george w bush", 1),
    ]


def test_a_state_keeps_its_own_name_and_has_those_of_its_capital(desk: Desk) -> None:
    text = "Moscow and the Kremlin spoke; the Russian side agreed."
    spans = ((0, 6), (11, 22), (34, 41))
    doc = report("r1", [], text=text)
    desk.put(
        type(doc)(
            **{f: getattr(doc, f) for f in doc.__slots__} | {"actors": (actor("Russia|state|RUS|GOV", 1, spans),)}
        )
    )
    assert desk.rows("SELECT name FROM actor_name ORDER BY name") == [("Kremlin",), ("Moscow",), ("Russia",)]
    assert desk.one("SELECT name FROM actor") == "Russia"


def test_an_acronym_that_a_report_explains_finds_the_body_later(desk: Desk) -> None:
    text = "The Free Harbour Front (FHF) met."
    doc = report("r1", [], text=text)
    front = actor("Free Harbour Front|organisation|POL|PTY", 1, ((4, 22), (24, 27)))
    desk.put(type(doc)(**{f: getattr(doc, f) for f in doc.__slots__} | {"actors": (front,)}))
    desk.put(report("r2", ["FHF|organisation|POL|PTY"]))
    desk.put(report("r3", ["FHF|organisation|CZE|PTY"]))
    assert desk.rows("SELECT name, country, reports FROM actor ORDER BY id") == [
        ("Free Harbour Front", "POL", 2),
        ("FHF", "CZE", 1),
    ]


def test_descriptions_are_not_named(desk: Desk) -> None:
    desk.put(
        report("r1", ["three officers|group|BLR|COP", "a police officer|person|BLR|COP", "Ann Hill|person|GBR|LEG"])
    )
    assert desk.rows("SELECT name, named FROM actor ORDER BY id") == [
        ("officers", 0), ("a police officer", 0), ("Ann Hill", 1),
    ]  # fmt: skip


def test_two_of_one_report_are_two(desk: Desk) -> None:
    first = report("r1", ["George Bush|person|USA|GOV"])
    both = report("r2", ["George H. W. Bush|person|USA|ELI", "George W. Bush|person|USA|GOV"])
    desk.put(first)
    desk.put(both)
    assert desk.who(both, "a1") != desk.who(both, "a2")


def test_the_very_name_comes_before_a_like_one_whatever_the_order(desk: Desk) -> None:
    known = report("r1", ["George W. Bush|person|USA|GOV"])
    both = report("r2", ["George Bush|person|USA|ELI", "George W. Bush|person|USA|GOV"])
    desk.put(known)
    desk.put(both)
    assert desk.who(both, "a2") == desk.who(known)
    assert desk.who(both, "a1") != desk.who(known)


def test_who_may_be_either_of_two_is_neither(desk: Desk) -> None:
    desk.put(report("r1", ["George W. Bush|person|USA|GOV"]))
    desk.put(report("r2", ["George H. W. Bush|person|USA|GOV"]))
    unclear = report("r3", ["George Bush|person|USA|GOV"])
    desk.put(unclear)
    assert desk.one("SELECT count(*) FROM actor") == 3


def test_a_name_that_contradicts_another_of_the_same_actor_is_not_joined(desk: Desk) -> None:
    for k, name in enumerate(("George W. Bush", "George Bush", "George H. W. Bush")):
        desk.put(report(f"r{k}", [f"{name}|person|USA|GOV"]))
    assert desk.rows("SELECT name, reports FROM actor ORDER BY id") == [("George W. Bush", 2), ("George H. W. Bush", 1)]


def test_a_bare_surname_joins_the_same_bare_surname_of_the_same_office(desk: Desk) -> None:
    first = report("r1", ["Armstrong|person|GBR|GOV"], titles={"a1": "transport minister"})
    same = report("r2", ["Armstrong|person|GBR|GOV"], titles={"a1": "Transport Minister"})
    other = report("r3", ["Armstrong|person|GBR|GOV"], titles={"a1": "health minister"})
    for doc in (first, same, other):
        desk.put(doc)
    assert desk.who(first) == desk.who(same) != desk.who(other)
    assert desk.rows("SELECT why FROM report_actor ORDER BY id")[1] == ("same name, country, sector and office",)


def test_a_bare_surname_joins_within_a_story_only_where_all_agrees(desk: Desk) -> None:
    docs = [
        report(f"r{k}", [words])
        for k, words in enumerate(("Armstrong|person|GBR|GOV", "Armstrong|person|GBR|GOV", "Armstrong|person|GBR|JRN"))
    ]
    for doc in docs:
        desk.put(doc, story=1)
    assert desk.who(docs[0]) == desk.who(docs[1]) != desk.who(docs[2])


def test_a_leader_known_by_one_name_needs_no_more(desk: Desk) -> None:
    for k in range(2):
        desk.put(report(f"r{k}", ["Najibullah|person|AFG|GOV"]))
    assert desk.one("SELECT count(*) FROM actor") == 1


def test_a_common_name_joins_by_office_not_by_walk_of_life_where_offices_differ(desk: Desk) -> None:
    first = report("r1", ["John Smith|person|USA|CVL"], titles={"a1": "head of Acme"})
    same = report("r2", ["John Smith|person|USA|BUS"], titles={"a1": "head of Acme"})
    other = report("r3", ["John Smith|person|USA|BUS"], titles={"a1": "farmer"})
    desk.put(first, story=1)
    desk.put(same, story=2)
    desk.put(other, story=3)
    assert desk.who(first) == desk.who(same)
    assert desk.who(other) != desk.who(same)


def test_the_users_own_actor_wins(desk: Desk) -> None:
    before = report("r0", ["Free Harbour Front|organisation|POL|PTY"])
    desk.put(before)
    desk.db.execute("INSERT INTO own_actor (id, name, kind) VALUES (7, 'Free Harbour Front', 'organisation')")
    desk.db.execute("INSERT INTO own_actor_name VALUES (7, 'The Harbour Men')")
    docs = [
        report("r1", ["Free Harbour Front|organisation|POL|PTY"]),
        report("r2", ["The Harbour Men|group|DEU|REB"]),
        report("r3", ["the harbour men|group|DEU|REB"]),
    ]
    for doc in docs:
        desk.put(doc)
    assert {desk.who(doc) for doc in docs} == {desk.who(before)}
    assert desk.rows("SELECT name, own, reports FROM actor") == [("Free Harbour Front", 7, 4)]


def test_events_follow_a_country_that_is_learnt_later(desk: Desk) -> None:
    first = report("r1", ["Amina Okoye|person||OPP", "Russia|state|RUS|GOV"], events=(event(["a1"], ["a2"]),))
    desk.put(first)
    assert desk.rows("SELECT actor_country FROM dyad") == []
    desk.put(report("r2", ["Amina Okoye|person|NGA|OPP"]))
    assert desk.rows("SELECT country FROM party WHERE side = 'actor'") == [("NGA",)]
    assert desk.rows("SELECT actor_country, recipient_country FROM dyad") == [("NGA", "RUS")]


def quarrel(name: str, who: str, **fields: str) -> object:
    return report(
        name,
        [who, "Belarus|state|BLR|GOV"],
        events=(event(["a1"], ["a2"]),),
        pledges=(pledge("a loan of $1bn", amount=1e9, currency="USD"),),
        **fields,  # type: ignore[arg-type]
    )


def test_merge_and_split_keep_everything_true_and_hold(desk: Desk) -> None:
    one = quarrel("r1", "Ann Hill|person|GBR|LEG", published="2020-01-01")
    two = quarrel("r2", "Anna Hillman|person|USA|BUS", published="2020-06-01")
    for doc in (one, two):
        desk.put(doc)  # type: ignore[arg-type]
    a, b = desk.who(one), desk.who(two)  # type: ignore[arg-type]
    assert a != b
    assert actors.merge(desk.db, b, a, "she married") == a
    desk.sound()
    assert desk.rows("SELECT DISTINCT actor FROM party WHERE side = 'actor'") == [(a,)]
    assert desk.rows("SELECT DISTINCT actor FROM pledge_party WHERE side = 'promiser'") == [(a,)]
    assert desk.one("SELECT reports FROM actor WHERE id = ?", a) == 2
    assert desk.one("SELECT count(*) FROM actor WHERE id = ?", b) == 0
    for doc in (two, one, two):
        desk.again(doc)  # type: ignore[arg-type]
        desk.sound()
    assert desk.who(one) == desk.who(two)  # type: ignore[arg-type]
    assert "she married" in desk.one("SELECT group_concat(why) FROM report_actor")
    report_actor = desk.one("SELECT id FROM report_actor WHERE name = 'Anna Hillman'")
    new = actors.split(desk.db, report_actor, "two women after all")
    desk.sound()
    assert desk.rows("SELECT name, country, sector, reports FROM actor WHERE id = ?", new) == [
        ("Anna Hillman", "USA", "BUS", 1)
    ]
    for doc in (one, two, one):
        desk.again(doc)  # type: ignore[arg-type]
    assert desk.who(one) != desk.who(two)  # type: ignore[arg-type]


def test_split_of_namesakes_holds_when_either_is_coded_anew(desk: Desk) -> None:
    docs = [report(f"r{k}", ["Amina Okoye|person|NGA|GOV"]) for k in range(4)]
    for doc in docs:
        desk.put(doc)
    assert len({desk.who(doc) for doc in docs}) == 1
    number = desk.one("SELECT id FROM report_actor WHERE document = ?", desk.number(docs[2]))
    actors.split(desk.db, number, "the other one")
    for doc in (docs[0], docs[2], docs[3], docs[2]):
        desk.again(doc)
        desk.sound()
        assert desk.who(docs[0]) == desk.who(docs[1]) == desk.who(docs[3]) != desk.who(docs[2])


def test_a_decision_holds_where_ids_in_the_document_have_changed(desk: Desk) -> None:
    docs = [report(f"r{k}", ["Amina Okoye|person|NGA|GOV"]) for k in range(2)]
    for doc in docs:
        desk.put(doc)
    actors.split(desk.db, desk.one("SELECT id FROM report_actor WHERE document = 2"), "")
    anew = report("r1", ["Nigeria|state|NGA|GOV", "Amina Okoye|person|NGA|GOV"])
    desk.again(anew)
    assert desk.who(docs[0]) != desk.who(anew, "a2")


def test_imported_events_follow_a_merge(desk: Desk) -> None:
    desk.put(report("r1", ["Ann Hill|person|GBR|LEG"]))
    desk.db.execute(
        "INSERT INTO actor (id, name, kind, country, named, data_set)"
        " VALUES (9, 'A. Hill', 'person', 'GBR', 1, 'icews')"
    )
    desk.db.execute(
        "INSERT INTO event (id, contexts, status, magnitude, confidence, cameo, quad, goldstein, reports, sources,"
        " data_set) VALUES (5, '[]', 'occurred', '{}', 1, '010', 1, 0, 1, 1, 'icews')"
    )
    desk.db.execute("INSERT INTO party (event, side, position, actor, country) VALUES (5, 'actor', 0, 9, 'GBR')")
    assert actors.merge(desk.db, 1, 9, "") == 1
    assert desk.rows("SELECT actor, country, sector FROM party") == [(1, "GBR", "LEG")]
    desk.db.execute("DELETE FROM party")


def test_reports_never_join_an_imported_actor(desk: Desk) -> None:
    desk.db.execute(
        "INSERT INTO actor (id, name, kind, country, sector, named, data_set)"
        " VALUES (1, 'Ann Hill', 'person', 'GBR', 'LEG', 1, 'icews')"
    )
    desk.db.execute("INSERT INTO actor_name VALUES (1, 1, 'Ann Hill', 'ann hill', 'HL AN', 1)")
    doc = report("r1", ["Ann Hill|person|GBR|LEG"])
    desk.put(doc)
    assert desk.who(doc) != 1


def test_what_cannot_be_split_or_merged(desk: Desk) -> None:
    desk.put(report("r1", ["Ann Hill|person|GBR|LEG"]))
    with pytest.raises(QueryError, match="nothing to split"):
        actors.split(desk.db, 1, "")
    with pytest.raises(QueryError, match="no report 99"):
        actors.split(desk.db, 99, "")
    with pytest.raises(QueryError, match="no actor 99"):
        actors.merge(desk.db, 1, 99, "")
    with pytest.raises(QueryError, match="with itself"):
        actors.merge(desk.db, 1, 1, "")


POOL = [
    "Russia|state|RUS|GOV", "Moscow|state|RUS|GOV", "police|group|BLR|COP", "two police|group|BLR|COP",
    "Bill Clinton|person|USA|GOV", "William Clinton|person|USA|ELI", "Hillary Clinton|person|USA|GOV",
    "Clinton|person|USA|GOV", "Bill Clinton|person||", "Supreme Court|organisation|USA|JUD",
    "Supreme Court|organisation||JUD", "a man|person|USA|CVL",
]  # fmt: skip
REPORTS = st.lists(st.lists(st.sampled_from(POOL), min_size=1, max_size=3, unique=True), min_size=1, max_size=5)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(REPORTS, st.randoms(use_true_random=False))
def test_leaving_undoes_joining(tmp_path_factory: pytest.TempPathFactory, people: list[list[str]], rng: object) -> None:
    desk = Desk(tmp_path_factory.mktemp("store") / "news.db")
    docs = [report(f"r{k}", names) for k, names in enumerate(people)]
    for doc in docs[:-1]:
        desk.put(doc)
    before = desk.content()
    desk.put(docs[-1])
    desk.sound()
    desk.out(docs[-1])
    assert desk.content() == before
    rng.shuffle(docs)  # type: ignore[attr-defined]
    for doc in docs:
        if desk.one("SELECT count(*) FROM document WHERE hash = ?", doc.id):
            desk.out(doc)
            desk.sound()
    assert desk.one("SELECT count(*) FROM actor") == desk.one("SELECT count(*) FROM actor_name") == 0
    desk.db.close()


@settings(max_examples=10, deadline=None)
@given(REPORTS)
def test_the_same_reports_give_the_same_store(
    tmp_path_factory: pytest.TempPathFactory, people: list[list[str]]
) -> None:
    contents = []
    for _ in range(2):
        desk = Desk(tmp_path_factory.mktemp("store") / "news.db")
        for k, names in enumerate(people):
            desk.put(report(f"r{k}", names))
        contents.append(desk.content())
        desk.db.close()
    assert contents[0] == contents[1]


@pytest.mark.parametrize(
    ("words", "described"),
    [
        ("Tony Blair|person|GBR|GOV", False),
        ("Blair's spokesman|person|GBR|GOV", True),
        ("Police|group|GBR|COP", True),
        ("Commission for Africa|organisation|GBR|GOV", False),
        ("G8 group of wealthy nations|group||GOV", True),
        ("al-Qaeda|organisation|ISM|REB", False),
        ("", True),
    ],
)
def test_descriptions(words: str, described: bool) -> None:
    assert is_description(actor(words)) is described


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("several hundred protesters|group|BLR|CVL", "=BLR CVL some protesters"),
        ("Belarusian riot police|group|BLR|COP", "=BLR COP some riot police"),
        ("1.1 and 1.5 million people|group|GBR|CVL", "=GBR CVL some people"),
        ("Scotland|state|GBR|GOV", "=GBR GOV state scotland"),
        ("London|state|GBR|GOV", "=GBR GOV state"),
    ],
)
def test_what_is_one_for_a_country_and_sector(words: str, key: str) -> None:
    assert identity(actor(words)).key == key


def test_finding_somebody_reads_no_table_from_end_to_end(desk: Desk) -> None:
    desk.put(report("r0", ["Bill Clinton|person|USA|GOV", "Supreme Court|organisation|USA|JUD"]))
    scans: list[str] = []

    def plan(statement: str) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)

    asked: list[str] = []
    desk.db.set_trace_callback(plan)
    desk.put(
        report(
            "r1",
            [
                "W. Clinton|person|USA|GOV",
                "Supreme Court|organisation||JUD",
                "police|group|USA|COP",
                "Hill|person|USA|GOV",
            ],
            titles={"a1": "president", "a4": "sheriff"},
            pledges=(pledge("a loan of $1bn", amount=1e9),),
        ),
        story=1,
    )
    desk.db.set_trace_callback(None)
    assert len(asked) > 15
    for statement in asked:
        if " event" in statement or ("party" in statement.split("WHERE")[0] and "pledge" not in statement):
            continue
        for step in desk.db.execute(f"EXPLAIN QUERY PLAN {statement}"):
            detail = step["detail"]
            if detail.startswith("SCAN") and not detail.startswith(
                ("SCAN latest", "SCAN d", "SCAN n", "SCAN CONSTANT")
            ):
                scans.append(f"{detail}: {statement}")
    assert scans == []
