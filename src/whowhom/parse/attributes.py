"""spaCy's attribute ruler with a memory: the same attributes for a sixth of its time.

The ruler of the English pipelines tries some 180 patterns at every word, nearly all of one word, and asks only for its
form, tag and grammatical function. Words of the same three get the same attributes, so each three is matched once.
"""

from __future__ import annotations

from typing import Any, cast

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.tokens._retokenize import set_token_attrs

REMEMBERED = frozenset({"LOWER", "TAG", "DEP", "IS_SPACE"})
"""What a pattern of one word may ask for to be remembered; whether a word is space is told by its form."""
MOST = 100_000
"""Word forms with tag and function that are remembered; then it begins anew."""


class RememberingRuler:
    """Sets what `ruler` would set, in the order of its patterns.

    Patterns of several words, or that ask for something else, are matched in every text.
    """

    def __init__(self, ruler: AttributeRuler) -> None:
        self.ruler = ruler
        self.single = Matcher(ruler.vocab, validate=False)
        self.others = Matcher(ruler.vocab, validate=False)
        given = cast("list[list[list[dict[str, Any]]]]", [p["patterns"] for p in ruler.patterns])
        for number, patterns in enumerate(given):
            for pattern in patterns:
                short = len(pattern) == 1 and REMEMBERED.issuperset(pattern[0])
                (self.single if short else self.others).add(str(number), [pattern])
        self._known: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._merged: dict[tuple[int, ...], dict[int, Any]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The same `doc`, its words with their attributes."""
        keys = map(tuple, doc.to_array(["LOWER", "TAG", "DEP"]).tolist())
        found = [self._of_word(doc, i, key) for i, key in enumerate(keys)]
        for name, start, end in self.others(doc, allow_missing=True):
            number = int(doc.vocab.strings[name])
            at = range(start, end)[self.ruler.indices[number]]
            found[at] = tuple(sorted({*found[at], number}))
        for token, numbers in zip(doc, found, strict=True):
            if numbers:
                set_token_attrs(token, self._attributes(numbers))
        return doc

    def _of_word(self, doc: Doc, i: int, key: tuple[int, ...]) -> tuple[int, ...]:
        """The numbers of the remembered patterns that a word matches, in order."""
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= MOST:
                self._known.clear()
            matches = self.single(doc[i : i + 1], allow_missing=True)
            known = self._known[key] = tuple(sorted({int(doc.vocab.strings[name]) for name, _, _ in matches}))
        return known

    def _attributes(self, numbers: tuple[int, ...]) -> dict[int, Any]:
        """What these patterns set together, the later before the earlier."""
        merged = self._merged.get(numbers)
        if merged is None:
            merged = self._merged[numbers] = {}
            for number in numbers:
                merged.update(self.ruler.attrs[number])
        return merged


@Language.factory("whowhom_attributes")
def _remembering(nlp: Language, name: str) -> RememberingRuler:
    return RememberingRuler(cast(AttributeRuler, nlp.get_pipe("attribute_ruler")))


def remember_attributes(nlp: Language) -> None:
    """Let a pipeline's attribute ruler, where it has one, remember words; what is set stays the same."""
    if "attribute_ruler" in nlp.pipe_names and isinstance(nlp.get_pipe("attribute_ruler"), AttributeRuler):
        nlp.add_pipe("whowhom_attributes", before="attribute_ruler")
        nlp.disable_pipe("attribute_ruler")
