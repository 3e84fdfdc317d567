"""Who said what: statements with their speaker, addressee, cue and content.

1. Quotations are found by their marks, reporting verbs by the lexicon, with the speaker that the parse gives.
2. A quotation goes to the verb that introduces it (`said: "..."`) or closes it (`"...," he said`), whatever the parse.
3. A verb without such a quotation has the words of its clause, phrase or infinitive; quotations that touch these words
   belong to them, which makes the statement mixed.
4. A quotation of whole sentences without any cue goes on with the statement before it.
5. Phrases ("according to X", "X's claim that") add statements of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from whowhom.candidates import StatementCandidate, TokenRange
from whowhom.extract.quotation_marks import Quotation, find_quotations
from whowhom.extract.statement_clauses import Found, limit_of, trim
from whowhom.extract.statement_content import find_content
from whowhom.extract.statement_cues import Cue, find_cues, phrase_head
from whowhom.extract.statement_phrases import find_named, find_phrases
from whowhom.parse import Parsed
from whowhom.records import StatementKind

_ENDS = frozenset(".!?…")
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_SPEAKING = frozenset(("that", "quote"))
_CLAUSES = frozenset(("that", "opinion", "show", "colon", "around", "as-clause", "by-quotation"))
_CIRCUMSTANCE = frozenset("at during after before amid while when in on as since until following".split())
_REACH_AFTER = 45
_REACH_BEFORE = 30


@dataclass(slots=True)
class _Statement:
    speaker: int | None
    addressee: int | None
    cue: list[TokenRange]
    regions: list[TokenRange]
    rule: str
    order: int = field(default=0)
    quotes: list[Quotation] = field(default_factory=list)


def extract_statements(parsed: Parsed) -> list[StatementCandidate]:
    """The statements of a text, in the order of their first words. No statement is without content."""
    doc = parsed.doc
    quotations = find_quotations(doc, parsed.reading.starts)
    return _Extraction(parsed, doc, quotations).run()


class _Extraction:
    def __init__(self, parsed: Parsed, doc: Doc, quotations: list[Quotation]) -> None:
        self.parsed = parsed
        self.doc = doc
        self.quotations = quotations
        self.quoted = bytearray(len(doc))
        self.mark = bytearray(len(doc))
        self.quote_at: dict[int, Quotation] = {}
        for q in quotations:
            for i in range(q.start, q.end):
                self.quoted[i] = 1
            if q.opened:
                self.mark[q.first] = 1
                self.quote_at[q.first] = q
            if q.closed:
                self.mark[q.end] = 1
        self.cues = {cue.verb.i: cue for cue in find_cues(doc, self.quoted)}
        self.starts = set(parsed.reading.starts)
        self.titles = {q.start for q in quotations if self._titled(q)}

    def run(self) -> list[StatementCandidate]:
        taken: dict[int, list[Quotation]] = {}
        loose: list[Quotation] = []
        for q in self.quotations:
            if q.start in self.titles:
                continue
            owner, beside = self._owner(q)
            if owner is None:
                loose.append(q)
            elif beside:
                loose.append(q)
            else:
                taken.setdefault(owner, []).append(q)
        made: list[_Statement] = []
        used: set[int] = set()
        by_verb: dict[int, _Statement] = {}
        for i, cue in self.cues.items():
            statement = self._of_cue(cue, taken.get(i, []), loose, used)
            if statement is None:
                continue
            main = by_verb.get(cue.verb.head.i)
            if cue.verb.tag_ == "VBG" and statement.rule == "pred" and main is not None:
                main.regions.extend(statement.regions)  # "said X, calling it Y" is said at once
                main.cue.extend(statement.cue)
                continue
            by_verb[i] = statement
            made.append(statement)
        named = find_named(self.doc, self.starts, self.parsed.heading_tokens)
        for rule, speaker, cue_ranges, regions in (*find_phrases(self.doc, self.quoted), *named):
            if rule == "named" and any(a < regions[0][1] and regions[0][0] < b for s in made for a, b in s.regions):
                continue
            widened = [self._widen(r) for r in regions]
            made.append(_Statement(speaker, None, list(cue_ranges), widened, rule))
        for statement in made:
            statement.regions.sort()
            statement.order = statement.regions[0][0]
        made.sort(key=lambda s: s.order)
        self._go_on(made, [q for q in loose if q.start not in used])
        made.sort(key=lambda s: s.order)
        return [c for c in map(self._candidate, made) if c is not None]

    # -- quotations and the verbs beside them

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

    def _owner(self, q: Quotation) -> tuple[int | None, bool]:
        """The verb that introduces or closes a quotation, and whether the quotation may be a part of its clause only."""
        after = self._closing_cue(q)
        if after is not None:
            return after, False
        return self._introducing_cue(q)

    def _closing_cue(self, q: Quotation) -> int | None:
        if not q.closed:
            return None
        doc = self.doc
        i = q.last
        last = doc[q.end - 1].text[-1:]
        comma = i < len(doc) and doc[i].text in (",", "-", "--", "—", "–")
        if not (last in ",?!…-—–" or comma) or i >= len(doc):
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
            if i in self.cues and self.cues[i].frames & _SPEAKING and token.tag_ not in ("VB", "VBG"):
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
        if i < 0 or doc[q.first].idx in self.starts:
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
        if nearest is None:
            return None, False
        if not beside and text == "," and any(doc[k].tag_ in _FINITE for k in range(nearest + 1, q.first)):
            return None, False
        return nearest, beside

    # -- statements of verbs

    def _of_cue(
        self, cue: Cue, quotes: list[Quotation], loose: list[Quotation], used: set[int]
    ) -> _Statement | None:
        verb = cue.verb
        speaker = cue.speaker.i if cue.speaker is not None else None
        if quotes:
            leads = [self._lead(q) if q.last <= verb.i else q.start for q in quotes]
            regions = [(lead, q.end) for lead, q in zip(leads, quotes, strict=True) if lead is not None]
            if regions:
                used.update(q.start for q in quotes)
                regions[-1] = self._further(regions[-1], loose, used)
                addressee = _addressee(cue)
                return _Statement(speaker, addressee, [(verb.i, verb.i + 1)], regions, "quotation", quotes=quotes)
            loose = sorted([*loose, *quotes], key=lambda q: q.start)
        found_content = find_content(cue)
        if found_content is None:
            found_content = self._by_quotation(cue, loose)
        if found_content is None or speaker is None:
            return None
        regions = [self._widen(r) for r in found_content.regions]
        if found_content.frame in _CLAUSES:
            regions[-1] = self._further(regions[-1], loose, used)
        touched = [q for q in loose if any(q.start < b and a < q.end for a, b in regions)]
        if found_content.needs_quote:
            if not touched:
                return None
            if found_content.frame == "judge":
                regions = self._judged(regions[0], touched)
        if touched and found_content.frame not in _CLAUSES:
            regions[-1] = self._without_circumstance(regions[-1], touched[-1].last)
        used.update(q.start for q in touched)
        addressee_token = found_content.addressee
        return _Statement(
            speaker,
            addressee_token.i if addressee_token is not None else None,
            [(verb.i, verb.i + 1), *found_content.cue],
            regions,
            found_content.frame,
        )

    def _lead(self, q: Quotation) -> int | None:
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
        if q.end - q.start < 6 and not any(doc[k].tag_ in _FINITE for k in range(q.start, q.end)):
            return None if doc[start].pos_ in ("ADP", "SCONJ") else start
        return q.start

    def _further(self, region: TokenRange, loose: list[Quotation], used: set[int]) -> TokenRange:
        """The region, with a quotation that goes on with it: `said it was "slow," and "no more than a start"`."""
        start, end = region
        for q in loose:
            gap = q.first - end
            if 0 <= gap <= 4 and q.start not in used and q.start not in self.titles:
                between = range(end, q.first)
                if any(i in self.cues or self.doc[i].text[-1:] in _ENDS for i in between):
                    break
                if self.doc[q.first].idx in self.starts or self.doc[end - 1].text[-1:] in _ENDS:
                    break
                end = q.end
                used.add(q.start)
        return start, end

    def _without_circumstance(self, region: TokenRange, after: int) -> TokenRange:
        """The region without the time and occasion that follow the words quoted: `vowed "no mercy" at a rally`."""
        start, end = region
        for i in range(after, end):
            token = self.doc[i]
            if token.lower_ in _CIRCUMSTANCE and token.dep_ in ("prep", "mark", "advmod", "advcl") and i > start:
                return start, i
        return region

    def _by_quotation(self, cue: Cue, loose: list[Quotation]) -> Found | None:
        """The words from a verb to a quotation of its own clause, where the parse shows no complement."""
        if not cue.frames & _SPEAKING:
            return None
        verb = cue.verb
        doc = self.doc
        end = limit_of(cue)
        sentence_end = verb.sent.end
        for q in loose:
            if not verb.i < q.first < max(end, min(sentence_end, verb.i + 25)):
                continue
            if any(i in self.cues for i in range(verb.i + 1, q.first)):
                return None
            start = q.first
            if "that" in cue.frames:
                for i in range(verb.i + 1, q.first):
                    if doc[i].lower_ == "that":
                        start = i + 1
                        break
            region = trim(self.doc, start, max(q.last, end if end > q.last and self._tail_ok(q.last, end) else q.last))
            return Found("by-quotation", (region,)) if region is not None else None
        return None

    def _tail_ok(self, start: int, end: int) -> bool:
        return all(self.doc[i].text != "," for i in range(start, end))

    def _judged(self, region: TokenRange, quotes: list[Quotation]) -> list[TokenRange]:
        """What was called something in the speaker's words: after "for", else from the quotation on."""
        first = quotes[0]
        for i in range(region[0], first.first):
            if self.doc[i].lower_ == "for":
                return [(i + 1, region[1])]
        return [(first.first, region[1])]

    def _widen(self, region: TokenRange) -> TokenRange:
        """The region with every quotation that it cuts through taken in whole."""
        start, end = region
        for q in self.quotations:
            if q.start < end and start < q.end and q.first < end and start < q.last:
                if q.start < start and q.end >= start:
                    start = q.start
                if q.end > end:
                    end = q.end
        return start, end

    # -- quotations without a cue

    def _go_on(self, made: list[_Statement], loose: list[Quotation]) -> None:
        """Give quotations of whole sentences to the speaker before them."""
        for q in loose:
            if any(a < q.end and q.start < b for s in made for a, b in s.regions):
                continue
            if not self._whole(q):
                continue
            earlier = [s for s in made if s.order < q.start and (s.quotes or s.rule == "continued")]
            before = earlier[-1] if earlier else None
            nearest = max((s for s in made if s.order < q.start), key=lambda s: s.order, default=None)
            if before is not None and nearest is before and self._follows(before, q):
                before.regions.append((q.start, q.end))
                before.quotes.append(q)
                continue
            source = nearest
            if source is None or not self._near(source, q):
                continue
            made.append(
                _Statement(source.speaker, None, [], [(q.start, q.end)], "continued", order=q.start, quotes=[q])
            )
            made.sort(key=lambda s: s.order)

    def _whole(self, q: Quotation) -> bool:
        """Whether a quotation is made of whole sentences and has no cue that could be missed."""
        doc = self.doc
        if q.end - q.start < 4 and q.closed:
            return False
        first = q.first
        opens = first == 0 or doc[first].idx in self.starts or doc[first - 1].text[-1:] in _ENDS or self.mark[first - 1]
        closes = doc[q.end - 1].text[-1:] in _ENDS or not q.closed or (q.last < len(doc) and doc[q.last].text in _ENDS)
        return bool(opens and closes and doc[q.start].text[:1].isupper() or not q.opened)

    def _follows(self, statement: _Statement, q: Quotation) -> bool:
        """Whether nothing but the attribution stands between a statement and a quotation."""
        doc = self.doc
        last = max(max(b for _, b in statement.regions), max((b for _, b in statement.cue), default=0))
        ends = 0
        for i in range(last, q.first):
            token = doc[i]
            if token.text in _ENDS:
                ends += 1
            elif ends and not self.mark[i]:
                return False
        return q.first - last < 40

    def _near(self, statement: _Statement, q: Quotation) -> bool:
        last = max(b for _, b in [*statement.regions, *statement.cue])
        paragraphs = sum(1 for s in self.starts if self.doc[min(last, len(self.doc) - 1)].idx < s <= self.doc[q.first].idx)
        return paragraphs <= 1 and q.first - last < 40

    # -- the candidate

    def _candidate(self, statement: _Statement) -> StatementCandidate | None:
        content: list[TokenRange] = []
        inside = outside = 0
        drop = {i for a, b in statement.cue for i in range(a, b)}
        for a, b in statement.regions:
            start = a
            for i in range(a, b + 1):
                if i == b or self.mark[i] or i in drop:
                    piece = self._strip(start, i)
                    if piece is not None:
                        content.append(piece)
                    start = i + 1
                elif self.quoted[i]:
                    inside += 1
                elif not self.doc[i].is_punct:
                    outside += 1
        if not content:
            return None
        kind: StatementKind = "indirect" if not inside else "direct" if not outside else "mixed"
        return StatementCandidate(
            statement.speaker, statement.addressee, kind, tuple(sorted(statement.cue)), tuple(content), statement.rule
        )

    def _strip(self, start: int, end: int) -> TokenRange | None:
        doc = self.doc
        while start < end and doc[start].is_punct and not self.quoted[start]:
            start += 1
        while end > start and doc[end - 1].is_punct and not self.quoted[end - 1] and doc[end - 1].text not in ")]":
            end -= 1
        return (start, end) if end > start else None


def _addressee(cue: Cue) -> int | None:
    if "addressee" not in cue.frames:
        return None
    for child in cue.verb.rights:
        if child.dep_ in ("dobj", "dative") and child.pos_ in ("NOUN", "PROPN", "PRON"):
            head = phrase_head(child, cue.verb.i)
            return head.i if cue.speaker is None or head.i != cue.speaker.i else None
    return None

