"""Which words a reporting verb says were said: the second half of finding statements.

A region is a token range `(first, last + 1)` that may hold quotation marks; `statements` takes these out.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from whowhom.extract.statement_clauses import Found, addressee_of, cut, find_clause, limit_of, trim
from whowhom.extract.statement_cues import FINITE, Cue, subject_of
from whowhom.resources.reporting import reporting_lexicon

# What is denied by not granting it.
_DENIABLE = frozenset(
    (
        "wrongdoing", "request", "access", "entry", "application", "visa", "bail", "permission", "right", "appeal",
        "asylum", "chance", "opportunity", "service", "motion", "petition", "permit", "license", "licence", "parole",
    )
)  # fmt: skip
_VAGUE = frozenset(("involvement", "responsibility", "allegation", "accusation", "charge", "report", "claim"))


def find_content(cue: Cue) -> Found | None:
    """The words said by the first frame of `cue` that fits, or None where its clause holds none."""
    frames = cue.frames
    if cue.nameless and "that" in frames:
        return find_clause(cue, "that")
    if cue.passive:
        return _passive(cue)
    if frames & {"obj_to", "obj_to_quoted"} or ("want" in frames and _named_holder(cue)):
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
    for frame in (
        "refuse",
        "claim",
        "to",
        "of",
        "as",
        "pred",
        "blame",
        "to_np",
        "for",
        "against",
        "about",
        "deny",
        "obj",
        "judge",
    ):
        if frame in frames:
            found = _PHRASES[frame](cue)
            if found is not None:
                return found
    return None


def _clause(cue: Cue) -> Found | None:
    if "that" in cue.frames:
        return find_clause(cue, "that")
    if not _opinion_holder(cue):
        return None
    if "show" in cue.frames:
        return find_clause(cue, "show")
    return find_clause(cue, "opinion") or _expected(cue)


def _expected(cue: Cue) -> Found | None:
    """The object with its infinitive: "expect the court to rule"."""
    for child in cue.verb.rights:
        if child.dep_ in ("ccomp", "xcomp") and child.tag_ == "VB":
            subject = next((c for c in child.lefts if c.dep_ == "nsubj"), None) or _object(cue.verb)
            if subject is not None and cue.verb.i < subject.i < child.i:
                return _phrase(cue, "opinion", subject.left_edge.i, child.right_edge.i + 1)
    return None


# Heads of opinions that a report passes on: those who may be held to have voiced them.
def _opinion_holder(cue: Cue) -> bool:
    speaker = cue.speaker
    if speaker is None or not _finite(cue.verb):
        return False
    if "show" in cue.frames:
        return True
    return speaker.tag_ in ("NNS", "NNPS") or speaker.lower_ in _MANY or _named_holder(cue)


_MANY = frozenset(("police", "many", "some", "most", "government"))


def _named_holder(cue: Cue) -> bool:
    """Whether a view or wish is that of somebody named."""
    speaker = cue.speaker
    named = speaker is not None and speaker.pos_ == "PROPN" and speaker.ent_type_ in ("GPE", "ORG", "NORP", "PERSON")
    return named and _finite(cue.verb)


def _infinitive(cue: Cue, start: int) -> tuple[int, Token] | None:
    """The "to" of the first infinitive at or after `start` that belongs to the verb's object, and its verb."""
    verb = cue.verb
    doc = verb.doc
    end = limit_of(cue)
    for i in range(start, end):
        token = doc[i]
        if i == start and token.lower_ == "that":
            return None
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
    region = trim(verb.doc, start, cut(cue, start, max(infinitive.right_edge.i + 1, start + 2)))
    if region is None:
        return None
    return Found("obj_to", (region,), target, needs_quote="obj_to_quoted" in cue.frames)


def _preposition_infinitive(cue: Cue) -> Found | None:
    verb = cue.verb
    wanted = {"appeal": ("to",), "plead": ("with",)}.get(verb.lemma_, ("on", "upon"))
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
        region = trim(verb.doc, start, cut(cue, start, infinitive.right_edge.i + 1))
        if region is not None:
            return Found("on_to", (region,), target, ((child.i, child.i + 1),))
    return None


def _finite(verb: Token) -> bool:
    return verb.tag_ in FINITE or any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.lefts)


def has_subject(token: Token) -> bool:
    """Whether a verb has a subject of its own to its left."""
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in token.lefts)


