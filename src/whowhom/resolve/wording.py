"""The words of a description: its name in short, its sector, its count, and what it says besides the noun."""

from __future__ import annotations

from collections.abc import Mapping

from whowhom.resolve.nominals import COUNTING, noun_at
from whowhom.resolve.titles import HONORIFICS, noun_ending_at
from whowhom.resolve.view import Entity, Mention, View
from whowhom.resources.knowledge import AgentNoun, country_by_code, demonym

COUNTS = COUNTING | {"those", "others"}
FORMER = frozenset({"former", "ex", "ex-", "onetime", "one-time", "late", "retired", "erstwhile", "deposed", "ousted"})
# What a modifier tells of the sector of a "source", "spokesman" or "chief".
_SECTOR_WORDS = {
    "security": "COP", "intelligence": "SPY", "military": "MIL", "police": "COP", "diplomatic": "GOV",
    "medical": "MED", "hospital": "MED", "health": "MED", "judicial": "JUD", "legal": "JUD", "rebel": "REB",
    "presidential": "GOV", "government": "GOV", "opposition": "OPP", "parliamentary": "LEG", "church": "REL",
    "union": "LAB", "ministry": "GOV", "army": "MIL", "party": "PTY", "defence": "MIL", "defense": "MIL",
    "court": "JUD", "business": "BUS", "industry": "BUS", "campaign": "PTY",
}  # fmt: skip
KIN = frozenset(
    """son daughter wife husband brother sister father mother family relative cousin nephew niece uncle aunt child
    friend widow widower parent grandson granddaughter grandfather grandmother girlfriend boyfriend fiance fiancee
    spouse partner ex-wife ex-husband stepson stepdaughter stepfather stepmother son-in-law brother-in-law sister-in-law
    father-in-law twin sibling lover roommate neighbour neighbor""".split()
)
_CLOSE = KIN | {"associate"}
_KEPT_ADJECTIVES = frozenset(
    """political civil military religious ethnic foreign western international european arab human social federal
    national royal presidential supreme senior pro anti civilian islamic islamist public secret special armed
    opposition independent ruling kurdish local""".split()
)


# Adjectives that set a body or person off from the one of the same noun spoken of before: "a higher court".
SETTING_OFF = frozenset(
    """lower higher upper another other second third separate different rival appellate breakaway splinter parallel
    neighbouring neighboring opposing previous""".split()
)
_TELLING_APART = _KEPT_ADJECTIVES | SETTING_OFF - frozenset("other another different previous second third".split())
# Whose captain is no officer of the forces.
_CIVIL_CRAFT = frozenset(
    """ship vessel boat ferry trawler tanker freighter barge tugboat tug yacht liner dinghy plane airliner jet flight
    airline team club squad side""".split()
)
# Words before a number that are no part of who it is: "(at) least two people", "nearly 300 villagers".
_HEDGES = frozenset(
    """at least most more fewer less than about some nearly almost around over under up to as many only just roughly
    approximately an estimated another""".split()
)
_NAVAL = frozenset("navy naval warship frigate destroyer submarine corvette gunboat army troops soldiers".split())


def core_start(view: View, mention: Mention) -> int:
    """Where a description begins without a count before it: after "of" in "a number of envoys"."""
    of = view.head[mention.head]
    return of + 1 if mention.start < of < mention.head and view.lower[of] == "of" else mention.start


def has_word(view: View, mention: Mention, words: frozenset[str]) -> bool:
    """Whether one of some words stands before a description's head."""
    return any(w in words for w in view.lower[mention.start : mention.head])


def number_of(view: View, mention: Mention) -> str | None:
    """The count that a description gives, as a word; None where it gives none."""
    for i in range(mention.start, mention.head + 1):
        if view.pos[i] == "NUM" or view.lower[i] in COUNTING:
            return view.lower[i]
    return None


