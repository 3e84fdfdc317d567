"""How well the store tells that two reports tell one happening.

usage: python evals/happenings.py ECBPLUS.jsonl [--coded CACHE]    cross-document event coreference on ECB+
       python evals/happenings.py --pairs tests/cases/happenings.jsonl    invented pairs, texts coded from scratch
       python evals/happenings.py --clusters NEWSCLUSTER.jsonl [--coded CACHE]    wrong joins across news events

ECB+ annotates every event; we code political ones. So the figures are taken over what both have: gold mentions on
whose words a coded event has its trigger. All documents go through the store's own writer, in order of id, all topics
into one store. Joining is developed on the topics of odd number and reported on those of even number.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from whowhom.evaluation.metrics import Counts
from whowhom.pipeline import Coder
from whowhom.read import article_from_text
from whowhom.read.dates import parse_published
from whowhom.records import Article, Block, Document
from whowhom.store.database import migrate
from whowhom.store.writer import Provenance, Writer

_NO_SPACE_BEFORE = frozenset(". , ; : ! ? % ) ] 's 're 've 'll 'd 'm n't".split()) | {"''", "' '", "’s"}
_NO_SPACE_AFTER = frozenset("( [ $ £ € `` #".split())
_QUOTES = {"``": '"', "''": '"'}
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[/-]\s*(\d{1,2})\s*[/-]\s*(\d{1,2})(?!\d)")

Spot = tuple[int, int]
Record = dict[str, Any]


def article(record: Record) -> tuple[Article, dict[Spot, Spot]]:
    """The running text of an ECB+ record up to its last annotated sentence, and where each token stands in it."""
    sentences: list[list[str]] = record["sentences"]
    last = max(record["scored_sentences"], default=-1)
    where: dict[Spot, Spot] = {}
    paragraphs: list[str] = []
    offset = 0
    for number, tokens in enumerate(sentences[: last + 1]):
        if number == 0 and tokens[:2] == ["http", ":"]:
            continue
        line = ""
        for k, token in enumerate(tokens):
            word = _QUOTES.get(token, token)
            glued = not line or token in _NO_SPACE_BEFORE or tokens[k - 1] in _NO_SPACE_AFTER
            line += word if glued else f" {word}"
            where[number, k] = (offset + len(line) - len(word), offset + len(line))
        paragraphs.append(line)
        offset += len(line) + 2
    text = "\n\n".join(paragraphs)
    blocks, start = [], 0
    for line in paragraphs:
        blocks.append(Block(start, start + len(line)))
        start += len(line) + 2
    return Article(text, record["id"], published=_published(sentences), language="en", blocks=tuple(blocks)), where


def _published(sentences: list[list[str]]) -> str | None:
    """The day in the address, else in a short line near the top."""
    if found := _URL_DAY.search("".join(sentences[0]) if sentences[0][:1] == ["http"] else ""):
        return parse_published("-".join(found.groups()))
    for tokens in sentences[1:5]:
        if len(tokens) < 14 and (day := parse_published(re.sub(r"\d+ : \d+.*", "", " ".join(tokens)))):
            return day if len(day) == 10 else None
    return None


def coded(articles: Iterable[Article], cache: Path | None) -> Iterator[Document]:
    """The coded documents of articles, kept in the file `cache` where one is given."""
    if cache is not None and cache.exists():
        yield from pickle.loads(cache.read_bytes())
        return
    coder = Coder()
    found = []
    for one in coder.run(articles):
        if isinstance(one, Document):
            found.append(one)
    if cache is not None:
        cache.write_bytes(pickle.dumps(found))
    yield from found


@dataclass(frozen=True, slots=True)
class Mention:
    """A coded event whose trigger a gold mention covers, with the cluster that each puts it in."""

    record: str
    topic: int
    subtopic: str
    words: str
    gold: str
    found: str


def store() -> sqlite3.Connection:
    """An empty store in memory."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA foreign_keys = ON")
    migrate(db)
    return db


def _put(db: sqlite3.Connection, documents: Iterable[Document]) -> None:
    writer = Writer(db, Provenance("eval", "", "", ""))
    with writer.batch():
        for document in documents:
            writer.put(document)


def aligned(records: list[Record], documents: Iterable[Document]) -> list[Mention]:
    """Every coded event with a gold mention on its trigger, after all documents went through the writer."""
    db = store()
    by_id = {record["id"]: record for record in records}
    _put(db, documents)
    out = []
    for source, text, verb, event in db.execute(
        'SELECT d.source_id, d.text, r."trigger", r.event FROM report_event r JOIN document d ON d.id = r.document'
        " ORDER BY d.id, r.number"
    ):
        record, spans = by_id[source], json.loads(verb)
        where = article(record)[1]
        for mention in record["mentions"]:
            if not mention["type"].startswith(("ACTION", "NEG")):
                continue
            tokens = [where[spot] for t in mention["tokens"] if (spot := (mention["sentence"], t)) in where]
            if any(a < end and start < b for a, b in tokens for start, end in spans):
                chain = mention["chain"] or f"{source} {mention['m_id']}"
                words = text[spans[0][0] : spans[-1][1]]
                out.append(Mention(source, record["topic"], record["subtopic"], words, str(chain), str(event)))
                break
    return out


