"""The program as the tasks use it: the coder and the network, loaded when first asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from whowhom.model import Network, load_network
from whowhom.pipeline import Coder
from whowhom.read import article_from_text
from whowhom.records import Article, Document, Skipped


class Program:
    """Hands the tasks coded documents and the network."""

    def __init__(self, coder: Coder | None = None) -> None:
        self.coder = coder or Coder()

    @cached_property
    def network(self) -> Network:
        """The trained network."""
        return load_network()

    def articles(self, records: Iterable[dict[str, Any]], text: str = "text") -> list[Article | Skipped]:
        """Gold records as articles; the language is not asked, since a gold record may be a single short sentence."""
        return [
            article_from_text(
                record[text],
                source_id=str(record["id"]),
                title=record.get("title"),
                url=record.get("url"),
                published=_day(record.get("published") or record.get("date") or record.get("date_publish")),
                language="en",
            )
            for record in records
        ]

    def documents(self, records: Iterable[dict[str, Any]], text: str = "text") -> Iterator[Document | None]:
        """The coded document of each record, None where the program skipped it."""
        for result in self.coder.run(self.articles(records, text)):
            yield result if isinstance(result, Document) else None


def _day(value: Any) -> str | None:
    """The ISO day of `2016-12-17T00:00:00`, `20081206`, or `2016-12-17`; None where there is none."""
    digits = str(value or "")[:10]
    if len(digits) >= 8 and digits[:8].isdigit():
        return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"
    return digits if len(digits) == 10 and digits[4] == "-" else None
