"""Which labelled texts are kept out of training: one in ten, the same ones whenever and wherever it is asked.

PolNeAR comes with a dev part, which is kept out as a whole instead.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from whowhom.errors import InputError

_POLNEAR = re.compile(r"polnear-[^_]+_(\d{4}-\d{2}-\d{2})_")
_LAST_TRAINED = "2016-09-07"
"""PolNeAR's parts follow each other in time: the last day of its train part; dev begins the day after."""


def is_held_out(text: str) -> bool:
    """Whether a text is kept out of training, by a hash of its letters and digits.

    The hash sees no spacing or punctuation, so that one sentence is on the same side in every set that has it.
    """
    letters = re.sub(r"[\W_]+", "", text).casefold()
    return hashlib.sha256(letters.encode()).digest()[0] % 10 == 0


def held_out(task: str, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The records (for `police` the sentences) that training did not see.

    Only what the training reads has such a part: for the other tasks all records are returned. Of PolNeAR (`quotes`)
    the ids tell the day, and the day the part.

    Raises:
        InputError: a record is of the train part of PolNeAR, all of which training read.
    """
    if task in ("relation", "quad") or (task == "sentence-events" and records and "sentence" in records[0]):
        return [record for record in records if is_held_out(record["sentence"])]
    if task == "participants":
        return [record for record in records if is_held_out(" ".join(record["tokens"]))]
    if task == "police":
        out = []
        for record in records:
            kept = [s for s in record["sentences"] if is_held_out(record["text"][s["start"] : s["end"]])]
            if kept:
                out.append({**record, "sentences": kept})
        return out
    if task == "quotes":
        for record in records:
            day = _POLNEAR.match(str(record["id"]))
            if day is not None and day[1] <= _LAST_TRAINED:
                raise InputError(
                    f"record {record['id']!r} is of PolNeAR's train part, which the model was trained on; kept out was "
                    "PolNeAR's own dev part: give polnear-dev.jsonl"
                )
    return records
