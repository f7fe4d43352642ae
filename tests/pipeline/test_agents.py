"""An input counts as done when the broker has its outputs, and not before."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka.errors import KafkaConnectionError, MessageSizeTooLargeError
from mode.utils.queues import FlowControlEvent, ThrowableQueue

from schemas import DeadLetter
from schemas.wire import decode
from streams.pipeline import clients
from streams.pipeline.agents import StageAgent
from streams.pipeline.metrics import Metrics
from streams.pipeline.publishing import Publisher
from streams.pipeline.settings import load
from streams.pipeline.stages import Output, Outputs, Record


@dataclass
class Message:
    offset: int
    generation_id: int = 1
    topic: str = "t"
    partition: int = 0
    timestamp: float = 0.0
    key: bytes | None = None
    value: bytes | None = b"v"
    headers: tuple[tuple[str, bytes], ...] = ()

    def ack(self, consumer: App) -> None:
        consumer.acknowledged.append(self.offset)


@dataclass
class App:
    """As much of a Faust app, its consumer and its flow control as an agent touches."""

    active: bool = True
    consumer_generation_id: int = 1
    acknowledged: list[int] = field(default_factory=list)

    @property
    def consumer(self) -> App:
        return self

    @property
    def flow_control(self) -> App:
        return self

    def is_active(self) -> bool:
        return self.active


class Stream:
    """As much of a Faust stream and its channel as an agent touches."""

    def __init__(self, messages: Iterable[Message], app: App | None = None) -> None:
        self.app = app or App()
        self.queue: ThrowableQueue[Any] = ThrowableQueue(flow_control=FlowControlEvent())
        for message in messages:
            self.queue.put_nowait(SimpleNamespace(message=message))

    @property
    def channel(self) -> Stream:
        return self

    @property
    def acknowledged(self) -> list[int]:
        return self.app.acknowledged


def stream_of(count: int) -> Stream:
    return Stream(Message(offset) for offset in range(count))


class Lane:
    """Makes one output of each record, unless told to fail on one."""

    def __init__(self, fails: int | None = None) -> None:
        self.fails = fails

    async def ready(self) -> None: ...

    async def run(self, records: Sequence[Record], _: float) -> list[Outputs]:
        if any(record.offset == self.fails for record in records):
            raise RuntimeError("it failed")
        return [(Output("c", None, b"%d" % record.offset, ()),) for record in records]

    def close(self) -> None: ...


@dataclass
class Batch:
    """As much of aiokafka's batch as is filled here: room for so many messages."""

    room: int
    values: list[bytes] = field(default_factory=list)

    def append(self, *, value: bytes, **_rest: Any) -> object | None:
        if len(self.values) == self.room:
            return None
        self.values.append(value)
        return object()


class Producer:
    """A broker that acknowledges when told to, and fails as told."""

    def __init__(self, failures: list[Exception] | None = None, largest: int = 10_000) -> None:
        self.written: list[bytes] = []
        self.places: list[tuple[str, int, tuple[bytes, ...]]] = []
        self.failures = failures or []
        self.largest = largest
        self.room = 3
        self.acknowledges = asyncio.Event()
        self.acknowledges.set()

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def partitions_for(self, _topic: str) -> set[int]:
        return {0, 1, 2, 3}

    def create_batch(self) -> Batch:
        return Batch(self.room)

    async def send_batch(self, batch: Batch, topic: str, *, partition: int) -> asyncio.Future[None]:
        self.places.append((topic, partition, tuple(batch.values)))
        failure = self.failures.pop() if self.failures else None
        if sum(map(len, batch.values)) > self.largest:
            failure = MessageSizeTooLargeError()
        return asyncio.ensure_future(self._written(batch.values, failure))

    async def _written(self, values: Sequence[bytes], failure: Exception | None) -> None:
        await self.acknowledges.wait()
        if failure:
            raise failure
        self.written += values


@pytest.fixture
def producer(monkeypatch: pytest.MonkeyPatch) -> Producer:
    made = Producer()
    monkeypatch.setattr(clients, "producer", lambda _: made)
    monkeypatch.setattr("streams.pipeline.publishing._FIRST_PAUSE", 0.001)
    return made


async def run(stream: Stream, lane: Lane, until: int = 0, within: float = 5.0) -> None:
    """Lets the agent run until it has acknowledged so many messages, or for so many seconds."""
    agent = StageAgent("statements", lane, load(batch_size=4), Metrics())
    await agent.start()
    running = asyncio.create_task(agent.agent(stream))  # type: ignore[arg-type]  # a stream in all that is used of it
    try:
        async with asyncio.timeout(within):
            while len(stream.acknowledged) < until or not until:
                assert not running.done()
                await asyncio.sleep(0.001)
    finally:
        running.cancel()


async def test_inputs_are_acknowledged_in_order_after_their_outputs(producer: Producer) -> None:
    stream = stream_of(10)
    await run(stream, Lane(), until=10)
    assert stream.acknowledged == list(range(10))
    assert sorted(producer.written) == sorted(b"%d" % number for number in range(10))


