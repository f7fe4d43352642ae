"""Outputs to the broker, until it has acknowledged every one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError, RecordTooLargeError
from aiokafka.partitioner import DefaultPartitioner
from aiokafka.producer.message_accumulator import BatchBuilder

from schemas.channels import DEAD_LETTERS
from schemas.dead_letter import Stage
from streams.errors import BrokerError, Rejection
from streams.pipeline import clients
from streams.pipeline.settings import Settings
from streams.pipeline.stages import Output, Outputs, Record, abridged, dead_letter

logger = logging.getLogger(__name__)

_FIRST_PAUSE = 0.25
_LONGEST_PAUSE = 10.0
_STOPS_WITHIN = 10.0
_TOO_LARGE = (MessageSizeTooLargeError, RecordTooLargeError)


@dataclass(frozen=True, slots=True)
class _Sending:
    """An output, and the record that it is for."""

    record: Record
    output: Output


@dataclass(frozen=True, slots=True)
class _Parcel:
    """Outputs for one partition, in order, that are written together or not at all.

    aiokafka makes a future and asks for the partition for each message that it sends; that was most of the cost of
    writing one.
    """

    topic: str
    partition: int
    batch: BatchBuilder
    items: list[_Sending]

    def takes(self, item: _Sending) -> bool:
        """Puts ``item`` in, if there is room; the first one always goes in."""
        output = item.output
        if self.batch.append(key=output.key, value=output.value, headers=list(output.headers), timestamp=None) is None:
            return False
        self.items.append(item)
        return True


_Refused = tuple[Sequence[_Sending], BaseException]


class Publisher:
    """Writes one stage's outputs. Nothing is given up: what the broker refuses for its size becomes a dead letter,
    whatever else fails is written again."""

    def __init__(self, settings: Settings, stage: Stage) -> None:
        self._settings = settings
        self._stage = stage
        self._producer: AIOKafkaProducer | None = None

    async def start(self) -> None:
        """Connects, if it has not. Raises BrokerError when no broker answers."""
        if self._producer is not None:
            return
        producer = clients.producer(self._settings)
        await clients.started(producer, self._settings)
        self._producer = producer

    async def stop(self) -> None:
        """Disconnects; what was not acknowledged is not waited for, since its input does not count as done."""
        producer, self._producer = self._producer, None
        if producer is not None:
            # A producer without a broker waits for one.
            with suppress(TimeoutError, KafkaError):
                await asyncio.wait_for(producer.stop(), _STOPS_WITHIN)

    async def publish(self, done: Iterable[tuple[Record, Outputs]]) -> None:
        """Returns when the broker has acknowledged every output."""
        sending: Sequence[_Sending] = [_Sending(record, output) for record, outputs in done for output in outputs]
        pause = _FIRST_PAUSE
        alone = False
        while sending:
            refused = await self._sent(sending, alone)
            # A parcel can be too large though nothing in it is.
            alone = any(isinstance(error, _TOO_LARGE) and len(items) > 1 for items, error in refused)
            trouble = next((error for _, error in refused if not isinstance(error, _TOO_LARGE)), None)
            sending = [each for items, error in refused for each in self._again(items, error)]
            if trouble is not None:
                logger.warning("%s: %d outputs were not acknowledged: %s", self._stage, len(sending), trouble)
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
                await self._renew()

    async def _sent(self, sending: Sequence[_Sending], alone: bool) -> list[_Refused]:
        """Writes all and waits for all; gives back what was not written, and why."""
        most = self._settings.max_output_bytes
        fitting: list[_Sending] = []
        refused: list[_Refused] = []
        for item in sending:
            if _size(item.output) <= most:
                fitting.append(item)
            else:
                refused.append(([item], RecordTooLargeError()))
        if (producer := self._producer) is None:
            return [*refused, (fitting, BrokerError("not connected"))]
        try:
            parcels = await self._packed(producer, fitting, alone)
        except KafkaError as error:
            return [*refused, (fitting, error)]
        acknowledgements: list[asyncio.Future[object]] = []
        unsent: list[_Refused] = []
        for number, parcel in enumerate(parcels):
            try:
                acknowledgements.append(
                    await producer.send_batch(parcel.batch, parcel.topic, partition=parcel.partition)
                )
            except (KafkaError, OSError) as error:
                # Every further one would wait as long for the same broker.
                unsent = [(each.items, error) for each in parcels[number:]]
                break
        for parcel, result in zip(
            parcels, await asyncio.gather(*acknowledgements, return_exceptions=True), strict=False
        ):
            if isinstance(result, BaseException):
                refused.append((parcel.items, result))
        return refused + unsent

    async def _packed(self, producer: AIOKafkaProducer, sending: Iterable[_Sending], alone: bool) -> list[_Parcel]:
        """All of ``sending``, by where it goes and in order; each in a parcel of its own if it is to go ``alone``."""
        partition_of, counts = cache(_partition), dict[str, int]()
        parcels: list[_Parcel] = []
        filling: dict[tuple[str, int], _Parcel] = {}
        for item in sending:
            topic = self._settings.topic_prefix + item.output.channel
            if topic not in counts:
                counts[topic] = len(await producer.partitions_for(topic))
            partition = partition_of(item.output.key, counts[topic])
            parcel = filling.get((topic, partition))
            if parcel is None or alone or not parcel.takes(item):
                parcel = filling[topic, partition] = _Parcel(topic, partition, producer.create_batch(), [])
                parcels.append(parcel)
                parcel.takes(item)
        return parcels

    def _again(self, items: Sequence[_Sending], error: BaseException) -> Iterator[_Sending]:
        """What to write instead of ``items``, which were refused together."""
        if not isinstance(error, _TOO_LARGE) or len(items) > 1:
            yield from items
            return
        (item,) = items
        if item.output.channel == DEAD_LETTERS.name:
            yield _Sending(item.record, abridged(item.output))
        else:
            words = f"{item.output.channel}: a message of {len(item.output.value)} bytes is too large for it"
            yield _Sending(item.record, dead_letter(item.record, self._stage, Rejection("output_too_large", words)))

    async def _renew(self) -> None:
        """A producer that has failed may have lost count of what it wrote; a new one has nothing to remember."""
        await self.stop()
        try:
            await self.start()
        except BrokerError as error:
            logger.warning("%s: %s", self._stage, error)


def _size(output: Output) -> int:
    """Its bytes without what Kafka adds to them."""
    size = len(output.key or b"") + len(output.value)
    for name, content in output.headers:
        size += len(name) + len(content or b"")
    return size


def _partition(key: bytes | None, count: int) -> int:
    """Where aiokafka, and every other client, puts a key: messages of one key stay in their order."""
    partition: int = DefaultPartitioner()(key, range(count), ())
    return partition
