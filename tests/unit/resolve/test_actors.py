from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from whowhom.candidates import StatementCandidate
from whowhom.parse import Parsed
from whowhom.records import Actor
from whowhom.resolve import ActorTable, find_places, resolve_actors

Parse = Callable[..., Parsed]
PUBLISHED = "2015-03-10"


def token(parsed: Parsed, word: str, nth: int = 0) -> int:
    """Index of the nth token that is written `word`."""
    return [t.i for t in parsed.doc if t.text == word][nth]


def who(table: ActorTable, parsed: Parsed, word: str, nth: int = 0) -> list[Actor]:
    return [table.actor(a) for a in table.at(token(parsed, word, nth))]


@pytest.fixture
def resolve(parse: Parse) -> Callable[[str], tuple[Parsed, ActorTable]]:
    def one(text: str) -> tuple[Parsed, ActorTable]:
        parsed = parse(text, published=PUBLISHED)
        return parsed, resolve_actors(parsed)

    return one


Resolve = Callable[[str], tuple[Parsed, ActorTable]]


@pytest.mark.parametrize(
    ("text", "word", "name", "kind", "country", "sector"),
    [
        ("France closed its embassy in Tunis.", "France", "France", "state", "FRA", "GOV"),
        ("Ankara recalled its envoy.", "Ankara", "Turkey", "state", "TUR", "GOV"),
        ("The Kremlin rejected the plan.", "Kremlin", "Russia", "state", "RUS", "GOV"),
        ("Hungarian police arrested a smuggler.", "police", "Hungarian police", "group", "HUN", "COP"),
        ("Kenyan soldiers shelled the camp.", "soldiers", "Kenyan soldiers", "group", "KEN", "MIL"),
        ("The Peruvian foreign ministry sent a note.", "ministry", "Peruvian foreign ministry", "organisation", "PER",
         "GOV"),
        ("NATO sent three ships.", "NATO", "NATO", "organisation", "IGO", None),
        ("Barack Obama met the miners.", "Obama", "Barack Obama", "person", "USA", "GOV"),
        ("George W. Bush gave a speech.", "Bush", "George W. Bush", "person", "USA", "ELI"),
    ],
)  # fmt: skip
def test_country_and_sector_come_from_knowledge_and_the_phrase(
    resolve: Resolve, text: str, word: str, name: str, kind: str, country: str, sector: str | None
) -> None:
    parsed, table = resolve(text)
    (actor,) = who(table, parsed, word)
    assert (actor.name, actor.kind, actor.country, actor.sector) == (name, kind, country, sector)


def test_a_surname_alone_is_the_person_named_in_full(resolve: Resolve) -> None:
    parsed, table = resolve(
        "Portuguese Labour Minister Rui Castanheira resigned. Castanheira said on Friday that he had been ill."
    )
    assert table.at(token(parsed, "Castanheira")) == table.at(token(parsed, "Castanheira", 1))
    assert table.at(token(parsed, "he")) == table.at(token(parsed, "Castanheira"))
    assert who(table, parsed, "Castanheira", 1)[0].country == "PRT"


def test_two_first_names_are_two_persons(resolve: Resolve) -> None:
    parsed, table = resolve("Senator Anna Bergqvist met Senator Karl Bergqvist in Oslo.")
    assert table.at(token(parsed, "Bergqvist")) != table.at(token(parsed, "Bergqvist", 1))


@pytest.mark.parametrize("description", ["The Russian president", "The Russian leader"])
def test_a_description_by_office_is_the_holder(resolve: Resolve, description: str) -> None:
    parsed, table = resolve(f"Vladimir Putin flew to Cairo on Monday. {description} signed a treaty there.")
    assert who(table, parsed, description.split()[-1])[0].name == "Vladimir Putin"


def test_an_office_names_its_holder_whom_the_text_does_not_name(resolve: Resolve) -> None:
    parsed, table = resolve("The French president visited a school.")
    assert who(table, parsed, "president")[0].name == "Francois Hollande"


def test_two_leaders_are_both(resolve: Resolve) -> None:
    parsed, table = resolve("Vladimir Putin received Angela Merkel in Sochi. The two leaders discussed gas.")
    assert [a.name for a in who(table, parsed, "leaders")] == ["Vladimir Putin", "Angela Merkel"]


def test_both_countries_are_the_last_two(resolve: Resolve) -> None:
    parsed, table = resolve("Chile sued Bolivia over the river. Both countries recalled their ambassadors.")
    assert {a.country for a in who(table, parsed, "countries")} == {"CHL", "BOL"}


def test_an_acronym_in_brackets_is_the_name_before_it(resolve: Resolve) -> None:
    parsed, table = resolve("The Northern Farmers Movement (NFM) blocked roads. The NFM wants lower taxes.")
    assert table.at(token(parsed, "NFM", 1)) == table.at(token(parsed, "Movement"))


def test_gender_chooses_between_two_persons(resolve: Resolve) -> None:
    parsed, table = resolve("Mrs Dalgaard and Mr Okafor quarrelled in court. She accused him of theft.")
    assert table.at(token(parsed, "She")) == table.at(token(parsed, "Dalgaard"))
    assert table.at(token(parsed, "him")) == table.at(token(parsed, "Okafor"))


def test_a_relative_pronoun_is_its_noun(resolve: Resolve) -> None:
    parsed, table = resolve("Rebels who seized the port freed four sailors.")
    assert table.at(token(parsed, "who")) == table.at(token(parsed, "Rebels"))


