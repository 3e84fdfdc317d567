"""How the grammar leads from a predicate to a phrase: the short name of the way between them.

What the network learns of who stands on which side it learns from few reports, and syntax is most of it: so the parse
is told to it in words. A way is the slot in which a phrase stands ("subj", "prep_with"), a slot inside one
("obj/poss"), one of a clause that the predicate governs ("xcomp>obj") or is governed by ("up1<subj"), or where the
phrase stands when no grammar leads to it: "before" or "after" in the sentence, "earlier" or "later" than it,
"earlier subj" for the subject of another sentence.
"""

from __future__ import annotations

from spacy.tokens import Token

from whowhom.extract.clauses import Clauses, Slots

_PREPOSITIONS = frozenset(
    """of to with by from in on for against between among at over into about toward towards under before after during
    through as alongside within outside near behind upon""".split()
)
_GOVERNED = ("xcomp", "ccomp", "gerund", "purpose")
_CLIMB = 3
"""Predicates above the own one whose slots are looked at."""


class Ways:
    """The ways from the predicates of one parsed text, each predicate's computed once."""

    def __init__(self, clauses: Clauses) -> None:
        self._clauses = clauses
        self._doc = clauses.doc
        self._known: dict[int, dict[int, str]] = {}
        self._subjects: dict[int, bool] = {}
        self._sentences: dict[int, tuple[int, int]] = {}

    def to(self, predicate: Token, head: int, first: int, last: int) -> str:
        """The way from a predicate to the phrase of the tokens `[first, last)` whose head is the token `head`."""
        around = self._around(predicate)
        found = around.get(head) or next((around[i] for i in range(last - 1, first - 1, -1) if i in around), None)
        if found is not None:
            return found
        start, end = self._sentence(predicate)
        if start <= head < end:
            return "before" if head < predicate.i else "after"
        other = "earlier" if head < start else "later"
        subject = self._subjects.get(head)
        if subject is None:
            subject = self._subjects[head] = self._is_subject(self._doc[head])
        return f"{other} subj" if subject else other

    def _sentence(self, predicate: Token) -> tuple[int, int]:
        found = self._sentences.get(predicate.i)
        if found is None:
            sentence = predicate.sent
            found = self._sentences[predicate.i] = (sentence.start, sentence.end)
        return found

    def _is_subject(self, token: Token) -> bool:
        root = token.sent.root
        return root.pos_ in ("VERB", "AUX") and token.i in self._clauses.verb(root).get("subj", ())

    def _around(self, predicate: Token) -> dict[int, str]:
        found = self._known.get(predicate.i)
        if found is None:
            found = self._known[predicate.i] = {}
            slots = self._clauses.of(predicate)
            self._put(found, slots, "")
            for name in _GOVERNED:
                for i in slots.get(name, ()):
                    self._put(found, self._clauses.of(self._doc[i]), f"{name}>")
            self._above(found, predicate)
            found.pop(predicate.i, None)
        return found

    def _above(self, found: dict[int, str], predicate: Token) -> None:
        token, level = predicate, 0
        while level < _CLIMB and token.head.i != token.i:
            token = token.head
            if token.pos_ in ("VERB", "AUX", "NOUN"):
                level += 1
                self._put(found, self._clauses.of(token), f"up{level}<")
                found.setdefault(token.i, f"up{level}")

    def _put(self, found: dict[int, str], slots: Slots, prefix: str) -> None:
        named = [(_named(name), i) for name, indices in slots.items() if name not in _GOVERNED for i in indices]
        for name, i in named:
            found.setdefault(i, prefix + name)
        for name, i in named:
            token = self._doc[i]
            for child in token.children:
                if child.dep_ == "appos":
                    found.setdefault(child.i, f"{prefix}{name}/appos")
            if token.pos_ in ("NOUN", "PROPN"):
                for inner, indices in self._clauses.noun(token).items():
                    if not inner.startswith(("head_", "verb_")) and inner not in _GOVERNED:
                        for j in indices:
                            found.setdefault(j, f"{prefix}{name}/{_named(inner)}")


def _named(slot: str) -> str:
    """The slot's name, rare prepositions under one."""
    before, mark, preposition = slot.rpartition("prep_")
    return slot if not mark or preposition in _PREPOSITIONS else f"{before}prep_other"
