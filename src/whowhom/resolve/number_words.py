"""Numbers as news writes them: figures, words, and vague amounts with the bounds that they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from whowhom.resources import read_table

_HYPHENS = frozenset("-‐‑–—")


@dataclass(frozen=True, slots=True)
class Number:
    """A number read off words: both bounds, the index behind its last word, and whether it was a vague word."""

    low: float
    high: float
    end: int
    vague: bool = False


@cache
def _tables() -> tuple[dict[str, float], dict[str, float], dict[str, tuple[float, float]]]:
    """Words for small numbers, words for powers, and plural or vague words with their bounds."""
    small: dict[str, float] = {}
    scales: dict[str, float] = {}
    vague: dict[str, tuple[float, float]] = {}
    for row in read_table("lexicon/number_words.tsv"):
        word, low = row["word"], float(row["low"])
        if row["kind"] == "small":
            small[word] = low
        elif row["kind"] == "scale":
            scales[word] = low
        else:
            vague[word] = (low, float(row["high"]))
    return small, scales, vague


@cache
def starters() -> frozenset[str]:
    """Lower-case words, besides those with a figure in front, at which a number can start."""
    small, scales, vague = _tables()
    return frozenset(
        (*small, *vague, *(s for s in scales if len(s) > 4), "half", "a", "an", "several", "few", "couple")
    )


def figure(word: str) -> tuple[float, int] | None:
    """The value of the figures at the start of a word, and how many characters they take ("50m": 50, 2)."""
    end, point = 0, False
    for k, c in enumerate(word):
        if "0" <= c <= "9":
            end = k + 1
        elif c == "," and len(word) >= k + 4 and word[k + 1 : k + 4].isdecimal() and k and not point:
            continue
        elif c == "." and k + 1 < len(word) and word[k + 1].isdecimal() and not point:
            point = True
        else:
            break
    try:
        return (float(word[:end].replace(",", "")), end) if end else None
    except ValueError:
        return None


def read_number(words: Sequence[str], i: int) -> Number | None:
    """The number that starts at lower-case `words[i]`, None where none does. A lone "a" is none."""
    small, scales, vague = _tables()
    word = words[i]
    n = len(words)
    if word[:1].isdecimal():
        got = figure(word)
        if got is None:
            return None
        value, used = got
        rest = word[used:]
        if rest in ("+", ""):
            return _scaled(words, i + 1, value, value)
        if rest in scales and scales[rest] >= 1000:
            factor = scales[rest]
            return Number(value * factor, value * factor, i + 1)
        return None
    if word in vague:
        low, high = vague[word]
        end = i + 1
        if end + 1 < n and words[end] == "of" and words[end + 1] in vague:
            below = vague[words[end + 1]]
            unit = _unit(words[end + 1])
            if unit > _unit(word):
                return Number(low * unit, (high + 1) * unit - 1 if high >= 99 else high * unit, end + 2, True)
            return Number(low, high, end, True) if below else None
        return Number(low, high, end, True)
    if word in ("a", "an"):
        return _after_article(words, i)
    if word in ("several", "few") or word == "couple":
        return _several(words, i)
    if word == "half" and i + 2 < n and words[i + 1] in ("a", "an") and words[i + 2] in scales:
        value = scales[words[i + 2]] / 2
        return Number(value, value, i + 3)
    if word not in small:
        return None
    return _spelled(words, i, small, scales)


def _unit(plural: str) -> float:
    return {"dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1e3, "millions": 1e6, "billions": 1e9}.get(
        plural, 10 if plural == "tens" else 1
    )


def _after_article(words: Sequence[str], i: int) -> Number | None:
    _, scales, _ = _tables()
    n = len(words)
    if i + 1 >= n:
        return None
    after = words[i + 1]
    if after in scales and len(after) > 4:
        return _scaled(words, i + 2, scales[after], scales[after])
    if after == "couple":
        return _several(words, i + 1)
    if after == "few" and i + 2 < n and (words[i + 2] in scales or words[i + 2] in ("dozen", "hundred")):
        return _several(words, i + 1)
    if after == "half" and i + 2 < n and words[i + 2] in scales:  # "a half million"
        value = scales[words[i + 2]] / 2
        return Number(value, value, i + 3)
    return None


def _several(words: Sequence[str], i: int) -> Number | None:
    """ "several hundred", "a few dozen", "a couple of": bounds of the plural, or two."""
    _, scales, vague = _tables()
    j = i + 1
    if words[i] == "couple":
        j += j < len(words) and words[j] == "of"
        return Number(2, 2, j)
    if j < len(words) and words[j] in scales and words[j] + "s" in vague:
        low, high = vague[words[j] + "s"]
        return Number(low, high, j + 1, True)
    return None


def _spelled(words: Sequence[str], i: int, small: dict[str, float], scales: dict[str, float]) -> Number:
    """A number in words, such as "twenty-three", "two hundred and fifty thousand" or "two and a half"."""
    n = len(words)
    total, current, j = 0.0, small[words[i]], i + 1
    while j < n:
        word = words[j]
        if (
            word in _HYPHENS
            and j + 1 < n
            and words[j + 1] in small
            and current % 100 >= 20
            and small[words[j + 1]] < 10
        ):
            current += small[words[j + 1]]
            j += 2
        elif word in small and current % 100 >= 20 and current % 10 == 0 and small[word] < 10:
            current += small[word]
            j += 1
        elif word in scales and len(word) > 4:
            factor = scales[word]
            if factor >= 1000:
                total, current = total + current * factor, 0.0
            else:
                current *= factor
            j += 1
        elif word == "and" and j + 2 < n and words[j + 1] in ("a", "one") and words[j + 2] in ("half", "quarter"):
            current += 0.5 if words[j + 2] == "half" else 0.25
            j += 3
        elif word in _HYPHENS and words[j + 1 : j + 6] in (
            ["and", "-", "a", "-", "half"],
            ["and", "-", "one", "-", "half"],
        ):
            current += 0.5
            j += 6
        elif (
            word == "and"
            and j + 1 < n
            and words[j + 1] in small
            and (current >= 100 or total)
            and words[j - 1] in scales
        ):
            current += small[words[j + 1]]
            j += 2
        elif word in small and words[j - 1] in scales:
            current += small[word]
            j += 1
        else:
            break
    value = total + current
    return Number(value, value, j)


def _scaled(words: Sequence[str], j: int, low: float, high: float) -> Number:
    """The number before `j` times the scale words that follow: "1.5 billion", "5-million", "200 thousand"."""
    _, scales, _ = _tables()
    n = len(words)
    if j + 1 < n and words[j] in _HYPHENS and words[j + 1] in scales and len(words[j + 1]) > 4:
        j += 1
    if j < n and words[j] == "m." and low == high:  # "50m" at the end of a sentence
        return Number(low * 1e6, high * 1e6, j + 1)
    while j < n and words[j] in scales and (len(words[j]) > 4 or words[j] in ("mn", "bn", "tn", "m", "lakh", "dozen")):
        low, high, j = low * scales[words[j]], high * scales[words[j]], j + 1
    if j + 2 < n and words[j] == "and" and words[j + 1] == "a" and words[j + 2] == "half" and low == high:
        return Number(low + 0.5, high + 0.5, j + 3)
    return Number(low, high, j)
