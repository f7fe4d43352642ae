"""What the C library keeps of the memory that a worker has given back.

glibc gives each thread a heap of its own, raises with what it meets the size from which a block is mapped by itself,
and gives back to the system only what lies at a heap's end. In a worker, with ten threads and messages of all sizes,
that is a fifth of its memory, and grows for hours. Elsewhere (musl, macOS) nothing of this is done, nor needed.
"""

from __future__ import annotations

import asyncio
import ctypes
import sys

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_HEAPS = 2
_LARGE = 128 * 2**10
_EVERY = 60.0


def bounded() -> None:
    """Two heaps at most, and each block of 128 KiB mapped by itself; before there are threads."""
    if (libc := _glibc()) is not None:
        libc.mallopt(_M_ARENA_MAX, _HEAPS)
        libc.mallopt(_M_MMAP_THRESHOLD, _LARGE)
        libc.mallopt(_M_TRIM_THRESHOLD, _LARGE)


async def given_back() -> None:
    """Gives free pages back to the system once a minute, until it is cancelled; it takes milliseconds."""
    if (libc := _glibc()) is not None:
        while True:
            await asyncio.sleep(_EVERY)
            libc.malloc_trim(0)


def _glibc() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "mallopt") and hasattr(libc, "malloc_trim") else None
