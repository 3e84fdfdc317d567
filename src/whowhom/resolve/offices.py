"""Which of the actors already known a noun for an office can mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from whowhom.resolve.view import Entity
from whowhom.resources.knowledge import AgentNoun, leaders

TOP_OFFICES = frozenset({"head_of_state", "head_of_government", "monarch", "supreme_leader", "leader", "pope"})
OFFICES_OF = {
    "leader": TOP_OFFICES | {"opposition_leader", "party_leader", "rebel_leader"},
    "head_of_state": frozenset({"head_of_state"}),
    "head_of_government": frozenset({"head_of_government"}),
    "monarch": frozenset({"monarch"}),
    "pope": frozenset({"pope", "head_of_state"}),
    "former_leader": frozenset({"former_head_of_state", "former_head_of_government", "former_leader"}),
}
_DIPLOMATS = frozenset({"foreign_minister", "ambassador", "envoy", "deputy_foreign_minister"})


@cache
def _other_offices() -> Mapping[str, Mapping[str, str]]:
    """By title of those who lead a state, the countries in which it is but that of another office, and which."""
    found: dict[str, dict[str, set[str]]] = {}
    for term in leaders():
        found.setdefault(term.title, {}).setdefault(term.country or "", set()).add(term.office)
    leading = {title for title, countries in found.items() if any(o & TOP_OFFICES for o in countries.values())}
    return {title: {country: min(o) for country, o in found[title].items() if not o & TOP_OFFICES} for title in leading}


def differs_by_country(noun: AgentNoun) -> bool:
    """Whether a noun for who leads a state means another office in some countries: "the chancellor", "the premier"."""
    return noun.office in TOP_OFFICES and bool(_other_offices().get(noun.noun))


def office_in(noun: AgentNoun, country: str | None) -> AgentNoun:
    """The noun with the office that it means in a country: the British chancellor is the minister of finance."""
    other = _other_offices().get(noun.noun, {}).get(country or "") if noun.office in TOP_OFFICES else None
    return noun if other is None else replace(noun, office=other)


def holds(entity: Entity, noun: AgentNoun, country: str | None, former: bool) -> bool:
    """Whether an actor is one that a noun for an office or calling can mean: "the president", "the minister".

    Args:
        country: the country that the description names, if any.
        former: whether it says that the office is past.
    """
    if entity.kind == "organisation":
        return entity.named and noun.noun in entity.name.lower().split()
    if entity.kind != "person" or entity.plural or (country and entity.country != country):
        return False
    past = entity.sector == "ELI" or any(n.startswith(("former", "ex-")) for n in entity.nouns)
    if former:
        plain = noun.office.removeprefix("former_")
        return past and (
            noun.noun in entity.nouns
            or noun.noun.removeprefix("former ").removeprefix("ex-") in entity.nouns
            or (bool(plain) and any(o.removeprefix("former_") == plain for o in entity.offices))
            or (plain == "leader" and bool(entity.offices))
        )
    if noun.noun in entity.nouns:
        return not past or entity.named is False
    if past:
        return False
    wide = OFFICES_OF.get(noun.office)
    if wide is not None:
        return bool(wide & entity.offices)
    if noun.noun == "diplomat":
        return bool(_DIPLOMATS & entity.offices)
    if noun.office in ("minister", "spokesman", "legislator", "candidate"):
        return any(noun.office in office for office in entity.offices)
    if noun.office:
        return noun.office in entity.offices and entity.named
    return noun.noun == "politician" and entity.named and entity.sector in ("GOV", "LEG", "PTY", "OPP")