def test_its_is_the_subject(resolve: Resolve) -> None:
    parsed, table = resolve("Denmark withdrew its troops from the border.")
    assert table.at(token(parsed, "its")) == table.at(token(parsed, "Denmark"))


def test_it_that_stands_for_nothing_is_nobody(resolve: Resolve) -> None:
    parsed, table = resolve("Norway closed the strait. It was announced that ships must wait.")
    assert table.at(token(parsed, "It")) == ()


def test_i_and_we_in_a_quotation_are_the_speaker(parse: Parse) -> None:
    parsed = parse('"We will not pay and I told them so," Spanish Finance Minister Pilar Arroyo said.')
    end = token(parsed, "so") + 1
    said = StatementCandidate(token(parsed, "Arroyo"), None, "direct", (), ((1, end),), "test")
    table = resolve_actors(parsed, [said])
    assert table.at(token(parsed, "We")) == table.at(token(parsed, "I")) == table.at(token(parsed, "Arroyo"))


def test_bare_police_belong_to_the_country_of_the_report(resolve: Resolve) -> None:
    parsed, table = resolve("Thousands marched in Bangkok against Thailand's junta. Police arrested nine protesters.")
    assert who(table, parsed, "Police")[0].country == "THA"
    assert who(table, parsed, "protesters")[0].name == "Thai protesters"
    assert table.home == "THA"


def test_those_from_abroad_get_no_country(resolve: Resolve) -> None:
    parsed, table = resolve("Foreign diplomats left Bangkok after Thailand closed the port.")
    assert who(table, parsed, "diplomats")[0].country is None


def test_a_known_place_name_is_a_person_where_the_text_says_so(resolve: Resolve) -> None:
    parsed, table = resolve("John Houston was suspended on Friday. Mr Houston denied the charge.")
    assert table.at(token(parsed, "Houston", 1)) == table.at(token(parsed, "Houston"))
    assert who(table, parsed, "Houston", 1)[0].kind == "person"


def test_an_acronym_that_the_report_spells_out_has_that_meaning(resolve: Resolve) -> None:
    parsed, table = resolve("The Fisheries Support Agency fined two banks. The FSA said the banks had lied.")
    assert table.at(token(parsed, "FSA")) == table.at(token(parsed, "Agency"))


def test_counts_are_left_out_of_names_but_in_mentions(resolve: Resolve) -> None:
    text = "Gunmen killed 13 Malian soldiers near Gao."
    parsed, table = resolve(text)
    (actor_id,) = table.at(token(parsed, "soldiers"))
    (actor,) = table.records([actor_id])
    assert actor.name == "Malian soldiers"
    assert [text[s:e] for s, e in actor.mentions] == ["13 Malian soldiers"]


def test_a_quantity_and_its_noun_are_one_mention(resolve: Resolve) -> None:
    parsed, table = resolve("Hundreds of rebels surrendered in Syria.")
    assert table.at(token(parsed, "Hundreds")) == table.at(token(parsed, "rebels")) != ()


def test_a_government_is_its_state(resolve: Resolve) -> None:
    parsed, table = resolve("The Ukrainian government dismissed two judges.")
    assert who(table, parsed, "government")[0].name == "Ukraine"


def test_an_apposed_description_is_the_person(resolve: Resolve) -> None:
    parsed, table = resolve("The interior minister, Hamid Jalali, ordered a curfew in Kabul.")
    assert table.at(token(parsed, "minister")) == table.at(token(parsed, "Jalali"))


def test_records_are_in_order_of_mention_and_without_pronouns(resolve: Resolve) -> None:
    text = "Japan thanked Brazil. It praised Brazil for its help."
    parsed, table = resolve(text)
    japan, brazil = table.at(token(parsed, "Japan"))[0], table.at(token(parsed, "Brazil"))[0]
    records = table.records({brazil, japan})
    assert [a.name for a in records] == ["Japan", "Brazil"]
    assert all(text[s:e] in ("Japan", "Brazil") for a in records for s, e in a.mentions)


def test_kind_and_span_of_mentions(resolve: Resolve) -> None:
    parsed, table = resolve("Angela Merkel met two Greek bankers and she smiled.")
    assert table.kind_of_mention(token(parsed, "Merkel")) == "name"
    assert table.kind_of_mention(token(parsed, "bankers")) == "nominal"
    assert table.kind_of_mention(token(parsed, "she")) == "pronoun"
    assert table.kind_of_mention(token(parsed, "met")) is None
    assert table.span_of(token(parsed, "bankers")) == (token(parsed, "two"), token(parsed, "bankers") + 1)


def test_an_unknown_id_is_a_key_error(resolve: Resolve) -> None:
    _, table = resolve("Nobody came.")
    with pytest.raises(KeyError):
        table.actor("a99")


def test_a_report_without_actors_has_none(resolve: Resolve) -> None:
    _, table = resolve("It rained.")
    assert table.records(()) == ()
    assert table.home is None


def test_private_persons_get_the_country_of_a_domestic_report(resolve: Resolve) -> None:
    parsed, table = resolve("Police in Nairobi arrested Peter Ndegwa, 34. Ndegwa denied it in a Kenyan court.")
    (actor,) = who(table, parsed, "Ndegwa")
    assert (actor.country, actor.sector) == ("KEN", "CVL")


