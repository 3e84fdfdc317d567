"""The page on the schema."""

from __future__ import annotations

from pathlib import Path

from whowhom.store.database import connect
from whowhom.store.description import page, tables

PAGE = Path(__file__).parents[3] / "docs" / "store.md"


def test_the_page_is_that_of_the_schema() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `make docs`"


def test_every_table_and_column_is_described(tmp_path: Path) -> None:
    db = connect(tmp_path / "a.db", write=True, create=True)
    described = {one.name: [name for name, _, _ in one.columns] for one in tables() if one.kind == "table"}
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if "_search_" in name or name.startswith("sqlite_"):
            continue
        assert name in described, name
        if not name.endswith("_search"):
            assert described[name] == [row[1] for row in db.execute(f"PRAGMA table_info({name})")], name


def test_nothing_is_left_without_words() -> None:
    for one in tables():
        assert one.about, one.name
        for name, _, words in one.columns:
            assert words, f"{one.name}.{name}"
