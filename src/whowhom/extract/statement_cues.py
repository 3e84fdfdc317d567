"""Reporting verbs in a text, each with the one who speaks: the first half of finding statements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from whowhom.extract.statement_nameless import is_nameless
from whowhom.resources.reporting import Frames, reporting_lexicon

NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"))
RELATIVES = frozenset(("who", "which", "that", "whom"))
_UNREAL = frozenset(("should", "must", "might", "may", "could", "can", "ca", "need", "ought"))
_NEGATIONS = frozenset(("not", "n't", "n’t", "never", "neither", "nor", "hardly"))
# Verbs whose infinitive is what their subject did: "appeared to suggest", "went on to say".
_RAISING = frozenset(
    (
        "appear", "seem", "continue", "go", "begin", "start", "want", "tend", "use", "rush", "proceed", "take",
        "have", "happen", "manage", "choose", "dare", "come", "hasten", "move", "be",
    )
)  # fmt: skip
_RAISING_ADJECTIVES = frozenset(("quick", "first", "last", "only", "latest", "able"))
# Participles with "as" after these report what their object said: "quoted him as saying".
_QUOTING = frozenset(("quote", "cite", "report", "describe", "record", "hear"))
_NOBODY = frozenset(("nobody", "none", "neither", "nothing"))
_UNNAMED = frozenset(("hearing", "emerging"))
_EMPTY_SUBJECTS = frozenset(("this", "that", "there", "what", "these", "those"))
# Verbs that things do as often as speakers: only a speaker-like subject counts.
_SOFT = frozenset(
    (
        "suggest", "indicate", "signal", "underscore", "underline", "highlight", "reflect", "imply", "mean", "show",
        "reveal", "confirm", "prove", "demonstrate", "recall", "echo", "hold", "ensure", "prompt", "certify",
        "explain", "hint", "find", "establish", "determine", "rule",
    )
)  # fmt: skip
FINITE = frozenset(("VBD", "VBZ", "VBP"))
_AGENT_ENDINGS = (
    "er", "ers", "or", "ors", "ist", "ists", "ant", "ants", "ial", "ials", "yst", "ysts", "man", "men", "woman",
    "women", "ian", "ians", "dent", "dents", "person", "ees", "crat", "crats", "ic", "ics", "ate", "ates", "eer",
    "eers",
)  # fmt: skip
_AGENTS = frozenset(
    (
        "police", "army", "military", "government", "ministry", "people", "authorities", "authority", "sources",
        "source", "court", "judge", "jury", "council", "commission", "committee", "party", "opposition", "families",
        "family", "relatives", "victims", "rebels", "group", "agency", "media", "chief", "team", "side", "company",
        "union", "church", "campaign", "office", "department", "parliament", "senate", "congress", "intelligence",
        "troops", "guerrillas", "hostages", "locals", "experts", "heads", "aides", "allies", "youths", "activists",
        "parents", "diplomats", "expert", "aide", "ally", "prosecutors", "witness", "witnesses", "king", "queen",
        "prince", "princess", "wife", "husband", "son", "sons", "friend", "friends", "neighbours", "neighbors", "us",
        "uk", "un", "eu", "crew", "hospital", "firm", "bank", "pope", "bishop", "monk", "guard", "guards", "chairman",
        "crowd", "youth", "survivors", "victim", "parent", "head", "clergy", "public", "voters", "women", "men",
        "girls", "boys", "children", "hostage", "community", "communities", "association", "federation", "institute",
        "university", "watchdog", "tribunal", "regime", "junta", "kremlin", "delegation", "mission", "embassy",
        "spokespeople", "chiefs", "bosses", "boss", "coach", "judges", "secretary", "secretaries", "deputy", "deputies",
        "attorney", "attorneys", "envoy", "envoys", "cabinet", "lawyers", "premier", "clerk",
    )
)  # fmt: skip
_PERSONAL = frozenset(("he", "she", "they", "who", "i", "we"))
_LETTERS_AT_MOST = 4  # letters after a name: "QC", "MEP", "OBE"


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb: its frames, the head of its speaker, and whether it is passive.

    `nameless`: the text tells that something was said, and not by whom ("a court heard", "it was announced").
    """

    verb: Token
    frames: Frames
    speaker: Token | None
    passive: bool
    nameless: bool = False