def test_somebody_charged_with_a_crime_of_violence_is_a_criminal(resolve: Resolve) -> None:
    parsed, table = resolve("Police in Leeds said so. Adam Frome, 21, was charged with murder.")
    assert who(table, parsed, "Frome")[0].sector == "CRM"


def test_the_description_before_the_name_is_the_person_named_next(resolve: Resolve) -> None:
    parsed, table = resolve("The owner of a bakery in Denver was arrested on Monday. Ruth Vance, 51, was fined.")
    assert table.at(token(parsed, "owner")) == table.at(token(parsed, "Vance"))


def test_two_persons_are_each_described_before_they_are_named(resolve: Resolve) -> None:
    parsed, table = resolve(
        "A 51-year-old shopkeeper was arrested in Denver. A 40-year-old gunman was fined. "
        "Ruth Vance, 51, was fined. Adam Frome, 40, was freed."
    )
    assert table.at(token(parsed, "shopkeeper")) == table.at(token(parsed, "Vance"))
    assert table.at(token(parsed, "gunman")) == table.at(token(parsed, "Frome"))


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Adam Frome, 21, was beaten in Leeds. The 21-year-old said he was robbed.", "old", "Adam Frome"),
        ("Adam Frome was killed in Leeds. The victim had two sons.", "victim", "Adam Frome"),
        ("Adam Frome was charged with theft in Leeds. The defendant wept.", "defendant", "Adam Frome"),
        ("The tycoon Adam Frome came to Leeds. The billionaire wept.", "billionaire", "Adam Frome"),
    ],
)
def test_definite_descriptions_take_up_the_person_before(resolve: Resolve, text: str, word: str, name: str) -> None:
    parsed, table = resolve(text)
    assert [a.name for a in who(table, parsed, word)] == [name]


def test_a_shared_surname_is_the_person_named_first(resolve: Resolve) -> None:
    parsed, table = resolve(
        "Ana Belmonte was jailed in Lima. Belmonte, daughter of the painter Luis Belmonte, wept. Belmonte was fined."
    )
    assert who(table, parsed, "Belmonte", 3)[0].name == "Ana Belmonte"


def test_a_bare_surname_needs_the_country_of_the_office_holder(resolve: Resolve) -> None:
    parsed, table = resolve("The rebels fought General Franco in Spain.")
    assert who(table, parsed, "Franco")[0].name == "Francisco Franco"
    parsed, table = resolve("Mr Lavigne said Franco had paid him in Toronto.")
    assert who(table, parsed, "Franco")[0].name == "Franco"


def test_the_title_tells_which_office_holder_of_a_name_is_meant(parse: Parse) -> None:
    parsed = parse("Miners praised President Trump.", published="2017-05-17")
    assert who(resolve_actors(parsed), parsed, "Trump")[0].country == "USA"


def test_the_office_that_the_text_gives_holds_where_the_date_is_unknown(parse: Parse) -> None:
    parsed = parse("President Viktor Yushchenko met miners in 2014.", published=None)
    assert who(resolve_actors(parsed), parsed, "Yushchenko")[0].sector == "GOV"


def test_the_president_of_then_is_the_former_president_named(parse: Parse) -> None:
    parsed = parse("A court jailed former President Ana Belmonte of Peru. The president denied it.", published=None)
    table = resolve_actors(parsed)
    assert table.at(token(parsed, "president")) == table.at(token(parsed, "Belmonte"))


def test_the_government_is_the_one_called_so_before(resolve: Resolve) -> None:
    parsed, table = resolve(
        "French police and the French court met in Paris, France. The Spanish government refused. "
        "The government called it a show."
    )
    assert who(table, parsed, "government", 1)[0].country == "ESP"


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Prosecutors in Seoul questioned Chung Mong-hun.", "Chung", "Chung Mong-hun"),
        ("Rafael Gomera, 27, was arrested in Austin.", "Gomera", "Rafael Gomera"),
        ("Nurbek Tolvaj said he was beaten in Minsk.", "Tolvaj", "Nurbek Tolvaj"),
        ("Ruth Vance QC told the court in Leeds that he lied.", "Vance", "Ruth Vance"),
    ],
)
def test_names_of_persons_are_whole(resolve: Resolve, text: str, word: str, name: str) -> None:
    parsed, table = resolve(text)
    (actor,) = who(table, parsed, word)
    assert (actor.name, actor.kind) == (name, "person")


def test_a_plural_title_is_that_of_each_name_after_it(resolve: Resolve) -> None:
    parsed, table = resolve("Senators Ruth Vance and Adam Frome met in Texas.")
    assert [who(table, parsed, name)[0].sector for name in ("Vance", "Frome")] == ["LEG", "LEG"]


@pytest.mark.parametrize(
    ("name", "sector"),
    [("Lomdar Broadcasting Network", "SOC"), ("Lomdar University Hospital", "MED"), ("Lomdar Tribune", "JRN")],
)
def test_the_name_of_an_unknown_body_tells_its_sector(resolve: Resolve, name: str, sector: str) -> None:
    parsed, table = resolve(f"The {name} accused the mayor in Lyon.")
    assert who(table, parsed, name.split()[-1])[0].sector == sector


def test_being_from_a_country_does_not_make_it_the_place_of_the_report(resolve: Resolve) -> None:
    parsed, table = resolve("Adam Frome, a native of Mexico, was fined in Denver. Judge Ruth Vance spoke in Texas.")
    assert who(table, parsed, "Vance")[0].country == "USA"


