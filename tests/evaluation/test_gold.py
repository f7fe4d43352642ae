"""Reading what readers marked, in each form it comes in."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from streams.errors import InputError
from streams.evaluation.gold import GoldSpeaker, annotated, polnear

SPANS: dict[str, Any] = {"source": [[0, 5]], "cue": [[6, 10]], "content": [[11, 20]]}
BY_TWO = {
    **SPANS, "doc": "a", "optional": True, "kinds": ["direct", "mixed"], "acts": ["assert"],
    "diplomatic": [True, False],
    "speakers": [[{"name": "A", "kind": "person", "country": None, "role": "x"}], [{"name": "B"}]],
    "nested": False,
}  # fmt: skip
BY_ONE = {
    **SPANS, "doc": "b", "id": "s1", "kind": "indirect", "act": "deny", "diplomatic": False, "negated": False,
    "speakers": [{"mention": "it", "name": "C", "kind": "country"}], "medium": "speech", "said_at": "2004",
    "reported_by": "s0",
    "targets": [{"name": "D", "kind": "country", "country": "PRK"}],
}  # fmt: skip


def folder(path: Path, *rows: dict[str, Any], dates: str = "", **texts: str) -> Path:
    (path / "texts").mkdir()
    (path / "statements.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n")
    if dates:
        (path / "dates.tsv").write_text(dates)
    for name, text in texts.items():
        (path / "texts" / f"{name}.txt").write_bytes(text.encode())
    return path


def test_a_row_of_two_readers_keeps_every_value(tmp_path: Path) -> None:
    (article,) = annotated(folder(tmp_path, BY_TWO, a="Seoul said it agreed.\r\n"))
    (statement,) = article.statements
    assert article.body == "Seoul said it agreed.\r\n"
    assert (statement.source, statement.cue, statement.content) == (((0, 5),), ((6, 10),), ((11, 20),))
    assert statement.optional
    assert (statement.kinds, statement.acts, statement.diplomatic) == (("direct", "mixed"), ("assert",), (True, False))
    assert [reader[0].name for reader in statement.speakers] == ["A", "B"]
    assert (statement.nested, statement.targets, article.date) == (False, None, None)


def test_a_row_of_one_reader_has_all_fields(tmp_path: Path) -> None:
    (article,) = annotated(folder(tmp_path, BY_ONE, b="Seoul said it agreed.", dates="b\t2004-12-17\n"))
    (statement,) = article.statements
    assert article.date == date(2004, 12, 17)
    assert (statement.kinds, statement.acts, statement.diplomatic) == (("indirect",), ("deny",), (False,))
    assert statement.speakers == ((GoldSpeaker("C", "country"),),)
    assert statement.targets == (GoldSpeaker("D", "country", "PRK"),)
    assert (statement.medium, statement.said_at, statement.negated, statement.nested) == ("speech", "2004", False, True)


def test_an_article_without_its_text_is_left_out(tmp_path: Path) -> None:
    assert [a.id for a in annotated(folder(tmp_path, BY_TWO, BY_ONE, b="Seoul said it agreed."))] == ["b"]


def test_a_dated_article_without_rows_was_read_and_has_no_statements(tmp_path: Path) -> None:
    found = annotated(folder(tmp_path, BY_TWO, a="Seoul said it agreed.", c="Rain.", dates="c\t2004-01-01\n"))
    assert {article.id: len(article.statements) for article in found} == {"a": 1, "c": 0}


def test_texts_can_lie_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "a.txt").write_text("Seoul said it agreed.")
    assert [a.id for a in annotated(folder(tmp_path / "gold", BY_TWO), tmp_path)] == ["a"]
    (article,) = annotated(tmp_path / "gold", more=[{"id": "a", "text": "Seoul said it did."}])
    assert article.body == "Seoul said it did."


def test_a_folder_without_gold_or_texts_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no statements\.jsonl"):
        annotated(tmp_path)
    with pytest.raises(InputError, match="no text of any article"):
        annotated(folder(tmp_path, BY_TWO))


def test_a_broken_line_is_named_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "statements.jsonl").write_text("{")
    with pytest.raises(InputError, match=r"statements\.jsonl"):
        annotated(tmp_path)


def test_polnear_has_spans_alone_and_attributions_without_content_are_left_out(tmp_path: Path) -> None:
    row = {
        "id": "p",
        "text": "Seoul said it agreed.",
        "date": "2016-09-12",
        "attributions": [SPANS, {**SPANS, "content": []}],
    }
    (tmp_path / "dev.jsonl").write_text(json.dumps(row))
    (article,) = polnear(tmp_path / "dev.jsonl")
    (statement,) = article.statements
    assert (article.date, statement.content, statement.acts, statement.speakers) == (
        date(2016, 9, 12),
        ((11, 20),),
        (),
        (),
    )
