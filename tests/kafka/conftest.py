"""Both brokers, and a worker on either."""

from __future__ import annotations

import os
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from streams.broker import apache, embedded
from streams.errors import MissingProgramError
from streams.pipeline.app import StatementsApp, create_app
from streams.pipeline.extractor import Build
from streams.pipeline.settings import Settings, load
from streams.pipeline.topics import TABLE
from tests.kafka.null_extractor import NullExtractor

JARS = Path(os.environ.get("STATEMENTS_KAFKA_HOME", ".kafka")) / "libs"
"""Kept between runs, for they are 43 MB to fetch."""

Working = Callable[..., AbstractAsyncContextManager[StatementsApp]]
Choose = Callable[..., Awaitable[Settings]]


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[apache.Running]:
    """A real Apache Kafka for the whole session. REQUIRE_KAFKA=1 makes its absence a failure."""
    home = tmp_path_factory.mktemp("kafka")
    try:
        running = apache.start(home, port=0, libs=JARS)
    except MissingProgramError as missing:
        if os.environ.get("REQUIRE_KAFKA") == "1":
            raise
        pytest.skip(str(missing))
    yield running
    apache.stop(home)


@pytest.fixture(params=["embedded", pytest.param("apache", marks=pytest.mark.kafka)])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """A stream of the test's own, on each of the brokers; on Apache's, the topics have yet to be made."""
    chosen: dict[str, Any] = {
        "topic_prefix": f"test-{uuid.uuid4().hex[:8]}.",
        "group": f"test-{uuid.uuid4().hex[:8]}",
        "web_enabled": False,
        "commit_interval": 0.2,
        "session_timeout": 10.0,
        "max_message_bytes": 100_000,
        "max_body_characters": 20_000,
        "data_folder": tmp_path,
    }
    if request.param == "apache":
        running = request.getfixturevalue("kafka")
        yield load(brokers=running.address, **chosen)
        return
    names = [topic.name(load(**chosen)) for topic in TABLE]
    with embedded.cluster(names) as address:
        yield load(brokers=address, create_topics=False, **chosen)


@asynccontextmanager
async def running(settings: Settings, extractor: Build = NullExtractor) -> AsyncIterator[StatementsApp]:
    """A worker in this process, reading while the block lasts."""
    app = create_app(settings, extractor)
    await app.start()
    try:
        yield app
    finally:
        await app.stop()


@pytest.fixture
def working() -> Working:
    """``async with working(settings):`` runs a worker."""
    return running
