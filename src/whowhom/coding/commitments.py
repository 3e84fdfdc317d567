"""What a pledge is about: the words of its content, the kind of commitment, and whether it is one at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from spacy.tokens import Token

from whowhom.parse import Parsed
from whowhom.records import PledgeKind
from whowhom.resources import read_table
from whowhom.resources.table import values, word_class

_WORD_CLASSES = frozenset(
    """promise plan grant_ok reaffirm refuse withdraw keep word ask act vain paper proposal hostile aside resolve
    refusal ready unready personal thing no_talks give_back met kept_law rule deal seek levy vow gives consent
    awaited""".split()
)
_LONGEST = 15
# Labels of what hangs on a content without being part of it: reasons, times, comments.
_OUTSIDE = frozenset({"advcl", "parataxis", "npadvmod", "cc", "punct", "mark", "relcl"})
_INSIDE = frozenset(
    {"dobj", "dative", "attr", "oprd", "xcomp", "acomp", "conj", "compound", "amod", "nmod", "prt", "acl", "nummod"}
)
_PERSONS = frozenset({"him", "her"})
_ASPECTS = frozenset({"continue", "begin", "start", "seek", "try", "work", "keep", "move", "proceed", "resume"})


_CHANCES = frozenset("prospect chance hope likelihood possibility point way idea suggestion sign talk".split())


def words(name: str) -> frozenset[str]:
    """The lemmas of one class of `lexicon/pledges.tsv`."""
    return word_class("lexicon/pledges.tsv", name)


@cache
def _kinds() -> dict[str, PledgeKind]:
    return {
        word: cast(PledgeKind, row["kind"])
        for row in read_table("lexicon/pledges.tsv")
        if row["kind"] not in _WORD_CLASSES
        for word in values(row["words"])
    }


def full_lemma(token: Token) -> str:
    """The lemma in lower case, with its particle: "ruled out" is `rule_out`."""
    lemma = str(token.lemma_).lower()
    for child in token.children:
        if child.dep_ == "prt" or (
            child.dep_ == "advmod" and child.lower_ in ("down", "out", "back", "up") and child.i == token.i + 1
        ):
            return f"{lemma}_{child.lower_}"
    return lemma


def is_chance(token: Token) -> bool:
    """Whether a deed is one that may come: "the prospect of agreeing", "the prospect of Chad agreeing"."""
    of = token.head.head if token.dep_ == "acl" and token.head.dep_ == "pobj" else token.head
    return token.dep_ in ("pcomp", "acl") and of.head.lemma_.lower() in _CHANCES


@dataclass(frozen=True, slots=True)
class Content:
    """What is promised, refused or demanded: its head, its tokens `[first, last]`, and its kind.

    `lead` is the lemma of what is to be done: "provide" in "continue to provide". `core` are the tokens that name the
    commitment itself, without times, reasons and circumstances.
    """

    head: int
    first: int
    last: int
    core: tuple[int, ...]
    kind: PledgeKind
    concrete: bool
    vain: bool
    hostile: bool
    lead: str

    def lemmas(self, parsed: Parsed) -> frozenset[str]:
        """Lemmas of the nouns and verbs of the core."""
        return frozenset(
            parsed.doc[i].lemma_.lower()
            for i in self.core
            if parsed.doc[i].pos_ in ("NOUN", "VERB", "PROPN") and parsed.doc[i].lemma_ not in ("have", "make", "do")
        )


def read_content(parsed: Parsed, head: Token, *, alone: bool = False, narrow: bool = False) -> Content:
    """The content headed by a verb or noun.

    Args:
        parsed: the text.
        head: the verb or noun.
        alone: leave out the verbs coordinated with the head.
        narrow: let only the head and its objects decide the kind.
    """
    core = sorted({t.i for t in (_narrow(head) if narrow else _core(head, alone=alone))})
    lemmas = [full_lemma(parsed.doc[i]) for i in core]
    kind = _kind(parsed, head, core)
    verbal = head.pos_ in ("VERB", "AUX")
    first = head.i if verbal else head.left_edge.i
    while first < head.i and parsed.doc[first].pos_ in ("PUNCT", "CCONJ"):
        first += 1
    last = _last(head)
    lead = full_lemma(_doing(head))
    pronoun = any(c.dep_ == "dobj" and c.lower_ in ("this", "that", "it") for c in head.children)
    concrete = kind != "other" or any(lemma in words("act") for lemma in lemmas[:6])
    weak = not verbal or lead in ("give", "make", "provide", "offer", "take", "accept")
    vain = lead in words("vain") or (weak and any(lemma in words("vain") for lemma in lemmas[:5]))
    vain = vain or (pronoun and kind == "other" and lead not in words("act") - {"accept"})
    hostile = lead in words("hostile") or any(
        c.dep_ == "conj" and c.pos_ == "VERB" and full_lemma(c) in words("hostile") - words("act")
        for c in head.children
        if verbal
    )
    return Content(head.i, first, last, tuple(core), kind, concrete, vain, hostile, lead)


def _doing(verb: Token) -> Token:
    """The verb that says what is done: "provide" in "continue to provide", "work to provide"."""
    if verb.pos_ == "VERB" and verb.lemma_ in _ASPECTS:
        return next((c for c in verb.children if c.dep_ == "xcomp" and c.pos_ == "VERB"), verb)
    return verb


def _narrow(head: Token) -> Iterator[Token]:
    yield head
    for child in head.children:
        if child.dep_ in ("dobj", "dative", "xcomp", "conj", "prt", "attr"):
            yield child
            yield from (c for c in child.children if c.dep_ in ("conj", "compound", "dobj"))
        elif child.dep_ == "prep" and child.lower_ in ("to", "with", "for", "on", "in") and child.i == head.i + 1:
            yield from (c for c in child.children if c.dep_ == "pobj")


def _core(head: Token, depth: int = 0, alone: bool = False) -> Iterator[Token]:
    yield head
    if depth > 5:
        return
    for child in head.children:
        if child.dep_ in _INSIDE:
            if alone and child.dep_ == "conj" and child.pos_ == "VERB":
                continue
            if (
                child.dep_ == "conj"
                and child.pos_ in ("VERB", "AUX")
                and any(c.dep_.startswith("nsubj") for c in child.children)
            ):
                continue
            if child.dep_ == "acl" and child.tag_ not in ("VB", "VBN"):
                continue
            yield from _core(child, depth + 1)
        elif child.dep_ == "relcl" and child.tag_ == "VB" and any(c.lower_ == "to" for c in child.children):
            yield from _core(child, depth + 1)  # "a deal to sell them drones"
        elif child.dep_ in ("prep", "agent") and child.i > head.i and child.lower_ not in words("aside"):
            for inner in child.children:
                if inner.dep_ in ("pobj", "pcomp"):
                    yield from _core(inner, depth + 1)
        elif child.dep_ == "ccomp" and head.pos_ == "VERB" and head.lemma_ in ("ensure", "see"):
            yield from _core(child, depth + 1)


def _last(head: Token) -> int:
    """The last token of the content's words: no trailing clause, reason or time, and not more than a line."""
    doc = head.doc
    first = head.i
    end = head.right_edge.i
    stops: list[int] = []
    for token in doc[head.i : end + 1]:
        if token.i == head.i:
            continue
        left = token.left_edge.i
        if left <= head.i:
            continue
        if (
            (
                token.dep_ in ("advcl", "parataxis")
                or (
                    token.dep_ == "conj"
                    and token.pos_ == "VERB"
                    and token.head.i <= head.i
                    and any(c.dep_.startswith("nsubj") for c in token.children)
                )
            )
            or (
                token.dep_ == "prep"
                and token.lower_ in words("aside")
                and token.lower_ not in ("in", "at", "as", "by", "over", "under", "like", "where", "through", "within")
            )
            or (token.dep_ == "relcl" and left - first > 8)
            or (token.lower_ in ("”", '"', "“", ";", ":", "—") and token.i - first > 2)
        ):
            stops.append(left)
    last = min([end, *(s - 1 for s in stops)])
    if last - first >= _LONGEST:
        cut = next(
            (
                i - 1
                for i in range(first + _LONGEST, first + 4, -1)
                if doc[i].dep_ in ("prep", "cc", "relcl", "mark") or doc[i].pos_ in ("ADP", "CCONJ", "SCONJ", "PUNCT")
            ),
            first + _LONGEST - 1,
        )
        last = min(last, cut)
    while last > first and (
        doc[last].is_punct
        or doc[last].pos_ in ("CCONJ", "DET", "SCONJ", "PART")
        or doc[last].dep_ in ("prep", "pcomp", "agent")
    ):
        last -= 1
    return last


