"""The loop that a worker runs on."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator

import pytest

from streams.pipeline.event_loop import new_event_loop


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    made = new_event_loop()
    yield made
    made.close()


@pytest.mark.skipif(sys.platform == "win32" or sys.implementation.name != "cpython", reason="uvloop does not exist")
def test_a_worker_runs_on_the_faster_loop(loop: asyncio.AbstractEventLoop) -> None:
    assert type(loop).__module__.startswith("uvloop")


def test_a_worker_runs_without_it_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(asyncio, "new_event_loop", lambda: "Python's own")
    assert new_event_loop() == "Python's own"
