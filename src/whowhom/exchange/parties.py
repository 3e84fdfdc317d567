"""What kind of actor a name of another project's file stands for; the files do not say."""

from __future__ import annotations

import re
from functools import lru_cache

from whowhom.exchange.countries import country_of
from whowhom.records import ActorKind
from whowhom.resources.knowledge import BEYOND_COUNTRIES, leaders_by_name

_OF_A_COUNTRY = re.compile(r".+ \([^()]+\)")  # "Police (India)"


@lru_cache(maxsize=65536)
def kind_of(name: str, country: str | None) -> ActorKind:
    """A state where the name is its country's, a person who has held an office, a group as in "Police (India)"."""
    if country is not None and country not in BEYOND_COUNTRIES and country_of(name) == country:
        return "state"
    if name.casefold() in leaders_by_name():
        return "person"
    return "group" if _OF_A_COUNTRY.fullmatch(name) else "organisation"
