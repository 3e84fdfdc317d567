"""Drafts of pledges: who can keep one, when two tell of the same, and what remains when they are joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from whowhom.candidates import ActorIndex, EventCandidate
from whowhom.coding.circumstances import Circumstances
from whowhom.coding.commitments import Content
from whowhom.parse import Parsed
from whowhom.records import Actor, Pledge, PledgeStatus

_GOVERNING = frozenset("GOV MIL LEG PTY REB SPY COP OPP JUD IGO".split())
_PUBLIC = frozenset("ELI UAF PRM NGO LAB REL SOC PRE".split())
# Crowds and bodies that give their word to a government or army now and then; no single persons, no companies.
_VOWING = frozenset("CVL REF AGR EDU MED CRM".split())
# Branches of a state of which one of their own can speak for all.
_BRANCHES = frozenset("COP SPY LEG JUD".split())


@dataclass(slots=True)
class Draft:
    """A pledge with what joining needs to know: its place, the lemmas of its content, who asked for it."""

    pledge: Pledge
    trigger: int
    sentence: int
    lemmas: frozenset[str]
    asked_by: frozenset[str] = frozenset()
    tokens: tuple[int, ...] = ()  # the words that tell it


def governs(actor: Actor) -> bool:
    """Whether an actor is a state or takes part in governing or fighting for one."""
    return actor.kind == "state" or actor.sector in _GOVERNING


def can_keep(actor: Actor) -> bool:
    """Whether a commitment of an actor is a political one."""
    if governs(actor) or actor.country in ("IGO", "UNO", "EUR"):
        return True
    return actor.sector in _PUBLIC or (actor.kind == "people" and actor.country is not None)


def can_vow(actor: Actor) -> bool:
    """Whether the plain promise of an actor is a political commitment."""
    return can_keep(actor) or (actor.kind != "person" and actor.sector in _VOWING)


def same_side(a: Actor, b: Actor) -> bool:
    """Whether two actors are one, a state and those who govern it, or of one branch of it."""
    if a.id == b.id:
        return True
    if a.country is None or a.country != b.country:
        return False
    if a.sector == b.sector and a.sector in _BRANCHES:
        return True
    return all(x.kind == "state" or x.sector in ("GOV", "MIL") for x in (a, b))


def is_office_of(body: Actor, teller: Actor) -> bool:
    """Whether an organisation of unknown sector may be the office of one who governs in its country."""
    if body.kind != "organisation" or body.sector is not None or body.country is None:
        return False
    return teller.kind == "person" and governs(teller) and body.country == teller.country


class Drafter:
    """Writes drafts for one parsed text."""

    def __init__(self, parsed: Parsed, who: ActorIndex, circumstances: Circumstances) -> None:
        self.parsed = parsed
        self.doc = parsed.doc
        self.who = who
        self.circumstances = circumstances

    def ids(self, heads: Iterable[int]) -> tuple[str, ...]:
        """The actors of some tokens, each once."""
        return tuple(dict.fromkeys(a for i in heads for a in self.who.at(i)))

    def draft(
        self,
        candidate: EventCandidate,
        content: Content,
        promiser: tuple[str, ...],
        others: tuple[str, ...],
        status: PledgeStatus,
        rule: str,
        *,
        vowed: bool = False,
    ) -> Draft | None:
        """The draft of a pledge; None where nobody who could keep it makes it, or the text is off the topic.

        `vowed` tells that a word of promising is said of the promiser.
        """
        if not promiser or self.circumstances.topicality(candidate.trigger) < 0.71:
            return None
        if candidate.rule == "plan" and self.circumstances.is_historical(candidate, self.circumstances.when(candidate)):
            return None
        if not any((can_vow if vowed else can_keep)(self.who.actor(a)) for a in promiser):
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
        tokens = tuple(dict.fromkeys((candidate.trigger, *range(content.first, content.last + 1))))
        sentence = self.parsed.sentence_of[candidate.trigger]
        return Draft(pledge, candidate.trigger, sentence, content.lemmas(self.parsed), tokens=tokens)

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


def merged(drafts: Sequence[Draft], who: ActorIndex) -> list[Draft]:
    """The drafts with those joined that tell of one pledge."""
    out: list[Draft] = []
    for draft in drafts:
        for k, other in enumerate(out):
            if _same(other, draft, who):
                out[k] = _joined(other, draft)
                break
        else:
            out.append(draft)
    return out


def answered(drafts: Sequence[Draft]) -> list[Draft]:
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


def _answers(refusal: Draft, demand: Draft) -> bool:
    if not 0 <= refusal.sentence - demand.sentence <= 2:
        return False
    if set(demand.pledge.evidence) & set(refusal.pledge.evidence) and " answers " in refusal.pledge.rule:
        return True
    return bool(set(demand.pledge.promiser) & set(refusal.pledge.promiser) and demand.lemmas & refusal.lemmas)


def _same(a: Draft, b: Draft, who: ActorIndex) -> bool:
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
        return len(shared) >= 2 or any(same_side(x, y) for x in left for y in right)
    return bool(shared)


def _share(p: Pledge, q: Pledge, who: ActorIndex) -> bool:
    if set(p.promiser) & set(q.promiser):
        return True
    left, right = ([who.actor(a) for a in one.promiser] for one in (p, q))
    return any(same_side(a, b) for a in left for b in right)


def _joined(a: Draft, b: Draft) -> Draft:
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
    return Draft(pledge, a.trigger, a.sentence, a.lemmas | b.lemmas, a.asked_by | b.asked_by, (*a.tokens, *b.tokens))
