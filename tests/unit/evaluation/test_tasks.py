"""Scorers of the tasks on small gold: what is right counts, what is not is named with its cause."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from whowhom.cli.evaluate import NAMES
from whowhom.errors import InputError
from whowhom.evaluation import TASKS, articles, evaluate, quotes, relation, sentence_events, times
from whowhom.evaluation.held_out import held_out, is_held_out
from whowhom.evaluation.run import read_gold
from whowhom.pipeline import Coder
from whowhom.records import Document


def test_help_names_every_task() -> None:
    assert tuple(TASKS) == NAMES


def test_relation_counts_roots() -> None:
    records = [{"id": "1", "gold_root": "ACCUSE", "sentence": "x"}, {"id": "2", "gold_root": "YIELD", "sentence": "y"}]
    figures, _, errors = relation.score(records, ["ACCUSE", "AGREE"])
    assert figures["accuracy"] == 0.5
    assert errors == [("2", "YIELD taken for AGREE", "y")]


def test_sentence_events_join_records_of_one_sentence() -> None:
    records = [
        {"id": "1", "sentence": "s", "gold_root": "ACCUSE"},
        {"id": "2", "sentence": "s", "gold_root": "YIELD"},
    ]
    found = [{"actors": [], "recipients": [], "type": "RETREAT", "confidence": 0.9}]
    figures, rows, _ = sentence_events.score(records, [found, found])
    assert figures["right root"] == 0.5
    assert figures["precision of roots"] == 1.0
    assert rows["YIELD"].right == 1


@pytest.mark.parametrize(
    ("code", "root"), [("057", "SUPPORT"), ("010", None), ("0841", "YIELD"), ("163", "COERCE"), ("1712", "ASSAULT")]
)
def test_cameo_codes_have_plover_roots(code: str, root: str | None) -> None:
    assert sentence_events.root_of(code) == root


def test_sentence_events_want_both_countries() -> None:
    record = {"id": "1", "text": "t", "events": [{"source": "KENGOV", "event": "111", "target": "UGA"}]}
    right = {"actors": ["KENGOV"], "recipients": ["UGAMIL"], "type": "ACCUSE", "confidence": 1.0}
    wrong = {"actors": ["UGAGOV"], "recipients": ["KENGOV"], "type": "ACCUSE", "confidence": 1.0}
    assert sentence_events.score([record], [[right]])[0]["both countries and root"] == 1.0
    assert sentence_events.score([record], [[wrong]])[0]["both countries and root"] == 0.0


def test_quotes_count_content_and_source() -> None:
    text = '"We will go," Kariuki said.'
    gold = {
        "id": "q",
        "text": text,
        "attributions": [
            {
                "source": [{"start": 14, "end": 21}],
                "cue": [{"start": 22, "end": 26}],
                "content": [{"start": 0, "end": 13}],
            }
        ],
    }
    right = [{"source": [[14, 21]], "cue": [[22, 26]], "content": [[0, 13]]}]
    figures, _, errors = quotes.score([gold], [right])
    assert figures["direct + source"] == figures["+ source"] == 1.0
    assert errors == []
    figures, _, errors = quotes.score([gold], [[{"source": [], "cue": [], "content": [[0, 13]]}]])
    assert (figures["attribution"], figures["+ source"]) == (1.0, 0.0)
    assert errors[0][1] == "source not found"


def test_times_compare_span_and_value() -> None:
    record = {
        "id": "t",
        "sentences": [["On", "Monday"]],
        "timex": [{"sentence": 0, "tokens": [1], "value": "2020-09-14", "type": "DATE", "text": "Monday"}],
    }
    found = [{"sentence": 0, "tokens": [0, 1], "type": "DATE", "value": "2020-09-14"}]
    figures, _, _ = times.score([record], [found])
    assert (figures["strict F1"], figures["relaxed F1"], figures["value F1"]) == (0.0, 1.0, 1.0)


def test_a_document_scored_against_itself_is_right(code: Callable[..., Document]) -> None:
    document = code("Kenya condemned Uganda on Monday. “We are shocked,” said Kenyan President Jane Kariuki.").to_json()
    gold = {**document, "id": "x"}
    figures, _, errors = articles.score([gold], [document])
    assert figures["event"] == figures["event full"] == figures["statement who"] == 1.0
    assert errors == []


def test_our_scorer_agrees_with_the_guides(shared: Path, tmp_path: Path) -> None:
    """The same counts as the annotation guide's own scorer, on the coded example articles."""
    out = tmp_path / "p.jsonl"
    found = evaluate("articles", shared / "articles", predictions=out)
    command = [sys.executable, str(shared / "articles" / "score.py"), str(shared / "articles"), str(out), "--json"]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    for name, counts in found.classes.items():
        row = theirs["counts"][name]
        assert (counts.gold, counts.found, counts.right) == (row["gold"], row["found"], row["right"]), name
    for name, share in theirs["shares"].items():
        assert found.figures[f"{name} right"] == pytest.approx(share["share"], abs=1e-4)


