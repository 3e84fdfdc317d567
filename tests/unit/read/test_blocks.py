"""Where headline, body, subheadings and furniture are found in a text."""

from __future__ import annotations

import pytest

from whowhom.read.blocks import find_blocks


def kinds(text: str, title: str | None = None) -> list[tuple[str, str]]:
    """The blocks of a text as kind and words."""
    return [(block.kind, text[block.start : block.end]) for block in find_blocks(text, title).blocks]


def body(text: str) -> list[str]:
    """The words of the body blocks of a text."""
    return [words for kind, words in kinds(text) if kind == "body"]


REPORT = "The minister met the rebels in the capital on Monday and promised them a new round of talks."
MORE = "The rebels said they would come. Their leader thanked the minister for the offer."

MARKDOWN = f"""# Minister Meets Rebels in Capital

By [Jane Doe for AFP](#)

March 3, 2015

The minister waves to reporters outside the palace. **Presidency.example**

{REPORT}

**Related article:** [Rebels Split Over Talks](#)

## **'A new start'**

{MORE}

Original url:

<https://news.example.com/2015/03/03/minister-meets-rebels>"""


def test_a_markdown_report_is_told_from_its_furniture() -> None:
    assert kinds(MARKDOWN) == [
        ("headline", "# Minister Meets Rebels in Capital"),
        ("furniture", "By [Jane Doe for AFP](#)"),
        ("furniture", "March 3, 2015"),
        ("body", "The minister waves to reporters outside the palace."),
        ("furniture", "**Presidency.example**"),
        ("body", REPORT),
        ("furniture", "**Related article:** [Rebels Split Over Talks](#)"),
        ("subheading", "## **'A new start'**"),
        ("body", MORE),
        ("furniture", "Original url:"),
        ("furniture", "<https://news.example.com/2015/03/03/minister-meets-rebels>"),
    ]


def test_a_markdown_report_gives_its_metadata() -> None:
    found = find_blocks(MARKDOWN)
    assert found.title == "Minister Meets Rebels in Capital"
    assert found.authors == ("Jane Doe",)
    assert found.agency == "AFP"
    assert found.published == "2015-03-03"
    assert found.url == "https://news.example.com/2015/03/03/minister-meets-rebels"


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Doe",
        "By JANE DOE and JOHN ROE, Associated Press",
        "by Jane Doe, Staff Writer",
        "Jane Doe, The Daily Herald March 3, 2015 2:36 pm",
        "Published: 3 March 2015, 14:05 GMT",
        "Tuesday, March 3, 2015",
        "2015-03-03",
        "Xinhua | Updated: 2015-03-03 17:52",
        "Read more: Rebels split over talks",
        "Related:",
        "SEE ALSO: Ten facts about the capital",
        "Advertisement",
        "Advertisement Continue reading the main story",
        "Share this",
        "Facebook Twitter WhatsApp",
        "Sign up for our newsletter",
        "Follow us on Twitter",
        "Follow Jane Doe on Twitter: @janedoe",
        "(Reporting by Jane Doe in Quito; Editing by John Roe)",
        "Reporting by Jane Doe; Editing by John Roe",
        "The Associated Press contributed to this report.",
        "Copyright 2015 The Associated Press. All rights reserved.",
        "© 2015 Example Media",
        "This story has been updated.",
        "Photograph: Jane Doe/AP",
        "(Jane Doe/AFP/Getty Images)",
        "REUTERS/Jane Doe",
        "https://news.example.com/a/b",
        "[Rebels split over talks with the minister]",
        "Do you have a story for us?",
        "Contact the writers at jane@example.com",
        "12 comments",
        "* * *",
        "___",
        "-30-",
        "Page 2 of 5",
    ],
)
def test_furniture_between_paragraphs(line: str) -> None:
    text = f"{REPORT}\n\n{line}\n\n{MORE}"
    assert [words for kind, words in kinds(text) if kind == "furniture"] == [line]
    assert body(text) == [REPORT, MORE]


@pytest.mark.parametrize(
    "sentence",
    [
        "By Monday, the town was calm.",
        "The views expressed by the two leaders could hardly be further apart.",
        "The report is published by the Court of Audit.",
        "Readers sent more than 500 letters to the paper.",
        "Photographs of the dead were shown on state television.",
        "Follow the money, the prosecutor told the jury.",
        "Copyright law was the main issue in the dispute between the two states.",
        "The president shared his plan with reporters.",
        "Reuters reported that the convoy had crossed the border.",
        "AFP and AP reporters were expelled from the country.",
        "More than 40 people were detained.",
        "The minister signed up for the peace plan.",
        "The party (AP) won nine seats.",
        "Support was at 40 percent in the poll (Reuters/Ipsos) taken in May.",
        "March 3, 2015 was the day on which the truce ended.",
        "[He] will stand trial in May.",
        "The envoy contributed to the success of the talks.",
        "Updates on the talks will come later, the ministry said.",
    ],
)
def test_sentences_that_only_look_like_furniture_are_body(sentence: str) -> None:
    assert body(f"{REPORT}\n\n{sentence}\n\n{MORE}") == [REPORT, sentence, MORE]
    assert body(f"{REPORT} {sentence} {MORE}") == [f"{REPORT} {sentence} {MORE}"]


