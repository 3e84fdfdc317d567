"""The table of formats, and which data set a file is of."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from exchange_samples import event, save, written

from whowhom.exchange.events import DEFAULT_OPTIONS
from whowhom.exchange.formats import FORMATS, detect, read_events
from whowhom.exchange.gdelt import write_gdelt
from whowhom.exchange.icews import write_icews
from whowhom.exchange.polecat import write_polecat
from whowhom.store.rows import StoredEvent


def test_every_format_has_a_suffix_a_word_on_it_and_something_to_hold() -> None:
    for name, one in FORMATS.items():
        assert one.name == name
        assert one.suffix.startswith(".")
        assert one.about
        assert one.holds
    assert {name for name, one in FORMATS.items() if one.read} == {"polecat", "icews", "gdelt"}
    assert {name for name, one in FORMATS.items() if one.extra} == {"parquet"}


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if one.takes == "events"])
def test_writers_of_events_stream(name: str) -> None:
    """Each event is written before the next is asked for; the network, which sums them, is whole at the end."""
    stream = io.StringIO()
    sizes = []

    def events() -> Iterator[StoredEvent]:
        for k in range(1, 4):
            sizes.append(len(stream.getvalue()))
            yield event(id=k)

    account = FORMATS[name].write(events(), stream, DEFAULT_OPTIONS)
    assert account.rows == (1 if name == "graphml" else 3)
    assert name == "graphml" or sizes[0] < sizes[1] < sizes[2] < len(stream.getvalue())
    if name == "geojson":
        json.loads(stream.getvalue())
    if name == "graphml":
        ET.fromstring(stream.getvalue().encode())


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if one.takes == "rows"])
def test_writers_of_rows_count(name: str) -> None:
    assert FORMATS[name].write([{"words": "a"}, {"words": "b"}], io.StringIO()) == 2


@pytest.mark.parametrize(
    ("write", "data_set", "first"),
    [
        (write_polecat, "polecat", 0), (write_polecat, "polecat", 1), (write_icews, "icews", 0),
        (write_icews, "icews", 1), (write_gdelt, "gdelt", 0),
    ],
)  # fmt: skip
def test_the_data_set_of_a_file_is_found_with_and_without_header(
    tmp_path: Path, write: object, data_set: str, first: int
) -> None:
    path = save(tmp_path / "a", written(write, [event()])[first:])  # type: ignore[arg-type]
    assert detect(path) == data_set
    (found,) = read_events(path, data_set)  # type: ignore[arg-type]
    assert found.data_set == data_set  # type: ignore[union-attr]


def test_other_files_are_of_none(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("just words\n")
    assert detect(path) is None
    path.write_text("")
    assert detect(path) is None
