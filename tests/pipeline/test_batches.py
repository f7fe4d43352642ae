"""Batches: what waits, in order, with nothing lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from streams.pipeline.batches import Capacity, batches


async def items(count: int, pause: float = 0.0, error: Exception | None = None) -> AsyncIterator[int]:
    for number in range(count):
        if pause:
            await asyncio.sleep(pause)
        yield number
    if error:
        raise error


async def test_a_batch_is_full_at_its_count() -> None:
    assert [batch async for batch in batches(items(5), Capacity(2, 100, 1.0))] == [[0, 1], [2, 3], [4]]


async def test_a_batch_is_full_at_its_weight() -> None:
    taken = [batch async for batch in batches(items(5), Capacity(10, 4, 1.0), weigh=lambda item: item)]
    assert taken == [[0, 1, 2, 3], [4]]


async def test_a_batch_does_not_wait_long_for_more() -> None:
    taken = [batch async for batch in batches(items(3, pause=0.05), Capacity(10, 100, 0.0))]
    assert taken == [[0], [1], [2]]


async def test_what_came_before_an_error_is_given_first() -> None:
    taken: list[int] = []

    async def take() -> None:
        async for batch in batches(items(3, error=ValueError("broken")), Capacity(10, 100, 0.05)):
            taken.extend(batch)

    with pytest.raises(ValueError, match="broken"):
        await take()
    assert taken == [0, 1, 2]


async def test_reading_ends_with_the_taker() -> None:
    async with aclosing(batches(items(1_000_000, pause=0.001), Capacity(2, 100, 0.01))) as taken:
        assert await anext(taken)
    await asyncio.sleep(0.01)
    assert asyncio.all_tasks() == {asyncio.current_task()}
