"""A name taken apart: words without case, marks, titles and articles; for a person the given names and the surname."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from whowhom.resources.knowledge import agent_index, given_names
from whowhom.resources.table import read_table, values
from whowhom.store.spelling import MARKED

_HONORIFICS = frozenset(
    """mr mrs ms miss sir dame lord lady madam madame mme mlle monsieur herr frau senor senora don dona dr prof
    professor rev reverend hon fr father sister brother st saint imam ayatollah mullah mulla maulana rabbi pastor
    cardinal archbishop bishop sheikh shaikh sheik shaykh hajji haji mian sayyid sayed daw lt ret""".split()
)
_AFTER = frozenset("mp qc kc sc mep mla msp td phd md esq obe cbe mbe kcmg dso jp".split())
_GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr"} | {
    n: n for n in "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi".split()
}
_ARTICLES = frozenset("al el ul ur as ash az an at ad ar".split())
_PARTICLES = frozenset(
    "al el ul ur de da do dos das del della di du van von der den ter la le e y i ould arap af".split()
)
_SON = frozenset("bin ben ibn bint".split())
_SERVANT = re.compile(r"^ab[ei]?d(?:[aeiou]l|[aeiou]([rsnzd])(?=\1))?(?=.)")
_SERVANT_ALONE = frozenset("abd abdul abdel abdal abdol abed abdu".split())
# Bodies that go by an article and a name: the article is no short form of Albert.
_ARTICLE_BODIES = frozenset(
    "qaeda qaida shabaab shabab jazeera arabiya aqsa nusra fatah ahram manar azhar mourabitoun".split()
)
_SYLLABLES = re.compile(
    r"(?:(?:[bcdfghjklmnpqrstwxyz]|[czst]h|kw|hw|ts|tz|hs|ng|ph|tr)?y?[aeiouwy]+(?:ng|nh|n|k|l|m|p|t|r|h)?){1,2}"
)
_PINYIN = re.compile(r"ng|^x|^zh|^q(?!u)|ao")
_MOST_GIVEN = 4  # at most so many given names are looked at


@dataclass(frozen=True, slots=True)
class Parts:
    """A person's name: given names in order, the surname, and what tells father from son ("jr", "ii")."""

    given: tuple[str, ...]
    surname: str
    generation: str = ""
    eastern: bool = False  # surname first, the given name written as one word
    son: bool = False  # "bin" or the like stood before the last word: it is the father's name

    @property
    def words(self) -> tuple[str, ...]:
        """All words in the order of most languages."""
        return (*self.given, self.surname)


@lru_cache(maxsize=50_000)
def plain_words(name: str, *, marked: bool = False) -> tuple[str, ...]:
    """The words of a name in small letters without marks, hyphens kept; titles, honorifics and possessives are off.

    Args:
        marked: write a letter whose mark tells the sound by two ("č" as "ch") rather than without the mark.
    """
    from anyascii import anyascii

    family, comma, first = name.partition(",")
    if comma and first.strip().rstrip(".").casefold() not in _GENERATIONS:
        name = f"{first} {family}"
    name = re.sub(r"\((.*?)\)", " ", name)
    name = re.sub(r"\b(Al|El)(?=[A-Z][a-z])", r"\1-", name)
    lowered = name.casefold()
    text = anyascii(lowered.translate(MARKED) if marked else lowered).lower()
    text = re.sub(r"[’`´‘]", "'", text)
    text = re.sub(r"'s\b|(?<=s)'(?=\s|$)", "", text)
    text = re.sub(r"(?<=\w)'(?=\w)", "", text)
    text = re.sub(r"(?<![^\W\d_])([^\W\d_])\.(?=[^\W\d_]\b)", r"\1 ", text)
    words = [w.strip("-") for w in re.split(r"[^\w-]+", text) if w.strip("-")]
    if len(words) > 1 and all(len(w) == 1 for w in words):
        words = ["".join(words)]
    return tuple(_without_article(w) for w in _without_titles(words))


def _without_article(word: str) -> str:
    first, hyphen, rest = word.partition("-")
    return rest if hyphen and first in _ARTICLES and len(rest) > 2 else word


def _without_titles(words: list[str]) -> list[str]:
    words = list(words)
    while len(words) > 1 and words[0] in ("the", "a", "an"):
        words.pop(0)
    if any(w in _body_words() for w in words[1:]):
        return words
    while len(words) > 1:
        length = _title_length(words)
        if not length:
            break
        words = words[length:]
    while len(words) > 1 and words[-1] in _AFTER:
        words.pop()
    if len(words) > 2 and words[0] in _ARTICLES and words[0] != "al":
        words.pop(0)
    if len(words) == 2 and words[0] == "al" and words[1] in _ARTICLE_BODIES:
        words.pop(0)
    return words


