"""PLOVER contexts of an event, from the words around it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from whowhom.resources import read_table
from whowhom.resources.table import values


@cache
def _by_word() -> dict[str, str]:
    return {word: row["context"] for row in read_table("lexicon/contexts.tsv") for word in values(row["words"])}


@cache
def context_names() -> tuple[str, ...]:
    """The 37 context names of PLOVER, in the order of the manual."""
    return tuple(row["context"] for row in read_table("lexicon/contexts.tsv"))


def find_contexts(lemmas: Iterable[str], known: Iterable[str] = (), most: int = 3) -> tuple[str, ...]:
    """Contexts of a run of lower-case lemmas, those already `known` first, then by how often they are met."""
    table = _by_word()
    counts: dict[str, int] = {}
    previous = ""
    for lemma in lemmas:
        for key in (lemma, f"{previous}_{lemma}"):
            context = table.get(key)
            if context is not None:
                counts[context] = counts.get(context, 0) + 1
        previous = lemma
    ranked = sorted(counts, key=lambda name: -counts[name])
    return tuple(dict.fromkeys((*known, *ranked)))[:most]
