"""Commitments told by words that make no event: "his pledge to", "is ready to", "asked that X return Y"."""

from __future__ import annotations

from spacy.tokens import Token

from whowhom.candidates import EventCandidate
from whowhom.coding.commitments import Content, full_lemma, read_content, words
from whowhom.coding.ground import Slots
from whowhom.coding.plans import SAY
from whowhom.coding.pledge_drafts import Draft, Drafter, governs, same_side
from whowhom.records import PledgeStatus

_GIVING = frozenset({"make", "give", "offer", "issue", "repeat", "renew", "reiterate", "confirm", "honour", "stress"})
_UNSURE = frozenset({"if", "unless", "whether", "would", "could", "may", "might", "should"})
_WANTED = frozenset({"seek", "want", "lack", "need", "demand", "await", "expect", "get", "obtain", "secure"})


class PromiseReader:
    """Reads pledges off nouns, adjectives and verbs of promising or asking."""

    def __init__(self, drafter: Drafter, slots: Slots) -> None:
        self.drafter = drafter
        self.parsed = drafter.parsed
        self.who = drafter.who
        self.slots = slots

    def of_token(self, token: Token) -> Draft | None:
        """The pledge that a word tells of, None where it tells of none."""
        lemma = token.lemma_.lower()
        if token.pos_ == "NOUN" and lemma in words("word") | words("resolve") | words("refusal"):
            return self._of_noun(token, lemma)
        if token.pos_ == "ADJ" and lemma in words("ready") | words("unready"):
            return self._of_adjective(token, lemma)
        if token.pos_ == "VERB" and lemma in words("ask"):
            return self._of_demand(token)
        return None

    def _of_noun(self, noun: Token, lemma: str) -> Draft | None:
        """ "His pledge to cut taxes", "the government's refusal to negotiate", "gave an assurance that it would"."""
        head = next((c for c in noun.children if c.dep_ in ("acl", "relcl", "xcomp") and c.tag_ == "VB"), None)
        if head is None:
            head = next((c for c in noun.children if c.dep_ in ("ccomp", "acl") and _future(c)), None)
        above = noun.head
        if head is None or (noun.dep_ == "dobj" and above.lemma_.lower() in _WANTED) or _unsure(noun):
            return None
        if _settled(noun):
            return None
        makers = self._owners(noun)
        status: PledgeStatus = "refused" if lemma in words("refusal") else "pledged"
        if noun.dep_ == "dobj" and above.lemma_.lower() in words("reaffirm"):
            status = "reaffirmed"
        content = read_content(self.parsed, head)
        return self._draft(noun, content, makers, status, f"n:{lemma}", firm=lemma in words("word"))

    def _owners(self, noun: Token) -> tuple[int, ...]:
        inner = self.slots.noun(noun)
        for name in ("poss", "prep_of", "prep_by", "compound", "amod"):
            if self.drafter.ids(inner.get(name, ())):
                return inner[name]
        above = noun.head
        if noun.dep_ == "dobj" and above.lemma_.lower() in _GIVING | words("reaffirm"):
            return self.slots.verb(above).get("subj", ())
        return ()

    def _of_adjective(self, adjective: Token, lemma: str) -> Draft | None:
        """ "We are ready to talk", "he said his country was unwilling to sign"."""
        verb = adjective.head
        inner = next((c for c in adjective.children if c.dep_ == "xcomp" and c.pos_ == "VERB"), None)
        inner = inner or self._talks_after(adjective)
        if adjective.dep_ != "acomp" or inner is None or verb.lemma_ not in ("be", "remain", "stand") or _unsure(verb):
            return None
        makers = self.slots.verb(verb).get("subj", ())
        if not self.drafter.ids(makers) and verb.dep_ == "ccomp" and verb.head.lemma_.lower() in SAY:
            makers = self.slots.verb(verb.head).get(
                "subj", ()
            )  # "Norway said it was ready", where "it" stood for nobody
        negated = any(c.dep_ == "neg" for c in (*verb.children, *adjective.children)) or lemma in words("unready")
        if not self._own_word(verb, makers):
            return None
        content = read_content(self.parsed, inner)
        return self._draft(adjective, content, makers, "refused" if negated else "pledged", f"a:{lemma}", firm=False)

    def _talks_after(self, adjective: Token) -> Token | None:
        """The noun for talks that somebody is "ready for" or "open to"."""
        nouns = (g for c in adjective.children if c.dep_ == "prep" and c.lower_ in ("for", "to") for g in c.children)
        return next((n for n in nouns if n.pos_ == "NOUN" and read_content(self.parsed, n).kind == "talks"), None)

    def _own_word(self, verb: Token, makers: tuple[int, ...]) -> bool:
        """Whether those who are ready say so themselves, or those of their side."""
        doc = self.parsed.doc
        if any(doc[i].lower_ in ("we", "i") for i in makers):
            return True
        above = verb.head
        if verb.dep_ not in ("ccomp", "parataxis") or above.pos_ != "VERB":
            return False
        tellers = self.drafter.ids(self.slots.verb(above).get("subj", ()))
        sides = [self.who.actor(a) for a in self.drafter.ids(makers)]
        return any(same_side(self.who.actor(t), m) for t in tellers for m in sides)

    def _of_demand(self, verb: Token) -> Draft | None:
        """ "Asked that the government return him", "demanded that it hold an election"."""
        head = next((c for c in verb.children if c.dep_ == "ccomp" and c.tag_ in ("VB", "VBP")), None)
        if head is None or any(c.dep_ == "aux" and c.lower_ not in ("should", "must", "to") for c in head.children):
            return None
        makers = tuple(i for i in self.slots.verb(head).get("subj", ()))
        asking = self.drafter.ids(self.slots.verb(verb).get("subj", ()))
        content = read_content(self.parsed, head)
        if any(c.dep_ == "neg" for c in (*head.children, *verb.children)) or _unsure(verb):
            return None
        if not any(governs(self.who.actor(a)) and a not in asking for a in self.drafter.ids(makers)):
            return None
        return self._draft(verb, content, makers, "demanded", f"v:{verb.lemma_}+that", firm=False)

    def _draft(
        self, token: Token, content: Content, makers: tuple[int, ...], status: PledgeStatus, rule: str, *, firm: bool
    ) -> Draft | None:
        if content.vain or content.hostile or not (firm or content.concrete):
            return None
        if status in ("demanded", "refused") and content.lead in words("personal"):
            return None
        return self.drafter.draft(event_at(token, content.head), content, self.drafter.ids(makers), (), status, rule)


