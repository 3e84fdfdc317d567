"""The country for whose readers an outlet writes, from its address: there its unnamed police and courts belong."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from whowhom.resources.knowledge import countries, publishers

_ENDINGS = {"uk": "GBR", "su": "RUS", "eu": ""}
_NO_COUNTRY = ("tv", "me", "io", "co", "ai", "fm", "ly", "cc", "ws", "to", "am", "la", "is", "eu", "im", "gg")
"""Endings of countries under which anybody writes."""
_CALL_SIGN = re.compile(r"[kw][a-z]{3}(?:\d{1,2}|tv|news|radio|am|fm)?\.(?:com|org|net)")
"""Stations of the United States have call signs of four letters that begin with K or W (47 CFR 2.302)."""


@cache
def _endings() -> dict[str, str]:
    own = {country.iso2.lower(): country.iso3 for country in countries()}
    for generic in _NO_COUNTRY:
        own.pop(generic, None)
    return own | _ENDINGS


@cache
def home_of(url: str | None) -> str | None:
    """The country of an outlet's readers, None where its news is of the whole world or nothing is known of it."""
    if not url:
        return None
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return None
    known = publishers()
    parts = host.split(".")
    for k in range(len(parts) - 1):
        outlet = known.get(".".join(parts[k:]))
        if outlet is not None:
            return outlet.country if outlet.local else None
    if _CALL_SIGN.fullmatch(".".join(parts[-2:])):
        return "USA"
    return _endings().get(parts[-1]) or None
