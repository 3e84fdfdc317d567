"""One commitment in several reports is one pledge with a history: joining reports, taking them back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from whowhom.records import Document, Pledge
from whowhom.store.commitments import Commitment, likeness, status_of
from whowhom.store.database import free
from whowhom.store.decisions import decided
from whowhom.store.sources import independent
from whowhom.store.telling import Participant, name_words, stems

_SIDES = ("promiser", "beneficiary")
_MOST = 300  # the latest pledges of somebody that are looked at
_REPORTS = 30  # reports of a pledge that are compared


@dataclass(frozen=True, slots=True)
class _Match:
    score: float
    pledge: int
    why: str


def join(
    db: sqlite3.Connection, document: int, doc: Document, who: dict[str, int], kept: Mapping[str, int] | None = None
) -> None:
    """Insert the document's pledges and join each to the commitment that it tells of, or begin one.

    Args:
        db: the store, in a transaction.
        document: the document's row.
        doc: its records.
        who: `report_actor` row by the document's own actor id.
        kept: by the spans of its evidence as JSON the number that a pledge had before the document was coded anew.
    """
    if not doc.pledges:
        return
    told = [_told(db, document, doc, k, one, who) for k, one in enumerate(doc.pledges, start=1)]
    chosen = _choose(db, doc, told)
    touched = []
    for k, one in enumerate(doc.pledges):
        found = chosen.get(k)
        pledge = found.pledge if found else _begin(db, one, (kept or {}).get(json.dumps(one.evidence)))
        _insert(db, document, k + 1, one, pledge, found.why if found else "", doc.published, who)
        touched.append(pledge)
    for pledge in dict.fromkeys(touched):
        recompute(db, pledge)


def leave(db: sqlite3.Connection, document: int) -> None:
    """Take back what `join` did for a document; a pledge that nobody else tells of goes."""
    touched = _pledges_of(db, document)
    db.execute("DELETE FROM report_pledge WHERE document = ?", (document,))
    for pledge in touched:
        recompute(db, pledge)


def recount(db: sqlite3.Connection, document: int) -> None:
    """Count the sources of a document's pledges anew, after the document was found at a further place."""
    for pledge in _pledges_of(db, document):
        documents = [row[0] for row in db.execute("SELECT document FROM report_pledge WHERE pledge = ?", (pledge,))]
        db.execute("UPDATE pledge SET sources = ? WHERE id = ?", (independent(db, documents), pledge))


def recompute(db: sqlite3.Connection, pledge: int) -> None:
    """Make pledge and pledge_party say what the pledge's reports say; a pledge without any report is deleted.

    The words are those of the report that says most, the amount and the day that of the latest that has one, the status
    what became of it by the latest report.
    """
    told = db.execute(
        "SELECT * FROM report_pledge WHERE pledge = ? ORDER BY coalesce(date, ''), id", (pledge,)
    ).fetchall()
    if not told:
        db.execute("DELETE FROM pledge WHERE id = ?", (pledge,))
        return
    documents = {row["document"] for row in told}
    kind = next((row["kind"] for row in told if row["kind"] != "other"), "other")
    best = max(
        told, key=lambda row: (row["kind"] == kind, row["amount"] is not None, min(len(row["what"]), 120), -row["id"])
    )
    paid = next((row for row in reversed(told) if row["amount"] is not None), best)
    due = next((row["due"] for row in reversed(told) if row["due"] is not None), None)
    dates = [row["date"] for row in told if row["date"]]
    db.execute(
        "UPDATE pledge SET kind = ?, what = ?, amount = ?, currency = ?, due = ?, status = ?, first = ?, last = ?,"
        " reports = ?, sources = ? WHERE id = ?",
        (
            kind, best["what"], paid["amount"], paid["currency"], due,
            status_of([(row["date"], row["status"]) for row in told]), min(dates, default=None),
            max(dates, default=None), len(documents), independent(db, documents), pledge,
        ),
    )  # fmt: skip
    _write_parties(db, pledge, [int(row["id"]) for row in told])


