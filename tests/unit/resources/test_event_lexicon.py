"""The event lexicon as a table, and what its words name in sentences."""

from __future__ import annotations

from collections import Counter

import pytest

from whowhom.pipeline import Coder
from whowhom.resources.event_lexicon import TABLES, event_entries
from whowhom.resources.table import read_table


@pytest.fixture(scope="module")
def coder() -> Coder:
    """The coder by lexicon and grammar alone: what the network thinks of a word is no matter of the table."""
    return Coder(use_model=False)


def test_no_word_has_two_rows_of_the_same_conditions() -> None:
    for table in TABLES:
        rows = Counter(
            (row["lemma"], row["pos"], frozenset(row["require"].split()), row["type"]) for row in read_table(table)
        )
        assert not [key for key, count in rows.items() if count > 1 and key[2]]


def test_every_row_loads() -> None:
    assert sum(len(rows) for rows in event_entries().values()) > 7000


@pytest.mark.parametrize(
    ("text", "kind", "mode"),
    [
        ("Norway threw its weight behind Malta's candidate on Monday.", "SUPPORT", None),
        ("Kenya turned a deaf ear to Ugandan pleas on Monday.", "REJECT", "change"),
        ("Rebel gunners shelled the town of Marib on Monday.", "ASSAULT", "heavy-weapons"),
        ("Thousands of students hit the streets of Dhaka on Monday.", "PROTEST", "demo"),
        ("Dock workers walked off the job in Mombasa on Monday.", "PROTEST", "strike"),
        ("Japan deposited $3 billion in Pakistan's central bank on Monday.", "AID", None),
        ("France scrambled fighter jets on Monday.", "MOBILIZE", "troops"),
        ("Police took the station in Bamako off the air on Monday.", "COERCE", "censor"),
        ("Niger switched its recognition from Taiwan to China on Monday.", "SANCTION", "withdraw"),
        ("The two Austrian tourists were set free by the rebels on Monday.", "RETREAT", "release"),
        ("Sweden passed the fingerprints to Finnish police on Monday.", "COOPERATE", None),
        ("Chile hauled in the Russian ambassador on Monday.", "ACCUSE", "disapprove"),
        ("Fiji's opposition called on the interior minister to resign.", "REQUEST", "change"),
        ("Malta asked Italy to send doctors.", "REQUEST", "assist"),
        ("The junta threatened to expel the French ambassador.", "THREATEN", "expel"),
        ("Two men pleaded not guilty to murder on Monday.", "REJECT", None),
        ("Iran will not release the British sailors, its foreign ministry said.", "REJECT", "yield"),
    ],
)
def test_the_word_names_the_event(coder: Coder, text: str, kind: str, mode: str | None) -> None:
    found = {(e.type, e.mode) for e in coder.code(text, published="2020-01-01").events}
    assert (kind, mode) in found


@pytest.mark.parametrize(
    ("text", "twin", "kind"),
    [
        (
            "The committee killed the bill in a vote that took a minute.",
            "Gunmen killed the mayor on Monday.",
            "ASSAULT",
        ),
        (
            "A landslide killed nine people in a village west of Medellin.",
            "Rebels killed nine people in a village west of Medellin.",
            "ASSAULT",
        ),
        ("Germany is fighting the root causes of migration.", "Germany is fighting the rebels in Mali.", "ASSAULT"),
        (
            "The retailer issued its second profit warning since Easter.",
            "Iran issued its second warning to Israel since Easter.",
            "THREATEN",
        ),
        (
            "The dispute was settled after months of haggling over the price.",
            "Malta and Italy haggled over the price on Monday.",
            "CONSULT",
        ),
        (
            "Malta's minister spoke to reporters on Monday.",
            "Malta's minister spoke with the king of Jordan.",
            "CONSULT",
        ),
        ("Malta's minister talked with the media.", "Malta's minister talked with reporters and the king.", "CONSULT"),
        (
            "The minister told reporters that it was too early to tell.",
            "The minister warned Israel that it would be bombed.",
            "THREATEN",
        ),
    ],
)
def test_another_sense_of_the_word_is_no_event(coder: Coder, text: str, twin: str, kind: str) -> None:
    """And the twin shows that the sense meant is one: a coder that finds nothing does not pass."""
    found, of_twin = ({e.type for e in coder.code(one, published="2020-01-01").events} for one in (text, twin))
    assert kind not in found
    assert kind in of_twin


def test_what_bars_an_event_comes_before_every_other_row() -> None:
    for rows in event_entries().values():
        barring = [row.prior == 0 for row in rows]
        assert barring == sorted(barring, reverse=True)
    assert any(row.prior == 0 for row in event_entries()["speak", "v"])
