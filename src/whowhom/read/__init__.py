"""Raw input in, articles out, one at a time: `Article` where there is a report to read, else `Skipped` with the reason.

Files, folders, standard input and web addresses come in (`inputs`, `fetch`; `kinds` tells what each is, `counting` how
much is to come); archives are opened (`archives`, `compression`, `warc`) and feeds followed (`feeds`); bytes become
text (`pages`, `encoding`, `html`, `pdf`, `jsonl`); text becomes an `Article` (`text`): its blocks are found (`blocks`,
`furniture`), its metadata read off headline, byline, dateline and address (`byline`, `dates`), its language checked
(`language`). No single bad input raises.
"""

from whowhom.read.counting import count_inputs
from whowhom.read.feeds import Feed, FeedEntry, parse_feed
from whowhom.read.inputs import read_inputs
from whowhom.read.options import ReadOptions
from whowhom.read.text import article_from_text

__all__ = ["Feed", "FeedEntry", "ReadOptions", "article_from_text", "count_inputs", "parse_feed", "read_inputs"]
