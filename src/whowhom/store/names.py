"""Names of persons and bodies: what is left without case, marks and titles, and when two can be one person's."""

from __future__ import annotations

from functools import cache

from whowhom.resources.knowledge import female_names, given_names, male_names
from whowhom.resources.table import read_table, values
from whowhom.store.name_parts import Parts, person_parts, plain_words
from whowhom.store.spelling import alike, sound

# Given names that go with two surnames, of which one may be left out.
_IBERIAN = frozenset(
    """jose juan luis carlos manuel miguel angel jesus francisco javier fernando antonio pedro pablo jorge sergio rafael
    ramon raul ricardo roberto alberto alvaro andres hugo daniel felipe enrique eduardo diego mario oscar
    ana carmen isabel rosa cristina gabriel ernesto evo rodrigo gustavo guillermo hector ignacio joao paulo
    alejandro nicolas salvador vicente augusto cesar lazaro""".split()
)
# Given names of languages written in Latin letters, with one spelling for each surname: Brown is not Browne.
_ENGLISH = frozenset(
    """david john james robert william richard thomas charles christopher stephen kenneth gordon alan ian george edward
    peter paul mark andrew michael kevin brian keith gary graham colin nigel simon jeremy geoffrey jeffrey jonathan
    philip patrick timothy neil ronald donald douglas gerald harold henry frank frederick walter raymond roy roger
    margaret mary elizabeth susan patricia barbara jennifer linda nancy karen ann anne jane helen alice ruth harriet
    hillary hilary laura sarah rebecca theresa gillian tony anthony dennis bruce craig scott""".split()
)
_EVERYBODYS = frozenset({"mohammed", "ahmed", "ahmad", "ali"})
"""Given names of so many that a further one tells who is meant."""
_EASTERN_SOUNDS = str.maketrans({"j": "ch", "d": "t", "b": "p", "g": "k", "r": "l"})


def fold(name: str) -> str:
    """The name without case, accents, marks, titles, articles and possessive s; words parted by one blank."""
    return " ".join(" ".join(plain_words(name)).replace("-", " ").split())


def key(name: str) -> str:
    """A string that is the same for the transliterations of one name: the surname by its sound, then the given names.

    It is for finding candidates: two names of one key need not be one person's.
    """
    parts = person_parts(name)
    return " ".join([_surname_sound(parts), *(_sound(given, parts) for given in parts.given)]).strip()


def prefixes(name: str) -> tuple[str, ...]:
    """The beginnings of all keys that a name compatible with a person's full name can have; () for a bare surname."""
    parts = person_parts(name)
    if not parts.given:
        return ()
    surnames = {_surname_sound(parts)}
    if not parts.eastern:
        surnames.update(sound(given) for given in parts.given[1:] if len(given) > 2)
        surnames.update(sound(a + b) for a, b in zip(parts.words[1:], parts.words[2:], strict=False))
    first = parts.given[0]
    initials = {_sound(form, parts)[:1] for form in (first, *_forms(first))} | {
        sound(form)[:1] for form in _forms(first)
    }
    out = {f"{surname} {initial}" for surname in surnames for initial in initials}
    if _reversed(parts):
        out.update(f"{sound(form)} {_sound(parts.surname, parts)[:1]}" for form in (first, _canonical(first)))
    return tuple(sorted(out))


def is_bare(name: str) -> bool:
    """Whether a person's name is one word alone, as of a surname."""
    return not person_parts(name).given


def same_person(one: str, other: str) -> str | None:
    """Why two names can be one person's, by the names alone; None where they cannot, or where one is bare."""
    a, b = person_parts(one), person_parts(other)
    if not a.given or not b.given or not _same_generation(a, b):
        return None
    if fold(one) == fold(other) and not (len(a.given) == 1 and len(a.given[0]) == 1):
        return "same name"
    if _reversed(a) and _reversed(b) and a.words == b.words[::-1] and not (a.son or b.son):
        return "same name in the other order"
    found = _reason(a, b)
    if found is None and a.eastern == b.eastern is False:
        found = _second_surname(a, b) or _second_surname(b, a)
    return found


def _reason(a: Parts, b: Parts) -> str | None:
    if not _same_surname(a, b):
        return None
    given = _same_given(a.given[0], b.given[0], a.eastern and b.eastern)
    if given is None and (a.given[1:] == b.given or b.given[1:] == a.given) and min(len(a.given), len(b.given)) > 1:
        return "same name but for the first given name"
    if given is None or not _same_middle(a.given[1:], b.given[1:], one=a, other=b):
        return None
    if given == "the same":
        return "same name" if a.surname == b.surname else "same name in another spelling"
    return f"same surname, {given}"


def _same_generation(a: Parts, b: Parts) -> bool:
    """Whether nothing tells father from son; "senior" is at times left out, "junior" and numbers are not."""
    return a.generation == b.generation or {a.generation, b.generation} == {"", "sr"}


