"""Plans told by those who make them ("we will send troops"), and promises kept, broken or let go ahead."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from whowhom.candidates import EventCandidate
from whowhom.coding.commitments import full_lemma, has_money, read_content, words
from whowhom.coding.pledge_drafts import Draft, Drafter, can_keep, can_vow, governs, is_office_of, same_side
from whowhom.records import PledgeStatus

_FUTURE = frozenset({"will", "'ll", "’ll", "shall", "wo"})
_PRESENT = frozenset({"are", "'re", "’re", "is", "'s", "’s", "am", "'m", "’m"})  # before "going to"
_FIRST = frozenset({"we", "i"})
# Verbs by which somebody makes his own plan known.
SAY = frozenset(
    """say tell announce add state declare promise pledge vow confirm reaffirm reiterate insist stress note write claim
    indicate agree guarantee assure repeat report""".split()
)
_NO_PLAN = frozenset({"be", "have", "face", "need", "see", "take", "attend", "consider", "become", "seem"})
_CLEARED = frozenset({"sale", "contract", "deal", "export", "transfer", "package", "purchase", "delivery", "shipment"})


def said_again(token: Token) -> bool:
    """Whether a verb above says that something holds as before: "reiterated that it was committed"."""
    for above in (token.head, token.head.head):
        if above.pos_ == "VERB" and above.i != token.i:
            return above.lemma_.lower() in words("reaffirm") - {"confirm"}
    return False


class PlanReader:
    """Reads pledges off verbs that name no event of promising."""

    def __init__(self, drafter: Drafter, agreed: frozenset[int], hostile: frozenset[int]) -> None:
        """A reader for one text; `agreed` and `hostile` are the verbs that tell of cooperative and hostile events."""
        self.drafter = drafter
        self.agreed = agreed
        self.hostile = hostile
        self.parsed = drafter.parsed
        self.doc = drafter.doc
        self.who = drafter.who

    def of_verb(self, token: Token) -> Draft | None:
        """A plan told by its maker ("we will send troops"), or a promise kept or broken."""
        lemma = full_lemma(token)
        word = next((c for c in token.children if c.dep_ == "dobj" and c.lemma_.lower() in words("word")), None)
        if word is None:
            word = next(
                (
                    g
                    for c in token.children
                    if c.dep_ == "prep" and c.lower_ in ("on", "from")
                    for g in c.children
                    if g.dep_ == "pobj" and g.lemma_.lower() in words("word")
                ),
                None,
            )
        if word is not None and lemma in words("keep") | words("withdraw"):
            return self._kept(token, word, "delivered" if lemma in words("keep") else "withdrawn")
        if token.lower_ == "committed" and self._plain(token):
            return self._committed(token)
        if lemma in words("grant_ok") and self._plain(token):
            draft = self._cleared(token)
            if draft is not None:
                return draft
        auxiliaries = {c.lower_ for c in token.children if c.dep_ == "aux"}
        if token.lower_ == "going" and auxiliaries & _PRESENT:
            return self._planned(token, False)
        if not auxiliaries & _FUTURE and "would" not in auxiliaries:
            return None
        return self._planned(token, "would" in auxiliaries and not auxiliaries & _FUTURE)

    def _plain(self, token: Token) -> bool:
        return not any(c.dep_ == "neg" for c in token.children)

    def _kept(self, token: Token, word: Token, status: PledgeStatus) -> Draft | None:
        if token.tag_ not in ("VBD", "VBN", "VBZ") or any(
            c.dep_ == "neg" or c.lower_ in ("if", "would", "could", "should", "may", "might", "will", "to")
            for c in token.children
        ):
            return None
        inner = next((c for c in word.children if c.dep_ == "acl" and c.tag_ == "VB"), None)
        if inner is None:  # "broke its promise on immigration"
            about = (c for c in word.children if c.dep_ == "prep" and c.lower_ in ("on", "of", "over", "about"))
            inner = next((g for c in about for g in c.children if g.dep_ == "pobj" and g.pos_ == "NOUN"), None)
        if inner is None:
            return None
        promiser = self.drafter.ids(self._subject(token))
        return self.drafter.draft(
            self._event(token, inner),
            read_content(self.parsed, inner),
            promiser,
            (),
            status,
            f"v:{token.lemma_}+promise",
        )

    def _committed(self, token: Token) -> Draft | None:
        prep = next((c for c in token.children if c.dep_ == "prep" and c.lower_ == "to"), None)
        inner = next((c for c in prep.children if c.dep_ in ("pobj", "pcomp")), None) if prep is not None else None
        if inner is None:
            return None
        content = read_content(self.parsed, inner)
        if not content.concrete:
            return None
        status: PledgeStatus = "reaffirmed" if said_again(token) or token.head.lemma_ == "remain" else "pledged"
        makers = self._subject(token.head if token.dep_ == "acomp" else token)
        return self.drafter.draft(
            self._event(token, inner), content, self.drafter.ids(makers), (), status, "a:committed"
        )

    def _cleared(self, token: Token) -> Draft | None:
        """A sale or deal that somebody let go ahead."""
        deal = next(
            (c for c in token.children if c.dep_ in ("dobj", "nsubjpass") and c.lemma_.lower() in _CLEARED), None
        )
        if (
            deal is None
            or token.tag_ not in ("VBD", "VBN", "VBZ")
            or any(c.lower_ in ("to", "will", "would", "may") for c in token.children if c.dep_ == "aux")
        ):
            return None
        content = read_content(self.parsed, deal)
        if content.kind not in ("arms", "loan", "grant", "troops", "trade"):
            return None
        if deal.dep_ == "nsubjpass":
            makers = tuple(i for c in token.children if c.dep_ == "agent" for g in c.children for i in conjuncts(g))
        else:
            makers = self._subject(token)
        others = tuple(a for c in deal.children if c.dep_ in ("acl", "prep") for a in self._others(c))
        return self.drafter.draft(
            self._event(token, deal), content, self.drafter.ids(makers), others, "pledged", f"v:{token.lemma_}+deal"
        )

    def _planned(self, token: Token, past: bool) -> Draft | None:
        verb = token
        if verb.lemma_ in ("continue", "begin", "start", "seek", "try", "work") or verb.lower_ == "going":
            verb = next((c for c in verb.children if c.dep_ == "xcomp" and c.pos_ == "VERB"), verb)
        if verb.lower_ == "going":
            return None
        content = read_content(self.parsed, verb)
        lead = full_lemma(verb)
        teller = self._teller(token)
        vowed = bool(teller) and self._is_vow(token)
        promisers = self._subject(token)
        first = any(self.doc[i].lower_ in _FIRST for i in promisers)
        vague = read_content(self.parsed, verb, narrow=True).kind == "other" and not has_money(verb)
        own = bool(teller) or (teller is None and first)
        if vague and not vowed and not (own and (verb.i in self.agreed or self._act(verb, lead))):
            return None
        if content.vain or content.hostile or lead in _NO_PLAN or (verb.i in self.hostile and not vowed):
            return None
        if content.kind == "other" and not vague:
            return None
        if any(c.dep_ == "advcl" and any(g.lower_ in ("if", "unless") for g in c.children) for c in token.children):
            return None
        if any(
            c.lower_ in ("if", "unless", "whether", "when", "what", "how", "why") and c.dep_ in ("mark", "advmod")
            for c in token.children
        ):
            return None
        ids = self.drafter.ids(promisers)
        tellers = [self.who.actor(a) for i in teller or () for a in self.who.at(i)]
        makers = [
            a
            for a in map(self.who.actor, ids)
            if (can_vow if vowed else can_keep)(a) or any(is_office_of(a, t) for t in tellers)
        ]
        if not makers or any(self.doc[i].dep_ == "nsubjpass" for i in promisers):
            return None
        if teller is None:
            if (
                past
                or not any(map(governs, makers))
                or not any(
                    self.doc[i].lower_ in ("we", "i") or self.doc[i].pos_ in ("PROPN", "NOUN") for i in promisers
                )
            ):
                return None
        else:
            owned = {a for i in promisers for c in self.doc[i].children if c.dep_ == "poss" for a in self.who.at(c.i)}
            sides = [t for t in tellers if any(same_side(t, m) or is_office_of(m, t) for m in makers)]
            if not vowed and not sides and not any(t.id in owned for t in tellers):
                return None
            if vague and not vowed and not any(governs(m) for m in (*makers, *sides)):
                return None
            ids = tuple(
                dict.fromkeys(
                    (
                        *ids,
                        *(
                            t.id
                            for t in tellers
                            if vowed or (t.kind == "person" and t.sector in ("GOV", "COP", "MIL") and t in sides)
                        ),
                    )
                )
            )
        negated = any(c.dep_ == "neg" or c.lower_ in ("nor", "neither") for c in token.children)
        negated = negated or (token.dep_ == "conj" and any(c.lower_ == "nor" for c in token.head.children))
        status: PledgeStatus = "refused" if negated else "reaffirmed" if said_again(token) else "pledged"
        event = self._event(token, verb)
        return self.drafter.draft(event, content, ids, self._others(verb), status, "plan", vowed=vowed)

    @staticmethod
    def _act(verb: Token, lead: str) -> bool:
        """Whether a verb tells of a concrete act, or of doing all that can be done."""
        if lead == "do":
            return any(c.dep_ == "dobj" and c.lower_ in ("all", "everything", "utmost") for c in verb.children)
        return lead in words("act") and any(c.dep_ in ("dobj", "prep", "xcomp", "ccomp") for c in verb.children)

    @staticmethod
    def _is_vow(token: Token) -> bool:
        """Whether the verb that governs a clause is one of promising: "assured him that they would help"."""
        above = _clause(token).head
        return _clause(token).dep_ == "ccomp" and above.lemma_.lower() in words("vow") and above.tag_ != "VB"

    def _teller(self, token: Token) -> tuple[int, ...] | None:
        """The subject of the verb of saying that governs a clause; None where the report itself tells it."""
        clause = _clause(token)
        above = clause.head
        if clause.dep_ in ("ccomp", "parataxis") and above.i != clause.i:
            return self._speaker(above)
        if clause.dep_ in ("relcl", "acl", "advcl"):
            return ()
        for child in clause.children:
            if child.dep_ in ("ccomp", "parataxis") and child.lemma_.lower() in SAY:
                return self._speaker(child)
        return None

    def _speaker(self, verb: Token) -> tuple[int, ...] | None:
        """Who says something; () where the verb is none of saying, None where "it was announced" by nobody named."""
        if verb.lemma_.lower() not in SAY:
            return ()
        subject = self._subject(verb)
        impersonal = len(subject) == 1 and self.doc[subject[0]].lower_ == "it" and not self.who.at(subject[0])
        return None if impersonal else subject

    def _subject(self, verb: Token) -> tuple[int, ...]:
        for _ in range(4):
            for child in verb.children:
                if child.dep_ in ("nsubj", "nsubjpass"):
                    return tuple(conjuncts(child))
            if verb.dep_ not in ("conj", "xcomp", "advcl") or verb.head.i == verb.i:
                return (verb.head.i,) if verb.dep_ in ("relcl", "acl") else ()
            verb = verb.head
        return ()

    def _others(self, verb: Token) -> tuple[str, ...]:
        out: list[int] = []
        for child in verb.children:
            if child.dep_ in ("dative", "dobj"):
                out.append(child.i)
                out.extend(c.i for c in child.children if c.dep_ == "pobj")
            elif child.dep_ == "prep" and child.lower_ in ("to", "with", "for"):
                out.extend(c.i for c in child.children if c.dep_ == "pobj")
        return self.drafter.ids(out)

    def _event(self, token: Token, head: Token) -> EventCandidate:
        clause = frozenset(t.i for t in head.subtree if t.i >= head.i)
        return EventCandidate(
            trigger=token.i, words=((token.i, token.i + 1),), type="AGREE", mode=None, contexts=(), actors=(),
            recipients=(), status="planned", statement=None, clause=clause, content=(head.i,), weight=1.0, rule="plan",
        )  # fmt: skip


def _clause(token: Token) -> Token:
    """The first of the verbs with which a verb is coordinated."""
    for _ in range(3):
        if token.dep_ == "conj" and token.head.pos_ in ("VERB", "AUX"):
            token = token.head
    return token


def conjuncts(token: Token) -> Iterator[int]:
    """The token and those coordinated with it."""
    yield token.i
    for child in token.children:
        if child.dep_ == "conj":
            yield from conjuncts(child)
