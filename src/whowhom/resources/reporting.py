"""The reporting lexicon: verbs, nouns and phrases by which a text says that somebody said something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from whowhom.errors import ResourceError
from whowhom.resources.table import read_table, values

TABLE = "lexicon/reporting.tsv"
_FRAMES = {
    "verb": frozenset(
        (
            "that",
            "quote",
            "to",
            "obj_to",
            "obj_to_quoted",
            "on_to",
            "for",
            "of",
            "about",
            "against",
            "obj",
            "pred",
            "as",
            "to_np",
            "blame",
            "deny",
            "judge",
            "refuse",
            "opinion",
            "hope",
            "show",
            "hearing",
            "emerging",
            "claim",
            "on",
            "want",
            "addressee",
        )
    ),
    "noun": frozenset(("claim", "vessel", "to")),
    "adj": frozenset(("that",)),
    "prep": frozenset(("source_np", "cited")),
}

Frames = frozenset[str]


@dataclass(frozen=True, slots=True)
class ReportingLexicon:
    """Frames by cue: verbs (`point_out` with its particle), nouns and adjectives by lemma, phrases by their words."""

    verbs: Mapping[str, Frames]
    nouns: Mapping[str, Frames]
    adjectives: Mapping[str, Frames]
    phrases: Mapping[tuple[str, ...], Frames]


@cache
def reporting_lexicon() -> ReportingLexicon:
    """The lexicon, read once.

    Raises:
        ResourceError: a row has an unknown part of speech or frame, or stands twice.
    """
    tables: dict[str, dict[str, Frames]] = {"verb": {}, "noun": {}, "adj": {}, "prep": {}}
    for row in read_table(TABLE):
        cue, pos, frames = row["cue"], row["pos"], frozenset(values(row["frames"]))
        known = _FRAMES.get(pos)
        if known is None:
            raise ResourceError(f"{TABLE}: {cue!r} has the part of speech {pos!r}; known are {', '.join(_FRAMES)}")
        if not frames or not frames <= known:
            raise ResourceError(f"{TABLE}: {cue!r} has the frames {sorted(frames)}; a {pos} may have {sorted(known)}")
        if cue in tables[pos]:
            raise ResourceError(f"{TABLE}: {cue!r} stands twice as a {pos}")
        tables[pos][cue] = frames
    return ReportingLexicon(
        MappingProxyType(tables["verb"]),
        MappingProxyType(tables["noun"]),
        MappingProxyType(tables["adj"]),
        MappingProxyType({tuple(cue.split()): frames for cue, frames in tables["prep"].items()}),
    )
