"""Keep our annotation of public news without its text: strings become offsets.

usage: python training/annotate.py SHARED DONE.jsonl ...

A line of DONE is `{"id": "SET-RECORD:START:END", "events": [...], "decoys": [...], "said": [...]}` in the form of the
written sentences (`training/sentences/GUIDE.md`), its strings copied from the text `[START, END)` of that record under
SHARED. What is written to `annotations/news.jsonl` has offsets into that stretch and a digest of it, no words.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from check_sentences import locate

OUT = Path(__file__).parent / "annotations" / "news.jsonl"
SETS = ("geowebnews-a.jsonl", "trnews.jsonl", "newscluster-a.jsonl", "polnear-train.jsonl", "5w1h-a.jsonl")
FILES = ("news/bbc/politics-*.txt", "news/muc4/TST4-*.txt")


def texts(shared: Path) -> dict[str, str]:
    """The texts of the public sets that are annotated, by record id or the name of their file."""
    out = {}
    for name in SETS:
        for line in (shared / "gold" / name).read_text("utf-8").splitlines():
            record = json.loads(line)
            out[record["id"]] = record["text"]
    out |= {path.stem: path.read_text("utf-8") for pattern in FILES for path in shared.glob(pattern)}
    return out


def digest(text: str) -> str:
    """The first 12 digits of a text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def standoff(record: dict[str, Any], text: str) -> dict[str, Any]:
    """A record with offsets for strings; what does not stand in the text is dropped, with all that hangs on it."""

    def spans(quoted: list[str]) -> list[list[int]]:
        return [list(span) for one in quoted if one and (span := locate(text, one))]

    events = []
    for event in record["events"]:
        trigger = locate(text, event["trigger"])
        if trigger is not None:
            sides = {side: spans(event.get(side, [])) for side in ("actors", "recipients")}
            events.append({**{k: event[k] for k in ("type", "mode", "status")}, "trigger": list(trigger), **sides})
    said = [
        {"source": spans([one["source"]]), "cue": spans([one["cue"]]), "content": spans(one["content"])}
        for one in record.get("said", [])
    ]
    return {"id": record["id"], "digest": digest(text), "events": events, "said": [s for s in said if s["content"]]}


def load(shared: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each annotated stretch: its text and its record with offsets. Stretches whose text is not there are left out."""
    known = texts(shared)
    for line in OUT.read_text("utf-8").splitlines() if OUT.exists() else ():
        record = json.loads(line)
        name, start, end = record["id"].rsplit(":", 2)
        text = known.get(name, "")[int(start) : int(end)]
        if digest(text) == record["digest"]:
            yield text, record


def main() -> None:
    known = texts(Path(sys.argv[1]))
    lines, events = [], 0
    for path in sys.argv[2:]:
        for line in Path(path).read_text("utf-8").splitlines():
            if not line.strip():
                continue
            record = json.loads(line)
            name, start, end = record["id"].rsplit(":", 2)
            kept = standoff(record, known[name][int(start) : int(end)])
            events += len(kept["events"])
            lines.append(json.dumps(kept, separators=(",", ":")))
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} stretches, {events} events -> {OUT.name}")


if __name__ == "__main__":
    main()
