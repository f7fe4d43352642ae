"""A worker as a process of its own."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
import urllib.request
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import pytest

from schemas import Article
from streams.pipeline import topics
from streams.pipeline.clients import administering
from streams.pipeline.feed import feed
from streams.pipeline.settings import PREFIX, Settings
from streams.pipeline.topics import DIPLOMACY
from tests.kafka.reading import WITHIN, everything, first

ROOT = Path(__file__).parents[2]
ENDS_WITHIN = 30.0


def environment(settings: Settings, **more: str) -> dict[str, str]:
    chosen = {
        f"{PREFIX}BROKERS": settings.bootstrap,
        f"{PREFIX}TOPIC_PREFIX": settings.topic_prefix,
        f"{PREFIX}GROUP": settings.group,
        f"{PREFIX}CREATE_TOPICS": str(settings.create_topics),
        f"{PREFIX}WEB_ENABLED": "false",
        f"{PREFIX}COMMIT_INTERVAL": "0.2",
        f"{PREFIX}DATA_FOLDER": str(settings.data_folder),
        # Not for us: Faust would obey them.
        "BROKER_URL": "kafka://127.0.0.1:1",
        "WEB_PORT": "1",
        "PYTHONPATH": str(ROOT),
    }
    return {**os.environ, **chosen, **more}


async def started(settings: Settings, **more: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.kafka.null_worker",
        env=environment(settings, **more), cwd=settings.data_folder, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip


def articles(count: int, of: str) -> list[Article]:
    return [Article(body=f"FRA: {of} {number}", language="en") for number in range(count)]


async def test_a_worker_stops_when_it_is_told_to_with_everything_committed(settings: Settings) -> None:
    await topics.ensure(settings)
    worker = await started(settings)
    await feed(settings, articles(20, "before"))
    await first(20, settings, [DIPLOMACY])
    worker.send_signal(signal.SIGTERM)
    _, errors = await asyncio.wait_for(worker.communicate(), ENDS_WITHIN)
    assert worker.returncode == 0, errors.decode()


@pytest.mark.kafka
@pytest.mark.parametrize("settings", ["apache"], indirect=True)
async def test_what_a_killed_worker_had_not_done_is_done_by_the_next(settings: Settings) -> None:
    await topics.ensure(settings)
    killed = await started(settings, STATEMENTS_SESSION_TIMEOUT="6")
    await feed(settings, articles(300, "before"))
    await first(1, settings, [DIPLOMACY])
    killed.kill()
    await killed.communicate()
    following = await started(settings, STATEMENTS_SESSION_TIMEOUT="6")
    await first(1, settings, [DIPLOMACY])
    seen: set[bytes] = set()
    async with asyncio.timeout(60):
        while len(seen) < 300:
            seen = {dict(message.headers)["ce_id"] or b"" for message in await everything(settings, [DIPLOMACY])}
    following.send_signal(signal.SIGTERM)
    await asyncio.wait_for(following.communicate(), ENDS_WITHIN)
    assert len(seen) == 300


@pytest.mark.kafka
@pytest.mark.parametrize("settings", ["apache"], indirect=True)
async def test_a_worker_that_waits_to_be_let_into_its_group_ends_when_it_is_told_to(settings: Settings) -> None:
    await topics.ensure(settings)
    patient = {"STATEMENTS_SESSION_TIMEOUT": "90"}
    killed = await started(settings, **patient)
    await feed(settings, articles(1, "before"))
    await first(1, settings, [DIPLOMACY])
    killed.kill()
    await killed.communicate()
    following = await started(settings, **patient)
    async with asyncio.timeout(ENDS_WITHIN), administering(settings) as admin:
        while "PreparingRebalance" not in str(await admin.describe_consumer_groups([settings.group])):
            await asyncio.sleep(0.1)
    following.send_signal(signal.SIGTERM)
    _, errors = await asyncio.wait_for(following.communicate(), ENDS_WITHIN)
    assert following.returncode == 0, errors.decode()


async def test_a_worker_without_its_topics_ends_with_one_line_that_names_the_topic(settings: Settings) -> None:
    worker = await started(settings, STATEMENTS_CREATE_TOPICS="false", STATEMENTS_TOPIC_PREFIX="nowhere.")
    _, errors = await asyncio.wait_for(worker.communicate(), ENDS_WITHIN)
    assert worker.returncode == 1
    assert errors.decode().startswith("TopicError: topic nowhere.news.articles: does not exist")
    assert errors.decode().count("\n") == 1


async def test_a_worker_on_port_0_takes_a_free_one_and_says_which(settings: Settings) -> None:
    await topics.ensure(settings)
    command = ("-m", "streams", "worker", "--web", "--web-port", "0")
    worker = await asyncio.create_subprocess_exec(
        sys.executable, *command, env=environment(settings), cwd=settings.data_folder, stdout=PIPE, stderr=PIPE
    )
    assert worker.stderr is not None
    welcome = await asyncio.wait_for(worker.stderr.readline(), WITHIN)
    page = re.search(rb"Page: (http://127.0.0.1:[1-9]\d*/)", welcome)
    assert page, welcome
    async with asyncio.timeout(WITHIN):
        while not await asyncio.to_thread(_answers, f"{page[1].decode()}healthz"):
            await asyncio.sleep(0.1)
    worker.send_signal(signal.SIGTERM)
    await asyncio.wait_for(worker.communicate(), ENDS_WITHIN)


async def test_a_port_that_another_program_has_is_told_in_one_line(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        worker = await started(settings, STATEMENTS_WEB_ENABLED="true", STATEMENTS_WEB_PORT=str(port))
        _, errors = await asyncio.wait_for(worker.communicate(), ENDS_WITHIN)
    assert worker.returncode == 1
    assert f"STATEMENTS_WEB_PORT: the page cannot be served at 127.0.0.1:{port}" in errors.decode()
    assert errors.decode().count("\n") == 1


async def test_faust_s_own_command_runs_the_worker_too_and_takes_a_free_port(settings: Settings) -> None:
    await topics.ensure(settings)
    command = ("-m", "faust", "-A", "streams.worker", "worker", "-l", "info")
    worker = await asyncio.create_subprocess_exec(
        sys.executable, *command, env=environment(settings, STATEMENTS_WEB_ENABLED="true", STATEMENTS_WEB_PORT="0"),
        cwd=settings.data_folder, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    await feed(settings, [Article(body="Japan said on Friday that it would send an envoy to China.", language="en")])
    await first(1, settings, [DIPLOMACY])
    worker.send_signal(signal.SIGTERM)
    told, errors = await asyncio.wait_for(worker.communicate(), ENDS_WITHIN)
    assert worker.returncode == 0, errors.decode()
    assert re.search(rb"http://127.0.0.1:[1-9]\d+", told + errors)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except OSError:
        return False
