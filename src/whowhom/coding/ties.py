"""Who stands with whom: allies, foes, members, unions, and who shelters whom."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from whowhom.coding.ground import Found, Ground, Ids, words

_OWNERS = ("poss", "prep_of", "prep_to", "compound", "amod", "nmod")


def allies_and_foes(token: Token, ground: Ground) -> Iterator[Found]:
    """ "US ally Qatar", "Iran, an ally of Syria", "Russia remains a firm ally", "the two foes"."""
    if token.pos_ not in ("NOUN", "PROPN") or not ground.stands(token):
        return
    if any(c.lemma_.lower() in words("no_ally") for c in token.children if c.dep_ in ("amod", "compound", "nmod")):
        return
    ally = token.lemma_.lower() in words("ally")
    owners = ground.owners(token, *_OWNERS)
    subjects = ground.subjects(token)
    subjects = tuple(a for a in subjects if a not in owners)
    nationality = {a for i in ground.slots.noun(token).get("amod", ()) for a in ground.ids[i]}
    homes = {ground.actor(a).country for a in subjects}
    owners = tuple(a for a in owners if a not in nationality or ground.actor(a).country not in homes)
    if token.lemma_ in ("partner", "rival") and any(ground.actor(a).kind == "person" for a in (*owners, *subjects)):
        return
    alliances = tuple(a for a in owners if ground.actor(a).name.lower() in words("alliance"))
    if alliances and ally:
        yield Found(tuple(a for a in subjects if ground.is_state(a)), "member_of", alliances, token)
        owners = tuple(a for a in _clause_subject(token, ground) if ground.is_state(a))
    fellow = any(c.lemma_.lower() in words("fellow") for c in token.children)
    if fellow and owners and ally:
        subjects = (*subjects, *(a for a in _clause_subject(token, ground) if ground.is_state(a)))
    if not owners and ally and token.dep_ == "attr":
        owners = _understood(token, ground, subjects)
    if ally and all(ground.actor(a).kind in ("people", "group") for a in subjects):
        return
    if not owners and token.tag_ == "NNS" and not fellow:
        subjects, owners = _pair(token, ground, subjects)
    yield Found(subjects, "ally_of" if ally else "at_odds_with", tuple(a for a in owners if a not in subjects), token)


def _pair(token: Token, ground: Ground, subjects: Ids) -> tuple[Ids, Ids]:
    """The two states of "X and Y are rivals", "X and Y, two old foes"; nobody where others are meant."""
    sides = tuple(a for a in subjects if ground.is_state(a))
    beyond = any(c.dep_ == "prep" and c.lower_ in ("of", "in", "for", "against") for c in token.children)
    return (sides[:1], sides[1:]) if len(sides) == len(subjects) == 2 and not beyond else (subjects, ())


def _clause_subject(token: Token, ground: Ground) -> Ids:
    verb = ground.clause_verb(token)
    for _ in range(3):
        if verb is None:
            return ()
        found = ground.of(ground.slots.verb(verb).get("subj", ()))
        if found:
            return found
        verb = ground.clause_verb(verb)
    return ()


def _understood(token: Token, ground: Ground, subjects: Ids) -> Ids:
    """Whose ally somebody is, where the other clause of the sentence is about a state or its leader."""
    for clause in token.head.children:
        if clause.dep_ != "advcl":
            continue
        for part in clause.subtree:
            if part.dep_ in ("nsubj", "nsubjpass", "poss") and ground.ids[part.i]:
                state = ground.state_of(ground.ids[part.i][0])
                if state is not None and state not in subjects and ground.is_state(state):
                    return (state,)
    return ()


def backed(token: Token, ground: Ground) -> Iterator[Found]:
    """ "Iran-backed rebels": they and their backer."""
    doc = ground.doc
    if token.i < 2 or token.i + 1 >= len(doc) or doc[token.i - 1].lower_ not in ("-", "–"):
        return
    backers = tuple(a for a in ground.ids[token.i - 2] if ground.is_state(a))
    for j in range(token.i + 1, min(token.i + 4, len(doc))):
        one = doc[j]
        if one.pos_ not in ("PROPN", "NOUN", "ADJ"):
            return
        kept = tuple(
            a
            for a in ground.ids[j]
            if a not in backers and ground.actor(a).sector in ("REB", "PTY", "GOV", "MIL", "OPP", "UAF")
        )
        if kept and one.pos_ != "ADJ":
            yield Found(kept, "ally_of", backers, token)
            return


def union(token: Token, ground: Ground) -> Iterator[Found]:
    """Two states that form a union state, a federation or a confederation."""
    head = token.head if token.dep_ in ("compound", "nmod") and token.head.lemma_ == "state" else None
    if head is None and token.lemma_.lower() not in ("confederation", "federation"):
        return
    noun = head or token
    verb = ground.clause_verb(noun)
    if verb is None or verb.lemma_ not in ("form", "be", "have", "create", "make", "establish", "constitute"):
        return
    sides = ground.states(ground.of(ground.slots.verb(verb).get("subj", ())))
    others = ground.states(ground.owners(noun, "prep_with"))
    sides = tuple(dict.fromkeys((*sides, *others)))
    if len(sides) == 2 and ground.stands(verb):
        yield Found(sides[:1], "union_with", sides[1:], noun, ground.text(token.i, noun.i))


def bad_relations(token: Token, ground: Ground) -> Iterator[Found]:
    """ "strained relations between X and Y", "X and Y lack trust", "the feud between X and Y", "X is at war with Y"."""
    lemma = token.lemma_.lower()
    if lemma in words("ties"):
        yield from _cold_ties(token, ground)
    elif lemma in words("quarrel"):
        yield from _quarrel(token, ground)
    elif lemma == "lack":
        clause = ground.slots.verb(token)
        if any(ground.doc[i].lemma_ == "trust" for i in clause.get("obj", ())):
            sides = ground.of(clause.get("subj", ()))
            trust = next(ground.doc[i] for i in clause["obj"] if ground.doc[i].lemma_ == "trust")
            if len(sides) == 2:
                yield Found(sides[:1], "at_odds_with", sides[1:], token, ground.text(token.i, trust.i))
    elif token.i and ground.doc[token.i - 1].lower_ == "at":
        yield from _at_odds(token, ground)


def _cold_ties(token: Token, ground: Ground) -> Iterator[Found]:
    none = any(c.lower_ == "no" for c in token.children) and any(
        c.lemma_ in ("diplomatic", "formal", "official") for c in token.children
    )
    cold = any(c.dep_ in ("amod", "compound") and c.lower_ in words("cold") for c in token.children)
    verb = token.head
    if token.dep_ in ("nsubj", "nsubjpass"):
        cold = cold or verb.lemma_.lower() in words("cool")
        if verb.lemma_ in words("copula"):
            cold = cold or any(c.dep_ in ("acomp", "attr") and c.lower_ in words("cold") for c in verb.children)
    if not (none or (cold and ground.stands(token))):
        return
    yield from _apart(token, ground, states=True)


def _quarrel(token: Token, ground: Ground) -> Iterator[Found]:
    """A quarrel that lasts: "a long-running dispute with X", "the feud between X and Y"."""
    lasting = any(c.lower_ in words("lasting") for c in token.subtree if c.i < token.i)
    lasting = lasting or token.lemma_.lower() in words("enmity")
    if lasting and ground.stands(token) and token.pos_ in ("NOUN", "PROPN"):
        yield from _apart(token, ground, states=False)


def _apart(token: Token, ground: Ground, *, states: bool) -> Iterator[Found]:
    """The two sides of a bad relation: between the two, or whose it is and with whom."""
    inner = ground.slots.noun(token)
    between = ground.of(inner.get("prep_between", ()))
    left: Ids = between[:1] or ground.of(
        (*inner.get("poss", ()), *inner.get("head_subj", ()), *inner.get("verb_subj", ()))
    )
    if not left and token.dep_ == "dobj" and token.head.pos_ in ("VERB", "AUX"):
        left = ground.of(ground.slots.verb(token.head).get("subj", ()))
    right = between[1:] if between else ground.of(inner.get("prep_with", ()))
    if not right and len(left) == 2:
        left, right = left[:1], left[1:]
    if states:
        left, right = ground.states(left), ground.states(right)
    text = None if states else ground.text(token.left_edge.i, token.i)
    yield Found(left[:1], "at_odds_with", tuple(a for a in right if a not in left), token, text)


def _at_odds(token: Token, ground: Ground) -> Iterator[Found]:
    prep = token.head
    verb = prep.head
    if verb.pos_ not in ("AUX", "VERB") or verb.lemma_ not in words("copula") or not ground.stands(verb):
        return
    sides = ground.of(ground.slots.verb(verb).get("subj", ()))
    others = ground.of(
        i.i
        for one in (token, prep, verb)
        for c in one.children
        if c.dep_ == "prep" and c.lower_ == "with"
        for i in c.children
    )
    if not others and len(sides) == 2:
        sides, others = sides[:1], sides[1:]
    yield Found(sides, "at_odds_with", tuple(a for a in others if a not in sides), token)


def supported(token: Token, ground: Ground) -> Iterator[Found]:
    """ "rebels backed by Turkey", "forces loyal to Mr X", "X is allied with Y"."""
    loyal = token.lemma_.lower() == "loyal"
    name = "to" if loyal else "by" if token.lemma_.lower() in ("back", "support") else "with"
    prep = next((c for c in token.children if c.dep_ in ("prep", "agent") and c.lower_ == name), None)
    if prep is None or not ground.stands(token) or token.tag_ not in ("JJ", "VBN", "VBD"):
        return
    backers = ground.of(c.i for c in prep.children if c.dep_ == "pobj")
    head = token.head
    if token.dep_ in ("amod", "acl", "relcl"):
        sides = ground.ids[head.i]
    elif token.dep_ == "acomp" and head.lemma_ in words("copula"):
        sides = ground.of(ground.slots.verb(head).get("subj", ()))
    elif name == "with" and any(c.dep_ == "auxpass" for c in token.children):
        sides = ground.of(ground.slots.verb(token).get("obj", ()))
    else:
        return
    armed = ("REB", "PTY", "MIL", "OPP", "UAF", "PRM", "GOV", "IMG", "CRM")
    sides = tuple(a for a in sides if a not in backers and ground.actor(a).sector in armed)
    backers = tuple(a for a in backers if ground.is_state(a) or ground.actor(a).sector in armed)
    yield Found(sides, "ally_of", backers, token)


def shelter(token: Token, ground: Ground) -> Iterator[Found]:
    """Who gives refuge to whom: "X shelters Y", "Y has taken refuge in X", "Y lives in exile in X"."""
    lemma = token.lemma_.lower()
    if lemma in ("shelter", "harbour", "harbor", "host") and token.pos_ == "VERB":
        clause = ground.slots.verb(token)
        if lemma == "host" and not any(ground.doc[i].lemma_.lower() in words("refugee") for i in clause.get("obj", ())):
            return
        guests = tuple(
            a for a in ground.of(clause.get("obj", ())) if ground.actor(a).kind in ("person", "group", "organisation")
        )
        hosts = ground.states(ground.of(clause.get("subj", ())))
        if ground.stands(token) and token.tag_ in ("VBZ", "VBP", "VBD", "VBN", "VBG"):
            yield Found(hosts, "shelters", guests, token)
    elif lemma == "take":
        clause = ground.slots.verb(token)
        if any(ground.doc[i].lemma_.lower() in words("haven") for i in clause.get("obj", ())) and ground.stands(token):
            hosts = ground.states(ground.of(clause.get("prep_in", ())))
            yield Found(hosts, "shelters", ground.of(clause.get("subj", ())), token)
    elif lemma == "exile" and token.dep_ == "pobj" and token.head.lower_ == "in":
        places = [
            g.i for one in (token, token.head, token.head.head) for c in one.children
            if c.dep_ == "prep" and c.lower_ == "in" and c.i > token.i for g in c.children if g.dep_ == "pobj"
        ]  # fmt: skip
        hosts = ground.states(ground.of(places[:1]))
        verb = token.head.head
        if verb.pos_ in ("VERB", "AUX"):
            guests = ground.of(ground.slots.verb(verb).get("subj", ())) if ground.stands(verb) else ()
        else:
            guests = ground.ids[verb.i]
        yield Found(hosts, "shelters", tuple(a for a in guests if ground.actor(a).kind in ("person", "group")), token)


def asylum(token: Token, ground: Ground) -> Iterator[Found]:
    """Who has been given refuge: "X has granted Y asylum", "Y was granted asylum in X", "Y has asylum in X"."""
    verb = token.head
    if token.dep_ not in ("dobj", "oprd", "nsubjpass") or verb.lemma_ not in words("grant") or not ground.stands(verb):
        return
    if verb.tag_ not in ("VBD", "VBN", "VBZ"):
        return
    clause = ground.slots.verb(verb)
    places = (*clause.get("prep_in", ()), *ground.slots.noun(token).get("prep_in", ()))
    givers, takers = clause.get("subj", ()), (*clause.get("iobj", ()), *clause.get("prep_to", ()))
    if any(c.dep_ == "auxpass" for c in verb.children):
        takers = (*takers, *(i for i in clause.get("obj", ()) if i != token.i))
    elif verb.lemma_ in ("get", "receive", "win"):
        givers, takers = (), givers
    hosts = ground.states(ground.of(givers)) or ground.states(ground.of(places))
    guests = (a for a in ground.of(takers) if ground.actor(a).kind in ("person", "group", "people") and a not in hosts)
    yield Found(hosts[:1], "shelters", tuple(guests), token)
