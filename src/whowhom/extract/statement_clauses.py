"""Clauses that hold what a reporting verb says was said: after it, before it, around it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from whowhom.candidates import TokenRange
from whowhom.extract.statement_cues import FINITE, Cue, one_subject
from whowhom.resources.reporting import reporting_lexicon

_EDGE = frozenset((",", ".", ";", ":", "-", "--", "—", "–", "that", "?", "!"))
_TRAIL = frozenset((",", ".", ";", ":", "-", "--", "—", "–", "(", "and", "but"))
_DASHES = frozenset((",", "-", "--", "—", "–"))
_BEFORE_ATTRIBUTION = frozenset((",", "--", "—", "–", "-", '"', "”", "''", "’", "'", "?", "!"))
_ASIDE = frozenset(("add", "decline", "give", "refuse", "warn", "insist", "urge"))


@dataclass(frozen=True, slots=True)
class Found:
    """Where the content is: its regions, the frame that found it, whom it is said to, and further words of the cue.

    A region may hold quotation marks; with `needs_quote` it counts only if a quotation touches it.
    """

    frame: str
    regions: tuple[TokenRange, ...]
    addressee: Token | None = None
    cue: tuple[TokenRange, ...] = ()
    needs_quote: bool = False


def trim(doc: Doc, start: int, end: int) -> TokenRange | None:
    """The range without punctuation and "that" at its edges, or None where nothing is left."""
    while start < end and doc[start].lower_ in _EDGE and doc[start].tag_ != "DT":  # "That is wrong" keeps its subject
        start += 1
    while end > start and doc[end - 1].lower_ in _TRAIL:
        end -= 1
    return (start, end) if end > start else None


def limit_of(cue: Cue) -> int:
    """One past the last token that can belong to the verb's words."""
    verb = cue.verb
    sent = verb.sent
    root = verb.dep_ == "ROOT" or (verb.dep_ == "conj" and verb.head.dep_ == "ROOT")
    return cut(cue, verb.i + 1, sent.end if root else verb.right_edge.i + 1)


def cut(cue: Cue, start: int, end: int) -> int:
    """`end`, or before it the token where something else begins that the same subject says or does."""
    verb = cue.verb
    doc = verb.doc
    verbs = reporting_lexicon().verbs
    shifted = _backshifted(verb, start, end)
    for i in range(max(start, verb.i + 1), end):
        token = doc[i]
        tag = token.tag_
        if tag == "VBG":
            before = doc[i - 1]
            if before.text in _DASHES and (token.head.i == verb.i or verbs.get(token.lemma_, _NONE) & _PARTICIPLES):
                return i - 1
            if before.lower_ in ("while", "after", "before", "without") and token.lemma_ in _ASIDE:
                return i - 2 if doc[i - 2].text == "," else i - 1
        elif tag == "CCONJ" or token.dep_ == "cc":
            stop = _other_speaker(cue, i, start) or _second_verb(cue, i, end, shifted)
            if stop is not None and stop > start:
                return stop
        elif token.lower_ == "according" and i + 1 < end and doc[i + 1].lower_ == "to":
            return i
    return end


_NONE: frozenset[str] = frozenset()
_PARTICIPLES = frozenset(("that", "pred"))


def _backshifted(verb: Token, start: int, end: int) -> bool:
    """Whether the words after a past "said" stand in the past themselves, so that a present tense is the report's."""
    if verb.tag_ != "VBD":
        return False
    for i in range(max(start, verb.i + 1), end):
        tag = verb.doc[i].tag_
        if tag in ("VBZ", "VBP"):
            return False
        if tag == "VBD" or (tag == "MD" and verb.doc[i].lower_ in ("would", "could", "might", "should")):
            return tag == "VBD" or verb.doc[i].lower_ == "would"
    return False


def _other_speaker(cue: Cue, i: int, start: int) -> int | None:
    """Where the words end before "and" at `i`, if somebody else says something there: "denies it and Y denies Z"."""
    doc = cue.verb.doc
    if not any(doc[k].tag_[:2] == "VB" for k in range(start, i)):
        return None
    end = min(cue.verb.sent.end, i + 16)
    if i + 1 >= end or doc[i + 1].pos_ not in ("PROPN", "NOUN", "DET", "ADJ"):
        return None
    for k in range(i + 1, end):
        tag = doc[k].tag_
        if tag[:2] == "VB" or tag == "MD":
            same = tag == cue.verb.tag_ and tag in FINITE and doc[k].dep_ not in ("relcl", "acl", "aux", "auxpass")
            same = same and bool(reporting_lexicon().verbs.get(doc[k].lemma_, _NONE) & _SAYING)
            same = same and one_subject(doc, i + 1, k)
            return (i - 1 if doc[i - 1].text == "," else i) if same else None
        if doc[k].text in (";", ":") or tag == "CC":
            return None
    return None


