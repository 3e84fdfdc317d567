"""What a caller may set about reading."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """`published` is the date of texts that carry none; sizes are in bytes and characters, `timeout` in seconds.

    `allow_private` permits web addresses that lead into the own machine or network.
    """

    published: str | None = None
    language_check: bool = True
    max_bytes: int = 20_000_000
    max_chars: int = 1_000_000
    timeout: float = 20.0
    allow_private: bool = False
