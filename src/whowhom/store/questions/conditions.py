"""The conditions of a filter on events, statements, pledges, relations and stories, each with its set by an index."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from whowhom.store.questions.filters import Filter, from_day
from whowhom.store.questions.people import Whose, whose
from whowhom.store.questions.people import among as is_meant
from whowhom.store.questions.place_names import other_spellings
from whowhom.store.questions.select import Base, Condition, Selection, among, choose, matching

EVENTS = Base("event", "e", "e.date")
STATEMENTS = Base("statement", "s", "s.at")
PLEDGES = Base("pledge", "g", "g.last")
RELATIONS = Base("relation", "r", "r.asserted_on")
STORIES = Base("story", "t", "t.last")


def events(db: sqlite3.Connection, wish: Filter) -> Selection:
    """The events of a checked filter. Raises `QueryError` where an actor is named that the store does not know."""
    out = []
    sides = {side: [whose(db, one) for one in getattr(wish, side)] for side in ("actor", "recipient")}
    pair = _pair(sides["actor"], sides["recipient"], wish)
    if pair is not None:
        out.append(pair)
    # A meeting without a host has all who meet as actors: the pair has it in both directions.
    parties: list[tuple[list[Whose], str | None]] = [
        (meant, side) for side, meant in sides.items() if meant and pair is None
    ]
    parties += [([Whose(country=one) for one in wish.country], None)] if wish.country else []
    parties += [([Whose(sector=one) for one in wish.sector], None)] if wish.sector else []
    out += [_party(meant, side, wish) for meant, side in parties if all(one.country for one in meant)]
    if wish.type:
        dated, bounds = _between("date", wish)
        test = among("type", wish.type)
        out.append(
            Condition(f"e.{test}", wish.type, f"SELECT id, date FROM event WHERE {test}{dated}", (*wish.type, *bounds))
        )
    # After the type: no index has sector and type.
    out += [_party(meant, side, wish) for meant, side in parties if not all(one.country for one in meant)]
    for column, wanted in (("quad", wish.quad), ("status", wish.status), ("mode", wish.mode)):
        if wanted:
            out.append(Condition(among(f"e.{column}", wanted), tuple(wanted)))
    out += _when(wish, EVENTS)
    if wish.place:
        out.append(_at(db, wish.place))
    if wish.min_confidence > 0:
        out.append(Condition("e.confidence >= ?", (wish.min_confidence,)))
    if wish.min_sources > 1:
        out.append(_indexed("event", "e", "sources >= ?", wish.min_sources))
    told = "SELECT r.event AS id FROM report_event r"
    out += _listed("e", wish.story, f"{told} JOIN document d ON d.id = r.document WHERE d.story = ?")
    out += _listed("e", wish.document, f"{told} WHERE r.document = ?")
    out += _listed(
        "e", _words(wish), f"{told} WHERE r.document IN (SELECT rowid FROM text_search WHERE text_search MATCH ?)"
    )
    if wish.data_set:
        out.append(Condition(among("coalesce(e.data_set, 'own')", wish.data_set), wish.data_set))
    return choose(db, EVENTS, out)


def statements(db: sqlite3.Connection, wish: Filter) -> Selection:
    """The statements of a checked filter. Raises `QueryError` where an actor is not known."""
    out = []
    for column, names in (("speaker", wish.actor), ("addressee", wish.recipient)):
        if names:
            out.append(_met("statement", "s", column, [whose(db, one) for one in names]))
    for meant in (*_of(country=wish.country), *_of(sector=wish.sector)):
        out.append(_met("statement", "s", "speaker", meant))
    if wish.kind:
        out.append(Condition(among("s.kind", wish.kind), wish.kind))
    out += _when(wish, STATEMENTS)
    out += _listed(
        "s", wish.story, "SELECT s.id FROM statement s JOIN document d ON d.id = s.document WHERE d.story = ?"
    )
    out += _listed("s", wish.document, "SELECT id FROM statement WHERE document = ?")
    words = _words(wish)
    if words is not None:
        out.append(
            Condition(
                "EXISTS (SELECT 1 FROM statement_search x WHERE x.rowid = s.id AND statement_search MATCH ?)", (words,),
                "SELECT rowid AS id FROM statement_search WHERE statement_search MATCH ?", (words,),
            )
        )  # fmt: skip
    if not wish.copies and wish.document is None:
        out.append(_no_copy("s"))
    return choose(db, STATEMENTS, out)


def relations(db: sqlite3.Connection, wish: Filter) -> Selection:
    """The relations of a checked filter. Raises `QueryError` where an actor is not known."""
    out = []
    for column, names in (("subject", wish.actor), ("object", wish.recipient)):
        if names:
            out.append(_met("relation", "r", column, [whose(db, one) for one in names]))
    for meant in (*_of(country=wish.country), *_of(sector=wish.sector)):
        one, other = (_met("relation", "r", column, meant) for column in ("subject", "object"))
        out.append(
            Condition(
                f"{one.test} OR {other.test}", (*one.values, *other.values), f"{one.ids} UNION {other.ids}",
                (*one.id_values, *other.id_values),
            )
        )  # fmt: skip
    if wish.predicate:
        out.append(Condition(among("r.predicate", wish.predicate), wish.predicate))
    out += _when(wish, RELATIONS)
    out += _listed("r", wish.document, "SELECT id FROM relation WHERE document = ?")
    out += _listed(
        "r", _words(wish),
        "SELECT id FROM relation WHERE document IN (SELECT rowid FROM text_search WHERE text_search MATCH ?)",
    )  # fmt: skip
    if not wish.copies and wish.document is None:
        out.append(_no_copy("r"))
    return choose(db, RELATIONS, out)


def pledges(db: sqlite3.Connection, wish: Filter) -> Selection:
    """The pledges of a checked filter. Raises `QueryError` where an actor is not known."""
    out = []
    for side, names in (("promiser", wish.actor), ("beneficiary", wish.recipient)):
        if names:
            out.append(_pledging([whose(db, one) for one in names], side))
    for meant in (*_of(country=wish.country), *_of(sector=wish.sector)):
        out.append(_pledging(meant, None))
    for column, wanted in (("kind", wish.kind), ("status", wish.status)):
        if wanted:
            out.append(Condition(among(f"g.{column}", wanted), wanted))
    if wish.since:
        out.append(Condition("g.last >= ?", (from_day(wish.since),)))
    if wish.until:
        out.append(Condition("g.first <= ?", (wish.until,)))
    if wish.min_sources > 1:
        out.append(Condition("g.sources >= ?", (wish.min_sources,)))
    out += _listed("g", wish.document, "SELECT pledge AS id FROM report_pledge WHERE document = ?")
    out += _listed(
        "g", _words(wish),
        "SELECT r.pledge AS id FROM pledge_search x JOIN report_pledge r ON r.id = x.rowid WHERE pledge_search MATCH ?",
    )  # fmt: skip
    return choose(db, PLEDGES, out)


def stories(db: sqlite3.Connection, wish: Filter) -> Selection:
    """The stories of a checked filter. Raises `QueryError` where an actor is not known."""
    out = [Condition("t.documents > 0")]
    for names in (wish.actor, wish.recipient):
        if names:
            out.append(_in_story([whose(db, one) for one in names]))
    for meant in (*_of(country=wish.country), *_of(sector=wish.sector)):
        out.append(_in_story(meant))
    if wish.since:
        out.append(Condition("t.last >= ?", (from_day(wish.since),)))
    if wish.until:
        out.append(Condition("t.first <= ?", (wish.until,)))
    if wish.min_sources > 1:
        out.append(Condition("t.sources >= ?", (wish.min_sources,)))
    out += _listed(
        "t", _words(wish),
        "SELECT d.story AS id FROM text_search x JOIN document d ON d.id = x.rowid WHERE text_search MATCH ?",
    )  # fmt: skip
    return choose(db, STORIES, out)


def _of(country: Sequence[str] = (), sector: Sequence[str] = ()) -> list[list[Whose]]:
    """Those of some countries, or of some sectors, as one condition; none where there are none."""
    meant = [Whose(country=one) for one in country] + [Whose(sector=one) for one in sector]
    return [meant] if meant else []


def _any(meant: Sequence[Whose], number: str, country: str, sector: str) -> tuple[str, tuple[object, ...]]:
    """A condition over those columns that somebody is one of those meant."""
    tests, values = [], list[object]()
    for one in meant:
        test, more = is_meant(number, country, sector, one)
        tests.append(f"({test})")
        values += more
    return f"({' OR '.join(tests)})", tuple(values)


def _between(column: str, wish: Filter, *, in_full: bool = True) -> tuple[str, tuple[object, ...]]:
    """The dates of a filter as a condition that begins with AND, empty where there are none.

    `in_full` says that the column's dates are days, not also months and years.
    """
    since = wish.since if in_full or not wish.since else from_day(wish.since)
    parts = [(f" AND {column} >= ?", since), (f" AND {column} <= ?", wish.until)]
    return "".join(text for text, value in parts if value), tuple(value for _, value in parts if value)


def _when(wish: Filter, base: Base) -> list[Condition]:
    if not wish.since and not wish.until:
        return []
    test, bounds = _between(base.date, wish, in_full=base is EVENTS)
    date = base.date.split(".")[1]
    ids, _ = _between(date, wish)
    return [
        Condition(
            test.removeprefix(" AND "), bounds, f"SELECT id, {date} AS date FROM {base.table} WHERE 1{ids}", bounds
        )
    ]


def _at(db: sqlite3.Connection, place: str) -> Condition:
    """Events in a country of that code, else at the places of that name, however they are spelled."""
    if len(place) == 3 and place.isupper():
        return _indexed("event", "e", "place_country = ?", place)
    found = other_spellings(db, place)
    if not found.names:
        return _indexed("event", "e", "place = ? COLLATE NOCASE", place)
    named = "{0}place = ? COLLATE NOCASE"
    other = f"{among('{0}place COLLATE NOCASE', found.names)} AND {among('{0}geonames_id', found.numbers)}"
    values = (place, *found.names, *found.numbers)
    return Condition(
        f"{named} OR {other}".format("e."), values,
        f"SELECT id FROM event WHERE {named} UNION ALL SELECT id FROM event WHERE {other}".format(""), values,
    )  # fmt: skip


def _indexed(table: str, alias: str, test: str, value: object) -> Condition:
    """A condition on one indexed column."""
    return Condition(f"{alias}.{test}", (value,), f"SELECT id FROM {table} WHERE {test}", (value,))


def _listed(alias: str, value: object, ids: str) -> list[Condition]:
    """A condition that is known by its set alone; none where there is no value."""
    return [] if value is None else [Condition(f"{alias}.id IN ({ids})", (value,), ids, (value,))]


def _words(wish: Filter) -> str | None:
    return matching(wish.text) or None if wish.text else None


def _no_copy(alias: str) -> Condition:
    return Condition(f"(SELECT copy_of FROM document WHERE id = {alias}.document) IS NULL")


def _pair(actors: Sequence[Whose], recipients: Sequence[Whose], wish: Filter) -> Condition | None:
    """Two different countries, of which the store has the events together."""
    if len(actors) != 1 or len(recipients) != 1:
        return None
    one, other = actors[0], recipients[0]
    if not one.country or not other.country or one.sector or other.sector or one.country == other.country:
        return None
    dated, bounds = _between("date", wish)
    return Condition(
        "e.id IN (SELECT event FROM dyad WHERE actor_country = ? AND recipient_country = ?)",
        (one.country, other.country),
        f"SELECT event AS id, date FROM dyad WHERE actor_country = ? AND recipient_country = ?{dated}",
        (one.country, other.country, *bounds), dated=True,
    )  # fmt: skip


def _party(meant: Sequence[Whose], side: str | None, wish: Filter) -> Condition:
    """A party of that side, or of any, that is one of those meant."""
    test, values = _any(meant, "p.actor", "p.country", "p.sector")
    if side:
        test = f"{test} AND p.side = '{side}'"
    dated, bounds = _between("p.date", wish)
    narrow, given = test, values
    typed = wish.type and all(one.country and not one.sector for one in meant)
    if typed:
        narrow, given = f"{test} AND {among('p.type', wish.type)}", (*values, *wish.type)
    # One value of an index, so that what it gives is in order of date.
    in_order = len(meant) == 1 and len(meant[0].actors) <= 1 and (not typed or len(wish.type) == 1)
    return Condition(
        f"EXISTS (SELECT 1 FROM party p WHERE p.event = e.id AND {test})", values,
        f"SELECT p.event AS id, p.date AS date FROM party p WHERE {narrow}{dated}", (*given, *bounds), dated=in_order,
    )  # fmt: skip


def _met(table: str, alias: str, column: str, meant: Sequence[Whose]) -> Condition:
    """Somebody met in a report, in that column, who is one of those meant."""
    test, values = _any(meant, "a.id", "a.country", "a.sector")
    joined = "report_actor ra JOIN actor a ON a.id = ra.actor"
    return Condition(
        f"EXISTS (SELECT 1 FROM {joined} WHERE ra.id = {alias}.{column} AND {test})", values,
        f"SELECT y.id FROM actor a JOIN report_actor ra ON ra.actor = a.id JOIN {table} y ON y.{column} = ra.id"
        f" WHERE {test}", values, size=_reports(test),
    )  # fmt: skip


def _pledging(meant: Sequence[Whose], side: str | None) -> Condition:
    test, values = _any(meant, "p.actor", "p.country", "p.sector")
    if side:
        test = f"{test} AND p.side = '{side}'"
    return Condition(
        f"EXISTS (SELECT 1 FROM pledge_party p WHERE p.pledge = g.id AND {test})", values,
        f"SELECT p.pledge AS id FROM pledge_party p WHERE {test}", values,
    )  # fmt: skip


def _in_story(meant: Sequence[Whose]) -> Condition:
    test, values = _any(meant, "a.id", "a.country", "a.sector")
    return Condition(
        "EXISTS (SELECT 1 FROM document d JOIN report_actor ra ON ra.document = d.id JOIN actor a ON a.id = ra.actor"
        f" WHERE d.story = t.id AND {test})", values,
        "SELECT d.story AS id FROM actor a JOIN report_actor ra ON ra.actor = a.id"
        f" JOIN document d ON d.id = ra.document WHERE {test} AND d.story IS NOT NULL", values,
        size=_reports(test),
    )  # fmt: skip


def _reports(test: str) -> str:
    """In how many reports the actors of a condition are met: about as many records as they have."""
    return f"SELECT sum(a.reports) FROM actor a WHERE {test}"
