"""Rows of the store as flat tables and as JSON: what is printed, written to CSV, or handed to pandas."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import Any

from whowhom.records import MAGNITUDES
from whowhom.store.rows import (
    QUADS,
    Hit,
    Party,
    Period,
    StoredActor,
    StoredDocument,
    StoredEvent,
    StoredPledge,
    StoredRelation,
    StoredStatement,
    StoredStory,
)

Table = dict[str, Any]
_LETTERS = {
    StoredEvent: "e", StoredStatement: "s", StoredPledge: "p", StoredRelation: "r", StoredActor: "a",
    StoredDocument: "d", StoredStory: "t",
}  # fmt: skip


def identifier(row: Any) -> str:
    """The id that a user gives to ask for a row: `e12`."""
    return f"{_LETTERS[type(row)]}{row.id}"


def flat(row: Any) -> Table:
    """A row as one line of a table; several values of one cell are joined by "; ", in the same order in each column."""
    return _FLAT[type(row)](row)


def as_json(row: Any) -> Table:
    """A row as plain JSON values; ids of records carry their letter."""
    value: Table = _plain(row)
    return value


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        out = {one.name: _plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
        if type(value) in _LETTERS:
            out["id"] = identifier(value)
        if isinstance(value, Party):
            out["actor"] = f"a{value.actor}"
        if "document" in out and isinstance(out["document"], int):
            out["document"] = f"d{out['document']}"
        if isinstance(value, Hit):
            out["id"] = f"{value.kind[0].replace('r', 'd')}{value.id}"
        return out
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value


def _joined(values: Iterable[str | None]) -> str | None:
    cells = [one or "" for one in values]
    return "; ".join(cells) if any(cells) else None


def _side(name: str, side: Iterable[Party]) -> Table:
    people = tuple(side)
    return {
        name: _joined(one.name for one in people),
        f"{name}_country": _joined(one.country for one in people),
        f"{name}_sector": _joined(one.sector for one in people),
        f"{name}_id": _joined(f"a{one.actor}" for one in people),
    }


def _event(one: StoredEvent) -> Table:
    out: Table = {
        "id": identifier(one), "date": one.date, "start": one.start, "end": one.end, "type": one.type, "mode": one.mode,
        "contexts": _joined(one.contexts), "status": one.status, **_side("actor", one.actors),
        **_side("recipient", one.recipients), "place": one.place.name if one.place else None,
        "place_country": one.place.country if one.place else None,
        "geonames_id": one.place.geonames_id if one.place else None, "lat": one.place.lat if one.place else None,
        "lon": one.place.lon if one.place else None,
    }  # fmt: skip
    for kind in MAGNITUDES:
        found = one.magnitude.get(kind)
        out[f"{kind}_low"], out[f"{kind}_high"] = (found.low, found.high) if found else (None, None)
    money = one.magnitude.get("money")
    first = one.told[0] if one.told else None
    out["currency"] = money.currency if money else None
    out |= {
        "confidence": round(one.confidence, 3), "cameo": one.cameo, "quad": one.quad, "quad_class": QUADS[one.quad],
        "goldstein": one.goldstein, "reports": one.reports, "sources": one.sources,
        "publisher": first.publisher if first else None, "published": first.published if first else None,
        "url": first.url if first else None, "data_set": one.data_set,
    }  # fmt: skip
    return out


def _statement(one: StoredStatement) -> Table:
    return {
        "id": identifier(one), "date": one.date, **_side("speaker", [one.speaker] if one.speaker else []),
        "addressee": one.addressee.name if one.addressee else None, "kind": one.kind, "words": one.words,
        "headline": one.headline, "publisher": one.publisher, "published": one.published, "url": one.url,
        "document": f"d{one.document}", "source_id": one.source_id,
    }  # fmt: skip


def _pledge(one: StoredPledge) -> Table:
    return {
        "id": identifier(one), "kind": one.kind, "what": one.what, **_side("promiser", one.promiser),
        **_side("beneficiary", one.beneficiary), "amount": one.amount, "currency": one.currency, "due": one.due,
        "status": one.status, "first": one.first, "last": one.last, "reports": one.reports, "sources": one.sources,
    }  # fmt: skip


def _relation(one: StoredRelation) -> Table:
    return {
        "id": identifier(one), **_side("subject", [one.subject]), "predicate": one.predicate,
        **_side("object", [one.object] if one.object else []), "value": one.value, "start": one.start, "end": one.end,
        "asserted_on": one.asserted_on, "headline": one.headline, "publisher": one.publisher, "url": one.url,
        "document": f"d{one.document}",
    }  # fmt: skip


def _actor(one: StoredActor) -> Table:
    return {
        "id": identifier(one), "name": one.name, "kind": one.kind, "country": one.country, "sector": one.sector,
        "sectors": _joined(one.sectors), "reports": one.reports, "names": _joined(one.names), "data_set": one.data_set,
    }  # fmt: skip


def _plain_row(one: Any) -> Table:
    out = _plain(one)
    assert isinstance(out, dict)
    return out


_FLAT: dict[type, Callable[[Any], Table]] = {
    StoredEvent: _event, StoredStatement: _statement, StoredPledge: _pledge, StoredRelation: _relation,
    StoredActor: _actor, StoredStory: _plain_row, StoredDocument: _plain_row, Hit: _plain_row, Period: _plain_row,
}  # fmt: skip


def columns(kind: type) -> tuple[str, ...]:
    """The names of the columns that `flat` gives a row of that kind."""
    return tuple(flat(_EMPTY[kind]))


_NOBODY = Party(0, "")
_EMPTY: dict[type, Any] = {
    StoredEvent: StoredEvent(
        0, None, None, (), (), (), None, None, None, None, "", {}, 0.0, "", 1, 0.0, 0, 0
    ),
    StoredStatement: StoredStatement(0, 0, None, None, "", "", None, (), None, None, None, None, ""),
    StoredPledge: StoredPledge(0, "", "", (), (), None, None, None, "", None, None, 0, 0),
    StoredRelation: StoredRelation(0, 0, _NOBODY, "", None, None, None, None, None, (), None, None, None),
    StoredActor: StoredActor(0, "", "", None, None, (), 0),
    StoredStory: StoredStory(0, None, None, None, 0, 0),
    StoredDocument: StoredDocument(0, "", "", None, None, None, None, None, None),
    Hit: Hit("report", 0, 0, "", None, None, None, None),
    Period: Period("", 1, 0, 0.0),
}  # fmt: skip


_WHOLE = frozenset({"geonames_id", "quad", "reports", "sources", "documents", "events"})
_REAL = frozenset({"lat", "lon", "confidence", "goldstein", "amount", "score"})


def column_types(kind: type) -> dict[str, type]:
    """The columns of a row of that kind and what they hold: int, float or str."""
    return {
        name: int if name in _WHOLE else float if name in _REAL or name.endswith(("_low", "_high")) else str
        for name in columns(kind)
    }
