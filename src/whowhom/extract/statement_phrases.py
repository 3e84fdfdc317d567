"""Statements without a reporting verb: "according to X", "citing X", "X's claim that", "X: ..." at the start."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from whowhom.candidates import TokenRange
from whowhom.extract.statement_clauses import trim
from whowhom.extract.statement_cues import NOMINAL, phrase_head, speaker_like, subject_of
from whowhom.resources.reporting import reporting_lexicon

# What something can be "according to" without anybody speaking.
_NO_SOURCE = frozenset(
    (
        "plan", "schedule", "rule", "custom", "tradition", "need", "size", "type", "age", "taste", "ability", "means",
        "wish", "standard", "law", "principle", "criterion", "procedure", "protocol", "practice", "norm",
        "number", "level", "income", "gender", "sex", "race", "rank", "weight", "height", "price", "value", "time",
        "season", "weather", "circumstance", "condition", "situation", "case", "preference", "legend", "logic", "way",
        "constitution", "requirement", "degree", "category", "kind", "colour",
        "color", "demand", "result", "script", "will", "nature", "interest", "method", "formula", "theme", "region",
    )
)  # fmt: skip
_MAKING = frozenset(
    (
        "make", "repeat", "reiterate", "issue", "renew", "voice", "level", "express", "raise", "advance", "air",
        "give",
    )
)  # fmt: skip
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))

Phrase = tuple[str, int, tuple[TokenRange, ...], tuple[TokenRange, ...]]
"""Rule, speaker, cue ranges, content regions."""


def find_named(doc: Doc, starts: Iterable[int], headings: frozenset[int]) -> Iterator[Phrase]:
    """Paragraphs that open with a name and a colon, as in interviews ("SMITH: We will go.") and headings."""
    begins = sorted(starts)
    at = 0
    for token in doc:
        if at >= len(begins):
            break
        if token.idx < begins[at]:
            continue
        at += 1
        stop = begins[at] if at < len(begins) else len(doc.text)
        found = _named(doc, token.i, stop, token.i in headings)
        if found is not None:
            yield found


def _named(doc: Doc, first: int, stop: int, heading: bool) -> Phrase | None:
    colon = next((i for i in range(first + 1, min(first + 7, len(doc))) if doc[i].text == ":"), None)
    if colon is None or any(doc[i].pos_ not in ("PROPN", "PUNCT") for i in range(first, colon)):
        return None
    last = doc[colon - 1]
    kinds = {doc[i].ent_type_ for i in range(first, colon)}
    shouted = all(doc[i].is_upper or doc[i].pos_ == "PUNCT" for i in range(first, colon)) and len(last.text) > 3
    named = "PERSON" in kinds or (shouted and not kinds & {"GPE", "LOC", "ORG"})
    if not named and not (heading and kinds & {"ORG", "NORP"}):
        return None
    end = colon + 1
    while end < len(doc) and doc[end].idx < stop:
        end += 1
    region = trim(doc, colon + 1, end)
    if region is None or region[1] - region[0] < 3:
        return None
    if not any(doc[i].tag_ in _FINITE or doc[i].pos_ == "VERB" for i in range(*region)):
        return None
    return "named", phrase_head(last, first - 1).i, ((colon, colon + 1),), (region,)


def find_phrases(doc: Doc, quoted: bytearray) -> Iterator[Phrase]:
    """Every statement of a phrase outside of quotations, in order of the cue."""
    lexicon = reporting_lexicon()
    openers: dict[str, list[tuple[str, ...]]] = {}
    for words in lexicon.phrases:
        openers.setdefault(words[0], []).append(words)
    for token in doc:
        if quoted[token.i]:
            continue
        lower = token.lower_
        if lower in openers:
            for words in openers[lower]:
                end = token.i + len(words)
                if all(doc[k].lower_ == w for k, w in zip(range(token.i, min(end, len(doc))), words, strict=False)):
                    found = _source(doc, token.i, end, lexicon.phrases[words])
                    if found is not None:
                        yield found
                        break
        elif token.pos_ in ("NOUN", "PROPN") and "claim" in lexicon.nouns.get(token.lemma_.lower(), ()):
            found = _claim(token)
            if found is not None:
                yield found
        elif token.dep_ == "acomp" and token.lower_ in lexicon.adjectives:
            found = _attitude(token)
            if found is not None:
                yield found


def _attitude(adjective: Token) -> Phrase | None:
    """What somebody holds who "is confident that ..."."""
    verb = adjective.head
    if verb.lemma_ not in ("be", "feel", "remain") or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    if any(c.dep_ == "neg" or (c.dep_ == "mark" and c.lower_ in ("if", "whether")) for c in verb.lefts):
        return None
    clause = next((c for c in adjective.rights if c.dep_ == "ccomp"), None)
    if clause is None or not any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.lefts):
        return None
    speaker = subject_of(verb)
    if speaker is None or speaker.lower_ in ("it", "i", "we", "you") or not speaker_like(speaker):
        return None
    region = trim(adjective.doc, clause.left_edge.i, clause.right_edge.i + 1)
    return ("attitude", speaker.i, ((adjective.i, adjective.i + 1),), (region,)) if region is not None else None


def _source(doc: Doc, start: int, end: int, frames: frozenset[str]) -> Phrase | None:
    if end >= len(doc) or (frames == {"source_np"} and end - start == 1 and doc[start].i == doc[start].sent.start):
        return None
    first = doc[end]
    if first.pos_ not in NOMINAL or first.sent.start != doc[start].sent.start:
        return None
    speaker = _source_head(doc, start, end)
    if speaker is None or speaker.lemma_ in _NO_SOURCE or speaker.ent_type_ in ("DATE", "TIME"):
        return None
    if end - start == 1 and doc[start].lower_ == "per" and (doc[start - 1].pos_ != "PUNCT" or speaker.pos_ != "PROPN"):
        return None
    if "cited" in frames and (doc[start].tag_ != "VBG" or not _cited_source(speaker)):
        return None
    sent = doc[start].sent
    stop = _phrase_end(doc, start, speaker, sent.end)
    regions: list[TokenRange] = []
    left = start
    if left > sent.start and doc[left - 1].pos_ in ("ADV", "SCONJ", "CCONJ") and doc[left - 1].dep_ != "mark":
        left -= 1
    before = trim(doc, sent.start, left)
    if before is not None and (before[1] - before[0] > 2 or (before[1] - before[0] == 2 and stop >= sent.end - 1)):
        regions.append(before)
    after = trim(doc, stop, sent.end)
    if after is not None and after[1] - after[0] > 2 and (not regions or _goes_on(doc, start, after)):
        regions.append(after)
    if not regions:
        return None
    rule = "according-to" if "source_np" in frames else "citing"
    return rule, speaker.i, ((start, end),), tuple(regions)


def _source_head(doc: Doc, start: int, end: int) -> Token | None:
    for token in (doc[end - 1], doc[start]):
        for child in token.rights:
            if child.dep_ in ("pobj", "dobj") and child.i >= end:
                return child
    return phrase_head(doc[end], end - 1)


def _cited_source(speaker: Token) -> bool:
    if speaker.pos_ == "PROPN":
        return True
    word = speaker.lower_
    return word in ("sources", "source", "ministry", "police", "media", "agency", "authorities", "government") or (
        word.endswith(("ers", "ors", "ists", "ials", "ants", "er", "man", "ents", "report", "reports", "or"))
    )


def _phrase_end(doc: Doc, start: int, speaker: Token, limit: int) -> int:
    """Where the source's noun phrase ends: at its edge, but for a phrase that opens the sentence at its comma."""
    edge = min(max(speaker.right_edge.i, speaker.i) + 1, limit)
    opens = start - doc[start].sent.start <= 1
    if opens:
        for i in range(speaker.i + 1, edge):
            if doc[i].text == "," and any(doc[k].tag_ in _FINITE for k in range(i + 1, edge)):
                return i
        if edge < limit and doc[edge].text != ",":
            for i in range(edge, min(edge + 25, limit)):
                if doc[i].text == ",":
                    return i
    return edge


