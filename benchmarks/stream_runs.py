"""The measurements of the stream: each a run of processes on a real Kafka, timed by what they write."""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiokafka import TopicPartition

from schemas import Article
from schemas.wire import encode
from streams.broker.apache import free_port
from streams.cli.lag import lag
from streams.pipeline import topics
from streams.pipeline.clients import consuming, producing
from streams.pipeline.settings import PREFIX, Settings, load
from streams.pipeline.topics import ARTICLES, DIPLOMACY, SENTENCES, STATEMENTS, Topic

HOPS = 3
"""Topics that an article is written to on its way: its sentences, its statement, its statement between states."""

_READY_WITHIN = 120.0
_DONE_WITHIN = 300.0
_IN_FLIGHT = 2_000
_LOOK = 0.1
_FETCH_WITHIN_MS = 200
_WARMING = 3.0
"""Seconds of the steady load that are not counted: the broker's and the worker's first ones."""


@dataclass(frozen=True)
class Latency:
    """Seconds from the writing of an article to the reading of what came of it."""

    rate: float
    p50: float
    p99: float
    count: int


def stream(brokers: str) -> Settings:
    """A stream of its own."""
    own = uuid.uuid4().hex[:8]
    return load(brokers=brokers, topic_prefix=f"bench-{own}.", group=f"bench-{own}", web_port=free_port(0))


