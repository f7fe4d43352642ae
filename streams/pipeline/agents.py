"""The three stages' lives: what each reads, where it works, what it has to wait for before a message counts as done."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any, cast

from faust.types import ChannelT, EventT, Message, StreamT
from faust.types.transports import ConsumerT

from schemas.dead_letter import Stage
from streams.errors import ExtractionError, Reason, Rejection
from streams.pipeline.batches import Capacity, taken
from streams.pipeline.lanes import Lane
from streams.pipeline.metrics import Metrics
from streams.pipeline.moments import moment
from streams.pipeline.positions import Place
from streams.pipeline.publishing import Publisher
from streams.pipeline.settings import Settings
from streams.pipeline.stages import Outputs, Record, dead_letter
from streams.pipeline.unpacking import Unreadable

logger = logging.getLogger(__name__)


class StageAgent:
    """One stage: takes what waits, works on it in its lane, acknowledges the inputs when the broker has the outputs.

    If anything here raises, no message is at fault, and the worker ends: what it had not acknowledged is delivered
    again.
    """

    def __init__(self, stage: Stage, lane: Lane, settings: Settings, metrics: Metrics) -> None:
        self.stage: Stage = stage
        self.signs: Counter[Place] = Counter()
        """How often the work on messages of a partition has got on, whether or not any could be acknowledged yet."""
        self._lane = lane
        self._metrics = metrics
        self._publisher = Publisher(settings, stage)
        self._capacity = Capacity(settings.batch_size, settings.batch_bytes, settings.batch_within)
        self._seconds = settings.extraction_timeout
        self._in_hand: set[Place] = set()

    async def start(self) -> None:
        """Loads what the work needs and connects; before the first message, so that neither counts against it."""
        await self._lane.ready()
        await self._publisher.start()

    async def stop(self) -> None:
        """Lets go of the lane and of the broker."""
        self._lane.close()
        await self._publisher.stop()

    async def agent(self, stream: StreamT[bytes]) -> None:
        """What Faust runs.

        It does not iterate over ``stream``: Faust turns the event loop once for every message of one, and would count
        as done what it has given. It takes the messages where the stream takes them.
        """
        app = stream.app
        waiting = cast("ChannelT[bytes]", stream.channel).queue
        while True:
            try:
                messages = [event.message for event in await taken(waiting, self._capacity, _size)]
            except StopAsyncIteration:
                # So Faust ends a stream; what was taken is not done, and is delivered again.
                return
            # The others were delivered before the partitions were last shared out, and are delivered again.
            due = [message for message in messages if message.generation_id == app.consumer_generation_id]
            if due and app.flow_control.is_active():
                await self._done(due, app.consumer)

    async def _done(self, messages: Sequence[Message], consumer: ConsumerT) -> None:
        began = time.monotonic()
        records = [_record(message) for message in messages]
        self._in_hand = {Place(record.topic, record.partition) for record in records}
        outputs = await self._worked(records)
        await self._publisher.publish(zip(records, outputs, strict=True))
        # In the order of their delivery: Faust commits up to the last one, and loses what it is overtaken by.
        for message in messages:
            message.ack(consumer)
        self._metrics.done(self.stage, records, outputs, time.monotonic() - began)

    async def _worked(self, records: Sequence[Record]) -> list[Outputs]:
        """What the records become; where all together fail, each on its own, so that only those at fault are lost."""
        try:
            return await self._lane.run(records, self._seconds)
        except TimeoutError:
            reason: Reason = "extractor_timeout"
            words = f"not done after {self._seconds:g} s"
        except Exception as error:
            reason, words = "extractor_failed", ExtractionError.of(error).words
        if len(records) > 1:
            logger.warning("%s: a batch of %d failed (%s), trying one by one", self.stage, len(records), words)
            return await self._worked_singly(records)
        return [(dead_letter(records[0], self.stage, Rejection(reason, words)),)]

    async def _worked_singly(self, records: Sequence[Record]) -> list[Outputs]:
        outputs: list[Outputs] = []
        for record in records:
            outputs += await self._worked([record])
            # A batch of which many exceed their time takes long, and nothing of it can be acknowledged before its end.
            self.signs.update(self._in_hand)
        return outputs


def _size(event: EventT[bytes]) -> int:
    value = event.message.value
    return len(value) if value is not None else 0


def _record(message: Message) -> Record:
    """The message as Kafka has it: Faust's own headers are a dictionary, which drops repeated ones."""
    headers: Any = message.headers or ()
    value: Any = message.value
    return Record(
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        key=message.key,
        value=value,
        headers=tuple(headers.items() if isinstance(headers, dict) else headers),
        unreadable=value.words if isinstance(value, Unreadable) else None,
        written_at=moment(message.timestamp),
    )
