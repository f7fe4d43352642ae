"""Confidence against truth, by hand."""

from __future__ import annotations

import pytest

from streams.evaluation.calibration import calibration, judged
from streams.evaluation.scores import score
from tests.evaluation.examples import article, found, gold


def test_the_error_is_the_mean_distance_over_the_bins_weighted_by_their_counts() -> None:
    """Bin .9: two of three right at .95, off by .2833. Bin .1: none of one at .15."""
    result = calibration([(0.95, True), (0.95, True), (0.95, False), (0.15, False)])
    assert result.error == pytest.approx((3 * abs(0.95 - 2 / 3) + 1 * 0.15) / 4)
    assert [b.count for b in result.bins] == [0, 1, 0, 0, 0, 0, 0, 0, 0, 3]


def test_certainty_is_in_the_last_bin() -> None:
    assert calibration([(1.0, True)]).bins[-1].right == 1
    assert calibration([(1.0, True)]).error == 0


def test_no_statements_have_no_error() -> None:
    assert calibration([]).error == 0


def test_a_found_content_with_another_source_is_not_right_and_an_optional_one_is_not_judged() -> None:
    marked = article(
        gold("Seoul", "said", "it agreed"),
        gold("Tokyo", "denied", "it had refused to talk", optional=True),
    )
    statements = [
        found("aides", "say", "it agreed", 0.7),
        found("Tokyo", "", "it had refused", 0.6),
        found("", "", "say", 0.2),
    ]
    assert judged(score(marked, statements)) == [(0.7, False), (0.2, False)]
    assert judged(score(marked, [found("Seoul", "said", "it agreed", 0.8)])) == [(0.8, True)]
