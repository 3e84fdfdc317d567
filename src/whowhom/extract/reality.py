"""Whether what a predicate names happened, will happen, may happen, or did not: tense, modality, negation."""

from __future__ import annotations

from spacy.tokens import Token

from whowhom.extract.clauses import Clauses
from whowhom.records import Status

_FUTURE = frozenset({"will", "'ll", "’ll", "shall", "wo", "gon"})
_POSSIBLE = frozenset({"may", "might", "could", "can", "ca"})
DEMANDING = frozenset({"should", "must", "ought"})
_NEGATIVE_WORDS = frozenset({"no", "never", "neither", "nor", "without", "nobody", "none"})

# Governors of an infinitive or gerund, by what they say of its reality.
_PLANNED = frozenset(
    """plan intend prepare aim schedule set due expect poise slate ready decide vow pledge promise agree propose move
    mean arrange commit undertake gear work""".split()
)
_UNSURE = frozenset(
    """want hope wish seek consider mull contemplate fear risk threaten dare need like love prefer try attempt offer
    struggle advocate recommend suggest refrain tempt wait urge demand ask call request invite encourage allow enable
    permit authorise authorize let likely unlikely able unable possible eager willing free entitle require""".split()
)
_FAILED = frozenset(
    """fail refuse decline deny avoid prevent stop refrain cease abandon cancel postpone avert thwart foil forbid ban
    bar block reject rule_out call_off scrap oppose""".split()
)
_NOUN_FUTURE = frozenset(
    "planned upcoming future forthcoming scheduled next impending expected intended coming".split()
)
_NOUN_UNSURE = frozenset(
    "possible potential threatened feared likely proposed any hypothetical imminent suspected would-be".split()
)
_NOUN_NEGATED = frozenset("foiled thwarted cancelled canceled averted aborted postponed botched non-existent".split())
_UNSURE_HEADS = frozenset(
    """fear risk threat possibility danger prospect chance likelihood speculation concern worry case event warning plot
    bid attempt effort hope call demand right power ability opportunity option proposal need desire readiness
    preparation""".split()
)
_PLAN_HEADS = frozenset("plan intention preparation promise pledge vow commitment invitation agreement deal".split())
_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "should", "provided", "until"})
_INVERTED = frozenset({"had", "should", "were"})
# What a purpose names is done by the doing itself: "marched to denounce the cuts", "met to discuss the dam".
_DONE_BY_DOING = frozenset(
    """denounce protest demand condemn mourn commemorate urge thank congratulate celebrate discuss oppose complain
    deplore""".split()
)
# So is what people who gather in the street do it for: "turned out to support the mayor".
_GATHERING = frozenset("turn gather rally march assemble congregate flock demonstrate".split())
_DONE_BY_GATHERING = frozenset("support back cheer honour honor mark welcome greet show express voice hear".split())
# "The first state to recognise it", "the only one to sign": what the words after tell was done.
_SINGLING = frozenset("first second third fourth fifth last latest only sole".split())
_DENYING = frozenset("deny doubt disprove dismiss refute rubbish scotch".split())
# What rejects a claim says that it is not so; what rejects a plan does not.
_REJECTING = frozenset("reject repudiate contest dispute rebut debunk discount contradict ridicule brush".split())
_RELATIVE = frozenset({"WDT", "WP"})
_CLAIMS = frozenset(
    """claim allegation accusation charge assertion suggestion insinuation report rumour rumor theory story notion
    contention speculation""".split()
)


def _auxiliaries(verb: Token) -> list[Token]:
    own = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if not own and verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX") and verb.tag_ in ("VB", "VBN", "VBG"):
        return _auxiliaries(verb.head)
    return own


def is_demanded(verb: Token) -> bool:
    """Whether a verb says what ought to be done: "should be documented and investigated"; "must have" tells a guess."""
    own = _auxiliaries(verb)
    return any(c.lower_ in DEMANDING for c in own) and not any(c.lemma_ == "have" for c in own)


def is_negated(token: Token) -> bool:
    """Whether the predicate itself is negated: not, never, no longer, "no talks"."""
    for child in token.children:
        if child.dep_ == "neg":
            return True
        if child.lower_ in _NEGATIVE_WORDS and child.dep_ in ("det", "advmod", "preconj", "cc"):
            return True
        if child.dep_ in ("nsubj", "nsubjpass", "dobj") and (
            child.lower_ in ("nobody", "none")
            or (child.lower_ == "nothing" and child.dep_ == "dobj")
            or any(c.lower_ in ("no", "neither") and c.dep_ == "det" for c in child.children)
        ):
            return True
    return False


