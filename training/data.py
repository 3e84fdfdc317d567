"""Labelled sets and our own sentences as training examples over wordpieces.

An `Example` is one text of at most `LONGEST` wordpieces with the labels that its set gives. A tenth of every set is
kept out of training (`is_held_out`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotate import load as load_annotations
from annotate import standoff
from examples import ATTRIBUTION_TAGS, PARTICIPANT_TAGS, POLICE, STATUSES, TYPES, Example, Piece
from syntax import Syntax
from tokenizers import Tokenizer

from whowhom.evaluation.held_out import is_held_out
from whowhom.model.network import LONGEST

__all__ = ["Example", "Reader", "is_held_out", "joined", "read_syntax", "windows"]


class Reader:
    """Reads the sets with one tokenizer. `shared` is the folder that holds `gold/`."""

    def __init__(self, shared: Path, tokenizer: Tokenizer, modes: list[str], syntax: Syntax) -> None:
        self.gold = shared / "gold"
        self.tokenizer = tokenizer
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
        found: list[tuple[int, str, Piece, int]] = []
        for number, role, s, e in sorted(spans, key=lambda span: span[2]):
            piece = self.pieces(offsets, s, e)
            if piece is None:
                continue
            found.append((number, role, piece, text.count("\n", 0, s)))
            tags[piece[0]] = ATTRIBUTION_TAGS.index(f"B-{role}")
            for k in range(piece[0] + 1, piece[1]):
                tags[k] = ATTRIBUTION_TAGS.index(f"I-{role}")
        tags[0] = tags[-1] = -100
        # As the package joins them: within one paragraph.
        links = [
            (content, other, int(n == m))
            for n, role, content, paragraph in found
            if role == "content"
            for m, other_role, other, where in found
            if other_role != "content" and where == paragraph
        ]
        return Example(task, ids, is_held_out(text), tags=tags, links=links)

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
            pair = (ends[0], ends[1], tuple(TYPES.index(t) for t in types))
            yield Example("plv", ids, is_held_out(record["sentence"]), relations=[pair])

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
            text = record["sentence"]
            yield Example("quad", self.encode(text)[0], is_held_out(text), label=record["label"])

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
            yield Example("ner", ids, is_held_out(text), tags=tags)

    def india_police(self) -> Iterator[Example]:
        """Sentences of the police corpus with their labels; of those without a label one in four."""
        for record in self.records("india-police-a.jsonl"):
            for sentence in record["sentences"]:
                text = record["text"][sentence["start"] : sentence["end"]]
                if not sentence["labels"] and hashlib.sha256(text.encode()).digest()[1] % 4:
                    continue
                label = [float(name in sentence["labels"]) for name in POLICE]
                yield Example("police", self.encode(text)[0], is_held_out(text), label=label)


def written_sentences() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each of our own sentences and its record with offsets."""
    for path in sorted((Path(__file__).parent / "sentences").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            yield record["text"], standoff(record, record["text"])


def read_syntax(shared: Path, ways: list[str] | None) -> Syntax:
    """The grammar of every text with events in our own sentences and annotations; the ways are those given, else the
    frequent ones."""
    return Syntax([*written_sentences(), *load_annotations(shared)], ways)


def joined(tokens: list[str]) -> tuple[str, list[Piece]]:
    """Tokens joined by blanks, and the span of each."""
    text, spans = "", []
    for token in tokens:
        text += " " if text else ""
        spans.append((len(text), len(text) + len(token)))
        text += token
    return text, spans


def windows(text: str, tokenizer: Tokenizer, width: int = LONGEST) -> Iterator[Piece]:
    """Runs of sentences of `text` as character spans, about equally long, each of at most `width` wordpieces where no
    sentence alone is longer: as `whowhom.model` reads."""
    pieces = [p.span() for p in re.finditer(r"\S.*?(?:[.!?][\"”’')\]]*(?=\s)|(?=\s*\n)|\s*\Z)", text)]
    lengths = [len(one.ids) for one in tokenizer.encode_batch([text[a:b] for a, b in pieces], add_special_tokens=False)]
    room = width - 2
    wanted = sum(lengths) / max(1, -(-sum(lengths) // room))
    start, size = 0, 0
    for k, ((a, b), length) in enumerate(zip(pieces, lengths, strict=True)):
        if k and (size + length > room or size + length / 2 > wanted):
            yield start, pieces[k - 1][1]
            size = 0
        if not size:
            start = a
        size += length
        if k == len(pieces) - 1:
            yield start, b


def _is_side(phrase: Piece, others: list[Piece]) -> bool:
    """Whether a noun phrase is one of `others`, or more or less of it with the same head: it ends where that ends."""
    return any(phrase[1] == e and s < phrase[1] for s, e in others)


def _unowned(text: str, span: list[int]) -> Piece:
    """A span without the ending of a possessor: "Moscow" of "Moscow's"."""
    start, end = span
    return (start, end - 2) if text[start:end].endswith(("'s", "’s")) else (start, end)
