"""Articles from files, folders and standard input."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from schemas import Article
from streams.cli.articles import STANDARD_INPUT, articles, body
from streams.errors import InputError


def read(*paths: Path) -> list[Article | InputError]:
    return list(articles(paths))


def bodies(*paths: Path) -> list[str]:
    found = read(*paths)
    assert all(isinstance(article, Article) for article in found), found
    return [article.body for article in found if isinstance(article, Article)]


def errors(*paths: Path) -> list[str]:
    return [str(found) for found in read(*paths) if isinstance(found, InputError)]


def test_a_text_file_is_the_body_of_one_article_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("﻿Línea\r\n\r\n“Quoted”\u2028\n".encode())
    assert bodies(path) == ["﻿Línea\r\n\r\n“Quoted”\u2028\n"]


def test_a_text_file_takes_its_other_fields_from_the_json_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Body")
    (tmp_path / "a.json").write_text('{"title": "Title", "published_at": "2004-12-17"}')
    (article,) = read(tmp_path / "a.txt")
    assert isinstance(article, Article)
    assert (article.body, article.title, str(article.date)) == ("Body", "Title", "2004-12-17")


def test_what_a_shell_makes_of_a_star_gives_each_article_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Body")
    (tmp_path / "a.json").write_text('{"title": "Title"}')
    assert bodies(*sorted(tmp_path.iterdir())) == ["Body"]


def test_a_folder_gives_its_files_by_name_and_leaves_out_what_holds_no_articles(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.txt").write_text("second")
    (tmp_path / "a.jsonl").write_text('{"body": "first"}\n')
    (tmp_path / "sub" / "c.txt").write_text("third")
    (tmp_path / "readme.md").write_text("no article")
    assert bodies(tmp_path) == ["first", "second", "third"]


@pytest.mark.parametrize(
    "text",
    [
        '{"body": "one"}\n\n{"body": "two"}\n',
        '\n \n{"body": "one"}\n{"body": "two"}',
        '[{"body": "one"}, {"body": "two"}]',
        '[\n{"body": "one"},\n{"body": "two"}\n]\n',
    ],
    ids=["lines", "lines after blank ones", "list", "list over lines"],
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.ndjson", "-"])
def test_json_is_one_article_a_line_or_a_list_of_them(
    text: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bodies(given(text.encode(), name, tmp_path, monkeypatch)) == ["one", "two"]


@pytest.mark.parametrize("name", ["a.json", "-"])
def test_one_article_may_be_printed_over_many_lines(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = json.dumps({"body": "one", "title": None}, indent=2)
    assert bodies(given(text.encode(), name, tmp_path, monkeypatch)) == ["one"]


def test_standard_input_that_is_no_json_is_the_body_of_one_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bodies(given(b"\n Tokyo said so.\nYes.", "-", tmp_path, monkeypatch)) == ["\n Tokyo said so.\nYes."]


def test_lines_are_read_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    def lines() -> object:
        yield b'{"body": "one"}\n'
        yield b'{"body": "two"}\n'
        pytest.fail("read ahead")

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=lines()))
    found = articles([STANDARD_INPUT])
    first = next(found)
    assert isinstance(first, Article)
    assert first.body == "one"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("a.txt", b"caf\xe9", "a.txt: not UTF-8 (byte 3 is 0xe9)"),
        ("a.txt", b"", "a.txt: body: the article has no text"),
        ("a.jsonl", b'{"body": "good"}\n{"body": 1}\n', "a.jsonl, line 2: body: "),
        ("a.jsonl", b'{"body": "good"}\nnonsense\n', "a.jsonl, line 2: line 1 column 1: "),
        ("a.json", b'[{"body": "good"}, {"title": "x"}]', "a.json, article 2: body: Field required"),
        ("a.json", b'{"body": ', "a.json: line 1 column "),
        ("a.json", b"", "a.json: the value is empty"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(name: str, value: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(value)
    (error,) = errors(tmp_path / name)
    assert error.removeprefix(f"{tmp_path}/").startswith(words)


def test_one_file_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff")
    (tmp_path / "b.txt").write_text("good")
    assert [type(found) for found in read(tmp_path)] == [InputError, Article]


def test_the_same_text_has_the_same_id_whatever_its_file_is_called(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Tokyo said so.")
    first, second = read(tmp_path)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.id == second.id


def test_a_body_keeps_its_newlines(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a\r\nb\rc\n")
    assert body(tmp_path / "a") == "a\r\nb\rc\n"


def given(value: bytes, name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if name == "-":
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(value)))
        return STANDARD_INPUT
    (folder / name).write_bytes(value)
    return folder / name