_SAYING = frozenset(("that", "deny"))
_SPOKEN = frozenset(("that", "quote", "judge", "deny", "on_to", "refuse"))


def _second_verb(cue: Cue, i: int, end: int, shifted: bool) -> int | None:
    """Where the words end before "and" at `i`, if what is coordinated there is the reporting verb, else None."""
    verb = cue.verb
    doc = verb.doc
    comma = i - 1 if doc[i - 1].text == "," else i
    k = i + 1
    while k < end and doc[k].pos_ in ("ADV", "PART"):
        k += 1
    if k >= end:
        return None
    first = doc[k]
    main = first.head if first.dep_ in ("aux", "auxpass") else first
    if main.pos_ in ("VERB", "AUX") and not any(c.dep_ in ("nsubj", "nsubjpass") for c in main.lefts):
        if main.dep_ == "conj" and main.head.i == verb.i:
            # "says it has won and is resting": beside a present "says" only another word of saying is its equal
            reporting = bool(reporting_lexicon().verbs.get(main.lemma_.lower(), _NONE) & _SPOKEN)
            return comma if reporting or verb.tag_ not in ("VBZ", "VBP") else None
        same = first.tag_ == verb.tag_ or (verb.tag_ in ("VBP", "VBZ") and first.tag_ in ("VB", "VBP", "VBZ"))
        spoken = reporting_lexicon().verbs.get(main.lemma_.lower(), _NONE) & _SPOKEN
        if same and spoken and main.head.i != i - 1:
            return comma
        return None
    # "and" with a subject of its own: a present tense after words in the past is the report's
    for k in range(i + 1, min(end, i + 14)):
        tag = doc[k].tag_
        if tag in ("VBZ", "VBP") or tag == "MD":
            subject = any(c.dep_ in ("nsubj", "nsubjpass") and c.i > i for c in doc[k].lefts)
            return comma if shifted and tag != "MD" and subject else None
        if tag == "VBD" or doc[k].text in (",", ";"):
            return None
    return None


def find_clause(cue: Cue, frame: str) -> Found | None:
    """The finite clause that `cue` reports, by the parse where that shows one, else by its place."""
    verb = cue.verb
    doc = verb.doc
    right, left = _complements(cue)
    if right is not None:
        start = right.left_edge.i if right.left_edge.i > verb.i else verb.i + 1
        start = _with_opening_participle(cue, _after_adjuncts(doc, start))
        end = _with_following_verb(right)
        start = _with_subject(cue, start)
        end = _with_torn_tail(cue, end)
        region = trim(doc, start, _with_third_clause(cue, cut(cue, start, _with_second_clause(cue, end))))
        if region is not None:
            return Found(frame, (region,), addressee_of(cue, region[0]) or _to_head(cue))
    if "quote" in cue.frames:
        found = _as_clause(cue) or _around(cue, left)
        if found is not None:
            return found
    return _by_words(cue, frame)


def addressee_of(cue: Cue, before: int) -> Token | None:
    """The object to whom it is said, where the verb takes one and it stands before the words."""
    if "addressee" not in cue.frames:
        return None
    for child in cue.verb.rights:
        if child.i < before and child.dep_ in ("dobj", "dative") and child.pos_ in ("NOUN", "PROPN", "PRON"):
            return child
    return None


def _with_following_verb(clause: Token) -> int:
    """Where a clause ends, with the verb that the parser made a sister of its reduced relative: "the goods seized |
    included rifles"."""
    end = clause.right_edge.i + 1
    if clause.tag_ == "VBN" and end == clause.i + 1 and end < len(clause.doc):
        sister = clause.doc[end]
        if sister.head.i == clause.head.i and sister.dep_ == "ccomp" and _garden_path(clause):
            return int(sister.right_edge.i) + 1
    return int(end)


def _complements(cue: Cue) -> tuple[Token | None, Token | None]:
    verb = cue.verb
    bare = not cue.frames & {"obj", "show", "pred"}
    right: Token | None = None
    left: Token | None = None
    for child in verb.children:
        dep = child.dep_
        if child.i < verb.i:
            if dep in ("ccomp", "parataxis"):
                left = child
        elif right is None:
            if dep == "ccomp" or (dep in ("advcl", "xcomp", "dep", "relcl", "acl") and _has_that(child)):
                right = child if _clausal(child, bare) else None
            elif dep == "dobj":
                right = _clause_of_object(cue, child)
    return right, left