def set_off(view: View, mention: Mention) -> tuple[str, ...]:
    """The words before a description's head that tell it from another of the same noun."""
    return tuple(w for w in view.lower[mention.start : mention.head] if w in SETTING_OFF)


def own_modifiers(view: View, at: Mapping[int, Mention], mention: Mention) -> list[str]:
    """The nouns before a description's head that are no mentions of their own, lower case."""
    return [
        view.lower[i]
        for i in range(core_start(view, mention), mention.head)
        if view.pos[i] in ("NOUN", "PROPN") and at.get(i) is None and len(view.lower[i]) > 2
    ]


def sector_of(
    view: View, at: Mapping[int, Mention], mention: Mention, noun: AgentNoun, owner: Entity | None
) -> str | None:
    """The PLOVER sector that a description's noun, its modifiers or its owner give; None where nothing does."""
    sector = _own_sector(view, mention, noun)
    if noun.kind == "person" and sector not in ("*", None) and has_word(view, mention, FORMER):
        return "ELI" if sector in ("GOV", "LEG", "MIL", "JUD", "SPY", "COP") else sector
    if sector in ("*", None, "CVL") or noun.noun in ("official", "leader", "source", "minister", "force", "forces"):
        for i in range(mention.head - 1, mention.start - 1, -1):
            named = at.get(i)
            found = noun_at(view, i) if view.pos[i] in ("NOUN", "PROPN", "ADJ") else None
            faith = found is not None and found[1].sector == "REL" and (named is None or named.entry is None)
            if named is not None and named.kind == "name" and not faith:
                continue
            if found is not None and found[1].sector not in ("*", None, "CVL") and view.dep[i] != "poss":
                return found[1].sector
    if sector == "LAB" and owner is not None and owner.kind == "organisation":
        return owner.sector or sector  # "the agency's employees"
    if sector == "*":
        for i in range(mention.head - 1, mention.start - 1, -1):
            if view.lower[i] in _SECTOR_WORDS:
                return _SECTOR_WORDS[view.lower[i]]
        if noun.noun in _CLOSE:
            return "CVL"
        if owner is not None:
            return owner.sector
        return None
    return sector


def _own_sector(view: View, mention: Mention, noun: AgentNoun) -> str | None:
    """The sector of a description's noun as it stands here: no legislator is a "representative" in small letters."""
    first = mention.head == view.starts[view.sentence[mention.head]]
    if noun.noun == "representative" and (first or not view.capital(mention.head)):
        return "*"
    if noun.noun == "captain" and _of_civil_craft(view, mention):
        return "CVL"
    return noun.sector


def _of_civil_craft(view: View, mention: Mention) -> bool:
    """Whether a captain is spoken of beside a ship, an aircraft or a team, and no navy."""
    sentence = view.sentence[mention.head]
    first = view.starts[max(0, sentence - 1)]
    end = view.starts[sentence + 1] if sentence + 1 < len(view.starts) else view.size
    lemmas = {view.lemma[i].lower() for i in range(first, end)} | set(view.lower[first:end])
    return bool(lemmas & _CIVIL_CRAFT) and not lemmas & _NAVAL


_MAGNITUDES = frozenset({"k", "m", "mn", "bn", "tn"})


def _owner_before(view: View, i: int, noun_start: int) -> list[str] | None:
    """The words of a noun from `i` to the noun it owns: "prime minister's" of "the prime minister's office"."""
    last = noun_start - 2
    if not i <= last or view.lower[last + 1] not in ("'s", "’s", "'", "’") or view.dep[last] != "poss":
        return None
    noun = noun_ending_at(view, last, i)
    if noun is None or noun[0] != i:
        return None
    words = view.lower[i : last + 1]
    return [*words[:-1], words[-1] + view.words[last + 1]]


