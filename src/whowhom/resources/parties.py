"""Political parties by the words that reports put beside a person's name: "Tory", "Social Democrat", "GOP"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from whowhom.resources.knowledge import Organisation, organisations
from whowhom.resources.table import word_class

_SHORT = 4  # letters; "SNS" and "Neos" are no plurals

Label = tuple[str, ...]
"""The words of a label in lower case."""


@cache
def parties_by_label() -> dict[Label, tuple[Organisation, ...]]:
    """Parties by the words that stand for them or for one of their people."""
    found: dict[Label, dict[str, Organisation]] = {}
    by_name = {party.name: party for party in organisations() if party.sector == "PTY" and party.kind == "organisation"}
    for party in by_name.values():
        for name in (party.name, *party.aliases):
            for form in _forms(name):
                found.setdefault(form, {})[party.name] = party
    for row in _words("label"):
        word, name = row.split("=")
        if name in by_name:
            found.setdefault(tuple(word.split()), {})[name] = by_name[name]
    return {form: tuple(parties.values()) for form, parties in found.items()}


@cache
def countries_of_label() -> dict[str, tuple[str, frozenset[str]]]:
    """By labels of one word the country of the party that is usually meant, and those with a party that begins so.

    "Republican" is of the United States unless the report speaks of Armenia, which has a Republican Party too.
    """
    named: dict[str, set[str]] = {}
    for party in organisations():
        if party.sector == "PTY" and party.country is not None:
            for name in (party.name, *party.aliases):
                named.setdefault(name.split()[0].lower(), set()).add(party.country)
    usual = {word: name for word, name in (row.split("=") for row in _words("label")) if " " not in word}
    one = {
        label[0]: next((party for party in parties if party.name == usual.get(label[0])), parties[0])
        for label, parties in parties_by_label().items()
        if len(label) == 1 and (len(parties) == 1 or label[0] in usual)
    }
    return {
        label: (party.country, frozenset(named.get(label, ())) - {party.country})
        for label, party in one.items()
        if party.country is not None
    }


@cache
def written_in_capitals() -> frozenset[str]:
    """Names of parties that are written in capitals, in lower case: "Pan" is no PAN."""
    names = {name for party in organisations() if party.sector == "PTY" for name in (party.name, *party.aliases)}
    capitals = {name for name in names if name.isupper()}
    return frozenset(name.lower() for name in capitals) - {name.lower() for name in names - capitals}


def _forms(name: str) -> Iterator[Label]:
    """The name, and what is left of it without "Party" or a plural: "Labour", "Tory", "Social Democrat"."""
    form = tuple(name.lower().split())
    if name.lower() in _words("no_label"):
        return
    yield form
    short = form[: form.index("party")] if "party" in form else form
    if form[-1].endswith("s") and not form[-1].endswith("ss") and not name.isupper() and len(form[-1]) > _SHORT:
        short = (*form[:-1], form[-1][:-3] + "y" if form[-1].endswith("ies") else form[-1][:-1])
    if short and not (len(short) == 1 and short[0] in _words("no_label")):
        yield short
        if len(short) > 1 and short[-1] == "democratic":
            yield (*short[:-1], "democrat")


def _words(name: str) -> frozenset[str]:
    return word_class("lexicon/relations.tsv", name)
