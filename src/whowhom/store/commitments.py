"""Whether two reports tell of one commitment, and what became of a commitment over its reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from whowhom.store.telling import Participant
from whowhom.store.traits_when import days

_ROUNDING = 0.05  # two amounts of one pledge differ by no more, and only by rounding
_REPETITION = 7  # days within which the same promise is the same news
# How many days after the last report another one can still tell of the same.
_LIFE = {"loan": 730, "grant": 730, "arms": 365, "troops": 365, "reform": 365, "trade": 365, "release": 180}
_SHORT_LIFE = 45
_COMPATIBLE = ({"loan", "grant"}, {"talks", "ceasefire"}, {"arms", "grant"}, {"trade", "grant"})


@dataclass(frozen=True, slots=True)
class Commitment:
    """What one report says of a pledge; `content` has the stems of its words without the names of the parties."""

    document: int
    number: int
    story: int | None
    kind: str
    content: frozenset[str]
    amount: float | None
    currency: str | None
    due: str | None
    status: str
    date: str | None
    promisers: tuple[Participant, ...]
    beneficiaries: tuple[Participant, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """How alike two tellings are. `vetoed`: they contradict each other, so that nothing else counts."""

    alike: bool
    vetoed: bool = False
    score: float = 0.0
    why: str = ""


def likeness(a: Commitment, b: Commitment) -> Found:
    """Whether two reports tell of one pledge.

    The promiser must be the same, or one a state or its officials and the other of its country and sector; amounts must
    be equal but for rounding; nobody else may be promised to. Then kind, words, beneficiary and time must speak for it.
    """
    if a.document == b.document:
        return Found(False, vetoed=True)
    promiser = _same_promiser(a.promisers, b.promisers)
    amounts = _same_amount(a, b)
    beneficiary = _same_beneficiary(a.beneficiaries, b.beneficiaries)
    if promiser is None or amounts is False or beneficiary is False or _apart(a.due, b.due):
        return Found(False, vetoed=True)
    shared = len(a.content & b.content)
    alike = shared / min(len(a.content), len(b.content)) if a.content and b.content else 0.0
    if not _same_kind(a, b, alike) or not _in_time(a, b, alike, amounts is True):
        return Found(False)
    turned = a.status != b.status and bool({a.status, b.status} & {"refused", "withdrawn", "demanded"})
    if amounts is True:
        enough = shared >= 1 or beneficiary is True
    elif a.kind == b.kind == "other":
        enough = shared >= 2 and alike >= 0.6
    else:
        enough = (alike >= 0.5 and (shared >= 2 or beneficiary is True)) or (alike >= 0.34 and beneficiary is True)
    if turned and amounts is not True:
        enough = enough and alike >= 0.5
    if not enough:
        return Found(False)
    why = [promiser]
    why += ["same amount"] if amounts is True else []
    why += ["same beneficiary"] if beneficiary is True else []
    why += ["same kind"] if a.kind == b.kind != "other" else []
    why += ["like words"] if shared else []
    score = 2.0 * (amounts is True) + (beneficiary is True) + alike + (a.kind == b.kind)
    return Found(True, score=score, why=", ".join(why))


def status_of(history: Sequence[tuple[str | None, str]]) -> str:
    """What became of a pledge whose reports are given by date and status, in order.

    The same promise told again within days is the same news; told later it is reaffirmed. A promise mentioned after it
    was kept stays kept, and a demand does not undo what was promised or refused.
    """
    now, since = history[0][1], history[0][0]
    for date, status in history[1:]:
        if status == "pledged":
            fresh = _days_apart(since, date) > _REPETITION
            if now == "delivered" or (now == "withdrawn" and not fresh):
                continue
            if now in ("pledged", "withdrawn") and fresh:
                now, since = "reaffirmed", date
            elif now in ("demanded", "refused"):
                now, since = "pledged", date
        elif status == "reaffirmed":
            if now != "delivered":
                now, since = "reaffirmed", date
        elif status == "demanded":
            continue
        else:
            now, since = status, date
    return now


def _same_promiser(a: Sequence[Participant], b: Sequence[Participant]) -> str | None:
    """How the promisers agree, None where they do not."""
    if {p.actor for p in a} & {p.actor for p in b}:
        return "same promiser"
    for p in a:
        for q in b:
            if (
                p.country is not None
                and (p.country, p.sector) == (q.country, q.sector)
                and (_stands_for_all(p) or _stands_for_all(q))
            ):
                return "promiser of the same country and sector"
    return None


def _stands_for_all(party: Participant) -> bool:
    """Whether a party is a state, or officials without a name."""
    return party.kind == "state" or not party.named


def _same_beneficiary(a: Sequence[Participant], b: Sequence[Participant]) -> bool | None:
    """Whether the beneficiaries are the same; None where one report names none."""
    if not a or not b:
        return None
    if {p.actor for p in a} & {q.actor for q in b}:
        return True
    countries = {p.country for p in a} & {q.country for q in b} - {None}
    if not countries:
        known = all(p.country for p in (*a, *b))
        return False if known or all(p.named for p in (*a, *b)) else None
    agree = any(
        p.country == q.country in countries and (p.sector == q.sector or _stands_for_all(p) or _stands_for_all(q))
        for p in a
        for q in b
    )
    return bool(agree)


def _same_amount(a: Commitment, b: Commitment) -> bool | None:
    """Whether the amounts are equal but for rounding; None where one is not given."""
    if a.amount is None or b.amount is None:
        return None
    if a.currency and b.currency and a.currency != b.currency:
        return False
    x, y = sorted((a.amount, b.amount))
    if x == y:
        return True
    if x <= 0 or (y - x) / y > _ROUNDING:
        return False
    digits = min(_digits(x), _digits(y))
    return f"{x:.{digits - 1}e}" == f"{y:.{digits - 1}e}"


def _digits(value: float) -> int:
    """How many digits of a number are told, at least one."""
    return max(1, len(f"{value:.8e}".partition("e")[0].replace(".", "").rstrip("0")))


def _same_kind(a: Commitment, b: Commitment, alike: float) -> bool:
    if a.kind == b.kind:
        return True
    if "other" in (a.kind, b.kind):
        return alike >= 0.6 or (a.amount is not None and _same_amount(a, b) is True)
    return {a.kind, b.kind} in _COMPATIBLE and ((a.amount is not None and _same_amount(a, b) is True) or alike >= 0.6)


def _in_time(a: Commitment, b: Commitment, alike: float, same_amount: bool) -> bool:
    if not a.date or not b.date:
        return (a.story is not None and a.story == b.story) or same_amount or alike >= 0.75
    kind = a.kind if a.kind != "other" else b.kind
    life = _LIFE.get(kind, 365 if same_amount else _SHORT_LIFE)
    return _days_apart(a.date, b.date) <= (life if same_amount else min(life, 365))


def _days_apart(a: str | None, b: str | None) -> int:
    if not a or not b:
        return 0
    (a1, a2), (b1, b2) = days(a), days(b)
    return max(0, (a1 - b2).days, (b1 - a2).days)


def _apart(a: str | None, b: str | None) -> bool:
    """Whether two days by which something is due are plainly not one."""
    return bool(a and b) and _days_apart(a, b) > 31
