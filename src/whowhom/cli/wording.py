"""How names, words of a report, numbers and dates are put for a reader; shared by the screen view and --explain."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from whowhom.records import Actor, Document, Magnitude, Place, Spans

MAX_WIDTH = 120
MIN_WIDTH = 40
# Marks that turn the direction of text around, and so could make a line read other than it is written.
_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_WORD = re.compile(r"( *)([^ ]+)")
_MAGNITUDE_NOUN = {"money": "", "troops": "troops"}


class _Console(Console):
    def on_broken_pipe(self) -> None:
        raise BrokenPipeError  # rich would end the program with status 1


def console() -> Console:
    """Standard output: in colour where it is a terminal that has it and NO_COLOR is not set, else plain."""
    if os.environ.get("NO_COLOR"):
        return _Console(highlight=False, color_system=None)
    return _Console(highlight=False)


def width_of(out: Console) -> int:
    """Columns to fill: those of the terminal, but no more than a reader's eye can follow."""
    return max(MIN_WIDTH, min(out.width, MAX_WIDTH))


def show(out: Console, lines: Iterable[Text]) -> None:
    """Print lines as they are, neither wrapped nor cut."""
    for line in lines:
        out.print(line, no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)


def plain(words: str) -> str:
    """The words on one line, without characters that could command a terminal."""
    words = " ".join(words.split()).translate(_TURNING)
    if words.isprintable():
        return words
    return "".join(c for c in words if unicodedata.category(c) not in ("Cc", "Cs"))


def hang(line: Text, width: int, indent: int) -> Iterator[Text]:
    """The line in pieces of at most `width` columns, those after the first indented; no word is broken."""
    lead = Text("")
    for piece in line.divide(_breaks(line.plain, width, width - indent)):
        piece.rstrip()
        yield lead + piece
        lead = Text(" " * indent)


def _breaks(words: str, first: int, rest: int) -> list[int]:
    """Where to break a line so that its first piece fills at most `first` columns, each other one `rest`."""
    out: list[int] = []
    used, room, started = 0, first, False
    for match in _WORD.finditer(words):
        lead, word = cell_len(match[1]), cell_len(match[2])
        if started and used + lead + word > room:
            out.append(match.start(2))
            used, room = word, rest
        else:
            used += lead + word
        started = True
    return out


def quoted(words: str, width: int, indent: int = 8, style: str = "dim italic") -> Iterator[Text]:
    """Words of the report as an indented paragraph."""
    lead = Text(" " * indent)
    for piece in hang(Text(words, style=style), width - indent, 0):
        yield lead + piece


def words_at(document: Document, spans: Spans) -> str:
    """The report's words at some spans, on one line; a gap between spans is an ellipsis."""
    return " … ".join(plain(document.text[start:end]) for start, end in spans)


class Names:
    """The actors of a document by id."""

    def __init__(self, document: Document) -> None:
        self._actors = {actor.id: actor for actor in document.actors}

    def __contains__(self, actor_id: object) -> bool:
        return actor_id in self._actors

    def name(self, actor_id: str) -> str:
        """The actor's name; the id itself where the document has no such actor."""
        actor = self._actors.get(actor_id)
        return plain(actor.name) if actor else actor_id

    def names(self, ids: Iterable[str], nobody: str = "") -> str:
        """The names joined as in a sentence, `nobody` where there are none."""
        return joined([self.name(one) for one in ids]) or nobody

    def label(self, actor_id: str) -> str:
        """The actor's name with country and sector: "Ines Duarte (PRT GOV)"."""
        actor = self._actors.get(actor_id)
        return label(actor) if actor else actor_id


def label(actor: Actor) -> str:
    """An actor's name with its country and sector: "Ines Duarte (PRT GOV)"."""
    codes = " ".join(code for code in (actor.country, actor.sector) if code)
    return f"{plain(actor.name)} ({codes})" if codes else plain(actor.name)


def joined(parts: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join(one for one in (", ".join(parts[:-1]), *parts[-1:]) if one)


def number(value: float) -> str:
    """A number as a reader writes it: 1,500,000 or 2.5."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def amount(name: str, value: Magnitude) -> str:
    """A magnitude for a reader: "3 killed", "1,500,000,000 USD", "at least 500 detained", "three hours"."""
    if name == "duration":
        return plain(value.text)
    if value.low is None and value.high is None:
        bounds = plain(value.text)
    elif value.high is None:
        bounds = f"at least {number(value.low or 0)}"
    elif value.low is None:
        bounds = f"up to {number(value.high)}"
    elif value.low == value.high:
        bounds = number(value.low)
    else:
        bounds = f"{number(value.low)} to {number(value.high)}"
    return " ".join(part for part in (bounds, value.currency, _MAGNITUDE_NOUN.get(name, name)) if part)


def where(place: Place) -> str:
    """A place with its country: "Sfax, TUN"."""
    return ", ".join(plain(part) for part in (place.name, place.country) if part)


@cache
def day(iso: str) -> str:
    """A date with the day of its week, where it is a day: "2020-09-14 Monday"."""
    try:
        return f"{iso} {date.fromisoformat(iso):%A}" if len(iso) == 10 else iso
    except ValueError:
        return iso
