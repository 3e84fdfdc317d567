"""Reading the TSV tables of `resources/`."""

from __future__ import annotations

from functools import cache
from importlib import resources

from whowhom.errors import ResourceError


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a table under `resources/` (such as `knowledge/countries.tsv`), as dicts by column name.

    Cells are stripped strings; a row may leave out cells at its end, which read as "".

    Raises:
        ResourceError: a row has more cells than the header, or there is no header.
    """
    text = resources.files("whowhom.resources").joinpath(name).read_text(encoding="utf-8")
    header: list[str] | None = None
    rows: list[dict[str, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
        elif len(cells) > len(header):
            raise ResourceError(f"{name}:{number}: {len(cells)} cells where the header has {len(header)} columns")
        else:
            rows.append(dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True)))
    if header is None:
        raise ResourceError(f"{name}: no header line")
    return rows


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, split at `;`, blanks dropped."""
    return tuple(part for value in cell.split(";") if (part := value.strip()))


@cache
def word_classes(table: str) -> dict[str, frozenset[str]]:
    """The words of a table such as `lexicon/names.tsv` by the class in its first column, classes in their order."""
    found: dict[str, frozenset[str]] = {}
    for row in read_table(table):
        name = next(iter(row.values()))
        found[name] = found.get(name, frozenset()) | frozenset(values(row["words"]))
    return found


@cache
def word_class(table: str, name: str) -> frozenset[str]:
    """The words of one class of a table.

    Raises:
        ResourceError: the table has no class of that name.
    """
    try:
        return word_classes(table)[name]
    except KeyError:
        raise ResourceError(f"{table}: no class {name!r}") from None
