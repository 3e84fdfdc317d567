"""Who belongs to what: members of parties, gangs, blocs and bodies of states."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from whowhom.coding.ground import Found, Ground, Ids, words
from whowhom.resources.knowledge import Organisation, organisations
from whowhom.resources.parties import parties_by_label, written_in_capitals

_LONGEST_LABEL = 5
_REACH = 8  # tokens between a party's name and the name of its member: "Labour shadow work and pensions secretary X"
# Sectors of bodies that one belongs to; one works for the others.
_JOINED = frozenset("PTY REB CRM UAF PRM LAB OPP CVL".split())
_BEYOND = frozenset({"IGO", "UNO", "EUR", "IMG", "ISM"})
_LETTERS = {"D": "Democratic Party", "R": "Republican Party"}


@cache
def party_words() -> frozenset[str]:
    """The first words of the labels."""
    return frozenset(label[0] for label in parties_by_label())


def labelled(token: Token, ground: Ground) -> Iterator[Found]:
    """ "Republican Donald Trump", "Jane Doe, a Labour MP", "John Roe (SNP)": a party's name beside a person's."""
    found = _label(token)
    if found is None or _over(token) or _inside_longer(token):
        return
    end, parties = found
    last = ground.doc[end - 1]
    persons = (
        _before_name(token, end, ground)
        or _said_of(last, ground)
        or _bracketed(token, ground)
        or _spoken_for_by(last, ground)
    )
    for person in persons:
        yield from _belongs(person, parties, (token.i, end), ground)


def _label(token: Token) -> tuple[int, tuple[Organisation, ...]] | None:
    """The end of the party's name that begins with a token, and the parties that it may mean."""
    if not token.text[0].isupper() or (token.lower_ in written_in_capitals() and not token.text.isupper()):
        return None
    doc = token.doc
    for length in range(min(_LONGEST_LABEL, len(doc) - token.i), 0, -1):
        form = tuple(t.lower_ for t in doc[token.i : token.i + length])
        parties = parties_by_label().get(form)
        if parties and doc[token.i + length - 1].text[0].isupper():  # "a New Zealand national" is of no party
            after = doc[token.i + length].lower_ if token.i + length < len(doc) else ""
            if after in words("ministry") or (after == "party" and length == 1 and parties[0].name.lower() == form[0]):
                return None
            return token.i + length, parties
    return None


def _inside_longer(token: Token) -> bool:
    """Whether a label is the end of another: "Democrat" in "Liberal Democrat"."""
    for i in range(max(token.sent.start, token.i - _LONGEST_LABEL), token.i):
        longer = _label(token.doc[i]) if token.doc[i].lower_ in party_words() else None
        if longer is not None and longer[0] > token.i:
            return True
    return False


def _over(token: Token) -> bool:
    doc = token.doc
    before = doc[max(token.sent.start, token.i - 3) : token.i]
    return any(t.lower_ in words("gone") for t in before) or any(t.lower_ in ("not", "no", "never") for t in before)


def _before_name(token: Token, end: int, ground: Ground) -> Ids:
    """The person whose name comes after a label and titles, in one phrase."""
    doc = ground.doc
    for i in range(end, min(end + _REACH, token.sent.end)):
        one = doc[i]
        if one.lower_ in words("no_partisan"):
            return ()
        if i == end and one.tag_ == "POS":
            return _right_behind(one, ground)
        persons = tuple(a for a in ground.ids[i] if ground.actor(a).kind == "person")
        if i == end and token.i and doc[token.i - 1].lower_ in ("a", "an", "another"):
            return ()  # "a Republican Bernie Sanders" likens
        if persons and one.pos_ == "PROPN" and one.text in ground.actor(persons[0]).name.split():
            return persons[:1]
        if not (one.pos_ in ("NOUN", "PROPN", "ADJ") or one.lower_ in ("-", "and", "for", "of") or one.text == "."):
            return ()
        if one.lower_ in ("and", "for", "of") and (i == end or i + 1 == len(doc) or _names_actor(doc[i + 1], ground)):
            return ()
    return ()


