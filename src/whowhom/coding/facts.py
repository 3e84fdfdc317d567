"""Standing facts about states, bodies and leaders: borders, supplies, debts, population, years in office, seat."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from whowhom.coding.ground import Found, Ground, Ids, words
from whowhom.resources.knowledge import country_by_code

_QUANTITIES = frozenset({"CARDINAL", "QUANTITY", "PERCENT"})
_LONG_REIGN = 40  # years; who took office longer ago than that holds it no more


def borders(token: Token, ground: Ground) -> Iterator[Found]:
    """ "X borders Y", "X, bordered by Y", "X shares a border with Y", "X's border with Y", "its neighbour Y"."""
    if token.pos_ == "VERB":
        clause = ground.slots.verb(token)
        by = _border_states(clause.get("subj", ()), ground)
        own = _border_states(clause.get("obj", ()), ground)
        if token.tag_ == "VBN" or clause.get("prep_by"):
            if not own and token.dep_ == "acl":
                own = _stands_for(token.head, ground)
            yield Found(
                own,
                "borders",
                tuple(a for a in by or _border_states(clause.get("prep_by", ()), ground) if a not in own),
                token,
            )
        elif token.tag_ in ("VBZ", "VBP", "VBG"):
            yield Found(by, "borders", tuple(a for a in own if a not in by), token)
    elif token.lemma_ == "border":
        inner = ground.slots.noun(token)
        with_ = ground.states(ground.of(inner.get("prep_with", ())))
        owner = ground.of((*inner.get("poss", ()), *inner.get("compound", ()), *inner.get("amod", ())))
        if not owner and token.dep_ == "dobj" and token.head.lemma_ in ("share", "have"):
            owner = ground.of(ground.slots.verb(token.head).get("subj", ()))
        owner = ground.states(owner)
        yield Found(owner[:1], "borders", tuple(a for a in with_ if a not in owner), token)
    elif token.lemma_ in ("neighbour", "neighbor"):
        owner = ground.states(ground.of(c.i for c in token.children if c.dep_ == "poss"))
        other = ground.states(ground.subjects(token))
        if not owner and token.tag_ == "NNS" and len(other) == 2:
            owner, other = other[:1], other[1:]
        if ground.stands(token):
            yield Found(owner[:1], "borders", tuple(a for a in other if a not in owner), token)


def adjoining(token: Token, ground: Ground) -> Iterator[Found]:
    """ "Ghana sent troops to neighbouring Togo": the state next door, and the one state that the clause is about."""
    state = token.head if token.dep_ in ("amod", "compound", "nmod") else None
    if state is None or state.pos_ != "PROPN":
        return
    there = tuple(a for a in ground.ids[state.i] if ground.is_state(a))
    verb = ground.clause_verb(token)
    here: Ids = ()
    while verb is not None and not here:
        here = ground.of(ground.slots.verb(verb).get("subj", ()))
        verb = ground.clause_verb(verb)
    here = here or ground.of(t.i for t in token.sent if t.ent_type_ in ("GPE", "NORP") and t.i < token.i)
    states = [ground.state_of(a) for a in here if ground.actor(a).country is not None]
    homes: Ids = tuple(dict.fromkeys(a for a in states if a is not None and ground.is_state(a) and a not in there))
    if len(homes) == 1:
        yield Found(homes, "borders", there, token)


def dependence(token: Token, ground: Ground) -> Iterator[Found]:
    """ "Togo relies on Ghana for electricity", "Togo is dependent on gas from Ghana"."""
    if not ground.stands(token) or token.tag_ not in ("VBZ", "VBP", "VBG", "JJ"):
        return
    verb = token.head if token.dep_ == "acomp" else token
    receivers = ground.states(ground.of(ground.slots.verb(verb).get("subj", ())))
    on = _objects(token, "on", "upon")
    goods = next((g for g in _objects(token, "for") if not ground.ids[g.i] and _is_goods(g)), None)
    givers = ground.states(ground.of(g.i for g in on))
    if goods is None:
        goods = next((g for g in on if not ground.ids[g.i] and _is_goods(g)), None)
        givers = ground.states(ground.of(g.i for g in _objects(goods, "from"))) if goods is not None else ()
    if goods is not None:
        yield Found(givers, "supplies", tuple(a for a in receivers if a not in givers), token, _phrase(goods, ground))


def _objects(token: Token, *prepositions: str) -> list[Token]:
    """The objects of some prepositions of a word."""
    below = (c for c in token.children if c.dep_ == "prep" and c.lower_ in prepositions)
    return [g for c in below for g in c.children if g.dep_ == "pobj"]


def _border_states(tokens: tuple[int, ...], ground: Ground) -> Ids:
    """The states among some tokens; for "EU and NATO members" the bodies."""
    found: list[str] = []
    for i in tokens:
        token = ground.doc[i]
        if token.lemma_ in ("member", "state", "country"):
            inner = ground.slots.noun(token)
            found.extend(ground.of((*inner.get("compound", ()), *inner.get("nmod", ()))))
        else:
            found.extend(ground.ids[i])
    return ground.states(dict.fromkeys(found))


def _stands_for(noun: Token, ground: Ground) -> Ids:
    """The subject of the clause in which a noun says what something is: "X matters as a buffer, bordered by"."""
    if ground.ids[noun.i]:
        return ground.states(ground.ids[noun.i])
    if (noun.dep_ == "pobj" and noun.head.lower_ == "as") or noun.dep_ == "attr":
        verb = ground.clause_verb(noun)
        if verb is not None:
            return ground.states(ground.of(ground.slots.verb(verb).get("subj", ())))
    return ()


def supplies(token: Token, ground: Ground) -> Iterator[Found]:
    """Who habitually gives what to whom, and who owes whom."""
    lemma = token.lemma_.lower()
    if token.pos_ in ("NOUN", "PROPN"):
        yield from _supplier(token, ground)
        return
    if (token.tag_ not in ("VBZ", "VBP", "VBN") and lemma != "owe") or not ground.stands(token):
        return
    if token.tag_ == "VBN" and not any(c.dep_ == "aux" and c.lower_ in ("has", "have") for c in token.children):
        return
    clause = ground.slots.verb(token)
    subjects = ground.of(clause.get("subj", ()))
    if lemma in words("supply"):
        goods = [i for i in clause.get("prep_with", ()) if not ground.ids[i]] or [
            i for i in (*clause.get("obj", ()), *clause.get("obj2", ())) if not ground.ids[i]
        ]
        receivers = ground.of((*clause.get("iobj", ()), *clause.get("prep_to", ())))
        if not receivers and clause.get("prep_with"):
            receivers = ground.of(clause.get("obj", ()))
            pronoun = any(ground.doc[i].lower_ in ("it", "them") for i in clause.get("obj", ()))
            if pronoun and (not receivers or set(receivers) & set(subjects)):  # "X leads Y and provides it with"
                receivers = _object_before(token, ground)
        receivers = tuple(a for a in receivers if a not in subjects)
        if goods and _is_goods(ground.doc[goods[0]]):
            yield Found(subjects, "supplies", receivers, token, _phrase(ground.doc[goods[0]], ground))
    elif lemma in words("receive"):
        goods = [i for i in clause.get("obj", ()) if not ground.ids[i] and _is_goods(ground.doc[i])]
        givers = ground.states(ground.of(clause.get("prep_from", ())))
        if goods and ground.states(subjects):
            yield Found(givers, "supplies", ground.states(subjects), token, _phrase(ground.doc[goods[0]], ground))
    elif lemma == "owe":
        owed = next((i for i in (*clause.get("obj", ()), *clause.get("attr", ())) if _is_money(ground.doc[i])), None)
        creditors = ground.of((*clause.get("iobj", ()), *clause.get("prep_to", ())))
        if owed is None:
            return
        yield Found(creditors, "creditor_of", subjects, token, _phrase(ground.doc[owed], ground))


def _object_before(token: Token, ground: Ground) -> Ids:
    if token.dep_ == "conj" and token.head.pos_ == "VERB":
        return ground.of(ground.slots.verb(token.head).get("obj", ()))
    return ()


def _supplier(token: Token, ground: Ground) -> Iterator[Found]:
    """ "X is Y's main arms supplier", "X, the largest supplier of gas to Y", "its biggest creditor"."""
    if not ground.stands(token):
        return
    lemma = token.lemma_.lower()
    inner = ground.slots.noun(token)
    receivers = ground.of((*inner.get("poss", ()), *inner.get("prep_to", ())))
    subjects = tuple(a for a in ground.subjects(token) if a not in receivers)
    if lemma in ("creditor", "lender"):
        yield Found(subjects, "creditor_of", receivers, token)
        return
    goods = [i for i in (*inner.get("prep_of", ()), *inner.get("compound", ())) if not ground.ids[i]]
    what = _phrase(ground.doc[goods[0]], ground) if goods else "aid" if lemma == "donor" else None
    if what is not None:
        yield Found(ground.states(subjects), "supplies", receivers, token, what)


def _is_goods(token: Token) -> bool:
    return token.pos_ == "NOUN" and token.lemma_.lower() not in words("no_goods")


def _is_money(token: Token) -> bool:
    return (
        token.ent_type_ == "MONEY"
        or token.lemma_ in ("debt", "money")
        or any(c.ent_type_ == "MONEY" for c in token.children)
    )


def population(token: Token, ground: Ground) -> Iterator[Found]:
    """ "a population of 9 million", "its population is 9 million", "Egypt's 91 million residents"."""
    lemma = token.lemma_.lower()
    if lemma == "population":
        amount = _population_amount(token, ground)
        owner = _population_owner(token, ground)
        if amount is not None:
            yield Found(owner[:1], "population", (), token, ground.text(amount.left_edge.i, amount.i))
        return
    number = next((c for c in token.children if c.dep_ == "nummod"), None)
    if number is None or number.i + 1 != token.i:
        return
    owner = ground.of(c.i for c in token.children if c.dep_ == "poss")
    verb = token.head
    if not owner and token.dep_ == "dobj" and verb.lemma_ == "have" and lemma in ("resident", "inhabitant"):
        owner = ground.of(ground.slots.verb(verb).get("subj", ()))
    if not owner and token.dep_ == "pobj" and token.head.lower_ == "to" and token.head.head.lemma_ == "home":
        owner = ground.subjects(token.head.head)
    owner = tuple(a for a in owner if ground.is_state(a))
    yield Found(owner[:1], "population", (), token, ground.text(number.left_edge.i, number.i))


def _population_amount(token: Token, ground: Ground) -> Token | None:
    inner = ground.slots.noun(token)
    amount = next((ground.doc[i] for i in inner.get("prep_of", ()) if _is_number(ground.doc[i])), None)
    if amount is None and token.i + 1 < len(ground.doc) and _is_number(ground.doc[token.i + 1]):
        amount = ground.doc[token.i + 1]
    if amount is None and token.dep_ == "nsubj" and token.head.lemma_ in ("be", "stand", "number", "exceed"):
        parts = (*token.head.children, *(g for c in token.head.children if c.dep_ == "prep" for g in c.children))
        amount = next(
            (c for c in parts if c.i > token.i and c.dep_ in ("attr", "pobj", "dobj") and _is_number(c)), None
        )
    return amount


def _population_owner(token: Token, ground: Ground) -> Ids:
    inner = ground.slots.noun(token)
    owner = ground.of((*inner.get("poss", ()), *inner.get("compound", ())))
    owner = owner or ground.of(i for i in inner.get("prep_of", ()) if not _is_number(ground.doc[i]))
    if not owner and token.dep_ == "dobj" and token.head.lemma_ == "have":
        owner = ground.of(ground.slots.verb(token.head).get("subj", ()))
    if not owner and token.dep_ == "pobj" and token.head.lower_ == "with":
        noun = token.head.head
        owner = ground.ids[noun.i] or (ground.subjects(noun) if noun.pos_ in ("NOUN", "PROPN") else ())
    if not owner and token.dep_ == "appos":
        owner = ground.ids[token.head.i]
    return tuple(a for a in owner if ground.actor(a).kind in ("state", "people", "organisation"))


def home_of(token: Token, ground: Ground) -> Iterator[Found]:
    """ "Togo, a country of 8 million people"."""
    if not ground.stands(token):
        return
    for prep in token.children:
        if prep.dep_ != "prep" or prep.lower_ != "of":
            continue
        noun = next((c for c in prep.children if c.dep_ == "pobj"), None)
        if noun is None:
            continue
        number = noun if _is_number(noun) else next((c for c in noun.children if c.dep_ == "nummod"), None)
        if number is None or (number.i != noun.i and noun.lemma_.lower() not in words("resident")):
            continue
        owner = tuple(a for a in ground.subjects(token) or ground.ids[token.i] if ground.is_state(a))
        yield Found(owner[:1], "population", (), token, ground.text(number.left_edge.i, number.i))


def _is_number(token: Token) -> bool:
    return bool(token.like_num) or token.ent_type_ in _QUANTITIES


def share(token: Token, ground: Ground) -> Iterator[Found]:
    """ "X make up 10 percent of Y's population": the share of a people or group."""
    lemma = token.lemma_.lower()
    if lemma == "make" and not any(c.dep_ == "prt" and c.lower_ == "up" for c in token.children):
        return
    clause = ground.slots.verb(token)
    part = next(
        (
            ground.doc[i]
            for i in (*clause.get("obj", ()), *clause.get("prep_for", ()))
            if ground.doc[i].ent_type_ == "PERCENT" or ground.doc[i].lemma_ in ("percent", "%")
        ),
        None,
    )
    if part is None or not ground.stands(token):
        return
    whole = next(
        (g for c in part.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children if g.dep_ == "pobj"),
        None,
    )
    if whole is None or whole.lemma_.lower() not in words("resident") | {"population"}:
        return
    subjects = tuple(
        a for a in ground.of(clause.get("subj", ())) if ground.actor(a).kind in ("people", "group", "organisation")
    )
    yield Found(subjects, "population", (), token, ground.text(part.left_edge.i, whole.i))


def office(token: Token, ground: Ground) -> Iterator[Found]:
    """How long somebody has held power: "in power for 26 years", "has ruled since 1994", "president since 2014"."""
    time = next((c for c in token.children if c.dep_ in ("pobj", "pcomp")), None)
    if time is None:
        return
    since = token.lower_ == "since"
    dates = [t for t in time.subtree if t.ent_type_ == "DATE"]
    if not dates or (not since and not any(t.lemma_ in ("year", "decade") for t in dates)):
        return
    if since:
        year = next((t for t in reversed(dates) if _is_year(t)), None)
        if year is None:
            return
        value, start = year.text, year.text
    else:
        value, start = ground.text(dates[0].i, dates[-1].i), ""
    holders = _holders(token, ground)
    yield Found(holders, "holds_office_since", (), token, value, start or None)


def _holders(prep: Token, ground: Ground) -> Ids:
    doc = ground.doc
    head = prep.head
    j = prep.i - 1
    if j >= 1 and doc[j].lemma_.lower() in words("power") and doc[j - 1].lower_ in ("in", "held", "holds"):
        before = j - 2
        if before >= 0 and doc[before].lower_ in ("—", "–", "-", ",", "("):
            return ground.ids[before - 1]
        verb = head if head.pos_ in ("VERB", "AUX") else ground.clause_verb(doc[j])
        if verb is not None and verb.lemma_ in ("be", "remain", "stay"):
            return ground.of(ground.slots.verb(verb).get("subj", ()))[:1]
        return ()
    if head.pos_ == "VERB" and head.lemma_.lower() in words("rule") and ground.stands(head):
        finite = head.tag_ in ("VBN", "VBG", "VBZ") and _lasts(head)
        clause = ground.slots.verb(head)
        governed = any(
            ground.is_state(a) or ground.actor(a).sector == "PTY" for a in ground.of(clause.get("obj", ()))
        ) or head.lemma_ in ("rule", "govern", "reign")
        if finite and governed:
            return ground.of(clause.get("subj", ()))[:1]
        return ()
    title: Token | None = None
    if head.pos_ in ("AUX", "VERB") and head.lemma_ in ("be", "serve"):
        title = next((c for c in head.children if c.dep_ == "attr" and c.lemma_.lower() in words("office")), None)
        if title is not None and ground.stands(head):
            return tuple(
                a for a in ground.of(ground.slots.verb(head).get("subj", ())) if ground.actor(a).kind == "person"
            )[:1]
        served = next((g for g in _objects(head, "as") if g.lemma_.lower() in words("office")), None)
        if served is not None and head.tag_ in ("VBN", "VBG") and _lasts(head) and ground.stands(head):
            return ground.of(ground.slots.verb(head).get("subj", ()))[:1]
    elif (
        head.pos_ in ("NOUN", "PROPN")
        and prep.lower_ == "since"
        and head.lemma_.lower() in words("office")
        and ground.stands(head)
    ):
        return tuple(a for a in ground.subjects(head) if ground.actor(a).kind == "person")[:1]
    return ()


def _lasts(verb: Token) -> bool:
    """Whether a verb is in the present perfect, that tells of what still holds."""
    return any(c.lower_ in ("has", "have", "'s") for c in verb.children if c.dep_ == "aux")


def taking_office(token: Token, ground: Ground) -> Iterator[Found]:
    """When somebody came to the power that he holds: "who took office in 2010", "came to power in 1994"."""
    lemma = token.lemma_.lower()
    clause = ground.slots.verb(token)
    if lemma == "come":
        won = any(ground.doc[i].lemma_.lower() == "power" for i in clause.get("prep_to", ()))
    elif lemma == "become":
        offices = [ground.doc[i] for i in clause.get("attr", ()) if ground.doc[i].lemma_.lower() in words("office")]
        won = any(not any(t.lower_ == "longest" for t in office.subtree) for office in offices)
    else:
        won = any(ground.doc[i].lemma_.lower() in words("power") - {"charge"} for i in clause.get("obj", ()))
    year = next((t for i in clause.get("prep_in", ()) for t in ground.doc[i].subtree if _is_year(t)), None)
    if not won or year is None or token.tag_ not in ("VBD", "VBN", "VBG"):
        return
    holders = tuple(a for a in ground.of(clause.get("subj", ())) if _holds(a, ground))
    published = ground.parsed.article.published
    if ground.stands(token) and (published is None or int(published[:4]) - int(year.text) < _LONG_REIGN):
        yield Found(holders[:1], "holds_office_since", (), token, year.text, year.text)


def _is_year(token: Token) -> bool:
    return token.text.isdigit() and len(token.text) == len("1994")


def _holds(actor_id: str, ground: Ground) -> bool:
    """Whether somebody can still hold an office: a body, or a person whom the report does not know as a former one."""
    actor = ground.actor(actor_id)
    return actor.kind == "organisation" or (actor.kind == "person" and actor.sector != "ELI")


def stronghold(token: Token, ground: Ground) -> Iterator[Found]:
    """ "the estate is the home turf of the gang", "Raqqa, a stronghold of the group"."""
    if not ground.stands(token):
        return
    owners = ground.owners(token, "poss", "prep_of", "compound")
    owners = tuple(a for a in owners if ground.actor(a).kind in ("organisation", "group", "people"))
    place: Token | None = None
    if token.dep_ == "attr" and token.head.lemma_ in words("copula"):
        place = next((c for c in token.head.children if c.dep_ == "nsubj"), None)
    elif token.dep_ == "appos":
        place = token.head
    elif any(c.dep_ == "appos" for c in token.children):
        place = next(c for c in token.children if c.dep_ == "appos")
    if place is not None and place.pos_ == "PROPN":
        yield _sits(owners, place, token, ground)


def seat(token: Token, ground: Ground) -> Iterator[Found]:
    """Where a body or people sits: "a group centred in Egypt", "the Vienna-based agency"."""
    head = token.head
    place: Token | None = None
    subjects: Ids = ()
    hyphen = ground.doc[token.i - 1] if token.i > 1 else token
    if hyphen.text in ("-", "–") and ground.doc[token.i - 2].pos_ == "PROPN":
        place = ground.doc[token.i - 2]
        subjects = ground.ids[head.i] if head.i > token.i else ()
        if not any(ground.actor(a).kind == "organisation" for a in subjects):
            subjects = ground.subjects(head) if head.i > token.i else ()
    else:
        prep = next((c for c in token.children if c.dep_ == "prep" and c.lower_ in ("in", "at")), None)
        place = next((c for c in prep.children if c.dep_ == "pobj"), None) if prep is not None else None
        if token.dep_ in ("acl", "amod", "relcl", "advcl"):
            named = ground.ids[head.head.i] if head.dep_ == "appos" else ()
            subjects = named or ground.ids[head.i] or ground.subjects(head)
        elif ground.stands(token):
            clause = ground.slots.verb(token)
            subjects = ground.of(clause.get("obj", ()) or clause.get("subj", ()))
    if (
        place is None
        or place.ent_type_ in ("DATE", "MONEY")
        or (place.ent_type_ not in ("GPE", "LOC", "FAC") and place.text[0].islower())
    ):
        return
    yield _sits(tuple(a for a in subjects if _seated(a, ground)), place, token, ground)


def _seated(actor_id: str, ground: Ground) -> bool:
    """Whether the seat of an actor is a standing fact of politics: no company's, no camp's, no work force's."""
    actor = ground.actor(actor_id)
    if actor.kind == "organisation":
        return actor.sector is not None or actor.country is not None
    return actor.kind in ("group", "people") and actor.sector not in ("CVL", "REF", "LAB", "BUS", None)


def _sits(subjects: Ids, place: Token, anchor: Token, ground: Ground) -> Found:
    states = tuple(
        a for a in ground.ids[place.i] if ground.is_state(a) and place.text.lower() in _country_names(a, ground)
    )
    value = None if states else ground.text(_name_start(place), place.i)
    return Found(subjects, "located_in", states, anchor, value)


def _country_names(actor_id: str, ground: Ground) -> str:
    """The names of a state in lower case; the name of its capital, which can stand for it, is none of them."""
    actor = ground.actor(actor_id)
    country = country_by_code().get(actor.country or "")
    return ";".join((actor.name, *(country.aliases if country else ()))).lower()


def _name_start(token: Token) -> int:
    return min((c.i for c in token.lefts if c.dep_ == "compound"), default=token.i)


def _phrase(token: Token, ground: Ground) -> str:
    left = min(
        (c.left_edge.i for c in token.lefts if c.dep_ in ("amod", "compound", "nummod", "quantmod")), default=token.i
    )
    return ground.text(left, token.i)
