"""Code the annotated articles and print the figures of their scorer.

usage: python evals/articles.py SHARED [--predictions OUT.jsonl] [--only dev|test] [scorer options such as --errors ID]

SHARED is the folder that holds `articles/` (the annotated reports and `score.py`). The predictions are the public JSON
form, so that others can score them for themselves.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from whowhom.pipeline import Coder
from whowhom.read import article_from_text
from whowhom.records import Article


def predict(folder: Path) -> list[dict[str, object]]:
    """The coded documents of all annotated articles in `folder`, their `source_id` that of the annotation."""
    articles = []
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        article = article_from_text(
            gold["text"], source_id=gold["id"], title=gold["title"], url=gold["url"], published=gold["published"]
        )
        assert isinstance(article, Article), article
        articles.append(article)
    documents = []
    for result in Coder().run(articles):
        if not hasattr(result, "to_json"):
            raise SystemExit(f"{result.source}: {result.detail}")
        documents.append(result.to_json())
    return documents


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("shared", type=Path)
    ask.add_argument("--predictions", type=Path)
    args, rest = ask.parse_known_args()
    folder = args.shared / "articles"
    if not folder.is_dir():
        raise SystemExit(f"{folder}: no such folder; name the folder that holds articles/ with score.py")
    with tempfile.TemporaryDirectory() as scratch:
        out = args.predictions or Path(scratch) / "predictions.jsonl"
        lines = [json.dumps(document, ensure_ascii=False) for document in predict(folder)]
        out.write_text("\n".join(lines) + "\n", encoding="utf-8")
        subprocess.run([sys.executable, str(folder / "score.py"), str(folder), str(out), *rest], check=True)


if __name__ == "__main__":
    main()
