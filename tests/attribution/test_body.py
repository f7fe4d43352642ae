"""Paragraphs: the golden table of lines, hard-wrapped text, lists of sources."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.attribution.body import dateline, paragraphs

_TABLE = Path(__file__).parents[1] / "golden" / "furniture.toml"


def _cases() -> list[Any]:
    with _TABLE.open("rb") as file:
        rows = tomllib.load(file)["case"]
    return [
        pytest.param(
            row["line"],
            row["running"],
            id=row["because"],
            marks=[pytest.mark.xfail(strict=True, reason=row["fails"])] if "fails" in row else [],
        )
        for row in rows
    ]


def _texts(body: str) -> list[str]:
    return [span.of(body) for span in paragraphs(body)]


@pytest.mark.parametrize(("line", "running"), _cases())
def test_of_a_line_only_its_running_text_is_left(line: str, running: str) -> None:
    assert " ".join(_texts(line)) == running


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert len(_cases()) >= 40


def test_a_paragraph_is_a_line() -> None:
    assert _texts("First here.\nSecond there.\r\n\r\nThird.\u2028Fourth.") == [
        "First here.",
        "Second there.",
        "Third.",
        "Fourth.",
    ]


def test_typewritten_lines_make_one_paragraph_up_to_the_blank_line() -> None:
    body = "SEOUL (AP) -- Japan said\nit would not yield\nto anybody.\n\nSouth Korea\nsaid the same\nlater.\n"
    assert _texts(body) == ["Japan said\nit would not yield\nto anybody.", "South Korea\nsaid the same\nlater."]


def test_long_lines_between_blank_lines_stay_paragraphs_of_their_own() -> None:
    long = (
        "Japan said on Friday that it would not yield to anybody, whatever the South Korean government might say of it."
    )
    assert _texts(f"{long}\n{long}\n\n{long}") == [long] * 3


def test_a_list_of_sources_at_the_end_is_furniture() -> None:
    entries = '- Staff reports — newswire, May 26, 2009\nJane Doe. "Kim says no" — Example News, May 26, 2009\n'
    body = f"Talks failed.\n\nSources\n{entries}"
    assert _texts(body) == ["Talks failed."]


def test_the_article_goes_on_after_a_list_of_links_in_its_middle() -> None:
    body = "Talks failed.\nRelated stories\nKim says no\nLee says yes\nJapan said it would wait."
    assert _texts(body) == ["Talks failed.", "Japan said it would wait."]


def test_the_labels_of_a_transcript_are_no_datelines() -> None:
    line = "We shall go on talking with our partners, whatever they say of us, for talking never hurt anybody yet."
    body = f"MERKEL: {line}\nMACRON: {line}"
    assert _texts(body) == [f"MERKEL: {line}", f"MACRON: {line}"]


def test_a_dateline_is_given_with_its_dash_and_space() -> None:
    assert dateline("SEOUL, Dec 17 (Reuters) - Japan protested.") == "SEOUL, Dec 17 (Reuters) - "
    assert dateline("Japan protested.") == ""


_LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["By Jane Doe", "Sources", "- x", "TOKYO (AP) -- Yes.", "", "  ", "(c) 2004 X", "He left.", "“", "OSLO — "]
        ),
        st.text(max_size=30),
    ),
    max_size=12,
)


@given(_LINES, st.sampled_from(["\n", "\r\n", "\n\n", "\n \n"]))
def test_paragraphs_are_in_order_apart_and_trimmed(lines: list[str], end: str) -> None:
    body = end.join(lines)
    found = list(paragraphs(body))
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(span.of(body) == span.of(body).strip() != "" for span in found)
