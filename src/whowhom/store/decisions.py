"""What people decided on actors and pledges: one, or two. A decision names records so that it outlives a new coding."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

Named = Mapping[str, Any]
"""How a decision names the record of a report: the hash of its document, its id or number there, what it is called."""


def decide(db: sqlite3.Connection, kind: str, verdict: str, one: Named, other: Named, note: str) -> None:
    """Keep a decision; `verdict` is "together" or "apart"."""
    db.execute(
        "INSERT INTO decision (kind, verdict, one, other, note, at)"
        " VALUES (?, ?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
        (kind, verdict, _written(one), _written(other), note),
    )


def decided(db: sqlite3.Connection, kind: str, document: str) -> list[tuple[str, dict[str, Any], dict[str, Any], str]]:
    """The decisions on records of a document, by its hash: verdict, the record, the other one, note; oldest first."""
    begin = '{"document": ' + json.dumps(document)
    out = []
    for own, far in (("one", "other"), ("other", "one")):
        for row in db.execute(
            f"SELECT id, verdict, {own}, {far}, note FROM decision WHERE kind = ? AND {own} >= ? AND {own} < ?",
            (kind, begin, begin + "\U0010ffff"),
        ):
            out.append((row[0], row[1], json.loads(row[2]), json.loads(row[3]), row[4]))
    return [rest for _, *rest in sorted(out, key=lambda found: found[0])]  # type: ignore[misc]


def _written(named: Named) -> str:
    return json.dumps(named, ensure_ascii=False)
