"""Who may come in to a broker comes in, who may not is told so, and the password is told to nobody."""

from __future__ import annotations

import asyncio
import base64
import os
import socket
import sys
import time
from asyncio.subprocess import Process
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from schemas import Article
from streams.broker import apache, embedded
from streams.errors import BrokerError, MissingProgramError
from streams.pipeline import topics
from streams.pipeline.app import create_app
from streams.pipeline.feed import feed
from streams.pipeline.settings import PREFIX, Settings, load
from streams.pipeline.topics import STATEMENTS, TABLE
from tests.kafka import secured
from tests.kafka.conftest import JARS, Working
from tests.kafka.reading import first
from tests.kafka.secured import PASSWORD, USER, Secured

ROOT = Path(__file__).parents[2]
WITHIN = 60.0

DOORS = [
    ("SASL_SSL", "PLAIN"), ("SASL_SSL", "SCRAM-SHA-256"), ("SASL_SSL", "SCRAM-SHA-512"), ("SASL_PLAINTEXT", "PLAIN"),
    ("SASL_PLAINTEXT", "SCRAM-SHA-256"), ("SSL", "PLAIN"), ("MTLS", "PLAIN"),
]  # fmt: skip


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    home = tmp_path_factory.mktemp("secured")
    try:
        started = secured.start(home, JARS)
    except (MissingProgramError, FileNotFoundError) as missing:
        if os.environ.get("REQUIRE_KAFKA") == "1":
            raise
        pytest.skip(str(missing))
    yield started
    apache.stop(home)


def settings_of(folder: Path, **chosen: Any) -> Settings:
    return load(
        **{
            "topic_prefix": f"{folder.name}.",
            "group": folder.name,
            "web_enabled": False,
            "data_folder": folder,
            **chosen,
        }
    )


@pytest.mark.kafka
@pytest.mark.parametrize(("protocol", "mechanism"), DOORS, ids=["-".join(door) for door in DOORS])
async def test_a_worker_and_a_feed_come_in_with_what_the_broker_asks_for(
    broker: Secured, protocol: str, mechanism: str, tmp_path: Path, working: Working
) -> None:
    settings = settings_of(tmp_path, partitions=1, **broker.settings(protocol, mechanism))
    async with working(settings):
        await feed(settings, [Article(body="FRA: no", language="en")])
        (said,) = await first(1, settings, [STATEMENTS])
    assert b"FRA: no" in (said.value or b"")


@pytest.mark.kafka
@pytest.mark.parametrize(
    ("protocol", "wrong", "words"),
    [
        ("SASL_SSL", {"sasl_password": "guessed-4711"}, "does not let in 'archive' (STATEMENTS_SASL_USERNAME, "),
        ("SASL_PLAINTEXT", {"sasl_password": "guessed-4711", "sasl_mechanism": "SCRAM-SHA-512"}, "does not let in"),
        ("SASL_SSL", {"sasl_username": "nobody", "sasl_mechanism": "SCRAM-SHA-256"}, "does not let in 'nobody'"),
        ("SSL", {"ssl_ca_file": "stranger"}, "is not trusted (STATEMENTS_SSL_CA_FILE): unable to get local issuer"),
        ("SSL", {"brokers": "localhost"}, "is not trusted (STATEMENTS_SSL_CA_FILE): Hostname mismatch"),
        (
            "MTLS",
            {"ssl_certificate_file": None, "ssl_key_file": None},
            "a certificate (STATEMENTS_SSL_CERTIFICATE_FILE)",
        ),
        ("SSL", {"security_protocol": "PLAINTEXT"}, "does it want another STATEMENTS_SECURITY_PROTOCOL"),
        ("SASL_PLAINTEXT", {"security_protocol": "PLAINTEXT"}, "does it want another STATEMENTS_SECURITY_PROTOCOL"),
    ],
)
async def test_who_is_not_let_in_is_told_why_and_by_which_setting(
    broker: Secured, protocol: str, wrong: dict[str, Any], words: str, tmp_path: Path
) -> None:
    if "ssl_ca_file" in wrong:
        wrong = {"ssl_ca_file": broker.certificates.stranger}
    if "brokers" in wrong:
        wrong = {"brokers": f"localhost:{broker.ports[protocol]}"}
    settings = settings_of(tmp_path, **{**broker.settings(protocol), **wrong})
    with pytest.raises(BrokerError) as refused:
        await topics.ensure(settings)
    assert words in str(refused.value)
    assert not {PASSWORD, "guessed-4711"} & set(str(refused.value).split())


