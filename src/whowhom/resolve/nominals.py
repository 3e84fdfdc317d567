"""Descriptions of actors that are no names: "Turkish soldiers", "the defence ministry", "hundreds"."""

from __future__ import annotations

from collections.abc import Mapping

from whowhom.resolve.titles import noun_around, noun_ending_at
from whowhom.resolve.view import Mention, View
from whowhom.resources.knowledge import AgentNoun, agent_endings, agent_index

# Nouns that the table of agents has no place for, as they name an actor only in reference to others.
OWN_NOUNS: dict[str, tuple[AgentNoun, bool]] = {
    form: (AgentNoun(noun, plural, sector, kind), form != noun)
    for noun, plural, sector, kind in (
        ("country", "countries", "GOV", "state"),
        ("kingdom", "kingdoms", "GOV", "state"),
        ("republic", "republics", "GOV", "state"),
        ("nation", "nations", "GOV", "state"),
        ("state", "states", "GOV", "state"),
        ("neighbour", "neighbours", None, "state"),
        ("neighbor", "neighbors", None, "state"),
        ("power", "powers", "GOV", "state"),
        ("pair", "pair", None, "group"),
        ("duo", "duo", None, "group"),
        ("others", "others", None, "group"),
        ("counterpart", "counterparts", "GOV", "person"),
        ("human rights group", "human rights groups", "SOC", "organisation"),
    )
    for form in (noun, plural)
}
COUNTING = frozenset(["hundreds", "thousands", "dozens", "scores", "tens", "millions"])
QUANTITIES = COUNTING | frozenset(
    """number majority handful group crowd crowds some many most all several both any few two three one half
    none""".split()
)
# Nouns that are rarely the actor when they stand alone in the singular without "the" or a name before them.
_NEED_COMPANY = frozenset(
    """state power force side office house press industry service body unit board cabinet school church bank""".split()
)
# Of what kind such a noun names nobody: "their good offices", "ran for public office".
_NO_ACTORS = {
    "office": frozenset("good public political high higher elected elective box".split()),
    "power": frozenset("political military economic air purchasing bargaining fire electric staying".split()),
    "service": frozenset("military national public community funeral memorial church religious lip jury".split()),
    "force": frozenset("driving brute full excessive deadly lethal physical moral legal".split()),
    "press": frozenset("printing bench".split()),
    "board": frozenset("notice bulletin drawing black".split()),
}
# What one does with sums: "spent millions".
_MONEY_VERBS = frozenset("spend cost pay raise earn lose save make owe invest donate charge award waste".split())
_CLOSING = frozenset(('"', "”", "’", "'", "''"))
_HEAD_DEPS = frozenset({"compound", "amod", "nmod"})


def noun_at(view: View, i: int, floor: int = 0) -> tuple[int, AgentNoun, bool] | None:
    """Start, noun and plurality of the agent noun that ends at token `i`; None where there is none.

    It begins in the sentence of `i`, at token `floor` or later.
    """
    own = OWN_NOUNS.get(view.lower[i])
    found = noun_ending_at(view, i, max(floor, view.starts[view.sentence[i]]))
    if own is not None and (found is None or found[0] == i):
        return i, own[0], own[1] and own[0].noun != view.lower[i]
    return (found[0], *_numbered(view, i, found[1])) if found is not None else None


def _numbered(view: View, i: int, form: str) -> tuple[AgentNoun, bool]:
    """The agent noun of a form headed by token `i`, and whether it is a plural."""
    noun, plural = agent_index()[form]
    if noun.noun == noun.plural and noun.kind != "organisation":
        plural = True
    if noun.noun == view.lower[i] and view.tag[i] in ("NNS", "NNPS"):
        plural = True
    return noun, plural


def find_nominals(view: View, names: Mapping[int, Mention], titles: frozenset[int]) -> list[Mention]:
    """Mentions by description outside the names, in text order.

    Args:
        names: the mention that each token inside a name belongs to.
        titles: tokens of titles before names, which are no mentions of their own.
    """
    index, endings = agent_index(), agent_endings()
    found: list[Mention] = []
    for i in range(view.size):
        word = view.lower[i]
        if i in names or i in titles or (found and found[-1].head < i < found[-1].end):
            continue
        if word in COUNTING or word in ("those", "others") or view.pos[i] == "NUM":
            mention = _counted_mention(view, i)
        elif word == "old":
            mention = _aged_mention(view, i)
        elif word in index or word in endings or word in OWN_NOUNS:
            mention = _noun_mention(view, i, names)
        else:
            continue
        if mention is not None:
            found.append(mention)
    return found


