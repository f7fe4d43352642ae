"""The topics: one table, made before anybody subscribes.

A Faust worker that starts before its topics exist consumes nothing for ever, and a broker that creates topics by
itself makes them with its own number of partitions. So topics are created here, with the right number, or the worker
does not start.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sized
from dataclasses import dataclass
from typing import Any

from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

from schemas import channels
from schemas.channels import Channel
from streams.errors import TopicError
from streams.pipeline.clients import administering, consuming
from streams.pipeline.settings import PREFIX, Settings

_APPEARS_WITHIN = 15.0


@dataclass(frozen=True)
class Topic:
    """One row of the table. ``compression`` is how the broker stores: "producer" as it came, "gzip" anew."""

    channel: Channel
    partitions: int
    replication: int
    retention_days: int
    compression: str
    compacted: bool = False
    """Whether the broker may drop a message when a later one has the same key."""

    @property
    def key(self) -> str:
        """What its messages' key means."""
        return self.channel.key

    def name(self, settings: Settings) -> str:
        """Its name in this installation."""
        return settings.topic_prefix + self.channel.name

    def wanted_partitions(self, settings: Settings) -> int:
        """How many partitions it has in this installation."""
        return settings.partitions or self.partitions

    def wanted_replication(self, settings: Settings) -> int:
        """How many brokers hold it in this installation."""
        return settings.replication or self.replication

    def configuration(self, settings: Settings) -> dict[str, str]:
        """Its settings at the broker."""
        copies = self.wanted_replication(settings)
        largest = settings.max_message_bytes if self.channel.incoming else settings.max_output_bytes
        return {
            "cleanup.policy": "compact,delete" if self.compacted else "delete",
            "retention.ms": str(self.retention_days * 24 * 60 * 60 * 1000),
            "compression.type": self.compression,
            "max.message.bytes": str(largest),
            # With three copies, a write survives the loss of any one broker, and goes on while one is lost.
            "min.insync.replicas": "2" if copies >= 3 else "1",
        }


# Articles come from others, packed in whatever way; the broker repacks what it stores into what every worker can read.
ARTICLES = Topic(channels.ARTICLES, partitions=4, replication=1, retention_days=7, compression="gzip")
# As long as the statements: the page shows them in their articles.
SENTENCES = Topic(channels.SENTENCES, partitions=4, replication=1, retention_days=30, compression="producer")
STATEMENTS = Topic(channels.STATEMENTS, partitions=4, replication=1, retention_days=30, compression="producer")
DIPLOMACY = Topic(channels.DIPLOMACY, partitions=4, replication=1, retention_days=30, compression="producer")
DIGESTS = Topic(
    channels.DIGESTS, partitions=4, replication=1, retention_days=30, compression="producer", compacted=True
)
DEAD_LETTERS = Topic(channels.DEAD_LETTERS, partitions=4, replication=1, retention_days=90, compression="producer")

TABLE = (ARTICLES, SENTENCES, STATEMENTS, DIPLOMACY, DIGESTS, DEAD_LETTERS)


@dataclass(frozen=True)
class TopicState:
    """A topic as the broker has it; all counts are 0 where it does not exist."""

    topic: Topic
    name: str
    exists: bool
    partitions: int
    replication: int
    messages: int


async def ensure(settings: Settings) -> list[str]:
    """Creates the topics that are missing and returns their names; any number of callers may do so at once.

    Raises TopicError, which names the topic, when one is missing and may not or cannot be created, or has another
    number of partitions than it should; BrokerError when no broker answers.
    """
    async with administering(settings) as admin:
        present = set(await admin.list_topics())
        missing = [topic for topic in TABLE if topic.name(settings) not in present]
        if missing and not settings.create_topics:
            raise TopicError(
                missing[0].name(settings),
                f"does not exist, and {PREFIX}CREATE_TOPICS is off; `statements topics --create` creates it",
            )
        for topic in missing:
            await _create(admin, topic, settings)
        await _check(admin, settings)
    return [topic.name(settings) for topic in missing]


