"""Faust's way to Kafka, with what Faust does not let us choose, and without what makes it slow."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, ClassVar, cast

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import ConsumerStoppedError
from faust import Event, Schema
from faust.transport.drivers import aiokafka
from faust.types import AppT, EventT
from faust.types.transports import ConsumerT
from faust.types.tuples import TP, Message
from mode import Service
from mode.types import ServiceT
from mode.utils.queues import FlowControlEvent

from streams.pipeline.unpacking import bound

FETCH_WAIT_MS = 100
"""How long the broker may wait for more before it answers a fetch.

Faust asks for 1500. Apache Kafka answers as soon as there is something, but the embedded broker always waits that long:
three stages would make more than four seconds of it. And as long as that Faust does not look at partitions that have
room again after they had none.
"""


_LEAVES_WITHIN = 5.0
"""Seconds for a consumer to leave its group."""


class _Thread(aiokafka.AIOKafkaConsumerThread):
    async def on_thread_stop(self) -> None:
        """As Faust's, but one that waits to be let into its group does not wait on: the broker lets nobody in before it
        has heard from all others or given them up, which takes up to a minute.
        """
        with suppress(TimeoutError):
            await asyncio.wait_for(super().on_thread_stop(), _LEAVES_WITHIN)

    def _create_worker_consumer(self, transport: aiokafka.Transport) -> AIOKafkaConsumer:
        consumer = super()._create_worker_consumer(transport)
        # Read when the consumer starts; a test notices when it no longer is.
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS
        return bound(consumer, transport.app.conf.producer_max_request_size)


class _Consumer(aiokafka.Consumer):
    def _new_consumer_thread(self) -> _Thread:
        return _Thread(self, loop=self.loop, beacon=self.beacon)

    async def _drain_messages(self, fetcher: ServiceT) -> None:
        """As Faust's, but what was fetched together is delivered together.

        Faust makes four tasks for each message, so as not to wait for an agent when the partitions are taken away: a
        third of all that a stream with little to do costs. Here they are made for each fetch.
        """
        services = (self, cast(Service, fetcher))
        try:
            while not any(service.should_stop for service in services):
                fetched = [each async for each in self.getmany(timeout=FETCH_WAIT_MS / 1000)]
                await asyncio.sleep(0)
                if fetched:
                    await self.wait_first(self._deliver(fetched), self.suspend_flow.wait())
        except (ConsumerStoppedError, asyncio.CancelledError):
            if not self.transport.app.should_stop:
                raise

    async def _deliver(self, fetched: Sequence[tuple[TP, Message]]) -> None:
        for place, message in fetched:
            read = self._read_offset[place]
            if read is not None and message.offset < read:
                continue
            if read and message.offset - read > 1 and self.app.topics.acks_enabled_for(message.topic):
                await self._add_gap(place, read + 1, message.offset)
            await self.callback(message)
            self._read_offset[place] = message.offset


class AsWritten(Schema[bytes, bytes]):
    """Keys and values as the broker has them: Faust's own schema looks up for each message what it is to do with it."""

    def compile(self, app: AppT, **_rest: Any) -> Callable[..., Awaitable[EventT[bytes]]]:
        """What Faust calls for each message."""

        async def decode(message: Message, **_rest: Any) -> EventT[bytes]:
            return Event(app, message.key, message.value, None, message)

        return decode


class Transport(aiokafka.Transport):
    """What `create_app` and `create_table_app` give their apps."""

    Consumer: ClassVar[type[ConsumerT]] = _Consumer


class KeepingFlow(FlowControlEvent):
    """For an app that keeps a table.

    When a table has recovered, and once more a little later, Faust empties all queues, for what waits in them is read
    again from where it is done. Not so what waits for the table: it would be missing there until the next start.
    """

    def clear(self) -> None:
        """Empties nothing; what a table is given twice it takes once."""
