"""The knowledge that the program carries, as TSV files with their sources named, and typed loaders for them.

Every table opens with `#` lines (what it holds, sources, date), then a header line with the column names, then one
row a line; columns are split by tabs, several values in a cell by `;`. Loaders read a file once, when first asked.
"""

from whowhom.resources.table import read_table

__all__ = ["read_table"]
