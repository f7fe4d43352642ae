"""A stream of articles through workers that are killed, stopped and cut off, and what became of each."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from collections.abc import Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from pathlib import Path

from aiokafka.errors import KafkaError

from schemas import Article
from schemas.wire import encode
from streams.broker import apache_cluster
from streams.broker.apache_cluster import Node
from streams.cli.lag import lag
from streams.errors import BrokerError, StatementsError
from streams.pipeline import stages, topics
from streams.pipeline.acceptance import Limits
from streams.pipeline.clients import producing
from streams.pipeline.positions import positions
from streams.pipeline.settings import Settings, load
from streams.pipeline.stages import Output, Record
from streams.pipeline.tail import tail
from streams.pipeline.topics import ARTICLES, DEAD_LETTERS, DIGESTS, DIPLOMACY, SENTENCES, STATEMENTS, Topic
from tests.chaos.actions import Action, Scene, perform
from tests.chaos.fleet import Fleet, fleet
from tests.chaos.ledger import Found, Verdict, Written, compared, found
from tests.chaos.pictures import pictures
from tests.kafka.null_extractor import NullExtractor

OUTPUTS = (SENTENCES, STATEMENTS, DIPLOMACY, DIGESTS, DEAD_LETTERS)
BYTES = 5_000
"""Of an article."""

_EVERY_BAD = 25
_LOT = 50
_CATCHES_UP_WITHIN = 300.0
_ACTION_TAKES = 8.0
_WORDS = ("the", "talks", "between", "two", "governments", "went", "on", "about", "trade", "and", "their", "borders")

Message = tuple[bytes | None, bytes, list[tuple[str, bytes]]]


@dataclass(frozen=True)
class Plan:
    """What is done: to how many workers, with which seed, how often all of ``actions``."""

    articles: int
    workers: int
    actions: Sequence[Action]
    rounds: int
    seed: int
    store: str | None = None
    """Where workers keep the table of their page; None for workers without a page."""


def settings(nodes: Sequence[Node], store: str | None) -> Settings:
    """A stream of its own on ``nodes``."""
    own = uuid.uuid4().hex[:8]
    return load(
        brokers=apache_cluster.bootstrap(nodes),
        topic_prefix=f"chaos-{own}.",
        group=f"chaos-{own}",
        replication=min(len(nodes), 3),
        session_timeout=6.0,
        store=store,
        web_enabled=store is not None,
    )


def messages(count: int) -> list[Message]:
    """Articles of 5 kB; one in 25 is no article, so that there are dead letters to count."""
    return [_bad(number) if number % _EVERY_BAD == 0 else _article(number) for number in range(count)]


def _article(number: int) -> Message:
    words = f"FRA: article {number} says " + " ".join(random.Random(number).choices(_WORDS, k=BYTES // 6))
    article = Article(id=f"article-{number}", body=words[:BYTES], language="en")
    value, headers = encode(article)
    return article.id.encode(), value, list(headers)


def _bad(number: int) -> Message:
    return None, b"no article, number %d" % number, []


async def undisturbed(nodes: Sequence[Node], folder: Path, plan: Plan) -> dict[Topic, Found]:
    """What is on each topic after a run in which one worker is left alone."""
    chosen = settings(nodes, plan.store)
    await topics.ensure(chosen)
    async with fleet(chosen, folder, 1) as workers:
        calm = asyncio.Event()
        calm.set()
        await _feed(chosen, messages(plan.articles), calm, 0.0)
        await _caught_up(chosen)
        await _ended(workers)
    return await _all(chosen)


def imagined(plan: Plan) -> dict[Topic, Found]:
    """The same without Kafka: what the stages' functions make of the articles."""
    extractor = NullExtractor()
    limits = Limits.of(load())
    articles = [
        Record(ARTICLES.channel.name, 0, number, key, value, tuple(headers))
        for number, (key, value, headers) in enumerate(messages(plan.articles))
    ]
    first = [output for outputs in stages.sentences(articles, extractor, limits) for output in outputs]
    second = [output for outputs in stages.statements(_records(first, SENTENCES), extractor) for output in outputs]
    third = [output for outputs in stages.diplomacy(_records(second, STATEMENTS)) for output in outputs]
    return {
        topic: found((output.headers, output.value) for output in (*first, *second, *third) if _is_for(output, topic))
        for topic in OUTPUTS
    }