def find_cues(doc: Doc, quoted: bytearray) -> Iterator[Cue]:
    """Reporting verbs outside of quotations, in order, those left out that nobody is said to have said.

    `quoted[i]` is 1 for a token between quotation marks.
    """
    verbs = reporting_lexicon().verbs
    speakers: dict[int, Token | None] = {}
    for token in doc:
        lemma = token.lemma_
        if quoted[token.i] or (lemma not in verbs and lemma.lower() not in verbs and lemma not in _PARTICLED):
            continue
        if token.pos_ not in ("VERB", "AUX") and not token.tag_.startswith("VB"):
            continue
        lemma = lemma.lower()
        frames = _frames(token, lemma)
        if not frames or _unreal(token) or _goes_on(token, lemma):
            continue
        passive = is_passive(token)
        speaker = agent_of(token) if passive else subject_of(token, speakers)
        if (passive and speaker is None) or frames & _UNNAMED:
            if is_nameless(token, frames, passive):
                yield Cue(token, frames, None, passive, nameless=True)
            continue
        if speaker is not None and not _may_speak(speaker, lemma):
            continue
        speakers[token.i] = speaker
        yield Cue(token, frames, speaker, passive)


def _goes_on(token: Token, lemma: str) -> bool:
    """Whether "continuing", "beginning" or "responding to" tells of something else than words."""
    if lemma in ("continue", "begin", "go", "repeat"):
        return token.tag_ in ("VBG", "VBN") and doc_text(token, -1) not in (",", "”", '"', "''", "-", "—", "–")
    answer = lemma in ("respond", "reply", "answer", "react")
    return answer and not any(c.dep_ in ("ccomp", "punct") for c in token.children)


_PARTICLED = frozenset(cue.split("_")[0] for cue in ("point_out", "hit_back", "hit_out", "let_know", "make_clear"))


def _frames(token: Token, lemma: str) -> Frames:
    verbs = reporting_lexicon().verbs
    for child in token.rights:
        if child.i - token.i > 6:
            break
        if child.dep_ in ("prt", "advmod", "acomp", "ccomp", "oprd", "xcomp"):
            joined = f"{lemma}_{child.lower_}"
            if joined in verbs:
                return verbs[joined]
    return verbs.get(lemma, frozenset())


def is_passive(verb: Token) -> bool:
    """Whether the verb stands in the passive voice."""
    if verb.tag_ != "VBN":
        return False
    for child in verb.lefts:
        if child.dep_ in ("auxpass", "nsubjpass"):
            return True
        if child.dep_ == "aux" and child.lemma_ == "have":
            return False
    if verb.dep_ == "conj" and verb.head.tag_ == "VBN":
        return is_passive(verb.head)
    if verb.dep_ == "acl" and verb.head.pos_ == "PROPN" and doc_text(verb, -1) == ",":
        # "Lee, who is 60, called it X"
        return not any(c.dep_ in ("dobj", "oprd", "ccomp", "xcomp") for c in verb.rights)
    return verb.dep_ in ("acl", "amod", "advcl") and not any(c.dep_ == "nsubj" for c in verb.lefts)


def agent_of(verb: Token) -> Token | None:
    """The head of a passive verb's by-phrase."""
    for child in verb.rights:
        if child.dep_ == "agent":
            for grandchild in child.rights:
                if grandchild.dep_ == "pobj":
                    return grandchild
    return None


def subject_of(verb: Token, known: dict[int, Token | None] | None = None, depth: int = 0) -> Token | None:
    """The head of the noun phrase that does what `verb` says, through coordination, participles and relatives."""
    if known is not None and verb.i in known:
        return known[verb.i]
    own = _own_subject(verb)
    if own is not None or depth > 4:
        return _named(own)
    return _named(_inherited(verb, known, depth) or _beside(verb))