@pytest.mark.parametrize(
    ("dateline", "agency", "published"),
    [
        ("MINSK (Reuters) - ", "Reuters", None),
        ("WASHINGTON, Sept 14 (AP) — ", "AP", None),
        ("SEOUL/TOKYO, Aug 30 (Reuters) - ", "Reuters", None),
        ("DURBAN, South Africa (CNN) -- ", "CNN", None),
        ("   LIMA, 3 JAN 90 (EFE) -- [TEXT] ", "EFE", "1990-01-03"),
        ("QUITO (ECUADOR), 12 OCT 89 (AFP) -- [REPORT] [TEXT] ", "AFP", "1989-10-12"),
        ("Moscow, March 3, 2015 (TASS) – ", "TASS", "2015-03-03"),
        ("(CNN) ", "CNN", None),
        ("BEIJING -- ", None, None),
        ("Kuala Lumpur: ", None, None),
        ("SPRINGVILLE, Ill. (WXYZ) — ", None, None),
        ("By JANE DOE, Associated Press PARIS (AP) — ", "AP", None),
        ("GENEVA/NEW YORK (12 March 2019) – ", None, "2019-03-12"),
        ("Addis Ababa, March 12, 2019 (ENA) ", "ENA", "2019-03-12"),
        ("KHARTOUM, Sudan (AP) _ ", "AP", None),
        ("DUSHANBE, March 3, 2015, Asia-Example -- ", None, "2015-03-03"),
        ("Washington DC, USA - ", None, None),
        ("Tuesday 3 May 2016 ", None, "2016-05-03"),
    ],
)
def test_a_dateline_is_furniture_and_tells_of_agency_and_date(
    dateline: str, agency: str | None, published: str | None
) -> None:
    text = dateline + REPORT
    found = find_blocks(text)
    assert kinds(text) == [("furniture", dateline.strip()), ("body", REPORT)]
    assert (found.agency, found.published) == (agency, published)


@pytest.mark.parametrize(
    "text",
    [
        "Lukewarm support - the mayor called it a triumph - did not help the party on Sunday.",
        "The army — Africa's largest — crossed the river on Monday.",
        "NATO - the alliance of 30 states - met on Monday.",
        "Talks will be held Oct. 11-14 in the capital.",
        "The African Farmers Union (AFU) - Africa's largest - called a strike.",
        "The Workers Party (WP) Congress elected a new leader on Monday.",
        "The president said: We will not yield to threats.",
    ],
)
def test_a_dash_or_colon_alone_makes_no_dateline(text: str) -> None:
    assert kinds(f"{text}\n\n{MORE}")[0] == ("body", text)


@pytest.mark.parametrize(
    "ending",
    [
        "AP.",
        "(Reuters, AFP, dpa, AP)",
        "jd/rm (AFP, dpa)",
        "More to come at news.example. jd/rm (Reuters)",
        "-- Bernama",
        "Copyright 2015 by Example Wire. All rights reserved. This material may not be published.",
        "Doe reported from Lima.",
        "Your tax deductible gift can help us go on.",
    ],
)
def test_what_signs_off_a_one_line_article_is_split_off(ending: str) -> None:
    assert kinds(f"{REPORT} {MORE} {ending}") == [("body", f"{REPORT} {MORE}"), ("furniture", ending)]


def test_furniture_inside_a_paragraph_is_cut_out() -> None:
    text = f"{REPORT} Advertisement Continue reading the main story {MORE}"
    assert [kind for kind, _ in kinds(text)] == ["body", "furniture", "body"]
    assert body(text) == [REPORT, MORE]


def test_a_credit_after_a_caption_is_cut_out() -> None:
    text = f"A rebel stands guard near the town. Jane Doe AP Photo.\n\n{REPORT}"
    assert kinds(text)[:2] == [("body", "A rebel stands guard near the town."), ("furniture", "Jane Doe AP Photo.")]


def test_words_inside_a_quotation_are_no_furniture() -> None:
    text = f'{REPORT} "Thank you. Sign up for our newsletter today. We will win," the candidate said.'
    assert body(text) == [text]


def test_a_repeated_caption_stays_body() -> None:
    caption = "A rebel stands guard near the town."
    assert body(f"{caption}\n\n{caption}\n\n{REPORT}") == [caption, caption, REPORT]


@pytest.mark.parametrize(
    ("first", "title", "expected"),
    [
        (
            "Minister meets rebels in capital.",
            "Minister meets rebels in capital",
            [("headline", "Minister meets rebels in capital.")],
        ),
        (
            "News Minister meets rebels in capital.",
            "Minister meets rebels in capital",
            [("furniture", "News"), ("headline", "Minister meets rebels in capital.")],
        ),
        (
            "Minister meets rebels in capital",
            "Minister meets rebels in capital - The Example Times",
            [("headline", "Minister meets rebels in capital")],
        ),
    ],
)
def test_a_text_that_repeats_its_title_has_a_headline(first: str, title: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(f"{first} {REPORT}" if first.endswith(".") else f"{first}\n\n{REPORT}", title)[:-1] == expected


def test_a_bare_first_line_is_the_headline() -> None:
    text = f"Minister meets rebels\n\n{REPORT}\n\n{MORE}"
    assert kinds(text)[0] == ("headline", "Minister meets rebels")
    assert find_blocks(text).title == "Minister meets rebels"


def test_a_bare_line_between_paragraphs_is_a_subheading() -> None:
    assert kinds(f"{REPORT}\n\nChecks in place\n\n{MORE}")[1] == ("subheading", "Checks in place")


def test_lines_broken_at_a_width_make_one_paragraph() -> None:
    text = "the minister met the rebels in the capital on\nMonday and promised them a new round of talks, which\n" * 3
    assert len(body(text)) == 1


def test_one_paragraph_a_line() -> None:
    assert body(f"{REPORT}\n{MORE}\n{REPORT}") == [REPORT, MORE, REPORT]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
def test_every_kind_of_line_end(newline: str) -> None:
    assert body(f"{REPORT}{newline}{newline}{MORE}") == [REPORT, MORE]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u00a0"])
def test_blank_text_has_no_blocks(text: str) -> None:
    assert kinds(text) == []
