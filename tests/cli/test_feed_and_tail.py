"""`feed` and `tail` against a broker."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas import Statement
from schemas.wire import encode
from streams.broker import embedded
from streams.cli.main import status
from streams.pipeline.clients import producing
from streams.pipeline.settings import load
from streams.pipeline.topics import ARTICLES, STATEMENTS, TABLE
from tests.cli.examples import statement


@pytest.fixture
def broker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.chdir(tmp_path)
    with embedded.cluster([topic.channel.name for topic in TABLE]) as address:
        monkeypatch.setenv("STATEMENTS_BROKERS", address)
        yield address


def written(*statements: Statement, value: bytes | None = None) -> None:
    async def write() -> None:
        settings = load()
        async with producing(settings) as producer:
            for each in statements:
                await producer.send_and_wait(STATEMENTS.name(settings), encode(each)[0])
            if value is not None:
                await producer.send_and_wait(STATEMENTS.name(settings), value)

    asyncio.run(write())


@pytest.mark.usefixtures("broker")
def test_feed_tells_how_many_articles_the_broker_has(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("One.")
    (tmp_path / "b.jsonl").write_text('{"body": "Two."}\n{"body": "Three."}\n')
    assert status(["feed", "a.txt", "b.jsonl"]) == 0
    assert capsys.readouterr().out == "3 articles acknowledged\n"
    assert status(["topics"]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith(ARTICLES.channel.name)]
    assert line.split()[1:4] == ["4", "1", "3"]


@pytest.mark.usefixtures("broker")
def test_feed_names_what_it_could_not_read_and_sends_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.jsonl").write_text('{"body": "One."}\n{"title": "no body"}\n{"body": "Three."}\n')
    assert status(["feed", "a.jsonl"]) == 1
    printed = capsys.readouterr()
    assert printed.out == "2 articles acknowledged\n"
    assert printed.err == "statements: a.jsonl, line 2: body: Field required\n"


@pytest.mark.usefixtures("broker")
def test_tail_in_a_pipe_prints_the_statements_that_pass_as_they_were_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    appeal, claim = statement("to return", act="appeal"), statement("all have died", article_id="2")
    written(appeal, claim)
    assert status(["tail", "--from-beginning", "--until-end", "--act", "appeal"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.encode() == encode(appeal)[0]
    assert status(["tail", "--from-beginning", "--until-end", "--country", "jpn"]) == 0
    assert {json.loads(line)["act"] for line in capsys.readouterr().out.splitlines()} == {"appeal", "assert"}


@pytest.mark.usefixtures("broker")
def test_tail_names_the_place_of_what_is_no_statement(capsys: pytest.CaptureFixture[str]) -> None:
    written(statement(), value=b"nonsense")
    assert status(["tail", "--from-beginning", "--until-end"]) == 0
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 1
    assert printed.err.startswith("statements: news.statements partition ")
    assert printed.err.count("\n") == 1


@pytest.mark.usefixtures("broker")
def test_tail_until_the_end_of_nothing_ends() -> None:
    assert status(["tail", "--until-end"]) == 0
