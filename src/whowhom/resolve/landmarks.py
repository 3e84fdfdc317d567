"""Buildings, squares, camps and the like that the news names without their town: "at the White House"."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

from spacy.tokens import Doc

from whowhom.records import Place
from whowhom.resolve.places import PlaceMention
from whowhom.resources import read_table
from whowhom.resources.table import values


@cache
def landmarks() -> Mapping[str, tuple[tuple[tuple[str, ...], Place, bool], ...]]:
    """The landmarks of `lexicon/landmarks.tsv` by their first word, the longest first.

    Of each the lower-case words, the place, and whether the name is one that several towns have.
    """
    out: dict[str, list[tuple[tuple[str, ...], Place, bool]]] = {}
    for row in read_table("lexicon/landmarks.tsv"):
        place = Place(row["name"], row["country"], None, float(row["lat"]), float(row["lon"]))
        for name in (row["name"], *values(row["aliases"])):
            parts = tuple(name.lower().replace("-", " - ").replace("’s", "'s").replace("'s", " 's").split())
            out.setdefault(parts[0], []).append((parts, place, row["shared"] == "yes"))
    return {first: tuple(sorted(found, key=lambda f: -len(f[0]))) for first, found in out.items()}


def find_landmarks(doc: Doc, countries: Collection[str]) -> list[PlaceMention]:
    """The landmarks that a text names, in order; names that several towns have only in one of `countries`."""
    table = landmarks()
    words = [token.lower_.replace("’", "'") for token in doc]
    out: list[PlaceMention] = []
    i = 0
    while i < len(words):
        for parts, place, shared in table.get(words[i], ()):
            last = i + len(parts) - 1
            if shared and place.country not in countries:
                continue
            if tuple(words[i : last + 1]) == parts and doc[i].text[:1].isupper():
                out.append(PlaceMention(i, last, place))
                i = last
                break
        i += 1
    return out
