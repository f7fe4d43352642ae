"""Brokers refuse clearly what they cannot do."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from streams.broker import apache
from streams.errors import BrokerError, MissingProgramError
from streams.pipeline import topics
from streams.pipeline.settings import load


def program(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH of the test's own, with the system's plain tools only."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    return folder


def test_kafka_without_java_is_refused(path: Path, tmp_path: Path) -> None:
    assert os.environ["PATH"] == str(path)
    with pytest.raises(MissingProgramError, match="Java 17 or newer is needed"):
        apache.start(tmp_path / "home")


def test_kafka_with_an_old_java_is_refused(path: Path, tmp_path: Path) -> None:
    program(path, "java", "echo 'openjdk version \"11.0.2\"' >&2")
    with pytest.raises(MissingProgramError, match="is 11"):
        apache.start(tmp_path / "home")


def test_kafka_without_maven_is_refused(path: Path, tmp_path: Path) -> None:
    program(path, "java", "echo 'openjdk version \"21.0.2\"' >&2")
    with pytest.raises(MissingProgramError, match="Maven is needed"):
        apache.start(tmp_path / "home")


def test_a_fetch_that_fails_says_why(path: Path, tmp_path: Path) -> None:
    program(path, "java", "echo 'openjdk version \"21.0.2\"' >&2")
    program(path, "mvn", "echo '[ERROR] no route to host'; exit 1")
    with pytest.raises(BrokerError, match="no route to host"):
        apache.start(tmp_path / "home")


def test_a_port_that_is_taken_is_refused(path: Path, tmp_path: Path) -> None:
    program(path, "java", "echo 'openjdk version \"21.0.2\"' >&2")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(BrokerError, match=f"port {port} is taken"):
            apache.start(tmp_path / "home", port)


def test_what_does_not_run_has_no_status_and_need_not_be_stopped(tmp_path: Path) -> None:
    (tmp_path / "kafka.json").write_text(f'{{"pid": {os.getpid()}, "port": 9092}}', encoding="utf-8")
    assert apache.status(tmp_path) is None, "that process is no Kafka"
    assert apache.stop(tmp_path) is False


async def test_a_broker_that_is_not_there_is_named() -> None:
    with pytest.raises(BrokerError, match=r"127\.0\.0\.1:1 \(STATEMENTS_BROKERS\)"):
        await topics.ensure(load(brokers="127.0.0.1:1"))
