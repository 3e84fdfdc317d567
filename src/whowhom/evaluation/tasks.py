"""The tasks: what each reads, predicts and counts. A new task is a new row of `TASKS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from whowhom.evaluation import articles, participants, places, police, quad, quotes, relation, sentence_events, times
from whowhom.evaluation.metrics import Counts
from whowhom.evaluation.program import Program

Record = dict[str, Any]
Score = tuple[dict[str, float], dict[str, Counts], list[tuple[str, str, str]]]
"""Headline figures, counts by class, and of each error the record, the cause and the words."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task: `predict` yields one prediction a record, in order; `score` compares."""

    name: str
    help: str
    predict: Callable[[Program, Sequence[Record]], Iterator[Any]]
    score: Callable[[Sequence[Record], Sequence[Any]], Score]


TASKS: dict[str, Task] = {
    task.name: task
    for task in (
        Task("relation", "events-plv: the root of a sentence's source and target", relation.predict, relation.score),
        Task(
            "sentence-events", "events of a sentence end to end: events-plv, petrarch2-gsr", sentence_events.predict,
            sentence_events.score,
        ),
        Task("quad", "cameo-quad: the class of a sentence", quad.predict, quad.score),
        Task("participants", "cameo-ner: who acts and who is acted on", participants.predict, participants.score),
        Task("police", "india-police: what the police did in each sentence", police.predict, police.score),
        Task("quotes", "PolNeAR: source, cue and content of attributions", quotes.predict, quotes.score),
        Task("places", "GeoWebNews, TR-News: toponyms and where they are", places.predict, places.score),
        Task("times", "MEANTIME: time expressions and their values", times.predict, times.score),
        Task("articles", "annotated reports: all records", articles.predict, articles.score),
    )
}  # fmt: skip
