"""Standing relations that a report states: alliances, memberships, borders, supplies, offices held since, and so on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from spacy.tokens import Token

from whowhom.candidates import ActorIndex
from whowhom.parse import Parsed
from whowhom.records import Predicate, Relation

_ALLY = frozenset({"ally", "partner", "backer", "protégé", "protege", "patron"})
_FOE = frozenset({"foe", "rival", "enemy", "adversary", "archrival", "arch-foe", "nemesis", "arch-enemy", "opponent"})
_UNION = frozenset({"union", "confederation", "federation"})
_SUPPLY = frozenset({"supply", "provide", "furnish"})
_COPULAS = frozenset({"be", "remain", "become", "stay"})


class Slots(Protocol):
    """Grammatical slots of a predicate by name."""

    def verb(self, verb: Token) -> dict[str, tuple[int, ...]]: ...

    def noun(self, noun: Token) -> dict[str, tuple[int, ...]]: ...


_Found = tuple[int, Predicate, int | None, str | None, Token]


def code_relations(parsed: Parsed, who: ActorIndex, slots: Slots) -> list[Relation]:
    """The relations that a report states as standing fact, in text order, each once."""
    out: dict[tuple[str, str, str | None, str | None], Relation] = {}
    finders: Sequence[Callable[[Token, Parsed, ActorIndex, Slots], Iterator[_Found]]] = (
        _nouns, _verbs, _compounds, _since,
    )  # fmt: skip
    for token in parsed.doc:
        if token.pos_ not in ("NOUN", "VERB", "ADJ", "PROPN", "ADP"):
            continue
        for finder in finders:
            for subject, predicate, other, value, anchor in finder(token, parsed, who, slots):
                for a in who.at(subject):
                    for b in who.at(other) if other is not None else (None,):
                        if a == b:
                            continue
                        span = parsed.sentence_span(anchor)
                        out.setdefault(
                            (a, predicate, b, value),
                            Relation(a, predicate, b, value, None, None, parsed.article.published, (span,), predicate),
                        )
    return list(out.values())


def _first(who: ActorIndex, tokens: Sequence[int]) -> list[int]:
    return [i for i in tokens if who.at(i)]


def _subjects(noun: Token, who: ActorIndex, slots: Slots) -> list[int]:
    """Whom a predicate noun or an apposition is said of."""
    if noun.dep_ == "attr" and noun.head.lemma_ in _COPULAS and not any(c.dep_ == "neg" for c in noun.head.children):
        return _first(who, slots.verb(noun.head).get("subj", ()))
    if noun.dep_ == "appos":
        return _first(who, (noun.head.i,))
    return _first(who, tuple(c.i for c in noun.children if c.dep_ == "appos"))


def _nouns(token: Token, parsed: Parsed, who: ActorIndex, slots: Slots) -> Iterator[_Found]:
    if token.pos_ != "NOUN":
        return
    lemma = token.lemma_.lower()
    inner = slots.noun(token)
    if lemma in _ALLY or lemma in _FOE:
        predicate: Predicate = "ally_of" if lemma in _ALLY else "at_odds_with"
        owners = _first(who, (*inner.get("poss", ()), *inner.get("prep_of", ()), *inner.get("prep_to", ()), *inner.get("amod", ())))
        for subject in _subjects(token, who, slots):
            for owner in owners:
                if owner != subject:
                    yield subject, predicate, owner, None, token
    elif lemma == "member":
        bodies = _first(who, (*inner.get("prep_of", ()), *inner.get("compound", ())))
        for subject in _subjects(token, who, slots):
            for body in bodies:
                yield subject, "member_of", body, None, token
    elif lemma == "population":
        owners = _first(who, (*inner.get("poss", ()), *inner.get("head_subj", ()), *inner.get("verb_subj", ()), *inner.get("compound", ())))
        verb = token.head
        if not owners and verb.lemma_ == "have":
            owners = _first(who, slots.verb(verb).get("subj", ()))
        amount = next((i for i in inner.get("prep_of", ()) if parsed.doc[i].like_num or parsed.doc[i].ent_type_ in ("CARDINAL", "QUANTITY")), None)
        if amount is not None:
            left = parsed.doc[amount].left_edge.i
            value = parsed.doc[left : amount + 1].text
            for owner in owners[:1]:
                yield owner, "population", None, value, token
    elif lemma == "border" and token.dep_ == "pobj" and inner.get("prep_with"):
        owners = _first(who, (*inner.get("poss", ()), *inner.get("compound", ())))
        for owner in owners:
            for other in _first(who, inner["prep_with"]):
                yield owner, "borders", other, None, token


def _verbs(token: Token, parsed: Parsed, who: ActorIndex, slots: Slots) -> Iterator[_Found]:
    if token.pos_ != "VERB":
        return
    lemma = token.lemma_.lower()
    if lemma not in ("border", "owe", "shelter", "harbour", "harbor", "belong", "join") and lemma not in _SUPPLY and lemma != "take":
        return
    clause = slots.verb(token)
    subjects = _first(who, clause.get("subj", ()))
    if lemma == "border":
        sides = subjects or _first(who, clause.get("obj", ()))
        others = _first(who, (*clause.get("obj", ()), *clause.get("prep_by", ()))) if subjects else _first(who, clause.get("prep_by", ()))
        for subject in sides:
            for other in others:
                yield subject, "borders", other, None, token
    elif lemma in _SUPPLY and token.tag_ in ("VBZ", "VBP") and not any(c.dep_ == "neg" for c in token.children):
        goods = clause.get("prep_with", ()) or tuple(i for i in clause.get("obj", ()) if not who.at(i))
        receivers = _first(who, (*clause.get("iobj", ()), *clause.get("prep_to", ()))) or (
            _first(who, clause.get("obj", ())) if clause.get("prep_with") else []
        )
        for subject in subjects:
            for receiver in receivers:
                for good in goods[:1]:
                    yield subject, "supplies", receiver, _phrase(parsed, good), token
    elif lemma == "owe":
        for subject in subjects:
            for creditor in _first(who, (*clause.get("iobj", ()), *clause.get("prep_to", ()))):
                owed = next((i for i in clause.get("obj", ()) if not who.at(i)), None)
                yield creditor, "creditor_of", subject, _phrase(parsed, owed) if owed is not None else None, token
    elif lemma in ("shelter", "harbour", "harbor"):
        for subject in subjects:
            for guest in _first(who, clause.get("obj", ())):
                yield subject, "shelters", guest, None, token
    elif lemma == "take" and any(parsed.doc[i].lemma_ in ("shelter", "refuge") for i in clause.get("obj", ())):
        for host in _first(who, clause.get("prep_in", ())):
            for subject in subjects:
                yield host, "shelters", subject, None, token
    elif lemma == "belong":
        for subject in subjects:
            for body in _first(who, clause.get("prep_to", ())):
                yield subject, "member_of", body, None, token


def _compounds(token: Token, parsed: Parsed, who: ActorIndex, slots: Slots) -> Iterator[_Found]:
    """ "US ally Saudi Arabia", "NATO member Turkey", "Republican Donald Trump"."""
    if token.pos_ != "PROPN" or not who.at(token.i):
        return
    for child in token.children:
        if child.i > token.i or child.dep_ not in ("compound", "nmod", "amod"):
            continue
        lemma = child.lemma_.lower()
        if lemma in _ALLY | {"member"}:
            owner = next((c for c in (*child.children, *token.children) if c.i < child.i and who.at(c.i)), None)
            if owner is not None:
                yield token.i, "member_of" if lemma == "member" else "ally_of", owner.i, None, token
        elif token.ent_type_ == "PERSON" and child.i == token.left_edge.i:
            for a in who.at(child.i):
                actor = who.actor(a)
                if actor.kind == "organisation" and actor.sector == "PTY":
                    yield token.i, "member_of", child.i, None, token


def _since(token: Token, parsed: Parsed, who: ActorIndex, slots: Slots) -> Iterator[_Found]:
    """ "in power for 26 years", "has ruled since 1994"."""
    lemma = token.lemma_.lower()
    if lemma == "power" and token.dep_ == "pobj" and token.head.lower_ == "in":
        anchor = token.head
    elif lemma in ("rule", "govern") and token.pos_ == "VERB":
        anchor = token
    else:
        return
    span = next(
        (
            c
            for head in (token, anchor, anchor.head)
            for c in head.children
            if c.dep_ == "prep" and c.lower_ in ("for", "since") and c.i > anchor.i
        ),
        None,
    )
    number = next((c for c in span.children if c.dep_ == "pobj"), None) if span is not None else None
    if span is None or number is None or not (number.ent_type_ == "DATE" or number.lemma_ in ("year", "decade")):
        return
    value = parsed.doc[number.left_edge.i : number.i + 1].text
    if anchor.i == token.i:
        subjects = _first(who, slots.verb(token).get("subj", ()))
    elif anchor.head.pos_ in ("VERB", "AUX"):
        subjects = _first(who, slots.verb(anchor.head).get("subj", ()))
    else:
        subjects = _first(who, (anchor.head.i,))
    for subject in subjects[:1]:
        yield subject, "holds_office_since", None, value, token


def _phrase(parsed: Parsed, i: int) -> str:
    token = parsed.doc[i]
    left = min((c.i for c in token.lefts if c.dep_ in ("amod", "compound", "nummod", "quantmod")), default=i)
    return parsed.doc[left : i + 1].text
