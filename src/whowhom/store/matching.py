"""Who in the store is meant by a named person or body of a report, and why; nobody where two may be meant alike."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from whowhom.records import Actor, Document
from whowhom.resources.knowledge import common_surnames, given_names
from whowhom.store.identity import Identity, is_distinctive, is_full, is_royal
from whowhom.store.names import fold, is_bare, key, prefixes, same_person

_MOST = 200  # rows of one look-up
_NAMES = 30  # spellings of a candidate that are compared
_LATEST = 50  # reports of a candidate whose offices are compared
_STORY = 30  # documents of a story that are looked at
_PLAINLY_MORE = 3  # how many times more reports make one of two alike the likelier one

# Walks of life between which a person of a common name does not change.
_WALKS = {
    sector: walk
    for walk, sectors in {
        "power": "GOV LEG PTY OPP ELI PRE MIL SPY PRM REB UAF COP JUD",
        "business": "BUS AGR",
        "letters": "EDU JRN",
        "healing": "MED",
        "faith": "REL",
        "work": "LAB",
        "crime": "CRM",
    }.items()
    for sector in sectors.split()
}


@dataclass(slots=True)
class Setting:
    """What joining one document's actors needs to know of it."""

    document: int
    story: int | None
    titles: dict[str, set[str]]  # folded titles by the document's own actor id
    taken: set[int] = field(default_factory=set)  # named actors that the document has already

    @classmethod
    def of(cls, db: sqlite3.Connection, document: int, doc: Document) -> Setting:
        """The setting of a document whose row is there."""
        titles: dict[str, set[str]] = {}
        for role in doc.roles:
            titles.setdefault(role.actor, set()).add(office(role.title))
        story = db.execute("SELECT story FROM document WHERE id = ?", (document,)).fetchone()
        return cls(document, story[0] if story else None, titles)


@dataclass(frozen=True, slots=True)
class Match:
    """An actor of the store, why it is the one, and how strongly; `exact` where it is known by the very name."""

    actor: int
    why: str
    strength: float
    reports: int
    exact: bool


def office(title: str) -> str:
    """A title without case, and without "former" and the like."""
    words = [w for w in title.casefold().split() if w not in ("former", "ex", "then", "acting", "new", "the")]
    return " ".join(words)


def match(db: sqlite3.Connection, actor: Actor, who: Identity, here: Setting, apart: set[int]) -> Match | None:
    """The one actor of the store that a named person or body is."""
    person = who.sort == "person"
    if person and is_bare(actor.name) and not is_full(actor.name, actor.country):
        found = _by_word(db, actor, here)
    elif person:
        found = _by_full_name(db, actor, here)
    else:
        found = _by_body(db, actor, who, here)
    found = [one for one in found if one.actor not in apart and one.actor not in here.taken]
    return _best(found)


def _best(found: Sequence[Match]) -> Match | None:
    ranked = sorted(found, key=lambda one: (-one.strength, -one.reports, one.actor))
    if len(ranked) > 1 and ranked[0].strength == ranked[1].strength:
        if ranked[0].reports < _PLAINLY_MORE * max(1, ranked[1].reports):
            return None
    return ranked[0] if ranked else None


def _by_full_name(db: sqlite3.Connection, actor: Actor, here: Setting) -> list[Match]:
    """Persons of that name in one of its forms; where the country is not known there may be no two.

    Where somebody of the country is known by the very name, other forms are not looked for.
    """
    folded = fold(actor.name)
    rows = _named(db, "person", [("n.folded = ?", (folded,))])
    found, others = _weighed(db, actor, rows, here)
    if not is_royal(actor.name) and not any(actor.country is not None for one in found if one.exact):
        tests = [("n.key = ?", (key(actor.name),)), _range("folded", f"{folded} ")]
        tests += [_range("key", beginning) for beginning in prefixes(actor.name)]
        further = {k: row for k, row in _named(db, "person", tests).items() if k not in rows}
        more, _ = _weighed(db, actor, further, here)
        found, rows = [*found, *more], rows | further
    if actor.country is not None:
        settled = [one for one in found if rows[one.actor]["country"] is not None]
        if settled:
            return settled
    return found if len(found) + others == 1 else []


