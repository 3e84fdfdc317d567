"""Who stands behind a text that says something: "a White House statement said", "a report by the union said"."""

from __future__ import annotations

from spacy.tokens import Token

from whowhom.extract.statement_cues import is_passive, speaker_like, subject_of
from whowhom.resources.reporting import reporting_lexicon

# What is done to a text by the one whose words it holds.
_ISSUING = frozenset(
    (
        "issue", "release", "publish", "write", "sign", "file", "prepare", "produce", "draft", "post", "send",
        "conduct", "author", "compile", "commission", "submit", "unveil", "draw", "circulate", "carry", "make", "read",
    )
)  # fmt: skip
_DEFINITE = frozenset(("the", "this", "that"))
_BY = frozenset(("by", "from"))
_NAMES = frozenset(("ORG", "GPE", "NORP", "PERSON", "FAC"))
_SITES = frozenset(("website", "site", "page", "account", "blog", "channel", "feed", "profile", "portal"))
# Nouns of the lexicon that are people, bodies or occasions rather than texts: nobody issues them.
_BODIES = frozenset(
    (
        "agency", "newspaper", "magazine", "journal", "daily", "weekly", "tabloid", "network", "broadcaster", "channel",
        "radio", "television", "tv", "station", "outlet", "website", "site", "programme", "program", "show", "paper",
        "forum", "conference", "meeting", "rally", "event", "ceremony", "hearing", "session", "summit", "court",
        "inquiry", "enquiry", "inquest", "tribunal", "trial", "media", "press", "service", "publication", "witness",
        "spokesman", "spokeswoman", "spokesperson",
    )
)  # fmt: skip


def issuer_of(noun: Token) -> Token | None:
    """The head of whoever issued the text that a noun stands for, None where it is no text or names nobody."""
    lemma = noun.lemma_.lower()
    if noun.pos_ != "NOUN" or lemma in _BODIES or "vessel" not in reporting_lexicon().nouns.get(lemma, ()):
        return None
    conjoined = tuple(c for c in noun.rights if c.dep_ == "conj")
    return _issuer(noun) or _issuer_in_clause(*conjoined) or _issued_before(noun)


def _issuer(noun: Token) -> Token | None:
    return _owner(noun) or _by_whom(noun) or _issuer_in_clause(noun)


def _issued_before(noun: Token) -> Token | None:
    """Who issued the text of that name that stands before: "X said in a statement ... the statement said"."""
    if not any(c.dep_ == "det" and c.lower_ in _DEFINITE for c in noun.lefts):
        return None
    for i in range(noun.i - 1, -1, -1):
        token = noun.doc[i]
        if token.lemma_ == noun.lemma_ and token.pos_ == "NOUN":
            found = _issuer(token) or _sayer_in(token)
            if found is not None:
                return found
    return None


def _sayer_in(noun: Token) -> Token | None:
    """The subject of "said in a statement" or "issued a statement"."""
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "in" else noun.head
    issued = noun.dep_ == "dobj" and verb.lemma_ in _ISSUING
    said = noun.dep_ == "pobj" and "that" in reporting_lexicon().verbs.get(verb.lemma_, ())
    subject = subject_of(verb) if (issued or said) and verb.pos_ == "VERB" and not is_passive(verb) else None
    return subject if subject is not None and speaker_like(subject) else None


def _owner(noun: Token) -> Token | None:
    """The possessor, or the name right before the noun: "the ministry's letter", "a White House statement"."""
    for child in noun.lefts:
        if child.dep_ == "poss" and child.pos_ != "PRON" and speaker_like(child):
            return child
    for child in noun.lefts:
        named = child.pos_ == "PROPN" and child.ent_type_ in _NAMES
        if child.dep_ in ("compound", "nmod") and (named or (child.pos_ == "NOUN" and _speaking(child))):
            return child
    return None


def _speaking(noun: Token) -> bool:
    """Whether a noun before a text's names who issued it; a court's documents are those of the parties."""
    if noun.lemma_ == "court":
        return False
    return speaker_like(noun) and "vessel" not in reporting_lexicon().nouns.get(noun.lemma_.lower(), ())


def _by_whom(noun: Token) -> Token | None:
    """The one named by "by", "from" or "issued by" after the noun."""
    for child in noun.rights:
        issuing = child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_ in _ISSUING
        if issuing and (owner := _site_owner(child)) is not None:
            return owner
        for agent in child.rights if issuing else (child,):
            if agent.dep_ in ("agent", "prep") and agent.lower_ in _BY:
                found = next((c for c in agent.rights if c.dep_ == "pobj"), None)
                placed = found is not None and agent.lower_ == "from" and found.ent_type_ in ("GPE", "LOC")
                if found is not None and not placed and found.ent_type_ != "DATE" and speaker_like(found):
                    return found
    return None


def _site_owner(published: Token) -> Token | None:
    """Whose place it is where a text was published: "a statement posted on the ministry's website"."""
    for prep in published.rights:
        site = next((c for c in prep.rights if c.dep_ == "pobj"), None) if prep.lower_ in ("on", "to") else None
        if site is not None and site.lemma_ in _SITES:
            return _owner(site)
    return None


def _issuer_in_clause(*texts: Token) -> Token | None:
    """The subject of "the lawsuit the commission filed"."""
    for text in texts:
        for clause in text.rights:
            if clause.dep_ != "relcl" or clause.lemma_ not in _ISSUING:
                continue
            subject = next((c for c in clause.lefts if c.dep_ == "nsubj"), None)
            if subject is not None and subject.pos_ in ("NOUN", "PROPN") and speaker_like(subject):
                return subject
    return None
