"""`extract`: files in, statements out, with an extractor that is easy to foresee."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from schemas import Statement
from streams.cli import extract as module
from streams.cli.extract import extract
from tests.cli.examples import WordExtractor

CONTRACT = {
    "article", "statement_id", "kind", "source", "cue", "content", "speakers", "act", "plover", "cameo", "targets",
    "medium", "said_at", "negated", "reported_by", "diplomatic", "confidence",
}  # fmt: skip


def shown(*paths: Path, date: datetime | None = None) -> tuple[int, list[tuple[str, Statement]]]:
    found: list[tuple[str, Statement]] = []
    failures = extract(paths, date, WordExtractor(), lambda name, each: found.append((name, each)))
    return failures, found


def write(folder: Path, **texts: str | bytes) -> list[Path]:
    paths = [folder / f"{name}.txt" for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return paths


def test_statements_come_in_the_order_of_the_text_whatever_order_they_were_found_in(tmp_path: Path) -> None:
    failures, found = shown(*write(tmp_path, a="Tokyo says it says so"))
    assert failures == 0
    assert [each.content[0].start for _, each in found] == [6, 14]


def test_offsets_count_code_points_of_the_text_with_its_own_newlines(tmp_path: Path) -> None:
    text = "\r\n🇯🇵 “é” says\r\n"
    _, found = shown(*write(tmp_path, a=text.replace("\r\n", " \r\n ")))
    (span,) = found[0][1].content
    assert text.replace("\r\n", " \r\n ")[span.start : span.end] == span.text == "says"


def test_a_file_that_is_not_utf8_is_named_and_the_others_are_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    failures, found = shown(*write(tmp_path, a="A says", b=b"caf\xe9", c="C says"))
    assert failures == 1
    assert [name for name, _ in found] == ["a.txt", "c.txt"]
    assert capsys.readouterr().err == f"statements: {tmp_path / 'b.txt'}: not UTF-8 (byte 3 is 0xe9)\n"


def test_a_file_that_the_extractor_stumbles_over_is_named_and_the_others_are_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    failures, found = shown(*write(tmp_path, a="A says", b="boom says", c="C says"))
    assert failures == 1
    assert [name for name, _ in found] == ["a.txt", "c.txt"]
    assert capsys.readouterr().err == f"statements: {tmp_path / 'b.txt'}: RuntimeError: stumbled\n"


def test_a_file_without_words_has_no_statements_and_is_no_failure(tmp_path: Path) -> None:
    assert shown(*write(tmp_path, a="", b=" \n")) == (0, [])


def test_a_file_given_twice_is_done_twice(tmp_path: Path) -> None:
    (path,) = write(tmp_path, a="A says")
    assert len(shown(path, path)[1]) == 2


def test_the_date_is_that_of_the_articles(tmp_path: Path) -> None:
    _, found = shown(*write(tmp_path, a="A says"), date=datetime(2004, 12, 17))
    assert found[0][1].published_at == datetime(2004, 12, 17)


def test_a_line_has_every_field_of_the_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    extract(write(tmp_path, a="A “says” so says"), None, WordExtractor(), module.ndjson)
    (line,) = capsys.readouterr().out.splitlines()
    fields = json.loads(line)
    assert fields.keys() >= CONTRACT
    assert fields["article"] == "a.txt"
    assert fields["content"] == [{"start": 12, "end": 16, "text": "says"}]
    assert fields["speakers"][0].keys() == {
        "mention", "name", "kind", "role", "country", "organisation", "resolution"
    }  # fmt: skip
