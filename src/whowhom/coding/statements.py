"""Statement candidates become statement records: the speaker resolved, spans in the article's text."""

from __future__ import annotations

from collections.abc import Sequence

from whowhom.candidates import ActorIndex, StatementCandidate
from whowhom.coding.circumstances import Circumstances
from whowhom.parse import Parsed
from whowhom.records import Statement


def code_statements(
    parsed: Parsed, candidates: Sequence[StatementCandidate], who: ActorIndex, circumstances: Circumstances
) -> list[Statement]:
    """One record a candidate, in text order. A statement whose speaker is no known actor keeps speaker None."""
    out = []
    for candidate in candidates:
        if not candidate.content:
            continue
        speakers = who.at(candidate.speaker) if candidate.speaker is not None else ()
        addressees = who.at(candidate.addressee) if candidate.addressee is not None else ()
        anchors = [first for first, _ in (*candidate.cue, *candidate.content)]
        evidence = tuple(dict.fromkeys(parsed.sentence_span(i) for i in anchors))
        out.append(
            Statement(
                speaker=speakers[0] if speakers else None,
                addressee=addressees[0] if addressees else None,
                kind=candidate.kind,
                cue=tuple(parsed.span(first, last - 1) for first, last in candidate.cue),
                content=tuple(parsed.span(first, last - 1) for first, last in candidate.content),
                date=circumstances.said_on(candidate),
                evidence=evidence,
                rule=candidate.rule,
            )
        )
    return out