def _clausal(token: Token, bare: bool) -> bool:
    """Whether a complement is a clause with a finite verb rather than a participle or an infinitive.

    With `bare` a subject and a predicate are enough, as the tagger may have missed the verb; verbs that take an object
    and what it is ("found him guilty") do not have it.
    """
    if token.tag_ in FINITE or _has_that(token):
        return True
    subject = finite = False
    for child in token.lefts:
        if child.dep_ in ("nsubj", "nsubjpass", "csubj", "expl"):
            subject = True
        elif child.dep_ in ("aux", "auxpass"):
            if child.tag_ == "TO":
                return False
            finite = finite or child.tag_ in ("MD", "VBD", "VBZ", "VBP")
    if bare and token.tag_ == "VBN" and token.dep_ == "ccomp":
        return finite or (subject and _garden_path(token))
    return finite or (subject and (token.tag_ in ("VB", "VBP") or (bare and token.tag_ not in ("VBG", "VBN"))))


def _garden_path(participle: Token) -> bool:
    """Whether a verb follows a participle that the parser took for the clause's own: "the goods seized included"."""
    following = participle.nbor(1) if participle.i + 1 < len(participle.doc) else participle
    subject = any(c.dep_ == "nsubj" and c.i == participle.i - 1 for c in participle.lefts)
    return subject and following.tag_ in (*FINITE, "VBN") and following.pos_ in ("VERB", "AUX")


def _has_that(token: Token) -> bool:
    return any(child.lower_ == "that" and child.dep_ == "mark" for child in token.lefts)


def _clause_of_object(cue: Cue, noun: Token) -> Token | None:
    """The clause of "told reporters that ..." where the parser hung it on the object."""
    if "addressee" not in cue.frames:
        return None
    for child in noun.rights:
        if child.dep_ in ("acl", "relcl", "ccomp") and _has_that(child):
            return child
        if child.dep_ == "relcl" and noun.lower_ in _MEDIA:  # "told the programme he hoped for peace"
            first = next(child.lefts, None)
            if child.tag_ in FINITE and first is not None and first.lower_ in ("he", "she", "they", "it"):
                return child
    return None


_MEDIA = frozenset(
    (
        "programme", "program", "radio", "television", "tv", "news", "agency", "newspaper", "paper", "channel", "post",
        "conference", "court", "jury", "parliament", "committee", "website", "magazine", "reporters", "journalists",
        "show", "network", "press", "times", "hearing", "inquiry", "inquest", "meeting", "crowd", "rally",
    )
)  # fmt: skip


def _after_adjuncts(doc: Doc, start: int) -> int:
    """`start`, moved past "on Monday that", which the parser took into the clause."""
    for i in range(start, min(start + 8, len(doc))):
        if doc[i].lower_ == "that" and doc[i].dep_ == "mark":
            return i + 1
        if doc[i].pos_ in ("VERB", "AUX", "PUNCT"):
            break
    return start


def _with_opening_participle(cue: Cue, start: int) -> int:
    """`start`, moved back to a participle that opens the words: "said having lost, the party would rest"."""
    doc, first = cue.verb.doc, cue.verb.i + 1
    opens = first < start - 2 and doc[first].tag_ == "VBG" and "," in (doc[start].text, doc[start - 1].text)
    return first if opens and all(doc[i].tag_ not in FINITE for i in range(first + 2, start)) else start


def _with_subject(cue: Cue, start: int) -> int:
    """`start`, moved back to the subject that the parser tore off its verb: "said the blast, the first, was large"."""
    doc, verb = cue.verb.doc, cue.verb
    if doc[start].tag_ not in ("VBD", "VBZ", "VBP", "MD") or not 1 < start - verb.i < 30:
        return start
    for i in range(start - 1, verb.i, -1):
        if doc[i].lower_ == "that" and doc[i].tag_ == "IN":
            return i + 1
    first = after_adjuncts(cue, start)
    return start if first is None else first


def after_adjuncts(cue: Cue, stop: int) -> int | None:
    """Where a noun phrase begins after a verb and its time, place and addressee, before `stop`."""
    verb = cue.verb
    first = verb.i + 1
    for child in verb.rights:
        adjunct = child.dep_ in ("npadvmod", "advmod", "prep", "dative") or child is cue.speaker
        adjunct = adjunct or ("addressee" in cue.frames and child.dep_ == "dobj")
        if adjunct and child.left_edge.i == first and child.right_edge.i + 1 < stop:
            first = child.right_edge.i + 1
    nominal = verb.doc[first].pos_ in ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM")
    return first if nominal and first < stop else None