@pytest.mark.parametrize(
    ("city", "name"), [("Dhaka", "Bangladesh Nationalist Party"), ("London", "British National Party")]
)
def test_the_country_of_the_report_decides_an_acronym(resolve: Resolve, city: str, name: str) -> None:
    parsed, table = resolve(f"The BNP accused the police in {city}.")
    assert who(table, parsed, "BNP")[0].name == name


def test_somebody_speaking_for_a_body_is_not_the_one_named_before(resolve: Resolve) -> None:
    parsed, table = resolve("Polish spokesman Adam Frome left. A spokesman for the Interior Ministry praised Greece.")
    assert table.at(token(parsed, "spokesman", 1)) != table.at(token(parsed, "Frome"))


@pytest.mark.parametrize(
    ("text", "word", "nth", "name"),
    [
        ("Chief of Army Staff (COAS), General Tariq Aslam, toured Pakistan. The COAS met the elders.", "COAS", 1,
         "Tariq Aslam"),
        ("The Supreme Court of Kenya sat on Monday. A higher court does not exist.", "court", 0, "Kenyan higher court"),
        ("The Lagos State Police Command held a briefing in Nigeria. The Lagos Police Command named no suspect.",
         "Command", 1, "Lagos State Police Command"),
        ("The Lagos State Police Command held a briefing in Nigeria. The police named no suspect.", "police", 0,
         "Lagos State Police Command"),
        ("A Kenyan court jailed two men. The Nairobi High Court gave them five years.", "court", 0,
         "Nairobi High Court"),
        ("Norvia, a mining company, left Chile. The company named no date.", "company", 1, "Norvia"),
        ("Lesotho signed. Chad followed. The kingdom will ratify it.", "kingdom", 0, "Lesotho"),
        ("Nevada sued a mine. The state wants money.", "state", 0, "Nevada"),
        ("The Delta Times called. The editor of the Times was absent.", "Times", 1, "Delta Times"),
        ("The general met the father of a dead soldier in Kenya.", "father", 0, "Kenyan father"),
    ],
)  # fmt: skip
def test_short_and_late_names_stand_for_the_one_named_in_full(
    resolve: Resolve, text: str, word: str, nth: int, name: str
) -> None:
    parsed, table = resolve(text)
    assert [a.name for a in who(table, parsed, word, nth)] == [name]


def test_several_countries_before_a_plural_are_one_actor_each(resolve: Resolve) -> None:
    parsed, table = resolve("The Japanese and French governments signed a treaty. Chilean and Peruvian troops met.")
    assert [a.name for a in who(table, parsed, "governments")] == ["Japan", "France"]
    assert [a.name for a in who(table, parsed, "troops")] == ["Chilean troops", "Peruvian troops"]
    parsed, table = resolve("The Chilean and Peruvian foreign ministers signed a treaty in Quito.")
    assert [a.name for a in who(table, parsed, "ministers")] == [
        "Chilean foreign minister",
        "Peruvian foreign minister",
    ]


@pytest.mark.parametrize(
    ("text", "word", "name", "sector"),
    [
        ("The captain of the ferry was arrested in Greece.", "captain", "Greek captain", "CVL"),
        ("The captain of the Greek navy frigate was praised.", "captain", "Greek captain", "MIL"),
        ("Representatives of the miners met in Chile.", "Representatives", "representatives", None),
        ("Four were killed in Chile on Monday, when a mine fell in.", "Four", "Four people", "CVL"),
        ("Hundreds gathered in Chile on Monday.", "Hundreds", "Hundreds of people", "CVL"),
    ],
)  # fmt: skip
def test_descriptions_have_readable_names_and_the_sector_that_they_mean(
    resolve: Resolve, text: str, word: str, name: str, sector: str | None
) -> None:
    parsed, table = resolve(text)
    (actor,) = who(table, parsed, word)
    assert (actor.name, actor.sector) == (name, sector)


def test_brackets_say_whose_house_it_is(resolve: Resolve) -> None:
    parsed, table = resolve("The speaker of the House of Representatives (Fiji's parliament) left for Samoa.")
    assert [a.country for a in who(table, parsed, "House")] == ["FJI"]


def test_sums_of_money_are_nobody(resolve: Resolve) -> None:
    parsed, table = resolve("Taxpayers spent millions on the wall in Chile.")
    assert not who(table, parsed, "millions")


def test_our_country_is_the_country_of_the_one_who_speaks(parse: Parse) -> None:
    parsed = parse("Chilean minister Ana Costa said our country rejects the plan. France is silent.")
    first, end = token(parsed, "our"), token(parsed, "plan") + 1
    said = StatementCandidate(token(parsed, "Costa"), None, "indirect", (), ((first, end),), "test")
    table = resolve_actors(parsed, [said])
    assert [a.name for a in who(table, parsed, "country")] == ["Chile"]


def test_an_acronym_that_the_report_spells_out_as_a_thing_is_no_party_of_that_name(resolve: Resolve) -> None:
    for text in (
        "The consumer price index, CPI, rose. The CPI fell.",
        "The consumer price index (CPI) rose. The CPI fell.",
    ):
        parsed, table = resolve(text)
        assert all(one.country is None for nth in (0, 1) for one in who(table, parsed, "CPI", nth))
    parsed, table = resolve("The CPI backed the minister in Delhi.")
    assert [one.name for one in who(table, parsed, "CPI")] == ["Communist Party of India"]
    parsed, table = resolve("Officers of the central intelligence agency (CIA) met in Virginia. The CIA denied it.")
    assert [one.country for one in who(table, parsed, "CIA", 1)] == ["USA"]


