"""Our own annotation of public articles, kept without their texts: put the texts back, or take them out.

usage: python evals/own_articles.py SHARED OUT          write whole annotated reports to the folder OUT
       python evals/own_articles.py SHARED --take FOLDER   take the reports of FOLDER into evals/gold/articles

The articles are their publishers', so only what we wrote lies in this repository: records with character offsets, and
which record of which public set (SHARED/gold) they annotate. A digest makes sure that the text is the one annotated.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "gold" / "articles"
SETS = {"gwn": "geowebnews-a.jsonl", "trn": "trnews.jsonl"}
_THEIRS = ("text", "title", "url")  # what the publisher wrote


def texts(shared: Path) -> dict[str, dict[str, Any]]:
    """The records of the public sets by a digest of their text."""
    out = {}
    for name in SETS.values():
        for line in (shared / "gold" / name).read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            out[digest(record["text"])] = record
    return out


def digest(text: str) -> str:
    """SHA-256 of a text, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def load(shared: Path) -> list[dict[str, Any]]:
    """Our annotated reports with their texts, in order of id.

    Raises:
        SystemExit: a text is not in SHARED.
    """
    known = texts(shared)
    out = []
    for path in sorted(HERE.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        source = known.get(record.pop("text_sha256"))
        if source is None:
            raise SystemExit(f"{path.name}: the text that it annotates is not under {shared / 'gold'}")
        out.append(record | {"text": source["text"], "title": source.get("title"), "url": source.get("url")})
    return out


def take(shared: Path, folder: Path) -> int:
    """Strip the reports of `folder` of what is not ours and keep them; how many."""
    known = texts(shared)
    count = 0
    for path in sorted(folder.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        key = digest(record["text"])
        if key not in known:
            print(f"{path.name}: its text is in no public set; left out")
            continue
        kept = {name: value for name, value in record.items() if name not in (*_THEIRS, "source_id")}
        for event in kept["events"]:
            for magnitude in (event.get("magnitude") or {}).values():
                magnitude.pop("text", None)
        kept["text_sha256"] = key
        (HERE / path.name).write_text(json.dumps(kept, ensure_ascii=False) + "\n", encoding="utf-8")
        count += 1
    return count


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("shared", type=Path)
    ask.add_argument("out", type=Path, nargs="?")
    ask.add_argument("--take", type=Path, metavar="FOLDER")
    args = ask.parse_args()
    if args.take:
        print(f"{take(args.shared, args.take)} reports taken")
        return
    if args.out is None:
        ask.error("name the folder to write to")
    args.out.mkdir(parents=True, exist_ok=True)
    for record in load(args.shared):
        (args.out / f"{record['id']}.json").write_text(
            json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
