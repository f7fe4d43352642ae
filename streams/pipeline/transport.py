"""Faust's way to Kafka, with what Faust does not let us choose."""

from __future__ import annotations

from typing import ClassVar

from aiokafka import AIOKafkaConsumer
from faust.transport.drivers import aiokafka
from faust.types.transports import ConsumerT

from streams.pipeline.unpacking import bound

FETCH_WAIT_MS = 100
"""How long the broker may wait for more before it answers a fetch.

Faust asks for 1500. Apache Kafka answers as soon as there is something, but the embedded broker always waits that long:
three stages would make more than four seconds of it.
"""


class _Thread(aiokafka.AIOKafkaConsumerThread):
    def _create_worker_consumer(self, transport: aiokafka.Transport) -> AIOKafkaConsumer:
        consumer = super()._create_worker_consumer(transport)
        # Read when the consumer starts; a test notices when it no longer is.
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS
        return bound(consumer, transport.app.conf.producer_max_request_size)


class _Consumer(aiokafka.Consumer):
    def _new_consumer_thread(self) -> _Thread:
        return _Thread(self, loop=self.loop, beacon=self.beacon)


class Transport(aiokafka.Transport):
    """What `create_app` gives its app."""

    Consumer: ClassVar[type[ConsumerT]] = _Consumer