def _names_actor(token: Token, ground: Ground) -> bool:
    return bool(ground.ids[token.i]) and token.pos_ == "PROPN"


def _right_behind(possessive: Token, ground: Ground) -> Ids:
    """The person named right behind "'s": "Labour's Jane Doe"."""
    after = possessive.i + 1
    if after == len(ground.doc) or ground.doc[after].ent_type_ != "PERSON":
        return ()
    return tuple(a for a in ground.ids[after] if ground.actor(a).kind == "person")[:1]


def _said_of(label: Token, ground: Ground) -> Ids:
    """The person of whom a phrase with the label is said: "X, a Labour MP", "X is a Republican"."""
    head = label
    while head.dep_ in ("compound", "amod", "nmod") and head.head.i > head.i:
        head = head.head
    if head.i != label.i and head.lemma_.lower() not in words("partisan"):
        return ()
    found: Ids = ()
    if head.dep_ == "appos":
        found = ground.ids[head.head.i]
    elif head.dep_ == "attr" and head.head.lemma_ in words("copula") and ground.stands(head):
        found = ground.of(ground.slots.verb(head.head).get("subj", ()))
    return tuple(a for a in found if ground.actor(a).kind == "person")[:1]


def _bracketed(token: Token, ground: Ground) -> Ids:
    """The person before a label in brackets: "John Roe (SNP)"."""
    if token.i < 2 or ground.doc[token.i - 1].text not in ("(", ",") or ground.doc[token.i - 2].pos_ != "PROPN":
        return ()
    after = ground.doc[token.i + 1].text if token.i + 1 < len(ground.doc) else ""
    if ground.doc[token.i - 1].text == "," and after not in ("-", "–"):
        return ()
    return tuple(a for a in ground.ids[token.i - 2] if ground.actor(a).kind == "person")[:1]


def _spoken_for_by(label: Token, ground: Ground) -> Ids:
    """The person who speaks for a party: "For the Liberal Democrats, Jane Doe said ..."."""
    head = label if label.dep_ == "pobj" else label.head
    verb = head.head.head
    if head.dep_ != "pobj" or verb.pos_ not in ("VERB", "AUX"):
        return ()
    clause = ground.slots.verb(verb)
    speakers = ground.of(clause.get("subj", ())) if head.i in clause.get("prep_behalf", ()) else ()
    return tuple(a for a in speakers if ground.actor(a).kind == "person")[:1]


def lettered(token: Token, ground: Ground) -> Iterator[Found]:
    """ "Jane Doe (D-Ohio)", "John Roe, R-Texas"."""
    letter, _, rest = token.text.partition("-")
    after = ground.doc[token.i + 1].text if token.i + 1 < len(ground.doc) else ""
    if letter not in _LETTERS or not (rest or after in ("-", "–", ")")):
        return
    if token.i < 2 or ground.doc[token.i - 1].text not in ("(", ","):
        return
    persons = tuple(a for a in ground.ids[token.i - 2] if ground.actor(a).kind == "person")[:1]
    parties = tuple(p for p in organisations() if p.name == _LETTERS[letter])
    for person in persons:
        yield from _belongs(person, parties, (token.i, token.i + 1), ground)


def _belongs(person: str, parties: tuple[Organisation, ...], label: tuple[int, int], ground: Ground) -> Iterator[Found]:
    """The party of a person by its label, the tokens `[first, last)`: of several of that name that of their country."""
    country = ground.actor(person).country
    fits = [party for party in parties if country is None or party.country in (country, "EUR")]
    if len(fits) > 1:
        fits.sort(key=lambda party: (not ground.named(party.name), -ground.weight(party.country)))
        if country is None and not ground.named(fits[0].name) and not ground.weight(fits[0].country):
            return  # parties of several countries, none of which the report speaks of
    if not fits:
        return
    party = fits[0]
    bodies = () if ground.named(party.name) else ground.named(_people_of(party))
    yield Found((person,), "member_of", bodies or (ground.enter(party, *label),), ground.doc[label[0]])


