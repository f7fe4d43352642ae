"""How far the workers are with what was written."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from streams.errors import BrokerError
from streams.pipeline.clients import administering, consuming
from streams.pipeline.settings import Settings
from streams.pipeline.topics import ARTICLES, SENTENCES, STATEMENTS, Topic, partitions

_LOOK = 0.05


class Lag:
    """Looks at what is written to the topics that the stages read, and at what the workers have done of it."""

    def __init__(
        self,
        consumer: AIOKafkaConsumer,
        admin: AIOKafkaAdminClient,
        group: str,
        places: Mapping[Topic, list[TopicPartition]],
    ) -> None:
        self._consumer = consumer
        self._admin = admin
        self._group = group
        self._places = places

    async def caught_up(self) -> None:
        """Returns when everything that was written before has gone through all stages.

        Stage by stage, in their order: a stage counts a message as done only after its outputs are written, so once it
        has done all of its inputs, all inputs of the next one are there to be counted.
        """
        for topic in self._places:
            while await self.behind(topic):
                await asyncio.sleep(_LOOK)

    async def behind(self, topic: Topic) -> int:
        """Messages of ``topic`` that the workers have not done."""
        places = self._places[topic]
        ends = await self._consumer.end_offsets(places)
        done = await self._admin.list_consumer_group_offsets(self._group, partitions=places)
        return sum(ends[place] - max(done[place].offset if place in done else 0, 0) for place in places)

    async def written(self, topic: Topic) -> int:
        """Messages that were ever written to ``topic``."""
        return sum((await self._consumer.end_offsets(self._places[topic])).values())


@asynccontextmanager
async def lag(settings: Settings) -> AsyncIterator[Lag]:
    """For the workers of ``settings``. Raises BrokerError when the broker does not answer, or no longer."""
    places = {topic: await partitions(settings, [topic]) for topic in (ARTICLES, SENTENCES, STATEMENTS)}
    try:
        async with consuming(settings) as consumer, administering(settings) as admin:
            yield Lag(consumer, admin, settings.group, places)
    except KafkaError as error:
        raise BrokerError(
            f"the broker at {settings.bootstrap} does not tell how far the workers are: {error}"
        ) from error
