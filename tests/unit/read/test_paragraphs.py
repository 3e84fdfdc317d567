from __future__ import annotations

from whowhom.read.paragraphs import paragraph_spans

WRAPPED = """The ministry said yesterday that troops had entered the territory
several times in August and that the raids had been as follows:

1. On 19 August soldiers of the neighbouring country kidnapped two
Lakeland citizens, who were taken over the border on the same day.

2. On 21 August a patrol harassed the post at the northern bridge and
withdrew at noon. Nobody was hurt.

Present were:
- the minister
- two generals
They spoke for an hour about what should be done on the border in the
coming days, and left without a word.
"""


def paragraphs(text: str) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in paragraph_spans(text)]


def test_a_numbered_item_goes_on_in_the_next_line() -> None:
    found = paragraphs(WRAPPED)
    assert (
        "1. On 19 August soldiers of the neighbouring country kidnapped two Lakeland citizens, who were taken over the "
        "border on the same day."
    ) in found
    assert any(one.startswith("2. On 21 August") and one.endswith("Nobody was hurt.") for one in found)


def test_a_short_item_ends_with_its_line() -> None:
    found = paragraphs(WRAPPED)
    assert "- the minister" in found
    assert "- two generals" in found
    assert any(one.startswith("They spoke for an hour") for one in found)


def test_a_heading_ends_with_its_line() -> None:
    heading = "# A heading that is as long as the lines of the text beneath it are"
    assert paragraphs(f"{heading}\n{WRAPPED}")[0] == heading
