"""Own actors from a CAMEO actor dictionary, in the forms that TABARI and PETRARCH read.

A name stands at the start of a line, its further names on lines that begin with `+`, its codes in square brackets
beside it or below, each with or without dates: `[USAGOV 20010120-20090120]`, `[RUSELI >20080507]`, `[ROU <891222]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from whowhom.own_actors.actor_codes import COUNTRIES, cameo_meaning, is_null
from whowhom.own_actors.entries import (
    BadLine,
    OwnActor,
    OwnRole,
    clean_name,
    ends_before_it_starts,
    make_actor,
    merge_actors,
)
from whowhom.records import ActorKind

_BRACKET = re.compile(r"\[([^\[\]]*)\]")
_PLURALS = re.compile(r"\{([^{}]*)\}")
_CODE = re.compile(r"\s*(?P<code>[-+#]{3,}|[A-Za-z~/*][A-Za-z0-9~/*]*)\s*(?P<when>.*?)\s*")
_BEFORE = re.compile(r"<\s*(\d+)\s*>?")
_AFTER = re.compile(r">\s*(\d+)")
_BETWEEN = re.compile(r"(\d+)\s*-\s*(\d+)")
_SET = re.compile(r"(![A-Z0-9_]+!)\s*=\s*(.*)")
_MARK = re.compile(r"![A-Z0-9_]+!|(?<![^\s_])&[A-Z0-9][A-Z0-9_]*")
_SHORT_FORM = re.compile(r"(.*\S)\s*\(([^()]{2,12})\)")

# Two-digit years up to this one are of this century, as TABARI and PETRARCH have it.
_CENTURY = 30
# Small words inside names: left small, they match either way of writing.
_SMALL = frozenset(
    """a al an and at da de del der des di do dos du e el en et for from in la las le los of on or the to und van von y
    """.split()
)
_ACRONYMS = frozenset("AU EC EU UAE UK UN US USA".split())
_FORMS_OF_ADDRESS = frozenset(
    """president minister premier chancellor king queen prince princess sultan emir sheikh sheik general colonel major
    admiral marshal secretary ambassador senator congressman congresswoman governor mayor chairman judge justice lord
    lady sir baron baroness mr mrs ms dr ayatollah pope""".split()
)


def read_dictionary(text: str, file: str) -> tuple[list[OwnActor], list[BadLine]]:
    """The actors of a dictionary, and the lines that were not read."""
    reader = _Reader(file)
    for number, line in _lines(text):
        reader.line(number, line)
    reader.close()
    return merge_actors(reader.actors), sorted(reader.bad, key=lambda bad: bad.line)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, without comments, with their numbers."""
    inside = False  # a comment of several lines
    for number, line in enumerate(text.splitlines(), start=1):
        if inside:
            inside = "-->" not in line
            line = line.partition("-->")[2]
        line = re.sub(r"<!.*?-->", " ", line)
        opened = re.search(r"<!", line)
        if opened:
            inside = True
            line = line[: opened.start()]
        depth = 0
        for k, char in enumerate(line):
            depth += (char == "[") - (char == "]")
            if (char == "#" and depth <= 0) or char == ";":
                line = line[:k]
                break
        if line.strip():
            yield number, line.rstrip()