def _own_infinitive(cue: Cue) -> Found | None:
    for child in cue.verb.rights:
        if child.dep_ in ("xcomp", "advcl", "ccomp") and child.tag_ == "VB" and not has_subject(child):
            to = next((c for c in child.lefts if c.tag_ == "TO"), None)
            if to is None or to.i - cue.verb.i > 8:
                continue
            start = child.left_edge.i if child.left_edge.i > cue.verb.i else to.i
            region = trim(cue.verb.doc, start, cut(cue, start, child.right_edge.i + 1))
            if region is not None:
                return Found("to", (region,), addressee_of(cue, start))
    return None


# What is refused by saying so rather than by not doing it.
_REFUSABLE = frozenset(
    (
        "negotiate", "talk", "recognise", "recognize", "apologise", "apologize", "accept", "endorse", "support", "back",
        "condemn", "resign", "bow", "yield", "concede", "compromise", "acknowledge", "admit", "rule", "withdraw",
        "extradite", "sign", "ratify", "step", "stand", "agree", "commit", "guarantee", "meet", "discuss", "deal",
    )
)  # fmt: skip


def _refused(cue: Cue) -> Found | None:
    found = _own_infinitive(cue)
    if found is None or not any(c.lemma_ in _REFUSABLE and c.tag_ == "VB" for c in cue.verb.rights):
        return None
    return found


def _repudiated(cue: Cue) -> Found | None:
    """A claim with its clause that the speaker takes up: "rejected claims that", "agreed with the view that"."""
    claim = _object(cue.verb)
    if claim is None:
        prep = next((c for c in cue.verb.rights if c.lower_ in ("with", "to", "at") and c.dep_ == "prep"), None)
        claim = next((c for c in prep.rights if c.dep_ == "pobj"), None) if prep is not None else None
    if claim is None or "claim" not in reporting_lexicon().nouns.get(claim.lemma_.lower(), ()):
        return None
    clause = next((c for c in claim.rights if any(m.lower_ == "that" and m.dep_ == "mark" for m in c.lefts)), None)
    if clause is None or clause.dep_ not in ("acl", "ccomp", "relcl"):
        return None
    start = next(m.i for m in clause.lefts if m.lower_ == "that") + 1
    agreed = cue.verb.lemma_ in _AGREEING
    if agreed and any(c.dep_ == "poss" for c in claim.lefts):
        return None  # "agreed with the agency's view that ..." passes on the agency's words
    return _phrase(cue, "claim", start if agreed else claim.left_edge.i, clause.right_edge.i + 1)


_AGREEING = frozenset(("agree", "concur", "accept", "endorse", "uphold", "repeat", "echo", "reiterate", "back"))


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
    region = trim(cue.verb.doc, start, cut(cue, start, end))
    return Found(frame, (region,), addressee) if region is not None else None


def _of_doing(verb: Token) -> Token | None:
    """The "of" with a participle after it in the words of `verb`, wherever the parser hung it."""
    doc = verb.doc
    end = verb.right_edge.i
    return next((doc[i] for i in range(verb.i + 1, end) if doc[i].lower_ == "of" and doc[i + 1].tag_ == "VBG"), None)


def _of(cue: Cue) -> Found | None:
    prep = _preposition(cue.verb, ("of",))
    accused = cue.verb.lemma_ in ("accuse", "suspect")
    if accused and (prep is None or not any(c.dep_ == "pcomp" or c.tag_ == "VBG" for c in prep.rights)):
        prep = _of_doing(cue.verb)
    if prep is None:
        return None
    if not accused and prep.right_edge.i - prep.i < 2:
        return None  # "warned of dangers" tells of no words
    end = prep.right_edge.i + 1 if accused else _before_occasion(cue.verb.doc, prep.i, prep.right_edge.i + 1)
    return _phrase(cue, "of", prep.i, end, None if accused else addressee_of(cue, prep.i))


def _about(cue: Cue, word: str) -> Found | None:
    prep = _preposition(cue.verb, (word,))
    if prep is None:
        return None
    end = _before_occasion(cue.verb.doc, prep.i, prep.right_edge.i + 1)
    if end - prep.i < 3:
        return None
    return _phrase(cue, word, prep.i, end, addressee_of(cue, prep.i))


