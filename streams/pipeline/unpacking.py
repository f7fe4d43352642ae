"""What Kafka delivers, unpacked within bounds: no batch of records can stop whoever reads it.

aiokafka unpacks a gzip batch whatever it grows to, so that a few kilobytes can take all memory; and a batch that it
cannot unpack (another compression, a broken record) it asks for again, for ever. Here such a batch is one
`Unreadable` in the place of its last record, and reading goes on behind it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import aiokafka.consumer.fetcher
import aiokafka.record.default_records
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import CorruptRecordException, KafkaError
from aiokafka.structs import ConsumerRecord

_GZIP = 31
"""zlib's number for a stream with gzip's header, of any window."""

_most: ContextVar[int | None] = ContextVar("most", default=None)
"""Bytes to which the batch at hand may unpack; no limit where it is read by a consumer that has none."""


class Unreadable(bytes):
    """Stands for the value of records that cannot be unpacked; ``words`` tells a person why and which ones."""

    words: str

    def __new__(cls, words: str) -> Unreadable:
        made = super().__new__(cls)
        made.words = words
        return made

    def __reduce__(self) -> tuple[type[Unreadable], tuple[str]]:
        return Unreadable, (self.words,)


class _TooLargeError(ValueError):
    pass


class _Bound:
    """Rides where aiokafka has a function for each value, which reaches the records of its consumer only."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, value: bytes | None) -> bytes | None:
        return value


def bound(consumer: AIOKafkaConsumer, most: int) -> AIOKafkaConsumer:
    """``consumer``, not yet started, which from now on unpacks no batch to more than ``most`` bytes."""
    aiokafka.consumer.fetcher.PartitionRecords = _Records
    for module in _decoding_modules():
        module.gzip_decode = _gzip_decode
    consumer._value_deserializer = _Bound(most)
    return consumer


def _decoding_modules() -> Iterator[Any]:
    """Where aiokafka decompresses: in Python, and in C where that is built."""
    yield aiokafka.record.default_records
    try:
        from aiokafka.record._crecords import default_records
    except ImportError:
        return
    yield default_records


def _gzip_decode(payload: Any) -> bytes:
    """As aiokafka's, but it stops at the limit."""
    most = _most.get()
    unpacked, rest = bytearray(), bytes(payload)
    while rest:
        member = zlib.decompressobj(_GZIP)
        try:
            unpacked += member.decompress(rest, 0 if most is None else most - len(unpacked) + 1)
        except zlib.error as error:
            raise CorruptRecordException(f"no gzip: {error}") from error
        if most is not None and len(unpacked) > most:
            raise _TooLargeError(f"unpacks to more than {most} bytes")
        if not member.eof:
            raise CorruptRecordException("gzip ends in the middle")
        rest = member.unused_data
    return bytes(unpacked)


class _Records(aiokafka.consumer.fetcher.PartitionRecords):  # type: ignore[misc]  # aiokafka has no types
    """One fetch of one partition; its batches are unpacked one at a time, when their turn comes."""

    _records: Any

    def _unpack_records(self) -> Iterator[ConsumerRecord]:
        if isinstance(self._value_deserializer, _Bound):
            self._records = _Batches(self._records, self._value_deserializer.most)
        yield from super()._unpack_records()


class _Batches:
    """aiokafka's batches; those that hold messages are iterated here."""

    def __init__(self, batches: Any, most: int) -> None:
        self._batches = batches
        self._most = most

    def has_next(self) -> bool:
        return bool(self._batches.has_next())

    def next_batch(self) -> Any:
        batch = self._batches.next_batch()
        return batch if batch.is_control_batch else _Batch(batch, self._most)


class _Batch:
    """aiokafka's batch, except that iterating over it never raises."""

    def __init__(self, batch: Any, most: int) -> None:
        self._batch = batch
        self._most = most

    def __getattr__(self, name: str) -> Any:
        return getattr(self._batch, name)

    def __iter__(self) -> Iterator[Any]:
        read = None
        try:
            for record in self._unpacked():
                read = record.offset
                yield record
        except (KafkaError, ValueError) as error:
            yield self._stand_in(read, str(error))

    def _unpacked(self) -> Iterator[Any]:
        before = _most.set(self._most)
        try:
            return iter(self._batch)
        finally:
            _most.reset(before)

    def _stand_in(self, read: int | None, why: str) -> _StandIn:
        last = self._batch.next_offset - 1
        # Batches of the format before 2017 do not say where they begin.
        first = read + 1 if read is not None else getattr(self._batch, "base_offset", last)
        which = f"offset {last}" if first == last else f"offsets {first} to {last}"
        return _StandIn(last, Unreadable(f"{which}: {why}"), getattr(self._batch, "max_timestamp", None))


@dataclass(frozen=True, slots=True)
class _StandIn:
    """What aiokafka asks of a record, for all of a batch that cannot be read."""

    offset: int
    value: Unreadable
    timestamp: int | None
    key: None = None
    timestamp_type: None = None
    checksum: None = None
    headers: tuple[tuple[str, bytes], ...] = ()
