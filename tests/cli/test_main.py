"""The command line as a whole: help, and errors of one line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from streams.broker import embedded
from streams.cli import main as module
from streams.cli.main import SECTIONS, status
from streams.errors import BrokerError, ConfigurationError

COMMANDS = {name: line for commands in SECTIONS.values() for name, line in commands.items()}


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No .env of whoever runs the tests."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_help_lists_every_command_with_what_it_does(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert status(arguments) == 0
    text = capsys.readouterr().out
    for name in COMMANDS:
        (line,) = [line for line in text.splitlines() if line.startswith(f"  {name} ")]
        assert line.endswith(COMMANDS[name])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_examples(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert status([name, "--help"]) == 0
    text = capsys.readouterr().out
    assert text.startswith(f"Usage: statements {name}")
    assert text.splitlines()[2].strip().startswith(COMMANDS[name])
    assert f"  statements {name}" in text.split("Examples:")[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nonsense"], "No such command 'nonsense' (see statements --help)"),
        (["--nonsense"], "No such option: --nonsense"),
        (["extract"], "Missing argument 'FILE...' (see statements extract --help)"),
        (["extract", "absent.txt"], "'absent.txt' does not exist"),
        (["extract", "."], "'.' is a directory"),
        (["extract", "--date", "Friday", __file__], "'Friday' does not match the format '%Y-%m-%d'"),
        (["extract", "--format", "xml", __file__], "'xml' is not one of 'ndjson', 'table'"),
        (["feed"], "Missing argument 'PATH...'"),
        (["tail", "--act", "shout"], "'shout' is not one of"),
        (["tail", "--topic", "news"], "'news' is not one of"),
        (["topics", "--brokers", "nowhere"], "STATEMENTS_BROKERS: expected host:port"),
        (["kafka", "start", "--port", "70000"], "70000 is not in the range"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("statements: ")
    assert printed.err.count("\n") == 1
    assert words in printed.err


def test_a_wrong_setting_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STATEMENTS_WEB_PORT", "many")
    assert status(["topics"]) == 2
    assert capsys.readouterr().err.startswith("statements: STATEMENTS_WEB_PORT: ")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ConfigurationError("STATEMENTS_ACKS: what?"), (2, "statements: STATEMENTS_ACKS: what?\n")),
        (BrokerError("no broker\n answers"), (1, "statements: no broker answers\n")),
        (KeyboardInterrupt(), (130, "")),
    ],
)
def test_what_goes_wrong_outside_is_one_line(
    error: BaseException,
    expected: tuple[int, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(module.cli, "main", fail)
    assert (status([]), capsys.readouterr().err) == expected


def test_a_broker_that_does_not_answer_is_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert status(["topics", "--brokers", "127.0.0.1:9"]) == 1
    assert "no broker answers at 127.0.0.1:9 (STATEMENTS_BROKERS)" in capsys.readouterr().err


FLOOD = """
import click
from streams.cli import main

main.cli.get_command = lambda *_: click.Command("flood", callback=lambda: [click.echo("x" * 99) for _ in range(99_999)])
main.main(["flood"])
"""


def test_a_reader_that_goes_away_ends_it_quietly() -> None:
    with subprocess.Popen([sys.executable, "-c", FLOOD], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=30) == 1


def test_topics_that_are_not_there_are_missing_and_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    with embedded.cluster(()) as address:
        assert status(["topics", "--brokers", address]) == 1
    printed = capsys.readouterr()
    assert printed.out.count("missing") == 6
    assert printed.err == ""
