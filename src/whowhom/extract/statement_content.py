"""Which words a reporting verb says were said: the second half of finding statements.

A region is a token range `(first, last + 1)` that may hold quotation marks; `statements` takes these out.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from whowhom.candidates import TokenRange
from whowhom.extract.statement_cues import Cue, subject_of
from whowhom.resources.reporting import reporting_lexicon

_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_EDGE = frozenset((",", ".", ";", ":", "-", "--", "—", "–", "that", "?", "!"))
_TRAIL = frozenset((",", ".", ";", ":", "-", "--", "—", "–", "(", "and", "but"))
_VAGUE = frozenset(("wrongdoing", "involvement", "responsibility", "allegation", "accusation", "charge", "report", "claim"))


@dataclass(frozen=True, slots=True)
class Found:
    """Where the content is: its regions, the frame that found it, whom it is said to, and further words of the cue."""

    frame: str
    regions: tuple[TokenRange, ...]
    addressee: Token | None = None
    cue: tuple[TokenRange, ...] = ()
    needs_quote: bool = False


def find_content(cue: Cue) -> Found | None:
    """The words said by the first frame of `cue` that fits, or None where its clause holds none."""
    verb, frames = cue.verb, cue.frames
    if cue.passive:
        return _passive(cue)
    if "obj_to" in frames or "obj_to_quoted" in frames:
        found = _object_infinitive(cue)
        if found is not None:
            return found
    if "on_to" in frames:
        found = _preposition_infinitive(cue)
        if found is not None:
            return found
    if frames & {"that", "show", "opinion"}:
        found = _clause(cue)
        if found is not None:
            return found
    for frame in ("to", "of", "as", "pred", "blame", "to_np", "for", "against", "about", "deny", "obj", "judge"):
        if frame in frames:
            found = _PHRASES[frame](cue)
            if found is not None:
                return found
    del verb
    return None


def limit_of(cue: Cue) -> int:
    """One past the last token that can belong to the verb's words: its clause's end, or the next thing it is said to do."""
    verb = cue.verb
    sent = verb.sent
    end = sent.end if verb.dep_ == "ROOT" else verb.right_edge.i + 1
    if verb.dep_ == "conj" and verb.head.dep_ == "ROOT":
        end = sent.end
    return cut(cue, verb.i + 1, end)


def cut(cue: Cue, start: int, end: int) -> int:
    """`end`, or before it the token where something else begins that the same subject says or does."""
    verb = cue.verb
    doc = verb.doc
    verbs = reporting_lexicon().verbs
    for i in range(max(start, verb.i + 1), end):
        token = doc[i]
        tag = token.tag_
        if tag == "VBG":
            before = doc[i - 1]
            if before.text == "," and (token.head.i == verb.i or "that" in verbs.get(token.lemma_, ())):
                return i - 1
            if before.lower_ in ("while", "after", "before", "without") and token.lemma_ in ("add", "decline", "give"):
                return i - 2 if doc[i - 2].text == "," else i - 1
        elif tag in _FINITE and tag == verb.tag_ and i > start + 1:
            head = token.head.i == verb.i and token.dep_ == "conj"
            if not head and (token.lemma_.lower() not in verbs or _has_subject(token)):
                continue
            k = i - 1
            while k > start and doc[k].pos_ in ("ADV", "AUX", "PRON", "PROPN", "DET", "NOUN", "PART") and head:
                k -= 1
            while k > start and doc[k].pos_ == "ADV":
                k -= 1
            if doc[k].pos_ == "CCONJ":
                return k - 1 if doc[k - 1].text == "," else k
        elif token.lower_ == "according" and i + 1 < end and doc[i + 1].lower_ == "to":
            return i
    return end


def _has_subject(token: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in token.lefts)


def trim(doc_tokens: Token, start: int, end: int) -> TokenRange | None:
    """The range without punctuation and "that" at its edges, or None where nothing is left."""
    doc = doc_tokens.doc
    while start < end and doc[start].lower_ in _EDGE:
        start += 1
    while end > start and doc[end - 1].lower_ in _TRAIL:
        end -= 1
    return (start, end) if end > start else None


def _addressee(cue: Cue, before: int) -> Token | None:
    if "addressee" not in cue.frames:
        return None
    for child in cue.verb.rights:
        if child.i < before and child.dep_ in ("dobj", "dative") and child.pos_ in ("NOUN", "PROPN", "PRON"):
            return child
    return None


def _to_head(cue: Cue) -> Token | None:
    """Whom it is said to in "confirmed to Putin", "explaining to the registrar"."""
    for child in cue.verb.rights:
        if child.lower_ == "to" and child.dep_ in ("prep", "dative"):
            for grandchild in child.rights:
                if grandchild.dep_ == "pobj":
                    return grandchild
    return None


def _clause(cue: Cue) -> Found | None:
    verb = cue.verb
    doc = verb.doc
    right: Token | None = None
    left: Token | None = None
    for child in verb.children:
        dep = child.dep_
        if child.i > verb.i:
            if right is None and (dep == "ccomp" or (dep in ("advcl", "xcomp", "dep", "relcl", "acl") and _that(child))):
                right = child
            elif right is None and dep == "dobj":
                right = _that_clause_of(child)
        elif dep in ("ccomp", "parataxis") and child.i < verb.i:
            left = child
    if "that" not in cue.frames and not _opinion_holder(cue):
        return None
    frame = "that" if "that" in cue.frames else "opinion" if "opinion" in cue.frames else "show"
    if right is not None and right.tag_ == "VBG" and not _has_subject(right) and right.left_edge.i == right.i:
        right = None
    if right is not None:
        start = right.left_edge.i
        if start <= verb.i:
            start = verb.i + 1
        start = _after_adjuncts(cue, start)
        end = cut(cue, start, right.right_edge.i + 1)
        region = trim(verb, start, end)
        if region is not None:
            return Found(frame, (region,), _addressee(cue, region[0]) or _to_head(cue))
    as_clause = _as_clause(cue)
    if as_clause is not None:
        return as_clause
    trailing = _trailing(cue, left)
    if trailing is not None:
        return trailing
    return _by_words(cue, frame)


def _that(token: Token) -> bool:
    return any(child.lower_ == "that" and child.dep_ == "mark" for child in token.lefts)


def _that_clause_of(noun: Token) -> Token | None:
    """"told reporters that ..." where the parser hung the clause on the object."""
    for child in noun.rights:
        if child.dep_ in ("acl", "relcl", "ccomp") and _that(child) and noun.right_edge.i >= child.i:
            return child
    return None


def _after_adjuncts(cue: Cue, start: int) -> int:
    """`start`, moved past "on Monday that" which the parser took into the clause."""
    doc = cue.verb.doc
    for i in range(start, min(start + 8, len(doc))):
        if doc[i].lower_ == "that" and doc[i].dep_ == "mark":
            return i + 1
        if doc[i].pos_ in ("VERB", "AUX", "PUNCT"):
            break
    return start


def _as_clause(cue: Cue) -> Found | None:
    verb = cue.verb
    if verb.dep_ != "advcl" or not any(c.lower_ == "as" and c.dep_ in ("mark", "advmod") for c in verb.lefts):
        return None
    sent = verb.sent
    start, end = verb.left_edge.i, verb.right_edge.i + 1
    regions = [r for r in (trim(verb, sent.start, start), trim(verb, end, sent.end)) if r]
    regions = [r for r in regions if r[1] - r[0] > 2]
    return Found("as-clause", tuple(regions)) if regions else None


def _trailing(cue: Cue, left: Token | None) -> Found | None:
    """"S, X said": what stands before the attribution, and what goes on after it."""
    verb = cue.verb
    doc = verb.doc
    sent = verb.sent
    start, end = _cluster(cue)
    before = doc[start - 1].text if start > sent.start else ""
    if before not in (",", "--", "—", "–", "-", '"', "”", "''", "’", "'", "?", "!") or start - 1 <= sent.start:
        return None
    if left is None and not _clause_like(doc, sent.start, start):
        return None
    regions = []
    first = sent.start
    if verb.dep_ in ("conj", "advcl", "relcl", "ccomp") and left is not None:
        first = left.left_edge.i
    region = trim(verb, first, start)
    if region is None or region[1] - region[0] < 2:
        return None
    regions.append(region)
    if left is not None and left.right_edge.i > end and end < sent.end and doc[end].text == ",":
        rest = trim(verb, end, cut(cue, end, left.right_edge.i + 1))
        if rest is not None:
            regions.append(rest)
    elif verb.dep_ == "parataxis" and end < sent.end and doc[end].text == ",":
        rest = trim(verb, end, sent.end)
        if rest is not None:
            regions.append(rest)
    return Found("trailing", tuple(regions), _addressee(cue, sent.end))


def _cluster(cue: Cue) -> TokenRange:
    """The tokens of "X said" or "said X, his spokesman"."""
    verb, speaker = cue.verb, cue.speaker
    start, end = verb.i, verb.i + 1
    for child in verb.lefts:
        if child.dep_ in ("aux", "advmod", "nsubj", "neg"):
            start = min(start, child.left_edge.i)
    if speaker is not None:
        if speaker.i < verb.i and verb.i - speaker.i < 40:
            start = min(start, speaker.left_edge.i)
        elif speaker.i > verb.i:
            end = speaker.right_edge.i + 1
    for child in verb.rights:
        if child.dep_ in ("npadvmod", "prep", "advmod", "dobj", "dative", "attr") and child.i < end + 12:
            end = max(end, child.right_edge.i + 1)
    return start, end


def _clause_like(doc: object, start: int, end: int) -> bool:
    return any(doc[i].tag_ in ("VBD", "VBZ", "VBP", "MD") for i in range(start, end))  # type: ignore[index]


def _by_words(cue: Cue, frame: str) -> Found | None:
    """A clause after "that", a colon, or the verb itself, where the parse shows none."""
    verb = cue.verb
    doc = verb.doc
    end = limit_of(cue)
    for i in range(verb.i + 1, min(verb.i + 14, end)):
        token = doc[i]
        if token.lower_ == "that" and token.tag_ == "IN" and i + 2 < end and _clause_like(doc, i + 1, end):
            region = trim(verb, i + 1, end)
            return Found(frame, (region,), _addressee(cue, i)) if region else None
        if token.text == ":" and i + 2 < end and frame == "that":
            region = trim(verb, i + 1, end)
            return Found("colon", (region,), _addressee(cue, i)) if region else None
        if token.pos_ in ("VERB", "AUX"):
            break
    return None


# Heads of opinions that a report passes on: those who may be held to have voiced them.
def _opinion_holder(cue: Cue) -> bool:
    speaker = cue.speaker
    if speaker is None or cue.verb.tag_ not in _FINITE:
        return False
    if "show" in cue.frames:
        return True
    return speaker.tag_ in ("NNS", "NNPS") or speaker.lower_ in ("police", "many", "some", "most", "government")


def _infinitive(cue: Cue, start: int) -> tuple[int, Token] | None:
    """The "to" of the first infinitive at or after `start` that belongs to the verb's object, and its verb."""
    verb = cue.verb
    doc = verb.doc
    end = limit_of(cue)
    for i in range(start, end):
        token = doc[i]
        if token.tag_ == "TO" and token.dep_ == "aux" and token.head.tag_ == "VB":
            return (i - 1 if doc[i - 1].lower_ in ("not", "never") else i), token.head
        if token.tag_ in ("VBD", "VBZ", "VBP", "MD") and i > start:
            governor = token.head if token.tag_ == "MD" else token
            if governor.dep_ not in ("relcl", "acl"):
                return None
        if token.text in (":", ";", '"', "“") and token.text != '"':
            return None
    return None


