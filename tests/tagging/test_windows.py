"""Windows: every word in exactly one, sentences whole where they fit."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from streams.attribution.span import Span
from streams.attribution.tagging.windows import CLS, MAXIMUM_PIECES, SEP, Window, windows
from streams.attribution.tagging.words import words

_LONGEST_WORD = 64
"""Pieces of one word that a window keeps."""


def _one_piece_a_letter(found: list[str]) -> list[list[int]]:
    """A tokenizer that drops what has no letter, as some drop control characters."""
    return [[ord(letter) for letter in word] if word != "~" else [] for word in found]


def _body(paragraphs: list[list[str]]) -> tuple[str, list[list[Span]]]:
    body = ""
    spans: list[list[Span]] = []
    for paragraph in paragraphs:
        row: list[Span] = []
        for sentence in paragraph:
            row.append(Span(len(body), len(body) + len(sentence)))
            body += sentence + " "
        spans.append(row)
        body += "\n"
    return body, spans


def _windows(paragraphs: list[list[str]], maximum: int) -> tuple[str, list[list[Span]], list[Window]]:
    body, spans = _body(paragraphs)
    return body, spans, windows(body, spans, _one_piece_a_letter, maximum)


_WORD = st.sampled_from(["a", "bb", "ccc", "Kim's", "U.S.", "~", "“go”", "dddddddd"])
_SENTENCE = st.lists(_WORD, min_size=1, max_size=8).map(" ".join)
_PARAGRAPHS = st.lists(st.lists(_SENTENCE, min_size=1, max_size=4), max_size=5)
_MAXIMUM = st.integers(12, 60)


@given(_PARAGRAPHS, _MAXIMUM)
def test_every_word_that_has_pieces_is_in_exactly_one_window_in_order(
    paragraphs: list[list[str]], maximum: int
) -> None:
    body, spans, found = _windows(paragraphs, maximum)
    expected = [w for paragraph in spans for sentence in paragraph for w in words(body, sentence) if w.of(body) != "~"]
    assert [word for window in found for word in window.words] == expected
    assert all(before.end <= after.start for window in found for before, after in pairwise(window.words))


@given(_PARAGRAPHS, _MAXIMUM)
def test_no_window_holds_more_pieces_than_allowed_and_none_is_lost(paragraphs: list[list[str]], maximum: int) -> None:
    body, _, found = _windows(paragraphs, maximum)
    for window in found:
        assert len(window.ids) <= maximum
        assert window.ids[0] == CLS
        assert window.ids[-1] == SEP
        assert window.ids[1:-1] == tuple(ord(letter) for word in window.words for letter in word.of(body))
        assert len(window.case) == len(window.ids)


@given(_PARAGRAPHS, _MAXIMUM)
def test_first_points_at_each_words_first_piece(paragraphs: list[list[str]], maximum: int) -> None:
    body, _, found = _windows(paragraphs, maximum)
    for window in found:
        assert [window.ids[at] for at in window.first] == [ord(body[word.start]) for word in window.words]


@given(_PARAGRAPHS, _MAXIMUM)
def test_only_a_sentence_longer_than_a_window_is_split(paragraphs: list[list[str]], maximum: int) -> None:
    body, spans, found = _windows(paragraphs, maximum)
    home = {word: number for number, window in enumerate(found) for word in window.words}
    for sentence in (sentence for paragraph in spans for sentence in paragraph):
        inside = [word for word in words(body, sentence) if word in home]
        size = sum(len(word.of(body)) for word in inside)
        assert size > maximum - 2 or len({home[word] for word in inside}) <= 1


@given(_PARAGRAPHS, _MAXIMUM)
def test_a_paragraph_that_fits_goes_whole_into_one_window(paragraphs: list[list[str]], maximum: int) -> None:
    body, spans, found = _windows(paragraphs, maximum)
    home = {word: number for number, window in enumerate(found) for word in window.words}
    for paragraph in spans:
        inside = [word for sentence in paragraph for word in words(body, sentence) if word in home]
        if sum(len(word.of(body)) for word in inside) <= maximum - 2:
            assert len({home[word] for word in inside}) <= 1


@given(_PARAGRAPHS, _MAXIMUM)
def test_each_paragraph_is_marked_as_begun_at_most_once(paragraphs: list[list[str]], maximum: int) -> None:
    body, spans, found = _windows(paragraphs, maximum)
    begun = {word for window in found for word, starts in zip(window.words, window.starts, strict=True) if starts}
    firsts = [words(body, paragraph[0])[0] for paragraph in spans]
    assert begun == {first for first in firsts if first.of(body) != "~"}


@given(_PARAGRAPHS, st.text(alphabet="ab ", max_size=10), _MAXIMUM)
def test_text_outside_the_sentences_changes_nothing(paragraphs: list[list[str]], before: str, maximum: int) -> None:
    body, spans, found = _windows(paragraphs, maximum)
    moved = [[span.shifted(len(before)) for span in paragraph] for paragraph in spans]
    later = windows(before + body, moved, _one_piece_a_letter, maximum)
    assert [window.ids for window in later] == [window.ids for window in found]
    assert [window.words for window in later] == [
        tuple(word.shifted(len(before)) for word in window.words) for window in found
    ]


def test_a_word_of_endless_pieces_is_kept_short_but_stays_in_its_window() -> None:
    body = "a" * 10_000 + " b"
    (window,) = windows(body, [[Span(0, len(body))]], _one_piece_a_letter)
    assert window.words == (Span(0, 10_000), Span(10_001, 10_002))
    assert len(window.ids) == _LONGEST_WORD + 1 + 2
    assert window.text_span(0, 1) == Span(0, 10_002)


def test_an_article_is_cut_into_as_few_windows_as_it_takes_and_none_is_a_short_rest() -> None:
    _, _, found = _windows([["dddddddd"]] * 10, maximum=62)
    assert [len(window.words) for window in found] == [5, 5]


def test_no_text_makes_no_window() -> None:
    assert windows("", [], _one_piece_a_letter) == []
    assert windows("~ ~", [[Span(0, 3)]], _one_piece_a_letter) == []


def test_the_usual_window_holds_some_two_hundred_words() -> None:
    assert 128 <= MAXIMUM_PIECES <= 512