def _weighed(
    db: sqlite3.Connection, actor: Actor, rows: dict[int, sqlite3.Row], here: Setting
) -> tuple[list[Match], int]:
    """Those of some persons who can be the actor, and how many of the very name are of another country."""
    found: list[Match] = []
    others = 0
    folded = fold(actor.name)
    for row in rows.values():
        if None not in (actor.country, row["country"]) and actor.country != row["country"]:
            same = folded == row["folded"] and not is_bare(actor.name) and not is_common(actor.name)
            if same and _in_story(db, row["id"], here):
                why = "same full name in one story, though the reports differ on the country"
                found.append(Match(row["id"], why, 4, row["reports"], exact=True))
            others += folded == row["folded"]
            continue
        reason, exact = _agree(db, actor.name, row["id"])
        one = _weigh(db, actor, row, here, reason, exact) if reason is not None else None
        if one is not None:
            found.append(one)
    return found, others


def _agree(db: sqlite3.Connection, name: str, actor: int) -> tuple[str | None, bool]:
    """Why a name can be a person's who is known by others, and whether it is one of those; none may contradict it."""
    folded = fold(name)
    best: str | None = None
    for (known,) in db.execute(
        "SELECT name FROM actor_name WHERE actor = ? ORDER BY reports DESC, name LIMIT ?", (actor, _NAMES)
    ):
        if fold(known) == folded and is_royal(known) == is_royal(name):
            return "same name", True
        reason = same_person(name, known)
        if reason is None and not is_bare(known):
            return None, False
        best = best or reason
    return best, False


def _weigh(
    db: sqlite3.Connection, actor: Actor, row: sqlite3.Row, here: Setting, reason: str, exact: bool
) -> Match | None:
    """A person of an agreeing name and country with what else speaks for it; None where that is too little."""
    near = actor.country is not None and actor.country == row["country"]
    walks = {walk for sector in (actor.sector, row["sector"]) if (walk := _WALKS.get(sector or "")) is not None}
    known = all(_WALKS.get(sector or "") for sector in (actor.sector, row["sector"]))
    common, weak = is_common(actor.name), "initial" in reason
    mine, theirs = here.titles.get(actor.id, set()), set[str]()
    story = False
    if common or weak or not near or len(walks) > 1 or not exact:
        theirs, story = _offices(db, row["id"]), _in_story(db, row["id"], here)
    title = bool(mine & theirs)
    if (common or weak) and not (title or story):
        other_office = bool(mine and theirs)
        if not near or not known or len(walks) > 1 or (common and other_office):
            return None
    if not near and len(walks) > 1 and not (title or story):
        return None
    why = [reason]
    if near:
        why.append("country")
    if known and len(walks) == 1 and actor.sector == row["sector"]:
        why.append("sector")
    if title:
        why.append("office")
    if story:
        why.append("story")
    strength = 4 * exact + 2 * near + 2 * title + 2 * story + (len(walks) == 1) + (reason.startswith("same name"))
    return Match(row["id"], _listed(why), strength, row["reports"], exact)


def _by_word(db: sqlite3.Connection, actor: Actor, here: Setting) -> list[Match]:
    """The one person who is known by that single name, has its country and sector, and an office or a story in common.

    A surname is no name of a person: it joins nobody by itself.
    """
    if actor.country is None or actor.sector is None:
        return []
    rows = [
        row
        for row in _named(db, "person", [("n.folded = ?", (fold(actor.name),))]).values()
        if row["country"] == actor.country and row["sector"] == actor.sector
    ]
    if len(rows) != 1:
        return []
    row = rows[0]
    title = bool(here.titles.get(actor.id, set()) & _offices(db, row["id"]))
    story = _in_story(db, row["id"], here)
    if not (title or story):
        return []
    why = ["same name", "country", "sector", *(["office"] if title else []), *(["story"] if story else [])]
    return [Match(row["id"], _listed(why), 4, row["reports"], True)]