def _noun_mention(view: View, i: int, names: Mapping[int, Mention]) -> Mention | None:
    pos, tag, dep = view.pos[i], view.tag[i], view.dep[i]
    if pos not in ("NOUN", "PROPN") and not (pos == "ADJ" and dep in ("pobj", "dobj", "nsubj", "nsubjpass", "conj")):
        return None
    if tag in ("VBG", "VBN") or _in_brackets(view, i) or _nickname(view, i, names):
        return None
    around = noun_around(view, i, view.starts[view.sentence[i]])
    if around is not None and not any(k in names for k in range(*around[:2])):
        start, end, form = around
        agent, plural = _numbered(view, i, form)
        return Mention(min(_left_edge(view, i), start), end, i, "nominal", noun=agent, plural=plural)
    noun = noun_at(view, i)
    if noun is not None and noun[0] in names and names[noun[0]].start < noun[0]:
        whole = noun if noun[1].kind != "person" and names[noun[0]].end == i else None  # "the Syrian army command"
        noun = noun_at(view, i, names[noun[0]].end) or whole  # "European Union officials" are none of a union
    if noun is None:
        return None
    start, agent, plural = noun
    head = view.head[i]
    listed = True
    if dep in _HEAD_DEPS and head > i and head < i + 6:
        if plural and agent.kind == "person" and _before_several(view, i, names):
            return Mention(start, i + 1, i, "nominal", listed=False, noun=agent, plural=plural)
        if head in names or noun_at(view, head) is not None:
            return None
        # "police violence", "government loan": the modifier does what the head names
        if agent.kind not in ("group", "organisation") and not plural:
            return None
        listed = agent.kind == "group"
        return Mention(start, i + 1, i, "nominal", listed=listed, noun=agent, plural=plural)
    begin = min(_left_edge(view, i), _left_edge(view, start))  # the parts of "co-chairman" may have no common head
    bare = begin == start and not plural and tag in ("NN", "NNP")
    if bare and agent.noun in _NEED_COMPANY:
        return None
    if view.lower[max(0, i - 1)] in _NO_ACTORS.get(agent.noun, ()):
        return None
    if view.dep[i] == "pobj" and view.lower[head] == "of" and head > 0:
        counter = view.head[head]
        if view.lower[counter] in QUANTITIES and counter < head:
            begin = min(begin, _left_edge(view, counter))
    return Mention(begin, i + 1, i, "nominal", listed=listed, noun=agent, plural=plural)


def _before_several(view: View, i: int, names: Mapping[int, Mention]) -> bool:
    """Whether the plural at token `i` stands before names one after another: "Ministers Ana Costa and Lena Novak"."""
    name = names.get(i + 1)
    return (
        name is not None and name.end + 1 < view.size and view.lower[name.end] in ("and", ",") and name.end + 1 in names
    )


def _nickname(view: View, i: int, names: Mapping[int, Mention]) -> bool:
    """Whether the noun at token `i` ends what somebody calls the name behind it (the "elder brother" Moscow), or what a
    heading quotes ("'Elder brother'")."""
    if i + 1 >= view.size or view.words[i + 1] not in _CLOSING:
        return False
    return i + 2 in names or (i in view.headings and view.tag[i] in ("NN", "NNP"))


def _in_brackets(view: View, i: int) -> bool:
    """Whether a token is the acronym in brackets after an office spelled out: "Chief of Defence Staff (CDS)"."""
    acronym = view.words[i].isupper() and len(view.words[i]) > 1 and not view.capitals
    return acronym and 0 < i < view.size - 1 and view.words[i - 1] == "(" and view.words[i + 1] == ")"


def _left_edge(view: View, i: int) -> int:
    """The first token of the noun phrase before its head `i`, without what a comma cuts off."""
    edge = i
    for child in view.children[i]:
        if child >= i:
            break
        if view.dep[child] in ("det", "amod", "compound", "nummod", "poss", "nmod", "predet", "quantmod", "advmod"):
            first = child
            while True:
                lower = [c for c in view.children[first] if c < first]
                if not lower:
                    break
                first = lower[0]
            edge = min(edge, first)
    while edge < i and view.pos[edge] in ("ADP", "PUNCT", "CCONJ", "SCONJ"):
        edge += 1
    for k in range(i - 1, edge - 1, -1):
        if view.words[k] in (";", ":", "(", ")", '"', "“", "”") or view.sentence[k] != view.sentence[i]:
            return k + 1
    return edge


def _aged_mention(view: View, i: int) -> Mention | None:
    """Somebody told by age alone: "the 31-year-old"."""
    if (
        i < 3
        or view.lower[i - 2] not in ("year", "years")
        or not view.words[i - 3 if view.words[i - 3] != "-" else i - 4].isdecimal()
    ):
        return None
    following = i + 1 < view.size and view.pos[i + 1] in ("NOUN", "PROPN", "ADJ")
    if following or view.dep[i] not in ("nsubj", "nsubjpass", "dobj", "pobj", "attr", "appos", "poss", "conj"):
        return None
    begin = i - 3 if view.words[i - 3] != "-" else i - 4
    if begin and view.lower[begin - 1] in ("the", "a", "an"):
        begin -= 1
    person = agent_index().get("person")
    noun = person[0] if person is not None else AgentNoun("person", "people", "CVL", "person")
    return Mention(begin, i + 1, i, "nominal", noun=noun)


def _counted_mention(view: View, i: int) -> Mention | None:
    """People told by a number or "those" alone: "hundreds gathered", "killing 13", "those imprisoned"."""
    word, dep = view.lower[i], view.dep[i]
    if dep not in ("nsubj", "nsubjpass", "dobj", "pobj", "conj", "agent"):
        return None
    if word == "those":
        if not any(view.dep[c] in ("relcl", "acl") for c in view.children[i]):
            return None
        last = i
        for c in view.children[i]:
            if view.dep[c] == "acl" and view.tag[c] == "VBN" and c <= i + 2:
                last = c
    elif word in COUNTING or word == "others":
        if any(view.lower[c] == "of" for c in view.children[i]):
            return None
        if word != "others" and dep in ("dobj", "conj") and view.lemma[view.clause_verb(i)] in _MONEY_VERBS:
            return None
        last = i
    else:
        verb = view.head[i]
        harmed = view.lemma[verb] in ("kill", "wound", "injure", "arrest", "detain", "hurt", "die", "shoot", "abduct")
        if dep not in ("nsubj", "nsubjpass", "dobj") or not harmed or view.ent[i] in ("DATE", "TIME", "MONEY"):
            return None
        if any(view.lower[c] == "of" for c in view.children[i]):
            return None
        last = i
    begin = _left_edge(view, i)
    people = agent_index().get("people")
    noun = people[0] if people is not None else AgentNoun("people", "people", "CVL", "people")
    return Mention(begin, last + 1, i, "nominal", noun=noun, plural=True)
