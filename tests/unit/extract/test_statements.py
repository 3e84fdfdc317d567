"""Who said what, in sentences of the kinds that news agencies write."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whowhom.candidates import StatementCandidate
from whowhom.extract.statements import extract_statements
from whowhom.parse import Parsed
from whowhom.records import Block
from whowhom.resources.reporting import reporting_lexicon

Parse = Callable[..., Parsed]


def shown(parsed: Parsed, candidate: StatementCandidate) -> tuple[str | None, str, list[str]]:
    doc = parsed.doc
    speaker = None if candidate.speaker is None else doc[candidate.speaker].text
    return speaker, candidate.kind, [doc[a:b].text for a, b in candidate.content]


def statements(parse: Parse, text: str) -> list[tuple[str | None, str, list[str]]]:
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(Block(at, at + len(line)))
        at += len(line) + 1
    parsed = parse(text, blocks=tuple(blocks))
    return [shown(parsed, candidate) for candidate in extract_statements(parsed)]


@pytest.mark.parametrize(
    ("text", "speaker", "kind", "content"),
    [
        ("The minister said the border would stay closed.", "minister", "indirect", ["the border would stay closed"]),
        ("The border will stay closed, the minister said.", "minister", "indirect", ["The border will stay closed"]),
        (
            "The border will stay closed, said Ana Petrova, his spokeswoman.",
            "Petrova", "indirect", ["The border will stay closed"],
        ),
        ('"The border will stay closed," she told reporters.', "she", "direct", ["The border will stay closed,"]),
        ('The minister said: "The border will stay closed."', "minister", "direct", ["The border will stay closed."]),
        (
            '"The border is closed," the minister said. "It will stay closed."',
            "minister", "direct", ["The border is closed,", "It will stay closed."],
        ),
        (
            'The minister said the border was "closed for good" to smugglers.',
            "minister", "mixed", ["the border was", "closed for good", "to smugglers"],
        ),
        ("According to the army, rebels burned two villages.", "army", "indirect", ["rebels burned two villages"]),
        ("Rebels burned two villages, according to the army.", "army", "indirect", ["Rebels burned two villages"]),
        ("The president vowed to rebuild the port.", "president", "indirect", ["to rebuild the port"]),
        ("Norway urged Chad to free the journalists.", "Norway", "indirect", ["to free the journalists"]),
        ("Norway called on Chad to free the journalists.", "Norway", "indirect", ["to free the journalists"]),
        ("Kenya accused Chad of arming the rebels.", "Kenya", "indirect", ["of arming the rebels"]),
        ('The envoy called the vote "a farce".', "envoy", "mixed", ["the vote", "a farce"]),
        ("The envoy described the vote as unfair.", "envoy", "indirect", ["the vote as unfair"]),
        ("The rebels deny they attacked the convoy.", "rebels", "indirect", ["they attacked the convoy"]),
        ("Analysts expect the court to rule on Friday.", "Analysts", "indirect", ["the court to rule on Friday"]),
        ("As the agency reported earlier, the port was closed.", "agency", "indirect", ["the port was closed"]),
        (
            "The army rejected the rebels' claim that it had shelled a school.",
            "rebels", "indirect", ["it had shelled a school"],
        ),
        ("The minister was quoted as saying the port was closed.", "minister", "indirect", ["the port was closed"]),
    ],
)  # fmt: skip
def test_a_statement_has_its_speaker_kind_and_content(
    parse: Parse, text: str, speaker: str, kind: str, content: list[str]
) -> None:
    assert statements(parse, text) == [(speaker, kind, content)]


@pytest.mark.parametrize(
    "text",
    [
        "The minister expressed concern over the border.",
        "The minister did not say whether the border was closed.",
        "The soldiers were said to be on leave.",
        'The so-called "peace line" divides the town.',
        "The minister condemned the attack.",
        "The film is called The Long Road.",
    ],
)
def test_what_nobody_is_said_to_have_said_is_no_statement(parse: Parse, text: str) -> None:
    assert statements(parse, text) == []


def test_a_speaker_within_a_statement_has_a_statement_too(parse: Parse) -> None:
    found = statements(parse, "The spokesman said the president had promised to hold talks.")
    assert [(speaker, content) for speaker, _, content in found] == [
        ("spokesman", ["the president had promised to hold talks"]),
        ("president", ["to hold talks"]),
    ]


def test_a_participle_belongs_to_the_subject_of_its_sentence(parse: Parse) -> None:
    found = statements(parse, "The minister defended the budget, saying the country would save millions.")
    assert found == [("minister", "indirect", ["the country would save millions"])]


def test_two_verbs_of_one_speaker_make_two_statements(parse: Parse) -> None:
    found = statements(parse, "The minister said the port was safe and warned that strikes would hurt trade.")
    assert found == [
        ("minister", "indirect", ["the port was safe"]),
        ("minister", "indirect", ["strikes would hurt trade"]),
    ]


def test_a_quotation_without_a_cue_goes_on_with_the_statement_before_it(parse: Parse) -> None:
    text = '"We lost everything," said Omar Haddad, a farmer.\n"The river took the house. It took the cows."'
    content = ["We lost everything,", "The river took the house. It took the cows."]
    assert statements(parse, text) == [("Haddad", "direct", content)]


def test_praise_and_blame_are_statements_only_in_the_words_of_the_speaker(parse: Parse) -> None:
    found = statements(parse, 'The premier thanked the king for acting "with great courage".')
    assert found == [("premier", "mixed", ["acting", "with great courage"])]


def test_the_addressee_is_the_one_spoken_to(parse: Parse) -> None:
    parsed = parse("The minister told the ambassador that the border would stay closed.")
    (candidate,) = extract_statements(parsed)
    assert candidate.addressee is not None
    assert parsed.doc[candidate.addressee].text == "ambassador"


def test_statements_come_in_the_order_of_the_text(parse: Parse) -> None:
    text = 'Rain will stop, the office said. "It is over," she said. The mayor said the road was open.'
    parsed = parse(text)
    firsts = [candidate.content[0][0] for candidate in extract_statements(parsed)]
    assert firsts == sorted(firsts)
    assert len(firsts) == 3


def test_a_stray_quotation_mark_spares_the_other_statements(parse: Parse) -> None:
    text = 'The " report was late.\n"The road is open," the mayor said.\nThe army said the bridge was down.'
    assert [speaker for speaker, _, _ in statements(parse, text)] == ["mayor", "army"]


def test_an_empty_text_has_no_statements(parse: Parse) -> None:
    assert extract_statements(parse("")) == []


def test_the_lexicon_is_large_and_names_known_frames() -> None:
    lexicon = reporting_lexicon()
    assert len(lexicon.verbs) + len(lexicon.nouns) + len(lexicon.phrases) >= 350
    assert "that" in lexicon.verbs["say"]
    assert ("according", "to") in lexicon.phrases
