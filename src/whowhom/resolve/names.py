"""Proper names: the known ones by the knowledge tables, the unknown ones by capitals, titles and the name finder.

`find_names` returns mentions in order of the text. It does not yet say who is who.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

from whowhom.resolve.leadership import SpokenOn, led_by
from whowhom.resolve.own_names import OwnNames, means_state
from whowhom.resolve.titles import (
    FEMALE_TITLES,
    HONORIFICS,
    MALE_TITLES,
    NEUTRAL_HONORIFICS,
    noun_ending_at,
    title_before,
)
from whowhom.resolve.view import Mention, View
from whowhom.resources.knowledge import (
    NameEntry,
    agent_index,
    given_names,
    name_index,
    short_states,
)
from whowhom.resources.table import word_class

# Classes of `lexicon/names.tsv`, which says what each is.
_PARTICLES = word_class("lexicon/names.tsv", "particle")
_COMPANY = word_class("lexicon/names.tsv", "body")
_GIVEN_NAME_PLACES = word_class("lexicon/names.tsv", "place_or_given")
_NOT_NAMES = word_class("lexicon/names.tsv", "no_name")
_NO_ACTOR_ENDINGS = word_class("lexicon/names.tsv", "no_actor")
_SUFFIXES = word_class("lexicon/names.tsv", "letters")
_WAYS = word_class("lexicon/names.tsv", "way")
_PORTFOLIOS = word_class("lexicon/names.tsv", "portfolio")
_RANKS = word_class("lexicon/names.tsv", "rank")
_EASTERN = word_class("lexicon/names.tsv", "eastern")
_SAYING = word_class("lexicon/names.tsv", "saying")
_JOINERS = frozenset({"of", "for", "on"})


def find_names(view: View, own: OwnNames | None = None) -> list[Mention]:
    """All proper-name mentions, titles before persons noted, in text order and without overlap.

    `own` are the user's actors; their names win over those that we know, but for longer ones that hold them.
    """
    known = _known_names(view)
    _put_short_states(view, known)
    if own:
        _put_own(view, known, own)
    found: list[Mention] = []
    at = 0
    while at < view.size:
        mention = known.get(at)
        if mention is None and view.capitals:
            end = _capital_person(view, at, known)
            if end:
                found.append(Mention(at, end, view.head_of(at, end), "name", label="person"))
                _note_title(view, found[-1])
            at = max(end, at + 1)
            continue
        if mention is None and not _starts_run(view, at):
            at += 1
            continue
        end = _run_end(view, at, known)
        found.extend(_split_run(view, at, end, known))
        at = max(end, at + 1, found[-1].end if found else 0)
    for mention in found:
        _cut_suffix(view, mention)
    found = [m for m in found if not _is_suffix(view, m)]
    _settle_labels(view, found)
    return [m for m in found if m.label not in ("place", "none")]


def _capital_person(view: View, i: int, known: dict[int, Mention]) -> int:
    """The end of a person's name at `i` in a text all in capitals (a first name, then unknown words), else 0."""
    word = view.lower[i]
    if word not in given_names():
        return 0
    end = i + 1
    while (
        end < min(view.size, i + 4)
        and end not in known
        and view.pos[end] == "PROPN"
        and view.words[end].isalpha()
        and view.lower[end] not in agent_index()
        and view.lower[end] not in _NOT_NAMES
    ):
        end += 1
    return end if end > i + 1 else 0


