"""Whether the workers have done all there was."""

from __future__ import annotations

import asyncio

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.structs import OffsetAndMetadata

from schemas import Article
from streams.broker import embedded
from streams.cli.lag import lag
from streams.pipeline.feed import feed
from streams.pipeline.settings import Settings, load
from streams.pipeline.topics import ARTICLES, TABLE


def test_what_was_written_is_behind_until_it_is_committed() -> None:
    with embedded.cluster([topic.channel.name for topic in TABLE]) as address:
        settings = load(brokers=address, topic_prefix="")
        assert asyncio.run(_course(settings)) == [0, 3, 1, 0, 3]


async def _course(settings: Settings) -> list[int]:
    async with lag(settings) as workers:
        counts = [await workers.behind(ARTICLES)]
        await feed(settings, [Article(body=f"Article {number}", id="the same") for number in range(3)])
        counts.append(await workers.behind(ARTICLES))
        await _commit(settings, 2)
        counts.append(await workers.behind(ARTICLES))
        await _commit(settings, 3)
        counts.append(await workers.behind(ARTICLES))
        counts.append(await workers.written(ARTICLES))
        await asyncio.wait_for(workers.caught_up(), timeout=10)
    return counts


async def _commit(settings: Settings, offset: int) -> None:
    """As a worker that has done so many of the partition's messages."""
    consumer = AIOKafkaConsumer(bootstrap_servers=settings.bootstrap, group_id=settings.group, enable_auto_commit=False)
    await consumer.start()
    places = [TopicPartition(ARTICLES.name(settings), number) for number in range(embedded.PARTITIONS)]
    consumer.assign(places)
    ends = await consumer.end_offsets(places)
    await consumer.commit({place: OffsetAndMetadata(offset, "") for place, end in ends.items() if end})
    await consumer.stop()
