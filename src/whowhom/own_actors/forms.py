"""Reading a user's file of actors, whichever of the forms it has."""

from __future__ import annotations

import codecs
from pathlib import Path

from whowhom.errors import ExchangeError, InputError
from whowhom.own_actors.cameo_dictionary import read_dictionary
from whowhom.own_actors.entries import BadLine, OwnActor
from whowhom.own_actors.table import read_table, separator_of
from whowhom.own_actors.wikidata import read_extract


def read_own(path: Path) -> tuple[list[OwnActor], list[BadLine]]:
    """The actors of a file, one a name, and the lines that were not read, each with its reason.

    The content tells the form: a table by its header, a Wikidata extract by its braces, a CAMEO dictionary by codes in
    square brackets.

    Raises:
        InputError: the file cannot be read at all.
        ExchangeError: it has none of the three forms.
    """
    try:
        text = _decoded(path.read_bytes())
    except OSError as error:
        raise InputError(f"cannot read the actors in {str(path)!r}: {error.strerror or error}") from error
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        return [], []
    if first.lstrip().startswith("{") or (first.strip() == "[" and "{" in text):
        return read_extract(text, path.name)
    if separator_of(first) is not None:
        return read_table(text, path.name)
    if "[" in text and "]" in text:
        return read_dictionary(text, path.name)
    raise ExchangeError(
        f"{str(path)!r} is no file of actors: it is neither a table whose header has a column 'name', nor a CAMEO"
        " actor dictionary, nor an extract of Wikidata as JSON lines"
    )


def _decoded(data: bytes) -> str:
    """The text of a file in UTF-8 or UTF-16, else in the Western European letters of the old dictionaries."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
