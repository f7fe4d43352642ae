"""Dead letters again: which there are, what their messages were, and the way back to where they came from."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Collection, Iterable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError, MessageSizeTooLargeError, RecordTooLargeError

from schemas import DeadLetter
from schemas.wire import DecodeError
from streams.errors import BrokerError
from streams.pipeline.clients import consuming, producing
from streams.pipeline.settings import Settings
from streams.pipeline.tail import Received, tail
from streams.pipeline.topics import ARTICLES, DEAD_LETTERS, SENTENCES, STATEMENTS, partitions
from streams.pipeline.unpacking import Unreadable

_READ_WITHIN_MS = 15_000


@dataclass(frozen=True)
class Choice:
    """Which letters: of any of these reasons, written since then, with any of these beginnings of an id; what is
    empty lets all pass."""

    reasons: Collection[str] = ()
    since: datetime | None = None
    ids: tuple[str, ...] = ()

    def takes(self, letter: DeadLetter, written_at: datetime | None) -> bool:
        """Whether ``letter`` is meant; one that was written at no known time is old."""
        return (
            (not self.reasons or letter.reason in self.reasons)
            and (self.since is None or (written_at is not None and written_at >= self.since))
            and (not self.ids or letter.id.startswith(self.ids))
        )


@dataclass(frozen=True)
class Original:
    """A message as it was written, and where."""

    place: TopicPartition
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...]

    @property
    def digest(self) -> bytes:
        """The same for the same message to the same topic."""
        return hashlib.blake2b(repr((self.place.topic, self.key, self.value, self.headers)).encode()).digest()


@dataclass(frozen=True)
class Lost:
    """Why there is no original, in words for a person."""

    words: str


class Originals:
    """The messages that dead letters tell of: from the letter, or from their own place where it had no room."""

    def __init__(self, consumer: AIOKafkaConsumer, places: Iterable[TopicPartition]) -> None:
        self._consumer = consumer
        self._places = frozenset(places)

    async def of(self, letter: DeadLetter) -> Original | Lost:
        """The message of ``letter``."""
        place = TopicPartition(letter.topic, letter.partition)
        if place not in self._places:
            return Lost(f"no stage reads {letter.topic} partition {letter.partition}")
        if letter.omitted:
            return await self._fetched(place, letter.offset)
        headers = tuple((header.key, header.value) for header in letter.headers)
        return Original(place, letter.key, letter.value, headers)

    async def _fetched(self, place: TopicPartition, offset: int) -> Original | Lost:
        where = f"{place.topic} partition {place.partition} offset {offset}"
        first = (await self._consumer.beginning_offsets([place]))[place]
        end = (await self._consumer.end_offsets([place]))[place]
        if not first <= offset < end:
            return Lost(f"{where} is no longer kept")
        self._consumer.assign([place])
        self._consumer.seek(place, offset)
        found = await self._consumer.getmany(place, timeout_ms=_READ_WITHIN_MS, max_records=1)
        record = next((record for records in found.values() for record in records), None)
        if record is None or record.offset != offset:
            return Lost(f"{where} is no longer kept")
        if isinstance(record.value, Unreadable):
            return Lost(f"{where} cannot be read: {record.value.words}")
        return Original(place, record.key, record.value, tuple(record.headers))


@asynccontextmanager
async def originals(settings: Settings) -> AsyncIterator[Originals]:
    """For the letters of ``settings``' stream. Raises BrokerError or TopicError."""
    places = await partitions(settings, (ARTICLES, SENTENCES, STATEMENTS))
    async with consuming(settings) as consumer:
        yield Originals(consumer, places)


async def dead_letters(settings: Settings, choice: Choice) -> AsyncGenerator[Received, None]:
    """The letters that there are now and that ``choice`` takes, each once however often it was written; also what is
    in their topic and is none. Raises BrokerError or TopicError."""
    seen: set[str] = set()
    async with aclosing(tail(settings, (DEAD_LETTERS,), from_beginning=True, until_end=True)) as reading:
        async for received in reading:
            letter = received.message
            if isinstance(letter, DecodeError):
                yield received
            elif isinstance(letter, DeadLetter) and letter.id not in seen and choice.takes(letter, received.written_at):
                seen.add(letter.id)
                yield received


@dataclass
class Replayed:
    """What was written back: how many messages by topic and reason; how many were the same as another one; and which
    letters' messages could not be, and why."""

    written: Counter[tuple[str, str]] = field(default_factory=Counter)
    repeated: int = 0
    lost: dict[str, str] = field(default_factory=dict)

    def note(self, letter: DeadLetter, result: Original | Lost) -> None:
        """Takes down what became of the message of ``letter``."""
        if isinstance(result, Lost):
            self.lost[letter.id] = result.words
        else:
            self.written[letter.topic, letter.reason] += 1


async def replay(settings: Settings, choice: Choice, *, dry_run: bool = False) -> Replayed:
    """Writes the messages of the chosen letters, byte for byte, to the topics and partitions that they came from.

    Ids are made of what articles say, so that a message that has been done before makes no second event. A message
    that failed more than once is written once. Nothing is written on a ``dry_run``. Raises BrokerError or TopicError.
    """
    replayed = Replayed()
    done: set[bytes] = set()
    async with producing(settings) as producer, originals(settings) as found:
        try:
            async with aclosing(dead_letters(settings, choice)) as letters:
                async for received in letters:
                    if not isinstance(letter := received.message, DeadLetter):
                        continue
                    original = await found.of(letter)
                    if isinstance(original, Original) and original.digest not in done:
                        done.add(original.digest)
                        result = original if dry_run else await _written(producer, original)
                        replayed.note(letter, result)
                    elif isinstance(original, Lost):
                        replayed.note(letter, original)
                    else:
                        replayed.repeated += 1
        except KafkaError as error:
            raise BrokerError(f"the broker at {settings.bootstrap} stopped answering: {error}") from error
    return replayed


async def _written(producer: AIOKafkaProducer, original: Original) -> Original | Lost:
    topic, partition = original.place
    if original.key is None and original.value is None:
        return Lost("it has neither a key nor a value: nothing to do again")
    try:
        await producer.send_and_wait(
            topic, original.value, key=original.key, headers=list(original.headers), partition=partition
        )
    except (MessageSizeTooLargeError, RecordTooLargeError):
        return Lost(f"{topic} does not take a message of {len(original.value or b'')} bytes")
    return original