def _known_names(view: View) -> dict[int, Mention]:
    index = name_index()
    text = view.source
    lowered = (
        "".join(text[i] if len(text[i].lower()) != 1 else text[i].lower() for i in range(len(text)))
        if len(text.lower()) != len(text)
        else text.lower()
    )
    lowered = lowered.replace("’", "'").replace("‑", "-").replace("–", "-")
    found: dict[int, Mention] = {}
    things = _abbreviated_things(view)
    i = 0
    while i < view.size:
        first = view.lower[i].partition("-")[0] or view.lower[i]
        match = index.match(text, lowered, view.offset[i], first, view.capitals) if first in index else None
        if match is None:
            i += 1
            continue
        end_offset, entry = match
        end = i + 1
        while end < view.size and view.offset[end] < end_offset:
            end += 1
        if entry.kind == "leader" and _is_second_surname(view, end):
            other = view.lower[end].partition("-")[0] or view.lower[end]
            if index.match(text, lowered, view.offset[end], other, view.capitals) is None:
                end += 1
        if _is_name_of_other(view, i, end, entry) or (
            entry.kind == "organisation" and (_in_noun(view, i, end) or view.words[i] in things)
        ):
            i += 1
            continue
        plural = entry.kind in ("demonym", "people") and (view.tag[end - 1] in ("NNS", "NNPS"))
        found[i] = Mention(i, end, view.head_of(i, end), "name", entry=entry, plural=plural)
        i = end
    return found


def _put_short_states(view: View, known: dict[int, Mention]) -> None:
    """Add the states that a report calls by a short name: "the North" where it speaks of North Korea."""
    named = Counter(code for m in known.values() if m.entry and (code := getattr(m.entry.known, "iso3", None)))
    if not named or view.capitals:
        return
    taken = {i for m in known.values() for i in range(m.start, m.end)}
    longest = max(map(len, short_states()))
    for start in range(1, view.size):
        if not view.capital(start) or start in taken or not _short_alone(view, start):
            continue
        for end in range(min(start + longest, view.size), start, -1):
            short = short_states().get(tuple(view.words[start:end]))
            if short is None or (end < view.size and view.capital(end) and view.pos[end] == "PROPN"):
                continue
            meant = max(short.countries, key=lambda country: named[country.iso3])
            if named[meant.iso3] and not (short.main and named[meant.iso3] < max(named.values())):
                entry = NameEntry(" ".join(view.words[start:end]), "country", meant)
                known[start] = Mention(start, end, view.head_of(start, end), "name", entry=entry)
            break


def _short_alone(view: View, i: int) -> bool:
    """Whether a short name of a state may begin at `i`: behind "the", or as one of "North and South"."""
    if view.lower[i - 1] == "the":
        return True
    pair = ("North", "South")
    return view.words[i] in pair and (
        (i + 2 < view.size and view.lower[i + 1] == "and" and view.words[i + 2] in pair)
        or (i > 1 and view.lower[i - 1] == "and" and view.words[i - 2] in pair)
    )


def _is_second_surname(view: View, i: int) -> bool:
    """Whether token `i` goes on with the name of a person that ends before it: "Hugo Chavez Frias"."""
    return (
        i < view.size
        and view.ent[i] == "PERSON"
        and view.inside[i]
        and view.pos[i] == "PROPN"
        and view.capital(i)
        and view.lower[i] not in agent_index()
        and view.lower[i - 1] not in given_names()  # King Juan Carlos is not Juan Carlos Vega
    )


def _abbreviated_things(view: View) -> frozenset[str]:
    """Acronyms that the report itself says to stand for a thing: "the consumer price index, CPI," is no party."""
    out = set()
    for i in range(1, view.size):
        letters = view.words[i]
        if not (letters.isupper() and letters.isalpha() and len(letters) > 2) or view.lower[i - 1] not in ("(", ","):
            continue
        spelled = view.words[max(0, i - 1 - len(letters)) : i - 1]
        meant = "".join(word[0] for word in spelled).upper() == letters and all(word.islower() for word in spelled)
        if meant and spelled[-1] not in agent_index():
            out.add(letters)
    return frozenset(out)


