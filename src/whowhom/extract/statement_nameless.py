"""Reporting verbs that tell that something was said but not by whom: "a court heard", "it was announced"."""

from __future__ import annotations

from spacy.tokens import Token

from whowhom.resources.reporting import Frames, reporting_lexicon

# Those before whom cases are put: what they hear or are told is somebody's statement.
_HEARERS = frozenset(
    (
        "court", "courtroom", "bailey", "jury", "juror", "inquest", "tribunal", "hearing", "inquiry", "enquiry",
        "trial", "judge", "magistrate", "panel", "bench", "commission", "committee", "parliament", "assembly", "senate",
        "mp", "lawmaker", "senator", "legislator", "session", "conference", "councillor", "coroner", "sheriff",
        "justices", "judges", "jurors", "magistrates", "mps", "lawmakers", "senators", "councillors", "council",
    )
)  # fmt: skip
_IMPERSONAL = frozenset(
    ("announce", "report", "reveal", "disclose", "confirm", "allege", "claim", "say", "state", "learn")
)
_CHARGING = frozenset(
    ("indictment", "lawsuit", "complaint", "suit", "filing", "affidavit", "warrant", "charge", "document", "report")
)


def is_nameless(verb: Token, frames: Frames, passive: bool) -> bool:
    """Whether what `verb` reports is told as said while the one who said it is not named."""
    if "hearing" in frames:
        return not passive and _finite(verb) and _hearer(_subject(verb))
    subject = _subject(verb)
    if verb.lemma_ == "emerge":
        return subject is not None and subject.lower_ == "it" and not passive
    if not passive:
        return False
    if "of" in frames and verb.lemma_ == "accuse":
        return _charged_in_text(verb)
    if subject is None or "that" not in frames or not _tensed(verb):
        return False
    if verb.lemma_ in _IMPERSONAL:
        return subject.lower_ == "it"
    return verb.lemma_ == "tell" and _hearer(subject)


def _subject(verb: Token) -> Token | None:
    return next((c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)


def _finite(verb: Token) -> bool:
    return verb.tag_ in ("VBD", "VBZ", "VBP") or (verb.tag_ == "VBN" and any(c.lemma_ == "have" for c in verb.lefts))


def _tensed(verb: Token) -> bool:
    """Whether a passive is told as a fact: no modal, no infinitive."""
    return not any(c.tag_ in ("MD", "TO") for c in verb.lefts)


def _hearer(subject: Token | None) -> bool:
    return subject is not None and (subject.lemma_.lower() in _HEARERS or subject.lower_ in _HEARERS)


def _charged_in_text(verb: Token) -> bool:
    """Whether a charge stands in a text: "was accused in an indictment of fraud"."""
    if not any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.lefts):
        return False
    nouns = reporting_lexicon().nouns
    for child in verb.rights:
        if child.dep_ == "prep" and child.lower_ in ("in", "by"):
            for noun in child.rights:
                if noun.dep_ == "pobj" and noun.lemma_ in _CHARGING and "vessel" in nouns.get(noun.lemma_, ()):
                    return True
    return False
