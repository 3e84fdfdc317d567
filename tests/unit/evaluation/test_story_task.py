"""The task `stories`: its metric, its causes of errors, and its way through the store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from whowhom.evaluation import evaluate
from whowhom.evaluation.stories import b_cubed, score

TEXTS = (
    "Dockers walked out at Port Elena in Calvera. Meridian Terminals refused to raise wages, said Oskar Lind.",
    "Soldiers took the palace in Kasir and arrested Idris Soro, the president of Tamara, said General Moussa Diarra.",
    "Grain ships wait off Port Elena as Oskar Lind's union holds out against Meridian Terminals of Calvera over wages.",
)


def records(**changes: object) -> list[dict[str, object]]:
    dates = ("2020-09-15", "2020-09-14", "2020-09-13")
    return [
        {"id": str(k), "text": text, "title": None, "date_publish": f"{day}T00:00:00", "event_id": k % 2} | changes
        for k, (text, day) in enumerate(zip(TEXTS, dates, strict=True))
    ]


def test_b_cubed_as_worked_out_by_hand() -> None:
    # a: {1, 2, 3}, b: {4, 5}; found: {1, 2}, {3, 4, 5}
    precision, recall, f1 = b_cubed("aaabb", [1, 1, 2, 2, 2])
    assert precision == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5)
    assert recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)
    assert f1 == pytest.approx(2 * precision * recall / (precision + recall))


def test_b_cubed_ends() -> None:
    assert b_cubed("aabb", [7, 7, 9, 9]) == (1, 1, 1)
    assert b_cubed("abcd", [1, 1, 1, 1])[:2] == (0.25, 1)
    assert b_cubed([], []) == (0, 0, 0)


def test_errors_have_causes() -> None:
    days = ("2020-09-10", "2020-09-12", "2020-09-11", "2021-01-01", "2020-09-11")
    rows = [{"id": str(k), "title": "t", "date_publish": day, "event_id": int(k == 4)} for k, day in enumerate(days)]
    figures, classes, errors = score(rows, [1, 1, 2, 3, 1])
    assert [(one, cause) for one, cause, _ in errors] == [
        ("2", "apart from its event, of the same days"),
        ("3", "apart from its event, of other days"),
        ("4", "in a story of another event"),
    ]
    assert (classes["pairs"].gold, classes["pairs"].found, classes["pairs"].right) == (6, 3, 1)
    assert figures["stories"] == 3


@pytest.mark.parametrize("changes", [{}, {"date_publish": None}])
def test_the_task_runs_through_the_store(tmp_path: Path, changes: dict[str, object]) -> None:
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    gold.write_text("".join(json.dumps(record) + "\n" for record in records(**changes)), encoding="utf-8")
    found = evaluate("stories", gold, predictions=out)
    assert found.figures["B3 F1"] == 1
    predictions = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in predictions] == ["0", "1", "2"]
    assert predictions[0]["prediction"] == predictions[2]["prediction"] != predictions[1]["prediction"]


def test_records_without_labels_are_predicted(tmp_path: Path) -> None:
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    gold.write_text(
        "".join(json.dumps({"id": k, "text": text}) + "\n" for k, text in enumerate(TEXTS)), encoding="utf-8"
    )
    assert evaluate("stories", gold, predictions=out).figures == {}
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3
