"""What the knowledge base knows, how it is asked, and how a user adds to it."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from streams.knowledge import KnowledgeError, load
from streams.knowledge.base import Knowledge
from streams.knowledge.entries import Country, Holder
from streams.knowledge.phrases import TOKEN, PhraseIndex, fold, folded_words
from tests.growth import in_proportion

DAY = date(2004, 12, 17)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def test_it_knows_at_least_the_members_of_the_united_nations(knowledge: Knowledge) -> None:
    states = [country for country in knowledge.countries.values() if country.status == "state"]
    assert len(states) >= 195


def test_no_two_states_have_the_same_code_and_name(knowledge: Knowledge) -> None:
    states = [country.name for country in knowledge.countries.values() if country.status == "state"]
    assert len(states) == len(set(states))


@pytest.mark.parametrize(
    ("body", "office", "on", "name"),
    [
        ("JPN", "foreign_minister", DAY, "Nobutaka Machimura"),
        ("KOR", "head_of_state", DAY, "Roh Moo-hyun"),
        ("USA", "foreign_minister", date(2005, 1, 20), "Colin Powell"),
        ("USA", "foreign_minister", date(2005, 2, 1), "Condoleezza Rice"),
        ("GBR", "head_of_government", date(1990, 11, 20), "Margaret Thatcher"),
        ("United Nations", "head_of_organisation", date(1999, 1, 1), "Kofi Annan"),
    ],
)
def test_an_office_has_its_holder_on_the_day(knowledge: Knowledge, body: str, office: str, on: date, name: str) -> None:
    holder = knowledge.holder(body, (office,), on)
    assert holder is not None
    assert holder.name == name


_IN_THE_NEWS = """
USA GBR FRA DEU RUS CHN JPN KOR PRK IND PAK AFG IRN IRQ ISR PSE SYR LBN EGY SAU
TUR UKR POL ITA ESP CAN MEX BRA ARG VEN CUB COL ZAF NGA KEN SDN ETH AUS IDN PHL
"""
_QUARTERS = [date(year, month, 15) for year in range(2001, 2026) for month in (1, 4, 7, 10)]


@pytest.mark.parametrize(
    ("office", "least"), [("leader", 0.98), ("foreign_minister", 0.97), ("defence_minister", 0.92)]
)
def test_of_forty_states_most_office_holders_of_25_years_are_known(
    knowledge: Knowledge, office: str, least: float
) -> None:
    def holder(state: str, on: date) -> Holder | None:
        return knowledge.leader(state, on) if office == "leader" else knowledge.holder(state, (office,), on)

    known = [holder(state, on) is not None for state in _IN_THE_NEWS.split() for on in _QUARTERS]
    assert sum(known) / len(known) >= least


def test_a_seat_of_power_is_of_the_state_of_its_day(knowledge: Knowledge) -> None:
    found = [knowledge.on("RUS", on) for on in (date(1985, 3, 1), date(1995, 3, 1))]
    assert [state.name for state in found if state] == ["Soviet Union", "Russia"]


def test_an_office_that_nobody_is_known_to_have_held_has_no_holder(knowledge: Knowledge) -> None:
    assert knowledge.holder("JPN", ("foreign_minister",), date(1890, 1, 1)) is None


@pytest.mark.parametrize(("state", "role"), [("JPN", "prime minister"), ("USA", "president"), ("DEU", "chancellor")])
def test_the_leader_of_a_parliamentary_state_is_its_head_of_government(
    knowledge: Knowledge, state: str, role: str
) -> None:
    leader = knowledge.leader(state, DAY)
    assert leader is not None
    assert leader.role == role


@pytest.mark.parametrize("name", ["Vladimir Putin", "Vladimir V. Putin"])
def test_a_middle_initial_makes_no_other_person(knowledge: Knowledge, name: str) -> None:
    assert {holder.name for holder in knowledge.named(name)} == {"Vladimir Putin"}


def test_a_surname_finds_all_who_bore_it(knowledge: Knowledge) -> None:
    assert {"George W. Bush", "George H. W. Bush"} <= {holder.name for holder in knowledge.surnamed("Bush")}


def test_a_region_is_found_by_its_adjective(knowledge: Knowledge) -> None:
    assert "NER" in knowledge.region("West African")
    assert "JPN" not in knowledge.region("West African")


@pytest.mark.parametrize(("one", "other"), [("Roh Moo-hyun", "Roh Moo Hyun"), ("Élysée", "elysee"), ("U.S.", "U S")])
def test_spellings_that_differ_in_marks_case_and_accents_are_one(one: str, other: str) -> None:
    assert folded_words(one) == folded_words(other)


@pytest.mark.parametrize("name", ["Peña", "Pen\u0303a", "PeÃ±a", "PeA\u0303±a"])
def test_a_name_in_another_composition_or_the_wrong_encoding_is_one_word(name: str) -> None:
    assert TOKEN.findall(name) == [name]
    assert fold(name) == "pena"


def test_an_accent_that_stands_alone_is_still_a_word() -> None:
    assert fold("\u0301") == "\u0301"


def test_the_longest_phrase_is_found(knowledge: Knowledge) -> None:
    words = ["south", "sudan", "and", "sudan"]
    found = [(match.start, match.end) for match in knowledge.index.find(words, lambda _: True)]
    assert (0, 2) in found
    assert (3, 4) in found


def test_a_phrase_is_not_found_across_words_that_do_not_belong_together(knowledge: Knowledge) -> None:
    found = [(match.start, match.end) for match in knowledge.index.find(["south", "sudan"], lambda _: False)]
    assert (0, 2) not in found


def test_looking_up_is_linear_in_the_words(knowledge: Knowledge) -> None:
    def seconds(count: int) -> float:
        words = ["united", "states", "of"] * count
        began = time.process_time()
        assert sum(1 for _ in knowledge.index.find(words, lambda _: True)) == count
        return time.process_time() - began

    seconds(1000)
    assert in_proportion(seconds, 4_000, 40_000, most=40)


def test_an_empty_phrase_is_no_phrase() -> None:
    assert PhraseIndex().readings("...") == ()


def test_a_user_adds_and_overrides_entries(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        """
        [[countries]]
        name = "Ruritania"
        code = "RUR"
        adjective = ["Ruritanian"]
        capital = "Strelsau"

        [[countries]]
        name = "Japan"
        capital = ["Tokyo", "Edo"]

        [[holders]]
        body = "RUR"
        office = "head_of_state"
        role = "king"
        name = "Rudolf Elphberg"
        from = 1894-01-01
        """,
        encoding="utf-8",
    )
    mine = load(path)
    ruritania, japan = mine.country("RUR"), mine.country("JPN")
    assert isinstance(ruritania, Country)
    assert ruritania.adjectives == ("Ruritanian",)
    assert japan is not None
    assert japan.capitals == ("Tokyo", "Edo")
    assert japan.adjectives == ("Japanese",)
    holder = mine.holder("RUR", ("head_of_state",), date(1900, 1, 1))
    assert holder is not None
    assert holder.name == "Rudolf Elphberg"
    assert load().country("RUR") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[planets]]\nname = 'Mars'", "planets"),
        ("[[countries]]\ncode = 'RUR'", "name"),
        ("[[countries]]\nname = 3", "name"),
        ("[[holders]]\nbody = 'JPN'\nrole = 'king'\nname = 'A B'\nfrom = '19x'", "holders"),
        ("[[countries", "mine.toml"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=words):
        load(path)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"nowhere\.toml"):
        load(tmp_path / "nowhere.toml")
