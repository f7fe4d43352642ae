"""Reading what a worker has written."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import aclosing

from aiokafka import AIOKafkaProducer

from streams.pipeline.clients import producing
from streams.pipeline.settings import Settings
from streams.pipeline.tail import Received, tail
from streams.pipeline.topics import ARTICLES, Topic

Raw = tuple[bytes | None, bytes | None, list[tuple[str, bytes]]]
"""Key, value, headers."""

WITHIN = 40.0


async def first(count: int, settings: Settings, topics: Sequence[Topic]) -> list[Received]:
    """The first ``count`` messages of ``topics``, waited for."""
    found: list[Received] = []
    async with asyncio.timeout(WITHIN), aclosing(tail(settings, topics, from_beginning=True)) as messages:
        async for message in messages:
            found.append(message)
            if len(found) == count:
                break
    return found


async def everything(settings: Settings, topics: Sequence[Topic]) -> list[Received]:
    """All messages that ``topics`` have now."""
    async with (
        asyncio.timeout(WITHIN),
        aclosing(tail(settings, topics, from_beginning=True, until_end=True)) as messages,
    ):
        return [message async for message in messages]


async def write(settings: Settings, raw: Sequence[Raw]) -> None:
    """Writes bytes to the articles' topic, as a stranger's producer could."""
    producer: AIOKafkaProducer
    async with producing(settings) as producer:
        for key, value, headers in raw:
            await producer.send_and_wait(ARTICLES.name(settings), value, key=key, headers=headers)