async def describe(settings: Settings) -> list[TopicState]:
    """Every topic of the table as the broker has it. Raises BrokerError when no broker answers."""
    async with administering(settings) as admin:
        found = await _found(admin, [topic.name(settings) for topic in TABLE])
    counts = await _messages(found, settings)
    return [
        TopicState(
            topic=topic,
            name=(name := topic.name(settings)),
            exists=name in found,
            partitions=len(found.get(name, ())),
            replication=min((len(partition["replicas"]) for partition in found.get(name, ())), default=0),
            messages=counts.get(name, 0),
        )
        for topic in TABLE
    ]


async def partitions(settings: Settings, topics: Iterable[Topic]) -> list[TopicPartition]:
    """The partitions of ``topics``, in order. TopicError for one that does not exist, else as `ensure`."""
    names = [topic.name(settings) for topic in topics]
    async with administering(settings) as admin:
        found = await _found(admin, names)
    for name in names:
        if name not in found:
            raise TopicError(name, "does not exist; a worker makes it, or `statements topics --create`")
    return [TopicPartition(name, number) for name in names for number in range(len(found[name]))]


async def _found(admin: AIOKafkaAdminClient, names: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """The partitions of those of ``names`` that exist; asking for one by its name could make it."""
    present = set(await admin.list_topics())
    there = [name for name in names if name in present]
    # An empty list would ask for all topics.
    return {entry["topic"]: entry["partitions"] for entry in await admin.describe_topics(there)} if there else {}


async def _messages(found: Mapping[str, Sized], settings: Settings) -> dict[str, int]:
    async with consuming(settings) as consumer:
        counts: dict[str, int] = {}
        for name, parts in found.items():
            numbered = [TopicPartition(name, number) for number in range(len(parts))]
            first, end = await consumer.beginning_offsets(numbered), await consumer.end_offsets(numbered)
            counts[name] = sum(end[partition] - first[partition] for partition in numbered)
        return counts


async def _create(admin: AIOKafkaAdminClient, topic: Topic, settings: Settings) -> None:
    name = topic.name(settings)
    new = NewTopic(
        name,
        topic.wanted_partitions(settings),
        topic.wanted_replication(settings),
        topic_configs=topic.configuration(settings),
    )
    try:
        response = await admin.create_topics([new])
    except (KafkaError, AttributeError) as error:  # AttributeError: the cluster has no controller to ask
        raise TopicError(name, f"cannot be created ({error})") from error
    for _, code, *words in response.topic_errors:
        # Another worker may have been quicker.
        if code not in (0, TopicAlreadyExistsError.errno):
            raise TopicError(name, f"cannot be created ({words[0] if words and words[0] else for_code(code).__name__})")


async def _check(admin: AIOKafkaAdminClient, settings: Settings) -> None:
    wanted = {topic.name(settings): topic.wanted_partitions(settings) for topic in TABLE}
    deadline = asyncio.get_running_loop().time() + _APPEARS_WITHIN
    while True:
        found = {entry["topic"]: entry for entry in await admin.describe_topics(list(wanted))}
        absent = next((name for name, entry in found.items() if not _ready(entry)), None)
        if absent is None:
            break
        if asyncio.get_running_loop().time() > deadline:
            raise TopicError(absent, f"has no leader after {_APPEARS_WITHIN:.0f} s")
        await asyncio.sleep(0.1)
    for name, count in wanted.items():
        has = len(found[name]["partitions"])
        if has != count:
            raise TopicError(name, f"has {has} partitions, expected {count} ({PREFIX}PARTITIONS)")


def _ready(entry: dict[str, object]) -> bool:
    partitions = entry["partitions"]
    assert isinstance(partitions, list)
    return entry["error_code"] == 0 and bool(partitions) and all(part["leader"] >= 0 for part in partitions)
