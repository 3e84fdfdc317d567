"""What the comparisons of two tellings share: how a finding looks, and which types are of which kind."""

from __future__ import annotations

Found = tuple[float, str, bool]
"""Points, what agreed (or contradicts) in words, and whether it contradicts beyond doubt."""
NOTHING: Found = (0.0, "", False)

VERBAL = frozenset({"ACCUSE", "REQUEST", "SUPPORT", "REJECT", "THREATEN", "CONCEDE"})
"""Acts of words, of which the same parties commit many."""
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""What parties do together."""
