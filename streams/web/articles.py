"""An article by its id, and its statements: where the page no longer has them, from their topics."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from schemas import SentenceBatch, Statement
from schemas.digest import Digest
from schemas.wire import decode
from streams.errors import BrokerError
from streams.pipeline.clients import consuming
from streams.pipeline.moments import moment
from streams.pipeline.settings import Settings
from streams.pipeline.topics import SENTENCES, STATEMENTS
from streams.web.feed import as_read

_WITHIN = 15.0
_EARLIER_MS = 2_000
_AT_ONCE = 500
_AT_MOST = 20_000


@dataclass(frozen=True)
class Found:
    """An article with its sentences, and when these were written (milliseconds since 1970)."""

    batch: SentenceBatch
    written_at: int


async def article(settings: Settings, digest: Digest) -> Found | None:
    """The article of ``digest``, or None where its topic no longer has it. Raises BrokerError."""
    place = TopicPartition(SENTENCES.name(settings), digest.partition)
    async with reading(settings, place) as consumer:
        starts, ends = await consumer.beginning_offsets([place]), await consumer.end_offsets([place])
        if not starts[place] <= digest.offset < ends[place]:
            return None
        consumer.seek(place, digest.offset)
        record = await consumer.getone(place)
    batch = decode(record.value, record.headers, SentenceBatch)
    if isinstance(batch, SentenceBatch) and batch.article.id == digest.article_id:
        return Found(batch, record.timestamp)
    return None


async def statements(settings: Settings, digest: Digest, since: int) -> list[bytes]:
    """The statements that ``digest`` counts, as the page reads them, from their topic; fewer where it no longer has
    them, or where they stand too far behind the time ``since``. Raises BrokerError."""
    # Both topics have the article's id as their key, so an article is in the same partition of both.
    place = TopicPartition(STATEMENTS.name(settings), digest.partition)
    missing = {statement.statement_id for statement in digest.statements}
    found: list[bytes] = []
    async with reading(settings, place) as consumer:
        end = (await consumer.end_offsets([place]))[place]
        # Not every broker knows its messages by their time.
        at = (await consumer.offsets_for_times({place: max(since - _EARLIER_MS, 0)}))[place]
        start = at.offset if at is not None else (await consumer.beginning_offsets([place]))[place]
        consumer.seek(place, start)
        last = min(end, start + _AT_MOST)
        while missing and await consumer.position(place) < last:
            fetched = await consumer.getmany(place, timeout_ms=200, max_records=_AT_ONCE)
            for record in fetched.get(place, ()):
                statement = decode(record.value, record.headers, Statement)
                if isinstance(statement, Statement) and statement.statement_id in missing:
                    missing.remove(statement.statement_id)
                    found.append(as_read(statement, moment(record.timestamp / 1000)))
    return found


@asynccontextmanager
async def reading(settings: Settings, place: TopicPartition) -> AsyncIterator[AIOKafkaConsumer]:
    """A consumer of one partition. Raises BrokerError when the broker does not answer in time."""
    try:
        async with consuming(settings) as consumer, asyncio.timeout(_WITHIN):
            consumer.assign([place])
            yield consumer
    except (KafkaError, TimeoutError) as error:
        raise BrokerError(f"the broker does not give what stands in {place.topic}: {error or 'no answer'}") from error