async def test_an_agent_that_is_stopped_before_the_broker_answers_has_acknowledged_nothing(producer: Producer) -> None:
    stream = stream_of(10)
    producer.acknowledges.clear()
    with pytest.raises(TimeoutError):
        await run(stream, Lane(), within=0.2)
    assert stream.acknowledged == []


@pytest.mark.parametrize("waiting", [0, 1], ids=["idle", "in the middle of a batch"])
async def test_an_agent_whose_stream_faust_ends_ends_without_an_error(producer: Producer, waiting: int) -> None:
    stream = stream_of(waiting)
    agent = StageAgent("statements", Lane(), load(batch_within=5), Metrics())
    await agent.start()
    running = asyncio.create_task(agent.agent(stream))  # type: ignore[arg-type]
    await asyncio.sleep(0.01)
    await stream.queue.throw(StopAsyncIteration())
    await asyncio.wait_for(running, 1)
    assert (stream.acknowledged, producer.written) == ([], [])


async def test_what_was_delivered_before_the_partitions_were_shared_out_anew_is_left_to_its_next_delivery(
    producer: Producer,
) -> None:
    stream = Stream([Message(0), Message(1, generation_id=2), Message(2), Message(3, generation_id=2)])
    stream.app.consumer_generation_id = 2
    await run(stream, Lane(), until=2)
    assert stream.acknowledged == [1, 3]
    assert producer.written == [b"1", b"3"]


async def test_nothing_is_worked_on_while_the_partitions_are_being_shared_out(producer: Producer) -> None:
    stream = Stream([Message(0)], App(active=False))
    with pytest.raises(TimeoutError):
        await run(stream, Lane(), within=0.1)
    assert (stream.queue.empty(), stream.acknowledged, producer.written) == (True, [], [])


async def test_what_the_broker_did_not_take_is_written_again(producer: Producer) -> None:
    stream = stream_of(6)
    producer.failures = [KafkaConnectionError("gone"), KafkaConnectionError("gone")]
    await run(stream, Lane(), until=6)
    assert stream.acknowledged == list(range(6))
    assert sorted(set(producer.written)) == [b"%d" % number for number in range(6)]


async def test_a_failure_of_the_whole_batch_costs_only_the_message_at_fault(producer: Producer) -> None:
    stream = stream_of(4)
    await run(stream, Lane(fails=2), until=4)
    assert stream.acknowledged == [0, 1, 2, 3]
    letters = [found for value in producer.written if isinstance(found := decode(value, (), DeadLetter), DeadLetter)]
    assert [(letter.offset, letter.reason, letter.error) for letter in letters] == [
        (2, "extractor_failed", "RuntimeError: it failed")
    ]
    assert len(producer.written) == 4


async def test_an_output_that_is_too_large_becomes_a_dead_letter_and_that_one_an_abridged_one(
    producer: Producer,
) -> None:
    producer.largest = 900
    publisher = Publisher(load(), "statements")
    await publisher.start()
    original = Record("t", 3, 5, b"k", b"x" * 2_000, ())
    await publisher.publish([(original, (Output("c", None, b"y" * 2_000, ()), Output("c", None, b"small", ())))])
    small, written = producer.written
    found = decode(written, (), DeadLetter)
    assert small == b"small"
    assert isinstance(found, DeadLetter)
    assert (found.reason, found.omitted, found.offset) == ("output_too_large", True, 5)


async def test_outputs_of_one_key_go_in_order_to_where_every_kafka_client_puts_that_key(producer: Producer) -> None:
    publisher = Publisher(load(topic_prefix="x."), "statements")
    await publisher.start()
    outputs = tuple(Output("c", (b"21", b"foobar")[number % 2], b"%d" % number, ()) for number in range(10))
    await publisher.publish([(Record("t", 0, 0, None, None, ()), outputs)])
    # Kafka's own tests have the hashes: -973932308 and -790332482.
    assert producer.places == [
        ("x.c", 0, (b"0", b"2", b"4")),
        ("x.c", 2, (b"1", b"3", b"5")),
        ("x.c", 0, (b"6", b"8")),
        ("x.c", 2, (b"7", b"9")),
    ]


async def test_outputs_that_are_too_large_only_together_are_written_one_by_one(producer: Producer) -> None:
    producer.largest = 900
    publisher = Publisher(load(), "statements")
    await publisher.start()
    outputs = tuple(Output("c", b"k", b"%d" % number * 400, ()) for number in range(3))
    await publisher.publish([(Record("t", 0, 0, None, None, ()), outputs)])
    assert producer.written == [output.value for output in outputs]


async def test_an_output_that_no_topic_can_take_is_not_even_sent(producer: Producer) -> None:
    settings = load(max_message_bytes=1_000)
    publisher = Publisher(settings, "statements")
    await publisher.start()
    much = Output("c", None, b"y" * (settings.max_output_bytes + 1), ())
    await publisher.publish([(Record("t", 3, 5, b"k", b"x", ()), (much,))])
    assert [type(decode(value, (), DeadLetter)) for _, _, values in producer.places for value in values] == [DeadLetter]
