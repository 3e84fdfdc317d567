from __future__ import annotations

from pathlib import Path

import pytest

from whowhom.errors import ExchangeError, InputError
from whowhom.own_actors import read_own


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (b"\xef\xbb\xbfname\nFront\n", ["Front"]),
        ("name\tkind\nFront für X\tgroup\n".encode("utf-16"), ["Front für X"]),
        (b"\n\n{\"label\": \"Front\"}\n", ["Front"]),
        (b"[\n{\"label\": \"Front\"}\n]\n", ["Front"]),
        ("# x\nMANFRED_WÖRNER_ [IGOWSTNAT 880701-940813]\n".encode("cp1252"), ["Manfred Wörner"]),
        (b"\tGATHER\nTHE_FRONT_\n\t[KENREB]\n", ["The Front"]),
        (b"", []),
        (b"\n \n", []),
    ],
)  # fmt: skip
def test_the_content_tells_the_form(tmp_path: Path, data: bytes, names: list[str]) -> None:
    path = tmp_path / "own"
    path.write_bytes(data)
    actors, _ = read_own(path)
    assert [actor.name for actor in actors] == names
    assert all(actor.origin == "own" for actor in actors)


def test_a_file_of_another_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear all,\nplease find enclosed.\n")
    with pytest.raises(ExchangeError, match=r"letter\.txt.*no file of actors"):
        read_own(path)


def test_a_file_that_is_not_there_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read_own(tmp_path / "none.csv")
    with pytest.raises(InputError, match="directory"):
        read_own(tmp_path)
