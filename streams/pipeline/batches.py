"""Messages taken together: as many as wait, without waiting long for more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Capacity:
    """A batch is full at ``count`` items or at ``weight`` in total; after ``within`` seconds it is given as it is."""

    count: int
    weight: int
    within: float


async def taken(waiting: asyncio.Queue[T], capacity: Capacity, weigh: Callable[[T], int] = lambda _: 0) -> list[T]:
    """What waits, in order, at least one item; raises what the queue raises."""
    items = [await waiting.get()]
    weight = weigh(items[0])
    deadline = asyncio.get_running_loop().time() + capacity.within
    while len(items) < capacity.count and weight < capacity.weight:
        if waiting.empty():
            try:
                async with asyncio.timeout_at(deadline):
                    item = await waiting.get()
            except TimeoutError:
                break
        else:
            item = waiting.get_nowait()
        items.append(item)
        weight += weigh(item)
    return items
