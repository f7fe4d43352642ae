"""Words: what stands between spaces, marks apart, clitics apart."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.attribution.span import Span
from streams.attribution.tagging.words import CASE_CLASSES, case_class, words


def _texts(text: str) -> list[str]:
    return [span.of(text) for span in words(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moscow's demand", ["Moscow", "'s", "demand"]),
        ("Moscow’s demand", ["Moscow", "’s", "demand"]),
        ("he'll say", ["he", "'ll", "say"]),
        ("We've said", ["We", "'ve", "said"]),
        ("don't say", ["don't", "say"]),
        ("the leaders' call", ["the", "leaders", "'", "call"]),
        ("“Yes,” he said.", ["“", "Yes", ",", "”", "he", "said", "."]),
        ("U.S.-led talks", ["U", ".", "S", ".", "-", "led", "talks"]),
        ("O'Brien's", ["O", "'", "Brien", "'s"]),
        ("Brasília", ["Brasília"]),
        ("", []),
        (" \n\u00a0", []),
    ],
)
def test_clitics_and_marks_are_words_of_their_own(text: str, expected: list[str]) -> None:
    assert _texts(text) == expected


def test_words_of_a_stretch_are_spans_of_the_body() -> None:
    body = "Before. Japan's wish."
    assert [span.of(body) for span in words(body, Span(8, 20))] == ["Japan", "'s", "wish"]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("said", "lower"),
        ("NATO", "capitals"),
        ("A", "single"),
        ("Kim", "capitalised"),
        ("12th", "digits"),
        (",", "other"),
    ],
)
def test_each_kind_of_writing_has_a_case_class_of_its_own(word: str, name: str) -> None:
    order = ["lower", "capitals", "single", "capitalised", "digits", "other"]
    assert len(order) == CASE_CLASSES
    assert order[case_class(word)] == name


@given(st.text(max_size=200))
def test_words_are_in_order_apart_and_hold_all_but_white_space(text: str) -> None:
    found = words(text, Span(0, len(text)))
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(span.start < span.end for span in found)
    assert "".join(span.of(text) for span in found) == "".join(text.split())


@given(st.text(max_size=100), st.text(max_size=20))
def test_what_precedes_a_stretch_does_not_change_its_words(text: str, before: str) -> None:
    alone = words(text, Span(0, len(text)))
    body = f"{before} {text}"
    shift = len(before) + 1
    assert words(body, Span(shift, len(body))) == [span.shifted(shift) for span in alone]


@given(st.text(max_size=20))
def test_every_word_has_a_case_class(word: str) -> None:
    assert 0 <= case_class(word) < CASE_CLASSES
