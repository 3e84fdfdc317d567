"""The tasks: what each reads, predicts and counts. A new task is a new row of `TASKS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from whowhom.evaluation import (
    articles,
    participants,
    places,
    police,
    quad,
    quotes,
    relation,
    sentence_events,
    stories,
    times,
)
from whowhom.evaluation.metrics import Counts
from whowhom.evaluation.program import Program

Record = dict[str, Any]
Score = tuple[dict[str, float], dict[str, Counts], list[tuple[str, str, str]]]
"""Headline figures, counts by class, and of each error the record, the cause and the words."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task: `predict` yields one prediction a record, in order; `score` compares.

    `shapes` are the forms that its gold records may have, each as the fields that every record must then have.
    """

    name: str
    help: str
    shapes: tuple[tuple[str, ...], ...]
    predict: Callable[[Program, Sequence[Record]], Iterator[Any]]
    score: Callable[[Sequence[Record], Sequence[Any]], Score]


LABELS = frozenset(
    {"gold_root", "label", "tags", "attributions", "toponyms", "timex", "event_id", "events", "statements"}
)
"""Fields that hold the answers; what else a shape names the prediction is made from."""

TASKS: dict[str, Task] = {
    task.name: task
    for task in (
        Task(
            "relation", "events-plv: the root of a sentence's source and target",
            (("id", "sentence", "source", "target", "gold_root"),), relation.predict, relation.score,
        ),
        Task(
            "sentence-events", "events of a sentence end to end: events-plv, petrarch2-gsr",
            (("id", "sentence", "gold_root"), ("id", "text", "events")), sentence_events.predict,
            sentence_events.score,
        ),
        Task(
            "quad", "cameo-quad: the class of a sentence", (("id", "sentence", "label"),), quad.predict, quad.score,
        ),
        Task(
            "participants", "cameo-ner: who acts and who is acted on", (("id", "tokens", "tags"),),
            participants.predict, participants.score,
        ),
        Task(
            "police", "india-police: what the police did in each sentence", (("id", "text", "sentences"),),
            police.predict, police.score,
        ),
        Task(
            "quotes", "PolNeAR: source, cue and content of attributions", (("id", "text", "attributions"),),
            quotes.predict, quotes.score,
        ),
        Task(
            "places", "GeoWebNews, TR-News: toponyms and where they are", (("id", "text", "toponyms"),),
            places.predict, places.score,
        ),
        Task(
            "times", "MEANTIME: time expressions and their values", (("id", "dct", "sentences", "timex"),),
            times.predict, times.score,
        ),
        Task(
            "stories", "newscluster: which reports tell of one happening", (("id", "text", "event_id"),),
            stories.predict, stories.score,
        ),
        Task(
            "articles", "annotated reports: all records", (("id", "text", "events", "statements"),),
            articles.predict, articles.score,
        ),
    )
}  # fmt: skip