def _put_own(view: View, known: dict[int, Mention], own: OwnNames) -> None:
    """Put the user's names in the place of the known ones."""
    for start, end, actor in list(own.find(view)):
        there = [m for m in known.values() if m.start < end and start < m.end]
        if any(m.start <= start and end <= m.end and m.end - m.start > end - start for m in there):
            continue
        same = next((m for m in there if (m.start, m.end) == (start, end)), None)
        if same is not None and same.entry is not None and means_state(actor, same.entry, view.date):
            continue
        for m in there:
            del known[m.start]
        label = {"person": "person", "people": "people"}.get(actor.kind, "organisation")
        plural = actor.kind == "people" or view.tag[end - 1] in ("NNS", "NNPS")
        head = view.head_of(start, end)
        known[start] = Mention(start, end, head, "name", label=label, plural=plural, own=actor)


def _is_name_of_other(view: View, start: int, end: int, entry: NameEntry) -> bool:
    """Whether a known place name is rather part of a person's name ("Jordan Smith", "Jack London")."""
    if entry.kind == "organisation":
        return _is_no_body(view, start, end)
    if entry.kind == "leader":
        return _is_only_given(view, start, end)
    if end - start > 1 or view.capitals:
        return False
    if not view.capital(start):
        return True
    word = view.lower[start]
    before_is_given = start > 0 and view.lower[start - 1] in given_names() and view.capital(start - 1)
    if before_is_given and view.ent[start] == view.ent[start - 1] == "PERSON":
        return True
    after_is_name = (
        end < view.size
        and view.pos[end] == "PROPN"
        and view.ent[start] == view.ent[end] == "PERSON"
        and view.lower[end] not in agent_index()
    )
    return after_is_name and (word in _GIVEN_NAME_PLACES or word in given_names())


def _is_only_given(view: View, start: int, end: int) -> bool:
    """Whether the name of one known by first names is but the start of another's: "Juan Carlos Vega"."""
    if end >= view.size or view.capitals or not all(view.lower[i] in given_names() for i in range(start, end)):
        return False
    joined = view.inside[end] and view.ent[end] == view.ent[end - 1] == "PERSON"
    joined = joined or (view.dep[end - 1] == "compound" and view.head[end - 1] >= end)
    follows = view.pos[end] == "PROPN" and view.capital(end) and view.words[end].isalpha()
    return joined and follows and view.lower[end] not in agent_index() and view.lower[end] not in _SUFFIXES


def _is_no_body(view: View, start: int, end: int) -> bool:
    """Whether a known name of a body is a verb, a first name ("Rafael Gomez") or the office of one named next."""
    following = (
        end < view.size
        and view.pos[end] == "PROPN"
        and view.capital(end)
        and view.sentence[end] == view.sentence[start]
        and not view.capitals
    )
    if end - start == 1:
        given = view.lower[start] in given_names() and view.words[start][1:].islower()
        named = following and view.words[end].isalpha() and view.lower[end] not in agent_index()
        return view.pos[start] in ("VERB", "ADV") or (given and named and not _is_organisation_word(view.lower[end]))
    last = agent_index().get(view.lower[end - 1])
    return following and last is not None and last[0].kind == "person" and not last[1]


def _in_noun(view: View, start: int, end: int) -> bool:
    """Whether a name is rather the first word of a noun for an office ("Labour Minister")."""
    if end >= view.size or end - start > 1 or view.lower[end] not in ("minister", "secretary", "ministry"):
        return False
    noun = noun_ending_at(view, end, start)
    return noun is not None and noun[0] == start


def _starts_run(view: View, i: int) -> bool:
    return (
        view.pos[i] == "PROPN"
        and view.capital(i)
        and not view.capitals
        and view.ent[i] not in ("DATE", "TIME", "MONEY", "PERCENT")
        and view.lower[i] not in _NOT_NAMES
    ) or (view.lower[i] in HONORIFICS and view.capital(i))