def _named(speaker: Token | None) -> Token | None:
    """The person in "State Councilor and Foreign Minister Wang Yi", whose titles the parser took for another person."""
    if speaker is None or speaker.pos_ != "PROPN":
        return speaker
    if speaker.is_upper and len(speaker.text) <= _LETTERS_AT_MOST and speaker.i:
        before = speaker.nbor(-1)
        if before.ent_type_ == "PERSON" and before.head.i == speaker.i and not before.is_upper:
            return before  # "Helen Marsh QC said"
    if speaker.ent_type_ == "PERSON":
        return speaker
    for child in speaker.rights:
        if child.dep_ == "conj" and child.ent_type_ == "PERSON" and any(c.dep_ == "compound" for c in child.lefts):
            between = speaker.doc[speaker.i + 1 : child.i]
            if all(t.pos_ in ("CCONJ", "PROPN") for t in between) and sum(t.pos_ == "PROPN" for t in between) > 1:
                return child
    return speaker


def _own_subject(verb: Token) -> Token | None:
    found: Token | None = None
    for child in verb.lefts:
        if child.dep_ in ("nsubj", "nsubjpass"):
            found = child
    if found is not None and doc_text(verb, -1) in _CLOSERS and verb.tag_ in FINITE:
        after = next((c for c in verb.rights if c.dep_ == "nsubj"), None)
        if after is not None and after.left_edge.i == verb.i + 1:
            return after  # "That reaction ... is critical, said Ana Petrova"
    if found is None:
        beside = _conjoined(verb) if verb.dep_ == "conj" else None
        if beside is not None:
            return beside
        after = next((c for c in verb.rights if c.dep_ == "nsubj"), None)
        return after if after is not None and after.i - verb.i < 12 and speaker_like(after) else None
    if found.lower_ in RELATIVES and verb.dep_ in ("relcl", "conj", "acl"):
        clause = verb.head if verb.dep_ == "conj" else verb
        head = clause.head if clause.dep_ in ("relcl", "acl") else verb.head
        return head if head.i < found.i else found
    return found


def _inherited(verb: Token, known: dict[int, Token | None] | None, depth: int) -> Token | None:
    dep, head = verb.dep_, verb.head
    if verb.tag_ == "VBG" and verb.i and doc_text(verb, -1) in (",", "-", "--", "—", "–"):
        person = _person_in_aside(verb)
        if person is not None:
            return person
        outer = _main_subject(verb)
        if outer is not None:
            return outer
    if dep == "acl" and head.pos_ in NOMINAL and verb.tag_ == "VBG":
        return _speaker_of_text(head) or (head if speaker_like(head) else None)
    if dep == "acl" and verb.tag_ in ("VBD", "VBN") and head.pos_ in ("PROPN", "PRON") and not is_passive_form(verb):
        return head
    if dep == "relcl" and any(c.lower_ == "to" for c in verb.lefts):
        return None
    if dep == "conj" and (head.pos_ in ("VERB", "AUX")):
        if _inverted(verb) is not None:
            return None
        outer = _backshift_governor(verb)
        return _active_subject(outer if outer is not None else head, known, depth)
    if dep in ("advcl", "xcomp", "ccomp", "dep", "prep", "oprd") and verb.tag_ == "VBG":
        return _active_subject(head, known, depth)
    if dep == "xcomp" and head.pos_ in ("VERB", "AUX") and head.lemma_ in _RAISING:
        return _active_subject(head, known, depth)
    if dep == "xcomp" and head.lemma_ in _RAISING_ADJECTIVES:
        return _active_subject(head.head if head.head.pos_ == "AUX" else head, known, depth)
    if dep in ("pcomp", "prep"):
        outer = head.head
        if head.lower_ == "as" and outer.lemma_ in _QUOTING:
            return _quoted_person(outer)
        if outer.pos_ in ("VERB", "AUX"):
            return _active_subject(outer, known, depth)
    return None


