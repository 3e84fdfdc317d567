"""What extraction finds, before anybody is resolved: token indices into one parsed article, no ids.

A token range is `(first, last + 1)`, half-open, in tokens of `Parsed.doc`.
"""

from __future__ import annotations

from dataclasses import dataclass

from whowhom.records import StatementKind

TokenRange = tuple[int, int]


@dataclass(frozen=True, slots=True)
class StatementCandidate:
    """Words that somebody is said to have said.

    `speaker` and `addressee` are the indices of the head tokens of the noun phrases or pronouns that name them (None
    where the text has none), `cue` the token ranges of the reporting words (empty for a bare quotation), `content` the
    token ranges of the words said, without quotation marks, cue or speaker.
    """

    speaker: int | None
    addressee: int | None
    kind: StatementKind
    cue: tuple[TokenRange, ...]
    content: tuple[TokenRange, ...]
    rule: str