def articles(count: int, size: int) -> list[Article]:
    """Different articles of ``size`` bytes; each becomes one statement between states."""
    filling = "the talks between the two governments on trade and their borders went on "
    texts = (f"FRA: article {number} of {uuid.uuid4().hex} " for number in range(count))
    return [
        Article(id=f"article-{number}", body=(text + filling * (size // len(filling) + 1))[:size], language="en")
        for number, text in enumerate(texts)
    ]


async def fed(settings: Settings, these: Iterable[Article]) -> None:
    """Writes articles as fast as it can, evenly over the partitions."""
    name = ARTICLES.name(settings)
    async with producing(settings) as producer:
        waiting = []
        for number, article in enumerate(these):
            value, headers = encode(article)
            partition = number % topics.ARTICLES.partitions
            waiting.append(
                await producer.send(name, value, key=article.id.encode(), partition=partition, headers=list(headers))
            )
            if len(waiting) >= _IN_FLIGHT:
                await asyncio.gather(*waiting)
                waiting = []
        await asyncio.gather(*waiting)


@asynccontextmanager
async def process(settings: Settings, *command: str, **more: str) -> AsyncIterator[Process]:
    """``python -m command`` with ``settings``, while the block lasts."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        chosen = {
            "BROKERS": settings.bootstrap,
            "TOPIC_PREFIX": settings.topic_prefix,
            "GROUP": settings.group,
            "WEB_PORT": str(settings.web_port),
            "DATA_FOLDER": folder,
            **more,
        }
        with (Path(folder) / "log").open("wb") as log:
            running = await asyncio.create_subprocess_exec(
                sys.executable, "-m", *command, stdout=log, stderr=log,
                env={**os.environ, **{PREFIX + name: value for name, value in chosen.items()}},
            )  # fmt: skip
        try:
            yield running
        finally:
            if running.returncode is None:
                running.terminate()
            await running.wait()


async def raw(settings: Settings, count: int) -> float:
    """Articles a second of the bare copy loop."""
    async with process(
        settings, "benchmarks.stream_copy", ARTICLES.name(settings), SENTENCES.name(settings), str(count)
    ) as copying:
        await asyncio.wait_for(copying.wait(), _DONE_WITHIN)
    first, last = await _times(settings, (SENTENCES,), count)
    return count / (last - first)


async def whole(settings: Settings, count: int) -> float:
    """Articles a second through all stages of one worker with the null extractor, from the first output to the last."""
    async with process(settings, "tests.kafka.null_worker", WEB_ENABLED="false"):
        await _written(settings, DIPLOMACY, count)
    first, last = await _times(settings, (SENTENCES, STATEMENTS, DIPLOMACY), HOPS * count)
    return count / (last - first)


async def latency(settings: Settings, rate: float, seconds: float, size: int) -> Latency:
    """What one worker with the null extractor takes for each of the articles that come at a steady ``rate``, for so
    many ``seconds`` after it has warmed up."""
    warming = max(1, int(rate * _WARMING))
    these = articles(warming + int(rate * seconds), size)
    messages = [(f"/articles/{article.id}".encode(), article.id.encode(), *encode(article)) for article in these]
    sent: dict[bytes, float] = {}
    got: dict[bytes, float] = {}
    listening = asyncio.Event()

    async def listen() -> None:
        # Bare, as what is written is made beforehand: writer and reader share the processors with what they measure.
        async with consuming(settings) as consumer:
            places = await topics.partitions(settings, (DIPLOMACY,))
            consumer.assign(places)
            await consumer.seek_to_beginning(*places)
            listening.set()
            while len(got) < len(these):
                fetched = await consumer.getmany(timeout_ms=_FETCH_WITHIN_MS)
                now = time.perf_counter()
                for record in (record for records in fetched.values() for record in records):
                    got.setdefault(dict(record.headers)["ce_source"], now)

    async with process(settings, "tests.kafka.null_worker", WEB_ENABLED="false"):
        listener = asyncio.create_task(listen())
        await listening.wait()
        # One through all stages, so that the worker has begun.
        await fed(settings, [these[0]])
        await _written(settings, DIPLOMACY, 1)
        async with producing(settings) as producer:
            began = time.perf_counter()
            for number, (source, key, value, headers) in enumerate(messages[1:], 1):
                await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
                sent[source] = time.perf_counter()
                await producer.send(ARTICLES.name(settings), value, key=key, headers=headers)
            await asyncio.wait_for(listener, _DONE_WITHIN)
    return of_times([got[source] - at for source, at in list(sent.items())[warming:]], rate)


def of_times(seconds: Sequence[float], rate: float) -> Latency:
    """The percentiles of what each article took."""
    percentiles = statistics.quantiles(seconds, n=100)
    return Latency(rate, percentiles[49], percentiles[98], len(seconds))


async def real(settings: Settings, these: Sequence[Article], workers: int) -> float:
    """Articles a second by the clock through ``workers`` with the project's extractor, one thread each."""
    ports = [free_port(0) for _ in range(workers)]
    async with _all(settings, ports):
        await asyncio.gather(*(ready(port) for port in ports))
        began = time.perf_counter()
        await fed(settings, these)
        async with asyncio.timeout(_DONE_WITHIN), lag(settings) as progress:
            await progress.caught_up()
        return len(these) / (time.perf_counter() - began)


@asynccontextmanager
async def _all(settings: Settings, ports: Sequence[int]) -> AsyncIterator[None]:
    if not ports:
        yield
        return
    async with (
        process(settings, "streams", "worker", WEB_PORT=str(ports[0]), THREADS="1"),
        _all(settings, ports[1:]),
    ):
        yield


async def ready(port: int) -> None:
    """Returns when the worker with this page has partitions."""
    async with asyncio.timeout(_READY_WITHIN):
        while not await asyncio.to_thread(_is_ready, port):
            await asyncio.sleep(_LOOK)


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
            return True
    except (OSError, urllib.error.URLError):
        return False


async def _written(settings: Settings, topic: Topic, count: int) -> None:
    """Returns when ``topic`` has so many messages."""
    places = await topics.partitions(settings, (topic,))
    async with asyncio.timeout(_DONE_WITHIN), consuming(settings) as consumer:
        while sum((await consumer.end_offsets(places)).values()) < count:
            await asyncio.sleep(_LOOK)


async def _times(settings: Settings, these: Sequence[Topic], count: int) -> tuple[float, float]:
    """When the first and the last of ``count`` messages were written, in seconds since 1970."""
    times: list[float] = []
    async with consuming(settings) as consumer:
        places = await topics.partitions(settings, these)
        consumer.assign(places)
        ends: Mapping[TopicPartition, int] = await consumer.end_offsets(places)
        assert sum(ends.values()) >= count
        for place, end in ends.items():
            for offset in {0, end - 1} if end else ():
                consumer.seek(place, offset)
                times.append((await consumer.getone(place)).timestamp / 1000)
    return min(times), max(times)
