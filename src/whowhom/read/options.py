"""What a caller may set about reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """`published` is the date of texts that carry none; sizes are in bytes and characters, `timeout` in seconds.

    `allow_private` permits web addresses that lead into the own machine or network. `seen` says of the id of a record
    of an archive or an entry of a feed whether it is known already: then it is not read again. `follow_links` says
    whether the page behind an entry of a feed is fetched where the feed has no full text; None: where the feed came
    from the web.

    `attempts` says how often an address is asked at most where a failure may pass. `may_follow` is asked about the
    target of each redirect, an http or https address, before it is called, and again in each attempt: it answers a
    reason, which ends the fetch, or None. It is called in the thread that fetches. `user_agent` is what servers are
    told of who asks; the name of this program is put before it where it is not in it.
    """

    published: str | None = None
    language_check: bool = True
    max_bytes: int = 20_000_000
    max_chars: int = 1_000_000
    timeout: float = 20.0
    allow_private: bool = False
    seen: Callable[[str], bool] | None = None
    follow_links: bool | None = None
    attempts: int = 3
    may_follow: Callable[[str], str | None] | None = None
    user_agent: str | None = None
