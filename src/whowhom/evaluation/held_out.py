"""Which labelled texts are kept out of training: one in ten, the same ones whenever and wherever it is asked."""

from __future__ import annotations

import hashlib
import re
from typing import Any


def is_held_out(text: str) -> bool:
    """Whether a text is kept out of training, by a hash of its letters and digits.

    The hash sees no spacing or punctuation, so that one sentence is on the same side in every set that has it.
    """
    letters = re.sub(r"[\W_]+", "", text).casefold()
    return hashlib.sha256(letters.encode()).digest()[0] % 10 == 0


def held_out(task: str, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The records (for `police` the sentences) that training did not see.

    Only what the training reads has such a part: for the other tasks all records are returned.
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
    return records
