"""Looks at a worker's progress, again and again, and ends the worker that makes none, if it is told to."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace

from streams.errors import StalledError, StatementsError
from streams.pipeline.positions import Place, Position, Positions, positions
from streams.pipeline.settings import Settings
from streams.pipeline.topics import Topic, partitions
from streams.pipeline.watchdog import STARTING, Patience, Sight, State, judge

logger = logging.getLogger(__name__)

_LONGEST_PAUSE = 2.0
_STOPS_WITHIN = 5.0
_LOOKS = 10
"""In the time that a stall takes, at least."""


class Watch:
    """``state`` is what the last look at ``topics`` gave, STARTING before the first one.

    ``assigned`` and ``signs`` are asked at every look: which partitions the worker has, and how often its work on each
    has shown that it goes on.
    """

    def __init__(
        self,
        settings: Settings,
        topics: tuple[Topic, ...],
        assigned: Callable[[], frozenset[Place]],
        signs: Callable[[], Mapping[Place, int]],
    ) -> None:
        self.state: State = STARTING
        self._settings = settings
        self._topics = topics
        self._assigned = assigned
        self._signs = signs
        self._pause = min(_LONGEST_PAUSE, settings.stall_after / _LOOKS)
        self._patience = Patience(settings.stall_after, step=2 * self._pause)
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self, failed: Callable[[BaseException], Awaitable[None]]) -> None:
        """Looks from now on. ``failed`` is told of StalledError, when a stalled worker is to end, and of any defect."""
        self._task = asyncio.create_task(self._run(failed), name="watch")

    async def stop(self) -> None:
        """Ends the looking, not in the middle of a question: a client that is torn out of one loses its connection."""
        self._stopping.set()
        if self._task is not None and self._task is not asyncio.current_task():
            await asyncio.wait([self._task], timeout=_STOPS_WITHIN)
            self._task.cancel()

    async def _run(self, failed: Callable[[BaseException], Awaitable[None]]) -> None:
        try:
            while not self._stopping.is_set():
                await self._watched()
        except Exception as error:
            await failed(error)

    async def _watched(self) -> None:
        try:
            places = await partitions(self._settings, self._topics)
            async with positions(self._settings, places) as broker:
                while not self._stopping.is_set():
                    self._judge(await self._positions(broker))
                    await self._paused()
        except StalledError:
            raise
        except StatementsError as error:
            self._judge(None)
            logger.info("The watchdog sees nothing: %s", error)
            await self._paused()

    async def _paused(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), self._pause)

    async def _positions(self, broker: Positions) -> Mapping[Place, Position]:
        found = dict(await broker.now())
        for place, position in found.items():
            standing = self.state.standings.get(place)
            # Asked late, since it costs a fetch: what is about to count as a stall could be nothing to be done.
            if standing is not None and standing.quiet >= self._patience.stall_after / 2:
                unread = await broker.is_unread(place, position)
                found[place] = position if unread else replace(position, end=position.committed)
        return found

    def _judge(self, seen: Mapping[Place, Position] | None) -> None:
        before = self.state
        self.state = judge(before, Sight(time.time(), self._assigned(), seen, self._signs()), self._patience)
        if self.state.condition != before.condition:
            bad = self.state.condition in ("disconnected", "stalled")
            words = f": {self.state.reason}" if self.state.reason else ""
            logger.log(logging.WARNING if bad else logging.INFO, "The worker is %s%s", self.state.condition, words)
        if self.state.condition == "stalled" and self._settings.exit_when_stalled:
            raise StalledError(f"the worker is stalled: {self.state.reason}")