def _by_body(db: sqlite3.Connection, actor: Actor, who: Identity, here: Setting) -> list[Match]:
    """Bodies of that name in one of its spellings; a name such as "Supreme Court" says nothing without a country."""
    folded = fold(actor.name)
    rows = _named(db, "", [("n.folded = ?", (folded,)), ("n.key = ?", (who.key,))])
    found: list[Match] = []
    others = 0
    for row in rows.values():
        if row["kind"] not in ("organisation", "group"):
            continue
        known = "SELECT folded FROM actor_name WHERE actor = ? ORDER BY reports DESC, name LIMIT ?"
        names = [str(name[0]) for name in db.execute(known, (row["id"], _NAMES))]
        exact = folded in names
        if not exact and not any(_spelled_alike(folded, name) for name in names):
            continue
        if None not in (actor.country, row["country"]) and actor.country != row["country"]:
            others += 1
            continue
        near = actor.country is not None and actor.country == row["country"]
        if not near and not is_distinctive(actor.name):
            continue
        why = ["same name" if exact else "same name in another spelling", *(["country"] if near else [])]
        found.append(Match(row["id"], _listed(why), 4 * exact + 2 * near, row["reports"], exact))
    if all(rows[one.actor]["country"] is not None for one in found) and actor.country is not None:
        return found
    near_ones = [one for one in found if rows[one.actor]["country"] == actor.country is not None]
    return near_ones or (found if len(found) + others == 1 else [])


def _spelled_alike(one: str, other: str) -> bool:
    """Whether two names of bodies differ in the spelling of words alone: as many words, each nearly the same."""
    a, b = one.split(), other.split()
    return len(a) == len(b) and all(
        x == y or (min(len(x), len(y)) > 3 and SequenceMatcher(None, x, y, autojunk=False).ratio() >= 0.75)
        for x, y in zip(a, b, strict=True)
    )


def is_common(name: str) -> bool:
    """Whether so many persons have a name that it does not tell who is meant: a frequent first and last name."""
    words = fold(name).split()
    if len(words) != 2:
        return False
    first, last = words
    common = common_surnames()
    return bool({first, last} & common) and (first in given_names() or first in common or len(first) == 1)


def _offices(db: sqlite3.Connection, actor: int) -> set[str]:
    """The offices that the latest reports give to an actor."""
    rows = db.execute(
        "SELECT DISTINCT r.title FROM (SELECT id FROM report_actor WHERE actor = ? ORDER BY id DESC LIMIT ?) latest"
        " JOIN role r ON r.actor = latest.id",
        (actor, _LATEST),
    )
    return {office(row[0]) for row in rows}


def _in_story(db: sqlite3.Connection, other: int, here: Setting) -> bool:
    """Whether another report of the same story has an actor."""
    if here.story is None:
        return False
    row = db.execute(
        "SELECT 1 FROM (SELECT id FROM document WHERE story = ? AND id <> ? ORDER BY id DESC LIMIT ?) d"
        " JOIN report_actor r ON r.document = d.id WHERE r.actor = ? LIMIT 1",
        (here.story, here.document, _STORY, other),
    ).fetchone()
    return row is not None


def _named(db: sqlite3.Connection, kind: str, tests: Sequence[tuple[str, tuple[str, ...]]]) -> dict[int, sqlite3.Row]:
    """The actors coded here one of whose names passes one of the tests."""
    found: dict[int, sqlite3.Row] = {}
    for test, wanted in tests:
        for row in db.execute(
            "SELECT a.id, a.kind, a.country, a.sector, a.reports, n.folded FROM"
            f" (SELECT n.actor, n.folded FROM actor_name n WHERE {test} LIMIT ?) n JOIN actor a ON a.id = n.actor"
            " WHERE a.named AND a.data_set IS NULL AND (? = '' OR a.kind = ?)",
            (*wanted, _MOST, kind, kind),
        ):
            found[row["id"]] = row
    return dict(sorted(found.items()))


def _range(column: str, beginning: str) -> tuple[str, tuple[str, ...]]:
    return f"n.{column} >= ? AND n.{column} < ?", (beginning, beginning + "\U0010ffff")


def _listed(parts: Sequence[str]) -> str:
    """ "same name, country and sector"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
