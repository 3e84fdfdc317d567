"""Statements as schema.org Quotations in JSON-LD: the words, who said them, and the article they stand in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TextIO

from whowhom.resources.knowledge import country_by_code


def write_jsonld(rows: Iterable[Mapping[str, object]], stream: TextIO) -> int:
    """Write statements as a JSON-LD graph, one Quotation a line; how many.

    A row has `words` and any of `speaker`, `speaker_kind` (as of an actor; a person where it is not said), `country`,
    `date`, `title`, `url`, `publisher` and `published`; what is not known is left out. The text may stand in a page's
    `<script>`: `<` is written as an escape.
    """
    count = 0
    stream.write('{"@context": "https://schema.org", "@graph": [')
    for row in rows:
        stream.write(",\n" if count else "\n")
        stream.write(json.dumps(_quotation(row), ensure_ascii=False).replace("<", "\\u003c"))
        count += 1
    stream.write("\n]}\n")
    return count


def _quotation(row: Mapping[str, object]) -> dict[str, object]:
    speaker = _speaker(row)
    return _known(
        {
            "@type": "Quotation",
            "text": row.get("words"),
            "spokenByCharacter": speaker,
            "creator": speaker,
            "dateCreated": row.get("date"),
            "isPartOf": _article(row),
        }
    )


def _speaker(row: Mapping[str, object]) -> dict[str, object] | None:
    if not row.get("speaker"):
        return None
    kind = "Person" if row.get("speaker_kind") in (None, "person") else "Organization"
    country = country_by_code().get(str(row.get("country")))
    state = {"@type": "Country", "name": country.name, "identifier": country.iso3} if country else None
    place = "nationality" if kind == "Person" else "location"
    return _known({"@type": kind, "name": row["speaker"], place: state})


def _article(row: Mapping[str, object]) -> dict[str, object] | None:
    publisher = row.get("publisher")
    article = _known(
        {
            "headline": row.get("title"),
            "url": row.get("url"),
            "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
            "datePublished": row.get("published"),
        }
    )
    return {"@type": "NewsArticle", **article} if article else None


def _known(fields: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value not in (None, "")}
