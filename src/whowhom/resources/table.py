"""Reading the TSV tables of `resources/`."""

from __future__ import annotations

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
