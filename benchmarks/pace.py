"""Whether the processors were ours: a little work that is timed beside a measurement, again and again.

A host that lends its processors to others, or lets a guest have less of them than it shows, does not always say so. The
same work then takes many times the processor time, for as long as that lasts, and a measurement tells of the host.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

CALM = 0.01
"""A round is taken as it is with less than this share of looks slowed."""

_STEPS = 15_000
_EVERY = 0.1
_SLOWED = 4
"""Times the fastest look: clocks that change and a core shared by two threads make less than three of it."""
_ALONE = 50
_MOST = 3


@dataclass(frozen=True)
class Round(Generic[T]):
    """What a run gave, and the share of its time in which the processors were slowed."""

    found: T
    slowed: float


async def rounds(measured: Callable[[], Awaitable[T]], count: int) -> list[Round[T]]:
    """Runs ``measured`` until it has run ``count`` times without being slowed, three times as often at most."""
    fastest = min(look() for _ in range(_ALONE))
    done: list[Round[T]] = []
    while len(done) < _MOST * count and sum(each.slowed < CALM for each in done) < count:
        with tempfile.TemporaryFile() as output:
            looking = await asyncio.create_subprocess_exec(sys.executable, "-m", "benchmarks.pace", stdout=output)
            try:
                found = await measured()
            finally:
                looking.kill()
                await looking.wait()
            output.seek(0)
            looks = [float(line) for line in output if line.endswith(b"\n")]
        done.append(Round(found, slowed(looks, fastest)))
    return done


def calmest(done: Sequence[Round[T]], count: int) -> list[Round[T]]:
    """The ``count`` rounds that were slowed least, the earlier first where they are alike."""
    return sorted(done, key=lambda each: each.slowed)[:count]


def slowed(looks: Sequence[float], fastest: float) -> float:
    """The share of ``looks`` that took many times the ``fastest``; all of it without any look."""
    return sum(each > _SLOWED * fastest for each in looks) / len(looks) if looks else 1.0


def look() -> float:
    """Processor seconds of a piece of work that is always the same, half a millisecond or so."""
    began = time.thread_time()
    total = 0
    for number in range(_STEPS):
        total += number * number
    return time.thread_time() - began


if __name__ == "__main__":
    while True:
        time.sleep(_EVERY)
        print(look(), flush=True)
