"""One happening in several reports is one event: joining reports, taking them back, and what people decide on them."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from whowhom.errors import QueryError
from whowhom.records import Document, Event
from whowhom.store.database import free
from whowhom.store.joined import recompute
from whowhom.store.likeness import Likeness, likeness
from whowhom.store.rows import QUADS
from whowhom.store.sources import independent
from whowhom.store.telling import Participant, Telling
from whowhom.store.tellings import candidates, participant, telling, tellings

__all__ = ["join", "leave", "merge", "recompute", "recount", "split"]

_SUPPORT = 0.3  # points by which each further report that is alike makes one event likelier than another
_NUMBERS = {name: number for number, name in QUADS.items()}


@dataclass(frozen=True, slots=True)
class _Match:
    """An event that a telling may repeat, and why."""

    score: float
    event: int
    why: str


def join(
    db: sqlite3.Connection, document: int, doc: Document, who: dict[str, int], kept: Mapping[str, int] | None = None
) -> None:
    """Insert the document's events and join each to the happening that it tells, or begin one.

    Args:
        db: the store, in a transaction.
        document: the document's row.
        doc: its records.
        who: report_actor row by the document's own actor id.
        kept: by the spans of a trigger as JSON the number that its event had before the document was coded anew.
    """
    if not doc.events:
        return
    family, story = db.execute("SELECT coalesce(copy_of, id), story FROM document WHERE id = ?", (document,)).fetchone()
    people = _participants(db, document)
    told = [telling(one, doc, document, family, story, people) for one in doc.events]
    chosen = _choose(db, doc, told)
    touched = []
    for k, one in enumerate(doc.events):
        match = chosen.get(k)
        event = match.event if match else _begin(db, one, (kept or {}).get(json.dumps(one.trigger)))
        _insert(db, document, k + 1, one, event, match.why if match else "", who)
        touched.append(event)
    for event in dict.fromkeys(touched):
        recompute(db, event)


def leave(db: sqlite3.Connection, document: int) -> None:
    """Take back what `join` did for a document; an event that nobody else tells goes."""
    events = _events_of(db, document)
    db.execute("DELETE FROM report_event WHERE document = ?", (document,))
    for event in events:
        recompute(db, event)


def recount(db: sqlite3.Connection, document: int) -> None:
    """Count the sources of a document's events anew, after the document was found at a further place."""
    for event in _events_of(db, document):
        documents = [row[0] for row in db.execute("SELECT document FROM report_event WHERE event = ?", (event,))]
        db.execute("UPDATE event SET sources = ? WHERE id = ?", (independent(db, documents), event))


def split(db: sqlite3.Connection, report_event: int, note: str) -> int:
    """The event of its own that one report's event gets; the decision holds against every later joining.

    Raises:
        QueryError: there is no such record, or no other report tells its event.
    """
    row = db.execute("SELECT event, document FROM report_event WHERE id = ?", (report_event,)).fetchone()
    if row is None:
        raise QueryError(
            f"there is no report {report_event} of an event: see the numbers that the event's reports have"
        )
    others = db.execute("SELECT id FROM report_event WHERE event = ? AND id <> ?", (row["event"], report_event))
    apart = [one[0] for one in others]
    if not apart:
        raise QueryError(f"no other report tells event {row['event']}: there is nothing to split")
    for other in apart:
        _decide(db, "apart", report_event, other, note)
    event = _copy(db, row["event"])
    db.execute("UPDATE report_event SET event = ?, why = '' WHERE id = ?", (event, report_event))
    recompute(db, row["event"])
    recompute(db, event)
    return event


def merge(db: sqlite3.Connection, event: int, other: int, note: str) -> int:
    """The one event that two become, of the lower number; the decision holds against every later joining.

    Raises:
        QueryError: one of them is not there or was imported, or both are one.
    """
    if event == other:
        raise QueryError(f"event {event} cannot be merged with itself: name two events")
    kept, gone = sorted((event, other))
    for one in (kept, gone):
        row = db.execute("SELECT data_set FROM event WHERE id = ?", (one,)).fetchone()
        if row is None:
            raise QueryError(f"there is no event {one}: look for it with a search")
        if row["data_set"] is not None:
            raise QueryError(f"event {one} was imported from {row['data_set']}: imported events stay as they came")
    ours, theirs = (
        [row[0] for row in db.execute("SELECT id FROM report_event WHERE event = ? ORDER BY id", (one,))]
        for one in (kept, gone)
    )
    for one in theirs:
        _decide(db, "together", ours[0], one, note)
    for one in ours[1:]:
        _decide(db, "together", one, theirs[0], note)
    why = "merged by hand" + (f": {note}" if note else "")
    db.execute("UPDATE report_event SET event = ?, why = ? WHERE event = ?", (kept, why, gone))
    recompute(db, gone)
    recompute(db, kept)
    return kept


def _choose(db: sqlite3.Connection, doc: Document, told: Sequence[Telling]) -> dict[int, _Match]:
    """For each telling the event that it repeats, best matches first; two tellings of a report are two happenings."""
    chosen: dict[int, _Match] = {}
    apart: dict[int, set[int]] = {}
    for k in range(len(told)):
        together, apart[k] = _decided(db, doc.id, k + 1)
        if together is not None:
            chosen[k] = _Match(math.inf, together, "merged by hand")
    held: dict[int, list[Telling]] = {}
    matches: list[tuple[float, int, int, str]] = []
    for k, one in enumerate(told):
        if k in chosen:
            continue
        for event in candidates(db, one):
            if event in apart[k]:
                continue
            if event not in held:
                held[event] = tellings(db, event)
            found = _against(one, held[event])
            if found is not None:
                matches.append((-found.score, k, event, _why(found)))
    taken = {match.event for match in chosen.values()}
    for score, k, event, why in sorted(matches):
        if k not in chosen and event not in taken:
            chosen[k] = _Match(-score, event, why)
            taken.add(event)
    return chosen