def _object_infinitive(cue: Cue) -> Found | None:
    verb = cue.verb
    target: Token | None = None
    for child in verb.rights:
        if child.dep_ in ("dobj", "dative") and child.pos_ in ("NOUN", "PROPN", "PRON"):
            target = child
            break
        if child.dep_ in ("ccomp", "xcomp") and any(c.tag_ == "TO" for c in child.lefts):
            target = next((c for c in child.lefts if c.dep_ == "nsubj"), None)
            break
        if child.dep_ == "ccomp":
            return None
    if target is None or target.i < verb.i:
        return None
    found = _infinitive(cue, target.i + 1)
    if found is None:
        return None
    start, infinitive = found
    region = trim(verb, start, cut(cue, start, max(infinitive.right_edge.i + 1, start + 2)))
    if region is None:
        return None
    return Found("obj_to", (region,), target, needs_quote="obj_to" not in cue.frames)


def _preposition_infinitive(cue: Cue) -> Found | None:
    verb = cue.verb
    wanted = ("to",) if verb.lemma_ == "appeal" else ("on", "upon")
    for child in verb.rights:
        if child.lower_ not in wanted or child.dep_ not in ("prep", "prt", "dative", "advmod"):
            continue
        target = next((c for c in child.rights if c.dep_ == "pobj"), None)
        if target is None:
            following = verb.doc[child.i + 1] if child.i + 1 < len(verb.doc) else None
            target = following if following is not None and following.pos_ in ("NOUN", "PROPN", "PRON") else None
        if target is None:
            continue
        found = _infinitive(cue, target.i + 1)
        if found is None:
            return None
        start, infinitive = found
        region = trim(verb, start, cut(cue, start, infinitive.right_edge.i + 1))
        if region is not None:
            return Found("on_to", (region,), target, ((child.i, child.i + 1),))
    return None


