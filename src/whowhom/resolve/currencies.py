"""Money in a text: which currency stands before or behind a number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from whowhom.resolve.number_words import Number, figure, read_number
from whowhom.resources import read_table
from whowhom.resources.table import values

DASHES = frozenset("-‐‑–—")


@dataclass(frozen=True, slots=True)
class Currencies:
    """ISO 4217 codes by symbol, by word ("euros"), and by the adjective before a shared word ("Australian")."""

    symbols: dict[str, str]
    words: dict[str, str]
    adjectives: dict[str, str]


@cache
def currencies() -> Currencies:
    """The table of `lexicon/currencies.tsv`; the first row that has a symbol or word owns it."""
    symbols: dict[str, str] = {}
    words: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    for row in read_table("lexicon/currencies.tsv"):
        for symbol in values(row["symbols"]):
            symbols.setdefault(symbol, row["code"])
        for word in values(row["words"]):
            words.setdefault(word, row["code"])
        for adjective in values(row["adjectives"]):
            adjectives.setdefault(adjective, row["code"])
    return Currencies(symbols, words, adjectives)


class MoneyReader:
    """One text's words, asked for the currency of a number."""

    def __init__(self, doc: Doc, dates: set[int], dollar: str) -> None:
        self.doc = doc
        self.dates = dates
        self.dollar = dollar
        self.words = [token.lower_ for token in doc]
        self.size = len(self.words)

    def word(self, i: int) -> str:
        """The lower-case word at `i`, "" outside the text."""
        return self.words[i] if 0 <= i < self.size else ""

    def has_symbol(self, i: int) -> bool:
        """Whether the token at `i` is a currency symbol with the figures glued to it ("Rs500", "\\$1.5bn")."""
        text = self.doc[i].text
        if len(text) < 2 or not text[-1].isalnum() or text.isalpha() or text[0].isdecimal():
            return False
        marked = not text[0].isalnum() or (text[0].isupper() and (text[-1].isdecimal() or not text.isalnum()))
        return marked and self.glued(i) is not None

    def glued(self, i: int) -> tuple[str, Number] | None:
        """Currency and number of a token such as "HK$50", "Rs500" or "US4.5" behind a dollar sign."""
        text = self.doc[i].text.lstrip("\\~")
        k = next((k for k, c in enumerate(text) if c.isdecimal()), 0)
        if not k:
            return None
        symbol, rest = text[:k].rstrip("."), text[k:].lower()
        code = currencies().symbols.get(symbol) or (
            currencies().symbols.get("$" + symbol) if self.word(i - 1) == "$" else None
        )
        if code is None or (symbol.isalpha() and len(symbol) == 1 and figure(rest) is None):
            return None
        if symbol in ("N", "R", "P", "Re") and not (
            self.doc[i].ent_type_ in ("MONEY", "CARDINAL", "") and len(rest) > 1
        ):
            return None
        number = read_number([rest, *self.words[i + 1 : i + 4]], 0)
        return (code, Number(number.low, number.high, number.end + i, number.vague)) if number else None

    def currency_before(self, i: int) -> tuple[str, int] | None:
        """The currency whose symbol stands before `i`, and the first token of it."""
        if i < 1:
            return None
        text = self.doc[i - 1].text.lstrip("\\")
        symbols = currencies().symbols
        if text == "." and i > 1 and self.doc[i - 2].text in symbols:
            return symbols[self.doc[i - 2].text], i - 2
        if text in symbols and not (len(text) == 1 and text.isalpha()):
            if text == "$" and i > 1 and self.doc[i - 2].text + "$" in symbols and not self.doc[i - 2].whitespace_:
                return symbols[self.doc[i - 2].text + "$"], i - 2
            return (self.dollar if text == "$" else symbols[text]), i - 1
        return None

    def currency_after(self, end: int) -> tuple[str, int] | None:
        """The currency named behind a number that ends before `end`, and the index behind its name."""
        known = currencies()
        k = end + (self.word(end) in DASHES)
        if self.word(k) == "of" and self.word(end - 1).endswith("s"):  # "billions of dollars"
            k += 1
        if k >= self.size:
            return None
        if self.word(k) in known.words:
            word = self.word(k)
            if word in ("real", "won", "pound", "pounds", "sol", "dong", "kip", "som", "lev") and self.doc[
                k
            ].pos_ not in (
                "NOUN",
                "PROPN",
            ):
                return None
            return (self.dollar if word.startswith("dollar") else known.words[word]), k + 1
        text = self.doc[k].text
        ahead = self.word(k + 1)
        if (
            text in known.symbols
            and (len(text) > 1 or text in "€£")
            and not (text[-1] in "$€£" and ahead[:1].isalnum())
        ):
            return known.symbols[text], k + 1
        for width in (1, 2):
            if self.word(k + width) in known.words and self.word(k + width - 1) in known.adjectives:
                return known.adjectives[self.word(k + width - 1)], k + width + 1
        return None
