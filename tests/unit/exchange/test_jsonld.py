"""Statements as schema.org Quotations."""

from __future__ import annotations

import io
import json

from whowhom.exchange.jsonld import write_jsonld

ROW = {
    "speaker": "Svetlana Tikhanovskaya", "country": "BLR", "words": "This </script> is it", "date": "2020-09-14",
    "title": "Talks", "url": "https://example.org/a", "publisher": "Example Times", "published": "2020-09-15",
}  # fmt: skip


def graph(*rows: dict[str, object]) -> list[dict[str, object]]:
    stream = io.StringIO()
    assert write_jsonld(rows, stream) == len(rows)
    found = json.loads(stream.getvalue())
    assert found["@context"] == "https://schema.org"
    return found["@graph"]  # type: ignore[no-any-return]


def test_a_statement_is_a_quotation_in_an_article() -> None:
    speaker = {
        "@type": "Person", "name": "Svetlana Tikhanovskaya",
        "nationality": {"@type": "Country", "name": "Belarus", "identifier": "BLR"},
    }  # fmt: skip
    assert graph(ROW) == [
        {
            "@type": "Quotation", "text": "This </script> is it", "spokenByCharacter": speaker, "creator": speaker,
            "dateCreated": "2020-09-14",
            "isPartOf": {
                "@type": "NewsArticle", "headline": "Talks", "url": "https://example.org/a",
                "publisher": {"@type": "Organization", "name": "Example Times"}, "datePublished": "2020-09-15",
            },
        }
    ]  # fmt: skip


def test_what_is_not_known_is_left_out() -> None:
    assert graph({"words": "Yes"}, {"words": "No", "speaker": None, "title": ""}) == [
        {"@type": "Quotation", "text": "Yes"},
        {"@type": "Quotation", "text": "No"},
    ]


def test_a_speaker_that_is_no_person_is_an_organization() -> None:
    (one,) = graph({"words": "Yes", "speaker": "Kremlin", "speaker_kind": "state", "country": "RUS"})
    assert one["spokenByCharacter"] == {
        "@type": "Organization", "name": "Kremlin",
        "location": {"@type": "Country", "name": "Russia", "identifier": "RUS"},
    }  # fmt: skip


def test_no_tag_can_end_the_script_it_stands_in() -> None:
    stream = io.StringIO()
    write_jsonld([ROW], stream)
    assert "<" not in stream.getvalue()


def test_no_rows_are_an_empty_graph() -> None:
    assert graph() == []
