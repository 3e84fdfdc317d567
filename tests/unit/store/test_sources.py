"""How many independent sources."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from handmade import PROVENANCE, report

from whowhom.records import Document
from whowhom.store.sources import independent
from whowhom.store.writer import Writer


def put(db: sqlite3.Connection, *documents: Document) -> list[int]:
    pen = Writer(db, PROVENANCE)
    with pen.batch():
        for one in documents:
            pen.put(one)
    return [row[0] for row in db.execute("SELECT id FROM document ORDER BY id")]


@pytest.mark.parametrize(
    ("first", "second", "number"),
    [
        ({"publisher": "Post"}, {"publisher": "Courier"}, 2),
        ({"publisher": "Post"}, {"publisher": "Post"}, 1),
        ({"publisher": "The Post", "url": "https://www.post.example/a"},
         {"publisher": "post.example", "url": "https://post.example/b"}, 1),
        ({"publisher": None}, {"publisher": None}, 2),
        ({"publisher": None, "url": "http://[broken"}, {"publisher": "Post"}, 2),
    ],
)  # fmt: skip
def test_different_texts_count_by_outlet(
    db: sqlite3.Connection, first: dict[str, str | None], second: dict[str, str | None], number: int
) -> None:
    texts = ("Ministers met in Oslo to talk about fish.", "A storm sank two boats near the northern islands.")
    documents = put(
        db, *(report(f"r{k}", text, [], **f) for k, (text, f) in enumerate(zip(texts, (first, second), strict=True)))
    )
    assert independent(db, documents) == number


def test_a_text_that_two_outlets_carry_is_one_source(db: sqlite3.Connection) -> None:
    agency = report("r", "Ministers met in Oslo to talk about fish.", [], publisher="Agency")
    documents = put(db, agency, replace(agency, publisher="Post", source_id="copy"))
    assert independent(db, documents) == 1
