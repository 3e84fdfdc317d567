"""Seven reports on Kenya, Uganda and Norway: what each question of a store has to find is plain to see here."""

from __future__ import annotations

from handmade import event, pledge, relation, report, role, statement, where

from whowhom.records import Magnitude

KENYA, UGANDA, NORWAY = "Kenya|state|KEN|GOV", "Uganda|state|UGA|GOV", "Norway|state|NOR|GOV"
POLICE = "Ugandan police|organisation|UGA|COP"
OTIENO, MUKASA = "Grace Otieno|person|KEN|GOV", "Peter Mukasa|person|UGA|OPP"

_ARREST = (
    "Ugandan police arrested the opposition leader Peter Mukasa in Kampala on Monday after a march against the price of"
    " bread and fuel, a spokesman said. Two people were injured near the market before the night."
)
_ANGER = (
    'Kenya condemned the arrest of a man whom it called a friend. "A neighbour does not lock up its neighbours," said'
    " Foreign Minister Grace Otieno in Nairobi, who asked for a meeting of all states around the lake this week."
)
_ANSWER = (
    "Uganda rejected the words of its neighbour and threatened to close the border at Busia to lorries with tea."
    " Traders on both sides counted what a week without the crossing would cost their families and their banks."
)
_LOAN = (
    "Norway pledged a loan of 50 million dollars to Uganda for a dam on the upper river, in a ceremony full of"
    " trumpets. The money is to flow from autumn on, in four parts, each after a visit of engineers from Oslo."
)
_LATER = (
    "The Norwegian loan of 50 million dollars for the Ugandan dam stands, the embassy said after parliament in Oslo had"
    " asked about protesters and prisons. Engineers will come in August and look at the ground beside the falls."
)
_FRIENDS = (
    "Kenya and Norway are old allies, wrote a historian in an essay on seven decades of coffee, ships and scholarships,"
    ' and both praised each other at a dinner in Mombasa. "Protesting is a kind of praise," joked Grace Otieno there.'
)
_UNDATED = "Somebody said long ago that Uganda had helped Kenya with maize in a dry year, by night and by ox cart."

WORLD = (
    report(
        "arrest", _ARREST, [POLICE, MUKASA], title="Mukasa arrested in Kampala", published="2023-05-01",
        url="https://herald.example/1", publisher="Herald",
        roles=(role("a2", "opposition leader", asserted_on="2023-05-01"),),
        events=(
            event("COERCE", ["a1"], ["a2"], mode="arrest", evidence=where(_ARREST, "arrested the opposition leader"),
                  place="Kampala", place_country="UGA", confidence=0.9,
                  magnitude={"injured": Magnitude(2, 2, "Two people")}),
        ),
    ),
    report(
        "anger", _ANGER, [KENYA, OTIENO, UGANDA], title="Kenya condemns arrest", published="2023-05-02",
        url="https://gazette.example/2", publisher="Gazette",
        roles=(role("a2", "Foreign Minister", country="KEN", asserted_on="2023-05-02"),),
        events=(
            event("ACCUSE", ["a1"], ["a3"], mode="disapprove", evidence=where(_ANGER, "condemned the arrest"),
                  start="2023-05-02", confidence=0.7),
            event("REQUEST", ["a2"], ["a3"], mode="meet", evidence=where(_ANGER, "asked for a meeting"),
                  start="2023-05", status="planned", place="Nairobi", place_country="KEN", confidence=0.6),
        ),
        statements=(
            statement("a2", where(_ANGER, "A neighbour does not lock up its neighbours"), addressee="a3",
                      date="2023-05-02"),
        ),
    ),
    report(
        "answer", _ANSWER, [UGANDA, KENYA], title="Uganda threatens to close border", published="2023-05-05",
        publisher="Herald",
        events=(
            event("THREATEN", ["a1"], ["a2"], mode="restrict", evidence=where(_ANSWER, "threatened to close"),
                  start="2023-05-05", place="Busia", place_country="KEN"),
            event("REJECT", ["a1"], ["a2"], evidence=where(_ANSWER, "rejected the words"), start="2023-05-05"),
        ),
    ),
    report(
        "loan", _LOAN, [NORWAY, UGANDA], title="Norway lends Uganda 50 million", published="2023-06-10",
        publisher="Gazette",
        events=(event("AGREE", ["a1"], ["a2"], evidence=where(_LOAN, "pledged a loan"), start="2023-06-10",
                      magnitude={"money": Magnitude(5e7, 5e7, "50 million dollars", "USD")}),),
        pledges=(pledge("a1", "a2", "a loan of 50 million dollars for a dam", amount=5e7, currency="USD",
                        due="2023-09"),),
    ),
    report(
        "later", _LATER, [NORWAY, UGANDA], title="Dam loan stands", published="2023-07-20", publisher="Courier",
        pledges=(pledge("a1", "a2", "a loan of 50 million dollars for a dam", amount=5e7, currency="USD",
                        status="reaffirmed"),),
    ),
    report(
        "friends", _FRIENDS, [KENYA, NORWAY, OTIENO], title="Seven decades", published="2024-01-15",
        publisher="Courier",
        events=(event("SUPPORT", ["a1"], ["a2"], evidence=where(_FRIENDS, "both praised each other"),
                      start="2024", place="Mombasa", place_country="KEN", confidence=0.5),),
        statements=(statement("a3", where(_FRIENDS, "Protesting is a kind of praise"), date="2024-01"),),
        relations=(relation("a1", "ally_of", "a2", "2024-01-15"),),
    ),
    report(
        "undated", _UNDATED, [UGANDA, KENYA], published=None, publisher="Gazette",
        events=(event("AID", ["a1"], ["a2"], evidence=where(_UNDATED, "had helped Kenya"), start=None,
                      status="historical", confidence=0.4),),
    ),
)  # fmt: skip