@pytest.mark.parametrize(
    ("url", "text", "country"),
    [
        ("https://www.lfpress.com/1", "London police arrested a smuggler on Sunday.", "CAN"),
        ("https://www.lfpress.com/1", "London police arrested a smuggler, British officials said.", "GBR"),
        ("https://www.bbc.com/1", "London police arrested a smuggler on Sunday.", "GBR"),
        ("https://www.dawn.com/1", "Police arrested a smuggler on Sunday.", "PAK"),
        ("https://www.reuters.com/1", "Police arrested a smuggler on Sunday.", None),
        ("https://www.dawn.com/1", "In Kenya, Kenyan police arrested a smuggler. Police said the Kenyan fled.", "KEN"),
    ],
)
def test_police_without_a_country_are_of_the_readers(parse: Parse, url: str, text: str, country: str | None) -> None:
    parsed = parse(text, url=url)
    table = resolve_actors(parsed, (), find_places(parsed))
    police = next(t.i for t in parsed.doc if t.lower_ == "police")
    assert [table.actor(a).country for a in table.at(police)] == [country]


@pytest.mark.parametrize("party", [", R-Neb.,", " (D-CA)", " (I-Vt.)", ", D-N.Y.,"])
def test_members_of_congress_are_known_by_party_and_state(resolve: Resolve, party: str) -> None:
    parsed, table = resolve(f"China raised its tariffs. Sen. Orla Finch{party} called the Chinese step reckless.")
    assert [(one.country, one.sector) for one in who(table, parsed, "Finch")] == [("USA", "LEG")]


def test_a_lord_sits_in_the_house_of_lords(resolve: Resolve) -> None:
    parsed, table = resolve("Kenya asked for help. Lord Ashdene criticised the delay.")
    assert [(one.country, one.sector) for one in who(table, parsed, "Ashdene")] == [("GBR", "LEG")]


def test_a_network_settles_the_sector_of_groups_not_of_officials(resolve: Callable[[str], tuple[Parsed, ActorTable]]):
    parsed, table = resolve("Minister Ana Costa met the strikers in Lisbon.")
    assert who(table, parsed, "Costa")[0].sector == "GOV"
    before = who(table, parsed, "strikers")[0].sector
    assert before != "EDU"
    table.learn_sectors(lambda first, last: np.array([0.0, 0.999, 0.001], dtype=np.float32), ["GOV", "EDU", ""])
    assert who(table, parsed, "Costa")[0].sector == "GOV"
    assert who(table, parsed, "strikers")[0].sector == "EDU"


def test_a_network_settles_the_sector_of_persons_without_an_office(resolve: Resolve) -> None:
    parsed, table = resolve("Jon Farrow met Angela Merkel in Berlin. Farrow praised her.")
    assert who(table, parsed, "Farrow")[0].sector == "CVL"
    table.learn_sectors(lambda first, last: np.array([0.0, 0.999, 0.001], dtype=np.float32), ["GOV", "EDU", ""])
    assert who(table, parsed, "Farrow")[0].sector == "EDU"
    assert who(table, parsed, "Merkel")[0].sector != "EDU"


def test_what_a_network_did_not_read_has_no_say(resolve: Callable[[str], tuple[Parsed, ActorTable]]):
    parsed, table = resolve("The strikers met the mayor.")
    before = who(table, parsed, "strikers")[0].sector
    table.learn_sectors(lambda first, last: np.zeros(2, dtype=np.float32), ["EDU", ""])
    assert who(table, parsed, "strikers")[0].sector == before


def test_what_somebody_calls_a_name_is_nobody_of_his_own(resolve: Resolve) -> None:
    parsed, table = resolve('He vowed to stick closer to "elder brother" Moscow. His brother Jan Novak nodded.')
    assert table.at(next(t.i for t in parsed.doc if t.text == "brother")) == ()
    assert [a.name for a in who(table, parsed, "Moscow")] == ["Russia"]


@pytest.mark.parametrize(
    ("words", "country", "sector"),
    [
        ("NATO officials", "IGO", "GOV"),
        ("European Union officials", "EUR", "GOV"),
        ("Eurozone ministers", "EUR", "GOV"),
        ("UN diplomats", "UNO", "GOV"),
        ("union officials", "USA", "LAB"),
    ],
)
def test_officials_belong_to_the_body_that_is_named(resolve: Resolve, words: str, country: str, sector: str) -> None:
    parsed, table = resolve(f"The United States rejected the plan. On Monday {words} criticised the American step.")
    assert [(one.country, one.sector) for one in who(table, parsed, words.split()[-1])] == [(country, sector)]


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Gordon Brown met British bankers. The chancellor raised a tax.", "chancellor", "Gordon Brown"),
        ("Angela Merkel met German bankers. The chancellor raised a tax.", "chancellor", "Angela Merkel"),
    ],
)
def test_a_title_means_the_office_that_it_names_in_its_country(parse: Parse, text: str, word: str, name: str) -> None:
    parsed = parse(text, published="2006-03-10")
    table = resolve_actors(parsed)
    assert [actor.name for actor in who(table, parsed, word)] == [name]


