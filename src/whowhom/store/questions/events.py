"""Events as they are asked for."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from whowhom.errors import QueryError
from whowhom.records import Magnitude, Place
from whowhom.store.questions import conditions
from whowhom.store.questions.filters import Filter, Page, at_least_one, checked
from whowhom.store.questions.people import parties, report_parties
from whowhom.store.questions.select import count, ordered
from whowhom.store.rows import Party, ReportedEvent, StoredEvent
from whowhom.store.writer import words

SORTS = {
    "date": ("e.date", "DESC"),
    "-date": ("e.date", "ASC"),
    "sources": ("e.sources", "DESC"),
    "confidence": ("e.confidence", "DESC"),
    "score": ("e.goldstein", "ASC"),
}
"""Orders: newest first, oldest first, most sources first, surest first, most conflictual first."""
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n\s*\n")


def events(
    db: sqlite3.Connection, wish: Filter, *, sort: str = "date", limit: int = 50, cursor: str | None = None
) -> Page[StoredEvent]:
    """The events of a filter, a page at a time.

    Raises:
        QueryError: the filter, the order or the cursor is none.
    """
    chosen = conditions.events(db, checked(wish))
    limit = at_least_one(limit)
    column, direction = order(sort)
    after, values = "", list[object]()
    if cursor:
        sign = "<" if direction == "DESC" else ">"
        value = f"coalesce({column}, '')" if column == "e.date" else column
        after, values = f" AND ({value}, e.id) {sign} (?, ?)", list(_read_cursor(cursor, column))
    ids = list(islice(ordered(db, chosen, column, direction, after, values), limit + 1))
    total, more = count(db, chosen)
    rows = tuple(load(db, [number for number, _ in ids[:limit]]))
    following = _cursor(*ids[limit - 1]) if len(ids) > limit else None
    return Page(rows, max(total, len(rows)), more, following)


def order(sort: str) -> tuple[str, str]:
    """Column and direction of an order by its name. Raises `QueryError` for none."""
    if sort not in SORTS:
        raise QueryError(f"there is no order {sort!r}; there are {', '.join(SORTS)}")
    return SORTS[sort]


def _cursor(number: int, value: object) -> str:
    return f"{'' if value is None else value}~{number}"


_CURSOR = re.compile(r"(?:(\d{4}-\d\d-\d\d|)|(-?\d{1,18}(?:\.\d+)?(?:e-?\d{1,3})?))~(\d{1,18})", re.ASCII)


def _read_cursor(cursor: str, column: str) -> tuple[str | float, int]:
    """Sort value and number of the last event of a page; the value must be of the kind that the column has."""
    match = _CURSOR.fullmatch(cursor)
    if match is None or (match[1] is None) == (column == "e.date"):
        raise QueryError(f"{cursor!r} is no cursor of this order; take the one that the page before gave")
    return (match[1] if match[2] is None else float(match[2])), int(match[3])


def stream(db: sqlite3.Connection, wish: Filter, *, told: bool = False, batch: int = 2000) -> Iterator[StoredEvent]:
    """All events of a filter in order of their numbers; memory is that of one batch."""
    where, values = conditions.events(db, checked(wish)).where()
    last = 0
    while True:
        ids = [
            int(row[0])
            for row in db.execute(
                f"SELECT e.id FROM event e WHERE {where} AND e.id > ? ORDER BY e.id LIMIT ?",
                (*values, last, batch),
            )
        ]
        if not ids:
            return
        yield from load(db, ids, told=told)
        last = ids[-1]


def load(db: sqlite3.Connection, numbers: Sequence[int], *, told: bool = False) -> Iterator[StoredEvent]:
    """Events by number, in that order; with `told` each with its reports and the columns that it was imported with."""
    marks = ",".join("?" * len(numbers))
    rows = {row["id"]: row for row in db.execute(f"SELECT * FROM event WHERE id IN ({marks})", list(numbers))}
    sides: dict[tuple[int, str], list[int]] = {}
    for event, side, actor in db.execute(
        f"SELECT event, side, actor FROM party WHERE event IN ({marks}) ORDER BY event, side, position", list(numbers)
    ):
        sides.setdefault((event, side), []).append(actor)
    known = parties(db, {one for side in sides.values() for one in side})
    reports = _told(db, numbers) if told else {}
    imported = _imported(db, numbers) if told else {}
    for number in numbers:
        if number in rows:
            yield _event(rows[number], sides, known, tuple(reports.get(number, ())), imported.get(number))


def _event(
    row: sqlite3.Row,
    sides: dict[tuple[int, str], list[int]],
    known: dict[int, Party],
    told: tuple[ReportedEvent, ...],
    imported: dict[str, object] | None,
) -> StoredEvent:
    actors, recipients = (
        tuple(known[one] for one in sides.get((row["id"], side), ())) for side in ("actor", "recipient")
    )
    return StoredEvent(
        id=row["id"], type=row["type"], mode=row["mode"], contexts=tuple(json.loads(row["contexts"])), actors=actors,
        recipients=recipients, start=row["start"], end=row["end"], date=row["date"], place=place(row),
        status=row["status"], magnitude=magnitude(row["magnitude"]), confidence=row["confidence"], cameo=row["cameo"],
        quad=row["quad"], goldstein=row["goldstein"], reports=row["reports"], sources=row["sources"],
        data_set=row["data_set"], told=told, imported=imported,
    )  # fmt: skip


def place(row: sqlite3.Row) -> Place | None:
    """The place of an event's row."""
    if row["place"] is None and row["place_country"] is None and row["lat"] is None:
        return None
    return Place(row["place"] or "", row["place_country"], row["geonames_id"], row["lat"], row["lon"])


