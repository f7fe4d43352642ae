"""Events taken together: as many as wait, without waiting long for more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Capacity:
    """A batch is full at ``count`` items or at ``weight`` in total; after ``within`` seconds it is given as it is."""

    count: int
    weight: int
    within: float


@dataclass(frozen=True)
class _End:
    error: BaseException | None


async def batches(
    items: AsyncIterator[T], capacity: Capacity, weigh: Callable[[T], int] = lambda _: 0
) -> AsyncGenerator[list[T], None]:
    """Lists of ``items`` in order, none empty; ends, or raises, where ``items`` does.

    Faust's own ``stream.take`` is not used because it acknowledges what it has given whatever became of it: when an
    agent raises, and when the worker stops in the middle of a batch. Here nothing is acknowledged but by the taker.
    """
    waiting: asyncio.Queue[T | _End] = asyncio.Queue(maxsize=capacity.count)
    reader = asyncio.create_task(_read(items, waiting))
    try:
        end: _End | None = None
        while end is None:
            taken, end = await _taken(waiting, capacity, weigh)
            if taken:
                yield taken
        if end.error is not None:
            raise end.error
    finally:
        reader.cancel()


async def _read(items: AsyncIterator[T], waiting: asyncio.Queue[T | _End]) -> None:
    try:
        async for item in items:
            await waiting.put(item)
    except Exception as error:
        await waiting.put(_End(error))
    else:
        await waiting.put(_End(None))


async def _taken(
    waiting: asyncio.Queue[T | _End], capacity: Capacity, weigh: Callable[[T], int]
) -> tuple[list[T], _End | None]:
    taken: list[T] = []
    weight = 0
    item = await waiting.get()
    clock = asyncio.get_running_loop().time
    deadline = clock() + capacity.within
    while not isinstance(item, _End):
        taken.append(item)
        weight += weigh(item)
        if len(taken) >= capacity.count or weight >= capacity.weight:
            return taken, None
        try:
            item = (
                waiting.get_nowait() if waiting.qsize() else await asyncio.wait_for(waiting.get(), deadline - clock())
            )
        except TimeoutError:
            return taken, None
    return taken, item
