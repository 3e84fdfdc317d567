"""Who said what: statements with their speaker, addressee, cue and content.

1. Quotations are found by their marks, reporting verbs by the lexicon, with the speaker that the parse gives.
2. A quotation goes to the verb that introduces it (`said: "..."`) or closes it (`"...," he said`), whatever the parse.
3. A verb without such a quotation has the words of its clause, phrase or infinitive; quotations that touch these words
   belong to them, which makes the statement mixed.
4. A quotation of whole sentences without any cue goes on with the statement before it.
5. Phrases ("according to X", "X's claim that") add statements of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from whowhom.candidates import StatementCandidate, TokenRange
from whowhom.extract.clauses import person_meant
from whowhom.extract.quotation_marks import Quotation, find_quotations
from whowhom.extract.statement_clauses import Found, after_adjuncts, limit_of, trim
from whowhom.extract.statement_content import find_content
from whowhom.extract.statement_cues import FINITE, Cue, phrase_head, speaker_like
from whowhom.extract.statement_issuers import issuer_of
from whowhom.extract.statement_phrases import find_named, find_phrases
from whowhom.extract.statement_quotes import Quoted
from whowhom.parse import Parsed
from whowhom.records import StatementKind
from whowhom.resources.reporting import reporting_lexicon

_ENDS = frozenset(".!?…")
_CLAUSES = frozenset(("that", "opinion", "show", "colon", "around", "as-clause", "by-quotation"))
_CIRCUMSTANCE = frozenset(("at", "during", "after", "before", "amid", "while", "when", "until", "following"))
_KEPT = frozenset(")]%")
_TOLD = frozenset(("obj", "opinion", "claim-noun", "attitude"))
_GOING_ON = frozenset(("continued", "announced"))
_TALKING = frozenset(("speak", "talk", "comment", "react", "respond", "agree", "disagree", "apologise", "apologize"))
_PEOPLE = frozenset(("he", "she", "they"))


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
        self.quoted = Quoted(doc, quotations, parsed.reading.starts)
        self.quotations = quotations
        self.starts = self.quoted.starts
        self.mark = self.quoted.mark
        self.titles = self.quoted.titles
        self.cues = self.quoted.cues

    def run(self) -> list[StatementCandidate]:
        taken: dict[int, list[Quotation]] = {}
        loose: list[Quotation] = []
        for group in self.quoted.groups():
            owner, beside = self.quoted.owner(group)
            if owner is None or beside:
                loose.extend(group)
            else:
                taken.setdefault(owner, []).extend(group)
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
        for rule, speaker, cue_ranges, regions in (*find_phrases(self.doc, self.quoted.inside), *named):
            if rule in ("named", "attitude") and any(
                a < regions[0][1] and regions[0][0] < b for s in made for a, b in s.regions
            ):
                continue
            token = self.doc[cue_ranges[0][0]]
            main = by_verb.get(token.head.i) or by_verb.get(token.sent.root.i)
            quoted_by = rule == "according-to" and token.lower_ == "as"  # "S, X said as quoted by Y"
            if (rule == "citing" or quoted_by) and main is not None:
                regions = tuple(main.regions)  # "S, X said, citing Y": both say the same
            widened = [self._widen(r) for r in regions]
            made.append(_Statement(speaker, None, list(cue_ranges), widened, rule))
        for statement in made:
            statement.regions.sort()
            statement.order = statement.regions[0][0]
        made.sort(key=lambda s: s.order)
        self._go_on(made, [q for q in loose if q.start not in used])
        made.sort(key=lambda s: s.order)
        self._same_text(made)
        for statement in made:
            issuer = issuer_of(self.doc[statement.speaker]) if statement.speaker is not None else None
            statement.speaker = issuer.i if issuer is not None else statement.speaker
        return [c for c in map(self._candidate, made) if c is not None]

    def _same_text(self, made: list[_Statement]) -> None:
        """ "It said ..." after "the indictment said ..." is the same text's word."""
        vessels = reporting_lexicon().nouns
        text: int | None = None
        for statement in made:
            if statement.speaker is None:
                continue
            token = self.doc[statement.speaker]
            if token.lower_ == "it" and text is not None and statement.rule != "named":
                statement.speaker = text
            else:
                person = token.lower_.startswith("spokes") or token.lower_ == "witness"
                text = token.i if "vessel" in vessels.get(token.lemma_.lower(), ()) and not person else None

    # -- statements of verbs

    def _of_cue(self, cue: Cue, quotes: list[Quotation], loose: list[Quotation], used: set[int]) -> _Statement | None:
        verb = cue.verb
        speaker = cue.speaker.i if cue.speaker is not None else None
        if quotes:
            leads = [self.quoted.lead(q) if q.last <= verb.i else q.start for q in quotes]
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
        if found_content is None or (speaker is None and not cue.nameless):
            return None
        regions = [self._widen(r) for r in found_content.regions]
        if found_content.frame in _CLAUSES:
            regions[-1] = self._further(regions[-1], loose, used)
        touched = [q for q in loose if any(q.start < b and a < q.end for a, b in regions)]
        if found_content.needs_quote:
            if found_content.frame != "judge":
                titles = [q for q in self.quotations if q.start in self.titles]
                touched += [q for q in titles if any(q.start < b and a < q.end for a, b in regions)]
            if not touched or any(i in self.cues for i in range(verb.i + 1, touched[0].first)):
                return None
            if found_content.frame == "pred" and regions[0][0] >= touched[0].first:
                return None  # nothing stands before the quotation: "a film called X"
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
        nouns = reporting_lexicon().nouns
        for i in range(after, end):
            token = self.doc[i]
            dated = token.lower_ in ("on", "in") and i + 1 < end and self.doc[i + 1].ent_type_ == "DATE"
            if token.lower_ == "in" and token.dep_ == "prep" and not dated:
                occasion = next((c.lemma_ for c in token.rights if c.dep_ == "pobj"), "")
                dated = "vessel" in nouns.get(occasion, ())
            dated = dated or token.lower_ in _CIRCUMSTANCE
            if dated and token.dep_ in ("prep", "mark", "advmod", "advcl") and i > start:
                return start, i
        return region

    def _by_quotation(self, cue: Cue, loose: list[Quotation]) -> Found | None:
        """The words from a verb to a quotation of its own clause, where the parse shows no complement."""
        if "quote" not in cue.frames:
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
                if start == q.first and any(doc[i].tag_ in (*FINITE, "MD") for i in range(verb.i + 1, q.start + 1)):
                    start = after_adjuncts(cue, q.first) or start
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
            giver = self._giver(q)
            if giver is None and not self._whole(q):
                continue
            earlier = [s for s in made if s.order < q.start and (s.quotes or s.rule in _GOING_ON)]
            before = earlier[-1] if earlier else None
            if giver is not None:
                self._given(made, q, giver, before)
                continue
            spoken = (s for s in made if s.order < q.start and s.rule not in _TOLD)
            nearest = max(spoken, key=lambda s: s.order, default=None)
            if before is not None and nearest is before and self._follows(before, q) and not self._announced(q, before):
                before.regions.append((q.start, q.end))
                before.quotes.append(q)
                continue
            speaker = self._announced(q, nearest)
            if speaker is not None:
                made.append(_Statement(speaker.i, None, [], [(q.start, q.end)], "announced", order=q.start, quotes=[q]))
                made.sort(key=lambda s: s.order)
                continue
            source = nearest
            if source is None or not self._near(source, q):
                continue
            made.append(
                _Statement(source.speaker, None, [], [(q.start, q.end)], "continued", order=q.start, quotes=[q])
            )
            made.sort(key=lambda s: s.order)

    def _announced(self, q: Quotation, nearest: _Statement | None) -> Token | None:
        """Whom the sentence before a quotation brings up as speaking: `Haddad spoke outside the court. "We ..."`."""
        if q.first < 2:
            return None
        sentence = self.doc[q.first - 1].sent
        root = sentence.root
        if sentence.end > q.first or (nearest is not None and max(b for _, b in nearest.regions) > sentence.start):
            return None
        frames = reporting_lexicon().verbs.get(root.lemma_, frozenset())
        if root.tag_ not in FINITE or not (root.lemma_ in _TALKING or "judge" in frames):
            return None
        subject = next((c for c in root.lefts if c.dep_ == "nsubj"), None)
        return subject if subject is not None and subject.pos_ != "PRON" and speaker_like(subject) else None

    def _giver(self, q: Quotation) -> Token | None:
        """Who introduces a quotation without a word of saying: `And he gave an example: "..."`."""
        doc = self.doc
        short = q.end - q.start < 4
        if short or not q.opened or q.first < 2 or doc[q.first - 1].text != ":" or doc[q.first].idx in self.starts:
            return None
        before = range(doc[q.first - 1].sent.start, q.first)
        if any(i in self.cues and "quote" in self.cues[i].frames for i in before):
            return None
        verb = next((doc[i] for i in before if doc[i].tag_ in FINITE and doc[i].dep_ not in ("relcl", "aux")), None)
        subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None) if verb is not None else None
        if subject is None and verb is not None and doc[before[0]].tag_ == "CC":
            return verb  # "And gave as proof: ..."
        return subject if subject is not None and (subject.pos_ == "PROPN" or subject.lower_ in _PEOPLE) else None

    def _given(self, made: list[_Statement], q: Quotation, giver: Token, before: _Statement | None) -> None:
        region = (q.start, q.end)
        anaphoric = giver.lower_ in _PEOPLE or giver.tag_ in FINITE
        if anaphoric and before is not None and 0 < q.first - before.regions[-1][1] < 40:
            before.regions.append(region)
            before.quotes.append(q)
            return
        if giver.tag_ not in FINITE:
            made.append(_Statement(giver.i, None, [], [region], "given", order=q.start, quotes=[q]))
            made.sort(key=lambda s: s.order)

    def _whole(self, q: Quotation) -> bool:
        """Whether a quotation is made of whole sentences and has no cue that could be missed."""
        doc = self.doc
        if q.end - q.start < 4 and q.closed:
            return False
        first = q.first
        opens = first == 0 or doc[first].idx in self.starts or doc[first - 1].text[-1:] in _ENDS or self.mark[first - 1]
        closes = doc[q.end - 1].text[-1:] in _ENDS or not q.closed or (q.last < len(doc) and doc[q.last].text in _ENDS)
        return not q.opened or bool(opens and closes and doc[q.start].text[:1].isupper())

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
        after = self.doc[min(last, len(self.doc) - 1)].idx
        paragraphs = sum(1 for s in self.starts if after < s <= self.doc[q.first].idx)
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
                elif self.quoted.inside[i]:
                    inside += 1
                elif not self.doc[i].is_punct:
                    outside += 1
        if not content:
            return None
        kind: StatementKind = "indirect" if not inside else "direct" if not outside else "mixed"
        speaker = _who_speaks(self.doc, statement.speaker, statement.cue)
        return StatementCandidate(
            speaker, statement.addressee, kind, tuple(sorted(statement.cue)), tuple(content), statement.rule
        )

    def _strip(self, start: int, end: int) -> TokenRange | None:
        doc = self.doc
        while start < end and doc[start].is_punct and not self.quoted.inside[start]:
            start += 1
        inside = self.quoted.inside
        while end > start and doc[end - 1].is_punct and not inside[end - 1] and doc[end - 1].text not in _KEPT:
            end -= 1
        return (start, end) if end > start else None


def _who_speaks(doc: Doc, speaker: int | None, cue: Iterable[TokenRange]) -> int | None:
    """The person of a body where "who" says it: "an aide to the ministry, who said"; else the speaker as found."""
    verbs = (doc[i] for first, last in cue for i in range(first, last))
    by_who = any(c.lower_ == "who" and c.dep_ == "nsubj" for verb in verbs for c in verb.children)
    return person_meant(doc[speaker]).i if speaker is not None and by_who else speaker


def _addressee(cue: Cue) -> int | None:
    if "addressee" not in cue.frames:
        return None
    for child in cue.verb.rights:
        if child.dep_ in ("dobj", "dative") and child.pos_ in ("NOUN", "PROPN", "PRON"):
            head = phrase_head(child, cue.verb.i)
            return head.i if cue.speaker is None or head.i != cue.speaker.i else None
    return None
