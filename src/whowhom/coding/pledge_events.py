"""Pledges told by events: what a word of promising, refusing or demanding commits whom to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from whowhom.candidates import EventCandidate
from whowhom.coding.commitments import Content, full_lemma, has_money, is_chance, read_content, words
from whowhom.coding.plans import said_again
from whowhom.coding.pledge_drafts import Draft, Drafter, governs
from whowhom.records import Actor, PledgeStatus

_RESOLVE = frozenset({"intention", "readiness", "willingness", "plan"})
_ASKED_IF = frozenset({"whether", "if", "how", "why", "what"})  # a question, no demand: "pressed him over whether"
FIRM_TYPES = frozenset({"AGREE", "CONCEDE", "SUPPORT", "AID", "COOPERATE", "CONSULT"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "aux"})
# Verbs that say little beside the noun that they make happen: "back an inquiry", "hold talks".
_LIGHT = frozenset(
    """back support order accept agree conduct carry_out launch make give take hold open help facilitate allow ensure
    put guarantee organise organize begin start resume continue participate join""".split()
)
_BEHAVING = frozenset(
    "show exercise remain keep be become behave calm unite reflect learn realise realize hope".split()
)
_COMPLETED = frozenset({"dobj", "prep", "prt", "xcomp", "acomp"})


class EventPledges:
    """Drafts the pledges that events tell of."""

    def __init__(self, drafter: Drafter) -> None:
        self.drafter = drafter
        self.parsed = drafter.parsed
        self.doc = drafter.doc
        self.who = drafter.who

    def of_event(self, candidate: EventCandidate, earlier: Sequence[Draft]) -> Iterator[Draft]:
        """The pledges that one event makes: one, or one for each of several unlike things that it is about."""
        token = self.doc[candidate.trigger]
        lemma = full_lemma(token)
        status = self._status(candidate, token, lemma)
        if status is None:
            return
        contents = self._contents(candidate, token)
        drafts = [self._of_content(candidate, token, lemma, status, content) for content in contents]
        if not contents and status == "refused":
            drafts = [self._answer(candidate, token, earlier)]
        yield from (draft for draft in drafts if draft is not None)

    def _of_content(
        self, candidate: EventCandidate, token: Token, lemma: str, status: PledgeStatus, content: Content
    ) -> Draft | None:
        promiser, others = candidate.actors, candidate.recipients
        if status == "demanded":
            if not self._demandable(candidate, content):
                return None
            promiser, others = self._asked(candidate, token, content), ()
            if not any(map(_can_be_asked, map(self.who.actor, self.drafter.ids(promiser)))):
                return None
        elif status == "refused":
            if content.vain or not self._refusable(content):
                return None
        elif content.vain or (content.hostile and not self._own_threat(candidate, lemma) and lemma != "agree"):
            return None
        elif lemma not in words("promise") | words("reaffirm") and not content.concrete:
            return None
        elif self._weak(token, lemma, content):
            return None
        elif (
            lemma in ("agree", "accept", "concede", "offer", "clear", "extend", "grant", "commit")
            and content.kind == "other"
            and token.pos_ == "NOUN"
        ):
            return None
        if lemma in words("plan") and not any(governs(self.who.actor(a)) for a in self.drafter.ids(promiser)):
            return None
        lead = content.lead
        if (
            lemma in words("plan")
            and content.kind == "other"
            and lead in ("give", "spend")
            and not has_money(self.doc[content.head])
        ):
            return None
        if (
            lemma == "agree"
            and content.kind == "other"
            and self.doc[content.head].pos_ in ("NOUN", "PROPN")
            and lead not in words("act") | words("proposal")
        ):
            return None
        if lemma in words("gives") and content.kind == "other" and self.doc[content.head].ent_type_ == "MONEY":
            content = replace(content, kind="grant")
        ids, vowed = self.drafter.ids(promiser), lemma in words("vow")
        draft = self.drafter.draft(
            candidate, content, ids, self.drafter.ids(others), status, candidate.rule, vowed=vowed
        )
        if draft is not None and status == "demanded":
            draft.asked_by = frozenset(self.drafter.ids(candidate.actors))
        return draft

    @staticmethod
    def _own_threat(candidate: EventCandidate, lemma: str) -> bool:
        return candidate.type == "THREATEN" and lemma in ("promise", "pledge")

    def _weak(self, token: Token, lemma: str, content: Content) -> bool:
        """Whether a word of promising does not promise: an opinion shared, a ruling accepted, jobs for "upheaval"."""
        head = self.doc[content.head]
        if head.dep_ == "ccomp" and lemma not in words("reaffirm"):
            auxiliaries = {c.lower_ for c in head.children if c.dep_ in ("aux", "auxpass")}
            if head.tag_ != "VB" or auxiliaries & {"should", "must", "could", "may", "might", "can", "did", "does"}:
                return True
        if lemma in ("accept", "offer") and content.kind == "other" and head.pos_ == "NOUN":
            lead = content.lead
            return lead not in words("act") | words("proposal") or (lemma == "offer" and lead in words("resolve"))
        if lemma == "offer" and any(c.dep_ == "dobj" and c.lemma_ in words("resolve") for c in token.children):
            return True
        return head.pos_ in ("NOUN", "PROPN") and not content.concrete and not self._money(head)

    @staticmethod
    def _money(head: Token) -> bool:
        return any(t.ent_type_ == "MONEY" for t in head.subtree)

    def _status(self, candidate: EventCandidate, token: Token, lemma: str) -> PledgeStatus | None:
        if candidate.status in ("negated", "historical", "hypothetical") or token.pos_ == "ADJ" or is_chance(token):
            return None
        if candidate.type in FIRM_TYPES or (candidate.type == "THREATEN" and lemma in words("vow")):
            if lemma in words("reaffirm") and (
                lemma != "confirm" or self._object_in(token, words("word") | {"intention", "readiness", "plan"})
            ):
                return "reaffirmed"
            if lemma in words("consent") and _is_awaited(token):
                return None
            if lemma in words("promise") | words("plan"):
                return "reaffirmed" if said_again(token) else "pledged"
            if lemma in words("grant_ok") and candidate.type == "AGREE":
                return "pledged"
            return None
        if candidate.type == "REJECT" and lemma in words("refuse"):
            return "refused"
        if candidate.type == "REQUEST" and (
            lemma in words("ask") or (candidate.rule.startswith("modal:") and candidate.rule != "modal:need")
        ):
            return "demanded"
        return None

    @staticmethod
    def _object_in(token: Token, lemmas: frozenset[str]) -> bool:
        return any(c.dep_ in ("dobj", "pobj") and c.lemma_.lower() in lemmas for c in token.children)

    def _contents(self, candidate: EventCandidate, token: Token) -> list[Content]:
        sentence = self.parsed.sentences[self.parsed.sentence_of[candidate.trigger]]
        heads = [self.doc[i] for i in candidate.content if sentence.start <= i < sentence.end]
        if not heads:
            heads = [
                c
                for c in token.children
                if c.dep_ == "dobj" and (c.pos_ in ("NOUN", "PROPN") or c.ent_type_ == "MONEY")
            ]
        heads = [h for h in heads if h.i != token.i and h.pos_ != "PRON" and h.lower_ not in ("this", "that", "it")]
        if not heads:
            return []
        head = heads[0]
        if head.pos_ == "NOUN" and head.lemma_.lower() in words("word") | _RESOLVE:
            inner = next((c for c in head.children if c.dep_ in ("acl", "relcl") and c.tag_ == "VB"), None)
            return [read_content(self.parsed, inner or head)]
        head = _including(head)
        content = read_content(self.parsed, head)
        if head.pos_ == "VERB":
            parts = [
                read_content(self.parsed, one, alone=True) for one in (head, *_verbs_beside(head), *_more_asked(token))
            ]
            firm = [part for part in parts if part.concrete and not part.vain]
            if len({part.kind for part in firm}) > 1:
                return firm
        elif not content.concrete:
            for other in heads[1:]:
                more = read_content(self.parsed, other)
                if more.kind != "other" and other.head.i == head.i:
                    return [replace(content, kind=more.kind, concrete=True)]
        return [content]

    def _demandable(self, candidate: EventCandidate, content: Content) -> bool:
        head = self.doc[content.head]
        lead = content.lead
        if content.vain or any(c.dep_ == "neg" or c.lower_ in _ASKED_IF for c in head.children):
            return False
        if (lead in words("hostile") and lead not in words("act")) or lead in words("personal"):
            return False
        if candidate.rule.startswith("modal:"):
            if any(c.dep_ == "aux" and c.lower_ in ("have", "be", "been") for c in head.children):
                return False
            if any(self.who.actor(a).sector == "JUD" for i in candidate.recipients for a in self.who.at(i)):
                return False
            itself = any(c.dep_ == "nsubj" and self.who.at(c.i) for c in head.children)
            itself = itself and any(governs(self.who.actor(a)) for i in candidate.recipients for a in self.who.at(i))
            return itself and (lead in words("act") or (content.kind != "other" and lead not in words("hostile")))
        if head.pos_ in ("VERB", "AUX"):  # whatever somebody is asked to do
            return content.concrete or (
                lead not in _LIGHT | _BEHAVING and any(c.dep_ in _COMPLETED for c in head.children)
            )
        return content.concrete and (lead in words("act") | _LIGHT or content.kind != "other")

    def _asked(self, candidate: EventCandidate, token: Token, content: Content) -> tuple[int, ...]:
        """Those of the demand's recipients who are to keep it, not those whom it would help."""
        head = self.doc[content.head]
        out = []
        for i in candidate.recipients:
            one = self.doc[i]
            up = one.head
            direct = up.i == token.i or (
                up.dep_ in ("prep", "agent", "dative")
                and up.head.i == token.i
                and up.lower_ in ("on", "upon", "to", "of", "by", "with")
            )
            subject = one.dep_ in ("nsubj", "conj", "poss") and (up.i == head.i or up.head.i == head.i)
            if one.dep_ == "conj" and any(j == up.i for j in candidate.recipients):
                direct = True
            if direct or subject or candidate.rule.startswith("modal:"):
                out.append(i)
        return tuple(out)

    def _refusable(self, content: Content) -> bool:
        lead = content.lead
        if lead in words("vain"):
            return False
        if self.doc[content.head].pos_ in ("VERB", "AUX"):
            return lead not in words("hostile") - words("act")
        return content.kind != "other" or lead in words("proposal") | words("act")

    def _answer(self, candidate: EventCandidate, token: Token, earlier: Sequence[Draft]) -> Draft | None:
        """The refusal of what was just asked for: "urged them to leave, but they ruled this out"."""
        if not any(c.dep_ in ("dobj", "nsubjpass") and c.lower_ in ("this", "that", "it") for c in token.children):
            return None
        sentence = self.parsed.sentence_of[candidate.trigger]
        asked = next(
            (d for d in reversed(earlier) if sentence - d.sentence <= 1 and d.pledge.status == "demanded"), None
        )
        promiser = self.drafter.ids(candidate.actors)
        if asked is None or not promiser:
            return None
        span = (self.parsed.sentence_span(candidate.trigger),)
        pledge = replace(
            asked.pledge,
            promiser=promiser,
            beneficiary=tuple(a for a in self.drafter.ids(candidate.recipients) if a not in promiser),
            status="refused",
            evidence=tuple(dict.fromkeys((*span, *asked.pledge.evidence))),
            rule=f"{candidate.rule} answers {asked.pledge.rule}",
        )
        return Draft(pledge, candidate.trigger, sentence, asked.lemmas, tokens=(candidate.trigger, *asked.tokens))


