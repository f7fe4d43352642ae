"""A worker that gets on with nothing says so, on a real broker, and ends if it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from schemas import Article
from streams.pipeline import topics
from streams.pipeline.app import StatementsApp
from streams.pipeline.clients import administering, connection
from streams.pipeline.feed import feed
from streams.pipeline.settings import Settings
from streams.pipeline.topics import ARTICLES, DEAD_LETTERS, DIPLOMACY
from streams.pipeline.watchdog import State
from tests.kafka.conftest import Working
from tests.kafka.reading import WITHIN, first, write
from tests.kafka.test_worker import ENDS_WITHIN, started

STALL_AFTER = 3.0

on_apache = pytest.mark.parametrize("settings", [pytest.param("apache", marks=pytest.mark.kafka)], indirect=True)


def articles(count: int, of: str) -> list[Article]:
    return [Article(body=f"FRA: {of} {number}", language="en") for number in range(count)]


def impatient(settings: Settings) -> Settings:
    return settings.model_copy(update={"stall_after": STALL_AFTER, "extraction_timeout": 1.0})


async def seen(app: StatementsApp, wanted: Callable[[State], bool]) -> State:
    """The watchdog's state once it is as ``wanted``."""
    async with asyncio.timeout(WITHIN):
        while not wanted(app.watch.state):
            await asyncio.sleep(0.05)
    return app.watch.state


@asynccontextmanager
async def refusing_dead_letters(settings: Settings) -> AsyncIterator[None]:
    """The broker takes no dead letter without a key, for what is compacted has to have keys, and answers all else."""
    await _clean_up(settings, "compact")
    try:
        yield
    finally:
        await _clean_up(settings, "delete")


async def _clean_up(settings: Settings, policy: str) -> None:
    wanted = DEAD_LETTERS.configuration(settings) | {"cleanup.policy": policy}
    async with administering(settings) as admin:
        await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, DEAD_LETTERS.name(settings), wanted)])


async def test_a_worker_that_gets_on_is_ready_with_its_partitions_and_without_lag(
    settings: Settings, working: Working
) -> None:
    async with working(impatient(settings)) as app:
        await feed(settings, articles(5, "well"))
        await first(5, settings, [DIPLOMACY])
        state = await seen(app, lambda state: state.condition == "idle" and state.last_progress is not None)
    assert len(state.assigned) == 12
    assert set(state.lag.values()) == {0}


async def test_a_consumer_that_no_longer_fetches_is_a_stall_until_it_does(settings: Settings, working: Working) -> None:
    async with working(impatient(settings)) as app:
        # Enough for every partition: where nothing was ever committed, Faust cannot go back to it, and skips.
        await feed(settings, articles(60, "before"))
        await first(60, settings, [DIPLOMACY])
        await seen(app, lambda state: state.condition == "idle")
        # What Faust does when a rebalance begins; one that never ends leaves it so, and says nothing.
        app.consumer.stop_flow()
        await feed(settings, articles(20, "after"))
        state = await seen(app, lambda state: state.condition == "stalled")
        assert sum(state.lag.values()) == 20
        assert "20 messages wait" in (state.reason or "")
        app.consumer.resume_flow()
        assert (await seen(app, lambda state: state.is_ready)).stalled == ()
        assert len(await first(80, settings, [DIPLOMACY])) == 80


@on_apache
async def test_a_stalled_worker_ends_if_told_to_and_the_next_one_does_its_work(settings: Settings) -> None:
    await topics.ensure(settings)
    impatience = {"STATEMENTS_STALL_AFTER": "4", "STATEMENTS_EXTRACTION_TIMEOUT": "1"}
    async with refusing_dead_letters(settings):
        worker = await started(settings, STATEMENTS_EXIT_WHEN_STALLED="true", **impatience)
        await write(settings, [(None, b"no article", [])] * 20)
        _, errors = await asyncio.wait_for(worker.communicate(), 2 * ENDS_WITHIN)
    assert worker.returncode == 1
    assert "the worker is stalled: no progress for" in errors.decode()
    following = await started(settings, **impatience)
    assert len(await first(20, settings, [DEAD_LETTERS])) == 20
    following.terminate()
    await asyncio.wait_for(following.communicate(), ENDS_WITHIN)


@on_apache
async def test_the_marks_of_a_transaction_are_nothing_to_wait_for(settings: Settings, working: Working) -> None:
    await topics.ensure(settings)
    async with (
        AIOKafkaProducer(**connection(settings), transactional_id=settings.group) as producer,
        producer.transaction(),
    ):
        await producer.send(ARTICLES.name(settings), b'{"body": "FRA: in a transaction"}', partition=0)
    async with working(impatient(settings)) as app:
        await first(1, settings, [DIPLOMACY])
        await seen(app, lambda state: state.condition == "consuming")
        state = await seen(app, lambda state: state.condition != "consuming")
    assert (state.condition, sum(state.lag.values())) == ("idle", 0)
