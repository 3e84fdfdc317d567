"""How well near copies are recognised, on made cases: house-style edits of one text, and pairs of different texts.

usage: python evals/syndication.py [FOLDER] [--cases N] [--seed N] [--newscluster GOLD.jsonl] [--show]

The texts of evals/gold/syndication were invented for this purpose: base-*.txt are carried by other papers under random
edits (another headline, dateline, byline and spelling, paragraphs cut from the end, a paragraph of background, lines of
a site), pair-*-a.txt and pair-*-b.txt are two reports on one happening or two fillings of one template, which must stay
two. With FOLDER its *.txt are the texts that are edited. With a newscluster file, pairs of reports on one event are
negatives as well, unless their texts share half of their word five-grams.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from whowhom.evaluation.stories import Shelf
from whowhom.records import Document
from whowhom.store import fingerprints

HERE = Path(__file__).parent / "gold" / "syndication"
Edit = Callable[[list[str], random.Random], list[str]]

_SPELLINGS = [
    ("or", "our", "lab harb neighb hon fav col arm vap hum"),
    ("er", "re", "cent met theat lit kilomet fib millimet"),
    ("ense", "ence", "def off lic pret"),
    ("ize", "ise", "organ critic author real recogn apolog standard"),
    ("yze", "yse", "anal paral"),
    ("eled", "elled", "trav canc lab mod"),
    ("eling", "elling", "trav canc lab mod"),
]
_BRITISH = [
    (re.compile(rf"(?i)(?<![a-z])({'|'.join(stems.split())}){american}"), rf"\1{british}")
    for american, british, stems in _SPELLINGS
] + [(re.compile(r"\bprogram\b"), "programme"), (re.compile(r"\btons\b"), "tonnes")]
_NUMBERS = dict(enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1))
_MONTHS = {"Jan": "January", "Feb": "February", "Aug": "August", "Sept": "September", "Oct": "October",
           "Nov": "November", "Dec": "December"}  # fmt: skip
_BYLINES = ["By Our Foreign Staff", "By Miriam Castle in {city}", "From our correspondent, {city}", "Agencies",
            "By ROLAND PIKE, Staff Writer", "{city}: Wednesday"]  # fmt: skip
_HEADLINES = ["What we know so far: {word} {other}", "{word}: the day's main story", "World in brief",
              "{word} and {other}: a turning point?", "Exclusive | {word} in the news"]  # fmt: skip
_BACKGROUND = [
    "The country, which became independent in the last century, has long been a place of passage between larger powers,"
    " and its politics have turned on the question of how close to keep to each of them.",
    "Our newspaper reported in the spring that officials had warned of such a turn of events in letters to the cabinet,"
    " which were left without an answer. A government spokesperson would not comment on them at the time.",
    "Analysts who follow the region say that the outcome will be watched closely in neighbouring capitals, where"
    " similar quarrels have been put off rather than settled, and where elections are due within the year.",
]
_FURNITURE = ["Share this article", "Read more: our live blog", "Advertisement", "Follow us", "Photo: Archive",
              "Sign up for our newsletter and never miss a story.", "Copyright. All rights reserved."]  # fmt: skip


def headline(paragraphs: list[str], dice: random.Random) -> list[str]:
    words = sorted(set(re.findall(r"\b[A-Z][a-z]{4,}", " ".join(paragraphs)))) or ["News", "Today"]
    pattern = dice.choice(_HEADLINES)
    return [pattern.format(word=dice.choice(words), other=dice.choice(words)), *paragraphs[1:]]


def dateline(paragraphs: list[str], dice: random.Random) -> list[str]:
    found = re.match(r"([A-Z][A-Z ]+)(?: \([^)]*\))? (?:-|–|—) ", paragraphs[1])
    city = found.group(1).title() if found else "Our City"
    lead = paragraphs[1][found.end() :] if found else paragraphs[1]
    opening = dice.choice(["", f"{city.upper()} — ", f"{city}, ", f"{city} (Agencies): "])
    byline = dice.choice(_BYLINES).format(city=city)
    return [paragraphs[0], byline, opening + lead, *paragraphs[2:]]


def quotes(paragraphs: list[str], dice: random.Random) -> list[str]:
    marks = dice.choice([("‘", "’"), ('"', '"'), ("«", "»"), ("'", "'")])
    return [p.replace("“", marks[0]).replace("”", marks[1]) for p in paragraphs]


def titles(paragraphs: list[str], dice: random.Random) -> list[str]:
    title = dice.choice(["Mr", "Mr.", "Ms", "Mrs."])
    return [re.sub(r"(?<=[.”’\"] )([A-Z][a-z]+) (said|told|added|praised|promised)\b", rf"{title} \1 \2", p)
            for p in paragraphs]  # fmt: skip


def percent(paragraphs: list[str], dice: random.Random) -> list[str]:
    return [re.sub(r" percent\b", dice.choice(["%", " per cent", " pc"]), p) for p in paragraphs]


def spelling(paragraphs: list[str], dice: random.Random) -> list[str]:
    for pattern, british in _BRITISH:
        paragraphs = [pattern.sub(british, p) for p in paragraphs]
    return paragraphs


def numbers(paragraphs: list[str], dice: random.Random) -> list[str]:
    words = {name: str(number) for number, name in _NUMBERS.items() if number > 1}
    return [re.sub(rf"\b({'|'.join(words)})\b", lambda m: words[m.group()], p) for p in paragraphs]


def months(paragraphs: list[str], dice: random.Random) -> list[str]:
    return [re.sub(rf"\b({'|'.join(_MONTHS)})\. (\d+)", lambda m: f"{_MONTHS[m[1]]} {m[2]}", p) for p in paragraphs]


def weekday(paragraphs: list[str], dice: random.Random) -> list[str]:
    return [re.sub(r" on (Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", dice.choice([" today", " yesterday", ""]), p)
            for p in paragraphs]  # fmt: skip


def attribution(paragraphs: list[str], dice: random.Random) -> list[str]:
    """Words that sub-editors put in and take out."""
    swaps = [(" said that ", " said "), (", which ", ", that "), ("about ", "some "), (" at least ", " more than ")]
    for old, new in dice.sample(swaps, 2):
        paragraphs = [p.replace(old, new) for p in paragraphs]
    return paragraphs


def cut(paragraphs: list[str], dice: random.Random) -> list[str]:
    keep = max(4, round(len(paragraphs) * dice.uniform(0.35, 0.9)))
    return paragraphs[:keep]


def background(paragraphs: list[str], dice: random.Random) -> list[str]:
    at = dice.randrange(2, len(paragraphs) + 1)
    return [*paragraphs[:at], dice.choice(_BACKGROUND), *paragraphs[at:]]


def reporting_line(paragraphs: list[str], dice: random.Random) -> list[str]:
    return [*paragraphs, "(Reporting by Anna Field and Luis Marrow; Writing by Tom Hale; Editing by Jo Quist)"]


def merge(paragraphs: list[str], dice: random.Random) -> list[str]:
    """Two paragraphs run into one."""
    if len(paragraphs) < 5:
        return paragraphs
    at = dice.randrange(2, len(paragraphs) - 1)
    return [*paragraphs[:at], f"{paragraphs[at]} {paragraphs[at + 1]}", *paragraphs[at + 2 :]]


def furniture(paragraphs: list[str], dice: random.Random) -> list[str]:
    for line in dice.sample(_FURNITURE, 3):
        paragraphs.insert(dice.randrange(0, len(paragraphs) + 1), line)
    return paragraphs


ALWAYS: tuple[Edit, ...] = (headline, dateline)
SOMETIMES: tuple[Edit, ...] = (
    quotes, titles, percent, spelling, numbers, months, weekday, attribution, merge, cut, background, reporting_line,
)  # fmt: skip


def house_style(text: str, dice: random.Random) -> tuple[str, list[str]]:
    """A text as another paper would carry it, and the names of the edits."""
    paragraphs = [p for p in re.split(r"\n\s*\n|\n", text.strip()) if p.strip()]
    edits = [*ALWAYS, *(edit for edit in SOMETIMES if dice.random() < 0.55)]
    if dice.random() < 0.4:
        edits.append(furniture)
    for edit in edits:
        paragraphs = edit(list(paragraphs), dice)
    return dice.choice(["\n\n", "\n"]).join(paragraphs), [edit.__name__ for edit in edits]


def _document(name: str, text: str) -> Document:
    return Document(name, name, text.partition("\n")[0], None, name, (), None, "en", text)


def measure(bases: dict[str, str], pairs: list[tuple[str, str]], cases: int, seed: int, show: bool) -> tuple[int, int]:
    """How many of the cases were taken for the text that they were made of; how many pairs were taken for one text."""
    dice = random.Random(seed)
    shelf = Shelf()
    number = {name: shelf.add(_document(name, text)) for name, text in bases.items()}
    copied = {name: shelf.db.execute("SELECT copy_of FROM document WHERE id = ?", (n,)).fetchone()[0]
              for name, n in number.items()}  # fmt: skip
    for name, first in copied.items():
        if first is not None:
            print(f"base text {name} is taken for a copy of document {first}")
    right = 0
    for case, name in zip(range(cases), itertools.cycle(bases), strict=False):
        text, edits = house_style(bases[name], dice)
        copy = shelf.add(_document(f"{name} {case}", text))
        first = shelf.db.execute("SELECT copy_of FROM document WHERE id = ?", (copy,)).fetchone()[0]
        right += first == (copied[name] or number[name])
        if show and first != (copied[name] or number[name]):
            shared = fingerprints.overlap(*map(fingerprints.plain_words, (text, bases[name])))
            print(f"missed: {name} {case} -> {first}: {', '.join(edits)}; {shared}")
    wrong = 0
    for k, (one, other) in enumerate(pairs):
        if fingerprints.overlap(*map(fingerprints.plain_words, (one, other))).same_text:
            wrong += 1
            if show:
                print(f"taken for one: {k}: {one[:60]!r} {other[:60]!r}")
    apart = Shelf()
    texts = [text for pair in pairs for text in pair]
    for k, text in enumerate(dict.fromkeys(texts)):
        apart.add(_document(str(k), text))
    families = apart.db.execute("SELECT count(*) FROM document WHERE copy_of IS NOT NULL").fetchone()[0]
    print(f"in a store with all texts of the pairs: {families} of {len(set(texts))} taken for copies")
    return right, wrong


def _newscluster(path: Path) -> Iterator[tuple[str, str]]:
    """Pairs of reports on one event that are not plainly one text."""
    events: dict[int, list[str]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        events[record["event_id"]].append(record["text"])
    for texts in events.values():
        for one, other in itertools.combinations(texts, 2):
            grams = [set(zip(*(re.findall(r"\w+", t.casefold())[k:] for k in range(5)), strict=False))
                     for t in (one, other)]  # fmt: skip
            smaller = min(map(len, grams))
            if smaller and len(grams[0] & grams[1]) < 0.5 * smaller:
                yield one, other


def main() -> None:
    parser = argparse.ArgumentParser(description="Near copies: made cases found, different texts kept apart.")
    parser.add_argument("folder", nargs="?", type=Path, default=None)
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--newscluster", type=Path)
    parser.add_argument("--show", action="store_true", help="print each case that went wrong")
    options = parser.parse_args()
    files = sorted((options.folder or HERE).glob("*.txt" if options.folder else "base-*.txt"))
    if not files:
        raise SystemExit(f"{options.folder}: there is no .txt file")
    bases = {file.stem: file.read_text(encoding="utf-8", errors="replace") for file in files}
    pairs = [(a.read_text(encoding="utf-8"), a.with_name(a.name.replace("-a.", "-b.")).read_text(encoding="utf-8"))
             for a in sorted(HERE.glob("pair-*-a.txt"))]  # fmt: skip
    if options.newscluster:
        pairs += _newscluster(options.newscluster)
    right, wrong = measure(bases, pairs, options.cases, options.seed, options.show)
    print(f"copies recognised: {right} of {options.cases} ({right / options.cases:.1%})")
    print(f"different texts taken for one: {wrong} of {len(pairs)} pairs ({wrong / len(pairs):.1%})")


if __name__ == "__main__":
    main()
