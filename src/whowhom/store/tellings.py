"""What the store holds of tellings: reading them back, and finding those that a new one may repeat."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from whowhom.records import Document, Event, Magnitude, Place
from whowhom.store.likeness import related
from whowhom.store.telling import Participant, Telling, is_sequel, name_words, stems
from whowhom.store.traits_when import WINDOW, days

MOST_CANDIDATES = 40
"""Events that one telling is compared with at most."""
_MOST_FOUND = 1000  # events that one look-up gives at most
_MOST_TELLINGS = 8  # reports of an event that a new one is compared with, surest first
_STORY_DOCUMENTS = 80  # latest documents of a story whose events are looked at


def words_of(text: str, spans: Iterable[Sequence[int]]) -> str:
    """The words at spans, joined."""
    return " ".join(text[start:end] for start, end in spans)


def telling(
    event: Event, doc: Document, document: int, family: int, story: int | None, who: dict[str, Participant]
) -> Telling:
    """The telling of an event of a document that is about to be joined."""
    place = event.place
    return _make(
        words_of(doc.text, event.trigger),
        words_of(doc.text, event.evidence),
        Telling(
            document, family, story, doc.published, event.type, event.mode, event.status, event.start, event.end, place,
            event.magnitude, tuple(who[one] for one in event.actors if one in who),
            tuple(who[one] for one in event.recipients if one in who),
        ),
    )  # fmt: skip


def _make(trigger: str, evidence: str, bare: Telling) -> Telling:
    names = frozenset[str]().union(*(name_words(p.name) for p in (*bare.actors, *bare.recipients) if p.named))
    if bare.place is not None:
        names |= name_words(bare.place.name)
    verb = stems(trigger)
    return Telling(
        bare.document, bare.family, bare.story, bare.published, bare.type, bare.mode, bare.status, bare.start, bare.end,
        bare.place, bare.magnitude, bare.actors, bare.recipients, verb, stems(evidence, names) - verb,
        is_sequel(evidence),
    )  # fmt: skip


def participant(row: sqlite3.Row) -> Participant:
    """Who a row of `report_actor` joined with `actor` is."""
    named = bool(row["named"])
    return Participant(row["id"], row["name"], row["kind"], row["country"], row["sector"], named)


def magnitudes(text: str) -> dict[str, Magnitude]:
    """The magnitudes that a JSON column holds."""
    return {
        kind: Magnitude(one.get("low"), one.get("high"), one.get("text") or "", one.get("currency"))
        for kind, one in json.loads(text).items()
    }


def tellings(db: sqlite3.Connection, event: int) -> list[Telling]:
    """The surest reports of an event."""
    rows = db.execute(
        'SELECT r.*, r."end" AS last, r."trigger" AS verb, d.published, d.story,'
        " coalesce(d.copy_of, d.id) AS family, d.text FROM report_event r JOIN document d ON d.id = r.document"
        " WHERE r.event = ? ORDER BY r.confidence DESC, r.id LIMIT ?",
        (event, _MOST_TELLINGS),
    ).fetchall()
    return [_stored(db, row) for row in rows]


def _stored(db: sqlite3.Connection, row: sqlite3.Row) -> Telling:
    sides: dict[str, list[Participant]] = {"actor": [], "recipient": []}
    for found in db.execute(
        "SELECT p.side, a.id, r.name, a.kind, a.country, a.sector, a.named FROM report_party p"
        " JOIN report_actor r ON r.id = p.actor JOIN actor a ON a.id = r.actor WHERE p.report_event = ?"
        " ORDER BY p.side, p.position",
        (row["id"],),
    ):
        sides[found["side"]].append(participant(found))
    place = None
    if row["place"] is not None:
        place = Place(row["place"], row["place_country"], row["geonames_id"], row["lat"], row["lon"])
    return _make(
        words_of(row["text"], json.loads(row["verb"])),
        words_of(row["text"], json.loads(row["evidence"])),
        Telling(
            row["document"], row["family"], row["story"], row["published"], row["type"], row["mode"], row["status"],
            row["start"], row["last"], place, magnitudes(row["magnitude"]), tuple(sides["actor"]),
            tuple(sides["recipient"]),
        ),
    )  # fmt: skip


def candidates(db: sqlite3.Connection, one: Telling) -> list[int]:
    """The store's own events that a telling may repeat, found by index only: those found in most ways, best first."""
    found: Counter[int] = Counter()
    types = related(one.type)
    marks = ",".join("?" * len(types))
    for (event,) in db.execute(
        "SELECT DISTINCT r.event FROM document d JOIN report_event r ON r.document = d.id"
        " WHERE (d.copy_of = ? OR d.id = ?) AND d.id <> ? AND r.type = ? ORDER BY r.event DESC LIMIT ?",
        (one.family, one.family, one.document, one.type, _MOST_FOUND),
    ):
        found[event] += 9
    if one.story is not None:
        for (event,) in db.execute(
            "SELECT DISTINCT r.event FROM (SELECT id FROM document WHERE story = ? AND id <> ? ORDER BY id DESC"
            f" LIMIT ?) d JOIN report_event r ON r.document = d.id WHERE r.type IN ({marks})"
            " ORDER BY r.event DESC LIMIT ?",
            (one.story, one.document, _STORY_DOCUMENTS, *types, _MOST_FOUND),
        ):
            found[event] += 2
    for first, last in _windows(one):
        for weight, query, values in _lookups(one):
            for (event,) in db.execute(
                f"{query} AND e.data_set IS NULL AND e.type IN ({marks}) ORDER BY e.id DESC LIMIT ?",
                (*values, first, last, *types, _MOST_FOUND),
            ):
                found[event] += weight
    return sorted(found, key=lambda event: (-found[event], -event))[:MOST_CANDIDATES]


def _lookups(one: Telling) -> list[tuple[int, str, tuple[object, ...]]]:
    """Weight, query and values: by each party itself, by country and sector of a party, by place."""
    parties = (*one.actors, *one.recipients)
    # The plus sign keeps the planner from the index on sectors, of which there are few.
    start = "SELECT DISTINCT e.id FROM party p JOIN event e ON e.id = p.event WHERE"
    out: list[tuple[int, str, tuple[object, ...]]] = []
    for actor, named in dict.fromkeys((p.actor, p.named) for p in parties):
        out.append((2 + named, f"{start} p.actor = ? AND p.date BETWEEN ? AND ?", (actor,)))
    for country, sector in dict.fromkeys((p.country, p.sector) for p in parties if p.country):
        out.append((1, f"{start} p.country = ? AND +p.sector IS ? AND p.date BETWEEN ? AND ?", (country, sector)))
    if one.place is not None:
        by_place = "SELECT e.id FROM event e WHERE e.place = ? COLLATE NOCASE AND e.date BETWEEN ? AND ?"
        out.append((2, by_place, (one.place.name,)))
    return out


def _windows(one: Telling) -> list[tuple[str, str]]:
    """The ranges of `event.date` that a telling may lie in. A year alone finds only the same year alone."""
    when = one.start or one.published
    if not when:
        return []
    first, last = days(when)
    out = []
    if len(when) > 4:
        low = first - timedelta(days=min(WINDOW, (first - date.min).days))
        high = last + timedelta(days=min(WINDOW, (date.max - last).days))
        out.append((low.isoformat(), high.isoformat()))
    for vague in (first.replace(day=1), first.replace(month=1, day=1)):
        day = vague.isoformat()
        if not out or not out[0][0] <= day <= out[0][1]:
            out.append((day, day))
    return out