def pairwise(mentions: Sequence[Mention]) -> Counts:
    """Pairs of mentions in different documents that gold and store put together."""
    counts = Counts()
    for a, b in combinations(mentions, 2):
        if a.record != b.record:
            same = a.gold == b.gold
            counts.add(int(same), int(a.found == b.found), int(same and a.found == b.found))
    return counts


def b_cubed(mentions: Sequence[Mention]) -> tuple[float, float, float]:
    """B3 precision, recall and F1."""
    gold, found = defaultdict(set), defaultdict(set)
    for k, one in enumerate(mentions):
        gold[one.gold].add(k)
        found[one.found].add(k)
    shares = [(len(gold[m.gold] & found[m.found]), len(found[m.found]), len(gold[m.gold])) for m in mentions]
    p = sum(both / n for both, n, _ in shares) / len(shares)
    r = sum(both / n for both, _, n in shares) / len(shares)
    return p, r, 2 * p * r / (p + r)


def figures(name: str, mentions: Sequence[Mention]) -> str:
    """One line of figures."""
    pairs, (p, r, f1) = pairwise(mentions), b_cubed(mentions)
    joined = [(a, b) for a, b in combinations(mentions, 2) if a.record != b.record and a.found == b.found]
    far = sum(a.subtopic != b.subtopic for a, b in joined)
    return (
        f"{name}: {len(mentions)} mentions, {pairs.gold} gold pairs over documents;"
        f" pairs P {pairs.precision:.3f} R {pairs.recall:.3f} F1 {pairs.f1:.3f}; B3 P {p:.3f} R {r:.3f} F1 {f1:.3f};"
        f" {far} of {len(joined)} joined pairs are of two seminal events"
    )


def invented(path: Path) -> str:
    """Figures over the invented pairs when their texts are coded from scratch, each pair in a store of its own."""
    coder, counts = Coder(), Counts()
    for line in path.read_text("utf-8").splitlines():
        pair = json.loads(line)
        documents = [
            coder.code(pair[side]["text"], published=pair[side]["published"], source_id=side)
            for side in ("one", "other")
        ]
        db = store()
        _put(db, documents)
        joined = db.execute("SELECT count(*) FROM event WHERE reports > 1").fetchone()[0] > 0
        counts.add(int(pair["same"]), int(joined), int(pair["same"] and joined))
    return f"invented pairs: {counts.gold} same, {counts.found} joined, P {counts.precision:.3f} R {counts.recall:.3f}"


def across(path: Path, cache: Path | None) -> str:
    """How often reports of two news events (as the set's collectors have it) are joined, in order of date."""
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    records.sort(key=lambda one: (one["date_publish"] or "", one["id"]))
    event_of = {record["id"]: record["event_id"] for record in records}
    articles = (
        article_from_text(
            one["text"], source_id=one["id"], title=one["title"], url=one["url"],
            published=parse_published(one["date_publish"] or ""),
        )
        for one in records
    )  # fmt: skip
    db = store()
    _put(db, coded((one for one in articles if isinstance(one, Article)), cache))
    reports = defaultdict(list)
    for event, source in db.execute(
        "SELECT r.event, d.source_id FROM report_event r JOIN document d ON d.id = r.document"
    ):
        reports[event].append(source)
    pairs = [pair for sources in reports.values() for pair in combinations(sources, 2)]
    wrong = sum(event_of[a] != event_of[b] for a, b in pairs)
    several = [sources for sources in reports.values() if len(sources) > 1]
    return (
        f"news clusters: {sum(map(len, reports.values()))} coded events are {len(reports)} happenings,"
        f" {len(several)} of them in several reports; {wrong} of {len(pairs)} joined pairs are of two news events"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", type=Path, help="ecbplus-train.jsonl")
    parser.add_argument("--coded", type=Path, help="file that keeps the coded documents")
    parser.add_argument("--pairs", type=Path, help="invented pairs, JSONL")
    parser.add_argument("--clusters", type=Path, help="newscluster-a.jsonl")
    parser.add_argument("--errors", action="store_true", help="show what was joined wrongly on the odd topics")
    given = parser.parse_args()
    if given.pairs:
        print(invented(given.pairs))
    if given.clusters:
        print(across(given.clusters, given.coded))
    if given.gold:
        records = [json.loads(line) for line in given.gold.read_text("utf-8").splitlines()]
        mentions = aligned(records, coded((article(one)[0] for one in records), given.coded))
        for name, part in (("odd topics (developed on)", 1), ("even topics", 0)):
            print(figures(name, [one for one in mentions if one.topic % 2 == part]))
        alone = [replace(one, found=str(k)) for k, one in enumerate(mentions) if one.topic % 2 == 0]
        print(figures("even topics, nothing joined", alone))
        if given.errors:
            odd = [one for one in mentions if one.topic % 2]
            for a, b in combinations(odd, 2):
                if a.record != b.record and a.found == b.found and a.gold != b.gold:
                    print(a.found, a.record, a.words, a.gold, "|", b.record, b.words, b.gold)


if __name__ == "__main__":
    main()
