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
from whowhom.model.reading import windows_of
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
    return EventFinder(parsed, heard, who, Reading(parsed, network))


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
    asked = []
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


def _windows(finder: EventFinder, record: dict[str, Any], asked: list[Any], width: int) -> Iterator[Example]:
    parsed, learned = finder.parsed, finder.learned
    assert learned is not None
    doc, reading = parsed.doc, learned.reading
    network = reading.network
    owner = owners(parsed, record)
    sector = {
        one["id"]: SECTORS.index(one["sector"] or "") if (one["sector"] or "") in SECTORS else -1
        for one in record["actors"]
    }
    again = _told_again(finder, record)
    for start, end in windows_of(parsed, network, width):
        coded = network.tokenizer.encode(parsed.reading.text[start:end])
        ids, offsets = coded.ids[:width], [(s + start, e + start) for s, e in coded.offsets[:width]]
        tokens = [t.i for t in doc if start <= t.idx < end]
        pieces: dict[int, Piece] = {}
        for i in tokens:
            hit = [k for k, (s, e) in enumerate(offsets) if s < doc[i].idx + len(doc[i]) and doc[i].idx < e and e > s]
            if hit:
                pieces[i] = (hit[0], hit[-1] + 1)
        one = Example(f"{'stories' if 'text' in record else 'reports'}-{width}", ids, group=record["id"])
        one.triggers = [0] * len(ids)
        one.triggers[0] = one.triggers[-1] = -100
        for i in again & pieces.keys():
            one.triggers[pieces[i][0] : pieces[i][1]] = [-100] * (pieces[i][1] - pieces[i][0])
        for event in record["events"]:
            words = [i for i in _tokens(parsed, event["trigger"]) if i in pieces]
            naming = [i for i in words if doc[i].pos_ in _NAMING] or words
            for i in words:
                value = 1 + EVENT_TYPES.index(event["type"]) if i in naming else -100
                one.triggers[pieces[i][0] : pieces[i][1]] = [value] * (pieces[i][1] - pieces[i][0])
            head = doc[words[0] : words[-1] + 1].root.i if words else -1
            if head in pieces:
                one.statuses[pieces[head][0]] = STATUSES.index(event["status"])
                mode = f"{event['type']} {event['mode'] or ''}".strip()
                if mode in network.labels["modes"]:
                    one.modes[pieces[head][0]] = network.labels["modes"].index(mode)
        if record.get("pledges") is not None:
            one.pledges = [0] * len(ids)
            one.pledge_statuses = [-100] * len(ids)
            one.pledges[0] = one.pledges[-1] = -100
            for pledge in record["pledges"]:
                kind, status = PLEDGES.index(pledge["kind"]), PLEDGE_STATUSES.index(pledge["status"])
                for i in _tokens(parsed, [pledge["words"]]):
                    a, b = pieces.get(i, (0, 0))
                    one.pledges[a:b] = [kind] * (b - a)
                    one.pledge_statuses[a:b] = [status] * (b - a)
        mentions = {
            span: i for i in tokens if (span := finder.who.span_of(i)) and span[0] in pieces and span[1] - 1 in pieces
        }
        where = {span: (pieces[span[0]][0], pieces[span[1] - 1][1]) for span in mentions}
        for span, head in mentions.items():
            of = owner.get(head)
            if of is not None and sector[of] >= 0:
                one.sectors.append((where[span], sector[of]))
        for trigger, event, key in asked:
            if trigger not in pieces:
                continue
            near = [(span, head) for span, head in mentions.items() if not span[0] <= trigger < span[1]]
            if not near:
                continue
            ways = [learned.ways.to(doc[trigger], head, *span) for span, head in near]
            sides = []
            for side in ("actors", "recipients"):
                groups = [[k for k, (_, head) in enumerate(near) if owner.get(head) == who] for who in event[side]]
                sides.append([group for group in groups if group])
            phrases = [(where[span], network.ways.get(way, 0)) for (span, _), way in zip(near, ways, strict=True)]
            kind = EVENT_TYPES.index(event["type"])
            one.told.append(Told(pieces[trigger], kind, phrases, sides[0], sides[1], key, [head for _, head in near]))
        yield one


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
