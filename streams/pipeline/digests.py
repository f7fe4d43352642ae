"""The digests of all articles that are kept, in a Faust table whose changelog is their topic.

A table of the pipeline's own app would hold only the partitions that its worker has, and a page must be served by any
worker. Faust's `GlobalTable` holds all, but can recover for ever where there are several workers (its own words), and
its recovery stops the streams. So each worker that has a page has a second Faust app: of a group of its own, so that it
is given all partitions; without agents, so that it only follows. The stream does not notice it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import cast

import faust
from faust.tables.manager import TableManager
from faust.types import EventT, TableT

from schemas.digest import Digest
from schemas.wire import decode
from streams.pipeline.settings import Settings
from streams.pipeline.topics import DIGESTS

logger = logging.getLogger(__name__)

_LOOK = 0.5
_SMALL = {"block_cache_size": 2**15, "write_buffer_size": 2**18, "max_open_files": 200}
"""What RocksDB may hold in memory for each partition: with more, memory grows for hours until it is full."""

Change = Callable[[bytes, Digest | None, Digest | None], None]
"""Called with an article's key, its digest until now, and its new one; None where there is none."""


class DigestTable:
    """All digests by article, kept up to date while `run` runs. ``changed`` is told of every change before it is made.

    ``build`` makes the Faust app that it lives in, anew whenever one has broken.
    """

    def __init__(self, settings: Settings, build: Callable[[], faust.App], changed: Change) -> None:
        self._settings = settings
        self._build = build
        self._changed = changed
        self._table: TableT[bytes, bytes] | None = None
        self.recovered = asyncio.Event()
        """Set while everything that the topic had at the start is here."""

    def get(self, article_id: str) -> Digest | None:
        """The digest of an article, or None where there is none, or not yet."""
        return None if self._table is None else _digest(self._table.get(article_id.encode()))

    def keys(self) -> list[bytes]:
        """The keys of all digests at this moment."""
        return [] if self._table is None else list(self._table.keys())

    def at(self, key: bytes) -> Digest | None:
        """The digest at a key, or None if there is none any more."""
        return None if self._table is None else _digest(self._table.get(key))

    def forget(self, key: bytes) -> None:
        """Drops a digest here; what the topic has is the broker's to drop."""
        if self._table is not None:
            del self._table.data[key]

    async def run(self) -> None:
        """Follows the topic until it is cancelled; whatever breaks is begun anew."""
        while True:
            app = self._build()
            try:
                await self._follow(app)
            except Exception as error:
                logger.warning("The table of the picture is begun anew: %s", error)
            finally:
                self.recovered.clear()
                await app.stop()
                self._table = None
            await asyncio.sleep(_LOOK)

    async def _follow(self, app: faust.App) -> None:
        name = DIGESTS.name(self._settings)
        self._table = app.Table(
            "digests",
            key_type=bytes,
            value_type=bytes,
            partitions=DIGESTS.wanted_partitions(self._settings),
            changelog_topic=app.topic(
                name,
                internal=True,
                key_type=bytes,
                value_type=bytes,
                key_serializer="raw",
                value_serializer="raw",
            ),
            # Each change is applied as it comes, and partitions are followed on after their recovery.
            recovery_buffer_size=1,
            on_changelog_event=self._came,
            options=dict(_SMALL) if self._settings.store.startswith("rocksdb") else None,
        )
        await app.start()
        recovery = cast(TableManager, app.tables).recovery
        while not app.should_stop:
            if recovery.completed.is_set() and not recovery.in_recovery:
                self.recovered.set()
            await asyncio.sleep(_LOOK)

    async def _came(self, event: EventT[bytes]) -> None:
        assert self._table is not None
        key = event.message.key
        if isinstance(key, bytes):
            self._changed(key, _digest(self._table.get(key)), _digest(event.message.value))


def _digest(value: bytes | None) -> Digest | None:
    found = decode(value, (), Digest)
    return found if isinstance(found, Digest) else None
