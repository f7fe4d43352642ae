"""Articles to the stream."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError, RecordTooLargeError

from schemas import Article
from schemas.wire import encode
from streams.errors import BrokerError
from streams.pipeline.clients import producing
from streams.pipeline.settings import Settings
from streams.pipeline.topics import ARTICLES

IN_FLIGHT = 1_000
"""Articles that may wait for their acknowledgement at a time."""


@dataclass
class Fed:
    """What became of the articles: how many the broker has acknowledged, and which ones (by id) it refused, and why."""

    acknowledged: int = 0
    refused: dict[str, str] = field(default_factory=dict)


async def feed(
    settings: Settings,
    articles: Iterable[Article] | AsyncIterator[Article],
    acknowledged: Callable[[Article], None] = lambda _: None,
) -> Fed:
    """Writes ``articles`` to the articles' topic and returns when the broker has acknowledged or refused each.

    ``acknowledged`` is called with each as it happens. An article that is too large is refused, the others go on.
    Raises BrokerError when the broker cannot be reached or stops answering.
    """
    fed = Fed()
    room = asyncio.Semaphore(IN_FLIGHT)
    topic = ARTICLES.name(settings)
    async with producing(settings) as producer:
        try:
            async with asyncio.TaskGroup() as group:
                async for article in _each(articles):
                    await room.acquire()
                    group.create_task(_fed(producer, topic, article, fed, room, acknowledged))
        except* BrokerError as errors:
            raise errors.exceptions[0] from None
    return fed


async def _fed(
    producer: AIOKafkaProducer,
    topic: str,
    article: Article,
    fed: Fed,
    room: asyncio.Semaphore,
    acknowledged: Callable[[Article], None],
) -> None:
    value, headers = encode(article)
    try:
        await producer.send_and_wait(topic, value, key=article.id.encode(), headers=headers)
    except (MessageSizeTooLargeError, RecordTooLargeError):
        fed.refused[article.id] = f"{len(value)} bytes are more than the topic takes"
    except KafkaError as error:
        raise BrokerError(f"{topic}: the broker did not acknowledge an article: {error}") from error
    else:
        fed.acknowledged += 1
        acknowledged(article)
    finally:
        room.release()


async def _each(articles: Iterable[Article] | AsyncIterator[Article]) -> AsyncIterator[Article]:
    if isinstance(articles, AsyncIterator):
        async for article in articles:
            yield article
    else:
        for article in articles:
            yield article
