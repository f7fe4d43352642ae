"""The table that people read."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from schemas import Statement
from streams.cli.table import StatementTable, row, widths
from tests.cli.examples import speaker, statement, target


def printed(*statements: Statement, width: int = 80) -> str:
    file = io.StringIO()
    table = StatementTable(Console(file=file, width=width, color_system=None, highlight=False))
    for each in statements:
        table.print(each)
    return file.getvalue()


def how(**speaker_fields: Any) -> str:
    return row(statement(speakers=(speaker(**speaker_fields),))).how


def test_a_row_tells_who_did_what_to_whom() -> None:
    found = row(statement(act="decline_comment"))
    assert found.who == "Junichiro Koizumi (JPN)"
    assert found.act == "decline comment"
    assert found.what == "sanctions would be a last resort"
    assert found.to_whom == "North Korea (PRK)"


def test_how_a_name_was_reached_says_what_stood_there() -> None:
    assert how() == "explicit"
    assert how(mention="He", resolution="pronoun") == "pronoun “He”"
    assert how(mention="Mr. Koizumi", resolution="short_name") == "short name “Mr. Koizumi”"
    assert how(mention=None, resolution="pronoun") == "pronoun"


def test_a_speaker_that_cannot_be_told_is_a_question_mark() -> None:
    assert row(statement(speakers=())).who == "?"
    assert row(statement(speakers=(speaker(None, country=None, resolution="unresolved"),))).who == "?"


def test_several_speakers_stand_below_each_other_and_how_is_said_once() -> None:
    both = [speaker(name, mention="both leaders", resolution="collective", country=None) for name in ("A", "B")]
    found = row(statement(speakers=tuple(both), targets=(target("C", None), target("D", None))))
    assert (found.who, found.how, found.to_whom) == ("A\nB", "collective “both leaders”", "C\nD")


def test_what_was_not_said_says_so() -> None:
    assert row(statement(negated=True)).act == "assert\n(not said)"


def test_strangers_cannot_command_the_terminal() -> None:
    hostile = statement("\x1b[2Jgone\nand\tmore", speakers=(speaker("\x1b]0;x\x07A"),), article_title="\x1b[31mred\r\n")
    text = printed(hostile)
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "gone and more" in text


@pytest.mark.parametrize("width", [80, 100, 120, 160])
def test_no_line_is_longer_than_the_terminal(width: int) -> None:
    long = statement(
        "word " * 60 + "x" * 200,
        speakers=(speaker("An Exceedingly Long Name Of A Person " * 3),),
        act="decline_comment",
    )
    assert max(cell_len(line) for line in printed(long, width=width).splitlines()) <= width


@pytest.mark.parametrize("width", [20, 80, 119, 120, 300])
def test_the_columns_fill_the_terminal_and_leave_room_for_what_was_said(width: int) -> None:
    sizes = widths(width)
    assert sum(sizes) + 2 * (len(sizes) - 1) == max(width, 80)
    assert sizes[2] >= 25


def test_a_long_statement_is_cut_where_the_cut_is_seen() -> None:
    text = printed(statement("word " * 100))
    assert "…" in text
    assert len(text.splitlines()) < 10


def test_each_article_has_one_headline_and_the_table_one_heading() -> None:
    text = printed(
        statement("one", article_id="1", article_title="First"),
        statement("two", article_id="1", article_title="First"),
        statement("three", article_id="2", article_title="Second"),
    )
    assert [text.count(words) for words in ("Who", "First", "Second")] == [1, 1, 1]


def test_an_article_without_a_title_is_called_what_the_caller_calls_it() -> None:
    file = io.StringIO()
    StatementTable(Console(file=file, width=80)).print(statement(article_title=None), untitled="a.txt")
    assert "\na.txt" in file.getvalue()