def _own_infinitive(cue: Cue) -> Found | None:
    for child in cue.verb.rights:
        if child.dep_ in ("xcomp", "advcl", "ccomp") and child.tag_ == "VB" and not _has_subject(child):
            to = next((c for c in child.lefts if c.tag_ == "TO"), None)
            if to is None or to.i - cue.verb.i > 8:
                continue
            start = child.left_edge.i if child.left_edge.i > cue.verb.i else to.i
            region = trim(cue.verb, start, cut(cue, start, child.right_edge.i + 1))
            if region is not None:
                return Found("to", (region,), _addressee(cue, start))
    return None


def _object(verb: Token) -> Token | None:
    for child in verb.rights:
        if child.dep_ in ("dobj", "dative", "oprd") and child.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "NUM"):
            return child
        if child.dep_ in ("ccomp", "xcomp"):
            return next((c for c in child.lefts if c.dep_ == "nsubj" and c.i > verb.i), None)
    return None


def _preposition(verb: Token, words: tuple[str, ...]) -> Token | None:
    """A preposition of the verb, or of its object where the parser put it there."""
    holders = [verb]
    target = _object(verb)
    if target is not None:
        holders.append(target)
    for holder in holders:
        for child in holder.rights:
            if child.lower_ in words and child.dep_ in ("prep", "mark", "dative") and child.i > verb.i:
                return child
    return None


