"""What is known to go wrong with Faust, and does not here; docs/guarantees.md names them all."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE
from typing import Any

import pytest
from faust.transport.consumer import Consumer
from faust.types.tuples import TP

from streams.pipeline import topics
from streams.pipeline.app import create_app
from streams.pipeline.feed import feed
from streams.pipeline.publishing import Publisher
from streams.pipeline.settings import Settings, load
from streams.pipeline.topics import ARTICLES, DIPLOMACY, SENTENCES, STATEMENTS
from tests.kafka.conftest import Working
from tests.kafka.reading import WITHIN, everything, first
from tests.kafka.test_worker import ENDS_WITHIN, ROOT, articles, environment

STUCK = """
import sys, time
from streams.pipeline.app import create_app
from streams.pipeline.running import run
from streams.pipeline.settings import load
from tests.kafka.null_extractor import NullExtractor

app = create_app(load(), NullExtractor)

@app.task
async def stick():
    time.sleep(600)

sys.exit(run(app, "warn"))
"""


async def test_what_an_agent_held_when_it_raised_is_delivered_again(
    settings: Settings, working: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("a defect of ours, and of no message")

    with monkeypatch.context() as patched:
        async with working(settings) as app:
            await feed(settings, articles(20, "before"))
            await first(20, settings, [DIPLOMACY])
            patched.setattr(Publisher, "publish", broken)
            await feed(settings, articles(20, "held"))
            async with asyncio.timeout(WITHIN):
                while not app.crashed:
                    await asyncio.sleep(0.05)
    async with working(settings):
        await first(40, settings, [DIPLOMACY])
    ids = {dict(message.headers)["ce_id"] for message in await everything(settings, [DIPLOMACY])}
    assert len(ids) == 40


async def test_a_worker_that_is_told_to_stop_commits_what_it_has_done_however_late_commits_are(
    settings: Settings, working: Working
) -> None:
    seldom = settings.model_copy(update={"commit_interval": 600.0})
    async with working(seldom):
        await feed(settings, articles(20, "once"))
        await first(20, settings, [DIPLOMACY])
    async with working(seldom):
        await feed(settings, articles(1, "afterwards"))
        await first(21, settings, [DIPLOMACY])
    for topic in (SENTENCES, STATEMENTS, DIPLOMACY):
        assert len(await everything(settings, [topic])) == 21, topic


async def test_topics_are_made_before_anything_is_subscribed_to(settings: Settings, working: Working) -> None:
    async with working(settings) as app:
        assigned = app.consumer.assignment()
        async with asyncio.timeout(WITHIN):
            while len(assigned) < 12:
                await asyncio.sleep(0.05)
                assigned = app.consumer.assignment()
    assert {place.topic for place in assigned} == {topic.name(settings) for topic in (ARTICLES, SENTENCES, STATEMENTS)}


@pytest.mark.parametrize("settings", ["embedded"], indirect=True)
async def test_a_backlog_that_fills_all_that_is_read_ahead_pauses_no_partition_and_comes_through(
    settings: Settings, working: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled: list[object] = []
    paused: list[object] = []
    full = Consumer.on_buffer_full

    def noted(consumer: Consumer, place: TP) -> None:
        filled.append(place)
        full(consumer, place)

    # Faust keeps the method when it is given its partitions.
    monkeypatch.setattr(Consumer, "on_buffer_full", noted)
    async with working(settings.model_copy(update={"batch_size": 4})) as app:
        await feed(settings, articles(1, "first"))
        await first(1, settings, [DIPLOMACY])
        with monkeypatch.context() as patched:
            # When partitions are taken away Faust pauses them, but then they are read again from where they are done.
            patched.setattr(app.consumer, "pause_partitions", paused.append)
            await feed(settings, articles(300, "more"))
            await first(301, settings, [DIPLOMACY])
    assert filled
    assert not paused
    assert len({dict(message.headers)["ce_id"] for message in await everything(settings, [DIPLOMACY])}) == 301


async def test_a_worker_whose_loop_no_longer_turns_ends_if_told_to(settings: Settings) -> None:
    await topics.ensure(settings)
    impatience = {"STATEMENTS_STALL_AFTER": "3", "STATEMENTS_EXTRACTION_TIMEOUT": "1"}
    worker = await asyncio.create_subprocess_exec(
        sys.executable, "-c", STUCK, cwd=ROOT, stderr=PIPE,
        env=environment(settings, STATEMENTS_EXIT_WHEN_STALLED="true", **impatience),
    )  # fmt: skip
    _, errors = await asyncio.wait_for(worker.communicate(), 2 * ENDS_WITHIN)
    assert worker.returncode == 1
    assert "The worker is stuck" in errors.decode()


async def test_faust_is_told_to_discover_nothing_since_it_swallows_the_errors_of_what_it_imports() -> None:
    app: Any = create_app(load())
    assert app.conf.autodiscover is False


async def test_an_error_on_import_of_the_worker_is_told() -> None:
    worker = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "faust", "-A", "streams.worker", "worker", cwd=ROOT, stdout=PIPE, stderr=PIPE,
        env={"STATEMENTS_WEB_PORT": "none"},
    )  # fmt: skip
    _, errors = await asyncio.wait_for(worker.communicate(), ENDS_WITHIN)
    assert worker.returncode != 0
    assert "STATEMENTS_WEB_PORT" in errors.decode()


async def test_the_consumer_has_pythons_own_loop_which_bears_that_another_thread_reaches_into_it(
    settings: Settings, working: Working
) -> None:
    async with working(settings) as app:
        loop = app.consumer._thread.thread_loop
        assert loop is not asyncio.get_running_loop()
        assert isinstance(loop, asyncio.BaseEventLoop)
