"""Whatever strangers write, nothing that a terminal would obey reaches it."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from schemas import DeadLetter
from schemas.printable import printable
from schemas.wire import decode, encode
from streams.broker import embedded
from streams.cli.dead_letters import whole
from streams.cli.extract import ndjson
from streams.cli.main import status
from streams.cli.table import StatementTable
from streams.cli.terminal import complain
from streams.pipeline.clients import producing
from streams.pipeline.dead_letters import Lost, Original
from streams.pipeline.settings import load
from streams.pipeline.topics import DEAD_LETTERS, STATEMENTS, TABLE
from tests.cli.examples import speaker, statement, target

# Colours, clearing, a window's title, an 8-bit sequence, a bell, a carriage return, the delete key; marks that turn the
# direction of writing or cannot be seen; a separator of lines.
COMMANDS = "\x1b[31m \x1b[2J \x1b]0;owned\x07 \x9b31m \x08\r\x7f \u202e \u2066 \u200f \u200b \u2028 \ufeff \U000e0041"
HOSTILE = f"Paris{COMMANDS}said"

SAID = statement(
    HOSTILE,
    article_title=HOSTILE,
    publisher=HOSTILE,
    speakers=(speaker(HOSTILE, mention=f"x{HOSTILE}", role=HOSTILE, organisation=HOSTILE, resolution="pronoun"),),
    targets=(target(HOSTILE),),
    medium=HOSTILE,
)
LETTER = DeadLetter.of(
    reason="not_json", stage="sentences", error=HOSTILE, topic="news.articles", partition=0, offset=1,
    key=HOSTILE.encode(), headers=[(HOSTILE, HOSTILE.encode() + b"\x1b\x9b")],
    value=HOSTILE.encode() + b"\xff\x1b[2J\n",
)  # fmt: skip


def obeyed(text: str) -> set[str]:
    """The characters of ``text`` that are not simply shown; a newline is no harm."""
    return {character for character in text if not character.isprintable()} - {"\n"}


@pytest.fixture
def broker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.chdir(tmp_path)
    with embedded.cluster([topic.channel.name for topic in TABLE]) as address:
        monkeypatch.setenv("STATEMENTS_BROKERS", address)
        yield address


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("terminal", "tail", "dead_letters"):
        monkeypatch.setattr(f"streams.cli.{module}.is_terminal", lambda: True)


def write(topic: str, *values: bytes) -> None:
    async def written() -> None:
        async with producing(load()) as producer:
            for value in values:
                await producer.send_and_wait(topic, value)

    asyncio.run(written())


def test_the_text_is_as_hostile_as_it_seems() -> None:
    assert len(obeyed(HOSTILE)) == 13
    assert obeyed(printable(HOSTILE)) == set()
    assert printable("“Non”, dit-il à 5 °C: \u00a0naïve 核\n") == "“Non”, dit-il à 5 °C:  naïve 核\\n"


def test_a_complaint_is_one_line_that_commands_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    complain(HOSTILE)
    assert status([HOSTILE]) == 2
    assert status(["feed", HOSTILE]) == 2
    told = capsys.readouterr().err
    assert obeyed(told) == set()
    assert told.count("\n") == 3


def test_the_table_of_statements_commands_nothing() -> None:
    file = io.StringIO()
    StatementTable(Console(file=file, width=100, color_system=None, highlight=False)).print(SAID)
    assert "Paris" in file.getvalue()
    assert obeyed(file.getvalue()) == set()


@pytest.mark.usefixtures("terminal")
def test_json_on_a_terminal_has_escapes_in_the_place_of_commands_and_says_the_same(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ndjson(HOSTILE, SAID)
    line = capsys.readouterr().out
    assert obeyed(line) == set()
    assert json.loads(line) == {"article": HOSTILE, **SAID.model_dump(mode="json")}


def test_json_in_a_pipe_is_left_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    ndjson("a", SAID)
    assert "\u202e" in capsys.readouterr().out


def test_a_dead_letter_shown_whole_commands_nothing_and_hides_nothing() -> None:
    original = Original(("news.articles", 0), LETTER.key, LETTER.value, tuple((h.key, h.value) for h in LETTER.headers))  # type: ignore[arg-type]
    shown = whole(LETTER, datetime(2026, 11, 24, tzinfo=UTC), original)
    assert obeyed(shown) == set()
    assert r"\x1b[2J" in shown
    assert r"\u202e" in shown
    assert r"\xff" in shown
    assert "2026-11-24 00:00:00 UTC" in shown
    assert "is no longer kept" in whole(LETTER, None, Lost("it is no longer kept"))


@pytest.mark.usefixtures("broker", "terminal")
def test_lists_of_letters_and_statements_on_a_terminal_command_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    write(DEAD_LETTERS.channel.name, encode(LETTER)[0], b"\x1b[2J", b'{"\\u001b[2J": 1}')
    write(STATEMENTS.channel.name, encode(SAID)[0], b'{"\\u202e": 1}')
    assert status(["dead-letters", "list"]) == 0
    assert status(["dead-letters", "show", LETTER.id]) == 0
    assert status(["tail", "--from-beginning", "--until-end"]) == 0
    printed = capsys.readouterr()
    assert printed.out.count("Paris") >= 6
    assert printed.err.count("\n") == 5
    assert obeyed(printed.out + printed.err) == set()


@pytest.mark.usefixtures("broker")
def test_letters_in_a_pipe_are_json_and_the_way_back_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    write(DEAD_LETTERS.channel.name, encode(LETTER)[0])
    for arguments in (["list"], ["show", LETTER.id[:6]]):
        assert status(["dead-letters", *arguments]) == 0
        assert decode(capsys.readouterr().out.encode(), (), DeadLetter) == LETTER
    assert status(["dead-letters", "list", "--reason", "empty_body"]) == 0
    assert capsys.readouterr().out == ""
    assert status(["dead-letters", "replay", "--dry-run"]) == 0
    assert capsys.readouterr().out == "1 message would be written back to news.articles (not_json)\n"
    assert status(["dead-letters", "replay", LETTER.id]) == 0
    assert capsys.readouterr().out == "1 message written back to news.articles (not_json)\n"
    assert status(["dead-letters", "replay", "--since", "2999-01-01"]) == 0
    assert capsys.readouterr().out == "nothing written back\n"


@pytest.mark.usefixtures("broker")
def test_what_is_asked_for_wrongly_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert status(["dead-letters", "show", "zzz"]) == 2
    assert capsys.readouterr().err == "statements: no dead letter has an id that begins with zzz\n"
    assert status(["dead-letters", "list", "--since", "yesterday"]) == 2
    assert "is no time like 2026-11-24" in capsys.readouterr().err
    gone = LETTER.model_copy(update={"offset": 7}).abridged()
    write(DEAD_LETTERS.channel.name, encode(gone)[0])
    assert status(["dead-letters", "replay"]) == 1
    assert "not written back: news.articles partition 0 offset 7 is no longer kept" in capsys.readouterr().err
