"""The user's own actors: read from a table, a CAMEO dictionary or a Wikidata extract; written as a table.

`read_own` tells the form by the content, so that a user names only the file. What cannot be read is handed back line
by line with its reason; the rest is read.
"""

from whowhom.own_actors.entries import BadLine, OwnActor, OwnRole, digest, make_actor, merge_actors
from whowhom.own_actors.forms import read_own
from whowhom.own_actors.table import write_own

__all__ = ["BadLine", "OwnActor", "OwnRole", "digest", "make_actor", "merge_actors", "read_own", "write_own"]