def _phrase(cue: Cue, frame: str, start: int, end: int, addressee: Token | None = None) -> Found | None:
    region = trim(cue.verb, start, cut(cue, start, end))
    return Found(frame, (region,), addressee) if region is not None else None


def _of(cue: Cue) -> Found | None:
    prep = _preposition(cue.verb, ("of",))
    if prep is None:
        return None
    accused = cue.verb.lemma_ in ("accuse", "suspect")
    if accused and not any(c.dep_ == "pcomp" or c.tag_ == "VBG" for c in prep.rights):
        return None
    return _phrase(cue, "of", prep.i, prep.right_edge.i + 1, None if accused else _addressee(cue, prep.i))


def _about(cue: Cue, word: str) -> Found | None:
    prep = _preposition(cue.verb, (word,))
    return _phrase(cue, word, prep.i, prep.right_edge.i + 1, _addressee(cue, prep.i)) if prep is not None else None


def _for(cue: Cue) -> Found | None:
    prep = _preposition(cue.verb, ("for",))
    if prep is None or prep.i - cue.verb.i > 4 or prep.right_edge.i <= prep.i:
        return None
    found = _phrase(cue, "for", prep.i + 1, prep.right_edge.i + 1)
    return Found("for", found.regions, None, ((prep.i, prep.i + 1),)) if found is not None else None


def _as(cue: Cue) -> Found | None:
    target = _object(cue.verb)
    if target is None or target.i < cue.verb.i:
        return None
    doc = cue.verb.doc
    for i in range(target.i + 1, limit_of(cue)):
        token = doc[i]
        if token.lower_ == "as" and token.dep_ in ("prep", "mark", "advmod") and token.right_edge.i > i:
            if token.dep_ == "mark" and token.head.tag_ in _FINITE:
                return None
            holder = token if token.dep_ == "prep" else token.head
            return _phrase(cue, "as", target.left_edge.i, holder.right_edge.i + 1)
        if token.tag_ in _FINITE and token.dep_ not in ("relcl", "acl"):
            return None
    return None


