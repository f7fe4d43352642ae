"""Batches: what waits, in order, with nothing lost."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest

from streams.pipeline.batches import Capacity, taken


def waiting(items: Iterable[int]) -> asyncio.Queue[int]:
    queue: asyncio.Queue[int] = asyncio.Queue()
    for item in items:
        queue.put_nowait(item)
    return queue


async def test_a_batch_is_full_at_its_count() -> None:
    queue = waiting(range(5))
    assert [await taken(queue, Capacity(2, 100, 0.01)) for _ in range(3)] == [[0, 1], [2, 3], [4]]


async def test_a_batch_is_full_at_its_weight() -> None:
    queue = waiting(range(5))
    batches = [await taken(queue, Capacity(10, 4, 0.01), weigh=lambda item: item) for _ in range(2)]
    assert batches == [[0, 1, 2, 3], [4]]


async def test_a_batch_takes_what_comes_while_it_waits_and_does_not_wait_long() -> None:
    queue = waiting([0])
    later = asyncio.get_running_loop().call_later
    later(0.02, queue.put_nowait, 1)
    later(0.6, queue.put_nowait, 2)
    assert await taken(queue, Capacity(10, 100, 0.3)) == [0, 1]
    assert await taken(queue, Capacity(10, 100, 0.0)) == [2]


async def test_a_batch_waits_for_its_first_item() -> None:
    queue = waiting([])
    asyncio.get_running_loop().call_later(0.02, queue.put_nowait, 0)
    assert await taken(queue, Capacity(10, 100, 0.0)) == [0]


async def test_what_was_not_taken_when_the_taker_ended_still_waits() -> None:
    queue = waiting([])
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(taken(queue, Capacity(10, 100, 1.0)), 0.01)
    queue.put_nowait(0)
    assert await taken(queue, Capacity(1, 100, 1.0)) == [0]
