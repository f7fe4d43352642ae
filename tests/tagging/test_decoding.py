"""Decoding: label sequences that make sense, attributions that differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from streams.attribution.tagging.decoding import (
    B_CONTENT,
    B_SOURCE,
    CUES_TOUCH,
    I_CONTENT,
    I_SOURCE,
    Candidate,
    Decoding,
    Group,
    candidates,
    cue_path,
    cues_of,
    groups,
    own_path,
    select,
    with_quoted,
)
from streams.attribution.tagging.session import Floats

_ELEMENTS = st.integers(-9, 0)


def _logs(labels: int, words: int) -> st.SearchStrategy[Floats]:
    return hnp.arrays(np.float32, st.tuples(st.integers(1, words), st.just(labels)), elements=_ELEMENTS)


def _likeliest(logs: Floats, step: Callable[[int, int], float]) -> float:
    """The score of the best of all paths."""
    return max(_score(logs, path, step) for path in product(range(logs.shape[1]), repeat=len(logs)))


def _score(logs: Floats, path: Sequence[int], step: Callable[[int, int], float]) -> float:
    return sum(step(a, b) + float(logs[at, b]) for at, (a, b) in enumerate(pairwise([0, *path])))


def _cue_step(before: int, label: int) -> float:
    if label == 2 and before == 0:
        return -np.inf
    return CUES_TOUCH if label == 1 and before else 0.0


def _own_step(before: int, label: int) -> float:
    return -np.inf if label in {I_SOURCE, I_CONTENT} and before not in {label - 1, label} else 0.0


@given(_logs(3, words=6))
def test_the_cue_path_is_the_likeliest_of_all_paths(logs: Floats) -> None:
    assert _score(logs, cue_path(logs), _cue_step) == pytest.approx(_likeliest(logs, _cue_step))


@given(_logs(5, words=4))
def test_the_path_of_own_labels_is_the_likeliest_of_all_paths(logs: Floats) -> None:
    assert _score(logs, own_path(logs), _own_step) == pytest.approx(_likeliest(logs, _own_step))


@given(hnp.arrays(np.float32, st.tuples(st.integers(1, 12), st.just(3)), elements=st.floats(0, 1, width=32)))
def test_no_cue_goes_on_without_having_begun(probabilities: Floats) -> None:
    before = probabilities.copy()
    found = cues_of(probabilities, Decoding())
    assert all(b == a + 1 for cue in found for a, b in pairwise(cue))
    assert all(one[-1] < other[0] for one, other in pairwise(found))
    assert np.array_equal(probabilities, before)


def test_inside_a_quotation_a_cue_needs_less_and_outside_nothing_changes() -> None:
    doubtful = np.array([[0.8, 0.15, 0.05], [0.8, 0.15, 0.05], [1, 0, 0]], dtype=np.float32)
    inside, outside, surely_none = with_quoted(doubtful, [True, False, True], Decoding(quoted_cue_bias=np.log(4)))
    assert inside == pytest.approx([0.5, 0.375, 0.125])
    assert outside == pytest.approx(doubtful[1])
    assert surely_none == pytest.approx([1, 0, 0])


def test_an_auxiliary_and_its_verb_are_one_cue() -> None:
    had_claimed = np.array([[0.02, 0.9, 0.08], [0.02, 0.6, 0.38], [0.98, 0.01, 0.01]], dtype=np.float32)
    assert cues_of(had_claimed, Decoding()) == ((0, 1),)


@pytest.mark.parametrize(
    ("labels", "begin", "expected"),
    [
        ([1, 2, 2, 0, 1], 1, ((0, 1, 2), (4,))),
        ([1, 1, 2], 1, ((0,), (1, 2))),
        ([2, 2, 0], 1, ((0, 1),)),
        ([3, 4, 1, 2, 3], 3, ((0, 1), (4,))),
        ([], 1, ()),
        ([0, 0], 1, ()),
    ],
)
def test_labels_make_groups_of_consecutive_words(labels: list[int], begin: int, expected: tuple[Group, ...]) -> None:
    assert groups(labels, begin) == expected


def _sure(labels: Sequence[int]) -> Floats:
    """Log probabilities ``(words, 5)`` that leave little doubt of ``labels``."""
    found = np.full((len(labels), 5), 0.01, dtype=np.float32)
    found[np.arange(len(labels)), labels] = 0.96
    return np.log(found)


def test_each_cue_gets_its_own_source_and_content() -> None:
    cues = np.array([[0.9, 0.1, 0], [0.1, 0.9, 0], [0.9, 0.1, 0], [0.9, 0.1, 0]], dtype=np.float32)
    cued = _sure([B_SOURCE, 0, B_CONTENT, I_CONTENT])
    nothing = _sure([0, 0, 0, 0])
    (found,) = candidates(cues, lambda asked: np.stack([cued] * (len(asked) - 1) + [nothing]), Decoding())
    assert (found.source, found.cue, found.content) == (((0,),), ((1,),), ((2, 3),))
    assert 0 < found.score < 1


@pytest.mark.parametrize(("likelihood", "source"), [(0.4, ((0,),)), (0.3, ()), (0.6, ((0,),))])
def test_a_cue_gets_the_best_source_there_is_unless_none_is_much_the_likelier(
    likelihood: float, source: tuple[Group, ...]
) -> None:
    settings = Decoding(source_bias=0.0, source_slack=1.5)
    own = np.full((2, 3, 5), 1e-9, dtype=np.float32)
    own[:, :, 0] = 1.0
    own[0, 0, [0, B_SOURCE]] = 1 - likelihood, likelihood
    own[0, 2] = [0, 0, 0, 1, 0]
    cues = np.array([[1, 0, 0], [0, 1, 0], [1, 0, 0]], dtype=np.float32)

    (found,) = candidates(cues, lambda _: np.log(own + 1e-9), settings)

    assert found.source == source


def test_each_content_without_a_cue_is_a_candidate_with_the_source_beside_it() -> None:
    none = np.array([[0.99, 0.01, 0]] * 5, dtype=np.float32)
    labels = [B_SOURCE, I_SOURCE, 0, B_CONTENT, I_CONTENT]
    (found,) = candidates(none, lambda _: _sure(labels)[None], Decoding())
    assert (found.source, found.cue, found.content) == (((0, 1),), (), ((3, 4),))


def _candidate(content: Sequence[int], probability: float, cue: int | None = 99) -> Candidate:
    return Candidate(((cue,),) if cue is not None else (), (), (tuple(content),), probability, 1.0)


def test_of_two_with_nearly_the_same_content_the_likelier_stays() -> None:
    weak, strong = _candidate(range(10), 0.6, 20), _candidate(range(1, 10), 0.9, 30)
    assert select([weak, strong], Decoding()) == [strong]


def test_a_statement_nested_in_another_stays() -> None:
    outer, inner = _candidate(range(10), 0.9, 20), _candidate(range(6, 10), 0.6, 5)
    assert select([outer, inner], Decoding()) == [outer, inner]


def test_the_same_content_said_by_two_is_two_statements() -> None:
    """\"..., officials said, as Pyongyang had claimed\"."""
    officials = Candidate(((20, 21),), ((18, 19),), (tuple(range(10)),), 0.7, 1.0)
    pyongyang = Candidate(((25, 26),), ((24,),), (tuple(range(10)),), 0.9, 1.0)
    assert set(select([officials, pyongyang], Decoding())) == {officials, pyongyang}