def test_a_title_that_another_country_gives_its_leader_means_no_leader(parse: Parse) -> None:
    parsed = parse("Canada's roads are bad. The premier promised new ones.", published="2016-03-10")
    assert [a.name for a in who(resolve_actors(parsed), parsed, "premier")] != ["Justin Trudeau"]


def test_who_acts_on_both_is_neither(resolve: Resolve) -> None:
    parsed, table = resolve("Anna Bergqvist attacked Karl Lindmark over tax. Senator Nils Holm criticised both men.")
    assert [actor.name for actor in who(table, parsed, "men")] == ["Anna Bergqvist", "Karl Lindmark"]


def test_without_a_date_a_minister_is_whom_the_report_calls_so(parse: Parse) -> None:
    parsed = parse(
        "Home Secretary David Blunkett is ill. Tory leader Michael Howard said he should go. Downing Street praised the"
        " home secretary."
    )
    assert [actor.name for actor in who(resolve_actors(parsed), parsed, "secretary")] == ["David Blunkett"]


def test_first_names_that_a_king_has_may_begin_another_name(resolve: Resolve) -> None:
    parsed, table = resolve("The Peruvian attache Juan Carlos Vega Llona was murdered. King Juan Carlos was shocked.")
    assert [actor.name for actor in who(table, parsed, "Llona")] == ["Juan Carlos Vega Llona"]
    assert who(table, parsed, "Juan", 1)[0].country == "ESP"


@pytest.mark.parametrize(
    ("text", "country", "sector"),
    [
        ("Anna Bergqvist of the Trades Union Congress left.", "GBR", "LAB"),
        ("Anna Bergqvist, from Oxfam, left Kenya.", "NGO", None),
        ("Anna Bergqvist at Cairo University left.", "EGY", "EDU"),
    ],
)
def test_a_person_is_of_the_body_behind_the_name(resolve: Resolve, text: str, country: str, sector: str | None) -> None:
    parsed, table = resolve(text)
    (actor,) = who(table, parsed, "Bergqvist")
    assert (actor.country, actor.sector) == (country, sector)


def test_the_sector_of_a_body_of_the_tables_is_not_learned(resolve: Resolve) -> None:
    parsed, table = resolve("The Trades Union Congress condemned Kenya. The Bergqvist Institute condemned Kenya.")
    sectors = ["LAB", "MIL"]
    table.learn_sectors(lambda first, last: np.array([0.0, 1.0], dtype=np.float32), sectors)
    assert [who(table, parsed, word)[0].sector for word in ("Trades", "Bergqvist")] == ["LAB", "MIL"]


@pytest.mark.parametrize("text", ["The bishop lent his good offices.", "She ran for public office."])
def test_some_offices_are_nobody(resolve: Resolve, text: str) -> None:
    parsed, table = resolve(text)
    assert not who(table, parsed, text.rstrip(".").split()[-1])


@pytest.mark.parametrize(
    ("text", "word", "country", "sector"),
    [
        ("UK Prime Minister Tony Blair left Cyprus.", "Blair", "GBR", "GOV"),
        ("Tory shadow home secretary David Davis left Britain.", "Davis", "GBR", "OPP"),
        ("European Commission President Jean-Claude Juncker left Cyprus.", "Juncker", "EUR", None),
        ("Tony Blair left Cyprus. The prime minister flew to Britain.", "Blair", "GBR", "GOV"),
        ("Antonio Guterres left Cyprus.", "Guterres", "UNO", None),
    ],
)
def test_without_a_date_a_known_person_has_the_office_of_whom_the_report_speaks(
    parse: Parse, text: str, word: str, country: str, sector: str | None
) -> None:
    parsed = parse(text)
    (actor,) = who(resolve_actors(parsed), parsed, word)
    assert (actor.country, actor.sector) == (country, sector)


def test_who_behind_a_body_is_its_head(resolve: Resolve) -> None:
    parsed, table = resolve("The head of Siemens, who resigned on Monday, left Cyprus.")
    assert table.at(token(parsed, "who")) == table.at(token(parsed, "head"))


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Up to 1.4m workers marched in London.", "workers", "British workers"),
        ("The Venezuelan Armed Forces shelled a village.", "Forces", "Venezuelan Armed Forces"),
    ],
)
def test_a_description_is_named_by_its_own_words(resolve: Resolve, text: str, word: str, name: str) -> None:
    parsed, table = resolve(text)
    assert [actor.name for actor in who(table, parsed, word)] == [name]


@pytest.mark.parametrize(
    ("text", "word", "name", "country"),
    [
        ("CANBERRA (Reuters) - The Senate rejected the bill.", "Senate", "Australian Senate", "AUS"),
        ("WASHINGTON (AP) - The Senate rejected the bill.", "Senate", "US Senate", "USA"),
        ("The Senate rejected the bill.", "Senate", "US Senate", "USA"),
        ("India's prime minister warned Congress. Delhi police arrested ten members.", "Congress",
         "Indian National Congress", "IND"),
        ("New Zealand's prime minister thanked the Labour Party.", "Labour", "New Zealand Labour Party", "NZL"),
        ("The Liberals accused Canada of waste.", "Liberals", "Liberal Party of Canada", "CAN"),
        ("The Liberals accused their rivals of waste.", "Liberals", "Liberals", None),
        ("South Korea's president met the Democratic Party.", "Democratic", "Democratic Party of Korea", "KOR"),
        ("The Democratic Party rejected the plan of a Korean ally of the United States.", "Democratic",
         "Democratic Party", "USA"),
    ],
)  # fmt: skip
def test_of_bodies_that_share_a_name_that_of_the_country_spoken_of_is_meant(
    resolve: Resolve, text: str, word: str, name: str, country: str | None
) -> None:
    parsed, table = resolve(text)
    (actor,) = who(table, parsed, word)
    assert (actor.name, actor.country) == (name, country)