def _including(noun: Token) -> Token:
    """The act that a noun for several is explained by, else the noun: "measures including lifting the curfew"."""
    if noun.pos_ != "NOUN":
        return noun
    named = (g for c in noun.children if c.dep_ == "prep" and c.lower_ == "including" for g in c.children)
    return next((g for g in named if g.dep_ == "pcomp" and g.pos_ == "VERB"), noun)


def _is_awaited(verb: Token) -> bool:
    """Whether a consent is one to come: "they are to agree a treaty", "is expected to approve it"."""
    return verb.head.lemma_.lower() in words("awaited") and any(c.lower_ == "to" for c in verb.children)


def _can_be_asked(actor: Actor) -> bool:
    return governs(actor) or actor.kind == "organisation" or actor.country in ("IGO", "UNO", "EUR")


def _verbs_beside(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if (
            child.dep_ == "conj"
            and child.pos_ == "VERB"
            and not any(c.dep_.startswith("nsubj") for c in child.children)
        ):
            yield child
            yield from _verbs_beside(child)


def _more_asked(verb: Token) -> Iterator[Token]:
    """Bare infinitives that the parser hangs on a finite verb of asking: "we urge them to go and, for once, talk"."""
    if verb.tag_ in ("VBP", "VBZ", "VBD"):
        for child in verb.children:
            if child.dep_ == "conj" and child.tag_ == "VB" and not any(c.dep_ in _SUBJECTS for c in child.children):
                yield child