def _predicate(cue: Cue) -> Found | None:
    """"called the order illegal": the object and what it is called."""
    verb = cue.verb
    target = _object(verb)
    if target is None or target.i < verb.i:
        return None
    limit = limit_of(cue)
    start = max(verb.i + 1, target.left_edge.i)
    for child in verb.rights:
        if child.dep_ in ("oprd", "xcomp", "ccomp", "attr", "acomp") and child.i > target.i:
            if child.tag_ in ("VB", "VBD", "VBG") and not _nominal_clause(child):
                return None
            return _phrase(cue, "pred", start, min(limit, max(child.right_edge.i + 1, start + 2)))
    region = trim(verb, start, limit)
    return Found("pred", (region,), needs_quote=True) if region is not None else None


def _nominal_clause(token: Token) -> bool:
    return token.pos_ in ("ADJ", "NOUN", "PROPN")


def _blame(cue: Cue) -> Found | None:
    target = _object(cue.verb)
    prep = _preposition(cue.verb, ("for", "on"))
    if target is None or prep is None or prep.i < target.i:
        return None
    return _phrase(cue, "blame", target.left_edge.i, prep.right_edge.i + 1)


def _to_noun(cue: Cue) -> Found | None:
    target = _object(cue.verb)
    prep = _preposition(cue.verb, ("to",))
    if target is None or prep is None or prep.i < target.i:
        return None
    return _phrase(cue, "to_np", target.left_edge.i, prep.right_edge.i + 1)


def _denied(cue: Cue) -> Found | None:
    for child in cue.verb.rights:
        if child.tag_ == "VBG" and child.dep_ in ("xcomp", "ccomp", "dobj"):
            return _phrase(cue, "deny", child.left_edge.i, child.right_edge.i + 1)
    target = _object(cue.verb)
    if target is None or target.lemma_ == "wrongdoing":
        return None
    long = target.right_edge.i - target.left_edge.i >= 3
    if not long or (target.lemma_ in _VAGUE and not any(c.dep_ in ("acl", "relcl", "prep") for c in target.rights)):
        return None
    return _phrase(cue, "deny", target.left_edge.i, target.right_edge.i + 1)


def _said_object(cue: Cue) -> Found | None:
    target = _object(cue.verb)
    if target is None or target.pos_ == "PRON" or cue.verb.tag_ not in _FINITE:
        return None
    if target.right_edge.i - target.left_edge.i < 3:
        return None
    return _phrase(cue, "obj", target.left_edge.i, target.right_edge.i + 1)


def _judge(cue: Cue) -> Found | None:
    region = trim(cue.verb, cue.verb.i + 1, limit_of(cue))
    return Found("judge", (region,), needs_quote=True) if region is not None else None


_PHRASES = {
    "to": _own_infinitive,
    "of": _of,
    "as": _as,
    "pred": _predicate,
    "blame": _blame,
    "to_np": _to_noun,
    "for": _for,
    "against": lambda cue: _about(cue, "against"),
    "about": lambda cue: _about(cue, "about"),
    "deny": _denied,
    "obj": _said_object,
    "judge": _judge,
}


def _passive(cue: Cue) -> Found | None:
    """"X was accused by Y of ..."; "it was described by Y as ..."."""
    verb = cue.verb
    subject = next((c for c in verb.lefts if c.dep_ == "nsubjpass"), None) or subject_of(verb)
    for frame, word in (("of", "of"), ("as", "as")):
        if frame in cue.frames:
            prep = next((c for c in verb.rights if c.lower_ == word and c.dep_ == "prep"), None)
            if prep is not None:
                return _phrase(cue, frame, prep.i, prep.right_edge.i + 1)
    if "obj_to" in cue.frames:
        for child in verb.rights:
            if child.dep_ == "xcomp" and child.tag_ == "VB":
                found = _phrase(cue, "obj_to", child.left_edge.i, child.right_edge.i + 1)
                return Found("obj_to", found.regions, subject) if found is not None else None
    if "that" in cue.frames:
        for child in verb.rights:
            if child.dep_ == "ccomp":
                found = _phrase(cue, "that", child.left_edge.i, child.right_edge.i + 1)
                return Found("that", found.regions, subject) if found is not None else None
    return None
