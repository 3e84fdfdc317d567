"""The store: coded documents in one SQLite file, joined over reports, and the questions that it answers.

`writer` puts documents in: `fingerprints` finds near copies, `stories` what they are part of, `actors`, `happenings`
and `pledges` join what several reports tell. `questions` answers. `Store` is the door for programs.
"""

from whowhom.store.questions import Filter, Page
from whowhom.store.store import Store

__all__ = ["Filter", "Page", "Store"]