@pytest.mark.parametrize(
    ("text", "head", "inner", "name", "sector"),
    [
        ("The inspector general of police warned voters in Ghana.", "general", "police",
         "Ghanaian inspector general of police", "COP"),
        ("The minister of defence met troops in Mali.", "minister", "defence", "Malian minister of defence", "GOV"),
        ("The court of appeal in Kenya freed two men.", "court", "appeal", "Kenyan court of appeal", "JUD"),
        ("Members of parliament in Ghana walked out.", "Members", "parliament", "Ghanaian members of parliament",
         "LEG"),
        ("The army chief of staff warned rebels in Mali.", "chief", "staff", "Malian army chief of staff", "MIL"),
    ],
)  # fmt: skip
def test_an_office_told_with_of_is_one_actor(
    resolve: Resolve, text: str, head: str, inner: str, name: str, sector: str
) -> None:
    parsed, table = resolve(text)
    (actor,) = who(table, parsed, head)
    assert (actor.name, actor.sector) == (name, sector)
    assert who(table, parsed, inner) == []


def test_what_belongs_to_several_countries_is_one_actor_of_each(resolve: Resolve) -> None:
    parsed, table = resolve(
        "Canada's foreign minister met her American and Mexican counterparts. The presidents of Russia, Turkey and "
        "Peru met the foreign ministers of Chad and Niger."
    )
    assert [a.country for a in who(table, parsed, "counterparts")] == ["USA", "MEX"]
    assert [a.country for a in who(table, parsed, "presidents")] == ["RUS", "TUR", "PER"]
    assert who(table, parsed, "presidents")[0].name == "Vladimir Putin"
    assert [a.country for a in who(table, parsed, "ministers")] == ["TCD", "NER"]


def test_the_attackers_are_those_who_attacked(resolve: Resolve) -> None:
    parsed, table = resolve(
        "Two gunmen stormed a bank in Jordan. Police chased the attackers. A gunman shot a nurse in Peru. The attacker "
        "fled, and the assailants were arrested."
    )
    assert table.at(token(parsed, "attackers")) == table.at(token(parsed, "gunmen")) != ()
    assert table.at(token(parsed, "attacker")) == table.at(token(parsed, "gunman")) != ()
    assert table.at(token(parsed, "assailants")) == table.at(token(parsed, "gunmen"))


def test_the_pope_is_the_head_of_the_church_spoken_of(resolve: Resolve) -> None:
    parsed, table = resolve("Syria's president wrote to the pope. Bishops in Syria praised the pontiff.")
    assert (
        [a.name for a in who(table, parsed, "pope")]
        == ["Pope Francis"]
        == [a.name for a in who(table, parsed, "pontiff")]
    )
    parsed, table = resolve("Pope Tawadros condemned the attack in Egypt. The pope met victims.")
    assert table.at(token(parsed, "pope")) == table.at(token(parsed, "Tawadros"))


def test_pacts_and_diseases_are_nobody(resolve: Resolve) -> None:
    parsed, table = resolve("Canada threatened to leave NAFTA. Ebola killed ten nurses in Liberia.")
    assert who(table, parsed, "NAFTA") == who(table, parsed, "Ebola") == []


def test_a_body_said_again_by_what_it_is_stays_that_body(resolve: Resolve) -> None:
    parsed, table = resolve("The G8 group of rich nations met. The NATO alliance warned Russia. The UN group met Peru.")
    assert [a.name for a in who(table, parsed, "group")] == ["Group of Eight"]
    assert [(a.name, a.sector) for a in who(table, parsed, "alliance")] == [("NATO", None)]
    assert [a.country for a in who(table, parsed, "group", 1)] == ["UNO"]
    assert table.at(token(parsed, "group", 1)) != table.at(token(parsed, "group"))


def test_an_office_with_a_hyphen_is_read_as_one_word(resolve: Resolve) -> None:
    parsed, table = resolve(
        "A vice-president of Peru resigned. Tory co-chairman Liam Fox left. The Tory co-chairman ran."
    )
    assert [a.name for a in who(table, parsed, "president")] == ["Peruvian vice-president"]
    assert table.at(token(parsed, "chairman", 1)) == table.at(token(parsed, "Fox"))


def test_a_second_surname_belongs_to_the_known_person(resolve: Resolve) -> None:
    parsed, table = resolve("Hugo Chavez condemned the plan. Hugo Chavez Frias met Fidel Castro Ruz. Chavez left Cuba.")
    assert [a.country for a in who(table, parsed, "Frias")] == ["VEN"]
    assert table.at(token(parsed, "Frias")) == table.at(token(parsed, "Hugo")) == table.at(token(parsed, "Chavez", 2))
    assert table.at(token(parsed, "Ruz")) == table.at(token(parsed, "Fidel"))


