"""Articles in, parsed texts out, same length and order.

`parse_articles` makes a clean reading text of each article (furniture and markup left out, broken lines joined), runs
spaCy over it, and keeps the way back: `Parsed.span` turns offsets of the clean text into offsets of the verbatim text.
"""

from whowhom.parse.parser import Parsed, load_parser, parse_articles
from whowhom.parse.products import single_thread
from whowhom.parse.reading_text import ReadingText, reading_text

__all__ = ["Parsed", "ReadingText", "load_parser", "parse_articles", "reading_text", "single_thread"]
