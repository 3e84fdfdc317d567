"""Pledges: commitments about the future, told by events that promise, refuse or demand something, and by plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from whowhom.candidates import ActorIndex, EventCandidate
from whowhom.coding.circumstances import Circumstances
from whowhom.coding.commitments import Content, full_lemma, read_content, words
from whowhom.parse import Parsed
from whowhom.records import Actor, Pledge, PledgeStatus

_FUTURE = frozenset({"will", "'ll", "’ll", "shall", "wo"})
_RESOLVE = frozenset({"intention", "readiness", "willingness", "plan"})
_SAY = frozenset(
    """say tell announce add state declare promise pledge vow confirm reaffirm reiterate insist stress note write claim
    indicate agree guarantee assure repeat report""".split()
)
_GOVERNING = frozenset("GOV MIL LEG PTY REB SPY COP OPP JUD IGO".split())
_FIRM_TYPES = frozenset({"AGREE", "CONCEDE", "SUPPORT", "AID", "COOPERATE", "CONSULT"})
# Verbs that say little beside the noun that they make happen: "back an inquiry", "hold talks".
_LIGHT = frozenset(
    """back support order accept agree conduct carry_out launch make give take hold open help facilitate allow ensure
    guarantee organise organize begin start resume continue participate join""".split()
)
_CLEARED = frozenset({"sale", "contract", "deal", "export", "transfer", "package", "purchase", "delivery", "shipment"})


@dataclass(slots=True)
class _Draft:
    pledge: Pledge
    trigger: int
    sentence: int
    lemmas: frozenset[str]
    asked_by: frozenset[str] = frozenset()


class _Reader:
    def __init__(self, parsed: Parsed, who: ActorIndex, circumstances: Circumstances) -> None:
        self.parsed = parsed
        self.doc = parsed.doc
        self.who = who
        self.circumstances = circumstances

    # -- events that promise, refuse, demand ---------------------------------------------------------------------------

    def of_event(self, candidate: EventCandidate, earlier: Sequence[_Draft]) -> Iterator[_Draft]:
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
    ) -> _Draft | None:
        promiser, others = candidate.actors, candidate.recipients
        if status == "demanded":
            if not self._demandable(candidate, content):
                return None
            promiser, others = self._asked(candidate, token, content), ()
        elif status == "refused":
            if content.vain or not self._refusable(content):
                return None
        elif content.vain or (content.hostile and not candidate.type == "THREATEN" and lemma != "agree"):
            return None
        elif lemma not in words("promise") | words("reaffirm") and not content.concrete:
            return None
        elif (
            lemma in ("agree", "accept", "concede", "offer", "clear", "extend", "grant", "commit")
            and content.kind == "other"
            and token.pos_ == "NOUN"
        ):
            return None
        if lemma in words("plan") and not any(_governs(self.who.actor(a)) for a in self._ids(promiser)):
            return None
        lead = full_lemma(self.doc[content.head])
        if (
            lemma in words("plan")
            and content.kind == "other"
            and lead in ("give", "spend")
            and not _has_money(self.doc[content.head])
        ):
            return None
        if (
            lemma == "agree"
            and content.kind == "other"
            and self.doc[content.head].pos_ == "NOUN"
            and lead not in words("act") | words("proposal")
        ):
            return None
        draft = self._draft(candidate, content, self._ids(promiser), self._ids(others), status, candidate.rule)
        if draft is not None and status == "demanded":
            draft.asked_by = frozenset(self._ids(candidate.actors))
        return draft

    @staticmethod
    def _future(verb: Token) -> bool:
        return verb.tag_ == "VB" and not any(
            c.lower_ in ("did", "does", "do") for c in verb.children if c.dep_ == "aux"
        )

    def _status(self, candidate: EventCandidate, token: Token, lemma: str) -> PledgeStatus | None:
        if candidate.status in ("negated", "historical", "hypothetical") or token.pos_ == "ADJ":
            return None
        if candidate.type in _FIRM_TYPES or (candidate.type == "THREATEN" and lemma in ("promise", "pledge")):
            if lemma in words("reaffirm") and (
                lemma != "confirm" or self._object_in(token, words("word") | {"intention", "readiness", "plan"})
            ):
                return "reaffirmed"
            if lemma in words("promise") | words("plan"):
                return "reaffirmed" if self._said_again(token) else "pledged"
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

    @staticmethod
    def _said_again(token: Token) -> bool:
        for above in (token.head, token.head.head):
            if above.pos_ == "VERB" and above.i != token.i:
                return above.lemma_.lower() in words("reaffirm") - {"confirm"}
        return False

    def _contents(self, candidate: EventCandidate, token: Token) -> list[Content]:
        sentence = self.parsed.sentences[self.parsed.sentence_of[candidate.trigger]]
        heads = [self.doc[i] for i in candidate.content if sentence.start <= i < sentence.end]
        if not heads:
            heads = [c for c in token.children if c.dep_ == "dobj" and c.pos_ in ("NOUN", "PROPN")]
        heads = [h for h in heads if h.i != token.i and h.pos_ != "PRON" and h.lower_ not in ("this", "that", "it")]
        if not heads:
            return []
        head = heads[0]
        if head.pos_ == "NOUN" and head.lemma_.lower() in words("word") | _RESOLVE:
            inner = next((c for c in head.children if c.dep_ in ("acl", "relcl") and c.tag_ == "VB"), None)
            return [read_content(self.parsed, inner or head)]
        content = read_content(self.parsed, head)
        if head.pos_ == "VERB":
            parts = [read_content(self.parsed, one, alone=True) for one in (head, *_verbs_beside(head))]
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
        lead = full_lemma(head)
        if content.vain or any(c.dep_ == "neg" for c in head.children):
            return False
        if lead in words("hostile") and lead not in words("act"):
            return False
        if candidate.rule.startswith("modal:"):
            itself = any(c.dep_ == "nsubj" and self.who.at(c.i) for c in head.children)
            itself = itself and any(_governs(self.who.actor(a)) for i in candidate.recipients for a in self.who.at(i))
            return itself and (lead in words("act") or (content.kind != "other" and lead not in words("hostile")))
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
        lead = full_lemma(self.doc[content.head])
        if lead in words("vain"):
            return False
        if self.doc[content.head].pos_ in ("VERB", "AUX"):
            return lead not in words("hostile") - words("act")
        return content.kind != "other" or lead in words("proposal") | words("act")

    def _answer(self, candidate: EventCandidate, token: Token, earlier: Sequence[_Draft]) -> _Draft | None:
        """The refusal of what was just asked for: "urged them to leave, but they ruled this out"."""
        if not any(c.dep_ in ("dobj", "nsubjpass") and c.lower_ in ("this", "that", "it") for c in token.children):
            return None
        sentence = self.parsed.sentence_of[candidate.trigger]
        asked = next(
            (d for d in reversed(earlier) if sentence - d.sentence <= 1 and d.pledge.status == "demanded"), None
        )
        promiser = self._ids(candidate.actors)
        if asked is None or not promiser:
            return None
        span = (self.parsed.sentence_span(candidate.trigger),)
        pledge = replace(
            asked.pledge,
            promiser=promiser,
            beneficiary=tuple(a for a in self._ids(candidate.recipients) if a not in promiser),
            status="refused",
            evidence=tuple(dict.fromkeys((*span, *asked.pledge.evidence))),
            rule=f"{candidate.rule} answers {asked.pledge.rule}",
        )
        return _Draft(pledge, candidate.trigger, sentence, asked.lemmas)

    # -- plans and kept or broken promises -------------------------------------------------------------------------------

    def of_verb(self, token: Token) -> _Draft | None:
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
        if not auxiliaries & _FUTURE and "would" not in auxiliaries:
            return None
        return self._planned(token, "would" in auxiliaries and not auxiliaries & _FUTURE)

    def _plain(self, token: Token) -> bool:
        return not any(c.dep_ == "neg" for c in token.children)

    def _kept(self, token: Token, word: Token, status: PledgeStatus) -> _Draft | None:
        if token.tag_ not in ("VBD", "VBN", "VBZ") or any(
            c.dep_ == "neg" or c.lower_ in ("if", "would", "could", "should", "may", "might", "will", "to")
            for c in token.children
        ):
            return None
        inner = next((c for c in word.children if c.dep_ == "acl" and c.tag_ == "VB"), None)
        if inner is None:
            return None
        promiser = self._ids(self._subject(token))
        return self._draft(
            self._event(token, inner),
            read_content(self.parsed, inner),
            promiser,
            (),
            status,
            f"v:{token.lemma_}+promise",
        )

    def _committed(self, token: Token) -> _Draft | None:
        prep = next((c for c in token.children if c.dep_ == "prep" and c.lower_ == "to"), None)
        inner = next((c for c in prep.children if c.dep_ in ("pobj", "pcomp")), None) if prep is not None else None
        if inner is None:
            return None
        content = read_content(self.parsed, inner)
        if not content.concrete:
            return None
        status: PledgeStatus = "reaffirmed" if self._said_again(token) else "pledged"
        return self._draft(
            self._event(token, inner), content, self._ids(self._subject(token)), (), status, "a:committed"
        )

    def _cleared(self, token: Token) -> _Draft | None:
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
            makers = tuple(i for c in token.children if c.dep_ == "agent" for g in c.children for i in _conjuncts(g))
        else:
            makers = self._subject(token)
        others = tuple(a for c in deal.children if c.dep_ in ("acl", "prep") for a in self._others(c))
        return self._draft(
            self._event(token, deal), content, self._ids(makers), others, "pledged", f"v:{token.lemma_}+deal"
        )

    def _planned(self, token: Token, past: bool) -> _Draft | None:
        verb = token
        if verb.lemma_ in ("continue", "begin", "start", "seek", "try", "work"):
            verb = next((c for c in verb.children if c.dep_ == "xcomp" and c.pos_ == "VERB"), verb)
        content = read_content(self.parsed, verb)
        lead = full_lemma(verb)
        if read_content(self.parsed, verb, narrow=True).kind == "other" and not _has_money(verb):
            return None
        if (
            content.vain
            or content.kind == "other"
            or content.hostile
            or lead in ("be", "have", "face", "need", "see", "take", "attend")
        ):
            return None
        if any(c.dep_ == "advcl" and any(g.lower_ in ("if", "unless") for g in c.children) for c in token.children):
            return None
        if any(
            c.lower_ in ("if", "unless", "whether", "when", "what", "how", "why") and c.dep_ in ("mark", "advmod")
            for c in token.children
        ):
            return None
        promisers = self._subject(token)
        ids = self._ids(promisers)
        makers = [a for a in map(self.who.actor, ids) if _can_keep(a)]
        if not makers or any(self.doc[i].dep_ == "nsubjpass" for i in promisers):
            return None
        teller = self._teller(token)
        if teller is None:
            if past or not any(
                self.doc[i].lower_ in ("we", "i") or self.doc[i].pos_ in ("PROPN", "NOUN") for i in promisers
            ):
                return None
        else:
            tellers = [self.who.actor(a) for i in teller for a in self.who.at(i)]
            if not any(_same_side(t, m) for t in tellers for m in makers):
                return None
            ids = tuple(
                dict.fromkeys(
                    (
                        *ids,
                        *(
                            t.id
                            for t in tellers
                            if t.kind == "person" and any(_same_side(t, m) for m in makers) and t.sector == "GOV"
                        ),
                    )
                )
            )
        negated = any(c.dep_ == "neg" for c in token.children)
        status: PledgeStatus = "refused" if negated else "reaffirmed" if self._said_again(token) else "pledged"
        return self._draft(self._event(token, verb), content, ids, self._others(verb), status, "plan")

    def _teller(self, token: Token) -> tuple[int, ...] | None:
        """The subject of the verb of saying that governs a clause; None where the report itself tells it."""
        clause = token
        for _ in range(3):
            if clause.dep_ == "conj" and clause.head.pos_ in ("VERB", "AUX"):
                clause = clause.head
        above = clause.head
        if clause.dep_ in ("ccomp", "parataxis") and above.i != clause.i:
            return self._subject(above) if above.lemma_.lower() in _SAY else ()
        if clause.dep_ in ("relcl", "acl", "advcl"):
            return ()
        for child in clause.children:
            if child.dep_ in ("ccomp", "parataxis") and child.lemma_.lower() in _SAY:
                return self._subject(child)
        return None

    def _subject(self, verb: Token) -> tuple[int, ...]:
        for _ in range(4):
            for child in verb.children:
                if child.dep_ in ("nsubj", "nsubjpass"):
                    return tuple(_conjuncts(child))
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
        return self._ids(out)

    def _event(self, token: Token, head: Token) -> EventCandidate:
        clause = frozenset(t.i for t in head.subtree if t.i >= head.i)
        return EventCandidate(
            trigger=token.i, words=((token.i, token.i + 1),), type="AGREE", mode=None, contexts=(), actors=(), recipients=(),
            status="planned", statement=None, clause=clause, content=(head.i,), weight=1.0, rule="plan",
        )  # fmt: skip

    # -- the record --------------------------------------------------------------------------------------------------------

    def _ids(self, heads: Iterable[int]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(a for i in heads for a in self.who.at(i)))

    def _draft(
        self,
        candidate: EventCandidate,
        content: Content,
        promiser: tuple[str, ...],
        others: tuple[str, ...],
        status: PledgeStatus,
        rule: str,
    ) -> _Draft | None:
        if not promiser or self.circumstances.topicality(candidate.trigger) < 0.71:
            return None
        if not any(_can_keep(self.who.actor(a)) for a in promiser):
            return None
        head = self.doc[content.head]
        inner = frozenset(t.i for t in head.subtree if t.i >= content.first)
        about = replace(candidate, clause=inner, type="AGREE")
        money = self.circumstances.how_much(about).get("money") or self.circumstances.how_much(candidate).get("money")
        text = self.parsed.reading.text[
            self.doc[content.first].idx : self.doc[content.last].idx + len(self.doc[content.last])
        ]
        pledge = Pledge(
            promiser=promiser,
            beneficiary=tuple(a for a in others if a not in promiser),
            kind=content.kind,
            what=" ".join(text.split()).strip("\"“”'‘’ "),
            amount=(money.high if money.high is not None else money.low) if money else None,
            currency=money.currency if money else None,
            due=self._due(about),
            status=status,
            evidence=(self.parsed.sentence_span(candidate.trigger),),
            rule=f"{rule} -> {status}",
        )
        return _Draft(
            pledge, candidate.trigger, self.parsed.sentence_of[candidate.trigger], content.lemmas(self.parsed)
        )

    def _first(self, content: Content, promiser: tuple[str, ...]) -> int:
        """Where the words of a content begin: at its verb, or at the verb's subject where that is not the promiser."""
        head = self.doc[content.head]
        if head.dep_ != "ccomp":
            return content.first
        subject = next((c for c in head.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < head.i), None)
        if subject is None or set(self.who.at(subject.i)) & set(promiser):
            return content.first
        return min(content.first, subject.left_edge.i)

    def _due(self, about: EventCandidate) -> str | None:
        """The day by which a pledge is to be kept: a time in its content that lies after the report."""
        published = self.parsed.article.published
        when = self.circumstances.when(about)
        if when is None or published is None:
            return None
        last = when[1] or when[0]
        return last if last[: len(published)] > published[: len(last)] else None