def _run_end(view: View, start: int, known: dict[int, Mention]) -> int:
    """Where the capitalised words that begin at `start` end; known names inside are taken whole."""
    sentence = view.sentence[start]
    i = known[start].end if start in known else start + 1
    while i < view.size and view.sentence[i] == sentence:
        if i in known:
            i = known[i].end
        elif (
            _starts_run(view, i)
            or (view.inside[i] and view.ent[i] == "ORG" and view.pos[i] == "NUM")
            or _surname_like_verb(view, i)
        ):
            i += 1
        elif _given_syllable(view, i):
            i += 2
        elif (
            i + 1 < view.size
            and (view.words[i] == "-" or view.lower[i] in _PARTICLES)
            and view.sentence[i + 1] == sentence
            and (_starts_run(view, i + 1) or view.words[i + 1] == "-" or view.lower[i + 1] in _PARTICLES)
            and (view.ent[i] or view.words[i] != "-" or view.ent[i - 1] == "PERSON")
            and i + 1 not in known
        ):
            i += 1
        else:
            break
    return i


def _surname_like_verb(view: View, i: int) -> bool:
    """Whether the tagger takes a surname for another word but the name finder for one: "Mark Eyking"."""
    named = view.ent[i] == view.ent[i - 1] == "PERSON" and view.inside[i] and view.pos[i - 1] == "PROPN"
    return named and view.capital(i) and view.words[i].isalpha() and i not in view.headings and not view.capitals


def _given_syllable(view: View, i: int) -> bool:
    """Whether a hyphen at `i` joins the second syllable of a given name in small letters ("Chung Mong-koo")."""
    if i < 2 or i + 1 >= view.size or view.words[i] != "-" or view.lower[i - 2] not in _EASTERN:
        return False
    last = view.words[i + 1]
    close = view.offset[i + 1] == view.offset[i] + 1 == view.offset[i - 1] + len(view.words[i - 1]) + 1
    return (
        close and last.isalpha() and last.islower() and len(last) < 7 and last not in ("led", "era", "based", "style")
    )


def _split_run(view: View, start: int, end: int, known: dict[int, Mention]) -> list[Mention]:
    out: list[Mention] = []
    i = start
    while i < end:
        if i in known:
            whole = _organisation_from(view, i, end, known) if known[i].own is None else None
            if whole and known[i].end < whole:
                out.append(_organisation(view, i, whole, known))
                i = whole
            else:
                out.append(known[i])
                i = known[i].end
            continue
        if view.lower[i] in HONORIFICS or view.lower[i] in NEUTRAL_HONORIFICS or view.lower[i] in ("the", "a", "an"):
            i += 1
            continue
        if i + 1 < end and view.lower[i] in _PORTFOLIOS and _behind_of(view, i):
            i += 1  # "minister of Economy Ana Costa"
            continue
        title = _title_end(view, i, end)
        if title:
            if title < view.size - 1 and view.lower[title] == "of" and view.tag[title + 1] == "NNPS":
                stop = _joined_end(view, title) or title  # "Registrar of Voters" is an office, not a person
                out.append(_organisation(view, i, stop, known))
                title = stop
            i = title
            continue
        whole = _organisation_from(view, i, end, known)
        if whole:
            out.append(_organisation(view, i, whole, known))
            i = whole
            continue
        stop = i + 1
        while stop < end and not (_title_end(view, stop, end) and not _surname(view, stop, end)):
            if stop in known and (known[stop].own is not None or not _one_organisation(view, stop)):
                break
            stop = known[stop].end if stop in known else stop + 1
        while stop > i + 1 and (view.words[stop - 1] == "-" or view.lower[stop - 1] in _PARTICLES):
            stop -= 1
        noun = agent_index().get(view.lower[i]) if stop == i + 1 else None
        described = noun is not None and noun[0].kind in ("organisation", "group")  # "the Government"
        described = described or _qualifies_noun(view, i, stop) or not any(w.isalpha() for w in view.words[i:stop])
        if not described and ((view.words[i] != "-" and view.lower[i] not in _PARTICLES) or stop > i + 1):
            out.append(_name(view, i, stop))
        i = stop
    for mention in out:
        if mention.own is not None and mention.own.kind != "person":
            continue
        if mention.label != "organisation" and (mention.entry is None or mention.entry.kind == "leader"):
            _note_title(view, mention)
            _note_own_title(view, mention)
    return out