def test_the_command_of_a_known_army_is_that_army(resolve: Resolve) -> None:
    parsed, table = resolve("The Syrian army command warned rebels. European Union officials met.")
    assert table.at(token(parsed, "command")) == table.at(token(parsed, "army")) != ()
    assert [a.country for a in who(table, parsed, "officials")] == ["EUR"]


def test_both_sides_are_countries_rather_than_a_country_and_its_province(resolve: Resolve) -> None:
    parsed, table = resolve(
        "India opened a railway to Pakistan and its province of Sindh. Both sides praised the line."
    )
    assert [a.name for a in who(table, parsed, "sides")] == ["India", "Pakistan"]
    parsed, table = resolve("Spain rejected a vote in Catalonia. Both sides held talks.")
    assert [a.name for a in who(table, parsed, "sides")] == ["Spain", "Catalonia"]


def test_the_party_before_a_name_tells_the_country(resolve: Resolve) -> None:
    parsed, table = resolve("Republican Ann Lee condemned Iran. Tory lawmaker Mark Hale praised Iran.")
    assert [a.country for a in (*who(table, parsed, "Lee"), *who(table, parsed, "Hale"))] == ["USA", "GBR"]
    parsed, table = resolve("Republican Ann Lee condemned Armenia. Social Democrat Mark Hale praised Iran.")
    assert "USA" not in [a.country for a in (*who(table, parsed, "Lee"), *who(table, parsed, "Hale"))]


def test_a_surname_that_the_tagger_takes_for_a_verb_is_part_of_the_name(resolve: Resolve) -> None:
    parsed, table = resolve(
        "The committee is set to begin clause-by-clause consideration of the bill, said Liberal MP Mark Eyking."
    )
    assert [a.name for a in who(table, parsed, "Mark")] == ["Mark Eyking"]


def test_the_rank_of_an_office_is_no_name(resolve: Resolve) -> None:
    parsed, table = resolve("The congress was criticised by the party's National Chairman, Chief Ade Oyegun.")
    assert not who(table, parsed, "National")


def test_a_kind_of_group_is_the_group_named_before(resolve: Resolve) -> None:
    parsed, table = resolve(
        "Boko Haram attacked a school in Chibok. The terror group burned it. The Islamist militants took 20 girls."
    )
    assert table.at(token(parsed, "group")) == table.at(token(parsed, "militants")) == table.at(token(parsed, "Boko"))
    parsed, table = resolve("Boko Haram fought Islamic State in Borno. The militants burned a school.")
    assert table.at(token(parsed, "militants")) != table.at(token(parsed, "Boko"))
    parsed, table = resolve("The Kano Traders Association protested. The terror group burned a school.")
    assert table.at(token(parsed, "group")) != table.at(token(parsed, "Kano"))


def test_forms_of_address_of_many_tongues_are_no_names(resolve: Resolve) -> None:
    parsed, table = resolve("Information minister Alhaji Lai Mohammed met Mallam Garba Shehu and Datuk Najib Razak.")
    assert [a.name for a in who(table, parsed, "Shehu")] == ["Garba Shehu"]
    assert table.at(token(parsed, "Alhaji")) in ((), table.at(token(parsed, "Mohammed")))


def test_the_name_of_a_description_says_whose_it_is(resolve: Resolve) -> None:
    parsed, table = resolve("The prime minister's office in Tokyo condemned Iran. The victim's brother praised Japan.")
    assert [a.name for a in who(table, parsed, "office")] == ["Japanese prime minister's office"]
    assert [a.name for a in who(table, parsed, "brother")] == ["Japanese victim's brother"]


@pytest.mark.parametrize(
    ("text", "word", "country"),
    [
        ("North Korea fired a missile. The North condemned Japan.", "North", "PRK"),
        ("Kim Jong Un told North Korean deputies that North and South must work together.", "South", None),
        ("South Korea fears a war. The South condemned Japan.", "South", "KOR"),
        ("Rebels in Mali attacked troops. The North condemned Bamako.", "North", None),
        ("Tamil Nadu accused the Centre of delay, an Indian court heard.", "Centre", "IND"),
        ("France and India praised a French plan. Paris met the Centre.", "Centre", None),
        ("North Korea was told of the North Atlantic alliance and the North Lawn.", "Lawn", None),
    ],
)
def test_a_short_name_means_the_state_that_the_report_names_in_full(
    resolve: Resolve, text: str, word: str, country: str | None
) -> None:
    parsed, table = resolve(text)
    last = [t.i for t in parsed.doc if t.text == word][-1]
    assert [a.country for a in map(table.actor, table.at(last)) if a.kind == "state"] == ([country] if country else [])


def test_letters_behind_a_name_are_no_other_person(resolve: Resolve) -> None:
    parsed, table = resolve("Jane Roe MP condemned Iran. Iran criticised Guy Mansfield QC. Anna Berg MEP left.")
    for name, letters in (("Roe", "MP"), ("Mansfield", "QC"), ("Berg", "MEP")):
        assert table.at(token(parsed, letters)) == table.at(token(parsed, name)) != ()
    assert [(a.name, a.sector) for a in who(table, parsed, "Roe")] == [("Jane Roe", "LEG")]


def test_a_former_official_in_a_domestic_report_is_of_its_country(resolve: Resolve) -> None:
    parsed, table = resolve("Kenya arrested a smuggler. A former minister criticised Kenya. Kenyan police freed him.")
    assert [(a.country, a.sector) for a in who(table, parsed, "minister")] == [("KEN", "ELI")]
