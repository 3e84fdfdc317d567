"""Own actors from an extract of Wikidata: one JSON object a line.

    {"id": "Q1", "labels": {"en": "Ana Costa"}, "aliases": ["A. Costa"], "country": "PRT",
     "positions": [{"title": "Minister of Finance", "start": "2015-11-26", "end": "2019"}]}

`labels` and `aliases` are a text, a list of texts, or such by language; the English label is the name, else the first.
`kind` (person where there are positions), `sector` and `sectors` may be given, for the whole or for a position, as may
`country`; dates may have Wikidata's own form (`+2015-11-26T00:00:00Z`).
"""

from __future__ import annotations

import json
import re
from typing import Any, cast

from whowhom.own_actors.actor_codes import BEYOND_COUNTRIES, COUNTRIES, SECTORS
from whowhom.own_actors.entries import (
    KINDS,
    BadLine,
    OwnActor,
    OwnRole,
    clean_name,
    ends_before_it_starts,
    iso_or_none,
    make_actor,
    merge_actors,
)
from whowhom.own_actors.table import clean_title
from whowhom.records import ActorKind

_DATE = re.compile(r"\+?0*(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:T[\d:.]*Z?)?")


def read_extract(text: str, file: str) -> tuple[list[OwnActor], list[BadLine]]:
    """The actors of an extract, and the lines that were not read."""
    actors: list[OwnActor] = []
    bad: list[BadLine] = []
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.strip().rstrip(",")
        if line in ("", "[", "]"):  # the brackets of a dump, which holds one object a line as well
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            bad.append(BadLine(file, number, f"no JSON: {error}"))
            continue
        try:
            actors.append(_actor(record, file))
        except ValueError as error:
            bad.append(BadLine(file, number, str(error)))
    return merge_actors(actors), bad


def _actor(record: Any, file: str) -> OwnActor:
    if not isinstance(record, dict):
        raise ValueError("the line holds no JSON object")
    labels = _texts(record.get("labels", record.get("label")), "labels")
    names = [name for text in (*labels, *_texts(record.get("aliases"), "aliases")) if (name := clean_name(text))]
    if not names or not any(char.isalnum() for char in names[0]):
        raise ValueError(f"{record.get('id') or 'the object'} has no label")
    positions = record.get("positions")
    if positions is None:
        roles = [_role(record, {})]
    elif isinstance(positions, list) and all(isinstance(one, dict) for one in positions):
        # What holds at all times stands last, for when no position does.
        roles = [_role(one, record) for one in positions]
        roles.append(_role({k: v for k, v in record.items() if k in ("country", "sector", "sectors")}, {}))
    else:
        raise ValueError("positions is no list of objects")
    kind = record.get("kind") or ("organisation" if positions is None else "person")
    if not (isinstance(kind, str) and kind in KINDS):
        raise ValueError(f"kind {kind!r} is none of {', '.join(KINDS)}")
    return make_actor(names[0], cast(ActorKind, kind), names[1:], roles, file)


def _texts(value: Any, key: str) -> list[str]:
    """The texts of a label or of aliases, English ones first."""
    if value is None:
        return []
    if isinstance(value, dict) and isinstance(value.get("value"), str):
        return [value["value"]]  # {"language": "en", "value": "..."}
    if isinstance(value, dict):
        ordered = sorted(value, key=lambda language: language != "en")
        return [text for language in ordered for text in _texts(value[language], key)]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one, key)]
    if isinstance(value, str):
        return [value]
    raise ValueError(f"{key} holds {value!r}, which is no text")


def _role(position: dict[str, Any], record: dict[str, Any]) -> OwnRole:
    values = {key: position.get(key, record.get(key)) for key in ("country", "sector", "sectors")}
    country, sector, sectors = values["country"] or None, values["sector"] or None, values["sectors"] or ()
    if country is not None and not (isinstance(country, str) and country in COUNTRIES | BEYOND_COUNTRIES):
        raise ValueError(f"country {country!r} is not ISO 3166-1 alpha-3, such as FRA")
    if not isinstance(sectors, list | tuple):
        raise ValueError(f"sectors is {sectors!r}, which is no list")
    for code in (*([sector] if sector is not None else []), *sectors):
        if not (isinstance(code, str) and code in SECTORS):
            raise ValueError(f"{code!r} is no sector of PLOVER")
    title = position.get("title")
    if title is not None and not isinstance(title, str):
        raise ValueError(f"title {title!r} is no text")
    start, end = _date(position.get("start")), _date(position.get("end"))
    if ends_before_it_starts(start, end):
        raise ValueError(f"the end {end} is before the start {start}")
    return OwnRole(country, sector, tuple(dict.fromkeys(sectors)), clean_title(title or ""), start, end)


def _date(value: Any) -> str | None:
    if value in (None, ""):
        return None
    match = _DATE.fullmatch(value) if isinstance(value, str) else None
    # Wikidata writes 2015-00-00 for a year.
    found = iso_or_none(match[1].replace("-00", "")) if match else None
    if found is None:
        raise ValueError(f"{value!r} is no date; write 2020-09-14, 2020-09 or 2020")
    return found
