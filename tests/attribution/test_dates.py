"""When a statement was made."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.attribution.dates import dates_of, said_at
from streams.attribution.document import Attribution, Document
from streams.attribution.span import Span
from streams.attribution.time_expressions import EXPRESSION, may_hold_a_date, time_expressions
from tests.golden.reading import Case, parameters, read, table
from tests.growth import in_proportion


@pytest.mark.parametrize("case", parameters(table("dates")))
def test_a_date_is_told_from_the_statement_and_its_occasion(case: Case) -> None:
    speakers = [None if not each.source else ("somebody",) for each in case.attributions]
    if case.row.get("number", 1) == 1 and len(case.attributions) == 1:
        assert said_at(case.document, case.attribution) == case.row.get("said_at")
    assert dates_of(case.document, case.attributions, speakers)[case.row.get("number", 1) - 1] == case.row.get(
        "said_at"
    )


def test_an_article_without_a_date_gives_only_full_dates() -> None:
    marked = "{1s He} {1c said} on Monday {1t no}. On May 3, 2005, {2s she} {2c said} {2t yes}."
    document, attributions = read(marked)
    assert dates_of(document, attributions, [("he",), ("she",)]) == (None, "2005-05-03")


def test_another_speaker_does_not_take_the_date() -> None:
    document, attributions = read(
        "{1s He} {1c said} on Monday {1t no}. {2s She} {2c said} {2t yes}.", date(2004, 12, 17)
    )
    assert dates_of(document, attributions, [("he",), ("she",)]) == ("2004-12-13", None)


def test_a_position_that_is_held_takes_no_date() -> None:
    marked = "{1s He} {1c said} on Monday {1t no}. {2s He} {2c has said} {2t yes}."
    document, attributions = read(marked, date(2004, 12, 17))
    assert dates_of(document, attributions, [("he",), ("he",)]) == ("2004-12-13", None)


_SUMMIT = "The summit of Blair and Mori began on Thursday. {1s Mori} {1c said} {1t no}."


def test_a_day_that_the_article_names_again_is_that_of_those_of_whom_it_tells() -> None:
    document, attributions = read(f"{_SUMMIT} {{2s Annan}} {{2c said}} {{2t yes}} on Thursday.", date(2004, 12, 17))
    assert dates_of(document, attributions, [("Yoshiro Mori",), ("Kofi Annan",)]) == ("2004-12-16", "2004-12-16")


def test_a_day_that_is_named_once_is_that_of_its_own_sentence() -> None:
    document, attributions = read(_SUMMIT, date(2004, 12, 17))
    assert dates_of(document, attributions, [("Yoshiro Mori",)]) == (None,)


def test_the_day_of_the_article_is_not_that_of_somebody_of_whom_its_beginning_tells_nothing() -> None:
    marked = f"{_SUMMIT}\n\nAll left.\n\nThe rest stayed.\n\n{{2s Annan}} {{2c said}} {{2t yes}}. It was late Thursday."
    document, attributions = read(marked, date(2004, 12, 17))
    assert dates_of(document, attributions, [("Yoshiro Mori",), ("Kofi Annan",)]) == ("2004-12-16", None)


def test_a_document_without_sentences_gives_none() -> None:
    _, attributions = read("{1s He} {1c said} on Monday {1t no}.")
    assert dates_of(Document("He said on Monday no.", ()), attributions, [None]) == (None,)


@pytest.mark.parametrize(
    ("text", "today"),
    [
        ("3000 years ago", date(2015, 10, 7)),
        ("99999999999 days ago", date(2015, 10, 7)),
        ("yesterday", date.min),
        ("on Tuesday", date.min),
        ("last year", date.min),
        ("last month", date.min),
        ("on the 31st", date(1, 1, 1)),
        ("in ٢٠٠٤", date(2015, 10, 7)),
    ],
)
def test_a_date_off_the_calendar_is_none(text: str, today: date) -> None:
    assert list(time_expressions(text, Span(0, len(text)), today)) == []


@given(st.text(max_size=80), st.dates())
def test_an_expression_is_where_it_says(text: str, today: date) -> None:
    for found in time_expressions(text, Span(0, len(text)), today):
        assert Span(0, len(text)).contains(found.span)


@given(
    st.sampled_from(["Feb. 30", "on the 31st", "31 April 2004", "Feb. 29", "2004-13-45", "twenty years ago"]),
    st.dates(),
)
def test_a_day_that_no_calendar_has_raises_nothing(text: str, today: date) -> None:
    list(time_expressions(text, Span(0, len(text)), today))


@pytest.mark.parametrize("unit", ["Monday ", "in May ", "the ", 'on Friday "no" '])
def test_a_text_of_nothing_but_dates_takes_time_in_proportion(unit: str) -> None:
    def seconds(size: int) -> float:
        body = unit * (size // len(unit))
        document = Document(body, ((Span(0, len(body)),),), None, date(2004, 12, 17))
        attributions = [
            Attribution((Span(at, at + 3),), (Span(at + 4, at + 8),), (Span(at + 10, at + 60),), 1.0)
            for at in range(0, len(body) - 100, 400)
        ]
        begun = time.process_time()
        dates_of(document, attributions, [("x",)] * len(attributions))
        return time.process_time() - begun

    assert in_proportion(seconds, 20_000, 80_000, most=16, least=0.03)


@given(st.from_regex(EXPRESSION))
def test_no_date_is_without_a_sign_of_one(text: str) -> None:
    assert all(may_hold_a_date(found.group()) for found in EXPRESSION.finditer(text))