def short_name(view: View, at: Mapping[int, Mention], mention: Mention, country: str | None) -> str:
    """A short name: "Turkish soldiers", "US diplomats", "Putin's spokesman"."""
    parts: list[str] = []
    noun = mention.noun.noun.split(" of ")[0] if mention.noun is not None else ""
    noun_start = mention.head - noun.count(" ") - 2 * noun.count("-")
    national = False
    i = core_start(view, mention)
    while i <= mention.head:
        near = at.get(i)
        if near is not None and near.kind == "name" and near.end <= mention.head + 1 and near.start == i:
            parts.append(_shown(view, view.text(near.start, near.end)))
            national = True
            i = near.end
            if i <= mention.head and view.lower[i] in ("'s", "’s", "'", "’"):
                parts[-1] += view.words[i]
                i += 1
            continue
        word, pos = view.lower[i], view.pos[i]
        if i + 2 <= mention.head and view.words[i + 1] == "-" and pos in ("NOUN", "ADJ", "PROPN", "VERB", "ADV", "X"):
            if i + 2 < mention.head:
                i += 3
                continue
        if word in HONORIFICS and i < noun_start:
            i += 1
            continue
        owner = _owner_before(view, i, noun_start)
        if owner is not None:
            parts += owner
            i = noun_start
            continue
        if i >= noun_start:
            acronym = len(word) > 1 and view.words[i].isupper() and not view.capitals and i not in view.headings
            parts.append(view.words[i] if acronym else word)
        elif word in _MAGNITUDES and i and view.pos[i - 1] == "NUM":
            pass  # "1.4m workers"
        elif pos in ("NOUN", "PROPN") and word not in COUNTING and view.dep[i] != "poss":
            named = pos == "PROPN" and view.capital(i) and i not in view.headings
            parts.append(view.words[i] if (named or view.words[i].isupper()) and not view.capitals else word)
            national = national or (named and view.ent[i] == "GPE")
        elif pos == "ADJ" and (word in _TELLING_APART or (view.capital(i) and i > mention.start)):
            parts.append(word if view.capitals or word in SETTING_OFF else view.words[i])
        i += 1
    if tail_of_noun(mention):
        parts += view.lower[mention.head + 1 : mention.end]
    if _only_counted(view, mention, parts):
        first = next(i for i in range(mention.start, mention.end) if view.lower[i] not in _HEDGES or i == mention.head)
        text = view.text(first, mention.end) + _unsaid(view, mention)
        return text.lower() if view.capitals else text
    if country is not None and not national and country in country_by_code():
        adjective = demonym(country)
        if adjective:
            parts.insert(0, adjective)
    return " ".join(parts).replace(" - ", "-")


def _shown(view: View, name: str) -> str:
    return name.title() if view.capitals else name


def _only_counted(view: View, mention: Mention, parts: list[str]) -> bool:
    """Whether nothing but a count would be left: "44 people" keeps its number."""
    noun = mention.noun
    longer = mention.end - 1 != mention.head and not tail_of_noun(mention)
    if longer or view.lower[mention.head] in COUNTS or view.pos[mention.head] == "NUM":
        return True
    return (
        noun is not None and noun.noun in ("people", "person") and len(parts) == 1 and mention.end > mention.start + 1
    )


def tail_of_noun(mention: Mention) -> bool:
    """Whether what stands behind the head of a description is a part of its noun: "chief of staff"."""
    return mention.end - 1 > mention.head and mention.noun is not None and " of " in mention.noun.noun


def _unsaid(view: View, mention: Mention) -> str:
    """The noun that a count alone leaves unsaid."""
    if mention.end - 1 != mention.head:
        return ""
    if view.lower[mention.head] in COUNTING:
        return " of people"
    one = view.lower[mention.head] in ("one", "1")
    return "" if view.pos[mention.head] != "NUM" else " person" if one else " people"


def bare(name: str) -> str:
    """A name without its article or determiner."""

    for article in ("the ", "a ", "an ", "these ", "those ", "both "):
        if name.lower().startswith(article):
            return name[len(article) :]
    return name
