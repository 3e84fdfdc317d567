"""One commitment over several reports: which are one, which must never be, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joining_desk import Desk, pledge, report

from whowhom.records import Document
from whowhom.store import pledges
from whowhom.store.commitments import status_of

RUSSIA, BELARUS, POLAND = "Russia|state|RUS|GOV", "Belarus|state|BLR|GOV", "Poland|state|POL|GOV"
PUTIN, LAVROV = "Vladimir Putin|person|RUS|GOV", "Sergei Lavrov|person|RUS|GOV"
LUKASHENKO, TIKHANOVSKAYA = "Alexander Lukashenko|person|BLR|GOV", "Svetlana Tikhanovskaya|person|BLR|OPP"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    one = Desk(tmp_path / "news.db")
    yield one
    one.sound()
    one.db.close()


def told(
    name: str, what: str, people: tuple[str, ...] = (RUSSIA, BELARUS), day: str = "2020-09-14", **fields: Any
) -> Document:
    if len(people) == 1:
        fields.setdefault("beneficiary", ())
    return report(name, people, published=day, pledges=(pledge(what, **fields),))


LOAN: dict[str, Any] = {"what": "a $1.5bn loan", "amount": 1.5e9, "currency": "USD"}
SAME: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (LOAN, {**LOAN, "what": "lend Minsk $1.5bn", "day": "2020-09-15"}),
    (LOAN, {**LOAN, "people": (PUTIN, LUKASHENKO)}),
    (LOAN, {**LOAN, "people": (PUTIN,), "what": "a loan of 1.5 billion dollars"}),
    (LOAN, {**LOAN, "amount": 1.48e9, "what": "a $1.48bn loan"}),
    (LOAN, {"what": "a loan to Belarus", "day": "2020-09-16"}),
    (LOAN, {**LOAN, "kind": "grant", "what": "$1.5bn of aid"}),
    (LOAN, {**LOAN, "status": "delivered", "day": "2021-06-01"}),
    (
        {"what": "release all political prisoners", "kind": "release", "people": (BELARUS,), "status": "demanded"},
        {"what": "release the political prisoners", "kind": "release", "people": (LUKASHENKO,), "day": "2020-10-01"},
    ),
    (
        {"what": "hold new elections after constitutional reform", "kind": "other", "people": (BELARUS,)},
        {"what": "hold elections after a constitutional reform", "kind": "reform", "people": (BELARUS,)},
    ),
    (
        {"what": "send 300 police reservists", "kind": "troops"},
        {"what": "withdraw the police reservists", "kind": "troops", "status": "withdrawn", "day": "2020-11-01"},
    ),
]
APART: list[tuple[dict[str, Any], dict[str, Any]]] = [
    # amounts
    (LOAN, {**LOAN, "amount": 2e9, "what": "a $2bn loan"}),
    (LOAN, {**LOAN, "amount": 1.6e9, "what": "a $1.6bn loan"}),
    (LOAN, {**LOAN, "currency": "EUR", "what": "a 1.5bn euro loan"}),
    (LOAN, {**LOAN, "amount": 1.5e6, "what": "a $1.5m loan"}),
    # promisers
    (LOAN, {**LOAN, "people": (POLAND, BELARUS)}),
    (LOAN, {**LOAN, "people": ("Gazprom|organisation|RUS|BUS", BELARUS)}),
    ({**LOAN, "people": (PUTIN, BELARUS)}, {**LOAN, "people": (LAVROV, BELARUS)}),
    ({**LOAN, "people": ("Boris Hill|person||GOV", BELARUS)}, {**LOAN, "people": ("Ann Day|person||GOV", BELARUS)}),
    # beneficiaries
    (LOAN, {**LOAN, "people": (RUSSIA, POLAND)}),
    ({**LOAN, "people": (RUSSIA, LUKASHENKO)}, {**LOAN, "people": (RUSSIA, TIKHANOVSKAYA)}),
    # what
    ({"what": "send 300 police reservists", "kind": "troops"}, {"what": "a loan", "kind": "loan"}),
    ({"what": "hold talks on gas prices", "kind": "talks"}, {"what": "talks about border posts", "kind": "talks"}),
    ({"what": "cut taxes", "kind": "other"}, {"what": "build schools", "kind": "other"}),
    (
        {"what": "release political prisoners", "kind": "release", "people": (BELARUS,)},
        {"what": "release price data", "kind": "release", "people": (BELARUS,)},
    ),
    # time
    (
        {"what": "hold talks on gas prices", "kind": "talks"},
        {"what": "hold talks on gas prices", "kind": "talks", "day": "2021-03-01"},
    ),
    ({**LOAN, "due": "2020-12-31"}, {**LOAN, "due": "2022-12-31"}),
    (LOAN, {**LOAN, "day": "2024-01-01"}),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_pledge(desk: Desk, one: dict[str, Any], other: dict[str, Any]) -> None:
    desk.put(told("r1", **one))
    desk.put(told("r2", **other))
    assert desk.rows("SELECT reports, sources FROM pledge") == [(2, 2)]
    assert desk.rows("SELECT why <> '' FROM report_pledge ORDER BY id") == [(0,), (1,)]


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_pledges(desk: Desk, one: dict[str, Any], other: dict[str, Any]) -> None:
    desk.put(told("r1", **one))
    desk.put(told("r2", **other))
    assert desk.one("SELECT count(*) FROM pledge") == 2


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_pledges_in_the_other_order(desk: Desk, one: dict[str, Any], other: dict[str, Any]) -> None:
    desk.put(told("r1", **other))
    desk.put(told("r2", **one))
    assert desk.one("SELECT count(*) FROM pledge") == 2


def test_two_of_one_report_are_two(desk: Desk) -> None:
    both = report("r1", (RUSSIA, BELARUS), pledges=(pledge(**LOAN), pledge(**LOAN)))
    desk.put(both)
    assert desk.one("SELECT count(*) FROM pledge") == 2


def test_a_third_amount_does_not_slip_in_by_a_report_without_amount(desk: Desk) -> None:
    desk.put(told("r1", **LOAN))
    desk.put(told("r2", "a loan to Belarus"))
    desk.put(told("r3", "a $9bn loan", amount=9e9, currency="USD"))
    assert desk.rows("SELECT amount, reports FROM pledge ORDER BY id") == [(1.5e9, 2), (9e9, 1)]


def test_the_joined_row_says_what_its_reports_say(desk: Desk) -> None:
    desk.put(told("r1", "a loan", day="2020-09-14"))
    desk.put(told("r2", people=(PUTIN, BELARUS), day="2020-09-16", due="2020-12", **LOAN))
    assert desk.rows("SELECT kind, what, amount, currency, due, status, first, last FROM pledge") == [
        ("loan", "a $1.5bn loan", 1.5e9, "USD", "2020-12", "pledged", "2020-09-14", "2020-09-16")
    ]
    assert desk.rows(
        "SELECT p.side, a.name, p.country, p.sector FROM pledge_party p JOIN actor a ON a.id = p.actor"
        " ORDER BY p.side DESC, p.position"
    ) == [
        ("promiser", "Russia", "RUS", "GOV"),
        ("promiser", "Vladimir Putin", "RUS", "GOV"),
        ("beneficiary", "Belarus", "BLR", "GOV"),
    ]


def test_a_description_gives_way_to_a_name(desk: Desk) -> None:
    desk.put(told("r1", people=("Russian officials|group|RUS|GOV", BELARUS), **LOAN))
    assert desk.one("SELECT a.name FROM pledge_party p JOIN actor a ON a.id = p.actor") == "Russian officials"
    desk.put(told("r2", people=(PUTIN, BELARUS), **LOAN))
    names = desk.rows("SELECT a.name FROM pledge_party p JOIN actor a ON a.id = p.actor WHERE side = 'promiser'")
    assert names == [("Vladimir Putin",)]


@pytest.mark.parametrize(
    ("history", "status"),
    [
        ([("2020-09-14", "pledged"), ("2020-09-15", "pledged"), ("2020-09-20", "pledged")], "pledged"),
        ([("2020-09-14", "pledged"), ("2020-12-14", "pledged")], "reaffirmed"),
        ([("2020-09-14", "pledged"), ("2020-09-15", "reaffirmed")], "reaffirmed"),
        ([("2020-09-14", "pledged"), ("2021-01-14", "delivered")], "delivered"),
        ([("2020-09-14", "pledged"), ("2021-01-14", "delivered"), ("2021-02-01", "pledged")], "delivered"),
        ([("2020-09-14", "pledged"), ("2020-10-14", "withdrawn")], "withdrawn"),
        ([("2020-09-14", "pledged"), ("2020-10-14", "withdrawn"), ("2020-10-15", "pledged")], "withdrawn"),
        ([("2020-09-14", "pledged"), ("2020-10-14", "withdrawn"), ("2021-03-15", "pledged")], "reaffirmed"),
        ([("2020-09-14", "demanded"), ("2020-09-16", "refused")], "refused"),
        ([("2020-09-14", "demanded"), ("2020-09-16", "pledged")], "pledged"),
        ([("2020-09-14", "refused"), ("2020-09-16", "demanded")], "refused"),
        ([("2020-09", "pledged"), ("2020-09-28", "pledged")], "pledged"),
        ([(None, "pledged"), (None, "pledged")], "pledged"),
    ],
)
def test_what_became_of_it(history: list[tuple[str | None, str]], status: str) -> None:
    assert status_of(history) == status


def test_the_history_is_in_order_of_dates_not_of_reading(desk: Desk) -> None:
    desk.put(told("r2", status="delivered", day="2021-06-01", **LOAN))
    desk.put(told("r1", day="2020-09-14", **LOAN))
    assert desk.rows("SELECT status, first, last FROM pledge") == [("delivered", "2020-09-14", "2021-06-01")]


def test_a_further_place_counts_as_a_source(desk: Desk) -> None:
    one = told("r1", **LOAN)
    two = Document(**{f: getattr(told("r2", **LOAN), f) for f in one.__slots__} | {"publisher": "r1"})
    desk.put(one)
    desk.put(two)
    assert desk.one("SELECT sources FROM pledge") == 1
    desk.db.execute(
        "INSERT INTO sighting (document, source_id, url, publisher) VALUES (?, 'x', '', 'The Other')",
        (desk.number(two),),
    )
    pledges.recount(desk.db, desk.number(two))
    assert desk.one("SELECT sources FROM pledge") == 2


def test_decisions_hold(desk: Desk) -> None:
    one, two = told("r1", **LOAN), told("r2", **LOAN)
    desk.put(one)
    for verdict, count in (("apart", 2), ("together", 1)):
        desk.db.execute(
            "INSERT INTO decision (kind, verdict, one, other, at) VALUES ('pledge', ?, ?, ?, '')",
            (verdict, *(json.dumps({"document": doc.id, "number": 1}) for doc in (two, one))),
        )
        if verdict == "apart":
            desk.put(two)
        else:
            desk.again(two)
        assert desk.one("SELECT count(*) FROM pledge") == count


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(5)), st.integers(1, 4))
def test_leaving_undoes_joining(tmp_path_factory: pytest.TempPathFactory, order: list[int], last: int) -> None:
    pool = [
        told("r0", **LOAN),
        told("r1", "a loan to Belarus", day="2020-09-16"),
        told("r2", people=(PUTIN, LUKASHENKO), status="delivered", day="2021-01-01", **LOAN),
        told("r3", "a $9bn loan", amount=9e9),
        told("r4", "hold talks", kind="talks"),
    ]
    desk = Desk(tmp_path_factory.mktemp("store") / "news.db")
    docs = [pool[k] for k in order]
    for doc in docs[:last]:
        desk.put(doc)
    before = desk.content()
    desk.put(docs[last])
    desk.sound()
    desk.out(docs[last])
    assert desk.content() == before
    for doc in docs[:last]:
        desk.out(doc)
    assert desk.one("SELECT count(*) FROM pledge") == desk.one("SELECT count(*) FROM pledge_party") == 0
    desk.db.close()
