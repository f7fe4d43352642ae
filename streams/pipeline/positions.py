"""How far the workers are with what was written, as the broker has it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeAlias

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from streams.errors import BrokerError
from streams.pipeline.clients import administering, consuming
from streams.pipeline.settings import Settings

Place: TypeAlias = TopicPartition
"""A topic's name (with its prefix) and the number of a partition."""

_ANSWERS_WITHIN = 10.0


@dataclass(frozen=True)
class Position:
    """Of one partition, the offset of its next message to be written, and of the next one to be done."""

    end: int
    committed: int

    @property
    def lag(self) -> int:
        """Messages that are written and not done."""
        return max(self.end - self.committed, 0)


class Positions:
    """Asks the broker about ``places``; nothing in here is what a worker believes."""

    def __init__(
        self, consumer: AIOKafkaConsumer, admin: AIOKafkaAdminClient, group: str, places: Sequence[Place]
    ) -> None:
        self._consumer = consumer
        self._admin = admin
        self._group = group
        self._places = list(places)
        # Once and for all: each change of what a client reads makes it ask for the topics' whereabouts again.
        consumer.assign(self._places)
        consumer.pause(*self._places)

    async def now(self) -> Mapping[Place, Position]:
        """The positions of the group. Raises BrokerError when the broker does not answer in time."""
        async with _answering():
            ends = await self._consumer.end_offsets(self._places)
            starts = await self._consumer.beginning_offsets(self._places)
            done = await self._admin.list_consumer_group_offsets(self._group, partitions=self._places)
        # What is no longer kept need not be done; a group that has committed nothing begins with what is.
        committed = {place: max(done[place].offset if place in done else 0, starts[place]) for place in self._places}
        return {place: Position(ends[place], committed[place]) for place in self._places}

    async def is_unread(self, place: Place, position: Position) -> bool:
        """Whether a message stands between the two offsets of ``position``.

        There need not be one: the marks of a transaction count as offsets too, and nobody is given them to be done.
        """
        self._consumer.seek(place, position.committed)
        self._consumer.resume(place)
        try:
            async with _answering():
                while await self._consumer.position(place) < position.end:
                    if await self._consumer.getmany(place, timeout_ms=200, max_records=1):
                        return True
        finally:
            self._consumer.pause(place)
        return False


@asynccontextmanager
async def positions(settings: Settings, places: Sequence[Place]) -> AsyncIterator[Positions]:
    """Of the group of ``settings``, at ``places``. Raises BrokerError when the broker does not answer."""
    async with consuming(settings) as consumer, administering(settings) as admin:
        yield Positions(consumer, admin, settings.group, places)


@asynccontextmanager
async def _answering() -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(_ANSWERS_WITHIN):
            yield
    except (KafkaError, OSError) as error:  # a TimeoutError is an OSError
        raise BrokerError(f"the broker does not tell how far the workers are: {error or 'no answer'}") from error