def _title_length(words: list[str]) -> int:
    """How many words at the start are a title; the name must go on after them."""
    titles = _titles()
    for length in range(min(4, len(words) - 1), 0, -1):
        if " ".join(words[:length]) in titles and not (length == 1 and words[0] in given_names()):
            return length
    if words[0] in _HONORIFICS and not (words[0] == "sheikh" and len(words) == 2):
        return 1
    return 1 if words[0] in ("former", "then", "late", "ex", "acting", "deputy") and len(words) > 2 else 0


@cache
def _titles() -> frozenset[str]:
    return frozenset(form for form, (noun, plural) in agent_index().items() if noun.is_title and not plural)


@cache
def _body_words() -> frozenset[str]:
    """Words that are part of the names of bodies, not of persons."""
    nouns = {
        form for form, (noun, _) in agent_index().items() if noun.kind in ("organisation", "group") and " " not in form
    }
    more = "motors office staff union front movement of for and house services affairs electric mills dynamics".split()
    return frozenset(w for w in nouns if len(w) > 3) - given_names() | set(more)


@lru_cache(maxsize=50_000)
def person_parts(name: str, *, marked: bool = True) -> Parts:
    """The parts of a person's name. A name of one word is a surname."""
    words = list(plain_words(name, marked=marked))
    generation = ""
    last = name.strip(" .").rpartition(" ")[2]
    if (
        len(words) > 1
        and words[-1] in _GENERATIONS
        and (last.isupper() or words[-1] in ("jr", "junior", "sr", "senior"))
    ):
        generation = _GENERATIONS[words.pop()]
    eastern = _eastern(words)
    if eastern is not None:
        return Parts(eastern[:1], eastern[1], generation, eastern=True)
    son = any(w in _SON for w in words[1:-1])
    words = _joined(words)
    if len(words) < 2:
        return Parts((), "".join(words).replace("-", ""), generation)
    given = tuple(part for word in words[:-1] for part in word.split("-") if part)
    return Parts(given[:_MOST_GIVEN], words[-1].replace("-", ""), generation, son=son)


def _joined(words: list[str]) -> list[str]:
    """The words with particles left out and "Abdel Fattah" written as one."""
    out: list[str] = []
    k = 0
    while k < len(words):
        word = words[k]
        last = k == len(words) - 1
        if word in _SERVANT_ALONE and not last:
            following = words[k + 1] if words[k + 1] not in _ARTICLES or k + 2 >= len(words) else words[k + 2]
            k = words.index(following, k + 1) + 1
            out.append("abd" + following.replace("-", ""))
            continue
        inner = word.replace("-", "")
        if inner in ("abdullah", "abdallah", "abdulla", "abdalla"):
            word = "abdullah"
        elif _SERVANT.match(inner) and len(inner) > 6:
            word = _SERVANT.sub("abd", inner)
        given = k == 0 and word in ("al", "le", "el")  # Al Gore, Le Duc Tho
        particle = word in _PARTICLES and (out or not last) and not given
        if not particle and word not in _SON:
            out.append(word)
        k += 1
    return out or words[-1:]


def _eastern(words: list[str]) -> tuple[str, str] | None:
    """Given name and surname of a name in the way of China, Korea or Vietnam; None where it is of another kind."""
    flat = [part for word in words for part in word.split("-")]
    if not 2 <= len(flat) <= 3 or any(len(part) < 2 and part != "o" for part in flat):
        return None
    eastern = _eastern_surnames()
    for surname, rest in ((flat[0], flat[1:]), (flat[-1], flat[:-1])):
        hyphenated = any("-" in word for word in words)
        if surname not in eastern or (len(rest) == 1 and rest[0] in eastern and surname is flat[-1]):
            continue
        if surname is flat[-1] and not (hyphenated or _is_pinyin(rest)):
            continue
        if not all(_SYLLABLES.fullmatch(part) for part in rest):
            continue
        if any(len(part) > 4 and part in given_names() and not _PINYIN.search(part) for part in rest):
            continue
        given = "".join(rest)
        old = _old_spellings().get((surname, given))
        if old is not None:
            surname, given = old
            return given, eastern.get(surname, surname)
        return given, eastern[surname]
    return None


@cache
def _eastern_surnames() -> dict[str, str]:
    """Surnames that stand before the given name, by each spelling the one to use."""
    rows = [values(row["names"]) for row in read_table("knowledge/surnames.tsv") if row["sort"] == "eastern"]
    return {spelling: group[0] for group in rows for spelling in group}


@cache
def _old_spellings() -> dict[tuple[str, str], tuple[str, str]]:
    """Chinese names, as surname and given name, in pinyin by an older spelling."""
    out = {}
    for row in read_table("knowledge/surnames.tsv"):
        if row["sort"] == "old":
            (family, given), (new_family, new_given) = (name.split() for name in row["names"].split("="))
            out[family, given] = new_family, new_given
    return out


def _is_pinyin(rest: list[str]) -> bool:
    return len(rest) == 1 and len(rest[0]) > 4 and bool(_PINYIN.search(rest[0]))