def _people_of(party: Organisation) -> str:
    stem = party.name.rsplit(" ", 1)[0]
    return next((alias for alias in party.aliases if alias.startswith(stem[:4]) and alias.endswith("s")), f"{stem}s")


def members(token: Token, ground: Ground) -> Iterator[Found]:
    """ "a member of X", "EU member Hungary", "X's leader Y", "the chairman of party X"."""
    if not ground.stands(token) or token.pos_ not in ("NOUN", "PROPN"):
        return
    if any(c.dep_ == "nummod" for c in token.children):
        return  # "30 members of the army" are counted, not introduced
    lemma = token.lemma_.lower()
    owners = ground.owners(token, "prep_of", "prep_in", "prep_from", "poss", "compound", "nmod")
    bodies = tuple(a for a in owners if _joinable(a, ground, member=lemma == "member"))
    subjects = ground.subjects(token) if bodies else ()
    if bodies and not subjects:  # "the party's founder and president, X"
        subjects = next((found for c in token.conjuncts if (found := ground.subjects(c))), ())
    after = ground.doc[token.i + 1] if token.i + 1 < len(ground.doc) else token
    if bodies and not subjects and after.lemma_ in ("state", "country", "nation"):
        subjects = ground.subjects(after)
    if lemma != "member":
        subjects = tuple(a for a in subjects if ground.actor(a).kind == "person")
        bodies = tuple(a for a in bodies if ground.actor(a).name.split()[-1][0].isupper())
    yield Found(tuple(a for a in subjects if a not in bodies), "member_of", bodies, token)


def _joinable(actor_id: str, ground: Ground, *, member: bool = False) -> bool:
    actor = ground.actor(actor_id)
    if actor.kind not in ("organisation", "group"):
        return False
    if member and actor.kind == "organisation":
        return actor.sector not in ("GOV", "BUS")
    wide = _JOINED - {"CVL"} if member else frozenset({"PTY", "LAB"})
    return actor.sector in wide and actor.country not in ("IGO", "UNO")


def belonging(token: Token, ground: Ground) -> Iterator[Found]:
    """ "X belongs to Y", "X joined Y", "X is affiliated with Y"."""
    if not ground.stands(token) or token.pos_ != "VERB":
        return
    lemma = token.lemma_.lower()
    clause = ground.slots.verb(token)
    if lemma == "belong":
        subjects, others = clause.get("subj", ()), clause.get("prep_to", ())
    elif lemma in ("join", "rejoin", "co-found"):
        if token.tag_ not in ("VBD", "VBN", "VBZ", "VBP"):
            return
        subjects = clause.get("subj", ())
        others = tuple(i for i in clause.get("obj", ()) if not _in_company(ground.doc[i]))
    else:
        subjects = clause.get("obj", ())
        if token.dep_ in ("acl", "relcl") and not subjects:
            subjects = (token.head.i,)
        others = (*clause.get("prep_with", ()), *clause.get("prep_to", ()))
    bodies = tuple(a for a in ground.of(others) if _gang(a, ground, wide=lemma != "link"))
    sides = ground.of(subjects)
    if any(ground.actor(a).country in ("IGO", "EUR") for a in bodies):
        sides = tuple(a for a in sides if ground.is_state(a))
    elif lemma != "belong":
        sides = tuple(a for a in sides if ground.actor(a).kind in ("person", "organisation"))
    yield Found(tuple(a for a in sides if a not in bodies), "member_of", bodies, token)


def _in_company(joined: Token) -> bool:
    """Whether those joined are only accompanied: "joined other Republicans", "joined the party in condemning"."""
    if any(c.lower_ in ("other", "fellow") for c in joined.children):
        return True
    beside = (*joined.children, *joined.head.children)
    return any(c.dep_ == "prep" and any(g.dep_ == "pcomp" for g in c.children) for c in beside)