def _kind(parsed: Parsed, head: Token, core: list[int]) -> PledgeKind:
    table = _kinds()
    doc = parsed.doc
    found: list[PledgeKind] = []
    order = [head.i, *(i for i in core if i > head.i), *(i for i in core if i < head.i)]
    for i in order:
        token = doc[i]
        if token.pos_ not in ("VERB", "NOUN", "PROPN", "ADJ") or (
            token.ent_type_ in ("PERSON", "GPE", "ORG") and token.pos_ == "PROPN"
        ):
            continue
        lemma = full_lemma(token)
        kind = table.get(lemma) or table.get(token.lower_)
        if kind == "arms" and token.pos_ == "PROPN":
            continue
        if lemma == "deploy" and not _deploys_people(token):
            kind = "arms" if any(c.lemma_ in ("system", "defense", "defence") for c in _objects(token)) else None
        if kind is None and lemma in ("force", "personnel") and token.lower_ in ("forces", "personnel"):
            kind = "troops"
        if kind is None and lemma in ("withdraw", "withdrawal", "pull_out", "pull"):
            kind = "troops" if _from_place(token) else None
        if kind is None and lemma in words("rule") and token.dep_ in ("dobj", "nsubjpass"):
            kind = "reform"
        if kind is not None and not _misleads(token, lemma, kind):
            found.append(kind)
    if not found:
        return _kind_of_deed(_doing(head))
    if found[0] == "trade" and any(t.pos_ == "NOUN" and table.get(t.lemma_.lower()) == "arms" for t in _sold(head)):
        return "arms"
    for strong in ("arms", "loan"):
        if strong in found and found[0] in (strong, "trade", "grant"):
            return cast(PledgeKind, strong)
    if (
        "talks" in found
        and found[0] in ("release", "ceasefire", "trade")
        and "negotiation" in {doc[i].lemma_ for i in core[:3]}
    ):
        return "talks"
    return found[0]


