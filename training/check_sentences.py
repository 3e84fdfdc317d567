"""Check the written training sentences: every quoted string stands in its text, every code is of the codebook.

usage: python training/check_sentences.py FILE.jsonl ...

Run it with the package's own Python (it needs no torch).
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

from whowhom.records import EVENT_TYPES as TYPES
from whowhom.records import STATUSES


def locate(text: str, quoted: str) -> tuple[int, int] | None:
    """The span of `quoted` in `text`; a trailing `#n` asks for the n-th occurrence. None where it does not stand."""
    wanted, _, number = quoted.partition("#")
    nth = int(number) if number.isdigit() else 1
    left = r"(?<!\w)" if wanted[:1].isalnum() else ""
    right = r"(?!\w)" if wanted[-1:].isalnum() else ""
    found = list(re.finditer(left + re.escape(wanted) + right, text))
    return found[nth - 1].span() if 0 < nth <= len(found) else None


def modes() -> dict[str, set[str]]:
    """The modes of each type, from the package's codebook."""
    table = Path(__file__).parent.parent / "src/whowhom/resources/codebook/plover.tsv"
    rows = [line.split("\t") for line in table.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    out: dict[str, set[str]] = {name: set() for name in TYPES}
    for row in rows[1:]:
        if row[0] in out and row[1]:
            out[row[0]].add(row[1])
    return out


def faults(record: dict, known: dict[str, set[str]]) -> list[str]:
    """What is wrong with one record, in words."""
    text, out = record["text"], []
    quoted = list(record.get("decoys", []))
    for event in record["events"]:
        quoted += [event["trigger"], *event["actors"], *event["recipients"]]
        if event["type"] not in TYPES:
            out.append(f"no type {event['type']!r}")
        elif event["mode"] and event["mode"] not in known[event["type"]]:
            out.append(
                f"{event['type']} has no mode {event['mode']!r}; it has {', '.join(sorted(known[event['type']]))}"
            )
        if event["status"] not in STATUSES:
            out.append(f"no status {event['status']!r}")
    for said in record.get("said", []):
        quoted += [one for one in (said["source"], said["cue"], *said["content"]) if one]
    out += [f"{one!r} does not stand in the text" for one in quoted if locate(text, one) is None]
    return out


def main() -> None:
    known, ids, wrong, counts = modes(), set(), 0, Counter()
    for name in sys.argv[1:]:
        for number, line in enumerate(Path(name).read_text("utf-8").splitlines(), 1):
            try:
                record = json.loads(line)
                found = faults(record, known)
            except (json.JSONDecodeError, KeyError, TypeError) as error:
                found, record = [f"{type(error).__name__}: {error}"], {"id": None, "events": []}
            if record["id"] in ids:
                found.append(f"id {record['id']!r} is used twice")
            ids.add(record["id"])
            counts.update(event.get("type") for event in record["events"])
            counts["sentences"] += 1
            for fault in found:
                wrong += 1
                print(f"{name}:{number}: {fault}")
    print(", ".join(f"{name} {count}" for name, count in counts.most_common()))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
