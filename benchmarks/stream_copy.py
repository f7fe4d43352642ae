"""What the stream is measured against: a loop of bare aiokafka that copies one topic and awaits its acknowledgements.

``python -m benchmarks.stream_copy SOURCE TARGET COUNT`` with the settings of a worker; a process of its own and on the
same event loop, as a worker is.
"""

from __future__ import annotations

import asyncio
import sys

from aiokafka import AIOKafkaConsumer

from streams.pipeline.clients import connection, producing
from streams.pipeline.settings import Settings, load

_AT_ONCE = 500
_COMMITS_EVERY = 1.0


async def copy(settings: Settings, source: str, target: str, count: int) -> None:
    """Copies ``count`` messages: reads what there is, writes it, awaits all acknowledgements, commits every second."""
    consumer = AIOKafkaConsumer(
        source,
        **connection(settings),
        group_id=f"{settings.group}-copy",
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        max_partition_fetch_bytes=settings.fetch_bytes,
        fetch_max_wait_ms=100,
    )
    await consumer.start()
    clock = asyncio.get_running_loop().time
    committed, copied = clock(), 0
    try:
        async with producing(settings) as producer:
            while copied < count:
                fetched = await consumer.getmany(timeout_ms=100, max_records=_AT_ONCE)
                records = [record for part in fetched.values() for record in part]
                written = [
                    await producer.send(target, record.value, key=record.key, headers=list(record.headers))
                    for record in records
                ]
                await asyncio.gather(*written)
                copied += len(records)
                if clock() - committed > _COMMITS_EVERY:
                    await consumer.commit()
                    committed = clock()
    finally:
        await consumer.stop()


if __name__ == "__main__":
    asyncio.run(copy(load(), sys.argv[1], sys.argv[2], int(sys.argv[3])))
