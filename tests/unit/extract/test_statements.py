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
        ("An aide at the ministry, who said the deal was dead, left.", "aide", "indirect", ["the deal was dead"]),
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
        ("They asked for the envoy to receive a guard.", "They", "indirect", ["for the envoy to receive a guard"]),
        ("The rebels refused to negotiate with Chad.", "rebels", "indirect", ["to negotiate with Chad"]),
        (
            "The court agreed with accusations that Okoro had abused her power.",
            "court", "indirect", ["Okoro had abused her power"],
        ),
        ("He may act on his pledge to reverse the deal.", "his", "indirect", ["to reverse the deal"]),
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


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("A man died when he was shot in the street, a court heard.", "A man died when he was shot in the street"),
        ("Lee was hit by two bullets, a jury was told.", "Lee was hit by two bullets"),
        ("The talks have been suspended, it was announced on Thursday.", "The talks have been suspended"),
        ("Lee was accused in an indictment of making fake coins.", "of making fake coins"),
    ],
)
def test_what_was_said_by_nobody_named_has_no_speaker(parse: Parse, text: str, content: str) -> None:
    assert statements(parse, text) == [(None, "indirect", [content])]


@pytest.mark.parametrize(
    "text",
    [
        "Lee was accused of making fake coins.",
        "The neighbours heard that the road was closed.",
        "The court found the former president guilty of fraud.",
        "The envoy refused to open the door.",
    ],
)
def test_charges_findings_and_hearsay_without_a_sayer_are_no_statements(parse: Parse, text: str) -> None:
    assert statements(parse, text) == []


def test_a_claim_that_is_turned_down_is_said_by_both(parse: Parse) -> None:
    found = statements(parse, "The army rejected claims by the rebels that it had shelled a school.")
    assert sorted(found, key=str) == [
        ("army", "indirect", ["claims by the rebels that it had shelled a school"]),
        ("rebels", "indirect", ["it had shelled a school"]),
    ]


def test_what_somebody_says_ends_where_somebody_else_speaks(parse: Parse) -> None:
    found = statements(parse, "The boy denies assisting offences and Petrov, of Brent, denies two counts of theft.")
    assert found == [
        ("boy", "indirect", ["assisting offences"]),
        ("Petrov", "indirect", ["two counts of theft"]),
    ]


def test_it_after_a_text_that_spoke_is_that_text(parse: Parse) -> None:
    found = statements(parse, "The indictment said Lee met the broker. It said the broker paid him.")
    assert [speaker for speaker, _, _ in found] == ["indictment", "indictment"]


@pytest.mark.parametrize(
    ("text", "speaker", "kind", "content"),
    [
        ("Only 24 percent said the mayor did nothing wrong.", "percent", "indirect", ["the mayor did nothing wrong"]),
        ("The army left on Monday, according to an attendee.", "attendee", "indirect", ["The army left on Monday"]),
        (
            "The president is confident that the treaty will hold.",
            "president", "indirect", ["the treaty will hold"],
        ),
        ("Washington believes that the rebels fired first.", "Washington", "indirect", ["the rebels fired first"]),
        ("Norway wants the court to rule on Friday.", "Norway", "indirect", ["to rule on Friday"]),
        (
            "He described the abuse he had suffered in the prison.",
            "He", "indirect", ["the abuse he had suffered in the prison"],
        ),
        (
            'He said that the vote "could be late," and that Chad had agreed.',
            "He", "mixed", ["the vote", "could be late,", "and that Chad had agreed"],
        ),
        (
            'The White House stated that the king on Tuesday (May 16), in a meeting with Omar, "asked for peace."',
            "House", "mixed", ["the king on Tuesday (May 16), in a meeting with Omar", "asked for peace."],
        ),
    ],
)  # fmt: skip
def test_views_polls_and_torn_quotations(parse: Parse, text: str, speaker: str, kind: str, content: list[str]) -> None:
    assert statements(parse, text) == [(speaker, kind, content)]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("The airline turned down the plan, it has emerged.", None, "The airline turned down the plan"),
        ("It was learned that a bomb exploded.", None, "a bomb exploded"),
        ("Norway has called for the embargo to be lifted.", "Norway", "for the embargo to be lifted"),
        (
            "That first word from a friend is critical, said Ana Petrova, a doctor.",
            "Petrova", "That first word from a friend is critical",
        ),
        (
            "Haddad told the radio programme he hoped talks could help.",
            "Haddad", "he hoped talks could help",
        ),
        ("Lee admitted stabbing the man at a house.", "Lee", "stabbing the man at a house"),
        (
            "Investigators say that on March 10, officers responded to a call for help.",
            "Investigators", "on March 10, officers responded to a call for help",
        ),
        (
            "Officers said he was optimistic a compromise could be reached which would ensure patients were treated.",
            "Officers",
            "he was optimistic a compromise could be reached which would ensure patients were treated",
        ),
    ],
)  # fmt: skip
def test_indirect_statements_keep_their_bounds(parse: Parse, text: str, speaker: str | None, content: str) -> None:
    assert statements(parse, text) == [(speaker, "indirect", [content])]


