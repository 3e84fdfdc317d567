"""Quotations and the reporting verbs beside them: which verb introduces or closes which quotation."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from whowhom.extract.quotation_marks import Quotation
from whowhom.extract.statement_cues import find_cues

_ENDS = frozenset(".!?…")
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_SPEAKING = frozenset(("that", "quote"))
# How many tokens an attribution may be away from its quotation: "..., <speaker with title and relative clause> said".
_REACH_AFTER = 45
_REACH_BEFORE = 30


class Quoted:
    """The quotations of a text with its reporting verbs.

    `inside[i]` is 1 for a token between quotation marks, `mark[i]` for the marks themselves; `cues` are the reporting
    verbs outside of quotations by token; `titles` the starts of quotations that only name a work or programme.
    """

    def __init__(self, doc: Doc, quotations: list[Quotation], starts: Sequence[int]) -> None:
        self.doc = doc
        self.quotations = quotations
        self.starts = set(starts)
        self.inside = bytearray(len(doc))
        self.mark = bytearray(len(doc))
        for q in quotations:
            for i in range(q.start, q.end):
                self.inside[i] = 1
            if q.opened:
                self.mark[q.first] = 1
            if q.closed:
                self.mark[q.end] = 1
        self.cues = {cue.verb.i: cue for cue in find_cues(doc, self.inside)}
        self.titles = {q.start for q in quotations if self._titled(q)}

    def _titled(self, q: Quotation) -> bool:
        """Whether a short quotation is the name of a work or programme: all of its words begin with a capital."""
        doc = self.doc
        if q.end - q.start > 7 or q.first == 0 or not q.closed:
            return False
        before = doc[q.first - 1]
        if before.text in (":", ",") or before.text[-1:] in _ENDS or before.pos_ in ("VERB", "PUNCT"):
            return False
        words = [doc[i] for i in range(q.start, q.end) if doc[i].is_alpha]
        return len(words) > 0 and all(w.text[0].isupper() or (k and len(w) < 4) for k, w in enumerate(words))

    def groups(self) -> list[list[Quotation]]:
        """Quotations, each with those that go on with it in the next sentences or paragraphs. Titles are left out."""
        groups: list[list[Quotation]] = []
        for q in self.quotations:
            if q.start in self.titles:
                continue
            before = groups[-1][-1] if groups else None
            if before is not None and not before.closed and q.first == before.end:
                groups[-1].append(q)
            else:
                groups.append([q])
        return groups

    def owner(self, group: list[Quotation]) -> tuple[int | None, bool]:
        """The verb that introduces or closes quotations, and whether these may be a part of its clause only."""
        after = self._closing_cue(group[-1])
        if after is not None:
            return after, False
        return self._introducing_cue(group[0])

    def _closing_cue(self, q: Quotation) -> int | None:
        if not q.closed:
            return None
        doc = self.doc
        i = q.last
        last = doc[q.end - 1].text[-1:]
        comma = i < len(doc) and doc[i].text in (",", "-", "--", "—", "–")
        if not (last in ",‚?!…-—–" or comma) or i >= len(doc):
            return None
        if comma:
            i += 1
        if i < len(doc) and (doc[i].lower_ in ("that", "which", "who") or doc[i].tag_ == "VBG" or doc[i].dep_ == "cc"):
            return None
        verbs_seen = False
        start = i
        while i < min(len(doc), start + _REACH_AFTER):
            token = doc[i]
            if token.idx in self.starts or (token.text in _ENDS and i > start) or token.text in (";", ":"):
                return None
            if self.mark[i]:
                return None
            if i in self.cues and "quote" in self.cues[i].frames and token.tag_ not in ("VB", "VBG"):
                return i if not verbs_seen or token.tag_ in _FINITE else None
            if token.tag_ in _FINITE and token.dep_ not in ("relcl", "acl", "aux", "auxpass"):
                if token.head.dep_ != "relcl":
                    return None
                verbs_seen = True
            i += 1
        return None

    def _introducing_cue(self, q: Quotation) -> tuple[int | None, bool]:
        if not q.opened:
            return None, False
        doc = self.doc
        i = q.first - 1
        if i < 0 or (doc[q.first].idx in self.starts and doc[i].text != ":"):
            return None, False
        text = doc[i].text
        beside = text not in (":", ",", "–", "—", "--")
        if not beside:
            i -= 1
        nearest: int | None = None
        stop = max(-1, q.first - _REACH_BEFORE)
        while i > stop:
            token = doc[i]
            if token.text in _ENDS and token.text != "…" and token.is_sent_end:
                break
            if i in self.cues and self.cues[i].frames & _SPEAKING:
                nearest = i
                break
            if self.mark[i] and not beside and text == ",":
                break
            if token.tag_ in _FINITE and beside:
                break
            if token.idx in self.starts:
                break
            i -= 1
        if nearest is None or (text == ":" and "quote" not in self.cues[nearest].frames):
            return None, False
        if not beside and text == "," and any(doc[k].tag_ in _FINITE for k in range(nearest + 1, q.first)):
            return None, False
        clause = text == "," and doc[nearest + 1].lower_ == "that"  # 'said that the king, on Friday, "asked for peace"'
        return nearest, beside or clause

    def lead(self, q: Quotation) -> int | None:
        """Where the words begin that end in a quotation before its verb: `This is "bad," he said`.

        None where the quotation is no more than a name in an adverbial: `On "The Hour," he said`.
        """
        doc = self.doc
        i = q.first - 1
        while i >= 0 and q.first - i < 40:
            token = doc[i]
            if token.text[-1:] in _ENDS or token.text in (":", ";") or self.mark[i] or i in self.cues:
                break
            i -= 1
            if token.idx in self.starts:
                break
        start = i + 1
        if start >= q.first or i in self.cues or q.first - i >= 40:
            return q.start
        if any(doc[k].tag_ in _FINITE for k in range(start, q.first)):
            return start
        torn = doc[q.start].tag_ in _FINITE and doc[q.start].text[:1].islower()
        if torn and doc[start].pos_ in ("PROPN", "NOUN", "DET", "PRON", "ADJ", "NUM"):
            return start  # 'The envoy, on Friday, "asked for peace," they said'
        if q.end - q.start < 6 and not any(doc[k].tag_ in _FINITE for k in range(q.start, q.end)):
            return None if doc[start].pos_ in ("ADP", "SCONJ") else start
        return q.start
