"""Statements that were not made."""

import pytest

from streams.attribution.negation import is_negated
from tests.golden.reading import read


@pytest.mark.parametrize(
    "marked",
    [
        "{1s He} {1c did not say} {1t when he would go}.",
        "{1s Rome} {1c has not accused} {1t Tripoli of the attack}.",
        "{1s They} {1c never said} {1t that there were no troops}.",
        "{1s They} {1c aren't proposing} {1t a large force}.",
        "{1s None of the candidates} {1c called for} {1t war}.",
        "{1s Neither leader} {1c mentioned} {1t the islands}.",
        "{1s The charter} {1c makes no specific mention of} {1t such weapons}.",
        "{1s Her rival} {1c did not} {1t say that he backed the treaty}.",
    ],
)
def test_what_was_not_said_is_negated(marked: str) -> None:
    document, attributions = read(marked)
    assert is_negated(document, attributions[0])


@pytest.mark.parametrize(
    "marked",
    [
        "{1s He} {1c said} {1t he would not go}.",
        "{1s He} {1c would not say} {1t when he would go}.",
        "{1s The palace} {1c did not respond to} {1t a request for comment}.",
        "{1s Serbia} {1c does not recognise} {1t the tribunal}.",
        "{1s Most voters} {1c do not support} {1t the treaty}.",
        "{1s No. 10} {1c said} {1t talks went on}.",
        "{1t “Never,”} {1s he} {1c said}.",
        "{1t “Never.”}",
    ],
)
def test_a_refusal_and_a_negative_position_were_made(marked: str) -> None:
    document, attributions = read(marked)
    assert not is_negated(document, attributions[0])
