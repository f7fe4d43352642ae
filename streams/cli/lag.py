"""How far the workers are behind what was written."""

from __future__ import annotations

import asyncio

from aiokafka.errors import KafkaError

from streams.errors import BrokerError
from streams.pipeline.clients import administering, consuming
from streams.pipeline.settings import Settings
from streams.pipeline.topics import ARTICLES, SENTENCES, STATEMENTS, Topic, partitions

_LOOK = 0.2


async def caught_up(settings: Settings) -> None:
    """Returns when everything that was written before has gone through all stages. Raises BrokerError.

    Stage by stage, in their order: a stage counts a message as done only after its outputs are written, so once it has
    done all of its inputs, all inputs of the next one are there to be counted.
    """
    for topic in (ARTICLES, SENTENCES, STATEMENTS):
        while await behind(settings, topic):
            await asyncio.sleep(_LOOK)


async def behind(settings: Settings, topic: Topic) -> int:
    """Messages of ``topic`` that the workers have not done."""
    places = await partitions(settings, [topic])
    async with consuming(settings) as consumer:
        ends = await consumer.end_offsets(places)
    async with administering(settings) as admin:
        try:
            done = await admin.list_consumer_group_offsets(settings.group, partitions=places)
        except KafkaError as error:
            raise BrokerError(
                f"the broker at {settings.bootstrap} does not tell how far the workers are: {error}"
            ) from error
    return sum(ends[place] - max(done[place].offset if place in done else 0, 0) for place in places)
