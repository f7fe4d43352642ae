"""Sentences: the golden table of news English, and what holds for any text."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.attribution.segmentation import segment, sentences
from streams.attribution.span import Span

_TABLE = Path(__file__).parents[1] / "golden" / "sentences.toml"


def _cases() -> list[Any]:
    with _TABLE.open("rb") as file:
        rows = tomllib.load(file)["case"]
    return [
        pytest.param(
            row["text"],
            row["sentences"],
            id=row["because"],
            marks=[pytest.mark.xfail(strict=True, reason=row["fails"])] if "fails" in row else [],
        )
        for row in rows
    ]


def _texts(paragraph: str) -> list[str]:
    return [span.of(paragraph) for span in sentences(paragraph, Span(0, len(paragraph)))]


@pytest.mark.parametrize(("text", "expected"), _cases())
def test_a_paragraph_of_news_falls_into_its_sentences(text: str, expected: list[str]) -> None:
    assert _texts(text) == expected


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert len(_cases()) >= 60


def test_sentences_point_into_the_body_and_not_into_their_paragraph() -> None:
    body = "Talks fail\n\nTOKYO (AP) -- Japan protested. China did not."
    (headline,), (first, second) = segment(body)
    assert headline.of(body) == "Talks fail"
    assert (first.of(body), second.of(body)) == ("Japan protested.", "China did not.")


def test_a_very_long_paragraph_is_read_like_a_short_one() -> None:
    pair = "“We waited,” Mr. Roh told Gen. Kim on Dec. 12. Nobody came. "
    expected = ["“We waited,” Mr. Roh told Gen. Kim on Dec. 12.", "Nobody came."]
    assert _texts(pair * 200) == expected * 200


@pytest.mark.parametrize("marks", ['""', "“”"], ids=["straight", "curly"])
def test_a_quotation_at_the_end_of_what_is_read_at_once_turns_no_earlier_one_round(marks: str) -> None:
    opening, closing = marks
    once = f"{opening}We waited there. Nobody came to us,{closing} he told them. They left."
    for padding in range(0, 80, 7):
        text = f"{'x' * padding} began. " + f"{once} " * 60
        expected = [f"{opening}We waited there. Nobody came to us,{closing} he told them.", "They left."] * 60
        assert _texts(text) == [f"{'x' * padding} began.".strip(), *expected]


def test_a_sentence_longer_than_what_is_read_at_once_stays_one() -> None:
    long = "They signed " + "and signed " * 600 + "again."
    assert _texts(f"{long} Nobody read it.") == [long, "Nobody read it."]


_NEWS = st.lists(
    st.sampled_from(
        [
            "Mr.",
            "U.S.",
            "said",
            "“Yes.”",
            '"No',
            'go."',
            "’",
            "Dec.",
            "12.",
            "p.m.",
            "The",
            "al-Asad",
            "(",
            ".)",
            "?",
            "…",
            "é",
            "Ü",
        ]
    ),
    max_size=60,
).map(" ".join)


@given(st.one_of(_NEWS, st.text(max_size=200)))
def test_sentences_are_in_order_apart_trimmed_and_hold_every_letter(text: str) -> None:
    body = text.replace("\n", " ")
    found = sentences(body, Span(0, len(body)))
    assert list(found) == sorted(found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(span.of(body) == span.of(body).strip() != "" for span in found)
    assert "".join("".join(span.of(body).split()) for span in found) == "".join(body.split())


@given(_NEWS)
def test_where_a_paragraph_stands_does_not_change_its_sentences(text: str) -> None:
    alone = sentences(text, Span(0, len(text)))
    later = sentences(f"Before. {text}", Span(8, 8 + len(text)))
    assert later == tuple(span.shifted(8) for span in alone)
