"""Raw input in, articles out, one at a time: `Article` where there is a report to read, else `Skipped` with the reason.

Files, folders, standard input and web addresses come in (`inputs`, `fetch`); bytes become text (`encoding`, `html`,
`pdf`, `jsonl`); text becomes an `Article` (`text`): its blocks are found (`blocks`, `furniture`), its metadata read off
headline, byline, dateline and address (`byline`, `dates`), its language checked (`language`). No single bad input
raises.
"""

from whowhom.read.inputs import read_inputs
from whowhom.read.options import ReadOptions
from whowhom.read.text import article_from_text

__all__ = ["ReadOptions", "article_from_text", "read_inputs"]
