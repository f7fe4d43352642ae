"""Whole events: order, nesting, ids, fields that belong together, and hostile input."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from schemas import Article, Statement
from schemas.statement import PLOVER_AND_CAMEO
from streams.attribution.antecedents import reporters
from streams.attribution.document import Attribution, Document
from streams.attribution.entities import entities
from streams.attribution.resolution import speakers
from streams.attribution.span import Span
from streams.attribution.statements import statements
from streams.knowledge import load
from tests.golden.reading import read
from tests.growth import in_proportion

DAY = date(2004, 12, 17)
NESTED = "{1s Officials} {1c say} {1t that {2s Junichiro Koizumi} {2c asked} {2t South Korea for support}}."


def events(marked: str, on: date = DAY) -> tuple[Statement, ...]:
    document, attributions = read(marked, on)
    article = Article(id="a", body=document.body, published_at=datetime(on.year, on.month, on.day, tzinfo=UTC))
    return statements(article, document, attributions, load())


def test_statements_come_in_the_order_of_their_contents() -> None:
    found = events("{2t Rain came}, {2s Japan} {2c said}. {1t Snow came}, {1s China} {1c said}.")
    assert [one.speakers[0].name for one in found] == ["Japan", "China"]


def test_a_statement_in_anothers_content_is_reported_by_it() -> None:
    outer, inner = events(NESTED)
    assert outer.reported_by is None
    assert inner.reported_by == outer.statement_id


def test_the_innermost_statement_reports() -> None:
    outer, middle, inner = events("{1s A} {1c says} {1t {2s B} {2c says} {2t {3s C} {3c says} {3t it rains}}}.")
    assert (middle.reported_by, inner.reported_by) == (outer.statement_id, middle.statement_id)


def test_no_statement_reports_itself() -> None:
    assert reporters([[Span(0, 9)]], [Span(2, 4)]) == [()]


def test_of_two_that_hold_each_other_s_cues_the_longer_reports_and_no_circle_is_left() -> None:
    long, short = [Span(0, 40)], [Span(10, 30)]
    assert reporters([long, short], [Span(15, 18), Span(32, 35)]) == [(), (0,)]
    same = [Span(0, 40)]
    assert reporters([same, same], [Span(5, 8), Span(10, 12)]) == [(1,), ()]


def test_two_findings_with_the_same_spans_are_one_statement_as_sure_as_the_surer() -> None:
    document, (found,) = read("{1s Japan} {1c said} {1t it rains}.", DAY)
    article = Article(id="a", body=document.body)
    twice = [replace(found, confidence=confidence) for confidence in (0.3, 0.9, 0.5)]
    (one,) = statements(article, document, twice, load())
    assert one.confidence == 0.9


def test_the_same_article_always_gives_the_same_events() -> None:
    assert events(NESTED) == events(NESTED)


def test_every_span_covers_its_text() -> None:
    for one in events(NESTED):
        for part in (one.source, one.cue, one.content):
            assert all(len(span.text) == span.end - span.start for span in part)


def test_plover_and_cameo_belong_to_the_act() -> None:
    for one in events(NESTED):
        assert (one.plover, one.cameo) == PLOVER_AND_CAMEO[one.act]


def test_a_state_that_is_accused_is_a_target() -> None:
    (one,) = events("{1s Japan} {1c accused} {1t North Korea of kidnapping its citizens}.")
    assert "North Korea" in [target.name for target in one.targets]


def test_nobody_is_his_own_target() -> None:
    (one,) = events("{1s Japan} {1c says} {1t Japan and China will talk}.")
    assert "Japan" not in [target.name for target in one.targets]


def test_a_word_is_no_abbreviation_of_its_letters() -> None:
    (one,) = events('{1t "Let Iran decide,"} {1s France} {1c said}.')
    assert [target.name for target in one.targets] == ["Iran"]


def test_an_abbreviation_that_names_nobody_is_no_target() -> None:
    (one,) = events("{1s France} {1c accused} {1t TV of telling of HIV at 11pm AEDT}.")
    assert not one.targets


@pytest.mark.parametrize(
    ("marked", "diplomatic"),
    [
        ("{1s North Korea} {1c threatened} {1t the United States with a nuclear attack}.", True),
        ("{1s Pakistan} {1c demanded} {1t that India withdraw its troops from the border}.", True),
        ("{1s The coach} {1c said} {1t the team had played well}.", False),
        ("{1s Scientists} {1c say} {1t the crop grows faster in warm soil}.", False),
    ],
)
def test_relations_between_states_are_diplomatic(marked: str, diplomatic: bool) -> None:
    assert events(marked)[0].diplomatic is diplomatic


def test_an_article_without_statements_has_none() -> None:
    assert statements(Article(id="a", body="Rain."), Document("Rain.", ((Span(0, 5),),)), (), load()) == ()


def test_an_attribution_outside_every_sentence_is_still_resolved() -> None:
    body = "Japan said rain came."
    attribution = Attribution((Span(0, 5),), (Span(6, 10),), (Span(11, 20),), 1.0)
    (one,) = statements(Article(id="a", body=body), Document(body, ()), (attribution,), load())
    assert one.speakers[0].name == "Japan"


def _best(job: Callable[[], object]) -> float:
    """Processor seconds of the best of three runs, without the garbage collector: a collection of everything that
    other tests left took thirty times as long as reading the text.
    """

    def once() -> float:
        began = time.process_time()
        job()
        return time.process_time() - began

    gc.collect()
    gc.disable()
    try:
        return min(once() for _ in range(3))
    finally:
        gc.enable()


def _seconds(body: str) -> float:
    document = Document(body, ((Span(0, len(body)),),), None, DAY)
    return _best(lambda: entities(document, load()))


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("John Smith of Ruritania met ", id="names"),
        pytest.param("Aa Bb Cc Dd ", id="capitals"),
        pytest.param("the former deputy foreign minister of ", id="titles"),
        pytest.param('" ', id="quotation marks"),
        pytest.param("Japan and ", id="states"),
        pytest.param("Kim-", id="hyphens"),
    ],
)
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    _seconds(piece * 100)
    assert in_proportion(lambda count: _seconds(piece * count), 500, 4_000, most=24)


def test_a_megabyte_of_one_word_is_one_word() -> None:
    assert _seconds("A" * 1_000_000) < 5


def test_ten_thousand_names_are_read_in_linear_time() -> None:
    def seconds(count: int) -> float:
        def name(number: int) -> str:
            digits = [chr(97 + int(digit)) for digit in f"{number:05d}"]
            return "K" + "".join(digits) + " M" + "".join(reversed(digits))

        return _seconds(" met ".join(name(number) for number in range(count)))

    seconds(100)
    assert in_proportion(seconds, 1_250, 10_000, most=16)


def test_many_statements_are_resolved_in_linear_time() -> None:
    def seconds(count: int) -> float:
        document, attributions = read(
            " ".join(f"{{{n}s He}} {{{n}c said}} {{{n}t rain came to Japan}}." for n in range(1, count + 1)), DAY
        )
        table = entities(document, load())
        assert len(speakers(document, attributions, table, load())) == count
        return _best(lambda: speakers(document, attributions, table, load()))

    seconds(10)
    assert in_proportion(seconds, 200, 1_600, most=24)
