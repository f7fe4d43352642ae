"""Whether the workers have done all there was."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from streams.pipeline.positions import Position, Positions, positions
from streams.pipeline.settings import Settings
from streams.pipeline.topics import ARTICLES, SENTENCES, STATEMENTS, Topic, partitions

_LOOK = 0.05


class Lag:
    """Looks at what is written to the topics that the stages read, and at what the workers have done of it."""

    def __init__(self, broker: Positions, topics: Mapping[Topic, str]) -> None:
        self._broker = broker
        self._names = topics

    async def caught_up(self) -> None:
        """Returns when everything that was written before has gone through all stages.

        Stage by stage, in their order: a stage counts a message as done only after its outputs are written, so once it
        has done all of its inputs, all inputs of the next one are there to be counted.
        """
        for topic in self._names:
            while await self.behind(topic):
                await asyncio.sleep(_LOOK)

    async def behind(self, topic: Topic) -> int:
        """Messages of ``topic`` that the workers have not done."""
        return sum(position.lag for position in await self._of(topic))

    async def written(self, topic: Topic) -> int:
        """Messages that were ever written to ``topic``."""
        return sum(position.end for position in await self._of(topic))

    async def _of(self, topic: Topic) -> list[Position]:
        found = await self._broker.now()
        return [position for place, position in found.items() if place.topic == self._names[topic]]


@asynccontextmanager
async def lag(settings: Settings) -> AsyncIterator[Lag]:
    """For the workers of ``settings``. Raises BrokerError when the broker does not answer, or no longer."""
    topics = (ARTICLES, SENTENCES, STATEMENTS)
    async with positions(settings, await partitions(settings, topics)) as broker:
        yield Lag(broker, {topic: topic.name(settings) for topic in topics})
