"""Labelled sets and our own sentences as training examples over wordpieces.

An `Example` is one text of at most `LONGEST` wordpieces with the labels that its set gives; what a set does not label
is None or empty, and no loss is taken there. A tenth of every set is kept out of training (`is_held_out`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotate import load as load_annotations
from annotate import standoff
from network import ATTRIBUTION_TAGS, PARTICIPANT_TAGS, POLICE, STATUSES, TYPES
from syntax import Syntax
from tokenizers import Tokenizer

from whowhom.evaluation.held_out import is_held_out
from whowhom.model.network import LONGEST

__all__ = ["Example", "Reader", "is_held_out", "joined", "read_syntax", "windows"]

Piece = tuple[int, int]
"""A range `[first, last)` of wordpieces; piece 0 is the start mark."""


@dataclass
class Example:
    task: str
    text: str
    ids: list[int]
    tags: list[int] | None = None  # attribution or participant tags by wordpiece, -100 where not scored
    triggers: list[int] | None = None  # 0 none, 1.. type by wordpiece; -100 not scored
    statuses: dict[int, int] = field(default_factory=dict)  # wordpiece -> status
    modes: dict[int, int] = field(default_factory=dict)  # wordpiece -> mode
    sides: list[tuple[Piece, Piece, tuple[int, int, int]]] = field(
        default_factory=list
    )  # trigger, noun phrase; way, type, and 0 none 1 actor 2 recipient
    links: list[tuple[Piece, Piece, int]] = field(default_factory=list)  # content, source or cue, 0 apart 1 together
    relations: list[tuple[Piece, Piece, tuple[int, ...]]] = field(
        default_factory=list
    )  # source, target, types that count
    label: Any = None  # quad class, list of police labels


class Reader:
    """Reads the sets with one tokenizer. `shared` is the folder that holds `gold/`."""

    def __init__(self, shared: Path, tokenizer: Path, modes: list[str], syntax: Syntax) -> None:
        self.gold = shared / "gold"
        self.tokenizer = Tokenizer.from_file(str(tokenizer))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.modes = {name: number for number, name in enumerate(modes)}
        self.syntax = syntax

    def records(self, name: str) -> Iterator[dict[str, Any]]:
        with (self.gold / name).open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines)

    def encode(self, text: str) -> tuple[list[int], list[Piece]]:
        """Wordpiece ids and character offsets, cut at `LONGEST`."""
        coded = self.tokenizer.encode(text)
        return coded.ids[:LONGEST], coded.offsets[:LONGEST]

    @staticmethod
    def pieces(offsets: list[Piece], start: int, end: int) -> Piece | None:
        """The wordpieces that touch the characters `[start, end)`; None where all were cut off."""
        hit = [k for k, (s, e) in enumerate(offsets) if s < end and start < e and e > s]
        return (hit[0], hit[-1] + 1) if hit else None

    # -- attribution

    def polnear(self, name: str) -> Iterator[Example]:
        """Paragraphs of PolNeAR with source, cue and content tagged and linked."""
        for record in self.records(name):
            for start, end in windows(record["text"], self.tokenizer):
                spans = []
                for number, attribution in enumerate(record["attributions"]):
                    for role in ("source", "cue", "content"):
                        for span in attribution[role]:
                            s, e = max(span["start"], start) - start, min(span["end"], end) - start
                            if s < e:
                                spans.append((number, role, s, e))
                yield self._attributed("polnear", record["text"][start:end], spans)

    def _attributed(self, task: str, text: str, spans: list[tuple[int, str, int, int]]) -> Example:
        ids, offsets = self.encode(text)
        tags = [0] * len(ids)
        found: list[tuple[int, str, Piece]] = []
        for number, role, s, e in sorted(spans, key=lambda span: span[2]):
            piece = self.pieces(offsets, s, e)
            if piece is None:
                continue
            found.append((number, role, piece))
            tags[piece[0]] = ATTRIBUTION_TAGS.index(f"B-{role}")
            for k in range(piece[0] + 1, piece[1]):
                tags[k] = ATTRIBUTION_TAGS.index(f"I-{role}")
        tags[0] = tags[-1] = -100
        links = [
            (content, other, int(n == m))
            for n, role, content in found
            if role == "content"
            for m, other_role, other in found
            if other_role != "content"
        ]
        return Example(task, text, ids, tags=tags, links=links)

    # -- events

    def events_plv(self) -> Iterator[Example]:
        """Pairs of events-plv: a source, a target and the root between them."""
        for record in self.records("events-plv-train.jsonl"):
            ids, offsets = self.encode(record["sentence"])
            ends = []
            for side in ("source", "target"):
                spans = record[side]["spans"]
                piece = self.pieces(offsets, spans[0]["start"], spans[0]["end"]) if spans else None
                ends.append(piece or (0, 1))
            root = record["gold_root"]
            types = ("CONCEDE", "RETREAT") if root == "YIELD" else (root,)
            yield Example(
                "plv", record["sentence"], ids, relations=[(ends[0], ends[1], tuple(TYPES.index(t) for t in types))]
            )

    def written(self) -> Iterator[Example]:
        """Our own sentences."""
        for text, record in written_sentences():
            yield self._events("written", text, record)

    def annotated(self) -> Iterator[Example]:
        """Stretches of public news that we annotated ourselves."""
        for text, record in load_annotations(self.gold.parent):
            yield self._events("news", text, record)

    def _events(self, task: str, text: str, record: dict[str, Any]) -> Example:
        spans = [
            (number, role, *span)
            for number, said in enumerate(record["said"])
            for role in ("source", "cue", "content")
            for span in said[role]
        ]
        example = self._attributed(task, text, spans)
        offsets = self.encode(text)[1]
        triggers = [0] * len(example.ids)
        triggers[0] = triggers[-1] = -100
        parse = self.syntax.of(text) if record["events"] else None
        phrases = [(p, where) for where in parse.phrases if (p := self.pieces(offsets, *where))] if parse else []
        for event in record["events"]:
            trigger = self.pieces(offsets, *event["trigger"])
            if trigger is None:
                continue
            number = TYPES.index(event["type"])
            for k in range(*trigger):
                triggers[k] = number + 1
            example.statuses[trigger[0]] = STATUSES.index(event["status"])
            example.modes[trigger[0]] = self.modes.get(f"{event['type']} {event['mode'] or ''}".strip(), -100)
            sides = {
                side: [p for span in event[side] if (p := self.pieces(offsets, *_unowned(text, span)))]
                for side in ("actors", "recipients")
            }
            for phrase, where in phrases:
                label = next((n for n, side in ((1, "actors"), (2, "recipients")) if _is_side(phrase, sides[side])), 0)
                way = self.syntax.number(text, event["trigger"], where)
                example.sides.append((trigger, phrase, (way, number, label)))
            example.relations += [(a, r, (number,)) for a in sides["actors"] for r in sides["recipients"] if a != r]
        example.triggers = triggers
        return example

    # -- whole sentences and participants

    def cameo_quad(self) -> Iterator[Example]:
        """Sentences and their quad class."""
        for record in self.records("cameo-quad-train.jsonl"):
            yield Example("quad", record["sentence"], self.encode(record["sentence"])[0], label=record["label"])

    def cameo_ner(self) -> Iterator[Example]:
        """Sentences with source, target and reciprocal actors tagged."""
        for record in self.records("cameo-ner-train.jsonl"):
            text, starts = joined(record["tokens"])
            ids, offsets = self.encode(text)
            tags = [-100] * len(ids)
            for (s, e), tag in zip(starts, record["tags"], strict=True):
                piece = self.pieces(offsets, s, e)
                if piece:
                    first, inside = PARTICIPANT_TAGS.index(tag), PARTICIPANT_TAGS.index(tag.replace("B-", "I-"))
                    tags[piece[0] : piece[1]] = [first] + [inside] * (piece[1] - piece[0] - 1)
            yield Example("ner", text, ids, tags=tags)

    def india_police(self) -> Iterator[Example]:
        """Sentences of the police corpus with their labels; of those without a label one in four."""
        for record in self.records("india-police-a.jsonl"):
            for sentence in record["sentences"]:
                text = record["text"][sentence["start"] : sentence["end"]]
                if not sentence["labels"] and hashlib.sha256(text.encode()).digest()[1] % 4:
                    continue
                label = [float(name in sentence["labels"]) for name in POLICE]
                yield Example("police", text, self.encode(text)[0], label=label)


def written_sentences() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each of our own sentences and its record with offsets."""
    for path in sorted((Path(__file__).parent / "sentences").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            yield record["text"], standoff(record, record["text"])


def read_syntax(shared: Path, checkpoint: Path | None = None) -> Syntax:
    """The grammar of every text with events in our own sentences and annotations; the ways are those of a checkpoint,
    a `network.pt`, where it knows any."""
    ways = checkpoint.with_name("ways.json") if checkpoint else None
    names = json.loads(ways.read_text()) if ways and ways.exists() else None
    return Syntax([*written_sentences(), *load_annotations(shared)], names)


def joined(tokens: list[str]) -> tuple[str, list[Piece]]:
    """Tokens joined by blanks, and the span of each."""
    text, spans = "", []
    for token in tokens:
        text += " " if text else ""
        spans.append((len(text), len(text) + len(token)))
        text += token
    return text, spans


def windows(text: str, tokenizer: Tokenizer) -> Iterator[Piece]:
    """Paragraphs of `text` as character spans, long ones cut at sentence ends so that each fits `LONGEST`."""
    for paragraph in re.finditer(r"[^\n]*\S[^\n]*", text):
        start, end = paragraph.span()
        if len(tokenizer.encode(text[start:end]).ids) <= LONGEST:
            yield start, end
            continue
        first = start
        cuts = [start + m.end() for m in re.finditer(r"[.!?][\"”’')\]]*\s+", text[start:end])] + [end]
        last = start
        for cut in cuts:
            if last > first and len(tokenizer.encode(text[first:cut]).ids) > LONGEST:
                yield first, last
                first = last
            last = cut
        yield first, end


def _is_side(phrase: Piece, others: list[Piece]) -> bool:
    """Whether a noun phrase is one of `others`, or more or less of it with the same head: it ends where that ends."""
    return any(phrase[1] == e and s < phrase[1] for s, e in others)


def _unowned(text: str, span: list[int]) -> Piece:
    """A span without the ending of a possessor: "Moscow" of "Moscow's"."""
    start, end = span
    return (start, end - 2) if text[start:end].endswith(("'s", "’s")) else (start, end)
