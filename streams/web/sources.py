"""What a worker's page knows, and how it comes to know it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from schemas import DeadLetter, Statement
from streams.errors import StatementsError
from streams.pipeline.app import StatementsApp, create_table_app
from streams.pipeline.digests import DigestTable
from streams.pipeline.settings import Settings
from streams.pipeline.stages import arrival
from streams.pipeline.tail import Bounds, tail
from streams.pipeline.topics import DEAD_LETTERS, STATEMENTS
from streams.web import letters
from streams.web.census import Census
from streams.web.feed import KEPT, Feed
from streams.web.latencies import Latencies
from streams.web.letters import Letters
from streams.web.pictures import Pictures

logger = logging.getLogger(__name__)

_PAUSE = 5.0


@dataclass(frozen=True)
class Sources:
    """Where the answers of ``app``'s page come from."""

    app: StatementsApp
    started_at: datetime
    feed: Feed
    latencies: Latencies
    letters: Letters
    census: Census
    digests: DigestTable
    pictures: Pictures

    @classmethod
    def of(cls, app: StatementsApp) -> Sources:
        """All of them, empty; nothing is read yet."""
        pictures = Pictures()
        return cls(
            app=app,
            started_at=datetime.now(UTC),
            feed=Feed(),
            latencies=Latencies(),
            letters=Letters(),
            census=Census(app.settings),
            digests=DigestTable(app.settings, partial(create_table_app, app.settings), pictures.changed),
            pictures=pictures,
        )

    @property
    def settings(self) -> Settings:
        """The worker's."""
        return self.app.settings

    async def read(self) -> None:
        """Reads along until it is cancelled."""
        async with asyncio.TaskGroup() as group:
            for life in (
                _again(self._follow_statements),
                _again(self._follow_letters),
                self.census.run(),
                self.digests.run(),
                self.pictures.keep(self.digests),
            ):
                group.create_task(life)

    async def _follow_statements(self) -> None:
        def opened(bounds: Bounds) -> None:
            starts = {place.partition: offset for place, offset in bounds.start.items()}
            self.feed.opens(starts, {place.partition: offset for place, offset in bounds.end.items()})

        async with aclosing(tail(self.settings, (STATEMENTS,), last=KEPT, opened=opened)) as reading:
            async for received in reading:
                statement, written_at = received.message, received.written_at
                if not isinstance(statement, Statement):
                    self.feed.skip(received.partition, received.offset)
                    continue
                self.feed.add(statement, received.partition, received.offset, written_at)
                came = arrival(received.headers)
                if came is not None and written_at is not None:
                    self.latencies.add(came, written_at)

    async def _follow_letters(self) -> None:
        def opened(_: Bounds) -> None:
            self.letters.opens()

        async with aclosing(tail(self.settings, (DEAD_LETTERS,), last=letters.KEPT, opened=opened)) as reading:
            async for received in reading:
                if isinstance(received.message, DeadLetter):
                    self.letters.add(received.message, received.partition, received.offset, received.written_at)


async def _again(life: Callable[[], Awaitable[None]]) -> None:
    """A page that hears nothing for a while is no reason to end a worker."""
    while True:
        try:
            await life()
        except StatementsError as error:
            logger.warning("The page has to wait: %s", error)
        await asyncio.sleep(_PAUSE)
