"""Whole reports that we annotated, as the coder reads them: windows with events, sides and sectors.

The sides of an event are taught on the mentions that the coder itself finds, so that what is learned fits what will be
asked: a mention is on a side where it touches words that the annotation gives to an actor of that side.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from annotate import digest, texts
from examples import PLEDGE_STATUSES, PLEDGES, SECTORS, Example, Piece, Told

from whowhom.extract import extract_statements
from whowhom.extract.events import EventFinder
from whowhom.model import Network, Reading
from whowhom.model.reading import Pieces, windows_of
from whowhom.parse import Parsed, parse_articles
from whowhom.read import article_from_text
from whowhom.records import EVENT_TYPES, STATUSES
from whowhom.resolve import find_places, resolve_actors

HERE = Path(__file__).parent
KEPT = HERE / "annotations" / "reports.jsonl"
WRITTEN = HERE / "reports"
"""Reports that we wrote, with their texts."""
WIDTHS = (256, 160, 80)
"""Wordpieces of the windows into which a report is cut, each a variant of it: the first is how the coder reads."""
Asked = tuple[int, dict[str, Any], tuple[str, int, str] | None]
"""The token that names an event, its annotation, and its key where the coder proposes it itself."""
_NAMING = frozenset({"VERB", "NOUN", "PROPN", "ADJ", "ADV"})
_SEEN = 0.25
"""Where the network that is trained on sees an event that the report has elsewhere, it may be told again: no lesson."""


def load(shared: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The annotated reports with their texts; those whose text is not there are left out."""
    known = texts(shared)
    for line in KEPT.read_text("utf-8").splitlines():
        record = json.loads(line)
        text = known.get(record["id"], "")
        if digest(text) == record["digest"]:
            yield text, record
    for path in sorted(WRITTEN.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            yield record["text"], record


def take(shared: Path, paths: list[Path]) -> int:
    """Write the annotated reports of some files, each once, without the words of their texts; how many events."""
    known = texts(shared)
    kept = {}
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            text = known[record["id"]]
            for actor in record["actors"]:
                if any(text[s:e] == actor["name"] for s, e in actor["mentions"]):
                    actor["name"] = next([s, e] for s, e in actor["mentions"] if text[s:e] == actor["name"])
            kept[record["id"]] = {"id": record["id"], "digest": digest(text), **record}
    lines = [json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in kept.values()]
    KEPT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return sum(len(record["events"]) for record in kept.values())


def finder_of(text: str, record: dict[str, Any], nlp: Any, network: Network) -> EventFinder:
    """The coder's event finder over a report."""
    article = article_from_text(text, source_id=record["id"], published=record.get("published"))
    parsed = next(iter(parse_articles(nlp, [article])))
    heard = extract_statements(parsed)
    who = resolve_actors(parsed, heard, find_places(parsed))
    reading = Reading(parsed, network)
    who.learn_sectors(reading.sector, network.labels["sectors"])
    return EventFinder(parsed, heard, who, reading)


def told_of(finder: EventFinder, candidate: Any, record: dict[str, Any]) -> dict[str, Any] | None:
    """The annotated event that a candidate finds, None where there is none."""
    spans = [finder.parsed.span(first, last - 1) for first, last in candidate.words]
    return next(
        (
            event
            for event in record["events"]
            if event["type"] == candidate.type and any(s < y and x < e for s, e in spans for x, y in event["trigger"])
        ),
        None,
    )


def report_examples(text: str, record: dict[str, Any], nlp: Any, network: Network) -> Iterator[Example]:
    """The windows of one report, in each of the `WIDTHS`; `group` names the report. The
    `task` is the width after `reports`, or `stories` for those that we wrote."""
    finder = finder_of(text, record, nlp, network)
    asked: list[Asked] = []
    found = set()
    for candidate in finder.propose():
        event = told_of(finder, candidate, record)
        if event is not None:
            found.add(id(event))
            asked.append((candidate.trigger, event, (record["id"], candidate.trigger, candidate.type)))
    for event in record["events"]:
        words = _tokens(finder.parsed, event["trigger"])
        if id(event) not in found and words:
            asked.append((finder.parsed.doc[words[0] : words[-1] + 1].root.i, event, None))
    for width in WIDTHS:
        yield from _windows(finder, record, asked, width)


def _windows(finder: EventFinder, record: dict[str, Any], asked: list[Asked], width: int) -> Iterator[Example]:
    assert finder.learned is not None
    network = finder.learned.reading.network
    owner, again = owners(finder.parsed, record), _told_again(finder, record)
    for start, end in windows_of(finder.parsed, Pieces(network, finder.parsed.reading.text), width):
        window = _Window(finder, record, (start, end), width)
        window.teach_events(again)
        if record.get("pledges") is not None:
            window.teach_pledges()
        window.teach_sectors(owner)
        window.teach_sides(owner, asked)
        yield window.example


class _Window:
    """One window of a report and what it teaches."""

    def __init__(self, finder: EventFinder, record: dict[str, Any], span: Piece, width: int) -> None:
        assert finder.learned is not None
        self.record, self.parsed, self.doc = record, finder.parsed, finder.parsed.doc
        self.ways, self.network = finder.learned.ways, finder.learned.reading.network
        start, end = span
        coded = self.network.tokenizer.encode(self.parsed.reading.text[start:end])
        offsets = [(s + start, e + start) for s, e in coded.offsets[:width]]
        kind = "stories" if "text" in record else "reports"
        self.example = Example(f"{kind}-{width}", coded.ids[:width], group=record["id"])
        self.pieces: dict[int, Piece] = {}
        """The wordpieces of each token of the window."""
        for token in self.doc:
            if start <= token.idx < end:
                stop = token.idx + len(token)
                hit = [k for k, (s, e) in enumerate(offsets) if s < stop and token.idx < e and e > s]
                if hit:
                    self.pieces[token.i] = (hit[0], hit[-1] + 1)
        self.mentions: dict[Piece, tuple[int, Piece]] = {}
        """For each mention (a token range) the token that heads it and its wordpieces."""
        for i in self.pieces:
            words = finder.who.span_of(i)
            if words is not None and words[0] in self.pieces and words[1] - 1 in self.pieces:
                self.mentions[words] = (i, (self.pieces[words[0]][0], self.pieces[words[1] - 1][1]))

    def _tokens(self, spans: list[list[int]]) -> list[int]:
        return [i for i in _tokens(self.parsed, spans) if i in self.pieces]

    def _mark(self, labels: list[int], token: int, value: int) -> None:
        first, last = self.pieces[token]
        labels[first:last] = [value] * (last - first)

    def _unmarked(self, inside: int) -> list[int]:
        return [-100, *[inside] * (len(self.example.ids) - 2), -100]

    def teach_events(self, again: set[int]) -> None:
        """Event words with type, status and mode; `again` are words that may tell an event of the report again."""
        triggers = self.example.triggers = self._unmarked(0)
        for i in again & self.pieces.keys():
            self._mark(triggers, i, -100)
        for event in self.record["events"]:
            words = self._tokens(event["trigger"])
            naming = [i for i in words if self.doc[i].pos_ in _NAMING] or words
            for i in words:
                self._mark(triggers, i, 1 + EVENT_TYPES.index(event["type"]) if i in naming else -100)
            head = self.doc[words[0] : words[-1] + 1].root.i if words else -1
            if head in self.pieces:
                at = self.pieces[head][0]
                self.example.statuses[at] = STATUSES.index(event["status"])
                mode = f"{event['type']} {event['mode'] or ''}".strip()
                if mode in self.network.labels["modes"]:
                    self.example.modes[at] = self.network.labels["modes"].index(mode)

    def teach_pledges(self) -> None:
        """The words of pledges with kind and status."""
        kinds = self.example.pledges = self._unmarked(0)
        statuses = self.example.pledge_statuses = self._unmarked(-100)
        for pledge in self.record["pledges"]:
            for i in self._tokens([pledge["words"]]):
                self._mark(kinds, i, PLEDGES.index(pledge["kind"]))
                self._mark(statuses, i, PLEDGE_STATUSES.index(pledge["status"]))

    def teach_sectors(self, owner: dict[int, str]) -> None:
        """The sectors of annotated actors, by mention; `owner` has the actor of each token."""
        sectors = {one["id"]: one["sector"] or "" for one in self.record["actors"]}
        for head, where in self.mentions.values():
            sector = sectors.get(owner.get(head, ""))
            if sector in SECTORS:
                self.example.sectors.append((where, SECTORS.index(sector)))

    def teach_sides(self, owner: dict[int, str], asked: list[Asked]) -> None:
        """Which mentions of the window are sides of its events."""
        for trigger, event, key in asked:
            near = [(words, *found) for words, found in self.mentions.items() if not words[0] <= trigger < words[1]]
            if trigger not in self.pieces or not near:
                continue
            heads = [head for _, head, _ in near]
            ways = [self.ways.to(self.doc[trigger], head, *words) for words, head, _ in near]
            phrases = [(where, self.network.ways.get(way, 0)) for (_, _, where), way in zip(near, ways, strict=True)]
            sides = []
            for side in ("actors", "recipients"):
                groups = [[k for k, head in enumerate(heads) if owner.get(head) == who] for who in event[side]]
                sides.append([group for group in groups if group])
            kind = EVENT_TYPES.index(event["type"])
            self.example.told.append(Told(self.pieces[trigger], kind, phrases, sides[0], sides[1], key, heads))


def _tokens(parsed: Parsed, spans: list[list[int]]) -> list[int]:
    """The tokens that touch spans of the article."""
    out = []
    for token in parsed.doc:
        s, e = parsed.span(token)
        if any(s < y and x < e for x, y in spans) and not token.is_space:
            out.append(token.i)
    return out


def owners(parsed: Parsed, record: dict[str, Any]) -> dict[int, str]:
    """For each token the annotated actor in whose mention it stands, of several the one whose mention is shortest."""
    spans = sorted(
        ((y - x, x, y, actor["id"]) for actor in record["actors"] for x, y in actor["mentions"]), reverse=True
    )
    out: dict[int, str] = {}
    for token in parsed.doc:
        s, e = parsed.span(token)
        for _, x, y, actor in spans:
            if x <= s and e <= y:
                out[token.i] = actor
    return out


def _told_again(finder: EventFinder, record: dict[str, Any]) -> set[int]:
    """Words in which the network sees an event of a type that the report has: perhaps one told again."""
    assert finder.learned is not None
    types = sorted({1 + EVENT_TYPES.index(event["type"]) for event in record["events"]})
    if not types:
        return set()
    return set(np.nonzero(finder.learned.reading.triggers[:, types].max(1) >= _SEEN)[0].tolist())
