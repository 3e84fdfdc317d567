"""Whether the clause of a time expression looks ahead or back: "will meet on Monday" against "met on Monday"."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Doc, Token

Tense = Literal["past", "future"]

_WILL = frozenset({"will", "'ll", "’ll", "shall", "wo"})
_MODALS = frozenset({"would", "may", "might", "could", "should", "must", "can"})
# Predicates whose complement or whose own time lies ahead.
_AHEAD = frozenset(
    """plan expect schedule set due slate intend aim hope agree prepare ready want likely bind go promise vow pledge
    postpone delay upcoming forthcoming planned scheduled""".split()
)
_UPCOMING = frozenset("upcoming forthcoming scheduled planned proposed next coming expected future".split())
_DONE = frozenset(
    """murder murders killing killings assassination massacre attack attacks bombing bombings explosion blast shooting
    shootings coup crackdown raid ambush kidnapping abduction arrest arrests death deaths crash earthquake clashes
    unrest riots invasion uprising disappearance robbery""".split()
)
_BY = frozenset({"by", "until", "till"})


def tense_at(doc: Doc, i: int) -> Tense | None:
    """The tense of the clause that token `i` belongs to, None where it is neither plainly past nor future."""
    token = doc[i]
    by = False
    for _ in range(8):
        if token.lower_ in _BY:
            by = True
        if token.pos_ in ("VERB", "AUX"):
            found = _of_verb(token)
            if found is not None:
                return "future" if by and found == "past" and token.tag_ != "VBD" else found
            return "future" if by else None
        if token.pos_ in ("NOUN", "ADJ") and (
            token.lower_ in ("deadline", "due") or any(c.lower_ in _UPCOMING for c in token.lefts)
        ):
            return "future"
        if token.lower_ in _DONE:
            return "past"  # "promised to punish those behind the murder of 16 November"
        if token.head.i == token.i:
            break
        token = token.head
    return "future" if by else None


def _of_verb(verb: Token) -> Tense | None:
    """The tense of a verb from its auxiliaries, its form, and the verb that governs an infinitive."""
    for _ in range(5):
        auxiliaries = {c.lower_ for c in verb.lefts if c.dep_ in ("aux", "auxpass")}
        if auxiliaries & _WILL or verb.lower_ in _WILL:
            return "future"
        if auxiliaries & {"have", "had", "has", "'ve", "’ve"}:
            return "past"
        if auxiliaries & _MODALS:
            return "future"
        if "to" in auxiliaries:
            head = verb.head
            if head.lemma_.lower() in _AHEAD or any(
                c.lemma_.lower() in _AHEAD for c in head.children if c.dep_ == "acomp"
            ):
                return "future"
            if head is verb or head.pos_ not in ("VERB", "AUX"):
                return None
            verb = head
            continue
        if verb.tag_ == "VBD":
            return "past"
        if verb.tag_ == "VBN":
            if verb.lemma_.lower() in _AHEAD and verb.lemma_.lower() not in ("agree", "promise"):
                return "future"
            return "past"
        if verb.tag_ == "VBG" and auxiliaries:
            if auxiliaries & {"was", "were", "been"}:
                return "past"
            return "future"
        if verb.tag_ == "VBG" and verb.head is not verb and verb.dep_ in ("advcl", "xcomp", "pcomp", "conj"):
            verb = verb.head
            if verb.pos_ not in ("VERB", "AUX"):
                return None
            continue
        if verb.lemma_ in ("be", "come") and any(c.lower_ in ("due", "set", "likely") for c in verb.children):
            return "future"
        return None
    return None