def event_at(token: Token, head: int) -> EventCandidate:
    """The commitment of a word as an event, for the time and money of its content."""
    inner = token.doc[head]
    clause = frozenset(t.i for t in inner.subtree if t.i >= inner.i)
    return EventCandidate(
        trigger=token.i, words=((token.i, token.i + 1),), type="AGREE", mode=None, contexts=(), actors=(),
        recipients=(), status="planned", statement=None, clause=clause, content=(head,), weight=1.0, rule="plan",
    )  # fmt: skip


def _future(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in ("will", "would", "'ll", "’ll") for c in verb.children)


def _settled(noun: Token) -> bool:
    """Whether a verb above tells that the promise was kept or broken, which makes a record of its own."""
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    if noun.dep_ not in ("pobj", "dobj") or full_lemma(verb) not in words("keep") | words("withdraw"):
        return False
    return verb.tag_ in ("VBD", "VBN", "VBZ") and not any(c.dep_ == "neg" for c in verb.children)


def _unsure(token: Token) -> bool:
    """Whether a word stands under a condition or a denial: "if he is ready", "made no promise"."""
    for one in (token, token.head):
        if any(c.lower_ in _UNSURE and c.dep_ in ("mark", "aux") for c in one.children):
            return True
    return any(c.lower_ in ("no", "any", "without") for c in token.children)
