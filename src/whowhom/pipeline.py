"""The order of the stages, on one page: articles in, coded documents out. The only module that knows all rooms."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, cached_property

from spacy.language import Language

from whowhom.coding import Circumstances, code_events, code_pledges, code_relations, code_statements
from whowhom.errors import DateError, InputError
from whowhom.extract import Clauses, extract_events, extract_statements
from whowhom.model import Network, load_network, read_parsed
from whowhom.own_actors import OwnActor
from whowhom.parse import Parsed, load_parser, parse_articles, single_thread
from whowhom.parse.parser import DEFAULT_MODEL
from whowhom.read import ReadOptions, article_from_text, read_inputs
from whowhom.read.dates import parse_published
from whowhom.records import Actor, Article, Document, Event, Pledge, Relation, Skipped, Statement
from whowhom.resolve import OwnNames, find_places, find_quantities, find_times, resolve_actors

BATCH = 16
"""Articles parsed together; larger batches cost memory and gain nothing on a CPU."""


@cache
def _keep_tables() -> None:
    """Spare what is alive now the passes of the garbage collector, once in a process.

    The tables and models live as long as the process; to go through them again and again costs a twentieth of coding.
    """
    gc.collect()
    gc.freeze()


def given_date(value: str) -> str:
    """The ISO form of a date that a user gave, at its precision.

    Raises:
        DateError: `value` is no date, or its day and month cannot be told apart.
    """
    found = parse_published(value)
    if found is None:
        raise DateError(f"{value!r} is no date that can be read; write 2020-09-14, 14 September 2020, 2020-09, or 2020")
    return found


class Coder:
    """Codes many reports. The language model is loaded once, at the first report."""

    def __init__(self, parser: str = DEFAULT_MODEL, *, use_model: bool = True, actors: Iterable[OwnActor] = ()) -> None:
        """A coder with a spaCy model, with the trained network or by rules alone, and with the user's own actors."""
        self.parser = parser
        self.use_model = use_model
        self.actors = tuple(actors)

    @cached_property
    def nlp(self) -> Language:
        """The spaCy pipeline. Raises `ModelError` where the model of that name cannot be loaded."""
        return load_parser(self.parser)

    @cached_property
    def network(self) -> Network | None:
        """The trained network, None where the coder works by rules alone. Raises `ModelError` where it is broken."""
        return load_network() if self.use_model else None

    @cached_property
    def own(self) -> OwnNames | None:
        """The names of the user's own actors, None where there are none."""
        return OwnNames(self.actors) if self.actors else None

    def code(
        self,
        text: str,
        *,
        published: str | date | None = None,
        title: str | None = None,
        url: str | None = None,
        source_id: str = "text",
    ) -> Document:
        """The coded document of one text.

        Raises:
            InputError: the text is empty or not English; the message says which.
            DateError: `published` is no date.
        """
        given = published.isoformat() if isinstance(published, date) else published
        iso = given_date(given) if given is not None else None
        article = article_from_text(text, source_id=source_id, title=title, url=url, published=iso)
        if isinstance(article, Skipped):
            raise InputError(f"{article.source}: {article.reason}: {article.detail}")
        return self.code_article(article)

    def code_article(self, article: Article) -> Document:
        """The coded document of one article; whatever fails is raised."""
        return code_parsed(next(iter(parse_articles(self.nlp, [article]))), self.network, self.own)

    def run(self, articles: Iterable[Article | Skipped]) -> Iterator[Document | Skipped]:
        """Code articles in order, one result each; an article that fails becomes a `Skipped` with its reason."""
        batch: list[Article | Skipped] = []
        size = 0
        for article in articles:
            batch.append(article)
            size += len(article.text) if isinstance(article, Article) else 0
            if len(batch) >= BATCH or size > 200_000:
                yield from self._run_batch(batch)
                _keep_tables()
                batch, size = [], 0
        yield from self._run_batch(batch)

    def _run_batch(self, batch: list[Article | Skipped]) -> Iterator[Document | Skipped]:
        articles = [one for one in batch if isinstance(one, Article)]
        try:
            parsed: Iterator[Parsed | Skipped] = iter(list(parse_articles(self.nlp, articles)))
        except (ValueError, MemoryError, RecursionError):
            parsed = (self._parse_alone(article) for article in articles)
        for one in batch:
            if isinstance(one, Skipped):
                yield one
                continue
            result = next(parsed)
            if isinstance(result, Parsed):
                try:
                    yield code_parsed(result, self.network, self.own)
                    continue
                except Exception as error:  # one bad article never ends a run of a thousand
                    result = _failed(one, error)
            yield result

    def _parse_alone(self, article: Article) -> Parsed | Skipped:
        try:
            return next(iter(parse_articles(self.nlp, [article])))
        except Exception as error:
            return _failed(article, error)

    def read_and_code(self, inputs: Iterable[str], options: ReadOptions | None = None) -> Iterator[Document | Skipped]:
        """Read files, folders, addresses or `-`, and code each report in them."""
        return self.run(read_inputs(list(inputs), options or ReadOptions()))


