"""What can be asked of a store: a connection and a `Filter` in, rows of plain values out, a page at a time.

`filters` says what may be narrowed down, `people` finds who is meant by a name or code, the other modules answer.
"""

from whowhom.store.questions.filters import Filter, Page

__all__ = ["Filter", "Page"]
