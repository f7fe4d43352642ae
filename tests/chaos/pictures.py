"""What the workers' pages count, from tables that outlive neither every disk nor every worker."""

from __future__ import annotations

import asyncio
import json
import urllib.request

from tests.chaos.fleet import Fleet, Worker

_COUNTS_WITHIN = 90.0


async def pictures(fleet: Fleet, wanted: int) -> dict[str, int | None]:
    """By worker, how many statements its page counts in the end; None where it does not answer."""
    counts = await asyncio.gather(*(_counted(worker, wanted) for worker in fleet.workers))
    return {worker.name: count for worker, count in zip(fleet.workers, counts, strict=True)}


async def _counted(worker: Worker, wanted: int) -> int | None:
    clock = asyncio.get_running_loop().time
    until = clock() + _COUNTS_WITHIN
    while (count := await asyncio.to_thread(_asked, worker.port)) != wanted and clock() < until:
        await asyncio.sleep(0.5)
    return count


def _asked(port: int) -> int | None:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/picture?window=all", timeout=5) as answer:
            count: int = json.load(answer)["statements"]
            return count
    except OSError:
        return None
