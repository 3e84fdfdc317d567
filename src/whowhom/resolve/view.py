"""The parse of an article as plain lists, and the mentions found in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from whowhom.candidates import StatementCandidate
from whowhom.own_actors import OwnActor
from whowhom.parse import Parsed
from whowhom.records import ActorKind
from whowhom.resources.knowledge import AgentNoun, Leader, NameEntry, normal

MentionKind = Literal["name", "nominal", "pronoun"]
Gender = Literal["f", "m"]


class View:
    """What the resolver reads of a parse, each attribute a list with one item a token."""

    def __init__(self, parsed: Parsed, statements: Sequence[StatementCandidate] = ()) -> None:
        doc = parsed.doc
        self.parsed = parsed
        self.doc = doc
        self.source: str = doc.text  # spaCy joins it anew at each reading
        self.date = parsed.article.published
        self.size = len(doc)
        tokens = list(doc)  # spaCy makes each token anew at each passage
        self.words: list[str] = [t.text for t in tokens]
        self.lower: list[str] = [normal(w) for w in self.words]
        self.lemma: list[str] = [t.lemma_ for t in tokens]
        self.pos: list[str] = [t.pos_ for t in tokens]
        self.tag: list[str] = [t.tag_ for t in tokens]
        self.dep: list[str] = [t.dep_ for t in tokens]
        self.head: list[int] = [t.head.i for t in tokens]
        self.ent: list[str] = [t.ent_type_ for t in tokens]
        self.inside: list[bool] = [t.ent_iob_ == "I" for t in tokens]
        self.offset: list[int] = [t.idx for t in tokens]
        self.sentence = parsed.sentence_of
        self.starts: list[int] = [s.start for s in parsed.sentences]
        letters = sum(w.isupper() for w in self.words if w.isalpha() and len(w) > 3)
        self.capitals = letters > 0.7 * sum(w.isalpha() and len(w) > 3 for w in self.words)
        self.shouted = parsed.reading.shouted or self.capitals  # as the article has it, whatever is read
        self.headings = parsed.heading_tokens
        # The innermost statement that a token is part of: later and shorter ranges overwrite.
        self.statements = statements
        self.said_in: dict[int, int] = {}
        for k in sorted(range(len(statements)), key=lambda k: -sum(b - a for a, b in statements[k].content)):
            for start, end in statements[k].content:
                for i in range(start, end):
                    self.said_in[i] = k
        self._quotes()
        self.children: list[list[int]] = [[] for _ in range(self.size)]
        for i, h in enumerate(self.head):
            if h != i:
                self.children[h].append(i)

    def _quotes(self) -> None:
        """Mark the tokens between quotation marks where they make at least a short clause."""
        self.quoted: set[int] = set()
        opened: int | None = None
        sentence_opened = 0
        for i, word in enumerate(self.lower):
            if word in ('"', "“", "”", "``"):
                if opened is None:
                    opened, sentence_opened = i, self.sentence[i]
                else:
                    if i - opened > 4:
                        self.quoted.update(range(opened + 1, i))
                    opened = None
            elif opened is not None and self.sentence[i] - sentence_opened > 6:
                opened = None

    def capital(self, i: int) -> bool:
        """Whether a token starts with a capital letter."""
        return self.words[i][:1].isupper()

    def head_of(self, start: int, end: int) -> int:
        """The token of `[start, end)` whose governor lies outside; the last of several."""
        for i in range(end - 1, start - 1, -1):
            if not start <= self.head[i] < end and self.dep[i] not in ("punct", "case"):
                return i
        return end - 1

    def text(self, start: int, end: int) -> str:
        """The words of `[start, end)` as written, in one line."""
        return self.source[self.offset[start] : self.offset[end - 1] + len(self.words[end - 1])]

    def subject_of(self, verb: int) -> int | None:
        """The subject of a verb, taken from the verb that it is coordinated with or a complement of if it has none."""
        for _ in range(4):
            for child in self.children[verb]:
                if self.dep[child] in ("nsubj", "nsubjpass"):
                    return child
            if self.dep[verb] not in ("conj", "xcomp", "advcl"):
                return None
            verb = self.head[verb]
        return None

    def clause_verb(self, i: int) -> int:
        """The nearest verb above a token, or the top of its sentence."""
        for _ in range(12):
            above = self.head[i]
            if above == i:
                return i
            i = above
            if self.pos[i] in ("VERB", "AUX"):
                return i
        return i


@dataclass(slots=True)
class Entity:
    """Somebody in the report, while being put together."""

    id: int
    name: str
    kind: ActorKind
    country: str | None = None
    sector: str | None = None
    sectors: tuple[str, ...] = ()
    gender: Gender | None = None
    listed: bool = False  # a body of the tables, which tell its sector
    terms: tuple[Leader, ...] = ()  # of a leader that the knowledge has
    named: bool = False
    plural: bool = False
    nouns: set[str] = field(default_factory=set)  # agent nouns that it goes by, lower-case singular
    offices: set[str] = field(default_factory=set)
    words: tuple[str, ...] = ()  # of a person's name, lower case
    domestic: bool = False  # country comes from the surroundings, not from its own words


@dataclass(slots=True)
class Mention:
    """Words that stand for somebody: tokens `[start, end)`, `head` among them."""

    start: int
    end: int
    head: int
    kind: MentionKind
    entities: tuple[int, ...] = ()
    listed: bool = True  # whether it is shown among the mentions of a record
    entry: NameEntry | None = None
    noun: AgentNoun | None = None
    plural: bool = False
    inside: NameEntry | None = None  # a known name inside an unknown one
    own: OwnActor | None = None  # the user's own actor that goes by these words
    label: str = ""  # of an unknown name: person, organisation, people, place
    titles: tuple[tuple[int, int], ...] = ()  # token ranges before a name that say what the person is
    gender: Gender | None = None
    letters: bool = False  # whether letters such as "QC" stand behind a name, which the parser takes for its head