def _behind_of(view: View, i: int) -> bool:
    """Whether a portfolio stands behind "of", alone or after another: "of Industry and Trade"."""
    if i > 2 and view.lower[i - 1] in ("and", "&") and view.lower[i - 2] in _PORTFOLIOS:
        i -= 2
    return i > 0 and view.lower[i - 1] in ("of", "for")


def _qualifies_noun(view: View, start: int, end: int) -> bool:
    """Whether a capitalised word is no name but tells more of the noun after it ("Shadow chancellor", "New mayor")."""
    if end - start > 1 or end >= view.size:
        return False
    if view.lower[start] in ("new", "former", "then", "late", "acting", "shadow"):
        return True
    noun = agent_index().get(view.lower[end])
    if noun is not None and noun[0].kind == "person" and view.lower[start] in _RANKS:
        return True
    if noun is not None and view.lower[start] in _PORTFOLIOS:
        return True
    return noun is not None and view.ent[start] == "" and view.dep[start] in ("compound", "amod")


def _one_organisation(view: View, i: int) -> bool:
    """Whether the name finder takes token `i` and the one before for one organisation."""
    return view.ent[i] == view.ent[i - 1] == "ORG" and view.inside[i]


def _title_end(view: View, i: int, end: int) -> int | None:
    """Where a person noun that starts at `i` ends, None where none starts."""
    index = agent_index()
    for length in (4, 3, 2, 1):
        if i + length > end:
            continue
        form = view.lower[i] if length == 1 else " ".join(view.lower[i : i + length])
        found = index.get(form)
        if found and found[0].kind == "person" and (length > 1 or found[0].is_title or i + 1 == end):
            return i + length
    return None


def _surname(view: View, i: int, end: int) -> bool:
    """Whether a word such as King or Bishop ends a person's name here rather than being a title."""
    first = view.lower[i - 1] in given_names() and view.capital(i - 1)
    return i + 1 == end and (first or (view.ent[i] == "PERSON" and view.ent[i - 1] == "PERSON"))


def _organisation_from(view: View, start: int, end: int, known: dict[int, Mention]) -> int | None:
    """Where a name that starts at `start` and has an organisation's head word ends, None where there is none."""
    last = None
    i = start
    while i < end:
        word = view.lower[i]
        if i > start and i in known and (known[i].own or (known[i].entry and known[i].entry.kind == "organisation")):  # type: ignore[union-attr]
            break
        if _is_organisation_word(word) and (i > start or end - start >= 1):
            last = i + 1
        elif (
            last is None and i > start and _title_end(view, i, end) and agent_index().get(word, (None,))[0] is not None
        ):
            break
        i += 1
    if last is None:
        return None
    if last - start == 1 and not (last < view.size and view.lower[last] in _JOINERS):
        return None
    # "Ministry of Justice", "Committee on Preventing and Combating Torture"
    if last == end or last - start == 1:
        joined = _joined_end(view, last)
        if joined:
            return joined
    return last if last - start > 1 else None


def _joined_end(view: View, i: int) -> int | None:
    if i >= view.size or view.lower[i] not in _JOINERS:
        return None
    if view.lower[i] == "on" and view.lower[i - 1] not in ("committee", "commission", "council", "panel", "conference"):
        return None
    j = i + 1
    if j < view.size and view.lower[j] == "the":
        j += 1
    begin = j
    while j < view.size and view.sentence[j] == view.sentence[i]:
        if view.capital(j) and view.pos[j] in ("PROPN", "NOUN", "ADJ", "VERB") and view.ent[j] != "DATE":
            j += 1
        elif (
            view.lower[j] in ("and", "&", ",")
            and view.lower[i] != ","
            and j > begin
            and j + 1 < view.size
            and view.capital(j + 1)
            and view.ent[j]
            and view.ent[j] == view.ent[j + 1] == "ORG"
        ):
            j += 1
        else:
            break
    return j if j > begin else None


@cache
def _is_organisation_word(word: str) -> bool:
    found = agent_index().get(word)
    return word in _COMPANY or (found is not None and found[0].kind == "organisation" and not found[1])


