"""A stretch of text and what can be asked of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.attribution.span import Span, covers, length

_SPANS = st.builds(lambda start, size: Span(start, start + size), st.integers(0, 50), st.integers(0, 20))


def test_a_span_gives_the_text_that_it_covers() -> None:
    assert Span(3, 5).of("Roh said") == " s"


@pytest.mark.parametrize(
    ("other", "overlaps", "contains"),
    [
        (Span(2, 6), True, True),
        (Span(3, 5), True, True),
        (Span(0, 3), True, False),
        (Span(5, 9), True, False),
        (Span(0, 2), False, False),
        (Span(6, 9), False, False),
    ],
)
def test_touching_spans_do_not_overlap(other: Span, overlaps: bool, contains: bool) -> None:
    assert Span(2, 6).overlaps(other) is overlaps
    assert Span(2, 6).contains(other) is contains


@pytest.mark.parametrize(
    ("body", "span", "expected"),
    [
        (" Roh ", Span(0, 5), "Roh"),
        ("\u00a0Roh\n", Span(0, 5), "Roh"),
        ("Roh", Span(0, 3), "Roh"),
        ("   ", Span(1, 3), ""),
        ("", Span(0, 0), ""),
    ],
)
def test_a_trimmed_span_has_no_white_space_at_its_ends(body: str, span: Span, expected: str) -> None:
    assert span.trimmed(body).of(body) == expected


def test_the_end_of_a_span_is_not_in_it() -> None:
    assert covers([Span(0, 2), Span(5, 6)], 5)
    assert not covers([Span(0, 2), Span(5, 6)], 2)
    assert not covers([], 0)


def test_the_length_of_several_is_the_sum_of_theirs() -> None:
    assert length([Span(0, 2), Span(5, 9)]) == 6
    assert length([]) == 0


@given(_SPANS, _SPANS)
def test_overlap_is_mutual_and_follows_from_containing_a_letter(one: Span, other: Span) -> None:
    assert one.overlaps(other) == other.overlaps(one)
    if one.contains(other) and length([other]):
        assert one.overlaps(other)


@given(_SPANS, st.integers(0, 30))
def test_a_shifted_span_gives_the_same_text_further_on(span: Span, by: int) -> None:
    body = "".join(chr(97 + number % 26) for number in range(80))
    assert span.shifted(by).of("x" * by + body) == span.of(body)
