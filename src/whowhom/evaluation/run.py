"""One task on one gold file: read, predict, score, write."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whowhom.errors import InputError
from whowhom.evaluation.held_out import held_out
from whowhom.evaluation.metrics import Counts
from whowhom.evaluation.program import Program
from whowhom.evaluation.tasks import LABELS, TASKS, Task


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What an evaluation found: figures by name, counts by class, and each error with its cause."""

    task: str
    records: int
    figures: dict[str, float]
    classes: dict[str, Counts]
    errors: list[tuple[str, str, str]]

    def to_json(self) -> dict[str, Any]:
        """Figures and classes as plain values."""
        return {
            "task": self.task,
            "records": self.records,
            "figures": {name: round(value, 4) for name, value in self.figures.items()},
            "classes": {name: counts.row() for name, counts in self.classes.items()},
        }

    def causes(self) -> list[tuple[str, int]]:
        """The causes of the errors, most frequent first."""
        return Counter(cause for _, cause, _ in self.errors).most_common()


def read_gold(path: Path) -> list[dict[str, Any]]:
    """The records of a JSONL file, or of a folder with one JSON file a record.

    Raises:
        InputError: there is no such file, or a line is no JSON object; the message names file and line.
    """
    if path.is_dir():
        files = sorted(path.glob("*.json"))
        if not files:
            raise InputError(f"{path}: there is no .json file in this folder; give a folder of annotated reports")
        return [json.loads(one.read_text(encoding="utf-8")) for one in files]
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}; give a gold file in JSONL") from error
    out = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{path}:{number}: no JSON ({error}); a gold file has one JSON object a line") from error
        out.append(record)
    return out


def check_records(task: Task, records: Sequence[Any], gold: Path) -> None:
    """See that every record has the fields of the shape that the first record comes nearest to.

    Raises:
        InputError: one lacks a field; the message names the record.
    """
    first = records[0] if records and isinstance(records[0], dict) else {}
    fields = min(task.shapes, key=lambda shape: sum(field not in first for field in shape))
    for number, record in enumerate(records, 1):
        if not isinstance(record, dict):
            raise InputError(f"{gold}: record {number} is no JSON object; task {task.name!r} is {task.help}")
        missing = next((field for field in fields if field not in record), None)
        if missing is not None:
            name = repr(record["id"]) if "id" in record else number
            raise InputError(f"{gold}: record {name} has no {missing!r}; task {task.name!r} is {task.help}")


def _answerable(task: Task, records: Sequence[Any]) -> bool:
    """Whether every record has what the task predicts from, labels or not."""
    inputs = [[field for field in shape if field not in LABELS] for shape in task.shapes]
    return all(isinstance(r, dict) and any(all(f in r for f in fields) for fields in inputs) for r in records)


def evaluate(
    task_name: str,
    gold: Path,
    *,
    predictions: Path | None = None,
    program: Program | None = None,
    limit: int | None = None,
    unseen: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Run the program on a gold file and compare.

    Args:
        task_name: a key of `TASKS`.
        gold: the gold file or folder.
        predictions: where to write the raw predictions: a line `{"id", "prediction"}` a record; for `articles` the
            coded document itself. With it, records without labels are predicted too, and nothing is scored.
        program: what predicts; else the program as installed.
        limit: take no more than the first so many records.
        unseen: take the records alone that the model was not trained on, where the set is one that it was trained on.
        progress: called with the number of records done and of all.

    Raises:
        InputError: no such task, the file cannot be read, a record lacks what the task needs, or `unseen` is asked of
            records that the model was trained on.
    """
    task = TASKS.get(task_name)
    if task is None:
        raise InputError(f"there is no task {task_name!r}; there are: {', '.join(TASKS)}")
    records = read_gold(gold)
    labelled = True
    try:
        check_records(task, records, gold)
    except InputError:
        if predictions is None or not _answerable(task, records):
            raise
        labelled = False
    records = (held_out(task_name, records) if unseen else records)[:limit]
    found: list[Any] = []
    for prediction in task.predict(program or Program(), records):
        found.append(prediction)
        if progress is not None:
            progress(len(found), len(records))
    if predictions is not None:
        lines = (
            json.dumps(p if task_name == "articles" else {"id": r["id"], "prediction": p}, ensure_ascii=False)
            for r, p in zip(records, found, strict=True)
        )
        predictions.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    if not labelled:
        return Evaluation(task_name, len(records), {}, {}, [])
    figures, classes, errors = task.score(records, found)
    return Evaluation(task_name, len(records), figures, classes, errors)
