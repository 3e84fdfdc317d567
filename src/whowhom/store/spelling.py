"""How a word of a name sounds, whatever the spelling: its consonants in classes, its vowels in order.

The classes are coarse on purpose: they find what may be one name; `alike` then looks at the vowels too.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

# Letters whose mark tells the sound, before marks are dropped.
MARKED = str.maketrans(
    {
        "č": "ch",
        "ć": "ch",
        "š": "sh",
        "ş": "sh",
        "ș": "sh",
        "ś": "s",
        "ž": "zh",
        "ź": "z",
        "ŭ": "v",
        "ğ": "g",
        "đ": "dj",
    }
)
# In order: each replaces what an earlier one left.
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^c(?=i.*aja$)", "ts"),  # Belarusian in Latin letters: Cichanouskaja
        (r"ch(?=.*aja$)", "kh"),
        (r"^kh(?=add?[aeh])", "k"),  # Khadafy
        (r"[oaeu]u(?=sk)", "ov"),  # Tsikhanouskaya
        (r"(?<=\w\w[bcdfghjklmnpqrstvwxz])(?:iou|you|au|ou|ow)$", "ov"),  # Kavaliou, Paulau, Gorbatschow
        (r"(?<=\w\w)[eoj]?[eo](?:v|w|ff)(?=a?$)", "ov"),  # Medvedev, Medwedew, Gorbachov
        (r"^j(?=i.*(?:sk[iy]+|[oe][vw])$)", "zh"),  # Jirinovski
        (r"^s(?=[aeiou].*(?:yj|tsch|tschow)$)", "z"),  # Selenskyj
        (r"ou(?=[aei])", "w"),  # Anouar
        (r"^ts(?=i)", "t"),
        (r"witsch$|wicz$|vitch$|vich$|vych$|vic$|vits$|wits$", "vis"),
        (r"ic$", "is"),
        (r"shch|schtsch|stch|chtch|tsch|tch|sch|sh|cz|sz|tz|ts", "s"),
        (r"^d(?:zh|j)", "j"),
        (r"dj", "j"),
        (r"zh", "s"),
        (r"^ch(?=[rlk])", "k"),
        (r"ch", "s"),
        (r"ph", "f"),
        (r"gh|q|ck", "k"),
        (r"^kh", "h"),
        (r"kh", ""),
        (r"c(?=[eiy])", "s"),
        (r"^x", "s"),
        (r"x", "ks"),
        (r"[cg]", "k"),
        (r"[vw]", "f"),
        (r"(?<!^)z", "s"),
        (r"(?<!^)h", ""),
        (r"(?<!^)j", "y"),
    )
]
_DOUBLED = re.compile(r"([b-df-hj-np-tv-xz])\1+")
_VOWELS = re.compile(r"[aeiouy]+")
_FIRST = re.compile(r"^[aeiouyj]+")
_LIKE = {"a": "ae", "e": "aei", "i": "ei", "o": "ou", "u": "ou"}
_SHORT = 3  # skeletons of so few letters need all their vowels to agree
_NEAR = 0.5  # and those of fewer, and all surnames, this share of letters
_NEARER = 0.75  # the share where a vowel is left out


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """The consonants of a word, given without case and marks, by class; a vowel, y or j at its start is A."""
    heard = _heard(word)
    first = "A" if _FIRST.match(heard) else ""
    return first + _VOWELS.sub("", heard.removeprefix("j") if first else heard).upper()


@lru_cache(maxsize=100_000)
def alike(one: str, other: str, *, loose: bool = False) -> bool:
    """Whether two words, given without case and marks, can be spellings of one name.

    Args:
        loose: let a stand for o, as Belarusian does, and a vowel be left out; for surnames.
    """
    if one == other:
        return True
    if sound(one) != sound(other) or (loose and {_gender(one), _gender(other)} == {"m", "f"}):
        return False
    if not loose and (_ends_apart(one, other) or (len(sound(one)) < _SHORT and _ratio(one, other) < _NEAR)):
        return False
    if loose and _ratio(one, other) < _NEAR:
        return False
    a, b = _vowels(one, loose), _vowels(other, loose)
    if len(a) != len(b) and (loose or len(sound(one)) > _SHORT):
        short, long = sorted((a, b), key=len)
        near = len(long) - len(short) == 1 and _ratio(one, other) >= _NEARER
        return bool(short) and near and _close(short[0], long[0], loose=False)
    if len(a) != len(b):
        return False
    slavic = loose and bool(_SLAVIC.search(one) and _SLAVIC.search(other))
    return all(_close(x, y, loose=slavic) for x, y in zip(a, b, strict=True))


_SLAVIC = re.compile(r"(?:[kc][oa]|[oe][vw]|[aoe]u|ov|sk[aijy]+|in)$")


def _ends_apart(one: str, other: str) -> bool:
    """Whether both end in vowels that are not alike (Andrea, Andrei)."""
    return bool(_VOWELS.match(one[-1]) and _VOWELS.match(other[-1])) and not _close(
        one[-1].replace("y", "i"), other[-1].replace("y", "i"), loose=False
    )


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _heard(word: str) -> str:
    heard = _DOUBLED.sub(r"\1", word)
    for pattern, replacement in _SOUNDS:
        heard = pattern.sub(replacement, heard)
    return heard


def _vowels(word: str, loose: bool) -> list[str]:
    """The groups of vowels, the last left out of a surname, where spellings differ most (-sky, -skyy, -skii, -enka)."""
    groups = _VOWELS.findall(_heard(word).replace("ue", "u").replace("oe", "o").replace("ou", "u").replace("oo", "u"))
    if loose and len(groups) > 1 and _VOWELS.match(word[-1:]):
        groups.pop()
    return [group.replace("y", "i") for group in groups]


def _close(a: str, b: str, *, loose: bool) -> bool:
    return any(y in _LIKE[x] or (loose and {x, y} <= set("ao")) for x in a for y in b)


def _gender(word: str) -> str:
    """Whether a Slavic surname has a man's or a woman's form; empty where it has neither."""
    if re.search(r"(?:sk|tsk|ck)[aiy]?(?:ya|ja|ia)$|aya$|[oe]va$|ina$", word):
        return "f"
    return "m" if re.search(r"(?:sk|ck|n)[iy]+j?$|[oe][vw]$|in$", word) else ""
