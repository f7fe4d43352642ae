"""Through what a statement was made."""

import pytest

from streams.attribution.medium import media_of, medium_of
from tests.golden.reading import Case, parameters, read, table


@pytest.mark.parametrize("case", parameters(table("medium")))
def test_a_medium_is_told_from_the_words_around_the_statement(case: Case) -> None:
    assert medium_of(case.document, case.attribution) == case.row.get("medium")


def test_a_speaker_who_goes_on_speaks_through_the_same_medium() -> None:
    document, attributions = read("In a speech {1s he} {1c said} {1t no}. {2t “Never,”} {2s he} {2c added}.")
    assert media_of(document, attributions, ["he", "he"]) == ("speech", "speech")


def test_another_speaker_does_not_take_the_medium() -> None:
    document, attributions = read("In a speech {1s he} {1c said} {1t no}. {2t “Never,”} {2s she} {2c added}.")
    assert media_of(document, attributions, ["he", "she"]) == ("speech", None)


def test_a_medium_belongs_to_the_nearest_cue() -> None:
    document, attributions = read("{1s He} {1c tweeted} {1t no}, and {2s the king} {2c said} {2t yes}.")
    assert media_of(document, attributions, ["he", "king"]) == ("tweet", None)


def test_what_is_reported_in_a_statement_was_not_made_through_its_medium() -> None:
    document, attributions = read("In a speech {1s he} {1c said} {1t {2s he} {2c denied} {2t the claim}}.")
    assert media_of(document, attributions, ["he", "he"]) == ("speech", None)
