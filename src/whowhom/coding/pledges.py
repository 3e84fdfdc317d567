"""Pledges: commitments about the future, told by events that promise, refuse or demand something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import cast

from whowhom.candidates import ActorIndex, EventCandidate
from whowhom.coding.circumstances import Circumstances
from whowhom.parse import Parsed
from whowhom.records import Pledge, PledgeKind, PledgeStatus
from whowhom.resources import read_table
from whowhom.resources.table import values

_PROMISING = frozenset(
    """promise pledge vow commit offer guarantee undertake swear assure commitment promised pledged offer_up sign_up
    approve grant extend earmark allocate agree confirm reaffirm reiterate renew repeat insist""".split()
)
_REAFFIRMING = frozenset("reaffirm reiterate confirm renew repeat restate reassure".split())
_REFUSING = frozenset("refuse rule_out reject decline rebuff veto resist".split())
_WITHDRAWING = frozenset("renege backtrack back_out abandon scrap withdraw cancel drop".split())
_DEMANDED_KINDS = frozenset({"release", "reform", "ceasefire", "talks", "troops", "loan", "arms", "vote", "grant"})


@cache
def _kinds() -> dict[str, str]:
    return {word: row["kind"] for row in read_table("lexicon/pledges.tsv") for word in values(row["words"])}


def code_pledges(
    parsed: Parsed, candidates: Sequence[EventCandidate], who: ActorIndex, circumstances: Circumstances
) -> list[Pledge]:
    """The pledges of a report in text order; one pledge told twice is one record with both sentences as evidence."""
    out: list[Pledge] = []
    for candidate in candidates:
        pledge = _pledge(parsed, candidate, who, circumstances)
        if pledge is None:
            continue
        for k, other in enumerate(out):
            if _same(other, pledge):
                out[k] = _joined(other, pledge)
                break
        else:
            out.append(pledge)
    return out


def _status(candidate: EventCandidate, lemma: str) -> PledgeStatus | None:
    if candidate.status in ("negated", "historical", "hypothetical"):
        return None
    if candidate.type in ("AGREE", "CONCEDE"):
        if lemma in _REAFFIRMING:
            return "reaffirmed"
        return "pledged" if lemma in _PROMISING or candidate.rule.endswith("future") else None
    if candidate.type == "REJECT":
        if lemma in _WITHDRAWING:
            return "withdrawn"
        return "refused" if lemma in _REFUSING else None
    if candidate.type == "REQUEST":
        return "demanded"
    return None


def _pledge(
    parsed: Parsed, candidate: EventCandidate, who: ActorIndex, circumstances: Circumstances
) -> Pledge | None:
    token = parsed.doc[candidate.trigger]
    particle = next((f"_{c.lower_}" for c in token.children if c.dep_ == "prt"), "")
    status = _status(candidate, token.lemma_.lower() + particle)
    if status is None:
        return None
    words = _what(parsed, candidate)
    if words is None:
        return None
    first, last, heads = words
    kind = _kind(parsed, first, last, heads)
    promisers, others = candidate.actors, candidate.recipients
    if status == "demanded":
        if kind not in _DEMANDED_KINDS or not others:
            return None
        promisers, others = others, ()
    promiser = tuple(dict.fromkeys(a for i in promisers for a in who.at(i)))
    if not promiser:
        return None
    if candidate.rule.endswith("future") and kind == "other":
        return None
    beneficiary = tuple(dict.fromkeys(a for i in others for a in who.at(i) if a not in promiser))
    money = circumstances.how_much(candidate).get("money")
    return Pledge(
        promiser=promiser,
        beneficiary=beneficiary,
        kind=kind,
        what=" ".join(parsed.reading.text[parsed.doc[first].idx : parsed.doc[last].idx + len(parsed.doc[last])].split()),
        amount=(money.high if money.high is not None else money.low) if money else None,
        currency=money.currency if money else None,
        due=None,
        status=status,
        evidence=(parsed.sentence_span(candidate.trigger),),
        rule=f"{candidate.rule} -> {status}",
    )


def _what(parsed: Parsed, candidate: EventCandidate) -> tuple[int, int, tuple[int, ...]] | None:
    """First and last token of the words that tell what is pledged, and the heads in them."""
    doc = parsed.doc
    sentence = parsed.sentences[parsed.sentence_of[candidate.trigger]]
    heads = [i for i in candidate.content if sentence.start <= i < sentence.end]
    if not heads and candidate.rule.endswith("future"):
        heads = [candidate.trigger]
    if not heads:
        return None
    head = doc[heads[0]]
    left = head.left_edge.i if head.pos_ not in ("VERB", "AUX") else head.i
    right = head.right_edge.i
    while right > left and doc[right].is_punct:
        right -= 1
    return left, min(right, left + 30), tuple(heads)


def _kind(parsed: Parsed, first: int, last: int, heads: Sequence[int]) -> PledgeKind:
    table = _kinds()
    doc = parsed.doc
    for i in (*heads, *range(first, last + 1)):
        kind = table.get(doc[i].lemma_.lower())
        if kind is not None and doc[i].pos_ in ("VERB", "NOUN", "ADJ", "PROPN"):
            return cast(PledgeKind, kind)
    return "other"


def _same(a: Pledge, b: Pledge) -> bool:
    if a.kind != b.kind or not set(a.promiser) & set(b.promiser):
        return False
    if a.amount and b.amount and a.amount != b.amount:
        return False
    if {a.status, b.status} & {"refused", "demanded", "withdrawn"} and a.status != b.status:
        return False
    if a.kind == "other":
        shared = set(a.what.casefold().split()) & set(b.what.casefold().split())
        return len(shared) >= 3 or bool(a.amount and a.amount == b.amount)
    return True


def _joined(a: Pledge, b: Pledge) -> Pledge:
    return replace(
        a,
        promiser=tuple(dict.fromkeys((*a.promiser, *b.promiser))),
        beneficiary=tuple(dict.fromkeys((*a.beneficiary, *b.beneficiary))),
        amount=a.amount or b.amount,
        currency=a.currency or b.currency,
        status="reaffirmed" if "reaffirmed" in (a.status, b.status) else a.status,
        evidence=tuple(dict.fromkeys((*a.evidence, *b.evidence))),
    )
