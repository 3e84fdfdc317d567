"""Products by NumPy: what is parsed stays the same, and so does every pipeline but the one that is asked."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from spacy.language import Language
from thinc.api import Model
from threadpoolctl import threadpool_info

from whowhom.parse import single_thread
from whowhom.parse.parser import DEFAULT_MODEL
from whowhom.parse.products import multiply_by_numpy

EXAMPLES = Path(__file__).parents[3] / "examples"
READ = ["TAG", "POS", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE", "LEMMA", "SENT_START"]


@pytest.fixture(scope="module")
def pipelines() -> tuple[Language, Language]:
    own, changed = (import_module(DEFAULT_MODEL).load() for _ in range(2))
    multiply_by_numpy(changed)
    return own, changed


def by_blis(nlp: Language) -> set[bool]:
    models = [model for _, pipe in nlp.components if isinstance(model := getattr(pipe, "model", None), Model)]
    return {node.ops.use_blis for model in models for node in model.walk()}


def test_only_the_pipeline_that_is_asked_changes(pipelines: tuple[Language, Language]) -> None:
    assert [by_blis(nlp) for nlp in pipelines] == [{True}, {False}]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.md")), ids=lambda path: path.stem)
def test_the_parse_stays_the_same(pipelines: tuple[Language, Language], path: Path) -> None:
    own, changed = (nlp(path.read_text("utf-8")).to_array(READ).tolist() for nlp in pipelines)
    assert changed == own


def test_a_text_is_parsed_alike_alone_and_among_others(pipelines: tuple[Language, Language]) -> None:
    texts = [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.md"))]
    together = [doc.to_array(READ).tolist() for doc in pipelines[1].pipe(texts, batch_size=len(texts))]
    assert [pipelines[1](text).to_array(READ).tolist() for text in texts] == together


def test_a_pipeline_without_networks_stays_as_it_is() -> None:
    nlp = Language()
    nlp.add_pipe("sentencizer")
    multiply_by_numpy(nlp)
    assert [sentence.text for sentence in nlp("One. Two.").sents] == ["One.", "Two."]


def test_single_thread_holds_within_and_not_after() -> None:
    def threads() -> list[int]:
        return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]

    before = threads()
    with single_thread():
        assert set(threads()) == {1}
    assert threads() == before