def _before_occasion(doc: Doc, start: int, end: int) -> int:
    """`end`, or before it where the time or occasion of the speaking begins: "warned of cuts at a meeting"."""
    for i in range(start + 2, end):
        if doc[i].lower_ in ("at", "during", "after", "before", "when") and doc[i].dep_ in ("prep", "mark", "advmod"):
            return i
    return end


def _for(cue: Cue) -> Found | None:
    clause = next((c for c in cue.verb.rights if any(m.lower_ == "for" and m.dep_ == "mark" for m in c.lefts)), None)
    if clause is not None:  # "asked for the court to rule"
        return _phrase(cue, "for", clause.left_edge.i, clause.right_edge.i + 1)
    prep = _preposition(cue.verb, ("for",))
    if prep is None or prep.i - cue.verb.i > 4 or prep.right_edge.i <= prep.i:
        return None
    if cue.verb.lemma_ != "call" and prep.right_edge.i - prep.i < 3:
        return None  # "asked for help" tells of no words
    found = _phrase(cue, "for", prep.i + 1, prep.right_edge.i + 1)
    return Found("for", found.regions, None, ((prep.i, prep.i + 1),)) if found is not None else None


def _as(cue: Cue) -> Found | None:
    target = _object(cue.verb)
    if target is None or target.i < cue.verb.i:
        return None
    doc = cue.verb.doc
    limit = limit_of(cue)
    if limit < cue.verb.sent.end and doc[limit].lower_ == "as":
        limit += 1  # the parser hung "as ..." on an outer verb
    for i in range(target.i + 1, limit):
        token = doc[i]
        if token.lower_ == "as" and token.dep_ in ("prep", "mark", "advmod") and token.right_edge.i > i:
            if token.dep_ == "mark" and token.head.tag_ in FINITE:
                return None
            holder = token if token.dep_ == "prep" else token.head
            return _phrase(cue, "as", target.left_edge.i, holder.right_edge.i + 1)
        if token.tag_ in FINITE and token.dep_ not in ("relcl", "acl"):
            return None
    return None


def _predicate(cue: Cue) -> Found | None:
    """The object and what it is called: "called the order illegal"."""
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
    if verb.lemma_ not in ("call", "dub", "brand", "label", "term"):
        return None
    region = trim(verb.doc, start, limit)
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
    if target is None or target.lemma_ in _DENIABLE:
        return None
    long = target.right_edge.i - target.left_edge.i >= 3
    if not long or (target.lemma_ in _VAGUE and not any(c.dep_ in ("acl", "relcl", "prep") for c in target.rights)):
        return None
    return _phrase(cue, "deny", target.left_edge.i, target.right_edge.i + 1)


def _said_object(cue: Cue) -> Found | None:
    target = _object(cue.verb)
    if target is None or target.pos_ == "PRON" or cue.verb.tag_ not in FINITE:
        return None
    announced = cue.verb.lemma_ == "announce" and any(c.tag_ == "PRP$" for c in target.lefts)
    if target.right_edge.i - target.left_edge.i < 3 and not announced:
        return None
    return _phrase(cue, "obj", target.left_edge.i, target.right_edge.i + 1)


def _judge(cue: Cue) -> Found | None:
    region = trim(cue.verb.doc, cue.verb.i + 1, limit_of(cue))
    return Found("judge", (region,), needs_quote=True) if region is not None else None


_PHRASES = {
    "refuse": _refused,
    "claim": _repudiated,
    "to": _own_infinitive,
    "of": _of,
    "as": _as,
    "pred": _predicate,
    "blame": _blame,
    "to_np": _to_noun,
    "for": _for,
    "against": lambda cue: _about(cue, "against"),
    "about": lambda cue: _about(cue, "about"),
    "on": lambda cue: _about(cue, "on"),
    "deny": _denied,
    "obj": _said_object,
    "judge": _judge,
}


def _passive(cue: Cue) -> Found | None:
    """What a by-phrase's speaker says: "X was accused by Y of ...", "it was described by Y as ..."."""
    verb = cue.verb
    subject = next((c for c in verb.lefts if c.dep_ == "nsubjpass"), None) or subject_of(verb)
    for frame, word in (("of", "of"), ("as", "as")):
        if frame in cue.frames:
            prep = next((c for c in verb.rights if c.lower_ == word and c.dep_ == "prep"), None)
            if cue.nameless or (prep is None and verb.lemma_ == "accuse"):
                prep = _of_doing(verb)
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
