"""Messages made to stop whoever reads them, against a worker that goes on."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from confluent_kafka import KafkaError, Message, Producer

from schemas import DeadLetter
from streams.pipeline import topics
from streams.pipeline.settings import Settings
from streams.pipeline.topics import ARTICLES, DEAD_LETTERS, STATEMENTS
from tests.kafka.conftest import Working
from tests.kafka.reading import everything, first

MB = 2**20


@dataclass(frozen=True)
class Hostile:
    """A message, how its producer is configured, and the reason of its dead letter (None: it is a good article)."""

    value: bytes | None
    reason: str | None
    message: dict[str, Any] = field(default_factory=dict)
    producer: dict[str, Any] = field(default_factory=dict)


GZIP = {"compression.type": "gzip"}
FINE = b'{"body": "FRA: odd but fine"}'

# Some are as large as the topic allows; the embedded broker keeps all in memory, and is spared the largest.
HOSTILE: dict[str, Hostile] = {
    "headers that are no text": Hostile(FINE, None, {"headers": [("", b"\xff\0"), ("a\x1b[2J", None), ("a", b"1")]}),
    "an envelope that is no text": Hostile(FINE, None, {"headers": [("ce_type", b"\xff\xfe"), ("ce_type", None)]}),
    "ten thousand headers": Hostile(FINE, None, {"headers": [("h", b"v")] * 10_000}),
    "ten thousand headers of a bad message": Hostile(b"{", "not_json", {"headers": [("h", b"v")] * 10_000}),
    "a key of a megabyte": Hostile(FINE, None, {"key": b"\xff" * MB}),
    "a key of a megabyte of a bad message": Hostile(b"{", "not_json", {"key": b"\xff" * MB}),
    "a tombstone": Hostile(None, "null_value"),
    "a time before all times": Hostile(FINE, None, {"timestamp": 1}),
    "a gzip bomb of text": Hostile(b'{"body": "%s"}' % (b" " * 100 * MB), "unreadable", {}, GZIP),
    "a gzip bomb of nothing": Hostile(bytes(100 * MB), "unreadable", {}, GZIP),
    "a gzip of an article": Hostile(FINE + b" " * 1_000, None, {}, GZIP),
}
PACKED_OTHERWISE = {
    codec: Hostile(FINE + b" " * 1_000, "unreadable", {}, {"compression.type": codec})
    for codec in ("snappy", "lz4", "zstd")
}


def write(settings: Settings, hostile: Hostile) -> None:
    """As librdkafka writes it, which refuses less than aiokafka does."""
    errors: list[KafkaError | None] = []

    def told(error: KafkaError | None, _: Message) -> None:
        errors.append(error)

    options = {"bootstrap.servers": settings.bootstrap, "message.max.bytes": 500 * MB, **hostile.producer}
    producer = Producer(options)
    # One partition, so that what cannot be read stands in the way of all that follows.
    producer.produce(ARTICLES.name(settings), hostile.value, partition=0, on_delivery=told, **hostile.message)
    producer.flush(60)
    assert errors == [None], "the broker took it"


async def come_out(settings: Settings, between: dict[str, Hostile], working: Working) -> list[DeadLetter]:
    """Writes each of ``between`` before a good article, to a worker that runs, and gives the dead letters."""
    fine = sum(hostile.reason is None for hostile in between.values())
    async with working(settings):
        for number, hostile in enumerate(between.values()):
            await asyncio.to_thread(write, settings, hostile)
            await asyncio.to_thread(write, settings, Hostile(b'{"body": "FRA: good %d"}' % number, None))
        spoken = await first(len(between) + fine, settings, [STATEMENTS])
        letters = await first(len(between) - fine, settings, [DEAD_LETTERS])
    assert sum(b"FRA: good" in (message.value or b"") for message in spoken) == len(between)
    assert len(await everything(settings, [DEAD_LETTERS])) == len(letters)
    found = [letter.message for letter in letters]
    return [letter for letter in found if isinstance(letter, DeadLetter)]


@pytest.mark.parametrize("settings", ["apache"], indirect=True)
@pytest.mark.kafka
async def test_nothing_that_a_broker_takes_stops_a_worker(settings: Settings, working: Working) -> None:
    chosen = settings.model_copy(update={"max_message_bytes": 4 * MB})
    letters = await come_out(chosen, HOSTILE, working)
    expected = [hostile for hostile in HOSTILE.values() if hostile.reason is not None]
    by_offset = sorted(letters, key=lambda letter: letter.offset)
    assert [letter.reason for letter in by_offset] == [hostile.reason for hostile in expected]
    for letter, hostile in zip(by_offset, expected, strict=True):
        if letter.reason == "unreadable":
            assert letter.omitted
            assert letter.error == f"offset {letter.offset}: unpacks to more than {chosen.max_output_bytes} bytes"
        else:
            assert (letter.value, letter.key) == (hostile.value, hostile.message.get("key"))


async def test_messages_packed_in_a_way_that_cannot_be_read_are_told_and_passed(
    settings: Settings, working: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Our own articles' topic is repacked by the broker (by Apache's; the embedded one leaves all as it came).
    monkeypatch.setattr(topics, "TABLE", tuple(_as_it_comes(topic) for topic in topics.TABLE))
    letters = await come_out(settings, PACKED_OTHERWISE, working)
    assert {letter.reason for letter in letters} == {"unreadable"}
    for codec in PACKED_OTHERWISE:
        assert any(codec in letter.error for letter in letters)


@pytest.mark.parametrize("settings", ["embedded"], indirect=True)
async def test_a_time_off_every_calendar_stops_no_reader(settings: Settings) -> None:
    await asyncio.to_thread(write, settings, Hostile(FINE, None, {"timestamp": 2**62}))
    await asyncio.to_thread(write, settings, Hostile(FINE, None, {"timestamp": 1}))
    odd, early = await everything(settings, [ARTICLES])
    assert odd.written_at is None
    assert early.written_at == datetime(1970, 1, 1, 0, 0, 0, 1000, UTC)


def _as_it_comes(topic: topics.Topic) -> topics.Topic:
    return topics.Topic(topic.channel, topic.partitions, topic.replication, topic.retention_days, "producer")


@pytest.mark.parametrize("settings", ["apache"], indirect=True)
@pytest.mark.kafka
async def test_a_message_of_a_hundred_megabytes_in_a_topic_that_takes_it_is_one_dead_letter(
    settings: Settings, working: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    configured = topics.Topic.configuration

    def roomy(topic: topics.Topic, chosen: Settings) -> dict[str, str]:
        return {**configured(topic, chosen), "max.message.bytes": str(104_857_600), "compression.type": "producer"}

    monkeypatch.setattr(topics.Topic, "configuration", roomy)
    await topics.ensure(settings)
    # What is left of the broker's own limit for one request (104857600 bytes) after its envelope.
    huge = Hostile(b'{"body": "%s"}' % (b"word " * 20_970_000), "body_too_large")
    (letter,) = await come_out(settings, {"100 MB": huge}, working)
    assert (letter.reason, letter.omitted, letter.value) == ("body_too_large", True, None)
    assert "104850000 characters" in letter.error
