"""whowhom reads news and turns it into a structured, sourced record of politics.

>>> import whowhom
>>> record = whowhom.code(text, published="2020-09-14")
>>> for event in record.events:
...     print(event.type, event.actors, event.recipients)

Everything heavy is loaded when first used, so that importing this package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from whowhom.pipeline import Coder
    from whowhom.records import Document
    from whowhom.store import Store

__version__ = "0.1.0"
__all__ = ["Coder", "Document", "Store", "__version__", "code"]


def code(
    text: str,
    *,
    published: str | date | None = None,
    title: str | None = None,
    url: str | None = None,
) -> Document:
    """The coded document of one report.

    The language model is loaded at the first call and kept. For many reports use `Coder`, which reads files, folders,
    addresses and JSONL, and turns a report that fails into a `Skipped` with its reason.

    Args:
        text: the report, as plain text or Markdown.
        published: its date, against which "Monday" and "last month" are resolved; ISO 8601 or a common form.
        title: its headline, where the text does not hold it.
        url: its address.

    Raises:
        InputError: the text is empty, or not English.
        DateError: `published` is no date.
    """
    return _coder().code(text, published=published, title=title, url=url)


def _coder() -> Coder:
    global _shared
    if _shared is None:
        from whowhom.pipeline import Coder

        _shared = Coder()
    return _shared


_shared: Coder | None = None


def __getattr__(name: str) -> Any:
    if name == "Coder":
        from whowhom.pipeline import Coder

        return Coder
    if name == "Document":
        from whowhom.records import Document

        return Document
    if name == "Store":
        from whowhom.store import Store

        return Store
    raise AttributeError(f"module 'whowhom' has no attribute {name!r}")
