"""Every record of the example reports, held against what was read and approved. `make golden` writes them anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from whowhom.pipeline import Coder
from whowhom.read import read_inputs
from whowhom.records import Article, Document

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.md"))
CASES = Path(__file__).parent / "cases"


def compact(document: Document) -> str:
    """One line a record, in the words of the report, without offsets and with confidence left out."""

    def words(spans: tuple[tuple[int, int], ...]) -> str:
        return " … ".join(" ".join(document.text[a:b].split()) for a, b in spans)

    def names(ids: tuple[str, ...]) -> str:
        return ", ".join(document.actor(one).name for one in ids) or "-"

    lines = [f"title {document.title}", f"published {document.published}", f"authors {', '.join(document.authors)}"]
    for actor in document.actors:
        lines.append(f"actor {actor.name} | {actor.kind} {actor.country} {actor.sector}")
    for role in document.roles:
        lines.append(f"role {document.actor(role.actor).name} | {role.title} | {role.organisation} {role.country}")
    for event in document.events:
        place = f" in {event.place.name}" if event.place else ""
        magnitude = "".join(f" {name} {m.low}..{m.high}" for name, m in event.magnitude.items())
        told = f" by {document.actor(event.reported_by).name}" if event.reported_by else ""
        lines.append(
            f"event {event.type}/{event.mode} {names(event.actors)} -> {names(event.recipients)} | {event.status}"
            f" {event.start}{place}{magnitude}{told} | {words(event.trigger)}"
        )
    for said in document.statements:
        speaker = document.actor(said.speaker).name if said.speaker else "-"
        lines.append(f"statement {said.kind} {speaker} | {words(said.content)}")
    for pledge in document.pledges:
        lines.append(f"pledge {pledge.kind} {pledge.status} {names(pledge.promiser)} | {pledge.what} {pledge.amount}")
    for relation in document.relations:
        other = document.actor(relation.object).name if relation.object else relation.value
        lines.append(f"relation {document.actor(relation.subject).name} {relation.predicate} {other}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_records_of_an_example_are_as_approved(path: Path, coder: Coder, request: pytest.FixtureRequest) -> None:
    article = next(iter(read_inputs([str(path)])))
    assert isinstance(article, Article)
    found = compact(coder.code_article(article))
    case = CASES / f"{path.stem}.txt"
    if request.config.getoption("--write-golden"):
        case.write_text(found, encoding="utf-8")
    assert found == case.read_text(encoding="utf-8"), "read the difference, then `make golden` if it is right"
