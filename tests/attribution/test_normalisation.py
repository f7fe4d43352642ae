"""The edges of source, cue and content: the golden table, and what normalising never does."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.attribution.document import Attribution, Document
from streams.attribution.normalisation import normalise
from streams.attribution.segmentation import segment
from streams.attribution.span import Span
from tests.golden.reading import read

_TABLE = Path(__file__).parents[1] / "golden" / "edges.toml"


def _cases() -> list[Any]:
    with _TABLE.open("rb") as file:
        rows = tomllib.load(file)["case"]
    return [
        pytest.param(
            row["text"],
            row["edges"],
            id=row["because"],
            marks=[pytest.mark.xfail(strict=True, reason=row["fails"])] if "fails" in row else [],
        )
        for row in rows
    ]


def _read(marked: str) -> tuple[Document, tuple[Attribution, ...]]:
    document, attributions = read(marked)
    return replace(document, paragraphs=segment(document.body)), attributions


@pytest.mark.parametrize(("text", "edges"), _cases())
def test_spans_have_the_edges_of_the_definition(text: str, edges: str) -> None:
    document, tagged = _read(text)
    expected_document, expected = _read(edges)
    assert expected_document.body == document.body
    body = document.body
    found = normalise(document, tagged)
    for part in ("source", "cue", "content"):
        assert [[s.of(body) for s in getattr(one, part)] for one in found] == [
            [s.of(body) for s in getattr(one, part)] for one in expected
        ]
    assert found == expected


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert len(_cases()) >= 30


def test_a_content_of_marks_alone_is_no_statement() -> None:
    document, tagged = _read("{1s He} {1c said} {1t ...}")
    assert normalise(document, tagged) == ()


def test_an_empty_source_is_dropped_and_the_statement_stays() -> None:
    document, tagged = _read("{1s ,} {1c said} {1t talks failed}.")
    (found,) = normalise(document, tagged)
    assert found.source == ()


_BODIES = st.lists(
    st.sampled_from(
        ["“", "”", '"', "'", "''", ".", ",", " ", "that ", "go", "U.S.", "Kim’s", "\n\n", "(", ")", "–", "…", "é"]
    ),
    min_size=1,
    max_size=30,
).map("".join)


def _span(body: str, data: st.DataObject) -> Span:
    start = data.draw(st.integers(0, len(body) - 1))
    return Span(start, data.draw(st.integers(start + 1, len(body))))


@given(_BODIES, st.data())
def test_spans_stay_in_the_body_and_are_never_empty(body: str, data: st.DataObject) -> None:
    document = Document(body, segment(body))
    tagged = [Attribution((_span(body, data),), (_span(body, data),), (_span(body, data),), 0.5)]
    for one in normalise(document, tagged):
        for span in (*one.source, *one.cue, *one.content):
            assert 0 <= span.start < span.end <= len(body)
            assert span.of(body) == span.of(body).strip()


@given(_BODIES, st.data())
def test_what_is_normal_stays_as_it_is(body: str, data: st.DataObject) -> None:
    document = Document(body, segment(body))
    once = normalise(document, [Attribution((), (), (_span(body, data),), 0.5)])
    letters = [sum(letter.isalnum() for letter in one.content[0].of(body)) for one in once]
    again = normalise(document, once)
    assert [sum(letter.isalnum() for letter in one.content[0].of(body)) for one in again] <= letters


def test_a_mark_that_two_stretches_of_a_content_take_in_makes_them_one() -> None:
    document, _ = _read('The committee cited "her contribution" to peace.')
    mark, rest = Span(20, 21), Span(21, 37)
    (found,) = normalise(document, [Attribution((), (), (mark, rest), 0.5)])
    assert [span.of(document.body) for span in found.content] == ['"her contribution"']
