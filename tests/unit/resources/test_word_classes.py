from __future__ import annotations

import pytest

from whowhom.errors import ResourceError
from whowhom.resources.parties import countries_of_label, parties_by_label
from whowhom.resources.table import word_class, word_classes


def test_the_words_of_a_class_are_those_of_its_row() -> None:
    assert {"army", "air force"} <= word_class("lexicon/descriptions.tsv", "sole")
    with pytest.raises(ResourceError, match=r"names\.tsv: no class 'nobody'"):
        word_class("lexicon/names.tsv", "nobody")


def test_no_word_of_a_name_tells_two_sectors() -> None:
    told = [found for name, found in word_classes("lexicon/names.tsv").items() if name.startswith("tells_")]
    assert len(told) > 10
    assert sum(map(len, told)) == len(frozenset().union(*told))


def test_a_label_stands_for_the_parties_that_it_may_mean() -> None:
    assert [party.country for party in parties_by_label()["tory",]] == ["GBR"]
    assert {party.country for party in parties_by_label()["liberal",]} > {"CAN", "AUS"}
    usual, others = countries_of_label()["republican"]
    assert usual == "USA"
    assert "ARM" in others
    assert "liberal" not in countries_of_label()
