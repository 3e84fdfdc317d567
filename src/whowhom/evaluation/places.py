"""GeoWebNews and TR-News: toponyms in running text, and where they are.

Strict F1 of the spans; of the gold toponyms that carry a GeoNames id and were found: the share that was resolved, and
of the resolved the share within 161 km (100 miles) and, where the gold's country is known from the gazetteer, in the
right country.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from whowhom.evaluation.metrics import Counts
from whowhom.evaluation.program import Program
from whowhom.parse import parse_articles
from whowhom.records import Article
from whowhom.resolve.gazetteer import country_at
from whowhom.resolve.places import distance
from whowhom.resolve.toponyms import find_toponyms

NEAR = 161.0
"""Kilometres; the field's 100 miles."""
_NO_PLACES = frozenset({"Non_Toponym", "Non_Lit_Expression", "Literal_Expression"})


def predict(program: Program, records: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """For each article its toponyms: `{start, end, name, country, geonames_id, lat, lon}`."""
    for article in program.articles(records):
        if not isinstance(article, Article):
            yield []
            continue
        parsed = next(iter(parse_articles(program.coder.nlp, [article])))
        found = []
        for toponym in find_toponyms(parsed):
            place = toponym.place
            found.append(
                {
                    "start": toponym.start,
                    "end": toponym.end,
                    "name": place.name,
                    "country": place.country,
                    "geonames_id": place.geonames_id,
                    "lat": place.lat,
                    "lon": place.lon,
                }
            )
        yield found


def score(
    records: Sequence[dict[str, Any]], predictions: Sequence[Any]
) -> tuple[dict[str, float], dict[str, Counts], list[tuple[str, str, str]]]:
    """Strict F1 of toponyms; accuracy at 161 km and of the country among those resolved."""
    spans, resolved, near, country = Counts(), Counts(), Counts(), Counts()
    errors = []
    for record, prediction in zip(records, predictions, strict=True):
        gold = [t for t in record["toponyms"] if t.get("type") not in _NO_PLACES]
        by_span = {(p["start"], p["end"]): p for p in prediction}
        # The origin tags some strings twice; one span is one toponym.
        gold_spans = {(t["start"], t["end"]): t for t in gold}
        spans.add(len(gold_spans), len(by_span), len(gold_spans.keys() & by_span.keys()))
        for span, toponym in gold_spans.items():
            text = record["text"][span[0] : span[1]]
            if span not in by_span:
                errors.append((record["id"], "not found", text))
                continue
            if toponym["geonames_id"] is None or toponym["lat"] is None:
                continue
            found = by_span[span]
            resolved.add(1, 1, int(found["lat"] is not None))
            if found["lat"] is None:
                errors.append((record["id"], "not resolved", text))
                continue
            away = distance(toponym["lat"], toponym["lon"], found["lat"], found["lon"])
            near.add(1, 1, int(away <= NEAR))
            expected = country_at(toponym["geonames_id"], toponym["lat"], toponym["lon"])
            if expected is not None and found["country"]:
                country.add(1, 1, int(expected == found["country"]))
            if away > NEAR:
                errors.append(
                    (record["id"], f"{away // 1000 * 1000:.0f} km off or more", f"{text} -> {found['country']}")
                )
        errors += [
            (record["id"], "found where there is none", record["text"][s:e])
            for s, e in by_span.keys() - gold_spans.keys()
        ]
    rows = {"spans": spans, "resolved": resolved, "within 161 km": near, "country": country}
    figures = {
        "span F1": spans.f1,
        "resolved": resolved.recall,
        "within 161 km": near.recall,
        "country": country.recall,
    }
    return figures, rows, errors