def _sold(head: Token) -> Iterator[Token]:
    """The words after a verb or noun of trade, but for clauses beside it."""
    return (t for t in head.subtree if head.i < t.i <= head.i + _LONGEST and t.dep_ not in _OUTSIDE)


def _kind_of_deed(verb: Token) -> PledgeKind:
    """The kind that a verb tells with its object where no single word does: a person sent back, a deal sought."""
    lemma = full_lemma(verb)
    if lemma in words("give_back") and any(c.lower_ in _PERSONS or c.ent_type_ == "PERSON" for c in _objects(verb)):
        return "release"
    sought = (*_objects(verb), *(g for c in verb.children if c.dep_ == "prep" for g in c.children))
    if lemma in words("seek") and any(c.lemma_.lower() in words("deal") for c in sought):
        return "talks"
    return "other"


def _misleads(token: Token, lemma: str, kind: PledgeKind) -> bool:
    """Whether a word stands for another thing than the kind that it mostly tells: a target met, a law abided by."""
    if kind == "release":
        unit = token.pos_ == "NOUN" and token.dep_ == "pobj" and token.head.lower_ not in ("of", "for", "to")
        return (
            unit
            or (lemma == "free" and token.pos_ != "VERB")
            or any(c.lemma_.lower() in words("paper") or c.ent_type_ == "MONEY" for c in _objects(token))
        )
    if kind == "talks":
        if lemma == "engage" and any(c.lower_ == "in" and not _is_talks(c) for c in token.children):
            return True
        return (lemma == "meet" and any(c.lemma_.lower() in words("met") for c in _objects(token))) or (
            lemma == "conference" and any(c.lower_ in words("no_talks") for c in token.children)
        )
    if kind == "vote":
        return token.dep_ == "compound" or (lemma in ("vote", "poll") and token.pos_ == "VERB")
    if kind == "reform":
        return token.pos_ == "NOUN" and _is_kept(token)
    if kind == "trade":
        if lemma == "gas" and (token.tag_ == "NNS" or any(c.lower_ in ("greenhouse", "tear") for c in token.children)):
            return True
        return lemma == "duty" and not any(c.lemma_.lower() in words("levy") for c in token.children)
    return kind == "troops" and token.pos_ == "ADJ"


def _is_talks(preposition: Token) -> bool:
    return any(_kinds().get(c.lemma_.lower()) == "talks" for c in preposition.children)


def _is_kept(law: Token) -> bool:
    """Whether a law is one that is obeyed or enforced, not made or changed: "respect international law"."""
    if any(c.lower_ in ("international", "humanitarian", "martial") for c in law.children):
        return True
    if any(c.dep_ == "conj" and c.lower_ == "order" for c in law.children):
        return True
    verb = law.head.head if law.dep_ == "pobj" else law.head
    return full_lemma(verb) in words("kept_law")


def _objects(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ == "dobj":
            yield child
        elif child.dep_ == "prep" and child.lower_ == "of":
            yield from (c for c in child.children if c.dep_ == "pobj")


def _deploys_people(verb: Token) -> bool:
    """Whether those deployed are people: "deploy 300 more" but not "deploy a missile system"."""
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    kinds = [_kinds().get(c.lemma_.lower()) for c in objects]
    return "troops" in kinds or not any(c.lemma_.lower() in words("thing") or kinds == ["arms"] for c in objects)


def _from_place(token: Token) -> bool:
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "from":
            return any(c.ent_type_ in ("GPE", "LOC") for c in child.children)
    return False


def has_money(verb: Token) -> bool:
    """Whether a verb's object is a sum of money or holds one."""
    return any(t.ent_type_ == "MONEY" for c in verb.children if c.dep_ == "dobj" for t in c.subtree)
