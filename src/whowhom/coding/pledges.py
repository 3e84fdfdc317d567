"""Pledges: commitments about the future, told by events that promise, refuse or demand something, and by plans."""

from __future__ import annotations

from collections.abc import Sequence

from whowhom.candidates import ActorIndex, EventCandidate
from whowhom.coding.circumstances import Circumstances
from whowhom.coding.plans import PlanReader
from whowhom.coding.pledge_drafts import Draft, Drafter, answered, merged
from whowhom.coding.pledge_events import FIRM_TYPES, EventPledges
from whowhom.coding.pledge_reading import SeenPledges, weighed
from whowhom.coding.promises import PromiseReader
from whowhom.extract.clauses import Clauses
from whowhom.model import Reading
from whowhom.parse import Parsed
from whowhom.records import Pledge

_HOSTILE_TYPES = frozenset({"THREATEN", "SANCTION", "COERCE", "ASSAULT", "ACCUSE", "PROTEST"})


def code_pledges(
    parsed: Parsed,
    candidates: Sequence[EventCandidate],
    who: ActorIndex,
    circumstances: Circumstances,
    reading: Reading | None = None,
) -> list[Pledge]:
    """The pledges of a report in text order; one pledge told twice is one record with both sentences as evidence.

    Those that the network of `reading`, where there is one, hardly sees are left out, and those that it sees plainly
    are added.
    """
    drafter = Drafter(parsed, who, circumstances)
    agreed = frozenset(c.trigger for c in candidates if c.type in FIRM_TYPES and c.status == "occurred")
    hostile = frozenset(c.trigger for c in candidates if c.type in _HOSTILE_TYPES)
    reader, plans = EventPledges(drafter), PlanReader(drafter, agreed, hostile)
    promises = PromiseReader(drafter, Clauses(parsed.doc))
    drafts: list[Draft] = []
    told: set[int] = set()
    for candidate in candidates:
        for draft in reader.of_event(candidate, drafts):
            drafts.append(draft)
            told.add(candidate.trigger)
            told.update(candidate.content)
    for token in parsed.doc:
        if token.i in told:
            continue
        plan = plans.of_verb(token) if token.pos_ == "VERB" or token.lower_ == "committed" else None
        plan = plan or promises.of_token(token)
        if plan is not None:
            drafts.append(plan)
    if reading is not None:
        drafts = weighed(drafter, drafts, candidates, SeenPledges(reading))
    drafts.sort(key=lambda d: d.trigger)
    return [draft.pledge for draft in answered(merged(merged(drafts, who), who))]