def _write_parties(db: sqlite3.Connection, pledge: int, reports: list[int]) -> None:
    """Everybody whom a report names, each once and on one side; a description gives way to a name of its country."""
    sides: dict[str, dict[int, sqlite3.Row]] = {side: {} for side in _SIDES}
    for report in reports:
        for row in db.execute(
            "SELECT p.side, a.id, a.named, a.country, a.sector FROM report_pledge_party p"
            " JOIN report_actor r ON r.id = p.actor JOIN actor a ON a.id = r.actor WHERE p.report_pledge = ?"
            " ORDER BY p.side DESC, p.position",
            (report,),
        ):
            if not any(row["id"] in side for side in sides.values()):
                sides[row["side"]][row["id"]] = row
    db.execute("DELETE FROM pledge_party WHERE pledge = ?", (pledge,))
    for side, found in sides.items():
        named = {row["country"] for row in found.values() if row["named"]}
        kept = [row for row in found.values() if row["named"] or row["country"] not in named]
        db.executemany(
            "INSERT INTO pledge_party (pledge, side, position, actor, country, sector) VALUES (?, ?, ?, ?, ?, ?)",
            [(pledge, side, k, row["id"], row["country"], row["sector"]) for k, row in enumerate(kept)],
        )


def _told(
    db: sqlite3.Connection, document: int, doc: Document, number: int, one: Pledge, who: dict[str, int]
) -> Commitment:
    story = db.execute("SELECT story FROM document WHERE id = ?", (document,)).fetchone()[0]
    sides = [
        tuple(who[local] for local in dict.fromkeys(ids) if local in who) for ids in (one.promiser, one.beneficiary)
    ]
    promisers, beneficiaries = (tuple(_participant(db, report) for report in side) for side in sides)
    return Commitment(
        document, number, story, one.kind, _content(one.what, promisers + beneficiaries), one.amount, one.currency,
        one.due, one.status, doc.published, promisers, beneficiaries,
    )  # fmt: skip


def _participant(db: sqlite3.Connection, report: int) -> Participant:
    row = db.execute(
        "SELECT a.id, r.name, a.kind, a.country, a.sector, a.named FROM report_actor r JOIN actor a ON a.id = r.actor"
        " WHERE r.id = ?",
        (report,),
    ).fetchone()
    return Participant(row["id"], row["name"], row["kind"], row["country"], row["sector"], bool(row["named"]))


def _content(what: str, parties: tuple[Participant, ...]) -> frozenset[str]:
    names = frozenset(word for party in parties for word in name_words(party.name))
    return stems(what, names)


def _stored(db: sqlite3.Connection, pledge: int) -> list[Commitment]:
    """What the reports of a pledge say, the latest ones."""
    out = []
    for row in db.execute(
        "SELECT g.*, d.story FROM report_pledge g JOIN document d ON d.id = g.document WHERE g.pledge = ?"
        " ORDER BY g.id DESC LIMIT ?",
        (pledge, _REPORTS),
    ).fetchall():
        parties: dict[str, list[Participant]] = {side: [] for side in _SIDES}
        for side, report in db.execute(
            "SELECT side, actor FROM report_pledge_party WHERE report_pledge = ? ORDER BY side, position", (row["id"],)
        ).fetchall():
            parties[side].append(_participant(db, report))
        promisers, beneficiaries = (tuple(parties[side]) for side in _SIDES)
        out.append(
            Commitment(
                row["document"], row["number"], row["story"], row["kind"],
                _content(row["what"], promisers + beneficiaries), row["amount"], row["currency"], row["due"],
                row["status"], row["date"], promisers, beneficiaries,
            )
        )  # fmt: skip
    return out


def _choose(db: sqlite3.Connection, doc: Document, told: list[Commitment]) -> dict[int, _Match]:
    """For each pledge of a report the one in the store that it is, best matches first; two of a report are two."""
    held: dict[int, list[Commitment]] = {}
    found: list[tuple[float, int, int, str]] = []
    together, apart = _decided(db, doc)
    for k, one in enumerate(told):
        for pledge in _candidates(db, one):
            if pledge in apart.get(k + 1, ()):
                continue
            if pledge not in held:
                held[pledge] = _stored(db, pledge)
            alike = _against(one, held[pledge])
            if alike is not None:
                found.append((-alike[0], k, pledge, alike[1]))
    chosen = {k - 1: _Match(0.0, pledge, "merged by hand") for k, pledge in together.items() if k <= len(told)}
    taken = {one.pledge for one in chosen.values()}
    for score, k, pledge, why in sorted(found):
        if k not in chosen and pledge not in taken:
            chosen[k] = _Match(-score, pledge, why)
            taken.add(pledge)
    return chosen


