"""What a worker's C library keeps, where it is glibc; each in a process of its own, for it is of the whole process."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "malloc_info"), reason="the C library is not glibc"
)

_HEAPS = """
import ctypes, sys, threading
from streams.pipeline import allocation
{first}
together = threading.Barrier(6)
kept = []
def work():
    together.wait()
    kept.append(bytes(5_000))
    together.wait()
threads = [threading.Thread(target=work) for _ in range(6)]
for each in threads: each.start()
for each in threads: each.join()
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
file = ctypes.c_void_p(libc.fopen(b"/dev/stdout", b"w"))
libc.malloc_info(0, file)
libc.fclose(file)
"""

_FREED = """
import asyncio, gc, os
from streams.pipeline import allocation
allocation._EVERY = 0.05
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
async def main():
    blocks = [bytes(4_000) for _ in range(20_000)]
    full = resident()
    # The last ones stay, so that nothing lies free at the heap's end.
    del blocks[:-10]
    kept = resident()
    assert full - kept < 20e6, "glibc gave it back by itself"
    giving = asyncio.create_task(allocation.given_back())
    while full - resident() < 60e6:
        await asyncio.sleep(0.05)
    giving.cancel()
asyncio.run(asyncio.wait_for(main(), 60))
"""


def heaps(first: str) -> int:
    ran = subprocess.run([sys.executable, "-c", _HEAPS.format(first=first)], capture_output=True, check=True)
    return ran.stdout.count(b"<heap nr=")


def test_threads_share_two_heaps_once_they_are_bounded() -> None:
    assert heaps("allocation.bounded()") <= 2 < heaps("")


def test_what_lies_free_in_the_middle_of_a_heap_is_given_back() -> None:
    subprocess.run([sys.executable, "-c", _FREED], check=True)