def _organisation(view: View, start: int, end: int, known: dict[int, Mention]) -> Mention:
    inside = next((known[i].entry for i in range(start, end) if i in known), None)
    return Mention(start, end, view.head_of(start, end), "name", label="organisation", inside=inside)


def _name(view: View, start: int, end: int) -> Mention:
    labels = Counter(view.ent[i] for i in range(start, end) if view.ent[i])
    label = labels.most_common(1)[0][0] if labels else ""
    word = view.lower[end - 1]
    if word in _NO_ACTOR_ENDINGS and label != "PERSON":
        label = "none"
    elif label in ("GPE", "LOC", "FAC") or (label == "ORG" and end - start == 1 and _in_place(view, start)):
        label = "place"
    else:
        label = {"PERSON": "person?", "ORG": "organisation?", "NORP": "people", "": ""}.get(label, "none")
    return Mention(start, end, view.head_of(start, end), "name", label=label, plural=view.tag[end - 1] == "NNPS")


def _in_place(view: View, i: int) -> bool:
    return view.dep[i] == "pobj" and view.lower[view.head[i]] in ("in", "near")


def _note_title(view: View, mention: Mention) -> None:
    """Fill in what the words before a name say of it."""
    before = mention.start - 1
    if before < 0 or view.sentence[before] != view.sentence[mention.start]:
        return
    word = view.lower[before]
    if word in HONORIFICS:
        mention.label, mention.gender = "person", HONORIFICS[word]
    title = title_before(view, mention.start)
    if title is None or view.lower[mention.end - 1] in _WAYS:
        return
    mention.titles = (title,)
    mention.label = "person"
    last = view.lower[title[1] - 1]
    if mention.gender is None:
        mention.gender = "f" if last in FEMALE_TITLES else "m" if last in MALE_TITLES else None


def _note_own_title(view: View, mention: Mention) -> None:
    """Fill in the title that is part of the name by which an office holder is known: "Queen Elizabeth"."""
    stop = _title_end(view, mention.start, mention.end) if mention.entry is not None else None
    if stop is not None and stop < mention.end:
        mention.titles = (*mention.titles, (mention.start, stop))


def _cut_suffix(view: View, mention: Mention) -> None:
    """Leave letters after a name out of it ("Ana Costa MP"); those that name an office become a title."""
    if mention.entry is not None or mention.own is not None or mention.label == "organisation":
        return
    last = mention.end - 1
    if mention.end - mention.start > 2 and view.lower[last] in _SUFFIXES and view.capital(last):
        mention.end = last
        mention.head = view.head_of(mention.start, last)
    elif mention.end - mention.start > 1 and _letters_follow(view, mention.end):
        last = mention.end
    else:
        return
    mention.label, mention.letters = "person", True
    if view.lower[last] in agent_index():
        mention.titles = (*mention.titles, (last, last + 1))


def _letters_follow(view: View, i: int) -> bool:
    """Whether letters stand at `i` right behind a name, and no further name behind them: not "Labour MP Jane Roe"."""
    if i >= view.size or view.sentence[i] != view.sentence[i - 1] or view.lower[i] not in _SUFFIXES:
        return False
    named = i + 1 < view.size and view.pos[i + 1] == "PROPN" and view.capital(i + 1)
    return view.words[i].isupper() and not named and not view.capitals and view.ent[i - 1] in ("PERSON", "NORP", "")


def _is_suffix(view: View, mention: Mention) -> bool:
    """Whether a mention is no more than the letters after somebody's name."""
    i = mention.start
    single = mention.end - i == 1 and mention.entry is None and mention.own is None and i > 0
    return single and view.lower[i] in _SUFFIXES and view.words[i].isupper() and view.capital(i - 1)


