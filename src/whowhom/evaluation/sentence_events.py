"""Events of a sentence, end to end: nothing but the text (and its date) is given.

Two kinds of gold. events-plv: a sentence with one or more roots. petrarch: a text with `(source, event, target)`
triples, where source and target are actor codes (a country, then roles) and the event is a CAMEO code. By record: the
share of the given roots that was found, the share of the found roots that was given, the mean F1 of the roots, and, for
triples, the share for which one event has both countries and the root right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from whowhom.evaluation.metrics import Counts, macro_f1
from whowhom.evaluation.program import Program
from whowhom.evaluation.relation import YIELD
from whowhom.records import Document, Event

# CAMEO's two-digit roots in PLOVER; 01 and 02 (statements, appeals) are no PLOVER events. FIELD: CAMEO2PLOVER-2021.
_ROOTS = {
    "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID", "08": "YIELD", "09": "ACCUSE",
    "10": "REQUEST", "11": "ACCUSE", "12": "REJECT", "13": "THREATEN", "14": "PROTEST", "15": "MOBILIZE",
    "16": "SANCTION", "17": "COERCE", "18": "ASSAULT", "19": "ASSAULT", "20": "ASSAULT",
}  # fmt: skip
_CODES = {"163": "COERCE", "191": "COERCE", "192": "COERCE", "1712": "ASSAULT", "175": "ASSAULT"}


def predict(program: Program, records: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """For each record its events: `{actors, recipients, type, confidence}`, actors as country + sector."""
    texts = [{**record, "text": record.get("sentence") or record["text"]} for record in records]
    for document in program.documents(texts):
        yield [] if document is None else [_public(document, event) for event in document.events]


def _public(document: Document, event: Event) -> dict[str, Any]:
    return {
        "actors": [_code(document, one) for one in event.actors],
        "recipients": [_code(document, one) for one in event.recipients],
        "type": event.type,
        "confidence": event.confidence,
    }


def _code(document: Document, actor_id: str) -> str:
    """The country of an actor, then its sector; dashes for a country that is not known."""
    actor = document.actor(actor_id)
    return (actor.country or "---") + (actor.sector or "")


def root_of(cameo: str) -> str | None:
    """The PLOVER root of a CAMEO code, None for codes that PLOVER drops."""
    return _CODES.get(cameo) or _ROOTS.get(cameo[:2])


def score(
    records: Sequence[dict[str, Any]], predictions: Sequence[Any]
) -> tuple[dict[str, float], dict[str, Counts], list[tuple[str, str, str]]]:
    """The figures that the module's docstring names. Records of one sentence are taken together."""
    texts: dict[str, tuple[set[tuple[str, str, str]], list[dict[str, Any]], str]] = {}
    for record, prediction in zip(records, predictions, strict=True):
        text = record.get("sentence") or record["text"]
        texts.setdefault(text, (set(), prediction, record["id"]))[0].update(_triples(record))
    rows: dict[str, Counts] = {}
    given = found = both = triples = 0
    whole = Counts()
    errors = []
    for text, (gold, prediction, number) in texts.items():
        roots = {root for _, root, _ in gold}
        guesses = {YIELD.get(event["type"], event["type"]) for event in prediction}
        for root in roots | guesses:
            rows.setdefault(root, Counts()).add(int(root in roots), int(root in guesses), int(root in roots & guesses))
        whole.add(len(roots), len(guesses), len(roots & guesses))
        given, found = given + len(roots), found + len(guesses)
        for source, root, target in gold:
            if source or target:
                triples += 1
                both += any(_fits(event, source, root, target) for event in prediction)
        for root in sorted(roots - guesses):
            errors.append((number, f"{root} missed, {'+'.join(sorted(guesses)) or 'nothing'} found", text[:160]))
        for root in sorted(guesses - roots):
            errors.append((number, f"{root} found, {'+'.join(sorted(roots)) or 'nothing'} given", text[:160]))
    figures = {"right root": whole.recall, "precision of roots": whole.precision, "macro-F1": macro_f1(rows)}
    if triples:
        figures["both countries and root"] = both / triples
    return figures, dict(sorted(rows.items(), key=lambda item: -item[1].gold)), errors


def _triples(record: dict[str, Any]) -> set[tuple[str, str, str]]:
    if "gold_root" in record:
        return {("", record["gold_root"], "")}
    found = ((event["source"], root_of(event["event"]), event["target"]) for event in record["events"])
    return {(source, root, target) for source, root, target in found if root is not None}


def _fits(event: dict[str, Any], source: str, root: str, target: str) -> bool:
    """Whether an event has the root and, among its sides, both countries (the first three letters of a code).

    Where all sides of a meeting are actors, both countries may stand there.
    """
    if YIELD.get(event["type"], event["type"]) != root:
        return False
    actors = {code[:3] for code in event["actors"]}
    recipients = {code[:3] for code in event["recipients"]}
    first, second = source[:3], target[:3]
    return first in actors and (second in recipients or (second in actors and first != second))
