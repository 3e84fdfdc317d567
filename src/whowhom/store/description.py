"""The schema in words: a page made from the comments of the migrations, so that it cannot drift from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from whowhom.store.database import migrations

_TABLE = re.compile(r"CREATE (?:VIRTUAL )?(TABLE|VIEW) (\w+)", re.I)
_COLUMN = re.compile(r'\s+"?([a-z_]+)"?\s+(INTEGER|TEXT|REAL|BLOB)\b(.*?)(?:--\s*(.+))?$')
_REFERENCES = re.compile(r"REFERENCES (\w+)")


_HEAD = """\
# The store

One SQLite file in WAL mode. This page is made from the comments of the schema by `make docs`; a test holds both
together. Dates are ISO 8601 at the precision known; spans are JSON lists of `[start, end)` in code points of
`document.text`; countries are ISO 3166-1 alpha-3 or PLOVER's names (IGO, UNO, EUR, NGO, ISM, IMG, MNC).

Tables that begin with `report_`, and `statement`, `role` and `relation`, hold what one report says, and point at the
words that prove it. `actor`, `event`, `pledge` and `story` are joined over reports. Any tool that reads SQLite reads
them:

```sh
sqlite3 -header -column news.db 'SELECT date, actors, type, recipients, sources FROM events LIMIT 5'
duckdb -c "ATTACH 'news.db' (TYPE sqlite); SELECT type, count(*) FROM news.event GROUP BY type"
datasette news.db
```

```python
pandas.read_sql("SELECT * FROM events", sqlite3.connect("news.db"))
```

```r
DBI::dbReadTable(DBI::dbConnect(RSQLite::SQLite(), "news.db"), "events")
```"""


@dataclass(slots=True)
class TableText:
    """A table or view: what it is for, and its columns as (name, type, words)."""

    name: str
    kind: str
    about: str
    columns: list[tuple[str, str, str]]


def tables() -> Iterator[TableText]:
    """Every table and view of the schema with the comments that it has."""
    for _, sql in migrations():
        comment: list[str] = []
        table: TableText | None = None
        for line in sql.splitlines():
            if line.startswith("--"):
                comment.append(line.lstrip("- "))
                continue
            if match := _TABLE.match(line):
                table = TableText(match[2], match[1].lower(), " ".join(comment), [])
            elif table is not None and (column := _COLUMN.match(line)):
                table.columns.append((column[1], column[2].lower(), _words(column)))
            if not line.strip():
                comment = []
            if table is not None and line.rstrip().endswith(";"):
                if table.kind == "view" or table.columns or table.about:
                    yield table
                table, comment = None, []


def _words(column: re.Match[str]) -> str:
    """What a column holds: its comment, else what its constraints say."""
    target = _REFERENCES.search(column[3])
    said = (column[4] or ("number" if "PRIMARY KEY" in column[3] else "")).strip()
    return "; ".join(one for one in (said, f"row of `{target[1]}`" if target else "") if one)


def page() -> str:
    """The page on the schema, in Markdown."""
    out = [_HEAD]
    for table in tables():
        out += ["", f"## {table.name}{' (view)' if table.kind == 'view' else ''}", "", table.about]
        if table.columns:
            out += ["", "| column | type | what it holds |", "| --- | --- | --- |"]
            out += [f"| {name} | {kind} | {words} |" for name, kind, words in table.columns]
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    print(page(), end="")