@dataclass(slots=True)
class _Entry:
    """A name while its further lines are read."""

    line: int
    written: str
    names: list[str]
    roles: list[OwnRole] = field(default_factory=list)
    codes: int = 0  # brackets seen
    nulls: int = 0
    states: int = 0  # codes of a country alone


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.actors: list[OwnActor] = []
        self.bad: list[BadLine] = []
        self._entry: _Entry | None = None
        self._sets: dict[str, list[str]] = {}
        self._set: str | None = None  # the set that is being read, line by line

    def line(self, number: int, line: str) -> None:
        """Take in one line."""
        text = line.strip()
        defined = _SET.fullmatch(text)
        if defined:
            self.close()
            self._sets[defined[1]] = [word.strip() for word in defined[2].split(",") if word.strip()]
        elif text.startswith("&") and "[" not in text:
            self.close()
            self._set = text.rstrip("_ ")
            self._sets[self._set] = []
        elif text.startswith("+"):
            self._further(number, text[1:])
        elif text.startswith("["):
            self._codes(number, text)
        else:
            self.close()
            self._name(number, text)

    def close(self) -> None:
        """End the entry that is being read."""
        entry, self._entry, self._set = self._entry, None, None
        if entry is None:
            return
        if not entry.codes:
            self._report(entry.line, f"{entry.written!r} has no code")
        elif entry.roles:
            kind = _kind(entry)
            self.actors.append(make_actor(entry.names[0], kind, entry.names[1:], entry.roles, self.file))
        elif entry.nulls == entry.codes:
            self._report(entry.line, f"the code of {entry.written!r} says that it is no actor")

    def _report(self, number: int, reason: str) -> None:
        self.bad.append(BadLine(self.file, number, reason))

    def _name(self, number: int, text: str) -> None:
        written, codes = _parted(text)
        names = self._names(number, written)
        if not names:
            return
        if "~" in codes:
            self._report(
                number, f"{written.strip()!r} is an agent, a noun that takes its country from the text, and no actor"
            )
            return
        self._entry = _Entry(number, written.strip(), names)
        if codes:
            self._codes(number, codes)

    def _further(self, number: int, text: str) -> None:
        written, codes = _parted(text)
        if self._set is not None:
            self._sets[self._set].append(written.strip().strip("_"))
        elif self._entry is None:
            self._report(number, f"'+{written.strip()}' belongs to no name")
        else:
            self._entry.names += self._names(number, written)
            if codes:
                self._codes(number, codes)

    def _names(self, number: int, written: str) -> list[str]:
        """The names that a phrase stands for: with each word of its sets, its plurals, its short form in brackets."""
        plurals = [p for cell in _PLURALS.findall(written) for p in re.split(r"[,\s]+", cell) if p]
        phrase = _PLURALS.sub(" ", written)
        names: list[str] = []
        for one in (phrase, *plurals):
            marks = [mark for found in _MARK.findall(one) if (mark := self._mark(found)) is not None]
            missing = next((mark for mark in marks if mark not in self._sets), None)
            if missing is not None:
                self._report(number, f"the set {missing!r} is not defined above")
                return []
            for words in product(*(self._sets[mark] for mark in marks)):
                filled = one
                for mark, word in zip(marks, words, strict=True):
                    filled = filled.replace(mark, word, 1)
                names += _spellings(filled)
        if not any(any(char.isalnum() for char in name) for name in names):
            self._report(number, f"{written.strip()!r} has no name")
            return []
        return names

    def _mark(self, found: str) -> str | None:
        """The set that a mark names (`&ARMS_LEAGUE` may be `&ARMS` and a word); None where & is a word itself."""
        if found.startswith("!"):
            return found
        while found not in self._sets and "_" in found:
            found = found.rpartition("_")[0]
        return found if found in self._sets else None

    def _codes(self, number: int, text: str) -> None:
        entry = self._entry
        if entry is None:
            self._report(number, f"{text!r} belongs to no name")
            return
        entry.codes += 1
        left = _BRACKET.sub(" ", text).strip()
        if left:
            self._report(number, f"{left!r} beside the codes cannot be read")
        for k, inside in enumerate(_BRACKET.findall(text)):
            entry.codes += k > 0
            try:
                self._code(inside, entry)
            except ValueError as error:
                self._report(number, str(error))

    @staticmethod
    def _code(inside: str, entry: _Entry) -> None:
        match = _CODE.fullmatch(inside)
        if match is None:
            raise ValueError(f"'[{inside}]' has no code")
        start, end = _dates(match["when"])
        if is_null(match["code"]):
            entry.nulls += 1
            return
        meaning = cameo_meaning(match["code"])
        entry.states += len(match["code"]) == 3 and meaning.country in COUNTRIES
        entry.roles.append(OwnRole(meaning.country, meaning.sector, meaning.sectors, None, start, end))


