"""Titles and forms of address before names, and the agent nouns that they end in."""

from __future__ import annotations

from collections.abc import Sequence

from whowhom.resolve.view import Gender, View
from whowhom.resources.knowledge import agent_beginnings, agent_endings, agent_index, female_names, male_names

HONORIFICS: dict[str, Gender | None] = dict.fromkeys(
    """mr mr. sir lord don señor senor monsieur herr sheikh shaikh sheik father fr fr. alhaji mallam malam haji hadji
    dato datuk signor shri sri thiru""".split(),
    "m",
) | dict.fromkeys(
    """mrs mrs. ms ms. miss madam madame mme lady dame doña señora sister sayeda alhaja hajia hajiya datin smt
    frau""".split(),
    "f",
)  # type: ignore[assignment]
NEUTRAL_HONORIFICS = frozenset(
    "dr dr. prof prof. professor rev rev. reverend hon hon. st mullah engr engr. barr barr. adv adv. comrade".split()
)  # those of clerics who hold an office (bishop, imam, rabbi) are titles instead
# The sectors that forms of address tell.
ADDRESSED = (
    dict.fromkeys(
        """father fr. bishop sister sheikh shaikh sheik rev rev. reverend imam ayatollah mullah rabbi pastor cardinal
    archbishop msgr msgr. monsignor canon""".split(),
        "REL",
    )
    | dict.fromkeys(["prof", "prof.", "professor"], "EDU")
    | dict.fromkeys(["lord", "baroness"], "LEG")
)
FEMALE_TITLES = frozenset("queen princess duchess spokeswoman chairwoman congresswoman policewoman first lady".split())
MALE_TITLES = frozenset("king prince duke emir sultan sheikh pope ayatollah imam cardinal spokesman chairman".split())
_LONGEST_FIELD = 7  # tokens of what an office is for: "of Trade, Industry and Tourism" and the like
_NO_FIELD = frozenset({"GPE", "LOC", "FAC", "NORP", "DATE"})  # names that no field of an office holds
_TITLE_ENDINGS = ("or", "er", "ent", "man", "ary", "ian", "ist", "ee", "ief")


def title_before(view: View, first: int) -> tuple[int, int] | None:
    """The range of the words before a name at `first` that end in a noun for a person: "Turkish foreign minister"."""
    end = first
    lower = view.lower
    floor = view.starts[view.sentence[first]] if first < view.size else 0
    while end > floor and (lower[end - 1] in HONORIFICS or lower[end - 1] in NEUTRAL_HONORIFICS):
        end -= 1
    if end > floor and lower[end - 1] in ("(", ",", '"', "“"):
        return None
    if end > floor and view.pos[end - 1] == "ADJ" and view.tag[end - 1] == "JJ" and not view.capital(end - 1):
        if end - 1 == floor or view.pos[end - 2] != "PROPN":
            return None  # "the official ...", but "Lomdar chief Ana Costa"
    spoken = end > floor and view.pos[end - 1] in ("VERB", "AUX") and view.dep[end - 1] not in ("compound", "amod")
    noun = noun_ending_at(view, end - 1, floor) if end > floor and not spoken else None  # "Mr Hill accused Mr Day"
    if noun is None and end > floor:
        noun = _noun_of(view, end, floor)
    if noun is None:
        return (end, first) if end < first and lower[end] in NEUTRAL_HONORIFICS else None
    start, form = noun
    if agent_index()[form][0].kind != "person" or (agent_index()[form][1] and form[-1] == "s"):
        return None
    while start > floor and _modifies(view, start - 1, start):
        start -= 1
    return start, end


def _noun_of(view: View, end: int, floor: int) -> tuple[int, str] | None:
    """The noun of a capitalised title with "of" that ends at `end`: "Deputy Minister of Industry and Trade"."""
    i = end - 1
    if not view.capital(i):
        return None
    while i > max(floor, end - _LONGEST_FIELD) and (view.capital(i) or view.lower[i] in ("and", "&", "the")):
        if view.ent[i] in _NO_FIELD:
            return None
        i -= 1
    if view.lower[i] != "of" or i == floor or i == end - 1 or not view.capital(i - 1):
        return None
    return noun_ending_at(view, i - 1, floor)


def noun_ending_at(view: View, last: int, floor: int = 0) -> tuple[int, str] | None:
    """Start and form of the longest agent noun whose last word is the token `last`; None where there is none."""
    index = agent_index()
    word = view.lower[last]
    for parts in agent_endings().get(word, ()):
        start = last - len(parts) + 1
        if start >= floor and tuple(view.lower[start : last + 1]) == parts:
            return start, _form(parts)
    if word in index:
        if last > floor and view.words[last - 1] == "-" and index[word][0].sector in ("UAF", "CRM", "REB", "MIL"):
            return None  # "trouble-shooter"
        return last, word
    return None


def noun_around(view: View, head: int, floor: int = 0) -> tuple[int, int, str] | None:
    """Start, end and form of the longest agent noun with "of" whose head is the token `head`: "chief of staff"."""
    for parts in agent_beginnings().get(view.lower[head], ()):
        start = head - parts.index("of") + 1
        if start >= floor and tuple(view.lower[start : start + len(parts)]) == parts:
            return start, start + len(parts), _form(parts)
    return None


def _form(parts: Sequence[str]) -> str:
    """An agent noun as its table has it."""
    return "".join(p if p == "-" else f" {p}" for p in parts).replace("- ", "-").strip()


def name_gender(words: tuple[str, ...]) -> Gender | None:
    """The gender that a person's first name tells, None where it tells none."""
    if words and words[0] in female_names():
        return "f"
    if words and words[0] in male_names():
        return "m"
    return None


def _modifies(view: View, i: int, noun: int) -> bool:
    """Whether the token before a title noun belongs to it ("former", "Turkish", "Kremlin", "and" between titles)."""
    word, pos = view.lower[i], view.pos[i]
    if word in ("and", "&") and i > 0 and view.pos[i - 1] in ("NOUN", "PROPN"):
        before = noun_ending_at(view, i - 1)
        if before is not None:
            return agent_index()[before[1]][0].kind == "person"
        if view.ent[i - 1] == "PERSON" and i > 1 and (view.ent[i - 2] == "PERSON" or view.lower[i - 2] in HONORIFICS):
            return False  # "Lord Hill and adviser Ann Day"
        return view.capital(i - 1) and view.capital(noun) and view.lower[i - 1].endswith(_TITLE_ENDINGS)
    if word == "-":
        return True
    if len(word) > 6 and "." in word[1:-2] and word[-3:] != ".s.":
        return False  # an address
    if pos in ("ADJ", "NOUN", "PROPN"):
        return view.ent[i] not in ("DATE", "TIME") and word not in HONORIFICS and view.tag[i] != "NNS"
    return view.tag[i] in ("VBN", "VBG", "JJ") and view.dep[i] == "amod"
