"""What one report says of one happening, in the form in which two reports are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from whowhom.records import Magnitude, Place
from whowhom.resources.knowledge import unmarked

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SUFFIX = re.compile(r"(?:ations?|itions?|ings?|ers?|ors?|ions?|ments?|ances?|ied|ies|ed|es|ly|s|e|y)$")
_STEM = 6  # letters of a stem that count
# Forms that no suffix explains.
_IRREGULAR = {
    "shot": "shoot", "shots": "shoot", "met": "meet", "struck": "strike", "held": "hold", "fought": "fight",
    "slain": "slay", "slew": "slay", "stole": "steal", "stolen": "steal", "sought": "seek", "spoke": "speak",
    "spoken": "speak", "dead": "die", "died": "die", "dies": "die", "dying": "die", "death": "die", "deaths": "die",
    "gave": "give", "given": "give", "took": "take", "taken": "take", "led": "lead", "won": "win", "went": "go",
    "left": "leave", "broke": "break", "broken": "break", "threw": "throw", "thrown": "throw", "withdrew": "withdraw",
    "withdrawn": "withdraw", "bought": "buy", "sold": "sell", "sent": "send", "began": "begin", "begun": "begin",
    "women": "woman", "men": "man", "children": "child",
}  # fmt: skip
_STOP = frozenset(
    "a about above after against all also am an and any are as at be because been before being between both but by can"
    " could did do does doing during each few for from had has have having he her here hers him his how i if in into is"
    " it its itself just may me might more most must my no nor not now of off on once only or other our out over own"
    " same she should so some such than that the their theirs them then there these they this those through to too"
    " under until up upon very was we were what when where which while who whom whose why will with within without"
    " would you your says said say saying told tell tells according report reports reported reportedly mr mrs ms dr sir"
    " monday tuesday wednesday thursday friday saturday sunday january february march april june july august september"
    " october november december today yesterday tomorrow week month year day night morning evening afternoon one two"
    " three four five six seven eight nine ten dozen hundreds thousands least around nearly people person man woman"
    " men women news agency statement spokesman spokeswoman official officials government governments opposition"
    " president minister prime leader leaders party ruling country foreign police court army military troops forces"
    " authorities".split()
)
_SEQUEL = frozenset(
    "again another second third fourth fifth sixth further renewed renew resumed resume resumption repeated repeat"
    " fresh retaliation retaliatory retaliate retaliated revenge reprisal follow-up anew".split()
)


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part. `actor` is the store's number; `named` is false for "three officers"."""

    actor: int
    name: str
    kind: str
    country: str | None = None
    sector: str | None = None
    named: bool = True


@dataclass(frozen=True, slots=True)
class Telling:
    """An event as one report has it, with the words that matter; `family` is the report's text or its original."""

    document: int
    family: int
    story: int | None
    published: str | None
    type: str
    mode: str | None
    status: str
    start: str | None = None
    end: str | None = None
    place: Place | None = None
    magnitude: dict[str, Magnitude] = field(default_factory=dict)
    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()
    trigger: frozenset[str] = frozenset()  # stems of the words that name it
    words: frozenset[str] = frozenset()  # stems of what else the evidence says
    sequel: bool = False  # told as one more of its kind


def plain(text: str) -> str:
    """The text without case and without marks on letters."""
    return unmarked(text.casefold())


@lru_cache(maxsize=20_000)
def name_words(name: str) -> frozenset[str]:
    """The words of a name, to see whether one name is part of another."""
    return frozenset(re.sub(r"['’]s$", "", word) for word in _WORD.findall(plain(name)))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The beginning that the forms of a word share, near enough to compare by."""
    word = re.sub(r"['’].*$", "", word)
    if word in _IRREGULAR:
        return _IRREGULAR[word][:_STEM]
    short = word
    while len(short) > 4 and (cut := _SUFFIX.sub("", short)) != short and len(cut) >= 3:
        short = cut
    if len(short) > 3 and short[-1] == short[-2]:
        short = short[:-1]  # planned, plan
    return short[:_STEM]


def stems(text: str, without: frozenset[str] = frozenset()) -> frozenset[str]:
    """The stems of the words that say something, less words that stand in `without` (such as names)."""
    found = (word for word in _WORD.findall(plain(text)))
    return frozenset(stem(w) for w in found if len(w) > 2 and w not in _STOP and w not in without)


def is_sequel(text: str) -> bool:
    """Whether words tell of one more happening of a kind: a second round, another attack, an act of revenge."""
    return not _SEQUEL.isdisjoint(re.findall(r"[a-z]+(?:-[a-z]+)?", plain(text)))
