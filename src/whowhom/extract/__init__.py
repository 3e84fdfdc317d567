"""Parsed texts in, candidates out: statements and events as token indices, nobody resolved yet."""

from whowhom.extract.clauses import Clauses
from whowhom.extract.events import extract_events
from whowhom.extract.statements import extract_statements

__all__ = ["Clauses", "extract_events", "extract_statements"]