def _records(outputs: Sequence[Output], topic: Topic) -> list[Record]:
    return [
        Record(output.channel, 0, number, output.key, output.value, output.headers)
        for number, output in enumerate(outputs)
        if _is_for(output, topic)
    ]


def _is_for(output: Output, topic: Topic) -> bool:
    return output.channel == topic.channel.name


async def disturbed(nodes: Sequence[Node], folder: Path, plan: Plan, wanted: dict[Topic, Found]) -> Verdict:
    """What became of the same articles when ``plan`` happened to the workers and the brokers."""
    chosen = settings(nodes, plan.store)
    await topics.ensure(chosen)
    began = time.monotonic()
    async with fleet(chosen, folder, plan.workers) as workers:
        scene = Scene(workers, nodes, random.Random(plan.seed))
        calm = asyncio.Event()
        pause = _ACTION_TAKES * len(plan.actions) * plan.rounds * _LOT / plan.articles
        feeding = asyncio.create_task(_feed(chosen, messages(plan.articles), calm, pause))
        try:
            await perform(scene, plan.actions, plan.rounds)
            scene.note("nothing more is done to anybody")
            calm.set()
            await feeding
            await _caught_up(chosen)
        finally:
            feeding.cancel()
        scene.note("everything is done")
        counted = await pictures(workers, len(wanted[STATEMENTS].times)) if plan.store else {}
        await _ended(workers)
        remaining = await _lag(chosen)
    has = await _all(chosen)
    return Verdict(
        articles=plan.articles,
        rows=[compared(topic.channel.name, wanted[topic], has[topic]) for topic in OUTPUTS],
        pictures=counted,
        lag=remaining,
        crashed=workers.crashed,
        stalled=workers.stalled,
        failed=workers.failed,
        hung=workers.hung,
        seconds=time.monotonic() - began,
        log=tuple(scene.log),
    )


async def _feed(chosen: Settings, every: list[Message], calm: asyncio.Event, pause: float) -> None:
    """Returns when the broker has acknowledged all; with ``pause`` seconds after every lot until all is calm."""
    for lot in (every[start : start + _LOT] for start in range(0, len(every), _LOT)):
        while not await _fed(chosen, lot):
            await asyncio.sleep(1)
        with suppress(TimeoutError):
            await asyncio.wait_for(calm.wait(), pause)


async def _fed(chosen: Settings, lot: list[Message]) -> bool:
    name = ARTICLES.name(chosen)
    try:
        async with producing(chosen) as producer:
            sent = [await producer.send(name, value, key=key, headers=headers) for key, value, headers in lot]
            await asyncio.gather(*sent)
    except (BrokerError, KafkaError, OSError):
        # What was acknowledged of it is written a second time: ids tell.
        return False
    return True


async def _caught_up(chosen: Settings) -> None:
    async with asyncio.timeout(_CATCHES_UP_WITHIN):
        while True:
            try:
                async with lag(chosen) as workers:
                    return await workers.caught_up()
            except StatementsError:
                await asyncio.sleep(1)


async def _lag(chosen: Settings) -> int:
    places = await topics.partitions(chosen, (ARTICLES, SENTENCES, STATEMENTS))
    async with positions(chosen, places) as broker:
        return sum(position.lag for position in (await broker.now()).values())


async def _ended(workers: Fleet) -> None:
    for worker in list(workers.workers):
        await workers.leave(worker)


async def _all(chosen: Settings) -> dict[Topic, Found]:
    return {topic: found(await _written(chosen, topic)) for topic in OUTPUTS}


async def _written(chosen: Settings, topic: Topic) -> list[Written]:
    async with aclosing(tail(chosen, (topic,), from_beginning=True, until_end=True)) as reading:
        return [(received.headers, received.value) async for received in reading]
