"""Redirects: a request of a watch ends with the first, and its target waits for its host as any address does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urldefrag

from whowhom.read import ReadOptions
from whowhom.read.fetch import MAX_REDIRECTS


@dataclass(slots=True)
class Redirect:
    """Whether a request was redirected. `target`: where it is to go on, empty where it is not.

    `before` are the redirects that led to the request. The target is noted in the thread that fetches, and is to be
    read once the fetch is over.
    """

    before: int = 0
    target: str = ""

    def options(self, reading: ReadOptions) -> ReadOptions:
        """What the one request is to be made with."""
        return replace(reading, attempts=1, may_follow=self._follow)

    def _follow(self, target: str) -> str:
        if self.before >= MAX_REDIRECTS:
            return f"it redirects more than {MAX_REDIRECTS} times"
        self.target = urldefrag(target).url
        return f"it redirects to {self.target}"