def _against(one: Telling, others: Sequence[Telling]) -> Likeness | None:
    """The likeness to the most alike report of an event; None where it is too small or most reports contradict."""
    found = [likeness(one, other) for other in others]
    if any(other.document == one.document for other in others):
        return None
    against = sum(each.against is not None for each in found)
    alike = sorted((each for each in found if each.one), key=lambda each: -each.score)
    if not alike or 2 * against > len(found):
        return None
    return replace(alike[0], score=round(alike[0].score + _SUPPORT * (len(alike) - 1), 3))


def _why(found: Likeness) -> str:
    words = ", ".join(found.agreed)
    return words[:1].lower() + words[1:]


def _participants(db: sqlite3.Connection, document: int) -> dict[str, Participant]:
    """Who takes part in a document, by the document's own id, as the store has joined them."""
    return {
        row["local"]: participant(row)
        for row in db.execute(
            "SELECT r.local, a.id, r.name, a.kind, a.country, a.sector, a.named FROM report_actor r"
            " JOIN actor a ON a.id = r.actor WHERE r.document = ?",
            (document,),
        )
    }


def _begin(db: sqlite3.Connection, one: Event, kept: int | None = None) -> int:
    """An event row with what cannot be null, of the number `kept` where nothing else has it; `recompute` fills it."""
    cursor = db.execute(
        "INSERT INTO event (id, type, contexts, status, magnitude, confidence, cameo, quad, goldstein, reports,"
        " sources) VALUES (?, ?, '[]', ?, '{}', 0, ?, ?, ?, 0, 0)",
        (
            free(db, "event", kept),
            one.type,
            one.status,
            one.derived.cameo,
            _NUMBERS[one.derived.quad],
            one.derived.goldstein,
        ),
    )
    return int(cursor.lastrowid or 0)


def _copy(db: sqlite3.Connection, event: int) -> int:
    cursor = db.execute(
        "INSERT INTO event (type, contexts, status, magnitude, confidence, cameo, quad, goldstein, reports, sources)"
        " SELECT type, '[]', status, '{}', 0, cameo, quad, goldstein, 0, 0 FROM event WHERE id = ?",
        (event,),
    )
    return int(cursor.lastrowid or 0)


def _insert(
    db: sqlite3.Connection, document: int, number: int, one: Event, event: int, why: str, who: dict[str, int]
) -> None:
    place = one.place
    located = (None,) * 5 if place is None else (place.name, place.country, place.geonames_id, place.lat, place.lon)
    cursor = db.execute(
        'INSERT INTO report_event (document, number, event, why, type, mode, contexts, start, "end", place,'
        ' place_country, geonames_id, lat, lon, status, magnitude, reported_by, confidence, "trigger", evidence, cameo,'
        " quad, goldstein, rule) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document, number, event, why, one.type, one.mode, json.dumps(one.contexts), one.start, one.end, *located,
            one.status, json.dumps({k: asdict(m) for k, m in one.magnitude.items()}, ensure_ascii=False),
            who.get(one.reported_by or ""), one.confidence, json.dumps(one.trigger), json.dumps(one.evidence),
            one.derived.cameo, _NUMBERS[one.derived.quad], one.derived.goldstein, one.rule,
        ),
    )  # fmt: skip
    for side, ids in (("actor", one.actors), ("recipient", one.recipients)):
        present = [who[local] for local in dict.fromkeys(ids) if local in who]
        db.executemany(
            "INSERT INTO report_party (report_event, side, position, actor) VALUES (?, ?, ?, ?)",
            [(cursor.lastrowid, side, position, actor) for position, actor in enumerate(present)],
        )


def _events_of(db: sqlite3.Connection, document: int) -> list[int]:
    rows = db.execute("SELECT DISTINCT event FROM report_event WHERE document = ? ORDER BY event", (document,))
    return [row[0] for row in rows]


def _key(hash_: str, number: int) -> str:
    """How a decision names the event of a report, so that it outlives coding the report anew."""
    return json.dumps({"document": hash_, "number": number})


def _decide(db: sqlite3.Connection, verdict: str, one: int, other: int, note: str) -> None:
    keys = [
        _key(*db.execute(
            "SELECT d.hash, r.number FROM report_event r JOIN document d ON d.id = r.document WHERE r.id = ?", (report,)
        ).fetchone())
        for report in (one, other)
    ]  # fmt: skip
    db.execute(
        "INSERT INTO decision (kind, verdict, one, other, note, at)"
        " VALUES ('event', ?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
        (verdict, *keys, note),
    )


def _decided(db: sqlite3.Connection, hash_: str, number: int) -> tuple[int | None, set[int]]:
    """The event that people joined a report's event to, if any, and those that they set it apart from."""
    key = _key(hash_, number)
    latest: dict[str, str] = {}
    for row in db.execute(
        "SELECT verdict, one, other FROM decision WHERE kind = 'event' AND (one = ? OR other = ?) ORDER BY id",
        (key, key),
    ):
        latest[row["other"] if row["one"] == key else row["one"]] = row["verdict"]
    together: int | None = None
    apart: set[int] = set()
    for other, verdict in latest.items():
        named = json.loads(other)
        row = db.execute(
            "SELECT r.event FROM document d JOIN report_event r ON r.document = d.id WHERE d.hash = ? AND r.number = ?",
            (named["document"], named["number"]),
        ).fetchone()
        if row is None:
            continue
        if verdict == "apart":
            apart.add(row["event"])
        elif together is None:
            together = row["event"]
    return together, apart