def test_predictions_are_written_one_a_line(tmp_path: Path, coder: Coder) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"id": "a", "sentence": "Kenya condemned Uganda.", "gold_root": "ACCUSE"}\n')
    out = tmp_path / "out.jsonl"
    evaluate("sentence-events", gold, predictions=out)
    (line,) = out.read_text().splitlines()
    prediction = json.loads(line)
    assert prediction["id"] == "a"
    assert prediction["prediction"][0]["type"] == "ACCUSE"
    assert prediction["prediction"][0]["actors"] == ["KENGOV"]


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"id": "a"}\n{"id": \n')
    with pytest.raises(InputError, match=r"gold\.jsonl:2: no JSON"):
        evaluate("relation", gold)


def test_a_record_of_another_task_is_named(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"id": "a"}\n')
    with pytest.raises(InputError, match="record 'a' has no 'sentence'"):
        evaluate("relation", gold)


def test_every_record_is_asked_for_its_fields_before_anything_is_predicted(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"id": "a", "text": "x", "events": []}\n{"id": "b", "text": "y"}\n')
    with pytest.raises(InputError, match="record 'b' has no 'events'"):
        evaluate("sentence-events", gold)
    gold.write_text('{"id": "a", "sentence": "x", "label": 0}\n{"sentence": "y", "label": 0}\n')
    with pytest.raises(InputError, match="record 2 has no 'id'"):
        evaluate("quad", gold)


def test_a_record_that_is_no_object_is_named(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text("[]\n")
    with pytest.raises(InputError, match="record 1 is no JSON object"):
        evaluate("quad", gold)


def test_a_fault_of_the_program_is_not_laid_to_the_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"id": "a", "sentence": "x", "label": 0}\n')

    def faulty(*_: object) -> Iterator[int]:
        table: dict[str, int] = {}
        yield table["a name"]

    monkeypatch.setitem(TASKS, "quad", replace(TASKS["quad"], predict=faulty))
    with pytest.raises(KeyError, match="a name"):
        evaluate("quad", gold)


def test_an_unknown_task_lists_the_known(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there are: relation, sentence-events"):
        evaluate("relations", tmp_path)


def test_about_one_in_ten_is_held_out() -> None:
    share = sum(is_held_out(f"sentence number {k}") for k in range(2000)) / 2000
    assert 0.07 < share < 0.13


def test_held_out_looks_past_punctuation() -> None:
    # A hash that saw punctuation, case or spacing would keep neither the first nor the third of these out.
    for text in ("Kenya, on Monday, spoke.", "kenya on monday spoke", "KENYA on Monday spoke!"):
        assert is_held_out(text)
    for text in ("Kenya, on Monday, fell.", "kenya on monday fell"):
        assert not is_held_out(text)


def test_of_polnear_its_own_dev_part_is_held_out() -> None:
    dev = [{"id": "polnear-huff-post_2016-09-08_a-title"}, {"id": "another"}]
    assert held_out("quotes", dev) == dev
    with pytest.raises(InputError, match="polnear-dev"):
        held_out("quotes", [*dev, {"id": "polnear-huff-post_2016-09-07_a-title"}])


def test_the_parts_of_polnear_are_told_apart(shared: Path) -> None:
    train, dev = (read_gold(shared / "gold" / f"polnear-{part}.jsonl") for part in ("train", "dev"))
    assert held_out("quotes", dev) == dev
    for record in train:
        with pytest.raises(InputError):
            held_out("quotes", [record])


def test_police_is_held_out_by_sentence() -> None:
    text = " ".join(f"sentence {k}." for k in range(60))
    sentences, at = [], 0
    for k in range(60):
        end = at + len(f"sentence {k}.")
        sentences.append({"sent_id": k, "start": at, "end": end, "labels": []})
        at = end + 1
    (kept,) = held_out("police", [{"text": text, "sentences": sentences}])
    assert 0 < len(kept["sentences"]) < 20


def test_records_without_labels_are_predicted_and_not_scored(tmp_path: Path):
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"id": "a", "sentence": "Kenya condemned Uganda."}\n{"id": "b", "text": "Mali thanked Niger."}\n')
    out = tmp_path / "out.jsonl"
    found = evaluate("sentence-events", gold, predictions=out)
    assert found.figures == {}
    types = [[event["type"] for event in json.loads(line)["prediction"]] for line in out.read_text().splitlines()]
    assert types == [["ACCUSE"], ["SUPPORT"]]
    with pytest.raises(InputError, match="record 'a' has no"):
        evaluate("sentence-events", gold)