def _person_in_aside(participle: Token) -> Token | None:
    """Who acts in a relative clause with a subject of its own right before: "a note, in which she gave up, adding"."""
    doc = participle.doc
    for i in range(participle.i - 2, participle.sent.start, -1):
        if doc[i].tag_ in FINITE and doc[i].dep_ not in ("aux", "auxpass"):
            clause = doc[i]
            if clause.dep_ != "relcl" or not any(t.tag_ == "WDT" for t in clause.subtree if t.i < i):
                return None
            person = next((c for c in clause.lefts if c.dep_ == "nsubj" and c.lower_ in ("he", "she", "they")), None)
            return person if doc[clause.left_edge.i - 1].text == "," else None
    return None


def _conjoined(verb: Token) -> Token | None:
    """The subject that the parser took for an object of the verb before: "denies theft and Lee, of Oslo, denies it"."""
    doc = verb.doc
    if verb.tag_ not in FINITE or verb.head.tag_ != verb.tag_ or verb.head.lemma_ not in reporting_lexicon().verbs:
        return None
    for i in range(verb.i - 1, max(verb.head.i, verb.i - 16), -1):
        if doc[i].tag_[:2] in ("VB", "MD") or doc[i].text in (";", ":"):
            return None
        if doc[i].dep_ == "cc":
            nominal = doc[i + 1].pos_ in ("PROPN", "NOUN", "DET", "ADJ") and one_subject(doc, i + 1, verb.i)
            return phrase_head(doc[i + 1], i) if nominal else None
    return None


def one_subject(doc: Doc, start: int, end: int) -> bool:
    """Whether the words before a verb at `end` are one noun phrase, asides included: "Lee, of Oslo, denies"."""
    return doc[end - 1].text == "," or all(doc[i].text != "," for i in range(start, end))


def doc_text(token: Token, offset: int) -> str:
    """The text of the token at a distance, "" outside of the document."""
    i = token.i + offset
    return token.doc[i].text if 0 <= i < len(token.doc) else ""


def is_passive_form(verb: Token) -> bool:
    """Whether a participle after a noun is followed by "by", as in "the man accused by ..."."""
    return any(child.dep_ == "agent" for child in verb.rights)


def _main_subject(verb: Token) -> Token | None:
    """The subject of the sentence, to whom ", saying ..." belongs, wherever the parser hung the participle."""
    root = verb.sent.root
    if root.i >= verb.i or root.pos_ not in ("VERB", "AUX"):
        return None
    subject = _own_subject(root)
    return subject if subject is not None and subject.i < verb.i else None


def _backshift_governor(verb: Token) -> Token | None:
    """The reporting verb with which `verb` shares tense and subject, where the parser coordinated it with the clause.

    In "said they should pay and warned them" the past tense of "warned" goes with "said".
    """
    head = verb.head
    for _ in range(3):
        if head.dep_ not in ("xcomp", "conj"):
            break
        head = head.head
    if verb.tag_ not in FINITE or head.dep_ != "ccomp":
        return None
    governor = head.head
    return governor if governor.tag_ == verb.tag_ and governor.lemma_ in reporting_lexicon().verbs else None


def speaker_like(noun: Token) -> bool:
    """Whether a noun can name somebody who speaks, or a text that does."""
    if noun.pos_ in ("PROPN", "PRON"):
        return True
    word = noun.lower_
    return (
        "vessel" in reporting_lexicon().nouns.get(noun.lemma_.lower(), ())
        or word.endswith(_AGENT_ENDINGS)
        or word in _AGENTS
    )


def _active_subject(verb: Token, known: dict[int, Token | None] | None, depth: int) -> Token | None:
    if verb.pos_ not in ("VERB", "AUX"):
        return verb if verb.pos_ in ("NOUN", "PROPN") else None
    return subject_of(verb, known, depth + 1)


def _speaker_of_text(noun: Token) -> Token | None:
    """Who issued "a statement saying ...": the subject of the verb whose object it is."""
    if noun.lemma_ not in reporting_lexicon().nouns or "vessel" not in reporting_lexicon().nouns[noun.lemma_]:
        return None
    if noun.dep_ == "dobj" and noun.head.pos_ == "VERB":
        return subject_of(noun.head, None, 3)
    if noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.head.head.pos_ == "VERB":
        return subject_of(noun.head.head, None, 3)
    return None