def _verbs_beside(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if (
            child.dep_ == "conj"
            and child.pos_ == "VERB"
            and not any(c.dep_.startswith("nsubj") for c in child.children)
        ):
            yield child
            yield from _verbs_beside(child)


def _conjuncts(token: Token) -> Iterator[int]:
    yield token.i
    for child in token.children:
        if child.dep_ == "conj":
            yield from _conjuncts(child)


def _has_money(verb: Token) -> bool:
    return any(t.ent_type_ == "MONEY" for c in verb.children if c.dep_ == "dobj" for t in c.subtree)


def _governs(actor: Actor) -> bool:
    return actor.kind == "state" or actor.sector in _GOVERNING


def _can_keep(actor: Actor) -> bool:
    return _governs(actor) or (actor.country is not None and actor.sector not in ("BUS", "MED", "JRN"))


def _same_side(a: Actor, b: Actor) -> bool:
    """Whether two actors are one, or a state and those who govern it."""
    if a.id == b.id:
        return True
    return (
        a.country is not None
        and a.country == b.country
        and all(x.kind == "state" or x.sector in ("GOV", "MIL") for x in (a, b))
    )


def code_pledges(
    parsed: Parsed, candidates: Sequence[EventCandidate], who: ActorIndex, circumstances: Circumstances
) -> list[Pledge]:
    """The pledges of a report in text order; one pledge told twice is one record with both sentences as evidence."""
    reader = _Reader(parsed, who, circumstances)
    drafts: list[_Draft] = []
    told: set[int] = set()
    for candidate in candidates:
        for draft in reader.of_event(candidate, drafts):
            drafts.append(draft)
            told.add(candidate.trigger)
            told.update(candidate.content)
    for token in parsed.doc:
        if token.i not in told and (token.pos_ == "VERB" or token.lower_ == "committed"):
            draft = reader.of_verb(token)
            if draft is not None:
                drafts.append(draft)
    drafts.sort(key=lambda d: d.trigger)
    return [draft.pledge for draft in _answered(_merged(_merged(drafts, who), who))]


def _merged(drafts: Sequence[_Draft], who: ActorIndex) -> list[_Draft]:
    out: list[_Draft] = []
    for draft in drafts:
        for k, other in enumerate(out):
            if _same(other, draft, who):
                out[k] = _joined(other, draft)
                break
        else:
            out.append(draft)
    return out


def _answered(drafts: Sequence[_Draft]) -> list[_Draft]:
    """The pledges without the demands that a refusal answers; the refusal keeps their evidence."""
    gone: set[int] = set()
    for refusal in drafts:
        if refusal.pledge.status != "refused":
            continue
        for k, demand in enumerate(drafts):
            if demand.pledge.status == "demanded" and k not in gone and _answers(refusal, demand):
                gone.add(k)
                evidence = tuple(dict.fromkeys((*refusal.pledge.evidence, *demand.pledge.evidence)))
                refusal.pledge = replace(refusal.pledge, evidence=evidence)
    return [draft for k, draft in enumerate(drafts) if k not in gone]


def _answers(refusal: _Draft, demand: _Draft) -> bool:
    if not 0 <= refusal.sentence - demand.sentence <= 2:
        return False
    if set(demand.pledge.evidence) & set(refusal.pledge.evidence) and " answers " in refusal.pledge.rule:
        return True
    return bool(set(demand.pledge.promiser) & set(refusal.pledge.promiser) and demand.lemmas & refusal.lemmas)


def _same(a: _Draft, b: _Draft, who: ActorIndex) -> bool:
    p, q = a.pledge, b.pledge
    if p.status != q.status and {p.status, q.status} & {"refused", "demanded", "withdrawn"}:
        return False
    if (p.amount and q.amount and p.amount != q.amount) or not _share(p, q, who):
        return False
    if p.kind != q.kind:
        if {p.kind, q.kind} == {"loan", "grant"}:
            return bool(set(p.evidence) & set(q.evidence))
        vague, firm = (p, q) if p.kind == "other" else (q, p)
        together = set(p.evidence) & set(q.evidence)
        return vague.kind == "other" and bool(together) and firm.amount is not None and vague.amount is None
    shared = a.lemmas & b.lemmas
    if p.amount and p.amount == q.amount:
        return True
    if p.status == "withdrawn":
        return True
    if p.status == "demanded":
        if not set(p.promiser) & set(q.promiser):
            return False
        return len(shared) >= 2 or bool(a.asked_by & b.asked_by and (shared or p.kind != "other"))
    if p.kind == "other":
        left, right = ([who.actor(x) for x in one.beneficiary] for one in (p, q))
        return len(shared) >= 2 or any(_same_side(x, y) for x in left for y in right)
    return bool(shared)


def _share(p: Pledge, q: Pledge, who: ActorIndex) -> bool:
    if set(p.promiser) & set(q.promiser):
        return True
    left, right = ([who.actor(a) for a in one.promiser] for one in (p, q))
    return any(_same_side(a, b) for a in left for b in right)


def _joined(a: _Draft, b: _Draft) -> _Draft:
    p, q = a.pledge, b.pledge
    fuller = q if p.kind == "other" and q.kind != "other" else p
    pledge = replace(
        fuller,
        promiser=tuple(dict.fromkeys((*p.promiser, *q.promiser))),
        beneficiary=tuple(
            dict.fromkeys(x for x in (*p.beneficiary, *q.beneficiary) if x not in p.promiser + q.promiser)
        ),
        amount=p.amount or q.amount,
        currency=p.currency or q.currency,
        due=p.due or q.due,
        status="reaffirmed" if "reaffirmed" in (p.status, q.status) else p.status,
        evidence=tuple(dict.fromkeys((*p.evidence, *q.evidence))),
    )
    return _Draft(pledge, a.trigger, a.sentence, a.lemmas | b.lemmas, a.asked_by | b.asked_by)