def _gang(actor_id: str, ground: Ground, *, wide: bool) -> bool:
    actor = ground.actor(actor_id)
    if actor.kind not in ("organisation", "group"):
        return False
    if not wide:
        return actor.sector == "CRM"
    return actor.sector in _JOINED - {"CVL"} or (actor.kind == "organisation" and actor.country in _BEYOND)


def party(token: Token, ground: Ground) -> Iterator[Found]:
    """ "X's party", "the Y, his own party"."""
    owners = ground.of(c.i for c in token.children if c.dep_ == "poss")
    persons = tuple(a for a in owners if ground.actor(a).kind == "person")
    if not persons or not ground.stands(token):
        return
    bodies = ground.ids[token.head.i] if token.dep_ == "appos" else ()
    bodies = bodies or ground.of(c.i for c in token.children if c.dep_ == "appos")
    if not bodies and not any(
        (c.dep_ == "poss" and c.pos_ == "PRON") or c.lower_ in ("new", "old", "own", "rival") for c in token.children
    ):
        bodies = ground.ids[token.i]  # "his party" is too often somebody else's
    bodies = tuple(a for a in bodies if a not in persons and ground.actor(a).kind in ("organisation", "group"))
    yield Found(persons, "member_of", bodies, token)


def leading(token: Token, ground: Ground) -> Iterator[Found]:
    """ "X leads the Unity Party", "the Unity Party, headed by X", "X, who founded the Unity Party"."""
    if token.pos_ != "VERB" or token.tag_ not in ("VBZ", "VBN", "VBD", "VBG") or not ground.stands(token):
        return
    if token.tag_ == "VBD" and token.lemma_ in ("lead", "head", "chair") and not _passive(token):
        return  # who led it may lead it no more
    clause = ground.slots.verb(token)
    heads, bodies = ground.of(clause.get("subj", ())), ground.of(clause.get("obj", ()))
    if token.dep_ == "acl" and token.tag_ == "VBN":
        bodies = bodies or ground.ids[token.head.i]
        heads = ground.of(
            g.i for c in token.children if c.dep_ in ("agent", "prep") and c.lower_ == "by" for g in c.children
        )
    persons = tuple(a for a in heads if ground.actor(a).kind == "person")
    yield Found(persons, "member_of", tuple(a for a in bodies if _party(a, ground)), token)


def _passive(verb: Token) -> bool:
    return any(c.dep_ in ("agent", "auxpass") for c in verb.children)


def partisan(token: Token, ground: Ground) -> Iterator[Found]:
    """ "Labour MP Jane Doe", "Jane Doe of the Unity Party": a party that the report names beside a person's name."""
    if token.ent_type_ != "PERSON" or not ground.ids[token.i]:
        return
    persons = tuple(a for a in ground.ids[token.i] if ground.actor(a).kind == "person")
    for preposition in token.children:
        if preposition.dep_ == "prep" and preposition.lower_ in ("of", "from"):
            bodies = tuple(
                a for a in ground.of(c.i for c in preposition.children if c.dep_ == "pobj") if _party(a, ground)
            )
            yield Found(persons, "member_of", bodies, token)
    if token.i and ground.ids[token.i - 1] == ground.ids[token.i] and ground.doc[token.i - 1].ent_type_ == "PERSON":
        return
    for i in range(token.i - 1, max(-1, token.i - 4), -1):
        before = ground.doc[i]
        if before.pos_ not in ("PROPN", "NOUN", "ADJ") or before.sent != token.sent or before.lower_ in _blocking():
            return
        bodies = tuple(a for a in ground.ids[i] if _party(a, ground))
        if bodies:
            if not _over(before):
                yield Found(persons, "member_of", bodies, token)
            return


@cache
def _blocking() -> frozenset[str]:
    return words("gone") | words("no_partisan") | {"ex"}


def _party(actor_id: str, ground: Ground) -> bool:
    actor = ground.actor(actor_id)
    party = actor.sector == "PTY" and actor.kind == "organisation"
    return party and not any(actor.name.lower().endswith(word) for word in (" campaign", " team", " convention"))
