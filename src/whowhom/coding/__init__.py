"""Candidates in, records out.

Statements, events, pledges and relations of one report, with the actors that resolution found and the dates, places and
quantities around them. Nothing here reads or writes a file, and one report never influences another.
"""

from whowhom.coding.circumstances import Circumstances
from whowhom.coding.events import code_events
from whowhom.coding.pledges import code_pledges
from whowhom.coding.relations import code_relations
from whowhom.coding.statements import code_statements

__all__ = ["Circumstances", "code_events", "code_pledges", "code_relations", "code_statements"]