def _conditional(verb: Token) -> bool:
    """Whether the clause is a condition: "if they met", "had they met", "should they meet"."""
    if any(c.dep_ == "mark" and c.lower_ in _CONDITIONS for c in verb.children):
        return True
    first = next((c for c in verb.lefts if c.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass")), None)
    if first is None or first.lower_ not in _INVERTED or not first.dep_.startswith("aux"):
        return False
    return any(c.dep_.startswith("nsubj") for c in verb.lefts) and verb.sent[-1].lower_ != "?"


def _stopped_short(gerund: Token) -> bool:
    """Whether somebody stopped short of what a gerund names."""
    return gerund.dep_ == "pcomp" and gerund.head.lower_ == "of" and gerund.nbor(-2).lower_ == "short"


def _yet_to_come(verb: Token) -> bool:
    """Whether an infinitive is still to be done: "has yet to reply"."""
    head = verb.head
    return verb.tag_ == "VB" and (
        head.lower_ == "yet" or (head.lemma_ == "have" and any(c.lower_ == "yet" for c in head.children))
    )


def _denied_report(verb: Token) -> bool:
    """Whether a clause is the content of a report that somebody denies: "denied claims that police had fired"."""
    noun = verb.head
    if verb.dep_ not in ("acl", "ccomp", "relcl") or noun.pos_ not in ("NOUN", "PROPN"):
        return False
    # "The claim of the rebels that they met": the parser may hang the clause on whoever claims.
    while noun.lemma_.lower() not in _CLAIMS and noun.dep_ == "pobj" and noun.head.lower_ in ("of", "by", "from"):
        noun = noun.head.head
    if verb.dep_ == "relcl" and (
        noun.lemma_.lower() not in _CLAIMS
        or any(c.dep_.startswith("nsubj") and c.tag_ in _RELATIVE for c in verb.lefts)
    ):
        return False  # "a report that accused its troops" did accuse them
    return _is_denied(noun)


def _is_denied(noun: Token) -> bool:
    """Whether what a noun stands for is the object of a denial: "rejected the allegations"."""
    if noun.pos_ != "NOUN" or noun.dep_ not in ("dobj", "nsubjpass") or noun.head.pos_ != "VERB":
        return False
    denying = _DENYING | _REJECTING if noun.lemma_.lower() in _CLAIMS else _DENYING
    return noun.head.lemma_ in denying and not is_negated(noun.head)


def _singles_out(noun: Token) -> bool:
    """Whether a noun is told apart by what it did: "the first country to recognise the republic"."""
    return noun.lower_ in _SINGLING or any(c.lower_ in _SINGLING for c in noun.lefts)


def verb_status(verb: Token, clauses: Clauses, inside_statement: bool, depth: int = 0) -> Status:
    """The reality of what a verb form tells of, from its auxiliaries and the clause that governs it.

    "would" is the future of the past inside reported speech, and a condition elsewhere.
    """
    conditional = _conditional(verb)
    if is_negated(verb):
        return "negated"
    if _stopped_short(verb) or _yet_to_come(verb) or _denied_report(verb):
        return "negated"
    auxiliaries = _auxiliaries(verb)
    words = {a.lower_ for a in auxiliaries}
    if conditional:
        return "hypothetical"
    if words & _FUTURE:
        return "planned"
    if "would" in words:
        past_report = inside_statement or verb.dep_ == "ccomp"
        depends = any(c.dep_ == "advcl" and _conditional(c) for c in verb.children)
        return "planned" if past_report and not depends and "have" not in words else "hypothetical"
    if words & (_POSSIBLE | DEMANDING):
        return "hypothetical"
    if depth > 4:
        return "occurred"
    head = verb.head
    infinitive = verb.tag_ == "VB" and any(a.lower_ == "to" for a in auxiliaries)
    if verb.dep_ in ("ROOT", "ccomp") and infinitive and not any(c.dep_ == "mark" for c in verb.children):
        if any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children) and verb.dep_ == "ROOT":
            return "planned"  # headline: "Minister to visit Ankara"
    if verb.dep_ == "xcomp" and head.pos_ in ("VERB", "AUX", "ADJ"):
        return _governed(head, clauses, inside_statement, depth, infinitive)
    if verb.dep_ == "pcomp" or verb.dep_ == "dobj":
        governor = head.head if verb.dep_ == "pcomp" else head
        if head.lower_ == "without":
            return "negated"
        if governor.pos_ in ("VERB", "AUX", "ADJ"):
            return _governed(governor, clauses, inside_statement, depth, False)
        if governor.pos_ == "NOUN" and governor.lemma_ in _UNSURE_HEADS | _PLAN_HEADS:
            return "planned" if governor.lemma_ in _PLAN_HEADS else "hypothetical"
    if verb.dep_ in ("acl", "relcl") and head.pos_ in ("NOUN", "PROPN") and infinitive:
        if head.lemma_ in ("decision", "move", "order", "failure", "refusal", "agreement"):
            return "negated" if head.lemma_ in ("failure", "refusal") else "occurred"
        if _singles_out(head):
            return verb_status(head.head, clauses, inside_statement, depth + 1) if head.dep_ == "attr" else "occurred"
        return "planned" if head.lemma_ in _PLAN_HEADS else "hypothetical"
    if verb.dep_ == "advcl" and infinitive:
        governing = verb_status(head, clauses, inside_statement, depth + 1) if head.pos_ == "VERB" else "occurred"
        gathered = verb.lemma_ in _DONE_BY_GATHERING and head.lemma_ in _GATHERING
        if (verb.lemma_ in _DONE_BY_DOING or gathered) and head.pos_ == "VERB":
            return governing
        return "planned" if governing == "planned" else "hypothetical"  # a purpose
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX") and not words - {"to"}:
        own_subject = any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
        if verb.tag_ in ("VB", "VBG", "VBN") and not own_subject:
            status = verb_status(head, clauses, inside_statement, depth + 1)
            return (
                status if status != "negated" or any(c.lower_ in ("or", "nor") for c in head.children) else "occurred"
            )
    if verb.dep_ == "ccomp" and head.pos_ == "VERB":
        lemma = clauses.lemma(head)
        if lemma in _DENYING:
            return "negated"
        if lemma in ("fear", "hope", "suspect", "worry", "imagine", "suppose", "wish", "demand", "urge", "propose"):
            return "hypothetical"
    return "occurred"


def _governed(governor: Token, clauses: Clauses, inside_statement: bool, depth: int, infinitive: bool) -> Status:
    lemma = clauses.lemma(governor)
    status = verb_status(governor, clauses, inside_statement, depth + 1) if governor.pos_ != "ADJ" else "occurred"
    if lemma in _FAILED:
        return "occurred" if status == "negated" else "negated"
    if status != "occurred":
        return status
    if lemma == "go" and governor.tag_ == "VBG" and infinitive:
        return "planned"
    if lemma == "be" and infinitive:
        return "planned"
    if lemma in _PLANNED:
        return "planned"
    if lemma in _UNSURE:
        return "hypothetical"
    return "occurred"


def noun_status(noun: Token, clauses: Clauses, inside_statement: bool) -> Status:
    """The reality of what an event noun tells of, from its modifiers and the verb or noun that governs it."""
    if is_negated(noun):
        return "negated"
    modifiers = {c.lower_ for c in noun.children if c.dep_ in ("amod", "compound", "det")}
    if modifiers & _NOUN_NEGATED:
        return "negated"
    if modifiers & _NOUN_FUTURE:
        return "planned"
    if modifiers & _NOUN_UNSURE:
        return "hypothetical"
    head, first = noun.head, noun
    while first.dep_ == "conj" and head.pos_ in ("NOUN", "PROPN"):
        first, head = head, head.head
    if first.dep_ == "pobj" and head.dep_ in ("prep", "agent"):
        if head.lower_ == "without":
            return "negated"
        if head.head.pos_ in ("NOUN", "PROPN") and head.head.lemma_ in _UNSURE_HEADS and head.lower_ in ("of", "for"):
            return "hypothetical"
        if head.head.lemma_.lower() in _CLAIMS and head.lower_ == "of" and _is_denied(head.head):
            return "negated"  # "rejected allegations of torture"
        governor = head.head
        if governor.pos_ == "VERB" and head.lower_ in ("in", "into", "for", "with", "on", "to"):
            status = verb_status(governor, clauses, inside_statement)
            return (
                status
                if status in ("planned", "hypothetical") and head.lower_ in ("in", "into", "with")
                else "occurred"
            )
        return "occurred"
    if first.dep_ in ("dobj", "nsubjpass", "nsubj", "attr") and head.pos_ in ("VERB", "AUX"):
        lemma = clauses.lemma(head)
        status = verb_status(head, clauses, inside_statement)
        if first.dep_ in ("dobj", "nsubjpass"):
            if lemma in _FAILED:
                return "occurred" if status == "negated" else "negated" if lemma != "stop" else "occurred"
            if status != "occurred":
                return status
            if lemma in ("plan", "schedule", "prepare", "propose", "consider", "fear", "threaten", "expect", "seek"):
                return "hypothetical" if lemma in ("consider", "fear", "threaten", "propose", "seek") else "planned"
        elif status in ("planned", "hypothetical") and lemma in (
            "be",
            "take",
            "begin",
            "start",
            "resume",
            "open",
            "occur",
        ):
            return status
        elif status == "negated" and lemma in ("take", "happen", "occur", "begin", "materialise", "materialize"):
            return status
    return "occurred"