def _with_second_clause(cue: Cue, end: int) -> int:
    """`end`, moved past "and it is working to ..." which the parser coordinated with the reporting verb."""
    for child in cue.verb.rights:
        present = cue.verb.tag_ in ("VBZ", "VBP")
        backshifted = cue.verb.tag_ == "VBD" and any(c.lower_ in ("would", "had") for c in child.lefts)
        if child.dep_ == "conj" and child.i > end and (present or backshifted):
            subject = next((c for c in child.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
            first = subject if subject is not None else next(child.lefts, child)
            own = (subject is None and present) or (subject is not None and subject.lower_ in ("it", "they", "there"))
            if own and first.i - end <= 2 and child.lemma_.lower() not in reporting_lexicon().verbs:
                return child.right_edge.i + 1
    return end


def _with_torn_tail(cue: Cue, end: int) -> int:
    """`end`, moved to the next comma or stop where the parser broke off in a phrase: "was glad | a deal was near"."""
    doc, limit = cue.verb.doc, cue.verb.sent.end
    if end < limit and _possessive_mark(doc, end - 1):
        return min(limit, doc[end].right_edge.i + 1)
    torn = next((c for c in cue.verb.rights if c.dep_ == "dep" and c.left_edge.i == end and c.pos_ == "NOUN"), None)
    if torn is not None:  # "included guns, pistols | (old ones), rifles and knives"
        return torn.right_edge.i + 1
    if not end < limit - 1 or doc[end].pos_ not in ("DET", "PROPN", "PRON", "NOUN") or doc[end].ent_type_ in _WHEN:
        return end
    stop = next((i for i in range(end, limit) if doc[i].text in _TORN_STOPS), limit)
    verbs = [doc[i] for i in range(end, stop) if doc[i].tag_ in (*FINITE, "MD")]
    return stop if verbs and not any(t.lemma_ in reporting_lexicon().verbs for t in verbs) else end


def _possessive_mark(doc: Doc, i: int) -> bool:
    """Whether the mark at `i` is the apostrophe of a plural: "over its allies' attempts"."""
    beside = not doc[i - 1].whitespace_ and doc[i - 1].lower_.endswith("s") and bool(doc[i].whitespace_)
    return beside and doc[i].text in ("'", "’") and doc[i].dep_ == "case" and doc[i + 1].pos_ in ("NOUN", "ADJ")


_WHEN = frozenset(("DATE", "TIME"))
_TORN_STOPS = frozenset((",", ".", ";", ":", "—", "–", "--", '"', "“", "”", "''", "(", "?", "!"))


def _with_third_clause(cue: Cue, end: int) -> int:
    """`end`, moved past "and that ...", which goes on with what is said whatever the parser made of it."""
    doc, limit = cue.verb.doc, cue.verb.sent.end
    i = end
    while i < min(limit, end + 4) and (doc[i].text in (",", "”", "''", '"') or doc[i].lower_ in ("and", "but")):
        i += 1
    joined = end < i < limit - 2 and doc[i].lower_ == "that" and doc[i - 1].lower_ in ("and", "but")
    if not joined or doc[i].dep_ not in ("mark", "det", "nsubj"):
        return end
    clause = doc[i].head
    return max(clause.right_edge.i + 1, end) if clause.i > i and clause.pos_ in ("VERB", "AUX") else end


def _to_head(cue: Cue) -> Token | None:
    """Whom it is said to in "confirmed to the envoy that", "explaining to the registrar"."""
    for child in cue.verb.rights:
        if child.lower_ == "to" and child.dep_ in ("prep", "dative"):
            for grandchild in child.rights:
                if grandchild.dep_ == "pobj":
                    return grandchild
    return None


def _as_clause(cue: Cue) -> Found | None:
    """The rest of the sentence in "As the agency reported, S"."""
    verb = cue.verb
    doc = verb.doc
    if not any(c.lower_ == "as" and c.dep_ in ("mark", "advmod") for c in verb.lefts):
        return None
    if any(c.dep_ in ("dobj", "xcomp", "ccomp") and c.pos_ != "PRON" for c in verb.rights):
        return None
    sent = verb.sent
    start, end = verb.left_edge.i, verb.right_edge.i + 1
    if start > sent.start and doc[start - 1].text not in _DASHES:
        return None
    regions = [r for r in (trim(doc, sent.start, start), trim(doc, end, sent.end)) if r and r[1] - r[0] > 2]
    return Found("as-clause", tuple(regions)) if regions else None


def _around(cue: Cue, left: Token | None) -> Found | None:
    """What stands before the attribution and what goes on after it: "S, X said." and "S-begun, X said, S-ended"."""
    verb = cue.verb
    doc = verb.doc
    sent = verb.sent
    start, end = _attribution(cue)
    if start - 1 <= sent.start or doc[start - 1].text not in _BEFORE_ATTRIBUTION or _reported_itself(verb):
        return None
    inverted = cue.speaker is not None and cue.speaker.i > verb.i
    final = _closes(cue, end)
    resumes = end < sent.end and doc[end].text == "," and end + 1 < sent.end and doc[end + 1].tag_ != "VBG"
    aside = resumes and verb.dep_ == "parataxis" and _finite_within(doc, end, sent.end)
    if left is None and not (inverted or final or aside) and _governs_opening(verb, sent.start, start):
        return None
    if "addressee" not in cue.frames and any(c.dep_ == "dobj" and c is not cue.speaker for c in verb.rights):
        return None
    whole = _finite_within(doc, sent.start, start) and not (aside and left is None)
    whole = whole or (final and any(doc[i].pos_ in ("VERB", "AUX") for i in range(sent.start, start)))
    first = left.left_edge.i if left is not None and verb.dep_ in ("conj", "advcl", "relcl", "ccomp") else sent.start
    region = trim(doc, first, start)
    if region is None:
        return None
    if whole:
        regions = [region]
        stop = left.right_edge.i + 1 if left is not None else sent.end if verb.dep_ == "parataxis" else 0
        if resumes and stop > end + 2:
            rest = trim(doc, end, cut(cue, end, stop))
            regions.extend([rest] if rest is not None else [])
    else:
        rest = trim(doc, end, cut(cue, end, sent.end)) if resumes and _finite_within(doc, end, sent.end) else None
        if rest is None:
            return None
        regions = [region, rest]
    return Found("around", tuple(regions), addressee_of(cue, sent.end))


def _closes(cue: Cue, end: int) -> bool:
    """Whether "X said" ends its sentence, so that what stands before it is said, whatever the parser made of it."""
    verb = cue.verb
    if verb.lemma_ not in ("say", "report", "tell") or verb.tag_ not in FINITE or verb.doc[end - 1].text == ":":
        return False
    return all(token.is_punct for token in verb.doc[end : verb.sent.end])


def _reported_itself(verb: Token) -> bool:
    """Whether a verb is what another one reports: "police say that on Monday, officers responded"."""
    reported = verb.dep_ == "ccomp" and verb.head.i < verb.i and _has_that(verb)
    return reported and verb.head.lemma_ in reporting_lexicon().verbs


def _governs_opening(verb: Token, begin: int, start: int) -> bool:
    """Whether what stands before the attribution is but an adverbial clause or phrase of its own verb."""
    return any(
        child.dep_ in ("advcl", "prep", "npadvmod") and child.i < start and child.left_edge.i <= begin + 1
        for child in verb.lefts
    )


def _finite_within(doc: Doc, start: int, end: int) -> bool:
    return any(doc[i].tag_ in ("VBD", "VBZ", "VBP", "MD") and doc[i].dep_ != "relcl" for i in range(start, end))


def _attribution(cue: Cue) -> TokenRange:
    """The tokens of "X said on Monday" or "said X, his spokesman"."""
    verb, speaker = cue.verb, cue.speaker
    start, end = verb.i, verb.i + 1
    for child in verb.lefts:
        if child.dep_ in ("aux", "auxpass", "advmod", "nsubj", "nsubjpass"):
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


def _by_words(cue: Cue, frame: str) -> Found | None:
    """A clause after "that" or a colon, where the parse shows none."""
    verb = cue.verb
    doc = verb.doc
    end = limit_of(cue)
    nouns = reporting_lexicon().nouns
    for i in range(verb.i + 1, min(verb.i + 14, end)):
        token = doc[i]
        if token.lower_ == "that" and token.tag_ == "IN" and i + 2 < end and _finite_within(doc, i + 1, end):
            if i > verb.i + 1 and "claim" in nouns.get(doc[i - 1].lemma_, ()) and "addressee" not in cue.frames:
                return None  # the clause is the noun's
            region = trim(doc, i + 1, end)
            return Found(frame, (region,), addressee_of(cue, i)) if region else None
        if token.text == ":" and i + 2 < end and "quote" in cue.frames:
            region = trim(doc, i + 1, end)
            return Found("colon", (region,), addressee_of(cue, i)) if region else None
        if token.pos_ in ("VERB", "AUX"):
            break
    return None
