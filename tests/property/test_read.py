"""What holds of the blocks of any text whatever."""

from __future__ import annotations

import io

from hypothesis import given, settings
from hypothesis import strategies as st

from whowhom.read import ReadOptions, article_from_text, read_inputs
from whowhom.read.blocks import find_blocks
from whowhom.records import Article, Skipped

PIECES = st.sampled_from(
    ["\n", "\n\n", " ", "\r\n", "# ", "**", "_", "[", "](#)", "(", ")", ". ", '" ', "“", "”", "By Jane Doe", "AP.",
     "PARIS (AP) — ", "March 3, 2015", "Read more: Talks", "(Reporting by Jane Doe)", "https://news.example.com/a",
     "Original url:",
     "The minister met the rebels in the capital.", "Advertisement Continue reading the main story", "© 2015 Example",
     "Kuala Lumpur: ", "- ", "\u2028", "\u200b", "\x00", "Share this", "Minister meets rebels"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=25).map("".join))


def check(text: str, blocks: tuple[object, ...]) -> None:
    """Blocks are sorted, apart, within the text, trimmed, and leave out nothing but white space."""
    at = 0
    for block in blocks:
        start, end = block.start, block.end  # type: ignore[attr-defined]
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        at = end
    assert not text[at:].strip()


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.one_of(st.none(), TEXTS))
def test_blocks_cover_all_that_is_not_blank(text: str, title: str | None) -> None:
    check(text, find_blocks(text, title).blocks)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.one_of(st.none(), st.text(max_size=40)))
def test_no_text_raises(text: str, known: str | None) -> None:
    item = article_from_text(text, source_id="a", title=known, url=known, published=known, language=known)
    assert isinstance(item, Article | Skipped)
    if isinstance(item, Article):
        check(item.text, item.blocks)
        item.text.encode()


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=300), TEXTS.map(lambda text: text.encode("utf-8", errors="replace"))))
def test_no_bytes_raise(data: bytes) -> None:
    items = list(read_inputs(["-"], ReadOptions(language_check=False), io.BytesIO(data)))
    assert items
    assert all(isinstance(item, Article | Skipped) for item in items)
