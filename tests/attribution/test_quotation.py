"""Quotation marks, and how much of a statement stands between them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.attribution.document import Attribution, Document
from streams.attribution.quotation import kind_of, quotations
from streams.attribution.span import Span
from tests.golden.reading import Case, parameters, table
from tests.growth import in_proportion


def _paragraphs(body: str) -> tuple[tuple[Span, ...], ...]:
    start, found = 0, []
    for line in body.split("\n"):
        if line:
            found.append((Span(start, start + len(line)),))
        start += len(line) + 1
    return tuple(found)


def _texts(body: str) -> list[str]:
    return [span.of(body) for span in quotations(body, _paragraphs(body))]


@pytest.mark.parametrize("case", parameters(table("kinds")))
def test_a_kind_is_judged_from_the_marks(case: Case) -> None:
    assert kind_of(case.document, case.attribution) == case.row["kind"]


def test_a_quotation_has_its_marks() -> None:
    assert _texts("“Go,” he said. “Now!”") == ["“Go,”", "“Now!”"]


def test_a_nested_quotation_follows_the_one_around_it() -> None:
    assert _texts("\"He said 'no' to me,\" she said.") == ["\"He said 'no' to me,\"", "'no'"]


def test_an_apostrophe_quotes_nothing() -> None:
    assert _texts("Don't take the leaders' word, it's the '90s.") == []


def test_a_quotation_that_goes_on_is_one_span_in_each_paragraph() -> None:
    assert _texts("“We stay.\n“We fight,” he said.") == ["“We stay.", "“We fight,”"]


def test_a_quotation_that_nothing_closes_ends_where_the_next_one_begins_a_sentence() -> None:
    assert _texts('"We stay. "We fight," he said.') == ['"We stay.', '"We fight,"']


def test_a_stray_closing_mark_quotes_nothing() -> None:
    assert _texts("The end.” He left.") == []


@given(st.text(alphabet="ab. \n\"'“”‘’«»„`s", max_size=60))
def test_quotations_are_in_order_and_lie_in_one_paragraph(body: str) -> None:
    paragraphs = _paragraphs(body)
    found = quotations(body, paragraphs)
    assert list(found) == sorted(found, key=lambda span: (span.start, -span.end))
    assert all(any(edge[0].contains(span) for edge in paragraphs) for span in found)


@pytest.mark.parametrize("unit", ['"', "“", "”", "'", "‘", "''", "« ", '"a ', "'a ", "s’ a ", "“‘", '. "a '])
def test_a_text_of_nothing_but_marks_takes_time_in_proportion(unit: str) -> None:
    def seconds(size: int) -> float:
        body = unit * (size // len(unit))
        document = Document(body, ((Span(0, len(body)),),))
        attributions = [Attribution((), (), (Span(at, at + 50),), 1.0) for at in range(0, size - 60, 200)]
        begun = time.process_time()
        for attribution in attributions:
            kind_of(document, attribution)
        return time.process_time() - begun

    assert in_proportion(seconds, 20_000, 80_000, most=16, least=0.03)
