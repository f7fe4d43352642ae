"""Outputs to the broker, until it has acknowledged every one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError, RecordTooLargeError

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
        sending = [_Sending(record, output) for record, outputs in done for output in outputs]
        pause = _FIRST_PAUSE
        while sending:
            errors = await self._sent(sending)
            trouble = next((error for error in errors.values() if not isinstance(error, _TOO_LARGE)), None)
            sending = [self._again(sending[number], errors[number]) for number in sorted(errors)]
            if trouble is not None:
                logger.warning("%s: %d outputs were not acknowledged: %s", self._stage, len(sending), trouble)
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
                await self._renew()

    async def _sent(self, sending: list[_Sending]) -> Mapping[int, BaseException]:
        """Writes all and waits for all; the errors by the number of the output that failed."""
        errors: dict[int, BaseException] = {}
        acknowledgements: dict[int, asyncio.Future[object]] = {}
        for number, item in enumerate(sending):
            try:
                acknowledgements[number] = await self._send(item.output)
            except _TOO_LARGE as error:
                errors[number] = error
            except (KafkaError, OSError, BrokerError) as error:
                # Every further one would wait as long for the same broker.
                errors.update(dict.fromkeys(range(number, len(sending)), error))
                break
        results = await asyncio.gather(*acknowledgements.values(), return_exceptions=True)
        for number, result in zip(acknowledgements, results, strict=True):
            if isinstance(result, BaseException):
                errors[number] = result  # noqa: PERF403 (adds to what is there)
        return errors

    async def _send(self, output: Output) -> asyncio.Future[object]:
        if self._producer is None:
            raise BrokerError("not connected")
        future: asyncio.Future[object] = await self._producer.send(
            self._settings.topic_prefix + output.channel, output.value, key=output.key, headers=list(output.headers)
        )
        return future

    def _again(self, item: _Sending, error: BaseException) -> _Sending:
        """What to write instead of ``item``, which failed."""
        if not isinstance(error, _TOO_LARGE):
            return item
        if item.output.channel == DEAD_LETTERS.name:
            return _Sending(item.record, abridged(item.output))
        words = f"{item.output.channel}: a message of {len(item.output.value)} bytes is too large for it"
        return _Sending(item.record, dead_letter(item.record, self._stage, Rejection("output_too_large", words)))

    async def _renew(self) -> None:
        """A producer that has failed may have lost count of what it wrote; a new one has nothing to remember."""
        await self.stop()
        try:
            await self.start()
        except BrokerError as error:
            logger.warning("%s: %s", self._stage, error)
