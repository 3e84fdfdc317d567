"""The joined row of an event, computed from its reports: the best report's values, what others add, who takes part."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from whowhom.store.sources import independent
from whowhom.store.traits_when import days

_SIDES = ("actor", "recipient")


def recompute(db: sqlite3.Connection, event: int) -> None:
    """Make event, party and dyad say what the event's reports say; an event without any report is deleted.

    Imported events have no reports here: of these only the dyads are made anew.
    """
    kept = db.execute("SELECT data_set FROM event WHERE id = ?", (event,)).fetchone()
    if kept is None:
        return
    if kept["data_set"] is not None:
        _write_dyads(db, event)
        return
    told = db.execute(
        'SELECT r.*, r."end" AS last, d.published FROM report_event r JOIN document d ON d.id = r.document'
        " WHERE r.event = ? ORDER BY r.confidence DESC, r.id",
        (event,),
    ).fetchall()
    if not told:
        db.execute("DELETE FROM event WHERE id = ?", (event,))
        return
    best, documents = told[0], {row["document"] for row in told}
    coded = next((row for row in told if row["mode"] and row["type"] == best["type"]), best)
    dated = max((row for row in told), key=lambda row: len(row["start"] or ""))  # the first of the most precise
    placed = _placed(told)
    date = _day(dated["start"]) or _day(min((row["published"] for row in told if row["published"]), default=None))
    db.execute(
        'UPDATE event SET type = ?, mode = ?, contexts = ?, start = ?, "end" = ?, date = ?, place = ?,'
        " place_country = ?, geonames_id = ?, lat = ?, lon = ?, status = ?, magnitude = ?, confidence = ?, cameo = ?,"
        " quad = ?, goldstein = ?, reports = ?, sources = ? WHERE id = ?",
        (
            best["type"], coded["mode"], _contexts(told), dated["start"], dated["last"], date, placed["place"],
            placed["place_country"], placed["geonames_id"], placed["lat"], placed["lon"], best["status"],
            _magnitude(told), best["confidence"], coded["cameo"], coded["quad"], coded["goldstein"], len(documents),
            independent(db, documents), event,
        ),
    )  # fmt: skip
    _write_parties(db, event)
    _write_dyads(db, event)


def _placed(told: Sequence[sqlite3.Row]) -> sqlite3.Row:
    """The first report with a place on the map, else with a place, else the first."""
    return next(
        (row for row in told if row["lat"] is not None),
        next((row for row in told if row["place"] is not None), told[0]),
    )


def _day(value: str | None) -> str | None:
    """The first day of an ISO date of any precision."""
    return days(value)[0].isoformat() if value else None


def _contexts(told: Iterable[sqlite3.Row]) -> str:
    return json.dumps(list(dict.fromkeys(one for row in told for one in json.loads(row["contexts"]))))


def _magnitude(told: Sequence[sqlite3.Row]) -> str:
    """By kind the range over all reports that count in the same currency, in the words of the latest."""
    out: dict[str, dict[str, Any]] = {}
    in_time = sorted(told, key=lambda row: (row["published"] or "", row["id"]))
    figures = [json.loads(row["magnitude"]) for row in in_time]
    for kind in dict.fromkeys(kind for one in figures for kind in one):
        given = [one[kind] for one in figures if kind in one]
        latest = given[-1]
        given = [one for one in given if one.get("currency") == latest.get("currency")]
        out[kind] = {
            "low": min((one["low"] for one in given if one["low"] is not None), default=None),
            "high": max((one["high"] for one in given if one["high"] is not None), default=None),
            "text": latest["text"],
            "currency": latest.get("currency"),
        }
    return json.dumps(out, ensure_ascii=False)


def _write_parties(db: sqlite3.Connection, event: int) -> None:
    """Everybody whom a report names, in the order of the reports, each once and on one side.

    A description ("protesters") gives way to a named actor of its country, and to the description of another report
    that has its country and sector.
    """
    sides: dict[str, list[tuple[int, sqlite3.Row]]] = {side: [] for side in _SIDES}
    seen: set[int] = set()
    for row in db.execute(
        "SELECT p.report_event, p.side, a.id, a.named, a.country, a.sector FROM report_event e"
        " JOIN report_party p ON p.report_event = e.id JOIN report_actor r ON r.id = p.actor"
        " JOIN actor a ON a.id = r.actor WHERE e.event = ? ORDER BY e.confidence DESC, e.id, p.side, p.position",
        (event,),
    ):
        if row["id"] not in seen:
            seen.add(row["id"])
            sides[row["side"]].append((row["report_event"], row))
    db.execute("DELETE FROM party WHERE event = ?", (event,))
    for side, found in sides.items():
        kept = [row for report, row in found if not _said_better(report, row, found)]
        add_parties(db, event, side, [(row["id"], row["country"], row["sector"]) for row in kept])


def add_parties(
    db: sqlite3.Connection, event: int, side: str, parties: Iterable[tuple[int, str | None, str | None]]
) -> None:
    """Enter the parties of a side, each with actor, country and sector; the event's row must be as it is to be."""
    db.executemany(
        "INSERT INTO party (event, side, position, actor, country, sector, date, type, quad, precision, goldstein)"
        " SELECT id, ?, ?, ?, ?, ?, date, type, quad, length(coalesce(start, date)), goldstein FROM event WHERE id = ?",
        [(side, k, *party, event) for k, party in enumerate(parties)],
    )


def _said_better(report: int, row: sqlite3.Row, found: Sequence[tuple[int, sqlite3.Row]]) -> bool:
    """Whether another report names whom this one describes."""
    if row["named"]:
        return False
    for other_report, other in found:
        if other["id"] == row["id"]:
            return any(r["named"] and r["country"] == row["country"] for o, r in found if o != report)
        if other_report != report and other["country"] == row["country"]:
            if other["named"] or other["sector"] == row["sector"]:
                return True
    return False


def _write_dyads(db: sqlite3.Connection, event: int) -> None:
    """The pairs of countries of who does it and to whom; of what has actors alone and goes both ways, those of all."""
    db.execute("DELETE FROM dyad WHERE event = ?", (event,))
    db.execute(
        "INSERT INTO dyad (actor_country, recipient_country, date, precision, event, quad, goldstein)"
        " SELECT DISTINCT a.country, r.country, coalesce(e.date, ''), coalesce(length(coalesce(e.start, e.date)), 0),"
        " e.id, e.quad, e.goldstein FROM event e JOIN party a ON a.event = e.id JOIN party r ON r.event = e.id"
        " WHERE e.id = ? AND a.side = 'actor' AND a.country <> r.country AND (r.side = 'recipient'"
        " OR (e.type IN ('CONSULT', 'COOPERATE', 'AGREE') AND r.side = 'actor'"
        " AND NOT EXISTS (SELECT 1 FROM party WHERE event = e.id AND side = 'recipient')))",
        (event,),
    )