def test_the_same_content_of_one_source_is_one_statement_whatever_its_cue() -> None:
    weak = Candidate(((20,),), ((18, 19),), (tuple(range(10)),), 0.7, 1.0)
    strong = Candidate(((22,),), ((19,),), (tuple(range(10)),), 0.9, 1.0)
    assert select([weak, strong], Decoding()) == [strong]


def test_a_content_without_a_cue_gives_way_where_another_statement_is() -> None:
    cued, bare = _candidate(range(10), 0.5, 20), _candidate(range(8, 16), 0.4, None)
    assert select([cued, bare], Decoding()) == [cued]
    free = _candidate(range(12, 18), 0.4, None)
    assert select([cued, free], Decoding()) == [cued, free]


def test_a_content_of_few_words_needs_a_cue() -> None:
    least = Decoding().least_words_without_cue
    assert select([_candidate(range(least - 1), 0.9, None)], Decoding()) == []
    assert len(select([_candidate(range(least), 0.9, None)], Decoding())) == 1


_CANDIDATES = st.lists(
    st.builds(
        lambda start, size, probability, cue: _candidate(range(start, start + size), probability, cue),
        st.integers(0, 12),
        st.integers(1, 8),
        st.floats(0.01, 1),
        st.one_of(st.none(), st.integers(30, 50)),
    ),
    max_size=12,
)


@given(_CANDIDATES)
def test_selected_contents_differ_and_stand_in_the_order_of_the_text(found: list[Candidate]) -> None:
    settings = Decoding()
    kept = select(found, settings)
    assert [one.content for one in kept] == sorted(one.content for one in kept)
    for number, one in enumerate(kept):
        assert one in found
        for other in kept[number + 1 :]:
            common, union = one.content_words & other.content_words, one.content_words | other.content_words
            assert len(common) <= settings.same_content * len(union)


@given(_CANDIDATES)
def test_the_likeliest_statement_with_a_cue_is_always_kept(found: list[Candidate]) -> None:
    best = max(found, key=lambda one: one.score, default=None)
    if best is not None and best.cue:
        assert max(one.score for one in select(found, Decoding())) == best.score