def _same_surname(a: Parts, b: Parts) -> bool:
    if a.eastern and b.eastern:
        return a.surname == b.surname
    if a.surname == b.surname or _unmarked(a.surname) == _unmarked(b.surname):
        return True
    first = {_canonical(a.given[0]), _canonical(b.given[0])}
    if first & _ENGLISH:
        return False
    if first & _IBERIAN:
        return a.surname.replace("z", "s") == b.surname.replace("z", "s")
    if alike(a.surname, b.surname, loose=True):
        return True
    # "Rees Mogg" against "Rees-Mogg"
    return any(
        len(x.given) > 1 and len(y.surname) > 5 and alike(x.given[-1] + x.surname, y.surname, loose=True)
        for x, y in ((a, b), (b, a))
    )


def _unmarked(word: str) -> str:
    """A German or Scandinavian word as it is written where its vowels lose their marks."""
    return word.replace("ue", "u").replace("oe", "o").replace("ae", "a")


def _same_given(one: str, other: str, eastern: bool) -> str | None:
    """How two given names agree, None where they do not."""
    if one == other:
        return "the same" if len(one) > 1 else f"same initial {one.upper()}"
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        fits = len(long) > 1 and short in {form[0] for form in (long, *_forms(long))}
        return f"{long.capitalize()} has that initial" if fits else None
    if eastern:
        near = one.count("i") == other.count("i")  # Li Peng and Li Ping are two
        return "the same" if near and alike(one.translate(_EASTERN_SOUNDS), other.translate(_EASTERN_SOUNDS)) else None
    if one in _spellings().get(other, ()):
        return "the same"
    if _canonical(one) == _canonical(other) or one in _forms(other):
        return f"{one.capitalize()} and {other.capitalize()} are forms of one name"
    if {_sex(one), _sex(other)} == {"f", "m"}:
        return None
    known = _canonical(one) != one and _canonical(other) != other
    return "the same" if not known and alike(one, other) else None


def _same_middle(a: tuple[str, ...], b: tuple[str, ...], *, one: Parts, other: Parts) -> bool:
    """Whether the further given names of two names do not contradict each other, from the first on."""
    if (not a) != (not b) and _canonical(one.given[0]) in _EVERYBODYS and any(len(x) > 1 for x in (*a, *b)):
        return False
    if all(_same_given(x, y, False) for x, y in zip(a, b, strict=False)):
        return True
    short, long = sorted((a, b), key=len)
    rest = iter(long)
    return bool({*one.given[:1], *other.given[:1]} & _IBERIAN) and all(
        len(x) > 1 and any(x == y for y in rest) for x in short
    )


def _second_surname(long: Parts, short: Parts) -> str | None:
    """Whether the longer name has a further surname at its end ("Hugo Chavez Frias", "Hillary Rodham")."""
    n = len(short.words)
    if len(long.words) <= n or [_canonical(w) for w in long.words[:n]] != [_canonical(w) for w in short.words]:
        return None
    if long.given[0] in _IBERIAN or short.son or len(short.words) > 2:
        return "same name with a second surname"
    return None


def _reversed(parts: Parts) -> bool:
    """Whether a name of two words may stand surname first, since only one of them is a given name."""
    if parts.eastern or len(parts.given) != 1:
        return False
    return (parts.given[0] in given_names()) != (parts.surname in given_names())


def _surname_sound(parts: Parts) -> str:
    return parts.surname.upper() if parts.eastern else sound(parts.surname)


def _sound(given: str, parts: Parts) -> str:
    return sound(given.translate(_EASTERN_SOUNDS)) if parts.eastern else sound(_canonical(given))


def _sex(given: str) -> str:
    return "f" if given in female_names() else "m" if given in male_names() else ""


def _canonical(given: str) -> str:
    """The name of which a given name is a spelling, or the only one for which it is short."""
    return _canon().get(given, given)


def _forms(given: str) -> frozenset[str]:
    """The forms that stand with a given name in the table, itself left out."""
    return _table().get(given, frozenset())


@cache
def _table() -> dict[str, frozenset[str]]:
    """Long forms with their short ones and spellings, and the other way round; not short with short."""
    found: dict[str, set[str]] = {}
    for row in read_table("knowledge/short_names.tsv"):
        full = {_plain(n) for n in (row["name"], *values(row["spellings"]))}
        short = {_plain(n) for n in values(row["short"])}
        for name in full:
            found.setdefault(name, set()).update(full | short)
        for name in short:
            found.setdefault(name, set()).update(full)
    return {name: frozenset(forms - {name}) for name, forms in found.items()}


@cache
def _spellings() -> dict[str, frozenset[str]]:
    """The spellings of a given name by each of them, without short forms."""
    out: dict[str, frozenset[str]] = {}
    for row in read_table("knowledge/short_names.tsv"):
        full = frozenset(_plain(n) for n in (row["name"], *values(row["spellings"])))
        out.update(dict.fromkeys(full, full))
    return out


@cache
def _canon() -> dict[str, str]:
    names: dict[str, set[str]] = {}
    for row in read_table("knowledge/short_names.tsv"):
        for name in (row["name"], *values(row["spellings"]), *values(row["short"])):
            names.setdefault(_plain(name), set()).add(_plain(row["name"]))
    return {name: min(found) for name, found in names.items() if len(found) == 1}


def _plain(name: str) -> str:
    return fold(name).replace(" ", "")
