"""Counting found statements against annotated ones, by hand."""

from __future__ import annotations

import pytest

from streams.evaluation.scores import F1, Share, match, overlap, points, same_source, score
from tests.evaluation.examples import BODY, article, found, gold

AGREED = gold("Seoul", "said", "it agreed")
REFUSED = gold("Tokyo", "denied", "it had refused to talk")
NESTED = gold("aides", "say", "Tokyo denied that it had refused to talk")


def test_f1_is_the_harmonic_mean_of_precision_and_recall() -> None:
    assert (F1(1, 2, 4).precision, F1(1, 2, 4).recall) == (0.5, 0.25)
    assert F1(1, 2, 4).f1 == pytest.approx(2 * 0.5 * 0.25 / 0.75)


def test_nothing_asked_and_nothing_found_scores_nothing() -> None:
    assert (F1().f1, Share(0, 0).share) == (0.0, None)


def test_quotation_marks_spaces_and_stops_do_not_count() -> None:
    assert points([(0, 3)], "“a.") == points([(1, 2)], "“a.") == frozenset({1})


def test_overlap_is_what_is_common_of_what_is_covered() -> None:
    assert overlap(frozenset({1, 2, 3}), frozenset({2, 3, 4, 5})) == pytest.approx(2 / 5)
    assert overlap(frozenset(), frozenset()) == 0


def test_the_best_pair_is_matched_first_and_each_only_once() -> None:
    wide, narrow = frozenset(range(10)), frozenset(range(4))
    assert match([wide, narrow], [narrow], 0.3) == [(1, 0)]
    assert match([wide], [narrow, wide], 0.3) == [(0, 1)]


def test_of_equally_good_pairs_the_first_is_taken() -> None:
    same = frozenset({1, 2})
    assert match([same, same], [same, same], 1.0) == [(0, 0), (1, 1)]


def test_all_found_exactly_is_one_everywhere() -> None:
    result = score(article(AGREED), [found("Seoul", "said", "it agreed.")])
    assert all(f1 == F1(1, 1, 1) for f1 in (*result.content.values(), *result.spans.values()))
    assert result.source_exact == 1


def test_a_shorter_content_counts_as_long_as_it_covers_enough() -> None:
    """ "had refused to talk" has 16 of the 18 letters of "it had refused to talk", "refused" has 7."""
    result = score(article(REFUSED), [found("Tokyo", "denied", "had refused to talk")])
    assert {least: f1.right for least, f1 in result.content.items()} == {0.3: 1, 0.5: 1, 0.8: 1, 1.0: 0}
    result = score(article(REFUSED), [found("Tokyo", "denied", "refused")])
    assert {least: f1.right for least, f1 in result.content.items()} == {0.3: 1, 0.5: 0, 0.8: 0, 1.0: 0}


def test_what_is_not_found_is_missed_and_what_nobody_marked_is_extra() -> None:
    result = score(article(AGREED, REFUSED), [found("Seoul", "said", "it agreed"), found("", "", "aides")])
    assert result.missed == (REFUSED,)
    assert [f.content for f in result.extra] == [found("", "", "aides").content]
    assert result.content[0.3] == F1(1, 2, 2)


def test_a_nested_statement_and_the_one_that_holds_it_are_told_apart() -> None:
    inner, outer = found("Tokyo", "denied", "it had refused to talk"), found("aides", "say", "Tokyo denied that it had")
    result = score(article(REFUSED, NESTED), [outer, inner])
    assert {(g.cue, f.cue) for g, f in result.matched} == {(REFUSED.cue, inner.cue), (NESTED.cue, outer.cue)}


def test_an_optional_statement_is_neither_asked_for_nor_held_against() -> None:
    optional = gold("Tokyo", "denied", "it had refused to talk", optional=True)
    without = score(article(AGREED, optional), [found("Seoul", "said", "it agreed")])
    with_it = score(
        article(AGREED, optional),
        [found("Seoul", "said", "it agreed"), found("Tokyo", "denied", "it had refused to talk")],
    )
    for result in (without, with_it):
        assert result.content[0.3] == result.spans["content"] == F1(1, 1, 1)
        assert (result.missed, result.extra) == ((), ())


def test_a_source_with_its_title_is_the_same_source_but_another_one_is_not() -> None:
    tokyo = gold("", "", "it agreed")
    assert same_source(tokyo, found("", "say", "it agreed"), BODY)
    assert not same_source(tokyo, found("aides", "say", "it agreed"), BODY)
    denied = gold("Tokyo denied", "", "it agreed")
    assert same_source(denied, found("denied", "", "it agreed"), BODY)
    assert not same_source(denied, found("Tokyo", "", "it agreed"), BODY)