def environment(settings: dict[str, Any]) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(PREFIX)},
        **{f"{PREFIX}{name.upper()}": str(value) for name, value in settings.items() if value is not None},
        "PYTHONPATH": str(ROOT),
    }


_LOUD = (
    "import logging; logging.basicConfig(level=logging.DEBUG); from streams.cli.main import main; import sys;"
    " main(sys.argv[1:])"
)
"""The command with everything that any library has to tell."""


async def command(folder: Path, settings: dict[str, Any], *arguments: str) -> Process:
    """Runs with its output in ``folder / "output"``; a pipe that nobody reads would stop it."""
    with (folder / "output").open("ab") as output:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-c", _LOUD, *arguments, env=environment(settings), cwd=folder, stdout=output, stderr=output
        )


async def ended(run: Process) -> int:
    return await asyncio.wait_for(run.wait(), WITHIN)


def spellings(secret: str) -> set[bytes]:
    """The secret as a log could hold it."""
    plain = secret.encode()
    return {plain, base64.b64encode(plain).rstrip(b"="), plain.hex().encode(), f"\0{USER}\0{secret}".encode()}


def tells(output: bytes, secret: str) -> bool:
    return any(spelling in output for spelling in spellings(secret))


@pytest.mark.kafka
async def test_the_password_is_in_no_output_however_loud(broker: Secured, tmp_path: Path) -> None:
    # PLAIN, which sends it; SCRAM only proves that it is known.
    chosen = {"topic_prefix": "loud.", **broker.settings("SASL_SSL", "PLAIN")}
    (tmp_path / "article.txt").write_text("Japan said no.")
    for arguments in (["topics", "--create"], ["feed", "article.txt"], ["dead-letters", "list"]):
        assert await ended(await command(tmp_path, chosen, *arguments)) == 0
    worker = await command(tmp_path, chosen, "worker", "--log-level", "debug", "--no-web")
    await first(1, load(**chosen), [topics.SENTENCES])
    worker.terminate()
    assert await ended(worker) == 0
    wrong = {**chosen, "sasl_password": "guessed-4711"}
    assert await ended(await command(tmp_path, wrong, "worker", "--log-level", "debug")) == 1
    output = (tmp_path / "output").read_bytes()
    assert output.count(b"DEBUG") > 20, "they were loud"
    assert b"does not let in 'archive'" in output
    assert not any(tells(output, secret) for secret in (PASSWORD, "guessed-4711"))


def test_the_password_is_in_no_value_that_is_shown(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, security_protocol="SASL_PLAINTEXT", sasl_username=USER, sasl_password=PASSWORD)
    app = create_app(settings)
    try:
        raise RuntimeError(settings, app, app.conf.broker_credentials)
    except RuntimeError as error:
        told = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()} {app!r} {error!r}"
    assert not tells(told.encode(), PASSWORD)


async def test_a_worker_listens_on_loopback_only_unless_told_otherwise(tmp_path: Path) -> None:
    names = [topic.name(settings_of(tmp_path)) for topic in TABLE]
    with embedded.cluster(names) as address:
        chosen = {
            "brokers": address,
            "topic_prefix": f"{tmp_path.name}.",
            "create_topics": False,
            "web_port": free_port(),
        }
        worker = await command(tmp_path, chosen, "worker")
        try:
            assert await listening(worker) == {"127.0.0.1"}
        finally:
            worker.kill()
            await worker.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def listening(worker: Process) -> set[str]:
    """The addresses on which it takes connections, once there is one."""
    process = psutil.Process(worker.pid)
    deadline = time.monotonic() + WITHIN
    while time.monotonic() < deadline and worker.returncode is None:
        with suppress(psutil.AccessDenied):
            each = process.net_connections(kind="inet")
            if found := {one.laddr.ip for one in each if one.status == psutil.CONN_LISTEN}:
                return found
        await asyncio.sleep(0.2)
    return set()