def _quoted_person(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ in ("nsubjpass", "dobj"):
            return child
    if verb.dep_ == "acl":
        return verb.head
    return None


def _inverted(verb: Token) -> Token | None:
    """The subject that follows its verb: "..., said the minister"."""
    i = verb.i + 1
    doc = verb.doc
    if i >= len(doc) or doc[i].pos_ not in NOMINAL or doc[i].lower_ == "that":
        return None
    if doc[i].ent_type_ in ("DATE", "TIME"):
        return None
    before = doc[verb.i - 1].text if verb.i else ""
    if before not in _CLOSERS and verb.i != verb.sent.start:
        return None
    head = phrase_head(doc[i], verb.i)
    if head.dep_ in ("nsubj", "nsubjpass") and head.head.i > verb.i:
        return None  # the subject of what was said
    return head


_CLOSERS = frozenset((",", '"', "”", "''", "’", "'", "»", "?", "!", ".", "-", "—", "–", "--"))


def _beside(verb: Token) -> Token | None:
    """The speaker by position, where the parse gives none: after an inverted verb, else right before it."""
    found = _inverted(verb)
    if found is not None:
        return found
    if verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    doc = verb.doc
    i = verb.i - 1
    while i >= 0 and doc[i].pos_ in ("ADV", "AUX"):
        i -= 1
    if i > 0 and doc[i].text == ",":
        start = verb.sent.start
        if doc[i - 1].ent_type_ == "PERSON" and any(c.dep_ == "ccomp" for c in verb.lefts):
            return doc[i - 1]  # "The bill is dead, the deputy minister, Omar Haddad, said Monday"
        return next((t for t in doc[start:i] if t.dep_ == "nsubj" and t.head.i < i), None)
    if i < 0 or doc[i].pos_ not in ("NOUN", "PROPN", "PRON") or doc[i].dep_ in ("npadvmod", "tmod"):
        return None
    return phrase_head(doc[i], -1)


def phrase_head(token: Token, after: int) -> Token:
    """The head of the noun phrase that `token` stands in, never a token at or before `after`."""
    while (
        token.dep_ in ("compound", "amod", "det", "poss", "nummod", "nmod", "quantmod", "advmod", "case", "appos")
        and token.head.i > after
        and token.head.pos_ in NOMINAL
        and abs(token.head.i - token.i) < 12
    ):
        token = token.head
    return token


def _unreal(verb: Token) -> bool:
    """Whether the text says that the words were not or need not have been said, or has an infinitive of purpose."""
    for child in verb.lefts:
        dep = child.dep_
        if dep == "neg" or (dep in ("aux", "advmod", "preconj") and child.lower_ in _NEGATIONS):
            return True
        if dep == "aux" and child.lower_ in _UNREAL:
            return True
        if dep == "mark" and child.lower_ in ("if", "whether", "unless"):
            return True
    if verb.tag_ == "VB" and verb.dep_ == "xcomp":
        head = verb.head
        return head.lemma_ in ("decline", "refuse", "fail", "like") or any(c.dep_ == "neg" for c in head.children)
    return False


def _may_speak(speaker: Token, lemma: str) -> bool:
    word = speaker.lower_
    if word in _NOBODY or any(c.dep_ == "det" and c.lower_ in ("no", "neither") for c in speaker.lefts):
        return False
    if word in _EMPTY_SUBJECTS and not any(c.dep_ in ("acl", "relcl", "prep") for c in speaker.rights):
        return False
    if lemma in _SOFT:
        return word in _PERSONAL or (speaker.pos_ != "PRON" and speaker_like(speaker))
    if word == "it" and lemma in ("read", "go", "begin", "note"):
        return False
    if speaker.ent_type_ == "PERCENT" or word in ("%", "percent"):
        return lemma in ("say", "believe", "think")  # those asked in a poll
    return speaker.ent_type_ not in ("DATE", "TIME", "MONEY")