def _failed(article: Article, error: Exception) -> Skipped:
    return Skipped(
        article.source_id,
        "failed",
        f"coding stopped with {type(error).__name__}: {error}; the other reports are coded, please send us this one",
    )


def code_parsed(parsed: Parsed, network: Network | None = None, own: OwnNames | None = None) -> Document:
    """The document of one parsed article: statements, actors, circumstances, events, pledges, relations."""
    with single_thread():
        return _code_parsed(parsed, network, own)


def _code_parsed(parsed: Parsed, network: Network | None, own: OwnNames | None) -> Document:
    reading = read_parsed(parsed, network) if network is not None else None
    heard = extract_statements(parsed)
    places = find_places(parsed)
    who = resolve_actors(parsed, heard, places, own)
    if reading is not None:
        who.learn_sectors(reading.sector, reading.network.labels["sectors"])
    circumstances = Circumstances(parsed, find_times(parsed), places, find_quantities(parsed))
    candidates = extract_events(parsed, heard, who, reading)
    events = code_events(parsed, candidates, heard, who, circumstances)
    statements = code_statements(parsed, heard, who, circumstances)
    pledges = code_pledges(parsed, candidates, who, circumstances, reading)
    relations = code_relations(parsed, who, Clauses(parsed.doc))
    actors = who.records(_used(events, statements, pledges, relations))
    return _document(parsed.article, actors, who.roles, events, statements, pledges, relations)


def _used(
    events: Iterable[Event], statements: Iterable[Statement], pledges: Iterable[Pledge], relations: Iterable[Relation]
) -> set[str]:
    ids: set[str | None] = set()
    for event in events:
        ids.update((*event.actors, *event.recipients, event.reported_by))
    for statement in statements:
        ids.update((statement.speaker, statement.addressee))
    for pledge in pledges:
        ids.update((*pledge.promiser, *pledge.beneficiary))
    for relation in relations:
        ids.update((relation.subject, relation.object))
    return {one for one in ids if one is not None}


def document_id(text: str) -> str:
    """A hash of the normalised text: case, white space and typographic variants of marks make no difference."""
    table = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
    normal = " ".join(text.translate(table).casefold().split())
    return hashlib.sha256(normal.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _document(
    article: Article,
    actors: tuple[Actor, ...],
    roles: tuple,  # type: ignore[type-arg]
    events: list[Event],
    statements: list[Statement],
    pledges: list[Pledge],
    relations: list[Relation],
) -> Document:
    return Document(
        id=document_id(article.text),
        source_id=article.source_id,
        title=article.title,
        url=article.url,
        publisher=article.publisher,
        authors=article.authors,
        published=article.published,
        language=article.language,
        text=article.text,
        actors=actors,
        roles=roles,
        events=tuple(events),
        statements=tuple(statements),
        pledges=tuple(pledges),
        relations=tuple(relations),
        blocks=article.blocks,
    )