def _parted(text: str) -> tuple[str, str]:
    """A line's phrase and its codes."""
    k = text.find("[")
    return (text, "") if k < 0 else (text[:k], text[k:])


def _kind(entry: _Entry) -> ActorKind:
    """What the codes tell of the kind: states have no sector, persons change theirs or come with a title."""
    if entry.states == len(entry.roles):
        return "state"
    first = re.split(r"\W+", entry.names[0].lower())[0]
    if any(role.dated or role.sector == "ELI" for role in entry.roles) or first in _FORMS_OF_ADDRESS:
        return "person"
    return "organisation"


def _dates(when: str) -> tuple[str | None, str | None]:
    """First and last day of a restriction."""
    if not when:
        return None, None
    before, after, between = (pattern.fullmatch(when) for pattern in (_BEFORE, _AFTER, _BETWEEN))
    if before:
        return None, _day(before[1])
    if after:
        return _day(after[1]), None
    if between is None:
        raise ValueError(f"{when!r} is no restriction to dates, such as <19911225, >19911225 or 19850311-19911225")
    start, end = _day(between[1]), _day(between[2])
    if ends_before_it_starts(start, end):
        raise ValueError(f"the end {end} is before the start {start} in {when!r}")
    return start, end


def _day(digits: str) -> str:
    """The ISO form of YYMMDD or YYYYMMDD."""
    if len(digits) not in (6, 8):
        raise ValueError(f"{digits!r} is no date of the form YYYYMMDD or YYMMDD")
    year, rest = int(digits[:-4]), digits[-4:]
    if len(digits) == 6:
        year += 2000 if year <= _CENTURY else 1900
    try:
        return date(year, int(rest[:2]), int(rest[2:])).isoformat()
    except ValueError as error:
        raise ValueError(f"{digits!r} is no day of the calendar") from error


def _spellings(phrase: str) -> list[str]:
    """The names of a phrase in capitals and underscores; `*` at its end lets a plural match as well."""
    text = clean_name(phrase.replace("_", " "))
    starred = text.endswith("*")
    text = text.rstrip("* ")
    short = _SHORT_FORM.fullmatch(text)
    parts = [short[1], short[2]] if short else [text]
    names = [_written(part) for part in parts if part]
    return [*names, *(name + "s" for name in names[:1] if starred)]


def _written(text: str) -> str:
    """A name in the small and capital letters that reports use, as far as its capitals let one tell."""
    if text != text.upper():
        return text
    pieces = re.split(r"([\s/-]+)", text)
    if len(pieces) == 1:
        return text if len(text) < 4 or _abbreviated(text) else _capitalised(text)
    out = []
    for k, piece in enumerate(pieces):
        lower = piece.lower()
        if lower in _SMALL:
            out.append(lower if k or lower == "al" else _capitalised(piece))
        else:
            out.append(piece if _abbreviated(piece) else _capitalised(piece))
    return "".join(out)


def _abbreviated(piece: str) -> bool:
    """Whether letters are those of an acronym: points between them, no vowel, or a known one."""
    letters = piece.strip(".,'\"()")
    return (
        "." in letters
        or (len(letters) == 1)
        or letters in _ACRONYMS
        or (len(letters) > 1 and not re.search(r"[AEIOUY]", letters))
    )


def _capitalised(piece: str) -> str:
    """ "d'escoto" with its capitals: the first letter, and one after "O'" or "D'"."""
    text = piece.lower()
    text = re.sub(r"^(\W*)(\w)", lambda m: m[1] + m[2].upper(), text)
    return re.sub(r"^([DOL]['’])(\w)(?=\w)", lambda m: m[1] + m[2].upper(), text)