def magnitude(value: str) -> dict[str, Magnitude]:
    """The magnitudes of an event's column."""
    return {
        kind: Magnitude(one.get("low"), one.get("high"), one.get("text", ""), one.get("currency"))
        for kind, one in json.loads(value).items()
    }


def _told(db: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, list[ReportedEvent]]:
    marks = ",".join("?" * len(numbers))
    rows = db.execute(
        "SELECT r.*, d.title, d.publisher, d.url, d.source_id, d.published, d.copy_of, d.text FROM report_event r"
        f" JOIN document d ON d.id = r.document WHERE r.event IN ({marks}) ORDER BY d.published, d.id, r.number",
        list(numbers),
    ).fetchall()
    who = report_parties(db, (row["reported_by"] for row in rows))
    names = _names(db, [row["id"] for row in rows])
    out: dict[int, list[ReportedEvent]] = {}
    for row in rows:
        out.setdefault(row["event"], []).append(_reported(row, who, names))
    return out


def _reported(row: sqlite3.Row, who: dict[int, Party], names: dict[tuple[int, str], list[str]]) -> ReportedEvent:
    evidence, trigger = (tuple((s, e) for s, e in json.loads(row[name])) for name in ("evidence", "trigger"))
    before = row["text"][: trigger[0][0] if trigger else 0]
    return ReportedEvent(
        id=row["id"], document=row["document"], number=row["number"], headline=row["title"],
        publisher=row["publisher"], url=row["url"], source_id=row["source_id"], published=row["published"],
        copy_of=row["copy_of"], sentence=words(row["text"], evidence),
        sentence_number=1 + len(_SENTENCE_END.findall(before)), evidence=evidence, trigger=trigger,
        status=row["status"], magnitude=magnitude(row["magnitude"]), start=row["start"], confidence=row["confidence"],
        reported_by=who.get(row["reported_by"]), why=row["why"],
        actor_names=tuple(names.get((row["id"], "actor"), ())),
        recipient_names=tuple(names.get((row["id"], "recipient"), ())), document_length=len(row["text"]),
    )  # fmt: skip


def _names(db: sqlite3.Connection, numbers: Iterable[int]) -> dict[tuple[int, str], list[str]]:
    wanted = list(numbers)
    out: dict[tuple[int, str], list[str]] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        for number, side, name in db.execute(
            "SELECT p.report_event, p.side, a.name FROM report_party p JOIN report_actor a ON a.id = p.actor"
            f" WHERE p.report_event IN ({','.join('?' * len(part))}) ORDER BY 1, 2, p.position",
            part,
        ):
            out.setdefault((number, side), []).append(name)
    return out


def _imported(db: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, dict[str, object]]:
    marks = ",".join("?" * len(numbers))
    rows = db.execute(f"SELECT event, row FROM imported WHERE event IN ({marks})", list(numbers))
    return {int(event): json.loads(row) for event, row in rows}
