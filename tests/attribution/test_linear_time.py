"""However odd a text is, eight times as much of it takes some eight times as long, not sixty-four.

Processor time is measured, the best of three, so that other work on the machine does not count.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from streams.attribution.broken_off import made_whole
from streams.attribution.document import Attribution, Document
from streams.attribution.linking import link
from streams.attribution.normalisation import normalise
from streams.attribution.quoted_as import settle_quoted
from streams.attribution.segmentation import segment
from streams.attribution.source_edges import settle_sources
from streams.attribution.span import Span
from streams.knowledge import load
from tests.growth import in_proportion

_SMALL, _TIMES = 5_000, 8
_MOST = 28
"""Growth that is still called linear; a quadratic step grows by 64."""
_TOO_SHORT_TO_MEASURE = 0.02

_ODD = {
    "one word": "a",
    "capitals": "A",
    "capital words": "THE ",
    "initials": "U.S. ",
    "opening marks": "“",
    "straight marks": '"',
    "apostrophes": "'",
    "dialogue": "“Yes,” he said. ",
    "short quotations": '"A b." ',
    "quotations left open": "“We shall go on.\n",
    "newlines": "\n",
    "letters on lines": "x\n\n",
    "bylines": "By The ",
    "list numbers": "1. ",
}


def _best(job: Callable[[], object]) -> float:
    def once() -> float:
        start = time.process_time()
        job()
        return time.process_time() - start

    return min(once() for _ in range(3))


def _is_in_proportion(job_on: Callable[[str], Callable[[], object]], unit: str) -> bool:
    def seconds(size: int) -> float:
        return _best(job_on((unit * size)[:size]))

    return in_proportion(seconds, _SMALL, _SMALL * _TIMES, most=_MOST, least=_TOO_SHORT_TO_MEASURE / _TIMES)


def _segmenting(body: str) -> Callable[[], object]:
    return lambda: segment(body)


def _settling(body: str) -> Callable[[], object]:
    document = Document(body, segment(body))
    tagged = [
        Attribution((), (Span(one.end - 1, one.end),) if number % 2 else (), (one,), 0.5)
        for number, one in enumerate(document.sentences)
    ]
    return lambda: normalise(document, link(document, tagged))


_BREAKING_OFF = {"prepositions": "goes at ", "capital words": "Goes At ", "quoted": "was quoted as "}


def _edging(body: str) -> Callable[[], object]:
    document = Document(body, segment(body))
    tagged = [
        Attribution((), (Span(start, start + 4),) if start % 3 else (), (Span(start + 4, start + 7),), 0.5)
        for start in range(0, len(body) - 8, 8)
    ]
    return lambda: settle_quoted(document, made_whole(document, tagged))


@pytest.mark.parametrize("unit", _BREAKING_OFF.values(), ids=_BREAKING_OFF.keys())
def test_making_whole_takes_time_in_proportion_to_the_text(unit: str) -> None:
    assert _is_in_proportion(_edging, unit)


_SAYS = "Oslo said no and "


def _sourcing(body: str) -> Callable[[], object]:
    document = Document(body, segment(body))
    tagged = [
        Attribution((Span(at, at + 4),), (Span(at + 5, at + 9),), (Span(at + 10, at + 12),), 0.5)
        for at in range(0, len(body) - len(_SAYS), len(_SAYS))
    ]
    return lambda: settle_sources(document, tagged, load())


def test_settling_sources_takes_time_in_proportion_to_the_statements_of_a_sentence() -> None:
    assert _is_in_proportion(_sourcing, _SAYS)


@pytest.mark.parametrize("unit", _ODD.values(), ids=_ODD.keys())
def test_segmenting_takes_time_in_proportion_to_the_text(unit: str) -> None:
    assert _is_in_proportion(_segmenting, unit)


@pytest.mark.parametrize("unit", _ODD.values(), ids=_ODD.keys())
def test_linking_and_normalising_take_time_in_proportion_to_the_text(unit: str) -> None:
    assert _is_in_proportion(_settling, unit)
