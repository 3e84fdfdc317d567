"""The bar that is shown while reports are coded."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from whowhom.cli.code import _shown
from whowhom.cli.progress import progress
from whowhom.read import ReadOptions
from whowhom.records import Skipped

OPTIONS = ReadOptions()


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def screen_of(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Standard error as a screen; standard output is none. Called within a test, as pytest takes both over before."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    found = Screen()
    monkeypatch.setattr(sys, "stderr", found)
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr(sys, "stdin", Screen())
    return found


@pytest.fixture
def reports(tmp_path: Path) -> list[str]:
    (tmp_path / "two.jsonl").write_text('{"text": "a"}\n{"text": "b"}\n')
    (tmp_path / "one.txt").write_text("a")
    return [str(tmp_path / "two.jsonl"), str(tmp_path / "one.txt")]


def test_the_number_of_reports_is_shown_as_far_as_it_is_known(
    reports: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = screen_of(monkeypatch)
    with progress(reports, OPTIONS) as show:
        show(2)
    assert "2/3" in screen.getvalue()
    with progress([*reports, "https://example.org/"], OPTIONS) as show:
        show(2)
    assert "2/?" in screen.getvalue()


@pytest.mark.parametrize("inputs", [["one"], ["-"], ["two", "-"]])
def test_nothing_is_shown_of_one_report_and_while_one_is_typed(
    reports: list[str], inputs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = screen_of(monkeypatch)
    named = {"two": reports[0], "one": reports[1], "-": "-"}
    with progress([named[one] for one in inputs], OPTIONS) as show:
        show(1)
    assert not screen.getvalue()


def test_a_pipe_on_standard_input_may_have_a_bar(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = screen_of(monkeypatch)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with progress(["-"], OPTIONS) as show:
        show(1)
    assert "1/?" in screen.getvalue()


def test_what_is_no_screen_gets_nothing(reports: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    plain = io.StringIO()
    monkeypatch.setattr(sys, "stderr", plain)
    with progress(reports, OPTIONS) as show:
        show(1)
    assert not plain.getvalue()


def results(number: int) -> Iterator[Skipped]:
    for k in range(number):
        yield Skipped(str(k), "empty", "it is empty")


def test_records_pass_the_bar_and_stay_on_standard_output(reports: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    screen = screen_of(monkeypatch)
    for result in _shown(results(3), reports, OPTIONS):
        print(result.source)
    assert isinstance(sys.stdout, io.StringIO)
    assert sys.stdout.getvalue().split() == ["0", "1", "2"]
    assert "3/3" in screen.getvalue()


def test_no_bar_is_among_records_on_a_screen(reports: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    screen = screen_of(monkeypatch)
    monkeypatch.setattr(sys, "stdout", Screen())
    assert len(list(_shown(results(3), reports, OPTIONS))) == 3
    assert not screen.getvalue()
