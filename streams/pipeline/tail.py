"""What has been and is being written to the topics."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from schemas.base import Message
from schemas.channels import Channel
from schemas.wire import DecodeError, decode
from streams.errors import BrokerError
from streams.pipeline.clients import consuming
from streams.pipeline.moments import moment
from streams.pipeline.settings import Settings
from streams.pipeline.topics import DIPLOMACY, Topic
from streams.pipeline.topics import partitions as partitions_of
from streams.pipeline.unpacking import Unreadable

_AT_ONCE = 500
_WAIT_MS = 200


@dataclass(frozen=True)
class Received:
    """A message, where it stands, and as it was written. ``message`` is of the channel's model, or why it is not."""

    channel: Channel
    partition: int
    offset: int
    key: bytes | None
    message: Message | DecodeError
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...]
    written_at: datetime | None
    """When it was written to Kafka, by the clock of whoever wrote it; null where that gave no time that there is."""


@dataclass(frozen=True)
class Bounds:
    """Where a reading starts, and where the topics ended then: offsets by topic and partition."""

    start: Mapping[TopicPartition, int]
    end: Mapping[TopicPartition, int]


async def tail(
    settings: Settings,
    topics: Sequence[Topic] = (DIPLOMACY,),
    *,
    from_beginning: bool = False,
    last: int = 0,
    until_end: bool = False,
    opened: Callable[[Bounds], None] = lambda _: None,
) -> AsyncGenerator[Received, None]:
    """The messages of ``topics``: new ones, all ``from_beginning``, or from the ``last`` so many of each partition on;
    for ever, or ``until_end`` as it is now. ``opened`` is told the bounds before the first message is read.

    Reads as no group, so it takes nothing away from the workers. Raises BrokerError when the broker cannot be reached,
    TopicError for a topic that does not exist.
    """
    by_name = {topic.name(settings): topic for topic in topics}
    partitions = await partitions_of(settings, topics)
    async with consuming(settings) as consumer:
        consumer.assign(partitions)
        try:
            end = await consumer.end_offsets(partitions)
            start = end
            if from_beginning or last:
                first = await consumer.beginning_offsets(partitions)
                start = first if from_beginning else {each: max(first[each], end[each] - last) for each in partitions}
            opened(Bounds(start, end))
            for partition in partitions:
                consumer.seek(partition, start[partition])
            remaining = {partition for partition in partitions if start[partition] < end[partition]}
            while remaining or not until_end:
                fetched = await consumer.getmany(timeout_ms=_WAIT_MS, max_records=_AT_ONCE)
                for partition, records in fetched.items():
                    for record in records:
                        if not until_end or record.offset < end[partition]:
                            yield _received(by_name[record.topic], record)
                if until_end:
                    remaining = {part for part in remaining if await consumer.position(part) < end[part]}
        except KafkaError as error:
            raise BrokerError(f"the broker at {settings.bootstrap} stopped answering: {error}") from error


def _received(topic: Topic, record: AIOKafkaConsumer) -> Received:
    headers = tuple(record.headers)
    return Received(
        channel=topic.channel,
        partition=record.partition,
        offset=record.offset,
        key=record.key,
        message=DecodeError("unreadable", "", record.value.words)
        if isinstance(record.value, Unreadable)
        else decode(record.value, headers, topic.channel.message),
        value=record.value,
        headers=headers,
        written_at=moment(None if record.timestamp is None else record.timestamp / 1000),
    )
