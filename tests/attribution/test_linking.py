"""Quotations and their statements: the golden table, and what linking never does."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.attribution.document import Attribution, Document
from streams.attribution.linking import is_closed, link
from streams.attribution.segmentation import segment
from streams.attribution.span import Span
from tests.golden.reading import read

_TABLE = Path(__file__).parents[1] / "golden" / "linking.toml"


def _cases() -> list[Any]:
    with _TABLE.open("rb") as file:
        rows = tomllib.load(file)["case"]
    return [
        pytest.param(
            row["text"],
            row["linked"],
            id=row["because"],
            marks=[pytest.mark.xfail(strict=True, reason=row["fails"])] if "fails" in row else [],
        )
        for row in rows
    ]


def _read(marked: str) -> tuple[Document, tuple[Attribution, ...]]:
    document, attributions = read(marked)
    return replace(document, paragraphs=segment(document.body)), attributions


def _parts(body: str, attribution: Attribution) -> tuple[list[str], list[str], list[str]]:
    source, cue, content = attribution.source, attribution.cue, attribution.content
    return [s.of(body) for s in source], [s.of(body) for s in cue], [s.of(body) for s in content]


@pytest.mark.parametrize(("text", "linked"), _cases())
def test_a_quotation_goes_to_the_statement_that_print_gives_it_to(text: str, linked: str) -> None:
    document, tagged = _read(text)
    expected_document, expected = _read(linked)
    assert expected_document.body == document.body
    found = link(document, tagged)
    assert [_parts(document.body, one) for one in found] == [_parts(document.body, one) for one in expected]


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert len(_cases()) >= 25


def test_a_joined_statement_keeps_its_confidence() -> None:
    document, tagged = _read('{1t "We will go,"} {1s he} {1c said}. "We will not come back."')
    (found,) = link(document, [replace(tagged[0], confidence=0.7)])
    assert found.confidence == 0.7


def test_without_statements_nothing_is_linked() -> None:
    assert link(Document("", ()), []) == ()


@pytest.mark.parametrize("quotation", ["“a”", '"a"', '“a"', "«a»", "„a“", "‘a’", "''a''", 'a"'])
def test_a_quotation_with_its_partner_is_closed(quotation: str) -> None:
    assert is_closed(quotation, Span(0, len(quotation)))


@pytest.mark.parametrize("quotation", ["“a", '"a.', "“a ‘no.’", "\"the leaders'", "“", '"', "a"])
def test_a_quotation_without_its_partner_is_open(quotation: str) -> None:
    assert not is_closed(quotation, Span(0, len(quotation)))


_PIECES = st.lists(
    st.sampled_from(
        ["“We go,”", "“We go.", "he said.", "“We stay.”", '"We go,"', '"', "”", "\n", "\n\n", "Then.", "‘no’", "he"]
    ),
    max_size=25,
).map(" ".join)


@given(_PIECES, st.data())
def test_linking_loses_no_content_and_gives_spans_in_order(body: str, data: st.DataObject) -> None:
    document = Document(body, segment(body))
    sentences = list(document.sentences)
    tagged = [
        Attribution((), (Span(one.end - 1, one.end),) if cue else (), (one,), 0.5)
        for one in sentences
        if one.end - one.start > 1 and (cue := data.draw(st.integers(0, 2))) < 2
    ]
    found = link(document, tagged)
    assert len(found) <= len(tagged) + len(sentences)
    for one in found:
        assert all(before.end < after.start for before, after in pairwise(one.content))
        assert all(0 <= span.start < span.end <= len(body) for span in one.content)
    said = [span for one in found for span in one.content]
    assert all(any(span.contains(whole) for span in said) for one in tagged for whole in one.content)


def test_a_statement_that_two_quotations_claim_is_not_joined_to_itself() -> None:
    body = '“We go. \n\n ” “We go. "We go," ‘no’'
    document = Document(body, segment(body))
    tagged = [Attribution((), (), (one,), 0.5) for one in document.sentences]

    said = [span for one in link(document, tagged) for span in one.content]

    assert all(any(span.contains(one.content[0]) for span in said) for one in tagged)