@pytest.mark.parametrize(
    "text",
    [
        "No group admitted carrying out the attack.",
        "Police learned the car had been stolen.",
        "The heads denied one nation's request for a waiver.",
    ],
)
def test_what_nobody_admits_or_what_is_not_granted_is_no_statement(parse: Parse, text: str) -> None:
    assert statements(parse, text) == []


def test_a_paragraph_may_introduce_the_quotation_that_opens_the_next(parse: Parse) -> None:
    text = 'The head teacher, Ana Petrova, said:\n"The children love the garden. It is theirs."'
    assert statements(parse, text) == [("teacher", "direct", ["The children love the garden. It is theirs."])]


def test_a_quotation_belongs_to_whom_the_sentence_before_it_lets_speak(parse: Parse) -> None:
    text = 'The road is closed, the mayor said.\nSara Haddad spoke outside the court.\n"We are glad that it is over."'
    assert statements(parse, text)[1] == ("Haddad", "direct", ["We are glad that it is over."])


def test_an_example_given_after_a_colon_goes_on_with_the_quotation_before_it(parse: Parse) -> None:
    text = '"You can buy anything here," Odera said. And he gave an example: "A clerk sold me a stamp last week."'
    content = ["You can buy anything here,", "A clerk sold me a stamp last week."]
    assert statements(parse, text) == [("Odera", "direct", content)]


def test_a_quotation_that_begins_with_the_verb_takes_in_its_subject(parse: Parse) -> None:
    found = statements(
        parse, 'The envoy on Tuesday "asked that the king return the ship to its owner," the palace said.'
    )
    assert found == [
        ("palace", "mixed", ["The envoy on Tuesday", "asked that the king return the ship to its owner,"]),
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


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The talks were useful, a White House statement said on Monday.", "House"),
        ("The talks went on, a statement released by the Foreign Ministry of Kenya said.", "Ministry"),
        ("A letter from the Red Cross said that the camp held 400 people.", "Cross"),
        ("A report by Amnesty International said that guards beat prisoners in Aleppo.", "International"),
        ("According to the government's latest estimates, 800 families have left Chad this year.", "government"),
        ("According to the indictment the Justice Department filed, Marcos took bribes from a company.", "Department"),
        ("The Navy said in a statement that a boat had sunk. The statement said that two men drowned.", "Navy"),
        ('"The law is a mistake," reads the statement published on the Treasury Department website.', "Department"),
        ("A White House spokesman said that the talks were useful.", "spokesman"),
        ("Court documents show that the man had lied to the jury.", "documents"),
    ],
)
def test_a_text_says_what_its_issuer_says(parse: Parse, text: str, speaker: str) -> None:
    assert statements(parse, text)[-1][0] == speaker


def test_letters_after_a_name_are_not_the_speaker(parse: Parse) -> None:
    assert statements(parse, "Prosecutor Helen Marsh QC said the victim was shot on the evening of May 26.") == [
        ("Marsh", "indirect", ["the victim was shot on the evening of May 26"])
    ]


def test_a_participle_after_a_relative_clause_goes_with_who_acts_in_it(parse: Parse) -> None:
    text = (
        "In the chamber the premier read from a report written by Clara Diaz, in which she accepted the blame, "
        "admitting that she had not told the cabinet."
    )
    assert statements(parse, text) == [("she", "indirect", ["she had not told the cabinet"])]


def test_words_may_open_with_a_participle(parse: Parse) -> None:
    text = "The general said having lived through hard times, the country now was in a phase of stability."
    assert statements(parse, text) == [
        ("general", "indirect", ["having lived through hard times, the country now was in a phase of stability"])
    ]


def test_the_apostrophe_of_a_plural_does_not_end_the_words(parse: Parse) -> None:
    text = "She added that Moscow is worried over the US and its allies’ attempts to prolong their stay in Syria."
    assert [content for _, _, content in statements(parse, text)] == [
        ["Moscow is worried over the US and its allies’ attempts to prolong their stay in Syria"]
    ]


def test_a_reduced_relative_clause_is_no_verb_of_the_words(parse: Parse) -> None:
    text = "The minister said the goods seized included rifles, pistols and other guns made in Nigeria."
    assert statements(parse, text) == [
        ("minister", "indirect", ["the goods seized included rifles, pistols and other guns made in Nigeria"])
    ]


def test_orders_and_what_is_highlighted_are_said(parse: Parse) -> None:
    ordered = statements(parse, "The police chief directed that all weapons be handed in within a week.")
    assert ordered == [("chief", "indirect", ["all weapons be handed in within a week"])]
    text = "The president highlighted the long and excellent relations between the two countries."
    assert statements(parse, text) == [
        ("president", "indirect", ["the long and excellent relations between the two countries"])
    ]
