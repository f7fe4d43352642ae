"""Through what a statement was made."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.attribution.medium import FROM_THE_WORDS, media_of, medium_of
from tests.golden.reading import Case, parameters, read, table


@pytest.mark.parametrize("case", parameters(table("medium")))
def test_a_medium_is_told_from_the_words_around_the_statement(case: Case) -> None:
    assert medium_of(case.document, case.attribution) == case.row.get("medium")


def test_a_speaker_who_goes_on_speaks_through_the_same_medium() -> None:
    document, attributions = read("In a speech {1s he} {1c said} {1t no}. {2t “Never,”} {2s he} {2c added}.")
    assert media_of(document, attributions, [("he",), ("he",)]) == ("speech", "speech")


def test_another_speaker_does_not_take_the_medium() -> None:
    document, attributions = read("In a speech {1s he} {1c said} {1t no}. {2t “Never,”} {2s she} {2c added}.")
    assert media_of(document, attributions, [("he",), ("she",)]) == ("speech", None)


def test_a_medium_belongs_to_the_nearest_cue() -> None:
    document, attributions = read("{1s He} {1c tweeted} {1t no}, and {2s the king} {2c said} {2t yes}.")
    assert media_of(document, attributions, [("he",), ("king",)]) == ("tweet", None)


def test_what_is_reported_in_a_statement_was_not_made_through_its_medium() -> None:
    document, attributions = read("In a speech {1s he} {1c said} {1t {2s he} {2c denied} {2t the claim}}.")
    assert media_of(document, attributions, [("he",), ("he",)]) == ("speech", None)


def test_words_that_lead_a_sentence_are_of_all_its_statements() -> None:
    marked = "At a news conference, {1s she} {1c was asked} {1t why}, and {2s he} {2c said} {2t no}."
    document, attributions = read(marked)
    assert media_of(document, attributions, [("she",), ("he",)]) == ("news conference", "news conference")


def test_one_of_several_who_spoke_goes_on_through_their_medium() -> None:
    marked = "At a news conference {1s both leaders} {1c said} {1t no}. {2s Mori} {2c called for} {2t patience}."
    document, attributions = read(marked)
    assert media_of(document, attributions, [("Mori", "Blair"), ("Mori",)]) == ("news conference", "news conference")


def test_a_line_that_names_a_network_heads_what_is_below_it_until_the_next_heading() -> None:
    marked = "FACEBOOK.\n\n{1t It is too late}. {1s Sy Burr}.\n\nBY LETTER.\n\n{2t It is not}. {2s Al Low}."
    document, attributions = read(marked)
    assert media_of(document, attributions, [("Sy Burr",), ("Al Low",)]) == ("post", None)


def test_what_somebody_is_said_to_have_said_in_an_answer_is_no_interview() -> None:
    marked = "{1s Lee}: {1t Yes}.\n\nPress: Why?\n\nLee: {2s The people} {2c told} us {2t it could not be}."
    document, attributions = read(marked)
    assert media_of(document, attributions, [("Lee",), ("people",)]) == ("interview", None)


@pytest.mark.parametrize(("medium", "signs", "pattern"), FROM_THE_WORDS)
def test_whatever_tells_a_medium_holds_one_of_its_signs(
    medium: str, signs: frozenset[str], pattern: re.Pattern[str]
) -> None:
    @given(st.from_regex(pattern))
    def holds_one(text: str) -> None:
        found = pattern.search(text)
        assert found is None or any(sign in found.group() for sign in signs), medium

    holds_one()
