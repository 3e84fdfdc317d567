"""CSV, JSON Lines and Parquet of dict rows."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from exchange_samples import event
from hypothesis import given
from hypothesis import strategies as st

from whowhom.errors import ExchangeError, MissingExtraError
from whowhom.exchange.tables import write_csv, write_jsonl, write_parquet
from whowhom.store.rows import StoredEvent
from whowhom.store.tables import column_types, flat

plain = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=12)


@given(st.lists(st.fixed_dictionaries({"name": plain, "what": plain}), min_size=1, max_size=5))
def test_csv_is_read_back_as_it_was(rows: list[dict[str, str]]) -> None:
    stream = io.StringIO(newline="")
    assert write_csv(rows, stream) == len(rows)
    stream.seek(0)
    assert list(csv.DictReader(stream)) == rows


def test_lists_are_joined_and_nothing_is_empty() -> None:
    stream = io.StringIO()
    write_csv([{"a": ["x", "y"], "b": None, "c": {"low": 3}, "d": 1.5, "e": (1, 2), "f": [{"g": 1}]}], stream)
    assert stream.getvalue() == 'a,b,c,d,e,f\nx; y,,"{""low"": 3}",1.5,1; 2,"[{""g"": 1}]"\n'


def test_words_are_raw_unless_they_are_to_be_harmless() -> None:
    rows = [{"name": "=1+1", "other": "+49", "score": -7.0, "plain": "a=b"}]
    raw, harmless = io.StringIO(), io.StringIO()
    write_csv(rows, raw)
    write_csv(rows, harmless, harmless=True)
    assert raw.getvalue().splitlines()[1] == "=1+1,+49,-7.0,a=b"
    assert harmless.getvalue().splitlines()[1] == "'=1+1,'+49,-7.0,a=b"


def test_a_column_that_the_header_lacks_is_an_error() -> None:
    with pytest.raises(ExchangeError, match="row 2 has columns that the header has not: b"):
        write_csv([{"a": 1}, {"a": 1, "b": 2}], io.StringIO())


def test_columns_can_be_given_and_rows_may_lack_some() -> None:
    stream = io.StringIO()
    assert write_csv([], stream, ["a", "b"]) == 0
    assert write_csv([{"b": 1}], stream, ["a", "b"]) == 1
    assert stream.getvalue() == "a,b\na,b\n,1\n"


def test_jsonl_keeps_the_shape() -> None:
    stream = io.StringIO()
    rows = [{"name": "Łukasz\n", "list": [1, 2], "none": None}, {"name": "b"}]
    assert write_jsonl(rows, stream) == 2
    assert [json.loads(line) for line in stream.getvalue().splitlines()] == rows


def test_parquet_comes_back(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = [flat(event(id=k, end=None)) for k in range(5)]
    path = tmp_path / "events.parquet"
    assert write_parquet(iter([rows[:2], [], rows[2:]]), path, column_types(StoredEvent)) == 5
    assert parquet.read_table(path).to_pylist() == rows
    assert list(tmp_path.iterdir()) == [path]


def test_parquet_finds_the_columns_by_the_first_batch(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    batches = [[{"a": 1, "b": None}, {"a": 1.5, "c": ["x"]}], [{"a": 2, "b": "late"}]]
    path = tmp_path / "a.parquet"
    assert write_parquet(batches, path) == 3
    assert parquet.read_table(path).to_pylist() == [
        {"a": 1.0, "b": None, "c": None}, {"a": 1.5, "b": None, "c": "x"}, {"a": 2.0, "b": "late", "c": None},
    ]  # fmt: skip


def test_no_rows_make_a_parquet_file_where_the_columns_are_known(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    assert write_parquet([], tmp_path / "a.parquet", column_types(StoredEvent)) == 0
    assert parquet.read_table(tmp_path / "a.parquet").column_names == list(column_types(StoredEvent))
    with pytest.raises(ExchangeError, match="no row to write"):
        write_parquet([], tmp_path / "b.parquet")


def test_a_value_of_another_type_leaves_no_file(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    with pytest.raises(ExchangeError, match="after row 1: a value of another type"):
        write_parquet([[{"a": 1}], [{"a": "x"}]], tmp_path / "a.parquet")
    with pytest.raises(ExchangeError, match="columns that the first batch has not: b"):
        write_parquet([[{"a": 1}], [{"b": 1}]], tmp_path / "a.parquet")
    assert not list(tmp_path.iterdir())


def test_without_pyarrow_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'whowhom\[frames\]'"):
        write_parquet([[{"a": 1}]], tmp_path / "a.parquet")


def test_rows_are_taken_one_by_one() -> None:
    taken = []

    def rows() -> Iterator[dict[str, object]]:
        for k in range(3):
            taken.append((k, stream.tell()))
            yield {"k": k}

    stream = io.StringIO()
    write_csv(rows(), stream)
    assert [at for _, at in taken] == [0, 4, 6]
