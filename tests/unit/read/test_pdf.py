"""The text of PDF files."""

from __future__ import annotations

from whowhom.read.options import ReadOptions
from whowhom.read.pdf import article_from_pdf
from whowhom.records import Article, Skipped

LINES = [
    "Minister meets rebels in capital",
    "",
    "The minister met the rebels in the capital on Monday and",
    "promised them a new round of talks. The rebels said they",
    "would come if the army left the two border towns.",
]


def pdf(*pages: list[str]) -> bytes:
    """A PDF file with lines of text on each page."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = "".join(f"({line}) Tj T* " if line else "T* " for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 50 750 Td {shown}ET".encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    data = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, table, len(objects) + 1, len(data))
    )


def read(data: bytes) -> Article | Skipped:
    """What a PDF gives."""
    return article_from_pdf(data, source_id="a", source="a.pdf", options=ReadOptions())


def test_the_broken_lines_of_a_pdf_make_paragraphs() -> None:
    article = read(pdf(LINES))
    assert isinstance(article, Article)
    bodies = [article.text[block.start : block.end] for block in article.blocks if block.kind == "body"]
    assert article.title == LINES[0]
    assert [" ".join(words.split()) for words in bodies] == [" ".join(LINES[2:])]


def test_a_word_broken_at_the_end_of_a_line_is_whole_again() -> None:
    article = read(pdf(["The minister met the rebels, and the govern-", "ment promised them a new round of talks."]))
    assert isinstance(article, Article)
    assert "government promised" in article.text


def test_running_heads_and_page_numbers_are_furniture() -> None:
    pages = [
        [
            "The Example Times",
            "",
            f"In {town} the truce held on Monday and",
            "the rebels met the mayor.",
            "",
            f"Page {k}",
        ]
        for k, town in enumerate(("Quito", "Lima", "Bogota", "Caracas"), start=1)
    ]
    article = read(pdf(*pages))
    assert isinstance(article, Article)
    found = {article.text[block.start : block.end] for block in article.blocks if block.kind == "furniture"}
    assert found == {"The Example Times", "Page 1", "Page 2", "Page 3", "Page 4"}


def test_a_pdf_without_text_or_in_pieces_is_skipped() -> None:
    for data, reason in (
        (pdf([]), "no-article"),
        (b"%PDF-1.4 nothing", "unreadable"),
        (pdf(LINES)[:200], "unreadable"),
    ):
        item = read(data)
        assert isinstance(item, Skipped)
        assert item.reason == reason