def _acts_as_person(view: View, mention: Mention) -> bool:
    """Whether an unknown name of two or three plain words says something or is followed by an age."""
    words = view.words[mention.start : mention.end]
    if not 1 < len(words) < 4 or any(w.isupper() and len(w) > 2 and w.isalpha() for w in words):
        return False
    if any(_is_organisation_word(w.lower()) or w.isdecimal() for w in words):
        return False
    before = view.lower[mention.start - 1] if mention.start else ""
    if before in ("the", "in", "at", "near", "of"):
        return False
    i = mention.end
    if i + 2 < view.size and view.words[i] == "," and view.words[i + 1].isdecimal() and view.words[i + 2] == ",":
        return 9 < int(view.words[i + 1]) < 100 if len(view.words[i + 1]) < 4 else False
    verb = view.head[mention.head]
    return view.dep[mention.head] == "nsubj" and view.lemma[verb] in _SAYING and len(words) == 2


def _followed_by_who(view: View, mention: Mention) -> bool:
    i = mention.end
    return i + 1 < view.size and (view.lower[i] == "who" or (view.words[i] == "," and view.lower[i + 1] == "who"))


def _settle_labels(view: View, found: list[Mention]) -> None:
    """Give each unknown name the label that most of its mentions, and the names that contain it, have."""
    votes: dict[str, Counter[str]] = {}
    persons: set[str] = set()
    for mention in found:
        if mention.own is not None:
            if mention.own.kind == "person":
                persons.update(view.lower[mention.start : mention.end])
            continue
        if mention.entry is not None:
            if mention.entry.kind == "leader":
                persons.update(view.lower[mention.start : mention.end])
            continue
        words = view.lower[mention.start : mention.end]
        weight = 3 if mention.label in ("person", "organisation") else 1
        label = mention.label.rstrip("?")
        if label in ("person", "organisation?", "person?") and words[0] in given_names():
            weight += 2
        if len(words) > 1 and label == "person":
            weight += 1
            persons.add(words[-1])
            persons.add(words[0])
        votes.setdefault(" ".join(words), Counter())[label] += weight
    persons_by_deed: set[str] = set()
    for mention in found:
        words = view.lower[mention.start : mention.end]
        if mention.own is not None:
            continue
        if mention.entry is None and (_acts_as_person(view, mention) or (len(words) > 1 and words[0] in given_names())):
            persons.add(words[-1])
            if mention.label not in ("organisation", "place") and words[0] not in given_names():
                persons_by_deed.add(" ".join(words))
    for mention in found:
        if mention.entry is not None or mention.own is not None or mention.label in ("person", "organisation"):
            continue
        words = view.lower[mention.start : mention.end]
        if mention.label != "none" and (_followed_by_who(view, mention) or " ".join(words) in persons_by_deed):
            mention.label = "person"
            continue
        solid = [w for w in words if w not in _PARTICLES]
        if len(words) > 1 and len(solid) == 1 and solid[0] in persons:
            mention.label = "person"  # "El Abdi" after "Rachid El Abdi"
            continue
        label = votes[" ".join(words)].most_common(1)[0][0]
        led = label != "people" and led_by(words[0], SpokenOn(view.date)) and not _is_where(view, mention)
        if len(words) == 1 and (words[0] in persons or led):
            label = "person"  # "Erdogan", whatever the tagger takes it for
        elif label in ("organisation", "", "people", "place") and len(words) in (2, 3, 4) and words[0] in given_names():
            label = "person"
        elif label == "" and view.dep[mention.head] not in ("nsubj", "nsubjpass", "agent", "dobj", "poss"):
            label = "none"
        mention.label = label or "organisation"


def _is_where(view: View, mention: Mention) -> bool:
    """Whether a name of one word says where something is or leads: "in Pereira", "the Pereira-Cartago pipeline"."""
    if mention.start and view.lower[mention.start - 1] in ("in", "near"):
        return True
    for hyphen, other in ((mention.start - 1, mention.start - 2), (mention.end, mention.end + 1)):
        if 0 <= other < view.size and view.words[hyphen] == "-" and view.capital(other):
            return not led_by(view.lower[other], SpokenOn(view.date))
    return False