def _goes_on(doc: Doc, start: int, after: TokenRange) -> bool:
    """Whether the main clause resumes after the phrase (rather than an apposition to the source)."""
    return doc[after[0] - 1].text == "," and doc[start].sent.root.i >= after[0]


def _claim(noun: Token) -> Phrase | None:
    """What the owner of a claim claims: "X's claim that ...", "claims by X that ...", "X's pledge to ..."."""
    speaker = _owner(noun)
    if speaker is None:
        return None
    start, clause = _clause_of(noun)
    if clause is None:
        return None
    region = trim(noun.doc, start, clause.right_edge.i + 1)
    return ("claim-noun", speaker.i, ((noun.i, noun.i + 1),), (region,)) if region is not None else None


def _clause_of(noun: Token) -> tuple[int, Token | None]:
    """Where the words of a claim begin and their verb: a clause with "that", or the infinitive of a promise."""
    doc = noun.doc
    promise = "to" in reporting_lexicon().nouns[noun.lemma_.lower()]
    for child in noun.rights:
        if child.dep_ not in ("acl", "ccomp", "relcl", "dobj", "xcomp"):
            continue
        first = next(child.lefts, None)
        if first is None:
            continue
        if promise and child.tag_ == "VB" and first.tag_ == "TO" and first.i - noun.i < 8:
            return first.i, child
        if first.lower_ == "that" and first.dep_ == "mark" and _beside(noun, first.i):
            return (first.i + 1, child) if child.tag_ in _CLAUSAL else (0, None)
    i = noun.i + 1
    if i + 2 < len(doc) and doc[i].lower_ == "that" and doc[i].dep_ == "mark" and doc[i].head.i > i:
        clause = doc[i].head
        return (i + 1, clause) if clause.tag_ in _CLAUSAL else (0, None)
    return 0, None


_CLAUSAL = frozenset((*_FINITE, "VBN", "VB", "VBG", "JJ", "NN", "NNS", "NNP"))


def _beside(noun: Token, i: int) -> bool:
    """Whether nothing stands between a claim and its clause but those who claim: "claims by the minister that"."""
    if i == noun.i + 1:
        return True
    return any(c.dep_ in ("prep", "agent") and c.right_edge.i == i - 1 for c in noun.rights)


def _owner(noun: Token) -> Token | None:
    for child in noun.lefts:
        if child.dep_ == "poss":
            return child
    for child in noun.children:
        if child.dep_ in ("compound", "amod", "nmod", "nsubj") and (
            child.pos_ == "PROPN" or child.ent_type_ == "NORP" or (child.dep_ == "compound" and speaker_like(child))
        ):
            return child
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_ in _MAKING:
            child = next((c for c in child.rights if c.dep_ == "agent"), child)  # "claims made by the union"
        if child.dep_ in ("prep", "agent") and child.lower_ in ("of", "by", "from"):
            for grandchild in child.rights:
                if grandchild.dep_ == "pobj":
                    return grandchild
    if noun.dep_ == "dobj" and noun.head.lemma_ in _MAKING:
        return subject_of(noun.head)
    return None