def _against(one: Commitment, others: list[Commitment]) -> tuple[float, str] | None:
    """The likeness to the most alike report; None where none is alike, or one contradicts it in amount or promiser."""
    best: tuple[float, str] | None = None
    for other in others:
        found = likeness(one, other)
        if found.vetoed:
            return None
        if found.alike and (best is None or found.score > best[0]):
            best = found.score, found.why
    return best


def _candidates(db: sqlite3.Connection, one: Commitment) -> list[int]:
    """The latest pledges of the promisers, of their country and sector, and to the beneficiaries."""
    tests: dict[tuple[str, tuple[int | str | None, ...]], None] = {}
    for party in (*one.promisers, *one.beneficiaries):
        tests["actor = ?", (party.actor,)] = None
    for party in one.promisers:
        if party.country is not None:
            tests["country = ? AND sector IS ?", (party.country, party.sector)] = None
    found: set[int] = set()
    for test, wanted in tests:
        question = f"SELECT DISTINCT pledge FROM pledge_party WHERE {test} ORDER BY pledge DESC LIMIT ?"
        found.update(row[0] for row in db.execute(question, (*wanted, _MOST)))
    return sorted(found)


def _decided(db: sqlite3.Connection, doc: Document) -> tuple[dict[int, int], dict[int, set[int]]]:
    """What people decided on a document's pledges, by their number: the pledge that each is, those that it is not."""
    together: dict[int, int] = {}
    apart: dict[int, set[int]] = {}
    for verdict, mine, other, _ in decided(db, "pledge", doc.id):
        row = db.execute(
            "SELECT g.pledge FROM document d JOIN report_pledge g ON g.document = d.id"
            " WHERE d.hash = ? AND g.number = ?",
            (other["document"], other["number"]),
        ).fetchone()
        if row is None:
            continue
        number, pledge = int(mine["number"]), int(row[0])
        if verdict == "together":
            together[number] = pledge
            apart.get(number, set()).discard(pledge)
        else:
            apart.setdefault(number, set()).add(pledge)
            if together.get(number) == pledge:
                del together[number]
    return together, apart


def _begin(db: sqlite3.Connection, one: Pledge, kept: int | None) -> int:
    cursor = db.execute(
        "INSERT INTO pledge (id, kind, what, status, reports, sources) VALUES (?, ?, ?, ?, 0, 0)",
        (free(db, "pledge", kept), one.kind, one.what, one.status),
    )
    return int(cursor.lastrowid or 0)


def _insert(
    db: sqlite3.Connection, document: int, number: int, one: Pledge, pledge: int, why: str, date: str | None,
    who: dict[str, int],
) -> None:  # fmt: skip
    cursor = db.execute(
        "INSERT INTO report_pledge (document, number, pledge, why, kind, what, amount, currency, due, status, date,"
        " evidence, rule) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document, number, pledge, why, one.kind, one.what, one.amount, one.currency, one.due, one.status, date,
            json.dumps(one.evidence), one.rule,
        ),
    )  # fmt: skip
    for side, ids in zip(_SIDES, (one.promiser, one.beneficiary), strict=True):
        present = [who[local] for local in dict.fromkeys(ids) if local in who]
        db.executemany(
            "INSERT INTO report_pledge_party (report_pledge, side, position, actor) VALUES (?, ?, ?, ?)",
            [(cursor.lastrowid, side, position, actor) for position, actor in enumerate(present)],
        )


def _pledges_of(db: sqlite3.Connection, document: int) -> list[int]:
    rows = db.execute("SELECT DISTINCT pledge FROM report_pledge WHERE document = ? ORDER BY pledge", (document,))
    return [int(row[0]) for row in rows]
